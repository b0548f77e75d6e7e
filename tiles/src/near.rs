//! What lies near a position: the nearest few, or everything within a distance.
//!
//! Distances are great circles in metres (haversine); a search on the map plane finds candidates, with a reach in map
//! units that can only be too large ([`crate::tile::reach`]). Not here: shortest ways across the antimeridian.
//! Invariant: equal to measuring the distance to every item.

use crate::chunk::Chunk;
use crate::filter::Filter;
use crate::plan::{Verdict, plan};
use crate::scan::IN;
use crate::snapshot::Snapshot;
use crate::tile::{Bounds, Position, reach};

/// An item and its distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Id of the item.
    pub id: u64,
    /// Distance in metres; 0 inside a polygon.
    pub metres: f64,
}

/// A square around a position that holds everything within `units` of it.
fn square(position: Position, units: f64) -> Bounds {
    // `as` saturates, and the bounds are cut at the edge of the world.
    Bounds::from(position).grow(units.ceil() as u32)
}

pub(crate) fn within(snapshot: &Snapshot, position: Position, metres: f64, filter: &Filter) -> Vec<Near> {
    let (lon, lat) = position.lon_lat();
    let bounds = square(position, reach(lat, metres));
    let mut found = Vec::new();
    let mut mask = Vec::new();
    for near in snapshot.boxes.tree().locate_in_envelope_intersecting(crate::shapes::envelope(bounds)) {
        let chunk = &*snapshot.points.chunks()[near.data];
        for_each_passing(chunk, filter, Some(&bounds), &mut mask, |at| {
            let distance = chunk.position(at).metres_to(position);
            found.push(Near { id: chunk.geometry.id[at], metres: distance });
        });
    }
    for entry in snapshot.shapes.meeting(bounds).filter(|entry| filter.accepts(entry.id, &entry.attributes)) {
        found.push(Near { id: entry.id, metres: entry.shape.metres_to(lon, lat) });
    }
    found.retain(|near| near.metres <= metres);
    sort(&mut found);
    found
}

pub(crate) fn nearest(snapshot: &Snapshot, position: Position, k: usize, filter: &Filter) -> Vec<Near> {
    if k == 0 {
        return Vec::new();
    }
    let (lon, lat) = position.lon_lat();
    let (x, y) = (f64::from(position.x), f64::from(position.y));
    let mut best = Best { k, found: Vec::new() };
    let first_limit = first_limit(snapshot, position, k, filter);
    let mut mask = Vec::new();
    let mut by_distance: Vec<(f64, usize)> = Vec::new();

    for (near, distance2) in snapshot.boxes.tree().nearest_neighbor_iter_with_distance_2([x, y]) {
        let limit = best.limit().or(first_limit).map(|metres| reach(lat, metres));
        if limit.is_some_and(|limit| distance2.sqrt() > limit) {
            break;
        }
        let chunk = &*snapshot.points.chunks()[near.data];
        let bounds = limit.map(|limit| square(position, limit));
        // Measuring on the sphere is slow: order the rows on the plane first, and go outwards until even the
        // smallest distance on the sphere that the plane allows is too far.
        by_distance.clear();
        for_each_passing(chunk, filter, bounds.as_ref(), &mut mask, |at| {
            let p = chunk.position(at);
            by_distance.push(((f64::from(p.x) - x).hypot(f64::from(p.y) - y), at));
        });
        if by_distance.len() > 4 * k {
            // The k nearest on the plane give a first limit; most others then drop out unmeasured.
            by_distance.select_nth_unstable_by(k - 1, |a, b| a.0.total_cmp(&b.0));
        }
        let mut limit = f64::INFINITY;
        for (i, &(units, at)) in by_distance.iter().enumerate() {
            if i >= k && units > limit {
                continue;
            }
            best.offer(Near { id: chunk.geometry.id[at], metres: chunk.position(at).metres_to(position) });
            if i + 1 >= k
                && let Some(metres) = best.limit()
            {
                limit = reach(lat, metres);
            }
        }
    }
    for (distance, entry) in snapshot.shapes.outwards(x, y) {
        if best.limit().is_some_and(|metres| distance > reach(lat, metres)) {
            break;
        }
        if filter.accepts(entry.id, &entry.attributes) {
            best.offer(Near { id: entry.id, metres: entry.shape.metres_to(lon, lat) });
        }
    }
    best.found
}

/// A distance within which `k` items lie for certain: that of the k-th nearest among the rows beside the position on
/// the Z-order curve. `None` when too few of these pass.
fn first_limit(snapshot: &Snapshot, position: Position, k: usize, filter: &Filter) -> Option<f64> {
    let key = position.z_order();
    let chunk = &**snapshot.points.chunks().get(snapshot.points.home((key, 0)))?;
    let at = chunk.lower_bound(key, 0, chunk.len());
    let beside = at.saturating_sub(k + BESIDE)..(at + k + BESIDE).min(chunk.len());
    let mut best = Best { k, found: Vec::new() };
    // A way across the antimeridian is no limit: the search on the plane would not find where it leads.
    let this_side = |&row: &usize| chunk.position(row).x.abs_diff(position.x) <= 1 << 31;
    for row in
        beside.filter(this_side).filter(|&row| filter.accepts(chunk.geometry.id[row], &chunk.attributes(row)))
    {
        best.offer(Near { id: chunk.geometry.id[row], metres: chunk.position(row).metres_to(position) });
    }
    best.limit()
}

/// Rows looked at on either side of a position for a first limit, besides as many as are asked for.
const BESIDE: usize = 24;

fn for_each_passing(
    chunk: &Chunk,
    filter: &Filter,
    bounds: Option<&Bounds>,
    mask: &mut Vec<u8>,
    mut each: impl FnMut(usize),
) {
    match plan(filter, bounds, chunk) {
        Verdict::Nothing => {}
        Verdict::Everything => (0..chunk.len()).for_each(each),
        Verdict::Some(test) => {
            // On the curve, everything within bounds lies between their north-western and south-eastern corners.
            let rows = bounds.map_or(0..chunk.len(), |b| {
                let low = Position { x: b.min_x, y: b.min_y }.z_order();
                let high = Position { x: b.max_x, y: b.max_y }.z_order();
                let from = chunk.lower_bound(low, 0, chunk.len());
                let end = high.checked_add(1);
                from..end.map_or(chunk.len(), |end| chunk.lower_bound(end, from, chunk.len()))
            });
            test.mask(chunk, rows.clone(), mask);
            for (at, _) in rows.zip(&*mask).filter(|&(_, &m)| m == IN) {
                each(at);
            }
        }
    }
}

fn sort(found: &mut [Near]) {
    found.sort_unstable_by(|a, b| a.metres.total_cmp(&b.metres).then(a.id.cmp(&b.id)));
}

/// The k nearest so far, in order.
struct Best {
    k: usize,
    found: Vec<Near>,
}

impl Best {
    /// Distance beyond which nothing can be among them.
    fn limit(&self) -> Option<f64> {
        if self.found.len() < self.k { None } else { self.found.last().map(|near| near.metres) }
    }

    fn offer(&mut self, near: Near) {
        let order = |other: &Near| other.metres.total_cmp(&near.metres).then(other.id.cmp(&near.id));
        let at = self.found.partition_point(|other| order(other).is_lt());
        if at < self.k {
            self.found.insert(at, near);
            self.found.truncate(self.k);
        }
    }
}
