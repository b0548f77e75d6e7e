//! A change makes stale every tile that shows it, and nearly no other.

mod common;

use common::*;
use parvis_tiles::*;
use proptest::prelude::*;

fn options() -> TileOptions {
    TileOptions { buffer: MAX_BUFFER, ..TileOptions::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_tile_that_changed_has_a_new_stamp(
        before in proptest::collection::vec(item(0..40), 1..60),
        changes in proptest::collection::vec(item(0..60), 1..4),
        removed in proptest::option::of(0u64..40),
        at in position(),
    ) {
        let mut index = Index::build(before, IndexOptions { chunk_target: 8 });
        let old = index.reader().snapshot();
        let stamps = Stamps::new(16);
        let changes = changes.into_iter().map(Change::Put).chain(removed.map(Change::Remove));
        let touched = index.apply(changes);
        index.publish(1);
        stamps.mark(&touched, 1, 20);
        let new = index.reader().snapshot();
        let places = touched.positions.iter().copied().chain([at]);
        let corners = touched.shapes.iter().flat_map(|b| {
            [Position { x: b.min_x, y: b.min_y }, Position { x: b.max_x, y: b.max_y }, Position { x: b.min_x / 2 + b.max_x / 2, y: b.max_y }]
        });
        for place in places.chain(corners) {
            for z in 0..=20 {
                let tile = place.tile(z);
                // The neighbour sees a shape through its buffer.
                let beside = TileCoord { x: (tile.x + 1).min((1 << z) - 1), ..tile };
                for tile in [tile, beside] {
                    let all = Filter::default();
                    let changed = old.tile(tile, &all, &options()) != new.tile(tile, &all, &options());
                    prop_assert!(!changed || stamps.version_of(tile) == 1, "{tile:?} changed unseen");
                }
            }
        }
    }
}

#[test]
fn tiles_without_the_change_keep_their_stamp() {
    let stamps = Stamps::default();
    let place = Position::from_lon_lat(4.85, 45.75).expect("on the map");
    let touched = Touched { positions: vec![place], shapes: Vec::new() };
    stamps.mark(&touched, 7, 18);
    for z in 0..=18 {
        assert_eq!(stamps.version_of(place.tile(z)), 7);
    }
    let mut stale = 0;
    for x in 0..100 {
        for y in 0..100 {
            let tile = TileCoord::new(14, 8_400 + x, 5_800 + y).expect("in the world");
            stale += usize::from(stamps.version_of(tile) != 0 && place.tile(14) != tile);
        }
    }
    assert!(stale <= 2, "{stale} of 10,000 other tiles are stale");
    stamps.mark_all(9);
    assert_eq!(stamps.version_of(TileCoord { z: 3, x: 1, y: 1 }), 9);
}

#[test]
fn a_small_shape_leaves_far_tiles_fresh_at_every_zoom() {
    let stamps = Stamps::default();
    let place = Position::from_lon_lat(4.85, 45.75).expect("on the map");
    let far = Position::from_lon_lat(5.85, 45.75).expect("on the map");
    stamps.mark(&Touched { positions: Vec::new(), shapes: vec![Bounds::from(place).grow(5_000)] }, 3, 18);
    for z in 0..=18 {
        assert_eq!(stamps.version_of(place.tile(z)), 3);
        if z > 10 {
            assert_eq!(stamps.version_of(far.tile(z)), 0, "zoom {z}");
        }
    }
}

#[test]
fn versions_never_go_back() {
    let stamps = Stamps::new(10);
    let touched = Touched { positions: vec![Position { x: 5, y: 5 }], shapes: Vec::new() };
    stamps.mark(&touched, 5, 3);
    stamps.mark(&touched, 4, 3);
    assert_eq!(stamps.version_of(TileCoord { z: 3, x: 0, y: 0 }), 5);
}
