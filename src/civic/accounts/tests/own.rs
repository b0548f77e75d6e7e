//! One's own account: what can be changed, and other browsers signed out at once; the demonstration's letters.

use crate::base::config::Config;
use crate::base::db::Sql as _;
use crate::civic::accounts::store;
use crate::server::testing::{Client, app, harmless, on_both};

on_both! {
    async fn a_name_is_kept_and_what_is_wrong_is_said_beside_it(db: Db) {
        let app = app(&db).await;
        let mut lea = Client::new(&app);
        let account = lea.sign_in(&app, "lea@mail.example", &[]).await;
        let saved = lea.post("/account", &[("name", " Léa  du Nord "), ("capacity", "association"), ("area", "")]).await;
        assert_eq!(saved.header("location"), "/account?done=saved");
        let kept = store::find(&app.db, account.id).await.unwrap();
        assert_eq!((kept.name.as_str(), kept.capacity.as_str()), ("Léa du Nord", "association"));
        let wrong = lea.post("/account", &[("name", "<script>alert(1)</script>".repeat(9).as_str()), ("capacity", "resident")]).await;
        assert_eq!(wrong.status, 400);
        assert!(wrong.text().contains("id=\"name-problem\""));
        harmless(&wrong.text());
        assert_eq!(store::find(&app.db, account.id).await.unwrap().name, "Léa du Nord");
    }

    async fn session_revoked_is_out_at_once_and_nobody_ends_anothers(db: Db) {
        let app = app(&db).await;
        let (mut phone, mut desktop, mut tablet, mut eve) =
            (Client::new(&app), Client::new(&app), Client::new(&app), Client::new(&app));
        let account = phone.sign_in(&app, "lea@mail.example", &[]).await;
        let first = store::sessions(&app.db, account.id, crate::base::clock::now()).await.unwrap()[0].id;
        desktop.sign_in(&app, "lea@mail.example", &[]).await;
        tablet.sign_in(&app, "lea@mail.example", &[]).await;
        eve.sign_in(&app, "eve@mail.example", &[]).await;
        let end = format!("/account/sessions/{first}/end");
        assert_eq!(eve.post(&end, &[]).await.status, 404);
        assert_eq!(phone.get("/account").await.status, 200);
        assert!(desktop.post(&end, &[]).await.status.is_redirection());
        assert_eq!(phone.get("/account").await.status, 401);
        assert!(desktop.post("/account/sessions/end-others", &[]).await.status.is_redirection());
        assert_eq!(tablet.get("/account").await.status, 401);
        assert_eq!(desktop.get("/account").await.status, 200);
        assert_eq!(eve.get("/account").await.status, 200);
    }

    async fn csrf_another_site_changes_no_account(db: Db) {
        let app = app(&db).await;
        let mut lea = Client::new(&app);
        lea.sign_in(&app, "lea@mail.example", &[]).await;
        lea.headers.push(("sec-fetch-site", "cross-site".into()));
        for path in ["/account", "/account/sessions/1/end", "/account/sessions/end-others"] {
            assert_eq!(lea.post(path, &[("capacity", "resident")]).await.status, 403, "{path}");
        }
    }

    async fn the_demonstrations_letters_are_there_only_where_they_were_asked_for(db: Db) {
        let plain = app(&db).await;
        assert_eq!(Client::new(&plain).get("/demo/inbox").await.status, 404);
        let config = Config { demo_inbox: true, ..Config::default() };
        let demo = crate::core::app::App::on(config, db.clone()).await.unwrap();
        let mut browser = Client::new(&demo);
        browser.post("/sign-in", &[("email", "habitante@demo.parvis.invalid")]).await;
        let sql = "insert into mail (recipient, subject, body, created_at) values ($1, $2, $3, $4)";
        let evil = "<script>alert(1)</script> javascript:alert(1) https://x.example/\"onclick=\"alert(1)";
        (&db).run(sql, ("a@b.example", "<b>x</b>", evil, crate::base::clock::now())).await.unwrap();
        let page = browser.get("/demo/inbox").await.text();
        harmless(&page);
        assert!(page.contains("<a href=\"http://127.0.0.1:8600/sign-in/"), "links can be followed");
    }
}
