//! The attribute table of a shapefile (dBase III).
//!
//! What it is: the rows of a `.dbf` as JSON values, in the encoding that its neighbours declare. It is ours because the
//! encoding comes from the `.cpg`, and because a shapefile of a French town without one is in Windows-1252 as often as in
//! UTF-8: both are tried. What it is not: no memo fields, no indexes.
//! Invariant: a declared length never makes it read outside of the row.

use std::{
    io::{self, Read},
    sync::Arc,
};

use encoding_rs::WINDOWS_1252;
use serde_json::{Number, Value};

use super::{Properties, clean, codepages::Coding, decode};

struct Field {
    name: Arc<str>,
    kind: u8,
    length: usize,
}

/// A table being read.
pub(super) struct Dbf<R> {
    reader: R,
    fields: Vec<Field>,
    row: Vec<u8>,
    /// Rows that the header declares.
    pub(super) total: u32,
    /// What is declared, by the `.cpg` or by the table's own language driver.
    pub(super) coding: Option<Coding>,
    /// Whether a text was found that is not UTF-8 though nothing declared it.
    pub(super) assumed: bool,
}

fn broken(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

impl<R: Read> Dbf<R> {
    /// Reads the header. Where neither the neighbours nor the table declare a code page, UTF-8 is tried first, then
    /// Windows-1252.
    ///
    /// # Errors
    /// The reader's, a header that contradicts itself, or a code page that nobody knows.
    pub(super) fn open(mut reader: R, declared: Option<Coding>) -> io::Result<Dbf<R>> {
        let mut head = [0; 32];
        reader.read_exact(&mut head)?;
        let total = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        let header = usize::from(u16::from_le_bytes([head[8], head[9]]));
        let row = usize::from(u16::from_le_bytes([head[10], head[11]]));
        let coding = match declared {
            Some(coding) => Some(coding),
            None => Coding::of_driver(head[29]).map_err(|driver| {
                broken(&format!("code page (LDID {driver:#04x}) inconnue / unknown : --encoding"))
            })?,
        };
        let mut rest = vec![0; header.checked_sub(32).ok_or_else(|| broken("dbf header too short"))?];
        reader.read_exact(&mut rest)?;
        let mut dbf = Dbf { reader, fields: vec![], row: vec![0; row], total, coding, assumed: false };
        let mut width = 1;
        for descriptor in rest.chunks_exact(32).take_while(|descriptor| descriptor[0] != 0x0d) {
            let name = descriptor[..11].split(|byte| *byte == 0).next().unwrap_or_default();
            let name = clean::one_line(&dbf.text(name));
            let kind = descriptor[11];
            // Long texts keep the high byte of their length where numbers keep their decimals.
            let length =
                usize::from(descriptor[16]) + if kind == b'C' { usize::from(descriptor[17]) << 8 } else { 0 };
            width += length;
            dbf.fields.push(Field { name: name.into(), kind, length });
        }
        if width > row {
            return Err(broken("dbf rows shorter than their fields"));
        }
        Ok(dbf)
    }

    /// The names of the columns.
    pub(super) fn columns(&self) -> Vec<Arc<str>> {
        self.fields.iter().map(|field| field.name.clone()).collect()
    }

    fn text(&mut self, bytes: &[u8]) -> String {
        match self.coding {
            Some(coding) => coding.decode(bytes),
            None => std::str::from_utf8(bytes).map(str::to_owned).unwrap_or_else(|_| {
                self.assumed = true;
                WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
            }),
        }
    }

    /// The next row; `Ok(None)` at the end, and no properties for a row marked as deleted.
    ///
    /// # Errors
    /// The reader's, or a table that is cut.
    pub(super) fn next_row(&mut self) -> io::Result<Option<Option<Properties>>> {
        let mut row = std::mem::take(&mut self.row);
        let read = decode::read_full(&mut self.reader, &mut row)?;
        if read < row.len() || row.first() == Some(&0x1a) {
            let whole = read <= 1 || row.first() == Some(&0x1a);
            self.row = row;
            return if whole { Ok(None) } else { Err(broken("dbf cut in the middle of a row")) };
        }
        let mut properties = None;
        if row[0] != b'*' {
            let mut at = 1;
            let mut values = Properties::with_capacity(self.fields.len());
            for index in 0..self.fields.len() {
                let Field { name, kind, length } = &self.fields[index];
                let (name, kind, cell) = (name.clone(), *kind, row.get(at..at + length).unwrap_or_default());
                at += length;
                values.push((name, self.value(kind, cell)));
            }
            properties = Some(values);
        }
        self.row = row;
        Ok(Some(properties))
    }

    fn value(&mut self, kind: u8, cell: &[u8]) -> Value {
        match kind {
            b'N' | b'F' => {
                let text = String::from_utf8_lossy(cell);
                let text = text.trim_matches([' ', '\0']);
                match text.parse::<i64>() {
                    Ok(whole) => Value::from(whole),
                    Err(_) => text.parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number),
                }
            }
            b'D' => match std::str::from_utf8(cell) {
                Ok(text) if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                    Value::from(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))
                }
                _ => Value::Null,
            },
            b'L' => match cell.first() {
                Some(b'T' | b't' | b'Y' | b'y') => Value::Bool(true),
                Some(b'F' | b'f' | b'N' | b'n') => Value::Bool(false),
                _ => Value::Null,
            },
            b'I' => cell.first_chunk().map_or(Value::Null, |bytes| Value::from(i32::from_le_bytes(*bytes))),
            b'C' => {
                let text = self.text(cell);
                Value::from(clean::controls(text.trim_end_matches([' ', '\0'])).into_owned())
            }
            _ => Value::Null,
        }
    }
}
