//! What photos of a contribution show, in the words of who sent them, without the passages that are blacked out of the contribution.
//!
//! What it is not: the photo, which is hidden or shown whole (`photos::hold`).
//! Invariant: the redaction that changed a caption first keeps it as it stood; nobody but who sends a photo ever writes one.

use super::{FeatureId, IN_ANY_LETTERS, Result, Write, listed, without};
use crate::base::db::Sql as _;
use crate::base::error::Error;
use crate::core::features::photos;
use std::collections::BTreeMap;

/// Captions as they stood, by the photo's number.
type Kept = BTreeMap<i64, String>;

/// The photos that belong to a contribution, or wait for it: number and caption.
async fn all(write: &mut Write, id: FeatureId) -> Result<Vec<(i64, String)>> {
    write
        .tx()
        .all("select id, alt from photo where feature_id = $1 or waits_for = $1 order by id", (id,))
        .await
}

fn read(json: &str) -> Result<Kept> {
    serde_json::from_str(json).map_err(|error| Error::Internal(format!("captions of a redaction: {error}")))
}

/// Blacks the passages of every redaction that holds out of the captions of a contribution's photos, also of those that came since. Each
/// redaction keeps what it changes. Says whether anything was changed, and the register told.
pub(in crate::core::features) async fn black(write: &mut Write, id: FeatureId) -> Result<bool> {
    let held: Vec<(i64, String, String)> = write
        .tx()
        .all(
            "select decision_id, passages, captions from redaction
             where subject_kind = 'feature' and subject_id = $1 and ended_at is null order by decision_id",
            (id,),
        )
        .await?;
    if held.is_empty() {
        return Ok(false);
    }
    let mut changed = false;
    let photos = all(write, id).await?;
    let mut said: Kept = photos.into_iter().collect();
    for (decision, passages, kept) in held {
        let (passages, mut kept) = (listed(vec![(passages,)])?, read(&kept)?);
        let before = kept.len();
        for (photo, caption) in &mut said {
            let black = without(caption, &passages, IN_ANY_LETTERS);
            if black != *caption {
                kept.entry(*photo).or_insert_with(|| caption.clone());
                write.tx().run("update photo set alt = $2 where id = $1", (*photo, &black)).await?;
                (*caption, changed) = (black, true);
            }
        }
        if kept.len() > before {
            keep(write, decision, &kept).await?;
        }
    }
    if changed {
        photos::deposit(write, id).await?;
    }
    Ok(changed)
}

async fn keep(write: &mut Write, decision: i64, kept: &Kept) -> Result<()> {
    let json = serde_json::to_string(kept).map_err(|e| Error::Internal(format!("captions: {e}")))?;
    let sql = "update redaction set captions = $2 where decision_id = $1";
    write.tx().run(sql, (decision, json.as_str())).await.map(drop)
}

/// Puts captions back as they stood before any redaction, without what is still held back.
pub(super) async fn put_back(write: &mut Write, id: FeatureId, held: &[String]) -> Result<()> {
    let ever: Vec<(String,)> = write
        .tx()
        .all(
            "select captions from redaction where subject_kind = 'feature' and subject_id = $1 order by decision_id desc",
            (id,),
        )
        .await?;
    let mut first = Kept::new();
    for (captions,) in ever {
        first.extend(read(&captions)?);
    }
    let mut changed = false;
    for (photo, said) in all(write, id).await? {
        let Some(stood) = first.get(&photo) else { continue };
        let back = without(stood, held, IN_ANY_LETTERS);
        if back != said {
            write.tx().run("update photo set alt = $2 where id = $1", (photo, &back)).await?;
            changed = true;
        }
    }
    if changed { photos::deposit(write, id).await } else { Ok(()) }
}

/// Forgets what was said of photos that are deleted.
pub(in crate::core::features) async fn forget(write: &mut Write, id: FeatureId) -> Result<()> {
    let rows: Vec<(i64, String)> = write
        .tx()
        .all(
            "select decision_id, captions from redaction
             where subject_kind = 'feature' and subject_id = $1 and captions <> '{}'",
            (id,),
        )
        .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let there: Kept = all(write, id).await?.into_iter().collect();
    for (decision, captions) in rows {
        let mut kept = read(&captions)?;
        let before = kept.len();
        kept.retain(|photo, _| there.contains_key(photo));
        if kept.len() < before {
            keep(write, decision, &kept).await?;
        }
    }
    Ok(())
}
