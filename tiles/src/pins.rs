//! Shapes that a tile cannot show as shapes: too small at its zoom, too many, or several points that are one item.
//!
//! Each is shown as a point where it stands, or counted in a cluster with what shares its cell of the grid. Not here:
//! which shapes these are (`shapes.rs`). Invariant: an item that is given here is in `points` or counted in a cluster;
//! in one cell it is counted once.

use std::collections::BTreeMap;

use crate::content::{Cluster, PointFeature, TileOptions};
use crate::filter::COLUMNS;
use crate::tile::{Bounds, Position, TileCoord};

/// Adds pins to the points and clusters of a tile.
pub(crate) fn add(
    pins: Vec<PointFeature>,
    tile: TileCoord,
    options: &TileOptions,
    points: &mut Vec<PointFeature>,
    clusters: &mut Vec<Cluster>,
) {
    if pins.is_empty() {
        return;
    }
    let shift = 32 - (u32::from(tile.z) + options.grid_bits(tile.z)).min(32);
    let cell = |at: Position| (at.y.checked_shr(shift).unwrap_or(0), at.x.checked_shr(shift).unwrap_or(0));
    let mut cells: BTreeMap<(u32, u32), Vec<PointFeature>> = BTreeMap::new();
    for pin in pins {
        let held = cells.entry(cell(pin.position)).or_default();
        if held.iter().all(|other| other.id != pin.id) {
            held.push(pin);
        }
    }
    let here: BTreeMap<(u32, u32), usize> =
        clusters.iter().enumerate().map(|(at, cluster)| (cell(cluster.position), at)).collect();
    for (key, held) in cells {
        match (here.get(&key).and_then(|at| clusters.get_mut(*at)), held.as_slice()) {
            (None, [one]) => points.push(*one),
            (Some(cluster), _) => held.iter().for_each(|pin| count(cluster, pin, tile, options)),
            (None, _) => clusters.push(cluster(&held, tile, options)),
        }
    }
}

fn cluster(held: &[PointFeature], tile: TileCoord, options: &TileOptions) -> Cluster {
    let mean = |axis: fn(&Position) -> u32| {
        let sum: u64 = held.iter().map(|pin| u64::from(axis(&pin.position))).sum();
        u32::try_from(sum / held.len().max(1) as u64).unwrap_or(u32::MAX)
    };
    let position = Position { x: mean(|p| p.x), y: mean(|p| p.y) };
    let mut cluster = Cluster {
        position,
        count: 0,
        score: 0,
        bounds: Bounds::from(position),
        breakdown: Vec::new(),
        ids: Vec::new(),
    };
    held.iter().for_each(|pin| count(&mut cluster, pin, tile, options));
    cluster
}

fn count(cluster: &mut Cluster, pin: &PointFeature, tile: TileCoord, options: &TileOptions) {
    cluster.count += 1;
    cluster.score += i64::from(pin.attributes.score);
    cluster.bounds = cluster.bounds.union(Bounds::from(pin.position));
    for column in (0..COLUMNS).filter(|&column| options.breakdown[column]) {
        let key = (column, pin.attributes.codes[column]);
        match cluster.breakdown.binary_search_by_key(&key, |&(column, code, _)| (column, code)) {
            Ok(at) => cluster.breakdown[at].2 += 1,
            Err(at) => cluster.breakdown.insert(at, (key.0, key.1, 1)),
        }
    }
    if tile.z >= options.deepest_zoom && cluster.ids.len() < options.listed_ids {
        cluster.ids.push(pin.id);
    }
}
