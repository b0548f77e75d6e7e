//! Photos that go: with what they belong to, because nobody attached them, because no row names their files.
//!
//! Invariant: a file goes once no row names it, and never before the write is committed that deletes the last one.

use crate::base::clock::Timestamp;
use crate::base::db::{Db, Sql};
use crate::base::error::Result;
use crate::base::ids::{FeatureId, Visitor};
use crate::base::media::{Digest, Store};
use crate::core::features::redactions::captions;
use crate::core::journal::Write;

/// Deletes a feature's photos. Gives the digests that no row names any more. The caller says why.
pub(in crate::core::features) async fn clear(write: &mut Write, feature: FeatureId) -> Result<Vec<Digest>> {
    let gone = write
        .tx()
        .all("delete from photo where feature_id = $1 or waits_for = $1 returning digest", (feature,))
        .await?;
    captions::forget(write, feature).await?;
    all_unnamed(write, gone).await
}

/// Deletes what a visitor sent and never attached. Gives the digests that no row names any more.
pub(in crate::core::features) async fn clear_pending(
    write: &mut Write,
    author: Visitor,
) -> Result<Vec<Digest>> {
    let gone = write
        .tx()
        .all("delete from photo where author = $1 and feature_id is null returning digest", (author,))
        .await?;
    all_unnamed(write, gone).await
}

pub(in crate::core::features) async fn all_unnamed(
    write: &mut Write,
    gone: Vec<(Digest,)>,
) -> Result<Vec<Digest>> {
    // What was covered in a photo goes with it.
    let sql = "delete from photo_original where not exists (select 1 from photo h where h.id = photo_original.photo_id) returning digest";
    let originals: Vec<(Digest,)> = write.tx().all(sql, ()).await?;
    let mut free = Vec::new();
    for (digest,) in gone.into_iter().chain(originals) {
        free.extend(unnamed(write, digest).await?);
    }
    free.sort();
    free.dedup();
    Ok(free)
}

pub(super) async fn unnamed(write: &mut Write, digest: Digest) -> Result<Option<Digest>> {
    let is_free = !is_named(write.tx(), &digest).await?;
    Ok(is_free.then_some(digest))
}

/// Whether a row names a picture: a photo's, or one that keeps what was covered in it.
async fn is_named(db: impl Sql<'_>, digest: &Digest) -> Result<bool> {
    let sql = "select photo_id from photo_original where digest = $1 union all select id from photo where digest = $1 limit 1";
    let row: Option<(i64,)> = db.optional(sql, (digest.as_str(),)).await?;
    Ok(row.is_some())
}

/// Deletes the rows of photos that were sent before `before` and never attached. Gives the digests that no row names any
/// more: their files may go once the write is committed (see [`sweep`]).
///
/// # Errors
/// Where the database refuses.
pub async fn clear_abandoned(write: &mut Write, before: Timestamp) -> Result<Vec<Digest>> {
    let gone: Vec<(Digest,)> = write
        .tx()
        .all(
            "delete from photo where feature_id is null and waits_for is null and created_at < $1 returning digest",
            (before,),
        )
        .await?;
    all_unnamed(write, gone).await
}

/// Removes the files put before an instant that no row names: left by servers that were killed, or whose disk was full, between a
/// picture's files and its row; and what was half written. Gives how many pictures and how many halves went.
///
/// Safe beside other servers and beside people who are sending: a row comes within seconds of its files, putting a picture again makes
/// its files young, and each is looked at again just before it is removed.
///
/// # Errors
/// Where the database or the disk refuses.
pub async fn clear_strays(db: &Db, store: &Store, before: Timestamp) -> Result<(usize, usize)> {
    let (kept, halves) = store.older(before).await?;
    let mut strays = 0;
    for digest in kept {
        if !is_named(db, &digest).await? {
            store.remove(&digest, before).await?;
            strays += 1;
        }
    }
    Ok((strays, halves))
}

/// [`clear_abandoned`], committed, and the files removed. Gives how many pictures went.
///
/// # Errors
/// Where the database or the disk refuses.
pub async fn sweep(db: &Db, store: &Store, before: Timestamp) -> Result<usize> {
    let mut write = Write::begin(db, crate::base::clock::now()).await?;
    let free = clear_abandoned(&mut write, before).await?;
    write.commit().await?;
    for digest in &free {
        // Files younger than that were just put by somebody who is about to write their row.
        store.remove(digest, before).await?;
    }
    Ok(free.len())
}

/// Removes the files of pictures that nothing shows any more. A file that stays is no reason to fail an act that is done.
pub async fn forget(store: &Store, pictures: &[Digest]) {
    for digest in pictures {
        if let Err(error) = store.remove(digest, crate::base::clock::now()).await {
            tracing::error!(%error, "a picture's files stay behind");
        }
    }
}
