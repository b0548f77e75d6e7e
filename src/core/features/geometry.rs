//! Geometry as the database keeps it: WKB, longitude and latitude in EPSG:4326. Not for tiles: see the crate `tiles`.

use crate::base::error::{Error, Result};
use geo::Geometry;
use wkb::Endianness;
use wkb::reader::read_wkb;
use wkb::writer::{WriteOptions, write_geometry};

/// Reads WKB.
///
/// # Errors
/// [`Error::Internal`]: only our own writes are ever in the database.
pub fn from_wkb(bytes: &[u8]) -> Result<Geometry<f64>> {
    use geo_traits::to_geo::ToGeoGeometry;
    let wkb = read_wkb(bytes).map_err(|e| Error::Internal(format!("wkb: {e}")))?;
    wkb.try_to_geometry().ok_or_else(|| Error::Internal("wkb: empty point".into()))
}

/// Reads WKB for readers of GeoJSON and the like: outlines run counter-clockwise, holes clockwise (RFC 7946, 3.1.6). Older rows keep the
/// winding that they were drawn with, because the register has sealed it.
///
/// # Errors
/// Those of [`from_wkb`].
pub fn published(bytes: &[u8]) -> Result<Geometry<f64>> {
    use geo::orient::{Direction, Orient};
    Ok(match from_wkb(bytes)? {
        Geometry::Polygon(polygon) => Geometry::Polygon(polygon.orient(Direction::Default)),
        Geometry::MultiPolygon(polygons) => Geometry::MultiPolygon(polygons.orient(Direction::Default)),
        other => other,
    })
}

/// Writes little-endian WKB.
///
/// # Errors
/// [`Error::Internal`] for a geometry that WKB cannot say.
pub fn to_wkb(geometry: &Geometry<f64>) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(32);
    write_geometry(&mut bytes, geometry, &WriteOptions { endianness: Endianness::LittleEndian })
        .map_err(|e| Error::Internal(format!("wkb: {e}")))?;
    Ok(bytes)
}

/// The longitude and latitude of a WKB point, without building a geometry; `None` for anything else.
pub fn point_of_wkb(bytes: &[u8]) -> Option<(f64, f64)> {
    // Byte order 1 (little), type 1 (point), x, y: what `to_wkb` writes.
    let [1, 1, 0, 0, 0, xy @ ..] = bytes else { return None };
    let (x, y) = xy.split_first_chunk::<8>().and_then(|(x, y)| Some((x, y.first_chunk::<8>()?)))?;
    Some((f64::from_le_bytes(*x), f64::from_le_bytes(*y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_geometry_reads_back_as_it_was_written() {
        let line: Geometry<f64> = geo::LineString::from(vec![(2.35, 48.85), (2.36, 48.86)]).into();
        assert_eq!(from_wkb(&to_wkb(&line).unwrap()).unwrap(), line);
        let point: Geometry<f64> = geo::Point::new(2.35, 48.85).into();
        let bytes = to_wkb(&point).unwrap();
        assert_eq!(from_wkb(&bytes).unwrap(), point);
        assert_eq!(point_of_wkb(&bytes), Some((2.35, 48.85)));
        assert_eq!(point_of_wkb(&to_wkb(&line).unwrap()), None);
    }

    #[test]
    fn what_was_drawn_clockwise_is_published_counter_clockwise() {
        use geo::{Area, polygon};
        let hole = geo::LineString::from(vec![(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)]);
        let mut drawn = polygon![(x: 0.0, y: 0.0), (x: 0.0, y: 3.0), (x: 3.0, y: 3.0), (x: 3.0, y: 0.0)];
        drawn.interiors_push(hole);
        assert!(drawn.signed_area() < 0.0);
        let Geometry::Polygon(told) = published(&to_wkb(&drawn.into()).unwrap()).unwrap() else {
            unreachable!()
        };
        assert!(told.signed_area() > 0.0);
        assert!(geo::Polygon::new(told.interiors()[0].clone(), Vec::new()).signed_area() < 0.0);
    }

    #[test]
    fn broken_wkb_is_an_error() {
        assert!(from_wkb(&[1, 2, 3]).is_err());
    }
}
