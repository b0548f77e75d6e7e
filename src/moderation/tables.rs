//! The tables of this room: flags, decisions and appeals. Whose each row is, what erasing does, and how the register proves it.

use crate::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose, With};

/// Whose a decision is: the author's of what it is about.
const DECIDED: &str = "exists (select 1 from feature f left join argument a on a.id = decision.argument_id
    where f.id = decision.feature_id
      and ((decision.argument_id is null and f.author = $1) or a.author = $1))";

/// In the order in which a person is erased.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "flag",
        whose: Whose::Voice("voice"),
        purpose: Purpose::Moderation,
        erasing: Erasing::Deletes,
        rows: Rows::Free("a hint that helps a moderator and decides nothing; the decision is held"),
        columns: &[
            Column::personal("feature_id", Held::WithTable),
            Column::personal("argument_id", Held::WithTable),
            Column::personal("reason", Held::WithTable),
            Column::personal("body", Held::WithTable),
            Column::personal("voice", Held::WithTable),
            Column::personal("flagged_at", Held::WithTable),
            Column::plain("id", Held::WithTable),
            Column::plain("settled_at", Held::WithTable),
        ],
    },
    Table {
        name: "appeal",
        whose: Whose::Voice("voice"),
        purpose: Purpose::Moderation,
        erasing: Erasing::Deletes,
        rows: Rows::With(&With {
            parent: "feature",
            from: "appeal join decision on decision.id = appeal.decision_id",
            by: "decision.feature_id",
            order: "appeal.decision_id",
        }),
        columns: &[
            Column::personal("body", Held::Said),
            Column::personal("answer", Held::Said),
            Column::personal("decision_id", Held::Line),
            Column::personal("made_at", Held::Line),
            Column::personal("outcome", Held::Line),
            Column::plain("decided_by", Held::Line),
            Column::personal("decided_at", Held::Line),
            Column::personal("voice", Held::Free("whose it is: signing in gives it to their account")),
        ],
    },
    Table {
        name: "burst",
        whose: Whose::Nobody,
        purpose: Purpose::None,
        erasing: Erasing::Stays,
        rows: Rows::Free("counts of many voices from one network at once: a hint that decides nothing"),
        columns: &[
            Column::plain("id", Held::WithTable),
            Column::plain("subject_kind", Held::WithTable),
            Column::plain("subject_id", Held::WithTable),
            Column::plain("sort", Held::WithTable),
            Column::plain("count", Held::WithTable),
            Column::plain("since", Held::WithTable),
            Column::plain("until", Held::WithTable),
            Column::plain("settled_at", Held::WithTable),
        ],
    },
    Table {
        name: "decision",
        whose: Whose::Through(DECIDED),
        purpose: Purpose::Moderation,
        // The text beside it goes with the feature or argument; that it was decided stays in the public log.
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "feature",
            from: "decision",
            by: "decision.feature_id",
            order: "decision.id",
        }),
        // Who decided is an account, empty once it is erased.
        columns: &[
            Column::personal("note", Held::Said),
            Column::personal("title", Held::Said),
            Column::personal("body", Held::Said),
            Column::plain("id", Held::Line),
            Column::personal("feature_id", Held::Line),
            Column::personal("argument_id", Held::Line),
            Column::personal("photo_id", Held::Line),
            Column::personal("kind", Held::Line),
            Column::personal("reason", Held::Line),
            Column::plain("held_before", Held::Line),
            Column::plain("process_before", Held::Line),
            Column::plain("target", Held::Line),
            Column::plain("decided_by", Held::Line),
            Column::personal("decided_at", Held::Line),
            Column::personal("undone_at", Held::Line),
        ],
    },
];
