//! The name of what a letter is about: put in when the letter leaves, so that a letter that waited, or is kept, never says the title of
//! what was taken off meanwhile.
//!
//! What it is not: whether something is public, which the room that has it says ([`Naming`]).

use crate::base::db::{Answer, Db};

/// Stands in a letter where the name goes, within quotation marks.
pub const NAME: char = '\u{FFFC}';

/// The name of a thing of a kind by its number, where everybody may read it now.
pub type Naming = for<'a> fn(&'a Db, &'a str, i64) -> Answer<'a, Option<String>>;

/// The text with the name in it; with the number instead of the quoted name where there is none to be said.
pub(super) fn named(text: &str, name: Option<&str>, id: i64) -> String {
    if let Some(name) = name {
        return text.replace(NAME, name);
    }
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(NAME) {
        let open = before.trim_end();
        let close = after.trim_start();
        match (open.strip_suffix(['«', '“', '"']), close.strip_prefix(['»', '”', '"'])) {
            (Some(open), Some(close)) => {
                // The marks say the language.
                let number = if before.ends_with('“') { "no." } else { "n°" };
                said.push_str(&format!("{open}{number} {id}"));
                rest = close;
            }
            _ => {
                said.push_str(&format!("{before}n° {id}"));
                rest = after;
            }
        }
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_name_is_said_where_there_is_one_and_a_number_without_quotation_marks_where_there_is_none() {
        let text = "Votre idée « \u{FFFC} » et «\u{a0}\u{FFFC}\u{a0}», “\u{FFFC}”, \u{FFFC}.";
        assert_eq!(named(text, None, 7), "Votre idée n° 7 et n° 7, no. 7, n° 7.");
        assert!(named(text, Some("Un banc"), 7).starts_with("Votre idée « Un banc » et"));
        assert_eq!(named("Bonjour", None, 7), "Bonjour");
    }
}
