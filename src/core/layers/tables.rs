//! The tables of this room: context for the map, from public files. Whose each row is, what erasing does, and how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[
    Table {
        name: "layer",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Free("context for the map, from public files"),
        columns: &[
            Column::plain("id", Held::WithTable),
            Column::plain("slug", Held::WithTable),
            Column::plain("name", Held::WithTable),
            Column::plain("attribution", Held::WithTable),
            Column::plain("color", Held::WithTable),
            Column::plain("position", Held::WithTable),
            Column::plain("created_at", Held::WithTable),
            Column::plain("updated_at", Held::WithTable),
        ],
    },
    Table {
        name: "layer_item",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Free("context for the map, from public files"),
        columns: &[
            Column::plain("id", Held::WithTable),
            Column::plain("layer_id", Held::WithTable),
            Column::plain("properties", Held::WithTable),
            Column::plain("wkb", Held::WithTable),
            Column::plain("geom", Held::WithTable),
        ],
    },
];
