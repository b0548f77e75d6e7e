//! Text as it is kept and compared: cleaned of what nobody typed, slugs for addresses, folded for search.

use deunicode::deunicode;

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

/// Text without control characters (line breaks and tabs apart) and without blank ends; line breaks as `\n`.
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| !c.is_control() || *c == '\n' || *c == '\t';
    text.chars().filter(kept).collect::<String>().trim().to_owned()
}

/// [`clean`] text on one line, at most `most` characters.
pub fn line(text: &str, most: usize) -> String {
    let words = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(most).collect::<String>().trim_end().to_owned()
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
    fn kept_text_has_no_control_characters_and_one_sort_of_line_break() {
        assert_eq!(clean(" a\0\u{8}b\r\nc\rd\te\u{85} "), "ab\nc\nd\te");
        assert_eq!(line(" Un  mur,\n à\tvoir ", 9), "Un mur, à");
        assert_eq!(line("Un mur, peint", 7), "Un mur,");
    }
}
