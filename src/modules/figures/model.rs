//! What a figure is: rows that each have a label, a number and perhaps a share, with the definition that they are counted by.
//!
//! What it is not: where the numbers come from (`store`), nor which figures there are (`tell`). Invariant: page, chart and table are made of
//! the same rows.

use crate::base::error::{Error, Result};
use crate::base::i18n::{Lang, Message};
use crate::base::letters::LETTERS;
use crate::base::text::protected;
use parvis_drawing::{Bar, Chart, Shape};

/// The most rows that a chart draws; the last of them sums up the others where they add up.
const MOST_DRAWN: usize = 30;

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// The word of its addresses.
    pub(super) name: String,
    /// What is counted.
    pub(super) title: String,
    /// By which definition, so that anybody can count again.
    pub(super) definition: String,
    /// What its labels are.
    pub(super) head: String,
    /// What its numbers are.
    pub(super) unit: String,
    /// How it is drawn; nothing: as a table alone.
    pub(super) shape: Option<Shape>,
    /// Its rows, in order.
    pub(super) rows: Vec<Row>,
    /// What else is said of it.
    pub(super) note: Option<String>,
    /// Whether its rows hold each other, and so are no parts of a sum, whatever they add up to.
    pub(super) is_nested: bool,
}

/// A row of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) value: Value,
    /// What it is a part of.
    pub(super) of: Option<u64>,
}

/// A number, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// So many.
    Count(u64),
    /// So many tenths.
    Tenths(u64),
    /// More than none, and too few people to say how many.
    Few,
    /// There is none, and the text says why.
    None(&'static str),
}

/// A number as people write it.
pub(super) fn number(lang: Lang, n: u64) -> String {
    lang.count("figures-number", i64::try_from(n).unwrap_or(i64::MAX))
}

/// A number of tenths, with its decimal unless that is 0.
fn tenths(lang: Lang, n: u64) -> String {
    match n % 10 {
        0 => number(lang, n / 10),
        part => format!("{}{}{part}", number(lang, n / 10), lang.text("decimal-mark")),
    }
}

impl Value {
    pub(super) fn shown(self, lang: Lang) -> String {
        match self {
            Value::Count(n) => number(lang, n),
            Value::Tenths(n) => tenths(lang, n),
            Value::Few => lang.text("figures-few"),
            Value::None(why) => lang.text(why),
        }
    }

    /// As programs read it: a point, no spaces, nothing where there is no number.
    pub(super) fn plain(self, mark: &str) -> String {
        match self {
            Value::Count(n) => n.to_string(),
            Value::Tenths(n) => format!("{}{mark}{}", n / 10, n % 10),
            Value::Few => "<5".to_owned(),
            Value::None(_) => String::new(),
        }
    }

    fn drawn(self) -> f64 {
        match self {
            Value::Count(n) => n as f64,
            Value::Tenths(n) => n as f64 / 10.0,
            Value::Few | Value::None(_) => 0.0,
        }
    }
}

impl Row {
    pub(super) fn new(label: impl Into<String>, value: Value) -> Row {
        Row { label: label.into(), value, of: None }
    }

    /// Its share in tenths of a percent, rounded half up.
    fn share(&self) -> Option<u64> {
        let (Value::Count(n), Some(of)) = (self.value, self.of.filter(|of| *of > 0)) else { return None };
        u64::try_from((u128::from(n) * 2_000 + u128::from(of)) / (u128::from(of) * 2)).ok()
    }

    /// Its share as people read it.
    pub(super) fn percent(&self, lang: Lang) -> Option<String> {
        let share = tenths(lang, self.share()?);
        Some(lang.say(&Message::new("figures-percent").with("share", share)))
    }

    /// Its share from 0 to 1.
    pub(super) fn plain_share(&self, mark: &str) -> String {
        let part = |share: u64| format!("{}{mark}{:03}", share / 1_000, share % 1_000);
        self.share().map(part).unwrap_or_default()
    }
}

/// Rows that are parts of their sum.
pub(super) fn parts(cells: impl IntoIterator<Item = (String, u64)>) -> Vec<Row> {
    let cells: Vec<(String, u64)> = cells.into_iter().collect();
    let of = Some(cells.iter().map(|(_, n)| n).sum());
    cells.into_iter().map(|(label, n)| Row { label, value: Value::Count(n), of }).collect()
}

impl Figure {
    /// Whether any row has a share.
    pub(super) fn has_shares(&self) -> bool {
        self.rows.iter().any(|row| row.of.is_some())
    }

    /// What its rows are shares of where they do not add up to it: its bars are then as long as their shares.
    fn whole(&self) -> Option<f64> {
        let of = self.rows.first()?.of?;
        (self.is_nested || self.sum() != Some(of)).then_some(of as f64)
    }

    /// What its rows add up to, where each is a number.
    pub(super) fn sum(&self) -> Option<u64> {
        let count = |row: &Row| if let Value::Count(n) = row.value { Some(n) } else { None };
        self.rows.iter().map(count).sum()
    }

    /// Whether its chart has all of its rows.
    pub(super) fn is_drawn_whole(&self) -> bool {
        self.shape == Some(Shape::Columns) || self.rows.len() <= MOST_DRAWN
    }

    /// The rows that its chart draws: label, value, and the value in words.
    fn drawn(&self, lang: Lang) -> Vec<(String, f64, String)> {
        let said = |row: &Row| {
            // Columns have no room for shares.
            let share = row.percent(lang).filter(|_| self.shape != Some(Shape::Columns));
            let shown = row.value.shown(lang) + &share.map(|share| format!(" ({share})")).unwrap_or_default();
            (row.label.clone(), row.value.drawn(), shown)
        };
        if self.is_drawn_whole() {
            return self.rows.iter().map(said).collect();
        }
        let (first, rest) = self.rows.split_at(MOST_DRAWN - 1);
        let mut drawn: Vec<_> = first.iter().map(said).collect();
        let summed = |sum: u64, row: &Row| match row.value {
            Value::Count(n) if row.of.is_some() => Some(sum + n),
            _ => None,
        };
        if let Some(sum) = rest.iter().try_fold(0, summed) {
            let label = lang.count("figures-rest", i64::try_from(rest.len()).unwrap_or(i64::MAX));
            let row = Row { label, value: Value::Count(sum), of: first.first().and_then(|row| row.of) };
            drawn.push(said(&row));
        }
        drawn
    }

    /// How many bytes it takes, about.
    pub(super) fn bytes(&self) -> usize {
        let rows = self.rows.iter().map(|row| row.label.len() + std::mem::size_of::<Row>()).sum::<usize>();
        let note = self.note.as_ref().map_or(0, String::len);
        let said = [&self.name, &self.title, &self.definition, &self.head, &self.unit];
        std::mem::size_of::<Figure>() + rows + note + said.into_iter().map(String::len).sum::<usize>()
    }

    /// Its chart as SVG: a part of a page, or a file with `note` under it. Nothing where it has none.
    pub(super) fn svg(&self, lang: Lang, note: Option<&str>) -> Option<String> {
        let (shape, drawn) = (self.shape?, self.drawn(lang));
        let bars: Vec<Bar<'_>> =
            drawn.iter().map(|(label, value, shown)| Bar { label, value: *value, shown }).collect();
        let said = |label: &str, shown: &str| {
            lang.say(&Message::new("figures-said").with("label", label).with("shown", shown))
        };
        let words: Vec<String> = drawn.iter().map(|(label, _, shown)| said(label, shown)).collect();
        let chart = Chart {
            shape,
            name: &self.name,
            title: &self.title,
            description: &words.join(" ; "),
            bars: &bars,
            whole: self.whole().filter(|_| shape == Shape::Bars),
            note: note.unwrap_or_default(),
            is_alone: note.is_some(),
            fonts: Some(&LETTERS),
        };
        Some(chart.svg())
    }
}

/// Every figure as one table.
///
/// # Errors
/// [`Error::Internal`] where it cannot be written.
pub(super) fn csv(figures: &[Figure], lang: Lang, is_for_excel: bool) -> Result<Vec<u8>> {
    let wrong = |error: csv::Error| Error::Internal(format!("csv: {error}"));
    let (delimiter, mark) = if is_for_excel { (b';', ",") } else { (b',', ".") };
    let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(b"\xef\xbb\xbf".to_vec());
    let head: Vec<String> = match is_for_excel {
        true => ["figure", "definition", "label", "count", "share"]
            .map(|name| lang.text(&format!("figures-column-{name}")))
            .into(),
        false => ["figure", "definition", "label", "count", "share"].map(str::to_owned).into(),
    };
    table.write_record(&head).map_err(wrong)?;
    for figure in figures {
        let called = if is_for_excel { &figure.title } else { &figure.name };
        for row in &figure.rows {
            let (count, share) = (row.value.plain(mark), row.plain_share(mark));
            let cells = [protected(called), protected(&figure.definition), protected(&row.label)];
            let cells = cells.iter().map(AsRef::as_ref).chain([count.as_str(), share.as_str()]);
            table.write_record(cells).map_err(wrong)?;
        }
    }
    table.into_inner().map_err(|error| Error::Internal(format!("csv: {error}")))
}
