//! What a file holds, gathered by a dry run, and the file of rejects.
//!
//! What it is: counts, examples and warnings for the person who is about to import.
//! What it is not: it decides nothing.
//! Invariant: rows read = rows accepted + rows rejected; memory does not grow with the texts of the file.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt, io,
    sync::Arc,
};

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Paris;
use geo::{BoundingRect, Geometry};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use super::{Draft, Format, RecordError, Repair, Source, check::in_france, theme_key};

/// Examples kept for each cause.
const EXAMPLES: usize = 3;
/// Different themes counted; a column of free texts would have as many as rows.
const THEMES: usize = 5_000;

/// What a dry run found. `Display` is the text for a terminal, in French.
#[derive(Debug, Clone)]
pub struct Report {
    /// Rows accepted.
    pub accepted: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Rejected rows by [`super::Cause::key`], with the first examples in French.
    pub causes: BTreeMap<&'static str, (u64, Vec<String>)>,
    /// Accepted rows by kind of geometry.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Accepted rows without a geometry.
    pub without_geometry: u64,
    /// Accepted rows whose geometry was repaired, by repair.
    pub repairs: BTreeMap<Repair, u64>,
    /// West, south, east, north of the accepted rows, in degrees.
    pub bbox: Option<[f64; 4]>,
    /// Accepted rows that lie outside of the French territories, with the first examples: often a slip.
    pub abroad: (u64, Vec<String>),
    /// First and last date of creation.
    pub dates: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Rows whose external id was already seen in the file, with the first examples.
    pub duplicates: (u64, Vec<String>),
    /// The columns of the file.
    pub columns: Vec<Arc<str>>,
    themes: HashMap<String, HashMap<String, u64>>,
    seen: HashSet<u64>,
    source: Vec<(&'static str, String)>,
}

impl Report {
    /// A report on `source`, which has not been read yet.
    pub fn new(source: &Source) -> Report {
        let format = match source.format {
            Format::GeoJson => "GeoJSON",
            Format::GeoJsonLines => "GeoJSON, un objet par ligne",
            Format::JsonTable => "table JSON",
            Format::Csv => "CSV",
            Format::Shapefile => "Shapefile",
            Format::GeoPackage => "GeoPackage",
            Format::Sheet => "classeur (XLSX ou ODS)",
        };
        let mut told = vec![("Format", format.to_owned()), ("Encodage", source.encoding.clone())];
        if let Some(delimiter) = source.delimiter {
            told.push((
                "Séparateur",
                if delimiter == '\t' { "tabulation".into() } else { format!("« {delimiter} »") },
            ));
        }
        told.push(("Projection", source.projection()));
        told.push(("Géométrie lue dans", source.geometry_from.clone()));
        told.push(("Colonnes", source.columns.join(", ")));
        Report {
            accepted: 0,
            rejected: 0,
            causes: BTreeMap::new(),
            kinds: BTreeMap::new(),
            without_geometry: 0,
            repairs: source.repairs.iter().map(|repair| (*repair, 1)).collect(),
            bbox: None,
            abroad: (0, vec![]),
            dates: None,
            duplicates: (0, vec![]),
            columns: source.columns.clone(),
            themes: HashMap::new(),
            seen: HashSet::new(),
            source: told,
        }
    }

    /// Counts an accepted row.
    pub fn accept(&mut self, draft: &Draft) {
        self.accepted += 1;
        match &draft.geometry {
            None => self.without_geometry += 1,
            Some(geometry) => {
                *self.kinds.entry(kind(geometry)).or_default() += 1;
                if let Some(rect) = geometry.bounding_rect() {
                    let (low, high) = (rect.min(), rect.max());
                    if !in_france(low.x, low.y) && !in_france(high.x, high.y) {
                        self.abroad.0 += 1;
                        if self.abroad.1.len() < EXAMPLES {
                            self.abroad.1.push(format!("{} ({}, {})", draft.place.french(), low.x, low.y));
                        }
                    }
                    let [west, south, east, north] = self.bbox.unwrap_or([low.x, low.y, high.x, high.y]);
                    self.bbox =
                        Some([west.min(low.x), south.min(low.y), east.max(high.x), north.max(high.y)]);
                }
            }
        }
        for repair in &draft.repairs {
            *self.repairs.entry(*repair).or_default() += 1;
        }
        if let Some(created) = draft.created {
            let (first, last) = self.dates.unwrap_or((created, created));
            self.dates = Some((first.min(created), last.max(created)));
        }
        if let Some(theme) = &draft.theme {
            let key = theme_key(theme);
            if self.themes.len() < THEMES || self.themes.contains_key(&key) {
                *self.themes.entry(key).or_default().entry(theme.clone()).or_default() += 1;
            }
        }
        // Only a hash of each identifier is kept: a million of them is 16 MB.
        if let Some(id) = &draft.external_id
            && !self.seen.insert(xxh3_64(id.as_bytes()))
        {
            self.duplicates.0 += 1;
            if self.duplicates.1.len() < EXAMPLES {
                self.duplicates.1.push(format!("{id} ({})", draft.place.french()));
            }
        }
    }

    /// Counts a rejected row.
    pub fn reject(&mut self, error: &RecordError) {
        self.rejected += 1;
        let (count, examples) = self.causes.entry(error.cause.key()).or_default();
        *count += 1;
        if examples.len() < EXAMPLES {
            examples.push(error.french());
        }
    }

    /// Takes over what the reader passed over besides rows; once it has read all.
    pub fn finish(&mut self, source: &Source) {
        for (repair, count) in source.left_out() {
            *self.repairs.entry(*repair).or_default() += count;
        }
    }

    /// Rows read so far.
    pub fn read(&self) -> u64 {
        self.accepted + self.rejected
    }

    /// The themes, under their most frequent spelling, the most frequent theme first.
    pub fn themes(&self) -> Vec<(String, u64)> {
        let mut themes: Vec<(String, u64)> = self
            .themes
            .values()
            .filter_map(|spellings| {
                let count = spellings.values().sum();
                let best = spellings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))?;
                Some((best.0.clone(), count))
            })
            .collect();
        themes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        themes
    }
}

/// The GeoJSON name of the kind of a geometry.
fn kind(geometry: &Geometry<f64>) -> &'static str {
    match geometry {
        Geometry::Point(_) => "Point",
        Geometry::Line(_) | Geometry::LineString(_) => "LineString",
        Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => "Polygon",
        Geometry::MultiPoint(_) => "MultiPoint",
        Geometry::MultiLineString(_) => "MultiLineString",
        Geometry::MultiPolygon(_) => "MultiPolygon",
        Geometry::GeometryCollection(_) => "GeometryCollection",
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.source {
            writeln!(f, "{name:<20} {value}")?;
        }
        writeln!(
            f,
            "{:<20} {} (acceptées {}, rejetées {})",
            "Lignes lues",
            self.read(),
            self.accepted,
            self.rejected
        )?;
        let mut kinds: Vec<String> =
            self.kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        if self.without_geometry > 0 {
            kinds.push(format!("sans géométrie {}", self.without_geometry));
        }
        writeln!(f, "{:<20} {}", "Géométries", kinds.join(", "))?;
        if let Some([west, south, east, north]) = self.bbox {
            writeln!(f, "{:<20} {west:.5} à {east:.5} E, {south:.5} à {north:.5} N", "Emprise")?;
        }
        if self.abroad.0 > 0 {
            let (count, examples) = &self.abroad;
            writeln!(f, "{:<20} {count}, dont {}", "Hors de France", examples.join(" ; "))?;
        }
        if let Some((first, last)) = self.dates {
            let day = |at: DateTime<Utc>| at.with_timezone(&Paris).format("%d/%m/%Y").to_string();
            writeln!(f, "{:<20} du {} au {}", "Dates", day(first), day(last))?;
        }
        let repairs = self.repairs.iter().filter(|(repair, _)| **repair != Repair::WindingTurned);
        let repairs: Vec<String> =
            repairs.map(|(repair, count)| format!("{} {count}", repair.french())).collect();
        if !repairs.is_empty() {
            writeln!(f, "{:<20} {}", "Réparations", repairs.join(", "))?;
        }
        if self.duplicates.0 > 0 {
            let (count, examples) = &self.duplicates;
            writeln!(f, "{:<20} {count}, dont {}", "Identifiants répétés", examples.join(" ; "))?;
        }
        let themes = self.themes();
        if !themes.is_empty() {
            let more = if self.themes.len() >= THEMES { " ou plus" } else { "" };
            writeln!(f, "\nThèmes ({}{more})", themes.len())?;
            for (theme, count) in themes.iter().take(30) {
                writeln!(f, "  {count:>8}  {theme}")?;
            }
            if themes.len() > 30 {
                writeln!(f, "       …  et {} autres", themes.len() - 30)?;
            }
        }
        for (key, (count, examples)) in &self.causes {
            writeln!(f, "\nRejets « {key} » : {count}")?;
            for example in examples {
                writeln!(f, "  {example}")?;
            }
        }
        Ok(())
    }
}

/// Writes refused rows as a CSV that a spreadsheet can open without running anything: number, place, cause, original
/// columns. It starts with a byte order mark and is separated by `;`, so that a French spreadsheet shows the accents.
pub struct Rejects<W: io::Write> {
    out: csv::Writer<W>,
    columns: Vec<Arc<str>>,
}

impl<W: io::Write> Rejects<W> {
    /// Starts the file: writes the header.
    ///
    /// # Errors
    /// The writer's.
    pub fn new(mut out: W, columns: &[Arc<str>]) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(out);
        let header = ["numero", "lieu", "cause"].into_iter().map(str::to_owned);
        out.write_record(header.chain(columns.iter().map(|name| inert(name))))?;
        Ok(Rejects { out, columns: columns.to_vec() })
    }

    /// Writes one refused row.
    ///
    /// # Errors
    /// The writer's.
    pub fn write(&mut self, error: &RecordError) -> io::Result<()> {
        let mut row = vec![error.number().to_string(), error.place.french(), error.cause.french()];
        for column in &self.columns {
            let value = error.properties.iter().find(|(name, _)| name == column).map(|(_, value)| value);
            row.push(match value {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
            });
        }
        Ok(self.out.write_record(row.iter().map(|cell| inert(cell)))?)
    }

    /// Flushes and gives the writer back.
    ///
    /// # Errors
    /// The writer's.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before what starts like one (OWASP, "CSV
/// injection"). Numbers stay numbers.
pub(super) fn inert(cell: &str) -> String {
    crate::text::inert(cell).into_owned()
}
