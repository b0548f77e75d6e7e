//! The points of a tile: found, filtered, grouped by the cells of a grid, and shown one by one where there is room.
//!
//! A cell is a contiguous range of the Z-order curve, so the rows of a tile are cut into runs, each within one chunk
//! and one cell; a chunk that lies in one cell is added by its totals when it passes the filter whole, and by what it
//! remembers (`memo.rs`) when the filter was there before. Not here: lines and polygons (`shapes.rs`), nor when things
//! stand too close (`apart.rs`). Invariant: every row that passes is counted in exactly one cell.

mod walk;

use std::ops::Range;
use std::sync::Arc;

use crate::ahead;
use crate::apart::{Apart, FEW, Mark};
use crate::breakdown::Breakdown;
use crate::chunk::Chunk;
use crate::columns::Columns;
use crate::content::{Cluster, PointFeature, TileOptions};
use crate::filter::{COLUMNS, Filter};
use crate::memo::{Answer, Question};
use crate::plan::{Verdict, plan};
use crate::scan::{Histogram, IN};
use crate::sums::{self, Sums};
use crate::tile::{Bounds, Position, TileCoord};

/// The points and clusters of a tile.
pub(crate) fn cluster(
    columns: &Columns,
    tile: TileCoord,
    filter: &Filter,
    options: &TileOptions,
) -> (Vec<PointFeature>, Vec<Cluster>) {
    Grid::filled(columns, tile, filter, options).finish()
}

/// Sums of one cell and, for when it turns out to hold few rows, where these are.
#[derive(Clone, Copy)]
pub(crate) struct Cell {
    pub(crate) sums: Sums,
    /// (chunk, row); as many as `sums` counts, up to [`FEW`].
    few: [(u32, u32); FEW],
}

/// What a cell shows.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Points,
    Cluster,
}

pub(crate) struct Grid<'a> {
    columns: &'a Columns,
    filter: &'a Filter,
    /// Whether the filter lets everything through: the totals of a chunk then know.
    everything: bool,
    options: &'a TileOptions,
    /// Bits of a Z-order key below those that tell cells apart.
    shift: u32,
    pub(crate) cells: Vec<Cell>,
    pub(crate) apart: Apart,
    /// Whether four cells that crowd each other become one.
    joins: bool,
    /// Columns that are counted.
    counted: [bool; COLUMNS],
    breakdown: Breakdown,
    listed: Vec<Vec<u64>>,
    mask: Vec<u8>,
    candidates: [Vec<u8>; COLUMNS],
    histogram: Histogram,
    /// (column, code, rows) of the last run.
    found: Vec<(u8, u32, u32)>,
    /// What is asked of chunks that lie in one cell; made when the first is met.
    question: Option<Arc<Question>>,
}

impl<'a> Grid<'a> {
    fn new(columns: &'a Columns, tile: TileCoord, filter: &'a Filter, options: &'a TileOptions) -> Self {
        let bits = options.grid_bits(tile.z);
        let squares = options.has_squares(tile.z);
        let cells = 1usize << (2 * bits);
        let listing = tile.z >= options.deepest_zoom && options.listed_ids > 0;
        Self {
            columns,
            filter,
            everything: filter.is_everything(),
            options,
            shift: 64 - 2 * (u32::from(tile.z) + bits),
            cells: vec![Cell { sums: Sums::EMPTY, few: [(0, 0); FEW] }; cells],
            apart: Apart::new(options.apart_at(tile.z), tile.z),
            joins: bits > 0 && !options.is_deep(tile.z),
            counted: if squares { [false; COLUMNS] } else { options.breakdown },
            breakdown: Breakdown::over(if squares { 0 } else { cells }),
            listed: if listing { vec![Vec::new(); cells] } else { Vec::new() },
            mask: Vec::new(),
            candidates: Default::default(),
            histogram: Histogram::default(),
            found: Vec::new(),
            question: None,
        }
    }

    /// The cell of a key; the bits above are those of the tile.
    fn cell(&self, key: u64) -> usize {
        (key.checked_shr(self.shift).unwrap_or(0) as usize) & (self.cells.len() - 1)
    }

    /// The cell that a chunk lies in, where it lies in one. A cell is a square: what has both corners in it lies there whole.
    fn cell_of(&self, chunk: &Chunk) -> Option<usize> {
        let Bounds { min_x, min_y, max_x, max_y } = chunk.geometry.bounds;
        let first = self.cell(Position { x: min_x, y: min_y }.z_order());
        (first == self.cell(Position { x: max_x, y: max_y }.z_order())).then_some(first)
    }

    fn question(&mut self) -> &Arc<Question> {
        let (filter, counted) = (self.filter, self.counted);
        self.question.get_or_insert_with(|| Question::new(filter, counted))
    }

    fn add_chunk(&mut self, at: usize, rows: Range<usize>) {
        let (columns, filter) = (self.columns, self.filter);
        let chunk = &*columns.chunks()[at];
        let cell = self.cell_of(chunk).filter(|_| rows.len() == chunk.len());
        let (in_one_cell, first_cell) = (cell.is_some(), cell.unwrap_or_default());
        if in_one_cell && self.add_remembered(first_cell, at, chunk) {
            return;
        }
        let verdict = if self.everything { Verdict::Everything } else { plan(filter, None, chunk) };
        let whole = match verdict {
            Verdict::Nothing => return,
            Verdict::Everything => {
                self.mask.clear();
                true
            }
            Verdict::Some(test) => {
                if in_one_cell {
                    self.fetch(chunk);
                }
                test.mask(chunk, rows.clone(), &mut self.mask);
                false
            }
        };
        if whole && in_one_cell {
            self.add_whole(first_cell, at, chunk);
            return;
        }
        if whole {
            self.mask.resize(rows.len(), IN);
        }
        for c in self.counted_columns() {
            chunk.categories.columns[c].candidates(filter.codes[c].as_ref(), &mut self.candidates[c]);
        }
        let mask = std::mem::take(&mut self.mask);
        let last_cell = self.cell(chunk.position(rows.end - 1).z_order());
        let mut from = rows.start;
        while from < rows.end {
            let key = chunk.position(from).z_order();
            let cell = self.cell(key);
            let to = if cell == last_cell {
                rows.end
            } else {
                // The first key of the next cell; there is one, as this is not the last.
                let next = (key.checked_shr(self.shift).unwrap_or(0) + 1) << self.shift;
                gallop(chunk, next, from, rows.end)
            };
            let sums = self.add_run(cell, at, chunk, from..to, &mask[from - rows.start..to - rows.start]);
            if in_one_cell && let Some(question) = &self.question {
                chunk.memo().keep(Answer::new(question, sums, &self.found, &mask));
            }
            from = to;
        }
        self.mask = mask;
    }

    /// Asks for the columns that the rows are summed by, so that they arrive while the filter is tested.
    fn fetch(&self, chunk: &Chunk) {
        ahead::fetch(&chunk.geometry.x);
        ahead::fetch(&chunk.geometry.y);
        chunk.scores.score.fetch();
        for c in self.counted_columns() {
            ahead::fetch(&chunk.categories.columns[c].local);
        }
    }

    /// Adds what a chunk in one cell answered before, if it still knows and if that is enough here.
    fn add_remembered(&mut self, cell: usize, at: usize, chunk: &Chunk) -> bool {
        if self.everything {
            return false;
        }
        let question = self.question();
        let Some(kept) = chunk.memo().get(question) else { return false };
        let Some(answer) = &*kept else { return false };
        let sums = &answer.sums;
        let asks_for_rows = self.cells[cell].sums.count + sums.count <= FEW as u64 || !self.listed.is_empty();
        if answer.rows().is_none() && asks_for_rows {
            return false;
        }
        for (column, code, n) in answer.codes() {
            self.breakdown.add(cell, column, code, n);
        }
        let rows = answer.rows().unwrap_or_default();
        self.add_sums(cell, at, sums, chunk, || rows.iter().map(|&row| row as usize));
        true
    }

    /// A chunk of which every row counts, in one cell: its totals are known.
    fn add_whole(&mut self, cell: usize, at: usize, chunk: &Chunk) {
        let geometry = &chunk.geometry;
        let sums = Sums {
            count: chunk.len() as u64,
            score: chunk.scores.sum,
            x: geometry.sum_x,
            y: geometry.sum_y,
            bounds: geometry.bounds,
        };
        for c in self.counted_columns() {
            let column = &chunk.categories.columns[c];
            for (_, code, n) in column.counted(c, &column.counts) {
                self.breakdown.add(cell, c, code, n);
            }
        }
        self.add_sums(cell, at, &sums, chunk, || 0..chunk.len());
    }

    /// Adds a run of rows under their mask and answers its sums; `found` then holds its codes.
    fn add_run(&mut self, cell: usize, at: usize, chunk: &Chunk, rows: Range<usize>, mask: &[u8]) -> Sums {
        let sums = sums::sums(mask, chunk, rows.clone());
        self.found.clear();
        if sums.count == 0 {
            return sums;
        }
        for c in self.counted_columns() {
            let column = &chunk.categories.columns[c];
            let local = &column.local[rows.clone()];
            self.histogram.count(mask, sums.count, local, &self.candidates[c], column.dictionary.len());
            self.found.extend(column.counted(c, &self.histogram.counts));
        }
        for &(column, code, n) in &self.found {
            self.breakdown.add(cell, usize::from(column), code, n);
        }
        let hits = || (rows.clone()).zip(mask).filter(|&(_, &m)| m == IN).map(|(row, _)| row);
        self.add_sums(cell, at, &sums, chunk, hits);
        sums
    }

    /// Adds the sums of rows of a chunk; `rows` are asked for only while points may be shown one by one.
    fn add_sums<R: Iterator<Item = usize>>(
        &mut self,
        cell: usize,
        at: usize,
        sums: &Sums,
        chunk: &Chunk,
        rows: impl Fn() -> R,
    ) {
        let Cell { sums: all, few } = &mut self.cells[cell];
        let known = all.count as usize;
        all.add(sums);
        if all.count <= FEW as u64 {
            for (slot, row) in few[known..].iter_mut().zip(rows()) {
                // A chunk is some thousand rows, and there are fewer chunks than points.
                *slot = (at as u32, row as u32);
            }
        }
        if let Some(listed) = self.listed.get_mut(cell) {
            let room = self.options.listed_ids.saturating_sub(listed.len());
            listed.extend(rows().take(room).map(|row| chunk.geometry.id[row]));
        }
    }

    pub(crate) fn point(&self, (chunk, row): (u32, u32)) -> PointFeature {
        let row = self.columns.chunks()[chunk as usize].row(row as usize);
        PointFeature { id: row.id, position: row.position, attributes: row.attributes }
    }

    /// The rows of a cell that may be shown one by one.
    pub(crate) fn few(&self, cell: usize) -> &[(u32, u32)] {
        let Cell { sums, few } = &self.cells[cell];
        if sums.count <= FEW as u64 { &few[..sums.count as usize] } else { &[] }
    }

    /// The discs of a cell whose rows may be shown one by one.
    pub(crate) fn marks(&self, cell: usize) -> impl Iterator<Item = Mark> + '_ {
        self.few(cell).iter().map(|&(chunk, row)| {
            let at = self.columns.chunks()[chunk as usize].position(row as usize);
            Mark { at, is_cluster: false }
        })
    }

    /// What a cell shows by itself; its marks are added to `marks`.
    fn shown(&self, cell: usize, marks: &mut Vec<Mark>) -> Shown {
        let from = marks.len();
        marks.extend(self.marks(cell));
        let sums = &self.cells[cell].sums;
        if sums.count <= FEW as u64 && !self.apart.any_overlap(&marks[from..]) {
            return Shown::Points;
        }
        marks.truncate(from);
        marks.push(Mark { at: mean(sums), is_cluster: true });
        Shown::Cluster
    }

    fn finish(mut self) -> (Vec<PointFeature>, Vec<Cluster>) {
        let (mut points, mut clusters) = (Vec::new(), Vec::new());
        self.breakdown.order();
        // Four cells that follow each other on the curve are a block of two by two.
        let block = if self.joins { 4 } else { 1 };
        let mut marks = Vec::new();
        for first in (0..self.cells.len()).step_by(block) {
            let cells = first..first + block;
            if cells.clone().all(|cell| self.cells[cell].sums.count == 0) {
                continue;
            }
            marks.clear();
            let shown: [Shown; 4] = std::array::from_fn(|i| {
                if i < block { self.shown(first + i, &mut marks) } else { Shown::Points }
            });
            if block > 1 && self.apart.any_overlap(&marks) {
                clusters.push(self.cluster(cells));
                continue;
            }
            for (cell, shown) in cells.zip(shown) {
                match shown {
                    Shown::Points => points.extend(self.few(cell).iter().map(|&at| self.point(at))),
                    Shown::Cluster => clusters.push(self.cluster(cell..cell + 1)),
                }
            }
        }
        (points, clusters)
    }

    /// Keeps a cluster a fifth of its block away from the block's edges: no block knows what its neighbours show, and two
    /// clusters on either side of an edge would else lie on each other. Where clusters are never joined they stay put.
    fn inset(&self, at: Position) -> Position {
        if !self.joins {
            return at;
        }
        let side = 1u64 << (self.shift / 2 + 1);
        let within = |v: u32| {
            let low = u64::from(v) & !(side - 1);
            u64::from(v).clamp(low + side / 5, low + side - side / 5) as u32
        };
        Position { x: within(at.x), y: within(at.y) }
    }

    /// The cluster of all that lies in these cells.
    fn cluster(&mut self, cells: Range<usize>) -> Cluster {
        let mut sums = Sums::EMPTY;
        self.cells[cells.clone()].iter().for_each(|cell| sums.add(&cell.sums));
        let mut ids = Vec::new();
        if !self.listed.is_empty() {
            self.listed[cells.clone()].iter_mut().for_each(|listed| ids.append(listed));
            ids.truncate(self.options.listed_ids);
        }
        Cluster {
            position: self.inset(mean(&sums)),
            count: sums.count,
            score: sums.score,
            bounds: sums.bounds,
            breakdown: self.breakdown.of(cells),
            ids,
        }
    }
}

/// The mean position of at least one row.
fn mean(sums: &Sums) -> Position {
    Position { x: (sums.x / sums.count) as u32, y: (sums.y / sums.count) as u32 }
}

/// The first row of `from..to` at or after `key`, found by doubling steps: most runs are short.
fn gallop(chunk: &Chunk, key: u64, from: usize, to: usize) -> usize {
    let (mut low, mut step) = (from, 8);
    while low + step < to && chunk.position(low + step).z_order() < key {
        low += step;
        step *= 2;
    }
    chunk.lower_bound(key, low, to.min(low + step))
}

impl Grid<'_> {
    fn counted_columns(&self) -> impl Iterator<Item = usize> + use<> {
        let counted = self.counted;
        (0..COLUMNS).filter(move |&c| counted[c])
    }
}
