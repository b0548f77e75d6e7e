//! The tables of this room: notes, assignments and texts to answer with. Whose each row is, what erasing does, and why the register
//! proves none.

use super::{PURPOSE, notes};
use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased: before what they said, by which what was noted on it is found.
pub const TABLES: &[Table] = &[
    Table {
        name: "subject_note",
        whose: Whose::Account("written_by"),
        purpose: PURPOSE,
        erasing: Erasing::By(notes::erase),
        rows: Rows::Free("what colleagues note for each other decides nothing"),
        columns: &[
            Column::plain("id", Held::WithTable),
            Column::plain("subject_kind", Held::WithTable),
            Column::personal("subject_id", Held::WithTable),
            Column::personal("body", Held::WithTable),
            Column::personal("written_by", Held::WithTable),
            Column::personal("written_at", Held::WithTable),
            Column::personal("changed_at", Held::WithTable),
            Column::personal("taken_back_at", Held::WithTable),
        ],
    },
    Table {
        name: "subject_assignment",
        whose: Whose::Account("account_id"),
        purpose: PURPOSE,
        erasing: Erasing::Deletes,
        rows: Rows::Free("who looks after what changes nothing that was said or decided"),
        columns: &[
            Column::plain("id", Held::WithTable),
            Column::plain("subject_kind", Held::WithTable),
            Column::personal("subject_id", Held::WithTable),
            Column::personal("account_id", Held::WithTable),
            Column::plain("assigned_by", Held::WithTable),
            Column::personal("assigned_at", Held::WithTable),
            Column::personal("ended_at", Held::WithTable),
        ],
    },
    Table {
        name: "work_letters",
        whose: Whose::Account("account_id"),
        purpose: Purpose::LETTERS,
        erasing: Erasing::Deletes,
        rows: Rows::Free(
            "when a colleague is told what arrived, and who stands in for them, decides nothing",
        ),
        columns: &[
            Column::personal("account_id", Held::WithTable),
            Column::personal("pace", Held::WithTable),
            Column::personal("absent_from", Held::WithTable),
            Column::personal("absent_until", Held::WithTable),
            Column::plain("substitute_id", Held::WithTable),
            Column::personal("told_until", Held::WithTable),
            Column::personal("passed_until", Held::WithTable),
        ],
    },
    Table {
        name: "reply_template",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Free("a draft of the authority's; the answer that is made of it is held"),
        columns: &[
            Column::plain("id", Held::WithTable),
            Column::plain("name", Held::WithTable),
            Column::plain("body", Held::WithTable),
            Column::plain("lang", Held::WithTable),
            Column::plain("version", Held::WithTable),
            Column::plain("changed_by", Held::WithTable),
            Column::plain("changed_at", Held::WithTable),
            Column::plain("removed_at", Held::WithTable),
        ],
    },
];
