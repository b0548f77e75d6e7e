//! The journal: one line for each change that the map, the followers or a court may ask for, in the order in which the
//! changes became visible.
//!
//! What it is: the sync log that fills the live map, and the trail of who-did-what-when (without names or texts).
//! What it is not: an event store; rows are the truth, the journal says which of them to read again.
//!
//! Invariant: numbers are given by one counter row, locked last and released by the commit. So a number that a reader
//! sees has no smaller one that becomes visible later (docs/adr/0002-journal-order.md).

mod store;
#[cfg(test)]
mod tests;

use crate::clock::Timestamp;
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::ids::{FeatureId, Seq};
pub use store::{after, head};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Act {
    /// A feature was placed by a person.
    Placed,
    /// A feature came or was updated by an import.
    Imported,
    /// A feature's text, place, theme or status changed.
    Changed,
    /// Its author took a feature off the public map.
    Withdrawn,
    /// Its author put a feature back.
    Restored,
    /// A moderator published what waited or was hidden.
    Published,
    /// A moderator took a feature off the public map.
    Hidden,
    /// A moderator asked a feature's author for a change.
    Asked,
    /// A feature went to another process.
    Moved,
    /// A feature was merged into another; the subject is the other's number.
    Merged,
    /// A merge was taken back.
    Separated,
    /// The authority answered a feature, or changed its answer.
    Answered,
    /// A feature's status changed; the subject is the new one.
    Status,
    /// What a feature said about a person was erased.
    Erased,
    /// A voice was given, changed or taken back.
    Voted,
    /// An argument was given or taken back.
    Argued,
    /// A moderator took an argument off; the subject is its number.
    ArgumentHidden,
    /// A moderator put an argument back; the subject is its number.
    ArgumentRestored,
    /// A phase of a process began; the subject names both.
    PhaseOpened,
    /// A phase of a process ended; the subject names both.
    PhaseClosed,
    /// A process's page, phases or rules changed; the subject is its slug.
    Process,
    /// A role was given; the subject says which, and the account's number.
    Granted,
    /// A role was taken back.
    Revoked,
    /// Themes or processes changed.
    Vocabulary,
    /// The territory's areas changed.
    Territory,
    /// A context layer changed; the subject is its slug.
    Layer,
}

/// A line to be written.
#[derive(Debug, Clone)]
pub struct Line {
    /// What happened.
    pub act: Act,
    /// To which feature, if to one.
    pub feature: Option<FeatureId>,
    /// To what else.
    pub subject: Option<String>,
}

/// A line that was written.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Entry {
    /// Its number.
    pub seq: Seq,
    /// When, by the clock of the server that wrote it.
    pub at: Timestamp,
    /// What happened.
    pub act: Act,
    /// To which feature, if to one.
    pub feature_id: Option<FeatureId>,
    /// To what else.
    pub subject: Option<String>,
}

/// A write under way: the transaction, and the lines that it will leave.
///
/// Stores change rows through [`Write::tx`] and say so with [`Write::record`]; [`Write::commit`] numbers the lines last,
/// so that the counter's lock is held only for the commit itself.
#[derive(Debug)]
pub struct Write {
    tx: Tx,
    at: Timestamp,
    lines: Vec<Line>,
}

impl Write {
    /// Begins a transaction whose changes happen `at`.
    ///
    /// # Errors
    /// Where the database gives no connection or lock in time.
    pub async fn begin(db: &Db, at: Timestamp) -> Result<Write> {
        Ok(Write { tx: db.begin().await?, at, lines: Vec::new() })
    }

    /// The transaction, for a store's statements.
    pub fn tx(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// The instant of this write.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Says what was done to a feature.
    pub fn record(&mut self, act: Act, feature: FeatureId) {
        self.lines.push(Line { act, feature: Some(feature), subject: None });
    }

    /// Says what was done to a feature, and what else it is about.
    pub fn record_about(&mut self, act: Act, feature: FeatureId, subject: impl Into<String>) {
        self.lines.push(Line { act, feature: Some(feature), subject: Some(subject.into()) });
    }

    /// Says what was done to something that is no feature.
    pub fn record_subject(&mut self, act: Act, subject: impl Into<String>) {
        self.lines.push(Line { act, feature: None, subject: Some(subject.into()) });
    }

    /// Whether something was recorded about a feature: one line a write is enough to have it read again.
    pub fn tells_of(&self, feature: FeatureId) -> bool {
        self.lines.iter().any(|line| line.feature == Some(feature))
    }

    /// Whether anything was recorded yet.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Numbers and writes the lines, and commits. Gives the last number: the live map has seen this write once it has
    /// reached it (`None` where nothing was recorded).
    ///
    /// # Errors
    /// Where the database refuses; nothing is kept then.
    pub async fn commit(mut self) -> Result<Option<Seq>> {
        let seq = match self.lines.as_slice() {
            [] => None,
            lines => Some(store::append(&mut self.tx, lines, self.at).await?),
        };
        self.tx.commit().await?;
        Ok(seq)
    }
}
