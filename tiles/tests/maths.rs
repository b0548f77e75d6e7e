//! Tile maths are inverses of each other; geometries are judged and measured right.

mod common;

use common::*;
use geo::{Geometry, LineString, Polygon, polygon};
use parvis_tiles::geometry::{
    Fault, MAX_VERTICES, area_m2, distance_m, faults, length_m, representative_point,
};
use parvis_tiles::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

proptest! {
    #[test]
    fn a_position_survives_degrees(x in any::<u32>(), y in 1_000u32..u32::MAX - 1_000) {
        let position = Position { x, y };
        let (lon, lat) = position.lon_lat();
        let back = Position::from_lon_lat(lon, lat).expect("on the map");
        prop_assert!(back.x.abs_diff(x) <= 1 && back.y.abs_diff(y) <= 1, "{back:?} for {position:?}");
    }

    #[test]
    fn a_position_is_in_its_tile_and_in_all_parents(position in position(), z in 0u8..=22) {
        let tile = position.tile(z);
        prop_assert_eq!(TileCoord::new(z, tile.x, tile.y), Ok(tile));
        prop_assert!(tile.bounds().contains(position));
        let (first, last) = tile.keys();
        prop_assert!((first..=last).contains(&position.z_order()));
        let (x, y) = tile.local(position);
        prop_assert!((0..4096).contains(&x) && (0..4096).contains(&y));
        prop_assert_eq!(tile.parent(), z.checked_sub(1).map(|z| position.tile(z)));
        let [west, south, east, north] = tile.lon_lat_bounds();
        let (lon, lat) = position.lon_lat();
        prop_assert!(west <= lon && lon <= east && south <= lat && lat <= north);
    }

    #[test]
    fn the_keys_of_a_tile_are_those_of_its_positions(position in position(), other in position(), z in 0u8..=22) {
        let tile = position.tile(z);
        let (first, last) = tile.keys();
        prop_assert_eq!(tile.bounds().contains(other), (first..=last).contains(&other.z_order()));
    }

    #[test]
    fn bounds_survive_degrees(a in position(), b in position()) {
        let bounds = Bounds::from(a).union(b.into());
        let [w, s, e, n] = bounds.to_lon_lat();
        let back = Bounds::from_lon_lat(w, s, e, n).expect("on the map");
        for (a, b) in [(back.min_x, bounds.min_x), (back.min_y, bounds.min_y), (back.max_x, bounds.max_x), (back.max_y, bounds.max_y)] {
            prop_assert!(a.abs_diff(b) <= 1);
        }
    }

    #[test]
    fn a_code_set_holds_what_was_put_in(codes in proptest::collection::btree_set(0u32..2_000, 0..50)) {
        let set: CodeSet = codes.iter().copied().collect();
        prop_assert_eq!(set.is_empty(), codes.is_empty());
        prop_assert!((0..2_100).all(|code| set.contains(code) == codes.contains(&code)));
        prop_assert_eq!(set.iter().collect::<Vec<_>>(), codes.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn degrees_outside_the_map_are_no_position() {
    for (lon, lat) in [(181.0, 0.0), (0.0, 86.0), (f64::NAN, 0.0), (0.0, f64::NAN), (f64::INFINITY, 0.0)] {
        assert_eq!(Position::from_lon_lat(lon, lat), None);
    }
    let corner = Position::from_lon_lat(180.0, -MAX_LATITUDE).expect("on the edge");
    assert!(corner.x == u32::MAX && corner.y > u32::MAX - 2);
    assert_eq!(Position::from_lon_lat(0.0, 0.0), Some(Position { x: 1 << 31, y: 1 << 31 }));
    assert_eq!(Bounds::from_lon_lat(2.0, 0.0, 1.0, 1.0), None);
}

#[test]
fn tiles_that_do_not_exist_are_refused() {
    assert_eq!(TileCoord::new(23, 0, 0), Err(Error::Zoom(23)));
    assert_eq!(TileCoord::new(3, 8, 0), Err(Error::OutsideWorld { z: 3, x: 8, y: 0 }));
    assert_eq!(TileCoord::new(0, 0, 1), Err(Error::OutsideWorld { z: 0, x: 0, y: 1 }));
}

/// Lyon, 45.75 N 4.85 E, at zoom 12: checked against the formulas of the OpenStreetMap wiki.
#[test]
fn a_known_place_is_in_the_known_tile() {
    let place = Position::from_lon_lat(4.85, 45.75).expect("on the map");
    assert_eq!(place.tile(12), TileCoord { z: 12, x: 2103, y: 1461 });
}

fn ring(vertices: &[(f64, f64)]) -> LineString<f64> {
    vertices.iter().copied().collect()
}

fn area(outer: &[(f64, f64)], holes: &[&[(f64, f64)]]) -> Geometry<f64> {
    Polygon::new(ring(outer), holes.iter().map(|hole| ring(hole)).collect()).into()
}

#[test]
fn what_is_wrong_with_a_drawing_is_said_in_words() {
    let square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
    assert_eq!(faults(&area(&square, &[])), []);
    let bow = area(&[(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)], &[]);
    assert_eq!(faults(&bow), [Fault::CrossesItself { near: Some((0.5, 0.5)) }]);
    assert_eq!(faults(&bow)[0].to_string(), "the outline crosses itself near 0.500000, 0.500000");
    let hole = area(&square, &[&[(2.0, 2.0), (3.0, 2.0), (3.0, 3.0)]]);
    assert_eq!(faults(&hole), [Fault::HoleOutside]);
    assert_eq!(faults(&area(&[(0.0, 0.0), (1.0, 0.0)], &[])), [Fault::TooFewVertices]);
    assert_eq!(faults(&area(&[], &[])), [Fault::Empty]);
    assert_eq!(faults(&area(&[(0.0, 0.0), (f64::NAN, 0.0), (1.0, 1.0)], &[])), [Fault::NotFinite]);
    let swapped = area(&[(4.0, 45.0), (4.0, 95.0), (5.0, 45.0)], &[]);
    assert_eq!(faults(&swapped), [Fault::OutsideWorld { near: (4.0, 95.0) }]);
    assert_eq!(faults(&ring(&[(0.0, 0.0), (0.0, 0.0)]).into()), [Fault::TooFewVertices]);
    assert_eq!(faults(&geo::Point::new(0.0, 0.0).into()), [Fault::Kind("point")]);
    let many = LineString::from_iter((0..=MAX_VERTICES).map(|i| (i as f64 / 1e3, 0.0)));
    assert_eq!(faults(&many.into()), [Fault::TooManyVertices(MAX_VERTICES + 1)]);
    assert!(Shape::new(bow).is_err());
}

#[test]
fn areas_and_lengths_are_those_of_the_ellipsoid() {
    // A degree of the meridian at the equator is 110,574.4 m, of the equator 111,319.5 m (WGS 84).
    let line: Geometry<f64> = ring(&[(0.0, 0.0), (1.0, 0.0)]).into();
    assert!((length_m(&line) - 111_319.5).abs() < 0.1);
    let line: Geometry<f64> = ring(&[(0.0, 0.0), (0.0, 1.0)]).into();
    assert!((length_m(&line) - 110_574.4).abs() < 0.1);
    // The same square whichever way it was drawn.
    let one_way = area(&[(4.0, 45.0), (4.01, 45.0), (4.01, 45.01), (4.0, 45.01)], &[]);
    let other = area(&[(4.0, 45.0), (4.0, 45.01), (4.01, 45.01), (4.01, 45.0)], &[]);
    assert!((area_m2(&one_way) - area_m2(&other)).abs() < 1e-3);
    assert!((area_m2(&one_way) - 876_000.0).abs() < 1_000.0, "{}", area_m2(&one_way));
}

#[test]
fn a_label_stands_inside_what_it_names() {
    let horseshoe: Polygon<f64> = polygon![
        (x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0), (x: 8.0, y: 9.0),
        (x: 8.0, y: 1.0), (x: 1.0, y: 1.0), (x: 1.0, y: 9.0), (x: 0.0, y: 9.0),
    ];
    let (lon, lat) = representative_point(&horseshoe.clone().into()).expect("somewhere");
    assert_eq!(distance_m(&horseshoe.into(), lon, lat), Some(0.0));
}

#[test]
fn a_place_is_in_its_area_and_others_say_how_far_outside_it_is() {
    let square =
        |x: f64| geo::MultiPolygon::new(vec![geo::Rect::new((x, 45.0), (x + 1.0, 46.0)).to_polygon()]);
    let areas = Areas::build(vec![(7, square(4.0)), (8, square(5.0)), (9, square(9.0))]);
    assert_eq!(areas.containing(4.5, 45.5), [7]);
    assert_eq!(areas.containing(5.0, 45.5), [7, 8], "a border belongs to both sides");
    assert_eq!(areas.containing(8.0, 45.5), [0u64; 0]);
    assert_eq!(areas.metres_outside(4.5, 45.5), Some(0.0));
    let metres = areas.metres_outside(4.5, 46.1).expect("there are areas");
    assert!((metres - 11_119.5).abs() < 1.0, "{metres}");
    let line: Geometry<f64> = ring(&[(4.9, 45.2), (5.3, 45.2)]).into();
    assert_eq!(areas.intersecting(&line), [7, 8]);
}

#[test]
fn a_chunk_with_more_than_256_codes_is_split_rather_than_capped() {
    let place = Position::from_lon_lat(4.85, 45.75).expect("on the map");
    let items = (0..3_000u32).map(|id| Item {
        id: u64::from(id),
        place: Place::At(place),
        attributes: Attributes { codes: [0, 0, 0, id, id % 700, 0, 0, 0], score: 1, time: id },
    });
    let mut index = Index::build(items, IndexOptions { chunk_target: 2_048 });
    let one = Filter::default().with_codes(3, [2_345]);
    assert_eq!(index.reader().snapshot().count(&one, None).total, 1);
    // Every item changes to a code that none had.
    let changes: Vec<Change> = (0..3_000u32)
        .filter_map(|id| index.get(u64::from(id)))
        .map(|mut item| {
            item.attributes.codes[4] += 10_000;
            Change::Put(item)
        })
        .collect();
    index.apply(changes);
    index.publish(1);
    let counts = index.reader().snapshot().count(&Filter::default(), None);
    assert_eq!((counts.by_column[3].len(), counts.by_column[4].len()), (3_000, 700));
    assert!(counts.by_column[4].keys().all(|&code| code >= 10_000));
    // All at one position: the deepest zoom lists them.
    let tile = index.reader().snapshot().tile(place.tile(18), &Filter::default(), &TileOptions::default());
    assert_eq!((tile.points.len(), tile.clusters.len()), (0, 1));
    assert_eq!((tile.clusters[0].count, tile.clusters[0].ids.len()), (3_000, 50));
}

#[test]
fn a_point_in_memory_takes_less_than_sixty_bytes() {
    let items = (0..100_000u64).map(|id| Item {
        id,
        place: Place::At(Position {
            x: (id * 7_919 % 90_000_007) as u32,
            y: (id * 104_729 % 90_000_049) as u32,
        }),
        attributes: Attributes {
            codes: [id as u32 % 12, 1, 2, id as u32 % 300, 5, 0, 0, 0],
            score: 3,
            time: id as u32,
        },
    });
    let index = Index::build(items, IndexOptions::default());
    let bytes = index.memory_bytes() as f64 / index.len() as f64;
    assert!(bytes < 60.0, "{bytes:.1} bytes a point");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Areas of a town, of a country, of the whole world and beyond the antimeridian.
    #[test]
    fn how_far_outside_a_place_is_equals_a_scan_of_all_areas(
        spread in prop_oneof![Just((4.8, 45.7, 0.3)), Just((2.0, 46.0, 6.0)), Just((0.0, 0.0, 80.0)), Just((100.0, 60.0, 79.0))],
        areas in proptest::collection::vec((-1.0..1.0f64, -1.0..1.0f64, 0.001..0.1f64, 3usize..9), 0..60),
        (east, north) in (-2.0..2.0f64, -1.0..1.0f64),
    ) {
        let (lon, lat, reach): (f64, f64, f64) = spread;
        let north_of = |share: f64| (lat + share * reach.min(20.0)).clamp(-85.0, 85.0);
        let areas: Vec<(u64, geo::MultiPolygon<f64>)> = areas
            .into_iter()
            .zip(0u64..)
            .map(|((x, y, size, corners), id)| {
                let ring = (0..corners).map(|k| {
                    let turn = k as f64 / corners as f64 * std::f64::consts::TAU;
                    (lon + reach * (x + size * turn.cos()), north_of(y + size * turn.sin()))
                });
                (id, geo::MultiPolygon::new(vec![Polygon::new(ring.collect(), Vec::new())]))
            })
            .collect();
        let place = (lon + east * reach, north_of(north));
        let scan = areas
            .iter()
            .filter_map(|(_, area)| parvis_tiles::geometry::distance_m(&area.clone().into(), place.0, place.1))
            .min_by(f64::total_cmp);
        prop_assert_eq!(Areas::build(areas).metres_outside(place.0, place.1), scan);
    }
}

#[test]
fn counts_by_the_columns_that_are_asked_for_are_those_of_all_and_nothing_of_the_others() {
    let place = Position::from_lon_lat(4.85, 45.75).expect("on the map");
    let items = (0..5_000u32).map(|id| Item {
        id: u64::from(id),
        place: Place::At(Position { x: place.x + id * 911, y: place.y }),
        attributes: Attributes {
            codes: [id % 7, id % 3, 1, id % 400, 0, id % 2, 0, 9],
            score: id as i32 % 5,
            time: id,
        },
    });
    let snapshot = Index::build(items, IndexOptions { chunk_target: 1_024 }).reader().snapshot();
    let filters = [
        Filter::default(),
        Filter::default().with_codes(0, [2, 5]),
        Filter { score: 2..=3, ..Filter::default() },
    ];
    let here = Bounds::from(place).grow(1_500_000);
    for (filter, within) in filters.iter().flat_map(|filter| [(filter, None), (filter, Some([here]))]) {
        let within = within.as_ref().map(|boxes| &boxes[..]);
        let all = snapshot.count_within(filter, within, [true; COLUMNS]);
        for asked in [
            [false; COLUMNS],
            std::array::from_fn(|column| column == 5),
            std::array::from_fn(|column| column < 4),
        ] {
            // Twice: what chunks remember of one question is no answer to the other.
            for _ in 0..2 {
                let some = snapshot.count_within(filter, within, asked);
                assert_eq!((some.total, some.score, some.bounds), (all.total, all.score, all.bounds));
                for column in 0..COLUMNS {
                    let expected =
                        if asked[column] { all.by_column[column].clone() } else { BTreeMap::new() };
                    assert_eq!(some.by_column[column], expected, "column {column} of {asked:?}");
                }
            }
        }
    }
}
