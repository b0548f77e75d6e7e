//! The table of this module. Areas are the territory's (`core/territory`).

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// Nobody's: what an import gave.
pub(super) const TABLES: &[Table] = &[Table {
    name: "area_work",
    whose: Whose::Nobody,
    purpose: Purpose::NONE,
    erasing: Erasing::Stays,
    rows: Rows::Free("what an import gave; the areas that it wrote are in the register"),
    columns: &[
        Column::plain("id", Held::WithTable),
        Column::plain("begun_at", Held::WithTable),
        Column::plain("told", Held::WithTable),
        Column::plain("problem", Held::WithTable),
    ],
}];
