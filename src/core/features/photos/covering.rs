//! Photos that are looked at before anybody sees them, and photos of which parts were covered: what stood there before is kept for a
//! while, under a list of who looked at it.
//!
//! What it is not: the pixels (`media::cover`), nor a moderator's decision, which takes a whole photo off and says why.
//! Invariants: whatever names a picture shows the covered one from the write on; what stood before is nobody's to see but through
//! [`look`], and is gone when its time is over.

use super::{Photo, all_unnamed, deposit};
use crate::base::clock::Timestamp;
use crate::base::db::{Db, Ids, Sql, by};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, AreaId, FeatureId, PhotoId, ProcessId};
use crate::base::media::{Digest, Picture};
use crate::core::features::Hold;
use crate::core::features::scope::{Scope, in_scope};
use crate::core::journal::{Act, Write};
use chrono::TimeDelta;

/// For how long what was covered is kept.
pub const KEPT: TimeDelta = TimeDelta::days(30);

/// A photo as those who look after it see it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Looked {
    /// The photo as it is shown, or would be.
    #[sqlx(flatten)]
    pub photo: Photo,
    /// What it belongs to.
    pub feature_id: FeatureId,
    /// What that is called.
    pub title: String,
    /// Its process.
    process_id: Option<ProcessId>,
    /// The numbers of its areas, joined by commas.
    areas: Option<String>,
    /// Why it is not shown.
    pub held: Option<Hold>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When what was covered is erased; nothing where nothing is kept.
    pub until_at: Option<Timestamp>,
}

impl Looked {
    /// The process and the areas that it lies in.
    pub fn place(&self) -> (Option<ProcessId>, Vec<AreaId>) {
        let areas = self.areas.as_deref().unwrap_or_default().split(',');
        (self.process_id, areas.filter_map(AreaId::of_text).collect())
    }
}

macro_rules! looked {
    ($($from:tt)*) => {
        concat!(
            "select h.id, h.digest, h.width, h.height, h.alt, h.feature_id, f.title, f.process_id, h.held, h.created_at, o.until_at,
                    (select string_agg(cast(a.area_id as text), ',') from feature_area a where a.feature_id = f.id) as areas
             from photo h join feature f on f.id = h.feature_id left join photo_original o on o.photo_id = h.id where ",
            $($from)*
        )
    };
}

/// A photo of a contribution.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(db: impl Sql<'_>, id: PhotoId) -> Result<Looked> {
    db.optional(looked!("h.id = $1"), (id,)).await?.ok_or(Error::NotFound)
}

/// Which photos are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Those that wait to be looked at, the oldest first.
    Waiting,
    /// Those of which something covered is kept, the latest first.
    Covered,
}

/// How many photos of a list lie within a scope, and when the oldest of them was sent.
///
/// # Errors
/// Where the database does not answer.
pub async fn count(db: impl Sql<'_>, list: List, scope: &Scope) -> Result<(i64, Option<Timestamp>)> {
    macro_rules! counted {
        ($on:tt, $from:literal) => {
            concat!(
                "select count(*), min(h.created_at) from photo h join feature f on f.id = h.feature_id ",
                $from,
                " and ",
                in_scope!($on)
            )
        };
    }
    let sql = match list {
        List::Waiting => {
            by(counted!(sqlite, "where h.held = 'waiting'"), counted!(postgres, "where h.held = 'waiting'"))
        }
        List::Covered => by(
            counted!(sqlite, "join photo_original o on o.photo_id = h.id where 1 = 1"),
            counted!(postgres, "join photo_original o on o.photo_id = h.id where 1 = 1"),
        ),
    };
    db.one(sql, (scope.argument(),)).await
}

/// A page of a list within a scope.
///
/// # Errors
/// Where the database does not answer.
pub async fn list(
    db: impl Sql<'_>,
    list: List,
    scope: &Scope,
    (offset, most): (i64, i64),
) -> Result<Vec<Looked>> {
    macro_rules! page {
        ($on:tt, waiting) => {
            looked!(concat!(
                "h.held = 'waiting' and ",
                in_scope!($on),
                " order by h.created_at, h.id limit $2 offset $3"
            ))
        };
        ($on:tt, covered) => {
            looked!(concat!(
                "o.photo_id is not null and ",
                in_scope!($on),
                " order by o.covered_at desc, h.id limit $2 offset $3"
            ))
        };
    }
    let sql = match list {
        List::Waiting => by(page!(sqlite, waiting), page!(postgres, waiting)),
        List::Covered => by(page!(sqlite, covered), page!(postgres, covered)),
    };
    db.all(sql, (scope.argument(), most, offset)).await
}

/// Keeps these photos of a contribution from everybody until somebody looked at them. They were never shown: no line of the journal
/// says that they were taken off, the one of the act that brings them seals how they stand.
///
/// # Errors
/// Where the database refuses.
pub async fn let_wait(write: &mut Write, feature: FeatureId, ids: &[PhotoId]) -> Result<u64> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    macro_rules! wait {
        ($filter:literal) => {
            concat!("update photo set held = 'waiting' where feature_id = $1 and held is null and ", $filter)
        };
    }
    let sql = by(wait!("id in (select value from json_each($2))"), wait!("id = any($2)"));
    write.tx().run(sql, (feature, Ids(&ids))).await
}

/// How many photos of a contribution wait.
///
/// # Errors
/// Where the database does not answer.
pub async fn waiting_of(db: impl Sql<'_>, feature: FeatureId) -> Result<i64> {
    let sql = "select count(*) from photo where feature_id = $1 and held = 'waiting'";
    let (count,): (i64,) = db.one(sql, (feature,)).await?;
    Ok(count)
}

/// Shows a photo that waited.
///
/// # Errors
/// [`Error::Conflict`] where it does not wait any more.
pub async fn show(write: &mut Write, id: PhotoId) -> Result<()> {
    let sql = "update photo set held = null where id = $1 and held = 'waiting' returning feature_id";
    let shown: Option<(FeatureId,)> = write.tx().optional(sql, (id,)).await?;
    let (feature,) = shown.ok_or_else(|| Error::Conflict(Message::new("photo-waits-no-more")))?;
    write.record_about(Act::PHOTO_CHECKED, feature, id.to_string());
    Ok(())
}

/// The rows that name a picture: number, contribution, width and height.
type Named = (PhotoId, Option<FeatureId>, i64, i64);

/// Puts a covered picture in the place of another, wherever that is: the same file may belong to several contributions. What stood there
/// before the first covering is kept. Gives the digests that no row names any more.
///
/// # Errors
/// [`Error::Conflict`] where the picture is another one meanwhile.
pub async fn cover(
    write: &mut Write,
    seen: &Digest,
    new: &Picture,
    account: AccountId,
) -> Result<Vec<Digest>> {
    let (at, until) = (write.at(), write.at() + KEPT);
    let (width, height) = (i64::from(new.width), i64::from(new.height));
    let sql = "update photo set digest = $2 where digest = $1 returning id, feature_id, width, height";
    let rows: Vec<Named> = write.tx().all(sql, (seen.as_str(), new.digest.as_str())).await?;
    if rows.is_empty() {
        return Err(Error::Conflict(Message::new("photo-is-another")));
    }
    for (id, feature, before_width, before_height) in rows {
        let tx = write.tx();
        tx.run(
            "insert into photo_original (photo_id, digest, width, height, covered_by, covered_at, until_at)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (photo_id) do nothing",
            (id, seen.as_str(), before_width, before_height, account, at, until),
        )
        .await?;
        tx.run("update photo set width = $2, height = $3 where id = $1", (id, width, height)).await?;
        told(write, Act::PHOTO_BLURRED, id, feature).await?;
    }
    // Between two coverings: no row has it any more.
    all_unnamed(write, vec![(seen.clone(),)]).await
}

/// Puts back what was covered, wherever the same was covered. Gives the digests that no row names any more.
///
/// # Errors
/// [`Error::Conflict`] where nothing is kept any more.
pub async fn uncover(write: &mut Write, id: PhotoId) -> Result<Vec<Digest>> {
    let sql = "select o.digest, h.digest from photo_original o join photo h on h.id = o.photo_id where o.photo_id = $1";
    let kept: Option<(Digest, Digest)> = write.tx().optional(sql, (id,)).await?;
    let (original, covered) = kept.ok_or_else(|| Error::Conflict(Message::new("photo-original-gone")))?;
    let sql = "select o.photo_id, h.feature_id, o.width, o.height from photo_original o join photo h on h.id = o.photo_id
               where o.digest = $1 and h.digest = $2 order by o.photo_id";
    let rows: Vec<Named> = write.tx().all(sql, (original.as_str(), covered.as_str())).await?;
    for (id, feature, width, height) in rows {
        let tx = write.tx();
        let sql = "update photo set digest = $2, width = $3, height = $4 where id = $1";
        tx.run(sql, (id, original.as_str(), width, height)).await?;
        tx.run("delete from photo_original where photo_id = $1", (id,)).await?;
        told(write, Act::PHOTO_UNBLURRED, id, feature).await?;
    }
    all_unnamed(write, vec![(covered,)]).await
}

/// Says it in the register, where the photo belongs to a contribution.
async fn told(write: &mut Write, act: Act, id: PhotoId, feature: Option<FeatureId>) -> Result<()> {
    if let Some(feature) = feature {
        deposit(write, feature).await?;
        write.record_about(act, feature, id.to_string());
    }
    Ok(())
}

/// What stood in a picture before, noted as looked at.
///
/// # Errors
/// [`Error::NotFound`] where nothing is kept.
pub async fn look(write: &mut Write, id: PhotoId, account: AccountId) -> Result<Digest> {
    let at = write.at();
    let sql = "select digest from photo_original where photo_id = $1";
    let kept: Option<(Digest,)> = write.tx().optional(sql, (id,)).await?;
    let (digest,) = kept.ok_or(Error::NotFound)?;
    let sql = "insert into photo_original_look (photo_id, account_id, at) values ($1, $2, $3)";
    write.tx().run(sql, (id, account, at)).await?;
    Ok(digest)
}

/// Erases what was covered longer ago than it is kept, and what belongs to no photo any more. Gives the pictures whose files may go
/// after the commit.
///
/// # Errors
/// Where the database refuses.
pub async fn forget_originals(db: &Db, now: Timestamp) -> Result<Vec<Digest>> {
    let mut write = Write::begin(db, now).await?;
    let sql = "delete from photo_original where until_at <= $1
                 or not exists (select 1 from photo h where h.id = photo_original.photo_id) returning digest";
    let gone: Vec<(Digest,)> = write.tx().all(sql, (now,)).await?;
    let free = all_unnamed(&mut write, gone).await?;
    write.commit().await?;
    Ok(free)
}
