//! What residents say is wrong with a contribution or an argument. It decides nothing: moderators look. One flag a person and
//! thing; a second one replaces the first's words.

use super::decisions::{Reason, Thing};
use crate::clock::Timestamp;
use crate::db::Sql;
use crate::error::{Error, Result};
use crate::ids::{FlagId, Visitor};
use crate::journal::Write;

/// A flag.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Flag {
    /// Its id.
    pub id: FlagId,
    /// Which rule of the charter it is said to break.
    pub reason: Reason,
    /// In the resident's own words.
    pub body: String,
    /// When.
    pub flagged_at: Timestamp,
    /// When a moderator decided about the thing.
    pub settled_at: Option<Timestamp>,
}

/// Flags a public thing.
///
/// # Errors
/// [`Error::NotFound`] where it is not public.
pub async fn insert(
    write: &mut Write,
    Thing { feature, argument, .. }: Thing,
    reason: Reason,
    body: &str,
    voice: Visitor,
) -> Result<()> {
    let at = write.at();
    let tx = write.tx();
    let public: Option<(i64,)> = match argument {
        None => {
            tx.optional("select id from feature where id = $1 and published_at is not null", (feature,))
                .await?
        }
        Some(argument) => {
            tx.optional(
                "select a.id from argument a join feature f on f.id = a.feature_id
                 where a.id = $1 and f.id = $2 and a.published_at is not null and f.published_at is not null",
                (argument, feature),
            )
            .await?
        }
    };
    if public.is_none() {
        return Err(Error::NotFound);
    }
    tx.run(
        "insert into flag (feature_id, argument_id, reason, body, voice, flagged_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (feature_id, coalesce(argument_id, 0), voice)
         do update set reason = excluded.reason, body = excluded.body, flagged_at = excluded.flagged_at",
        (feature, argument, reason, body, voice, at),
    )
    .await?;
    Ok(())
}

/// The flags on a thing, the latest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(db: impl Sql<'_>, Thing { feature, argument, photo }: Thing) -> Result<Vec<Flag>> {
    if photo.is_some() {
        // Residents flag what a photo is part of.
        return Ok(Vec::new());
    }
    db.all(
        "select id, reason, body, flagged_at, settled_at from flag
         where feature_id = $1 and coalesce(argument_id, 0) = $2 order by id desc",
        (feature, argument.map_or(0, |id| id.0)),
    )
    .await
}
