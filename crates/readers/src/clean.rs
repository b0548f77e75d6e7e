//! Clean texts: control characters, white space, themes that are one and the same.
//!
//! What it is: what every text of a file goes through. What it is not: no moderation, no spelling.
//! Invariant: what comes out has no control character but line feeds, and cleaning twice changes nothing.

use std::borrow::Cow;

use crate::text::is_blank;
use serde_json::Value;

/// What Windows-1252 has at 0x80 to 0x9F. A C1 control character in an export is one of these, read as Latin-1 on its
/// way: U+0092 was an apostrophe.
const WINDOWS: [char; 32] = [
    '€', '\u{0}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{0}', 'Ž', '\u{0}', '\u{0}', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{0}', 'ž', 'Ÿ',
];

/// Gives C1 control characters back the sign they were, and drops the other control characters except tab and line feed.
pub(super) fn controls(text: &str) -> Cow<'_, str> {
    let suspect = |byte: u8| (byte < 0x20 && byte != b'\n' && byte != b'\t') || byte == 0x7f || byte == 0xc2;
    if !text.bytes().any(suspect) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\u{80}'..='\u{9f}' => match WINDOWS.get(c as usize - 0x80) {
                Some('\u{0}') | None => {}
                Some(sign) => out.push(*sign),
            },
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Takes off the apostrophe that goes before what a spreadsheet would run, as our own exports and others' put it (OWASP,
/// "CSV injection").
pub(super) fn unprotected(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => text,
    }
}

/// [`controls`] on every string inside a JSON value.
pub(super) fn clean_value(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(clean) = controls(text) {
                *text = clean;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(clean_value),
        Value::Object(members) => members.values_mut().for_each(clean_value),
        _ => {}
    }
}

/// One line: white space of any kind becomes single spaces. Invisible direction marks go, since they can make a title
/// read backwards.
pub(super) fn one_line(text: &str) -> String {
    let text = controls(text);
    let visible = |c: char| !matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let mut out = String::with_capacity(text.len());
    for word in text.split(char::is_whitespace) {
        let start = out.len();
        if start > 0 {
            out.push(' ');
        }
        let before = out.len();
        out.extend(word.chars().filter(|c| visible(*c)));
        if out.len() == before {
            out.truncate(start);
        }
    }
    if is_blank(&out) { String::new() } else { out }
}

/// A text of several lines: trimmed at both ends and at the end of each line, no more than one empty line in a row.
pub(super) fn paragraphs(text: &str) -> String {
    let text = controls(text);
    let mut out = String::with_capacity(text.len());
    let mut gap = 0;
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() {
            gap += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap > 0 { "\n\n" } else { "\n" });
        }
        gap = 0;
        out.push_str(if out.is_empty() { line.trim_start() } else { line });
    }
    if is_blank(&out) { String::new() } else { out }
}

/// The first words of a text, at most `limit` characters, cut between words and ended by an ellipsis when cut.
pub(super) fn first_words(text: &str, limit: usize) -> String {
    let line = one_line(text);
    if line.chars().count() <= limit {
        return line;
    }
    let kept: String = line.chars().take(limit.saturating_sub(1)).collect();
    let on_boundary = line[kept.len()..].starts_with(' ');
    let cut = match kept.rfind(' ') {
        Some(at) if !on_boundary && at > 0 => &kept[..at],
        _ => kept.as_str(),
    };
    format!("{}…", cut.trim_end_matches([' ', ',', ';', ':', '.', '-', '–']))
}

/// The beginning of a text, for a message.
pub(super) fn excerpt(text: &str) -> String {
    first_words(text, 60)
}

/// A label of a list: one line, where a question mark between two letters is the apostrophe that a lost encoding made
/// of it (`Plantation d?arbre`).
pub(super) fn label(text: &str) -> String {
    let line = one_line(text);
    if !line.contains('?') {
        return line;
    }
    let chars: Vec<char> = line.chars().collect();
    let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
    let apostrophe = |at: usize| letter(at.checked_sub(1)) && letter(Some(at + 1));
    chars.iter().enumerate().map(|(at, c)| if *c == '?' && apostrophe(at) { '\'' } else { *c }).collect()
}

/// The key under which labels are one theme: case, accents and punctuation are left out, so that
/// `Végétalisation d?un mur`, `végétalisation d'un mur` and `VEGETALISATION D’UN MUR` are the same.
pub fn theme_key(label: &str) -> String {
    let plain = deunicode::deunicode(&controls(label));
    let mut key = String::with_capacity(plain.len());
    for word in plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&word.to_ascii_lowercase());
    }
    // A label made of signs only still differs from another one.
    if key.is_empty() { one_line(label) } else { key }
}

/// A number as people write it: `48,85`, `1 569 788,222`, `2.33`. `None` when it is no finite number.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let parsed = text.parse::<f64>().or_else(|_| {
        let mut plain: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
        if plain.matches(',').count() == 1 && !plain.contains('.') {
            plain = plain.replace(',', ".");
        }
        plain.parse()
    });
    parsed.ok().filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn c1_characters_become_what_they_were() {
        assert_eq!(controls("Plantation d\u{92}arbres"), "Plantation d’arbres");
        assert_eq!(controls("a\u{0}b\u{81}c\r\nd"), "abc\nd");
        assert!(matches!(controls("été"), Cow::Borrowed(_)));
    }

    #[test]
    fn titles_are_one_line() {
        assert_eq!(one_line("  Un\u{a0}  banc\n\tici \u{202e} "), "Un banc ici");
        assert_eq!(first_words("Un banc à l'ombre pour les anciens", 16), "Un banc à…");
        assert_eq!(first_words("court", 120), "court");
        assert_eq!(first_words(&"a".repeat(300), 120).chars().count(), 120);
        assert_eq!(paragraphs(" un\r\n\r\n\r\n deux  \n trois"), "un\n\n deux\n trois");
    }

    #[test]
    fn dirty_labels_are_one_theme() {
        let key = theme_key("Végétalisation d?un mur");
        assert_eq!(key, "vegetalisation d un mur");
        for same in ["végétalisation d'un mur", "VÉGÉTALISATION D’UN MUR ", "Végétalisation d\u{92}un mur"]
        {
            assert_eq!(theme_key(same), key);
        }
        assert_eq!(label(" Plantation d?arbre ? "), "Plantation d'arbre ?");
        assert_ne!(theme_key("???"), theme_key("!!!"));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(number("1,38806936"), Some(1.38806936));
        assert_eq!(number("1 569 788,222"), Some(1569788.222));
        assert_eq!(number(" 48.85 "), Some(48.85));
        for wrong in ["", "NaN", "inf", "1,2,3", "abc", "12e999"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let line = one_line(&text);
            prop_assert_eq!(&one_line(&line), &line);
            prop_assert!(!line.chars().any(char::is_control));
            let body = paragraphs(&text);
            prop_assert_eq!(&paragraphs(&body), &body);
            prop_assert!(first_words(&text, 120).chars().count() <= 120);
        }
    }
}
