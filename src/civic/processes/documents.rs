//! The files of a process: a deliberation, a plan. Taken where they are of a sort that everybody can open, kept by their content
//! beside the pictures, and given out as a download that no browser runs.

use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::core::app::App;
use bytes::Bytes;
use sha2::{Digest, Sha256};
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
pub(super) fn kind(name: &str, bytes: &[u8]) -> Result<&'static str, Message> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let ending = if ending == "jpeg" { "jpg" } else { ending.as_str() };
    let found = KINDS.iter().find(|(of, _, begins)| *of == ending && bytes.starts_with(begins));
    found
        .map(|(_, kind, _)| *kind)
        .ok_or_else(|| Message::new("process-document-kind").with("accepted", accepted()))
}

/// Where a kept file lies.
pub(super) fn path(app: &App, digest: &str) -> PathBuf {
    app.config.media.join("documents").join(&digest[..2]).join(digest)
}

/// Keeps a file. Gives its digest.
///
/// # Errors
/// Where the disk refuses.
pub(super) async fn keep(app: &App, bytes: Bytes) -> Result<String> {
    let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let path = path(app, &digest);
    let failed = |e: std::io::Error| Error::Internal(format!("document: {e}"));
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    }
    // Whole or not at all: a name that is there has its content.
    let draft = path.with_extension(format!("{}.part", uuid::Uuid::new_v4().simple()));
    tokio::fs::write(&draft, &bytes).await.map_err(failed)?;
    tokio::fs::rename(&draft, &path).await.map_err(failed)?;
    Ok(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_begins_as_and_not_what_it_is_called() {
        assert_eq!(kind("Plan.PDF", b"%PDF-1.7 ..."), Ok("application/pdf"));
        assert_eq!(kind("photo.jpeg", b"\xff\xd8\xff\xe0"), Ok("image/jpeg"));
        for (name, bytes) in
            [("plan.pdf", &b"<html>"[..]), ("page.html", b"<html>"), ("a.svg", b"<svg"), ("pdf", b"%PDF-")]
        {
            assert!(kind(name, bytes).is_err(), "{name}");
        }
    }
}
