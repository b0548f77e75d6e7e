//! Finding the parts of a JSON text without parsing it.
//!
//! What it is: spans of values, members and elements, so that a file of a million features is parsed one feature at a
//! time, and a broken feature does not take the others with it. What it is not: a parser; it balances brackets and
//! skips strings, and leaves it to serde_json to judge what is between.
//! Invariant: positions never leave the text and always stand on an ASCII byte, so that slicing at them is safe.

use std::ops::Range;

/// The text ends, or is not JSON, at this byte.
pub(super) type Stop = usize;

/// The spans of a key (without its quotes) and of its value.
type Member = (Range<usize>, Range<usize>);

/// The first byte at or after `at` that is no white space.
pub(super) fn skip_space(text: &[u8], mut at: usize) -> usize {
    while matches!(text.get(at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
        at += 1;
    }
    at
}

fn skip_string(text: &[u8], at: usize) -> Result<usize, Stop> {
    let mut i = at + 1;
    while let Some(byte) = text.get(i) {
        match byte {
            b'"' => return Ok(i + 1),
            b'\\' => i += 2,
            _ => i += 1,
        }
    }
    Err(text.len())
}

/// The end of the value that starts at `at`.
pub(super) fn skip_value(text: &[u8], at: usize) -> Result<usize, Stop> {
    match text.get(at) {
        Some(b'"') => skip_string(text, at),
        Some(b'{' | b'[') => {
            let (mut depth, mut i) = (0usize, at);
            while let Some(byte) = text.get(i) {
                match byte {
                    b'"' => {
                        i = skip_string(text, i)?;
                        continue;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => {
                        depth -= 1;
                        if depth == 0 {
                            return Ok(i + 1);
                        }
                    }
                    _ => {}
                }
                i += 1;
            }
            Err(text.len())
        }
        Some(b',' | b':' | b'}' | b']') | None => Err(at),
        Some(_) => {
            let rest = &text[at..];
            let end = rest.iter().position(|byte| b",]} \n\r\t\"{[:".contains(byte)).unwrap_or(rest.len());
            Ok(at + end)
        }
    }
}

/// Walks the members of the object or the elements of the array that starts at a position.
pub(super) struct Walk<'a> {
    text: &'a [u8],
    at: usize,
    started: bool,
    /// Set when the walk has reached the closing bracket: the byte after it.
    pub(super) end: Option<usize>,
}

impl<'a> Walk<'a> {
    /// A walk through the object or array whose opening bracket is at `at`.
    pub(super) fn new(text: &'a [u8], at: usize) -> Walk<'a> {
        Walk { text, at: at + 1, started: false, end: None }
    }

    /// Moves to the next member or element; `None` at the closing bracket.
    fn step(&mut self) -> Option<Result<usize, Stop>> {
        if self.end.is_some() {
            return None;
        }
        let at = skip_space(self.text, self.at);
        match self.text.get(at) {
            Some(b'}' | b']') => {
                self.end = Some(at + 1);
                None
            }
            Some(b',') if self.started => Some(Ok(skip_space(self.text, at + 1))),
            Some(_) if !self.started => {
                self.started = true;
                Some(Ok(at))
            }
            _ => Some(Err(at)),
        }
    }

    /// The span of the next element of an array.
    pub(super) fn element(&mut self) -> Option<Result<Range<usize>, Stop>> {
        let start = match self.step()? {
            Ok(start) => start,
            Err(stop) => return Some(Err(stop)),
        };
        Some(skip_value(self.text, start).map(|end| {
            self.at = end;
            start..end
        }))
    }

    /// The span of the next key (without its quotes) and the start of its value.
    pub(super) fn member(&mut self) -> Option<Result<Member, Stop>> {
        let start = match self.step()? {
            Ok(start) => start,
            Err(stop) => return Some(Err(stop)),
        };
        Some(self.member_at(start))
    }

    fn member_at(&mut self, start: usize) -> Result<Member, Stop> {
        if self.text.get(start) != Some(&b'"') {
            return Err(start);
        }
        let key_end = skip_string(self.text, start)?;
        let colon = skip_space(self.text, key_end);
        if self.text.get(colon) != Some(&b':') {
            return Err(colon);
        }
        let value = skip_space(self.text, colon + 1);
        let end = skip_value(self.text, value)?;
        self.at = end;
        Ok((start + 1..key_end - 1, value..end))
    }

    /// Where the walk stands, to take it up again with [`Walk::resume`].
    pub(super) fn position(&self) -> (usize, bool) {
        (self.at, self.started)
    }

    /// Takes up a walk.
    pub(super) fn resume(text: &'a [u8], (at, started): (usize, bool)) -> Walk<'a> {
        Walk { text, at, started, end: None }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn members_and_elements_are_found() {
        let text = br#"{"a": [1, "]", {"b": 2}], "c\"d": null}"#;
        let mut walk = Walk::new(text, 0);
        let (key, value) = walk.member().unwrap().unwrap();
        assert_eq!((&text[key], &text[value.clone()]), (&b"a"[..], &br#"[1, "]", {"b": 2}]"#[..]));
        let mut inner = Walk::new(text, value.start);
        let mut count = 0;
        while let Some(element) = inner.element() {
            element.unwrap();
            count += 1;
        }
        assert_eq!((count, inner.end), (3, Some(value.end)));
        assert_eq!(&text[walk.member().unwrap().unwrap().1], b"null");
        assert!(walk.member().is_none());
    }

    #[test]
    fn a_cut_text_says_where() {
        let text = br#"[{"a": 1}, {"b": "#;
        let mut walk = Walk::new(text, 0);
        assert!(walk.element().unwrap().is_ok());
        assert_eq!(walk.element().unwrap(), Err(text.len()));
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics_nor_loops(text in "[\\[\\]{}\",:0-9a-e\\\\ é]{0,60}") {
            let text = format!("[{text}");
            let bytes = text.as_bytes();
            let mut walk = Walk::new(bytes, 0);
            let mut steps = 0;
            while let Some(Ok(span)) = walk.element() {
                prop_assert!(text.get(span).is_some() && steps < 100);
                steps += 1;
            }
            let mut walk = Walk::new(bytes, 0);
            while let Some(Ok((key, value))) = walk.member() {
                prop_assert!(text.get(key).is_some() && text.get(value).is_some() && steps < 200);
                steps += 1;
            }
        }
    }
}
