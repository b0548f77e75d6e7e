//! GeoJSON files, GeoJSON lines and JSON tables: one text, many objects.
//!
//! What it is: the shape of the whole file, judged once when it is opened, then its objects parsed one at a time.
//! What it is not: it does not stream; the text is held, up to [`ReadOptions::max_bytes`], the objects are not.
//! Invariant: an object that is wrong is refused alone; a file whose shape is wrong is refused before the first row.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use serde_json::{Map, Value};

use super::{
    Cause, Format, Locator, Properties, ReadOptions, Record, RecordError, Repair, check, clean,
    columns::Position,
    crs::Crs,
    geojson,
    scan::{self, Walk},
    shape::{Kind, Shaper},
};

/// A JSON file being read.
pub(super) struct Document {
    text: String,
    pub(super) format: Format,
    layout: Layout,
    pub(super) columns: Vec<Arc<str>>,
    names: HashMap<String, Arc<str>>,
    pub(super) position: Position,
    pub(super) crs: Crs,
    pub(super) total: u64,
    pub(super) repairs: Vec<Repair>,
    number: u64,
}

/// Where the objects are.
enum Layout {
    /// In an array: where the walk stands.
    Array((usize, bool)),
    /// One a line: where the next line starts.
    Lines(usize),
    /// The whole text is one object.
    Single(bool),
}

/// What the first look at a file gives.
struct Outline {
    layout: Layout,
    format: Format,
    epsg: Option<u32>,
    repairs: Vec<Repair>,
}

/// A file refused as a whole: the cause, and the number of the feature in which it stands.
type Refused = (Option<u64>, Cause);

impl Document {
    /// Looks at the shape of a text. `lines` when the extension says that there is one object a line.
    pub(super) fn open(
        text: String,
        options: &ReadOptions,
        lines: bool,
    ) -> Result<Document, (String, String)> {
        let said = |(number, cause): Refused| match number {
            Some(number) => {
                (format!("feature {number}: {cause}"), format!("objet {number} : {}", cause.french()))
            }
            None => (cause.to_string(), cause.french()),
        };
        let outline = outline(&text, lines).map_err(said)?;
        let epsg = options.crs.or(outline.epsg).unwrap_or(4326);
        let crs = Crs::from_epsg(epsg).ok_or_else(|| super::source::unknown_crs(epsg))?;
        let mut document = Document {
            text,
            format: outline.format,
            layout: outline.layout,
            columns: Vec::new(),
            names: HashMap::new(),
            position: Position::None,
            crs,
            total: 0,
            repairs: outline.repairs,
            number: 0,
        };
        document.survey().map_err(said)?;
        if document.format == Format::JsonTable {
            document.position = Position::choose(&document.columns, options, document.crs.axes())?;
        }
        Ok(document)
    }

    /// Counts the objects and gathers the names of their properties.
    fn survey(&mut self) -> Result<(), Refused> {
        let start = match &self.layout {
            Layout::Array(walk) => Layout::Array(*walk),
            Layout::Lines(at) => Layout::Lines(*at),
            Layout::Single(done) => Layout::Single(*done),
        };
        let text = std::mem::take(&mut self.text);
        let mut seen: HashSet<&str> = HashSet::new();
        while let Some(span) = self.next_span(&text) {
            let Ok(span) = span else { return Err((Some(self.total + 1), Cause::Cut)) };
            self.total += 1;
            for key in keys(&text, span, self.format) {
                if seen.insert(key) {
                    self.columns.push(unescaped(key).into());
                }
            }
        }
        let names = self.columns.iter().map(|name| (name.to_string(), name.clone())).collect();
        (self.names, self.text, self.layout) = (names, text, start);
        Ok(())
    }

    /// The span of the next object; `Err` where the text stops being JSON.
    fn next_span(&mut self, text: &str) -> Option<Result<Range<usize>, scan::Stop>> {
        match &mut self.layout {
            Layout::Single(done) => (!std::mem::replace(done, true)).then_some(Ok(0..text.len())),
            Layout::Array(at) => {
                let mut walk = Walk::resume(text.as_bytes(), *at);
                let span = walk.element();
                *at = walk.position();
                if matches!(span, Some(Err(_))) {
                    self.layout = Layout::Single(true);
                }
                span
            }
            Layout::Lines(at) => loop {
                let rest = text.get(*at..).filter(|rest| !rest.is_empty())?;
                let line = rest.split_inclusive('\n').next().unwrap_or(rest);
                let start = *at;
                *at += line.len();
                // RFC 8142 starts each text with a record separator.
                let body = line.trim_start_matches('\u{1e}');
                if !body.trim().is_empty() {
                    return Some(Ok(start + line.len() - body.len()..*at));
                }
            },
        }
    }

    fn record(&self, text: &str) -> Result<Record, RecordError> {
        let number = self.number;
        let refused =
            |cause| RecordError { place: Locator::Feature { number, id: None }, cause, properties: vec![] };
        let mut value: Value = serde_json::from_str(text.trim())
            .map_err(|error| refused(Cause::Json { detail: error.to_string() }))?;
        clean::clean_value(&mut value);
        let mut shaper = Shaper::default();
        if self.format == Format::JsonTable {
            let Value::Object(object) = &value else {
                return Err(refused(Cause::NotAnObject { found: geojson::kind_of(&value) }));
            };
            let properties = self.properties(Some(object));
            let geometry = self.position.read(&properties, &mut shaper);
            let place = Locator::Row { number, line: 0 };
            return check::finish(place, None, properties, geometry, shaper, &self.crs);
        }
        let is_geometry =
            value.get("type").and_then(Value::as_str).is_some_and(|name| Kind::named(name).is_some());
        if is_geometry && !matches!(self.layout, Layout::Array(_)) {
            let geometry = geojson::geometry(&value, &mut shaper);
            let place = Locator::Feature { number, id: None };
            return check::finish(place, None, vec![], geometry, shaper, &self.crs);
        }
        let feature = geojson::feature(&value, &mut shaper).map_err(|cause| RecordError {
            properties: self.properties(value.get("properties").and_then(Value::as_object)),
            ..refused(cause)
        })?;
        let properties = self.properties(feature.properties);
        let place = Locator::Feature { number, id: feature.id.clone() };
        check::finish(place, feature.id, properties, feature.geometry, shaper, &self.crs)
    }

    fn properties(&self, object: Option<&Map<String, Value>>) -> Properties {
        let name = |name: &String| self.names.get(name).cloned().unwrap_or_else(|| name.as_str().into());
        object
            .map(|object| object.iter().map(|(key, value)| (name(key), value.clone())).collect())
            .unwrap_or_default()
    }
}

impl Iterator for Document {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        let text = std::mem::take(&mut self.text);
        let span = self.next_span(&text);
        let record = span.map(|span| {
            self.number += 1;
            match span.ok().and_then(|span| text.get(span)) {
                Some(object) => self.record(object),
                None => Err(RecordError {
                    place: Locator::Feature { number: self.number, id: None },
                    cause: Cause::Cut,
                    properties: vec![],
                }),
            }
        });
        self.text = text;
        record
    }
}

/// The raw names of the properties of an object.
fn keys(text: &str, span: Range<usize>, format: Format) -> Vec<&str> {
    let bytes = text.as_bytes();
    let members_of = |at: usize| {
        let mut walk = Walk::new(bytes, at);
        let mut members = Vec::new();
        while let Some(Ok((key, value))) = (bytes.get(at) == Some(&b'{')).then(|| walk.member()).flatten() {
            members.push((text.get(key).unwrap_or_default(), value));
        }
        members
    };
    let own = members_of(scan::skip_space(bytes, span.start));
    if format == Format::JsonTable {
        return own.into_iter().map(|(key, _)| key).collect();
    }
    let properties = own.into_iter().find(|(key, _)| *key == "properties");
    properties
        .map(|(_, value)| members_of(value.start).into_iter().map(|(key, _)| key).collect())
        .unwrap_or_default()
}

fn unescaped(key: &str) -> String {
    serde_json::from_str(&format!("\"{key}\"")).unwrap_or_else(|_| key.to_owned())
}

/// Judges the shape of a file.
fn outline(text: &str, lines: bool) -> Result<Outline, Refused> {
    let bytes = text.as_bytes();
    let start = scan::skip_space(bytes, 0);
    let plain = |layout, format| Outline { layout, format, epsg: None, repairs: vec![] };
    match bytes.get(start) {
        _ if lines => {}
        Some(b'[') => {
            let mut walk = Walk::new(bytes, start);
            let first = walk.element().and_then(Result::ok);
            let is_feature = first.is_some_and(|span| looks_like_geojson(&text[span]));
            let format = if is_feature { Format::GeoJson } else { Format::JsonTable };
            return Ok(plain(Layout::Array((start + 1, false)), format));
        }
        Some(b'{' | 0x1e) => {}
        _ => {
            let value = serde_json::from_str::<Value>(text.trim());
            return Err((
                None,
                match value {
                    Ok(value) => Cause::NotAnObject { found: geojson::kind_of(&value) },
                    Err(error) => Cause::Json { detail: error.to_string() },
                },
            ));
        }
    }
    // Text after the first object: other lines, when the object is itself one line; garbage otherwise.
    let end = scan::skip_value(bytes, start).ok().filter(|end| scan::skip_space(bytes, *end) < bytes.len());
    let several = end.is_some_and(|end| !bytes[start..end].contains(&b'\n'));
    if end.is_some() && !several && bytes.get(start) == Some(&b'{') {
        return Err(syntax(text, &HashMap::new()));
    }
    if several || lines || bytes.get(start) == Some(&0x1e) {
        let first =
            text.lines().map(|line| line.trim_start_matches('\u{1e}')).find(|line| !line.trim().is_empty());
        let format =
            if first.is_none_or(looks_like_geojson) { Format::GeoJsonLines } else { Format::JsonTable };
        return Ok(plain(Layout::Lines(0), format));
    }
    root(text, start)
}

/// Judges a file that is one object.
fn root(text: &str, start: usize) -> Result<Outline, Refused> {
    let bytes = text.as_bytes();
    let mut members: HashMap<&str, Range<usize>> = HashMap::new();
    let mut walk = Walk::new(bytes, start);
    while let Some(member) = walk.member() {
        let Ok((key, value)) = member else { return Err(syntax(text, &members)) };
        let key = text.get(key).unwrap_or_default();
        let matters = ["type", "features", "geometry", "coordinates", "properties", "id"].contains(&key);
        if members.insert(key, value).is_some() && matters {
            return Err((None, Cause::Twice { member: key.to_owned() }));
        }
    }
    let value_of = |key: &str| members.get(key).and_then(|span| text.get(span.clone()));
    let name: Value = match value_of("type") {
        Some(raw) => serde_json::from_str(raw).unwrap_or(Value::Null),
        None => return Err((None, Cause::Missing { member: "type" })),
    };
    let Some(name) = name.as_str() else {
        let found = geojson::kind_of(&name);
        return Err((None, Cause::WrongKind { member: "type", expected: "a string", found }));
    };
    let epsg = value_of("crs").map(declared_crs).transpose().map_err(|cause| (None, cause))?.flatten();
    if !name.eq_ignore_ascii_case("FeatureCollection") {
        return if name.eq_ignore_ascii_case("Feature") || Kind::named(name).is_some() {
            Ok(Outline { layout: Layout::Single(false), format: Format::GeoJson, epsg, repairs: vec![] })
        } else {
            Err((None, Cause::UnknownType { found: clean::excerpt(name) }))
        };
    }
    let mut repairs = Vec::new();
    if name != "FeatureCollection" {
        repairs.push(Repair::TypeCase);
    }
    if ["coordinates", "geometries", "geometry", "properties"].iter().any(|key| members.contains_key(key)) {
        repairs.push(Repair::ForeignMember);
    }
    let Some(span) = members.get("features") else {
        return Err((None, Cause::Missing { member: "features" }));
    };
    if bytes.get(span.start) != Some(&b'[') {
        let value = serde_json::from_str(&text[span.clone()]).unwrap_or(Value::Null);
        let found = geojson::kind_of(&value);
        return Err((None, Cause::WrongKind { member: "features", expected: "an array", found }));
    }
    Ok(Outline { layout: Layout::Array((span.start + 1, false)), format: Format::GeoJson, epsg, repairs })
}

/// Why a root object cannot be walked, with the feature in which it breaks when the features had begun.
fn syntax(text: &str, members: &HashMap<&str, Range<usize>>) -> Refused {
    let detail = serde_json::from_str::<serde::de::IgnoredAny>(text)
        .err()
        .map_or_else(|| "structure inattendue".to_owned(), |error| error.to_string());
    let features = (!members.contains_key("features")).then(|| text.find("\"features\"")).flatten();
    let number = features.and_then(|at| text[at..].find('[').map(|bracket| at + bracket)).map(|bracket| {
        let mut walk = Walk::new(text.as_bytes(), bracket);
        let mut number = 1;
        while let Some(Ok(_)) = walk.element() {
            number += 1;
        }
        number
    });
    (number, Cause::Json { detail })
}

/// The EPSG code of the `crs` member that GeoJSON had before RFC 7946 and that GIS software still writes.
fn declared_crs(raw: &str) -> Result<Option<u32>, Cause> {
    let value: Value = serde_json::from_str(raw).unwrap_or(Value::Null);
    let unknown = |name: &str| Cause::UnknownProjection { name: clean::excerpt(name) };
    if value.is_null() {
        return Ok(None);
    }
    if let Some(code) = value.pointer("/properties/code").and_then(Value::as_u64) {
        return u32::try_from(code).map(Some).map_err(|_too_large| unknown(&code.to_string()));
    }
    let Some(name) = value.pointer("/properties/name").and_then(Value::as_str) else {
        return Err(unknown(&value.to_string()));
    };
    let upper = name.to_ascii_uppercase();
    if upper.ends_with("CRS84") {
        return Ok(Some(4326));
    }
    // `EPSG:2154`, `urn:ogc:def:crs:EPSG::2154`, `http://www.opengis.net/def/crs/EPSG/0/2154`.
    let code = upper.rsplit([':', '/']).next().and_then(|code| code.trim().parse().ok());
    code.filter(|_| upper.contains("EPSG")).map(Some).ok_or_else(|| unknown(name))
}

/// Whether an object says that it is GeoJSON, and not any object.
fn looks_like_geojson(text: &str) -> bool {
    let bytes = text.as_bytes();
    let start = scan::skip_space(bytes, 0);
    if bytes.get(start) != Some(&b'{') {
        return true;
    }
    let mut walk = Walk::new(bytes, start);
    while let Some(Ok((key, value))) = walk.member() {
        if &text[key] == "type" {
            let name = text[value].trim_matches('"');
            return name.to_ascii_lowercase().starts_with("feature") || Kind::named(name).is_some();
        }
    }
    false
}
