//! Spreadsheets: the first sheet of an XLSX or ODS file as rows of text.
//!
//! What it is: cells as a person sees them: numbers without noise, dates as ISO 8601, formulas as their results.
//! What it is not: it evaluates nothing and reads no macros; the old binary format (.xls) is refused by its name.
//! Invariant: no declared width, height or repetition makes it hold more than [`MOST_CELLS`] cells.

mod ods;
mod xlsx;

use std::{io, path::Path};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart};

use super::archive::Archive;

/// A row: the number that the spreadsheet shows, and its cells.
pub(super) type SheetRow = (u64, Vec<String>);

/// Most cells that are held, empty ones between others counted.
const MOST_CELLS: usize = 8_000_000;

/// Most bytes of XML that are unpacked.
const MOST_BYTES: u64 = 512 << 20;

/// Why a spreadsheet is not read.
#[derive(Debug)]
pub(super) enum SheetError {
    /// More cells than are held.
    TooLarge,
    /// No such sheet; the names of those that there are.
    NoSheet(Vec<String>),
    /// Not what it says it is.
    Broken(String),
}

impl From<io::Error> for SheetError {
    fn from(error: io::Error) -> SheetError {
        match error.kind() {
            io::ErrorKind::FileTooLarge => SheetError::TooLarge,
            _ => SheetError::Broken(error.to_string()),
        }
    }
}

impl From<quick_xml::Error> for SheetError {
    fn from(error: quick_xml::Error) -> SheetError {
        SheetError::Broken(error.to_string())
    }
}

/// Whether an archive is a spreadsheet, by what it holds.
pub(super) fn is_sheet(path: &Path) -> io::Result<bool> {
    let names = Archive::open(path, 0)?.names();
    Ok(names.iter().any(|name| name == "xl/workbook.xml" || name == "content.xml"))
}

/// Reads the sheet of a name, or the first one that is shown, and its name.
///
/// # Errors
/// See [`SheetError`].
pub(super) fn read(
    path: &Path,
    wanted: Option<&str>,
    most: u64,
) -> Result<(String, Vec<SheetRow>), SheetError> {
    let mut archive = Archive::open(path, most.min(MOST_BYTES))?;
    match archive.content("content.xml")? {
        Some(content) => ods::read(&content, wanted),
        None => xlsx::read(&mut archive, wanted),
    }
}

/// Rows that are held within the bound.
#[derive(Default)]
struct Held {
    rows: Vec<SheetRow>,
    cells: usize,
}

impl Held {
    /// Sets a cell of the row being read, which grows to it.
    fn set(&mut self, row: &mut Vec<String>, at: usize, text: String) -> Result<(), SheetError> {
        if text.is_empty() {
            return Ok(());
        }
        let grown = (at + 1).saturating_sub(row.len());
        self.cells = self.cells.saturating_add(grown);
        if self.cells > MOST_CELLS {
            return Err(SheetError::TooLarge);
        }
        row.resize(row.len().max(at + 1), String::new());
        row[at] = text;
        Ok(())
    }

    /// Keeps a row. Rows without anything in them are kept as what they are: blank lines.
    fn keep(&mut self, number: u64, row: Vec<String>) -> Result<(), SheetError> {
        self.cells += 1;
        if self.cells > MOST_CELLS {
            return Err(SheetError::TooLarge);
        }
        self.rows.push((number, row));
        Ok(())
    }
}

/// The value of an attribute by its local name.
fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).map(std::borrow::Cow::into_owned);
    value.ok()
}

/// The sign that a reference (`&amp;`, `&#233;`) stands for.
fn sign_of(reference: &BytesRef<'_>) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(sign)) => Some(sign),
        _ => match &*reference.xml10_content() {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        },
    }
}

/// A number as a person writes it: 48.85, not 48.850000000000001.
fn number(text: &str) -> String {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => format!("{number}"),
        _ => text.to_owned(),
    }
}
