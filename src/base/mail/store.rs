//! The outbox's SQL.

use super::{GivenUp, Letter, Posted, Unsent};
use crate::base::clock::Timestamp;
use crate::base::db::{Db, Sql as _, Tx};
use crate::base::error::Result;

/// What the outbox keeps of a letter beside its words.
#[derive(Debug, Default)]
pub(super) struct Terms<'a> {
    pub(super) about: Option<(&'static str, i64)>,
    pub(super) urgent: bool,
    /// What it tells of, and until when that may be taken back.
    pub(super) cause: Option<(&'a str, Timestamp)>,
}

pub(super) async fn insert(tx: &mut Tx, letter: &Letter, terms: Terms<'_>, at: Timestamp) -> Result<()> {
    // A line break in a subject would begin another header.
    let subject = letter.subject.replace(['\r', '\n'], " ");
    tx.run(
        "insert into mail (recipient, subject, body, created_at, subject_kind, subject_id, urgent, cause, next_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        (
            letter.to.as_str(),
            subject,
            letter.body.as_str(),
            at,
            terms.about.map(|(kind, _)| kind),
            terms.about.map(|(_, id)| id),
            terms.urgent,
            terms.cause.map(|(cause, _)| cause),
            terms.cause.map(|(_, until)| until),
        ),
    )
    .await?;
    Ok(())
}

/// Takes back what has not left; gives to whom it would have gone and surely did not. One that is just being sent, or was tried before,
/// may have arrived: it is not tried again, and is not among these.
pub(super) async fn call_back(tx: &mut Tx, cause: &str) -> Result<Vec<String>> {
    let called: Vec<(String, i64)> = tx
        .all("delete from mail where cause = $1 and sent_at is null returning recipient, tries", (cause,))
        .await?;
    Ok(called.into_iter().filter(|(_, tries)| *tries == 0).map(|(recipient, _)| recipient).collect())
}

/// How many letters have not left.
pub(super) async fn unsent(db: &Db) -> Result<Unsent> {
    db.one(
        "select count(*) filter (where given_up_at is null) as waiting, count(*) filter (where given_up_at is not null) as given_up,
                min(created_at) filter (where given_up_at is null) as since
         from mail where sent_at is null",
        (),
    )
    .await
}

/// The letters that were given up, the last first.
pub(super) async fn given_up(db: &Db, offset: i64, most: i64) -> Result<Vec<GivenUp>> {
    db.all(
        "select id, recipient, subject, created_at, given_up_at, tries, problem, subject_id from mail
         where sent_at is null and given_up_at is not null order by given_up_at desc, id desc limit $1 offset $2",
        (most, offset),
    )
    .await
}

/// Lets one letter that was given up, or each, be tried from the beginning.
pub(super) async fn try_again(tx: &mut Tx, id: Option<i64>) -> Result<u64> {
    tx.run(
        "update mail set given_up_at = null, next_at = null, tries = 0
         where sent_at is null and given_up_at is not null and ($1 = 0 or id = $1)",
        (id.unwrap_or_default(),),
    )
    .await
}

/// A letter that waits.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Waiting {
    pub(super) id: i64,
    pub(super) recipient: String,
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) created_at: Timestamp,
    /// How often it was tried.
    pub(super) tries: i64,
    /// What it is about.
    pub(super) subject_kind: Option<String>,
    pub(super) subject_id: Option<i64>,
}

impl Waiting {
    /// A letter that no outbox has.
    pub(super) fn of_trial(recipient: String, subject: String, body: String) -> Waiting {
        let created_at = crate::base::clock::now();
        Waiting {
            id: 0,
            recipient,
            subject,
            body,
            created_at,
            tries: 0,
            subject_kind: None,
            subject_id: None,
        }
    }
}

/// The letters whose turn it is: first those that somebody waits for, then the oldest.
pub(super) async fn due(db: &Db, now: Timestamp, most: i64) -> Result<Vec<Waiting>> {
    db.all(
        "select id, recipient, subject, body, created_at, tries, subject_kind, subject_id from mail
         where sent_at is null and given_up_at is null and (next_at is null or next_at <= $1)
         order by urgent desc, id limit $2",
        (now, most),
    )
    .await
}

/// Takes a letter for this server until `until`; `false` where another server was faster.
pub(super) async fn take(db: &Db, id: i64, now: Timestamp, until: Timestamp) -> Result<bool> {
    let taken = db
        .run(
            "update mail set next_at = $3, tries = tries + 1
             where id = $1 and sent_at is null and given_up_at is null and (next_at is null or next_at <= $2)",
            (id, now, until),
        )
        .await?;
    Ok(taken > 0)
}

/// Says that a letter has gone.
pub(super) async fn sent(db: &Db, id: i64, now: Timestamp) -> Result<()> {
    db.run("update mail set sent_at = $2, problem = null where id = $1", (id, now)).await.map(|_| ())
}

/// Says why a letter did not go, and when it is tried again; never where `next` is nothing.
pub(super) async fn failed(
    db: &Db,
    id: i64,
    problem: &str,
    now: Timestamp,
    next: Option<Timestamp>,
) -> Result<()> {
    let given_up = next.is_none().then_some(now);
    db.run(
        "update mail set problem = $2, next_at = $3, given_up_at = $4 where id = $1",
        (id, problem, next, given_up),
    )
    .await
    .map(|_| ())
}

pub(super) async fn count(db: &Db) -> Result<i64> {
    let (count,): (i64,) = db.one("select count(*) from mail", ()).await?;
    Ok(count)
}

pub(super) async fn latest(db: &Db, offset: i64, most: i64) -> Result<Vec<Posted>> {
    db.all(
        "select recipient, subject, body, created_at, subject_kind, subject_id from mail order by id desc limit $1 offset $2",
        (most, offset),
    )
    .await
}
