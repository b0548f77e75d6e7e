//! What is kept is what is drawn: geometries are put right or refused, and each is in the tiles at every zoom.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at what is wrong")]

use geo::{Area, Coord, Geometry, LineString, MultiPolygon, Polygon, Validation, wkt};
use parvis_tiles::geometry::{Fault, faults};
use parvis_tiles::mend::{Mend, mend};
use parvis_tiles::{
    Attributes, Filter, Index, IndexOptions, Item, Place, Position, Shape, TileContent, TileOptions,
};
use proptest::prelude::*;
use std::sync::Arc;

fn run(geometry: impl Into<Geometry<f64>>) -> Result<(Geometry<f64>, Vec<Mend>), Fault> {
    mend(&geometry.into()).map(|mended| (mended.geometry, mended.done))
}

fn area(geometry: &Geometry<f64>) -> f64 {
    geometry.unsigned_area()
}

#[test]
fn adjoining_and_overlapping_parts_become_one_and_islands_stay() {
    let adjoining = wkt!(MULTIPOLYGON(((0. 0.,1. 0.,1. 1.,0. 1.,0. 0.)),((1. 0.,2. 0.,2. 1.,1. 1.,1. 0.))));
    let (one, done) = run(adjoining).unwrap();
    assert!(matches!(one, Geometry::Polygon(_)) && (area(&one) - 2.0).abs() < 1e-9, "{one:?}");
    assert_eq!(done, [Mend::PartsJoined]);
    let overlapping = wkt!(MULTIPOLYGON(((0. 0.,2. 0.,2. 2.,0. 2.,0. 0.)),((1. 1.,3. 1.,3. 3.,1. 3.,1. 1.))));
    let (one, _) = run(overlapping).unwrap();
    assert!((area(&one) - 7.0).abs() < 1e-9, "{one:?}");
    let island = wkt!(MULTIPOLYGON(
        ((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(1. 1.,1. 3.,3. 3.,3. 1.,1. 1.)),
        ((1.5 1.5,2.5 1.5,2.5 2.5,1.5 2.5,1.5 1.5))
    ));
    assert_eq!(run(island.clone()), Ok((Geometry::from(island), vec![])));
}

#[test]
fn rings_that_cross_touch_or_fold_are_cut() {
    for (polygon, expected) in [
        (wkt!(POLYGON((0. 0.,1. 1.,2. 0.,2. 2.,1. 1.,0. 2.,0. 0.))), 2.0),
        (wkt!(POLYGON((0. 0.,1. 1.,1. 0.,0. 1.,0. 0.))), 0.5),
        (wkt!(POLYGON((0. 0.,2. 0.,3. 0.,2. 0.,2. 2.,0. 2.,0. 0.))), 4.0),
        (
            wkt!(POLYGON((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(1. 1.,3. 1.,3. 3.,1. 3.,1. 1.),(1.5 1.5,2.5 1.5,2.5 2.5,1.5 2.5,1.5 1.5))),
            13.0,
        ),
        (wkt!(POLYGON((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(3. 1.,5. 1.,5. 2.,3. 2.,3. 1.))), 16.0),
        (wkt!(POLYGON((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(0. 1.,1. 1.,1. 2.,0. 2.,0. 1.))), 15.0),
        (wkt!(POLYGON((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(1. 1.,1. 1.,1. 1.,1. 1.))), 16.0),
    ] {
        assert_ne!(faults(&polygon.clone().into()), [], "{polygon:?}");
        let (mended, done) = run(polygon).unwrap();
        assert_eq!(faults(&mended), [], "{mended:?}");
        assert!((area(&mended) - expected).abs() < 1e-6, "{} not {expected}: {mended:?}", area(&mended));
        assert!(done.contains(&Mend::CrossingCut), "{done:?}");
    }
}

#[test]
fn what_has_no_extent_is_refused_and_parts_without_are_left_out() {
    assert_eq!(run(wkt!(POLYGON((0. 0.,1. 1.,2. 2.,0. 0.)))), Err(Fault::NoArea));
    assert_eq!(run(wkt!(POLYGON((1. 1.,1. 1.,1. 1.,1. 1.)))), Err(Fault::NoArea));
    assert_eq!(run(wkt!(LINESTRING(1. 1.,1. 1.))), Err(Fault::TooFewVertices));
    assert_eq!(run(MultiPolygon::<f64>(vec![])), Err(Fault::Empty));
    let (line, done) = run(wkt!(MULTILINESTRING((1. 1.,1. 1.),(1. 1.,2. 2.,2. 2.)))).unwrap();
    assert_eq!((line, done), (wkt!(LINESTRING(1. 1.,2. 2.)).into(), vec![Mend::PartsDropped]));
    let (point, done) = run(wkt!(MULTIPOINT(1. 1.,1. 1.))).unwrap();
    assert_eq!((point, done), (wkt!(POINT(1. 1.)).into(), vec![Mend::PartsDropped]));
}

#[test]
fn collections_of_one_kind_become_it_and_others_are_refused() {
    let points = wkt!(GEOMETRYCOLLECTION(POINT(1. 1.),MULTIPOINT(2. 2.,3. 3.)));
    assert_eq!(
        run(Geometry::GeometryCollection(points)).unwrap().0,
        wkt!(MULTIPOINT(1. 1.,2. 2.,3. 3.)).into()
    );
    let mixed = wkt!(GEOMETRYCOLLECTION(POINT(1. 1.),LINESTRING(2. 2.,3. 3.)));
    assert!(matches!(run(Geometry::GeometryCollection(mixed)), Err(Fault::Kind(_))));
}

#[test]
fn the_edges_of_the_map_cut_lines_and_areas_and_refuse_points() {
    assert!(matches!(run(wkt!(POINT(2. 89.9))), Err(Fault::OutsideWorld { .. })));
    assert!(matches!(run(wkt!(POLYGON((0. 86.,1. 86.,1. 87.,0. 86.)))), Err(Fault::OutsideWorld { .. })));
    for beyond in [
        Geometry::from(wkt!(LINESTRING(2. 80.,2. 89.))),
        wkt!(POLYGON((-180. - 90., 180. - 90., 180. - 70., -180. - 70., -180. - 90.))).into(),
    ] {
        let (mended, done) = run(beyond).unwrap();
        assert_eq!((faults(&mended), done.contains(&Mend::EdgeCut)), (vec![], true), "{mended:?}");
    }
}

#[test]
fn a_tangle_is_refused_and_a_coast_is_not() {
    // A star of chords: every one crosses all others.
    let star = |points: u32| {
        let turn = |n: u32| f64::from(n) * std::f64::consts::TAU / f64::from(points);
        let at = |n: u32| Coord { x: turn(n * (points / 2)).cos(), y: turn(n * (points / 2)).sin() };
        Polygon::new(LineString((0..=points).map(at).collect()), vec![])
    };
    assert_eq!(run(star(1_001)), Err(Fault::Tangled));
    assert!(run(star(31)).is_ok());
    let coast = |n: u32| {
        let turn = f64::from(n) * std::f64::consts::TAU / 50_000.0;
        let far = 1.0 + f64::from(n % 2) * 0.001;
        Coord { x: far * turn.cos(), y: far * turn.sin() }
    };
    let coast = Polygon::new(LineString((0..=50_000).map(coast).collect()), vec![]);
    assert_eq!(run(coast).unwrap().1, []);
}

#[test]
fn a_tangle_over_which_the_overlay_fails_is_refused() {
    let tangle: MultiPolygon<f64> = wkt!(MULTIPOLYGON(
        ((2. 5.,4. 1.,1. 1.,2. 5.),(2. 5.,1. 0.,2. 1.,0. 2.,2. 5.),(4. 2.,1. 1.,0. 0.,4. 2.)),
        ((0. 0.,4. 2.,3. 0.,0. 0.),(0. 2.,1. 1.,5. 4.,2. 5.,5. 3.,2. 4.,0. 2.))
    ));
    match mend(&tangle.into()) {
        Ok(mended) => assert_eq!(faults(&mended.geometry), []),
        Err(fault) => assert!(matches!(fault, Fault::CrossesItself { .. }), "{fault:?}"),
    }
}

/// Polygons on a small grid: they touch, cross and fold in every way.
fn messy() -> impl Strategy<Value = MultiPolygon<f64>> {
    let vertex = (0..6u8, 0..6u8).prop_map(|(x, y)| Coord { x: f64::from(x), y: f64::from(y) });
    let ring = proptest::collection::vec(vertex, 3..8).prop_map(|mut ring| {
        ring.push(ring[0]);
        LineString(ring)
    });
    let polygon = (ring.clone(), proptest::collection::vec(ring, 0..3)).prop_map(|(o, h)| Polygon::new(o, h));
    proptest::collection::vec(polygon, 1..4).prop_map(MultiPolygon)
}

fn whole(geometry: Geometry<f64>) -> MultiPolygon<f64> {
    match geometry {
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        Geometry::MultiPolygon(polygons) => polygons,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// `geo` judges validity by other means: all pairs of edges, then relations of polygons. It lets pass what folds back
    /// on itself, and what encloses nothing.
    #[test]
    fn what_is_valid_is_what_another_judge_finds_valid(polygons in messy()) {
        let ours = faults(&polygons.clone().into());
        let folds = |fault: &Fault| matches!(fault, Fault::CrossesItself { .. } | Fault::NoArea | Fault::TooFewVertices);
        if ours.iter().any(folds) {
            // Of these the other judge may think as it likes; where a ring is one point, it ends in an assertion of its own.
            return Ok(());
        }
        let theirs = polygons.validation_errors();
        prop_assert!(!ours.is_empty() || theirs.is_empty(), "{:?}", theirs);
        prop_assert!(ours.is_empty() || !theirs.is_empty(), "{:?}", ours);
    }

    #[test]
    fn whatever_is_drawn_is_put_right_or_has_no_surface(polygons in messy()) {
        match mend(&polygons.clone().into()) {
            Ok(mended) => {
                prop_assert_eq!(faults(&mended.geometry), vec![]);
                prop_assert!(whole(mended.geometry.clone()).is_valid());
                let again = mend(&mended.geometry).unwrap();
                prop_assert_eq!(again.geometry, mended.geometry);
                prop_assert_eq!(again.done, vec![]);
            }
            // Refused with its reason; in some tangles of several polygons no cut was found.
            Err(fault) => prop_assert!(matches!(fault, Fault::NoArea | Fault::CrossesItself { .. }), "{fault:?}"),
        }
    }

    #[test]
    fn real_coordinates_are_put_right_too(
        ring in proptest::collection::vec((2.0..2.1f64, 48.0..48.1f64), 3..40),
        hole in proptest::collection::vec((2.0..2.1f64, 48.0..48.1f64), 3..12),
    ) {
        let polygon = Polygon::new(LineString::from(ring), vec![LineString::from(hole)]);
        match mend(&polygon.into()) {
            Ok(mended) => prop_assert_eq!(faults(&mended.geometry), vec![]),
            // Refused with its reason; in some tangles of several polygons no cut was found.
            Err(fault) => prop_assert!(matches!(fault, Fault::NoArea | Fault::CrossesItself { .. }), "{fault:?}"),
        }
    }
}

fn shows(content: &TileContent, id: u64) -> bool {
    content.points.iter().any(|point| point.id == id)
        || content.shapes.iter().any(|shape| shape.id == id)
        || content.clusters.iter().any(|cluster| cluster.count > 0)
}

#[test]
fn every_shape_is_shown_or_counted_at_every_zoom_in_the_tile_where_it_stands() {
    let tiny = |n: f64| {
        let (x, y, d) = (2.0 + n * 1e-4, 48.0, 1e-6);
        Geometry::from(LineString::from(vec![(x, y), (x + d, y)]))
    };
    let mut shapes: Vec<Geometry<f64>> = (0..40).map(|n| tiny(f64::from(n))).collect();
    shapes.push(wkt!(MULTIPOINT(2.5 48.5,2.6 48.6,3.5 47.)).into());
    shapes.push(wkt!(POLYGON((2. 48.,3. 48.,3. 48.00000001,2. 48.00000001,2. 48.))).into());
    let attributes = Attributes { codes: Default::default(), score: 1, time: 0 };
    let shapes: Vec<Arc<Shape>> = shapes
        .into_iter()
        .map(|shape| Arc::new(Shape::new(mend(&shape).unwrap().geometry).unwrap()))
        .collect();
    let items = shapes.iter().zip(1..).map(|(shape, id)| Item {
        id,
        place: Place::Shape(Arc::clone(shape)),
        attributes,
    });
    let index = Index::build(items, IndexOptions::default());
    let snapshot = index.reader().snapshot();
    for max_shapes in [2_000, 3] {
        let options = TileOptions { max_shapes, ..TileOptions::default() };
        for z in 0..=18 {
            let mut counted = 0;
            let mut seen = std::collections::BTreeSet::new();
            for (shape, id) in shapes.iter().zip(1..) {
                let tile = shape.representative().tile(z);
                let content = snapshot.tile(tile, &Filter::default(), &options);
                assert!(shows(&content, id), "item {id} at zoom {z}");
                if seen.insert(tile) {
                    counted += content.clusters.iter().map(|cluster| cluster.count).sum::<u64>();
                    counted += (content.points.len() + content.shapes.len()) as u64;
                }
            }
            assert!(counted >= 42, "{counted} at zoom {z}");
        }
    }
    let apart = snapshot.tile(
        Position::from_lon_lat(2.5, 48.5).unwrap().tile(12),
        &Filter::default(),
        &TileOptions::default(),
    );
    assert_eq!(apart.points.iter().map(|point| point.id).collect::<Vec<_>>(), [41]);
}
