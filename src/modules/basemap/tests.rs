//! Real files of both formats, and files that are none. The real ones lie beside the repository; where they do not, the
//! tests say so and pass.

use super::choice::Choice;
use super::packing::Packing;
use super::tileset::{About, Tileset, bounds};
use super::{Opened, drawing, of_setting};
use crate::base::config::Config;
use crate::base::db::Db;
use crate::core::app::App;
use crate::core::layers::{Scheme, Underlay};
use crate::server::testing::{Client, on_both};
use axum::http::StatusCode;
use flate2::read::GzDecoder;
use std::io::Read;
use std::path::{Path, PathBuf};

mod desk;

fn file(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/basemap").join(name);
    if !path.is_file() {
        eprintln!("SKIPPED: {} is not here", path.display());
        return None;
    }
    Some(path)
}

async fn open(basemap: &str) -> Result<Opened, String> {
    Opened::open(&Choice::of_operator(basemap)).await.map_err(|e| of_setting(basemap, e).to_string())
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
            let (a, b) = (a.tile(z, x, y).await, b.tile(z, x, y).await);
            let unpacked =
                |tile: &Option<(bytes::Bytes, Packing)>| tile.as_ref().map(|(bytes, _)| plain(bytes));
            assert_eq!(unpacked(&a), unpacked(&b), "{z}/{x}/{y}");
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

/// A vector tile with one layer of one point.
fn small_tile() -> Vec<u8> {
    let mut layer = mvt::Tile::new(4_096).create_layer("water");
    let mut point = mvt::GeomEncoder::new(mvt::GeomType::Point);
    point.add_point(100.0, 200.0).unwrap();
    layer = layer.into_feature(point.encode().unwrap()).into_layer();
    let mut tile = mvt::Tile::new(4_096);
    tile.add_layer(layer).unwrap();
    tile.to_bytes().unwrap()
}

/// An MBTiles of OpenMapTiles layers with these bytes as its tiles of zoom 0 to 2.
async fn mbtiles(path: &Path, tile: &[u8]) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let json = r#"{"vector_layers":[{"id":"transportation"},{"id":"water"}]}"#;
    for sql in [
        "create table metadata (name text, value text)",
        "create table tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)",
        "create unique index tile_index on tiles (zoom_level, tile_column, tile_row)",
        "insert into metadata values ('format', 'pbf'), ('name', 'Essai'), ('bounds', '0,0,0,0')",
    ] {
        sqlx::query(sql).execute(&pool).await.unwrap();
    }
    sqlx::query("insert into metadata values ('json', $1)").bind(json).execute(&pool).await.unwrap();
    for z in 0..=2i64 {
        for (x, y) in (0..1 << z).flat_map(|x| (0..1 << z).map(move |y| (x, y))) {
            let row = sqlx::query("insert into tiles values ($1, $2, $3, $4)").bind(z).bind(x).bind(y);
            row.bind(tile).execute(&pool).await.unwrap();
        }
    }
    pool.close().await;
}

fn packed(tile: &[u8], packing: Packing) -> Vec<u8> {
    use flate2::Compression;
    use flate2::read::{DeflateEncoder, GzEncoder, ZlibEncoder};
    let mut bytes = Vec::new();
    let level = Compression::best();
    match packing {
        Packing::Plain => return tile.to_vec(),
        Packing::Gzip => GzEncoder::new(tile, level).read_to_end(&mut bytes),
        Packing::Zlib => ZlibEncoder::new(tile, level).read_to_end(&mut bytes),
        Packing::Deflate => DeflateEncoder::new(tile, level).read_to_end(&mut bytes),
        Packing::Brotli => brotli::CompressorReader::new(tile, 4_096, 5, 20).read_to_end(&mut bytes),
    }
    .unwrap();
    bytes
}

/// What a client makes of an answer, by its `Content-Encoding` alone.
fn unpacked(answer: &crate::server::testing::Answer) -> Vec<u8> {
    let packing = match answer.header("content-encoding") {
        "" => Packing::Plain,
        "gzip" => Packing::Gzip,
        "deflate" => Packing::Zlib,
        "br" => Packing::Brotli,
        other => unreachable!("{other}"),
    };
    packing.unpacked(&answer.body).unwrap().to_vec()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tiles_packed_in_any_way_reach_every_client_readable() {
    crate::server::testing::on_sqlite(|db| async move {
        let folder = tempfile::tempdir().unwrap();
        let tile = small_tile();
        let ways = [Packing::Plain, Packing::Gzip, Packing::Zlib, Packing::Deflate, Packing::Brotli];
        for (way, at) in ways.into_iter().zip(0..) {
            let path = folder.path().join(format!("{at}.mbtiles"));
            mbtiles(&path, &packed(&tile, way)).await;
            let mut client = client(&db, path.to_str().unwrap()).await;
            for accepted in ["", "gzip", "deflate", "br", "gzip, deflate, br, zstd", "br;q=0, gzip"] {
                client.headers = vec![("accept-encoding", accepted.into())];
                let answer = client.get("/basemap/1/0/1").await;
                let coding = answer.header("content-encoding").to_owned();
                assert_eq!(answer.status, StatusCode::OK, "{way:?} for \"{accepted}\"");
                assert_eq!(unpacked(&answer), tile, "{way:?} for \"{accepted}\" as {coding}");
                assert!(
                    coding.is_empty() || accepted.contains(&coding),
                    "{way:?}: {coding} for \"{accepted}\""
                );
            }
        }
        let path = folder.path().join("z.mbtiles");
        mbtiles(&path, &[0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0]).await;
        let error = open(path.to_str().unwrap()).await.unwrap_err();
        assert!(
            error.contains("zstd") && error.contains("gzip"),
            "refused by its name, with what to do: {error}"
        );
    })
    .await;
}

/// What a form sends that brings one.
pub(crate) fn pmtiles_sent() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pmtiles");
    pmtiles(&path);
    std::fs::read(path).unwrap()
}

/// A PMTiles of the same tiles, gzipped.
fn pmtiles(path: &Path) {
    use pmtiles::{PmTilesWriter, TileCoord, TileType};
    let file = std::fs::File::create(path).unwrap();
    let about = r#"{"vector_layers":[{"id":"transportation"},{"id":"water"}]}"#;
    let mut writer = PmTilesWriter::new(TileType::Mvt).max_zoom(2).metadata(about).create(file).unwrap();
    for z in 0..=2u8 {
        for (y, x) in (0..1u32 << z).flat_map(|y| (0..1u32 << z).map(move |x| (y, x))) {
            // No two the same, so that each has a place of its own in the file.
            let mut tile = mvt::Tile::new(4_096);
            let mut layer = tile.create_layer(&format!("water-{z}-{x}-{y}"));
            let mut point = mvt::GeomEncoder::new(mvt::GeomType::Point);
            point.add_point(f64::from(x), f64::from(y)).unwrap();
            layer = layer.into_feature(point.encode().unwrap()).into_layer();
            tile.add_layer(layer).unwrap();
            writer.add_tile(TileCoord::new(z, x, y).unwrap(), &tile.to_bytes().unwrap()).unwrap();
        }
    }
    writer.finalize().unwrap();
}

#[tokio::test]
async fn a_file_that_is_cut_off_anywhere_is_refused_when_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["whole.pmtiles", "whole.mbtiles"] {
        let path = folder.path().join(name);
        if name.ends_with(".pmtiles") {
            pmtiles(&path);
        } else {
            mbtiles(&path, &small_tile()).await;
        }
        let whole = std::fs::read(&path).unwrap();
        open(path.to_str().unwrap()).await.unwrap();
        for share in [0, 5, 30, 60, 90, 99] {
            let cut = folder.path().join(format!("cut-{share}-{name}"));
            std::fs::write(&cut, &whole[..whole.len() * share / 100]).unwrap();
            let error = open(cut.to_str().unwrap()).await.unwrap_err();
            assert!(error.contains("cut-"), "which file: {error}");
        }
    }
}

#[tokio::test]
async fn a_file_with_damaged_tiles_is_refused_when_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pmtiles");
    pmtiles(&path);
    let mut bytes = std::fs::read(&path).unwrap();
    let from = bytes.len() - 200;
    bytes[from..].fill(0xa5);
    std::fs::write(&path, &bytes).unwrap();
    let error = open(path.to_str().unwrap()).await.unwrap_err();
    assert!(error.contains("2/") && error.contains("damaged"), "which tile: {error}");
    let path = folder.path().join("b.mbtiles");
    mbtiles(&path, b"\x1a\xff\xff\xff not a tile").await;
    assert!(open(path.to_str().unwrap()).await.unwrap_err().contains("damaged"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_breaks_while_it_is_served_leaves_holes_and_one_line_in_the_log() {
    crate::server::testing::on_sqlite(|db| async move {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pmtiles");
        pmtiles(&path);
        let mut client = client(&db, path.to_str().unwrap()).await;
        assert_eq!(client.get("/basemap/2/3/3").await.status, StatusCode::OK);
        let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.set_len(300).unwrap();
        for _ in 0..3 {
            assert_eq!(client.get("/basemap/2/3/3").await.status, StatusCode::NO_CONTENT);
        }
        pmtiles(&path);
        let tileset = Tileset::open(&path).await.unwrap();
        file.set_len(300).unwrap();
        assert_eq!(tileset.tile(2, 3, 3).await, None);
        assert!(
            !tileset.tell(&crate::base::error::Error::NotFound),
            "it was told before, and is not told again"
        );
    })
    .await;
}

#[test]
fn bounds_that_are_none_are_the_world() {
    let world = [-180.0, -85.051_129, 180.0, 85.051_129];
    assert_eq!(bounds([7.4, 43.7, 7.5, 43.8]), [7.4, 43.7, 7.5, 43.8]);
    for none in [
        [0.0; 4],
        [7.5, 43.8, 7.5, 43.9],
        [7.4, 43.8, 7.5, 43.7],
        [f64::NAN, 0.0, 1.0, 1.0],
        [1.0, -90.0, 2.0, -89.0],
    ] {
        assert_eq!(bounds(none), world, "{none:?}");
    }
    assert_eq!(bounds([179.0, -20.0, -179.0, -10.0]), [-180.0, -20.0, 180.0, -10.0], "over the antimeridian");
    assert_eq!(bounds([-200.0, -90.0, 200.0, 90.0]), world);
}

#[tokio::test]
async fn nothing_or_an_address_needs_no_file() {
    for nothing in ["", "none"] {
        assert_eq!(*open(nothing).await.unwrap().underlay(), Underlay::None);
    }
    let style = "https://tiles.example/style.json";
    let opened = open(style).await.unwrap().underlay();
    assert!(matches!(&*opened, Underlay::Style(said, _) if said == style), "{opened:?}");
    assert_eq!(opened.away().unwrap().hosts, ["tiles.example"]);
}

#[test]
fn every_word_of_a_basemaps_drawing_is_drawn_without_a_browser() {
    for names in [&["transportation"][..], &["roads", "earth"]] {
        let vector_layers = names.iter().map(|name| serde_json::json!({ "id": name })).collect();
        let about = About { is_vector: true, vector_layers, ..About::default() };
        for scheme in Scheme::ALL {
            let layers = drawing::layers(&about, scheme).expect("a schema that we know");
            assert!(layers.len() > 10);
            if let Err(fault) = parvis_drawing::Style::read(&serde_json::json!({ "layers": layers })) {
                panic!("{fault}");
            }
        }
    }
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
        assert!(tileset.tile(2, 1, 1).await.unwrap().0.starts_with(b"\x89PNG"));
        assert_eq!(tileset.tile(9, 1, 1).await, None);
    }
}

async fn client(db: &Db, basemap: &str) -> Client {
    let config = Config { basemap: basemap.to_owned(), tile_cache_mb: 16, ..Config::default() };
    let app = App::on(config, db.clone()).await.unwrap();
    let roads = crate::server::router::open(app, crate::modules::privacy::Audience::default()).await.unwrap();
    Client::of(axum::Router::new().fallback_service(roads))
}

on_both! {
    async fn the_map_that_the_server_draws_lies_on_it(db: Db) {
        let Some(path) = file("monaco-openmaptiles.pmtiles") else { return };
        let mut client = client(&db, path.to_str().unwrap()).await;
        let drawn = client.get("/map.svg?bbox=7.40,43.72,7.44,43.75&size=1000x700").await.text();
        assert!(drawn.contains("MONTE-CARLO") && drawn.contains(Scheme::Light.palette().water), "names and water");
        // Its tiles break rules of the specification, and are drawn all the same.
        let tiles = drawn.matches("<clipPath").count();
        assert_eq!(tiles, 4);
    }

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
        let tiles = tilejson["tiles"][0].as_str().unwrap();
        assert!(tiles.starts_with("http://parvis.test/basemap/{z}/{x}/{y}?v="), "{tiles}");
        assert!(tilejson["vector_layers"].as_array().unwrap().len() > 5);
        let style = client.get("/style.json").await.json();
        assert_eq!(style["sources"]["basemap"]["tiles"][0], tiles, "another file has another address");
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
