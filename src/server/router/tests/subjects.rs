//! Subjects: every (kind, id) that is kept anywhere is there, and every kind's questions are understood by both databases.

use crate::base::db::{Sql as _, by};
use crate::base::ids::{FeatureId, Visitor};
use crate::modules::{subjects, tables};
use crate::server::testing::on_both;
use std::collections::BTreeSet;

#[test]
fn no_two_modules_give_a_kind_of_subject_the_same_word() {
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = subjects().filter(|kind| !seen.insert(kind.word)).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

on_both! {
    async fn every_subject_that_is_kept_anywhere_is_a_row_of_its_kinds_table(db: Db) {
        let mut begun = crate::core::journal::Write::begin(&db, crate::base::clock::now()).await.unwrap();
        // Drawing a territory in a debug build takes longer than a server may think within a transaction.
        begun.tx().run(by("select 1", "set local idle_in_transaction_session_timeout = 0"), ()).await.unwrap();
        crate::server::demo::fill(&mut begun, crate::base::clock::now()).await.unwrap();
        begun.commit().await.unwrap();
        let mut walked = 0;
        for table in tables().filter(|table| table.columns.iter().any(|column| column.name == "subject_kind")) {
            // What is sealed says the table itself, and stays when a row goes.
            if table.name == "sealed_row" {
                continue;
            }
            let all = |sqlite: String| db.all::<(String, i64)>(by(sqlite.clone().leak(), sqlite.leak()), ());
            let kept = all(format!("select subject_kind, subject_id from {} where subject_kind is not null", table.name)).await.unwrap();
            walked += kept.len();
            let kinds: BTreeSet<String> = kept.iter().map(|(kind, _)| kind.clone()).collect();
            for kind in kinds {
                let row = subjects().find(|row| row.word == kind);
                let row = row.unwrap_or_else(|| panic!("{} names a `{kind}`, which no module declares", table.name));
                let lost = all(format!(
                    "select subject_kind, subject_id from {} k where subject_kind = '{kind}'
                     and not exists (select 1 from {} s where s.id = k.subject_id)",
                    table.name, row.table
                ));
                assert_eq!(lost.await.unwrap(), [], "in {}", table.name);
                let one = kept.iter().find(|(word, _)| *word == kind).map(|(_, id)| *id);
                if let Some(sql) = row.feature {
                    let found: Vec<(Option<FeatureId>,)> = db.all(sql, (one,)).await.unwrap();
                    assert!(matches!(found.as_slice(), [(Some(_),)]), "the feature of {kind} {one:?}: {found:?}");
                }
                if let Some(sql) = row.author {
                    let found: Vec<(Option<Visitor>,)> = db.all(sql, (one,)).await.unwrap();
                    assert_eq!(found.len(), 1, "the author of {kind} {one:?}");
                }
            }
        }
        assert!(walked > 900, "{walked}");
    }
}
