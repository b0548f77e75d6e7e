//! Counts by code of what lies in each cell of a grid.
//!
//! Not here: which rows are counted (`cluster.rs`). Invariant: a code has one row of cells from when it is first met.

use std::ops::Range;

use crate::filter::COLUMNS;

/// Counts of (column, code) in each cell: one row of cells for each code met.
#[derive(Default)]
pub(crate) struct Breakdown {
    cells: usize,
    /// The codes met, by column, with the start of their row in `counts`.
    slots: [Vec<(u32, usize)>; COLUMNS],
    counts: Vec<u32>,
    ordered: Vec<(usize, u32, usize)>,
}

impl Breakdown {
    pub(crate) fn over(cells: usize) -> Self {
        Self { cells, ..Self::default() }
    }

    pub(crate) fn add(&mut self, cell: usize, column: usize, code: u32, n: u32) {
        let row = self.row(column, code);
        self.counts[row + cell] += n;
    }

    fn row(&mut self, column: usize, code: u32) -> usize {
        // Ordered by code: with hundreds of them a linear look would cost more than the counting.
        match self.slots[column].binary_search_by_key(&code, |&(code, _)| code) {
            Ok(at) => self.slots[column][at].1,
            Err(at) => {
                let row = self.counts.len();
                self.counts.resize(row + self.cells, 0);
                self.slots[column].insert(at, (code, row));
                row
            }
        }
    }

    pub(crate) fn order(&mut self) {
        for (column, slots) in self.slots.iter().enumerate() {
            self.ordered.extend(slots.iter().map(|&(code, row)| (column, code, row)));
        }
    }

    pub(crate) fn of(&self, cells: Range<usize>) -> Vec<(usize, u32, u32)> {
        let counted = self.ordered.iter().map(|&(column, code, row)| {
            (column, code, self.counts[row + cells.start..row + cells.end].iter().sum())
        });
        counted.filter(|&(_, _, n)| n > 0).collect()
    }
}
