//! A chunk: some thousand points that follow each other on the Z-order curve, as columns.
//!
//! Columns come in three groups behind their own `Arc` — geometry, categories, scores — so that a change of score
//! copies a byte or two a point and leaves the rest shared with the snapshots that readers hold. Category codes are
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

use crate::codes::Column;
use crate::filter::{Attributes, COLUMNS};
use crate::memo::Memo;
use crate::narrow::{Narrow, lift, lowered, make_room};
use crate::scan;
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

/// What changes rarely: categories and time. What every filter asks of every chunk comes first, beside the counters of
/// the `Arc`: a chunk that is decided by it then costs one line of the cache.
#[derive(Debug, Clone)]
#[repr(C)]
pub(crate) struct Categories {
    pub(crate) min_time: u32,
    pub(crate) max_time: u32,
    pub(crate) columns: [Column; COLUMNS],
    pub(crate) time: Narrow,
}

/// What changes often, in an order for the same reason.
#[derive(Debug, Clone)]
#[repr(C)]
pub(crate) struct Scores {
    pub(crate) sum: i64,
    pub(crate) min: i32,
    pub(crate) max: i32,
    /// Lifted: see `narrow.rs`.
    pub(crate) score: Narrow,
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
        let column = |number: fn(&Row) -> u32| {
            let numbers: Vec<u32> = rows.iter().map(number).collect();
            let sum = numbers.iter().copied().map(u64::from).sum::<u64>();
            (numbers, sum)
        };
        let ((x, sum_x), (y, sum_y)) = (column(|row| row.position.x), column(|row| row.position.y));
        let id = rows.iter().map(|row| row.id).collect();
        let mut geometry = Geometry { x, y, id, bounds: Bounds::EMPTY, sum_x, sum_y };
        geometry.measure();
        let (time, _) = column(|row| row.attributes.time);
        let mut categories = Categories { columns, time: Narrow::of(&time), min_time: 0, max_time: 0 };
        categories.measure();
        let (score, lifted) = column(|row| lift(row.attributes.score));
        let sum = lifted as i64 - ((rows.len() as u64) << 31) as i64;
        let mut scores = Scores { score: Narrow::of(&score), min: 0, max: 0, sum };
        scores.measure();
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
            score: self.score(at),
            time: self.categories.time.get(at),
        }
    }

    pub(crate) fn score(&self, at: usize) -> i32 {
        lowered(self.scores.score.get(at))
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
        categories.time.insert(at, time);
        categories.min_time = categories.min_time.min(time);
        categories.max_time = categories.max_time.max(time);

        let scores = Arc::make_mut(&mut self.scores);
        scores.score.insert(at, lift(row.attributes.score));
        scores.add(row.attributes.score);

        let geometry = Arc::make_mut(&mut self.geometry);
        make_room(&mut geometry.x);
        make_room(&mut geometry.y);
        make_room(&mut geometry.id);
        geometry.x.insert(at, row.position.x);
        geometry.y.insert(at, row.position.y);
        geometry.id.insert(at, row.id);
        geometry.bounds = geometry.bounds.union(row.position.into());
        geometry.sum_x += u64::from(row.position.x);
        geometry.sum_y += u64::from(row.position.y);
        Some(())
    }

    /// Removes a row.
    pub(crate) fn remove(&mut self, at: usize) {
        let Row { position, attributes, .. } = self.row(at);
        let categories = Arc::make_mut(&mut self.categories);
        categories.columns.iter_mut().for_each(|column| column.remove(at));
        categories.time.remove(at);
        categories.without(attributes.time);
        let scores = Arc::make_mut(&mut self.scores);
        scores.score.remove(at);
        scores.without(attributes.score);
        let geometry = Arc::make_mut(&mut self.geometry);
        geometry.x.remove(at);
        geometry.y.remove(at);
        geometry.id.remove(at);
        geometry.without(position);
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
            categories.time.set(at, new.time);
            categories.min_time = categories.min_time.min(new.time);
            categories.max_time = categories.max_time.max(new.time);
            categories.without(old.time);
        }
        if old.score != new.score {
            let scores = Arc::make_mut(&mut self.scores);
            scores.score.set(at, lift(new.score));
            scores.add(new.score);
            scores.without(old.score);
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
            + self.categories.time.memory_bytes()
            + self.scores.score.memory_bytes()
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

// What was added may be a new end; what was taken was one only if it lay there, and then the ends are measured again.
impl Geometry {
    fn without(&mut self, position: Position) {
        self.sum_x -= u64::from(position.x);
        self.sum_y -= u64::from(position.y);
        let Bounds { min_x, min_y, max_x, max_y } = self.bounds;
        if [min_x, max_x].contains(&position.x) || [min_y, max_y].contains(&position.y) {
            self.measure();
        }
    }

    fn measure(&mut self) {
        let ends = |column: &[u32]| scan::ends(column).unwrap_or((u32::MAX, 0));
        let ((min_x, max_x), (min_y, max_y)) = (ends(&self.x), ends(&self.y));
        self.bounds = Bounds { min_x, min_y, max_x, max_y };
    }
}

impl Categories {
    fn without(&mut self, time: u32) {
        if [self.min_time, self.max_time].contains(&time) {
            self.measure();
        }
    }

    fn measure(&mut self) {
        (self.min_time, self.max_time) = self.time.ends().unwrap_or((u32::MAX, 0));
    }
}

impl Scores {
    fn add(&mut self, score: i32) {
        self.sum += i64::from(score);
        self.min = self.min.min(score);
        self.max = self.max.max(score);
    }

    fn without(&mut self, score: i32) {
        self.sum -= i64::from(score);
        if [self.min, self.max].contains(&score) {
            self.measure();
        }
    }

    fn measure(&mut self) {
        let (min, max) = self.score.ends().unwrap_or((u32::MAX, 0));
        (self.min, self.max) = (lowered(min), lowered(max));
    }
}
