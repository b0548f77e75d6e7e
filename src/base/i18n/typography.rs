//! The spaces and marks of a printed text, put into the locale files' own words when they are loaded: nobody has to type them. Never
//! into what people wrote, nor into addresses, hours or keys: arguments (`{ … }`) are left alone.
//!
//! French: a narrow no-break space (U+202F) before `;` `!` `?`, a no-break space (U+00A0) before `:` and inside « ». English: curly
//! apostrophes; no space before any of them.

const NO_BREAK: char = '\u{a0}';
const NARROW: char = '\u{202f}';

/// The text of a French locale file.
pub(super) fn french(source: &str) -> String {
    each_word(source, |before, c, after| match (c, after) {
        (' ' | NO_BREAK | NARROW, Some(';' | '!' | '?')) if before.is_some() => NARROW,
        (' ' | NO_BREAK | NARROW, Some(':' | '»')) if before.is_some() => NO_BREAK,
        (' ' | NARROW, _) if before == Some('«') => NO_BREAK,
        _ => c,
    })
}

/// The text of an English locale file.
pub(super) fn english(source: &str) -> String {
    each_word(source, |before, c, after| match c {
        '\'' if before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric) => '’',
        _ => c,
    })
}

/// Each character of the messages' words, with its neighbours; comments, keys and what stands in braces as they are.
fn each_word(source: &str, change: impl Fn(Option<char>, char, Option<char>) -> char) -> String {
    let (mut out, mut depth) = (String::with_capacity(source.len() + source.len() / 32), 0_u32);
    for line in source.split_inclusive('\n') {
        if line.starts_with('#') {
            out.push_str(line);
            continue;
        }
        let is_key = line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
        let mut words = if is_key { line.find('=').map_or(0, |at| at + 2) } else { 0 };
        let is_variant = line.trim_start().starts_with(['[', '*']);
        words = if is_variant { line.find(']').map_or(0, |at| at + 2) } else { words };
        // What stands in the braces of a choice is text again after each variant's key.
        let inner = if is_variant { depth.saturating_sub(1) } else { depth };
        let mut level = inner;
        let mut before: Option<char> = None;
        let mut chars = line.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '{' => level += 1,
                '}' => level = level.saturating_sub(1),
                _ => {}
            }
            let base = if is_variant { inner } else { 0 };
            let is_word = at >= words && level == base && c != '{' && c != '}';
            let after = chars.peek().map(|(_, c)| *c);
            // A line's indentation is the file's, not the text's.
            let is_first = before.is_none();
            out.push(if is_word && !is_first { change(before, c, after) } else { c });
            if !(c.is_whitespace() && is_first) {
                before = Some(c);
            }
        }
        depth = depth + level - inner;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_spaces_do_not_break_and_arguments_stay() {
        let source = "# Un mot : rien\na-b = Voir « { $x } » : oui ; non ? http://a.b/?c { $n ->\n    [one] une !\n   *[other] { $n } : voix ?\n  }. Vu à 10:30 !\n    suite : fin\n";
        let said = french(source);
        assert_eq!(
            said,
            "# Un mot : rien\na-b = Voir «\u{a0}{ $x }\u{a0}»\u{a0}: oui\u{202f}; non\u{202f}? http://a.b/?c { $n ->\n    [one] une\u{202f}!\n   *[other] { $n }\u{a0}: voix\u{202f}?\n  }. Vu à 10:30\u{202f}!\n    suite\u{a0}: fin\n"
        );
    }

    #[test]
    fn english_apostrophes_are_curly() {
        assert_eq!(english("a = I don't, people's { $x }\n"), "a = I don’t, people’s { $x }\n");
    }

    /// What is wrong with a text of the interface, as it is said.
    fn wrong(source: &str, is_french: bool) -> Vec<String> {
        let bad = |line: &&str| {
            let text: String = line.chars().collect();
            let pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
            let breaks = |(a, b): &(char, char)| match is_french {
                true => {
                    matches!((*a, *b), (' ', ':' | ';' | '!' | '?' | '»') | ('«', ' '))
                        || (*a == '«' && *b != NO_BREAK)
                }
                false => matches!(
                    (*a, *b),
                    (' ' | NO_BREAK | NARROW, ':' | ';' | '!' | '?') | ('«' | '»', _) | ('\'', 'a'..='z')
                ),
            };
            pairs.iter().any(breaks)
        };
        let lines = source.lines().filter(|line| !line.starts_with('#'));
        // A French word and its mark: never joined.
        let joined = |line: &&str| {
            is_french
                && line.split(' ').any(|word| {
                    let mut chars = word.trim_end_matches(['»', ')', '\u{a0}']).chars().rev();
                    let (mark, letter) = (chars.next(), chars.next());
                    matches!(mark, Some('!' | '?' | ';' | ':'))
                        && letter.is_some_and(|c| c.is_alphabetic() || c == '»')
                        && !word.contains(NARROW)
                        && !word.contains(NO_BREAK)
                })
        };
        lines.filter(|line| bad(line) || joined(line)).map(str::to_owned).collect()
    }

    #[test]
    fn every_text_has_the_spaces_and_marks_of_its_language() {
        let fr = wrong(&french(include_str!(concat!(env!("OUT_DIR"), "/fr.ftl"))), true);
        assert!(fr.is_empty(), "{}", fr.join("\n"));
        let en = wrong(&english(include_str!(concat!(env!("OUT_DIR"), "/en.ftl"))), false);
        assert!(en.is_empty(), "{}", en.join("\n"));
    }

    #[test]
    fn one_thing_has_one_word() {
        let fr = include_str!(concat!(env!("OUT_DIR"), "/fr.ftl")).to_lowercase();
        for word in [" e-mail", "’e-mail", " mél ", "boîte aux lettres", "solde minimal"] {
            assert!(!fr.contains(word), "{word}: courriel, boîte de réception, voix");
        }
    }
}
