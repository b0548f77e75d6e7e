//! From the columns of a file to what the platform knows.
//!
//! What it is: which column is the title, the text, the theme…, written on the command line or kept in a TOML file.
//! What it is not: it checks no theme against a process; a theme is a cleaned label.
//! Invariant: an expression names only columns that exist: [`Mapping::plan`] refuses the others before the first row.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use chrono::{DateTime, Utc};
use geo::Geometry;
use serde::{Deserialize, Serialize};

use super::{Place, ReadOptions, Record, RecordError, Repair};

/// Which column is what. Each value is a column name, several joined with `+`, or a literal in quotes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// Identifier in the file, which makes a second import an update.
    pub id: Option<String>,
    /// Title; made from the first words of the body when absent or empty.
    pub title: Option<String>,
    /// Text; several columns become paragraphs.
    pub body: Option<String>,
    /// Theme label.
    pub theme: Option<String>,
    /// Status label.
    pub status: Option<String>,
    /// Date of creation.
    pub created: Option<String>,
    /// Name or code of the area, for rows that are placed by their area only.
    pub area: Option<String>,
    /// Column of the longitude (or easting).
    pub lon: Option<String>,
    /// Column of the latitude (or northing).
    pub lat: Option<String>,
    /// Column that holds a whole geometry.
    pub geometry: Option<String>,
    /// EPSG code of the coordinates.
    pub crs: Option<u32>,
    /// Values that mean "nothing was said" (`-`, `pas de commentaires`), compared without case and accents.
    pub empty: Vec<String>,
    /// Renamed values.
    pub values: Values,
}

/// Source values renamed to ours, compared without case, accents and punctuation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Values {
    /// Themes.
    pub theme: BTreeMap<String, String>,
    /// Statuses.
    pub status: BTreeMap<String, String>,
}

/// A mapping that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{english}")]
pub struct MappingError {
    /// What is wrong and what to do, in English.
    pub english: String,
    /// The same in French.
    pub french: String,
}

/// What a row becomes: texts are clean, the geometry is checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Where the row stands in its file.
    pub place: Place,
    /// Identifier in the file.
    pub external_id: Option<String>,
    /// Title, one line, 1 to 120 characters.
    pub title: String,
    /// Text; may be empty.
    pub body: String,
    /// Theme label, renamed by `[values.theme]`; match it with `theme_key`.
    pub theme: Option<String>,
    /// Status label, renamed by `[values.status]`.
    pub status: Option<String>,
    /// Date of creation.
    pub created: Option<DateTime<Utc>>,
    /// Name or code of the area.
    pub area: Option<String>,
    /// Geometry in WGS84 longitude and latitude.
    pub geometry: Option<Geometry<f64>>,
    /// What was put right in the geometry.
    pub repairs: Vec<Repair>,
}

/// A mapping checked against the columns of a file, ready to be applied to each row.
#[derive(Debug, Clone)]
pub struct Plan {}

impl Mapping {
    /// Parses the command line form: `title=type+soustype,body="…",created=datedecl`.
    ///
    /// # Errors
    /// An unknown key or an unreadable expression.
    pub fn parse(text: &str) -> Result<Mapping, MappingError> {
        let _ = text;
        Ok(Mapping::default())
    }

    /// Reads the TOML form.
    ///
    /// # Errors
    /// The file cannot be read or has an unknown key.
    pub fn load(path: &Path) -> Result<Mapping, MappingError> {
        let _ = path;
        Ok(Mapping::default())
    }

    /// Writes the TOML form.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), MappingError> {
        let _ = path;
        Ok(())
    }

    /// This mapping (a file), overridden by `over` (the command line) wherever `over` says something.
    #[must_use]
    pub fn overridden_by(self, over: Mapping) -> Mapping {
        let mut empty = self.empty;
        empty.extend(over.empty);
        let mut values = self.values;
        values.theme.extend(over.values.theme);
        values.status.extend(over.values.status);
        Mapping {
            id: over.id.or(self.id),
            title: over.title.or(self.title),
            body: over.body.or(self.body),
            theme: over.theme.or(self.theme),
            status: over.status.or(self.status),
            created: over.created.or(self.created),
            area: over.area.or(self.area),
            lon: over.lon.or(self.lon),
            lat: over.lat.or(self.lat),
            geometry: over.geometry.or(self.geometry),
            crs: over.crs.or(self.crs),
            empty,
            values,
        }
    }

    /// The part of the mapping that tells how to read the geometry, put over `base`.
    #[must_use]
    pub fn read_options(&self, base: ReadOptions) -> ReadOptions {
        base
    }

    /// Checks the mapping against the columns of a file.
    ///
    /// # Errors
    /// A column that does not exist; the message lists those that do.
    pub fn plan(&self, columns: &[Arc<str>]) -> Result<Plan, MappingError> {
        let _ = columns;
        Ok(Plan {})
    }
}

impl Plan {
    /// Makes a draft of a row.
    ///
    /// # Errors
    /// An impossible date, or neither title nor text.
    pub fn draft(&self, record: Record) -> Result<Draft, RecordError> {
        Ok(Draft {
            place: record.place,
            external_id: record.id,
            title: String::new(),
            body: String::new(),
            theme: None,
            status: None,
            created: None,
            area: None,
            geometry: record.geometry,
            repairs: record.repairs,
        })
    }
}
