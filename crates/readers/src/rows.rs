//! The rows of a table of text, with the line on which each begins.
//!
//! What it is: a small reader of separated values (RFC 4180 and its cousins): quotes, quoted line ends, the line ends of
//! Windows, Unix and old Macs. It is ours because people need the line that their editor shows, which readers that count
//! one sort of line end get wrong. What it is not: it knows neither header nor columns (see `table`).
//! Invariant: a row is never longer than the bound; a quote that is not closed is an error, not a cell.

use std::io::{self, Read};

/// Why there is no further row.
#[derive(Debug)]
pub(super) enum RowError {
    /// Longer than a row may be.
    TooLong,
    /// The text ends within quotes.
    Unclosed,
    /// The disk's, or the decoder's.
    Io(io::Error),
}

/// Rows being read.
pub(super) struct Rows<R> {
    input: R,
    buffer: Vec<u8>,
    /// What of the buffer is filled, and where the next byte is.
    filled: usize,
    next: usize,
    delimiter: u8,
    /// Whether a carriage return alone ends a line: in a text without line feeds.
    cr_ends: bool,
    limit: u64,
    line: u64,
}

enum State {
    /// At the start of a cell, or in one without quotes.
    Plain,
    Quoted,
    /// After a quote within quotes: the end of the cell, or the first half of a quote.
    Quote,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(input: R, delimiter: u8, cr_ends: bool, limit: u64) -> Rows<R> {
        Rows { input, buffer: vec![0; 64 << 10], filled: 0, next: 0, delimiter, cr_ends, limit, line: 1 }
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        if self.next == self.filled {
            (self.next, self.filled) = (0, super::decode::read_full(&mut self.input, &mut self.buffer)?);
            if self.filled == 0 {
                return Ok(None);
            }
        }
        self.next += 1;
        Ok(self.buffer.get(self.next - 1).copied())
    }

    /// The next row and the line on which it begins; `None` at the end. An empty line is a row of one empty cell.
    pub(super) fn next(&mut self) -> Result<Option<(u64, Vec<String>)>, RowError> {
        let (start, mut cells, mut cell) = (self.line, Vec::new(), Vec::new());
        let (mut state, mut read, mut held_cr, mut was_quoted) = (State::Plain, 0u64, false, false);
        loop {
            let Some(byte) = self.byte().map_err(RowError::Io)? else {
                if matches!(state, State::Quoted) {
                    return Err(RowError::Unclosed);
                }
                if read == 0 {
                    return Ok(None);
                }
                push(&mut cells, &mut cell);
                return Ok(Some((start, cells)));
            };
            read += 1;
            if read > self.limit {
                return Err(RowError::TooLong);
            }
            let is_end = byte == b'\n' || (byte == b'\r' && self.cr_ends);
            if std::mem::take(&mut held_cr) && !is_end {
                // A carriage return within a line is a sign like others.
                cell.push(b'\r');
            }
            self.line += u64::from(is_end);
            match state {
                State::Quoted if byte == b'"' => state = State::Quote,
                State::Quoted if is_end => cell.push(b'\n'),
                State::Quoted if byte == b'\r' => held_cr = true,
                State::Quoted => cell.push(byte),
                State::Quote if byte == b'"' => {
                    cell.push(b'"');
                    state = State::Quoted;
                }
                _ if is_end => {
                    push(&mut cells, &mut cell);
                    return Ok(Some((start, cells)));
                }
                _ if byte == self.delimiter => {
                    push(&mut cells, &mut cell);
                    (state, was_quoted) = (State::Plain, false);
                }
                _ if byte == b'\r' => held_cr = true,
                _ if byte == b'"' && cell.is_empty() && !was_quoted => {
                    (state, was_quoted) = (State::Quoted, true);
                }
                _ => {
                    cell.push(byte);
                    state = State::Plain;
                }
            }
        }
    }
}

fn push(cells: &mut Vec<String>, cell: &mut Vec<u8>) {
    let bytes = std::mem::take(cell);
    cells.push(
        String::from_utf8(bytes).unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned()),
    );
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str, delimiter: u8) -> Vec<(u64, Vec<String>)> {
        let mut rows = Rows::new(text.as_bytes(), delimiter, !text.contains('\n'), 1 << 20);
        std::iter::from_fn(|| rows.next().unwrap()).collect()
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a;b", "1;\"deux", "lignes\"", "", "2;x", ""].join(end);
            let rows = all(&text, b';');
            let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [1, 2, 4, 5], "{end:?}");
            assert_eq!(rows[1].1, ["1", "deux\nlignes"]);
        }
    }

    #[test]
    fn quotes_hold_delimiters_and_quotes_and_a_cell_keeps_what_follows_them() {
        assert_eq!(all("\"a;b\";\"c\"\"d\";e\"f\n", b';')[0].1, ["a;b", "c\"d", "e\"f"]);
        assert_eq!(all("\"a\" b;c", b';')[0].1, ["a b", "c"]);
        assert_eq!(all("a\rb;c\n", b';')[0].1, ["a\rb", "c"]);
        assert_eq!(all(";\"\";\n", b';')[0].1, ["", "", ""]);
    }

    #[test]
    fn a_quote_that_is_not_closed_and_a_row_that_never_ends_are_errors() {
        let mut rows = Rows::new(&b"a;\"b\nc"[..], b';', false, 100);
        assert!(matches!(rows.next(), Err(RowError::Unclosed)));
        let mut rows = Rows::new(&b"aaaaaaaaaaaa"[..], b';', false, 5);
        assert!(matches!(rows.next(), Err(RowError::TooLong)));
    }

    proptest! {
        #[test]
        fn what_a_writer_wrote_is_read_back(table in proptest::collection::vec(proptest::collection::vec("[a;\",\n é]{0,6}", 2), 1..5)) {
            let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
            table.iter().for_each(|row| writer.write_record(row).unwrap());
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let read: Vec<Vec<String>> = all(&text, b';').into_iter().map(|(_, row)| row).collect();
            prop_assert_eq!(read, table);
        }

        #[test]
        fn arbitrary_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200), cr_ends in any::<bool>()) {
            let mut rows = Rows::new(bytes.as_slice(), b',', cr_ends, 1 << 20);
            let mut count = 0;
            while let Ok(Some(_)) = rows.next() {
                count += 1;
                prop_assert!(count <= 201);
            }
        }
    }
}
