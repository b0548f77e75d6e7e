//! Judging and measuring geometries in longitude and latitude (EPSG:4326): is it valid, and if not why; how large, how
//! long, where to put its label.
//!
//! Not here: cutting geometries into tiles (`clip.rs`). Invariant: a geometry without faults can be projected, cut,
//! measured and encoded by the rest of the crate without a panic.

use std::fmt;

use geo::{
    BoundingRect, Coord, CoordsIter, Geodesic, GeodesicArea, Geometry, InteriorPoint, Length, LineString,
    LinesIter, MultiLineString, MultiPoint, MultiPolygon, Orient,
};

use crate::tile::{Bounds, MAX_LATITUDE, Position};
use crate::validity;

/// Most vertices of one shape that [`faults`] lets pass: a drawing by hand has tens, an imported one thousands. Each of
/// them is walked for each tile.
pub const MAX_VERTICES: usize = 100_000;

/// Why a geometry is refused, in words for the person who drew or imported it. `near` is (longitude, latitude).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// A kind of geometry that is no points, lines or polygons.
    Kind(&'static str),
    /// It has no vertex at all.
    Empty,
    /// A coordinate is not a number.
    NotFinite,
    /// A coordinate lies outside longitude ±180 or latitude ±85.05, often because the two were swapped or because
    /// the coordinates are in another system.
    OutsideWorld {
        /// The coordinate as given.
        near: (f64, f64),
    },
    /// More than [`MAX_VERTICES`] vertices.
    TooManyVertices(usize),
    /// A line with fewer than two distinct vertices, or a ring with fewer than three.
    TooFewVertices,
    /// An outline that crosses itself.
    CrossesItself {
        /// The first crossing found, when it could be located.
        near: Option<(f64, f64)>,
    },
    /// A hole that lies, at least in part, outside its polygon.
    HoleOutside,
    /// Two rings of a polygon overlap or share an edge.
    RingsOverlap,
    /// Two polygons of a multipolygon overlap or share an edge.
    PolygonsOverlap,
    /// A polygon that encloses nothing.
    NoArea,
    /// More crossings than [`crate::mend::MAX_CONTACTS`]: no outline, but a tangle.
    Tangled,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => write!(f, "a {kind} is no set of points, lines or polygons"),
            Self::Empty => write!(f, "the drawing is empty"),
            Self::NotFinite => write!(f, "a coordinate is not a number"),
            Self::OutsideWorld { near: (lon, lat) } => write!(
                f,
                "the coordinate {lon}, {lat} is outside the map (longitude ±180, latitude ±85.05); \
                 are longitude and latitude swapped?"
            ),
            Self::TooManyVertices(n) => write!(f, "{n} vertices are too many (at most {MAX_VERTICES})"),
            Self::TooFewVertices => {
                write!(f, "a line needs two different points, the outline of an area three")
            }
            Self::CrossesItself { near: Some((lon, lat)) } => {
                write!(f, "the outline crosses itself near {lon:.6}, {lat:.6}")
            }
            Self::CrossesItself { near: None } => write!(f, "the outline crosses itself"),
            Self::HoleOutside => write!(f, "a hole lies outside the area it should be cut from"),
            Self::RingsOverlap => write!(f, "two outlines of the same area overlap"),
            Self::PolygonsOverlap => write!(f, "two parts of the drawing overlap"),
            Self::NoArea => write!(f, "the area encloses nothing"),
            Self::Tangled => write!(f, "the outline crosses itself thousands of times"),
        }
    }
}

/// Everything wrong with points, lines or polygons in degrees; empty when valid (OGC simple features).
#[must_use]
pub fn faults(geometry: &Geometry<f64>) -> Vec<Fault> {
    match lines_or_polygons(geometry) {
        Err(fault) => vec![fault],
        Ok(either) => {
            let coordinates = coordinate_faults(geometry);
            if !coordinates.is_empty() {
                return coordinates;
            }
            match either {
                Drawn::Points(_) => Vec::new(),
                Drawn::Lines(lines) => line_faults(&lines),
                Drawn::Polygons(polygons) => validity::polygon_faults(&polygons),
            }
        }
    }
}

/// A geometry sorted into what can be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Drawn {
    /// Several points that are one item.
    Points(MultiPoint<f64>),
    /// One or more lines.
    Lines(MultiLineString<f64>),
    /// One or more polygons.
    Polygons(MultiPolygon<f64>),
}

pub(crate) fn lines_or_polygons(geometry: &Geometry<f64>) -> Result<Drawn, Fault> {
    Ok(match geometry {
        Geometry::Line(line) => Drawn::Lines(MultiLineString::new(vec![(*line).into()])),
        Geometry::LineString(line) => Drawn::Lines(MultiLineString::new(vec![line.clone()])),
        Geometry::MultiLineString(lines) => Drawn::Lines(lines.clone()),
        Geometry::Polygon(polygon) => Drawn::Polygons(MultiPolygon::new(vec![polygon.clone()])),
        Geometry::MultiPolygon(polygons) => Drawn::Polygons(polygons.clone()),
        Geometry::Rect(rect) => Drawn::Polygons(MultiPolygon::new(vec![rect.to_polygon()])),
        Geometry::Triangle(triangle) => Drawn::Polygons(MultiPolygon::new(vec![triangle.to_polygon()])),
        Geometry::Point(_) => return Err(Fault::Kind("point")),
        Geometry::MultiPoint(points) => Drawn::Points(points.clone()),
        Geometry::GeometryCollection(_) => return Err(Fault::Kind("collection of geometries")),
    })
}

fn coordinate_faults(geometry: &Geometry<f64>) -> Vec<Fault> {
    let count = geometry.coords_count();
    if count == 0 {
        return vec![Fault::Empty];
    }
    if count > MAX_VERTICES {
        return vec![Fault::TooManyVertices(count)];
    }
    if geometry.coords_iter().any(|c| !(c.x.is_finite() && c.y.is_finite())) {
        return vec![Fault::NotFinite];
    }
    let outside = geometry.coords_iter().find(|c| c.x.abs() > 180.0 || c.y.abs() > MAX_LATITUDE);
    outside.map(|c| Fault::OutsideWorld { near: (c.x, c.y) }).into_iter().collect()
}

fn line_faults(lines: &MultiLineString<f64>) -> Vec<Fault> {
    let short = |line: &LineString<f64>| line.0.iter().all(|c| Some(c) == line.0.first());
    if lines.0.iter().any(short) { vec![Fault::TooFewVertices] } else { Vec::new() }
}

/// Area in m² on the WGS 84 ellipsoid (Karney 2013, through geographiclib); 0 for what has none.
#[must_use]
pub fn area_m2(geometry: &Geometry<f64>) -> f64 {
    match lines_or_polygons(geometry) {
        // Orientation decides which side of a ring counts as its inside.
        Ok(Drawn::Polygons(polygons)) => {
            polygons.orient(geo::orient::Direction::Default).geodesic_area_unsigned()
        }
        _ => 0.0,
    }
}

/// Length in metres on the WGS 84 ellipsoid (Karney 2013): of the lines, or of all outlines of the polygons.
#[must_use]
pub fn length_m(geometry: &Geometry<f64>) -> f64 {
    match lines_or_polygons(geometry) {
        Ok(Drawn::Lines(lines)) => Geodesic.length(&lines),
        Ok(Drawn::Polygons(polygons)) => polygons
            .0
            .iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
            .map(|ring| Geodesic.length(ring))
            .sum(),
        Ok(Drawn::Points(_)) | Err(_) => 0.0,
    }
}

/// A longitude and latitude on the geometry where a label or a pin may stand: inside the polygon, on the line.
#[must_use]
pub fn representative_point(geometry: &Geometry<f64>) -> Option<(f64, f64)> {
    if geometry.coords_iter().any(|c| !(c.x.is_finite() && c.y.is_finite())) {
        return None;
    }
    geometry.interior_point().map(|point| (point.x(), point.y()))
}

/// Bounds of the geometry on the world square; what lies beyond its edges is taken to the edge. `None` when empty or
/// not finite.
#[must_use]
pub fn bounds(geometry: &Geometry<f64>) -> Option<Bounds> {
    let rect = geometry.bounding_rect()?;
    Bounds::from_lon_lat(rect.min().x, rect.min().y, rect.max().x, rect.max().y)
}

/// Metres from a place (longitude, latitude in degrees) to the nearest point of the geometry; 0 on or inside it.
///
/// The nearest point is sought on a plane that touches the Earth at the place, then measured with haversine: exact to
/// a few parts in a thousand up to some tens of kilometres. `None` for an empty geometry.
#[must_use]
pub fn distance_m(geometry: &Geometry<f64>, lon: f64, lat: f64) -> Option<f64> {
    match lines_or_polygons(geometry) {
        Ok(Drawn::Polygons(polygons)) => polygon_distance(&polygons, lon, lat),
        Ok(Drawn::Lines(lines)) => nearest_on(lines.lines_iter(), lon, lat),
        Ok(Drawn::Points(_)) | Err(_) => geometry
            .coords_iter()
            .map(|c| crate::tile::haversine((lon, lat), (c.x, c.y)))
            .min_by(f64::total_cmp),
    }
}

pub(crate) fn polygon_distance(polygons: &MultiPolygon<f64>, lon: f64, lat: f64) -> Option<f64> {
    use geo::Intersects;
    if polygons.intersects(&Coord { x: lon, y: lat }) {
        return Some(0.0);
    }
    nearest_on(polygons.lines_iter(), lon, lat)
}

pub(crate) fn nearest_on(lines: impl Iterator<Item = geo::Line<f64>>, lon: f64, lat: f64) -> Option<f64> {
    // A degree of longitude is shorter than one of latitude by cos(latitude): that is the whole tangent plane.
    let shrink = lat.to_radians().cos();
    let mut best: Option<(f64, (f64, f64))> = None;
    for line in lines {
        let (ax, ay) = ((line.start.x - lon) * shrink, line.start.y - lat);
        let (dx, dy) = ((line.end.x - line.start.x) * shrink, line.end.y - line.start.y);
        let length2 = dx * dx + dy * dy;
        let along = if length2 > 0.0 { (-(ax * dx + ay * dy) / length2).clamp(0.0, 1.0) } else { 0.0 };
        let (px, py) = (ax + along * dx, ay + along * dy);
        let distance2 = px * px + py * py;
        if best.is_none_or(|(d, _)| distance2 < d) {
            let on = (
                line.start.x + along * (line.end.x - line.start.x),
                line.start.y + along * (line.end.y - line.start.y),
            );
            best = Some((distance2, on));
        }
    }
    best.map(|(_, on)| crate::tile::haversine((lon, lat), on))
}

/// A valid position for a geometry's pin: [`representative_point`] on the world square.
#[must_use]
pub fn representative_position(geometry: &Geometry<f64>) -> Option<Position> {
    representative_point(geometry).and_then(|(lon, lat)| Position::from_lon_lat(lon, lat))
}
