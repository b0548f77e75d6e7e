//! A city's logo: like every picture bounded before it is decoded and drawn anew, but as PNG, so that what shines through stays clear. An SVG
//! becomes pixels like any other: what is in it beside a drawing reaches nobody.

use super::picture::{decode, fit};
use super::{Digest, Refusal, Store, refused};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::letters::LETTERS;
use bytes::Bytes;
use image::ImageFormat;
use parvis_drawing::Unfit;
use std::io::Cursor;
use tokio::sync::Semaphore;

/// The longest side of a mark that came as pixels.
pub const SIDE: u32 = 512;

/// The longest side of one that came as lines: sharp in a page's head on the finest screens, enlarged four times.
const DRAWN: u32 = 1_024;

/// Where pictures lie that are no contribution's: retention does not look for whose they are.
const FOLDER: &str = "site";

/// Why a file is no mark. Each says to people what would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmarked {
    /// It is pixels, and not taken.
    Pixels(Refusal),
    /// It is an SVG, and not drawn.
    Lines(Unfit),
}

impl Unmarked {
    /// What to tell the person who sent it.
    pub fn message(&self) -> Message {
        match self {
            Unmarked::Pixels(Refusal::Empty) => Message::new("mark-empty"),
            Unmarked::Pixels(Refusal::TooLarge) => {
                Message::new("mark-too-large").with("most", super::FILE >> 20)
            }
            Unmarked::Pixels(Refusal::Kind(None)) | Unmarked::Lines(Unfit::NoSvg) => {
                Message::new("mark-no-picture")
            }
            Unmarked::Pixels(Refusal::Kind(Some(kind))) => Message::new("mark-kind").with("kind", kind),
            Unmarked::Pixels(Refusal::Broken) | Unmarked::Lines(Unfit::Broken) => Message::new("mark-broken"),
            Unmarked::Pixels(other) => other.message(),
            Unmarked::Lines(Unfit::TooMuch) => Message::new("mark-svg-too-much"),
            Unmarked::Lines(Unfit::TooLarge([width, height])) => Message::new("mark-svg-too-large")
                .with("width", width)
                .with("height", height)
                .with("most", parvis_drawing::MOST_SIDE),
            Unmarked::Lines(Unfit::Picture) => Message::new("mark-svg-picture"),
            Unmarked::Lines(Unfit::Effect(effect)) => Message::new("mark-svg-effect").with("effect", effect),
            Unmarked::Lines(Unfit::Empty) => Message::new("mark-svg-empty"),
        }
    }
}

impl From<Unmarked> for Error {
    fn from(unmarked: Unmarked) -> Error {
        Error::invalid("photo", unmarked.message())
    }
}

impl From<Refusal> for Unmarked {
    fn from(refusal: Refusal) -> Unmarked {
        Unmarked::Pixels(refusal)
    }
}

/// A PNG of an SVG, longest side [`DRAWN`], or of a JPEG, PNG or WebP file, longest side at most [`SIDE`]. Takes up to a second: not for an
/// async thread.
///
/// # Errors
/// Why it is not taken.
pub fn mark(bytes: &[u8]) -> Result<Vec<u8>, Unmarked> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"<") {
        let png = parvis_drawing::mark(bytes, &LETTERS, DRAWN).map_err(Unmarked::Lines)?;
        // A line a hair wide is nothing to look at: bounded like pixels.
        return mark_of(&png, DRAWN);
    }
    mark_of(bytes, SIDE)
}

fn mark_of(bytes: &[u8], side: u32) -> Result<Vec<u8>, Unmarked> {
    let (mut pixels, orientation) = decode(bytes)?;
    pixels.apply_orientation(orientation);
    let mut png = Vec::new();
    let written = fit(pixels, side).write_to(&mut Cursor::new(&mut png), ImageFormat::Png);
    written.map(|()| png).map_err(|error| {
        tracing::debug!(%error, "a mark could not be written");
        Refusal::Broken.into()
    })
}

/// Whose mark is drawn.
static TURN: Semaphore = Semaphore::const_new(1);

impl Store {
    /// Keeps what was drawn anew for the site's own pages, under the digest of its content.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn keep(&self, bytes: Vec<u8>) -> Result<Digest> {
        let digest = Digest::of(&bytes);
        let path = self.folder.join(FOLDER).join(digest.as_str());
        let written = self.on_disk(move || super::store::write(&path, &bytes)).await;
        self.note(written.as_ref().err().and_then(Error::fault));
        written.map(|()| digest)
    }

    /// What was kept so.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn kept(&self, digest: &Digest) -> Result<Option<Bytes>> {
        let path = self.folder.join(FOLDER).join(digest.as_str());
        let read = move || match std::fs::read(path) {
            Ok(bytes) => Ok(Some(Bytes::from(bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        };
        self.on_disk(read).await
    }

    /// Checks a file that somebody sent as a mark and draws it anew (see [`mark`]), a few at a time. Keeps nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `photo` and why it is not taken.
    pub async fn mark(&self, file: super::Arriving) -> Result<Vec<u8>> {
        if file.is_empty() {
            return Err(Unmarked::from(Refusal::Empty).into());
        }
        let aside = match file.aside() {
            Err(Error::TooLarge) => return Err(Unmarked::from(Refusal::TooLarge).into()),
            aside => aside?,
        };
        // One at a time, and none of the turns that residents' photos wait for.
        let turn = TURN.acquire().await;
        let turn = turn.map_err(|error| Error::Internal(error.to_string()))?;
        let drawn = tokio::task::spawn_blocking(move || {
            let drawn = std::fs::read(aside.path()).map(|bytes| mark(&bytes));
            drop((aside, turn));
            drawn
        });
        match drawn.await {
            Ok(drawn) => Ok(drawn.map_err(|error| refused(&error))??),
            // As of pictures: what makes a decoder panic was made for it.
            Err(error) if error.is_panic() => Err(Unmarked::from(Refusal::Broken).into()),
            Err(error) => Err(Error::Internal(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::i18n::Lang;

    fn told(bytes: &[u8]) -> String {
        Lang::Fr.say(&mark(bytes).unwrap_err().message())
    }

    #[test]
    fn an_svg_becomes_pixels_with_our_letters_and_what_shines_through() {
        let svg = br##"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><text x="10" y="80" font-size="90" fill="#1d4e5f">Ville</text></svg>"##;
        let drawn = image::load_from_memory(&mark(svg).unwrap()).unwrap().into_rgba8();
        assert_eq!(drawn.dimensions(), (1_024, 341));
        assert_eq!(drawn.get_pixel(1_000, 10)[3], 0);
        assert!(drawn.pixels().filter(|pixel| pixel[3] == 255).count() > 4_000, "letters are drawn");
    }

    #[test]
    fn each_file_that_is_no_mark_is_told_what_would_be() {
        let svg =
            |inner: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{inner}</svg>");
        for (bytes, says) in [
            (b"".to_vec(), "vide"),
            (b"%PDF-1.7".to_vec(), "pas en PDF"),
            (b"Bonjour".to_vec(), "SVG, PNG, JPEG ou WebP"),
            (b"<html><p>Bonjour".to_vec(), "abîmé"),
            (b"<html><p>Bonjour</p></html>".to_vec(), "SVG, PNG, JPEG ou WebP"),
            (svg("<image href='photo.png'/>").into_bytes(), "photo"),
            (svg("<feTurbulence/>").into_bytes(), "feTurbulence"),
            (svg("").into_bytes(), "ne montre rien"),
            (svg(&"<path/>".repeat(60_000)).into_bytes(), "trop compliqué"),
            (
                svg("<rect width='9' height='9'/>")
                    .replace("viewBox='0 0 9 9'", "width='900000' height='9'")
                    .into_bytes(),
                "900000 × 9",
            ),
            (
                svg("<rect width='9' height='9'/>").replace("0 0 9 9", "0 0 9000 9").into_bytes(),
                "au moins 8 pixels",
            ),
        ] {
            let told = told(&bytes);
            assert!(told.contains(says), "{told}");
        }
    }
}
