//! The links' SQL.

use super::model::{LASTS, Link, MOST};
use crate::base::db::{Answer, Sql};
use crate::base::error::Result;
use crate::base::media;
use crate::civic::accounts::kept_voices::{self, Proof};
use crate::civic::accounts::session::Digest;
use crate::core::journal::Write;
use crate::core::personal_data::{Fate, Person};

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
    // By a digest: who has themselves erased is not sent more for it.
    let mailbox = kept_voices::digest(write.tx(), &Proof::Email(new.email)).await?;
    let (sent,): (i64,) = write
        .tx()
        .one(
            "select count(*) from sign_in_link where mailbox = $1 and created_at > $2",
            (mailbox.as_str(), at - LASTS),
        )
        .await?;
    let is_sent = sent < MOST;
    // Also where no letter goes, so that the answer takes as long: it signs nobody in, and counts for nothing.
    let (mailbox, used_at) = if is_sent { (mailbox, None) } else { (String::new(), Some(at)) };
    write
        .tx()
        .run(
            "insert into sign_in_link (digest, email, destination, browser, created_at, expires_at, mailbox, used_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            (
                new.digest.as_slice(),
                new.email,
                new.destination,
                new.browser.as_slice(),
                at,
                at + LASTS,
                mailbox,
                used_at,
            ),
        )
        .await?;
    Ok(is_sent)
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

/// Erases the links that were sent to a person's address. What is left of those that may still be counted says that a letter was
/// sent, and not to whom.
pub(in crate::civic::accounts) fn erase<'a>(
    write: &'a mut Write,
    person: &'a Person,
    _: Fate,
) -> Answer<'a, Vec<media::Digest>> {
    Box::pin(async move {
        let Some(email) = &person.email else { return Ok(Vec::new()) };
        let at = write.at();
        let tx = write.tx();
        let old = "delete from sign_in_link where email = $1 and created_at <= $2";
        tx.run(old, (email.as_str(), at - LASTS)).await?;
        let counted = "update sign_in_link set email = '', destination = '', used_at = $2 where email = $1";
        tx.run(counted, (email.as_str(), at)).await?;
        Ok(Vec::new())
    })
}
