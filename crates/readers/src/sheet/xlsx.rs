//! XLSX (ECMA-376): the parts of the archive that hold one sheet.

use chrono::{NaiveDate, TimeDelta};
use quick_xml::{Reader, events::Event};

use super::{Held, SheetError, SheetRow, attribute, number, sign_of};
use crate::archive::Archive;

/// What cells refer to.
#[derive(Default)]
struct Book {
    shared: Vec<String>,
    /// By style: whether a number is a date.
    dates: Vec<bool>,
    /// Whether days are counted from 1904.
    is_1904: bool,
}

pub(super) fn read(
    archive: &mut Archive,
    wanted: Option<&str>,
) -> Result<(String, Vec<SheetRow>), SheetError> {
    let missing = |part: &str| SheetError::Broken(format!("{part} ?"));
    let workbook = archive.content("xl/workbook.xml")?.ok_or_else(|| missing("xl/workbook.xml"))?;
    let (sheets, is_1904) = sheets(&workbook)?;
    let shown = |(_, _, is_shown): &&(String, String, bool)| *is_shown;
    let chosen = match wanted {
        Some(wanted) => sheets.iter().find(|(name, _, _)| name == wanted),
        None => sheets.iter().find(shown).or_else(|| sheets.first()),
    };
    let Some((name, relation, _)) = chosen else {
        return Err(SheetError::NoSheet(sheets.into_iter().map(|(name, _, _)| name).collect()));
    };
    let relations = archive.content("xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let target = target(&relations, relation)?.ok_or_else(|| missing(relation))?;
    let path = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{target}"),
    };
    let shared = archive.content("xl/sharedStrings.xml")?.unwrap_or_default();
    let styles = archive.content("xl/styles.xml")?.unwrap_or_default();
    let book = Book { shared: strings(&shared)?, dates: dates(&styles)?, is_1904 };
    let sheet = archive.content(&path)?.ok_or_else(|| missing(&path))?;
    Ok((name.clone(), rows(&sheet, &book)?))
}

type Sheets = (Vec<(String, String, bool)>, bool);

/// Name, relation and whether it is shown, of each sheet; and whether days are counted from 1904.
fn sheets(xml: &[u8]) -> Result<Sheets, SheetError> {
    let (mut reader, mut buffer) = (Reader::from_reader(xml), Vec::new());
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "sheet" => {
                    let shown = attribute(&start, "state").is_none_or(|state| state == "visible");
                    let name = attribute(&start, "name").unwrap_or_default();
                    sheets.extend(attribute(&start, "id").map(|id| (name, id, shown)));
                }
                "workbookPr" => {
                    is_1904 = attribute(&start, "date1904").is_some_and(|set| set == "1" || set == "true");
                }
                _ => {}
            },
            Event::Eof => return Ok((sheets, is_1904)),
            _ => {}
        }
        buffer.clear();
    }
}

fn target(xml: &[u8], relation: &str) -> Result<Option<String>, SheetError> {
    let (mut reader, mut buffer) = (Reader::from_reader(xml), Vec::new());
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) | Event::Empty(start)
                if start.local_name().as_ref() == "Relationship"
                    && attribute(&start, "Id").as_deref() == Some(relation) =>
            {
                return Ok(attribute(&start, "Target"));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
        buffer.clear();
    }
}

/// The shared texts. How they are pronounced (`rPh`) is not said.
fn strings(xml: &[u8]) -> Result<Vec<String>, SheetError> {
    let (mut reader, mut buffer) = (Reader::from_reader(xml), Vec::new());
    let (mut all, mut text, mut in_text, mut in_sound) = (Vec::new(), String::new(), false, false);
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "si" => text.clear(),
                "rPh" => in_sound = true,
                "t" => in_text = !in_sound,
                _ => {}
            },
            Event::Empty(start) if start.local_name().as_ref() == "si" => all.push(String::new()),
            Event::End(end) => match end.local_name().as_ref() {
                "si" => all.push(std::mem::take(&mut text)),
                "rPh" => in_sound = false,
                "t" => in_text = false,
                _ => {}
            },
            Event::Text(part) if in_text => text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) if in_text => text.extend(sign_of(&reference)),
            Event::Eof => return Ok(all),
            _ => {}
        }
        buffer.clear();
    }
}

/// Whether each style of cells is one of dates.
fn dates(xml: &[u8]) -> Result<Vec<bool>, SheetError> {
    let (mut reader, mut buffer) = (Reader::from_reader(xml), Vec::new());
    let (mut custom, mut styles, mut in_cells) = (Vec::new(), Vec::new(), false);
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                    let code = attribute(&start, "formatCode").unwrap_or_default();
                    custom.extend(id.filter(|_| says_date(&code)));
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    styles.push(matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58) || custom.contains(&id));
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "cellXfs" => in_cells = false,
            Event::Eof => return Ok(styles),
            _ => {}
        }
        buffer.clear();
    }
}

/// Whether a format shows days or hours: letters of these outside of quotes and brackets.
fn says_date(code: &str) -> bool {
    let mut open = None;
    let mut escaped = false;
    code.chars().any(|sign| {
        if std::mem::take(&mut escaped) {
            return false;
        }
        match (open, sign) {
            (Some(closing), sign) => {
                if sign == closing {
                    open = None;
                }
                false
            }
            (None, '"') => {
                open = Some('"');
                false
            }
            (None, '[') => {
                open = Some(']');
                false
            }
            (None, '\\' | '_' | '*') => {
                escaped = true;
                false
            }
            (None, sign) => matches!(sign.to_ascii_lowercase(), 'd' | 'm' | 'y' | 'h' | 'j' | 'a'),
        }
    })
}

fn rows(xml: &[u8], book: &Book) -> Result<Vec<SheetRow>, SheetError> {
    let (mut reader, mut buffer) = (Reader::from_reader(xml), Vec::new());
    let (mut held, mut row, mut number) = (Held::default(), Vec::new(), 0u64);
    let (mut at, mut kind, mut style) = (0usize, String::new(), 0usize);
    let (mut text, mut in_value) = (String::new(), false);
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "row" => {
                    number = attribute(&start, "r").and_then(|r| r.parse().ok()).unwrap_or(number + 1);
                    at = 0;
                }
                "c" => {
                    at = attribute(&start, "r").and_then(|place| column(&place)).unwrap_or(at);
                    kind = attribute(&start, "t").unwrap_or_default();
                    style = attribute(&start, "s").and_then(|s| s.parse().ok()).unwrap_or(0);
                    text.clear();
                }
                "v" | "t" => in_value = true,
                _ => {}
            },
            Event::Empty(start) if start.local_name().as_ref() == "c" => {
                at = attribute(&start, "r").and_then(|place| column(&place)).unwrap_or(at) + 1;
            }
            Event::Text(part) if in_value => text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) if in_value => text.extend(sign_of(&reference)),
            Event::End(end) => match end.local_name().as_ref() {
                "v" | "t" => in_value = false,
                "c" => {
                    held.set(&mut row, at, book.cell(&kind, style, &text))?;
                    at += 1;
                }
                "row" => held.keep(number, std::mem::take(&mut row))?,
                "sheetData" => return Ok(held.rows),
                _ => {}
            },
            Event::Eof => return Ok(held.rows),
            _ => {}
        }
        buffer.clear();
    }
}

/// The column of a place: `C7` is 2. At most the 16,384 that there are.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.take(4).fold(0usize, |number, letter| number * 26 + usize::from(letter - b'A') + 1);
    (1..=16_384).contains(&number).then(|| number - 1)
}

impl Book {
    fn cell(&self, kind: &str, style: usize, text: &str) -> String {
        match kind {
            "s" => text
                .trim()
                .parse()
                .ok()
                .and_then(|at: usize| self.shared.get(at))
                .cloned()
                .unwrap_or_default(),
            "b" => if text.trim() == "1" { "true" } else { "false" }.to_owned(),
            // An error of a formula is no value.
            "e" => String::new(),
            "" | "n" if self.dates.get(style).copied().unwrap_or_default() => {
                self.date(text).unwrap_or_else(|| number(text))
            }
            "" | "n" => number(text),
            _ => text.to_owned(),
        }
    }

    /// A day, or a day and an hour, from a count of days.
    fn date(&self, text: &str) -> Option<String> {
        let days: f64 = text.trim().parse().ok().filter(|days: &f64| (0.0..3_000_000.0).contains(days))?;
        // Excel counts a 29 February 1900 that there was not: from March on the count begins a day earlier.
        let start = if self.is_1904 {
            NaiveDate::from_ymd_opt(1904, 1, 1)?
        } else {
            NaiveDate::from_ymd_opt(1899, 12, 30)?
        };
        let seconds = (days * 86_400.0).round() as i64;
        let at = start.and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::seconds(seconds))?;
        Some(match (days < 1.0, seconds % 86_400) {
            (true, _) => at.format("%H:%M:%S").to_string(),
            (false, 0) => at.format("%Y-%m-%d").to_string(),
            (false, _) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_formats_are_understood() {
        assert_eq!(
            (column("A1"), column("C7"), column("AA10"), column("XFD1")),
            (Some(0), Some(2), Some(26), Some(16_383))
        );
        assert_eq!((column("ZZZZ1"), column("1"), column("")), (None, None, None));
        for (code, is_date) in [
            ("dd/mm/yyyy", true),
            ("[$-40C]d mmmm yyyy", true),
            ("0.00", false),
            ("#,##0\" jours\"", false),
            ("hh:mm", true),
            ("[Red]0", false),
        ] {
            assert_eq!(says_date(code), is_date, "{code}");
        }
        let book = Book { dates: vec![false, true], ..Book::default() };
        assert_eq!(book.cell("", 1, "45363"), "2024-03-12");
        assert_eq!(book.cell("n", 1, "45363.75"), "2024-03-12 18:00:00");
        assert_eq!(book.cell("", 0, "48.850000000000001"), "48.85");
        assert_eq!(book.cell("s", 0, "99"), "");
    }
}
