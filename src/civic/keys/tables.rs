//! The table of this room: what it keeps on who made a key, and how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// The tables.
pub(super) const TABLES: &[Table] = &[Table {
    name: "api_key",
    whose: Whose::Account("made_by"),
    purpose: Purpose::ROLES,
    // It is the authority's: the account that it names says nothing any more.
    erasing: Erasing::Stays,
    rows: Rows::Own,
    columns: &[
        Column::plain("id", Held::Line),
        Column::personal("name", Held::Line),
        Column::plain("scope", Held::Line),
        Column::plain("digest", Held::Free("of a secret, which proves nothing to anybody else")),
        Column::plain("per_hour", Held::Line),
        Column::personal("made_by", Held::Line),
        Column::personal("made_at", Held::Line),
        Column::plain(
            "used_on",
            Held::Free("a day, so that a key that nobody uses is found; it decides nothing"),
        ),
        Column::plain("revoked_by", Held::Line),
        Column::plain("revoked_at", Held::Line),
    ],
}];
