//! Where an idea is: a point, a line, an area drawn by hand, or a whole area of the territory; and how far it may reach.
//!
//! Invariant: a [`Place`] lies inside the territory with each of its vertices, and is neither so long, so large nor so
//! finely drawn that it would bury the map.

use crate::atlas::World;
use crate::error::Result;
use crate::i18n::Message;
use crate::ids::AreaId;
use crate::processes::{Known, Shape};
use geo::{Coord, CoordsIter, Geodesic, GeodesicArea, Geometry, Length, LineString, Point, Polygon};

/// The longest line, in metres: a cycle route from one end of a territory to the other.
pub(super) const LINE_METRES: f64 = 30_000.0;

/// The largest area, in square metres (25 km²): beyond, an idea is about a whole area of the territory.
pub(super) const AREA_SQUARE_METRES: f64 = 25_000_000.0;

/// The most vertices of a line or an area.
pub(super) const VERTICES: usize = 200;

/// Less than this and it is a slip of the finger, in metres.
const LEAST_METRES: f64 = 2.0;

/// Where an idea is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    Drawn(Geometry<f64>),
    Area(AreaId),
}

impl Place {
    /// Reads what a form says of the place: GeoJSON where something was drawn, else a longitude and latitude in degrees,
    /// else the slug of an area.
    ///
    /// # Errors
    /// What is wrong and what would be right.
    pub(super) fn read(
        drawn: &str,
        lon: &str,
        lat: &str,
        area: &str,
        world: &World,
    ) -> Result<Place, Message> {
        match (drawn.trim(), lon.trim(), lat.trim(), area.trim()) {
            ("", "", "", "") => Err(Message::new("proposal-no-place")),
            ("", "", "", slug) => {
                let area = world.territory.of_slug(slug);
                area.map(|a| Place::Area(a.id)).ok_or_else(|| Message::new("proposal-unknown-area"))
            }
            ("", lon, lat, _) => {
                let (lon, lat) = on_the_map(lon, lat).ok_or_else(off_the_map)?;
                let point = Geometry::Point(Point::new(lon, lat));
                inside(&point, world)?;
                Ok(Place::Drawn(point))
            }
            (drawn, ..) => {
                let geometry = shape(drawn)?;
                inside(&geometry, world)?;
                Ok(Place::Drawn(geometry))
            }
        }
    }
}

impl Place {
    /// The same, where the process takes it: its kind, and that it lies in the area that the process is about.
    ///
    /// # Errors
    /// What is not taken, or how far outside it is.
    pub(super) fn in_process(self, process: &Known, world: &World) -> Result<Place, Message> {
        let shape = match &self {
            Place::Drawn(Geometry::Point(_)) => Shape::Point,
            Place::Drawn(Geometry::LineString(_)) => Shape::Line,
            Place::Drawn(_) => Shape::Area,
            Place::Area(_) => Shape::Territory,
        };
        if !process.settings.rules.shapes.contains(&shape) {
            return Err(Message::new(match shape {
                Shape::Point => "process-no-point",
                Shape::Line => "process-no-line",
                Shape::Area => "process-no-area",
                Shape::Territory => "process-no-territory",
            }));
        }
        let Some(area) = world.territory.of_slug(&process.settings.area) else { return Ok(self) };
        match &self {
            Place::Area(id) if !world.territory.with_parents([*id]).contains(&area.id) => {
                Err(Message::new("process-other-area").with("area", &area.name))
            }
            Place::Area(_) => Ok(self),
            Place::Drawn(geometry) => {
                let outside = |c: Coord<f64>| world.territory.metres_outside_of(area.id, c.x, c.y);
                match geometry.coords_iter().filter_map(outside).max_by(f64::total_cmp) {
                    None => Ok(self),
                    Some(metres) => Err(Message::new("process-outside")
                        .with("metres", metres.ceil())
                        .with("area", &area.name)),
                }
            }
        }
    }
}

/// A longitude and latitude that were typed, in degrees, if the map shows such a place.
pub(super) fn on_the_map(lon: &str, lat: &str) -> Option<(f64, f64)> {
    let degrees = |text: &str| text.trim().replace(',', ".").parse::<f64>();
    let (Ok(lon), Ok(lat)) = (degrees(lon), degrees(lat)) else { return None };
    parvis_tiles::Position::from_lon_lat(lon, lat).map(|_| (lon, lat))
}

fn off_the_map() -> Message {
    Message::new("place-off-the-map")
}

/// A point, line or polygon without holes, of bounded reach.
fn shape(drawn: &str) -> Result<Geometry<f64>, Message> {
    let unreadable = || Message::new("proposal-unreadable-shape");
    let parsed: ::geojson::Geometry = drawn.parse().map_err(|_no_shape: ::geojson::Error| unreadable())?;
    let geometry = Geometry::<f64>::try_from(parsed).map_err(|_no_shape: ::geojson::Error| unreadable())?;
    let count = geometry.coords_count();
    if count > VERTICES {
        return Err(Message::new("proposal-too-many-vertices").with("count", count).with("most", VERTICES));
    }
    if geometry.coords_iter().any(|c| parvis_tiles::Position::from_lon_lat(c.x, c.y).is_none()) {
        return Err(off_the_map());
    }
    match geometry {
        Geometry::Point(_) => Ok(geometry),
        Geometry::LineString(line) => bounded_line(line),
        Geometry::Polygon(polygon) => bounded_polygon(polygon),
        _ => Err(unreadable()),
    }
}

fn bounded_line(mut line: LineString<f64>) -> Result<Geometry<f64>, Message> {
    line.0.dedup();
    let metres = Geodesic.length(&line);
    if line.0.len() < 2 || metres < LEAST_METRES {
        return Err(Message::new("proposal-line-short"));
    }
    if metres > LINE_METRES {
        let (long, most) = (metres / 1_000.0, LINE_METRES / 1_000.0);
        return Err(Message::new("proposal-line-long")
            .with("length", format!("{long:.1}"))
            .with("most", most));
    }
    Ok(Geometry::LineString(line))
}

fn bounded_polygon(polygon: Polygon<f64>) -> Result<Geometry<f64>, Message> {
    let (mut ring, holes) = polygon.into_inner();
    ring.0.dedup();
    // Three corners and the first again.
    if ring.0.len() < 4 || !holes.is_empty() {
        return Err(Message::new("proposal-area-corners"));
    }
    let polygon = Polygon::new(ring, Vec::new());
    if !parvis_tiles::geometry::faults(&Geometry::Polygon(polygon.clone())).is_empty() {
        return Err(Message::new("proposal-area-crossed"));
    }
    // Whichever way round it was drawn.
    let square_metres = polygon.geodesic_area_signed().abs();
    if square_metres < LEAST_METRES * LEAST_METRES {
        return Err(Message::new("proposal-area-corners"));
    }
    if square_metres > AREA_SQUARE_METRES {
        let (large, most) = (square_metres / 1e6, AREA_SQUARE_METRES / 1e6);
        return Err(Message::new("proposal-area-large")
            .with("size", format!("{large:.1}"))
            .with("most", most));
    }
    Ok(Geometry::Polygon(polygon))
}

/// Refuses what reaches out of the territory, and says how far.
fn inside(geometry: &Geometry<f64>, world: &World) -> Result<(), Message> {
    let outside = |c: Coord<f64>| world.territory.metres_outside(c.x, c.y);
    let farthest = geometry.coords_iter().filter_map(outside).max_by(f64::total_cmp);
    match farthest {
        None => Ok(()),
        Some(metres) if matches!(geometry, Geometry::Point(_)) => {
            Err(Message::new("proposal-outside").with("metres", metres.round()))
        }
        Some(metres) => Err(Message::new("proposal-shape-outside").with("metres", metres.round())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(drawn: &str) -> Result<Geometry<f64>, &'static str> {
        shape(drawn).map_err(|message| message.key)
    }

    fn line(points: &[(f64, f64)]) -> String {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
        format!(r#"{{"type":"LineString","coordinates":[{}]}}"#, points.join(","))
    }

    fn ring(points: &[(f64, f64)]) -> String {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
        format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, points.join(","))
    }

    #[test]
    fn a_line_is_bounded_in_length_and_vertices() {
        assert!(said(&line(&[(2.0, 48.0), (2.01, 48.0)])).is_ok());
        assert_eq!(said(&line(&[(2.0, 48.0), (2.0, 48.0)])), Err("proposal-line-short"));
        assert_eq!(said(&line(&[(2.0, 48.0), (2.5, 48.0)])), Err("proposal-line-long"));
        let many: Vec<(f64, f64)> = (0..=VERTICES).map(|n| (2.0 + n as f64 * 1e-5, 48.0)).collect();
        assert_eq!(said(&line(&many)), Err("proposal-too-many-vertices"));
    }

    #[test]
    fn an_area_is_bounded_and_does_not_cross_itself() {
        let square = |side: f64| {
            ring(&[
                (2.0, 48.0),
                (2.0 + side, 48.0),
                (2.0 + side, 48.0 + side),
                (2.0, 48.0 + side),
                (2.0, 48.0),
            ])
        };
        assert!(said(&square(0.01)).is_ok());
        let clockwise = ring(&[(2.0, 48.0), (2.0, 48.01), (2.01, 48.01), (2.01, 48.0), (2.0, 48.0)]);
        assert!(said(&clockwise).is_ok());
        assert_eq!(said(&square(0.1)), Err("proposal-area-large"));
        assert_eq!(said(&square(1e-6)), Err("proposal-area-corners"));
        let bow = ring(&[(2.0, 48.0), (2.01, 48.01), (2.01, 48.0), (2.0, 48.01), (2.0, 48.0)]);
        assert_eq!(said(&bow), Err("proposal-area-crossed"));
        assert_eq!(said(&ring(&[(2.0, 48.0), (2.01, 48.0), (2.0, 48.0)])), Err("proposal-area-corners"));
    }

    #[test]
    fn what_is_no_point_line_or_area_is_refused() {
        for drawn in [
            "x",
            "{}",
            r#"{"type":"MultiPoint","coordinates":[[2,48]]}"#,
            r#"{"type":"Point","coordinates":[]}"#,
        ] {
            assert_eq!(said(drawn), Err("proposal-unreadable-shape"), "{drawn}");
        }
        assert_eq!(said(r#"{"type":"Point","coordinates":[2,99]}"#), Err("place-off-the-map"));
        assert!(said(r#"{"type":"Polygon","coordinates":[]}"#).is_err());
    }
}
