//! Lines and areas across the antimeridian, cut in two (RFC 7946 §3.1.9).
//!
//! What it is: two consecutive positions more than half the world apart are taken the short way, and what then lies
//! beyond ±180° is cut off and moved to the other side. What it is not: points are never moved.
//! Invariant: what it gives lies within ±180°; what does not cross is given back as it was.

use geo::{
    BooleanOps, BoundingRect, Coord, Geometry, LineString, MapCoords, MultiLineString, MultiPolygon, Polygon,
    Rect,
};

/// The geometry cut at ±180°; `None` where it does not cross, or holds only points.
pub(super) fn cut(geometry: &Geometry<f64>) -> Option<Geometry<f64>> {
    match geometry {
        Geometry::LineString(line) => lines(std::slice::from_ref(line)),
        Geometry::MultiLineString(many) => lines(&many.0),
        Geometry::Polygon(polygon) => polygons(std::slice::from_ref(polygon)),
        Geometry::MultiPolygon(many) => polygons(&many.0),
        Geometry::GeometryCollection(parts) => {
            let cut_parts: Vec<_> = parts.0.iter().map(|part| (cut(part), part)).collect();
            let is_cut = cut_parts.iter().any(|(cut, _)| cut.is_some());
            let parts = cut_parts.into_iter().map(|(cut, part)| cut.unwrap_or_else(|| part.clone()));
            is_cut.then(|| Geometry::GeometryCollection(parts.collect::<Vec<_>>().into()))
        }
        _ => None,
    }
}

fn crosses(line: &LineString<f64>) -> bool {
    line.0.iter().any(|at| at.x.abs() > 180.0) || line.0.windows(2).any(|pair| jump(pair[0], pair[1]) != 0.0)
}

/// By how much the second position is moved to lie the short way from the first. An edge from ±180° to ∓180° is the
/// border of a map of the whole world, not a crossing.
fn jump(from: Coord<f64>, to: Coord<f64>) -> f64 {
    let way = to.x - from.x;
    if way.abs() <= 180.0 || (from.x.abs() == 180.0 && to.x.abs() == 180.0) {
        0.0
    } else {
        -360.0 * way.signum()
    }
}

/// The line with every position the short way from the one before, whatever its longitude then is.
fn unrolled(line: &LineString<f64>) -> Vec<Coord<f64>> {
    let mut moved = 0.0;
    let mut before: Option<Coord<f64>> = None;
    let step = |at: &Coord<f64>| {
        moved += before.map_or(0.0, |before| jump(before, *at));
        before = Some(*at);
        Coord { x: at.x + moved, y: at.y }
    };
    line.0.iter().map(step).collect()
}

/// Worlds beside each other that a range of longitudes reaches: 0 is ours.
fn worlds(west: f64, east: f64) -> std::ops::RangeInclusive<i32> {
    let world = |x: f64| ((x + 180.0) / 360.0).clamp(-4.0, 4.0);
    world(west).floor() as i32..=(world(east).ceil() as i32 - 1)
}

fn world(number: i32) -> (Polygon<f64>, f64) {
    let moved = f64::from(number) * 360.0;
    let corner = |x: f64, y: f64| Coord { x: moved + x, y };
    (Rect::new(corner(-180.0, -90.0), corner(180.0, 90.0)).to_polygon(), moved)
}

fn back(moved: f64) -> impl Fn(Coord<f64>) -> Coord<f64> + Copy {
    move |at| Coord { x: (at.x - moved).clamp(-180.0, 180.0), y: at.y.clamp(-90.0, 90.0) }
}

fn lines(lines: &[LineString<f64>]) -> Option<Geometry<f64>> {
    if !lines.iter().any(crosses) {
        return None;
    }
    let mut parts = Vec::new();
    for line in lines {
        let whole = MultiLineString(vec![LineString(unrolled(line))]);
        let Some(extent) = whole.bounding_rect() else { continue };
        for number in worlds(extent.min().x, extent.max().x) {
            let (window, moved) = world(number);
            parts.extend(window.clip(&whole, false).map_coords(back(moved)).0);
        }
    }
    Some(Geometry::MultiLineString(MultiLineString(parts)))
}

fn polygons(polygons: &[Polygon<f64>]) -> Option<Geometry<f64>> {
    if !polygons.iter().any(|polygon| crosses(polygon.exterior())) {
        return None;
    }
    let mut parts = Vec::new();
    for polygon in polygons {
        let whole = unrolled_polygon(polygon);
        let Some(extent) = whole.bounding_rect() else { continue };
        for number in worlds(extent.min().x, extent.max().x) {
            let (window, moved) = world(number);
            parts.extend(whole.intersection(&window).map_coords(back(moved)).0);
        }
    }
    Some(Geometry::MultiPolygon(MultiPolygon(parts)))
}

fn unrolled_polygon(polygon: &Polygon<f64>) -> Polygon<f64> {
    let outer = around_the_pole(unrolled(polygon.exterior()));
    let middle = |ring: &[Coord<f64>]| {
        let (low, high) = ring.iter().fold((f64::MAX, f64::MIN), |(l, h), at| (l.min(at.x), h.max(at.x)));
        (low + high) / 2.0
    };
    let around = middle(&outer);
    let holes = polygon.interiors().iter().map(|hole| {
        let hole = unrolled(hole);
        let moved = ((around - middle(&hole)) / 360.0).round() * 360.0;
        LineString(hole.into_iter().map(|at| Coord { x: at.x + moved, y: at.y }).collect())
    });
    let holes = holes.collect();
    Polygon::new(LineString(outer), holes)
}

/// A ring that goes once around the Earth holds a pole: it is closed along it.
fn around_the_pole(mut ring: Vec<Coord<f64>>) -> Vec<Coord<f64>> {
    let Some((first, last)) = ring.first().copied().zip(ring.last().copied()) else { return ring };
    if (first.x - last.x).abs() < 180.0 {
        return ring;
    }
    let north: f64 = ring.iter().map(|at| at.y).sum();
    let pole = 90f64.copysign(north);
    ring.extend([Coord { x: last.x, y: pole }, Coord { x: first.x, y: pole }, first]);
    ring
}

#[cfg(test)]
mod tests {
    use geo::{Area, wkt};

    use super::*;

    fn area(geometry: impl Into<Geometry<f64>>) -> Option<f64> {
        let found = cut(&geometry.into())?;
        let rect = found.bounding_rect().unwrap();
        assert!(rect.min().x >= -180.0 && rect.max().x <= 180.0, "{found:?}");
        Some(found.unsigned_area())
    }

    #[test]
    fn an_area_across_the_antimeridian_is_cut_in_two_however_it_is_written() {
        for across in [
            wkt!(POLYGON((177. - 17., -179. - 17., -179. - 16., 177. - 16., 177. - 17.))),
            wkt!(POLYGON((177. - 17., 181. - 17., 181. - 16., 177. - 16., 177. - 17.))),
            wkt!(POLYGON((-183. - 17., -179. - 17., -179. - 16., -183. - 16., -183. - 17.))),
        ] {
            assert!((area(across.clone()).unwrap() - 4.0).abs() < 1e-6, "{across:?}");
            assert!(matches!(cut(&across.into()), Some(Geometry::MultiPolygon(parts)) if parts.0.len() == 2));
        }
        let holed = wkt!(POLYGON((170. 0.,-170. 0.,-170. 10.,170. 10.,170. 0.),(-178. 4.,-176. 4.,-176. 6.,-178. 6.,-178. 4.)));
        assert!((area(holed).unwrap() - 196.0).abs() < 1e-6);
    }

    #[test]
    fn what_does_not_cross_is_left_alone_and_the_whole_world_is_the_world() {
        assert_eq!(area(wkt!(POLYGON((2. 48.,3. 48.,3. 49.,2. 48.)))), None);
        assert_eq!(area(wkt!(POLYGON((-180. -80.,180. -80.,180. 80.,-180. 80.,-180. -80.)))), None);
        assert_eq!(area(wkt!(POINT(180. 1.))), None);
    }

    #[test]
    fn a_ring_around_the_pole_holds_it() {
        let ring = wkt!(POLYGON((-120. - 70., 0. - 70., 120. - 70., -120. - 70.)));
        assert!((area(ring).unwrap() - 360.0 * 20.0).abs() < 1e-6);
    }

    #[test]
    fn a_line_across_goes_the_short_way() {
        let Some(Geometry::MultiLineString(parts)) = cut(&wkt!(LINESTRING(179. 0.,-179. 0.)).into()) else {
            unreachable!("it crosses")
        };
        let length: f64 =
            parts.0.iter().flat_map(|line| line.lines()).map(|l| (l.end.x - l.start.x).abs()).sum();
        assert!((length - 2.0).abs() < 1e-9 && parts.0.len() == 2, "{parts:?}");
    }
}
