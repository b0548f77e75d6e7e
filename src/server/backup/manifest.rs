//! The list of what is in a backup.

use super::{MANIFEST, trouble};
use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The form of the folder. Another one is refused by name.
pub(super) const FORMAT: u32 = 1;

/// What a backup is of, and every file in it.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub struct Manifest {
    /// The form of the folder.
    pub format: u32,
    /// The version of the program that wrote it.
    pub parvis: String,
    /// The instant whose state it holds.
    pub made_at: Timestamp,
    /// `sqlite` or `postgis`.
    pub database: String,
    /// The number of the last migration.
    pub schema: i64,
    /// The journal's last number.
    pub journal: i64,
    /// The register's last number: 0 where it is empty.
    pub register: i64,
    /// The chain at that number, hexadecimal: what `parvis verify` compares a head with.
    pub chain: Option<String>,
    /// Whether files are encrypted (age).
    pub encrypted: bool,
    /// Each file.
    pub files: Vec<Entry>,
}

/// A file of a backup.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Entry {
    /// Its path in the folder: `tables/NAME.jsonl.gz` or `media/…`.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of it as it lies there, hexadecimal.
    pub sha256: String,
    /// Of a table: its rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
}

impl Manifest {
    /// Reads the list of a backup.
    ///
    /// # Errors
    /// [`Error::Config`] where the folder is no whole backup, or one of another form.
    pub fn read(folder: &Path) -> Result<Manifest> {
        let path = folder.join(MANIFEST);
        let text = std::fs::read_to_string(&path).map_err(|e| {
            trouble(
                &path,
                &format!(
                    "{e}. Ce dossier n’est pas une sauvegarde entière / this folder is no complete backup"
                ),
            )
        })?;
        let manifest: Manifest = serde_json::from_str(&text).map_err(|e| trouble(&path, &e))?;
        if manifest.format != FORMAT {
            return Err(Error::Config(format!(
                "{} : format {} ; ce programme lit le format {FORMAT} / this program reads format {FORMAT}",
                path.display(),
                manifest.format
            )));
        }
        Ok(manifest)
    }

    /// The rows of all tables.
    pub fn rows(&self) -> u64 {
        self.files.iter().filter_map(|file| file.rows).sum()
    }

    /// How many files of the media folder there are.
    pub fn media(&self) -> usize {
        self.files.iter().filter(|file| file.rows.is_none()).count()
    }
}
