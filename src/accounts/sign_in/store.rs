//! The links' SQL.

use super::model::{LASTS, Link, MOST};
use crate::accounts::session::Digest;
use crate::db::Sql;
use crate::error::Result;
use crate::journal::Write;

/// A link to be kept.
pub(super) struct NewLink<'a> {
    pub(super) digest: &'a Digest,
    pub(super) email: &'a str,
    pub(super) destination: &'a str,
    pub(super) browser: &'a Digest,
}

/// Keeps a link; `false` where its address was sent enough letters for now, and none should go.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn insert(write: &mut Write, new: &NewLink<'_>) -> Result<bool> {
    let at = write.at();
    let (sent,): (i64,) = write
        .tx()
        .one(
            "select count(*) from sign_in_link where email = $1 and created_at > $2",
            (new.email, at - LASTS),
        )
        .await?;
    if sent >= MOST {
        return Ok(false);
    }
    write
        .tx()
        .run(
            "insert into sign_in_link (digest, email, destination, browser, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6)",
            (new.digest.as_slice(), new.email, new.destination, new.browser.as_slice(), at, at + LASTS),
        )
        .await?;
    Ok(true)
}

/// A link, whatever became of it.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn find(db: impl Sql<'_>, digest: &Digest) -> Result<Option<Link>> {
    let sql = "select email, destination, browser, expires_at, used_at from sign_in_link where digest = $1";
    db.optional(sql, (digest.as_slice(),)).await
}

/// Uses a link up, and with it those that were sent to the same address; `false` where it was used or its time is over.
/// Of two that come at once, one is told `true`.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn take(write: &mut Write, digest: &Digest) -> Result<bool> {
    let at = write.at();
    let taken: Option<(String,)> = write
        .tx()
        .optional(
            "update sign_in_link set used_at = $2
             where digest = $1 and used_at is null and expires_at > $2 returning email",
            (digest.as_slice(), at),
        )
        .await?;
    let Some((email,)) = taken else { return Ok(false) };
    let others = "update sign_in_link set used_at = $2 where email = $1 and used_at is null";
    write.tx().run(others, (email, at)).await?;
    Ok(true)
}
