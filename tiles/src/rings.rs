//! Whether rings of whole numbers are in order: what the vector tile specification 2.1 and OGC simple features ask of them.
//!
//! It is the cheap half of `rounding.rs`: nearly every outline is in order, and this says so in less time than a repair.
//! Rings that meet in a point only may be valid; they are not called in order, so that the repair decides. Invariant: what
//! is called in order is valid.

use crate::clip::Vertex;
use crate::rounding::Rings;

/// Whether no edge of these polygons meets another, but the next of its ring, and every hole lies in its outline, outside
/// the other holes, and every outline outside the other polygons.
pub(crate) fn are_in_order(polygons: &[Rings]) -> bool {
    !any_edges(polygons, meet) && holes_lie_inside(polygons) && are_apart(polygons)
}

/// Whether no edges cross or run along each other, and no ring touches itself: what is left to do for the library that put
/// these rings together, which knows what is inside of what. Different rings may touch.
pub(crate) fn are_free_of_crossings(polygons: &[Rings]) -> bool {
    !any_edges(polygons, |a, b| if a.ring == b.ring { meet(a, b) } else { cross(a, b) })
}

struct Edge {
    low: Vertex,
    high: Vertex,
    from: Vertex,
    to: Vertex,
    /// Of its ring; and its place in it, counted over all rings.
    ring: usize,
    at: usize,
    of: usize,
}

/// Whether this is so of any two edges whose boxes meet.
fn any_edges(polygons: &[Rings], is_so: impl Fn(&Edge, &Edge) -> bool) -> bool {
    let mut edges = Vec::new();
    for (ring, vertices) in polygons.iter().flatten().enumerate() {
        for (at, (&from, &to)) in vertices.iter().zip(vertices.iter().cycle().skip(1)).enumerate() {
            let low = (from.0.min(to.0), from.1.min(to.1));
            let high = (from.0.max(to.0), from.1.max(to.1));
            edges.push(Edge { low, high, from, to, ring, at, of: vertices.len() });
        }
    }
    edges.sort_unstable_by_key(|edge| edge.low);
    edges.iter().enumerate().any(|(at, edge)| {
        // Sorted from west to east: those that begin east of its end do not meet it.
        let near = edges[at + 1..].iter().take_while(|other| other.low.0 <= edge.high.0);
        near.filter(|other| other.low.1 <= edge.high.1 && other.high.1 >= edge.low.1)
            .any(|other| is_so(edge, other))
    })
}

/// Whether two edges have a place in common, beside the vertex that an edge and the next of its ring share.
fn meet(a: &Edge, b: &Edge) -> bool {
    if a.ring == b.ring {
        let follows = |a: &Edge, b: &Edge| (a.at + 1) % a.of == b.at;
        if follows(a, b) {
            return lies_on(b.to, a) || lies_on(a.from, b);
        }
        if follows(b, a) {
            return lies_on(a.to, b) || lies_on(b.from, a);
        }
    }
    let (a_from, a_to) = (side(b, a.from), side(b, a.to));
    let (b_from, b_to) = (side(a, b.from), side(a, b.to));
    if a_from == 0 && a_to == 0 {
        // On one line, and their boxes meet.
        return true;
    }
    a_from * a_to <= 0 && b_from * b_to <= 0
}

/// Whether two edges go through each other, or along each other.
fn cross(a: &Edge, b: &Edge) -> bool {
    let (a_from, a_to) = (side(b, a.from), side(b, a.to));
    if a_from == 0 && a_to == 0 {
        // Of edges on one line, along the axis that they are longer on.
        let overlap = |axis: fn(Vertex) -> i32| axis(a.high).min(axis(b.high)) > axis(a.low).max(axis(b.low));
        return overlap(|v| v.0) || overlap(|v| v.1);
    }
    a_from * a_to < 0 && side(a, b.from) * side(a, b.to) < 0
}

/// Left of an edge, right of it, or on its line.
fn side(edge: &Edge, place: Vertex) -> i64 {
    let along = |a: i32, b: i32| i64::from(b) - i64::from(a);
    let (dx, dy) = (along(edge.from.0, edge.to.0), along(edge.from.1, edge.to.1));
    (dx * along(edge.from.1, place.1) - dy * along(edge.from.0, place.0)).signum()
}

fn lies_on(place: Vertex, edge: &Edge) -> bool {
    side(edge, place) == 0
        && (edge.low.0..=edge.high.0).contains(&place.0)
        && (edge.low.1..=edge.high.1).contains(&place.1)
}

/// Of rings that do not meet, one vertex tells where a whole ring lies.
fn holes_lie_inside(polygons: &[Rings]) -> bool {
    polygons.iter().all(|polygon| {
        let Some((outer, holes)) = polygon.split_first() else { return true };
        holes.iter().enumerate().all(|(at, hole)| {
            let others = holes.iter().enumerate().filter(|&(other, _)| other != at);
            encloses(outer, hole[0]) && !others.into_iter().any(|(_, other)| encloses(other, hole[0]))
        })
    })
}

fn are_apart(polygons: &[Rings]) -> bool {
    let fills = |polygon: &Rings, place| {
        let around = polygon.iter().filter(|ring| encloses(ring, place));
        around.count() % 2 == 1
    };
    let pairs = polygons.iter().enumerate().flat_map(|(at, a)| {
        polygons.iter().enumerate().filter(move |&(other, _)| other != at).map(move |(_, b)| (a, b))
    });
    pairs.into_iter().all(|(a, b)| b.first().is_none_or(|outer| !fills(a, outer[0])))
}

/// Whether a ring goes around a place that is not on it: a ray to the east crosses it an odd number of times.
fn encloses(ring: &[Vertex], place: Vertex) -> bool {
    let mut inside = false;
    for (&a, &b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        if (a.1 > place.1) != (b.1 > place.1) {
            let along = |p: i32, q: i32| i64::from(q) - i64::from(p);
            let turn = along(a.0, b.0) * along(a.1, place.1) - along(a.1, b.1) * along(a.0, place.0);
            // Left of an edge that runs south is east of it.
            inside ^= (turn < 0) == (b.1 > a.1) && turn != 0;
        }
    }
    inside
}

/// Twice the signed area by the surveyor's formula; 128 bits hold it for any vertices that a decoder may meet.
pub(crate) fn doubled_area(ring: &[Vertex]) -> i128 {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(a, b)| i128::from(a.0) * i128::from(b.1) - i128::from(b.0) * i128::from(a.1))
        .sum()
}
