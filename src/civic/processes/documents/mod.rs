//! The files of a process: a deliberation, a plan. Taken where they are of a sort that everybody can open, kept by their content
//! beside the pictures, and given out as a download that no browser runs. What it is not: the page's rows (`store` has them).
//!
//! Invariant: no file is ever whole in memory, neither as it comes nor as it goes.

pub(super) mod routes;
#[cfg(test)]
mod tests;

use crate::base::i18n::Message;
use crate::core::app::App;
use std::path::PathBuf;

/// The largest file, in bytes: a plan of a whole territory.
pub(super) const MOST: usize = 30 << 20;

/// What is taken: ending, media type, how such a file begins.
const KINDS: [(&str, &str, &[u8]); 7] = [
    ("pdf", "application/pdf", b"%PDF-"),
    ("odt", "application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet", b"PK\x03\x04"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    ("png", "image/png", b"\x89PNG\r\n\x1a\n"),
    ("jpg", "image/jpeg", b"\xff\xd8\xff"),
];

/// The endings that are taken, for the form.
pub(super) fn accepted() -> String {
    KINDS.map(|(ending, ..)| format!(".{ending}")).join(",")
}

/// The ending of a kept file of this media type.
pub(super) fn ending(kind: &str) -> &'static str {
    KINDS.iter().find(|(_, of, _)| *of == kind).map_or("bin", |(ending, ..)| ending)
}

/// The media type of a file, by its name and its first bytes.
///
/// # Errors
/// What is taken instead.
fn kind(name: &str, bytes: &[u8]) -> Result<&'static str, Message> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let ending = if ending == "jpeg" { "jpg" } else { ending.as_str() };
    let found = KINDS.iter().find(|(of, _, begins)| *of == ending && bytes.starts_with(begins));
    found.map(|(_, kind, _)| *kind).ok_or_else(refusal)
}

/// What is said of any other file, and where there is none.
fn refusal() -> Message {
    Message::new("process-document-kind").with("accepted", accepted())
}

/// Where the files lie, in the folder of what people send.
const FOLDER: &str = "documents";

/// Where a kept file lies.
pub(super) fn path(app: &App, digest: &str) -> PathBuf {
    app.config.media.join(FOLDER).join(&digest[..2]).join(digest)
}
