//! Bare addresses in running text: where each begins and ends. Not what a link may point to (`mod.rs`).

use std::ops::Range;

/// The addresses (`http://…`, `https://…`) in a text, without the punctuation of the sentence around them.
pub(super) fn bare(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = next(text, from) {
        let end = text[at..].find(|c: char| c.is_whitespace() || c.is_control() || "<>\"«»“”".contains(c));
        let end = at + trimmed(&text[at..end.map_or(text.len(), |length| at + length)]);
        // A scheme alone is no address.
        if text[at..end].split_once("://").is_some_and(|(_, rest)| rest.starts_with(char::is_alphanumeric)) {
            found.push(at..end);
        }
        from = end.max(at + 4);
    }
    found
}

/// Where the next address begins: not in the middle of a word.
fn next(text: &str, from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let rest = text.get(from..)?;
        let at = from + rest.find("http")?;
        let whole = !text[..at].ends_with(char::is_alphanumeric);
        let tail = &text[at + 4..];
        if whole && (tail.starts_with("://") || tail.starts_with("s://")) {
            return Some(at);
        }
        from = at + 4;
    }
}

/// The length of an address without what belongs to the sentence: `(https://a.fr/b_(c)).` ends with the inner bracket.
fn trimmed(address: &str) -> usize {
    let mut address = address;
    while let Some(last) = address.chars().next_back() {
        let open = |c: char| address.chars().filter(|other| *other == c).count();
        let belongs = match last {
            ')' => open('(') >= open(')'),
            ']' => open('[') >= open(']'),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…' | '*' | '_' => false,
            _ => true,
        };
        if belongs {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address.len()
}
