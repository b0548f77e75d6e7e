//! Notes of the authority's people on a subject, for each other.
//!
//! Invariant: only who wrote a note changes it. One that was taken back is read by nobody, and can be put back for a while.

use crate::base::clock::Timestamp;
use crate::base::db::{Answer, Sql};
use crate::base::error::{Error, Result};
use crate::base::ids::AccountId;
use crate::base::media::Digest;
use crate::core::journal::Write;
use crate::core::personal_data::{Fate, Person};
use crate::core::subject::{self, Subject};

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Note {
    /// Its id.
    pub id: i64,
    /// Plain text; empty where it was taken back.
    pub body: String,
    /// Who wrote it.
    pub written_by: AccountId,
    /// What they are called at the desk; nothing once they are erased.
    pub author: Option<String>,
    /// When.
    pub written_at: Timestamp,
    /// When its author last changed it.
    pub changed_at: Option<Timestamp>,
    /// When its author took it back.
    pub taken_back_at: Option<Timestamp>,
}

/// The notes on a subject, the oldest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(db: impl Sql<'_>, on: Subject) -> Result<Vec<Note>> {
    db.all(
        "select n.id, case when n.taken_back_at is null then n.body else '' end as body, n.written_by,
                coalesce(nullif(a.name, ''), a.email) as author, n.written_at, n.changed_at, n.taken_back_at
         from subject_note n join account a on a.id = n.written_by
         where n.subject_kind = $1 and n.subject_id = $2 order by n.id",
        (on.kind, on.id),
    )
    .await
}

/// Writes a note.
///
/// # Errors
/// Where the database refuses.
pub async fn insert(write: &mut Write, on: Subject, body: &str, by: AccountId) -> Result<i64> {
    let at = write.at();
    let (id,): (i64,) = write
        .tx()
        .one(
            "insert into subject_note (subject_kind, subject_id, body, written_by, written_at)
             values ($1, $2, $3, $4, $5) returning id",
            (on.kind, on.id, body, by, at),
        )
        .await?;
    Ok(id)
}

/// Changes one's own note.
///
/// # Errors
/// [`Error::NotFound`] where there is no such note of theirs on it, or it was taken back.
pub async fn change(write: &mut Write, on: Subject, id: i64, body: &str, by: AccountId) -> Result<()> {
    let at = write.at();
    one(write
        .tx()
        .run(
            "update subject_note set body = $5, changed_at = $6
             where id = $1 and subject_kind = $2 and subject_id = $3 and written_by = $4 and taken_back_at is null",
            (id, on.kind, on.id, by, body, at),
        )
        .await?)
}

/// Takes one's own note back.
///
/// # Errors
/// [`Error::NotFound`] as for [`change`].
pub async fn take_back(write: &mut Write, on: Subject, id: i64, by: AccountId) -> Result<()> {
    let at = write.at();
    one(write
        .tx()
        .run(
            "update subject_note set taken_back_at = $5
             where id = $1 and subject_kind = $2 and subject_id = $3 and written_by = $4 and taken_back_at is null",
            (id, on.kind, on.id, by, at),
        )
        .await?)
}

/// Puts one's own note back.
///
/// # Errors
/// [`Error::NotFound`] where there is none of theirs that was taken back.
pub async fn put_back(write: &mut Write, on: Subject, id: i64, by: AccountId) -> Result<()> {
    one(write
        .tx()
        .run(
            "update subject_note set taken_back_at = null
             where id = $1 and subject_kind = $2 and subject_id = $3 and written_by = $4 and taken_back_at is not null",
            (id, on.kind, on.id, by),
        )
        .await?)
}

fn one(changed: u64) -> Result<()> {
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Clears what is kept no longer.
pub(super) async fn clear(write: &mut Write, now: Timestamp) -> Result<u64> {
    write
        .tx()
        .run(
            "delete from subject_note where written_at < $1 or taken_back_at < $2",
            (now - super::KEPT, now - super::PUT_BACK),
        )
        .await
}

/// Forgets what was noted on something whose words are erased: notes may quote them.
///
/// # Errors
/// Where the database refuses.
pub async fn forget(write: &mut Write, on: Subject) -> Result<()> {
    let sql = "delete from subject_note where subject_kind = $1 and subject_id = $2";
    write.tx().run(sql, (on.kind, on.id)).await?;
    Ok(())
}

/// Erases a person: what was noted on things of theirs goes with them; what they wrote for the authority stays the authority's, and
/// their account says nothing any more.
pub(super) fn erase<'a>(write: &'a mut Write, person: &'a Person, _: Fate) -> Answer<'a, Vec<Digest>> {
    Box::pin(async move {
        let Some(voice) = person.voice else { return Ok(Vec::new()) };
        let on: Vec<(String, i64)> =
            write.tx().all("select distinct subject_kind, subject_id from subject_note", ()).await?;
        for (kind, id) in on {
            if subject::author(write.tx(), &kind, id).await? == Some(voice) {
                write
                    .tx()
                    .run(
                        "delete from subject_note where subject_kind = $1 and subject_id = $2",
                        (kind.as_str(), id),
                    )
                    .await?;
            }
        }
        Ok(Vec::new())
    })
}
