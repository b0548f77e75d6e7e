//! Backups: a folder that holds everything of an installation, and its way back into either database.
//!
//! What it is: every row of every table (`db::neutral`), every file of the media folder, and a list of them with digests, written last;
//! made while the server runs, of one state of the database. So it is also the move from SQLite to PostGIS and back, with votes,
//! accounts, keys and the sealed register as they were. What it is not: an export for the public (`opendata` is), nor a copy of the
//! database's own files, which is none where something is just being written.
//!
//! Invariant: a folder with `manifest.json` is whole; nothing is put into a database before every file was found to be what the
//! list says.

mod files;
mod manifest;
mod restore;
mod store;
#[cfg(test)]
mod tests;
mod write;

pub use files::{Identities, Recipients};
pub use manifest::{Entry, Manifest};
pub use restore::{Restored, restore};
pub use write::write;

use std::path::Path;

/// What is told of each file that was dealt with: how many of how many.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// The list's name in the folder.
const MANIFEST: &str = "manifest.json";

/// What went wrong with a file or folder, for the operator.
fn trouble(path: &Path, error: &dyn std::fmt::Display) -> crate::base::error::Error {
    crate::base::error::Error::Config(format!("{} : {error}", path.display()))
}
