//! Counting what passes a filter, by category and in all.
//!
//! Not here: clusters of tiles (`cluster.rs`). Invariant: equal to filtering every item one by one.

use std::collections::BTreeMap;

use crate::columns::Columns;
use crate::filter::{COLUMNS, Codes, Filter};
use crate::memo::{Answer, Question};
use crate::plan::{Verdict, plan};
use crate::scan::Histogram;
use crate::snapshot::Snapshot;
use crate::sums::{self, Sums};
use crate::tile::Bounds;

/// What passes a filter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// How many items; without bounds, those that are nowhere as well.
    pub total: u64,
    /// Sum of their scores.
    pub score: i64,
    /// For each category column that was asked for, items by code; codes without an item are left out.
    pub by_column: [BTreeMap<u32, u64>; COLUMNS],
    /// Bounds of those that are somewhere.
    pub bounds: Option<Bounds>,
}

/// Counts in progress. Codes are mostly small: those below `DENSE` have a place in a plain vector.
struct Tally {
    counts: Counts,
    /// The columns that are counted by code.
    asked: [bool; COLUMNS],
    dense: [Vec<u64>; COLUMNS],
    bounds: Bounds,
}

const DENSE: u32 = 4_096;

impl Tally {
    fn add_codes(&mut self, column: usize, dictionary: &[u32], counts: &[u32]) {
        for (&code, &n) in dictionary.iter().zip(counts) {
            self.add_code(column, code, u64::from(n));
        }
    }

    fn add_code(&mut self, column: usize, code: u32, n: u64) {
        if n == 0 {
            return;
        }
        if code >= DENSE {
            *self.counts.by_column[column].entry(code).or_default() += n;
            return;
        }
        let dense = &mut self.dense[column];
        let at = code as usize;
        if at >= dense.len() {
            dense.resize(at + 1, 0);
        }
        dense[at] += n;
    }

    fn add_sums(&mut self, sums: &Sums, held: &mut Bounds) {
        self.counts.total += sums.count;
        self.counts.score += sums.score;
        *held = held.union(sums.bounds);
    }

    fn add_one(&mut self, codes: Codes, score: i32) {
        self.counts.total += 1;
        self.counts.score += i64::from(score);
        for (column, code) in codes.into_iter().enumerate() {
            if self.asked[column] {
                self.add_code(column, code, 1);
            }
        }
    }

    fn add_columns(&mut self, columns: &Columns, filter: &Filter, bounds: Option<&Bounds>) -> Bounds {
        let mut held = Bounds::EMPTY;
        let (mut mask, mut candidates, mut histogram) = (Vec::new(), Vec::new(), Histogram::default());
        let asked = self.asked;
        let question = Question::new(filter, asked);
        let mut found = Vec::new();
        for chunk in columns.chunks() {
            let geometry = &chunk.geometry;
            let inside = bounds.is_none_or(|bounds| bounds.covers(geometry.bounds));
            if inside && let Some(kept) = chunk.memo().get(&question) {
                if let Some(answer) = &*kept {
                    self.add_sums(&answer.sums, &mut held);
                    answer.codes().for_each(|(column, code, n)| self.add_code(column, code, u64::from(n)));
                }
                continue;
            }
            match plan(filter, bounds, chunk) {
                Verdict::Nothing => {}
                Verdict::Everything => {
                    self.counts.total += chunk.len() as u64;
                    self.counts.score += chunk.scores.sum;
                    held = held.union(geometry.bounds);
                    for (c, column) in chunk.categories.columns.iter().enumerate().filter(|(c, _)| asked[*c])
                    {
                        self.add_codes(c, &column.dictionary, &column.counts);
                    }
                }
                Verdict::Some(test) => {
                    test.mask(chunk, 0..chunk.len(), &mut mask);
                    let sums = sums::sums(&mask, chunk, 0..chunk.len());
                    found.clear();
                    self.add_sums(&sums, &mut held);
                    let columns = chunk.categories.columns.iter().enumerate();
                    for (c, column) in columns.filter(|(c, _)| sums.count > 0 && asked[*c]) {
                        column.candidates(filter.codes[c].as_ref(), &mut candidates);
                        let codes = column.dictionary.len();
                        histogram.count(&mask, sums.count, &column.local, &candidates, codes);
                        self.add_codes(c, &column.dictionary, &histogram.counts);
                        found.extend(column.counted(c, &histogram.counts));
                    }
                    if inside {
                        chunk.memo().keep(Answer::new(&question, sums, &found, &mask));
                    }
                }
            }
        }
        held
    }
}

pub(crate) fn count(
    snapshot: &Snapshot,
    filter: &Filter,
    within: Option<&[Bounds]>,
    asked: [bool; COLUMNS],
) -> Counts {
    let mut tally =
        Tally { counts: Counts::default(), asked, dense: Default::default(), bounds: Bounds::EMPTY };
    match within {
        Some(boxes) => {
            for bounds in boxes {
                let held = tally.add_columns(&snapshot.points, filter, Some(bounds));
                tally.bounds = tally.bounds.union(held);
            }
        }
        None => {
            tally.bounds = tally.add_columns(&snapshot.points, filter, None);
            tally.add_columns(&snapshot.unplaced, filter, None);
        }
    }
    for entry in snapshot.shapes.meeting_any(within) {
        if filter.accepts(entry.id, &entry.attributes) {
            tally.add_one(entry.attributes.codes, entry.attributes.score);
            tally.bounds = tally.bounds.union(entry.shape.bounds());
        }
    }
    let Tally { mut counts, dense, bounds, .. } = tally;
    counts.bounds = (!bounds.is_empty()).then_some(bounds);
    for (column, dense) in counts.by_column.iter_mut().zip(dense) {
        column.extend((0u32..).zip(dense).filter(|&(_, n)| n > 0));
    }
    counts
}
