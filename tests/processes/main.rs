//! The binary as operators run it: processes on ports, killed and started again, two on one database, and the clients
//! that real people use. What can be tested in process is tested beside the code.
//!
//! `tests/with-postgres cargo test --test processes`; with `CI` set, a missing PostGIS or GDAL is a failure.
//! Invariant: only processes that a test started are ended, and every wait has an end.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test ends at what is wrong")]
#![allow(
    clippy::disallowed_methods,
    reason = "tests have no configuration: they read the environment themselves"
)]

mod clients;
mod cluster;
mod command_line;
mod crash;
mod databases;
#[allow(dead_code, reason = "shared with the HTTP benchmark, which uses more of it")]
mod http;
mod observability;
mod open311;
mod operations;
mod qgis;
#[allow(dead_code, reason = "shared with the HTTP benchmark, which uses more of it")]
mod server;
mod several_servers;
mod shutdown;
mod slow;
mod trouble;
mod upgrades;

use http::{Answer, Client};
use parvis_tiles::decode::{DecodedFeature, DecodedGeometry, DecodedValue, decode};
use parvis_tiles::{EXTENT, Position, TileCoord};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Asks again until it is so.
#[track_caller]
fn wait_until(patience: Duration, what: &str, mut is_so: impl FnMut() -> bool) -> Duration {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < patience, "not within {patience:?}: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
    started.elapsed()
}

/// Leaves a test out for want of a tool, loudly; in CI that is a failure.
#[track_caller]
fn skip(why: &str) {
    assert!(std::env::var("CI").is_err(), "in CI: {why}");
    eprintln!("SKIPPED: {why}");
}

/// Where the tests' ideas are: inside one tile of zoom 12.
const PLACE: (f64, f64) = (2.345, 48.855);

/// A place some way from [`PLACE`], another one for each number.
fn place(n: usize) -> (f64, f64) {
    (PLACE.0 + (n % 40) as f64 * 0.001, PLACE.1 + (n / 40 % 40) as f64 * 0.0005)
}

fn post_idea(client: &mut Client, title: &str, (lon, lat): (f64, f64)) -> std::io::Result<Answer> {
    let (lon, lat) = (lon.to_string(), lat.to_string());
    client.post("/proposals", &[("title", title), ("lon", &lon), ("lat", &lat)])
}

/// Places an idea and gives its id.
#[track_caller]
fn idea(client: &mut Client, title: &str, at: (f64, f64)) -> i64 {
    let answer = post_idea(client, title, at).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json().unwrap()["id"].as_i64().unwrap()
}

fn post_vote(client: &mut Client, id: i64, voice: &str) -> std::io::Result<Answer> {
    client.post(&format!("/features/{id}/vote"), &[("voice", voice)])
}

fn tile_of((lon, lat): (f64, f64), zoom: u8) -> TileCoord {
    Position::from_lon_lat(lon, lat).unwrap().tile(zoom)
}

/// A tile's features by layer, those of the margin around it left out: each is then in one tile of a zoom.
fn features_in(
    client: &mut Client,
    TileCoord { z, x, y }: TileCoord,
) -> BTreeMap<String, Vec<DecodedFeature>> {
    let answer = client.get(&format!("/tiles/features/{z}/{x}/{y}.mvt")).unwrap();
    assert!(matches!(answer.status, 200 | 204), "{}", answer.text());
    let inside = |feature: &DecodedFeature| match &feature.geometry {
        DecodedGeometry::Points(at) => {
            at.iter().all(|&(x, y)| (0..EXTENT as i32).contains(&x) && (0..EXTENT as i32).contains(&y))
        }
        _ => true,
    };
    let layers = decode(&answer.body).unwrap().into_iter();
    layers.map(|l| (l.name, l.features.into_iter().filter(inside).collect())).collect()
}

fn number(feature: &DecodedFeature, tag: &str) -> Option<i64> {
    feature.tags.iter().find(|(name, _)| name == tag).and_then(|(_, value)| match value {
        DecodedValue::Int(n) | DecodedValue::Sint(n) => Some(*n),
        DecodedValue::Uint(n) => i64::try_from(*n).ok(),
        _ => None,
    })
}

/// The score that a tile shows for an idea; `None` where the idea is not in it.
fn score_in_tile(client: &mut Client, id: i64, at: (f64, f64)) -> Option<i64> {
    let layers = features_in(client, tile_of(at, 18));
    let point = layers.get("points")?.iter().find(|f| f.id == Some(id.unsigned_abs()))?;
    number(point, "score")
}

/// How many features the tiles of a zoom hold around [`PLACE`]: points, and what clusters say that they stand for.
fn features_on_map(client: &mut Client, zoom: u8) -> i64 {
    let (first, last) = (tile_of((2.34, 48.885), zoom), tile_of((2.39, 48.85), zoom));
    let mut sum = 0;
    for (x, y) in (first.x..=last.x).flat_map(|x| (first.y..=last.y).map(move |y| (x, y))) {
        let layers = features_in(client, TileCoord { z: zoom, x, y });
        sum += layers.get("points").map_or(0, Vec::len) as i64;
        sum += layers.get("clusters").into_iter().flatten().filter_map(|c| number(c, "count")).sum::<i64>();
    }
    sum
}
