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

#[derive(Clone, Copy)]
struct Edge {
    from: Vertex,
    to: Vertex,
    /// Of its ring; its place among the edges of all rings, and that of the one that goes on where it ends.
    ring: u32,
    at: u32,
    next: u32,
}

impl Edge {
    fn west(&self) -> i32 {
        self.from.0.min(self.to.0)
    }

    fn east(&self) -> i32 {
        self.from.0.max(self.to.0)
    }

    fn north(&self) -> i32 {
        self.from.1.min(self.to.1)
    }

    fn south(&self) -> i32 {
        self.from.1.max(self.to.1)
    }
}

/// Whether this is so of any two edges whose boxes meet.
fn any_edges(polygons: &[Rings], is_so: impl Fn(&Edge, &Edge) -> bool) -> bool {
    let edges = from_west_to_east(polygons);
    edges.iter().enumerate().any(|(at, edge)| {
        let (east, north, south) = (edge.east(), edge.north(), edge.south());
        // Those that begin east of its end do not meet it.
        let near = edges[at + 1..].iter().take_while(|other| other.west() <= east);
        near.filter(|other| other.north() <= south && other.south() >= north).any(|other| is_so(edge, other))
    })
}

/// The edges of every ring, by their western ends. Numbers of 64 bits are sorted, not edges: half the time.
fn from_west_to_east(polygons: &[Rings]) -> Vec<Edge> {
    let count = polygons.iter().flatten().map(Vec::len).sum();
    let mut edges: Vec<Edge> = Vec::with_capacity(count);
    let mut order: Vec<u64> = Vec::with_capacity(count);
    for (ring, vertices) in (0..).zip(polygons.iter().flatten()) {
        let first = edges.len() as u32;
        for (&from, &to) in vertices.iter().zip(vertices.iter().cycle().skip(1)) {
            let at = edges.len() as u32;
            let edge = Edge { from, to, ring, at, next: at + 1 };
            // Shifted to be positive, so that it sorts as it is.
            let west = edge.west().wrapping_sub(i32::MIN) as u32;
            order.push(u64::from(west) << 32 | u64::from(at));
            edges.push(edge);
        }
        if let Some(last) = edges.last_mut() {
            last.next = first;
        }
    }
    order.sort_unstable();
    order.into_iter().map(|key| edges[key as u32 as usize]).collect()
}

/// Whether two edges have a place in common, beside the vertex that an edge and the next of its ring share.
fn meet(a: &Edge, b: &Edge) -> bool {
    if a.next == b.at {
        return lies_on(b.to, a) || lies_on(a.from, b);
    }
    if b.next == a.at {
        return lies_on(a.to, b) || lies_on(b.from, a);
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
        return a.east().min(b.east()) > a.west().max(b.west())
            || a.south().min(b.south()) > a.north().max(b.north());
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
        && (edge.west()..=edge.east()).contains(&place.0)
        && (edge.north()..=edge.south()).contains(&place.1)
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
