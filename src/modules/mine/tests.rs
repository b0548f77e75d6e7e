//! What one did here, over HTTP in process, on both databases.

use crate::server::testing::{Client, app, on_both};

on_both! {
    async fn what_one_did_is_listed_with_what_became_of_it_and_nobody_elses(db: Db) {
        let app = app(&db).await;
        let mut somebody = Client::new(&app);
        let empty = somebody.get("/mine").await;
        assert!(empty.text().contains("class=\"empty\"") && empty.header("cache-control").contains("no-store"));
        let mut json = Client::json(&app);
        let place = async |client: &mut Client, title: &str| {
            client.post("/proposals", &[("title", title), ("lon", "2.35"), ("lat", "48.85")]).await.json()["id"].to_string()
        };
        let other = place(&mut json, "Le kiosque d’un autre").await;
        let mut me = Client::json(&app);
        let own = place(&mut me, "Mon <banc>").await;
        me.post(&format!("/features/{other}/vote"), &[("voice", "against")]).await;
        me.post(&format!("/features/{other}/arguments"), &[("side", "for"), ("body", "À l’ombre des tilleuls")]).await;
        me.headers = vec![("accept", "text/html".into())];
        let page = me.get("/mine").await.text();
        for said in ["Mon &#60;banc&#62;", &format!("href=\"/features/{own}\""), "Le kiosque d’un autre", "À l’ombre des tilleuls", ">contre<"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        // Who reads it elsewhere sees nothing of it.
        json.headers = vec![("accept", "text/html".into())];
        let theirs = json.get("/mine").await.text();
        assert!(theirs.contains("Le kiosque d’un autre") && !theirs.contains("banc") && !theirs.contains("tilleuls"));
    }

    async fn what_one_follows_and_what_waits_is_there_for_who_is_signed_in(db: Db) {
        let app = app(&db).await;
        let mut me = Client::new(&app);
        me.sign_in(&app, "lea@mail.example", &[]).await;
        me.headers = vec![("accept", "application/json".into())];
        let id = me.post("/proposals", &[("title", "Une fontaine"), ("lon", "2.35"), ("lat", "48.85")]).await.json()["id"].to_string();
        me.headers = vec![("accept", "text/html".into())];
        me.post(&format!("/features/{id}/follow"), &[]).await;
        let page = me.get("/mine").await.text();
        assert!(page.contains("id=\"followed\"") && page.contains("id=\"placed\""), "{page}");
        me.post(&format!("/features/{id}/withdraw"), &[]).await;
        let page = me.get("/mine").await.text();
        assert!(page.contains("retirée") && !page.contains("id=\"followed\""), "{page}");
    }
}
