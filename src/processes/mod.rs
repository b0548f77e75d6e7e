//! Participatory processes (démarches): a page, a calendar of phases, and the rules of who may do what, published in plain words
//! that are made from the settings themselves.
//!
//! What it is: the gate that every act of a resident goes through ([`Known::admit`]), the public pages, and the desk where agents
//! decide all of it, with preview, history and undo. What it is not: the acts (`proposals`, `discussion`), nor moderation.
//!
//! Invariant: what the page says of the rules is what the gate does, because both read the same [`Settings`]; and every version of
//! them is kept.

mod admin;
mod documents;
mod form;
mod gate;
mod keep;
mod model;
pub mod paris;
mod plain;
pub mod roll;
mod routes;
pub mod store;
#[cfg(test)]
mod tests;
mod views;

use crate::clock::Timestamp;
use crate::module::{Erasing, Held, Holding, Module, Proof, Purpose, Rows, Whose, With};
pub use gate::{Known, Refusal};
pub use keep::keep;
pub use model::{Action, Ballot, Edits, Moderation, Opening, Ordering, Phase, Rules, Settings, Shape, State};

/// The module's manifest.
pub fn module() -> Module {
    let doors = || routes::doors().and(admin::doors());
    Module { name: "processes", doors, kinds: &[], holdings: HOLDINGS }
}

const fn of_the_authority(table: &'static str, plain: &'static [&'static str]) -> Holding {
    let (whose, purpose, erasing) = (Whose::Nobody, Purpose::None, Erasing::Stays);
    Holding { table, personal: &[], plain, whose, purpose, erasing }
}

const HOLDINGS: &[Holding] = &[
    Holding {
        table: "process_version",
        personal: &["process_id", "version", "note", "account_id", "at"],
        plain: &["title", "settings", "state"],
        whose: Whose::Account("account_id"),
        purpose: Purpose::Roles,
        // What the authority decided stays decided; the account that it names says nothing any more.
        erasing: Erasing::Stays,
    },
    of_the_authority("phase_edge", &["process_id", "phase", "edge", "instant"]),
    of_the_authority(
        "process_document",
        &["id", "process_id", "title", "digest", "kind", "size", "removed_at", "created_at"],
    ),
    // Keyed digests that no statement leads back from: the authority's list, which it can replace.
    of_the_authority("process_roll", &["process_id", "person"]),
];

/// A file on a process's page.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Document {
    /// Its id.
    pub id: i64,
    /// Its name for people.
    pub title: String,
    /// SHA-256 of the file, hexadecimal.
    pub digest: String,
    /// Its media type.
    pub kind: String,
    /// Bytes.
    pub size: i64,
    /// Whether it is on the page.
    pub shown: bool,
    /// When it came.
    pub created_at: Timestamp,
}

/// A version of what was decided about a process.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Version {
    /// 1, 2, 3…
    pub version: i64,
    /// The title then.
    pub title: String,
    /// The settings then, as JSON.
    pub settings: String,
    /// The state then.
    pub state: String,
    /// What changed and why.
    pub note: String,
    /// When.
    pub at: Timestamp,
    /// The public name of who decided it.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// What the register holds of a process: everything that was decided about it, with every version.
pub const PROOFS: &[Proof] = &[
    Proof {
        table: "process_version",
        rows: Rows::With(&With {
            parent: "process",
            from: "process_version",
            by: "process_version.process_id",
            order: "process_version.version",
            columns: &[(
                Held::Line,
                &["process_id", "version", "title", "settings", "state", "note", "account_id", "at"],
            )],
        }),
    },
    Proof {
        table: "phase_edge",
        rows: Rows::With(&With {
            parent: "process",
            from: "phase_edge",
            by: "phase_edge.process_id",
            order: "phase_edge.instant, phase_edge.phase, phase_edge.edge",
            columns: &[(Held::Line, &["process_id", "phase", "edge", "instant"])],
        }),
    },
    Proof {
        table: "process_document",
        rows: Rows::With(&With {
            parent: "process",
            from: "process_document",
            by: "process_document.process_id",
            order: "process_document.id",
            columns: &[(
                Held::Line,
                &["id", "process_id", "title", "digest", "kind", "size", "removed_at", "created_at"],
            )],
        }),
    },
    Proof {
        table: "process_roll",
        rows: Rows::With(&With {
            parent: "process",
            from: "process_roll",
            by: "process_roll.process_id",
            order: "process_roll.person",
            columns: &[(Held::Line, &["process_id", "person"])],
        }),
    },
];
