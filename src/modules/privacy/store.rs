//! Privacy's SQL: the account's own erasing, what retention looks for, the audience. Tables that are declared are gone through by
//! `db::held`.

use crate::base::clock::Timestamp;
use crate::base::db::{Db, Ids, Sql, Tx, by, held, insert_many};
use crate::base::error::Result;
use crate::base::ids::{AccountId, Visitor};
use crate::base::media::Digest;
use crate::core::journal::Write;
use crate::core::personal_data::{Person, Whose};
use crate::modules::tables as all_tables;
use std::collections::BTreeMap;

/// Everybody of whom there is something: each account that is not erased, and each voice of acts that is no account's.
pub(super) async fn everybody(db: &Db) -> Result<Vec<Person>> {
    let accounts: Vec<(AccountId, Visitor, Option<String>)> =
        db.all("select id, voice, email from account where erased_at is null order by id", ()).await?;
    let mut everybody: BTreeMap<uuid::Uuid, Person> = BTreeMap::new();
    for (table, column) in all_tables().filter_map(|table| match table.whose {
        Whose::Voice(column) | Whose::VoiceOnce(column, _) => Some((table.name, column)),
        _ => None,
    }) {
        let voices = held::voices(db, table, column).await?;
        everybody.extend(
            voices.into_iter().map(|voice| (voice.0, Person { voice: Some(voice), ..Person::default() })),
        );
    }
    for (id, voice, email) in accounts {
        everybody.insert(voice.0, Person { voice: Some(voice), account: Some(id), email });
    }
    Ok(everybody.into_values().collect())
}

/// Accounts without a role that nobody signed in to since before an instant.
pub(super) async fn idle_accounts(
    db: impl Sql<'_>,
    before: Timestamp,
) -> Result<Vec<(AccountId, Visitor, Option<String>)>> {
    db.all(
        "select id, voice, email from account a where seen_at < $1 and erased_at is null
         and not exists (select 1 from role_grant g where g.account_id = a.id and g.revoked_at is null)
         order by id",
        (before,),
    )
    .await
}

/// Deletes letters that were sent, given up or, where they never left, written before an instant.
pub(super) async fn delete_letters(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run("delete from mail where coalesce(sent_at, given_up_at, created_at) < $1", (before,)).await
}

/// Notes pictures whose files must go once this write is committed.
pub(super) async fn must_go(write: &mut Write, pictures: &[Digest]) -> Result<()> {
    let at = write.at();
    for digest in pictures {
        let sql =
            "insert into picture_removal (digest, since) values ($1, $2) on conflict (digest) do nothing";
        write.tx().run(sql, (digest.as_str(), at)).await?;
    }
    Ok(())
}

/// Pictures whose files must still go, and whether a photo has the same picture again.
pub(super) async fn going(db: &Db) -> Result<Vec<(Digest, bool)>> {
    db.all(
        "select r.digest, exists (select 1 from photo p where p.digest = r.digest) from picture_removal r
         order by r.since, r.digest",
        (),
    )
    .await
}

/// The files of a picture are gone, or somebody sent it again.
pub(super) async fn has_gone(db: &Db, digest: &Digest) -> Result<()> {
    db.run("delete from picture_removal where digest = $1", (digest.as_str(),)).await.map(|_| ())
}

/// The titles of those of these contributions that everybody may read, or that are this person's own.
pub(super) async fn titles(db: &Db, ids: &[i64], voice: Option<Visitor>) -> Result<Vec<(i64, String)>> {
    db.all(
        by(
            "select id, title from feature where id in (select value from json_each($1))
             and (published_at is not null or author = $2)",
            "select id, title from feature where id = any($1) and (published_at is not null or author = $2)",
        ),
        (Ids(ids), voice),
    )
    .await
}

/// Deletes sessions that ended before an instant.
pub(super) async fn delete_sessions(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run("delete from session where expires_at < $1", (before,)).await
}

/// Deletes the audience's counts of days before one (`2026-11-22`).
pub(super) async fn delete_audience(tx: &mut Tx, before: &str) -> Result<u64> {
    tx.run("delete from audience where day < $1", (before,)).await
}

/// Adds to the audience's counts.
pub(super) async fn add_audience(db: &Db, day: &str, shown: &[(String, i64)]) -> Result<()> {
    let mut tx = db.begin().await?;
    let rows = shown.iter().map(|(route, count)| (day, route.as_str(), *count));
    insert_many(
        &mut tx,
        "insert into audience (day, route, shown)",
        rows,
        "on conflict (day, route) do update set shown = audience.shown + excluded.shown",
    )
    .await?;
    tx.commit().await
}

/// How often each sort of page was shown since a day, the most shown first.
pub(super) async fn audience(db: impl Sql<'_>, since: &str) -> Result<Vec<(String, i64)>> {
    db.all(
        by(
            "select route, sum(shown) as shown from audience where day >= $1 group by route order by shown desc, route",
            "select route, cast(sum(shown) as bigint) as shown from audience where day >= $1
             group by route order by shown desc, route",
        ),
        (since,),
    )
    .await
}

/// A person's own features: number, title, and why they are not public.
pub(super) async fn own_features(
    db: impl Sql<'_>,
    voice: Visitor,
) -> Result<Vec<(i64, String, Option<String>)>> {
    db.all("select id, title, held from feature where author = $1 order by id desc limit 200", (voice,)).await
}

/// What the last run of retention left, as [`remember_run`] wrote it; locks it until the transaction ends.
pub(super) async fn last_run(tx: &mut Tx) -> Result<Option<String>> {
    tx.run("insert into setting (name, value) values ('retention', '') on conflict (name) do nothing", ())
        .await?;
    tx.run("update setting set value = value where name = 'retention'", ()).await?;
    tx.optional("select value from setting where name = 'retention'", ()).await.map(only)
}

/// The same, to be shown.
pub(super) async fn kept_run(db: &Db) -> Result<Option<String>> {
    db.optional("select value from setting where name = 'retention'", ()).await.map(only)
}

fn only(row: Option<(String,)>) -> Option<String> {
    row.map(|(value,)| value)
}

/// Keeps what a run of retention did.
pub(super) async fn remember_run(tx: &mut Tx, text: &str) -> Result<()> {
    tx.run(
        "insert into setting (name, value) values ('retention', $1)
         on conflict (name) do update set value = excluded.value",
        (text,),
    )
    .await?;
    Ok(())
}
