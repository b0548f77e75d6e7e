//! The journal's SQL.

use super::{Entry, Line};
use crate::clock::Timestamp;
use crate::db::{Sql, Tx, insert_many};
use crate::error::Result;
use crate::ids::Seq;

/// Numbers the lines and writes them. To be called last in a transaction: from here until the commit no other writer
/// gets a number, which is what keeps the order of numbers the order of commits.
pub(super) async fn append(tx: &mut Tx, lines: &[Line], at: Timestamp) -> Result<Seq> {
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let (last,): (Seq,) =
        tx.one("update journal_head set seq = seq + $1 where id = 1 returning seq", (count,)).await?;
    let rows = lines
        .iter()
        .zip(last - count + 1..)
        .map(|(line, seq)| (seq, at, line.act, line.feature, line.subject.as_deref()));
    insert_many(tx, "insert into journal (seq, at, act, feature_id, subject)", rows, "").await?;
    Ok(last)
}

/// The number of the last line, 0 in an empty journal.
///
/// # Errors
/// Where the database does not answer.
pub async fn head(db: impl Sql<'_>) -> Result<Seq> {
    let (seq,): (Seq,) = db.one("select seq from journal_head where id = 1", ()).await?;
    Ok(seq)
}

/// At most `most` lines after number `seq`, in order.
///
/// # Errors
/// Where the database does not answer.
pub async fn after(db: impl Sql<'_>, seq: Seq, most: i64) -> Result<Vec<Entry>> {
    db.all(
        "select seq, at, act, feature_id, subject from journal where seq > $1 order by seq limit $2",
        (seq, most),
    )
    .await
}
