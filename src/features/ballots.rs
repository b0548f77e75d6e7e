//! The ballot box: votes that arrive together are written in one transaction, because the disk takes as long for a hundred
//! as for one.
//!
//! What it is: a bounded queue and one writer, who takes all that waits, up to [`MOST`], and commits it at once. No timer: a vote
//! alone is written at once, those that arrive during its commit share the next one. What it is not: the rules of a vote
//! (`votes::set` has them).
//!
//! Invariant: whoever is told that their voice counts can see it, and it survives a power cut. A refused voice spoils no other: a
//! batch is only kept whole, and what was refused or failed is written without, or alone.

use super::terms::{Terms, Versions};
use super::{Voice, votes};
use crate::app;
use crate::atlas::Atlas;
use crate::clock;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::ids::{FeatureId, Seq, Visitor};
use crate::journal::Write;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};

/// The most voices of one transaction: more would hold rows locked for longer than the commit that they share takes.
const MOST: usize = 256;

/// How many voices may wait. A thousand are about a second's work.
const WAITING: usize = 1_024;

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
        let slip = Slip { ballot: Ballot { feature, voter, voice, terms }, answer };
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
    let mut batch = Vec::with_capacity(MOST);
    loop {
        let taken = tokio::select! {
            taken = slips.recv_many(&mut batch, MOST) => taken,
            // An error says that the box itself is gone.
            _ = stopping.changed() => {
                slips.close();
                slips.recv_many(&mut batch, MOST).await
            }
        };
        if taken == 0 {
            break;
        }
        // In a task of its own: a batch that breaks takes no later voice with it.
        let batch = tokio::spawn(writer.clone().write(std::mem::take(&mut batch)));
        if let Err(error) = batch.await {
            tracing::error!(%error, "a batch of voices broke");
        }
    }
    end.send_replace(true);
}

/// Whether the database itself does not answer: asking again for each voice would only hold everybody up.
fn is_out_of_reach(error: &Error) -> bool {
    let Error::Sqlx(error) = error else { return false };
    matches!(**error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_))
}

#[derive(Debug, Clone)]
struct Writer {
    db: Db,
    atlas: Arc<Atlas>,
}

impl Writer {
    /// Writes these together, and tells each what became of it.
    async fn write(self, mut slips: Vec<Slip>) {
        metrics::histogram!("parvis_ballots_batch").record(slips.len() as f64);
        // Rows are locked in one order by every server, so that two batches never wait for each other in a circle. The sort is stable:
        // the last word of who says two things on one feature stays the last.
        slips.sort_by_key(|slip| slip.ballot.feature);
        let ballots: Vec<Ballot> = slips.iter().map(|slip| slip.ballot).collect();
        match self.together(&ballots).await {
            Ok((seq, results)) => self.tell(seq, slips, results),
            Err(error) if slips.len() == 1 || is_out_of_reach(&error) => {
                let results = vec![Err(error); slips.len()];
                self.tell(None, slips, results);
            }
            Err(error) => {
                tracing::warn!(%error, ballots = slips.len(), "a batch of voices failed; each is tried alone");
                self.each_alone(slips).await;
            }
        }
    }

    async fn each_alone(&self, slips: Vec<Slip>) {
        let mut lost = None;
        for slip in slips {
            let (seq, results) = match &lost {
                Some(error) => (None, vec![Err(Error::clone(error))]),
                None => self.together(&[slip.ballot]).await.unwrap_or_else(|error| (None, vec![Err(error)])),
            };
            lost = results.iter().find_map(|result| result.clone().err().filter(is_out_of_reach));
            self.tell(seq, vec![slip], results);
        }
    }

    /// One transaction. What is refused is left out, and the rest begun again: a refusal may come after a first change.
    ///
    /// # Errors
    /// Where the database fails; nothing is kept then.
    async fn together(&self, ballots: &[Ballot]) -> Result<(Option<Seq>, Vec<Result<()>>)> {
        let mut results: Vec<Result<()>> = vec![Ok(()); ballots.len()];
        loop {
            let mut write = Write::begin(&self.db, clock::now()).await?.through("web");
            let (mut refused, mut versions) = (false, Versions::new());
            for (ballot, result) in ballots.iter().zip(&mut results).filter(|(_, result)| result.is_ok()) {
                *result = put(&mut write, ballot, &mut versions).await;
                match result {
                    Ok(()) => {}
                    // On PostgreSQL the whole transaction is lost with the first statement that fails.
                    Err(error @ (Error::Sqlx(_) | Error::Internal(_) | Error::Config(_))) => {
                        return Err(error.clone());
                    }
                    Err(_) => refused = true,
                }
            }
            if !refused {
                return Ok((write.commit().await?, results));
            }
            if results.iter().all(Result::is_err) {
                return Ok((None, results));
            }
        }
    }

    /// Answers as soon as the live map shows the line. The next batch does not wait for that.
    fn tell(&self, seq: Option<Seq>, slips: Vec<Slip>, results: Vec<Result<()>>) {
        let atlas = Arc::clone(&self.atlas);
        tokio::spawn(async move {
            app::shown(&atlas, seq).await;
            for (slip, result) in slips.into_iter().zip(results) {
                // Who is not there any more needs no answer; their voice counts.
                let _ = slip.answer.send(result);
            }
        });
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
