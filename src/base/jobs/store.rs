//! The jobs' SQL.

use crate::base::clock::Timestamp;
use crate::base::db::{Db, Sql as _, Tx};
use crate::base::error::Result;
use uuid::Uuid;

/// What the database knows of a job.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// When it was done last.
    pub done_at: Option<Timestamp>,
    /// When its turn is.
    pub due_at: Timestamp,
    /// How often it failed since it was done last.
    pub failures: i64,
    /// Why it failed last, for the operator.
    pub problem: Option<String>,
    /// Until when a server has it, where one does it.
    pub leased_until: Option<Timestamp>,
}

/// Every job that any server ever kept, by name.
///
/// # Errors
/// Where the database does not answer.
pub async fn all(db: &Db) -> Result<Vec<Kept>> {
    db.all("select name, done_at, due_at, failures, problem, leased_until from job order by name", ()).await
}

/// Makes it a job's turn now; `false` where a server does it already.
///
/// # Errors
/// Where the database refuses.
pub async fn ask(tx: &mut Tx, name: &str, now: Timestamp) -> Result<bool> {
    let sql = "insert into job (name, due_at) values ($1, $2)
               on conflict (name) do update set due_at = excluded.due_at
               where job.leased_until is null or job.leased_until < $2";
    Ok(tx.run(sql, (name, now)).await? > 0)
}

/// Whether a job's turn is, and nobody does it; and when it was done last. One that was never kept is due.
pub(super) async fn is_due(db: &Db, name: &str, now: Timestamp) -> Result<(bool, Option<Timestamp>)> {
    let row: Option<(bool, Option<Timestamp>)> = db
        .optional(
            "select due_at <= $2 and (leased_until is null or leased_until < $2), done_at from job where name = $1",
            (name, now),
        )
        .await?;
    Ok(row.unwrap_or((true, None)))
}

/// Takes a job for a server until `until`: how often it failed so far; `None` where another was faster.
pub(super) async fn take(
    db: &Db,
    name: &str,
    server: Uuid,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<i64>> {
    let row: Option<(i64,)> = db
        .optional(
            "insert into job (name, due_at, leased_until, server) values ($1, $3, $4, $2)
             on conflict (name) do update set leased_until = excluded.leased_until, server = excluded.server
             where job.due_at <= $3 and (job.leased_until is null or job.leased_until < $3)
             returning failures",
            (name, server, now, until),
        )
        .await?;
    Ok(row.map(|(failures,)| failures))
}

/// Says that a server still does a job; `false` where it is another's. One whose lease ran out and that nobody took is its again.
pub(super) async fn renew(
    db: &Db,
    name: &str,
    server: Uuid,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool> {
    let sql = "update job set leased_until = $3 where name = $1 and server = $2 and due_at <= $4";
    Ok(db.run(sql, (name, server, until, now)).await? > 0)
}

/// Says that a job was done, and when its turn is again.
pub(super) async fn done(db: &Db, name: &str, server: Uuid, now: Timestamp, due: Timestamp) -> Result<()> {
    db.run(
        "update job set done_at = $3, due_at = $4, failures = 0, problem = null, leased_until = null
         where name = $1 and server = $2",
        (name, server, now, due),
    )
    .await
    .map(drop)
}

/// Says why a job was not done, and when it is tried again.
pub(super) async fn failed(db: &Db, name: &str, server: Uuid, problem: &str, due: Timestamp) -> Result<()> {
    db.run(
        "update job set failures = failures + 1, problem = $3, due_at = $4, leased_until = null
         where name = $1 and server = $2",
        (name, server, problem, due),
    )
    .await
    .map(drop)
}
