//! The tables of this room: letters. Whose each row is, what erasing does, and how the register proves it.

use crate::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[Table {
    name: "mail",
    whose: Whose::Email("recipient"),
    purpose: Purpose::Letters,
    erasing: Erasing::Deletes,
    rows: Rows::Free("letters tell of what is held; they are deleted once they were kept long enough"),
    columns: &[
        Column::personal("recipient", Held::WithTable),
        Column::personal("subject", Held::WithTable),
        Column::personal("body", Held::WithTable),
        Column::personal("created_at", Held::WithTable),
        Column::personal("sent_at", Held::WithTable),
        Column::plain("id", Held::WithTable),
        Column::plain("tries", Held::WithTable),
        Column::plain("problem", Held::WithTable),
        Column::plain("next_at", Held::WithTable),
        Column::plain("given_up_at", Held::WithTable),
        Column::plain("subject_kind", Held::WithTable),
        Column::plain("subject_id", Held::WithTable),
    ],
}];
