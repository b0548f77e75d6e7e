//! The table of this room. Whose each row is, what erasing does, and how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[Table {
    name: "site_version",
    whose: Whose::Account("account_id"),
    purpose: Purpose::ROLES,
    // What the authority said of itself stays said; the account that it names says nothing any more.
    erasing: Erasing::Stays,
    rows: Rows::Free(
        "how the site looks and whom it names; every version is kept, and a line of the journal says when it came",
    ),
    columns: &[
        Column::personal("version", Held::WithTable),
        Column::plain("said", Held::WithTable),
        Column::personal("account_id", Held::WithTable),
        Column::personal("at", Held::WithTable),
    ],
}];
