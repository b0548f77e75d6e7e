//! The tables of this room: what the installation made for itself. Whose each row is, what erasing does, and how the register proves it.

use crate::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[Table {
    name: "setting",
    whose: Whose::Nobody,
    purpose: Purpose::None,
    erasing: Erasing::Stays,
    rows: Rows::Free("what the installation made for itself"),
    columns: &[Column::plain("name", Held::WithTable), Column::plain("value", Held::WithTable)],
}];
