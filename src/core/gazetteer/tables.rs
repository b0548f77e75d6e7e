//! The tables of this room: known places, from public files. Whose each row is, what erasing does, and how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[
    Table {
        name: "place",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Free("addresses, from public files"),
        columns: &[
            Column::plain("id", Held::WithTable),
            Column::plain("kind", Held::WithTable),
            Column::plain("name", Held::WithTable),
            Column::plain("locality", Held::WithTable),
            Column::plain("lon", Held::WithTable),
            Column::plain("lat", Held::WithTable),
            Column::plain("source", Held::WithTable),
            Column::plain("fingerprint", Held::WithTable),
        ],
    },
    Table {
        name: "place_number",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Free("addresses, from public files"),
        columns: &[
            Column::plain("place_id", Held::WithTable),
            Column::plain("number", Held::WithTable),
            Column::plain("suffix", Held::WithTable),
            Column::plain("lon", Held::WithTable),
            Column::plain("lat", Held::WithTable),
        ],
    },
];
