//! Who an identity provider's word makes somebody; on both databases. The whole flow is tested against a real provider in
//! `tests/browser/outside.test.mjs`.

use super::provider::Identity;
use super::store;
use crate::base::error::Error;
use crate::civic::accounts::store as accounts;
use crate::civic::accounts::{Level, session};
use crate::server::testing::{Client, app, on_both};
use axum::http::StatusCode;

fn identity(subject: &str, email: Option<&str>) -> Identity {
    Identity { issuer: "https://idp.example".into(), subject: subject.into(), email: email.map(Into::into) }
}

on_both! {
    async fn an_identity_is_one_account_for_ever_and_makes_it_verified(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let first = store::account(&mut write, &identity("1", Some("lea@mail.example")), None).await.unwrap();
        let again = store::account(&mut write, &identity("1", None), None).await.unwrap();
        assert_eq!((first.id, again.level()), (again.id, Level::Verified));
        let other = store::account(&mut write, &identity("2", None), None).await.unwrap();
        assert_ne!(other.id, first.id);
        let mixed = store::account(&mut write, &identity("2", None), Some(first.id)).await;
        assert!(matches!(mixed, Err(Error::Conflict(_))), "an identity never moves to another account");
    }

    async fn a_providers_word_opens_no_account_that_has_the_address_already(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let owner = accounts::ensure(&mut write, "lea@mail.example").await.unwrap();
        let taken = store::account(&mut write, &identity("1", Some("lea@mail.example")), None).await;
        assert!(matches!(taken, Err(Error::Conflict(_))));
        let linked = store::account(&mut write, &identity("1", Some("lea@mail.example")), Some(owner.id)).await.unwrap();
        assert_eq!((linked.id, linked.level()), (owner.id, Level::Verified), "its owner, signed in, links the two");
    }

    async fn a_way_out_is_used_once_in_time_and_by_the_browser_that_took_it(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        assert_eq!(client.post("/sign-in/outside", &[]).await.status, StatusCode::NOT_FOUND, "no provider, no way");
        let planted = client.get("/sign-in/outside/back?code=x&state=y").await;
        assert_eq!(planted.status, StatusCode::BAD_REQUEST, "somebody else's way back");
        let state = session::digest("state");
        let pending = serde_json::from_str(r#"{"nonce":"n","verifier":"v","to":"/"}"#).unwrap();
        let mut write = app.begin().await.unwrap();
        let at = write.at();
        store::begin(&mut write, &state, None, &pending, at + chrono::TimeDelta::minutes(1)).await.unwrap();
        assert!(store::take(&mut write, &state).await.unwrap().is_some());
        assert!(store::take(&mut write, &state).await.unwrap().is_none(), "once");
        store::begin(&mut write, &state, None, &pending, at).await.unwrap();
        assert!(store::take(&mut write, &state).await.unwrap().is_none(), "in time");
    }

    async fn the_way_out_is_an_act_of_our_own_pages_and_links_only_what_was_asked_for_just_now(db: Db) {
        let config = crate::base::config::Config {
            outside_issuer: "http://127.0.0.1:9/".into(),
            ..app(&db).await.config.clone()
        };
        let app = crate::core::app::App::on(config, db.clone()).await.unwrap();
        const OUT: &str = "/sign-in/outside";
        let mut stranger = Client::new(&app);
        assert_eq!(stranger.get(OUT).await.status, StatusCode::METHOD_NOT_ALLOWED);
        stranger.headers.push(("sec-fetch-site", "cross-site".into()));
        assert_eq!(stranger.post(OUT, &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(Client::new(&app).post(OUT, &[("link", "true")]).await.status, StatusCode::UNAUTHORIZED);
        let mut lea = Client::new(&app);
        let account = lea.sign_in(&app, "lea@mail.example", &[]).await;
        let unasked = lea.post(OUT, &[("to", "/list")]).await;
        assert_eq!((unasked.status.as_u16(), unasked.header("location")), (303, "/list"), "who is signed in is not linked by chance");
        // The provider is not there: who gets as far as asking it was let through.
        let asked = lea.post(OUT, &[("link", "true")]).await.text();
        assert!(asked.contains("service d’identité"), "{asked}");
        let hour = crate::base::clock::now() - chrono::TimeDelta::hours(1);
        crate::base::db::Sql::run(&app.db, "update session set created_at = $2, strong_at = $2 where account_id = $1", (account.id, hour)).await.unwrap();
        let stale = lea.post(OUT, &[("link", "true")]).await;
        assert_eq!(stale.status, StatusCode::FORBIDDEN);
        assert!(stale.text().contains("connexion récente"), "{}", stale.text());
        let (begun,): (i64,) = crate::base::db::Sql::one(&app.db, "select count(*) from ceremony", ()).await.unwrap();
        assert_eq!(begun, 0);
    }
}
