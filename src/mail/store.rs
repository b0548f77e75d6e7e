//! The outbox's SQL.

use super::Letter;
use crate::clock::Timestamp;
use crate::db::{Sql as _, Tx};
use crate::error::Result;

pub(super) async fn insert(tx: &mut Tx, letter: &Letter, at: Timestamp) -> Result<()> {
    // A line break in a subject would begin another header.
    let subject = letter.subject.replace(['\r', '\n'], " ");
    tx.run(
        "insert into mail (recipient, subject, body, created_at) values ($1, $2, $3, $4)",
        (letter.to.as_str(), subject, letter.body.as_str(), at),
    )
    .await?;
    Ok(())
}
