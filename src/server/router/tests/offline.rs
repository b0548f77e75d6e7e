//! What browsers may keep for when there is no connection, over HTTP in process.

use super::every_route;
use crate::base::config::Config;
use crate::core::app::App;
use crate::server::testing::{Client, app, on_both};
use axum::http::{Method, StatusCode};

on_both! {
    async fn only_what_says_so_may_be_kept_by_a_browsers_worker(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        client.headers = vec![("accept", "text/html".into())];
        let mut kept = Vec::new();
        let all = every_route();
        let plain = all.iter().filter(|route| route.method == Method::GET && !route.path.contains('{'));
        for path in plain.map(|route| route.path).filter(|path| !path.starts_with("/live")) {
            let answer = client.get(path).await;
            let said = answer.header("x-offline").to_owned();
            if !said.is_empty() {
                kept.push((path, said));
            }
        }
        kept.sort();
        assert_eq!(kept, [("/offline", "page".to_owned()), ("/reports/new", "page".to_owned())]);
    }

    async fn the_worker_is_asked_for_anew_each_time_and_takes_itself_away_where_it_is_not_wanted(db: Db) {
        let wanted = app(&db).await;
        let served = Client::new(&wanted).get("/sw.js").await;
        assert_eq!(served.status, StatusCode::OK);
        assert_eq!(served.header("cache-control"), "no-cache");
        assert!(served.header("content-type").starts_with("text/javascript"));
        assert!(served.text().contains("x-offline") && !served.text().contains("unregister"));
        let config = Config { offline: false, ..wanted.config.clone() };
        let unwanted = App::on(config, db.clone()).await.unwrap();
        let gone = Client::new(&unwanted).get("/sw.js").await.text();
        assert!(gone.contains("unregister()") && gone.contains("caches.delete"), "{gone}");
    }
}
