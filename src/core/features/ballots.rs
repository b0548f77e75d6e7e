//! The ballot box: votes that arrive together are written in one transaction, because the disk takes as long for a hundred
//! as for one.
//!
//! What it is: a bounded queue and one writer, who takes all that waits, up to [`MOST`], and commits it at once. No timer: a vote
//! alone is written at once, those that arrive during its commit share the next one. What it is not: the rules of a vote
//! (`votes::set` has them).
//!
//! Nobody waits behind what concerns others: a voice on a feature that somebody else is changing, or has left locked, is put back and
//! tried again with the next batch, for three seconds at the most.
//!
//! Invariant: whoever is told that their voice counts can see it, and it survives a power cut. A refused voice spoils no other: a
//! batch is only kept whole, and what was refused or failed is written without, or alone.

use super::terms::{Terms, Versions};
use super::{Voice, votes};
use crate::base::clock;
use crate::base::db::{Db, Fault};
use crate::base::error::{Error, Result};
use crate::base::ids::{FeatureId, Seq, Visitor};
use crate::core::app;
use crate::core::atlas::Atlas;
use crate::core::journal::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot, watch};

/// The most voices of one transaction: more would hold rows locked for longer than the commit that they share takes.
const MOST: usize = 256;

/// How many voices may wait. A thousand are about a second's work.
const WAITING: usize = 1_024;

/// How long a voice waits for a feature that somebody else holds.
const PATIENCE: Duration = Duration::from_secs(3);

/// How soon what was put back is tried again, where no other voice comes.
const AGAIN: Duration = Duration::from_millis(50);

/// A voice as it is put in.
#[derive(Debug, Clone, Copy)]
struct Ballot {
    feature: FeatureId,
    voter: Visitor,
    voice: Option<Voice>,
    /// Under which rules it was admitted; none where none are asked.
    terms: Option<Terms>,
}

/// A ballot, and whom to tell.
#[derive(Debug)]
struct Slip {
    ballot: Ballot,
    since: Instant,
    answer: oneshot::Sender<Result<()>>,
}

/// Where voices are put in. Its writer ends with it.
#[derive(Debug)]
pub struct Ballots {
    slips: mpsc::Sender<Slip>,
    stop: watch::Sender<bool>,
    ended: watch::Receiver<bool>,
}

impl Ballots {
    /// An empty box on a database, and its writer.
    pub fn open(db: Db, atlas: Arc<Atlas>) -> Ballots {
        let (ballots, slips, stopping, end) = Ballots::with_room(WAITING);
        tokio::spawn(write_until_closed(Writer { db, atlas }, slips, stopping, end));
        ballots
    }

    fn with_room(room: usize) -> (Ballots, mpsc::Receiver<Slip>, watch::Receiver<bool>, watch::Sender<bool>) {
        let (sender, slips) = mpsc::channel(room);
        let (stop, stopping) = watch::channel(false);
        let (end, ended) = watch::channel(false);
        (Ballots { slips: sender, stop, ended }, slips, stopping, end)
    }

    /// Sets the visitor's voice on a feature, or takes it back with `None`; returns once it is durable and the live map
    /// shows it. `terms` are asked again when it is written.
    ///
    /// # Errors
    /// Those of [`votes::set`] and [`Terms`]; [`Error::Unavailable`] where too many wait or the server is stopping: then it was not
    /// taken.
    pub async fn cast(
        &self,
        feature: FeatureId,
        voter: Visitor,
        voice: Option<Voice>,
        terms: Option<Terms>,
    ) -> Result<()> {
        let (answer, told) = oneshot::channel();
        let slip = Slip { ballot: Ballot { feature, voter, voice, terms }, since: Instant::now(), answer };
        self.slips.try_send(slip).map_err(|error| {
            tracing::warn!(%error, "a voice was not taken");
            Error::Unavailable
        })?;
        told.await.unwrap_or_else(|_gone| Err(Error::Internal("a batch of voices broke".into())))
    }

    /// Takes no more voices, and returns once those that wait are written.
    pub async fn close(&self) {
        self.stop.send_replace(true);
        let mut ended = self.ended.clone();
        // An error says that the writer is gone: it has ended, too.
        let _ = ended.wait_for(|ended| *ended).await;
    }
}

async fn write_until_closed(
    writer: Writer,
    mut slips: mpsc::Receiver<Slip>,
    mut stopping: watch::Receiver<bool>,
    end: watch::Sender<bool>,
) {
    // What was put back goes first: the last word of who says two things on one feature stays the last.
    let mut batch: Vec<Slip> = Vec::with_capacity(MOST);
    loop {
        let put_back = batch.len();
        let taken = tokio::select! {
            taken = slips.recv_many(&mut batch, MOST) => taken,
            () = tokio::time::sleep(AGAIN), if put_back > 0 => 0,
            // An error says that the box itself is gone.
            _ = stopping.changed() => {
                slips.close();
                slips.recv_many(&mut batch, MOST).await
            }
        };
        if taken == 0 && put_back == 0 {
            break;
        }
        if taken == 0 && slips.is_closed() {
            tokio::time::sleep(AGAIN).await;
        }
        // In a task of its own: a batch that breaks takes no later voice with it.
        batch = tokio::spawn(writer.clone().write(batch)).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a batch of voices broke");
            Vec::new()
        });
    }
    end.send_replace(true);
}

/// Whether the database itself does not answer, or cannot be written: asking again for each voice would only hold everybody up.
fn is_out_of_reach(error: &Error) -> bool {
    error.fault().is_some_and(|fault| fault != Fault::Busy)
}

fn is_busy(error: &Error) -> bool {
    error.fault() == Some(Fault::Busy)
}

/// What became of each voice; nothing where its feature is held by somebody else.
type Results = Vec<Option<Result<()>>>;

#[derive(Debug, Clone)]
struct Writer {
    db: Db,
    atlas: Arc<Atlas>,
}

impl Writer {
    /// Writes these together, and tells each what became of it. Gives back those whose feature somebody else holds.
    async fn write(self, mut slips: Vec<Slip>) -> Vec<Slip> {
        metrics::histogram!("parvis_ballots_batch").record(slips.len() as f64);
        // Rows are locked in one order by every server, so that two batches never wait for each other in a circle. The sort is stable:
        // the last word of who says two things on one feature stays the last.
        slips.sort_by_key(|slip| slip.ballot.feature);
        let ballots: Vec<Ballot> = slips.iter().map(|slip| slip.ballot).collect();
        match self.together(&ballots).await {
            Ok((seq, results)) => self.tell(seq, slips, results),
            // What is busy is busy for all of them: the counter of the journal, or SQLite's one writer.
            Err(error) if is_busy(&error) => self.put_back(slips, &error),
            Err(error) if slips.len() == 1 || is_out_of_reach(&error) => {
                let results = vec![Some(Err(error)); slips.len()];
                self.tell(None, slips, results)
            }
            Err(error) => {
                tracing::warn!(%error, ballots = slips.len(), "a batch of voices failed; each is tried alone");
                self.each_alone(slips).await
            }
        }
    }

    async fn each_alone(&self, slips: Vec<Slip>) -> Vec<Slip> {
        let (mut lost, mut put_back) = (None, Vec::new());
        for slip in slips {
            let alone = match &lost {
                Some(error) => Err(Error::clone(error)),
                None => self.together(&[slip.ballot]).await,
            };
            match alone {
                Ok((seq, results)) => put_back.extend(self.tell(seq, vec![slip], results)),
                Err(error) => {
                    lost = Some(error.clone()).filter(|e| is_out_of_reach(e) || is_busy(e));
                    self.tell(None, vec![slip], vec![Some(Err(error))]);
                }
            }
        }
        put_back
    }

    /// Those that may still be tried; the others are told why not.
    fn put_back(&self, slips: Vec<Slip>, error: &Error) -> Vec<Slip> {
        let results = slips.iter().map(|slip| (slip.since.elapsed() >= PATIENCE).then(|| Err(error.clone())));
        let results = results.collect();
        self.tell(None, slips, results)
    }

    /// One transaction. What is refused is left out, and the rest begun again: a refusal may come after a first change.
    ///
    /// # Errors
    /// Where the database fails; nothing is kept then.
    async fn together(&self, ballots: &[Ballot]) -> Result<(Option<Seq>, Results)> {
        let mut results: Results = vec![Some(Ok(())); ballots.len()];
        loop {
            // Ahead of others: these are many people's.
            let mut write = Write::on(self.db.begin_ahead().await?, clock::now()).through("web");
            let held = votes::held_by_others(&mut write, ballots.iter().map(|b| b.feature)).await?;
            let (mut refused, mut versions) = (false, Versions::new());
            for (ballot, result) in
                ballots.iter().zip(&mut results).filter(|(_, r)| matches!(r, Some(Ok(()))))
            {
                if held.contains(&ballot.feature) {
                    *result = None;
                    continue;
                }
                match put(&mut write, ballot, &mut versions).await {
                    Ok(()) => {}
                    // On PostgreSQL the whole transaction is lost with the first statement that fails.
                    Err(error @ (Error::Sqlx(_) | Error::Internal(_) | Error::Config(_))) => {
                        return Err(error);
                    }
                    Err(error) => (*result, refused) = (Some(Err(error)), true),
                }
            }
            if !refused {
                return Ok((write.commit().await?, results));
            }
            if !results.iter().any(|result| matches!(result, Some(Ok(())))) {
                return Ok((None, results));
            }
        }
    }

    /// Answers as soon as the live map shows the line. The next batch does not wait for that. Gives back those of whom nothing
    /// became yet, unless they have waited for long enough.
    fn tell(&self, seq: Option<Seq>, slips: Vec<Slip>, results: Results) -> Vec<Slip> {
        let (mut told, mut put_back) = (Vec::new(), Vec::new());
        for (slip, result) in slips.into_iter().zip(results) {
            match result {
                Some(result) => told.push((slip, result)),
                None if slip.since.elapsed() >= PATIENCE => {
                    told.push((slip, Err(sqlx::Error::PoolTimedOut.into())));
                }
                None => put_back.push(slip),
            }
        }
        let atlas = Arc::clone(&self.atlas);
        tokio::spawn(async move {
            app::shown(&atlas, seq).await;
            for (slip, result) in told {
                // Who is not there any more needs no answer; their voice counts.
                let _ = slip.answer.send(result);
            }
        });
        put_back
    }
}

/// Writes one voice, under the rules that it was admitted under.
async fn put(write: &mut Write, ballot: &Ballot, versions: &mut Versions) -> Result<()> {
    let process = votes::set(write, ballot.feature, ballot.voter, ballot.voice).await?;
    match ballot.terms {
        // The feature's row is locked from here on: nobody moves it before the commit.
        Some(terms) => terms.must_hold_in(write, process, versions).await,
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
