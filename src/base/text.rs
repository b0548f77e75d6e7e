//! Text as it is kept and compared: cleaned of what nobody typed, slugs for addresses, folded for search.

use deunicode::deunicode;
use parvis_readers::text::is_unseen;
pub use parvis_readers::text::{inert, is_blank};
use std::borrow::Cow;

/// Lower-case ASCII letters and digits joined by single `-`; at most 80 characters; never empty (`x` where nothing is left).
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in deunicode(text).chars() {
        if slug.len() >= 80 {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    while slug.ends_with('-') {
        slug.pop();
    }
    if slug.is_empty() { "x".into() } else { slug }
}

/// Text without accents or case, white space folded: `lower()` knows only ASCII on SQLite, so both databases keep this.
pub fn fold(text: &str) -> String {
    deunicode(text).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that turn the order of what is around them, on and beyond their own text.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How many characters of a text a reader sees, spaces between them included: what a shortest length is compared with.
pub fn seen(text: &str) -> usize {
    text.chars().filter(|c| *c == ' ' || !is_unseen(*c)).count()
}

/// Text without control characters (line breaks and tabs apart), without characters that turn the order of others, and without blank
/// ends; line breaks as `\n`. Empty where nothing of it is seen.
pub fn clean(text: &str) -> String {
    if is_blank(text) {
        return String::new();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| (!c.is_control() || *c == '\n' || *c == '\t') && !turns(*c);
    text.chars().filter(kept).collect::<String>().trim().to_owned()
}

/// [`clean`] text on one line, at most `most` characters.
pub fn line(text: &str, most: usize) -> String {
    let words = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(most).collect::<String>().trim_end().to_owned()
}

/// A text as a cell of a table. A spreadsheet runs a cell that begins with one of these; an apostrophe before it makes it text (OWASP,
/// "CSV Injection"). A text that begins with apostrophes before one gets another, so that who takes one off has the text.
pub fn protected(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
    {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain_ascii() {
        assert_eq!(slug("  Végétalisation d’un mur ! "), "vegetalisation-d-un-mur");
        assert_eq!(slug("¡¡¡"), "x".replace('x', &slug("¡¡¡")));
        assert_eq!(slug("…"), "x");
        assert!(slug(&"é".repeat(500)).len() <= 80);
    }

    #[test]
    fn folded_text_compares_without_accents_case_or_layout() {
        assert_eq!(fold("École\n  PRIMAIRE"), "ecole primaire");
    }

    #[test]
    fn what_is_not_seen_is_no_text() {
        let unseen = "\u{200b} \u{2060} \u{3164} \u{2800} \u{ad} \u{feff} \u{115f}\u{1160} \u{ffa0} \u{fe0f} \u{301} \u{202e} \u{2066} \u{e0041}\u{e007f} \u{34f} \u{180e} \u{3000} \u{2028} \u{61c} \u{17b5} \u{1d159}";
        for text in unseen.split(' ').chain([unseen, "", "\n\t"]) {
            assert!(is_blank(text), "{text:?}");
            assert_eq!(
                (clean(text), line(text, 9), seen(text.trim())),
                (String::new(), String::new(), seen(text.trim()))
            );
        }
        for text in
            ["a", "1", "é", "e\u{301}", "❤\u{fe0f}", "👩\u{200d}🚒", "ب", "\u{200f}שלום", "क्ष", "。", "🫩"]
        {
            assert!(!is_blank(text), "{text:?}");
            assert_eq!(clean(text), text.trim(), "what belongs to a word stays");
        }
        assert_eq!(seen("a\u{200b}\u{200b}b"), 2);
        assert_eq!(seen("un b"), 4);
    }

    #[test]
    fn nobody_turns_the_order_of_a_page() {
        assert_eq!(clean("\u{202e}gnp.exe\u{202c} et \u{2067}la\u{2069} suite"), "gnp.exe et la suite");
    }

    #[test]
    fn kept_text_has_no_control_characters_and_one_sort_of_line_break() {
        assert_eq!(clean(" a\0\u{8}b\r\nc\rd\te\u{85} "), "ab\nc\nd\te");
        assert_eq!(line(" Un  mur,\n à\tvoir ", 9), "Un mur, à");
        assert_eq!(line("Un mur, peint", 7), "Un mur,");
    }
}
