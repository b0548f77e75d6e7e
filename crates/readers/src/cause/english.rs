//! Each cause in English, with what to do.

use std::fmt;

use super::Cause;
use crate::crs;

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Json { detail } => write!(f, "not valid JSON ({detail}); correct the syntax"),
            Cause::NotAnObject { found } => write!(f, "a JSON object is expected, {found} found"),
            Cause::Missing { member } => write!(f, "member \"{member}\" is missing; add it or export again"),
            Cause::Twice { member } => write!(f, "member \"{member}\" is there twice; keep one"),
            Cause::WrongKind { member, expected, found } => {
                write!(f, "\"{member}\" should be {expected}, {found} found")
            }
            Cause::UnknownType { found } => write!(
                f,
                "unknown type \"{found}\"; accepted: Point, LineString, Polygon, their Multi forms, GeometryCollection"
            ),
            Cause::ColumnCount { expected, found } => {
                write!(
                    f,
                    "{found} cells instead of {expected}; check the delimiter and the quotes of this row"
                )
            }
            Cause::TooLong { limit } => {
                write!(f, "row of more than {limit} bytes; probably a quote opened and never closed")
            }
            Cause::Unclosed => {
                write!(
                    f,
                    "a quote is opened and never closed; close it, or double it where it is part of the text"
                )
            }
            Cause::Broken { detail } => {
                write!(f, "cannot be read ({detail}); the file is damaged or incomplete")
            }
            Cause::Cut => {
                write!(
                    f,
                    "the file stops in the middle of this object, or its brackets do not match; export it again"
                )
            }
            Cause::Nesting { geometry } => {
                write!(f, "coordinates badly nested for a {geometry}; check the brackets")
            }
            Cause::NotANumber { found } => write!(f, "coordinate \"{found}\" is not a number"),
            Cause::HalfPosition { missing } => {
                write!(f, "{missing} is missing; complete the position or empty it")
            }
            Cause::TooFew { geometry, needed, found } => {
                write!(f, "{geometry} of {found} position(s), at least {needed} needed")
            }
            Cause::OutOfRange { lon, lat } => write!(
                f,
                "longitude {lon}, latitude {lat}: out of range (longitude -180 to 180, latitude -90 to 90)"
            ),
            Cause::Swapped { lon, lat } => write!(
                f,
                "longitude {lon}, latitude {lat}: longitude and latitude look swapped; exchange the two columns \
                 (--map lon=…,lat=…)"
            ),
            Cause::Projected { x, y, guess: Some(epsg) } => {
                write!(f, "x {x}, y {y}: projected coordinates in metres; run again with --crs {epsg}")
            }
            Cause::Projected { x, y, guess: None } => {
                write!(
                    f,
                    "x {x}, y {y}: projected coordinates in metres; say which with --crs (2154 is Lambert-93)"
                )
            }
            Cause::OutsideProjection { x, y, epsg } => {
                write!(f, "x {x}, y {y}: outside of what EPSG:{epsg} covers; check --crs")
            }
            Cause::GeometryText { column, found } => write!(
                f,
                "column \"{column}\": \"{found}\" is neither WKT, GeoJSON nor a \"latitude, longitude\" pair"
            ),
            Cause::InvalidPolygon { reason } => write!(f, "invalid polygon ({reason}); correct it in a GIS"),
            Cause::UnknownProjection { name } => f.write_str(&crs::unknown(name).0),
            Cause::OffTheMap { lon, lat } => write!(
                f,
                "longitude {lon}, latitude {lat}: beyond the edges of the map (latitude -85.05 to 85.05); take the point out"
            ),
            Cause::MixedCollection => write!(
                f,
                "a GeometryCollection of points, lines and areas; separate them: ogr2ogr -explodecollections output.geojson input"
            ),
            Cause::NoLength => {
                write!(f, "a line whose positions are all the same; correct it, or give a point")
            }
            Cause::Tangled { most } => {
                write!(
                    f,
                    "an outline that crosses itself more than {most} times is none; correct it in a GIS"
                )
            }
            Cause::TooManyVertices { found, most } => write!(
                f,
                "{found} vertices, more than the {most} allowed; simplify: ogr2ogr -simplify 0.00001 output.geojson input"
            ),
            Cause::Date { found } => write!(
                f,
                "date \"{found}\" cannot be read or does not exist; accepted: 2024-03-31, 31/03/2024 18:05, ISO 8601"
            ),
            Cause::NoText => write!(f, "neither title nor text; map a column with --map title=… or body=…"),
            Cause::NoPlace { area: None } => {
                f.write_str("neither geometry nor area; map a column with --map area=… or geometry=…")
            }
            Cause::NoPlace { area: Some(area) } => write!(
                f,
                "no geometry, and the area \"{area}\" is not known; import the areas first (parvis import areas)"
            ),
            Cause::UnknownStatus { found, allowed } => {
                write!(
                    f,
                    "status \"{found}\" is not known; rename it in [values.status] of the mapping ({allowed})"
                )
            }
            Cause::UnknownKind { found, allowed } => {
                write!(f, "kind \"{found}\" is not known; write one of: {allowed}")
            }
            Cause::UnknownVerdict { found, allowed } => {
                write!(
                    f,
                    "answer \"{found}\" is not known, or impossible for this kind; write one of: {allowed}"
                )
            }
            Cause::Repeated { id } => write!(f, "an earlier row has the identifier \"{id}\""),
            Cause::NotAnArea { found } => write!(f, "an area is a polygon, {found} found"),
            Cause::UnknownParent { found } => {
                write!(f, "parent area \"{found}\" is not known; import it first, or correct --parent-field")
            }
        }
    }
}
