//! A file as it arrives: written aside piece by piece, and given its name once all of it is there and wanted.
//!
//! Invariant: what has its name is whole; what is not kept, because it breaks off or is refused, leaves nothing. What a server that was
//! killed left aside goes with what is left of pictures (`media`), which has names of the same make.

use super::TELLING;
use crate::base::error::Result;
use crate::base::media;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

/// A file of which some has arrived.
#[derive(Debug)]
pub(super) struct Arriving {
    folder: PathBuf,
    aside: Aside,
    file: File,
    digest: Sha256,
    size: u64,
    first: Vec<u8>,
}

/// A file aside, removed when nobody wants it any more.
#[derive(Debug)]
struct Aside(PathBuf);

impl Drop for Aside {
    fn drop(&mut self) {
        // Once it has its name it is not here any more.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Arriving {
    /// Nothing of it yet. It will lie in this folder.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub(super) async fn begin(folder: PathBuf) -> Result<Arriving> {
        let aside = Aside(folder.join(format!(".{}", uuid::Uuid::new_v4().simple())));
        let opened = async {
            fs::create_dir_all(&folder).await?;
            File::create_new(&aside.0).await
        };
        let file = opened.await.map_err(refused)?;
        Ok(Arriving { folder, aside, file, digest: Sha256::new(), size: 0, first: Vec::new() })
    }

    /// The next piece.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub(super) async fn add(&mut self, piece: &Bytes) -> Result<()> {
        self.file.write_all(piece).await.map_err(refused)?;
        self.digest.update(piece);
        self.size += piece.len() as u64;
        let lacking = TELLING.saturating_sub(self.first.len());
        self.first.extend(piece.iter().take(lacking));
        Ok(())
    }

    /// The first bytes, which say what it is.
    pub(super) fn first(&self) -> &[u8] {
        &self.first
    }

    /// How many bytes have arrived.
    pub(super) fn size(&self) -> i64 {
        i64::try_from(self.size).unwrap_or(i64::MAX)
    }

    /// SHA-256 of what has arrived, hexadecimal.
    pub(super) fn digest(&self) -> String {
        self.digest.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// All of it is there, and on the disk.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub(super) async fn whole(mut self) -> Result<Whole> {
        let written = async {
            self.file.flush().await?;
            self.file.sync_all().await
        };
        written.await.map_err(refused)?;
        Ok(Whole { folder: self.folder, aside: self.aside })
    }
}

/// A file that has arrived, and has no name yet.
#[derive(Debug)]
pub(super) struct Whole {
    folder: PathBuf,
    aside: Aside,
}

impl Whole {
    /// Keeps it under the name that its content gives ([`Arriving::digest`]).
    ///
    /// # Errors
    /// Where the disk refuses.
    pub(super) async fn keep(self, digest: &str) -> Result<()> {
        let folder = self.folder.join(digest.get(..2).unwrap_or(digest));
        give_name(&self.aside.0, &folder, digest).await.map_err(refused)
    }
}

async fn give_name(aside: &Path, folder: &Path, name: &str) -> io::Result<()> {
    fs::create_dir_all(folder).await?;
    fs::rename(aside, folder.join(name)).await?;
    File::open(folder).await?.sync_all().await
}

#[allow(clippy::needless_pass_by_value)] // So that `map_err` takes it as it is.
fn refused(error: io::Error) -> crate::base::error::Error {
    media::refused(&error)
}
