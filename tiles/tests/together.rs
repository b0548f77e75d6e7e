//! Little surfaces that say the same are one feature from far, and nothing is seen of that: what is painted where stays as it was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at what is wrong")]

use std::sync::Arc;

use geo::{Contains, Coord, Geometry, LineString, Point, Polygon, Rect, Validation};
use parvis_tiles::decode::{DecodedFeature, DecodedGeometry, DecodedValue, decode};
use parvis_tiles::{Context, ContextItem, Position, TileCoord, Value};
use proptest::prelude::*;

/// South-west of all of them.
const CORNER: (f64, f64) = (3.25, 47.2);
/// A step of the drawings in degrees: some pixels at zoom 11.
const STEP: f64 = 0.002;

/// A rectangle in steps from the corner, of a class.
type Plot = (u32, u32, u32, u32, usize);

const CLASSES: [&str; 3] = ["wood", "park", "pond"];

fn rect((x, y, width, height, _): Plot) -> Rect<f64> {
    let at = |x: u32, y: u32| Coord { x: CORNER.0 + f64::from(x) * STEP, y: CORNER.1 + f64::from(y) * STEP };
    Rect::new(at(x, y), at(x + width, y + height))
}

fn layer(plots: &[Plot]) -> Context {
    let items = plots.iter().zip(1..).map(|(&plot, id)| ContextItem {
        id,
        geometry: Geometry::Polygon(rect(plot).to_polygon()),
        properties: vec![("class".into(), Value::Text(Arc::from(CLASSES[plot.4])))],
    });
    Context::build("green", items.collect())
}

fn tile_at(z: u8) -> TileCoord {
    Position::from_lon_lat(CORNER.0 + 0.02, CORNER.1 + 0.02).unwrap().tile(z)
}

/// The features of a tile, and how wide it is in their units.
fn features(layer: &Context, tile: TileCoord) -> (Vec<DecodedFeature>, f64) {
    let Some(bytes) = layer.tile(tile) else { return (Vec::new(), 1.0) };
    let layer = decode(&bytes).unwrap().remove(0);
    (layer.features, f64::from(layer.extent))
}

fn class(feature: &DecodedFeature) -> &str {
    match &feature.tags[0].1 {
        DecodedValue::String(class) => class,
        other => panic!("{other:?}"),
    }
}

/// Each outer ring with its holes.
fn polygons(feature: &DecodedFeature) -> Vec<Polygon<f64>> {
    let DecodedGeometry::Rings(rings) = &feature.geometry else { panic!("no surface") };
    let line = |ring: &Vec<(i32, i32)>| -> LineString<f64> {
        ring.iter().map(|&(x, y)| Coord { x: f64::from(x), y: f64::from(y) }).collect()
    };
    let turn = |ring: &Vec<(i32, i32)>| {
        let next = ring.iter().cycle().skip(1);
        let doubled = ring
            .iter()
            .zip(next)
            .map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1));
        doubled.sum::<i64>()
    };
    let mut out: Vec<Polygon<f64>> = Vec::new();
    for ring in rings {
        match out.last_mut() {
            Some(polygon) if turn(ring) < 0 => polygon.interiors_push(line(ring)),
            _ => out.push(Polygon::new(line(ring), Vec::new())),
        }
    }
    out
}

/// The class on top in the middle of a step, as a tile paints it.
fn painted(
    features: &[(&str, Vec<Polygon<f64>>)],
    tile: TileCoord,
    extent: f64,
    at: (u32, u32),
) -> Option<String> {
    let middle = |v: u32| (f64::from(v) + 0.5) * STEP;
    let place = Position::from_lon_lat(CORNER.0 + middle(at.0), CORNER.1 + middle(at.1)).unwrap();
    let (low, side) = (tile.bounds(), 2f64.powi(32 - i32::from(tile.z)));
    let unit = |v: u32, low: u32| (f64::from(v) - f64::from(low)) / side * extent;
    let place = Point::new(unit(place.x, low.min_x), unit(place.y, low.min_y));
    let is_there =
        |(_, polygons): &&(&str, Vec<Polygon<f64>>)| polygons.iter().any(|polygon| polygon.contains(&place));
    features.iter().rev().find(is_there).map(|(class, _)| (*class).to_owned())
}

fn plot() -> impl Strategy<Value = Plot> {
    (0u32..16, 0u32..16, 3u32..7, 3u32..7, 0..CLASSES.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_lies_on_top_is_what_came_last_however_many_are_one_feature(
        plots in proptest::collection::vec(plot(), 1..60),
        z in 11u8..=15,
    ) {
        let (layer, tile) = (layer(&plots), tile_at(z));
        let (features, extent) = features(&layer, tile);
        let drawn: Vec<(&str, Vec<Polygon<f64>>)> = features.iter().map(|feature| (class(feature), polygons(feature))).collect();
        for (_, polygons) in &drawn {
            prop_assert!(geo::MultiPolygon::new(polygons.clone()).is_valid(), "{polygons:?}");
        }
        for at in (0..23).flat_map(|x| (0..23).map(move |y| (x, y))) {
            let place = Position::from_lon_lat(CORNER.0 + (f64::from(at.0) + 0.5) * STEP, CORNER.1 + (f64::from(at.1) + 0.5) * STEP).unwrap();
            if place.tile(z) != tile {
                continue;
            }
            let covers = |plot: &&Plot| (plot.0..plot.0 + plot.2).contains(&at.0) && (plot.1..plot.1 + plot.3).contains(&at.1);
            let last = plots.iter().rev().find(covers).map(|plot| CLASSES[plot.4].to_owned());
            prop_assert_eq!(painted(&drawn, tile, extent, at), last, "at {:?}", at);
        }
    }
}

/// A hundred plots apart from each other, every other one of another class.
fn apart() -> Vec<Plot> {
    (0..100).map(|at| (at % 10 * 4, at / 10 * 4, 3, 3, at as usize % 2)).collect()
}

#[test]
fn from_far_a_hundred_gardens_of_two_sorts_are_two_features_and_each_its_own_from_near() {
    let gardens = layer(&apart());
    let (far, extent) = features(&gardens, tile_at(10));
    assert_eq!((far.len(), extent), (2, 2_048.0));
    assert!(far.iter().all(|feature| feature.id.is_none()));
    assert_eq!(far.iter().map(|feature| polygons(feature).len()).sum::<usize>(), 100);
    let (near, extent) = features(&gardens, tile_at(14));
    assert!(near.len() > 4 && near.iter().all(|feature| feature.id.is_some()), "{near:?}");
    assert_eq!(
        (near.iter().map(|feature| polygons(feature).len()).sum::<usize>(), extent),
        (near.len(), 4_096.0)
    );
}

#[test]
fn what_is_large_or_says_something_of_its_own_stays_itself_with_its_id() {
    let (far, _) =
        features(&layer(&[(0, 0, 100, 100, 0), (106, 0, 3, 3, 0), (106, 10, 3, 3, 0)]), tile_at(10));
    assert_eq!(far.iter().map(|feature| feature.id).collect::<Vec<_>>(), [Some(1), None]);
    let named = apart().into_iter().zip(1..).map(|(plot, id)| ContextItem {
        id,
        geometry: Geometry::Polygon(rect(plot).to_polygon()),
        properties: vec![("name".into(), Value::Integer(id as i64))],
    });
    let (far, _) = features(&Context::build("green", named.collect()), tile_at(10));
    assert_eq!(far.len(), 100);
    assert!(far.iter().all(|feature| feature.id.is_some()));
}

#[test]
fn what_has_many_corners_stays_itself_because_joining_it_would_take_long() {
    let round = |x: f64| {
        let corner = |at: u32| {
            let turn = f64::from(at) / 24.0 * std::f64::consts::TAU;
            Coord { x: CORNER.0 + x + 0.02 * turn.cos(), y: CORNER.1 + 0.02 * turn.sin() }
        };
        Geometry::Polygon(Polygon::new((0..24).map(corner).collect(), Vec::new()))
    };
    let ponds = (0..6u32).map(|at| ContextItem {
        id: u64::from(at),
        geometry: round(f64::from(at) * 0.03),
        properties: vec![("class".into(), Value::Text(Arc::from("pond")))],
    });
    let (far, _) = features(&Context::build("water", ponds.collect()), tile_at(10));
    assert!(far.len() == 6 && far.iter().all(|feature| feature.id.is_some()), "{far:?}");
}

#[test]
fn where_too_much_lies_upon_each_other_each_stays_itself_and_in_its_order() {
    let plots: Vec<Plot> = (0..300).map(|at| (at % 5, at / 5 % 5, 12, 12, at as usize % 3)).collect();
    let (far, _) = features(&layer(&plots), tile_at(10));
    let ids: Vec<u64> = far.iter().filter_map(|feature| feature.id).collect();
    assert_eq!(ids, (1..=300).collect::<Vec<u64>>());
}
