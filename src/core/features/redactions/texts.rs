//! Every column with a text of what people contribute, and what becomes of it where a passage is blacked out: one that is new fails here
//! until that is decided.

use crate::base::db::{Sql as _, by};
use crate::core::personal_data::Purpose;
use crate::modules::tables;
use crate::server::testing::on_both;
use std::collections::BTreeSet;

/// What becomes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// The row says the passage no more.
    Blacked,
    /// The row says it, and whoever is not its author or a moderator reads it without.
    BlackedWhereRead,
    /// It is kept beside the register's digests, and shown by no page.
    Apart,
    /// It is a word of ours, a digest or where something came from: nobody wrote it about the thing.
    Ours,
}

use Fate::{Apart, Blacked, BlackedWhereRead, Ours};

/// Instants aside, which SQLite keeps as texts.
const TEXTS: [(&str, &str, Fate); 26] = [
    ("argument", "body", Blacked),
    ("argument", "channel", Ours),
    ("argument", "held", Ours),
    ("argument", "side", Ours),
    ("deposit", "content", Apart),
    ("deposit", "subject_kind", Ours),
    ("feature", "ballot", Ours),
    ("feature", "body", Blacked),
    ("feature", "channel", Ours),
    ("feature", "external_id", Ours),
    ("feature", "fingerprint", Ours),
    ("feature", "held", Ours),
    ("feature", "kind", Ours),
    ("feature", "search", Blacked),
    ("feature", "source", Ours),
    ("feature", "status", Ours),
    ("feature", "title", Blacked),
    ("photo", "alt", Blacked),
    ("photo", "digest", Ours),
    ("photo", "held", Ours),
    ("report", "address", BlackedWhereRead),
    ("report", "answers", BlackedWhereRead),
    ("report", "end_reason", Ours),
    ("report", "target_unit", Ours),
    ("report_rating", "outcome", Ours),
    ("revision", "content", BlackedWhereRead),
];

/// Of a version's row, beside what it says.
const OF_VERSIONS: [&str; 3] = ["held", "photos", "subject_kind"];

on_both! {
    async fn every_text_that_people_contribute_is_blacked_out_or_it_is_said_why_not(db: Db) {
        let all: Vec<(String, String)> = db
            .all(
                by(
                    "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c
                     where m.type = 'table' and upper(c.type) = 'TEXT'",
                    "select table_name::text, column_name::text from information_schema.columns
                     where table_schema = current_schema() and data_type in ('text', 'character varying', 'json', 'jsonb')",
                ),
                (),
            )
            .await
            .unwrap();
        let is_contributed =
            |name: &str| tables().any(|table| table.name == name && table.purpose == Purpose::CONTRIBUTIONS);
        let is_said = |(table, column): &(&str, &str)| {
            is_contributed(table) && !(*column == "at" || column.ends_with("_at")) && !(*table == "revision" && OF_VERSIONS.contains(column))
        };
        let found: BTreeSet<(&str, &str)> =
            all.iter().map(|(table, column)| (table.as_str(), column.as_str())).filter(is_said).collect();
        let decided: BTreeSet<(&str, &str)> = TEXTS.iter().map(|(table, column, _)| (*table, *column)).collect();
        assert_eq!(found, decided, "each is decided about, in TEXTS");
        // What the row of a thing itself says is found by the walk through every address (`router/tests/redacted.rs`).
        let blacked: Vec<_> = TEXTS.iter().filter(|(.., fate)| *fate == Blacked).map(|(table, ..)| *table).collect();
        let things: BTreeSet<&str> = blacked.into_iter().collect();
        assert_eq!(things, BTreeSet::from(["argument", "feature", "photo"]));
    }
}
