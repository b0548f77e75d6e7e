//! Polygons in tiles are valid at each zoom: by the words of the vector tile specification 2.1 (4.3.4.4), and by OGC simple
//! features as another library judges them (`geo::Validation`), decoded by another decoder (`mvt-reader`).

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test ends at what is wrong")]

use std::io::Read;
use std::path::Path;

use geo::{Area, Contains, Coord, Geometry, LineString, MultiPolygon, Point, Polygon, Validation};
use parvis_tiles::decode::{DecodedGeometry, decode};
use parvis_tiles::{Context, ContextItem, Position, TileCoord};
use proptest::prelude::*;

fn layer(shapes: impl IntoIterator<Item = MultiPolygon<f64>>) -> Context {
    let items = shapes.into_iter().zip(1..).map(|(shape, id)| ContextItem {
        id,
        geometry: Geometry::MultiPolygon(shape),
        properties: Vec::new(),
    });
    Context::build("zones", items.collect())
}

/// Why the polygons of a tile are not valid, if they are not; how many rings were looked at.
fn fault(bytes: &[u8]) -> Result<usize, String> {
    let mut rings = 0;
    for feature in decode(bytes).unwrap().into_iter().flat_map(|layer| layer.features) {
        let DecodedGeometry::Rings(drawn) = feature.geometry else { return Err("no polygon".into()) };
        rings += drawn.len();
        for ring in &drawn {
            let area: i64 = ring
                .iter()
                .zip(ring.iter().cycle().skip(1))
                .map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1))
                .sum();
            if area == 0 || ring.len() < 3 {
                return Err(format!("a ring without area: {ring:?}"));
            }
        }
    }
    let reader = mvt_reader::Reader::new(bytes.to_vec()).map_err(|e| e.to_string())?;
    for feature in reader.get_features(0).map_err(|e| e.to_string())? {
        let shape: MultiPolygon<f32> = match feature.geometry {
            Geometry::Polygon(polygon) => MultiPolygon::new(vec![polygon]),
            Geometry::MultiPolygon(polygons) => polygons,
            other => return Err(format!("{other:?}")),
        };
        let exact = |ring: &LineString<f32>| -> LineString<f64> {
            ring.0.iter().map(|c| Coord { x: f64::from(c.x), y: f64::from(c.y) }).collect()
        };
        let shape = MultiPolygon::new(
            shape
                .0
                .iter()
                .map(|p| Polygon::new(exact(p.exterior()), p.interiors().iter().map(exact).collect()))
                .collect(),
        );
        for polygon in &shape.0 {
            // South is down: clockwise on the screen is positive by the surveyor's formula.
            let turn = |ring: &LineString<f64>| Polygon::new(ring.clone(), Vec::new()).signed_area();
            if turn(polygon.exterior()) <= 0.0 || polygon.interiors().iter().any(|hole| turn(hole) >= 0.0) {
                return Err(format!("turned the wrong way: {polygon:?}"));
            }
        }
        if let Some(error) = shape.validation_errors().into_iter().next() {
            return Err(format!("{error}: {shape:?}"));
        }
    }
    Ok(rings)
}

/// Every tile of a zoom that the box of a layer reaches, at most some hundred of them.
fn tiles_of(layer: &Context, z: u8) -> Vec<TileCoord> {
    let bounds = layer.bounds().unwrap();
    let corner = |x, y| Position { x, y }.tile(z);
    let (first, last) = (corner(bounds.min_x, bounds.min_y), corner(bounds.max_x, bounds.max_y));
    let step = |a: u32, b: u32| ((b - a) / 14 + 1) as usize;
    (first.x..=last.x)
        .step_by(step(first.x, last.x))
        .flat_map(|x| (first.y..=last.y).step_by(step(first.y, last.y)).map(move |y| TileCoord { z, x, y }))
        .collect()
}

fn valid_at_every_zoom(layer: &Context) -> Result<usize, String> {
    let mut rings = 0;
    for z in 0..=18 {
        for tile in tiles_of(layer, z) {
            let Some(bytes) = layer.tile(tile) else { continue };
            rings += fault(&bytes).map_err(|why| format!("{tile:?}: {why}"))?;
        }
    }
    Ok(rings)
}

/// A ring around a place: its vertices one after the other around it, so that it never crosses itself.
fn star((x, y): (f64, f64), size: f64, radii: &[f64]) -> LineString<f64> {
    let turn = std::f64::consts::TAU / radii.len() as f64;
    let mut ring: LineString<f64> = radii
        .iter()
        .zip(0u32..)
        .map(|(radius, at)| {
            let (sin, cos) = (f64::from(at) * turn).sin_cos();
            Coord { x: x + size * radius * cos, y: y + size * 0.7 * radius * sin }
        })
        .collect();
    ring.close();
    ring
}

/// A jagged outline with a jagged hole and an island in it, of any size from a garden to a country.
fn zone() -> impl Strategy<Value = MultiPolygon<f64>> {
    let place = (-4.0..8.0f64, 42.0..51.0f64);
    let radii = |least: f64, most: f64| proptest::collection::vec(least..most, 3..90);
    (place, -4.5..0.5f64, radii(0.5, 1.0), radii(0.2, 0.49), radii(0.001, 0.19)).prop_map(
        |(place, exponent, outer, hole, island)| {
            let size = 10f64.powf(exponent);
            MultiPolygon::new(vec![
                Polygon::new(star(place, size, &outer), vec![star(place, size, &hole)]),
                Polygon::new(star(place, size, &island), Vec::new()),
            ])
        },
    )
}

/// An outline as thin as a ditch, that winds through the map.
fn ditch() -> impl Strategy<Value = MultiPolygon<f64>> {
    let steps = proptest::collection::vec((-1.0..1.0f64, 0.2..1.0f64), 3..60);
    ((-4.0..8.0f64, 42.0..51.0f64), -4.0..-1.0f64, 1e-7..1e-4f64, steps).prop_map(
        |(place, exponent, width, steps)| {
            let size = 10f64.powf(exponent);
            let mut line = vec![Coord { x: place.0, y: place.1 }];
            for (east, north) in steps {
                let last = line[line.len() - 1];
                line.push(Coord { x: last.x + east * size, y: last.y + north * size });
            }
            // Always to the north: it and its copy to the east never cross.
            let back = line.iter().rev().map(|c| Coord { x: c.x + width, y: c.y });
            let ring = LineString::new(line.iter().copied().chain(back).chain([line[0]]).collect());
            MultiPolygon::new(vec![Polygon::new(ring, Vec::new())])
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn random_outlines_with_holes_and_islands_are_valid_at_every_zoom(zone in zone()) {
        prop_assume!(zone.is_valid());
        let rings = valid_at_every_zoom(&layer([zone])).map_err(TestCaseError::fail)?;
        prop_assert!(rings > 0);
    }

    #[test]
    fn thin_outlines_are_valid_at_every_zoom(ditch in ditch()) {
        prop_assume!(ditch.is_valid());
        valid_at_every_zoom(&layer([ditch])).map_err(TestCaseError::fail)?;
    }
}

/// A land-use plan as a town publishes it: zones that follow parcels, with holes, thousands of vertices.
#[test]
fn a_real_land_use_plan_is_valid_at_every_zoom() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/cnig/200011781_PLUi_20180101.zip");
    let Ok(file) = std::fs::File::open(&path) else {
        return eprintln!("SKIPPED: {} is not here", path.display());
    };
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut shp = Vec::new();
    let name = "200011781_PLUi_20180101/Donnees_geographiques/ZONE_URBA.shp";
    archive.by_name(name).unwrap().read_to_end(&mut shp).unwrap();
    let zones: Vec<MultiPolygon<f64>> = polygons_of(&shp).into_iter().map(degrees).collect();
    assert!(zones.len() > 100, "{} zones", zones.len());
    let rings = valid_at_every_zoom(&layer(zones)).unwrap();
    assert!(rings > 1_000, "{rings} rings");
}

/// The polygons of a shapefile (ESRI's paper of 1998): records of rings, outer ones clockwise, each before its holes.
fn polygons_of(shp: &[u8]) -> Vec<MultiPolygon<f64>> {
    let whole = |at: usize| i32::from_le_bytes(shp[at..at + 4].try_into().unwrap()) as usize;
    let real = |at: usize| f64::from_le_bytes(shp[at..at + 8].try_into().unwrap());
    let (mut at, mut found) = (100, Vec::new());
    while at < shp.len() {
        let words = u32::from_be_bytes(shp[at + 4..at + 8].try_into().unwrap()) as usize;
        let record = at + 8;
        let (parts, points) = (whole(record + 36), whole(record + 40));
        let starts: Vec<usize> =
            (0..parts).map(|part| whole(record + 44 + 4 * part)).chain([points]).collect();
        let first = record + 44 + 4 * parts;
        let mut polygons: Vec<Polygon<f64>> = Vec::new();
        for pair in starts.windows(2) {
            let vertices =
                (pair[0]..pair[1]).map(|n| Coord { x: real(first + 16 * n), y: real(first + 16 * n + 8) });
            let ring: LineString<f64> = vertices.collect();
            let is_hole = Polygon::new(ring.clone(), Vec::new()).signed_area() > 0.0;
            let around =
                polygons.iter_mut().filter(|_| is_hole).find(|p| p.contains(&Point::from(ring.0[0])));
            match around {
                Some(polygon) => polygon.interiors_push(ring),
                None => polygons.push(Polygon::new(ring, Vec::new())),
            }
        }
        found.push(MultiPolygon::new(polygons));
        at = record + 2 * words;
    }
    found
}

/// About where Lambert-93 metres are: a flat map is enough here, only the shapes count.
fn degrees(mut shape: MultiPolygon<f64>) -> MultiPolygon<f64> {
    use geo::MapCoordsInPlace;
    shape.map_coords_in_place(|c| Coord {
        x: 3.0 + (c.x - 700_000.0) / 76_000.0,
        y: 46.5 + (c.y - 6_600_000.0) / 111_200.0,
    });
    shape
}
