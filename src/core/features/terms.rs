//! The terms under which an act was admitted, asked again inside the transaction that writes it: between the two, minutes of photos may
//! come up the line, a phase may close, a moderator move the contribution, the authority answer it.
//!
//! What it is not: the rules (`processes`). Who admits an act says which version of which rules it read, and until when they hold.

use crate::base::clock::Timestamp;
use crate::base::db::{Sql as _, by};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{FeatureId, ProcessId};
use crate::core::journal::Write;
use std::collections::HashMap;

/// Under which rules an act was admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Of which process; none: the open square, whose rules do not change.
    pub process: Option<ProcessId>,
    /// Which version of it was read.
    pub version: i64,
    /// Until when the calendar allows the act.
    pub until: Option<Timestamp>,
}

/// Versions that were read in a transaction: a batch of voices asks once a process.
pub type Versions = HashMap<ProcessId, i64>;

fn changed() -> Error {
    Error::Conflict(Message::new("rules-changed"))
}

impl Terms {
    /// Locks a feature's row and asks whether the rules still are those that its act was admitted under.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] where they are not.
    pub async fn must_hold(&self, write: &mut Write, feature: FeatureId) -> Result<()> {
        let row: Option<(Option<ProcessId>,)> = write
            .tx()
            .optional(
                "update feature set updated_at = updated_at where id = $1 returning process_id",
                (feature,),
            )
            .await?;
        let (process,) = row.ok_or(Error::NotFound)?;
        if process != self.process {
            return Err(changed());
        }
        self.must_be_now(write, &mut Versions::new()).await
    }

    /// The same of an act on a feature that is locked already, and found in this process.
    ///
    /// # Errors
    /// [`Error::Conflict`].
    pub async fn must_hold_in(
        &self,
        write: &mut Write,
        process: Option<ProcessId>,
        known: &mut Versions,
    ) -> Result<()> {
        if process != self.process {
            return Err(changed());
        }
        self.must_be_now(write, known).await
    }

    /// The same of an act that is about no feature yet.
    ///
    /// # Errors
    /// [`Error::Conflict`].
    pub async fn must_be_now(&self, write: &mut Write, known: &mut Versions) -> Result<()> {
        if self.until.is_some_and(|until| until <= write.at()) {
            return Err(changed());
        }
        let Some(process) = self.process else { return Ok(()) };
        let version = match known.get(&process) {
            Some(version) => *version,
            None => {
                // Whoever writes a new version waits for the acts that read this one.
                let sql = by(
                    "select version from process where id = $1",
                    "select version from process where id = $1 for share",
                );
                let row: Option<(i64,)> = write.tx().optional(sql, (process,)).await?;
                let (version,) = row.ok_or_else(changed)?;
                known.insert(process, version);
                version
            }
        };
        if version == self.version { Ok(()) } else { Err(changed()) }
    }
}

/// Whether an error says that the rules changed between the admission of an act and its writing.
pub fn have_changed(error: &Error) -> bool {
    matches!(error, Error::Conflict(message) if message.key == "rules-changed")
}
