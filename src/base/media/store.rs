//! Where pictures lie: files named after their content, in folders of two letters.
//!
//! This is the seam behind which an object store can stand one day. Everything else names a picture by its [`Digest`] and
//! asks for nothing but [`Store::put`], [`Store::get`] and [`Store::remove`], which an object store offers under the same
//! names: then [`Store`] becomes an enum of the two, as `db::Db` is of the two databases. There is no trait before there are two.
//!
//! Invariant: a file that is there is whole (written aside, flushed, then given its name), and a name never comes from a
//! request unless it parsed as a digest: 64 hexadecimal digits, no way out of the folder.

use super::{Arriving, Picture, Refusal};
use crate::base::clock::Timestamp;
use crate::base::db::Fault;
use crate::base::error::{Error, Result};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use tokio::sync::Semaphore;

/// Pictures worked on at a time: each may hold hundreds of megabytes while it is decoded.
const AT_ONCE: usize = 2;

/// SHA-256 of a picture's large file: 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, sqlx::Type)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The digest that a text says, if it says one.
    pub fn of_text(text: &str) -> Option<Digest> {
        let digits = text.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
        (digits && text.len() == 64).then(|| Digest(text.to_owned()))
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A size in which each picture is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// To be looked at.
    Large,
    /// For lists and previews.
    Small,
}

impl Size {
    /// Every size.
    pub const ALL: [Size; 2] = [Size::Large, Size::Small];

    /// The word used in addresses and file names.
    pub fn word(self) -> &'static str {
        match self {
            Size::Large => "large",
            Size::Small => "small",
        }
    }
}

/// The kept pictures. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) folder: Arc<Path>,
    pub(super) turns: Arc<Semaphore>,
    trouble: Arc<Mutex<Option<Fault>>>,
}

impl Store {
    /// Pictures in a folder, which is made when the first one comes.
    pub fn new(folder: impl Into<PathBuf>) -> Store {
        Store {
            folder: folder.into().into(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            trouble: Arc::default(),
        }
    }

    /// Checks a file that somebody sent and draws it anew (see [`Picture::read`]), a few at a time: until its turn comes it lies on the
    /// disk. Keeps nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `photo` and why it is not taken.
    pub async fn read(&self, file: Arriving) -> Result<Picture> {
        let internal = |what: String| Error::Internal(format!("picture: {what}"));
        if file.is_empty() {
            return Err(Refusal::Empty.into());
        }
        let aside = match file.aside() {
            Err(Error::TooLarge) => return Err(Refusal::TooLarge.into()),
            aside => aside?,
        };
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|e| internal(e.to_string()))?;
        let read = tokio::task::spawn_blocking(move || {
            let read = fs::read(aside.path()).map(|bytes| Picture::read(&bytes));
            // Held by the work itself: whoever sent the file and goes away leaves no room for another one before it is done.
            drop((aside, turn));
            read
        });
        match read.await {
            Ok(picture) => Ok(picture.map_err(|error| refused(&error))??),
            // A decoder that panics was fed something broken on purpose: that is the file's fault, told as such.
            Err(error) if error.is_panic() => {
                tracing::error!("a decoder panicked");
                Err(Refusal::Broken.into())
            }
            Err(error) => Err(internal(error.to_string())),
        }
    }

    /// Keeps a picture in both sizes. Keeping it again only makes its files young.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn put(&self, picture: &Picture) -> Result<()> {
        for (size, bytes) in [(Size::Small, &picture.small), (Size::Large, &picture.large)] {
            let (path, bytes) = (self.path(&picture.digest, size), bytes.clone());
            let written = self.on_disk(move || write(&path, &bytes)).await;
            self.note(written.as_ref().err().and_then(Error::fault));
            written?;
        }
        Ok(())
    }

    /// How many more pictures may be drawn at once.
    #[cfg(test)]
    pub(super) fn free_turns(&self) -> usize {
        self.turns.available_permits()
    }

    /// Why the last picture could not be kept, until one can.
    pub fn trouble(&self) -> Option<Fault> {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many bytes all that is kept takes, and how many are free on its disk: looked for in every folder, so not for each request.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn room(&self) -> Result<(u64, u64)> {
        let folder = Arc::clone(&self.folder);
        self.on_disk(move || {
            // The folder is made when the first picture comes; before, its nearest parent says what is free.
            let there = folder.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
            let there = if there.as_os_str().is_empty() { Path::new(".") } else { there };
            let disk = rustix::fs::statvfs(there)?;
            Ok((size_of(&folder)?, disk.f_bavail * disk.f_frsize))
        })
        .await
    }

    pub(super) fn note(&self, fault: Option<Fault>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    /// A picture's file, if it is kept.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn get(&self, digest: &Digest, size: Size) -> Result<Option<Bytes>> {
        let (store, digest) = (self.clone(), digest.clone());
        self.on_disk(move || Ok(store.get_here(&digest, size)?.map(Bytes::from))).await
    }

    /// The same, on the thread that asks: for work that has one of its own.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn get_here(&self, digest: &Digest, size: Size) -> std::io::Result<Option<Vec<u8>>> {
        match fs::read(self.path(digest, size)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes a picture's files, unless they were put at `before` or later: then somebody is just keeping it again.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn remove(&self, digest: &Digest, before: Timestamp) -> Result<()> {
        for size in Size::ALL {
            let path = self.path(digest, size);
            let removed = self.on_disk(move || {
                if fs::metadata(&path)?.modified()? < SystemTime::from(before) {
                    fs::remove_file(&path)
                } else {
                    Ok(())
                }
            });
            match removed.await {
                Err(Error::Internal(_)) if self.get(digest, size).await?.is_none() => {}
                other => other?,
            }
        }
        Ok(())
    }

    /// The pictures whose files were put before an instant, and removes what was left aside before it by a server that was killed while
    /// it wrote. Gives how many of these there were, too.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn older(&self, before: Timestamp) -> Result<(Vec<Digest>, usize)> {
        let folder = Arc::clone(&self.folder);
        self.on_disk(move || walk(&folder, before.into())).await
    }

    fn path(&self, digest: &Digest, size: Size) -> PathBuf {
        let (folder, rest) = digest.0.split_at(2);
        self.folder.join(folder).join(format!("{rest}-{}.jpg", size.word()))
    }

    pub(super) async fn on_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
    ) -> Result<T> {
        let done = tokio::task::spawn_blocking(work).await.map_err(|e| Error::Internal(e.to_string()))?;
        done.map_err(|e| refused(&e))
    }
}

fn walk(folder: &Path, before: SystemTime) -> std::io::Result<(Vec<Digest>, usize)> {
    let (mut digests, mut halves) = (Vec::new(), 0);
    let inside = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((digests, halves)),
        inside => inside?,
    };
    for two in inside.filter_map(Result::ok).filter(|entry| entry.path().is_dir()) {
        let start = two.file_name().to_string_lossy().into_owned();
        for file in fs::read_dir(two.path())?.filter_map(Result::ok) {
            // Gone meanwhile: another server removed it.
            let Ok(about) = file.metadata() else { continue };
            if !about.is_file() || about.modified()? >= before {
                continue;
            }
            let name = file.file_name().to_string_lossy().into_owned();
            if is_half(&name) {
                halves += usize::from(fs::remove_file(file.path()).is_ok());
            } else if let Some((rest, _)) = name.split_once('-') {
                digests.extend(Digest::of_text(&format!("{start}{rest}")));
            }
        }
    }
    digests.sort();
    digests.dedup();
    Ok((digests, halves))
}

/// How many bytes the files of a folder take, and those of the folders in it. What goes meanwhile takes none.
fn size_of(folder: &Path) -> std::io::Result<u64> {
    let inside = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        inside => inside?,
    };
    let mut size = 0;
    for entry in inside.filter_map(Result::ok) {
        // A link leads elsewhere, and maybe back.
        let Ok(about) = entry.metadata() else { continue };
        size += if about.is_dir() { size_of(&entry.path())? } else { about.len() };
    }
    Ok(size)
}

/// Whether a name is one of those that are written aside (see [`write`]). Nobody else's file is touched.
fn is_half(name: &str) -> bool {
    name.strip_prefix('.').is_some_and(|id| id.len() == 32 && uuid::Uuid::parse_str(id).is_ok())
}

/// What is said where the folder of what people send refuses.
pub fn refused(error: &std::io::Error) -> Error {
    match fault(error.kind()) {
        Some(fault) => {
            tracing::error!(%error, "the folder of pictures and documents cannot be written");
            Error::Pictures(fault)
        }
        None => Error::Internal(format!("media: {error}")),
    }
}

/// What a disk's refusal means, where it is the disk that is at fault.
fn fault(kind: ErrorKind) -> Option<Fault> {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(Fault::Full),
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied | ErrorKind::NotADirectory => {
            Some(Fault::ReadOnly)
        }
        _ => None,
    }
}

/// Writes aside, flushes, gives the name: a reader or a crash never meets half a file.
pub(super) fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let aside = folder.join(format!(".{}", uuid::Uuid::new_v4().simple()));
    let written = File::create_new(&aside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let named = written.and_then(|()| fs::rename(&aside, path));
    if named.is_err() {
        // What is left aside is no picture; that it could not be removed either adds nothing to the first error.
        let _ = fs::remove_file(&aside);
    }
    named?;
    File::open(folder)?.sync_all()
}
