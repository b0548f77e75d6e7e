//! Photos of features: kept while a form is filled, attached when it is sent, cleared away where it never is.
//!
//! What it is not: the pixels (`media`). Here is who sent which, and what it shows. Invariants: only its author attaches or
//! takes back a photo; a file goes once no row names it.

mod clearing;
pub mod covering;

use super::Hold;
use super::redactions::captions;
use crate::base::db::{Db, Ids, Sql, by};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{AreaId, FeatureId, PhotoId, ProcessId, Visitor};
use crate::base::media::{Arriving, Digest, Store};
use crate::base::text;
use crate::core::journal::{Act, Said, Write};
use crate::core::subject::Subject;
use clearing::unnamed;
pub(super) use clearing::{all_unnamed, clear, clear_pending};
pub use clearing::{clear_abandoned, clear_strays, forget, sweep};
use std::collections::HashMap;

/// The most photos that a feature has.
pub const MOST: usize = 4;

/// The most photos that a visitor may leave pending: a form filled anew a few times.
const MOST_PENDING: i64 = 3 * MOST as i64;

/// The longest description, in characters.
pub const ALT: usize = 200;

/// A photo to be written, whose files are kept.
#[derive(Debug, Clone)]
pub struct NewPhoto {
    /// Of its files.
    pub digest: Digest,
    /// Pixels from left to right, of the large size.
    pub width: i64,
    /// Pixels from top to bottom, of the large size.
    pub height: i64,
    /// What it shows, for those who do not see it; may be empty.
    pub alt: String,
    /// Who sent it.
    pub author: Visitor,
}

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Photo {
    /// Its id.
    pub id: PhotoId,
    /// Of its files: `/photos/{digest}/large.jpg` and `small.jpg`.
    pub digest: Digest,
    /// Pixels from left to right, of the large size.
    pub width: i64,
    /// Pixels from top to bottom, of the large size.
    pub height: i64,
    /// What it shows, for those who do not see it; may be empty.
    pub alt: String,
}

/// The whole act of taking a file that somebody sent: checked, drawn anew, its files kept, a pending row. What the address
/// `POST /photos` and a form that carries its photos itself both do.
///
/// # Errors
/// [`Error::Invalid`] naming `photo` where the file is not taken, [`Error::Full`] where too many are pending.
pub async fn take(db: &Db, store: &Store, file: Arriving, author: Visitor, alt: &str) -> Result<Photo> {
    // Asked before a second of work is spent on the file.
    room_for_one(db, author).await?;
    let picture = store.read(file).await?;
    // The files first: a row whose files are missing would be a broken picture on a page, files without a row are only
    // a little room on a disk.
    store.put(&picture).await?;
    let new = NewPhoto {
        digest: picture.digest,
        width: picture.width.into(),
        height: picture.height.into(),
        alt: text::line(alt, ALT),
        author,
    };
    let mut write = Write::begin(db, crate::base::clock::now()).await?;
    let id = match same_pending(&mut write, &new).await? {
        Some(id) => id,
        None => pending(&mut write, &new).await?,
    };
    write.commit().await?;
    Ok(Photo { id, digest: new.digest, width: new.width, height: new.height, alt: new.alt })
}

async fn room_for_one(db: impl Sql<'_>, author: Visitor) -> Result<()> {
    let (held,): (i64,) = db
        .one(
            "select count(*) from photo where author = $1 and feature_id is null and waits_for is null",
            (author,),
        )
        .await?;
    let full = || Error::Full(Message::new("photo-too-many-pending").with("most", MOST_PENDING));
    if held < MOST_PENDING { Ok(()) } else { Err(full()) }
}

/// The same picture of the same author that waits already: sent twice, it is one. Of two at once, one waits for the other.
async fn same_pending(write: &mut Write, new: &NewPhoto) -> Result<Option<PhotoId>> {
    // SQLite has one writer anyway.
    let lock = by(
        "select 1 where $1 is not null",
        "select cast(1 as bigint) from pg_advisory_xact_lock(hashtextextended($1, 0))",
    );
    let _held: (i64,) = write.tx().one(lock, (format!("photo {}", new.author.0),)).await?;
    let sql =
        "select id from photo where author = $1 and digest = $2 and feature_id is null and waits_for is null
               order by id limit 1";
    let found: Option<(PhotoId,)> = write.tx().optional(sql, (new.author, new.digest.as_str())).await?;
    Ok(found.map(|(id,)| id))
}

/// Writes a photo that belongs to no feature yet. Nothing public changes: no line in the journal.
///
/// # Errors
/// Where the database refuses.
pub async fn pending(write: &mut Write, new: &NewPhoto) -> Result<PhotoId> {
    let at = write.at();
    let (id,) = write
        .tx()
        .one(
            "insert into photo (digest, width, height, alt, author, created_at)
             values ($1, $2, $3, $4, $5, $6) returning id",
            (new.digest.as_str(), new.width, new.height, text::line(&new.alt, ALT), new.author, at),
        )
        .await?;
    Ok(id)
}

/// The visitor's pending photos among these ids, in the order of the ids.
///
/// # Errors
/// Where the database does not answer.
pub async fn mine_pending(db: impl Sql<'_>, author: Visitor, ids: &[PhotoId]) -> Result<Vec<Photo>> {
    let raw: Vec<i64> = ids.iter().map(|id| id.0).collect();
    macro_rules! pending {
        ($filter:literal) => {
            concat!(
                "select id, digest, width, height, alt from photo
                 where author = $1 and feature_id is null and waits_for is null and ",
                $filter
            )
        };
    }
    let sql = by(pending!("id in (select value from json_each($2))"), pending!("id = any($2)"));
    let mut photos: Vec<Photo> = db.all(sql, (author, Ids(&raw))).await?;
    photos.sort_by_key(|photo| ids.iter().position(|id| *id == photo.id));
    Ok(photos)
}

/// Attaches pending photos to a feature, in this order, after those that it has; each with what it shows. Ids that are not
/// the author's own pending photos are left out: a form that stood open for days still publishes its text.
/// Gives how many were attached.
///
/// # Errors
/// [`Error::Invalid`] naming `photo` where the feature would have more than [`MOST`].
pub async fn attach(
    write: &mut Write,
    feature: FeatureId,
    author: Visitor,
    photos: &[(PhotoId, String)],
) -> Result<usize> {
    if photos.is_empty() {
        return Ok(0);
    }
    // The feature's row first: two forms of one author then wait for each other.
    write.tx().run("update feature set updated_at = updated_at where id = $1", (feature,)).await?;
    let (held, last): (i64, i64) = write
        .tx()
        .one("select count(*), coalesce(max(position), 0) from photo where feature_id = $1", (feature,))
        .await?;
    let (mut attached, mut position) = (0, last);
    for (id, alt) in photos {
        position += 1;
        let changed = write
            .tx()
            .run(
                "update photo set feature_id = $2, position = $3, alt = $4
                 where id = $1 and author = $5 and feature_id is null and waits_for is null",
                (*id, feature, position, text::line(alt, ALT), author),
            )
            .await?;
        attached += usize::from(changed > 0);
    }
    if usize::try_from(held).unwrap_or(usize::MAX).saturating_add(attached) > MOST {
        return Err(Error::invalid("photo", Message::new("photo-too-many").with("most", MOST)));
    }
    if attached > 0 && !captions::black(write, feature).await? {
        deposit(write, feature).await?;
    }
    Ok(attached)
}

/// Says in the register which photos a feature has now.
pub(super) async fn deposit(write: &mut Write, feature: FeatureId) -> Result<()> {
    let content = super::said::photos(&every(write.tx(), feature).await?)?;
    let said = Said {
        of: Subject::feature(feature),
        feature: Some(feature),
        subject: Some("photos".into()),
        channel: None,
        content,
    };
    write.deposit(Act::CHANGED, vec![said]).await
}

/// A feature's photos, in their order, with those that moderators took off: what the register and moderators see.
///
/// # Errors
/// Where the database does not answer.
pub async fn every(db: impl Sql<'_>, feature: FeatureId) -> Result<Vec<Photo>> {
    db.all(
        "select id, digest, width, height, alt from photo where feature_id = $1 order by position, id",
        (feature,),
    )
    .await
}

/// A photo with where it stands.
#[derive(sqlx::FromRow)]
struct On {
    feature_id: FeatureId,
    is_off: bool,
    #[sqlx(flatten)]
    photo: Photo,
}

/// The same of several features, each photo with whether moderators took it off.
///
/// # Errors
/// Where the database does not answer.
pub async fn every_of(db: impl Sql<'_>, features: &[i64]) -> Result<HashMap<FeatureId, Vec<(bool, Photo)>>> {
    macro_rules! every {
        ($filter:literal) => {
            concat!(
                "select feature_id, held is not null as is_off, id, digest, width, height, alt from photo where feature_id ",
                $filter,
                " order by position, id"
            )
        };
    }
    let sql = by(every!("in (select value from json_each($1))"), every!("= any($1)"));
    let mut photos: HashMap<FeatureId, Vec<(bool, Photo)>> = HashMap::new();
    for On { feature_id, is_off, photo } in db.all(sql, (Ids(features),)).await? {
        photos.entry(feature_id).or_default().push((is_off, photo));
    }
    Ok(photos)
}

/// Takes a photo off its feature for everybody but its author and moderators; `None` puts it back. Its files stay.
///
/// # Errors
/// [`Error::NotFound`] where no feature has such a photo.
pub async fn hold(write: &mut Write, id: PhotoId, held: Option<Hold>) -> Result<()> {
    let changed: Option<(FeatureId,)> = write
        .tx()
        .optional(
            "update photo set held = $2 where id = $1 and feature_id is not null returning feature_id",
            (id, held),
        )
        .await?;
    let (feature,) = changed.ok_or(Error::NotFound)?;
    let act = if held.is_none() { Act::PHOTO_RESTORED } else { Act::PHOTO_HIDDEN };
    write.record_about(act, feature, id.to_string());
    Ok(())
}

/// Whose a picture is that not everybody may see, and of what: its feature's process and areas, joined by commas.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Owned {
    /// Who sent it.
    pub author: Option<Visitor>,
    /// The process of its feature.
    pub process_id: Option<ProcessId>,
    /// The ids of the areas that its feature lies in.
    pub areas: Option<String>,
    /// Why it is not shown.
    pub held: Option<Hold>,
}

/// Every feature's photo with this digest.
///
/// # Errors
/// Where the database does not answer.
pub async fn owned(db: impl Sql<'_>, digest: &Digest) -> Result<Vec<Owned>> {
    db.all(
        "select h.author, h.held, f.process_id,
                (select string_agg(cast(a.area_id as text), ',') from feature_area a where a.feature_id = f.id) as areas
         from photo h join feature f on f.id = h.feature_id where h.digest = $1",
        (digest.as_str(),),
    )
    .await
}

/// A feature's photos that may be shown, in their order.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(db: impl Sql<'_>, feature: FeatureId) -> Result<Vec<Photo>> {
    db.all(
        "select id, digest, width, height, alt from photo where feature_id = $1 and held is null order by position, id",
        (feature,),
    )
    .await
}

/// Whether a picture may be shown: it belongs to a public feature, or is pending (then only its author knows the digest).
///
/// # Errors
/// Where the database does not answer.
pub async fn is_shown(db: impl Sql<'_>, digest: &Digest) -> Result<bool> {
    let row: Option<(i64,)> = db
        .optional(
            "select h.id from photo h left join feature f on f.id = h.feature_id
             where h.digest = $1 and h.held is null
               and (h.feature_id is null and h.waits_for is null or f.published_at is not null) limit 1",
            (digest.as_str(),),
        )
        .await?;
    Ok(row.is_some())
}

/// Process and areas of each feature that has a picture, public or not.
///
/// # Errors
/// Where the database does not answer.
pub async fn places(db: &Db, digest: &Digest) -> Result<Vec<(Option<ProcessId>, Vec<AreaId>)>> {
    let rows: Vec<(FeatureId, Option<ProcessId>, Option<AreaId>)> = db
        .all(
            "select f.id, f.process_id, a.area_id from photo h join feature f on f.id = coalesce(h.feature_id, h.waits_for)
             left join feature_area a on a.feature_id = f.id where h.digest = $1 order by f.id",
            (digest.as_str(),),
        )
        .await?;
    let mut places: Vec<(FeatureId, Option<ProcessId>, Vec<AreaId>)> = Vec::new();
    for (id, process, area) in rows {
        match places.last_mut() {
            Some((last, _, areas)) if *last == id => areas.extend(area),
            _ => places.push((id, process, area.into_iter().collect())),
        }
    }
    Ok(places.into_iter().map(|(_, process, areas)| (process, areas)).collect())
}

/// Takes a photo off its feature: its author's act. Gives the digest if no row names it any more.
///
/// # Errors
/// [`Error::NotFound`] where this author has no such photo on this feature.
pub async fn detach(
    write: &mut Write,
    feature: FeatureId,
    author: Visitor,
    id: PhotoId,
) -> Result<Option<Digest>> {
    let row: Option<(Digest,)> = write
        .tx()
        .optional(
            // What moderators took off stays until it is erased: a decision is about it.
            "delete from photo where id = $1 and author = $2 and feature_id = $3 and held is null returning digest",
            (id, author, feature),
        )
        .await?;
    let (digest,) = row.ok_or(Error::NotFound)?;
    deposit(write, feature).await?;
    captions::forget(write, feature).await?;
    unnamed(write, digest).await
}

/// Takes a pending photo back: its author's act. Gives the digest if no row names it any more.
///
/// # Errors
/// [`Error::NotFound`] where this author has no such pending photo.
pub async fn remove(write: &mut Write, author: Visitor, id: PhotoId) -> Result<Option<Digest>> {
    let row: Option<(Digest,)> = write
        .tx()
        .optional(
            "delete from photo where id = $1 and author = $2 and feature_id is null and waits_for is null returning digest",
            (id, author),
        )
        .await?;
    let (digest,) = row.ok_or(Error::NotFound)?;
    unnamed(write, digest).await
}
