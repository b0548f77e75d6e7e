//! Random items and the naive answers that the index must equal. Not a test by itself.
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::sync::Arc;

use parvis_tiles::*;
use proptest::prelude::*;

pub(crate) const AROUND: (f64, f64) = (4.85, 45.75);

/// Positions that often coincide, lie close together, or lie at the edges of the world.
pub(crate) fn position() -> impl Strategy<Value = Position> {
    prop_oneof![
        4 => (0u32..6, 0u32..6).prop_map(|(x, y)| offset(x * 40_000, y * 40_000)),
        4 => (0u32..3_000_000, 0u32..3_000_000).prop_map(|(x, y)| offset(x, y)),
        1 => (any::<u32>(), any::<u32>()).prop_map(|(x, y)| Position { x, y }),
        1 => prop_oneof![Just((0, 0)), Just((u32::MAX, u32::MAX)), Just((1 << 31, 1 << 31)), Just(((1 << 31) - 1, 1 << 31))]
            .prop_map(|(x, y)| Position { x, y }),
    ]
}

fn offset(x: u32, y: u32) -> Position {
    let origin = Position::from_lon_lat(AROUND.0, AROUND.1).expect("on the map");
    Position { x: origin.x + x, y: origin.y + y }
}

pub(crate) fn attributes() -> impl Strategy<Value = Attributes> {
    (0u32..12, 0u32..4, 0u32..3, 0u32..400, 0u32..3, -5i32..20, 0u32..50).prop_map(
        |(a, b, c, d, e, score, time)| Attributes {
            codes: [a, b, c, d, e * 7_000, a % 3, 0, b],
            score,
            time,
        },
    )
}

pub(crate) fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        16 => position().prop_map(Place::At),
        2 => Just(Place::Nowhere),
        1 => (position(), 1_000u32..2_000_000).prop_map(|(p, size)| Place::Shape(square(p, size))),
    ]
}

/// A square shape around a position, in units.
pub(crate) fn square(p: Position, size: u32) -> Arc<Shape> {
    let b = Bounds::from(Position {
        x: p.x.clamp(1 << 28, u32::MAX - (1 << 28)),
        y: p.y.clamp(1 << 28, u32::MAX - (1 << 28)),
    })
    .grow(size);
    let [w, s, e, n] = b.to_lon_lat();
    let ring = geo::Rect::new((w, s), (e, n)).to_polygon();
    Arc::new(Shape::new(ring.into()).expect("a square is valid"))
}

pub(crate) fn item(ids: std::ops::Range<u64>) -> impl Strategy<Value = Item> {
    (ids, place(), attributes()).prop_map(|(id, place, attributes)| Item { id, place, attributes })
}

pub(crate) fn filter() -> impl Strategy<Value = Filter> {
    let codes = |n: u32, step: u32| {
        proptest::option::weighted(0.3, proptest::collection::vec(0..n, 0..(n as usize))).prop_map(
            move |codes| codes.map(|codes| codes.into_iter().map(|c| c * step).collect::<CodeSet>()),
        )
    };
    let score = prop_oneof![3 => Just((i32::MIN, i32::MAX)), 1 => (-6i32..20, -6i32..25)];
    let time = prop_oneof![3 => Just((0, u32::MAX)), 1 => (0u32..50, 0u32..60)];
    let ids = proptest::option::weighted(0.25, proptest::collection::vec(0u64..320, 0..200))
        .prop_map(|ids| ids.map(|ids| Arc::new(ids.into_iter().collect::<IdSet>())));
    ((codes(12, 1), codes(4, 1), codes(3, 1), codes(400, 1), codes(3, 7_000)), score, time, ids).prop_map(
        |((a, b, c, d, e), score, time, ids)| Filter {
            codes: [a, b, c, d, e, None, None, None],
            score: score.0..=score.1,
            time: time.0..=time.1,
            ids,
        },
    )
}

/// The naive index.
pub(crate) type Naive = BTreeMap<u64, Item>;

pub(crate) fn apply(naive: &mut Naive, changes: &[Change]) {
    for change in changes {
        match change {
            Change::Put(item) => drop(naive.insert(item.id, item.clone())),
            Change::Remove(id) => drop(naive.remove(id)),
        }
    }
}

pub(crate) fn passing<'a>(naive: &'a Naive, filter: &'a Filter) -> impl Iterator<Item = &'a Item> {
    naive.values().filter(|item| filter.accepts(item.id, &item.attributes))
}

pub(crate) fn point(item: &Item) -> Option<Position> {
    match item.place {
        Place::At(position) => Some(position),
        _ => None,
    }
}

pub(crate) fn naive_counts(naive: &Naive, filter: &Filter, within: Option<&Bounds>) -> Counts {
    let mut counts = Counts::default();
    for item in passing(naive, filter) {
        let bounds = match &item.place {
            Place::At(position) => Some(Bounds::from(*position)),
            Place::Shape(shape) => Some(shape.bounds()),
            Place::Nowhere => None,
        };
        if let Some(within) = within
            && !bounds.is_some_and(|bounds| bounds.intersects(*within))
        {
            continue;
        }
        counts.total += 1;
        counts.score += i64::from(item.attributes.score);
        for (c, code) in item.attributes.codes.into_iter().enumerate() {
            *counts.by_column[c].entry(code).or_default() += 1;
        }
        if let Some(bounds) = bounds {
            counts.bounds = Some(counts.bounds.map_or(bounds, |all| all.union(bounds)));
        }
    }
    counts
}

/// Checks a tile against a scan of everything.
pub(crate) fn check_tile(naive: &Naive, tile: &TileContent, filter: &Filter, options: &TileOptions) {
    let bounds = tile.coord.bounds();
    let expected: Vec<(Position, &Item)> = passing(naive, filter)
        .filter_map(|item| Some((point(item)?, item)))
        .filter(|(position, _)| bounds.contains(*position))
        .collect();
    let drawn: u64 = tile.points.len() as u64 + tile.clusters.iter().map(|c| c.count).sum::<u64>();
    assert_eq!(drawn, expected.len() as u64, "every point once in {:?}", tile.coord);
    for shown in &tile.points {
        let Item { attributes, .. } = &naive[&shown.id];
        assert_eq!((*attributes, point(&naive[&shown.id])), (shown.attributes, Some(shown.position)));
    }
    let mut groups = naive_groups(tile.coord, expected, options);
    let single: std::collections::BTreeSet<u64> = tile.points.iter().map(|p| p.id).collect();
    groups.retain(|group| {
        let alone = matches!(group[..], [(_, item)] if single.contains(&item.id));
        !alone
    });
    assert_eq!(groups.len(), tile.clusters.len(), "in {:?}", tile.coord);
    for cluster in &tile.clusters {
        let mean_of =
            |g: &[(Position, &Item)]| drawn_at(tile.coord, mean(g.iter().map(|(p, _)| *p)), options);
        let at = groups
            .iter()
            .position(|g| mean_of(g) == cluster.position && g.len() as u64 == cluster.count)
            .expect("a group for each cluster");
        let members = groups.swap_remove(at);
        assert!(members.len() > 1);
        assert_eq!(cluster.count, members.len() as u64);
        assert_eq!(cluster.score, members.iter().map(|(_, i)| i64::from(i.attributes.score)).sum::<i64>());
        let held = members.iter().fold(Bounds::EMPTY, |all, (p, _)| all.union((*p).into()));
        assert_eq!(cluster.bounds, held);
        let mut breakdown: BTreeMap<(usize, u32), u32> = BTreeMap::new();
        for (_, item) in &members {
            for (c, code) in
                item.attributes.codes.into_iter().enumerate().filter(|&(c, _)| options.breakdown[c])
            {
                *breakdown.entry((c, code)).or_default() += 1;
            }
        }
        let breakdown: Vec<_> = breakdown.into_iter().map(|((c, code), n)| (c, code, n)).collect();
        assert_eq!(cluster.breakdown, breakdown);
        if tile.coord.z >= options.deepest_zoom {
            assert_eq!(cluster.ids.len(), members.len().min(options.listed_ids));
            assert!(cluster.ids.iter().all(|id| members.iter().any(|(_, item)| item.id == *id)));
        } else {
            assert!(cluster.ids.is_empty());
        }
    }
    check_shapes(naive, tile, filter);
    let features = tile.points.len() + tile.clusters.len();
    assert!(features <= 4_096, "{features} features");
}

/// Checks a tile of squares against a scan of everything: each point once, alone where it has room, else in its square.
pub(crate) fn check_surface(naive: &Naive, tile: &TileContent, filter: &Filter, options: &TileOptions) {
    assert!(tile.clusters.is_empty());
    let bounds = tile.coord.bounds();
    let side = u64::from(bounds.max_x - bounds.min_x) + 1;
    let place = |p: Position, parts: u32| {
        let of = |v: u32, low: u32| u64::from(v - low) * u64::from(parts) / side;
        (of(p.y, bounds.min_y) as u32, of(p.x, bounds.min_x) as u32)
    };
    let mut blocks: BTreeMap<(u32, u32), Vec<(Position, &Item)>> = BTreeMap::new();
    for item in passing(naive, filter) {
        if let Some(position) = point(item).filter(|position| bounds.contains(*position)) {
            blocks.entry(place(position, SQUARES / 4)).or_default().push((position, item));
        }
    }
    let apart = f64::from(options.apart) * 2f64.powi(20 - i32::from(tile.coord.z));
    let (mut points, mut squares) = (Vec::new(), BTreeMap::<(u32, u32), (u64, i64)>::new());
    for held in blocks.values() {
        let touch = |a: Position, b: Position| {
            (f64::from(a.x) - f64::from(b.x)).hypot(f64::from(a.y) - f64::from(b.y)) < apart.floor()
        };
        let crowd = held.iter().enumerate().any(|(i, a)| held[..i].iter().any(|b| touch(a.0, b.0)));
        if held.len() <= 4 && !crowd {
            points.extend(held.iter().map(|(_, item)| item.id));
            continue;
        }
        for (position, item) in held {
            let (count, score) = squares.entry(place(*position, SQUARES)).or_default();
            (*count, *score) = (*count + 1, *score + i64::from(item.attributes.score));
        }
    }
    points.sort_unstable();
    let mut shown: Vec<u64> = tile.points.iter().map(|point| point.id).collect();
    shown.sort_unstable();
    assert_eq!(shown, points, "points of {:?}", tile.coord);
    let drawn: BTreeMap<(u32, u32), (u64, i64)> =
        tile.squares.iter().map(|s| ((s.row, s.column), (s.count, s.score))).collect();
    assert_eq!(drawn.len(), tile.squares.len(), "a square twice");
    assert_eq!(drawn, squares, "squares of {:?}", tile.coord);
}

fn mean(positions: impl Iterator<Item = Position>) -> Position {
    let (mut n, mut x, mut y) = (0, 0u64, 0u64);
    for p in positions {
        (n, x, y) = (n + 1, x + u64::from(p.x), y + u64::from(p.y));
    }
    Position { x: (x / n) as u32, y: (y / n) as u32 }
}

/// Where a cluster is drawn: in the middle three fifths of its block of two by two cells, each way.
fn drawn_at(tile: TileCoord, mean: Position, options: &TileOptions) -> Position {
    if tile.z + 1 >= options.deepest_zoom || options.grid <= 1 {
        return mean;
    }
    let blocks = (u64::from(options.grid).next_power_of_two() / 2) << tile.z;
    let side = (1u64 << 32) / blocks;
    let within = |v: u32| {
        let (block, inside) = (u64::from(v) / side, u64::from(v) % side);
        (block * side + inside.max(side / 5).min(side - side / 5)) as u32
    };
    Position { x: within(mean.x), y: within(mean.y) }
}

/// What a tile shows: each point that is shown by itself, and each cluster's points. The rule in other words than the
/// index's: cells of the grid, whose four or fewer points stay apart or are grouped; then blocks of four cells.
fn naive_groups<'a>(
    tile: TileCoord,
    points: Vec<(Position, &'a Item)>,
    options: &TileOptions,
) -> Vec<Vec<(Position, &'a Item)>> {
    type Groups<'a> = Vec<Vec<(Position, &'a Item)>>;
    let is_deep = tile.z + 1 >= options.deepest_zoom;
    let side = if is_deep { options.deepest_grid } else { options.grid };
    let apart = match options.deepest_zoom.saturating_sub(tile.z) {
        0 => options.deepest_apart,
        1 => 2 * options.deepest_apart,
        _ => options.apart,
    };
    let unit = 2f64.powi(20 - i32::from(tile.z));
    let crowded = |groups: &Groups<'a>| {
        let mark = |g: &Vec<(Position, &Item)>| (mean(g.iter().map(|(p, _)| *p)), g.len() > 1);
        groups.iter().enumerate().any(|(i, a)| {
            groups[..i].iter().any(|b| {
                let ((a, a_many), (b, b_many)) = (mark(a), mark(b));
                let (x, y) = (f64::from(a.x) - f64::from(b.x), f64::from(a.y) - f64::from(b.y));
                let quarters = 4.0 + f64::from(u8::from(a_many)) + f64::from(u8::from(b_many));
                x.hypot(y) < (f64::from(apart) * unit * quarters / 4.0).floor()
            })
        })
    };
    let shift = 32 - u32::from(tile.z) - u32::from(side).next_power_of_two().trailing_zeros();
    let cells = |points: Vec<(Position, &'a Item)>, shift: u32| {
        let mut cells: BTreeMap<(u64, u64), Vec<_>> = BTreeMap::new();
        for (p, item) in points {
            cells.entry((u64::from(p.x) >> shift, u64::from(p.y) >> shift)).or_default().push((p, item));
        }
        cells.into_values()
    };
    let of_cell = |cell: Vec<(Position, &'a Item)>| {
        let alone: Groups<'a> = cell.iter().map(|point| vec![*point]).collect();
        if cell.len() > 4 || crowded(&alone) { vec![cell] } else { alone }
    };
    if is_deep {
        return cells(points, shift).flat_map(of_cell).collect();
    }
    cells(points, shift + 1)
        .flat_map(|block| {
            let parts: Groups<'a> = cells(block.clone(), shift).flat_map(of_cell).collect();
            if crowded(&parts) { vec![block] } else { parts }
        })
        .collect()
}

/// Squares that reach well into a tile are drawn in it, and none is that lies outside its buffer.
fn check_shapes(naive: &Naive, tile: &TileContent, filter: &Filter) {
    let unit = (1u64 << (32 - u32::from(tile.coord.z))) / u64::from(EXTENT);
    let mut drawn: BTreeMap<u64, Attributes> = tile.shapes.iter().map(|s| (s.id, s.attributes)).collect();
    assert_eq!(drawn.len(), tile.shapes.len(), "a shape twice");
    for item in passing(naive, filter) {
        let Place::Shape(shape) = &item.place else { continue };
        let (b, t) = (shape.bounds(), tile.coord.bounds());
        let large = u64::from(b.max_x - b.min_x) > 4 * unit;
        let found = drawn.remove(&item.id);
        if b.intersects(t) && large {
            assert_eq!(found, Some(item.attributes), "{b:?} is missing in {:?}", tile.coord);
        }
        if found.is_some() {
            assert!(b.intersects(t.grow((65 * unit.max(1)) as u32)));
        }
    }
    assert!(drawn.is_empty(), "shapes that do not pass are drawn");
}
