//! What is counted is what is drawn: the report of an import, lists, counts, tiles of every zoom, the API's bounds and
//! neighbours, and the export hold the same features, whatever the geometries of the file.

use super::tests::{feature_import, file, import};
use super::*;
use crate::core::app::App;
use crate::core::features::Kind;
use crate::core::journal;
use crate::core::layers;
use crate::server::import::Mapping;
use crate::server::testing::{Client, app, on_both};
use parvis_tiles::decode::decode;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A geometry as GeoJSON, and whether it can be a place.
fn corpus() -> Vec<(&'static str, Value, bool)> {
    let shape = |kind: &str, coordinates: Value| json!({ "type": kind, "coordinates": coordinates });
    let square = |w: f64, s: f64, side: f64| {
        json!([[w, s], [w + side, s], [w + side, s + side], [w, s + side], [w, s]])
    };
    let point = shape("Point", json!([2.5, 48.5]));
    let line = shape("LineString", json!([[2.0, 48.0], [2.1, 48.1]]));
    vec![
        ("point", point.clone(), true),
        ("height and measure", shape("Point", json!([2.51, 48.51, 35.0, 7.0])), true),
        ("several points", shape("MultiPoint", json!([[2.35, 48.85], [2.36, 48.86], [2.45, 48.8]])), true),
        ("a point twice", shape("MultiPoint", json!([[2.3, 48.8], [2.3, 48.8]])), true),
        ("line", line.clone(), true),
        (
            "lines, one without length",
            shape("MultiLineString", json!([[[2.0, 48.2], [2.0, 48.2]], [[2.0, 48.2], [2.1, 48.2]]])),
            true,
        ),
        ("tiny line", shape("LineString", json!([[2.2, 48.2], [2.200_001, 48.2]])), true),
        (
            "adjacent parts",
            shape("MultiPolygon", json!([[square(2.30, 48.80, 0.01)], [square(2.31, 48.80, 0.01)]])),
            true,
        ),
        (
            "overlapping parts",
            shape("MultiPolygon", json!([[square(2.40, 48.80, 0.02)], [square(2.41, 48.81, 0.02)]])),
            true,
        ),
        (
            "a ring touching itself",
            shape(
                "Polygon",
                json!([[
                    [2.33, 48.80],
                    [2.34, 48.81],
                    [2.35, 48.80],
                    [2.35, 48.82],
                    [2.34, 48.81],
                    [2.33, 48.82],
                    [2.33, 48.80]
                ]]),
            ),
            true,
        ),
        (
            "nested holes",
            shape(
                "Polygon",
                json!([square(2.6, 48.6, 0.1), square(2.62, 48.62, 0.06), square(2.64, 48.64, 0.02)]),
            ),
            true,
        ),
        (
            "bow tie",
            shape("Polygon", json!([[[2.0, 48.4], [2.1, 48.5], [2.1, 48.4], [2.0, 48.5], [2.0, 48.4]]])),
            true,
        ),
        (
            "spike",
            shape(
                "Polygon",
                json!([[
                    [2.7, 48.0],
                    [2.8, 48.0],
                    [2.9, 48.0],
                    [2.8, 48.0],
                    [2.8, 48.1],
                    [2.7, 48.1],
                    [2.7, 48.0]
                ]]),
            ),
            true,
        ),
        (
            "points said twice",
            shape("Polygon", json!([[[2.7, 48.2], [2.8, 48.2], [2.8, 48.2], [2.8, 48.3], [2.7, 48.2]]])),
            true,
        ),
        (
            "clockwise",
            shape("Polygon", json!([[[2.9, 48.2], [2.9, 48.3], [3.0, 48.3], [3.0, 48.2], [2.9, 48.2]]])),
            true,
        ),
        (
            "a hole beside its outline",
            shape("Polygon", json!([square(3.0, 48.0, 0.1), square(3.2, 48.0, 0.1)])),
            true,
        ),
        ("tiny area", shape("Polygon", json!([square(3.3, 48.3, 1e-6)])), true),
        (
            "sliver",
            shape("Polygon", json!([[[3.0, 47.0], [3.1, 47.0], [3.1, 47.000_000_01], [3.0, 47.0]]])),
            true,
        ),
        (
            "across the antimeridian",
            shape(
                "Polygon",
                json!([[[177.0, -17.0], [-179.0, -17.0], [-179.0, -16.0], [177.0, -16.0], [177.0, -17.0]]]),
            ),
            true,
        ),
        (
            "to the pole",
            shape("Polygon", json!([[[0.0, 80.0], [10.0, 80.0], [10.0, 90.0], [0.0, 90.0], [0.0, 80.0]]])),
            true,
        ),
        ("on the antimeridian", shape("Point", json!([180.0, 48.85])), true),
        ("on the edge", shape("Point", json!([2.35, 85.051_128])), true),
        ("a collection of one", json!({ "type": "GeometryCollection", "geometries": [point] }), true),
        ("a collection of lines", json!({ "type": "GeometryCollection", "geometries": [line, line] }), true),
        ("a mixed collection", json!({ "type": "GeometryCollection", "geometries": [point, line] }), false),
        ("pole", shape("Point", json!([2.35, 89.9])), false),
        ("beyond the map", shape("Point", json!([2.35, -85.06])), false),
        ("one point beyond the map", shape("MultiPoint", json!([[2.3, 48.8], [2.3, 86.0]])), false),
        ("no length", shape("LineString", json!([[2.0, 48.0], [2.0, 48.0]])), false),
        (
            "no surface",
            shape("Polygon", json!([[[2.0, 48.0], [2.1, 48.1], [2.2, 48.2], [2.0, 48.0]]])),
            false,
        ),
        ("nowhere", shape("Point", json!([0.0, 0.0])), false),
        ("empty", shape("Polygon", json!([])), false),
        ("null", Value::Null, false),
    ]
}

fn collection(geometries: impl IntoIterator<Item = Value>) -> String {
    let features: Vec<Value> = (1..)
        .zip(geometries)
        .map(|(id, geometry)| {
            json!({ "type": "Feature", "id": id, "properties": { "titre": format!("n{id}") }, "geometry": geometry })
        })
        .collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn ids(collection: &Value) -> BTreeSet<u64> {
    collection["features"].as_array().unwrap().iter().filter_map(|feature| feature["id"].as_u64()).collect()
}

/// What a tile shows: ids by themselves, and how many are in clusters.
async fn tile(client: &mut Client, path: &str) -> (BTreeSet<u64>, u64) {
    let answer = client.get(path).await;
    let layers = decode(&answer.body).unwrap();
    let (mut alone, mut counted) = (BTreeSet::new(), 0);
    for layer in &layers {
        for feature in &layer.features {
            if layer.name == "clusters" {
                let count = feature.tags.iter().find(|(name, _)| name == "count");
                counted += match count.map(|(_, value)| value) {
                    Some(parvis_tiles::decode::DecodedValue::Uint(n)) => *n,
                    Some(
                        parvis_tiles::decode::DecodedValue::Int(n)
                        | parvis_tiles::decode::DecodedValue::Sint(n),
                    ) => n.unsigned_abs(),
                    other => panic!("{other:?} in {:?}", feature.tags),
                };
            } else if ["points", "lines", "polygons"].contains(&layer.name.as_str()) {
                alone.extend(feature.id);
            }
        }
    }
    (alone, counted)
}

async fn same_everywhere(app: &App, outcome: &Outcome) {
    let mut client = Client::new(app);
    let expected = outcome.created;
    assert_eq!(outcome.report.accepted, expected);
    let file = client.get("/export/features.geojson").await.json();
    let exported = ids(&file);
    assert_eq!(exported.len() as u64, expected);
    let csv = client.get("/export/features.csv").await.text();
    let rows = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes()).into_records().count();
    assert_eq!(rows as u64, expected);
    let mut listed = BTreeSet::new();
    let mut next = "/api/features?limit=100".to_owned();
    loop {
        let page = client.get(&next).await.json();
        listed.extend(ids(&page));
        match page["links"][0]["href"]
            .as_str()
            .and_then(|href| href.find("/api/").map(|at| href[at..].to_owned()))
        {
            Some(href) => next = href,
            None => break,
        }
    }
    assert_eq!(listed, exported);
    assert_eq!(client.get("/api/counts").await.json()["total"], expected);
    let (alone, counted) = tile(&mut client, "/tiles/0/0/0.mvt").await;
    assert!(
        alone.len() as u64 + counted >= expected,
        "{} alone, {counted} counted of {expected}",
        alone.len()
    );
    for feature in file["features"].as_array().unwrap() {
        let id = feature["id"].as_u64().unwrap();
        let geometry: geojson::Geometry = serde_json::from_value(feature["geometry"].clone()).unwrap();
        let geometry = geo::Geometry::<f64>::try_from(geometry).unwrap();
        let (lon, lat) = parvis_tiles::geometry::representative_point(&geometry).unwrap();
        let at = parvis_tiles::Position::from_lon_lat(lon, lat).unwrap();
        for z in 0..=18 {
            let coord = at.tile(z);
            let (alone, counted) =
                tile(&mut client, &format!("/tiles/{z}/{}/{}.mvt", coord.x, coord.y)).await;
            assert!(alone.contains(&id) || counted > 0, "{id} is not in tile {coord:?}: {feature}");
        }
        let (w, s, e, n) = (
            (lon - 1e-4).max(-180.0),
            (lat - 1e-4).max(-85.0),
            (lon + 1e-4).min(180.0),
            (lat + 1e-4).min(85.06),
        );
        let within = client.get(&format!("/api/features?limit=100&bbox={w},{s},{e},{n}")).await.json();
        assert!(ids(&within).contains(&id), "{id} is not within {w},{s},{e},{n}: {feature}");
        if expected < 50 {
            let near = client.get(&format!("/api/nearby?lon={lon}&lat={lat}&metres=50")).await.json();
            assert!(ids(&near).contains(&id), "{id} is not near {lon}, {lat}: {feature}");
        }
    }
}

on_both! {
    async fn what_is_counted_is_what_is_drawn(db: Db) {
        let app = app(&db).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tout.geojson");
        std::fs::write(&path, collection(corpus().into_iter().map(|(_, geometry, _)| geometry))).unwrap();
        let mut asked = feature_import(&path, Kind::PROPOSAL, Mapping::parse("title=titre").unwrap());
        asked.file.partial = true;
        let outcome = import(&db, &asked).await;
        let places = corpus().into_iter().filter(|(_, _, is_place)| *is_place).count() as u64;
        let told = outcome.report.to_string();
        assert_eq!(outcome.created, places, "{told}");
        for part in ["réunies", "découpé", "ôtés", "antiméridien", "bords de la carte", "GeometryCollection"] {
            assert!(told.contains(part), "{part} is not in:\n{told}");
        }
        app.atlas.reach(journal::head(&db).await.unwrap()).await.unwrap();
        same_everywhere(&app, &outcome).await;
    }

    async fn a_context_layer_draws_each_item_that_its_import_accepts(db: Db) {
        let app = app(&db).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tout.geojson");
        std::fs::write(&path, collection(corpus().into_iter().map(|(_, geometry, _)| geometry))).unwrap();
        let mut asked = LayerImport { file: file(&path), name: "Tout".into(), attribution: String::new(), color: "#123456".into() };
        asked.file.partial = true;
        let outcome = layer(&db, &asked, crate::base::clock::now(), &ProgressBar::hidden()).await.unwrap();
        assert_eq!(outcome.report.accepted, outcome.created);
        app.atlas.reach(journal::head(&db).await.unwrap()).await.unwrap();
        let world = app.atlas.world();
        let (_, drawn) = &world.layers()[0];
        assert_eq!((drawn.len() as u64, drawn.left_out()), (outcome.created, 0));
        assert_eq!(layers::store::all(&db).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn files_of_others_are_drawn_as_they_are_counted() {
    crate::server::testing::on_sqlite(|db| async move {
        let app = app(&db).await;
        let folder = tempfile::tempdir().unwrap();
        let Some(path) = crate::server::testing::shared("cnig/communes-18-cher.geojson") else { return };
        let mut all: Vec<Value> = Vec::new();
        let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        all.extend(
            file["features"].as_array().unwrap().iter().take(60).map(|feature| feature["geometry"].clone()),
        );
        let cases = crate::server::testing::shared("adversarial/geojsonhint-cases.zip");
        let mut archive = zip::ZipArchive::new(std::fs::File::open(cases.unwrap()).unwrap()).unwrap();
        for at in 0..archive.len() {
            let mut text = String::new();
            if std::io::Read::read_to_string(&mut archive.by_index(at).unwrap(), &mut text).is_err() {
                continue;
            }
            let value: Value = serde_json::from_str(&text).unwrap_or_default();
            all.extend(
                value["features"].as_array().into_iter().flatten().map(|feature| feature["geometry"].clone()),
            );
            all.push(if value["geometry"].is_object() { value["geometry"].clone() } else { value });
        }
        let path = folder.path().join("autrui.geojson");
        std::fs::write(&path, collection(all)).unwrap();
        let mut asked = feature_import(&path, Kind::PROPOSAL, Mapping::parse("title=titre").unwrap());
        asked.file.partial = true;
        let outcome = import(&db, &asked).await;
        assert!(outcome.created > 60, "{}", outcome.report);
        app.atlas.reach(journal::head(&db).await.unwrap()).await.unwrap();
        same_everywhere(&app, &outcome).await;
    })
    .await;
}
