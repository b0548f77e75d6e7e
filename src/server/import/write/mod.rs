//! Putting files into the database: features, areas, layers, addresses.
//!
//! Each file is one transaction: all of it or nothing, unless rows that are refused are to be left out (`partial`). What
//! a second run of the same file finds unchanged, it leaves alone.

mod addresses;
mod areas;
#[cfg(test)]
mod drawn;
mod features;
mod layer;
mod resolve;
#[cfg(test)]
mod round;
mod store;
#[cfg(test)]
mod tests;

pub use addresses::{AddressImport, addresses};
pub use areas::{AreaImport, areas};
pub use features::{FeatureImport, features};
pub use layer::{LayerImport, layer};

use super::{ReadOptions, RecordError, Rejects, Report, Source, TotalHint};
use crate::base::error::{Error, Result};
use crate::modules::reports::import::Made;
use indicatif::ProgressBar;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What every import says.
#[derive(Debug, Clone)]
pub struct FileImport {
    /// The file.
    pub file: PathBuf,
    /// How to read it.
    pub read: ReadOptions,
    /// Whether to read and report only.
    pub dry_run: bool,
    /// Whether to write the rows that can be, where others are refused.
    pub partial: bool,
    /// Where refused rows go.
    pub rejects: Option<PathBuf>,
}

/// What an import did.
#[derive(Debug)]
pub struct Outcome {
    /// What the file holds.
    pub report: Report,
    /// Rows that were new.
    pub created: u64,
    /// Rows that had changed.
    pub updated: u64,
    /// Rows that were as they are.
    pub unchanged: u64,
    /// Categories and services of reports that it named and that were made for it.
    pub made: Vec<Made>,
    /// What was there and is not in the file any more, where a file replaces what it said before.
    pub removed: u64,
    /// Whether it was kept: not in a dry run, nor where rows were refused and `partial` is not set.
    pub written: bool,
}

impl FileImport {
    fn open(&self) -> Result<Source> {
        Source::open(&self.file, &self.read)
            .map_err(|e| Error::Config(format!("{} : {}", e.path.display(), e.french)))
    }

    fn rejects(&self, columns: &[Arc<str>]) -> Result<Option<Rejects<File>>> {
        let Some(path) = &self.rejects else { return Ok(None) };
        let failed = |e| Error::Config(format!("{} : {e}", path.display()));
        let file = File::create(path).map_err(failed)?;
        Rejects::new(file, columns).map(Some).map_err(failed)
    }

    /// Whether what was read is to be kept.
    fn is_kept(&self, report: &Report) -> bool {
        !self.dry_run && (self.partial || report.rejected == 0)
    }

    /// The file's name without folder and extensions: what its rows are known by.
    pub fn stem(&self) -> String {
        let name = self.file.file_name().unwrap_or(self.file.as_os_str()).to_string_lossy();
        name.split('.').next().unwrap_or_default().to_owned()
    }
}

fn reject(
    report: &mut Report,
    rejects: &mut Option<Rejects<File>>,
    path: Option<&Path>,
    error: &RecordError,
) -> Result<()> {
    report.reject(error);
    match rejects {
        Some(rejects) => rejects
            .write(error)
            .map_err(|e| Error::Config(format!("{} : {e}", path.unwrap_or(Path::new("rejects")).display()))),
        None => Ok(()),
    }
}

/// Shows how far the reading is.
fn advance(bar: &ProgressBar, source: &Source, rows: u64) {
    match source.total_hint {
        TotalHint::Rows(total) => {
            bar.set_length(total);
            bar.set_position(rows);
        }
        TotalHint::Bytes(total) => {
            bar.set_length(total);
            bar.set_position(source.bytes_read());
        }
    }
}
