//! The tables of this room: what must still go, and how often pages were shown. Whose each row is, what erasing does, and how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub(super) const TABLES: &[Table] = &[
    // Of what no row names any more; gone once the files are.
    Table {
        name: "picture_removal",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Free("files that must still go; the rows that named them are gone"),
        columns: &[Column::plain("digest", Held::WithTable), Column::plain("since", Held::WithTable)],
    },
    Table {
        name: "audience",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Free("counts of pages, of which nothing is decided"),
        columns: &[
            Column::plain("day", Held::WithTable),
            Column::plain("route", Held::WithTable),
            Column::plain("shown", Held::WithTable),
        ],
    },
];
