//! CSV and TSV, row by row.
//!
//! What it is: the delimiter, the header and the rows of a table of text, streamed.
//! What it is not: it does not repair a row whose cells do not fit the header; such a row is refused.
//! Invariant: memory holds one row at a time, and no row is longer than [`ReadOptions::max_row_bytes`].

use std::{
    io::{self, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use csv::{ReaderBuilder, StringRecord};
use serde_json::Value;

use super::{
    Cause, Place, Properties, ReadOptions, Record, RecordError,
    check::finish,
    clean,
    columns::Position,
    crs::Crs,
    decode::{self, Detected, Transcode},
    shape::Shaper,
};

type Text = Transcode<Box<dyn Read + Send>>;

/// A table being read.
pub(super) struct Table {
    reader: csv::Reader<Guard>,
    row: StringRecord,
    pub(super) columns: Vec<Arc<str>>,
    pub(super) position: Position,
    pub(super) delimiter: u8,
    pub(super) consumed: Arc<AtomicU64>,
    budget: Arc<AtomicU64>,
    limit: u64,
    crs: Crs,
    number: u64,
    ended: bool,
}

/// Stops a row that never ends: a quote that is not closed would swallow the rest of the file.
struct Guard {
    inner: Text,
    budget: Arc<AtomicU64>,
}

impl Read for Guard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.budget.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "row too long"));
        }
        let count = self.inner.read(buffer)?;
        self.budget.store(left.saturating_sub(count as u64), Ordering::Relaxed);
        Ok(count)
    }
}

impl Table {
    /// Opens a table whose encoding is known. The error is a message in English and in French.
    pub(super) fn open(
        path: &Path,
        detected: &Detected,
        options: &ReadOptions,
        crs: Crs,
    ) -> Result<Table, (String, String)> {
        let said =
            |error: io::Error| (format!("cannot be read: {error}"), format!("lecture impossible : {error}"));
        let delimiter = match options.delimiter {
            Some(delimiter) => delimiter,
            None => {
                let mut sample = Vec::new();
                let text = Transcode::new(decode::open(path).map_err(said)?, detected.encoding);
                text.take(64 << 10).read_to_end(&mut sample).map_err(said)?;
                // The sample may end in the middle of a character.
                sniff(&String::from_utf8_lossy(&sample))
            }
        };
        let text = Transcode::new(decode::open(path).map_err(said)?, detected.encoding);
        let consumed = text.consumed.clone();
        let budget = Arc::new(AtomicU64::new(options.max_row_bytes));
        let guard = Guard { inner: text, budget: budget.clone() };
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .buffer_capacity(64 << 10)
            .has_headers(true)
            .from_reader(guard);
        let header = reader.headers().map_err(|error| {
            (format!("the header cannot be read: {error}"), format!("en-tête illisible : {error}"))
        })?;
        let columns = names(header);
        if columns.is_empty() {
            return Err(("the file is empty".into(), "le fichier est vide".into()));
        }
        let position = Position::choose(&columns, options, crs.axes())?;
        Ok(Table {
            reader,
            row: StringRecord::new(),
            columns,
            position,
            delimiter,
            consumed,
            budget,
            limit: options.max_row_bytes,
            crs,
            number: 0,
            ended: false,
        })
    }

    fn properties(&self) -> Properties {
        let cell = |text: &str| Value::String(clean::controls(text).into_owned());
        self.columns.iter().zip(&self.row).map(|(name, text)| (name.clone(), cell(text))).collect()
    }
}

impl Iterator for Table {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        self.budget.store(self.limit, Ordering::Relaxed);
        let line = self.reader.position().line();
        match self.reader.read_record(&mut self.row) {
            Ok(false) => return None,
            Ok(true) => {}
            Err(error) => {
                self.ended = true;
                let place = Place::Row { number: self.number + 1, line };
                let cause = match error.kind() {
                    csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                        Cause::TooLong { limit: self.limit }
                    }
                    _ => Cause::Broken { detail: error.to_string() },
                };
                return Some(Err(RecordError { place, cause, properties: Properties::new() }));
            }
        }
        self.number += 1;
        let line = self.row.position().map_or(line, csv::Position::line);
        let place = Place::Row { number: self.number, line };
        let properties = self.properties();
        // A delimiter at the end of each row makes one empty cell too many: harmless, common.
        let expected = self.columns.len();
        let surplus = self.row.iter().skip(expected).any(|cell| !cell.trim().is_empty());
        if self.row.len() < expected || surplus {
            let cause = Cause::ColumnCount { expected, found: self.row.len() };
            return Some(Err(RecordError { place, cause, properties }));
        }
        let mut shaper = Shaper::default();
        let geometry = self.position.read(&properties, &mut shaper);
        Some(finish(place, None, properties, geometry, shaper, &self.crs))
    }
}

/// The names of the columns: trimmed, never empty, never twice the same.
fn names(header: &StringRecord) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = Vec::with_capacity(header.len());
    if header.iter().all(|name| name.trim().is_empty()) {
        return names;
    }
    for (rank, name) in header.iter().enumerate() {
        let mut name = clean::one_line(name);
        if name.is_empty() {
            name = format!("colonne {}", rank + 1);
        }
        let base = name.clone();
        let mut copy = 2;
        while names.iter().any(|taken| **taken == *name) {
            name = format!("{base} ({copy})");
            copy += 1;
        }
        names.push(name.into());
    }
    names
}

/// The delimiter under which the first rows of a sample agree best on the most columns.
fn sniff(sample: &str) -> u8 {
    let score = |delimiter: u8| {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(sample.as_bytes());
        let widths: Vec<usize> =
            reader.records().take(50).map_while(Result::ok).map(|row| row.len()).collect();
        let header = widths.first().copied().unwrap_or(0);
        // The last row of the sample may be cut.
        let whole = &widths[..widths.len().saturating_sub(1).max(1).min(widths.len())];
        let agreeing = whole.iter().filter(|width| **width == header).count();
        if header < 2 { (0, 0) } else { (agreeing * 100 / whole.len().max(1), header) }
    };
    // On a tie of all, the comma: a single column has no delimiter at all.
    [b';', b'\t', b'|', b','].into_iter().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_sniffed() {
        assert_eq!(sniff("a;b;c\n1,5;2,5;3\n"), b';');
        assert_eq!(sniff("a,b\n\"x;y;z\",2\n\"x;y\",3\n"), b',');
        assert_eq!(sniff("a\tb\n1\t2\n"), b'\t');
        assert_eq!(sniff("titre\nUn banc\n"), b',');
        assert_eq!(sniff(""), b',');
    }

    #[test]
    fn headers_are_named_once() {
        let header = StringRecord::from(vec!["", " nom ", "nom", "id"]);
        let names: Vec<String> = names(&header).iter().map(ToString::to_string).collect();
        assert_eq!(names, ["colonne 1", "nom", "nom (2)", "id"]);
    }
}
