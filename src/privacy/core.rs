//! What the core's tables hold on people: those of floors 1 to 3, which are no modules, declared by one owner.

use super::store;
use crate::features::erasure;
use crate::module::{Erasing, Held, Holding, Proof, Purpose, Rows, Whose, With};

/// A table in which no person is.
const fn plain(table: &'static str, plain: &'static [&'static str]) -> Holding {
    Holding {
        table,
        personal: &[],
        plain,
        whose: Whose::Nobody,
        purpose: Purpose::None,
        erasing: Erasing::Stays,
    }
}

/// Whose a kept version is: the author's of the feature or argument that its line of the journal is about.
const DEPOSITED: &str = "exists (select 1 from journal j
    left join feature f on f.id = j.feature_id and (j.subject is null or j.subject = 'photos' or j.subject like 'revision %')
    left join argument a on a.feature_id = j.feature_id and cast(a.id as text) = j.subject
    where j.feature_id = deposit.feature_id and j.content = deposit.digest and (f.author = $1 or a.author = $1))";

/// Whose a version that waits, was refused or taken back is: the author's of the feature.
const REVISED: &str = "revision.subject_kind = 'feature'
    and exists (select 1 from feature f where f.id = revision.subject_id and f.author = $1)";

/// In the order in which a person is erased: what they said first, who they are last.
pub(super) const HOLDINGS: &[Holding] = &[
    Holding {
        table: "deposit",
        personal: &["feature_id", "salt", "content", "digest"],
        plain: &[],
        whose: Whose::Through(DEPOSITED),
        purpose: Purpose::Contributions,
        // With the feature or argument: only that knows which versions are its own.
        erasing: Erasing::Stays,
    },
    Holding {
        table: "revision",
        personal: &["subject_id", "n", "content", "held", "made_at", "ended_at"],
        plain: &["subject_kind", "photos"],
        whose: Whose::Through(REVISED),
        purpose: Purpose::Contributions,
        // With the feature, too.
        erasing: Erasing::Stays,
    },
    Holding {
        table: "feature",
        personal: &[
            "id",
            "title",
            "body",
            "author",
            "wkb",
            "status",
            "created_at",
            "updated_at",
            "published_at",
            "held",
            "withdrawn_at",
        ],
        plain: &[
            "kind",
            "process_id",
            "theme_id",
            "search",
            "area_id",
            "channel",
            "source",
            "external_id",
            "fingerprint",
            "votes_for",
            "votes_against",
            "votes_neutral",
            "points",
            "arguments_for",
            "arguments_against",
            "merged_into",
            "seen_at",
            "geom",
        ],
        whose: Whose::Voice("author"),
        purpose: Purpose::Contributions,
        erasing: Erasing::By(erasure::features),
    },
    Holding {
        table: "argument",
        personal: &["id", "feature_id", "side", "body", "author", "created_at", "published_at", "held"],
        plain: &["channel", "seen_at"],
        whose: Whose::Voice("author"),
        purpose: Purpose::Contributions,
        erasing: Erasing::By(erasure::arguments),
    },
    Holding {
        table: "photo",
        personal: &["id", "feature_id", "digest", "alt", "author", "created_at"],
        plain: &["position", "width", "height", "waits_for", "held"],
        whose: Whose::Voice("author"),
        purpose: Purpose::Contributions,
        erasing: Erasing::By(erasure::photos),
    },
    Holding {
        table: "vote",
        personal: &["feature_id", "voter", "value", "cast_at", "apart"],
        plain: &[],
        whose: Whose::Voice("voter"),
        purpose: Purpose::Votes,
        erasing: Erasing::Unties,
    },
    Holding {
        table: "mail",
        personal: &["recipient", "subject", "body", "created_at", "sent_at"],
        plain: &["id", "tries", "problem", "next_at", "given_up_at", "subject_kind", "subject_id"],
        whose: Whose::Email("recipient"),
        purpose: Purpose::Letters,
        erasing: Erasing::Deletes,
    },
    Holding {
        table: "session",
        personal: &["account_id", "browser", "created_at", "seen_at", "expires_at", "strong_at"],
        plain: &["id", "digest"],
        whose: Whose::Account("account_id"),
        purpose: Purpose::Accounts,
        erasing: Erasing::Deletes,
    },
    Holding {
        table: "role_grant",
        personal: &["account_id", "role", "process_id", "area_id", "granted_by", "granted_at", "revoked_at"],
        plain: &["id"],
        whose: Whose::Account("account_id"),
        purpose: Purpose::Roles,
        // Ended with the account, and kept: the account that it names says nothing any more.
        erasing: Erasing::Stays,
    },
    Holding {
        table: "account",
        personal: &[
            "id",
            "voice",
            "email",
            "name",
            "capacity",
            "area_id",
            "verified_at",
            "created_at",
            "seen_at",
        ],
        plain: &["erased_at"],
        whose: Whose::Account("id"),
        purpose: Purpose::Accounts,
        erasing: Erasing::By(store::erase_account),
    },
    plain("setting", &["name", "value"]),
    plain("import_source", &["what", "source", "columns"]),
    plain("done_once", &["id", "content", "at", "answer"]),
    // Of what no row names any more; gone once the files are.
    plain("picture_removal", &["digest", "since"]),
    plain("process", &["id", "slug", "title", "settings", "state", "version", "ballot", "created_at"]),
    plain("theme", &["id", "slug", "label", "color", "icon", "process_id", "created_at"]),
    plain(
        "area",
        &["id", "slug", "level", "code", "name", "parent_id", "wkb", "created_at", "updated_at", "geom"],
    ),
    plain("feature_area", &["feature_id", "area_id"]),
    plain("layer", &["id", "slug", "name", "attribution", "color", "position", "created_at", "updated_at"]),
    plain("layer_item", &["id", "layer_id", "properties", "wkb", "geom"]),
    // An account's number in a subject leads to an account, which is empty once it is erased.
    plain("journal", &["seq", "at", "act", "feature_id", "subject", "number", "channel", "content", "chain"]),
    plain("journal_head", &["id", "seq", "number", "chain", "sealed_from"]),
    // Salted digests of rows that are declared themselves; salt and state go with the row's next turn.
    plain("sealed_row", &["subject_kind", "subject_id", "turn", "batch", "digest", "salt", "state"]),
    plain("register_head", &["day", "number", "chain", "made_at"]),
    plain("place", &["id", "kind", "name", "locality", "lon", "lat", "source", "fingerprint"]),
    plain("place_number", &["place_id", "number", "suffix", "lon", "lat"]),
    plain("audience", &["day", "route", "shown"]),
];

const AUTHOR: Held = Held::Free("who said it: signing in, erasing and retention change that lawfully");
const LOOKED_AT: Held = Held::Free("the order of a moderator's work; what they decide is held");

/// What the register holds of the core's tables.
pub const PROOFS: &[Proof] = &[
    Proof {
        table: "feature",
        rows: Rows::Own(&[
            (Held::Said, &["title", "body", "wkb", "search"]),
            (
                Held::Line,
                &[
                    "id",
                    "kind",
                    "process_id",
                    "theme_id",
                    "status",
                    "area_id",
                    "channel",
                    "source",
                    "external_id",
                    "held",
                    "merged_into",
                    "created_at",
                    "published_at",
                    "withdrawn_at",
                ],
            ),
            (Held::Voices, &["votes_for", "votes_against", "votes_neutral", "points"]),
            (
                Held::Derived(
                    "(select count(*) from argument a where a.feature_id = feature.id and a.side = 'for'
                       and a.published_at is not null)",
                ),
                &["arguments_for"],
            ),
            (
                Held::Derived(
                    "(select count(*) from argument a where a.feature_id = feature.id and a.side = 'against'
                       and a.published_at is not null)",
                ),
                &["arguments_against"],
            ),
            (AUTHOR, &["author"]),
            (LOOKED_AT, &["seen_at"]),
            (Held::Free("moves with each voice; nothing is decided by it"), &["updated_at"]),
            (Held::Free("tells an import whether its row changed; what it wrote is held"), &["fingerprint"]),
            (Held::Free("made by the database of the place, which is held"), &["geom"]),
        ]),
    },
    Proof {
        table: "feature_area",
        rows: Rows::With(&With {
            parent: "feature",
            from: "feature_area",
            by: "feature_area.feature_id",
            order: "feature_area.area_id",
            columns: &[(Held::Line, &["feature_id", "area_id"])],
        }),
    },
    Proof {
        table: "argument",
        rows: Rows::Own(&[
            (Held::Said, &["body"]),
            (Held::Line, &["id", "feature_id", "side", "channel", "created_at", "published_at", "held"]),
            (AUTHOR, &["author"]),
            (LOOKED_AT, &["seen_at"]),
        ]),
    },
    Proof {
        table: "photo",
        rows: Rows::With(&With {
            parent: "feature",
            from: "photo",
            by: "photo.feature_id",
            order: "photo.id",
            columns: &[
                (Held::Said, &["alt"]),
                (
                    Held::Line,
                    &[
                        "id",
                        "feature_id",
                        "waits_for",
                        "held",
                        "position",
                        "digest",
                        "width",
                        "height",
                        "created_at",
                    ],
                ),
                (AUTHOR, &["author"]),
            ],
        }),
    },
    Proof {
        table: "revision",
        rows: Rows::With(&With {
            parent: "feature",
            from: "(select * from revision where subject_kind = 'feature') revision",
            by: "revision.subject_id",
            order: "revision.n",
            columns: &[
                (Held::Said, &["content"]),
                (Held::Line, &["subject_kind", "subject_id", "n", "photos", "held", "made_at", "ended_at"]),
            ],
        }),
    },
    Proof {
        table: "vote",
        rows: Rows::Voices(&[
            (Held::Voices, &["feature_id", "value", "apart"]),
            (
                Held::Free("who gave it is nobody's to prove, and is cut when it was kept long enough"),
                &["voter"],
            ),
            (
                Held::Free("when it was given is told to nobody; the line of its write has the instant"),
                &["cast_at"],
            ),
        ]),
    },
    Proof {
        table: "role_grant",
        rows: Rows::Own(&[(
            Held::Line,
            &["id", "account_id", "role", "process_id", "area_id", "granted_by", "granted_at", "revoked_at"],
        )]),
    },
    Proof {
        table: "process",
        rows: Rows::Own(&[(
            Held::Line,
            &["id", "slug", "title", "settings", "state", "version", "ballot", "created_at"],
        )]),
    },
    Proof {
        table: "theme",
        rows: Rows::Own(&[(
            Held::Line,
            &["id", "slug", "label", "color", "icon", "process_id", "created_at"],
        )]),
    },
    Proof { table: "journal", rows: Rows::Register },
    Proof { table: "journal_head", rows: Rows::Register },
    Proof { table: "register_head", rows: Rows::Register },
    Proof { table: "deposit", rows: Rows::Register },
    Proof { table: "sealed_row", rows: Rows::Register },
    Proof::free("account", "who people are is theirs; what they may do is held (role_grant)"),
    Proof::free("session", "a browser in which somebody is signed in"),
    Proof::free("mail", "letters tell of what is held; they are deleted once they were kept long enough"),
    Proof::free("setting", "what the installation made for itself"),
    Proof::free("picture_removal", "files that must still go; the rows that named them are gone"),
    Proof::free("done_once", "keys of forms that were sent; what they did is held"),
    Proof::free("import_source", "how files that were imported looked; what they brought is held"),
    Proof::free("area", "the territory, from public files that anybody can lay beside it"),
    Proof::free("layer", "context for the map, from public files"),
    Proof::free("layer_item", "context for the map, from public files"),
    Proof::free("place", "addresses, from public files"),
    Proof::free("place_number", "addresses, from public files"),
    Proof::free("audience", "counts of pages, of which nothing is decided"),
];
