//! The tables of this room: the journal, which names no person. Whose each row is, what erasing does, and how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[
    // An account's number in a subject leads to an account, which is empty once it is erased.
    Table {
        name: "journal",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Register,
        columns: &[
            Column::plain("seq", Held::WithTable),
            Column::plain("at", Held::WithTable),
            Column::plain("act", Held::WithTable),
            Column::plain("feature_id", Held::WithTable),
            Column::plain("subject", Held::WithTable),
            Column::plain("number", Held::WithTable),
            Column::plain("channel", Held::WithTable),
            Column::plain("content", Held::WithTable),
            Column::plain("chain", Held::WithTable),
        ],
    },
    Table {
        name: "journal_head",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Register,
        columns: &[
            Column::plain("id", Held::WithTable),
            Column::plain("seq", Held::WithTable),
            Column::plain("number", Held::WithTable),
            Column::plain("chain", Held::WithTable),
            Column::plain("sealed_from", Held::WithTable),
        ],
    },
    // Salted digests of rows that are declared themselves; salt and state go with the row's next turn.
    Table {
        name: "sealed_row",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Register,
        columns: &[
            Column::plain("subject_kind", Held::WithTable),
            Column::plain("subject_id", Held::WithTable),
            Column::plain("turn", Held::WithTable),
            Column::plain("batch", Held::WithTable),
            Column::plain("digest", Held::WithTable),
            Column::plain("salt", Held::WithTable),
            Column::plain("state", Held::WithTable),
        ],
    },
];
