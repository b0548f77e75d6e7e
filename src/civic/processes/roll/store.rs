//! The rolls' SQL: keyed digests of who is on each, and how long they are kept.

use crate::base::clock::Timestamp;
use crate::base::db::{Sql, insert_many};
use crate::base::error::Result;
use crate::base::ids::ProcessId;
use crate::civic::processes::ProcessRules;
use crate::civic::processes::store::{ProcessRow, record};
use crate::core::journal::Write;
use sha2::{Digest, Sha256};

/// Replaces a process's roll by these keyed digests.
///
/// # Errors
/// Where the database refuses.
pub async fn set(write: &mut Write, id: ProcessId, people: &[String]) -> Result<()> {
    write.tx().run("delete from process_roll where process_id = $1", (id,)).await?;
    let rows = people.iter().map(|person| (id, person.as_str()));
    insert_many(write.tx(), "insert into process_roll (process_id, person)", rows, "on conflict do nothing")
        .await?;
    record(write, id).await
}

/// Forgets the rolls of processes whose last phase ended before an instant. Gives how many people were on them.
///
/// # Errors
/// [`Error::Internal`] where a row's settings are none.
pub async fn forget_old(write: &mut Write, before: Timestamp) -> Result<u64> {
    let sql = "select id, slug, title, settings, state, version from process
               where id in (select process_id from process_roll) order by id";
    let rows: Vec<ProcessRow> = write.tx().all(sql, ()).await?;
    let mut forgotten = 0;
    for row in rows {
        let known =
            ProcessRules::read(row.id, (&row.slug, &row.title), &row.settings, &row.state, row.version)?;
        let ended = known.settings.phases.iter().map(|phase| phase.closes).max();
        if ended.is_some_and(|ended| ended < before) {
            let sql = "delete from process_roll where process_id = $1";
            forgotten += write.tx().run(sql, (row.id,)).await?;
            write.touch("process", row.id.0);
        }
    }
    Ok(forgotten)
}

/// A process's roll, without anybody on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roll {
    /// How many people are on it.
    pub size: i64,
    /// A digest of who they are: what a form saw, to be compared when it comes back.
    pub state: String,
}

/// How long a process's roll is, and its state.
///
/// # Errors
/// Where the database does not answer.
pub async fn read(db: impl Sql<'_>, id: ProcessId) -> Result<Roll> {
    let people: Vec<(String,)> =
        db.all("select person from process_roll where process_id = $1 order by person", (id,)).await?;
    let mut digest = Sha256::new();
    for (person,) in &people {
        digest.update(person.as_bytes());
    }
    let state = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Ok(Roll { size: i64::try_from(people.len()).unwrap_or(i64::MAX), state })
}

/// Whether somebody is on a process's roll.
///
/// # Errors
/// Where the database does not answer.
pub async fn has(db: impl Sql<'_>, id: ProcessId, person: &str) -> Result<bool> {
    let row: Option<(String,)> = db
        .optional("select person from process_roll where process_id = $1 and person = $2", (id, person))
        .await?;
    Ok(row.is_some())
}
