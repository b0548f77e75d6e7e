//! The style guide, errors as pages, and what machines are told, over HTTP in process.

use crate::server::testing::{Client, app, on_both};
use axum::http::StatusCode;

on_both! {
    async fn the_guide_shows_both_schemes_and_no_search_engine_lists_it(db: Db) {
        let app = app(&db).await;
        let page = Client::new(&app).get("/design").await;
        assert_eq!(page.status, StatusCode::OK);
        let text = page.text();
        assert!(text.contains("data-scheme=\"light\"") && text.contains("data-scheme=\"dark\""));
        assert!(text.contains("content=\"noindex\"") && !text.contains(" style=\""));
        let mut ids: Vec<&str> = text.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id stands twice");
    }

    async fn whoever_meets_an_error_stays_on_the_site_and_is_told_what_to_do_next(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        client.headers = vec![("accept", "text/html".into()), ("accept-language", "fr".into())];
        let nowhere = client.get("/nowhere").await;
        let reloaded = client.get("/features/1/vote").await;
        let unread = client.post("/features/1/vote", &[]).await;
        for (answer, status, title) in [
            (nowhere, StatusCode::NOT_FOUND, "Cette page n’existe pas"),
            (reloaded, StatusCode::METHOD_NOT_ALLOWED, "Cette adresse ne se visite pas ainsi"),
            (unread, StatusCode::BAD_REQUEST, "La demande contient une erreur"),
        ] {
            assert_eq!(answer.status, status);
            let page = answer.text();
            assert!(page.contains(&format!("<h1>{title}</h1>")), "{page}");
            assert!(page.contains("<header class=\"site\">") && page.contains("href=\"/list\""), "{page}");
            assert!(page.contains(&app.name()) && page.contains("noindex"));
        }
    }

    async fn machines_are_told_where_pages_are_and_what_the_site_is(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let robots = client.get("/robots.txt").await.text();
        assert!(robots.starts_with("User-agent: *\n") && robots.contains("Disallow: /tiles/"));
        let manifest = client.get("/manifest.webmanifest").await;
        assert_eq!(manifest.header("content-type"), "application/manifest+json");
        let said: serde_json::Value = serde_json::from_slice(&manifest.body).unwrap();
        assert_eq!(said["theme_color"], "#1d4e5f");
        let icon = said["icons"][0]["src"].as_str().unwrap();
        assert_eq!(client.get(icon).await.status, StatusCode::OK);
        for (path, canonical) in [("/?theme=none", "http://parvis.test/"), ("/list?theme=none", "http://parvis.test/list")] {
            let page = client.get(path).await.text();
            assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{canonical}\">")), "{page}");
        }
    }
}
