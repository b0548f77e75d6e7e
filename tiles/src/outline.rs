//! A drawing of a context in several degrees of detail: seen from far an outline needs few of its vertices.
//!
//! Built once, from the finest zoom to the widest, each version from the one before; only versions that save a third of
//! the vertices are kept, so that all of them together take at most three times the memory of the drawing. Not here:
//! cutting (`clip.rs`). Invariant: a version for zoom z strays from the drawing by at most one tile unit of z, the same
//! as simplifying it for the tile would; neighbours simplified apart from each other thus leave gaps of two units, a
//! quarter of a pixel.

use geo::{BoundingRect, CoordsIter, LineString, MultiLineString, MultiPolygon, Polygon, Simplify};

use crate::clip::{self, TileGeometry};
use crate::geometry::Drawn;
use crate::tile::{EXTENT, TileCoord};

/// Finest zoom with a version of its own: beyond it a tile holds few outlines.
const FINEST: u8 = 15;
/// Drawings with at most this many vertices are cheap enough as they are.
const SMALL: usize = 32;

/// See the module's text.
#[derive(Debug)]
pub(crate) struct Outline {
    full: Drawn,
    /// (zoom, version), from the finest to the widest.
    versions: Vec<(u8, Drawn)>,
}

impl Outline {
    /// From a drawing in units of the world square.
    pub(crate) fn new(full: Drawn) -> Self {
        let mut versions: Vec<(u8, Drawn)> = Vec::new();
        for z in (0..=FINEST).rev() {
            let finer = versions.last().map_or(&full, |(_, drawn)| drawn);
            let vertices = vertices(finer);
            if vertices <= SMALL {
                break;
            }
            // Half a unit here, a quarter of this unit one zoom finer, and so on: one unit together.
            let unit = 2f64.powi(32 - i32::from(z)) / f64::from(EXTENT);
            let coarser = simplify(finer, unit / 2.0);
            if 3 * self::vertices(&coarser) <= 2 * vertices {
                versions.push((z, coarser));
            }
        }
        Self { full, versions }
    }

    /// The part in a tile; see [`clip::cut`].
    pub(crate) fn cut(&self, tile: TileCoord, buffer: u32) -> Option<TileGeometry> {
        match self.versions.iter().rev().find(|&&(zoom, _)| zoom >= tile.z) {
            Some((zoom, version)) if *zoom == tile.z => clip::cut_simplified(version, tile, buffer),
            Some((_, finer)) => clip::cut(finer, tile, buffer),
            None => clip::cut(&self.full, tile, buffer),
        }
    }

    /// Vertices of the drawing, and of all versions together.
    #[cfg(test)]
    fn vertices(&self) -> (usize, usize) {
        (vertices(&self.full), self.versions.iter().map(|(_, version)| vertices(version)).sum())
    }
}

fn vertices(drawn: &Drawn) -> usize {
    match drawn {
        Drawn::Lines(lines) => lines.coords_count(),
        Drawn::Polygons(polygons) => polygons.coords_count(),
    }
}

/// Ramer (1972), Douglas and Peucker (1973); parts smaller than the tolerance are left out.
fn simplify(drawn: &Drawn, tolerance: f64) -> Drawn {
    let seen = |line: &LineString<f64>| {
        let rect = line.bounding_rect();
        rect.is_some_and(|rect| rect.width() >= tolerance || rect.height() >= tolerance)
    };
    match drawn {
        Drawn::Lines(lines) => Drawn::Lines(MultiLineString::new(
            lines.0.iter().filter(|line| seen(line)).map(|line| line.simplify(tolerance)).collect(),
        )),
        Drawn::Polygons(polygons) => Drawn::Polygons(MultiPolygon::new(
            polygons
                .0
                .iter()
                .filter(|polygon| seen(polygon.exterior()))
                .map(|polygon| {
                    let holes = polygon.interiors().iter().filter(|hole| seen(hole)).cloned().collect();
                    Polygon::new(polygon.exterior().clone(), holes).simplify(tolerance)
                })
                .collect(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Coord;

    fn ring(vertices: u32, radius: f64) -> LineString<f64> {
        let middle = f64::from(1u32 << 31);
        (0..vertices)
            .map(|k| {
                let turn = f64::from(k) / f64::from(vertices) * std::f64::consts::TAU;
                // Every other vertex stands out a little, as digitised outlines do.
                let radius = radius * (1.0 + f64::from(k % 2) * 0.000_2);
                Coord { x: middle + 9e5 + radius * turn.cos(), y: middle - 7e5 + radius * turn.sin() }
            })
            .collect()
    }

    #[test]
    fn an_outline_seen_from_far_has_few_vertices_and_little_memory() {
        let hole = ring(300, 900.0);
        let full = Drawn::Polygons(MultiPolygon::new(vec![Polygon::new(ring(3_000, 300_000.0), vec![hole])]));
        let outline = Outline::new(full);
        let (all, versions) = outline.vertices();
        assert!(versions > 0 && versions <= 2 * all, "{versions} of {all}");
        let at = |z: u8| outline.versions.iter().rev().find(|(zoom, _)| *zoom >= z).map(|(_, drawn)| drawn);
        let Some(Drawn::Polygons(far)) = at(4) else { unreachable!("a version for z4") };
        assert!(far.coords_count() < 100 && far.0[0].interiors().is_empty(), "{far:?}");
        assert!(Outline::new(Drawn::Lines(MultiLineString::new(vec![ring(20, 3e5)]))).versions.is_empty());
    }

    #[test]
    fn no_vertex_of_a_version_or_of_the_drawing_is_a_unit_from_the_other() {
        use geo::{Distance, Euclidean, Point};
        let drawn = ring(3_000, 300_000.0);
        let outline = Outline::new(Drawn::Lines(MultiLineString::new(vec![drawn.clone()])));
        assert!(outline.versions.len() > 1);
        for (z, version) in &outline.versions {
            let Drawn::Lines(version) = version else { unreachable!("lines stay lines") };
            let unit = 2f64.powi(32 - i32::from(*z)) / f64::from(EXTENT);
            let strays = |a: &LineString<f64>, b: &LineString<f64>| {
                a.0.iter().map(|c| Euclidean.distance(&Point::from(*c), b)).fold(0.0, f64::max)
            };
            for line in &version.0 {
                assert!(strays(line, &drawn) <= unit && strays(&drawn, line) <= unit, "z{z}");
            }
        }
    }
}
