//! Real files of both formats, and files that are none. The real ones lie beside the repository; where they do not, the
//! tests say so and pass.

use super::Basemap;
use super::tileset::Tileset;
use crate::app::App;
use crate::config::Config;
use crate::db::Db;
use crate::layers::{Scheme, Underlay};
use crate::testing::{Client, on_both};
use axum::http::StatusCode;
use flate2::read::GzDecoder;
use std::io::Read;
use std::path::{Path, PathBuf};

fn file(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/basemap").join(name);
    if !path.is_file() {
        eprintln!("SKIPPED: {} is not here", path.display());
        return None;
    }
    Some(path)
}

async fn open(basemap: &str) -> Result<Basemap, String> {
    let config = Config { basemap: basemap.to_owned(), ..Config::default() };
    Basemap::open(&config).await.map_err(|e| e.to_string())
}

fn plain(bytes: &[u8]) -> Vec<u8> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return bytes.to_vec();
    }
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}

#[tokio::test]
async fn a_tile_is_the_same_from_either_format() {
    let (Some(mbtiles), Some(pmtiles)) =
        (file("monaco-openmaptiles.mbtiles"), file("monaco-openmaptiles.pmtiles"))
    else {
        return;
    };
    let (a, b) = (Tileset::open(&mbtiles).await.unwrap(), Tileset::open(&pmtiles).await.unwrap());
    assert_eq!((a.about.min_zoom, a.about.max_zoom), (b.about.min_zoom, b.about.max_zoom));
    assert_eq!(a.about.layer_names(), b.about.layer_names());
    let mut found = 0;
    for z in 0..=14u8 {
        // Monaco and a tile around it.
        let at = parvis_tiles::Position::from_lon_lat(7.42, 43.735).unwrap().tile(z);
        for (x, y) in (at.x.saturating_sub(1)..=at.x + 1)
            .flat_map(|x| (at.y.saturating_sub(1)..=at.y + 1).map(move |y| (x, y)))
        {
            if x >= 1 << z || y >= 1 << z {
                continue;
            }
            let (a, b) = (a.tile(z, x, y).await.unwrap(), b.tile(z, x, y).await.unwrap());
            assert_eq!(a.as_deref().map(plain), b.as_deref().map(plain), "{z}/{x}/{y}");
            found += usize::from(a.is_some());
        }
    }
    assert!(found >= 20, "{found} tiles");
}

#[tokio::test]
async fn what_is_no_basemap_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    for (basemap, says) in [
        (folder.path().join("none.pmtiles").display().to_string(), "no such file"),
        (write("map.tif", b"II*"), "is expected"),
        (write("empty.pmtiles", b""), "no readable PMTiles"),
        (write("text.pmtiles", &[b'x'; 400]), "no readable PMTiles"),
        (write("empty.mbtiles", b""), "no readable MBTiles"),
        (write("text.mbtiles", &[b'x'; 4_096]), "no readable MBTiles"),
    ] {
        let error = open(&basemap).await.unwrap_err();
        assert!(error.contains(says) && error.contains(&basemap), "{error}");
    }
}

#[tokio::test]
async fn nothing_or_an_address_needs_no_file() {
    assert_eq!(*open(" ").await.unwrap().underlay(), Underlay::None);
    let style = "https://tiles.example/style.json";
    assert_eq!(*open(style).await.unwrap().underlay(), Underlay::Style(style.into()));
}

#[tokio::test]
async fn vectors_are_drawn_in_our_colours_and_pictures_as_pictures() {
    if let Some(path) = file("monaco-openmaptiles.pmtiles") {
        let basemap = open(path.to_str().unwrap()).await.unwrap();
        let underlay = basemap.underlay();
        let water = |scheme: Scheme| {
            let layers = underlay.layers(scheme);
            layers.iter().find(|l| l["id"] == "basemap-water").unwrap()["paint"]["fill-color"].clone()
        };
        assert_eq!(water(Scheme::Light), Scheme::Light.palette().water);
        assert_eq!(water(Scheme::Dark), Scheme::Dark.palette().water);
    }
    if let Some(path) = file("stamen_toner_z3.pmtiles") {
        let basemap = open(path.to_str().unwrap()).await.unwrap();
        assert_eq!(basemap.underlay().layers(Scheme::Light)[0]["type"], "raster");
        let tileset = basemap.tileset.unwrap();
        assert_eq!(tileset.about.media, "image/png");
        assert!(tileset.tile(2, 1, 1).await.unwrap().unwrap().starts_with(b"\x89PNG"));
        assert_eq!(tileset.tile(9, 1, 1).await.unwrap(), None);
    }
}

async fn client(db: &Db, basemap: &str) -> Client {
    let config = Config { basemap: basemap.to_owned(), tile_cache_mb: 16, ..Config::default() };
    let app = App::on(config, db.clone()).await.unwrap();
    Client::of(crate::router::open(app, crate::privacy::Audience::default()).await.unwrap())
}

on_both! {
    async fn a_file_is_served_with_its_tilejson_and_lies_in_the_style(db: Db) {
        let Some(path) = file("monaco-openmaptiles.pmtiles") else { return };
        let mut client = client(&db, path.to_str().unwrap()).await;
        let at = parvis_tiles::Position::from_lon_lat(7.42, 43.735).unwrap().tile(14);
        let address = format!("/basemap/14/{}/{}", at.x, at.y);
        let unpacked = client.get(&address).await;
        assert_eq!(unpacked.status, StatusCode::OK);
        assert_eq!(unpacked.header("content-type"), "application/vnd.mapbox-vector-tile");
        assert_eq!(unpacked.header("content-encoding"), "");
        client.headers = vec![("accept-encoding", "gzip, br".into())];
        let packed = client.get(&address).await;
        assert_eq!(packed.header("content-encoding"), "gzip");
        assert_eq!(plain(&packed.body), unpacked.body);
        client.headers = vec![("if-none-match", packed.header("etag").into())];
        assert_eq!(client.get(&address).await.status, StatusCode::NOT_MODIFIED);
        client.headers.clear();
        assert_eq!(client.get("/basemap/14/0/0.mvt").await.status, StatusCode::NO_CONTENT, "outside");
        assert_eq!(client.get("/basemap/15/0/0").await.status, StatusCode::NO_CONTENT, "deeper than the file");
        for nowhere in ["/basemap/1/2/0", "/basemap/23/0/0", "/basemap/x/0/0", "/basemap/3/-1/0"] {
            assert_eq!(client.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
        }
        let tilejson = client.get("/basemap.json").await.json();
        assert_eq!(tilejson["tiles"][0], "http://parvis.test/basemap/{z}/{x}/{y}");
        assert!(tilejson["vector_layers"].as_array().unwrap().len() > 5);
        let style = client.get("/style.json").await.json();
        assert_eq!(style["sources"]["basemap"]["tiles"][0], "http://parvis.test/basemap/{z}/{x}/{y}");
        let first = |prefix: &str| {
            style["layers"].as_array().unwrap().iter().position(|l| l["id"].as_str().unwrap().starts_with(prefix))
        };
        assert!(first("basemap-") < first("areas-") && first("areas-") < first("points"));
    }

    async fn without_a_basemap_nothing_is_served_and_the_style_is_ours_alone(db: Db) {
        let mut client = client(&db, "").await;
        assert_eq!(client.get("/basemap.json").await.status, StatusCode::NOT_FOUND);
        assert_eq!(client.get("/basemap/0/0/0").await.status, StatusCode::NOT_FOUND);
        assert!(client.get("/style.json").await.json()["sources"]["basemap"].is_null());
        assert!(!client.get("/").await.header("content-security-policy").contains("http"));
    }

    async fn another_servers_style_is_named_to_our_script_and_allowed_to_our_pages(db: Db) {
        let mut client = client(&db, "https://tiles.example/plan/style.json").await;
        let style = client.get("/style.json").await.json();
        assert_eq!(style["metadata"]["parvis:basemap-style"], "https://tiles.example/plan/style.json");
        let dark = client.get("/style.json?scheme=dark").await.json();
        assert_eq!(dark["layers"], style["layers"], "words for a light map, whatever the hour");
        let policy = client.get("/").await.header("content-security-policy").to_owned();
        assert!(policy.contains("connect-src 'self' https://tiles.example;"), "{policy}");
        assert_eq!(policy.matches("https://").count(), 2, "pictures and reads, no scripts: {policy}");
    }
}
