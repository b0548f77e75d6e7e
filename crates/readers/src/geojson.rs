//! GeoJSON objects (RFC 7946), read with patience.
//!
//! What it is: from a JSON value to a geometry or a feature, with messages for people. The `geojson` crate is used where
//! we write; here its errors would not say which feature is wrong, nor could a ring be repaired.
//! What it is not: it splits no file (see `document`) and checks no position (see `check`).
//! Invariant: a value that is not GeoJSON is refused with the member that is wrong.

use geo::{Coord, Geometry, Point};
use serde_json::{Map, Value};

use super::{
    Cause, Repair,
    shape::{Kind, Shaper},
};

/// The kind of a JSON value, in words.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The `type` of an object.
///
/// # Errors
/// It is absent or not a text.
pub(super) fn type_of(object: &Map<String, Value>) -> Result<&str, Cause> {
    match object.get("type") {
        None => Err(Cause::Missing { member: "type" }),
        Some(Value::String(name)) => Ok(name),
        Some(other) => Err(Cause::WrongKind { member: "type", expected: "a string", found: kind_of(other) }),
    }
}

/// Notes members that do not belong to an object of this kind, and malformed bounding boxes.
pub(super) fn note_oddities(object: &Map<String, Value>, foreign: &[&str], shaper: &mut Shaper) {
    if foreign.iter().any(|name| object.contains_key(*name)) {
        shaper.note(Repair::ForeignMember);
    }
    if let Some(bbox) = object.get("bbox") {
        let numbers = |list: &Vec<Value>| [4, 6].contains(&list.len()) && list.iter().all(Value::is_number);
        if !bbox.is_null() && !bbox.as_array().is_some_and(numbers) {
            shaper.note(Repair::BadBbox);
        }
    }
}

/// A geometry; `None` for `null` and for empty geometries.
///
/// # Errors
/// What is wrong, named by its member.
pub(super) fn geometry(value: &Value, shaper: &mut Shaper) -> Result<Option<Geometry<f64>>, Cause> {
    let object = match value {
        Value::Null => return Ok(None),
        Value::Object(object) => object,
        other => return Err(Cause::NotAnObject { found: kind_of(other) }),
    };
    let name = type_of(object)?;
    let kind = Kind::named(name).ok_or_else(|| Cause::UnknownType { found: name.to_owned() })?;
    if name != kind.name() {
        shaper.note(Repair::TypeCase);
    }
    note_oddities(object, &["properties", "geometry", "features"], shaper);
    if kind == Kind::Collection {
        return collection(object, shaper);
    }
    let coordinates = match object.get("coordinates") {
        None => return Err(Cause::Missing { member: "coordinates" }),
        Some(Value::Null) => return Ok(None),
        Some(Value::Array(list)) => list,
        Some(other) => {
            return Err(Cause::WrongKind {
                member: "coordinates",
                expected: "an array",
                found: kind_of(other),
            });
        }
    };
    if coordinates.is_empty() {
        return Ok(None);
    }
    let mut nest = Nest { kind, shaper };
    match kind {
        Kind::Point => Ok(Some(Geometry::Point(Point(nest.position(coordinates)?)))),
        Kind::LineString => {
            let line = nest.positions(coordinates)?;
            Ok(nest.shaper.line(line)?.map(Geometry::LineString))
        }
        Kind::MultiPoint => {
            let points = nest.positions(coordinates)?;
            Ok(nest.shaper.points(points))
        }
        Kind::Polygon => {
            let rings = nest.rings(coordinates)?;
            Ok(nest.shaper.polygon(rings)?.map(Geometry::Polygon))
        }
        Kind::MultiLineString => {
            let lines = nest.rings(coordinates)?;
            nest.shaper.lines(lines)
        }
        Kind::MultiPolygon => {
            let polygons = coordinates
                .iter()
                .map(|rings| nest.list(rings).and_then(|rings| nest.rings(rings)))
                .collect::<Result<_, _>>()?;
            nest.shaper.polygons(polygons)
        }
        Kind::Collection => Ok(None),
    }
}

fn collection(object: &Map<String, Value>, shaper: &mut Shaper) -> Result<Option<Geometry<f64>>, Cause> {
    let list = match object.get("geometries") {
        None => return Err(Cause::Missing { member: "geometries" }),
        Some(Value::Array(list)) => list,
        Some(other) => {
            return Err(Cause::WrongKind {
                member: "geometries",
                expected: "an array",
                found: kind_of(other),
            });
        }
    };
    let mut parts = Vec::with_capacity(list.len());
    for part in list {
        parts.extend(geometry(part, shaper)?);
    }
    Ok(shaper.collection(parts))
}

/// Reads nested arrays of positions.
struct Nest<'a> {
    kind: Kind,
    shaper: &'a mut Shaper,
}

impl Nest<'_> {
    fn list<'v>(&self, value: &'v Value) -> Result<&'v Vec<Value>, Cause> {
        value.as_array().ok_or(Cause::Nesting { geometry: self.kind.name() })
    }

    fn position(&mut self, list: &[Value]) -> Result<Coord<f64>, Cause> {
        let mut axes = [0.0; 2];
        for (index, value) in list.iter().enumerate() {
            let number = match value {
                Value::Number(number) => number.as_f64().unwrap_or(f64::NAN),
                Value::Array(_) => return Err(Cause::Nesting { geometry: self.kind.name() }),
                Value::String(text) => return Err(Cause::NotANumber { found: super::clean::excerpt(text) }),
                other => return Err(Cause::NotANumber { found: other.to_string() }),
            };
            match axes.get_mut(index) {
                Some(axis) => *axis = number,
                None => self.shaper.note(Repair::Flattened),
            }
        }
        if list.len() < 2 {
            let first = list.first().map(Value::to_string).unwrap_or_default();
            return Err(Cause::NotANumber { found: format!("[{first}]") });
        }
        Ok(Coord { x: axes[0], y: axes[1] })
    }

    fn positions(&mut self, list: &[Value]) -> Result<Vec<Coord<f64>>, Cause> {
        list.iter().map(|position| self.list(position).and_then(|position| self.position(position))).collect()
    }

    fn rings(&mut self, list: &[Value]) -> Result<Vec<Vec<Coord<f64>>>, Cause> {
        list.iter().map(|ring| self.list(ring).and_then(|ring| self.positions(ring))).collect()
    }
}

/// The parts of a feature, not yet checked.
pub(super) struct Feature<'a> {
    pub(super) id: Option<String>,
    pub(super) properties: Option<&'a Map<String, Value>>,
    pub(super) geometry: Result<Option<Geometry<f64>>, Cause>,
}

/// A feature object.
///
/// # Errors
/// It is no feature, or its `id` or `properties` have the wrong kind. A wrong geometry is told inside the feature.
pub(super) fn feature<'a>(value: &'a Value, shaper: &mut Shaper) -> Result<Feature<'a>, Cause> {
    let Value::Object(object) = value else { return Err(Cause::NotAnObject { found: kind_of(value) }) };
    let name = type_of(object)?;
    if !name.eq_ignore_ascii_case("Feature") {
        return Err(Cause::UnknownType { found: name.to_owned() });
    }
    if name != "Feature" {
        shaper.note(Repair::TypeCase);
    }
    note_oddities(object, &["features", "coordinates", "geometries"], shaper);
    let id = match object.get("id") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()).filter(|text| !text.is_empty()),
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(other) => {
            let expected = "a string or a number";
            return Err(Cause::WrongKind { member: "id", expected, found: kind_of(other) });
        }
    };
    let properties = match object.get("properties") {
        None | Some(Value::Null) => None,
        Some(Value::Object(properties)) => Some(properties),
        Some(other) => {
            return Err(Cause::WrongKind {
                member: "properties",
                expected: "an object",
                found: kind_of(other),
            });
        }
    };
    let geometry = match object.get("geometry") {
        Some(value) => geometry(value, shaper),
        // Coordinates beside an absent geometry were meant to be one: to read "no geometry" there would lose a place.
        None if object.contains_key("coordinates") => Err(Cause::Missing { member: "geometry" }),
        None => Ok(None),
    };
    Ok(Feature { id, properties, geometry })
}
