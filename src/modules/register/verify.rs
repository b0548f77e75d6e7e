//! The whole check: every line, everything kept, every row that people read, every published head.
//!
//! What it is not: a proof against somebody who rewrites the whole register. That is what published heads are for, once they are
//! kept by others (docs/REGISTER.md).

use super::check::{self, Lines};
use super::days::Days;
use super::model::{Fault, Finding};
use super::outside;
use super::rows;
use super::store;
use crate::base::db::Db;
use crate::base::error::Result;
use crate::core::features;
use crate::core::journal::rows::OLDER;

/// What a check went through, and what it found.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Lines of the register.
    pub lines: i64,
    /// Features, arguments and versions of answers.
    pub rows: i64,
    /// Published heads.
    pub heads: usize,
    /// When rows that are older than their sealing were sealed as they stood; none where all were from the first on.
    pub rows_from: Option<String>,
    /// Heads and receipts that others kept.
    pub evidence: usize,
    /// Lines of the journal that are older than the register.
    pub older: i64,
    /// What is wrong, in the order in which it was met.
    pub findings: Vec<Finding>,
}

/// Checks everything. `tell` hears of rows done and in all.
///
/// # Errors
/// Where the database does not answer.
pub async fn verify(db: &Db, tell: impl Fn(u64, u64) + Send + Sync) -> Result<Checked> {
    verify_with(db, &[], tell).await
}

/// What others kept of the register.
pub type Evidence = [outside::Kept];

/// The same, and what others kept is laid beside it.
///
/// # Errors
/// Where the database does not answer.
pub async fn verify_with(
    db: &Db,
    evidence: &Evidence,
    tell: impl Fn(u64, u64) + Send + Sync,
) -> Result<Checked> {
    let counter = store::counter(db).await?;
    let features = features::store::count(db).await?;
    let all = u64::try_from(counter.number + features).unwrap_or_default();
    let mut lines = Lines::new(counter.sealed_from);
    let (mut sealed, mut days) = (rows::Lines::default(), Days::default());
    let (mut done, mut rows_from) = (0, None);
    store::each_line(db, |row| {
        // What is written meanwhile is after the head that was read: not ours to judge.
        if row.number <= counter.number || row.seq <= counter.seq {
            lines.take(&row);
            sealed.take(&row);
            days.seal(&row);
            if row.act == "sealed" && row.subject.as_deref() == Some(OLDER) {
                rows_from = Some(row.at.clone());
            }
        }
        done += 1;
        tell(done, all);
        Ok(())
    })
    .await?;
    lines.end(counter.number, counter.chain.as_deref());
    let mut checked = Checked {
        lines: counter.number,
        older: counter.sealed_from,
        evidence: evidence.len(),
        rows_from,
        findings: std::mem::take(&mut lines.findings),
        ..Checked::default()
    };
    let mut told = |finding: Option<Finding>| {
        checked.rows += 1;
        done += 1;
        tell(done, all.max(done));
        checked.findings.extend(finding);
        Ok(())
    };
    store::each_feature(db, |row| told(row.fault(counter.sealed_from))).await?;
    store::each_argument(db, |row| told(row.fault(counter.sealed_from))).await?;
    store::each_answer(db, |row| told(row.fault())).await?;
    let of_rows = rows::all(db, &sealed, |count| {
        done += count;
        tell(done, all.max(done));
    })
    .await?;
    checked.findings.extend(of_rows);
    checked.findings.extend(rows::batches(db, &sealed, counter.number).await?);
    store::each_voices(db, |row| {
        checked.findings.extend(row.faults());
        Ok(())
    })
    .await?;
    let last = days.last();
    store::each_plain(db, (0, last), |line| {
        days.take(&line);
        Ok(())
    })
    .await?;
    days.end();
    checked.findings.append(&mut days.findings);
    for kept in evidence {
        checked.findings.extend(kept.against(store::attested(db, kept.number).await?));
    }
    rest(db, &counter, &mut checked).await?;
    Ok(checked)
}

/// How many features' photos are looked at together.
const FEATURES: i64 = 2_000;

/// What is wrong with photos. They are gone through feature by feature, `step` of them in memory at a time.
pub(super) async fn photos(db: &Db, sealed_from: i64, step: i64) -> Result<Vec<Finding>> {
    let last = store::last_with_photos(db).await?;
    let (mut from, mut findings) = (1, Vec::new());
    while from <= last {
        let (now, said) = store::photos(db, (from, from + step - 1)).await?;
        findings.extend(check::photos(&now, &said, sealed_from));
        from += step;
    }
    Ok(findings)
}

/// What is few: lines without a number, strays, photos, heads.
async fn rest(db: &Db, counter: &store::Counter, checked: &mut Checked) -> Result<()> {
    let nowhere = |fault| Finding { number: None, fault };
    let unsealed = store::unsealed(db, counter.sealed_from).await?;
    checked.findings.extend(unsealed.into_iter().map(|(seq,)| nowhere(Fault::Unsealed(seq))));
    let more = store::surplus(db).await?;
    if more != 0 {
        checked.findings.push(nowhere(Fault::Journal(more)));
    }
    let strays = store::strays(db).await?;
    checked.findings.extend(
        strays.into_iter().map(|(kind, id, number)| Finding { number, fault: Fault::Stray(kind, id) }),
    );
    checked.findings.extend(photos(db, counter.sealed_from, FEATURES).await?);
    let heads = store::heads(db, i64::MAX).await?;
    checked.heads = heads.len();
    for head in heads {
        if store::chain_at(db, head.number).await?.as_deref() != Some(head.chain.as_slice()) {
            let fault = Fault::Published(head.day);
            checked.findings.push(Finding { number: Some(head.number), fault });
        }
    }
    Ok(())
}
