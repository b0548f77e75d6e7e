//! What somebody drew, from GeoJSON to a geometry that is kept: a point, a line or an area of bounded reach.
//!
//! What it is not: where it may lie (`place.rs`). Invariant: what comes out is wound as RFC 7946 wants (3.1.6: outlines
//! counter-clockwise) and cut where it crosses the antimeridian (3.1.9), so that nobody takes a bay for the rest of the world.

use crate::base::i18n::Message;
use geo::orient::{Direction, Orient};
use geo::{
    BooleanOps, BoundingRect, Coord, CoordsIter, Geodesic, GeodesicArea, Geometry, Length, LineString,
    MapCoords, MultiLineString, MultiPolygon, Polygon, Rect, Validation,
};

/// The longest line, in metres: a cycle route from one end of a territory to the other.
pub const LINE_METRES: f64 = 30_000.0;

/// The largest area, in square metres (25 km²): beyond, an idea is about a whole area of the territory.
pub const AREA_SQUARE_METRES: f64 = 25_000_000.0;

/// The most vertices of a line or an area.
pub const VERTICES: usize = 200;

/// Less than this and it is a slip of the finger, in metres.
const LEAST_METRES: f64 = 2.0;

/// Why coordinates are none of the map.
pub fn off_the_map() -> Message {
    Message::new("place-off-the-map")
}

/// A point, line or polygon without holes, of bounded reach.
///
/// # Errors
/// What is wrong with it.
pub fn shape(drawn: &str) -> Result<Geometry<f64>, Message> {
    let unreadable = || Message::new("proposal-unreadable-shape");
    let parsed: ::geojson::Geometry = drawn.parse().map_err(|_no_shape: ::geojson::Error| unreadable())?;
    let geometry = Geometry::<f64>::try_from(parsed).map_err(|_no_shape: ::geojson::Error| unreadable())?;
    let count = geometry.coords_count();
    if count > VERTICES {
        return Err(Message::new("proposal-too-many-vertices").with("count", count).with("most", VERTICES));
    }
    // A map that is dragged over its edge counts on: 181° east is 179° west.
    let is_drawn = !matches!(geometry, Geometry::Point(_));
    let wrapped = |x: f64| if is_drawn && x.abs() <= 360.0 { x - 360.0 * (x / 360.0).round() } else { x };
    if geometry.coords_iter().any(|c| parvis_tiles::Position::from_lon_lat(wrapped(c.x), c.y).is_none()) {
        return Err(off_the_map());
    }
    match geometry {
        Geometry::Point(_) => Ok(geometry),
        Geometry::LineString(line) => bounded_line(the_short_way(line)),
        Geometry::Polygon(polygon) => bounded_polygon(polygon),
        _ => Err(unreadable()),
    }
}

/// Each vertex at most half the world from the one before: an edge is the shorter of the two ways. Longitudes may leave ±180°, to the
/// east only.
fn the_short_way(mut line: LineString<f64>) -> LineString<f64> {
    for at in 1..line.0.len() {
        let before = line.0[at - 1].x;
        line.0[at].x -= 360.0 * ((line.0[at].x - before) / 360.0).round();
    }
    let Some(bounds) = line.bounding_rect() else { return line };
    // As many turns as bring its western end onto the map.
    let turns = ((bounds.min().x + 180.0) / 360.0).floor();
    line.map_coords(|c| Coord { x: c.x - 360.0 * turns, y: c.y })
}

/// The part west of the antimeridian, and what is beyond it back at the other edge of the map.
fn halves() -> [Polygon<f64>; 2] {
    let half = |west: f64, east: f64| {
        Rect::new(Coord { x: west, y: -90.0 }, Coord { x: east, y: 90.0 }).to_polygon()
    };
    [half(-180.0, 180.0), half(180.0, 540.0)]
}

fn is_beyond(bounds: Option<Rect<f64>>) -> bool {
    bounds.is_some_and(|bounds| bounds.max().x > 180.0)
}

fn back(c: Coord<f64>) -> Coord<f64> {
    Coord { x: c.x - 360.0, y: c.y }
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
    if !is_beyond(line.bounding_rect()) {
        return Ok(Geometry::LineString(line));
    }
    let whole = MultiLineString::new(vec![line]);
    let [west, east] = halves().map(|half| half.clip(&whole, false));
    let parts = west.0.into_iter().chain(east.0.into_iter().map(|line| line.map_coords(back)));
    Ok(Geometry::MultiLineString(MultiLineString::new(parts.collect())))
}

fn bounded_polygon(polygon: Polygon<f64>) -> Result<Geometry<f64>, Message> {
    let (ring, holes) = polygon.into_inner();
    let mut ring = the_short_way(ring);
    ring.0.dedup();
    // Three corners and the first again; who goes around a pole does not come back.
    if ring.0.len() < 4 || ring.0.first() != ring.0.last() || !holes.is_empty() {
        return Err(Message::new("proposal-area-corners"));
    }
    let polygon = Polygon::new(ring, Vec::new());
    if !polygon.is_valid() {
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
    if !is_beyond(polygon.bounding_rect()) {
        return Ok(Geometry::Polygon(polygon.orient(Direction::Default)));
    }
    let [west, east] = halves().map(|half| polygon.intersection(&half));
    let parts = west.0.into_iter().chain(east.map_coords(back));
    Ok(Geometry::MultiPolygon(MultiPolygon::new(parts.collect()).orient(Direction::Default)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Area;
    use proptest::prelude::*;
    use std::borrow::Cow;

    fn said(drawn: &str) -> Result<Geometry<f64>, Cow<'static, str>> {
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
        assert_eq!(said(&line(&[(2.0, 48.0), (2.0, 48.0)])), Err("proposal-line-short".into()));
        assert_eq!(said(&line(&[(2.0, 48.0), (2.5, 48.0)])), Err("proposal-line-long".into()));
        let many: Vec<(f64, f64)> = (0..=VERTICES).map(|n| (2.0 + n as f64 * 1e-5, 48.0)).collect();
        assert_eq!(said(&line(&many)), Err("proposal-too-many-vertices".into()));
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
        assert_eq!(said(&square(0.1)), Err("proposal-area-large".into()));
        assert_eq!(said(&square(1e-6)), Err("proposal-area-corners".into()));
        let bow = ring(&[(2.0, 48.0), (2.01, 48.01), (2.01, 48.0), (2.0, 48.01), (2.0, 48.0)]);
        assert_eq!(said(&bow), Err("proposal-area-crossed".into()));
        assert_eq!(
            said(&ring(&[(2.0, 48.0), (2.01, 48.0), (2.0, 48.0)])),
            Err("proposal-area-corners".into())
        );
    }

    proptest! {
        #[test]
        fn areas_are_wound_counter_clockwise_whichever_way_they_were_drawn(
            radii in proptest::collection::vec(0.001..0.01f64, 3..20),
            (lon, lat) in (-180.0..180.0f64, -60.0..60.0f64),
            is_reversed in any::<bool>(),
        ) {
            let turn = std::f64::consts::TAU / radii.len() as f64;
            let mut corners: Vec<(f64, f64)> = radii
                .iter()
                .zip(0u8..)
                .map(|(r, at)| (lon + r * (f64::from(at) * turn).cos(), lat + r * (f64::from(at) * turn).sin()))
                // As a map says them that was not dragged over its edge.
                .map(|(x, y)| (x - 360.0 * (x / 360.0).round(), y))
                .collect();
            corners.push(corners[0]);
            if is_reversed {
                corners.reverse();
            }
            let kept = said(&ring(&corners));
            prop_assume!(kept.is_ok());
            let (parts, width) = match kept.unwrap() {
                Geometry::Polygon(polygon) => (vec![polygon], 0.03),
                Geometry::MultiPolygon(parts) => (parts.0, 0.03),
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            };
            for part in parts {
                prop_assert!(part.signed_area() > 0.0, "{part:?}");
                let bounds = part.bounding_rect().unwrap();
                prop_assert!(bounds.width() < width && bounds.min().x >= -180.0 && bounds.max().x <= 180.0, "{bounds:?}");
            }
        }
    }

    #[test]
    fn what_crosses_the_antimeridian_is_cut_there() {
        let across =
            [(179.99, -17.0), (-179.99, -17.0), (-179.99, -16.99), (179.99, -16.99), (179.99, -17.0)];
        let Ok(Geometry::MultiPolygon(parts)) = said(&ring(&across)) else {
            unreachable!("an area in two parts")
        };
        assert_eq!(parts.0.len(), 2);
        assert!(
            parts
                .0
                .iter()
                .all(|part| part.bounding_rect().unwrap().width() < 0.011 && part.signed_area() > 0.0)
        );
        // Dragged over the edge, the same.
        let dragged = across.map(|(x, y)| (if x < 0.0 { x + 360.0 } else { x }, y));
        assert_eq!(said(&ring(&dragged)), Ok(Geometry::MultiPolygon(parts)));
        let Ok(Geometry::MultiLineString(parts)) = said(&line(&across[..2])) else {
            unreachable!("a line in two parts")
        };
        assert_eq!(parts.0.len(), 2);
        assert!(
            parts.0.iter().flat_map(|part| &part.0).all(|c| c.x.abs() <= 180.0 && c.x.abs() > 179.9),
            "{parts:?}"
        );
        let around = [(-120.0, 80.0), (0.0, 80.0), (120.0, 80.0), (-120.0, 80.0)];
        assert_eq!(said(&ring(&around)), Err("proposal-area-corners".into()), "around the pole");
    }

    #[test]
    fn what_is_no_point_line_or_area_is_refused() {
        for drawn in [
            "x",
            "{}",
            r#"{"type":"MultiPoint","coordinates":[[2,48]]}"#,
            r#"{"type":"Point","coordinates":[]}"#,
        ] {
            assert_eq!(said(drawn), Err("proposal-unreadable-shape".into()), "{drawn}");
        }
        assert_eq!(said(r#"{"type":"Point","coordinates":[2,99]}"#), Err("place-off-the-map".into()));
        assert!(said(r#"{"type":"Polygon","coordinates":[]}"#).is_err());
    }
}
