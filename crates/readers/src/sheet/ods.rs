//! ODS (OpenDocument 1.3): the tables of `content.xml`.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{Held, SheetError, SheetRow, attribute, number, sign_of};

/// A cell while its texts come in.
#[derive(Default)]
struct Cell {
    /// What its attributes say; its texts otherwise.
    value: Option<String>,
    texts: Vec<String>,
    repeated: usize,
}

pub(super) fn read(xml: &[u8], wanted: Option<&str>) -> Result<(String, Vec<SheetRow>), SheetError> {
    let (mut reader, mut buffer) = (Reader::from_reader(xml), Vec::new());
    let mut names = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) if start.local_name().as_ref() == "table" => {
                let name = attribute(&start, "name").unwrap_or_default();
                if wanted.is_none_or(|wanted| wanted == name) {
                    return Ok((name, rows(&mut reader)?));
                }
                names.push(name);
            }
            Event::Eof => return Err(SheetError::NoSheet(names)),
            _ => {}
        }
        buffer.clear();
    }
}

fn repeated(start: &BytesStart<'_>, name: &str) -> usize {
    attribute(start, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

impl Cell {
    fn begin(start: &BytesStart<'_>) -> Cell {
        let said = |name: &str| attribute(start, name);
        let value = match said("value-type").as_deref() {
            Some("float" | "percentage" | "currency") => said("value").map(|value| number(&value)),
            Some("date") => said("date-value").map(|date| date.replacen('T', " ", 1)),
            Some("boolean") => said("boolean-value"),
            _ => None,
        };
        Cell { value, texts: Vec::new(), repeated: repeated(start, "number-columns-repeated") }
    }

    fn text(self) -> String {
        self.value.unwrap_or_else(|| self.texts.join("\n"))
    }
}

/// The rows up to the end of the table. What is repeated and empty is counted, not held.
fn rows(reader: &mut Reader<&[u8]>) -> Result<Vec<SheetRow>, SheetError> {
    let (mut buffer, mut held) = (Vec::new(), Held::default());
    let (mut number, mut times, mut row, mut at) = (1u64, 1usize, Vec::new(), 0usize);
    let (mut cell, mut in_text, mut in_note, mut depth) = (None::<Cell>, 0usize, 0usize, 1usize);
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "table" => depth += 1,
                "table-row" => (times, at) = (repeated(&start, "number-rows-repeated"), 0),
                "table-cell" | "covered-table-cell" => cell = Some(Cell::begin(&start)),
                // A comment on a cell is not what it says.
                "annotation" => in_note += 1,
                "p" if in_note == 0 => {
                    in_text += 1;
                    cell.iter_mut().for_each(|cell| cell.texts.push(String::new()));
                }
                _ => {}
            },
            Event::Empty(start) => match start.local_name().as_ref() {
                "table-cell" | "covered-table-cell" => {
                    let empty = Cell::begin(&start);
                    at = put(&mut held, &mut row, at, empty)?;
                }
                "table-row" => number += repeated(&start, "number-rows-repeated") as u64,
                "s" if in_text > 0 && in_note == 0 => {
                    let spaces = repeated(&start, "c").min(1_000);
                    add(&mut cell, &" ".repeat(spaces));
                }
                "tab" | "line-break" if in_text > 0 && in_note == 0 => add(&mut cell, " "),
                _ => {}
            },
            Event::Text(part) if in_text > 0 && in_note == 0 => add(&mut cell, &part.xml10_content()),
            Event::GeneralRef(reference) if in_text > 0 && in_note == 0 => {
                if let Some(sign) = sign_of(&reference) {
                    add(&mut cell, sign.encode_utf8(&mut [0; 4]));
                }
            }
            Event::End(end) => match end.local_name().as_ref() {
                "annotation" => in_note = in_note.saturating_sub(1),
                "p" if in_note == 0 => in_text = in_text.saturating_sub(1),
                "table-cell" | "covered-table-cell" => {
                    if let Some(cell) = cell.take() {
                        at = put(&mut held, &mut row, at, cell)?;
                    }
                }
                "table-row" => {
                    let row = std::mem::take(&mut row);
                    // An empty row repeated to the end of the sheet is nothing.
                    let copies = if row.is_empty() { times.min(1) } else { times };
                    for copy in 0..copies {
                        held.cells = held.cells.saturating_add(if copy > 0 { row.len() } else { 0 });
                        held.keep(number + copy as u64, row.clone())?;
                    }
                    number += times as u64;
                }
                "table" => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(held.rows);
                    }
                }
                _ => {}
            },
            Event::Eof => return Err(SheetError::Broken("content.xml".into())),
            _ => {}
        }
        buffer.clear();
    }
}

fn add(cell: &mut Option<Cell>, text: &str) {
    if let Some(last) = cell.as_mut().and_then(|cell| cell.texts.last_mut()) {
        last.push_str(text);
    }
}

/// Puts a cell as often as it is repeated; gives the column after it.
fn put(held: &mut Held, row: &mut Vec<String>, at: usize, cell: Cell) -> Result<usize, SheetError> {
    let repeated = cell.repeated;
    let text = cell.text();
    if !text.is_empty() {
        for copy in 0..repeated {
            held.set(row, at.saturating_add(copy), text.clone())?;
        }
    }
    Ok(at.saturating_add(repeated))
}
