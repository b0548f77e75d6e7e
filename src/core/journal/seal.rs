//! The arithmetic of the sealed register: what is hashed of a line, and in which form. Pure: no SQL, no clock.
//!
//! `docs/REGISTER.md` says the same in words, with a program that anybody can run. What stands here may never change for lines
//! that are written: another form is another version word in [`canonical`].

use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// The first field of every line's canonical bytes.
const VERSION: &str = "parvis-register-1";

/// A civic line as the register keeps it. Borrowed, so that a checker can feed it rows as they are, right or wrong.
#[derive(Debug, Clone, Copy)]
pub struct Sealed<'a> {
    /// In the register: 1, 2, 3…
    pub number: i64,
    /// In the journal.
    pub seq: i64,
    /// RFC 3339 in UTC with six decimals and `Z`.
    pub at: &'a str,
    /// The word of the act.
    pub act: &'a str,
    /// To which feature.
    pub feature: Option<i64>,
    /// To what else.
    pub subject: Option<&'a str>,
    /// How it reached us.
    pub channel: Option<&'a str>,
    /// The salted digest of what was said.
    pub content: Option<&'a [u8]>,
}

/// The canonical bytes of a line: nine fields, each as a netstring (`LENGTH:BYTES,`), a field that is not there as `-,`.
/// The digest of the content is written in lower-case hexadecimal.
pub fn canonical(line: &Sealed<'_>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(192);
    let mut field = |text: Option<&str>| bytes.extend_from_slice(&netstring(text));
    field(Some(VERSION));
    field(Some(&line.number.to_string()));
    field(Some(&line.seq.to_string()));
    field(Some(line.at));
    field(Some(line.act));
    field(line.feature.map(|id| id.to_string()).as_deref());
    field(line.subject);
    field(line.channel);
    field(line.content.map(hex).as_deref());
    bytes
}

/// A field: `LENGTH:BYTES,`, or `-,` where it is not there.
pub fn netstring(text: Option<&str>) -> Vec<u8> {
    text.map_or_else(|| b"-,".to_vec(), |text| format!("{}:{text},", text.len()).into_bytes())
}

/// An instant in the register's form. Both databases write one in a way of their own; where it is none, it stays as it is and
/// nothing fits.
pub fn instant_of(at: &str) -> String {
    at.parse::<crate::base::clock::Timestamp>().map_or_else(
        |_no_instant| at.to_owned(),
        |at| at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
    )
}

/// What the first line is chained to: it names the last line of the journal that is older than the register.
pub fn genesis(sealed_from: i64) -> Hash {
    Sha256::digest(format!("{VERSION} after {sealed_from}")).into()
}

/// The chain at a line: SHA-256 of the chain before it and its canonical bytes.
pub fn chained(before: &[u8], line: &Sealed<'_>) -> Hash {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(canonical(line));
    hash.finalize().into()
}

/// The digest of what was said: SHA-256 of the salt and the UTF-8 bytes of the content.
pub fn digest(salt: &[u8], content: &str) -> Hash {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(content.as_bytes());
    hash.finalize().into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes that hexadecimal digits say, if they do.
pub fn of_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: Sealed<'_> = Sealed {
        number: 1,
        seq: 3,
        at: "2026-11-22T04:07:18.123456Z",
        act: "placed",
        feature: Some(17),
        subject: None,
        channel: Some("web"),
        content: Some(&[0xab; 2]),
    };

    #[test]
    fn a_line_has_one_form_and_two_lines_never_share_it() {
        let text = String::from_utf8(canonical(&LINE)).unwrap();
        assert_eq!(
            text,
            "17:parvis-register-1,1:1,1:3,27:2026-11-22T04:07:18.123456Z,6:placed,2:17,-,3:web,4:abab,"
        );
        let tricky = Sealed { subject: Some("a,1:b,"), channel: None, ..LINE };
        let other = Sealed { subject: Some("a"), channel: Some("b"), ..LINE };
        assert_ne!(canonical(&tricky), canonical(&other), "what a field holds does not leak into the next");
        assert_ne!(canonical(&Sealed { subject: Some(""), ..LINE }), canonical(&LINE), "empty is not absent");
    }

    #[test]
    fn the_chain_is_what_another_program_computes() {
        // printf 'parvis-register-1 after 0' | sha256sum, then the line's bytes after those thirty-two.
        assert_eq!(hex(&genesis(0)), "8e9a0d6664d87855e3b48a92c759806cb1a86a63303c0020933ac3c1b8999a44");
        assert_eq!(
            hex(&chained(&genesis(0), &LINE)),
            "599fcabba6f85f6101aacd448411bbd58fb21a66a004fa0c1d433005594e8fbe"
        );
    }

    #[test]
    fn digits_read_back_as_the_bytes() {
        assert_eq!(of_hex(&hex(&[0, 1, 254, 255])), Some(vec![0, 1, 254, 255]));
        assert_eq!((of_hex("0"), of_hex("zz"), of_hex("é")), (None, None, None));
    }
}
