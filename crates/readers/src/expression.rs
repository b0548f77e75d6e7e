//! The small language of a mapping value: columns, `+`, and literals in quotes.
//!
//! What it is: `type+soustype`, `"Voirie"`, `"Paris "+cp`, and `` `a+b` `` for a column whose name has a sign of the
//! language in it. What it is not: no functions, no conditions.
//! Invariant: a literal beside an empty column is left out with it, so that no separator is left alone.

use std::sync::Arc;

use serde_json::Value;

use super::{
    Properties,
    columns::{self, Column},
    theme_key,
};

#[derive(Debug, Clone)]
enum Part {
    Column(Column),
    Literal(String),
}

/// A mapping value, checked against the columns of a file.
#[derive(Debug, Clone)]
pub(super) struct Expression {
    parts: Vec<Part>,
    joiner: &'static str,
}

/// Splits on a sign outside of quotes and backticks.
pub(super) fn split(text: &str, sign: char) -> Vec<&str> {
    let (mut parts, mut start, mut open) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices() {
        match open {
            Some(quote) if c == quote => open = None,
            Some(_) => {}
            // An apostrophe inside of a name (`Complément d'adresse`) opens nothing.
            None if matches!(c, '"' | '`') => open = Some(c),
            None if c == '\''
                && text[start..at].trim_end().ends_with(['=', '+']) | text[start..at].trim().is_empty() =>
            {
                open = Some(c);
            }
            None if c == sign => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            None => {}
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect()
}

/// The content between two quotes.
fn within(text: &str, quote: char) -> Option<&str> {
    text.strip_prefix(quote)?.strip_suffix(quote)
}

impl Expression {
    /// Parses `text`; columns without a literal between them are joined by `joiner`.
    ///
    /// # Errors
    /// A column that does not exist; messages in English and in French.
    pub(super) fn new(
        text: &str,
        joiner: &'static str,
        columns: &[Arc<str>],
    ) -> Result<Expression, (String, String)> {
        if columns.iter().any(|name| **name == *text) {
            return Ok(Expression { parts: vec![Part::Column(columns::find(text, columns)?)], joiner });
        }
        let mut parts = Vec::new();
        for part in split(text, '+') {
            let trimmed = part.trim();
            parts.push(match within(trimmed, '"').or_else(|| within(trimmed, '\'')) {
                Some(literal) => Part::Literal(literal.to_owned()),
                None => Part::Column(columns::find(within(trimmed, '`').unwrap_or(trimmed), columns)?),
            });
        }
        Ok(Expression { parts, joiner })
    }

    /// The text of a row. `empty` holds the keys of values that mean nothing.
    pub(super) fn text(&self, properties: &Properties, empty: &[String]) -> String {
        let only_literals = self.parts.iter().all(|part| matches!(part, Part::Literal(_)));
        let (mut out, mut pending, mut started) = (String::new(), None::<&str>, false);
        for part in &self.parts {
            match part {
                Part::Literal(literal) if only_literals => out.push_str(literal),
                Part::Literal(literal) => pending = Some(literal),
                Part::Column(column) => {
                    let value = column.of(properties).map(text_of).unwrap_or_default();
                    let value = value.trim();
                    if value.is_empty() || means_nothing(value, empty) {
                        pending = None;
                        continue;
                    }
                    out.push_str(pending.take().unwrap_or(if started { self.joiner } else { "" }));
                    out.push_str(value);
                    started = true;
                }
            }
        }
        if started && let Some(literal) = pending {
            out.push_str(literal);
        }
        out
    }
}

/// Whether a value is one of those that mean "nothing was said". Long texts are not compared: nobody lists them.
fn means_nothing(value: &str, empty: &[String]) -> bool {
    !empty.is_empty() && value.len() <= 80 && empty.contains(&theme_key(value))
}

/// A value as text: whole numbers lose the `.0` that software adds to codes.
fn text_of(value: &Value) -> std::borrow::Cow<'_, str> {
    match value {
        Value::Null => "".into(),
        Value::String(text) => text.into(),
        Value::Number(number) => match number.as_f64() {
            Some(whole) if number.is_f64() && whole.fract() == 0.0 && whole.abs() < 1e15 => {
                format!("{whole:.0}").into()
            }
            _ => number.to_string().into(),
        },
        other => other.to_string().into(),
    }
}
