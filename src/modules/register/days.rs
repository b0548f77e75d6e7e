//! Lines of the journal that are not civic — voices above all — sealed day by day: one civic line has their number and one digest.
//! Pure: no SQL.
//!
//! Invariant: a line that was written is in exactly one day's digest, by its number in the journal, whatever its clock said.

use super::model::{Fault, Finding};
use crate::core::journal::rows::word;
use crate::core::journal::seal;
use sha2::{Digest, Sha256};

/// A line that is not civic, as it is.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Plain {
    pub(super) seq: i64,
    /// RFC 3339.
    pub(super) at: String,
    act: String,
    feature_id: Option<i64>,
    subject: Option<String>,
}

/// What is sealed of a day.
#[derive(Debug, Default, Clone)]
pub(super) struct Day {
    lines: i64,
    digest: Sha256,
}

impl Day {
    pub(super) fn take(&mut self, line: &Plain) {
        self.lines += 1;
        let at = seal::instant_of(&line.at);
        let feature = line.feature_id.map(|id| id.to_string());
        let seq = line.seq.to_string();
        let fields = [
            Some(seq.as_str()),
            Some(at.as_str()),
            Some(line.act.as_str()),
            feature.as_deref(),
            line.subject.as_deref(),
        ];
        for field in fields {
            self.digest.update(seal::netstring(field));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines == 0
    }

    /// The subject of its line: `day=2026-11-22 after=120 upto=180 lines=52 digest=…`.
    pub(super) fn subject(self, day: &str, after: i64, upto: i64) -> String {
        let digest = seal::hex(self.digest.finalize().as_slice());
        format!("day={day} after={after} upto={upto} lines={} digest={digest}", self.lines)
    }
}

/// The last journal line that a day's line covers.
pub(super) fn upto(subject: &str) -> Option<i64> {
    word(subject, "upto")?.parse().ok()
}

/// Compares the lines of days with the lines that they cover.
#[derive(Debug, Default)]
pub(super) struct Days {
    sealed: Vec<(i64, String)>,
    at: usize,
    /// Where the day under way begins.
    after: i64,
    day: Day,
    pub(super) findings: Vec<Finding>,
}

impl Days {
    /// A line of the register, in order.
    pub(super) fn seal(&mut self, row: &super::check::LineRow) {
        if row.act == "day" {
            self.sealed.push((row.number, row.subject.clone().unwrap_or_default()));
        }
    }

    /// The last line that any day covers.
    pub(super) fn last(&self) -> i64 {
        self.sealed.iter().filter_map(|(_, subject)| upto(subject)).max().unwrap_or_default()
    }

    /// A line that is not civic, in order.
    pub(super) fn take(&mut self, line: &Plain) {
        while let Some((_, subject)) = self.sealed.get(self.at) {
            if upto(subject).is_some_and(|upto| line.seq <= upto) {
                self.day.take(line);
                return;
            }
            self.close();
        }
    }

    /// After the last of them.
    pub(super) fn end(&mut self) {
        while self.at < self.sealed.len() {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some((number, subject)) = self.sealed.get(self.at) else { return };
        let upto = upto(subject).unwrap_or(self.after);
        let day = word(subject, "day").unwrap_or_default();
        if std::mem::take(&mut self.day).subject(day, self.after, upto) != *subject {
            self.findings.push(Finding { number: Some(*number), fault: Fault::Day(day.to_owned()) });
        }
        self.after = upto;
        self.at += 1;
    }
}
