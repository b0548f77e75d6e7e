//! The short road beside the router's own: whoever is answered, and however, cannot tell them apart.

use crate::base::config::Config;
use crate::base::http::Asset;
use crate::core::app::App;
use crate::core::journal::Act;
use crate::modules::basemap::Basemap;
use crate::modules::privacy::Audience;
use crate::server::router::roads;
use crate::server::testing::{on_sqlite, proposal};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use std::collections::BTreeSet;
use tower::ServiceExt as _;

type Told = (u16, BTreeSet<(String, String)>, Vec<u8>);

async fn told(answer: axum::response::Response) -> Told {
    let named = |(name, value): (&header::HeaderName, &HeaderValue)| {
        (name.to_string(), value.to_str().unwrap().to_owned())
    };
    let (parts, body) = answer.into_parts();
    // The connection says how long a body is that is there as a whole.
    let said = parts.headers.iter().filter(|(name, _)| *name != header::CONTENT_LENGTH);
    let headers = said.map(named).collect();
    (parts.status.as_u16(), headers, axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_roads_of_a_tile_give_the_same_answer() {
    on_sqlite(|db| async move {
        for address in ["", "https://carte.ville.example"] {
            let config = Config {
                public_url: address.into(),
                limits: "off".into(),
                tile_cache_mb: 16,
                ..Config::default()
            };
            let app = App::on(config, db.clone()).await.unwrap();
            let mut write = app.begin().await.unwrap();
            let ideas = [proposal("Un banc au soleil", 2.35, 48.85), proposal("Un arbre", 2.36, 48.86)];
            crate::core::features::store::insert_all(&mut write, &ideas, Act::PLACED).await.unwrap();
            app.commit(write).await.unwrap();
            let roads = roads(app, Basemap::default(), Audience::default()).unwrap();
            let (mut short, mut compared) = (0, 0);
            for path in [
                "/tiles/0/0/0",
                "/tiles/0/0/0.mvt",
                "/tiles/features/14/8298/5636.mvt",
                "/tiles/features/14/8298/5636.pbf",
                "/tiles/points,areas/3/4/2",
                "/tiles/features/14/1/1.mvt",
                "/tiles/features/14/8298/5636.mvt?theme=1",
                "/tiles/features/14/8298/5636.mvt?q=banc",
                "/tiles/features/14/8298/5636.mvt?",
                "/tiles/features/99/0/0",
                "/tiles/features/2/9/9",
                "/tiles/x/y/z",
                "/tiles/nothing/0/0/0",
                "/tiles/features/0/0/0?colour=red",
                "/tiles/",
                "/tiles/feat%75res/0/0/0",
                "/tiles/features/0/0/0/0",
                "/tiles//0/0/0",
                "/tiles.json",
                "/tiles/features/+1/0/0",
            ] {
                for (name, value) in [
                    ("accept", "*/*"),
                    ("accept-encoding", "gzip"),
                    ("accept-encoding", "br, gzip;q=0.5"),
                    ("accept-encoding", "identity"),
                    ("origin", "https://other.example"),
                    ("if-none-match", "*"),
                    ("if-none-match", "\"x\""),
                    ("range", "bytes=0-9"),
                    ("accept", "text/html"),
                    ("accept-language", "en"),
                ] {
                    for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
                        let ask = || {
                            let mut request =
                                Request::builder().method(&method).uri(path).body(Body::empty()).unwrap();
                            let given: HeaderMap = [(name.parse().unwrap(), HeaderValue::from_static(value))]
                                .into_iter()
                                .collect();
                            *request.headers_mut() = given;
                            request
                        };
                        short += usize::from(roads.answers_at_once(&ask()));
                        let router = told(roads.router.clone().oneshot(ask()).await.unwrap()).await;
                        let both = told(roads.clone().oneshot(ask()).await.unwrap()).await;
                        // What is looked at first is packed ahead, once: between two askings at most one changes.
                        let again = told(roads.router.clone().oneshot(ask()).await.unwrap()).await;
                        let router = if both == router { router } else { again };
                        assert_eq!(both, router, "{method} {path} {name}: {value}");
                        compared += 1;
                    }
                }
            }
            assert!(short > 60 && short < compared / 2, "{short} of {compared} on the short road");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_the_same_for_everybody_is_answered_like_the_first_time_and_follows_the_map() {
    on_sqlite(|db| async move {
        for address in ["", "https://ville.example/carte"] {
            let config = Config {
                public_url: address.into(),
                limits: "off".into(),
                tile_cache_mb: 16,
                ..Config::default()
            };
            let app = App::on(config, db.clone()).await.unwrap();
            let roads = roads(app.clone(), Basemap::default(), Audience::default()).unwrap();
            // Without those that are only the packed forms of others.
            let names = Asset::iter().filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"));
            let assets: Vec<String> = names.map(|name| format!("/assets/{name}")).collect();
            let others = [
                "/tiles.json",
                "/healthz",
                "/healthz?",
                "/tiles.json?theme=x",
                "/assets/",
                "/assets/none.js",
                "/readyz",
            ];
            let paths: Vec<&str> = assets.iter().map(String::as_str).chain(others).collect();
            let mut short = BTreeSet::new();
            for path in &paths {
                for (name, value) in [
                    ("accept", "*/*"),
                    ("accept-encoding", "gzip"),
                    ("accept-encoding", "gzip, deflate, br, zstd"),
                    ("accept-encoding", "identity"),
                    ("host", "carte.ville.example"),
                    ("x-forwarded-proto", "https"),
                    ("origin", "https://other.example"),
                    ("if-none-match", "*"),
                    ("if-none-match", "\"x\""),
                    ("range", "bytes=0-9"),
                    ("accept", "text/html"),
                    ("accept-language", "en"),
                    ("cookie", "lang=en"),
                ] {
                    for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::POST] {
                        let ask = || {
                            let request = Request::builder().method(&method).uri(*path).header(name, value);
                            request.body(Body::empty()).unwrap()
                        };
                        let long = told(roads.long(ask()).await).await;
                        let first = told(roads.clone().oneshot(ask()).await.unwrap()).await;
                        let again = roads.answers_at_once(&ask());
                        let kept = told(roads.clone().oneshot(ask()).await.unwrap()).await;
                        if !path.starts_with("/readyz") {
                            assert_eq!(first, long, "{method} {path} {name}: {value}");
                            assert_eq!(kept, long, "{method} {path} {name}: {value}");
                        }
                        if again {
                            assert_eq!(method, Method::GET);
                            short.insert(*path);
                        }
                    }
                }
            }
            let expected = paths.iter().copied().filter(|path| {
                assets.iter().any(|asset| asset == path) || ["/tiles.json", "/healthz"].contains(path)
            });
            assert_eq!(short, expected.collect(), "on the short road");
            let json =
                || Request::get("/tiles.json").header("host", "a.example").body(Body::empty()).unwrap();
            told(roads.clone().oneshot(json()).await.unwrap()).await;
            assert!(roads.answers_at_once(&json()));
            let elsewhere =
                Request::get("/tiles.json").header("host", "b.example").body(Body::empty()).unwrap();
            assert_eq!(roads.answers_at_once(&elsewhere), !address.is_empty(), "it says its own address");
            let before = told(roads.clone().oneshot(json()).await.unwrap()).await;
            let mut write = app.begin().await.unwrap();
            let far = [proposal("Un phare", -4.77 - address.len() as f64, 48.33)];
            crate::core::features::store::insert_all(&mut write, &far, Act::PLACED).await.unwrap();
            app.commit(write).await.unwrap();
            assert!(!roads.answers_at_once(&json()), "the map is another");
            let after = told(roads.clone().oneshot(json()).await.unwrap()).await;
            assert_ne!(before.2, after.2, "its bounds are wider");
        }
    })
    .await;
}
