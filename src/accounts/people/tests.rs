//! Roles are given, taken and given back by administrators alone; on both databases.

use super::store;
use crate::accounts::Role;
use crate::error::Error;
use crate::journal::Act;
use crate::testing::{Client, app, on_both};
use axum::http::StatusCode;

on_both! {
    async fn an_administrator_gives_a_role_takes_it_and_gives_it_back(db: Db) {
        let app = app(&db).await;
        let mut admin = Client::new(&app);
        admin.sign_in(&app, "ada@ville.example", &[Role::Administrator]).await;
        let given = admin.post("/admin/people/grant", &[("email", "Noe@Ville.example"), ("role", "moderator")]).await;
        assert!(given.status.is_redirection(), "{}", given.text());
        let page = admin.get("/admin/people").await.text();
        assert!(page.contains("noe@ville.example") && page.contains("Modération") && page.contains("ada@ville.example"), "{page}");
        let mut noe = Client::new(&app);
        noe.sign_in(&app, "noe@ville.example", &[]).await;
        assert_eq!(noe.get("/admin/moderation").await.status, StatusCode::OK);
        assert_eq!(noe.get("/admin/people").await.status, StatusCode::FORBIDDEN);
        let held = store::holders(&app.db).await.unwrap();
        let role = held.iter().find(|held| held.role == Role::Moderator).unwrap().id;
        admin.post(&format!("/admin/people/{role}/revoke"), &[]).await;
        assert_eq!(noe.get("/admin/moderation").await.status, StatusCode::FORBIDDEN, "at once");
        admin.post(&format!("/admin/people/{role}/restore"), &[]).await;
        assert_eq!(noe.get("/admin/moderation").await.status, StatusCode::OK);
        let acts: Vec<Act> = crate::journal::after(&app.db, 0, 100).await.unwrap().iter().map(|line| line.act).collect();
        assert_eq!(acts.iter().filter(|act| matches!(act, Act::Granted | Act::Revoked)).count(), 4, "every one is journalled");
        let bad = admin.post("/admin/people/grant", &[("email", "no address"), ("role", "agent")]).await;
        assert_eq!(bad.status, StatusCode::BAD_REQUEST);
        assert!(admin.get("/admin/people?q=NOE").await.text().contains("noe@ville.example"));
        assert!(admin.get("/admin/people?q=%25").await.text().contains("Aucun compte"), "no wildcard");
    }

    async fn the_last_administrator_stays_one(db: Db) {
        let app = app(&db).await;
        let mut admin = Client::new(&app);
        admin.sign_in(&app, "ada@ville.example", &[Role::Administrator]).await;
        let role = store::holders(&app.db).await.unwrap()[0].id;
        assert_eq!(admin.post(&format!("/admin/people/{role}/revoke"), &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(admin.get("/admin/people").await.status, StatusCode::OK);
        let mut write = app.begin().await.unwrap();
        assert!(matches!(store::revoke(&mut write, crate::ids::GrantId(999)).await, Err(Error::NotFound)));
    }
}
