//! CSV and TSV, row by row.
//!
//! What it is: the delimiter, the header and the rows of a table of text, streamed, with the habits of spreadsheets:
//! `sep=;`, titles above and notes below the table, blank lines, cells left out at the end of a row.
//! What it is not: it does not guess where the surplus cells of a row belong; such a row is refused.
//! Invariant: memory holds one row at a time, and no row is longer than [`ReadOptions::max_row_bytes`]; what is passed
//! over is counted in `left_out`.

use std::{
    collections::BTreeMap,
    io::{self, Read},
    path::Path,
    sync::{Arc, atomic::AtomicU64},
};

use serde_json::Value;

use super::{
    Cause, Locator, Properties, ReadOptions, Record, RecordError, Repair,
    check::finish,
    clean,
    columns::Position,
    crs::Crs,
    decode::{self, Detected, Transcode},
    rows::{RowError, Rows},
    shape::Shaper,
    sheet,
};

type Text = Transcode<Box<dyn Read + Send>>;

/// Where rows come from.
enum Lines {
    Text(Rows<Text>),
    Sheet(std::vec::IntoIter<sheet::SheetRow>),
}

impl Lines {
    fn next(&mut self) -> Result<Option<sheet::SheetRow>, RowError> {
        match self {
            Lines::Text(rows) => rows.next(),
            Lines::Sheet(rows) => Ok(rows.next()),
        }
    }
}

/// A table being read.
pub(super) struct Table {
    rows: Lines,
    pub(super) columns: Vec<Arc<str>>,
    pub(super) position: Position,
    pub(super) delimiter: u8,
    pub(super) consumed: Arc<AtomicU64>,
    /// What was left out besides rows: blank lines, notes.
    pub(super) left_out: BTreeMap<Repair, u64>,
    /// Cells that a row needs: columns without a name at the end of the header may be missing.
    needed: usize,
    limit: u64,
    is_sheet: bool,
    crs: Crs,
    number: u64,
    was_blank: bool,
    ended: bool,
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
        let mut sample = Vec::new();
        let text = Transcode::new(decode::open(path).map_err(said)?, detected.encoding);
        text.take(64 << 10).read_to_end(&mut sample).map_err(said)?;
        // The sample may end in the middle of a character.
        let sample = String::from_utf8_lossy(&sample);
        let declared = declared_delimiter(&sample);
        let delimiter = options.delimiter.or(declared).unwrap_or_else(|| sniff(&sample));
        let text = Transcode::new(decode::open(path).map_err(said)?, detected.encoding);
        let consumed = text.consumed.clone();
        let cr_ends = !sample.contains('\n');
        let rows = Lines::Text(Rows::new(text, delimiter, cr_ends, options.max_row_bytes));
        let typical = typical_width(&sample, delimiter, cr_ends);
        let table = Table { delimiter, consumed, ..Table::of(rows, options, crs) };
        table.begun(typical, declared.is_some(), options)
    }

    /// A table of the rows of a spreadsheet.
    ///
    /// # Errors
    /// As [`Table::open`].
    pub(super) fn of_sheet(
        rows: Vec<sheet::SheetRow>,
        options: &ReadOptions,
        crs: Crs,
    ) -> Result<Table, (String, String)> {
        let typical = rows.iter().take(50).map(|(_, cells)| filled(cells)).max().unwrap_or(0);
        Table::of(Lines::Sheet(rows.into_iter()), options, crs).begun(typical, false, options)
    }

    fn of(rows: Lines, options: &ReadOptions, crs: Crs) -> Table {
        Table {
            rows,
            columns: vec![],
            position: Position::None,
            delimiter: b',',
            consumed: Arc::default(),
            left_out: BTreeMap::new(),
            needed: 0,
            limit: options.max_row_bytes,
            is_sheet: false,
            crs,
            number: 0,
            was_blank: false,
            ended: false,
        }
    }

    /// Reads as far as the header.
    fn begun(
        mut self,
        typical: usize,
        has_declared: bool,
        options: &ReadOptions,
    ) -> Result<Table, (String, String)> {
        let header = self.header(typical, has_declared)?;
        // Spreadsheets leave empty cells out at the end of every row.
        let is_sheet = matches!(self.rows, Lines::Sheet(_));
        let table = &mut self;
        table.needed = header.iter().rposition(|name| !name.trim().is_empty()).map_or(0, |last| last + 1);
        table.columns = names(&header);
        table.position = Position::choose(&table.columns, options, table.crs.axes())?;
        table.is_sheet = is_sheet;
        Ok(self)
    }

    /// The first row that names columns: lines that are blank, say the separator, or stand above the table are passed.
    fn header(&mut self, typical: usize, has_declared: bool) -> Result<Vec<String>, (String, String)> {
        let mut is_first = true;
        loop {
            let (_, cells) = match self.rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => return Err(("the file is empty".into(), "le fichier est vide".into())),
                Err(error) => {
                    let cause = self.cause(error);
                    return Err((
                        format!("the header cannot be read: {cause}"),
                        format!("en-tête illisible : {}", cause.french()),
                    ));
                }
            };
            let is_declared = has_declared && std::mem::take(&mut is_first);
            if is_declared {
                continue;
            }
            match filled(&cells) {
                0 => self.leave_out(Repair::BlankLine),
                1 if typical >= 3 => self.leave_out(Repair::NoteLeft),
                _ => return Ok(cells),
            }
        }
    }

    fn leave_out(&mut self, what: Repair) {
        *self.left_out.entry(what).or_default() += 1;
    }

    fn cause(&self, error: RowError) -> Cause {
        match error {
            RowError::TooLong => Cause::TooLong { limit: self.limit },
            RowError::Unclosed => Cause::Unclosed,
            RowError::Io(error) => Cause::Broken { detail: error.to_string() },
        }
    }

    fn properties(&self, cells: &[String]) -> Properties {
        let cell = |text: &str| Value::String(clean::controls(clean::unprotected(text)).into_owned());
        let cells = cells.iter().map(String::as_str).chain(std::iter::repeat(""));
        self.columns.iter().zip(cells).map(|(name, text)| (name.clone(), cell(text))).collect()
    }
}

/// Cells that hold something.
fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

impl Iterator for Table {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (line, cells) = loop {
            if self.ended {
                return None;
            }
            match self.rows.next() {
                Ok(None) => return None,
                Ok(Some((_, cells))) if filled(&cells) == 0 => {
                    self.leave_out(Repair::BlankLine);
                    self.was_blank = true;
                }
                // One cell alone, below a blank line: a note under the table.
                Ok(Some((_, cells))) if self.was_blank && self.needed >= 3 && filled(&cells) == 1 => {
                    self.leave_out(Repair::NoteLeft);
                }
                Ok(Some(row)) => break row,
                Err(error) => {
                    self.ended = true;
                    let place = Locator::Row { number: self.number + 1, line: 0 };
                    let cause = self.cause(error);
                    return Some(Err(RecordError { place, cause, properties: Properties::new() }));
                }
            }
        };
        self.number += 1;
        self.was_blank = false;
        let place = Locator::Row { number: self.number, line };
        let properties = self.properties(&cells);
        let expected = self.columns.len();
        // A delimiter at the end of each row makes one empty cell too many: harmless, common.
        if cells.iter().skip(expected).any(|cell| !cell.trim().is_empty()) {
            let cause = Cause::ColumnCount { expected, found: cells.len() };
            return Some(Err(RecordError { place, cause, properties }));
        }
        let mut shaper = Shaper::default();
        if cells.len() < self.needed && !self.is_sheet {
            shaper.note(Repair::CellsMissing);
        }
        let geometry = self.position.read(&properties, &mut shaper);
        Some(finish(place, None, properties, geometry, shaper, &self.crs))
    }
}

/// The names of the columns: trimmed, never empty, never twice the same.
fn names(header: &[String]) -> Vec<Arc<str>> {
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

/// The separator that a first line `sep=;` says, as spreadsheets write and read it, with quotes around it or not.
fn declared_delimiter(sample: &str) -> Option<u8> {
    let first = sample.split(['\n', '\r']).next()?;
    let first = first.trim_start_matches('\u{feff}').trim_end_matches(' ');
    let said = first.trim_matches('"');
    let said = said.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="))?.len();
    match first.trim_matches('"').as_bytes().get(said..)? {
        [one] if one.is_ascii() => Some(*one),
        _ => None,
    }
}

fn sampled(sample: &str, delimiter: u8, cr_ends: bool) -> Vec<Vec<String>> {
    let mut rows = Rows::new(sample.as_bytes(), delimiter, cr_ends, sample.len() as u64 + 1);
    let rows = std::iter::from_fn(|| rows.next().ok().flatten());
    rows.map(|(_, cells)| cells).filter(|cells| filled(cells) > 0).take(50).collect()
}

/// The most cells with something in them among the first rows.
fn typical_width(sample: &str, delimiter: u8, cr_ends: bool) -> usize {
    sampled(sample, delimiter, cr_ends).iter().map(|cells| filled(cells)).max().unwrap_or(0)
}

/// The delimiter under which most of the first rows agree; of several the one that makes the most columns. A colon only
/// where nothing else separates: hours have it too.
fn sniff(sample: &str) -> u8 {
    let cr_ends = !sample.contains('\n');
    let score = |delimiter: u8| {
        let rows = sampled(sample, delimiter, cr_ends);
        // The last row of the sample may be cut.
        let whole = &rows[..rows.len().saturating_sub(1).max(1).min(rows.len())];
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        whole.iter().for_each(|row| *widths.entry(row.len()).or_default() += 1);
        let (width, agreeing) =
            widths.into_iter().max_by_key(|(width, count)| (*count, *width)).unwrap_or((0, 0));
        if width < 2 { (0, 0) } else { (usize::from(agreeing * 10 >= whole.len() * 6), width) }
    };
    // On a tie of all, the comma: a single column has no delimiter at all.
    let best =
        [b';', b'\t', b'|', b','].into_iter().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',');
    if score(best) == (0, 0) && score(b':') != (0, 0) { b':' } else { best }
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
        assert_eq!(sniff("a|b|c\n1|2|3\n"), b'|');
        assert_eq!(sniff("nom:ville\nPaul:Lyon\n"), b':');
        assert_eq!(sniff("titre,heure\nUn banc,18:05\n"), b',');
        assert_eq!(sniff("a;b\r1;2\r"), b';');
        let comma_in_cells =
            "Nom;Coordonnées (lat, lon);Thème\nA;48.85, 2.35;Vert\nB;48.86, 2.36;Vert\nC;1, 2;V;x\n";
        assert_eq!(sniff(comma_in_cells), b';');
    }

    #[test]
    fn a_first_line_may_say_the_separator() {
        for (text, said) in [
            ("sep=;\r\na;b", Some(b';')),
            ("\"sep=;\"\r\na;b", Some(b';')),
            ("\u{feff}SEP=\t\na\tb", Some(b'\t')),
            ("sep=\n", None),
            ("sep=;;\n", None),
            ("séparé;b", None),
        ] {
            assert_eq!(declared_delimiter(text), said, "{text:?}");
        }
    }

    #[test]
    fn headers_are_named_once() {
        let header = ["", " nom ", "nom", "id"].map(str::to_owned);
        let names: Vec<String> = names(&header).iter().map(ToString::to_string).collect();
        assert_eq!(names, ["colonne 1", "nom", "nom (2)", "id"]);
    }
}
