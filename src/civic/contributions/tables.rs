//! The tables of this room: flags, decisions, appeals, what the authority said, and who wants to be told. Whose each row is, what erasing does, and
//! how the register proves it.

use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose, With};

/// Decisions as they were sealed before they had a subject: with columns of their argument and photo. What is about neither, nor about
/// the feature itself, is sealed with its subject beside these.
const SEALED: &str = "(select *, case subject_kind when 'argument' then subject_id end as argument_id,
                              case subject_kind when 'photo' then subject_id end as photo_id,
                              case when subject_kind in ('argument', 'photo')
                                     or (subject_kind = 'feature' and subject_id = feature_id) then null
                                   else subject_kind || ':' || cast(subject_id as text) end as subject
                       from decision) decision";

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[
    Table {
        name: "flag",
        // Who flagged a thing twice flagged it once.
        whose: Whose::VoiceOnce("voice", &["subject_kind", "subject_id"]),
        purpose: Purpose::MODERATION,
        erasing: Erasing::Deletes,
        rows: Rows::Free("a hint that helps a moderator and decides nothing; the decision is held"),
        columns: &[
            Column::plain("subject_kind", Held::WithTable),
            Column::personal("subject_id", Held::WithTable),
            Column::personal("feature_id", Held::WithTable),
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
        purpose: Purpose::MODERATION,
        erasing: Erasing::Deletes,
        rows: Rows::With(&With {
            parent: "feature",
            from: "appeal join decision on decision.id = appeal.decision_id",
            by: "decision.feature_id",
            order: "appeal.decision_id",
            before: &[],
            subject: Some("decision"),
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
        purpose: Purpose::NONE,
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
        whose: Whose::Subject,
        purpose: Purpose::MODERATION,
        // The text beside it goes with the feature or argument; that it was decided stays in the public log.
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "feature",
            from: SEALED,
            by: "decision.feature_id",
            order: "decision.id",
            before: &[("argument_id", Held::Line), ("photo_id", Held::Line), ("subject", Held::Later)],
            subject: Some("decision"),
        }),
        // Who decided is an account, empty once it is erased.
        columns: &[
            Column::personal("note", Held::Said),
            Column::personal("title", Held::Said),
            Column::personal("body", Held::Said),
            Column::plain("id", Held::Line),
            Column::personal("feature_id", Held::Line),
            // Sealed as `before` says.
            Column::personal("subject_kind", Held::Before),
            Column::personal("subject_id", Held::Before),
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
    Table {
        name: "answer",
        whose: Whose::Account("answered_by"),
        purpose: Purpose::ROLES,
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "feature",
            from: "answer",
            by: "answer.feature_id",
            order: "answer.id",
            before: &[],
            subject: None,
        }),
        columns: &[
            Column::personal("body", Held::Said),
            Column::personal("motive", Held::Said),
            Column::plain("id", Held::Line),
            Column::personal("feature_id", Held::Line),
            Column::personal("verdict", Held::Line),
            Column::personal("link", Held::Line),
            Column::personal("authority", Held::Line),
            Column::personal("answered_by", Held::Line),
            Column::personal("answered_at", Held::Line),
            Column::plain("undone_at", Held::Later),
        ],
    },
    Table {
        name: "status_change",
        whose: Whose::Account("changed_by"),
        purpose: Purpose::ROLES,
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "feature",
            from: "status_change",
            by: "status_change.feature_id",
            order: "status_change.id",
            before: &[],
            subject: None,
        }),
        columns: &[
            Column::plain("id", Held::Line),
            Column::personal("feature_id", Held::Line),
            Column::personal("status", Held::Line),
            Column::personal("changed_by", Held::Line),
            Column::personal("changed_at", Held::Line),
            Column::plain("status_before", Held::Later),
            Column::plain("undone_at", Held::Later),
        ],
    },
    Table {
        name: "follow",
        whose: Whose::Account("account_id"),
        purpose: Purpose::LETTERS,
        erasing: Erasing::Deletes,
        rows: Rows::Free("who wants to be told is theirs, and changes nothing that was said or decided"),
        columns: &[
            Column::plain("subject_kind", Held::WithTable),
            Column::personal("subject_id", Held::WithTable),
            Column::personal("account_id", Held::WithTable),
            Column::personal("since", Held::WithTable),
            Column::personal("ended_at", Held::WithTable),
        ],
    },
    Table {
        name: "letter_follow",
        whose: Whose::Email("email"),
        purpose: Purpose::LETTERS,
        erasing: Erasing::Deletes,
        rows: Rows::Free("who wants to be told is theirs, and changes nothing that was said or decided"),
        columns: &[
            Column::plain("id", Held::WithTable),
            Column::plain("subject_kind", Held::WithTable),
            Column::personal("subject_id", Held::WithTable),
            Column::personal("email", Held::WithTable),
            Column::personal("asked_at", Held::WithTable),
            Column::personal("confirmed_at", Held::WithTable),
            Column::personal("lang", Held::WithTable),
        ],
    },
];
