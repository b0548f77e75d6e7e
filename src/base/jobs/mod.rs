//! Work that nobody waits for, done again and again: each job by one server at a time, whichever is first.
//!
//! What it is not: the outbox, whose letters are taken one by one (`mail`), nor what each server keeps for itself in memory.
//!
//! Invariants: a job's row is leased in the database before its work begins and while it lasts, and another server takes it up where
//! the lease runs out. What fails or panics is told, and tried again with growing pauses; it never ends the job for good.

mod store;
#[cfg(test)]
mod tests;

use crate::base::clock::{self, Timestamp};
use crate::base::db::{Answer, Db};
use crate::base::error::{Error, Result};
use crate::base::telemetry;
use chrono::TimeDelta;
use std::future::Future;
use std::time::Duration;
pub use store::{Kept, all, ask};
use tokio::task::{JoinError, JoinSet};
use uuid::Uuid;

/// How long a job is one server's without a sign of life of it.
const LEASE: TimeDelta = TimeDelta::minutes(2);

/// How often who does a job says that it still does.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// The longest that a server sleeps before it looks again: another may have gone, or a clock been set.
const LOOK: Duration = Duration::from_secs(60);

/// The first pause after a failure; each further one is twice as long, an hour at most.
const PAUSE: TimeDelta = TimeDelta::seconds(30);

/// A job, as the room whose work it is declares it.
#[derive(Debug)]
pub struct Job<C: 'static> {
    /// What the database, the measurements and the desk know it by.
    pub name: &'static str,
    /// The longest time between two runs.
    pub every: Duration,
    /// Whether there is anything to do, found out without writing: nothing is leased where there is not. `None`: each time.
    pub look: Option<for<'a> fn(&'a C) -> Answer<'a, bool>>,
    /// Does it.
    pub run: for<'a> fn(&'a C) -> Answer<'a, Done>,
}

/// What a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// How much.
    pub count: u64,
    /// When there is something to do again, where that is known and sooner than the job's own pace.
    pub next: Option<Timestamp>,
}

impl Done {
    /// A run that did as much.
    pub fn of(count: u64) -> Done {
        Done { count, next: None }
    }
}

/// What became of a look at a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It was done.
    Done(Done),
    /// There is nothing to do.
    Nothing,
    /// Its turn is not now, or another server does it.
    NotOurs,
}

/// Keeps these jobs. Never ends.
pub async fn keep<C: Clone + Send + Sync + 'static>(db: Db, jobs: Vec<&'static Job<C>>, context: C) {
    let mut all = JoinSet::new();
    for job in jobs {
        let (db, context) = (db.clone(), context.clone());
        all.spawn(async move { keep_one(&db, job, &context).await });
    }
    // Ended from outside: whoever drops this ends them.
    while all.join_next().await.is_some() {}
}

async fn keep_one<C: Clone + Send + Sync + 'static>(db: &Db, job: &'static Job<C>, context: &C) {
    let server = Uuid::new_v4();
    let pace = job.every.min(LOOK);
    loop {
        match turn(db, job, context, server).await {
            Ok(Turn::Done(Done { count, .. })) if count > 0 => tracing::info!(job = job.name, count, "done"),
            Ok(_) => {}
            Err(_) if db.is_closed() => return,
            Err(error) => {
                telemetry::failed(job.name);
                tracing::error!(job = job.name, %error, "a job failed, and is tried again");
            }
        }
        tokio::time::sleep(pace).await;
    }
}

/// Does a job whose turn somebody asked for, beside whoever keeps the jobs: what became of it, or `None` where it lasts longer than this
/// wait. It goes on then; where the server stops meanwhile, its lease runs out and another takes it up.
///
/// # Errors
/// Where it fails.
pub async fn at_once<C: Clone + Send + Sync + 'static>(
    db: &Db,
    job: &'static Job<C>,
    context: C,
    wait: Duration,
) -> Result<Option<Turn>> {
    let db = db.clone();
    let work = tokio::spawn(async move {
        let told = turn(&db, job, &context, Uuid::new_v4()).await;
        if let Err(error) = &told {
            telemetry::failed(job.name);
            tracing::error!(job = job.name, %error, "a job that was asked for failed, and is tried again");
        }
        told
    });
    match tokio::time::timeout(wait, work).await {
        Ok(joined) => {
            joined.map_err(|panic| Error::Internal(format!("job {}: {panic}", job.name)))?.map(Some)
        }
        Err(_) => Ok(None),
    }
}

/// Does a job where it is due, there is something to do and no other server does it.
async fn turn<C: Clone + Send + Sync + 'static>(
    db: &Db,
    job: &'static Job<C>,
    context: &C,
    server: Uuid,
) -> Result<Turn> {
    let (is_due, done_at) = store::is_due(db, job.name, clock::now()).await?;
    // Whichever server did it: each of them can be asked.
    if let Some(at) = done_at {
        telemetry::ran_at(job.name, at);
    }
    if !is_due {
        return Ok(Turn::NotOurs);
    }
    if let Some(look) = job.look {
        let context = context.clone();
        if !apart(job.name, async move { look(&context).await }).await? {
            telemetry::ran_at(job.name, clock::now());
            return Ok(Turn::Nothing);
        }
    }
    let now = clock::now();
    let Some(failures) = store::take(db, job.name, server, now, now + LEASE).await? else {
        return Ok(Turn::NotOurs);
    };
    let result = watched(db, job, context, server).await;
    let now = clock::now();
    let every = TimeDelta::from_std(job.every).unwrap_or(TimeDelta::MAX);
    match result {
        Ok(done) => {
            let due = done.next.unwrap_or(now + every).min(now + every);
            store::done(db, job.name, server, now, due).await?;
            telemetry::ran_at(job.name, now);
            Ok(Turn::Done(done))
        }
        Err(error) => {
            let doubled = PAUSE * (1 << failures.clamp(0, 7));
            let again = now + doubled.min(TimeDelta::hours(1));
            store::failed(db, job.name, server, &error.to_string(), again).await?;
            Err(error)
        }
    }
}

/// Runs something in a task of its own, so that its panic is a failure like another.
async fn apart<T: Send + 'static>(
    name: &str,
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let mut task = JoinSet::new();
    task.spawn(work);
    ended(name, task.join_next().await)
}

fn ended<T>(name: &str, joined: Option<std::result::Result<Result<T>, JoinError>>) -> Result<T> {
    match joined {
        Some(Ok(result)) => result,
        Some(Err(panic)) => Err(Error::Internal(format!("job {name}: {panic}"))),
        None => Err(Error::Internal(format!("job {name}: nothing ran"))),
    }
}

/// Runs a job apart and renews the lease while it lasts. A renewal may fail as long as the last one that went through still holds: a
/// job that is the one writer of the database lets nobody renew. Where another server has taken the job meanwhile, it is ended here.
async fn watched<C: Clone + Send + Sync + 'static>(
    db: &Db,
    job: &'static Job<C>,
    context: &C,
    server: Uuid,
) -> Result<Done> {
    let mut task = JoinSet::new();
    let context = context.clone();
    task.spawn(async move { (job.run)(&context).await });
    loop {
        tokio::select! {
            joined = task.join_next() => return ended(job.name, joined),
            is_ours = still_ours(db, job.name, server) => {
                if !is_ours {
                    return Err(Error::Internal(format!("job {}: another server has taken it", job.name)));
                }
            }
        }
    }
}

/// Waits a while and renews the lease: `false` where the job is another server's by now.
async fn still_ours(db: &Db, name: &str, server: Uuid) -> bool {
    tokio::time::sleep(SIGN_OF_LIFE).await;
    let now = clock::now();
    match store::renew(db, name, server, now, now + LEASE).await {
        Ok(is_ours) => is_ours,
        Err(error) => {
            // The row's own lease decides: who takes it meanwhile is told by the next renewal.
            tracing::warn!(job = name, %error, "the lease could not be renewed");
            true
        }
    }
}
