//! The tables of this room: how files that were imported looked. Whose each row is, what erasing does, and how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[Table {
    name: "import_source",
    whose: Whose::Nobody,
    purpose: Purpose::NONE,
    erasing: Erasing::Stays,
    rows: Rows::Free("how files that were imported looked; what they brought is held"),
    columns: &[
        Column::plain("what", Held::WithTable),
        Column::plain("source", Held::WithTable),
        Column::plain("columns", Held::WithTable),
    ],
}];
