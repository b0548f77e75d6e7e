//! Files that wait for a second look of who sent them: by their content, in a folder of their own, and gone after a while.
//!
//! What it is not: what the files are; nor anything that a row names (those are kept with [`Arriving::keep`] by their rooms).

use super::store::write;
use super::{Arriving, Digest, Store};
use crate::base::clock::Timestamp;
use crate::base::error::Result;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::SystemTime;

impl Store {
    /// Keeps a file that arrived. Whoever sends the same again begins its time anew.
    ///
    /// # Errors
    /// [`crate::base::error::Error::TooLarge`], and where the disk refuses.
    pub async fn let_wait(&self, folder: &str, file: Arriving) -> Result<Digest> {
        let digest = Digest::of_text(&file.digest());
        file.keep(folder).await?;
        digest.ok_or_else(|| crate::base::error::Error::Internal("a digest that is none".into()))
    }

    /// Keeps these bytes.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn let_bytes_wait(&self, folder: &str, bytes: Vec<u8>) -> Result<Digest> {
        let digest = Digest::of(&bytes);
        let path = self.waiting_at(folder, &digest);
        self.on_disk(move || write(&path, &bytes)).await?;
        Ok(digest)
    }

    /// Where such a file lies, if it is still there.
    pub fn waiting(&self, folder: &str, digest: &Digest) -> Option<PathBuf> {
        let path = self.waiting_at(folder, digest);
        path.is_file().then_some(path)
    }

    fn waiting_at(&self, folder: &str, digest: &Digest) -> PathBuf {
        self.folder.join(folder).join(&digest.as_str()[..2]).join(digest.as_str())
    }

    /// Removes those that were put before an instant. Gives how many.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn forget_waiting(&self, folder: &str, before: Timestamp) -> Result<u64> {
        let (folder, before) = (self.folder.join(folder), SystemTime::from(before));
        self.on_disk(move || {
            let inside = match fs::read_dir(&folder) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
                inside => inside?,
            };
            let mut gone = 0;
            for two in inside.filter_map(std::result::Result::ok).filter(|entry| entry.path().is_dir()) {
                for file in fs::read_dir(two.path())?.filter_map(std::result::Result::ok) {
                    // Gone meanwhile: another server removed it.
                    let Ok(about) = file.metadata() else { continue };
                    if about.is_file() && about.modified()? < before {
                        gone += u64::from(fs::remove_file(file.path()).is_ok());
                    }
                }
            }
            Ok(gone)
        })
        .await
    }
}
