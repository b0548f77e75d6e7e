//! The tables of this room: the territory, from public files. Whose each row is, what erasing does, and how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[AREA, ZONE];

const ZONE: Table = Table {
    name: "zone",
    whose: Whose::Nobody,
    purpose: Purpose::NONE,
    erasing: Erasing::Stays,
    rows: Rows::Free("what agents look within; nothing is said there"),
    columns: &[
        Column::plain("id", Held::WithTable),
        Column::plain("name", Held::WithTable),
        Column::plain("wkb", Held::WithTable),
        Column::plain("created_at", Held::WithTable),
        Column::plain("removed_at", Held::WithTable),
    ],
};

const AREA: Table = Table {
    name: "area",
    whose: Whose::Nobody,
    purpose: Purpose::NONE,
    erasing: Erasing::Stays,
    rows: Rows::Free("the territory, from public files that anybody can lay beside it"),
    columns: &[
        Column::plain("id", Held::WithTable),
        Column::plain("slug", Held::WithTable),
        Column::plain("level", Held::WithTable),
        Column::plain("code", Held::WithTable),
        Column::plain("name", Held::WithTable),
        Column::plain("parent_id", Held::WithTable),
        Column::plain("wkb", Held::WithTable),
        Column::plain("population", Held::WithTable),
        Column::plain("created_at", Held::WithTable),
        Column::plain("updated_at", Held::WithTable),
        Column::plain("geom", Held::WithTable),
    ],
};
