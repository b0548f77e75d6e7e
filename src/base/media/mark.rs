//! A city's logo: like every picture bounded before it is decoded and drawn anew, but as PNG, so that what shines through stays clear.

use super::picture::{decode, fit};
use super::{Digest, Refusal, Store, refused};
use crate::base::error::{Error, Result};
use bytes::Bytes;
use image::ImageFormat;
use std::io::Cursor;

/// The longest side of a mark, in pixels.
pub const SIDE: u32 = 512;

/// Where pictures lie that are no contribution's: retention does not look for whose they are.
const FOLDER: &str = "site";

/// A PNG of a JPEG, PNG or WebP file, longest side at most [`SIDE`]. Takes up to a second: not for an async thread.
///
/// # Errors
/// Why it is not taken.
pub fn mark(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let (mut pixels, orientation) = decode(bytes)?;
    pixels.apply_orientation(orientation);
    let mut png = Vec::new();
    let written = fit(pixels, SIDE).write_to(&mut Cursor::new(&mut png), ImageFormat::Png);
    written.map(|()| png).map_err(|error| {
        tracing::debug!(%error, "a mark could not be written");
        Refusal::Broken
    })
}

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

    /// A file that arrived, whole: for what is small and made anew at once.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn whole(&self, file: super::Arriving) -> Result<Vec<u8>> {
        if file.is_empty() {
            return Err(Refusal::Empty.into());
        }
        let aside = match file.aside() {
            Err(Error::TooLarge) => return Err(Refusal::TooLarge.into()),
            aside => aside?,
        };
        let read = tokio::task::spawn_blocking(move || std::fs::read(aside.path())).await;
        read.map_err(|error| Error::Internal(error.to_string()))?.map_err(|error| refused(&error))
    }
}
