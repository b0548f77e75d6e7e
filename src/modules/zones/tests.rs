//! Zones over HTTP, on both databases: drawn, filtered by everywhere, removed and put back; where most is.

use crate::base::db::Db;
use crate::civic::accounts::Role;
use crate::core::app::App;
use crate::core::features;
use crate::core::journal::Act;
use crate::server::testing::{Client, app, on_both, proposal};
use axum::http::StatusCode;
use parvis_tiles::decode::{DecodedFeature, DecodedValue, decode};

/// Twenty along a street, two of them in the zone below.
async fn filled(db: &Db) -> App {
    let app = app(db).await;
    let mut write = app.begin().await.unwrap();
    for n in 0..20 {
        let new = proposal(&format!("Banc {n}"), 2.35 + f64::from(n) / 100.0, 48.85);
        features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
    }
    app.commit(write).await.unwrap();
    app
}

const ZONE: &str = r#"{"type":"Polygon","coordinates":[[[2.345,48.84],[2.365,48.84],[2.365,48.86],[2.345,48.86],[2.345,48.84]]]}"#;

async fn agent(app: &App) -> Client {
    let mut client = Client::new(app);
    client.sign_in(app, "agent@ville.example", &[Role::Agent]).await;
    client
}

/// How many a tile shows, one by one or in squares.
async fn in_tile(client: &mut Client, address: &str) -> u64 {
    let layers = decode(&client.get(address).await.body).unwrap();
    let count_of = |feature: &DecodedFeature| match feature.tags.iter().find(|(name, _)| name == "count") {
        Some((_, DecodedValue::Uint(count))) => *count,
        _ => 1,
    };
    layers.iter().flat_map(|layer| &layer.features).map(count_of).sum()
}

on_both! {
    async fn what_lies_in_a_zone_is_the_same_on_the_map_in_the_list_in_counts_and_in_files(db: Db) {
        let app = filled(&db).await;
        let mut agent = agent(&app).await;
        let made = agent.post("/admin/zones/new", &[("name", "Le carrefour"), ("geometry", ZONE)]).await;
        assert_eq!(made.header("location"), "/admin/zones?done=drawn", "{}", made.text());
        let page = agent.get("/admin/zones").await.text();
        assert!(page.contains("Le carrefour") && page.contains("<td>2</td>"), "{page}");

        let mut anybody = Client::new(&app);
        assert_eq!(anybody.get("/api/counts?within=1").await.json()["total"], 2);
        assert_eq!(in_tile(&mut anybody, "/tiles/features/14/8298/5637.mvt?within=1").await, 1);
        assert_eq!(in_tile(&mut anybody, "/tiles/surface/9/259/176.mvt?within=1").await, 2);
        let list = anybody.get("/list?within=1").await.text();
        assert!(list.contains("Dans la zone") && list.contains("Banc 1<") && !list.contains("Banc 2<"), "{list}");
        let file = anybody.get("/export/features.csv?within=1").await.text();
        assert_eq!(file.lines().count(), 3, "{file}");
        // Words and a zone hold together.
        assert_eq!(anybody.get("/api/counts?within=1&q=banc+1").await.json()["total"], 1);

        // Another one within it is there at once.
        let mut write = app.begin().await.unwrap();
        features::store::insert(&mut write, &proposal("Fontaine", 2.351, 48.851), Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(anybody.get("/api/counts?within=1").await.json()["total"], 3);
    }

    async fn a_zone_that_is_removed_shows_nothing_and_can_be_put_back(db: Db) {
        let app = filled(&db).await;
        let mut agent = agent(&app).await;
        agent.post("/admin/zones/new", &[("name", "Le carrefour"), ("geometry", ZONE)]).await;
        let renamed = agent.post("/admin/zones/1", &[("name", "La place")]).await;
        assert_eq!(renamed.header("location"), "/admin/zones?done=renamed");
        assert_eq!(agent.post("/admin/zones/1/remove", &[]).await.header("location"), "/admin/zones?done=removed");
        let page = agent.get("/admin/zones").await.text();
        assert!(page.contains("Zones supprimées") && page.contains("La place"), "{page}");
        assert_eq!(agent.get("/api/counts?within=1").await.json()["total"], 0);
        assert_eq!(agent.get("/list?within=1").await.status, StatusCode::OK);
        assert_eq!(agent.post("/admin/zones/1/remove", &[]).await.status, StatusCode::NOT_FOUND, "it is gone");
        assert_eq!(agent.post("/admin/zones/1/back", &[]).await.header("location"), "/admin/zones?done=back");
        assert_eq!(agent.get("/api/counts?within=1").await.json()["total"], 2);
    }

    async fn what_is_no_outline_is_refused_beside_what_was_typed(db: Db) {
        let app = filled(&db).await;
        let mut agent = agent(&app).await;
        let line = r#"{"type":"LineString","coordinates":[[2.3,48.8],[2.4,48.9]]}"#;
        let flat = r#"{"type":"Polygon","coordinates":[[[2.3,48.8],[2.4,48.8],[2.3,48.8]]]}"#;
        let off = r#"{"type":"Polygon","coordinates":[[[200,48.8],[201,48.8],[201,49],[200,48.8]]]}"#;
        for geometry in ["", "{", line, flat, off] {
            let answer = agent.post("/admin/zones/new", &[("name", "Rue <b>"), ("geometry", geometry)]).await;
            let page = answer.text();
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{geometry}");
            assert!(page.contains("Aucun contour ne peut être lu") && page.contains("Rue &#60;b&#62;"), "{page}");
        }
        let nameless = agent.post("/admin/zones/new", &[("name", " – "), ("geometry", ZONE)]).await;
        assert!(nameless.text().contains("Donnez un nom"), "{}", nameless.text());
        assert_eq!(agent.get("/api/counts?within=7").await.json()["total"], 0, "there is no such zone");
        assert_eq!(agent.get("/api/counts?within=here").await.status, StatusCode::BAD_REQUEST);
    }

    async fn where_most_is_stands_first(db: Db) {
        let app = filled(&db).await;
        let mut write = app.begin().await.unwrap();
        for n in 0..9 {
            let new = proposal("Foule", 2.4 + f64::from(n) / 100_000.0, 48.85);
            features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
        }
        app.commit(write).await.unwrap();
        let spots = app.atlas.hot_spots(&crate::core::atlas::Filter::default(), 10).unwrap();
        assert_eq!(spots.len(), 1, "{spots:?}");
        let [west, south, east, north] = spots[0].bounds;
        assert!(spots[0].count >= 9 && west < 2.4 && 2.4 < east && south < 48.85 && 48.85 < north, "{spots:?}");
        let page = agent(&app).await.get("/admin/zones").await.text();
        assert!(page.contains("id=\"hot\"") && page.contains("#map=16/48.8"), "{page}");
    }
}
