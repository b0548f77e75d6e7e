//! A filter seen from one chunk: nothing passes, everything passes, or a test to run over the rows.
//!
//! Not here: the loops (`scan.rs`). Invariant: [`plan`] and [`Test::mask`] agree with [`Filter::accepts`] row for row;
//! what the totals of the chunk already decide is not tested again.

use std::ops::Range;
use std::sync::Arc;

use crate::chunk::Chunk;
use crate::filter::{COLUMNS, CodeSet, Filter, IdSet};
use crate::narrow::lift;
use crate::scan::{self, IN};
use crate::tile::Bounds;

/// What a filter means for a chunk.
pub(crate) enum Verdict {
    /// No row passes.
    Nothing,
    /// Every row passes.
    Everything,
    /// Some may: run the test.
    Some(Test),
}

/// Which local codes of a column pass.
enum CodeTest {
    /// One of at most eight, repeated to fill the list.
    OneOf([u8; 8]),
    /// None of at most eight.
    NoneOf([u8; 8]),
    /// [`IN`] where the code passes.
    Table(Box<[u8; 256]>),
}

/// The conditions that the chunk's totals leave open: an end of a range that no row is beyond is the furthest there is.
#[derive(Default)]
pub(crate) struct Test {
    codes: [Option<CodeTest>; COLUMNS],
    score: Option<(i32, i32)>,
    time: Option<(u32, u32)>,
    bounds: Option<Bounds>,
    ids: Option<Arc<IdSet>>,
}

/// What `filter`, and `bounds` if given, mean for `chunk`.
pub(crate) fn plan(filter: &Filter, bounds: Option<&Bounds>, chunk: &Chunk) -> Verdict {
    let mut test = Test::default();
    let mut open = false;

    let (low, high) = (*filter.score.start(), *filter.score.end());
    let scores = &chunk.scores;
    if low > high || low > scores.max || high < scores.min {
        return Verdict::Nothing;
    }
    if low > scores.min || high < scores.max {
        test.score = Some((
            if low > scores.min { low } else { i32::MIN },
            if high < scores.max { high } else { i32::MAX },
        ));
        open = true;
    }

    let (low, high) = (*filter.time.start(), *filter.time.end());
    let categories = &chunk.categories;
    if low > high || low > categories.max_time || high < categories.min_time {
        return Verdict::Nothing;
    }
    if low > categories.min_time || high < categories.max_time {
        test.time = Some((
            if low > categories.min_time { low } else { 0 },
            if high < categories.max_time { high } else { u32::MAX },
        ));
        open = true;
    }

    if let Some(bounds) = bounds {
        let held = chunk.geometry.bounds;
        if !bounds.intersects(held) {
            return Verdict::Nothing;
        }
        if !bounds.covers(held) {
            test.bounds = Some(*bounds);
            open = true;
        }
    }

    if let Some(ids) = &filter.ids {
        if ids.is_empty() {
            return Verdict::Nothing;
        }
        test.ids = Some(Arc::clone(ids));
        open = true;
    }

    for (c, set) in filter.codes.iter().enumerate() {
        let Some(set) = set else { continue };
        let column = &categories.columns[c];
        match code_test(set, &column.dictionary, &column.counts) {
            None => return Verdict::Nothing,
            Some(None) => {}
            Some(code_test) => {
                test.codes[c] = code_test;
                open = true;
            }
        }
    }
    if open { Verdict::Some(test) } else { Verdict::Everything }
}

/// `None`: no row passes. `Some(None)`: all rows do.
fn code_test(set: &CodeSet, dictionary: &[u32], counts: &[u32]) -> Option<Option<CodeTest>> {
    let mut table = [0u8; 256];
    let (mut passing, mut failing) = ([0u8; 8], [0u8; 8]);
    let (mut passed, mut failed) = (0, 0);
    for ((&code, &count), local) in dictionary.iter().zip(counts).zip(0u8..=255) {
        if count == 0 {
            continue;
        }
        let (list, n) = if set.contains(code) {
            table[usize::from(local)] = IN;
            (&mut passing, &mut passed)
        } else {
            (&mut failing, &mut failed)
        };
        if *n == 0 {
            // The first fills the whole list: unused places then repeat it and change nothing.
            list.fill(local);
        } else if *n < 8 {
            list[*n] = local;
        }
        *n += 1;
    }
    match (passed, failed) {
        (0, _) => None,
        (_, 0) => Some(None),
        (1..=8, _) => Some(Some(CodeTest::OneOf(passing))),
        (_, 1..=8) => Some(Some(CodeTest::NoneOf(failing))),
        _ => Some(Some(CodeTest::Table(Box::new(table)))),
    }
}

impl Test {
    /// Writes [`IN`] for each row of `rows` that passes and 0 for the others; `mask` gets the length of `rows`.
    pub(crate) fn mask(&self, chunk: &Chunk, rows: Range<usize>, mask: &mut Vec<u8>) {
        mask.clear();
        mask.resize(rows.len(), IN);
        scan::vectorised(
            #[inline(always)]
            || {
                for (test, column) in self.codes.iter().zip(&chunk.categories.columns) {
                    let Some(test) = test else { continue };
                    let local = &column.local[rows.clone()];
                    match test {
                        CodeTest::OneOf(list) => scan::keep_one_of(mask, local, *list),
                        CodeTest::NoneOf(list) => scan::keep_none_of(mask, local, *list),
                        CodeTest::Table(table) => scan::keep_table(mask, local, table),
                    }
                }
                if let Some((low, high)) = self.time {
                    chunk.categories.time.keep(mask, &rows, low, high);
                }
                if let Some((low, high)) = self.score {
                    chunk.scores.score.keep(mask, &rows, lift(low), lift(high));
                }
                if let Some(bounds) = self.bounds {
                    scan::keep_u32(mask, &chunk.geometry.x[rows.clone()], bounds.min_x, bounds.max_x);
                    scan::keep_u32(mask, &chunk.geometry.y[rows.clone()], bounds.min_y, bounds.max_y);
                }
            },
        );
        if let Some(ids) = &self.ids {
            // Last, and only for what the columns let through: the one test that is not a run over a column.
            for (keep, id) in mask.iter_mut().zip(&chunk.geometry.id[rows]).filter(|(keep, _)| **keep == IN) {
                *keep = if ids.contains(*id) { IN } else { 0 };
            }
        }
    }
}
