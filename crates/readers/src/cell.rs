//! A whole geometry in one cell of a table.
//!
//! What it is: WKT, GeoJSON, hexadecimal WKB, the `repr` of a Python dict and `latitude, longitude` pairs, as portals
//! export them. What it is not: it does not choose the column (see `columns`).
//! Invariant: an empty cell is no geometry; a cell that is not understood is an error, never a point.

use geo::{Coord, Geometry, Point};
use serde_json::Value;

use super::{Cause, check::in_france, clean, geojson, shape::Shaper, wkt};

/// Reads the geometry of a cell.
///
/// # Errors
/// [`Cause::GeometryText`] with the column, or what is wrong inside the geometry.
pub(super) fn read(column: &str, value: &Value, shaper: &mut Shaper) -> Result<Option<Geometry<f64>>, Cause> {
    match value {
        Value::String(text) => self::text(column, text.trim(), shaper),
        other => json(column, other, shaper),
    }
}

/// Whether a cell holds nothing, or one of the words by which software says so.
pub(super) fn is_empty(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || ["none", "null", "nan"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn unreadable(column: &str, found: &str) -> Cause {
    Cause::GeometryText { column: column.to_owned(), found: clean::excerpt(found) }
}

fn text(column: &str, text: &str, shaper: &mut Shaper) -> Result<Option<Geometry<f64>>, Cause> {
    if is_empty(text) {
        return Ok(None);
    }
    if wkt::looks_like_text(text) {
        return wkt::read_text(text, shaper);
    }
    if text.starts_with(['{', '[']) {
        let parsed =
            serde_json::from_str(text).ok().or_else(|| serde_json::from_str(&python_to_json(text)?).ok());
        return json(column, &parsed.ok_or_else(|| unreadable(column, text))?, shaper);
    }
    if let Some(bytes) = hexadecimal(text) {
        return wkt::read_binary(&bytes, shaper);
    }
    let (first, second) = pair_of(text).ok_or_else(|| unreadable(column, text))?;
    Ok(Some(pair(first, second)))
}

fn json(column: &str, value: &Value, shaper: &mut Shaper) -> Result<Option<Geometry<f64>>, Cause> {
    match value {
        Value::Null => Ok(None),
        Value::Array(list) if list.is_empty() => Ok(None),
        Value::Array(list) => match list.as_slice() {
            [first, second] => {
                let both = first.as_f64().zip(second.as_f64());
                both.map(|(first, second)| Some(pair(first, second)))
                    .ok_or_else(|| unreadable(column, &value.to_string()))
            }
            _ => Err(unreadable(column, &value.to_string())),
        },
        Value::Object(object) if object.is_empty() => Ok(None),
        Value::Object(object) if object.contains_key("type") => match object
            .get("type")
            .and_then(Value::as_str)
        {
            Some(name) if name.eq_ignore_ascii_case("Feature") => geojson::feature(value, shaper)?.geometry,
            _ => geojson::geometry(value, shaper),
        },
        Value::Object(object) => {
            let axis = |names: [&str; 4]| {
                names.iter().find_map(|name| object.get(*name)).and_then(|value| match value {
                    Value::String(text) => clean::number(text),
                    other => other.as_f64(),
                })
            };
            let (lon, lat) = (axis(["lon", "lng", "longitude", "x"]), axis(["lat", "latitude", "y", "Lat"]));
            match (lon, lat) {
                (Some(x), Some(y)) => Ok(Some(Geometry::Point(Point::new(x, y)))),
                _ => Err(unreadable(column, &value.to_string())),
            }
        }
        other => Err(unreadable(column, &other.to_string())),
    }
}

/// A pair without names. Portals write the latitude first; when only the other order is in France, it is that one: the
/// notation itself says nothing.
fn pair(first: f64, second: f64) -> Geometry<f64> {
    let lon_first = !in_france(second, first) && in_france(first, second);
    let at = if lon_first { Coord { x: first, y: second } } else { Coord { x: second, y: first } };
    Geometry::Point(Point(at))
}

/// `48.85, 2.35` · `48,85 ; 2,35` · `48,85 2,35` · `(48.85, 2.35)`.
fn pair_of(text: &str) -> Option<(f64, f64)> {
    let text = text.trim_matches(['(', ')', ' ']);
    let halves = if text.contains(';') {
        text.split_once(';')
    } else if text.matches(',').count() == 1 {
        text.split_once(',')
    } else {
        text.split_once(", ").or_else(|| text.split_once(char::is_whitespace))
    };
    let (first, second) = halves?;
    Some((clean::number(first)?, clean::number(second)?))
}

/// The bytes of a hexadecimal WKB, as PostGIS and spatial extensions dump it.
fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let usable = text.len() >= 18
        && text.len().is_multiple_of(2)
        && (text.starts_with("00") || text.starts_with("01"));
    if !usable || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let digit = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
    text.as_bytes().chunks_exact(2).map(|two| Some(digit(two[0])? << 4 | digit(two[1])?)).collect()
}

/// Rewrites the `repr` of Python dicts, lists and tuples as JSON; `None` when a string is not closed.
fn python_to_json(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            '\'' | '"' => {
                let (content, after) = python_string(&rest[1..], c)?;
                out.push_str(&Value::String(content).to_string());
                rest = after;
                continue;
            }
            '(' => out.push('['),
            ')' => out.push(']'),
            c if c.is_ascii_alphabetic() => {
                let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                out.push_str(match &rest[..end] {
                    "None" | "nan" => "null",
                    "True" => "true",
                    "False" => "false",
                    // The `e` of 1e-05 comes here too, and passes.
                    word => word,
                });
                rest = &rest[end..];
                continue;
            }
            c => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    Some(out)
}

/// The content of a Python string up to its closing quote, and what follows.
fn python_string(text: &str, quote: char) -> Option<(String, &str)> {
    let mut content = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == quote => return Some((content, &text[at + 1..])),
            '\\' => {
                let (_, escaped) = chars.next()?;
                let width = match escaped {
                    'x' => 2,
                    'u' => 4,
                    _ => 0,
                };
                if width > 0 {
                    let digits: String =
                        (0..width).filter_map(|_| chars.next()).map(|(_, digit)| digit).collect();
                    content
                        .push(char::from_u32(u32::from_str_radix(&digits, 16).ok()?).unwrap_or('\u{fffd}'));
                } else {
                    content.push(match escaped {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        other => other,
                    });
                }
            }
            c => content.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn cell(text: &str) -> Result<Option<Geometry<f64>>, Cause> {
        read("lieu", &json!(text), &mut Shaper::default())
    }

    #[test]
    fn every_notation_gives_the_same_point() {
        let point = Geometry::Point(Point::new(2.29, 48.8));
        for text in [
            "POINT(2.29 48.8)",
            r#"{"type": "Point", "coordinates": [2.29, 48.8]}"#,
            "{'lon': 2.29, 'lat': 48.8}",
            "{'type': 'Feature', 'geometry': {'coordinates': [2.29, 48.8], 'type': 'Point'}, 'properties': {}}",
            "{'type': 'Feature', 'geometry': {'coordinates': (2.29, 48.8), 'type': 'Point'}, 'properties': {'l\\'état': None}}",
            "48.8, 2.29",
            "48,8 ; 2,29",
            "48,8 2,29",
            "[48.8, 2.29]",
            "2.29, 48.8",
        ] {
            assert_eq!(cell(text), Ok(Some(point.clone())), "{text}");
        }
        assert_eq!(
            read("lieu", &json!({"lon": 2.29, "lat": "48,8"}), &mut Shaper::default()),
            Ok(Some(point))
        );
    }

    #[test]
    fn an_empty_cell_is_no_geometry_and_an_unreadable_one_an_error() {
        for empty in ["", "  ", "None", "NULL", "nan", "{}", "[]", "{'type': 'Feature', 'geometry': None}"] {
            assert_eq!(cell(empty), Ok(None), "{empty}");
        }
        for wrong in ["place de la mairie", "48.8", "{'lon': 2.29}", "{'type'", "[1,2,3]", "1,2,3"] {
            assert!(cell(wrong).is_err(), "{wrong} gave {:?}", cell(wrong));
        }
    }

    proptest! {
        #[test]
        fn arbitrary_cells_never_panic(text in "[{(\\['\"]?[a-z'\"\\\\:,{}() 0-9.é\\]-]{0,40}", any in any::<String>()) {
            let _ = cell(&text);
            let _ = cell(&any);
        }
    }
}
