//! The index answers what a scan of everything would, however it came to its state.

mod common;

use common::*;
use parvis_tiles::*;
use proptest::prelude::*;

fn options() -> TileOptions {
    TileOptions {
        max_points: 6,
        grid: 4,
        deepest_zoom: 16,
        deepest_grid: 8,
        listed_ids: 3,
        breakdown: [true, false, true, true, true],
        ..TileOptions::default()
    }
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![4 => item(0..300).prop_map(Change::Put), 1 => (0u64..300).prop_map(Change::Remove)]
}

fn check_everything(index: &Index, naive: &Naive, filter: &Filter, at: Position) {
    let snapshot = index.reader().snapshot();
    assert_eq!(index.len(), naive.len());
    for z in [0, 3, 9, 11, 13, 16, 18, 22] {
        let tile = snapshot.tile(at.tile(z), filter, &options());
        check_tile(naive, &tile, filter, &options());
    }
    let bounds = at.tile(12).bounds();
    for within in [None, Some(&bounds)] {
        assert_eq!(snapshot.count(filter, within), naive_counts(naive, filter, within));
        check_lists(&snapshot, naive, filter, within);
    }
    check_near(&snapshot, naive, filter, at);
}

fn check_lists(snapshot: &Snapshot, naive: &Naive, filter: &Filter, within: Option<&Bounds>) {
    for order in [Order::Newest, Order::Oldest, Order::HighestScore] {
        let mut expected: Vec<(i64, u64)> = passing(naive, filter)
            .filter(|item| match (&item.place, within) {
                (_, None) => true,
                (Place::Nowhere, Some(_)) => false,
                (Place::At(p), Some(within)) => within.contains(*p),
                (Place::Shape(shape), Some(within)) => within.intersects(shape.bounds()),
            })
            .map(|item| match order {
                Order::HighestScore => (i64::from(item.attributes.score), item.id),
                Order::Newest | Order::Oldest => (i64::from(item.attributes.time), item.id),
            })
            .collect();
        expected.sort_unstable();
        if order != Order::Oldest {
            expected.reverse();
        }
        let (mut listed, mut after) = (Vec::new(), None);
        loop {
            let page = snapshot.list(filter, within, order, after, 7);
            after = page.last().map(|hit| hit.cursor);
            listed.extend(page.iter().map(|hit| (hit.cursor.value, hit.id)));
            if page.len() < 7 {
                break;
            }
        }
        assert_eq!(listed, expected, "{order:?}");
    }
}

fn check_near(snapshot: &Snapshot, naive: &Naive, filter: &Filter, at: Position) {
    let (lon, lat) = at.lon_lat();
    let mut expected: Vec<(f64, u64)> = passing(naive, filter)
        .filter_map(|item| match &item.place {
            Place::Nowhere => None,
            Place::At(p) => Some((p.metres_to(at), item.id)),
            Place::Shape(shape) => Some((shape.metres_to(lon, lat), item.id)),
        })
        // Shortest ways across the antimeridian are not looked at, by contract.
        .filter(|(metres, _)| *metres < 1_000_000.0)
        .collect();
    expected.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for metres in [0.0, 25.0, 3_000.0, 50_000.0] {
        let near: Vec<_> = snapshot.within(at, metres, filter).iter().map(|n| (n.metres, n.id)).collect();
        let wanted: Vec<_> = expected.iter().copied().filter(|(m, _)| *m <= metres).collect();
        assert_eq!(near, wanted, "within {metres} m");
    }
    for k in [1, 5, 20] {
        if expected.len() >= k {
            let near: Vec<_> = snapshot.nearest(at, k, filter).iter().map(|n| (n.metres, n.id)).collect();
            assert_eq!(near, expected[..k], "{k} nearest");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn changes_in_any_order_give_what_a_scan_of_everything_gives(
        start in proptest::collection::vec(item(0..300), 0..200),
        batches in proptest::collection::vec(proptest::collection::vec(change(), 1..60), 0..6),
        filters in proptest::collection::vec(filter(), 2),
        at in position(),
        chunk_target in 2usize..40,
    ) {
        let mut naive = Naive::new();
        let puts: Vec<_> = start.iter().cloned().map(Change::Put).collect();
        apply(&mut naive, &puts);
        let mut index = Index::build(start, IndexOptions { chunk_target });
        check_everything(&index, &naive, &Filter::default(), at);
        for (batch, version) in batches.iter().zip(1..) {
            apply(&mut naive, batch);
            index.apply(batch.clone());
            index.publish(version);
            assert_eq!(index.reader().snapshot().version(), version);
            for filter in &filters {
                check_everything(&index, &naive, filter, at);
            }
        }
        for id in 0..300 {
            assert_eq!(index.get(id), naive.get(&id).cloned());
        }
        // Built at once from what is left, it answers the same.
        let rebuilt = Index::build(naive.values().cloned(), IndexOptions { chunk_target });
        check_everything(&rebuilt, &naive, &filters[0], at);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Long chunks take other ways through the loops than short ones: whole vectors, tables of codes, totals.
    #[test]
    fn long_chunks_answer_as_short_ones_do(
        start in proptest::collection::vec(item(0..9_000), 2_000..4_000),
        changes in proptest::collection::vec(item(0..9_000).prop_map(Change::Put), 1..300),
        filters in proptest::collection::vec(filter(), 3),
        at in position(),
        chunk_target in 200usize..3_000,
    ) {
        let mut naive = Naive::new();
        apply(&mut naive, &start.iter().cloned().map(Change::Put).collect::<Vec<_>>());
        let mut index = Index::build(start, IndexOptions { chunk_target });
        apply(&mut naive, &changes);
        index.apply(changes);
        index.publish(1);
        for filter in filters.iter().chain([&Filter::default()]) {
            let snapshot = index.reader().snapshot();
            for z in [0, 6, 10, 12, 14] {
                let options = TileOptions { max_points: 20, ..options() };
                check_tile(&naive, &snapshot.tile(at.tile(z), filter, &options), filter, &options);
            }
            for within in [None, Some(&at.tile(11).bounds())] {
                assert_eq!(snapshot.count(filter, within), naive_counts(&naive, filter, within));
            }
            check_near(&snapshot, &naive, filter, at);
            check_lists(&snapshot, &naive, filter, None);
        }
    }
}
