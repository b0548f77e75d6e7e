//! Where a geometry is, and whether its polygons are valid.
//!
//! What it is: the last gate of every reader: projection, range, swapped axes, antimeridian; then the spatial core puts
//! right what can be. What it is not: it does not know the territory of the platform; a point in the next town passes.
//! Invariant: what passes is finite, on the map, in WGS84, valid, and wound as RFC 7946 wants: what is counted is drawn.

use std::cell::Cell;

use geo::{Coord, Geometry, MapCoords};
use parvis_tiles::geometry::Fault;
use parvis_tiles::mend::{MAX_CONTACTS, Mend, mend};

use super::{
    Cause, Locator, Properties, Record, RecordError, Repair,
    crs::{self, Crs},
    meridian,
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
    place: Locator,
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
        let at = position(point.0, crs, 180.0)?;
        return match parvis_tiles::Position::from_lon_lat(at.x, at.y) {
            Some(_) => Ok(Geometry::Point(at.into())),
            None => Err(Cause::OffTheMap { lon: at.x, lat: at.y }),
        };
    }
    // Lines and areas across the antimeridian may be written beyond it.
    let farthest = if matches!(geometry, Geometry::MultiPoint(_)) { 180.0 } else { 360.0 };
    let wrong: Cell<Option<Cause>> = Cell::new(None);
    let geometry = geometry.try_map_coords(|at| {
        position(at, crs, farthest).map_err(|cause| {
            wrong.set(Some(cause));
        })
    });
    match (geometry, wrong.into_inner()) {
        (Ok(geometry), _) => drawable(geometry, shaper),
        (Err(()), cause) => Err(cause.unwrap_or(Cause::NotANumber { found: String::new() })),
    }
}

fn position(at: Coord<f64>, crs: &Crs, farthest: f64) -> Result<Coord<f64>, Cause> {
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
    if at.x.abs() > farthest || at.y.abs() > 90.0 {
        return Err(Cause::OutOfRange { lon: at.x, lat: at.y });
    }
    Ok(at)
}

/// Cuts at the antimeridian and puts right what is not valid, so that what is accepted can be drawn.
fn drawable(geometry: Geometry<f64>, shaper: &mut Shaper) -> Result<Geometry<f64>, Cause> {
    let cut = meridian::cut(&geometry);
    if cut.is_some() {
        shaper.note(Repair::MeridianCut);
    }
    let mended = mend(&cut.unwrap_or(geometry)).map_err(|fault| match fault {
        Fault::OutsideWorld { near: (lon, lat) } => Cause::OffTheMap { lon, lat },
        Fault::Kind(_) => Cause::MixedCollection,
        Fault::Tangled => Cause::Tangled { most: MAX_CONTACTS },
        Fault::TooFewVertices => Cause::NoLength,
        Fault::Empty | Fault::NoArea => Cause::InvalidPolygon { reason: "no surface" },
        _ => Cause::InvalidPolygon { reason: "crosses itself" },
    })?;
    for done in mended.done {
        shaper.note(match done {
            Mend::CrossingCut => Repair::CrossingCut,
            Mend::PartsJoined => Repair::PartsJoined,
            Mend::PartsDropped => Repair::PartsDropped,
            Mend::EdgeCut => Repair::EdgeCut,
            Mend::CollectionOpened => Repair::CollectionOpened,
            Mend::WindingTurned => Repair::WindingTurned,
        });
    }
    Ok(mended.geometry)
}

#[cfg(test)]
mod tests {
    use geo::{Area, Validation, wkt};

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
    fn what_no_map_shows_is_refused_by_its_name() {
        let (pole, _) = run(geo::Point::new(2.35, 89.9));
        assert_eq!(pole, Err(Cause::OffTheMap { lon: 2.35, lat: 89.9 }));
        assert_eq!(run(geo::Point::new(181.0, 1.0)).0, Err(Cause::OutOfRange { lon: 181.0, lat: 1.0 }));
        assert_eq!(run(wkt!(LINESTRING(2. 48.,2. 48.))).0, Err(Cause::NoLength));
        let mixed = wkt!(GEOMETRYCOLLECTION(POINT(2. 48.),LINESTRING(2. 48.,3. 49.)));
        assert_eq!(run(Geometry::GeometryCollection(mixed)).0, Err(Cause::MixedCollection));
        let (across, repairs) =
            run(wkt!(POLYGON((177. - 17., -179. - 17., -179. - 16., 177. - 16., 177. - 17.))));
        assert!(across.unwrap().is_valid() && repairs.contains(&Repair::MeridianCut));
    }

    #[test]
    fn a_tangle_is_refused_before_it_is_cut() {
        // A star of chords: every one crosses all others.
        let turn = |n: u32| f64::from(n * 500) * std::f64::consts::TAU / 1001.0;
        let ring: geo::LineString<f64> =
            (0..=1001).map(|n| (2.0 + turn(n).cos(), 48.0 + turn(n).sin())).collect();
        let (tangle, _) = run(geo::Polygon::new(ring, vec![]));
        assert_eq!(tangle, Err(Cause::Tangled { most: MAX_CONTACTS }));
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
