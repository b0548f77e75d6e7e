//! The tables of this room: what the authority decided about a process. Whose each row is, what erasing does, and how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose, With};

/// In the order in which a person is erased.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "process_version",
        whose: Whose::Account("account_id"),
        purpose: Purpose::ROLES,
        // What the authority decided stays decided; the account that it names says nothing any more.
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "process",
            from: "process_version",
            by: "process_version.process_id",
            order: "process_version.version",
            before: &[],
            subject: None,
        }),
        columns: &[
            Column::personal("process_id", Held::Line),
            Column::personal("version", Held::Line),
            Column::plain("title", Held::Line),
            Column::plain("settings", Held::Line),
            Column::plain("state", Held::Line),
            Column::personal("note", Held::Line),
            Column::personal("account_id", Held::Line),
            Column::personal("at", Held::Line),
        ],
    },
    Table {
        name: "phase_edge",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "process",
            from: "phase_edge",
            by: "phase_edge.process_id",
            order: "phase_edge.instant, phase_edge.phase, phase_edge.edge",
            before: &[],
            subject: None,
        }),
        columns: &[
            Column::plain("process_id", Held::Line),
            Column::plain("phase", Held::Line),
            Column::plain("edge", Held::Line),
            Column::plain("instant", Held::Line),
        ],
    },
    Table {
        name: "process_document",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "process",
            from: "process_document",
            by: "process_document.process_id",
            order: "process_document.id",
            before: &[],
            subject: None,
        }),
        columns: &[
            Column::plain("id", Held::Line),
            Column::plain("process_id", Held::Line),
            Column::plain("title", Held::Line),
            Column::plain("digest", Held::Line),
            Column::plain("kind", Held::Line),
            Column::plain("size", Held::Line),
            Column::plain("removed_at", Held::Line),
            Column::plain("created_at", Held::Line),
        ],
    },
    // Keyed digests that no statement leads back from: the authority's list, which it can replace.
    Table {
        name: "process_roll",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "process",
            from: "process_roll",
            by: "process_roll.process_id",
            order: "process_roll.person",
            before: &[],
            subject: None,
        }),
        columns: &[Column::plain("process_id", Held::Line), Column::plain("person", Held::Line)],
    },
];
