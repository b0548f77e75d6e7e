//! Whether polygons are valid (OGC simple features), in about n log n steps.
//!
//! Edges are swept by their western end, so that a coast of ten thousand vertices costs a sort and its few neighbours,
//! not a hundred million comparisons. Only once no two edges cross is it asked which ring lies in which. Not here:
//! putting it right (`mend.rs`). Invariant: what has no fault here can be cut into tiles.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo::dimensions::Dimensions;
use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{Area, BoundingRect, Coord, Line, LineString, MultiPolygon, Polygon, Relate};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::geometry::Fault;

/// A ring by its polygon and its place in it; 0 is the outline.
type Ring = (usize, usize);

struct Edge {
    ring: Ring,
    /// Its place in the ring, among the edges that have a length, and how many of these there are.
    at: usize,
    of: usize,
    line: Line<f64>,
}

/// How two edges meet where they should not.
struct Contact {
    a: Ring,
    b: Ring,
    near: Coord<f64>,
    /// Whether they only touch in a point, which edges of different rings may.
    is_touch: bool,
}

fn rings(polygons: &MultiPolygon<f64>) -> impl Iterator<Item = (Ring, &LineString<f64>)> {
    polygons.0.iter().enumerate().flat_map(|(part, polygon)| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings.enumerate().map(move |(at, ring)| ((part, at), ring))
    })
}

fn edges(polygons: &MultiPolygon<f64>) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (ring, line) in rings(polygons) {
        let first = edges.len();
        let long = line.lines().filter(|line| line.start != line.end);
        edges.extend(long.enumerate().map(|(at, line)| Edge { ring, at, of: 0, line }));
        let of = edges.len() - first;
        edges[first..].iter_mut().for_each(|edge| edge.of = of);
    }
    edges.sort_by(|a, b| west(&a.line).total_cmp(&west(&b.line)));
    edges
}

fn west(line: &Line<f64>) -> f64 {
    line.start.x.min(line.end.x)
}

/// Tells every contact of two edges, until it is told to stop.
fn sweep(edges: &[Edge], mut tell: impl FnMut(Contact) -> ControlFlow<()>) {
    for (index, a) in edges.iter().enumerate() {
        let (east, south, north) = (
            a.line.start.x.max(a.line.end.x),
            a.line.start.y.min(a.line.end.y),
            a.line.start.y.max(a.line.end.y),
        );
        for b in &edges[index + 1..] {
            if west(&b.line) > east {
                break;
            }
            if b.line.start.y.min(b.line.end.y) > north || b.line.start.y.max(b.line.end.y) < south {
                continue;
            }
            if let Some(contact) = contact(a, b)
                && tell(contact).is_break()
            {
                return;
            }
        }
    }
}

fn contact(a: &Edge, b: &Edge) -> Option<Contact> {
    let same_ring = a.ring == b.ring;
    let (near, is_point) = match line_intersection(a.line, b.line)? {
        LineIntersection::Collinear { intersection } => {
            (intersection.start, intersection.start == intersection.end)
        }
        LineIntersection::SinglePoint { intersection, is_proper } => (intersection, !is_proper),
    };
    let gap = a.at.abs_diff(b.at);
    if same_ring && is_point && (gap == 1 || gap + 1 == a.of) {
        return None;
    }
    Some(Contact { a: a.ring, b: b.ring, near, is_touch: is_point && !same_ring })
}

/// Everything wrong with polygons whose coordinates are finite.
pub(crate) fn polygon_faults(polygons: &MultiPolygon<f64>) -> Vec<Fault> {
    if rings(polygons).any(|(_, ring)| distinct(ring) < 3) {
        return vec![Fault::TooFewVertices];
    }
    let mut faults: Vec<Fault> = Vec::new();
    let mut touching: BTreeSet<(Ring, Ring)> = BTreeSet::new();
    sweep(&edges(polygons), |contact| {
        let Contact { a, b, near, is_touch } = contact;
        if is_touch {
            touching.insert((a.min(b), a.max(b)));
            return ControlFlow::Continue(());
        }
        let fault = if a == b {
            Fault::CrossesItself { near: Some((near.x, near.y)) }
        } else if a.0 == b.0 {
            Fault::RingsOverlap
        } else {
            Fault::PolygonsOverlap
        };
        let is_told = |told: &Fault| std::mem::discriminant(told) == std::mem::discriminant(&fault);
        if !faults.iter().any(is_told) {
            faults.push(fault);
        }
        if faults.len() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if faults.is_empty() {
        faults = nesting_faults(polygons, &touching);
    }
    if faults.is_empty() && polygons.0.iter().any(|polygon| polygon.unsigned_area() == 0.0) {
        faults.push(Fault::NoArea);
    }
    faults
}

/// How many pairs of edges cross or touch where they should not, counted up to `most`.
pub(crate) fn contacts(polygons: &MultiPolygon<f64>, most: usize) -> usize {
    let mut count = 0;
    sweep(&edges(polygons), |contact| {
        count += usize::from(!contact.is_touch);
        if count < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    count
}

/// Vertices of a ring that differ, counted up to three.
fn distinct(ring: &LineString<f64>) -> usize {
    let Some(first) = ring.0.first() else { return 0 };
    match ring.0.iter().find(|c| *c != first) {
        None => 1,
        Some(second) if ring.0.iter().any(|c| c != first && c != second) => 3,
        Some(_) => 2,
    }
}

/// What is wrong with which ring lies in which, where no two edges cross.
fn nesting_faults(polygons: &MultiPolygon<f64>, touching: &BTreeSet<(Ring, Ring)>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut tell = |fault: Fault| {
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    };
    let all: Vec<(Ring, &LineString<f64>)> = rings(polygons).collect();
    if all.len() == 1 {
        return faults;
    }
    let boxes = all.iter().enumerate().filter_map(|(at, (_, ring))| {
        let rect = ring.bounding_rect()?;
        let corners = ([rect.min().x, rect.min().y], [rect.max().x, rect.max().y]);
        Some(GeomWithData::new(Rectangle::from_corners(corners.0, corners.1), at))
    });
    let tree: RTree<_> = RTree::bulk_load(boxes.collect());
    for ((part, at), ring) in &all {
        let Some(start) = ring.0.first() else { continue };
        let mut is_in_outline = *at == 0;
        // By other part: whether its outline is around this ring, one of its holes is, and whether they touch.
        let mut others: BTreeMap<usize, (bool, bool, bool)> = BTreeMap::new();
        for near in tree.locate_in_envelope_intersecting(AABB::from_point([start.x, start.y])) {
            let ((other_part, other_at), other) = all[near.data];
            let (this, that) = ((*part, *at), (other_part, other_at));
            if this == that {
                continue;
            }
            let touches = touching.contains(&(this.min(that), this.max(that)));
            let around = !touches && coord_pos_relative_to_ring(*start, other) == CoordPos::Inside;
            if other_part != *part {
                let (outline, hole, touch) = others.entry(other_part).or_default();
                *outline |= around && other_at == 0;
                *hole |= around && other_at > 0;
                *touch |= touches;
            } else if other_at == 0 {
                is_in_outline |= around || touches;
            } else if around {
                tell(if *at > 0 { Fault::RingsOverlap } else { Fault::HoleOutside });
            }
        }
        if !is_in_outline {
            tell(Fault::HoleOutside);
        }
        let lies_on = |(outline, hole, touch): &(bool, bool, bool)| *outline && !hole && !touch;
        if *at == 0 && others.values().any(lies_on) {
            tell(Fault::PolygonsOverlap);
        }
    }
    let mut parts: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (a, b) in touching {
        if a.0 == b.0 {
            touching_rings(polygons, *a, *b).into_iter().for_each(&mut tell);
        } else {
            parts.insert((a.0, b.0));
        }
    }
    for (a, b) in parts {
        if overlap(&polygons.0[a], &polygons.0[b]) {
            tell(Fault::PolygonsOverlap);
        }
    }
    faults
}

fn overlap(a: &Polygon<f64>, b: &Polygon<f64>) -> bool {
    a.relate(b).get(CoordPos::Inside, CoordPos::Inside) == Dimensions::TwoDimensional
}

/// Two rings of one polygon that touch in points.
fn touching_rings(polygons: &MultiPolygon<f64>, a: Ring, b: Ring) -> Option<Fault> {
    let ring = |(part, at): Ring| {
        let polygon = &polygons.0[part];
        let line = if at == 0 { polygon.exterior() } else { &polygon.interiors()[at - 1] };
        Polygon::new(line.clone(), Vec::new())
    };
    if a.1 == 0 {
        (!ring(a).relate(&ring(b)).is_contains()).then_some(Fault::HoleOutside)
    } else {
        overlap(&ring(a), &ring(b)).then_some(Fault::RingsOverlap)
    }
}
