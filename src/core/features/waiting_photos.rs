//! Photos of what waits, or was taken back: they belong to no feature, so that nothing that shows a feature's photos finds them, and are
//! kept for one.

use super::photos::{self, Photo};
use super::redactions::captions;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{FeatureId, PhotoId, Visitor};
use crate::base::media::Digest;
use crate::base::text;
use crate::core::journal::Write;

/// Keeps pending photos for a version of a feature that waits: they are nobody's to see until it is published. Ids that are not the
/// author's own pending photos are left out.
///
/// # Errors
/// [`Error::Invalid`] naming `photo` where the feature would have more than [`photos::MOST`], beside those that the version drops.
pub async fn keep_for(
    write: &mut Write,
    feature: FeatureId,
    author: Visitor,
    pending: &[(PhotoId, String)],
    dropped: usize,
) -> Result<()> {
    for (id, alt) in pending {
        write
            .tx()
            .run(
                "update photo set waits_for = $2, alt = $3
                 where id = $1 and author = $4 and feature_id is null and waits_for is null",
                (*id, feature, text::line(alt, photos::ALT), author),
            )
            .await?;
    }
    captions::black(write, feature).await?;
    let (held,): (i64,) = write
        .tx()
        .one("select count(*) from photo where feature_id = $1 or waits_for = $1", (feature,))
        .await?;
    if usize::try_from(held).unwrap_or(usize::MAX).saturating_sub(dropped) > photos::MOST {
        return Err(Error::invalid("photo", Message::new("photo-too-many").with("most", photos::MOST)));
    }
    Ok(())
}

/// The photos that wait for a feature.
///
/// # Errors
/// Where the database does not answer.
pub async fn waiting_for(db: impl Sql<'_>, feature: FeatureId) -> Result<Vec<Photo>> {
    db.all("select id, digest, width, height, alt from photo where waits_for = $1 order by id", (feature,))
        .await
}

/// Makes the photos that wait for a feature its own, after those that it has. Gives which.
///
/// # Errors
/// Where the database refuses.
pub async fn bring(write: &mut Write, feature: FeatureId) -> Result<Vec<PhotoId>> {
    let waiting = waiting_for(write.tx(), feature).await?;
    let (mut position,): (i64,) = write
        .tx()
        .one("select coalesce(max(position), 0) from photo where feature_id = $1", (feature,))
        .await?;
    for photo in &waiting {
        position += 1;
        write
            .tx()
            .run(
                "update photo set feature_id = $2, waits_for = null, position = $3 where id = $1",
                (photo.id, feature, position),
            )
            .await?;
    }
    if !waiting.is_empty() {
        photos::deposit(write, feature).await?;
    }
    Ok(waiting.into_iter().map(|photo| photo.id).collect())
}

/// Deletes the photos that wait for a feature. Gives the digests that no row names any more.
///
/// # Errors
/// Where the database refuses.
pub async fn discard(write: &mut Write, feature: FeatureId) -> Result<Vec<Digest>> {
    let gone = write.tx().all("delete from photo where waits_for = $1 returning digest", (feature,)).await?;
    captions::forget(write, feature).await?;
    photos::all_unnamed(write, gone).await
}

/// Takes these photos of a feature off every page, and keeps them for it.
///
/// # Errors
/// Where the database refuses.
pub async fn put_off(write: &mut Write, feature: FeatureId, ids: &[PhotoId]) -> Result<()> {
    let mut changed = 0;
    for id in ids {
        let tx = write.tx();
        changed += tx
            .run(
                "update photo set feature_id = null, waits_for = $2 where id = $1 and feature_id = $2",
                (*id, feature),
            )
            .await?;
    }
    if changed > 0 { photos::deposit(write, feature).await } else { Ok(()) }
}

/// Takes every photo of a feature off every page, and keeps them for it.
///
/// # Errors
/// Where the database refuses.
pub async fn put_away(write: &mut Write, feature: FeatureId) -> Result<()> {
    let ids: Vec<PhotoId> =
        photos::of(write.tx(), feature).await?.into_iter().map(|photo| photo.id).collect();
    put_off(write, feature, &ids).await
}

/// Deletes photos of a feature that a published version takes away. Gives the digests that no row names any more.
///
/// # Errors
/// Where the database refuses.
pub async fn drop_from(write: &mut Write, feature: FeatureId, ids: &[PhotoId]) -> Result<Vec<Digest>> {
    let mut gone: Vec<(Digest,)> = Vec::new();
    for id in ids {
        let sql = "delete from photo where id = $1 and (feature_id = $2 or waits_for = $2) returning digest";
        gone.extend(write.tx().optional(sql, (*id, feature)).await?);
    }
    if !gone.is_empty() {
        photos::deposit(write, feature).await?;
        captions::forget(write, feature).await?;
    }
    photos::all_unnamed(write, gone).await
}
