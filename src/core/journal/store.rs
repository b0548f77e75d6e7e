//! The journal's SQL.

use super::deposit::DepositRow;
use super::seal::{self, Hash, Sealed};
use super::{Entry, Given, Line, Receipt};
use crate::base::clock::Timestamp;
use crate::base::db::{Sql, Tx, by, insert_many};
use crate::base::error::Result;
use crate::base::ids::{FeatureId, Seq};
use chrono::SecondsFormat;

/// Lines written at once: a million of them must not be held a second time as arguments.
pub(super) const BATCH: usize = 4_000;

/// Numbers the lines, seals those that are civic, and writes them. To be called last in a transaction: from here until the commit
/// no other writer gets a number, which is what keeps the order of numbers the order of commits. Gives the last number, and
/// what each line was given in the register.
pub(super) async fn append(
    tx: &mut Tx,
    lines: &[Line],
    at: Timestamp,
    channel: &'static str,
) -> Result<(Seq, Vec<Option<Given>>)> {
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let civic = lines.iter().filter(|line| line.act.is_civic()).count();
    if civic == 0 {
        // Voices, most of the time: they pay for nothing of the register.
        let (last,): (Seq,) =
            tx.one("update journal_head set seq = seq + $1 where id = 1 returning seq", (count,)).await?;
        let rows = lines
            .iter()
            .zip(last - count + 1..)
            .map(|(line, seq)| (seq, at, line.act, line.feature, line.subject.as_deref()));
        insert_many(tx, "insert into journal (seq, at, act, feature_id, subject)", rows, "").await?;
        return Ok((last, vec![None; lines.len()]));
    }
    let civic = i64::try_from(civic).unwrap_or(i64::MAX);
    // Locked, not written: the row is written once, when the chain is known. SQLite has one writer, who holds it already.
    let head = by(
        "select seq, number, chain, sealed_from from journal_head where id = 1",
        "select seq, number, chain, sealed_from from journal_head where id = 1 for update",
    );
    let (before, number, chain, sealed_from): (Seq, i64, Option<Vec<u8>>, i64) = tx.one(head, ()).await?;
    let mut chain = chain.unwrap_or_else(|| seal::genesis(sealed_from).to_vec());
    let given = seal_all(lines, (before, number), at, channel, &mut chain);
    for (start, part) in lines.chunks(BATCH).enumerate() {
        let start = start * BATCH;
        let first = before + 1 + i64::try_from(start).unwrap_or(0);
        let rows = part.iter().zip(&given[start..]).zip(first..).map(|((line, given), seq)| {
            let channel = given.map(|_| line.channel.unwrap_or(channel));
            let content = line.content.as_ref().map(<[u8; 32]>::as_slice);
            let chain = given.as_ref().map(|(_, chain)| chain.as_slice());
            let number = given.map(|(number, _)| number);
            (seq, at, line.act, line.feature, line.subject.as_deref(), number, channel, content, chain)
        });
        insert_many(
            tx,
            "insert into journal (seq, at, act, feature_id, subject, number, channel, content, chain)",
            rows,
            "",
        )
        .await?;
    }
    let (last, last_number) = (before + count, number + civic);
    tx.run(
        "update journal_head set seq = $1, number = $2, chain = $3 where id = 1",
        (last, last_number, chain.as_slice()),
    )
    .await?;
    Ok((last, given))
}

/// The register's numbers and chains of the civic ones among these lines; `chain` moves on to the last.
fn seal_all(
    lines: &[Line],
    (seq, number): (i64, i64),
    at: Timestamp,
    channel: &'static str,
    chain: &mut Vec<u8>,
) -> Vec<Option<Given>> {
    let at = instant(at);
    let mut number = number;
    let each = lines.iter().zip(seq + 1..).map(|(line, seq)| {
        if !line.act.is_civic() {
            return None;
        }
        number += 1;
        let sealed = Sealed {
            number,
            seq,
            at: &at,
            act: line.act.word(),
            feature: line.feature.map(|id| id.0),
            subject: line.subject.as_deref(),
            channel: Some(line.channel.unwrap_or(channel)),
            content: line.content.as_ref().map(<[u8; 32]>::as_slice),
        };
        let next: Hash = seal::chained(chain, &sealed);
        *chain = next.to_vec();
        Some((number, next))
    });
    each.collect()
}

/// An instant as the register writes it.
pub(super) fn instant(at: Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Keeps what was said.
pub(super) async fn insert_deposits(tx: &mut Tx, rows: Vec<DepositRow>) -> Result<()> {
    for part in rows.chunks(BATCH) {
        let part = part.iter().map(|row| {
            (row.digest.as_slice(), row.of.kind, row.of.id, row.salt.as_slice(), row.content.as_str())
        });
        insert_many(tx, "insert into deposit (digest, subject_kind, subject_id, salt, content)", part, "")
            .await?;
    }
    Ok(())
}

/// The columns of [`Receipt`], up to the filter.
macro_rules! receipt {
    ($filter:literal) => {
        concat!(
            "select j.number, j.seq, j.at, j.act, j.feature_id, j.subject, j.channel, j.content, j.chain, d.salt,
                    d.content as said
             from journal j left join deposit d on d.digest = j.content where ",
            $filter
        )
    };
}

/// A line of the register, by its number.
///
/// # Errors
/// [`crate::base::error::Error::NotFound`].
pub async fn receipt(db: impl Sql<'_>, number: i64) -> Result<Receipt> {
    db.one(receipt!("j.number = $1"), (number,)).await
}

/// The lines of the register with which something was said of a feature, in order.
///
/// # Errors
/// Where the database does not answer.
pub async fn deposits_of(db: impl Sql<'_>, feature: FeatureId) -> Result<Vec<Receipt>> {
    db.all(
        receipt!("j.feature_id = $1 and j.content is not null and j.number is not null order by j.seq"),
        (feature,),
    )
    .await
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

/// When a line was written, if it is there.
///
/// # Errors
/// Where the database does not answer.
pub async fn written_at(db: impl Sql<'_>, seq: Seq) -> Result<Option<Timestamp>> {
    let row: Option<(Timestamp,)> = db.optional("select at from journal where seq = $1", (seq,)).await?;
    Ok(row.map(|(at,)| at))
}
