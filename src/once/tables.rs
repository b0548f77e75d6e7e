//! The tables of this room: keys of forms that were sent. Whose each row is, what erasing does, and how the register proves it.

use crate::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[Table {
    name: "done_once",
    whose: Whose::Nobody,
    purpose: Purpose::None,
    erasing: Erasing::Stays,
    rows: Rows::Free("keys of forms that were sent; what they did is held"),
    columns: &[
        Column::plain("id", Held::WithTable),
        Column::plain("content", Held::WithTable),
        Column::plain("at", Held::WithTable),
        Column::plain("answer", Held::WithTable),
    ],
}];
