//! The index answers what a scan of everything would, however it came to its state.

mod common;

use common::*;
use parvis_tiles::*;
use proptest::prelude::*;

fn options() -> TileOptions {
    TileOptions {
        apart: 300,
        grid: 4,
        deepest_zoom: 16,
        deepest_apart: 60,
        deepest_grid: 8,
        listed_ids: 3,
        // Of points alone a naive index knows the groups; `mending.rs` has the shapes.
        stand_ins: false,
        breakdown: [true, false, true, true, true, false, true, false],
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
        assert!(tile.squares.is_empty());
    }
    let squares = options().with_squares();
    for z in [0, 9, 11, 14] {
        check_surface(naive, &snapshot.tile(at.tile(z), filter, &squares), filter, &squares);
    }
    check_tile(naive, &snapshot.tile(at.tile(15), filter, &squares), filter, &squares);
    let bounds = at.tile(12).bounds();
    for within in [None, Some(&bounds)] {
        assert_eq!(snapshot.count(filter, within), naive_counts(naive, filter, within));
        check_lists(&snapshot, naive, filter, within);
    }
    check_near(&snapshot, naive, filter, at);
    let starts = [3, 10, 11, 40];
    let of = |span: usize| {
        let end = starts.get(span + 1).copied().unwrap_or(u32::MAX);
        passing(naive, filter).filter(|item| (starts[span]..end).contains(&item.attributes.time)).count()
            as u64
    };
    assert_eq!(snapshot.count_by_time(filter, &starts), [0, 1, 2, 3].map(of));
    let times = naive.values().map(|item| (item.attributes.time, item.attributes.time));
    assert_eq!(snapshot.times(), times.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))));
}

/// Every page of a list.
fn listed(snapshot: &Snapshot, filter: &Filter, within: Option<&Bounds>, order: Order) -> Vec<(i64, u64)> {
    let (mut listed, mut after) = (Vec::new(), None);
    loop {
        let page = snapshot.list(filter, within, order, after, 7);
        after = page.last().map(|hit| hit.cursor);
        listed.extend(page.iter().map(|hit| (hit.cursor.value, hit.id)));
        if page.len() < 7 {
            return listed;
        }
    }
}

/// The ids of a list by lot, in order of id: pages by lot hold each item once. Lots come in order.
fn listed_by_lot(snapshot: &Snapshot, filter: &Filter, within: Option<&Bounds>) -> Vec<u64> {
    let lots = listed(snapshot, filter, within, Order::Random(7));
    assert!(lots.is_sorted(), "{lots:?}");
    let mut ids: Vec<u64> = lots.into_iter().map(|(_, id)| id).collect();
    ids.sort_unstable();
    ids
}

fn check_lists(snapshot: &Snapshot, naive: &Naive, filter: &Filter, within: Option<&Bounds>) {
    let lots = listed_by_lot(snapshot, filter, within);
    assert_eq!(lots, {
        let mut all: Vec<u64> =
            listed(snapshot, filter, within, Order::Newest).iter().map(|(_, id)| *id).collect();
        all.sort_unstable();
        all
    });
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
                Order::Random(_) => unreachable!("drawn above"),
            })
            .collect();
        expected.sort_unstable();
        if order != Order::Oldest {
            expected.reverse();
        }
        let listed = listed(snapshot, filter, within, order);
        assert_eq!(listed, expected, "{order:?}");
    }
}

fn check_near(snapshot: &Snapshot, naive: &Naive, filter: &Filter, at: Position) {
    let (lon, lat) = at.lon_lat();
    // Ways across the antimeridian are not looked for, by contract, though one may be met. From the middle half of the
    // world they are all longer than 780 km (a quarter of the way round at 85 degrees), so that nearer things are direct.
    if !(1 << 30..3 << 30).contains(&at.x) {
        return;
    }
    let mut expected: Vec<(f64, u64)> = passing(naive, filter)
        .filter_map(|item| match &item.place {
            Place::Nowhere => None,
            Place::At(p) => Some((p.metres_to(at), item.id)),
            Place::Shape(shape) => Some((shape.metres_to(lon, lat), item.id)),
        })
        .filter(|(metres, _)| *metres < 700_000.0)
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
                let options = TileOptions { apart: 192, grid: 16, ..options() };
                check_tile(&naive, &snapshot.tile(at.tile(z), filter, &options), filter, &options);
                let squares = options.with_squares();
                check_surface(&naive, &snapshot.tile(at.tile(z), filter, &squares), filter, &squares);
            }
            for within in [None, Some(&at.tile(11).bounds())] {
                assert_eq!(snapshot.count(filter, within), naive_counts(&naive, filter, within));
            }
            check_near(&snapshot, &naive, filter, at);
            check_lists(&snapshot, &naive, filter, None);
        }
    }
}

/// Beyond the antimeridian is far away by contract, but not nowhere.
#[test]
fn an_item_beyond_the_antimeridian_is_found_when_there_is_no_other() {
    let item = |id, x, y| Item { id, place: Place::At(Position { x, y }), attributes: Attributes::default() };
    let at = Position { x: 0, y: 3_584_003_910 };
    let index = Index::build([item(1, u32::MAX, u32::MAX)], IndexOptions::default());
    let near = index.reader().snapshot().nearest(at, 1, &Filter::default());
    assert_eq!(near.iter().map(|near| near.id).collect::<Vec<_>>(), [1]);
}

/// Every question is put before each change, so that chunks remember answers that the change makes wrong.
#[test]
fn what_chunks_remember_never_outlives_a_change() {
    let options = TileOptions { grid: 2, breakdown: std::array::from_fn(|column| column < 2), ..options() };
    let origin = Position::from_lon_lat(AROUND.0, AROUND.1).expect("on the map");
    let at = |i: u32| Place::At(Position { x: origin.x + i * 37, y: origin.y + i * 91 });
    let item = |id: u64, place, code, score| Item {
        id,
        place,
        attributes: Attributes { codes: [code, code % 2, 0, 0, 0, 0, 0, 0], score, time: code },
    };
    let start: Vec<Item> = (0..40u32).map(|i| item(u64::from(i), at(i), i % 5, i as i32 % 7 - 3)).collect();
    let filters = [
        Filter { score: 0..=i32::MAX, ..Filter::default() },
        Filter::default().with_codes(0, [1, 3]),
        Filter { time: 2..=3, ..Filter::default() }.with_codes(1, [0]),
        Filter { score: 3..=3, ..Filter::default() },
        Filter { ids: Some(std::sync::Arc::new((0..20).chain([39, 120]).collect())), ..Filter::default() },
    ];
    let mut naive = Naive::new();
    apply(&mut naive, &start.iter().cloned().map(Change::Put).collect::<Vec<_>>());
    let mut index = Index::build(start, IndexOptions { chunk_target: 16 });
    let mut changes = vec![
        Change::Put(item(5, at(5), 0, 9)),
        Change::Put(item(5, at(5), 3, 9)),
        Change::Put(item(5, at(30), 3, 9)),
        Change::Put(item(5, Place::Nowhere, 3, 9)),
        Change::Remove(5),
        Change::Remove(0),
        Change::Remove(39),
    ];
    // Then so many in one place that chunks are split, and so few that they are joined.
    changes.extend((100..150u64).map(|id| Change::Put(item(id, at(7), 1, 4))));
    changes.extend((100..150u64).map(Change::Remove));
    let ask = |snapshot: &Snapshot, naive: &Naive| {
        for filter in &filters {
            // Cold, then remembered.
            for _ in 0..2 {
                for z in [0, 1, 8] {
                    check_tile(naive, &snapshot.tile(origin.tile(z), filter, &options), filter, &options);
                }
                for within in [None, Some(&Bounds::WORLD)] {
                    assert_eq!(snapshot.count(filter, within), naive_counts(naive, filter, within));
                }
            }
        }
    };
    for (change, version) in changes.into_iter().zip(1..) {
        let before = (index.reader().snapshot(), naive.clone());
        ask(&before.0, &before.1);
        index.apply([change.clone()]);
        apply(&mut naive, &[change]);
        index.publish(version);
        ask(&index.reader().snapshot(), &naive);
        ask(&before.0, &before.1);
    }
}

/// Answers stay within a byte or two a point however many filters are asked.
#[test]
fn what_chunks_remember_takes_little_memory() {
    let origin = Position::from_lon_lat(AROUND.0, AROUND.1).expect("on the map");
    let items = (0..100_000u32).map(|i| Item {
        id: u64::from(i),
        place: Place::At(Position { x: origin.x + i % 317 * 500, y: origin.y + i / 317 * 500 }),
        attributes: Attributes {
            codes: [i % 12, i % 4, i % 3, i % 5, i / 3_000, 0, 0, 0],
            score: i as i32 % 50,
            time: i,
        },
    });
    let index = Index::build(items, IndexOptions::default());
    let before = index.memory_bytes();
    let snapshot = index.reader().snapshot();
    for score in 0..50 {
        let filter = Filter { score: score..=i32::MAX, ..Filter::default() };
        let _ = snapshot.tile(origin.tile(0), &filter, &options());
        let _ = snapshot.count(&filter, None);
    }
    let grown = (index.memory_bytes() - before) as f64 / index.len() as f64;
    assert!(grown > 0.0 && grown < 3.0, "{grown} B a point");
}

/// What is kept by filter must tell two sets of items apart, and know one again however it was made.
#[test]
fn sets_of_ids_are_equal_when_they_hold_the_same() {
    let set = |ids: &[u64]| ids.iter().copied().collect::<IdSet>();
    assert_eq!(set(&[3, 1, 2, 1]), set(&[1, 2, 3]));
    assert_ne!(set(&[1, 2]), set(&[1, 2, 3]));
    assert_ne!(set(&[1, 2]).digest(), set(&[1, 3]).digest());
    assert!(set(&[1, u64::MAX]).contains(u64::MAX) && !set(&[]).contains(0) && set(&[]).is_empty());
    let only = Filter { ids: Some(std::sync::Arc::new(set(&[7]))), ..Filter::default() };
    assert!(only.accepts(7, &Attributes::default()) && !only.accepts(8, &Attributes::default()));
    assert!(!only.is_everything());
}
