//! How codes are named inside tiles.
//!
//! Not here: what a code means to the caller. Invariant: a code without a label never reaches a tile.

use std::collections::HashMap;
use std::sync::Arc;

use crate::filter::COLUMNS;

/// One category column's names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnLabels {
    /// Name of the attribute in tiles.
    pub name: String,
    /// Name of each code; a code that has none is left out.
    pub values: HashMap<u32, Arc<str>>,
    /// Whether clusters count it, as attributes named `{name}.{label}`; see [`crate::TileOptions::for_labels`].
    pub breakdown: bool,
    /// Whether points, lines and polygons carry it.
    pub drawn: bool,
}

impl ColumnLabels {
    /// The label of a code, unless the column or the label has no name.
    #[must_use]
    pub fn label(&self, code: u32) -> Option<&Arc<str>> {
        self.values.get(&code)
    }
}

/// The names of all category columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// One entry a column.
    pub columns: [ColumnLabels; COLUMNS],
    /// What columns mean for some features only. Clusters do not count it.
    pub within: Vec<Within>,
}

/// The names of a column for the features that have one code in another column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Within {
    /// The column that is named.
    pub column: usize,
    /// The other column, and the code.
    pub of: (usize, u32),
    /// Its names there.
    pub labels: ColumnLabels,
}

impl Labels {
    /// Every column that points, lines and polygons carry: its place, the features that it is of, its names.
    pub(crate) fn drawn(&self) -> impl Iterator<Item = (usize, Option<(usize, u32)>, &ColumnLabels)> {
        let all = self.columns.iter().enumerate().map(|(column, labels)| (column, None, labels));
        let some = self.within.iter().map(|within| (within.column, Some(within.of), &within.labels));
        all.chain(some).filter(|(_, _, labels)| labels.drawn)
    }
}

/// Whether a feature with these codes is one of those that a name is of.
pub(crate) fn is_of(codes: &[u32; COLUMNS], of: Option<(usize, u32)>) -> bool {
    of.is_none_or(|(column, code)| codes.get(column) == Some(&code))
}
