//! Other people's software on our routes: GDAL reads the tiles, MapLibre's own validator the style.

use super::command_line::{run, succeeds, text};
use super::databases::Database;
use super::http::Client;
use super::server::{Server, parvis};
use super::{idea, place, skip, tile_of};
use geo::{Area, BoundingRect, Geometry};
use parvis_tiles::TileCoord;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// Where every place is a point of its own.
const ZOOM: u8 = 15;
/// Where crowds are shown as clusters.
const FAR: u8 = 10;

/// Whether a program is there.
fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// A garden, a street and a tree: one layer with every sort of shape.
fn layer_file() -> Value {
    let feature = |name: &str, geometry: Value| json!({ "type": "Feature", "properties": { "nom": name, "rang": 3 }, "geometry": geometry });
    let ring = [[2.346, 48.856], [2.372, 48.856], [2.372, 48.868], [2.346, 48.868], [2.346, 48.856]];
    let hole = [[2.35, 48.858], [2.35, 48.862], [2.355, 48.862], [2.355, 48.858], [2.35, 48.858]];
    json!({ "type": "FeatureCollection", "features": [
        feature("Jardin", json!({ "type": "Polygon", "coordinates": [ring, hole] })),
        feature("Rue", json!({ "type": "LineString", "coordinates": [[2.346, 48.8555], [2.38, 48.8702]] })),
        feature("Arbre", json!({ "type": "Point", "coordinates": [2.3601, 48.8613] })),
    ] })
}

/// Downloads the tiles of a zoom around the tests' place, as `folder/z/x/y.mvt`, with the names of the layers beside.
fn download(client: &mut Client, layers: &str, zoom: u8, folder: &Path) {
    let tilejson = client.get("/tiles.json").unwrap().json().unwrap();
    let metadata = json!({
        "name": "parvis", "format": "pbf", "minzoom": "0", "maxzoom": "18",
        "json": json!({ "vector_layers": tilejson["vector_layers"] }).to_string(),
    });
    std::fs::write(folder.join("metadata.json"), metadata.to_string()).unwrap();
    let (first, last) = (tile_of((2.34, 48.885), zoom), tile_of((2.39, 48.85), zoom));
    for (x, y) in (first.x..=last.x).flat_map(|x| (first.y..=last.y).map(move |y| (x, y))) {
        let answer = client.get(&format!("/tiles/{layers}/{zoom}/{x}/{y}.mvt")).unwrap();
        if answer.status == 200 {
            let column = folder.join(format!("{zoom}/{x}"));
            std::fs::create_dir_all(&column).unwrap();
            std::fs::write(column.join(format!("{y}.mvt")), &answer.body).unwrap();
        }
    }
}

/// A layer as GDAL reads it: in degrees, without the margins of tiles. Its driver ends well even on errors, so that
/// what it says is read, too.
fn read_with_gdal(folder: &Path, zoom: u8, layer: &str) -> Vec<geojson::Feature> {
    let out = folder.join(format!("{layer}-{zoom}.geojson"));
    let mut command = Command::new("ogr2ogr");
    command.args([
        "-f",
        "GeoJSON",
        "-t_srs",
        "EPSG:4326",
        "-oo",
        "TILE_EXTENSION=mvt",
        "-oo",
        "CLIP=YES",
        "-oo",
    ]);
    command.arg(format!("METADATA_FILE={}", folder.join("metadata.json").display()));
    command.arg(&out).arg(format!("MVT:{}", folder.join(zoom.to_string()).display())).arg(layer);
    let output = run(&mut command);
    let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
    assert!(output.status.success() && !said.contains("ERROR"), "{layer}: {said}");
    let collection: geojson::FeatureCollection = std::fs::read_to_string(&out).unwrap().parse().unwrap();
    collection.features
}

fn geometry(feature: &geojson::Feature) -> Geometry<f64> {
    feature.geometry.clone().unwrap().try_into().unwrap()
}

fn property<'a>(feature: &'a geojson::Feature, name: &str) -> &'a Value {
    feature.property(name).unwrap_or(&Value::Null)
}

#[test]
fn gdal_reads_from_our_tiles_what_our_own_api_says() {
    if !has("ogr2ogr") {
        return skip("GDAL is not here (Debian: gdal-bin)");
    }
    let database = Database::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("espaces.geojson");
    std::fs::write(&file, layer_file().to_string()).unwrap();
    succeeds(parvis(&database.url).args(["import", "layer", "--name", "Espaces verts"]).arg(&file));
    let server = Server::start(&database.url, &[]).unwrap();
    let mut client = Client::json(server.address);
    for n in 0..300 {
        idea(&mut client, &format!("Idée {n}"), place(n));
    }
    for zoom in [ZOOM, FAR] {
        download(&mut client, "features,espaces-verts", zoom, folder.path());
    }

    let told = client.get("/api/features?limit=1000").unwrap().json().unwrap();
    let told = told["features"].as_array().unwrap().clone();
    let points = read_with_gdal(folder.path(), ZOOM, "points");
    for point in &points {
        let id = property(point, "mvt_id");
        let known = told.iter().find(|f| f["id"] == *id).unwrap_or_else(|| panic!("{id} is not ours"));
        let Geometry::Point(at) = geometry(point) else { panic!("{point:?}") };
        let off = |axis: usize, value: f64| known["geometry"]["coordinates"][axis].as_f64().unwrap() - value;
        // A tile says in which of its units a place lies: 0.3 m at zoom 15 on the equator, here in degrees.
        let tolerance = 360.0 / f64::from(1 << ZOOM) / 4096.0 * 1.01;
        assert!(off(0, at.x()).abs() <= tolerance && off(1, at.y()).abs() <= tolerance, "{id}: {at:?}");
        assert_eq!(property(point, "kind"), "proposal");
        assert_eq!(property(point, "score").as_f64(), Some(0.0), "a number, not a text");
    }
    assert_eq!(points.len(), 300);
    let (far, clusters) =
        (read_with_gdal(folder.path(), FAR, "points"), read_with_gdal(folder.path(), FAR, "clusters"));
    let clustered: f64 = clusters.iter().map(|c| property(c, "count").as_f64().unwrap()).sum();
    assert!(!clusters.is_empty());
    assert_eq!(far.len() as f64 + clustered, 300.0, "each idea is a point or in a cluster, once");
    let shown = client.get("/api/counts").unwrap().json().unwrap();
    assert_eq!(shown["total"], 300);
    same_shapes(&read_with_gdal(folder.path(), ZOOM, "espaces-verts"));
}

/// What GDAL put together from the pieces in several tiles is what was imported.
fn same_shapes(read: &[geojson::Feature]) {
    let written: geojson::FeatureCollection = layer_file().to_string().parse().unwrap();
    for original in &written.features {
        let name = property(original, "nom");
        let pieces: Vec<_> = read.iter().filter(|f| property(f, "nom") == name).collect();
        assert!(!pieces.is_empty(), "{name} is missing");
        let whole = geometry(original);
        for piece in &pieces {
            assert_eq!(property(piece, "rang").as_f64(), Some(3.0));
            let (piece, around) = (geometry(piece).bounding_rect().unwrap(), whole.bounding_rect().unwrap());
            let inside = |at: geo::Coord, low: geo::Coord, high: geo::Coord| {
                (low.x - 1e-5..=high.x + 1e-5).contains(&at.x)
                    && (low.y - 1e-5..=high.y + 1e-5).contains(&at.y)
            };
            for corner in [piece.min(), piece.max()] {
                assert!(inside(corner, around.min(), around.max()), "{name} is elsewhere: {piece:?}");
            }
        }
        let area: f64 = pieces.iter().map(|piece| geometry(piece).unsigned_area()).sum();
        let (area, true_area) = (area, whole.unsigned_area());
        assert!((area - true_area).abs() <= true_area * 0.002, "{name}: {area} instead of {true_area}");
    }
}

#[test]
fn the_style_and_the_tilejson_pass_their_specifications() {
    let database = Database::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("espaces.geojson");
    std::fs::write(&file, layer_file().to_string()).unwrap();
    succeeds(parvis(&database.url).args(["import", "layer", "--name", "Espaces verts"]).arg(&file));
    let server = Server::start(&database.url, &[]).unwrap();
    let mut client = Client::json(server.address);
    idea(&mut client, "Un banc", place(0));

    // TileJSON 3.0.0, https://github.com/mapbox/tilejson-spec: what is required, and what it says of the rest.
    let tilejson = client.get("/tiles.json?kind=proposal").unwrap().json().unwrap();
    assert_eq!(tilejson["tilejson"], "3.0.0");
    let address = tilejson["tiles"][0].as_str().unwrap();
    assert!(address.starts_with(&format!("http://{}/", server.address)), "{address}");
    for part in ["{z}", "{x}", "{y}", "kind=proposal"] {
        assert!(address.contains(part), "{address}");
    }
    let bounds: Vec<f64> = tilejson["bounds"].as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    let [west, south, east, north] = bounds[..] else { panic!("{bounds:?}") };
    assert!((-180.0..=east).contains(&west) && (-90.0..=north).contains(&south), "{bounds:?}");
    assert_eq!(tilejson["center"].as_array().unwrap().len(), 3);
    let zooms = (tilejson["minzoom"].as_u64().unwrap(), tilejson["maxzoom"].as_u64().unwrap());
    assert!(zooms.0 <= zooms.1 && zooms.1 <= 30, "{zooms:?}");
    let layers = tilejson["vector_layers"].as_array().unwrap();
    let fields_are_texts =
        |layer: &Value| layer["fields"].as_object().unwrap().values().all(Value::is_string);
    assert!(layers.iter().all(|layer| layer["id"].is_string() && fields_are_texts(layer)), "{layers:?}");
    let TileCoord { z, x, y } = tile_of(place(0), 12);
    let path =
        address.replace("{z}", &z.to_string()).replace("{x}", &x.to_string()).replace("{y}", &y.to_string());
    let path = path.strip_prefix(&format!("http://{}", server.address)).unwrap().to_owned();
    assert_eq!(client.get(&path).unwrap().status, 200, "{path}");

    let validator = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/node_modules/.bin/gl-style-validate");
    if !validator.exists() {
        // Not a failure in CI, either: this job may run without the pages' tools.
        return eprintln!("SKIPPED: gl-style-validate is not here; run `npm ci` in web/");
    }
    for query in ["", "?kind=report&since=2026-01-01"] {
        let style = client.get(&format!("/style.json{query}")).unwrap().text();
        let file = folder.path().join("style.json");
        std::fs::write(&file, &style).unwrap();
        let output = run(Command::new(&validator).arg(&file));
        let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
        assert!(output.status.success() && said.trim().is_empty(), "{said}\n{style}");
    }
}
