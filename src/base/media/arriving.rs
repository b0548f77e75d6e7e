//! A file as it arrives: written aside piece by piece, its bound looked at with each, and read or given its name once it is wanted.
//! What it is not: what the file may be (`picture`, or whoever asks for its first bytes).
//!
//! Invariant: no file that arrives is whole in memory. What has its name is whole; what nobody keeps, because it breaks off, is too
//! large or is not wanted, leaves nothing. What a server that was killed left aside goes with what is left of pictures (`older`).

use super::Store;
use crate::base::db::Fault;
use crate::base::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use tokio::fs;
use tokio::io::AsyncWriteExt;
use tokio::task::spawn_blocking;

/// How many of a file's first bytes are remembered: enough to tell its kind.
pub const TELLING: usize = 8;

/// A file of which some has arrived.
#[derive(Debug)]
pub struct Arriving {
    store: Store,
    /// Why it is not taken, where it is not: what comes after that is read and not kept.
    aside: Result<Aside>,
    open: Option<fs::File>,
    most: u64,
    digest: Sha256,
    size: u64,
    first: Vec<u8>,
}

/// How much of a piece is copied for the thread that writes it, in bytes: a file is given two megabytes where nobody says so.
const COPIED: usize = 64 << 10;

fn written_by_pieces(file: File) -> fs::File {
    let mut file = fs::File::from_std(file);
    file.set_max_buf_size(COPIED);
    file
}

/// A file aside, removed when nobody wants it any more.
#[derive(Debug)]
pub(super) struct Aside(PathBuf);

impl Aside {
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // Once it has its name it is not here any more.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Store {
    /// A file of at most `most` bytes, nothing of it yet. Where the disk refuses, that is told when the file is wanted: a browser
    /// shows no answer before it has sent everything.
    pub async fn arriving(&self, most: usize) -> Arriving {
        let folder = self.folder.join("arriving");
        // Made and guarded by the thread that makes it: whoever stops waiting for it leaves nothing.
        let made = spawn_blocking(move || {
            std::fs::create_dir_all(&folder)?;
            let aside = Aside(folder.join(format!(".{}", uuid::Uuid::new_v4().simple())));
            File::create_new(&aside.0).map(|file| (aside, file))
        });
        let made = made.await.map_err(|error| Error::Internal(error.to_string()));
        let made = made.and_then(|made| made.map_err(|error| super::refused(&error)));
        let (aside, open) = match made {
            Ok((aside, file)) => (Ok(aside), Some(written_by_pieces(file))),
            Err(error) => (Err(error), None),
        };
        let arriving = Arriving {
            store: self.clone(),
            aside,
            open,
            most: most as u64,
            digest: Sha256::new(),
            size: 0,
            first: Vec::new(),
        };
        arriving.note();
        arriving
    }
}

impl Arriving {
    /// The next piece.
    pub async fn add(&mut self, piece: &[u8]) {
        self.size += piece.len() as u64;
        let Some(open) = &mut self.open else { return };
        if self.size > self.most {
            return self.refuse(Error::TooLarge);
        }
        if let Err(error) = open.write_all(piece).await {
            return self.refuse(super::refused(&error));
        }
        self.digest.update(piece);
        let lacking = TELLING.saturating_sub(self.first.len());
        self.first.extend(piece.iter().take(lacking));
    }

    /// All of it has arrived: nothing of it is in memory any more, and no file is held open.
    pub async fn end(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        if let Err(error) = open.flush().await {
            self.refuse(super::refused(&error));
        }
    }

    fn refuse(&mut self, error: Error) {
        (self.aside, self.open) = (Err(error), None);
        self.note();
    }

    fn note(&self) {
        if let Some(fault) = self.fault() {
            self.store.note(Some(fault));
        }
    }

    fn fault(&self) -> Option<Fault> {
        self.aside.as_ref().err().and_then(Error::fault)
    }

    /// Whether nothing arrived.
    pub fn is_empty(&self) -> bool {
        self.size == 0
    }

    /// The first bytes, which say what it is.
    pub fn first(&self) -> &[u8] {
        &self.first
    }

    /// How many bytes have arrived.
    pub fn size(&self) -> i64 {
        i64::try_from(self.size).unwrap_or(i64::MAX)
    }

    /// SHA-256 of what has arrived, hexadecimal.
    pub fn digest(&self) -> String {
        self.digest.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether it is there.
    ///
    /// # Errors
    /// [`Error::TooLarge`], and where the disk refused it.
    pub fn is_taken(&self) -> Result<()> {
        self.aside.as_ref().map(|_| ()).map_err(Error::clone)
    }

    /// Where it lies, and for as long as it does.
    pub(super) fn aside(self) -> Result<Aside> {
        self.aside
    }

    /// Keeps it in a folder of the store, under the name that its content gives ([`Arriving::digest`]).
    ///
    /// # Errors
    /// [`Error::TooLarge`], and where the disk refuses.
    pub async fn keep(mut self, folder: &str) -> Result<()> {
        self.end().await;
        let name = self.digest();
        let folder = self.store.folder.join(folder).join(name.get(..2).unwrap_or(&name));
        let aside = self.aside?;
        let kept = spawn_blocking(move || give_name(&aside, &folder, &name)).await;
        let kept = kept.map_err(|error| Error::Internal(error.to_string()))?.map_err(|e| super::refused(&e));
        self.store.note(kept.as_ref().err().and_then(Error::fault));
        kept
    }
}

pub(super) fn give_name(aside: &Aside, folder: &Path, name: &str) -> io::Result<()> {
    File::open(&aside.0)?.sync_all()?;
    std::fs::create_dir_all(folder)?;
    std::fs::rename(&aside.0, folder.join(name))?;
    File::open(folder)?.sync_all()
}
