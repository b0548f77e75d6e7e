//! The tables of this room: who people are and what they may do, the account itself last. Whose each row is, what erasing does, and how the register proves it.

use super::{sign_in, store};
use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose};

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[
    Table {
        name: "sign_in_link",
        whose: Whose::Email("email"),
        purpose: Purpose::ACCOUNTS,
        erasing: Erasing::By(sign_in::store::erase),
        rows: Rows::Free("a way in, used once"),
        // The mailbox is a keyed digest: it counts letters, for the minutes that a link lasts.
        columns: &[
            Column::personal("email", Held::WithTable),
            Column::personal("destination", Held::WithTable),
            Column::personal("created_at", Held::WithTable),
            Column::personal("expires_at", Held::WithTable),
            Column::personal("used_at", Held::WithTable),
            Column::plain("digest", Held::WithTable),
            Column::plain("browser", Held::WithTable),
            Column::plain("mailbox", Held::WithTable),
        ],
    },
    Table {
        name: "ceremony",
        whose: Whose::Account("account_id"),
        purpose: Purpose::ACCOUNTS,
        erasing: Erasing::Deletes,
        rows: Rows::Free("a way in that has begun"),
        columns: &[
            Column::personal("account_id", Held::WithTable),
            Column::personal("kind", Held::WithTable),
            Column::personal("expires_at", Held::WithTable),
            Column::plain("digest", Held::WithTable),
            Column::plain("content", Held::WithTable),
        ],
    },
    Table {
        name: "passkey",
        whose: Whose::Account("account_id"),
        purpose: Purpose::ACCOUNTS,
        erasing: Erasing::Deletes,
        rows: Rows::Free("a way in; what is done with it leaves lines of its own"),
        columns: &[
            Column::personal("account_id", Held::WithTable),
            Column::personal("credential", Held::WithTable),
            Column::personal("content", Held::WithTable),
            Column::personal("name", Held::WithTable),
            Column::personal("created_at", Held::WithTable),
            Column::personal("used_at", Held::WithTable),
            Column::plain("id", Held::WithTable),
        ],
    },
    Table {
        name: "kept_voice",
        whose: Whose::Voice("voice"),
        purpose: Purpose::VOTES,
        // While a ballot counts the voice, so that nobody votes again by having themselves erased.
        erasing: Erasing::Stays,
        rows: Rows::Free("a digest that leads somebody erased back to their voice; the voices are held"),
        columns: &[
            Column::personal("person", Held::WithTable),
            Column::personal("voice", Held::WithTable),
            Column::personal("kept_at", Held::WithTable),
        ],
    },
    Table {
        name: "outside_identity",
        whose: Whose::Account("account_id"),
        purpose: Purpose::ACCOUNTS,
        erasing: Erasing::Deletes,
        rows: Rows::Free("a way in; what is done with it leaves lines of its own"),
        columns: &[
            Column::personal("issuer", Held::WithTable),
            Column::personal("subject", Held::WithTable),
            Column::personal("account_id", Held::WithTable),
            Column::personal("created_at", Held::WithTable),
        ],
    },
    Table {
        name: "session",
        whose: Whose::Account("account_id"),
        purpose: Purpose::ACCOUNTS,
        erasing: Erasing::Deletes,
        rows: Rows::Free("a browser in which somebody is signed in"),
        columns: &[
            Column::personal("account_id", Held::WithTable),
            Column::personal("browser", Held::WithTable),
            Column::personal("created_at", Held::WithTable),
            Column::personal("seen_at", Held::WithTable),
            Column::personal("expires_at", Held::WithTable),
            Column::personal("strong_at", Held::WithTable),
            Column::plain("id", Held::WithTable),
            Column::plain("digest", Held::WithTable),
        ],
    },
    Table {
        name: "role_grant",
        whose: Whose::Account("account_id"),
        purpose: Purpose::ROLES,
        // Ended with the account, and kept: the account that it names says nothing any more.
        erasing: Erasing::Stays,
        rows: Rows::Own,
        columns: &[
            Column::plain("id", Held::Line),
            Column::personal("account_id", Held::Line),
            Column::personal("role", Held::Line),
            Column::personal("process_id", Held::Line),
            Column::personal("area_id", Held::Line),
            Column::personal("granted_by", Held::Line),
            Column::personal("granted_at", Held::Line),
            Column::personal("revoked_at", Held::Line),
        ],
    },
    Table {
        name: "account",
        whose: Whose::Account("id"),
        purpose: Purpose::ACCOUNTS,
        erasing: Erasing::By(store::erase),
        rows: Rows::Free("who people are is theirs; what they may do is held (role_grant)"),
        columns: &[
            Column::personal("id", Held::WithTable),
            Column::personal("voice", Held::WithTable),
            Column::personal("email", Held::WithTable),
            Column::personal("name", Held::WithTable),
            Column::personal("capacity", Held::WithTable),
            Column::personal("area_id", Held::WithTable),
            Column::personal("verified_at", Held::WithTable),
            Column::personal("created_at", Held::WithTable),
            Column::personal("seen_at", Held::WithTable),
            Column::plain("erased_at", Held::WithTable),
        ],
    },
];
