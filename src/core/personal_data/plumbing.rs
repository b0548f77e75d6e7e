//! The tables of the floor below, which knows no civic noun: letters, keys of forms, the installation's own settings.

use super::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[
    Table {
        name: "mail",
        whose: Whose::Email("recipient"),
        purpose: Purpose::LETTERS,
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
            Column::plain("urgent", Held::WithTable),
            Column::plain("subject_kind", Held::WithTable),
            Column::plain("subject_id", Held::WithTable),
            Column::plain("cause", Held::WithTable),
        ],
    },
    Table {
        name: "done_once",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Free("keys of forms that were sent; what they did is held"),
        columns: &[
            Column::plain("id", Held::WithTable),
            Column::plain("content", Held::WithTable),
            Column::plain("at", Held::WithTable),
            Column::plain("answer", Held::WithTable),
        ],
    },
    Table {
        name: "job",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Free("whose turn it is to do what; what is done is held where it is civic"),
        columns: &[
            Column::plain("name", Held::WithTable),
            Column::plain("due_at", Held::WithTable),
            Column::plain("leased_until", Held::WithTable),
            Column::plain("server", Held::WithTable),
            Column::plain("done_at", Held::WithTable),
            Column::plain("failures", Held::WithTable),
            Column::plain("problem", Held::WithTable),
        ],
    },
    Table {
        name: "setting",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Free("what the installation made for itself"),
        columns: &[Column::plain("name", Held::WithTable), Column::plain("value", Held::WithTable)],
    },
];
