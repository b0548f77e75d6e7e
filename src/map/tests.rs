//! The map's doors, over HTTP in process.

use crate::app::App;
use crate::db::Db;
use crate::features::{self, Kind};
use crate::journal::Act;
use crate::testing::{Client, app, on_both, proposal, square};
use crate::{gazetteer, territory};
use axum::http::StatusCode;

async fn filled(db: &Db) -> App {
    let app = app(db).await;
    let mut write = app.begin().await.unwrap();
    let theme = features::vocabulary::ensure_theme(&mut write, "Nature en ville").await.unwrap();
    for n in 0..5 {
        let mut new = proposal(&format!("Arbre {n} <b>&"), 2.35 + f64::from(n) / 1000.0, 48.85);
        new.theme = Some(theme);
        new.kind = Kind::ALL[n as usize % 2];
        new.created_at += chrono::Duration::days(i64::from(n));
        features::store::insert(&mut write, &new, Act::Placed).await.unwrap();
    }
    app.commit(write).await.unwrap();
    app
}

const TILE: &str = "/tiles/10/518/352.mvt";

on_both! {
    async fn a_tile_is_answered_compressed_with_a_tag_and_not_again_when_unchanged(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::new(&app);
        let plain = client.get(TILE).await;
        assert_eq!(plain.status, StatusCode::OK);
        assert_eq!(plain.header("content-type"), crate::map::MVT);
        assert_eq!(plain.header("access-control-allow-origin"), "*");
        assert_eq!(plain.header("content-encoding"), "");
        assert_eq!(plain.header("cache-control"), "public, no-cache");
        client.headers = vec![("accept-encoding", "gzip".into())];
        let packed = client.get(TILE).await;
        assert_eq!(packed.header("content-encoding"), "gzip");
        assert_eq!(packed.header("etag"), plain.header("etag"));
        client.headers = vec![("if-none-match", plain.header("etag").into())];
        let unchanged = client.get(TILE).await;
        assert_eq!((unchanged.status, unchanged.body.len()), (StatusCode::NOT_MODIFIED, 0));
        client.post("/features/1/vote", &[("voice", "for")]).await;
        assert_eq!(client.get(TILE).await.status, StatusCode::OK, "a vote changed it");
        client.headers.clear();
        assert_eq!(client.get("/tiles/10/0/0.mvt").await.status, StatusCode::NO_CONTENT);
        let one_layer = client.get("/tiles/clusters/10/518/352.mvt").await;
        assert_eq!(one_layer.body, client.get("/tiles/features/10/518/352").await.body);
    }

    async fn a_request_that_cannot_be_is_refused_with_what_is_allowed(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::json(&app);
        for (path, status, says) in [
            ("/tiles/19/0/0.mvt", 404, ""),
            ("/tiles/3/8/0.mvt", 404, ""),
            ("/tiles/3/0/8.mvt", 404, ""),
            ("/tiles/nowhere/3/0/0.mvt", 404, ""),
            ("/tiles/z/0/0.mvt", 400, "« z »"),
            ("/tiles/3/-1/0.mvt", 400, "« -1 »"),
            ("/tiles/3/1/1.mvt?colour=red", 400, "colour"),
            ("/tiles/3/1/1.mvt?theme=nature", 400, "nature-en-ville"),
            ("/tiles/3/1/1.mvt?since=hier", 400, "AAAA-MM-JJ"),
            ("/tiles/3/1/1.mvt?limit=3", 400, "limit"),
            ("/api/features?bbox=1,2,3", 400, "ouest,sud,est,nord"),
            ("/api/features?bbox=3,2,1,4", 400, "bbox"),
            ("/api/features?limit=0", 400, "1 à 1000"),
            ("/api/features?limit=1001", 400, "limit"),
            ("/api/features?order=best", 400, "newest"),
            ("/api/features?cursor=x", 400, "cursor"),
            ("/api/features/x", 404, ""),
            ("/api/features/99", 404, ""),
            ("/api/counts?kind=idea", 400, "proposal, report, project"),
            ("/api/nearby?lon=2", 400, "lat"),
            ("/api/nearby?lon=2&lat=48&metres=6000", 400, "5000"),
            ("/api/nearby?lon=2&lat=98", 400, "latitude"),
            ("/tiles.json?x=1", 400, "x"),
            ("/style.json?score_min=a", 400, "score_min"),
            ("/style.json?scheme=sepia", 400, "light"),
            ("/export/features.pdf", 404, ""),
            ("/live?last=x", 400, "journal"),
        ] {
            let answer = client.get(path).await;
            assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text());
            assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
            let problem = answer.json();
            assert_eq!(problem["status"], status, "{path}");
            assert!(problem["detail"].as_str().unwrap().contains(says), "{path}: {problem}");
            assert_eq!(problem["errors"].is_array(), status == 400, "{path}: {problem}");
        }
    }

    async fn the_api_pages_through_everything_by_its_own_links(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::json(&app);
        let mut path = "/api/features?limit=2&order=oldest".to_owned();
        let mut titles = Vec::new();
        loop {
            let page = client.get(&path).await;
            assert_eq!(page.header("content-type"), "application/geo+json");
            let page = page.json();
            titles.extend(page["features"].as_array().unwrap().iter().map(|f| f["properties"]["title"].clone()));
            match page["links"][0]["href"].as_str() {
                Some(next) => path = next.strip_prefix("http://parvis.test").unwrap().to_owned(),
                None => break,
            }
        }
        assert_eq!(titles, ["Arbre 0 <b>&", "Arbre 1 <b>&", "Arbre 2 <b>&", "Arbre 3 <b>&", "Arbre 4 <b>&"]);
        let two = client.get("/api/features?bbox=2.3495,48.8,2.3515,48.9").await.json();
        assert_eq!(two["numberReturned"], 2);
        let one = client.get("/api/features/1").await.json();
        assert_eq!(one["geometry"]["coordinates"], serde_json::json!([2.35, 48.85]));
        let near = client.get("/api/nearby?lon=2.35&lat=48.85&metres=100").await.json();
        assert_eq!(near["features"].as_array().unwrap().len(), 2);
        assert_eq!(near["features"][0]["properties"]["metres"], 0.0);
        let counts = client.get("/api/counts?kind=report").await.json();
        assert_eq!((&counts["total"], &counts["kind"]["proposal"]), (&serde_json::json!(2), &serde_json::json!(3)));
    }

    async fn the_page_lists_what_passes_its_filter_and_escapes_what_people_write(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::new(&app);
        client.headers = vec![("accept", "text/html".into()), ("accept-language", "fr".into())];
        let page = client.get("/?kind=report").await.text();
        assert!(page.contains("Arbre 1 &#60;b&#62;&#38;"), "{page}");
        assert!(!page.contains("Arbre 0"), "a proposal is filtered out");
        assert!(page.contains("2 contributions"));
        let english = {
            client.headers[1].1 = "en".into();
            client.get("/").await.text()
        };
        assert!(english.contains("lang=\"en\"") && english.contains("Nature en ville"));
        let refused = client.get("/?theme=x").await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.header("content-type").starts_with("text/html"));
        assert!(refused.text().contains("Back to the map"));
        let back = client.get("/language/fr").await;
        assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, "/"));
        client.headers = vec![("referer", "https://evil.test//evil.test/x".into())];
        assert_eq!(client.get("/language/en").await.header("location"), "/", "no way out of the site");
    }

    async fn every_answer_has_the_headers_that_keep_others_out(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::new(&app);
        for path in ["/", "/nope", "/tiles/3/4/2.mvt", "/api/features", "/readyz"] {
            let answer = client.get(path).await;
            assert!(answer.header("content-security-policy").contains("default-src 'self'"), "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        }
        assert_eq!(client.get("/healthz").await.text(), "ok");
        let ready = client.get("/readyz").await.json();
        assert_eq!(ready["journal"], ready["map"]);
    }

    async fn the_style_draws_every_layer_that_the_tilejson_names(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::json(&app);
        let tilejson = client.get("/tiles.json?theme=nature-en-ville").await.json();
        assert_eq!(tilejson["tilejson"], "3.0.0");
        assert_eq!(
            tilejson["tiles"][0],
            "http://parvis.test/tiles/{z}/{x}/{y}.mvt?theme=nature-en-ville"
        );
        let dark = client.get("/style.json?scheme=dark").await.json();
        let style = client.get("/style.json?kind=report").await.json();
        assert_eq!(style["metadata"]["parvis:themes"][0]["slug"], "nature-en-ville");
        let ids = |style: &serde_json::Value| {
            style["layers"].as_array().unwrap().iter().map(|l| l["id"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&style), ids(&dark), "the same map on dark paper");
        assert_ne!(style["layers"][0], dark["layers"][0]);
        let drawn: Vec<_> =
            style["layers"].as_array().unwrap().iter().filter_map(|l| l["source-layer"].as_str()).collect();
        for layer in tilejson["vector_layers"].as_array().unwrap() {
            assert!(layer["fields"].is_object());
            assert!(drawn.contains(&layer["id"].as_str().unwrap()), "{layer}");
        }
        let tiles = style["sources"]["features"]["tiles"][0].as_str().unwrap();
        assert!(tiles.ends_with("/tiles/features/{z}/{x}/{y}.mvt?kind=report"), "{tiles}");
    }

    async fn places_and_areas_are_found_by_name_as_geojson_from_any_site(db: Db) {
        let app = filled(&db).await;
        let mut write = app.begin().await.unwrap();
        territory::store::upsert(&mut write, &square("Les Prés-Hauts", 2.3, 48.8, 0.1)).await.unwrap();
        let street = gazetteer::NewPlace {
            kind: "street".into(), name: "Rue des Prés".into(), locality: "Montclar".into(), lon: 2.35, lat: 48.85,
            numbers: vec![gazetteer::Number { number: 12, suffix: "bis".into(), lon: 2.36, lat: 48.86 }],
        };
        gazetteer::store::replace(&mut write, "essai", &[street]).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::json(&app);
        let answer = client.get("/api/places?q=12+bis+rue+des+pr%C3%A9s&lon=2.3&lat=48.8").await;
        assert_eq!(answer.header("content-type"), "application/geo+json");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let house = &answer.json()["features"][0];
        assert_eq!(house["properties"]["label"], "12 bis rue des Prés");
        assert_eq!((&house["properties"]["kind"], &house["properties"]["context"]), (&"address".into(), &"Montclar".into()));
        assert_eq!(house["geometry"]["coordinates"][0], 2.36);
        let street = &client.get("/api/places?q=14+r.+des+pres").await.json()["features"][0];
        assert_eq!((&street["properties"]["label"], &street["properties"]["unknown_house"]), (&"Rue des Prés".into(), &"14".into()));
        let area = &client.get("/api/places?q=pres+h").await.json()["features"][0];
        assert_eq!((&area["properties"]["kind"], &area["properties"]["slug"]), (&"area".into(), &"les-pres-hauts".into()));
        assert!((area["bbox"][2].as_f64().unwrap() - 2.4).abs() < 1e-6, "{area}");
        for nothing in ["", "?q=", "?q=%25", "?q=%F0%9F%92%A9%00", "?q=zzz&lon=&lat="] {
            let answer = client.get(&format!("/api/places{nothing}")).await;
            assert_eq!((answer.status, answer.json()["numberReturned"].clone()), (StatusCode::OK, 0.into()), "{nothing}");
        }
        for wrong in ["lon=north", "lat=91", "limit=0", "limit=21", "lon=NaN"] {
            assert_eq!(client.get(&format!("/api/places?q=a&{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
        }
    }
}
