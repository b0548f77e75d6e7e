//! The tables of this room: what people put on the map and said of it. Whose each row is, what erasing does, and how the register proves it.

use super::erasure;
use crate::core::personal_data::{Column, Erasing, Held, Purpose, Rows, Table, Whose, With};

/// Whose a kept version is: the author's of the feature or argument that said it.
const DEPOSITED: &str =
    "((deposit.subject_kind = 'feature' and deposit.subject_id in (select f.id from feature f where f.author = $1))
       or (deposit.subject_kind = 'argument' and deposit.subject_id in (select a.id from argument a where a.author = $1)))";

/// Whose a version that waits, was refused or taken back is: the author's of the feature.
const REVISED: &str = "revision.subject_kind = 'feature'
    and exists (select 1 from feature f where f.id = revision.subject_id and f.author = $1)";

const ARGUMENTS_FOR: Held = Held::Derived(
    "(select count(*) from argument a where a.feature_id = feature.id and a.side = 'for' and a.published_at is not null)",
);
const ARGUMENTS_AGAINST: Held = Held::Derived(
    "(select count(*) from argument a where a.feature_id = feature.id and a.side = 'against' and a.published_at is not null)",
);
const AUTHOR: Held = Held::Free("who said it: signing in, erasing and retention change that lawfully");
const LOOKED_AT: Held = Held::Free("the order of a moderator's work; what they decide is held");

/// In the order in which a person is erased.
pub const TABLES: &[Table] = &[
    Table {
        name: "deposit",
        whose: Whose::Subject(DEPOSITED),
        purpose: Purpose::CONTRIBUTIONS,
        // With the feature or argument: only that knows which versions are its own.
        erasing: Erasing::Stays,
        rows: Rows::Register,
        columns: &[
            Column::plain("subject_kind", Held::WithTable),
            Column::personal("subject_id", Held::WithTable),
            Column::personal("salt", Held::WithTable),
            Column::personal("content", Held::WithTable),
            Column::personal("digest", Held::WithTable),
        ],
    },
    Table {
        name: "revision",
        whose: Whose::Through(REVISED),
        purpose: Purpose::CONTRIBUTIONS,
        // With the feature, too.
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "feature",
            from: "(select * from revision where subject_kind = 'feature') revision",
            by: "revision.subject_id",
            order: "revision.n",
            before: &[],
            subject: None,
        }),
        columns: &[
            Column::personal("content", Held::Said),
            Column::plain("subject_kind", Held::Line),
            Column::personal("subject_id", Held::Line),
            Column::personal("n", Held::Line),
            Column::plain("photos", Held::Line),
            Column::personal("held", Held::Line),
            Column::personal("made_at", Held::Line),
            Column::personal("ended_at", Held::Line),
        ],
    },
    Table {
        name: "feature",
        whose: Whose::Voice("author"),
        purpose: Purpose::CONTRIBUTIONS,
        erasing: Erasing::By(erasure::features),
        rows: Rows::Own,
        columns: &[
            Column::personal("title", Held::Said),
            Column::personal("body", Held::Said),
            Column::personal("wkb", Held::Said),
            Column::plain("search", Held::Said),
            Column::personal("id", Held::Line),
            Column::plain("kind", Held::Line),
            Column::plain("process_id", Held::Line),
            Column::plain("theme_id", Held::Line),
            Column::personal("status", Held::Line),
            Column::plain("area_id", Held::Line),
            Column::plain("channel", Held::Line),
            Column::plain("source", Held::Line),
            Column::plain("external_id", Held::Line),
            Column::personal("held", Held::Line),
            Column::plain("merged_into", Held::Line),
            Column::plain("slot_a", Held::Later),
            Column::plain("slot_b", Held::Later),
            Column::plain("slot_c", Held::Later),
            Column::personal("created_at", Held::Line),
            Column::personal("published_at", Held::Line),
            Column::personal("withdrawn_at", Held::Line),
            Column::plain("votes_for", Held::Voices),
            Column::plain("votes_against", Held::Voices),
            Column::plain("votes_neutral", Held::Voices),
            Column::plain("points", Held::Voices),
            Column::plain("arguments_for", ARGUMENTS_FOR),
            Column::plain("arguments_against", ARGUMENTS_AGAINST),
            Column::personal("author", AUTHOR),
            Column::plain("seen_at", LOOKED_AT),
            Column::personal("updated_at", Held::Free("moves with each voice; nothing is decided by it")),
            Column::plain(
                "fingerprint",
                Held::Free("tells an import whether its row changed; what it wrote is held"),
            ),
            Column::plain("geom", Held::Free("made by the database of the place, which is held")),
        ],
    },
    Table {
        name: "feature_area",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::With(&With {
            parent: "feature",
            from: "feature_area",
            by: "feature_area.feature_id",
            order: "feature_area.area_id",
            before: &[],
            subject: None,
        }),
        columns: &[Column::plain("feature_id", Held::Line), Column::plain("area_id", Held::Line)],
    },
    Table {
        name: "argument",
        whose: Whose::Voice("author"),
        purpose: Purpose::CONTRIBUTIONS,
        erasing: Erasing::By(erasure::arguments),
        rows: Rows::Own,
        columns: &[
            Column::personal("body", Held::Said),
            Column::personal("id", Held::Line),
            Column::personal("feature_id", Held::Line),
            Column::personal("side", Held::Line),
            Column::plain("channel", Held::Line),
            Column::personal("created_at", Held::Line),
            Column::personal("published_at", Held::Line),
            Column::personal("held", Held::Line),
            Column::personal("author", AUTHOR),
            Column::plain("seen_at", LOOKED_AT),
        ],
    },
    Table {
        name: "photo",
        whose: Whose::Voice("author"),
        purpose: Purpose::CONTRIBUTIONS,
        erasing: Erasing::By(erasure::photos),
        rows: Rows::With(&With {
            parent: "feature",
            from: "photo",
            by: "photo.feature_id",
            order: "photo.id",
            before: &[],
            subject: None,
        }),
        columns: &[
            Column::personal("alt", Held::Said),
            Column::personal("id", Held::Line),
            Column::personal("feature_id", Held::Line),
            Column::plain("waits_for", Held::Line),
            Column::plain("held", Held::Line),
            Column::plain("position", Held::Line),
            Column::personal("digest", Held::Line),
            Column::plain("width", Held::Line),
            Column::plain("height", Held::Line),
            Column::personal("created_at", Held::Line),
            Column::personal("author", AUTHOR),
        ],
    },
    Table {
        name: "vote",
        whose: Whose::Voice("voter"),
        purpose: Purpose::VOTES,
        erasing: Erasing::Unties,
        rows: Rows::Voices,
        columns: &[
            Column::personal("feature_id", Held::Voices),
            Column::personal("value", Held::Voices),
            Column::personal("apart", Held::Voices),
            Column::personal(
                "voter",
                Held::Free("who gave it is nobody's to prove, and is cut when it was kept long enough"),
            ),
            Column::personal(
                "cast_at",
                Held::Free("when it was given is told to nobody; the line of its write has the instant"),
            ),
        ],
    },
    Table {
        name: "theme",
        whose: Whose::Nobody,
        purpose: Purpose::NONE,
        erasing: Erasing::Stays,
        rows: Rows::Own,
        columns: &[
            Column::plain("id", Held::Line),
            Column::plain("slug", Held::Line),
            Column::plain("label", Held::Line),
            Column::plain("color", Held::Line),
            Column::plain("icon", Held::Line),
            Column::plain("process_id", Held::Line),
            Column::plain("created_at", Held::Line),
        ],
    },
];
