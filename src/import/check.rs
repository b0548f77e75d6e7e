//! Where a geometry is, and whether its polygons are valid.
//!
//! What it is: the last gate of every reader: projection, range, swapped axes, winding, crossings.
//! What it is not: it does not know the territory of the platform; a point in the next town passes.
//! Invariant: what passes is finite, in range, in WGS84, with valid polygons wound as RFC 7946 wants.

use std::cell::Cell;

use geo::{
    Area, Contains, Coord, Geometry, Intersects, Line, LineString, MakeValid, MapCoords, MultiPolygon,
    Polygon,
    line_intersection::{LineIntersection, line_intersection},
    orient::{Direction, Orient},
};

use super::{
    Cause, Place, Properties, Record, RecordError, Repair,
    crs::{self, Crs},
    shape::Shaper,
};

/// West, south, east, north of the French territories, to tell swapped axes.
const FRANCE: [[f64; 4]; 9] = [
    [-5.5, 41.2, 9.8, 51.3],        // metropole
    [-63.3, 14.2, -60.7, 18.3],     // Antilles
    [-54.7, 2.0, -51.5, 6.0],       // Guyane
    [55.1, -21.5, 56.0, -20.8],     // La Réunion
    [44.9, -13.1, 45.4, -12.5],     // Mayotte
    [-56.6, 46.7, -56.0, 47.2],     // Saint-Pierre-et-Miquelon
    [163.0, -23.0, 168.5, -19.0],   // Nouvelle-Calédonie
    [-155.0, -28.0, -134.0, -7.0],  // Polynésie
    [-178.5, -14.5, -176.0, -13.0], // Wallis-et-Futuna
];

pub(super) fn in_france(lon: f64, lat: f64) -> bool {
    FRANCE
        .iter()
        .any(|[west, south, east, north]| lon >= *west && lon <= *east && lat >= *south && lat <= *north)
}

/// Makes the record of a row from what its reader found, or its refusal.
///
/// # Errors
/// The geometry could not be read, or does not pass [`check`].
pub(super) fn finish(
    place: Place,
    id: Option<String>,
    properties: Properties,
    geometry: Result<Option<Geometry<f64>>, Cause>,
    mut shaper: Shaper,
    crs: &Crs,
) -> Result<Record, RecordError> {
    let geometry = geometry.map(|found| {
        found.filter(|geometry| {
            let nowhere = is_nowhere(geometry);
            if nowhere {
                shaper.note(Repair::NoPlace);
            }
            !nowhere
        })
    });
    let checked =
        geometry.and_then(|found| found.map(|geometry| check(&geometry, crs, &mut shaper)).transpose());
    match checked {
        Ok(geometry) => Ok(Record { place, id, properties, geometry, repairs: shaper.repairs }),
        Err(cause) => Err(RecordError { place, cause, properties }),
    }
}

/// Whether a point is what software writes when it has no position: 0, 0, or the pole to which a projection sends it.
fn is_nowhere(geometry: &Geometry<f64>) -> bool {
    matches!(geometry, Geometry::Point(at) if (at.x() == 0.0 && at.y() == 0.0) || at.y().abs() == 90.0)
}

/// Checks a geometry and brings it to WGS84.
///
/// # Errors
/// The first position or polygon that is wrong.
pub(super) fn check(
    geometry: &Geometry<f64>,
    crs: &Crs,
    shaper: &mut Shaper,
) -> Result<Geometry<f64>, Cause> {
    if let Geometry::Point(point) = geometry {
        return position(point.0, crs).map(|at| Geometry::Point(at.into()));
    }
    let wrong: Cell<Option<Cause>> = Cell::new(None);
    let geometry = geometry.try_map_coords(|at| {
        position(at, crs).map_err(|cause| {
            wrong.set(Some(cause));
        })
    });
    match (geometry, wrong.into_inner()) {
        (Ok(geometry), _) => polygons(geometry, shaper),
        (Err(()), cause) => Err(cause.unwrap_or(Cause::NotANumber { found: String::new() })),
    }
}

fn position(at: Coord<f64>, crs: &Crs) -> Result<Coord<f64>, Cause> {
    if !at.x.is_finite() || !at.y.is_finite() {
        return Err(Cause::NotANumber { found: format!("{}, {}", at.x, at.y) });
    }
    let at = if crs.is_projected() {
        crs.to_wgs84(at)?
    } else if at.x.abs() > 1000.0 || at.y.abs() > 1000.0 {
        return Err(Cause::Projected { x: at.x, y: at.y, guess: crs::guess(at.x, at.y) });
    } else {
        at
    };
    if !in_france(at.x, at.y) && in_france(at.y, at.x) {
        return Err(Cause::Swapped { lon: at.x, lat: at.y });
    }
    if at.x.abs() > 180.0 || at.y.abs() > 90.0 {
        return Err(Cause::OutOfRange { lon: at.x, lat: at.y });
    }
    Ok(at)
}

fn polygons(geometry: Geometry<f64>, shaper: &mut Shaper) -> Result<Geometry<f64>, Cause> {
    Ok(match geometry {
        Geometry::Polygon(polygon) => {
            let mut parts = repaired(polygon, shaper)?;
            match (parts.len(), parts.pop()) {
                (1, Some(one)) => Geometry::Polygon(one),
                (_, Some(last)) => {
                    parts.push(last);
                    Geometry::MultiPolygon(MultiPolygon(parts))
                }
                (_, None) => return Err(no_surface()),
            }
        }
        Geometry::MultiPolygon(many) => {
            let mut parts = Vec::with_capacity(many.0.len());
            for polygon in many {
                parts.extend(repaired(polygon, shaper)?);
            }
            Geometry::MultiPolygon(MultiPolygon(parts))
        }
        Geometry::GeometryCollection(parts) => {
            let checked: Result<Vec<_>, Cause> =
                parts.into_iter().map(|part| polygons(part, shaper)).collect();
            Geometry::GeometryCollection(checked?.into())
        }
        other => other,
    })
}

fn no_surface() -> Cause {
    Cause::InvalidPolygon { reason: "no surface" }
}

/// The polygon, wound well; cut into valid parts when it crosses itself.
fn repaired(polygon: Polygon<f64>, shaper: &mut Shaper) -> Result<Vec<Polygon<f64>>, Cause> {
    let parts = if is_simple(&polygon) {
        if polygon.unsigned_area() == 0.0 {
            return Err(no_surface());
        }
        vec![polygon]
    } else {
        // The error of the triangulation would tell nothing to the person who has the file.
        let Ok(parts) = polygon.make_valid() else {
            return Err(Cause::InvalidPolygon { reason: "crosses itself" });
        };
        shaper.note(Repair::CrossingCut);
        parts.0
    };
    if parts.is_empty() {
        return Err(no_surface());
    }
    Ok(parts
        .into_iter()
        .map(|polygon| {
            let turned = polygon.orient(Direction::Default);
            if turned != polygon {
                shaper.note(Repair::WindingTurned);
            }
            turned
        })
        .collect())
}

/// Whether no two edges cross and every hole is inside. Edges are swept by their western end, so that a coast of ten
/// thousand vertices costs a sort and its few neighbours, not a hundred million comparisons.
fn is_simple(polygon: &Polygon<f64>) -> bool {
    let mut edges: Vec<(usize, Line<f64>)> = Vec::new();
    for (ring, line) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
        edges.extend(line.lines().filter(|edge| edge.start != edge.end).map(|edge| (ring, edge)));
    }
    let west = |edge: &Line<f64>| edge.start.x.min(edge.end.x);
    edges.sort_by(|a, b| west(&a.1).total_cmp(&west(&b.1)));
    for (index, (ring, edge)) in edges.iter().enumerate() {
        let (east, south, north) =
            (edge.start.x.max(edge.end.x), edge.start.y.min(edge.end.y), edge.start.y.max(edge.end.y));
        for (other_ring, other) in &edges[index + 1..] {
            if west(other) > east {
                break;
            }
            if other.start.y.min(other.end.y) > north || other.start.y.max(other.end.y) < south {
                continue;
            }
            if conflict(edge, other, ring == other_ring) {
                return false;
            }
        }
    }
    polygon.interiors().iter().all(|hole| hole_is_inside(hole, polygon.exterior()))
}

/// Two edges of one ring may only share an end; edges of two rings may touch in a point but not run along each other.
fn conflict(a: &Line<f64>, b: &Line<f64>, same_ring: bool) -> bool {
    let share_end = a.start == b.start || a.start == b.end || a.end == b.start || a.end == b.end;
    match line_intersection(*a, *b) {
        None => false,
        Some(LineIntersection::Collinear { intersection }) => intersection.start != intersection.end,
        Some(LineIntersection::SinglePoint { is_proper, .. }) => is_proper || (same_ring && !share_end),
    }
}

fn hole_is_inside(hole: &LineString<f64>, outer: &LineString<f64>) -> bool {
    let outer = Polygon::new(outer.clone(), vec![]);
    // A hole may touch the outer ring with some of its vertices: one vertex strictly inside is enough, since no edge
    // crosses.
    hole.0.iter().any(|at| outer.contains(at)) || hole.0.iter().all(|at| outer.intersects(at))
}

#[cfg(test)]
mod tests {
    use geo::{Validation, wkt};

    use super::*;

    fn run(geometry: impl Into<Geometry<f64>>) -> (Result<Geometry<f64>, Cause>, Vec<Repair>) {
        let mut shaper = Shaper::default();
        let checked = check(&geometry.into(), &Crs::wgs84(), &mut shaper);
        (checked, shaper.repairs)
    }

    #[test]
    fn swapped_axes_are_told_at_home_and_overseas() {
        for (x, y) in [(48.85, 2.35), (-21.1, 55.5), (4.9, -52.3), (-22.2, 166.4)] {
            let (checked, _) = run(geo::Point::new(x, y));
            assert!(matches!(checked, Err(Cause::Swapped { .. })), "{x} {y}: {checked:?}");
        }
        assert!(run(geo::Point::new(2.35, 48.85)).0.is_ok());
        assert!(run(geo::Point::new(100.0, 0.0)).0.is_ok());
    }

    #[test]
    fn metres_and_impossible_degrees_are_refused_with_their_figures() {
        let (metres, _) = run(geo::Point::new(650852.9, 6862571.2));
        assert_eq!(metres, Err(Cause::Projected { x: 650852.9, y: 6862571.2, guess: Some(2154) }));
        let (far, _) = run(geo::Point::new(2.0, 95.0));
        assert_eq!(far, Err(Cause::OutOfRange { lon: 2.0, lat: 95.0 }));
        assert!(matches!(run(geo::Point::new(f64::NAN, 1.0)).0, Err(Cause::NotANumber { .. })));
    }

    #[test]
    fn a_bow_tie_becomes_two_triangles() {
        let (checked, repairs) = run(wkt!(POLYGON((0. 0.,1. 1.,1. 0.,0. 1.,0. 0.))));
        let checked = checked.unwrap();
        assert!(checked.is_valid());
        assert!(matches!(&checked, Geometry::MultiPolygon(parts) if parts.0.len() == 2), "{checked:?}");
        assert!(repairs.contains(&Repair::CrossingCut));
    }

    #[test]
    fn a_polygon_without_surface_is_refused() {
        let (checked, _) = run(wkt!(POLYGON((0. 0.,1. 1.,2. 2.,0. 0.))));
        assert!(matches!(checked, Err(Cause::InvalidPolygon { .. })), "{checked:?}");
    }

    #[test]
    fn a_clockwise_ring_is_turned() {
        let (checked, repairs) = run(wkt!(POLYGON((0. 0.,0. 1.,1. 1.,1. 0.,0. 0.))));
        let Ok(Geometry::Polygon(polygon)) = checked else { unreachable!("a polygon was given") };
        assert!(polygon.signed_area() > 0.0);
        assert_eq!(repairs, [Repair::WindingTurned]);
    }

    #[test]
    fn a_hole_may_touch_its_ring_but_not_leave_it() {
        let touching = wkt!(POLYGON((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(0. 2.,1. 3.,1. 1.,0. 2.)));
        assert_eq!(run(touching).1, []);
        let leaving = wkt!(POLYGON((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.),(3. 1.,5. 1.,5. 2.,3. 2.,3. 1.)));
        assert!(run(leaving).1.contains(&Repair::CrossingCut));
    }
}
