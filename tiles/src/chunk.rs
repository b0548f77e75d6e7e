//! A chunk: some thousand points that follow each other on the Z-order curve, as columns.
//!
//! Columns come in three groups behind their own `Arc` — geometry, categories, scores — so that a change of score
//! copies four bytes a point and leaves the rest shared with the snapshots that readers hold. Category codes are
//! narrowed to one byte by a dictionary local to the chunk; a chunk that would need a 257th code is split by its owner
//! (`columns.rs`), so the number of codes in the whole index has no limit. Not here: filters (`plan.rs`) and sums
//! under a mask (`scan.rs`).
//!
//! A chunk remembers what it answered to the last filters (`memo.rs`). Its columns can only be reached for a change
//! through [`Chunk::change`], which forgets all of it.
//!
//! Invariants: rows are in ascending (Z-order key, id); all columns have the same length; the totals kept with each
//! group are exact, so that a chunk that passes a filter whole is answered without looking at its rows.

use std::sync::Arc;

use crate::filter::{Attributes, COLUMNS, CodeSet};
use crate::memo::Memo;
use crate::tile::{Bounds, Position};

/// One point with everything the index keeps of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    pub(crate) position: Position,
    pub(crate) id: u64,
    pub(crate) attributes: Attributes,
}

impl Row {
    /// What rows are ordered by.
    pub(crate) fn key(&self) -> (u64, u64) {
        (self.position.z_order(), self.id)
    }
}

/// A category column: one byte a row into a dictionary of the codes that occur.
#[derive(Debug, Clone, Default)]
pub(crate) struct Column {
    pub(crate) local: Vec<u8>,
    /// Global code of each local one. An entry whose count fell to 0 is reused by the next new code.
    pub(crate) dictionary: Vec<u32>,
    /// Rows of each local code.
    pub(crate) counts: Vec<u32>,
}

impl Column {
    /// The local code of a global one, added if there is room.
    fn intern(&mut self, code: u32) -> Option<u8> {
        let known = self.dictionary.iter().position(|&c| c == code);
        let at = match known.or_else(|| self.counts.iter().position(|&n| n == 0)) {
            Some(at) => {
                self.dictionary[at] = code;
                at
            }
            None if self.dictionary.len() < 256 => {
                self.dictionary.push(code);
                self.counts.push(0);
                self.dictionary.len() - 1
            }
            None => return None,
        };
        Some(at as u8)
    }

    fn insert(&mut self, at: usize, local: u8) {
        make_room(&mut self.local);
        self.local.insert(at, local);
        self.counts[usize::from(local)] += 1;
    }

    fn remove(&mut self, at: usize) {
        let local = self.local.remove(at);
        self.counts[usize::from(local)] -= 1;
    }

    /// The local codes that rows have and a set lets through, in ascending order, into `found`.
    pub(crate) fn candidates(&self, set: Option<&CodeSet>, found: &mut Vec<u8>) {
        found.clear();
        let codes = self.dictionary.iter().zip(&self.counts).zip(0u8..=255);
        let passing = codes.filter(|&((&code, &n), _)| n > 0 && set.is_none_or(|set| set.contains(code)));
        found.extend(passing.map(|(_, local)| local));
    }

    /// (`column`, code, rows) of counts by local code, where there are rows.
    pub(crate) fn counted(&self, column: usize, counts: &[u32]) -> impl Iterator<Item = (u8, u32, u32)> {
        let counted = self.dictionary.iter().zip(counts).filter(|&(_, &n)| n > 0);
        // There are eight columns.
        counted.map(move |(&code, &n)| (column as u8, code, n))
    }

    fn code(&self, at: usize) -> u32 {
        self.dictionary[usize::from(self.local[at])]
    }
}

/// Where the points are and who they are.
#[derive(Debug, Clone)]
pub(crate) struct Geometry {
    pub(crate) x: Vec<u32>,
    pub(crate) y: Vec<u32>,
    pub(crate) id: Vec<u64>,
    pub(crate) bounds: Bounds,
    pub(crate) sum_x: u64,
    pub(crate) sum_y: u64,
}

/// What changes rarely: categories and time.
#[derive(Debug, Clone)]
pub(crate) struct Categories {
    pub(crate) columns: [Column; COLUMNS],
    pub(crate) time: Vec<u32>,
    pub(crate) min_time: u32,
    pub(crate) max_time: u32,
}

/// What changes often.
#[derive(Debug, Clone)]
pub(crate) struct Scores {
    pub(crate) score: Vec<i32>,
    pub(crate) min: i32,
    pub(crate) max: i32,
    pub(crate) sum: i64,
}

/// A chunk's columns, in groups.
#[derive(Debug, Clone)]
pub(crate) struct Groups {
    pub(crate) geometry: Arc<Geometry>,
    pub(crate) categories: Arc<Categories>,
    pub(crate) scores: Arc<Scores>,
}

/// See the module's text.
#[derive(Debug, Clone)]
pub(crate) struct Chunk {
    groups: Groups,
    memo: Memo,
}

impl std::ops::Deref for Chunk {
    type Target = Groups;

    fn deref(&self) -> &Groups {
        &self.groups
    }
}

impl Chunk {
    /// A chunk of rows in ascending order; `None` when a column has more than 256 different codes.
    pub(crate) fn from_rows(rows: &[Row]) -> Option<Self> {
        Groups::from_rows(rows).map(|groups| Self { groups, memo: Memo::default() })
    }

    /// The columns, to change them: what was remembered of them is forgotten.
    pub(crate) fn change(&mut self) -> &mut Groups {
        self.memo = Memo::default();
        &mut self.groups
    }

    pub(crate) fn memo(&self) -> &Memo {
        &self.memo
    }

    /// Bytes held, capacities included.
    pub(crate) fn memory_bytes(&self) -> usize {
        size_of::<Memo>() + self.memo.memory_bytes() + self.groups.memory_bytes()
    }
}

impl Groups {
    fn from_rows(rows: &[Row]) -> Option<Self> {
        let mut columns: [Column; COLUMNS] = Default::default();
        for (c, column) in columns.iter_mut().enumerate() {
            column.local.reserve_exact(rows.len());
            let mut last = None;
            for row in rows {
                let code = row.attributes.codes[c];
                let local = match last {
                    Some((known, local)) if known == code => local,
                    _ => column.intern(code)?,
                };
                last = Some((code, local));
                column.local.push(local);
                column.counts[usize::from(local)] += 1;
            }
            column.dictionary.shrink_to_fit();
            column.counts.shrink_to_fit();
        }
        let mut geometry = Geometry {
            x: rows.iter().map(|row| row.position.x).collect(),
            y: rows.iter().map(|row| row.position.y).collect(),
            id: rows.iter().map(|row| row.id).collect(),
            bounds: Bounds::EMPTY,
            sum_x: 0,
            sum_y: 0,
        };
        geometry.total();
        let mut categories = Categories {
            columns,
            time: rows.iter().map(|row| row.attributes.time).collect(),
            min_time: 0,
            max_time: 0,
        };
        categories.total();
        let mut scores =
            Scores { score: rows.iter().map(|row| row.attributes.score).collect(), min: 0, max: 0, sum: 0 };
        scores.total();
        Some(Self {
            geometry: Arc::new(geometry),
            categories: Arc::new(categories),
            scores: Arc::new(scores),
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.geometry.id.len()
    }

    pub(crate) fn position(&self, at: usize) -> Position {
        Position { x: self.geometry.x[at], y: self.geometry.y[at] }
    }

    pub(crate) fn attributes(&self, at: usize) -> Attributes {
        Attributes {
            codes: std::array::from_fn(|c| self.categories.columns[c].code(at)),
            score: self.scores.score[at],
            time: self.categories.time[at],
        }
    }

    pub(crate) fn row(&self, at: usize) -> Row {
        Row { position: self.position(at), id: self.geometry.id[at], attributes: self.attributes(at) }
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        (0..self.len()).map(|at| self.row(at))
    }

    /// First row of `from..to` whose Z-order key is not below `key`.
    pub(crate) fn lower_bound(&self, key: u64, from: usize, to: usize) -> usize {
        let (mut low, mut high) = (from, to);
        while low < high {
            let middle = low.midpoint(high);
            if self.position(middle).z_order() < key { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Where the row is, or where it would be inserted.
    pub(crate) fn find(&self, key: (u64, u64)) -> Result<usize, usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            let here = (self.position(middle).z_order(), self.geometry.id[middle]);
            match here.cmp(&key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Ok(middle),
            }
        }
        Err(low)
    }

    /// Inserts a row; `None`, with nothing changed, when a dictionary is full.
    pub(crate) fn insert(&mut self, at: usize, row: &Row) -> Option<()> {
        let categories = Arc::make_mut(&mut self.categories);
        let locals = intern_all(categories, row.attributes.codes)?;
        for (column, local) in categories.columns.iter_mut().zip(locals) {
            column.insert(at, local);
        }
        let time = row.attributes.time;
        make_room(&mut categories.time);
        categories.time.insert(at, time);
        categories.min_time = categories.min_time.min(time);
        categories.max_time = categories.max_time.max(time);

        let scores = Arc::make_mut(&mut self.scores);
        make_room(&mut scores.score);
        scores.score.insert(at, row.attributes.score);
        scores.total();

        let geometry = Arc::make_mut(&mut self.geometry);
        make_room(&mut geometry.x);
        make_room(&mut geometry.y);
        make_room(&mut geometry.id);
        geometry.x.insert(at, row.position.x);
        geometry.y.insert(at, row.position.y);
        geometry.id.insert(at, row.id);
        geometry.total();
        Some(())
    }

    /// Removes a row.
    pub(crate) fn remove(&mut self, at: usize) {
        let categories = Arc::make_mut(&mut self.categories);
        categories.columns.iter_mut().for_each(|column| column.remove(at));
        categories.time.remove(at);
        categories.total();
        let scores = Arc::make_mut(&mut self.scores);
        scores.score.remove(at);
        scores.total();
        let geometry = Arc::make_mut(&mut self.geometry);
        geometry.x.remove(at);
        geometry.y.remove(at);
        geometry.id.remove(at);
        geometry.total();
    }

    /// Gives a row other attributes, copying only the groups that differ; `None`, with nothing changed, when a
    /// dictionary is full.
    pub(crate) fn set(&mut self, at: usize, new: &Attributes) -> Option<()> {
        let old = self.attributes(at);
        if old.codes != new.codes || old.time != new.time {
            let categories = Arc::make_mut(&mut self.categories);
            let locals = intern_all(categories, new.codes)?;
            for (column, local) in categories.columns.iter_mut().zip(locals) {
                let before = std::mem::replace(&mut column.local[at], local);
                column.counts[usize::from(before)] -= 1;
                column.counts[usize::from(local)] += 1;
            }
            categories.time[at] = new.time;
            categories.total();
        }
        if old.score != new.score {
            let scores = Arc::make_mut(&mut self.scores);
            scores.score[at] = new.score;
            scores.total();
        }
        Some(())
    }

    fn memory_bytes(&self) -> usize {
        let columns: usize = self
            .categories
            .columns
            .iter()
            .map(|c| c.local.capacity() + 4 * (c.dictionary.capacity() + c.counts.capacity()))
            .sum();
        // Each Arc adds two counters.
        size_of::<Self>()
            + size_of::<Geometry>()
            + size_of::<Categories>()
            + size_of::<Scores>()
            + 4 * 16
            + 4 * (self.geometry.x.capacity() + self.geometry.y.capacity())
            + 8 * self.geometry.id.capacity()
            + 4 * (self.categories.time.capacity() + self.scores.score.capacity())
            + columns
    }
}

/// Local codes in all columns, or `None` before any was changed that a row uses.
///
/// A dictionary entry added for a row that then fits nowhere has no rows: it is reused.
fn intern_all(categories: &mut Categories, codes: [u32; COLUMNS]) -> Option<[u8; COLUMNS]> {
    let mut locals = [0; COLUMNS];
    for ((column, code), local) in categories.columns.iter_mut().zip(codes).zip(&mut locals) {
        *local = column.intern(code)?;
    }
    Some(locals)
}

/// Room for one more, 64 at a time: doubling would leave half of each touched chunk empty.
fn make_room<T>(column: &mut Vec<T>) {
    if column.len() == column.capacity() {
        column.reserve_exact(64);
    }
}

impl Geometry {
    fn total(&mut self) {
        let min = |values: &[u32]| values.iter().copied().min().unwrap_or(u32::MAX);
        let max = |values: &[u32]| values.iter().copied().max().unwrap_or(0);
        self.bounds =
            Bounds { min_x: min(&self.x), min_y: min(&self.y), max_x: max(&self.x), max_y: max(&self.y) };
        self.sum_x = self.x.iter().copied().map(u64::from).sum();
        self.sum_y = self.y.iter().copied().map(u64::from).sum();
    }
}

impl Categories {
    fn total(&mut self) {
        self.min_time = self.time.iter().copied().min().unwrap_or(u32::MAX);
        self.max_time = self.time.iter().copied().max().unwrap_or(0);
    }
}

impl Scores {
    fn total(&mut self) {
        self.min = self.score.iter().copied().min().unwrap_or(i32::MAX);
        self.max = self.score.iter().copied().max().unwrap_or(i32::MIN);
        self.sum = self.score.iter().copied().map(i64::from).sum();
    }
}
