//! The SQL of kept views.

use super::SavedView;
use crate::base::clock::{self, Timestamp};
use crate::base::db::{Sql, Tx};
use crate::base::error::Result;
use crate::base::ids::AccountId;

/// The views that somebody sees: their own, then the team's, by name.
pub(in super::super) async fn seen(db: impl Sql<'_>, account: AccountId) -> Result<Vec<SavedView>> {
    db.all(
        "select id, account_id, room, name, query, is_shared, made_at from saved_view
         where removed_at is null and (account_id = $1 or is_shared)
         order by case when account_id = $1 then 0 else 1 end, lower(name), id",
        (account,),
    )
    .await
}

/// A view, kept or removed.
pub(super) async fn find(db: impl Sql<'_>, id: i64) -> Result<SavedView> {
    db.one(
        "select id, account_id, room, name, query, is_shared, made_at from saved_view where id = $1",
        (id,),
    )
    .await
}

/// How many somebody keeps, and whether one of them is called so.
pub(super) async fn own(db: impl Sql<'_>, account: AccountId, name: &str, but: i64) -> Result<(i64, bool)> {
    let (all, same): (i64, i64) = db
        .one(
            "select count(*), count(case when lower(name) = lower($2) and id <> $3 then 1 end) from saved_view
             where account_id = $1 and removed_at is null",
            (account, name, but),
        )
        .await?;
    Ok((all, same > 0))
}

/// Keeps one.
pub(super) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    (room, query): (&str, &str),
    (name, is_shared): (&str, bool),
) -> Result<i64> {
    let (id,): (i64,) = tx
        .one(
            "insert into saved_view (account_id, room, name, query, is_shared, made_at)
             values ($1, $2, $3, $4, $5, $6) returning id",
            (account, room, name, query, is_shared, clock::now()),
        )
        .await?;
    Ok(id)
}

/// Calls one otherwise, and says who sees it.
pub(super) async fn change(tx: &mut Tx, id: i64, name: &str, is_shared: bool) -> Result<()> {
    tx.run("update saved_view set name = $2, is_shared = $3 where id = $1", (id, name, is_shared))
        .await
        .map(|_| ())
}

/// Removes one, or puts it back.
pub(super) async fn remove(tx: &mut Tx, id: i64, at: Option<Timestamp>) -> Result<()> {
    tx.run("update saved_view set removed_at = $2 where id = $1", (id, at)).await.map(|_| ())
}
