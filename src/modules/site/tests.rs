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

    async fn the_mark_is_where_browsers_and_telephones_look_for_it(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let ico = client.get("/favicon.ico").await;
        assert_eq!((ico.status, ico.header("content-type")), (StatusCode::OK, "image/x-icon"));
        assert_eq!(&ico.body[..6], [0, 0, 1, 0, 3, 0]);
        let apple = client.get("/apple-touch-icon.png").await;
        let picture = image::load_from_memory(&apple.body).unwrap().into_rgba8();
        assert_eq!(picture.dimensions(), (180, 180));
        assert_eq!(picture.get_pixel(0, 0).0, [255; 4], "nothing shows through");
        assert!(client.get("/list").await.text().contains("<link rel=\"apple-touch-icon\" href=\"/apple-touch-icon.png\">"));
        client.headers = vec![("if-none-match", apple.header("etag").to_owned())];
        assert_eq!(client.get("/apple-touch-icon.png").await.status, StatusCode::NOT_MODIFIED);
        client.headers = Vec::new();
        for name in ["64.png", "192", "..%2F192.png", "x"] {
            assert_eq!(client.get(&format!("/icons/{name}")).await.status, StatusCode::NOT_FOUND, "{name}");
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
        let icons = said["icons"].as_array().unwrap();
        assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"));
        for icon in icons {
            let answer = client.get(icon["src"].as_str().unwrap()).await;
            assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, icon["type"].as_str().unwrap()));
            if icon["sizes"] != "any" {
                let picture = image::load_from_memory(&answer.body).unwrap();
                assert_eq!(icon["sizes"], format!("{}x{}", picture.width(), picture.height()));
            }
        }
        for (path, canonical) in [("/?theme=none", "http://parvis.test/"), ("/list?theme=none", "http://parvis.test/list")] {
            let page = client.get(path).await.text();
            assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{canonical}\">")), "{page}");
        }
    }
}
