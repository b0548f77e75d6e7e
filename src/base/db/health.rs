//! How the database is: what the last write met, and what `/readyz` and the desk say of it.
//!
//! Invariant: a write that went through ends the trouble; nobody has to be told twice.

use super::{Db, Fault, Sql, setting};
use crate::base::clock;
use crate::base::error::{Error, Result};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How old the last trial may be before `/readyz` makes another one; while something is wrong, it is made sooner.
const FRESH: Duration = Duration::from_secs(3);
const FRESH_IN_TROUBLE: Duration = Duration::from_millis(500);

/// How long a trial may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is known of a database without asking it.
#[derive(Debug, Default)]
pub(super) struct Health {
    is_troubled: AtomicBool,
    trouble: Mutex<Option<Fault>>,
    /// Connections that are older than this are not used again.
    renewed: Mutex<Option<Instant>>,
    tried: tokio::sync::Mutex<Option<(Instant, Checkup)>>,
}

/// What a trial found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checkup {
    /// Why it cannot be read.
    pub reading: Option<Fault>,
    /// Why it cannot be written. [`Fault::Busy`] on SQLite says that somebody writes: that is no trouble.
    pub writing: Option<Fault>,
}

impl Health {
    /// Takes note of an error that a write met.
    pub(super) fn note(&self, error: &Error) {
        let Some(fault) = error.fault().filter(|fault| fault.stops_writes()) else { return };
        self.renew();
        self.refuse(fault);
    }

    /// Takes note that writing is of no use.
    pub(super) fn refuse(&self, fault: Fault) {
        if lock(&self.trouble).replace(fault) != Some(fault) {
            tracing::error!(fault = fault.word(), "the database cannot be written");
        }
        self.is_troubled.store(true, Ordering::Release);
    }

    /// Takes note of a write that went through.
    pub(super) fn well(&self) {
        if self.is_troubled.swap(false, Ordering::AcqRel) && lock(&self.trouble).take().is_some() {
            tracing::info!("the database can be written again");
        }
    }

    /// Has every connection that is open now closed before it would be used again.
    pub(super) fn renew(&self) {
        *lock(&self.renewed) = Some(Instant::now());
    }

    /// Whether a connection of this age may be used again.
    pub(super) fn is_current(&self, age: Duration) -> bool {
        lock(&self.renewed).is_none_or(|renewed| renewed.elapsed() > age)
    }

    /// Why the last write did not go through, if it is still so as far as anybody knows.
    pub(super) fn trouble(&self) -> Option<Fault> {
        *lock(&self.trouble)
    }
}

/// A panic of another thread left at worst an older value.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Db {
    /// Why writes do not go through, as far as is known without asking: for a line at the desk.
    pub fn trouble(&self) -> Option<Fault> {
        self.health().trouble()
    }

    /// How many bytes the database takes on its disk.
    ///
    /// # Errors
    /// Where it does not answer.
    pub async fn size(&self) -> crate::base::error::Result<i64> {
        let sql = super::by(
            "select page_count * page_size from pragma_page_count(), pragma_page_size()",
            "select pg_database_size(current_database())",
        );
        let (bytes,): (i64,) = self.one(sql, ()).await?;
        Ok(bytes)
    }

    /// Reads a row and writes one, unless that was just done. Takes four seconds at the most, mostly none.
    pub async fn checkup(&self) -> Checkup {
        let health = self.health();
        let mut tried = health.tried.lock().await;
        let fresh = |last: &Checkup| if *last == Checkup::default() { FRESH } else { FRESH_IN_TROUBLE };
        if let Some((at, last)) = tried.as_ref()
            && at.elapsed() < fresh(last)
            && (health.trouble().is_none() || last.writing.is_some())
        {
            return last.clone();
        }
        let reading = outcome(self.read_something()).await;
        let writing = match reading {
            Some(fault) => Some(fault),
            None => outcome(setting::touch(self, clock::now())).await,
        };
        let found = Checkup { reading, writing };
        *tried = Some((Instant::now(), found.clone()));
        found
    }

    async fn read_something(&self) -> Result<()> {
        let _: Option<(i64,)> = self.optional("select id from feature limit 1", ()).await?;
        Ok(())
    }
}

/// What became of one half of a trial.
async fn outcome(trial: impl Future<Output = Result<()>>) -> Option<Fault> {
    match tokio::time::timeout(PATIENCE, trial).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.fault().unwrap_or(Fault::Broken)),
        Err(_) => Some(Fault::Busy),
    }
}
