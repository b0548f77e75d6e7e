//! The chunks of a tile, walked by one core, or from either end by two where many were never asked what is asked now.
//!
//! The second core only makes chunks remember (`memo.rs`); what is counted is counted by the first, which meets its answers half-way. Not here: what a chunk
//! adds (`cluster.rs`). Invariant: with a second core or without, a tile is the same.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use super::Grid;
use crate::columns::Columns;
use crate::content::TileOptions;
use crate::filter::Filter;
use crate::tile::TileCoord;

impl<'a> Grid<'a> {
    /// The cells of a tile, with all that passes.
    pub(crate) fn filled(
        columns: &'a Columns,
        tile: TileCoord,
        filter: &'a Filter,
        options: &'a TileOptions,
    ) -> Self {
        let (first, last) = tile.keys();
        let mut grid = Grid::new(columns, tile, filter, options);
        let range = columns.range(first, last);
        let reached = AtomicUsize::new(range.start);
        // Others who ask meanwhile walk alone: they have their own core, or there is none left.
        let turn = if grid.asks_many_anew(&range) { TURN.try_lock().ok() } else { None };
        if turn.is_none() {
            grid.add(range, (first, last), &reached);
            return grid;
        }
        std::thread::scope(|threads| {
            let mut other = Grid::new(columns, tile, filter, options);
            let (all, reached) = (range.clone(), &reached);
            // Where there is no thread to be had, this one walks alone.
            let _ = std::thread::Builder::new()
                .spawn_scoped(threads, move || other.remember_from_the_end(all, reached));
            grid.add(range, (first, last), reached);
        });
        grid
    }

    /// Adds the rows of chunks that lie in the tile of these keys, the first and the last; `reached` says how far this is.
    fn add(&mut self, range: Range<usize>, (first, last): (u64, u64), reached: &AtomicUsize) {
        let columns = self.columns;
        let end = range.end;
        for at in range {
            reached.store(at, Ordering::Relaxed);
            let chunk = &columns.chunks()[at];
            let from =
                if columns.begins_before(at, first) { chunk.lower_bound(first, 0, chunk.len()) } else { 0 };
            let to = match last.checked_add(1) {
                Some(end) if columns.ends_after(at, last) => chunk.lower_bound(end, from, chunk.len()),
                _ => chunk.len(),
            };
            if from < to {
                self.add_chunk(at, from..to);
            }
        }
        reached.store(end, Ordering::Relaxed);
    }

    /// Whether so many chunks are asked something for the first time that a second core is worth its thread.
    fn asks_many_anew(&mut self, range: &Range<usize>) -> bool {
        if range.len() < MANY || self.everything || *CORES < 2 {
            return false;
        }
        let question = Arc::clone(self.question());
        // One that lies in the middle knows whether they were asked before, or is one of those that need not be.
        let chunk = &self.columns.chunks()[range.start + range.len() / 2];
        chunk.memo().get(&question).is_none()
    }

    /// Asks chunks from the last one on, until the one that `reached` names is met: they remember what they answered, and whoever
    /// comes from the other end finds it.
    fn remember_from_the_end(&mut self, range: Range<usize>, reached: &AtomicUsize) {
        for at in range.rev().skip(1) {
            if at <= reached.load(Ordering::Relaxed) + 1 {
                return;
            }
            let chunk = &*self.columns.chunks()[at];
            if self.cell_of(chunk).is_some() {
                self.add_chunk(at, 0..chunk.len());
            }
        }
    }
}

/// From so many chunks on, some two million rows, two cores ask them.
const MANY: usize = if cfg!(test) { 3 } else { 512 };

/// Whose tile has a second core: one at a time.
static TURN: Mutex<()> = Mutex::new(());

static CORES: LazyLock<usize> =
    LazyLock::new(|| std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get));

#[cfg(test)]
mod tests {
    use super::super::cluster;
    use super::*;
    use crate::chunk::Row;
    use crate::filter::Attributes;
    use crate::tile::Position;

    /// Three hundred and twenty chunks of points around as many places.
    fn columns() -> Columns {
        let mut seed = 7u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 32) as u32
        };
        let row = |id: u64, (x, y, score): (u32, u32, u32)| Row {
            position: Position { x, y },
            id,
            attributes: Attributes { score: (score % 100) as i32, ..Attributes::default() },
        };
        let rows = (1..=5_120).map(|id| row(id, (next(), next(), next())));
        Columns::build(rows.collect(), 16)
    }

    #[test]
    fn two_cores_give_what_one_gives_and_leave_no_chunk_half_asked() {
        let (filter, options) =
            (Filter { score: 40..=i32::MAX, ..Filter::default() }, TileOptions::default());
        let tile = TileCoord::new(0, 0, 0).expect("the world");
        let ask = |columns: &Columns| cluster(columns, tile, &filter, &options);
        let alone = {
            let _turn = TURN.lock();
            ask(&columns())
        };
        assert!(!alone.1.is_empty());
        for _ in 0..20 {
            let columns = columns();
            let mut grid = Grid::new(&columns, tile, &filter, &options);
            let asks = grid.asks_many_anew(&(0..columns.chunks().len()));
            assert_eq!(asks, *CORES > 1, "nobody asked before");
            assert_eq!(ask(&columns), alone, "by two, or by one where there is no other");
            assert_eq!(ask(&columns), alone, "of what they remember");
        }
    }
}
