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
}
