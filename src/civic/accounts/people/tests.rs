//! Roles are given, taken and given back by administrators alone; on both databases.

use super::store;
use crate::base::db::Sql as _;
use crate::base::error::Error;
use crate::civic::accounts::Role;
use crate::core::journal::Act;
use crate::server::testing::{Client, app, on_both};
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
        let held = store::holders(&app.db, 0, 100).await.unwrap();
        let role = held.iter().find(|held| held.role == Role::Moderator).unwrap().id;
        admin.post(&format!("/admin/people/{role}/revoke"), &[]).await;
        assert_eq!(noe.get("/admin/moderation").await.status, StatusCode::FORBIDDEN, "at once");
        admin.post(&format!("/admin/people/{role}/restore"), &[]).await;
        assert_eq!(noe.get("/admin/moderation").await.status, StatusCode::OK);
        let acts: Vec<Act> = crate::core::journal::after(&app.db, 0, 100).await.unwrap().iter().map(|line| line.act).collect();
        assert_eq!(acts.iter().filter(|act| matches!(**act, Act::GRANTED | Act::REVOKED)).count(), 4, "every one is journalled");
        let bad = admin.post("/admin/people/grant", &[("email", "no address"), ("role", "agent")]).await;
        assert_eq!(bad.status, StatusCode::BAD_REQUEST);
        assert!(admin.get("/admin/people?q=NOE").await.text().contains("noe@ville.example"));
        assert!(admin.get("/admin/people?q=%25").await.text().contains("Aucun compte"), "no wildcard");
    }

    async fn the_last_administrator_cannot_erase_themselves_and_a_role_needs_the_second_factor(db: Db) {
        let app = app(&db).await;
        let mut admin = Client::new(&app);
        let ada = admin.sign_in(&app, "ada@ville.example", &[Role::Administrator]).await;
        // A role in one place does not administer everything.
        let mut other = Client::new(&app);
        let noe = other.sign_in(&app, "noe@ville.example", &[]).await;
        let mut write = app.begin().await.unwrap();
        crate::core::features::vocabulary::ensure_process(&mut write, "Plan vélo").await.unwrap();
        crate::civic::accounts::store::grant(&mut write, noe.id, Role::Administrator, (Some(crate::base::ids::ProcessId(1)), None), None).await.unwrap();
        app.commit(write).await.unwrap();
        let form = [("fate", "gone"), ("word", "effacer")];
        let refused = admin.post("/privacy/me/erase", &form).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.text().contains("Nommez d’abord quelqu’un"), "{}", refused.text());
        assert_eq!(admin.get("/admin/people").await.status, StatusCode::OK, "nothing was erased");
        let mut write = app.begin().await.unwrap();
        crate::civic::accounts::store::grant(&mut write, noe.id, Role::Administrator, (None, None), None).await.unwrap();
        app.commit(write).await.unwrap();
        // Somebody with the mailbox alone.
        app.db.run("update session set strong_at = null where account_id = $1", (ada.id,)).await.unwrap();
        assert_eq!(admin.post("/privacy/me/erase", &form).await.status, StatusCode::FORBIDDEN);
        admin.headers.push(("accept", "text/html".into()));
        assert_eq!(admin.get("/privacy/me/erase").await.header("location"), "/account/second-factor?to=%2Fprivacy%2Fme%2Ferase");
        admin.open(&app, &ada).await;
        assert_eq!(admin.post("/privacy/me/erase", &form).await.status, StatusCode::OK);
        assert_eq!(other.post("/privacy/me/erase", &form).await.status, StatusCode::CONFLICT, "now they are the last");
    }

    async fn of_two_administrators_who_go_at_once_one_stays(db: Db) {
        let app = app(&db).await;
        for turn in 0..4 {
            let (mut one, mut two) = (Client::new(&app), Client::new(&app));
            one.sign_in(&app, &format!("a{turn}@ville.example"), &[Role::Administrator]).await;
            two.sign_in(&app, &format!("b{turn}@ville.example"), &[Role::Administrator]).await;
            if turn > 0 {
                // Those of the turn before go.
                for held in store::holders(&app.db, 0, 100).await.unwrap().iter().filter(|h| !h.email.as_deref().unwrap_or_default().contains(&turn.to_string())) {
                    let mut write = app.begin().await.unwrap();
                    store::revoke(&mut write, held.id).await.unwrap();
                    app.commit(write).await.unwrap();
                }
            }
            let form = [("fate", "gone"), ("word", "effacer")];
            let grant = store::holders(&app.db, 0, 100).await.unwrap().last().unwrap().id;
            let revoke = format!("/admin/people/{grant}/revoke");
            if turn % 2 == 0 {
                tokio::join!(one.post("/privacy/me/erase", &form), two.post("/privacy/me/erase", &form));
            } else {
                let mut again = one.clone();
                tokio::join!(one.post("/privacy/me/erase", &form), again.post(&revoke, &[]));
            }
            let left = store::holders(&app.db, 0, 100).await.unwrap();
            assert_eq!(left.len(), 1, "{left:?}");
        }
    }

    async fn the_last_administrator_keeps_a_passkey(db: Db) {
        let app = app(&db).await;
        let mut admin = Client::new(&app);
        let ada = admin.sign_in(&app, "ada@ville.example", &[Role::Administrator]).await;
        let sql = "insert into passkey (account_id, credential, content, name, created_at) values ($1, $2, '{}', 'Clé', $3)";
        for credential in [b"a".to_vec(), b"b".to_vec()] {
            app.db.run(sql, (ada.id, credential, crate::base::clock::now())).await.unwrap();
        }
        assert!(admin.post("/account/passkeys/1/remove", &[]).await.status.is_redirection());
        let kept = admin.post("/account/passkeys/2/remove", &[]).await;
        assert_eq!(kept.status, StatusCode::CONFLICT);
        assert!(kept.text().contains("votre seule clé d’accès"), "{}", kept.text());
        Client::new(&app).sign_in(&app, "noe@ville.example", &[Role::Administrator]).await;
        assert!(admin.post("/account/passkeys/2/remove", &[]).await.status.is_redirection());
    }

    async fn the_last_administrator_stays_one(db: Db) {
        let app = app(&db).await;
        let mut admin = Client::new(&app);
        admin.sign_in(&app, "ada@ville.example", &[Role::Administrator]).await;
        let role = store::holders(&app.db, 0, 100).await.unwrap()[0].id;
        assert_eq!(admin.post(&format!("/admin/people/{role}/revoke"), &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(admin.get("/admin/people").await.status, StatusCode::OK);
        let mut write = app.begin().await.unwrap();
        assert!(matches!(store::revoke(&mut write, crate::base::ids::GrantId(999)).await, Err(Error::NotFound)));
    }
}
