//! The tables of this room: what the authority said, and who wants to be told. Whose each row is, what erasing does, and how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose, With};

/// In the order in which a person is erased.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "answer",
        whose: Whose::Account("answered_by"),
        purpose: Purpose::ROLES,
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "feature",
            from: "answer",
            by: "answer.feature_id",
            order: "answer.id",
            before: &[],
            subject: None,
        }),
        columns: &[
            Column::personal("body", Held::Said),
            Column::personal("motive", Held::Said),
            Column::plain("id", Held::Line),
            Column::personal("feature_id", Held::Line),
            Column::personal("verdict", Held::Line),
            Column::personal("link", Held::Line),
            Column::personal("authority", Held::Line),
            Column::personal("answered_by", Held::Line),
            Column::personal("answered_at", Held::Line),
        ],
    },
    Table {
        name: "status_change",
        whose: Whose::Account("changed_by"),
        purpose: Purpose::ROLES,
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "feature",
            from: "status_change",
            by: "status_change.feature_id",
            order: "status_change.id",
            before: &[],
            subject: None,
        }),
        columns: &[
            Column::plain("id", Held::Line),
            Column::personal("feature_id", Held::Line),
            Column::personal("status", Held::Line),
            Column::personal("changed_by", Held::Line),
            Column::personal("changed_at", Held::Line),
        ],
    },
    Table {
        name: "follow",
        whose: Whose::Account("account_id"),
        purpose: Purpose::LETTERS,
        erasing: Erasing::Deletes,
        rows: Rows::Free("who wants to be told is theirs, and changes nothing that was said or decided"),
        columns: &[
            Column::plain("subject_kind", Held::WithTable),
            Column::personal("subject_id", Held::WithTable),
            Column::personal("account_id", Held::WithTable),
            Column::personal("since", Held::WithTable),
            Column::personal("ended_at", Held::WithTable),
        ],
    },
];
