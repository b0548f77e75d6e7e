//! The SQL of what is handed over.

use super::{State, Way};
use crate::base::clock::Timestamp;
use crate::base::db::{Db, Sql};
use crate::base::error::Result;
use crate::base::ids::FeatureId;
use crate::core::features::geometry::from_wkb;
use crate::core::journal::Write;
use crate::modules::reports::model::ServiceId;

/// What was handed over.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Handover {
    pub(super) id: i64,
    pub(super) feature_id: FeatureId,
    pub(super) service_id: ServiceId,
    pub(super) way: Way,
    pub(super) state: State,
    pub(super) tries: i64,
    /// A word, and what was answered behind a line's end.
    pub(super) problem: String,
    /// Its number there.
    pub(super) reference: String,
    /// What was said there last.
    pub(super) remote: String,
    pub(super) made_at: Timestamp,
    pub(super) sent_at: Option<Timestamp>,
    /// Their code for it, or empty.
    pub(super) code: String,
    pub(super) note: String,
}

/// The columns of what was handed over, up to the filter.
macro_rules! handover {
    ($filter:literal) => {
        concat!(
            "select id, feature_id, service_id, way, state, tries, problem, reference, remote, made_at, sent_at, code, note
             from report_handover where returned_at is null and ",
            $filter
        )
    };
}

/// Who outside has a report now, if anybody.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn active(db: impl Sql<'_>, id: FeatureId) -> Result<Option<Handover>> {
    db.optional(handover!("feature_id = $1 order by id desc limit 1"), (id,)).await
}

/// What waits to be sent, or to be asked after, whose turn it is now: the longest waiting first.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn due(db: impl Sql<'_>, state: State, now: Timestamp, most: i64) -> Result<Vec<Handover>> {
    let sql = handover!(
        "state = $1 and next_try_at <= $2 and (state = 'waiting' or way = 'open311' and reference <> '') order by next_try_at limit $3"
    );
    db.all(sql, (state, now, most)).await
}

/// Writes that a report is handed over, to be sent from an instant on.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn insert(
    write: &mut Write,
    id: FeatureId,
    (service, way): (ServiceId, Way),
    (code, note): (&str, &str),
    from: Timestamp,
) -> Result<i64> {
    let at = write.at();
    let (id,): (i64,) = write
        .tx()
        .one(
            "insert into report_handover (feature_id, service_id, way, state, next_try_at, made_at, code, note)
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
            (id, service, way, State::Waiting, from, at, code, note),
        )
        .await?;
    Ok(id)
}

/// Ends whatever of a report is handed over: nothing of it is sent or asked after any more.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn end(write: &mut Write, id: FeatureId) -> Result<()> {
    let at = write.at();
    let sql = "update report_handover set returned_at = $2 where feature_id = $1 and returned_at is null";
    write.tx().run(sql, (id, at)).await.map(drop)
}

/// How a sending went.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome<'a> {
    pub(super) state: State,
    pub(super) problem: &'a str,
    pub(super) reference: &'a str,
    /// When it is tried, or asked after, next.
    pub(super) next: Timestamp,
}

/// Writes how a sending went.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn tried(db: impl Sql<'_>, id: i64, outcome: Outcome<'_>, at: Timestamp) -> Result<()> {
    let Outcome { state, problem, reference, next } = outcome;
    let sent = (state == State::Sent).then_some(at);
    db.run(
        "update report_handover
         set state = $2, tries = tries + 1, problem = $3, reference = $4, next_try_at = $5, sent_at = $6 where id = $1",
        (id, state, problem, reference, next, sent),
    )
    .await
    .map(drop)
}

/// Writes what was said there last, and when it is asked after next.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn heard(db: impl Sql<'_>, id: i64, remote: &str, next: Timestamp) -> Result<()> {
    let sql = "update report_handover set remote = $2, next_try_at = $3 where id = $1";
    db.run(sql, (id, remote, next)).await.map(drop)
}

/// Lets one that failed be tried again from the beginning. Gives whether there was one.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn again(write: &mut Write, id: FeatureId) -> Result<bool> {
    let at = write.at();
    let sql = "update report_handover set state = 'waiting', tries = 0, problem = '', next_try_at = $2
               where feature_id = $1 and state = 'failed' and returned_at is null";
    Ok(write.tx().run(sql, (id, at)).await? > 0)
}

/// Whether everybody reads it.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn is_public(db: impl Sql<'_>, id: FeatureId) -> Result<bool> {
    let sql = "select id from feature where id = $1 and published_at is not null";
    let row: Option<(FeatureId,)> = db.optional(sql, (id,)).await?;
    Ok(row.is_some())
}

/// Longitude and latitude of where it is.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn place(db: impl Sql<'_>, id: FeatureId) -> Result<Option<(f64, f64)>> {
    let row: Option<(Option<Vec<u8>>,)> = db.optional("select wkb from feature where id = $1", (id,)).await?;
    let place = row.and_then(|(wkb,)| wkb).as_deref().map(from_wkb).transpose()?;
    Ok(place.as_ref().and_then(parvis_tiles::geometry::representative_point))
}

/// When there is something to do next.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn next(db: &Db) -> Result<Option<Timestamp>> {
    let (next,): (Option<Timestamp>,) = db
        .one(
            "select min(next_try_at) from report_handover
             where returned_at is null and (state = 'waiting' or state = 'sent' and way = 'open311' and reference <> '')",
            (),
        )
        .await?;
    Ok(next)
}

/// Writes its number there, which took a while.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn numbered(db: impl Sql<'_>, id: i64, number: &str, at: Timestamp) -> Result<()> {
    let sql = "update report_handover set reference = $2, next_try_at = $3 where id = $1";
    db.run(sql, (id, number, at)).await.map(drop)
}
