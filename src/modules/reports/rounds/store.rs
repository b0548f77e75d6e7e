//! The SQL of rounds.
//!
//! Invariant: a round is its agent's own: nobody else finds it.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::ids::{AccountId, FeatureId};
use crate::core::features::{Hold, Status};
use crate::core::journal::Write;

/// A round.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Round {
    pub(super) id: i64,
    pub(super) name: String,
    /// `2026-11-30`.
    pub(super) day: String,
    pub(super) ended_at: Option<Timestamp>,
    pub(super) stops: i64,
    pub(super) done: i64,
}

/// A stop, with what is to be read there.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Stop {
    pub(super) feature_id: FeatureId,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) wkb: Option<Vec<u8>>,
    pub(super) status: Status,
    pub(super) held: Option<Hold>,
    pub(super) address: String,
    pub(super) done_at: Option<Timestamp>,
}

/// Makes a round of these reports, in this order. Gives its number.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn insert(
    write: &mut Write,
    who: AccountId,
    (name, day): (&str, &str),
    stops: &[FeatureId],
) -> Result<i64> {
    let at = write.at();
    let (id,): (i64,) = write
        .tx()
        .one(
            "insert into report_round (account_id, name, day, created_at) values ($1, $2, $3, $4) returning id",
            (who, name, day, at),
        )
        .await?;
    for (position, stop) in (1_i64..).zip(stops) {
        write
            .tx()
            .run(
                "insert into report_round_stop (round_id, position, feature_id) values ($1, $2, $3)",
                (id, position, *stop),
            )
            .await?;
    }
    Ok(id)
}

/// The columns of a round, up to the filter.
macro_rules! round {
    ($filter:literal) => {
        concat!(
            "select d.id, d.name, d.day, d.ended_at,
                    (select count(*) from report_round_stop s where s.round_id = d.id) as stops,
                    (select count(*) from report_round_stop s where s.round_id = d.id and s.done_at is not null) as done
             from report_round d where d.account_id = $1 and ",
            $filter
        )
    };
}

/// Somebody's rounds, those that have not ended first, the newest first.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn own(db: impl Sql<'_>, who: AccountId, most: i64) -> Result<Vec<Round>> {
    let sql = round!(
        "d.id > 0 order by case when d.ended_at is null then 0 else 1 end, d.day desc, d.id desc limit $2"
    );
    db.all(sql, (who, most)).await
}

/// One of somebody's rounds.
///
/// # Errors
/// [`Error::NotFound`] where it is not theirs.
pub(super) async fn find(db: impl Sql<'_>, who: AccountId, id: i64) -> Result<Round> {
    let round: Option<Round> = db.optional(round!("d.id = $2"), (who, id)).await?;
    round.ok_or(Error::NotFound)
}

/// The stops of a round, in their order.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn stops(db: impl Sql<'_>, id: i64) -> Result<Vec<Stop>> {
    db.all(
        "select s.feature_id, f.title, f.body, f.wkb, f.status, f.held, r.address, s.done_at
         from report_round_stop s join feature f on f.id = s.feature_id join report r on r.feature_id = s.feature_id
         where s.round_id = $1 order by s.position, s.feature_id",
        (id,),
    )
    .await
}

/// Locks a round until the write ends.
///
/// # Errors
/// [`Error::NotFound`] where it is not theirs.
pub(super) async fn lock(write: &mut Write, who: AccountId, id: i64) -> Result<()> {
    let sql = "update report_round set name = name where id = $1 and account_id = $2";
    let found = write.tx().run(sql, (id, who)).await?;
    if found == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Says that a stop is done, or not (nothing).
///
/// # Errors
/// [`Error::NotFound`] where it is no stop of it.
pub(super) async fn set_done(
    write: &mut Write,
    id: i64,
    stop: FeatureId,
    at: Option<Timestamp>,
) -> Result<()> {
    let sql = "update report_round_stop set done_at = $3 where round_id = $1 and feature_id = $2";
    let found = write.tx().run(sql, (id, stop, at)).await?;
    if found == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Takes a stop out of a round.
///
/// # Errors
/// [`Error::NotFound`] where it is no stop of it.
pub(super) async fn drop_stop(write: &mut Write, id: i64, stop: FeatureId) -> Result<()> {
    let sql = "delete from report_round_stop where round_id = $1 and feature_id = $2";
    let gone = write.tx().run(sql, (id, stop)).await?;
    if gone == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Has the stops be gone to in this order.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn order(write: &mut Write, id: i64, stops: &[FeatureId]) -> Result<()> {
    for (position, stop) in (1_i64..).zip(stops) {
        let sql = "update report_round_stop set position = $3 where round_id = $1 and feature_id = $2";
        write.tx().run(sql, (id, *stop, position)).await?;
    }
    Ok(())
}

/// Ends a round, or has it go on (nothing).
///
/// # Errors
/// Where the database refuses.
pub(super) async fn end(write: &mut Write, id: i64, at: Option<Timestamp>) -> Result<()> {
    write.tx().run("update report_round set ended_at = $2 where id = $1", (id, at)).await.map(drop)
}
