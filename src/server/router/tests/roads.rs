//! The short road of tiles beside the router's own: whoever is answered, and however, cannot tell them apart.

use crate::base::config::Config;
use crate::base::http::ContentPolicy;
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
            let roads = roads(app, Basemap::default(), ContentPolicy::OURS, Audience::default()).unwrap();
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
