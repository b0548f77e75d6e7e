//! Cutting a drawing for one tile: simplify, clip with a buffer, round to tile units, drop what became nothing.
//!
//! Not here: writing the result as bytes (`features.rs`). Invariant: what comes out obeys the vector tile
//! specification 2.1 — outer rings run clockwise on the screen and holes against them, no ring crosses or touches itself
//! or shares an edge with another, holes lie inside, no ring without area, no repeated vertex, no line of one vertex.

use geo::{Coord, LineString, MapCoordsInPlace, Polygon};

use crate::geometry::Drawn;
use crate::rounding;
use crate::tile::{EXTENT, TileCoord};
use crate::window::Window;

/// A vertex in tile units, x east and y south of the tile's north-west corner.
pub type Vertex = (i32, i32);

/// A drawing cut to a tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TileGeometry {
    /// Lines, each of at least two vertices.
    Lines(Vec<Vec<Vertex>>),
    /// Polygons, each an outer ring followed by its holes; rings are not closed by a repeated vertex.
    Polygons(Vec<Vec<Vec<Vertex>>>),
}

/// How far a simplified vertex may stray, in tile units: an eighth of a pixel on a 512-pixel tile.
const TOLERANCE: f64 = 1.0;

/// Cuts a drawing (world units) to a tile with `buffer` tile units around it; `None` when nothing of it is left.
pub(crate) fn cut(drawn: &Drawn, tile: TileCoord, buffer: u32) -> Option<TileGeometry> {
    cut_on(drawn, tile, buffer, 1)
}

/// [`cut`], in steps of so many units.
pub(crate) fn cut_on(drawn: &Drawn, tile: TileCoord, buffer: u32, step: u32) -> Option<TileGeometry> {
    cut_within(drawn, tile, &Window::around(f64::from(buffer), TOLERANCE), step)
}

/// [`cut_on`], of a drawing that was simplified for the tile's zoom before.
pub(crate) fn cut_simplified(drawn: &Drawn, tile: TileCoord, buffer: u32, step: u32) -> Option<TileGeometry> {
    cut_within(drawn, tile, &Window::around(f64::from(buffer), 0.0), step)
}

fn cut_within(drawn: &Drawn, tile: TileCoord, window: &Window, step: u32) -> Option<TileGeometry> {
    let stepped = |c: Coord<f64>| c / f64::from(step);
    let scale = f64::from(EXTENT) / 2f64.powi(32 - i32::from(tile.z));
    let origin = tile.bounds();
    let (x0, y0) = (f64::from(origin.min_x), f64::from(origin.min_y));
    let local = |line: &LineString<f64>| -> LineString<f64> {
        let vertices = line.0.iter().map(|c| Coord { x: (c.x - x0) * scale, y: (c.y - y0) * scale });
        if window.tolerance > 0.0 { thin(vertices) } else { vertices.collect() }
    };
    match drawn {
        // Shown one by one, as points are.
        Drawn::Points(_) => None,
        Drawn::Lines(lines) => {
            let mut out = Vec::new();
            for line in &lines.0 {
                for mut piece in window.clip_line(&window.simplified(&local(line))) {
                    piece.iter_mut().for_each(|c| *c = stepped(*c));
                    let vertices = rounding::line(&piece);
                    if vertices.len() > 1 {
                        out.push(vertices);
                    }
                }
            }
            (!out.is_empty()).then_some(TileGeometry::Lines(out))
        }
        Drawn::Polygons(polygons) => {
            let mut out = Vec::new();
            for polygon in &polygons.0 {
                let outer = local(polygon.exterior());
                if !window.meets(&outer) {
                    continue;
                }
                let holes = polygon.interiors().iter().map(&local).collect();
                out.extend(window.clip_polygon(&Polygon::new(outer, holes)));
            }
            if step > 1 {
                out.iter_mut().for_each(|polygon: &mut Polygon<f64>| polygon.map_coords_in_place(stepped));
            }
            let out = rounding::polygons(&out);
            (!out.is_empty()).then_some(TileGeometry::Polygons(out))
        }
    }
}

/// Leaves out vertices closer than half a tile unit to the last one kept: seen from far an outline has thousands of
/// these, and simplifying costs ten times as much a vertex. The first and the last vertex stay.
fn thin(vertices: impl ExactSizeIterator<Item = Coord<f64>>) -> LineString<f64> {
    let end = vertices.len();
    let mut kept: Vec<Coord<f64>> = Vec::with_capacity(end);
    for (i, c) in vertices.enumerate() {
        match kept.last() {
            Some(last) if i + 1 < end && (c.x - last.x).abs() < 0.5 && (c.y - last.y).abs() < 0.5 => {}
            _ => kept.push(c),
        }
    }
    LineString::new(kept)
}
