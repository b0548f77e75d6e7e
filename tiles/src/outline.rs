//! A drawing of a context in all degrees of detail: seen from far an outline needs few of its vertices.
//!
//! Simplified once, from the finest zoom to the widest, each time what the zoom before left; so every vertex only needs
//! to know from which zoom on it is drawn. Where half of the vertices are gone, the others are kept as a version of
//! their own, so that a tile seen from far does not walk over all. With the first version, which has all vertices,
//! these take at most twice the memory of the drawing besides itself. Not here: cutting (`clip.rs`). Invariant: what is
//! drawn at a zoom strays from the drawing by less than two tile units; neighbours, simplified apart from each other,
//! thus leave gaps below four units, half a pixel on a 512-pixel tile.

use geo::{BoundingRect, CoordsIter, LineString, MultiLineString, MultiPolygon, Polygon, SimplifyIdx};

use crate::clip::{self, TileGeometry};
use crate::geometry::Drawn;
use crate::tile::{EXTENT, TileCoord};

/// Finest zoom that is prepared: beyond it a tile holds few outlines.
const FINEST: u8 = 15;
/// Drawings with at most this many vertices are cheap enough as they are.
const SMALL: usize = 32;

/// See the module's text.
#[derive(Debug)]
pub(crate) struct Outline {
    full: Drawn,
    /// From the finest to the widest; none of a small drawing. The first has the vertices of `full`.
    versions: Vec<Version>,
}

/// The vertices that are drawn at some zoom.
#[derive(Debug)]
struct Version {
    finest: u8,
    /// The parts of the drawing, in its order: a line, or a polygon's rings.
    parts: Vec<Vec<Line>>,
}

/// A line or ring.
#[derive(Debug, Clone)]
struct Line {
    vertices: LineString<f64>,
    /// For each vertex the widest zoom that draws it.
    from: Vec<u8>,
}

impl Outline {
    /// From a drawing in units of the world square.
    pub(crate) fn new(full: Drawn) -> Self {
        let mut versions = Vec::new();
        if vertices(&full) > SMALL {
            let parts = match &full {
                Drawn::Points(_) => return Self { full, versions },
                Drawn::Lines(lines) => lines.0.iter().map(|line| vec![Line::new(line)]).collect(),
                Drawn::Polygons(polygons) => polygons
                    .0
                    .iter()
                    .map(|p| std::iter::once(p.exterior()).chain(p.interiors()).map(Line::new).collect())
                    .collect(),
            };
            let mut finest = Version { finest: FINEST, parts };
            for z in (0..FINEST).rev() {
                if 2 * finest.count(z) <= finest.count(finest.finest) {
                    let wider = finest.at(z);
                    versions.push(std::mem::replace(&mut finest, wider));
                }
            }
            versions.push(finest);
        }
        Self { full, versions }
    }

    /// The part in a tile; see [`clip::cut_on`].
    pub(crate) fn cut(&self, tile: TileCoord, buffer: u32, step: u32) -> Option<TileGeometry> {
        match self.version(tile.z) {
            Some(version) => clip::cut_simplified(&self.drawn(version, tile.z), tile, buffer, step),
            None => clip::cut_on(&self.full, tile, buffer, step),
        }
    }

    /// The smallest version with all vertices of a zoom.
    fn version(&self, z: u8) -> Option<&Version> {
        self.versions.iter().rev().find(|version| version.finest >= z)
    }

    /// A version's drawing at a zoom.
    fn drawn(&self, version: &Version, z: u8) -> Drawn {
        let parts = version.parts.iter();
        match &self.full {
            Drawn::Points(points) => Drawn::Points(points.clone()),
            Drawn::Lines(_) => {
                Drawn::Lines(MultiLineString::new(parts.flatten().filter_map(|line| line.at(z)).collect()))
            }
            Drawn::Polygons(_) => Drawn::Polygons(MultiPolygon::new(
                parts
                    .filter_map(|rings| {
                        let (outer, holes) = rings.split_first()?;
                        Some(Polygon::new(outer.at(z)?, holes.iter().filter_map(|hole| hole.at(z)).collect()))
                    })
                    .collect(),
            )),
        }
    }
}

impl Version {
    fn count(&self, z: u8) -> usize {
        let lines = self.parts.iter().flatten();
        lines.map(|line| line.from.iter().filter(|&&from| from <= z).count()).sum()
    }

    /// What is drawn at `z` and wider zooms.
    fn at(&self, z: u8) -> Self {
        let parts =
            self.parts.iter().map(|lines| lines.iter().map(|line| line.narrowed(z)).collect()).collect();
        Self { finest: z, parts }
    }
}

impl Line {
    /// Ramer (1972), Douglas and Peucker (1973), zoom by zoom.
    fn new(vertices: &LineString<f64>) -> Self {
        let mut from = vec![FINEST + 1; vertices.0.len()];
        let least = if vertices.is_closed() { 4 } else { 2 };
        let mut left: Vec<usize> = (0..vertices.0.len()).collect();
        let size = vertices.bounding_rect().map_or(0.0, |rect| rect.width().max(rect.height()));
        for z in (0..=FINEST).rev() {
            // One unit here, half of this unit one zoom finer, and so on: less than two units together.
            let tolerance = 2f64.powi(32 - i32::from(z)) / f64::from(EXTENT);
            let line: LineString<f64> = left.iter().map(|&at| vertices.0[at]).collect();
            left = line.simplify_idx(tolerance).into_iter().map(|at| left[at]).collect();
            if size < tolerance / 2.0 || left.len() < least {
                // It has become nothing to see, here and from further away.
                break;
            }
            left.iter().for_each(|&at| from[at] = z);
        }
        Self { vertices: vertices.clone(), from }
    }

    fn kept(&self, z: u8) -> impl Iterator<Item = (geo::Coord<f64>, u8)> + '_ {
        let vertices = self.vertices.0.iter().copied().zip(self.from.iter().copied());
        vertices.filter(move |&(_, from)| from <= z)
    }

    /// `None` when nothing of it is drawn.
    fn at(&self, z: u8) -> Option<LineString<f64>> {
        let vertices: LineString<f64> = self.kept(z).map(|(vertex, _)| vertex).collect();
        (!vertices.0.is_empty()).then_some(vertices)
    }

    fn narrowed(&self, z: u8) -> Self {
        let (vertices, from): (Vec<_>, Vec<_>) = self.kept(z).unzip();
        Self { vertices: LineString::new(vertices), from }
    }
}

fn vertices(drawn: &Drawn) -> usize {
    match drawn {
        Drawn::Points(points) => points.coords_count(),
        Drawn::Lines(lines) => lines.coords_count(),
        Drawn::Polygons(polygons) => polygons.coords_count(),
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
        let far = outline.version(4).expect("it is large");
        assert!(far.finest < FINEST && far.count(far.finest) < 300, "{far:?}");
        let wider: usize = outline.versions[1..].iter().map(|version| version.count(version.finest)).sum();
        assert!(wider <= vertices(&outline.full));
        let Drawn::Polygons(drawn) = outline.drawn(far, 4) else { unreachable!("areas stay areas") };
        assert!(drawn.coords_count() < 100 && drawn.0[0].interiors().is_empty(), "{drawn:?}");
        assert!(Outline::new(Drawn::Lines(MultiLineString::new(vec![ring(20, 3e5)]))).versions.is_empty());
    }

    #[test]
    fn no_vertex_of_a_version_or_of_the_drawing_is_two_units_from_the_other() {
        use geo::{Distance, Euclidean, Point};
        let drawn = ring(3_000, 300_000.0);
        let outline = Outline::new(Drawn::Lines(MultiLineString::new(vec![drawn.clone()])));
        for z in 5..=FINEST {
            let Some(Drawn::Lines(version)) = outline.version(z).map(|version| outline.drawn(version, z))
            else {
                unreachable!("lines stay lines")
            };
            let unit = 2f64.powi(32 - i32::from(z)) / f64::from(EXTENT);
            let strays = |a: &LineString<f64>, b: &LineString<f64>| {
                a.0.iter().map(|c| Euclidean.distance(&Point::from(*c), b)).fold(0.0, f64::max)
            };
            let line = &version.0[0];
            assert!(strays(line, &drawn) < 2.0 * unit && strays(&drawn, line) < 2.0 * unit, "z{z}");
        }
    }
}
