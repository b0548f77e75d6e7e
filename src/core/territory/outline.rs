//! A row of a file as an area: its name or code by a column, and its surface.

use geo::{Geometry, MultiPolygon};
use parvis_readers::{Cause, Record};
use serde_json::Value;

/// What a row says in a column, cleaned; empty where it says nothing.
pub fn said(record: &Record, column: &str) -> String {
    match record.get(column) {
        Some(Value::String(text)) => crate::base::text::clean(text),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

/// The surface of a row.
///
/// # Errors
/// Where it has none: what it has instead.
pub fn surface(geometry: Option<Geometry<f64>>) -> Result<MultiPolygon<f64>, Cause> {
    match geometry {
        Some(Geometry::Polygon(polygon)) => Ok(MultiPolygon(vec![polygon])),
        Some(Geometry::MultiPolygon(polygons)) => Ok(polygons),
        None => Err(Cause::NotAnArea { found: "null" }),
        Some(Geometry::Point(_) | Geometry::MultiPoint(_)) => Err(Cause::NotAnArea { found: "point" }),
        Some(_) => Err(Cause::NotAnArea { found: "line" }),
    }
}
