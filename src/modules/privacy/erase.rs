//! Erasing a person, table by table, as the manifests declare.

use super::{again, store};
use crate::base::clock;
use crate::base::db::Db;
use crate::base::db::held::{self, Key};
use crate::base::error::Result;
use crate::base::ids::Visitor;
use crate::base::jobs::{Done, Job};
use crate::base::media::{self, Digest};
use crate::civic::accounts::kept_voices;
use crate::civic::processes;
use crate::core::app::App;
use crate::core::features::claim;
use crate::core::journal::Write;
use crate::core::personal_data::{Erasing, Fate, Person, Table, Whose};
use crate::modules::tables as all_tables;
use std::time::Duration;

/// The column that names a person in a table, and by what; nothing where they have none there.
pub(super) fn key(whose: Whose, person: &Person) -> Option<(&'static str, Key)> {
    match whose {
        Whose::Nobody => None,
        Whose::Voice(column) | Whose::VoiceOnce(column, _) | Whose::Feature(column) => {
            person.voice.map(|voice| (column, Key::Voice(voice)))
        }
        Whose::Account(column) => person.account.map(|account| (column, Key::Account(account))),
        Whose::Email(column) => person.email.clone().map(|email| (column, Key::Email(email))),
        // Nothing is done to such rows by themselves: they go with what they are about (`Erasing::Stays`).
        Whose::Subject => person.voice.map(|voice| ("subject_id", Key::Voice(voice))),
    }
}

/// Erases a person in a transaction. Gives the pictures whose files may go once it is committed.
///
/// # Errors
/// Where the database refuses: nothing is erased then.
pub(super) async fn person(write: &mut Write, person: &Person, fate: Fate) -> Result<Vec<Digest>> {
    let mut free = Vec::new();
    if let Some(account) = person.account {
        kept_voices::keep(write, account).await?;
    }
    for table in all_tables() {
        let Some((column, key)) = key(table.whose, person) else { continue };
        match table.erasing {
            Erasing::Stays => {}
            Erasing::Deletes => {
                touch_parents(write, table.name, column, &key).await?;
                held::delete(write.tx(), table.name, column, &key).await?;
            }
            Erasing::Cuts => {
                held::cut(write.tx(), table.name, column, &key).await?;
            }
            // An account's stay its kept voice's while their ballots are open.
            Erasing::Unties if person.account.is_some() => {}
            Erasing::Unties => {
                held::untie(write.tx(), table.name, column, &key).await?;
            }
            Erasing::By(erase) => free.extend(erase(write, person, fate).await?),
        }
    }
    let open = processes::store::ballots(write).await?;
    kept_voices::settle(write, &open).await?;
    Ok(free)
}

/// What the register seals together with rows that go is sealed anew without them.
async fn touch_parents(
    write: &mut Write,
    table: &'static str,
    column: &'static str,
    key: &Key,
) -> Result<()> {
    for with in all_tables().filter(|other| other.name == table).filter_map(Table::with) {
        for id in held::ids(write.tx(), with.from, with.by, table, column, key).await? {
            write.touch(with.parent, id);
        }
        // What stands on no contribution is sealed with its own row.
        for (kind, by) in with.alone() {
            for id in held::ids(write.tx(), with.from, &by, table, column, key).await? {
                write.touch(kind.table, id);
            }
        }
    }
    Ok(())
}

/// The same, committed, and the files removed. What a browser did (`unclaimed`) before they signed in is theirs, and goes with it.
///
/// # Errors
/// Where the database or the disk refuses.
pub(super) async fn whole(app: &App, who: &Person, unclaimed: Option<Visitor>, fate: Fate) -> Result<()> {
    let mut write = app.begin().await?;
    if let Some((unclaimed, voice)) = unclaimed.zip(who.voice) {
        claim::claim(&mut write, unclaimed, voice).await?;
    }
    let free = person(&mut write, who, fate).await?;
    store::must_go(&mut write, &free).await?;
    app.commit(write).await?;
    again::note(app, who, fate).await;
    finish(&app.db, &app.media).await;
    Ok(())
}

/// What an erasure leaves to do once it is committed: files of pictures, and what the database's own log still holds. What cannot be
/// done now is said and kept: the pictures for [`PICTURES`], the log for the next retention.
pub(super) async fn finish(db: &Db, media: &media::Store) {
    if let Err(error) = remove_pictures(db, media).await {
        tracing::error!(%error, "files of erased pictures are still there");
    }
    match db.forget_log().await {
        Ok(true) => {}
        Ok(false) => tracing::warn!(
            "somebody reads: the database's log keeps what was erased until the next retention"
        ),
        Err(error) => tracing::error!(%error, "the database's log could not be emptied"),
    }
}

/// Removes the files of erased pictures that a disk refused to let go: looked for each minute, told at the desk while it fails.
pub(super) const PICTURES: Job<App> = Job {
    name: "pictures",
    every: Duration::from_secs(60),
    look: Some(|app| Box::pin(async { Ok(!store::going(&app.db).await?.is_empty()) })),
    run: |app| Box::pin(async { Ok(Done::of(remove_pictures(&app.db, &app.media).await?)) }),
};

/// Removes the files of all pictures that must go, and gives how many went; one that cannot go keeps no other.
async fn remove_pictures(db: &Db, media: &media::Store) -> Result<u64> {
    let (mut gone, mut failed) = (0, None);
    for (digest, is_back) in store::going(db).await? {
        match remove(db, media, &digest, is_back).await {
            Ok(()) => gone += 1,
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(gone), Err)
}

async fn remove(db: &Db, media: &media::Store, digest: &Digest, is_back: bool) -> Result<()> {
    if !is_back {
        media.remove(digest, clock::now()).await?;
    }
    store::has_gone(db, digest).await
}
