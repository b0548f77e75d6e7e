//! Official answers: an authority says what becomes of contributions, one or many at once, and those who follow are told. A status
//! may change without an answer, but for a refusal, which says why.
//!
//! What it is not: the rows of answers, history and followers, which other pages read too (`features`).
//!
//! Invariant: an answer changes the status, the public history and the journal in one transaction with the letters about it.

mod letters;
mod model;
mod routes;
mod state;
mod status;
mod store;
#[cfg(test)]
mod tests;
mod views;

use crate::module::{Erasing, Held, Holding, Module, Proof, Purpose, Rows, Whose, With};

/// The manifest.
pub fn module() -> Module {
    Module { name: "answers", doors: routes::doors, kinds: &[], holdings: HOLDINGS }
}

/// What the authority says stays said; who said it for the authority is an account, empty once it is erased.
const HOLDINGS: &[Holding] = &[
    Holding {
        table: "answer",
        personal: &[
            "feature_id",
            "verdict",
            "body",
            "motive",
            "link",
            "authority",
            "answered_by",
            "answered_at",
        ],
        plain: &["id"],
        whose: Whose::Account("answered_by"),
        purpose: Purpose::Roles,
        erasing: Erasing::Stays,
    },
    Holding {
        table: "status_change",
        personal: &["feature_id", "status", "changed_by", "changed_at"],
        plain: &["id"],
        whose: Whose::Account("changed_by"),
        purpose: Purpose::Roles,
        erasing: Erasing::Stays,
    },
    Holding {
        table: "follow",
        personal: &["feature_id", "account_id", "since", "ended_at"],
        plain: &[],
        whose: Whose::Account("account_id"),
        purpose: Purpose::Letters,
        erasing: Erasing::Deletes,
    },
];

/// What the register holds of what an authority says.
pub const PROOFS: &[Proof] = &[
    Proof {
        table: "answer",
        rows: Rows::With(&With {
            parent: "feature",
            from: "answer",
            by: "answer.feature_id",
            order: "answer.id",
            columns: &[
                (Held::Said, &["body", "motive"]),
                (
                    Held::Line,
                    &["id", "feature_id", "verdict", "link", "authority", "answered_by", "answered_at"],
                ),
            ],
        }),
    },
    Proof {
        table: "status_change",
        rows: Rows::With(&With {
            parent: "feature",
            from: "status_change",
            by: "status_change.feature_id",
            order: "status_change.id",
            columns: &[(Held::Line, &["id", "feature_id", "status", "changed_by", "changed_at"])],
        }),
    },
    Proof::free("follow", "who wants to be told is theirs, and changes nothing that was said or decided"),
];
