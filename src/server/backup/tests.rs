//! What was saved comes back whole, into either database, or not at all.

use super::*;
use crate::base::clock;
use crate::base::db::{Cells, Db, Snapshot, by};
use crate::core::features;
use crate::core::journal::{Act, Write};
use crate::modules::register;
use crate::server::demo;
use crate::server::testing::{on_both, on_postgis as in_postgis, on_sqlite as in_sqlite, proposal};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Every row of every table, as text, in an order that no database decides.
async fn everything(db: &Db) -> BTreeMap<String, Vec<String>> {
    let mut snapshot = Snapshot::begin(db).await.unwrap();
    let mut all = BTreeMap::new();
    for table in snapshot.tables().await.unwrap() {
        let mut rows: Vec<String> = Vec::new();
        // SQLite says yes as 1.
        let plain = |value| match value {
            serde_json::Value::Bool(yes) => serde_json::Value::from(u8::from(yes)),
            other => other,
        };
        let sorted = |row: Cells| {
            row.into_iter().map(|(name, value)| (name, plain(value))).collect::<BTreeMap<_, _>>()
        };
        snapshot
            .each(&table, |row| {
                rows.push(serde_json::to_string(&sorted(row)).unwrap());
                Ok(())
            })
            .await
            .unwrap();
        rows.sort();
        all.insert(table.name, rows);
    }
    all
}

/// The demonstration, with its pictures in a folder.
async fn demonstration(db: &Db, media: &Path) {
    let mut begun = Write::begin(db, clock::now()).await.unwrap();
    // Drawing a territory in a debug build takes longer than a server may think within a transaction.
    let patient = by("select 1", "set local idle_in_transaction_session_timeout = 0");
    crate::base::db::Sql::run(begun.tx(), patient, ()).await.unwrap();
    demo::fill(&mut begun, clock::now()).await.unwrap();
    begun.commit().await.unwrap();
    pictures(media);
}

/// Two ideas and a voice, with pictures in a folder.
async fn filled(db: &Db, media: &Path) {
    let mut begun = Write::begin(db, clock::now()).await.unwrap();
    let voter = crate::base::ids::Visitor(uuid::Uuid::new_v4());
    for title in ["Un banc", "De l’ombre"] {
        let id =
            features::store::insert(&mut begun, &proposal(title, 2.35, 48.85), Act::PLACED).await.unwrap();
        features::votes::set(&mut begun, id, voter, Some(features::Voice::For)).await.unwrap();
    }
    begun.commit().await.unwrap();
    pictures(media);
}

fn pictures(media: &Path) {
    std::fs::create_dir_all(media.join("ab")).unwrap();
    std::fs::write(media.join("ab").join("cd-large.jpg"), b"a picture").unwrap();
    std::fs::write(media.join("ab").join(".half"), b"being written").unwrap();
}

async fn written(db: &Db, folder: &Path, keys: &[String]) -> PathBuf {
    let (media, to) = (folder.join("media"), folder.join("backup"));
    write(db, &media, &to, Recipients::read(keys).unwrap(), &mut |_, _| {}).await.unwrap();
    to
}

async fn put_back_into(
    db: &Db,
    from: &Path,
    media: &Path,
    identities: &Identities,
) -> crate::base::error::Result<Restored> {
    restore(db, media, from, identities, &mut |_, _| {}).await
}

/// With all of the demonstration from one sort of database to the other; within one sort with little, which is a third of the work.
async fn comes_back_whole(from: &Db, to: &Db) {
    let folder = tempfile::tempdir().unwrap();
    let is_all = from.name() != to.name();
    match is_all {
        true => demonstration(from, &folder.path().join("media")).await,
        false => filled(from, &folder.path().join("media")).await,
    }
    let backup = written(from, folder.path(), &[]).await;
    let media = folder.path().join("new-media");
    let restored = put_back_into(to, &backup, &media, &Identities::default()).await.unwrap();
    assert!(restored.manifest.rows() > if is_all { 1_000 } else { 10 }, "{}", restored.manifest.rows());
    let (before, after) = (everything(from).await, everything(to).await);
    for (table, rows) in &before {
        assert_eq!(rows.len(), after[table].len(), "rows of {table}");
        for (one, other) in rows.iter().zip(&after[table]) {
            assert_eq!(one, other, "{table}");
        }
    }
    assert_eq!(before.len(), after.len());
    assert_eq!(std::fs::read(media.join("ab").join("cd-large.jpg")).unwrap(), b"a picture");
    assert!(!media.join("ab").join(".half").exists(), "what was being written is no file of ours");
    let checked = register::verify(to, |_, _| {}).await.unwrap();
    assert!(checked.findings.is_empty() && checked.lines > 0, "{:?}", checked.findings);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_saved_from_sqlite_comes_back_whole_in_sqlite() {
    in_sqlite(async |from| in_sqlite(async |to| comes_back_whole(&from, &to).await).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_saved_from_sqlite_comes_back_whole_in_postgis() {
    in_sqlite(async |from| in_postgis(async |to| comes_back_whole(&from, &to).await).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_saved_from_postgis_comes_back_whole_in_sqlite() {
    in_postgis(async |from| in_sqlite(async |to| comes_back_whole(&from, &to).await).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_saved_from_postgis_comes_back_whole_in_postgis() {
    in_postgis(async |from| in_postgis(async |to| comes_back_whole(&from, &to).await).await).await;
}

on_both! {
    async fn who_writes_on_after_a_restore_gets_the_next_number(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        filled(&db, &folder.path().join("media")).await;
        let backup = written(&db, folder.path(), &[]).await;
        let next = async |to: Db| {
            put_back_into(&to, &backup, &folder.path().join("new"), &Identities::default()).await.unwrap();
            let mut write = Write::begin(&to, clock::now()).await.unwrap();
            let id = features::store::insert(&mut write, &proposal("Après", 2.35, 48.85), Act::PLACED).await.unwrap();
            write.commit().await.unwrap();
            id.0
        };
        in_sqlite(async |to| assert_eq!(next(to).await, 3)).await;
        in_postgis(async |to| assert_eq!(next(to).await, 3)).await;
    }

    async fn a_backup_made_under_writes_is_one_state(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        filled(&db, &folder.path().join("media")).await;
        let writing = {
            let db = db.clone();
            tokio::spawn(async move {
                for n in 0..200 {
                    let mut write = Write::begin(&db, clock::now()).await.unwrap();
                    let sql = "insert into setting (name, value) values ($1, '')";
                    crate::base::db::Sql::run(write.tx(), sql, (format!("n{n}"),)).await.unwrap();
                    write.record_subject(Act::VOCABULARY, "n");
                    write.commit().await.unwrap();
                }
            })
        };
        let backup = written(&db, folder.path(), &[]).await;
        writing.await.unwrap();
        in_sqlite(async |to| {
            let restored = put_back_into(&to, &backup, folder.path(), &Identities::default()).await.unwrap();
            let all = everything(&to).await;
            // A setting and a line in each of those transactions: both or neither.
            let settings = all["setting"].iter().filter(|row| row.contains("\"name\":\"n")).count();
            let lines = all["journal"].iter().filter(|row| row.contains("\"subject\":\"n\"")).count();
            assert_eq!(settings, lines);
            assert_eq!(all["journal"].len() as i64, restored.manifest.journal);
        })
        .await;
    }

    async fn a_database_in_use_is_left_as_it_is(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        filled(&db, &folder.path().join("media")).await;
        let backup = written(&db, folder.path(), &[]).await;
        let before = everything(&db).await;
        let refused = put_back_into(&db, &backup, folder.path(), &Identities::default()).await.unwrap_err();
        assert!(refused.to_string().contains("in use"), "{refused}");
        assert_eq!(everything(&db).await, before);
    }

    async fn any_byte_that_changed_refuses_the_backup_before_anything_is_written(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        filled(&db, &folder.path().join("media")).await;
        let backup = written(&db, folder.path(), &[]).await;
        let table = backup.join("tables").join("vote.jsonl.gz");
        let whole = std::fs::read(&table).unwrap();
        let mut damaged = whole.clone();
        damaged[whole.len() / 2] ^= 1;
        for content in [damaged, whole[..whole.len() - 1].to_vec(), Vec::new()] {
            std::fs::write(&table, content).unwrap();
            in_sqlite(async |to| {
                let media = folder.path().join("new");
                let refused = put_back_into(&to, &backup, &media, &Identities::default()).await.unwrap_err();
                assert!(refused.to_string().contains("vote.jsonl.gz"), "{refused}");
                assert!(everything(&to).await["feature"].is_empty() && !media.exists());
            })
            .await;
        }
    }

    async fn an_encrypted_backup_opens_for_its_key_alone(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        filled(&db, &folder.path().join("media")).await;
        let (key, other) = (age::x25519::Identity::generate(), age::x25519::Identity::generate());
        let backup = written(&db, folder.path(), &[key.to_public().to_string()]).await;
        let packed = std::fs::read(backup.join("media").join("ab").join("cd-large.jpg.age")).unwrap();
        assert!(!packed.windows(9).any(|part| part == b"a picture"));
        let file = |key: &age::x25519::Identity, name: &str| {
            use age::secrecy::ExposeSecret;
            let path = folder.path().join(name);
            std::fs::write(&path, format!("# a remark\n{}\n", key.to_string().expose_secret())).unwrap();
            Identities::read(&path).unwrap()
        };
        let media = folder.path().join("new");
        in_sqlite(async |to| {
            for wrong in [Identities::default(), file(&other, "other.txt")] {
                let refused = put_back_into(&to, &backup, &media, &wrong).await.unwrap_err();
                assert!(refused.to_string().contains("--identity"), "{refused}");
            }
            put_back_into(&to, &backup, &media, &file(&key, "key.txt")).await.unwrap();
            assert_eq!(everything(&to).await, everything(&db).await);
        })
        .await;
        assert_eq!(std::fs::read(media.join("ab").join("cd-large.jpg")).unwrap(), b"a picture");
    }

    async fn a_backup_of_a_newer_program_is_refused_by_its_migration(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        let backup = written(&db, folder.path(), &[]).await;
        let path = backup.join(MANIFEST);
        let mut manifest = Manifest::read(&backup).unwrap();
        manifest.schema = 9_999;
        std::fs::write(&path, serde_json::to_vec(&manifest).unwrap()).unwrap();
        in_sqlite(async |to| {
            let refused = put_back_into(&to, &backup, folder.path(), &Identities::default()).await.unwrap_err();
            assert!(refused.to_string().contains("9999"), "{refused}");
        })
        .await;
        std::fs::remove_file(&path).unwrap();
        let refused = put_back_into(&db, &backup, folder.path(), &Identities::default()).await.unwrap_err();
        assert!(refused.to_string().contains("no complete backup"), "{refused}");
    }
}

#[test]
fn a_list_that_leads_out_of_its_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for path in ["../secret", "/etc/passwd", "media/../../x", ""] {
        let entry = Entry { path: path.into(), bytes: 0, sha256: String::new(), rows: None };
        assert!(files::check(folder.path(), &entry).is_err(), "{path}");
        assert!(files::open(folder.path(), &entry, &Identities::default()).is_err(), "{path}");
    }
}
