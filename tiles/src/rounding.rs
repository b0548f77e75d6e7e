//! Pieces of a drawing in whole tile units. Rounding may fold what was valid: thin parts become spikes, near edges cross or
//! meet, a hole slips out of its outline. What is still valid is only looked at; what is not is put together anew.
//!
//! Not here: clipping (`window.rs`), whether rings are in order (`rings.rs`). Invariant: see `clip.rs`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use geo::{Coord, LineString, Polygon};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{ContourDirection, IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;

use crate::clip::Vertex;
use crate::rings::{are_free_of_crossings, are_in_order, doubled_area};

/// How often crossings are cut. Random outlines needed two rounds at most.
const MOST_ROUNDS: usize = 4;

/// A polygon: its outer ring, then its holes; not closed by a repeated vertex.
pub(crate) type Rings = Vec<Vec<Vertex>>;

/// To the nearest vertex. Shifted to be positive, where casting rounds down: without SSE 4.1, which builds for any
/// processor do not count on, `f64::round` and `f64::floor` are calls.
fn round(c: &Coord<f64>) -> Vertex {
    const SHIFT: i32 = 1 << 20;
    let nearest = |v: f64| (v + f64::from(SHIFT) + 0.5) as i32 - SHIFT;
    (nearest(c.x), nearest(c.y))
}

pub(crate) fn line(line: &[Coord<f64>]) -> Vec<Vertex> {
    let mut vertices: Vec<Vertex> = line.iter().map(round).collect();
    vertices.dedup();
    vertices
}

/// Polygons of one drawing in whole tile units; those that enclose nothing there are left out.
pub(crate) fn polygons(pieces: &[Polygon<f64>]) -> Vec<Rings> {
    let rounded: Vec<Rings> = pieces.iter().filter_map(polygon).collect();
    if are_in_order(&rounded) {
        return rounded;
    }
    put_in_order(&rounded).unwrap_or_else(|mut polygons| {
        polygons.retain(|polygon| are_free_of_crossings(std::slice::from_ref(polygon)));
        polygons
    })
}

/// Several drawings as one: what they cover together. `None` where that cannot be put in order.
pub(crate) fn together(drawings: &[Rings]) -> Option<Vec<Rings>> {
    if are_in_order(drawings) {
        return Some(drawings.to_vec());
    }
    put_in_order(drawings).ok().filter(|polygons| !polygons.is_empty())
}

/// `None` when its outline encloses nothing.
fn polygon(piece: &Polygon<f64>) -> Option<Rings> {
    let mut rings = vec![ring(piece.exterior(), Turn::Clockwise)?];
    rings.extend(piece.interiors().iter().filter_map(|hole| ring(hole, Turn::Counter)));
    Some(rings)
}

/// Each outline without its holes, then all of them together. Where edges cross between whole numbers, the crossing is
/// rounded, which may make edges meet that did not: once more then. An error is what is still not in order.
fn put_in_order(rounded: &[Rings]) -> Result<Vec<Rings>, Vec<Rings>> {
    let mut polygons = rounded.to_vec();
    for _ in 0..MOST_ROUNDS {
        let apart: Vec<Rings> = polygons.iter().flat_map(without_holes).collect();
        polygons = overlaid(apart.iter().flatten(), [].iter(), OverlayRule::Subject);
        if are_free_of_crossings(&polygons) {
            return Ok(polygons);
        }
    }
    Err(polygons)
}

fn without_holes(polygon: &Rings) -> Vec<Rings> {
    let Some((outer, holes)) = polygon.split_first() else { return Vec::new() };
    overlaid([outer].into_iter(), holes.iter(), OverlayRule::Difference)
}

fn overlaid<'a>(
    these: impl Iterator<Item = &'a Vec<Vertex>>,
    those: impl Iterator<Item = &'a Vec<Vertex>>,
    rule: OverlayRule,
) -> Vec<Rings> {
    let options = IntOverlayOptions {
        // With y down, what is counter-clockwise to the library is clockwise on the screen.
        output_direction: ContourDirection::CounterClockwise,
        ..IntOverlayOptions::ogc()
    };
    let mut overlay = Overlay::new_custom(64, options, Default::default());
    let points =
        |ring: &Vec<Vertex>| -> Vec<IntPoint> { ring.iter().map(|&(x, y)| IntPoint::new(x, y)).collect() };
    these.for_each(|ring| overlay.add_contour(&points(ring), ShapeType::Subject));
    those.for_each(|ring| overlay.add_contour(&points(ring), ShapeType::Clip));
    // Over some tangles it ends in a panic of its own: what cannot be put in order is left out.
    let shapes =
        catch_unwind(AssertUnwindSafe(|| overlay.overlay(rule, FillRule::NonZero))).unwrap_or_default();
    let vertices =
        |contour: &Vec<IntPoint>| contour.iter().map(|point| (point.x, point.y)).collect::<Vec<_>>();
    shapes
        .iter()
        .filter_map(|shape| {
            let mut rings = shape.iter();
            let mut polygon = vec![tidy(vertices(rings.next()?), Turn::Clockwise)?];
            polygon.extend(rings.filter_map(|hole| tidy(vertices(hole), Turn::Counter)));
            Some(polygon)
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Turn {
    Clockwise,
    Counter,
}

fn ring(ring: &LineString<f64>, turn: Turn) -> Option<Vec<Vertex>> {
    tidy(ring.0.iter().map(round), turn)
}

/// Without spikes and vertices that add nothing, turned as asked; `None` when it encloses nothing.
fn tidy(ring: impl IntoIterator<Item = Vertex>, turn: Turn) -> Option<Vec<Vertex>> {
    let mut vertices: Vec<Vertex> = Vec::new();
    for vertex in ring {
        // Rounding folds thin parts into spikes that go out and come straight back: take them off as they appear.
        while vertices.last() == Some(&vertex) || is_spike(&vertices, vertex) {
            vertices.pop();
        }
        vertices.push(vertex);
    }
    loop {
        match vertices.as_slice() {
            [first, .., last] if first == last => {
                vertices.pop();
            }
            [first, .., before, last] if between(*before, *last, *first) => {
                vertices.pop();
            }
            [first, second, .., last] if between(*last, *first, *second) => {
                vertices.remove(0);
            }
            _ => break,
        }
    }
    if vertices.len() < 3 {
        return None;
    }
    let area = doubled_area(&vertices);
    match area {
        0 => return None,
        // Positive by the surveyor's formula with y down is clockwise on the screen.
        1.. if turn == Turn::Counter => vertices.reverse(),
        ..0 if turn == Turn::Clockwise => vertices.reverse(),
        _ => {}
    }
    Some(vertices)
}

fn is_spike(vertices: &[Vertex], next: Vertex) -> bool {
    matches!(vertices, [.., before, last] if between(*before, *last, next))
}

/// Whether a, b, c lie on one line: b then adds nothing, be it on the way or the tip of a spike.
fn between(a: Vertex, b: Vertex, c: Vertex) -> bool {
    let side = |p: i32, q: i32| i64::from(q) - i64::from(p);
    side(a.0, b.0) * side(a.1, c.1) == side(a.0, c.0) * side(a.1, b.1)
}
