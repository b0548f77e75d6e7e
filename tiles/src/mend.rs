//! Putting geometries right, so that what is kept is what is drawn.
//!
//! What it is: the one way by which a geometry in degrees becomes a valid one: crossings are cut (even-odd, as GIS
//! software does), adjoining and overlapping parts joined, parts without extent left out, what lies beyond the edges of
//! the map cut off. What it is not: a judge of places; see [`crate::geometry::faults`] for what is valid.
//! Invariant: what it gives has no faults but perhaps too many vertices, is wound as RFC 7946 wants, and all that it
//! changed is told.

use std::panic::{AssertUnwindSafe, catch_unwind};

use geo::{
    Area, BooleanOps, Coord, CoordsIter, Geometry, LineString, MakeValid, MapCoords, MultiLineString,
    MultiPoint, MultiPolygon, Orient, Polygon, Rect, orient::Direction, unary_union,
};

use crate::geometry::Fault;
use crate::tile::MAX_LATITUDE;
use crate::validity::{contacts, polygon_faults};

/// Most crossings of one drawing that are cut. A slip of the hand makes some, a damaged coast hundreds.
pub const MAX_CONTACTS: usize = 5_000;

/// What was put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mend {
    /// An outline that crossed or touched itself, or whose holes were not inside it, was cut into valid parts.
    CrossingCut,
    /// Parts that overlapped or adjoined along an edge were joined.
    PartsJoined,
    /// Parts without any extent, or points said twice, were left out.
    PartsDropped,
    /// What lay beyond the northern or southern edge of the map was cut off.
    EdgeCut,
    /// A collection became what it holds.
    CollectionOpened,
    /// Rings were turned so that outlines run counter-clockwise.
    WindingTurned,
}

/// A geometry without faults, and what was done to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mended {
    /// Points, lines or polygons in degrees.
    pub geometry: Geometry<f64>,
    /// What was put right, each once.
    pub done: Vec<Mend>,
}

/// Puts a geometry in degrees right.
///
/// # Errors
/// What cannot be put right: coordinates that are no numbers or no places on the map, nothing that has an extent, a
/// tangle, or a collection of several kinds.
pub fn mend(geometry: &Geometry<f64>) -> Result<Mended, Fault> {
    if geometry.coords_count() == 0 {
        return Err(Fault::Empty);
    }
    if geometry.coords_iter().any(|c| !(c.x.is_finite() && c.y.is_finite())) {
        return Err(Fault::NotFinite);
    }
    if let Some(c) = geometry.coords_iter().find(|c| c.x.abs() > 180.0 || c.y.abs() > 90.0) {
        return Err(Fault::OutsideWorld { near: (c.x, c.y) });
    }
    let mut done = Done::default();
    let geometry = done.geometry(geometry)?;
    done.0.sort_unstable();
    done.0.dedup();
    Ok(Mended { geometry, done: done.0 })
}

#[derive(Default)]
struct Done(Vec<Mend>);

impl Done {
    fn geometry(&mut self, geometry: &Geometry<f64>) -> Result<Geometry<f64>, Fault> {
        match geometry {
            Geometry::Point(point) => self.points(&MultiPoint(vec![*point])),
            Geometry::MultiPoint(points) => self.points(points),
            Geometry::Line(line) => self.lines(vec![(*line).into()]),
            Geometry::LineString(line) => self.lines(vec![line.clone()]),
            Geometry::MultiLineString(lines) => self.lines(lines.0.clone()),
            Geometry::Polygon(polygon) => self.polygons(vec![polygon.clone()]),
            Geometry::MultiPolygon(polygons) => self.polygons(polygons.0.clone()),
            Geometry::Rect(rect) => self.polygons(vec![rect.to_polygon()]),
            Geometry::Triangle(triangle) => self.polygons(vec![triangle.to_polygon()]),
            Geometry::GeometryCollection(parts) => {
                let mut kinds = Kinds::default();
                parts.0.iter().for_each(|part| kinds.add(part));
                self.0.push(Mend::CollectionOpened);
                match (kinds.points.is_empty(), kinds.lines.is_empty(), kinds.polygons.is_empty()) {
                    (false, true, true) => self.points(&MultiPoint(kinds.points)),
                    (true, false, true) => self.lines(kinds.lines),
                    (true, true, false) => self.polygons(kinds.polygons),
                    _ => Err(Fault::Kind("collection of several kinds of geometries")),
                }
            }
        }
    }

    fn points(&mut self, points: &MultiPoint<f64>) -> Result<Geometry<f64>, Fault> {
        if let Some(beyond) = points.0.iter().find(|point| point.y().abs() > MAX_LATITUDE) {
            return Err(Fault::OutsideWorld { near: (beyond.x(), beyond.y()) });
        }
        let mut kept: Vec<geo::Point<f64>> = Vec::with_capacity(points.0.len());
        let mut seen = std::collections::HashSet::new();
        for point in &points.0 {
            if seen.insert((point.x().to_bits(), point.y().to_bits())) {
                kept.push(*point);
            } else {
                self.0.push(Mend::PartsDropped);
            }
        }
        Ok(match kept.as_slice() {
            [one] => Geometry::Point(*one),
            _ => Geometry::MultiPoint(MultiPoint(kept)),
        })
    }

    fn lines(&mut self, mut lines: Vec<LineString<f64>>) -> Result<Geometry<f64>, Fault> {
        let beyond = lines.iter().flat_map(|line| &line.0).find(|c| c.y.abs() > MAX_LATITUDE).copied();
        if let Some(beyond) = beyond {
            lines = map_square().clip(&MultiLineString(lines), false).0;
            if lines.is_empty() {
                return Err(Fault::OutsideWorld { near: (beyond.x, beyond.y) });
            }
            lines.iter_mut().for_each(within_the_map);
            self.0.push(Mend::EdgeCut);
        }
        let parts = lines.len();
        lines.iter_mut().for_each(|line| line.0.dedup());
        lines.retain(|line| line.0.len() > 1);
        if lines.is_empty() {
            return Err(Fault::TooFewVertices);
        }
        if lines.len() < parts {
            self.0.push(Mend::PartsDropped);
        }
        Ok(match (lines.len(), lines.pop()) {
            (1, Some(one)) => Geometry::LineString(one),
            (_, last) => {
                lines.extend(last);
                Geometry::MultiLineString(MultiLineString(lines))
            }
        })
    }

    fn polygons(&mut self, polygons: Vec<Polygon<f64>>) -> Result<Geometry<f64>, Fault> {
        let all = MultiPolygon(polygons);
        let mut valid = if polygon_faults(&all).is_empty() { all } else { self.valid(all)? };
        let beyond = valid.coords_iter().find(|c| c.y.abs() > MAX_LATITUDE);
        if let Some(beyond) = beyond {
            valid = self
                .valid(valid.intersection(&map_square()).map_coords(|c| Coord {
                    y: c.y.clamp(-MAX_LATITUDE, MAX_LATITUDE),
                    x: c.x.clamp(-180.0, 180.0),
                }))
                .map_err(|_nothing_left| Fault::OutsideWorld { near: (beyond.x, beyond.y) })?;
            self.0.push(Mend::EdgeCut);
        }
        let wound = valid.orient(Direction::Default);
        if wound != valid {
            self.0.push(Mend::WindingTurned);
        }
        let mut parts = wound.0;
        Ok(match (parts.len(), parts.pop()) {
            (1, Some(one)) => Geometry::Polygon(one),
            (_, last) => {
                parts.extend(last);
                Geometry::MultiPolygon(MultiPolygon(parts))
            }
        })
    }

    /// Valid parts of polygons that perhaps are not.
    fn valid(&mut self, polygons: MultiPolygon<f64>) -> Result<MultiPolygon<f64>, Fault> {
        if contacts(&polygons, MAX_CONTACTS) >= MAX_CONTACTS {
            return Err(Fault::Tangled);
        }
        let mut all = polygons;
        // The overlay rounds to a grid of a thousand-millionth of the extent; where rounding makes two edges touch
        // anew, a coarser grid parts them.
        for decimals in [None, Some(9), Some(8), Some(7)] {
            if let Some(decimals) = decimals {
                let grid = 10f64.powi(decimals);
                all = all
                    .map_coords(|c| Coord { x: (c.x * grid).round() / grid, y: (c.y * grid).round() / grid });
            }
            // Over some tangles the overlay ends in a panic of its own (an index beyond a list): no cut was found then.
            let Ok(rebuilt) = catch_unwind(AssertUnwindSafe(|| self.rebuilt(&all))) else {
                return Err(Fault::CrossesItself { near: None });
            };
            all = rebuilt;
            if all.0.is_empty() {
                return Err(Fault::NoArea);
            }
            if polygon_faults(&all).is_empty() {
                return Ok(all);
            }
        }
        Err(polygon_faults(&all).into_iter().next().unwrap_or(Fault::NoArea))
    }

    /// Each polygon cut where it crosses itself, then all joined.
    fn rebuilt(&mut self, polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        let mut parts: Vec<Polygon<f64>> = Vec::with_capacity(polygons.0.len());
        for polygon in &polygons.0 {
            let one = MultiPolygon(vec![polygon.clone()]);
            if polygon_faults(&one).is_empty() {
                parts.push(polygon.clone());
                continue;
            }
            let mut cut = evened(polygon);
            if !polygon_faults(&MultiPolygon(cut.clone())).is_empty()
                && let Ok(triangulated) = polygon.make_valid()
            {
                // Slower, but exact where rounding made a ring touch itself.
                cut = with_extent(triangulated).0;
            }
            self.0.push(if cut.is_empty() { Mend::PartsDropped } else { Mend::CrossingCut });
            parts.extend(cut);
        }
        let whole = MultiPolygon(parts);
        if polygon_faults(&whole).is_empty() {
            return whole;
        }
        self.0.push(Mend::PartsJoined);
        let wound = whole.orient(Direction::Default);
        with_extent(unary_union(&wound.0))
    }
}

/// What lies an odd number of rings deep.
fn evened(polygon: &Polygon<f64>) -> Vec<Polygon<f64>> {
    let clean = |ring: &LineString<f64>| {
        let mut ring = ring.clone();
        ring.0.dedup();
        ring
    };
    let holes = polygon.interiors().iter().map(clean).filter(|ring| ring.0.len() > 3).collect();
    let outer = clean(polygon.exterior());
    if outer.0.len() < 4 {
        return Vec::new();
    }
    with_extent(Polygon::new(outer, holes).union(&MultiPolygon(Vec::new()))).0
}

fn with_extent(mut polygons: MultiPolygon<f64>) -> MultiPolygon<f64> {
    polygons.0.retain(|polygon| polygon.exterior().0.len() > 3 && polygon.unsigned_area() > 0.0);
    polygons
}

/// The part of the world that the map shows, in degrees.
fn map_square() -> Polygon<f64> {
    let corner = Coord { x: 180.0, y: MAX_LATITUDE };
    Rect::new(-corner, corner).to_polygon()
}

/// Takes what rounding left beyond the edge back to it.
fn within_the_map(line: &mut LineString<f64>) {
    for c in &mut line.0 {
        c.x = c.x.clamp(-180.0, 180.0);
        c.y = c.y.clamp(-MAX_LATITUDE, MAX_LATITUDE);
    }
}

/// The single geometries of a collection, by kind.
#[derive(Default)]
struct Kinds {
    points: Vec<geo::Point<f64>>,
    lines: Vec<LineString<f64>>,
    polygons: Vec<Polygon<f64>>,
}

impl Kinds {
    fn add(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::Point(point) => self.points.push(*point),
            Geometry::MultiPoint(points) => self.points.extend(&points.0),
            Geometry::Line(line) => self.lines.push((*line).into()),
            Geometry::LineString(line) => self.lines.push(line.clone()),
            Geometry::MultiLineString(lines) => self.lines.extend(lines.0.iter().cloned()),
            Geometry::Polygon(polygon) => self.polygons.push(polygon.clone()),
            Geometry::MultiPolygon(polygons) => self.polygons.extend(polygons.0.iter().cloned()),
            Geometry::Rect(rect) => self.polygons.push(rect.to_polygon()),
            Geometry::Triangle(triangle) => self.polygons.push(triangle.to_polygon()),
            Geometry::GeometryCollection(parts) => parts.0.iter().for_each(|part| self.add(part)),
        }
    }
}
