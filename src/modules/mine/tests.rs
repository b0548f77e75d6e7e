//! What one did here, over HTTP in process, on both databases.

use crate::base::db::Sql as _;
use crate::base::i18n::Lang;
use crate::civic::contributions::followers;
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

    async fn what_one_follows_by_letter_is_listed_for_the_same_address_and_ended_there(db: Db) {
        let app = app(&db).await;
        let mut json = Client::json(&app);
        let id = json.post("/proposals", &[("title", "Un kiosque"), ("lon", "2.35"), ("lat", "48.85")]).await.json()["id"].to_string();
        for email in ["lea@mail.example", "autre@mail.example"] {
            let mut write = app.begin().await.unwrap();
            let asked = followers::ask(&mut write, ("feature", id.parse().unwrap()), (email, Lang::Fr)).await.unwrap();
            followers::confirm(&mut write, asked.unwrap(), Lang::En).await.unwrap();
            app.commit(write).await.unwrap();
        }
        let mut me = Client::new(&app);
        assert!(!me.get("/mine").await.text().contains("by-letter"), "who is not signed in is told nothing");
        me.sign_in(&app, "lea@mail.example", &[]).await;
        let page = me.get("/mine").await.text();
        assert_eq!(page.matches("action=\"/following/").count(), 1, "{page}");
        let after = |mark: &str| page.split(mark).nth(1).unwrap().split('"').next().unwrap().to_owned();
        let (path, key) = (after("action=\"/following/"), after("name=\"key\" value=\""));
        // It is still ended where everybody reads the title no more.
        json.post(&format!("/features/{id}/withdraw"), &[]).await;
        let ended = me.post(&format!("/following/{path}"), &[("key", &key), ("act", "stop")]).await;
        assert!(ended.status.is_success() && ended.text().contains("href=\"/mine\""), "{}", ended.text());
        assert!(!me.get("/mine").await.text().contains("by-letter"));
        let left: Vec<(String,)> = db.all("select email from letter_follow", ()).await.unwrap();
        assert_eq!(left, [("autre@mail.example".to_owned(),)], "nobody else's");
    }
}
