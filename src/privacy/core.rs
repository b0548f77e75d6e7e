//! What the core's tables hold on people: those of floors 1 to 3, which are no modules, declared by one owner.

use super::store;
use crate::features::erasure;
use crate::module::{Erasing, Holding, Purpose, Whose};

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
        plain: &["position", "width", "height", "waits_for"],
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
        plain: &["id", "tries", "problem", "next_at", "given_up_at"],
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
    plain("register_head", &["day", "number", "chain", "made_at"]),
    plain(
        "place",
        &["id", "kind", "name", "locality", "folded", "search", "lon", "lat", "source", "fingerprint"],
    ),
    plain("place_number", &["place_id", "number", "suffix", "lon", "lat"]),
    plain("audience", &["day", "route", "shown"]),
];
