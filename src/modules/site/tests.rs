//! The style guide, errors as pages, and what machines are told, over HTTP in process.

use crate::core::site;
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

    async fn the_icons_are_made_of_the_citys_logo_where_it_has_one_under_addresses_of_their_own(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let house = client.get("/apple-touch-icon.png").await;
        let ico = client.get("/favicon.ico").await;
        let said = async |logo: &str, brand: &str| {
            let mut write = app.begin().await.unwrap();
            let mut site = site::store::to_change(&mut write).await.unwrap();
            site.set("logo", logo);
            site.set("brand", brand);
            site::store::write(&mut write, &site, None).await.unwrap();
            app.commit(write).await.unwrap();
        };
        let red = image::RgbaImage::from_pixel(300, 100, image::Rgba([200, 0, 0, 255]));
        let mut png = std::io::Cursor::new(Vec::new());
        red.write_to(&mut png, image::ImageFormat::Png).unwrap();
        let digest = app.media.keep(png.into_inner()).await.unwrap().to_string();
        said(&digest, "#8a1538").await;
        let page = client.get("/list").await.text();
        let ending = format!("?logo={}", &digest[..12]);
        for path in ["/favicon.ico", "/icons/192.png", "/apple-touch-icon.png"] {
            assert!(page.contains(&format!("href=\"{path}{ending}\"")), "{path}: {page}");
        }
        assert!(!page.contains("icon.svg") && !page.contains("image/svg+xml"), "the house's mark is not beside it: {page}");
        let apple = client.get(&format!("/apple-touch-icon.png{ending}")).await;
        let picture = image::load_from_memory(&apple.body).unwrap().into_rgba8();
        assert_eq!((picture.dimensions(), picture.get_pixel(90, 90).0), ((180, 180), [200, 0, 0, 255]));
        assert_ne!(apple.header("etag"), house.header("etag"), "who knows the old one is given the new one");
        assert_ne!(client.get("/favicon.ico").await.body, ico.body);
        let manifest: serde_json::Value = serde_json::from_slice(&client.get("/manifest.webmanifest").await.body).unwrap();
        assert_eq!(manifest["theme_color"], "#8a1538");
        for icon in manifest["icons"].as_array().unwrap() {
            let src = icon["src"].as_str().unwrap();
            assert!(src.ends_with(&ending), "{src}");
            let picture = image::load_from_memory(&client.get(src).await.body).unwrap().into_rgba8();
            assert_eq!(picture.get_pixel(picture.width() / 2, picture.height() / 2).0, [200, 0, 0, 255], "{src}");
        }
        // A file that is gone, on a server that has lost its folder: the house's mark, and no error.
        said(&"0".repeat(64), "").await;
        assert_eq!(client.get("/favicon.ico").await.body, ico.body);
        said("", "").await;
        assert!(client.get("/list").await.text().contains("href=\"/apple-touch-icon.png\""));
        assert_eq!(client.get("/apple-touch-icon.png").await.body, house.body);
    }
}
