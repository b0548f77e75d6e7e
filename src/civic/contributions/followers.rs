//! Who wants to be told by letter what becomes of something, and has no account: an address that asked for it and confirmed it from its
//! letter.
//!
//! What it is not: people with an account (`follows`). Invariants: nobody is told who did not confirm; who stops is forgotten, and so is
//! what nobody confirmed in time; an address gets few letters that ask, however often somebody types it.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::Result;
use crate::base::i18n::Lang;
use crate::base::ids::{FeatureId, ProcessId};
use crate::civic::contributions::follows::Told;
use crate::core::app::App;
use crate::core::journal::Write;
use chrono::TimeDelta;

/// How long a letter can be answered that asks to confirm.
pub const LASTS: TimeDelta = TimeDelta::days(2);

/// How many letters that ask an address gets in this time.
const MOST: i64 = 5;
const WITHIN: TimeDelta = TimeDelta::hours(1);

/// Somebody who follows, or has asked to.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Follower {
    /// Its number.
    pub id: i64,
    /// What is followed: its kind.
    pub subject_kind: String,
    /// Its number.
    pub subject_id: i64,
    /// Where the letters go.
    pub email: String,
    /// When the last letter went that asks to confirm.
    pub asked_at: Timestamp,
    /// When it was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// The language in which it was asked for.
    pub lang: Lang,
}

impl Follower {
    /// The key of its letters' links.
    pub fn key(&self, app: &App) -> String {
        key(app, self.id, &self.email)
    }

    /// The page where it is confirmed and ended, from a letter; `base` is the site's address.
    pub fn link(&self, app: &App, base: &str) -> String {
        link(app, base, self.id, &self.email)
    }

    /// Whether it can still be confirmed, or was.
    pub fn stands(&self, now: Timestamp) -> bool {
        self.confirmed_at.is_some() || now < self.asked_at + LASTS
    }
}

/// The key of the links to somebody who follows. A number may be given again, to somebody else: the key is to the address too.
pub fn key(app: &App, id: i64, email: &str) -> String {
    app.key_to(&format!("follow {id} by letters to {email}"))
}

/// The page where following is confirmed and ended, from a letter.
pub fn link(app: &App, base: &str, id: i64, email: &str) -> String {
    format!("{base}/following/{id}?key={}", key(app, id, email))
}

/// Whether a key is the one to a follower's links.
pub fn is_key(app: &App, follower: &Follower, given: &str) -> bool {
    app.is_key_to(&format!("follow {} by letters to {}", follower.id, follower.email), given)
}

/// Asks for it. Gives its number where a letter is to go; nothing where the address had enough of them for now.
///
/// # Errors
/// Where the database refuses.
pub async fn ask(
    write: &mut Write,
    (kind, subject): (&str, i64),
    (email, lang): (&str, Lang),
) -> Result<Option<i64>> {
    let at = write.at();
    let (sent,): (i64,) = write
        .tx()
        .one("select count(*) from letter_follow where email = $1 and asked_at > $2", (email, at - WITHIN))
        .await?;
    if sent >= MOST {
        return Ok(None);
    }
    let asked: Option<(i64,)> = write
        .tx()
        .optional(
            "insert into letter_follow (subject_kind, subject_id, email, asked_at, lang) values ($1, $2, $3, $4, $6)
             on conflict (subject_kind, subject_id, email) do update set asked_at = excluded.asked_at
             where letter_follow.asked_at <= $5 returning id",
            (kind, subject, email, at, at - WITHIN, lang),
        )
        .await?;
    Ok(asked.map(|(id,)| id))
}

/// A follower, where there is one of that number.
///
/// # Errors
/// Where the database does not answer.
pub async fn find(db: impl Sql<'_>, id: i64) -> Result<Option<Follower>> {
    let sql = "select id, subject_kind, subject_id, email, asked_at, confirmed_at, lang from letter_follow where id = $1";
    db.optional(sql, (id,)).await
}

/// Confirms it, in the language of the page on which that is done; once more changes nothing but that.
///
/// # Errors
/// Where the database refuses.
pub async fn confirm(write: &mut Write, id: i64, lang: Lang) -> Result<()> {
    let at = write.at();
    let sql = "update letter_follow set confirmed_at = coalesce(confirmed_at, $2), lang = $3 where id = $1";
    write.tx().run(sql, (id, at, lang)).await?;
    Ok(())
}

/// Ends it: nothing is kept.
///
/// # Errors
/// Where the database refuses.
pub async fn end(write: &mut Write, id: i64) -> Result<()> {
    write.tx().run("delete from letter_follow where id = $1", (id,)).await?;
    Ok(())
}

/// Who is to be told of a contribution: those who follow it or what was merged into it, each address once.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_feature(db: impl Sql<'_>, feature: FeatureId) -> Result<Vec<Told<i64>>> {
    db.all(
        "select min(w.id), w.email, min(w.lang) from letter_follow w join feature f on w.subject_kind = 'feature' and f.id = w.subject_id
         where w.confirmed_at is not null and (f.id = $1 or f.merged_into = $1) group by w.email order by 1",
        (feature,),
    )
    .await
}

/// Who is to be told of a process.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_process(db: impl Sql<'_>, process: ProcessId) -> Result<Vec<Told<i64>>> {
    db.all(
        "select id, email, lang from letter_follow
         where subject_kind = 'process' and subject_id = $1 and confirmed_at is not null order by id",
        (process,),
    )
    .await
}

/// Forgets what nobody confirmed in time, and what is about a contribution or a process that there is no more.
///
/// # Errors
/// Where the database refuses.
pub async fn forget(write: &mut Write) -> Result<u64> {
    let until = write.at() - LASTS;
    write
        .tx()
        .run(
            "delete from letter_follow where (confirmed_at is null and asked_at <= $1)
               or (subject_kind = 'feature' and not exists (select 1 from feature f where f.id = letter_follow.subject_id and f.held is distinct from 'erased'))
               or (subject_kind = 'process' and not exists (select 1 from process p where p.id = letter_follow.subject_id))",
            (until,),
        )
        .await
}
