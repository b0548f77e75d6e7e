//! The tables of this room: the published heads. Whose each row is, what erasing does, and how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub(super) const TABLES: &[Table] = &[Table {
    name: "register_head",
    whose: Whose::Nobody,
    purpose: Purpose::NONE,
    erasing: Erasing::Stays,
    rows: Rows::Register,
    columns: &[
        Column::plain("day", Held::WithTable),
        Column::plain("number", Held::WithTable),
        Column::plain("chain", Held::WithTable),
        Column::plain("made_at", Held::WithTable),
    ],
}];
