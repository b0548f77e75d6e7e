//! The check of civic rows: each beside what was sealed of it last, seals beside their lines, voices beside theirs.
//!
//! What it is not: the chain (`check`), which holds the lines that all this is compared with. Invariant: a page of rows is in
//! memory at once, and of each line that sealed rows one entry; what is written meanwhile is no finding, because what differs is
//! read once more before it is one.

use super::model::{Fault, Finding};
use super::store::{self, Beside};
use crate::base::db::Db;
use crate::base::error::Result;
use crate::core::features::{Ballot, Tally};
use crate::core::journal::rows::{self, Batch, CIVIC, Civic, word};
use crate::core::journal::tally::Totals;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// The lines that sealed rows, by batch: their numbers and subjects.
#[derive(Debug, Default)]
pub(super) struct Lines(HashMap<i64, (i64, String)>);

impl Lines {
    pub(super) fn take(&mut self, row: &super::check::LineRow) {
        if row.act != "sealed" {
            return;
        }
        let subject = row.subject.clone().unwrap_or_default();
        // A subject that names no batch broke the chain already; its rows are found to be loose.
        if let Some(batch) = word(&subject, "batch").and_then(|batch| batch.parse().ok()) {
            self.0.insert(batch, (row.number, subject));
        }
    }

    fn number(&self, batch: i64) -> Option<i64> {
        self.0.get(&batch).map(|(number, _)| *number)
    }
}

/// Compares what is kept of sealed rows with their lines.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn batches(db: &Db, lines: &Lines, last: i64) -> Result<Vec<Finding>> {
    let mut kept: HashMap<i64, Batch> = HashMap::new();
    store::each_seal(db, |(batch, table, id, turn, digest)| {
        kept.entry(batch).or_default().take(&table, id, turn, &digest);
        Ok(())
    })
    .await?;
    let mut findings = Vec::new();
    for (batch, (number, subject)) in &lines.0 {
        let is_whole = kept.remove(batch).unwrap_or_default().subject(*batch) == *subject;
        // A line that came while this ran may be newer than the rows that were read.
        if !is_whole && *number <= last {
            findings.push(Finding { number: Some(*number), fault: Fault::Batch });
        }
    }
    for batch in kept.into_keys() {
        if !store::is_batch(db, last, batch).await? {
            findings.push(Finding { number: None, fault: Fault::Loose(batch) });
        }
    }
    findings.sort_by_key(|finding| finding.number);
    Ok(findings)
}

/// How many rows are read at once.
const PAGE: i64 = 2_000;

/// Compares every row of every civic table with what was sealed of it last. `told` hears of each page.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn all(db: &Db, lines: &Lines, mut told: impl FnMut(u64)) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for civic in CIVIC.iter() {
        let mut after = i64::MIN;
        loop {
            let (found, last) = page(db, civic, lines, after).await?;
            if !found.is_empty() {
                // Read once more: a write between the statements of a page is no fault.
                let (again, _) = page(db, civic, lines, after).await?;
                findings.extend(found.into_iter().filter(|finding| again.contains(finding)));
            }
            let Some((last, count)) = last else { break };
            told(count);
            after = last;
        }
        findings.extend(alone(db, civic, lines).await?);
        for (column, otherwise) in &civic.derived {
            let ids: Vec<i64> = store::ids(db, *otherwise).await?;
            let fault = |id| Finding { number: None, fault: Fault::Derived(civic.table, column, id) };
            findings.extend(ids.into_iter().map(fault));
        }
    }
    Ok(findings)
}

type Page = (Vec<Finding>, Option<(i64, u64)>);

async fn page(db: &Db, civic: &Civic, lines: &Lines, after: i64) -> Result<Page> {
    let read = store::beside(db, civic, after, PAGE).await?;
    let Some(last) = read.last().map(|row| row.id) else { return Ok((Vec::new(), None)) };
    let ids: Vec<i64> = read.iter().map(|row| row.id).collect();
    let mut now: BTreeMap<i64, Map<String, Value>> = BTreeMap::new();
    for row in &read {
        now.insert(row.id, civic.state(&row.now).unwrap_or_default());
    }
    store::belonging(db, civic, &ids, &mut now).await?;
    let mut found = Vec::new();
    for row in &read {
        let state = now.get(&row.id).cloned().unwrap_or_default();
        found.extend(compared(civic, lines, row, &state));
    }
    Ok((found, Some((last, read.len() as u64))))
}

fn compared(civic: &Civic, lines: &Lines, row: &Beside, now: &Map<String, Value>) -> Vec<Finding> {
    let table = civic.table;
    let Some((batch, digest)) = row.batch.zip(row.digest.as_ref()) else {
        return vec![Finding { number: None, fault: Fault::Unheld(table, row.id) }];
    };
    let number = lines.number(batch);
    let find = |fault| Finding { number, fault };
    let (Some(salt), Some(state)) = (&row.salt, &row.state) else {
        // Sealed as gone, or what was kept of it was taken away: in both cases nothing holds what is there.
        return vec![find(Fault::Seal(table, row.id))];
    };
    let sealed: Option<Map<String, Value>> = serde_json::from_str(state).ok();
    match sealed {
        Some(sealed) if crate::core::journal::seal::digest(salt, state).as_slice() == digest => civic
            .differing(&sealed, now)
            .into_iter()
            .map(|column| find(Fault::Row(table, row.id, column)))
            .collect(),
        _ => vec![find(Fault::Seal(table, row.id))],
    }
}

/// Rows that were sealed and are not there.
async fn alone(db: &Db, civic: &Civic, lines: &Lines) -> Result<Vec<Finding>> {
    let gone = rows::gone();
    let left = store::alone(db, civic).await?.into_iter().filter(|(_, _, digest)| digest.as_slice() != gone);
    let find =
        |(id, batch, _)| Finding { number: lines.number(batch), fault: Fault::Dropped(civic.table, id) };
    Ok(left.map(find).collect())
}

/// A feature's voices as they are, and as its last line of voices tells them.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct VoicesRow {
    id: i64,
    votes_for: i64,
    votes_against: i64,
    votes_neutral: i64,
    points: i64,
    ballot: String,
    joined: bool,
    a: i64,
    b: i64,
    c: i64,
    d: i64,
    e: i64,
    apart: i64,
    told: Option<String>,
}

impl VoicesRow {
    /// What does not fit: the counters, the rows, or both.
    pub(super) fn faults(&self) -> Vec<Finding> {
        let steps = [self.a, self.b, self.c, self.d, self.e];
        let told = match &self.told {
            None => Some(Totals::default()),
            Some(subject) => Totals::read(subject),
        };
        let Some(told) = told else {
            // Older than totals, and no baseline told them.
            return vec![self.fault("journal.subject")];
        };
        let counted = Totals {
            votes_for: self.votes_for,
            votes_against: self.votes_against,
            votes_neutral: self.votes_neutral,
            points: self.points,
            ..told
        };
        // A word that is none is found with the row of its process.
        let ballot = Ballot::of_word(&self.ballot);
        let sum = [-2, -1, 0, 1, 2].into_iter().zip(steps).fold(Tally::default(), |sum, (value, people)| {
            sum.plus(Tally::of(ballot.unwrap_or(Ballot::None), value).times(people))
        });
        let of_rows = Totals {
            votes_for: sum.votes_for,
            votes_against: sum.votes_against,
            votes_neutral: sum.votes_neutral,
            points: sum.points,
            ..told
        };
        // Where voices were joined, the count is each person's once, on several features; where some are apart, of the others.
        let is_own = !self.joined && self.apart == 0 && ballot.is_some();
        let mut faults = Vec::new();
        if counted != told || (is_own && counted != of_rows) {
            faults.push(self.fault("feature.votes_for, votes_against, votes_neutral, points"));
        }
        if steps != told.steps || self.apart != told.apart {
            faults.push(self.fault("vote"));
        }
        faults
    }

    fn fault(&self, what: &'static str) -> Finding {
        Finding { number: None, fault: Fault::Voices(what, self.id) }
    }
}
