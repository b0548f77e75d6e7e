//! The journal: one line for each change that the map, the followers or a court may ask for, in the order in which the
//! changes became visible.
//!
//! What it is: the sync log that fills the live map, and the trail of who-did-what-when (without names or texts). Its civic
//! lines are the sealed register: numbered, chained, provable (docs/REGISTER.md).
//! What it is not: an event store; rows are the truth, the journal says which of them to read again.
//!
//! Invariant: numbers are given by one counter row, locked last and released by the commit. So a number that a reader
//! sees has no smaller one that becomes visible later (docs/adr/0002-journal-order.md).

mod act;
mod deposit;
pub(crate) mod rows;
pub mod seal;
mod store;
mod tables;
pub(crate) mod tally;
#[cfg(test)]
mod tests;

use crate::base::clock::Timestamp;
use crate::base::db::{Answer, Db, Tx};
use crate::base::error::Result;
use crate::base::ids::{FeatureId, Seq};
use crate::base::mail::{self, Letter};
use crate::base::once::{self, Answered, Claim};
use crate::core::features::votes;
use crate::core::subject::Subject;
pub use act::{Act, ActRow, Part};
pub use deposit::{Receipt, Said, receipt_key};
pub use rows::baseline;
use std::fmt;
use std::sync::Arc;
pub use store::{after, deposits_of, head, receipt, written_at};
pub use tables::TABLES;
use tally::Totals;

/// A line to be written.
#[derive(Debug, Clone)]
pub struct Line {
    /// What happened.
    pub act: Act,
    /// To which feature, if to one.
    pub feature: Option<FeatureId>,
    /// To what else.
    pub subject: Option<String>,
    /// How it reached us; where the write itself did, if it is not said.
    pub channel: Option<&'static str>,
    /// The digest of what was said, where something was deposited.
    pub content: Option<seal::Hash>,
}

impl Line {
    /// The argument that it is about.
    fn argument(&self) -> Option<i64> {
        match self.act {
            Act::ARGUED
            | Act::ARGUMENT_WITHDRAWN
            | Act::ARGUMENT_HIDDEN
            | Act::ARGUMENT_RESTORED
            | Act::ARGUMENT_REDACTED
            | Act::ARGUMENT_REDACTION_ENDED
            | Act::ERASED => self.subject.as_deref()?.parse().ok(),
            _ => None,
        }
    }
}

/// The register's number that a line was given, and the chain at it.
pub type Given = (i64, seal::Hash);

/// What is done once the lines have their numbers, still in the transaction: letters that name them.
struct Letters(Vec<LettersOf>);

type LettersOf = Box<dyn FnOnce(&[Option<Given>]) -> Vec<Letter> + Send>;

impl fmt::Debug for Letters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Letters({})", self.0.len())
    }
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
    channel: &'static str,
    lines: Vec<Line>,
    voices: tally::Changes,
    touched: rows::Sealing,
    letters: Letters,
    claim: Option<Arc<Claim>>,
    answered: Option<Answered>,
    last: Option<Last>,
}

/// What is done last, once the lines have their numbers.
struct Last(Box<AtLast>);

type AtLast = dyn for<'a> FnOnce(&'a mut Tx, &'a [Option<Given>]) -> Answer<'a, ()> + Send;

impl fmt::Debug for Last {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Last(…)")
    }
}

impl Write {
    /// Begins a transaction whose changes happen `at`.
    ///
    /// # Errors
    /// Where the database gives no connection or lock in time.
    pub async fn begin(db: &Db, at: Timestamp) -> Result<Write> {
        Ok(Write::on(db.begin().await?, at))
    }

    /// The same on a transaction that was begun otherwise: ahead of others, or for longer.
    pub fn on(tx: Tx, at: Timestamp) -> Write {
        Write {
            tx,
            at,
            channel: "server",
            lines: Vec::new(),
            voices: tally::Changes::default(),
            touched: rows::Sealing::new(),
            letters: Letters(Vec::new()),
            claim: None,
            answered: None,
            last: None,
        }
    }

    /// Takes the one-time key of the request that is answered here, if it has one (see [`once::claim`]).
    ///
    /// # Errors
    /// [`crate::base::error::Error::Repeated`] where another submission has taken it.
    pub async fn once(mut self) -> Result<Write> {
        self.claim = once::claim(&mut self.tx, self.at).await?;
        Ok(self)
    }

    /// Says what this write will be answered, so that who sends the same form again is told the same, whatever happens meanwhile.
    pub fn answers(&mut self, answered: Answered) {
        self.answered = Some(answered);
    }

    /// The same write as one that reached us by this channel: what its lines say where they say no other. `server` (a task or the
    /// command line) without it.
    #[must_use]
    pub fn through(mut self, channel: &'static str) -> Write {
        self.channel = channel;
        self
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
        self.push(act, Some(feature), None);
    }

    /// Says what was done to a feature, and what else it is about.
    pub fn record_about(&mut self, act: Act, feature: FeatureId, subject: impl Into<String>) {
        self.push(act, Some(feature), Some(subject.into()));
    }

    /// Says what was done to something that is no feature.
    pub fn record_subject(&mut self, act: Act, subject: impl Into<String>) {
        self.push(act, None, Some(subject.into()));
    }

    fn push(&mut self, act: Act, feature: Option<FeatureId>, subject: Option<String>) {
        self.lines.push(Line { act, feature, subject, channel: None, content: None });
    }

    /// Says what was said: one line each, with a salted digest of the content, which is kept beside the register.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn deposit(&mut self, act: Act, said: Vec<Said>) -> Result<()> {
        let (rows, lines) = deposit::salted(act, said);
        store::insert_deposits(&mut self.tx, rows).await?;
        self.lines.extend(lines);
        Ok(())
    }

    /// Writes letters once the lines of this write have their register numbers: `letters` is given those of the lines recorded
    /// so far and later, in their order; what is not civic has none.
    pub fn then_post(&mut self, letters: impl FnOnce(&[Option<Given>]) -> Vec<Letter> + Send + 'static) {
        self.letters.0.push(Box::new(letters));
    }

    /// Does something in the transaction once the lines have their numbers, as [`Write::then_post`] is given them. The journal is
    /// locked meanwhile: for one statement. Not where no line was recorded.
    pub(crate) fn then_last(
        &mut self,
        last: impl for<'a> FnOnce(&'a mut Tx, &'a [Option<Given>]) -> Answer<'a, ()> + Send + 'static,
    ) {
        self.last = Some(Last(Box::new(last)));
    }

    /// How many lines were recorded: where the next one stands among what [`Write::then_post`] is given.
    pub fn recorded(&self) -> usize {
        self.lines.len()
    }

    /// Says that a row of a civic table was written, changed or deleted: the commit seals it as it is then, with what belongs to
    /// it. Features, arguments and subjects (`kind:id`) that civic lines are about are sealed without it.
    pub fn touch(&mut self, table: &'static str, id: i64) {
        self.touched.insert((table, id));
    }

    /// Says that a voice on a feature became another, of which nothing stands for none. Many are one line with the totals.
    pub(crate) fn record_voice(&mut self, feature: FeatureId, before: Option<i64>, now: Option<i64>) {
        self.voices.moved(feature, before, now);
    }

    /// Says what a feature's row counts once the voices recorded so far have moved, and what its last line of voices said: the commit
    /// need not read them. Both read after the row was locked.
    pub(crate) fn tell_voices_of(&mut self, feature: FeatureId, row: Totals, last: Option<Totals>) {
        self.voices.told(feature, row, last);
    }

    /// Says that a feature's voices are to be counted again: they were joined, parted, or written many at once.
    pub(crate) fn record_voices(&mut self, feature: FeatureId) {
        self.voices.anew(feature);
    }

    /// Whether anything was recorded yet.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.voices.is_empty() && self.touched.is_empty()
    }

    /// Numbers and writes the lines, and commits. Gives the last number: the live map has seen this write once it has
    /// reached it (`None` where nothing was recorded).
    ///
    /// # Errors
    /// Where the database refuses; nothing is kept then.
    pub async fn commit(mut self) -> Result<Option<Seq>> {
        if let (Some(claim), Some(answered)) = (&self.claim, &self.answered) {
            claim.answer(&mut self.tx, answered).await?;
        }
        self.tell_voices().await?;
        self.seal_rows().await?;
        let seq = match self.lines.as_slice() {
            [] => None,
            lines => {
                let (seq, given) = store::append(&mut self.tx, lines, self.at, self.channel).await?;
                for letters in self.letters.0 {
                    for letter in letters(&given) {
                        mail::post(&mut self.tx, &letter, self.at).await?;
                    }
                }
                if let Some(Last(last)) = self.last {
                    last(&mut self.tx, &given).await?;
                }
                Some(seq)
            }
        };
        self.tx.commit().await?;
        if let Some(claim) = self.claim {
            claim.done();
        }
        Ok(seq)
    }

    /// One line that holds every civic row that the write touched.
    async fn seal_rows(&mut self) -> Result<()> {
        let civic = self.lines.iter().filter(|line| line.act.is_civic());
        let told = civic.flat_map(|line| {
            let feature = line.feature.map(|id| ("feature", id.0));
            let argument = line.argument().map(|id| ("argument", id));
            let other = line.subject.as_deref().and_then(Subject::of_line);
            let other = other.and_then(|subject| Some((subject.row()?.table, subject.id)));
            feature.into_iter().chain(argument).chain(other)
        });
        self.touched.extend(told);
        if let Some(subject) = rows::seal_all(&mut self.tx, &self.touched).await? {
            self.record_subject(Act::SEALED, subject);
        }
        Ok(())
    }

    /// One line for each feature whose voices changed, with what they come to now. After all other lines: letters count on the
    /// places of those.
    async fn tell_voices(&mut self) -> Result<()> {
        let changes = std::mem::take(&mut self.voices).into_vec();
        for part in changes.chunks(store::BATCH) {
            for (feature, totals) in votes::totals(&mut self.tx, part).await? {
                self.record_about(Act::VOTED, feature, totals.to_string());
            }
        }
        Ok(())
    }
}
