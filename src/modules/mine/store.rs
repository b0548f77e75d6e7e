//! What one did, by one's voice; what one follows, by one's account. The latest first, so many of each.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::Result;
use crate::base::ids::{AccountId, FeatureId, Visitor};
use crate::core::features::{Hold, Status};

/// The most lines of each sort.
pub(super) const MOST: i64 = 100;

/// A contribution of one's own.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Placed {
    pub(super) id: FeatureId,
    pub(super) title: String,
    pub(super) status: Status,
    /// Why not everybody reads it.
    pub(super) held: Option<Hold>,
    /// How many people spoke to it: voices and arguments.
    pub(super) voices: i64,
    pub(super) arguments: i64,
    pub(super) at: Timestamp,
}

/// Something that one said to a contribution, or that one follows it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Said {
    pub(super) id: FeatureId,
    pub(super) title: String,
    /// An argument's words; empty else.
    pub(super) body: String,
    /// What a voice weighs; 0 else.
    pub(super) value: i64,
    pub(super) at: Timestamp,
}

/// What one is told of by letters to one's address, which were asked for without an account.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct ByLetter {
    /// Its number.
    pub(super) id: i64,
    /// What is followed: its kind, and its number.
    pub(super) subject_kind: String,
    pub(super) subject_id: i64,
    /// What a contribution is called, where everybody may read it.
    pub(super) title: Option<String>,
    /// When it was confirmed.
    pub(super) at: Timestamp,
}

/// One's contributions, whatever became of them.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn placed(db: impl Sql<'_>, voice: Visitor) -> Result<Vec<Placed>> {
    let sql = "select id, title, status, held, votes_for + votes_against + votes_neutral as voices,
                      arguments_for + arguments_against as arguments, created_at as at
               from feature where author = $1 and coalesce(held, '') <> 'erased'
               order by created_at desc, id desc limit $2";
    db.all(sql, (voice, MOST)).await
}

/// One's arguments that are public, on what is public.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn argued(db: impl Sql<'_>, voice: Visitor) -> Result<Vec<Said>> {
    let sql = "select f.id, f.title, a.body, cast(0 as bigint) as value, a.created_at as at
               from argument a join feature f on f.id = a.feature_id
               where a.author = $1 and a.published_at is not null and f.published_at is not null
               order by a.created_at desc, a.id desc limit $2";
    db.all(sql, (voice, MOST)).await
}

/// One's voices on what is public.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn voted(db: impl Sql<'_>, voice: Visitor) -> Result<Vec<Said>> {
    let sql = "select f.id, f.title, '' as body, cast(v.value as bigint) as value, v.cast_at as at
               from vote v join feature f on f.id = v.feature_id
               where v.voter = $1 and f.published_at is not null
               order by v.cast_at desc, f.id desc limit $2";
    db.all(sql, (voice, MOST)).await
}

/// What one follows.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn followed(db: impl Sql<'_>, account: AccountId) -> Result<Vec<Said>> {
    let sql = "select f.id, f.title, '' as body, cast(0 as bigint) as value, s.since as at
               from follow s join feature f on s.subject_kind = 'feature' and f.id = s.subject_id
               where s.account_id = $1 and s.ended_at is null and f.published_at is not null
               order by s.since desc, f.id desc limit $2";
    db.all(sql, (account, MOST)).await
}

/// What one follows by letters to this address.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn by_letter(db: impl Sql<'_>, email: &str) -> Result<Vec<ByLetter>> {
    let sql = "select w.id, w.subject_kind, w.subject_id, f.title, w.confirmed_at as at
               from letter_follow w
               left join feature f on w.subject_kind = 'feature' and f.id = w.subject_id and f.published_at is not null
               where w.email = $1 and w.confirmed_at is not null
               order by w.confirmed_at desc, w.id desc limit $2";
    db.all(sql, (email, MOST)).await
}
