//! What is held on somebody, in words: each sort of thing by its name, each row by what it is about and its day.
//!
//! What it is not: the rows themselves, which are in the file to take away. Invariant: every table in which a person has rows is
//! here, also one that nobody found words for yet: then by the purpose that it serves.

use crate::base::i18n::Lang;
use crate::core::personal_data::{Purpose, Table};
use crate::modules::tables as all_tables;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The most rows of one sort that are shown.
const MOST: usize = 100;

/// The longest that is shown of a text, in characters.
const LONGEST: usize = 120;

/// One sort of thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// What they are, and how many.
    pub(super) name: String,
    /// Each in one line.
    pub(super) lines: Vec<String>,
    /// How many more there are.
    pub(super) more: usize,
}

type JsonRow = Map<String, Value>;

fn text<'a>(row: &'a JsonRow, column: &str) -> Option<&'a str> {
    row.get(column).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// Columns that say when, the best first.
const DAYS: [&str; 12] = [
    "cast_at",
    "created_at",
    "since",
    "flagged_at",
    "made_at",
    "decided_at",
    "answered_at",
    "changed_at",
    "granted_at",
    "kept_at",
    "at",
    "expires_at",
];

/// Columns that say what, in the words of whoever wrote them.
const TEXTS: [&str; 11] = [
    "title",
    "subject",
    "alt",
    "body",
    "browser",
    "name",
    "email",
    "note",
    "issuer",
    "destination",
    "motive",
];

/// Every sort of thing that these tables hold; `titles` are those of the contributions that they are about.
pub(super) fn sections(
    lang: Lang,
    tables: &Map<String, Value>,
    titles: &HashMap<i64, String>,
) -> Vec<Section> {
    let of = |table: &Table| {
        let rows: Vec<&JsonRow> =
            tables.get(table.name)?.as_array()?.iter().filter_map(Value::as_object).collect();
        let lines = rows.iter().take(MOST).map(|row| line(lang, row, titles)).collect();
        let name = format!("{} ({})", name(lang, table.name, table.purpose), rows.len());
        Some(Section { name, lines, more: rows.len().saturating_sub(MOST) })
    };
    all_tables().filter_map(of).collect()
}

/// What a table's rows are called. A table without words of its own is called by what it is for.
pub(super) fn name(lang: Lang, table: &str, purpose: Purpose) -> String {
    let key = format!("held-{}", table.replace('_', "-"));
    if lang.has(&key) { lang.text(&key) } else { lang.text(&format!("privacy-name-{}", purpose.word())) }
}

/// The ids of the contributions that these rows are about.
pub(super) fn about(tables: &Map<String, Value>) -> Vec<i64> {
    let rows = tables.values().filter_map(Value::as_array).flatten();
    let mut ids: Vec<i64> = rows.filter_map(|row| row.get("feature_id")?.as_str()?.parse().ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn line(lang: Lang, row: &JsonRow, titles: &HashMap<i64, String>) -> String {
    let mut parts = Vec::new();
    let feature = text(row, "feature_id").and_then(|id| id.parse().ok()).and_then(|id: i64| titles.get(&id));
    if let Some(title) = feature {
        parts.push(quoted(lang, title));
    }
    if let Some(said) = TEXTS.iter().find_map(|column| text(row, column)) {
        let said: String = crate::base::text::line(said, LONGEST);
        if feature.is_none_or(|title| *title != said) {
            parts.push(said);
        }
    }
    for (column, stem) in [("value", "held-value"), ("side", "held-side"), ("role", "role")] {
        let word = text(row, column).map(|word| format!("{stem}-{}", word.replace('-', "minus-")));
        parts.extend(word.filter(|key| lang.has(key)).map(|key| lang.text(&key)));
    }
    if let Some(day) = DAYS.iter().find_map(|column| text(row, column)).and_then(day) {
        parts.push(lang.date(day));
    }
    if parts.is_empty() { lang.text("held-row") } else { parts.join(" · ") }
}

/// The day of an instant as either database writes it.
fn day(instant: &str) -> Option<chrono::NaiveDate> {
    instant.get(..10)?.parse().ok()
}

fn quoted(lang: Lang, title: &str) -> String {
    match lang {
        Lang::Fr => format!("«\u{a0}{title}\u{a0}»"),
        Lang::En => format!("“{title}”"),
    }
}

/// The same as one text, for who opens the file without a program for it.
pub(super) fn as_text(lang: Lang, sections: &[Section]) -> String {
    let mut said = String::new();
    for Section { name, lines, more } in sections {
        said.push_str(name);
        said.push('\n');
        for line in lines {
            said.push_str("  - ");
            said.push_str(line);
            said.push('\n');
        }
        if *more > 0 {
            said.push_str("  - ");
            said.push_str(&lang.count("held-more", i64::try_from(*more).unwrap_or(i64::MAX)));
            said.push('\n');
        }
        said.push('\n');
    }
    said
}
