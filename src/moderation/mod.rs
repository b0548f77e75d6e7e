//! Moderation: what residents flag, the queue of those who look after what is published, their decisions, appeals and the public log.
//!
//! What it is not: the rows of decisions, flags and appeals, which other pages read too (`features`), nor the rules of a process
//! (who may, before or after publication).
//!
//! Invariants: signals help and never decide; every decision is a row with who, what, why and when, tells its author, and can be
//! taken back; an appeal is settled by somebody else; no public page or feed ever says what was hidden.

mod apart;
mod decide;
mod letters;
mod model;
mod public;
mod queue;
mod revise;
mod routes;
mod signals;
mod state;
mod store;
#[cfg(test)]
mod tests;
mod versions;
mod views;

use crate::module::{Erasing, Held, Holding, Module, Proof, Purpose, Rows, Whose, With};

/// The manifest.
pub fn module() -> Module {
    let doors = || routes::doors().and(public::doors());
    Module { name: "moderation", doors, kinds: &[], holdings: HOLDINGS }
}

/// Whose a decision is: the author's of what it is about.
const DECIDED: &str = "exists (select 1 from feature f left join argument a on a.id = decision.argument_id
    where f.id = decision.feature_id
      and ((decision.argument_id is null and f.author = $1) or a.author = $1))";

const HOLDINGS: &[Holding] = &[
    Holding {
        table: "flag",
        personal: &["feature_id", "argument_id", "reason", "body", "voice", "flagged_at"],
        plain: &["id", "settled_at"],
        whose: Whose::Voice("voice"),
        purpose: Purpose::Moderation,
        erasing: Erasing::Deletes,
    },
    Holding {
        table: "appeal",
        personal: &["decision_id", "body", "voice", "made_at", "outcome", "answer", "decided_at"],
        plain: &["decided_by"],
        whose: Whose::Voice("voice"),
        purpose: Purpose::Moderation,
        erasing: Erasing::Deletes,
    },
    Holding {
        table: "burst",
        personal: &[],
        plain: &["id", "subject_kind", "subject_id", "sort", "count", "since", "until", "settled_at"],
        whose: Whose::Nobody,
        purpose: Purpose::None,
        erasing: Erasing::Stays,
    },
    Holding {
        table: "decision",
        personal: &[
            "feature_id",
            "argument_id",
            "photo_id",
            "kind",
            "reason",
            "note",
            "title",
            "body",
            "decided_at",
            "undone_at",
        ],
        // Who decided is an account, empty once it is erased.
        plain: &["id", "held_before", "process_before", "target", "decided_by"],
        whose: Whose::Through(DECIDED),
        purpose: Purpose::Moderation,
        // The text beside it goes with the feature or argument; that it was decided stays in the public log.
        erasing: Erasing::Stays,
    },
];

/// What the register holds of decisions and appeals.
pub const PROOFS: &[Proof] = &[
    Proof::free("burst", "counts of many voices from one network at once: a hint that decides nothing"),
    Proof::free("flag", "a hint that helps a moderator and decides nothing; the decision is held"),
    Proof {
        table: "decision",
        rows: Rows::With(&With {
            parent: "feature",
            from: "decision",
            by: "decision.feature_id",
            order: "decision.id",
            columns: &[
                (Held::Said, &["note", "title", "body"]),
                (
                    Held::Line,
                    &[
                        "id",
                        "feature_id",
                        "argument_id",
                        "photo_id",
                        "kind",
                        "reason",
                        "held_before",
                        "process_before",
                        "target",
                        "decided_by",
                        "decided_at",
                        "undone_at",
                    ],
                ),
            ],
        }),
    },
    Proof {
        table: "appeal",
        rows: Rows::With(&With {
            parent: "feature",
            from: "appeal join decision on decision.id = appeal.decision_id",
            by: "decision.feature_id",
            order: "appeal.decision_id",
            columns: &[
                (Held::Said, &["body", "answer"]),
                (Held::Line, &["decision_id", "made_at", "outcome", "decided_by", "decided_at"]),
                (Held::Free("whose it is: signing in gives it to their account"), &["voice"]),
            ],
        }),
    },
];
