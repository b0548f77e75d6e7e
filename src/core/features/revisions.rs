//! What an author wrote and the public does not read: a version that waits, one that was refused, what was taken back; and the
//! versions that the public read before. Keyed by subject; features are the first.
//!
//! Invariant: a feature's own row is what is public. A version gets there by a moderator's decision, and is sealed when it is received.

use super::geometry::from_wkb;
use super::said::{self, FeatureSaid};
pub use super::version::Version;
use super::{Content, Kind, redactions};
use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{AreaId, FeatureId, PhotoId, ThemeId};
use crate::base::words::words;
use crate::core::journal::{Act, Said, Write};
use crate::core::subject::Subject;

words! {
    /// Why a version is not public.
    pub Wait {
        /// A moderator must look at it first.
        Waiting = "waiting",
        /// A moderator refused it.
        Refused = "refused",
        /// Its author sent another one meanwhile.
        Replaced = "replaced",
        /// Its author took the contribution back.
        Withdrawn = "withdrawn",
    }
}

/// A version.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Revision {
    /// 1, 2… of each subject.
    pub n: i64,
    /// As it was sealed.
    pub content: String,
    /// Numbers of photos, as JSON: those that it takes away, or, once published, those that it brought.
    photos: String,
    /// Why it is not public; nothing: it was, until it ended.
    pub held: Option<Wait>,
    /// When it was written down here.
    pub made_at: Timestamp,
    /// When another took its place, or it was decided about.
    pub ended_at: Option<Timestamp>,
}

impl Revision {
    /// What it says.
    ///
    /// # Errors
    /// [`Error::Internal`] where the database holds what is none.
    pub fn version(&self) -> Result<Version> {
        Version::read(&self.content)
    }

    /// The photos that it takes away or, once published, brought.
    pub fn photos(&self) -> Vec<PhotoId> {
        serde_json::from_str(&self.photos).unwrap_or_default()
    }
}

/// A feature's row as a version: what [`said::feature`] makes of it.
#[derive(sqlx::FromRow)]
struct RevisionRow {
    kind: Kind,
    title: String,
    body: String,
    theme_id: Option<ThemeId>,
    wkb: Option<Vec<u8>>,
    area_id: Option<AreaId>,
}

/// What a feature's row says now, as it would be sealed.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn current(db: impl Sql<'_>, id: FeatureId) -> Result<String> {
    let row: Option<RevisionRow> = db
        .optional("select kind, title, body, theme_id, wkb, area_id from feature where id = $1", (id,))
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let place = row.wkb.as_deref().map(from_wkb).transpose()?;
    said::feature(&FeatureSaid {
        kind: row.kind,
        title: &row.title,
        body: &row.body,
        theme: row.theme_id,
        geometry: place.as_ref(),
        area: row.area_id,
        notice: None,
    })
}

/// What is written about a feature's version.
#[derive(Debug, Clone, Copy)]
struct New<'a> {
    content: &'a str,
    photos: &'a str,
    held: Option<Wait>,
    ended_at: Option<Timestamp>,
}

async fn insert(write: &mut Write, id: FeatureId, new: New<'_>) -> Result<i64> {
    let at = write.at();
    let (n,): (i64,) = write
        .tx()
        .one(
            "insert into revision (subject_kind, subject_id, n, content, photos, held, made_at, ended_at)
             select 'feature', $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5, $6 from revision
             where subject_kind = 'feature' and subject_id = $1 returning n",
            (id, new.content, new.photos, new.held, at, new.ended_at),
        )
        .await?;
    Ok(n)
}

/// Keeps what a public feature says, before it says something else.
///
/// # Errors
/// Where the database refuses.
pub async fn keep(write: &mut Write, id: FeatureId) -> Result<()> {
    let at = write.at();
    let content = current(write.tx(), id).await?;
    insert(write, id, New { content: &content, photos: "[]", held: None, ended_at: Some(at) }).await?;
    Ok(())
}

/// Receives a version that waits: it is sealed, and the public goes on reading the one before. Another that waited is replaced.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn propose(
    write: &mut Write,
    id: FeatureId,
    content: &Content,
    dropped: &[PhotoId],
    channel: super::Channel,
) -> Result<i64> {
    let row: Option<(Kind,)> =
        write.tx().optional("update feature set seen_at = null where id = $1 returning kind", (id,)).await?;
    let (kind,) = row.ok_or(Error::NotFound)?;
    replace(write, id).await?;
    let said = said::feature(&FeatureSaid {
        kind,
        title: &content.title,
        body: &content.body,
        theme: content.theme,
        geometry: content.geometry.as_ref(),
        area: content.stated_area,
        notice: channel.notice(),
    })?;
    let dropped = json(dropped)?;
    let new = New { content: &said, photos: &dropped, held: Some(Wait::Waiting), ended_at: None };
    let n = insert(write, id, new).await?;
    let subject = Some(format!("revision {n}"));
    let said = Said {
        of: Subject::feature(id),
        feature: Some(id),
        subject,
        channel: Some(channel.word()),
        content: said,
    };
    write.deposit(Act::REVISED, vec![said]).await?;
    Ok(n)
}

/// What waited is overtaken by a newer version.
///
/// # Errors
/// Where the database refuses.
pub async fn replace(write: &mut Write, id: FeatureId) -> Result<()> {
    let at = write.at();
    write
        .tx()
        .run(
            "update revision set held = 'replaced', ended_at = $2
             where subject_kind = 'feature' and subject_id = $1 and held = 'waiting'",
            (id, at),
        )
        .await?;
    Ok(())
}

/// Says what became of a version that waits.
///
/// # Errors
/// [`Error::Conflict`] where it does not wait any more: its author sent another one, or it was decided about.
pub async fn settle(
    write: &mut Write,
    id: FeatureId,
    n: i64,
    held: Option<Wait>,
    brought: &[PhotoId],
) -> Result<Revision> {
    let at = write.at();
    let waiting = waiting(write.tx(), id).await?.filter(|revision| revision.n == n);
    let revision = waiting.ok_or_else(|| Error::Conflict(Message::new("revision-meanwhile")))?;
    match held {
        Some(held) => {
            write
                .tx()
                .run(
                    "update revision set held = $3, ended_at = $4
                     where subject_kind = 'feature' and subject_id = $1 and n = $2",
                    (id, n, held, at),
                )
                .await?;
        }
        // Published, it is the row's: what the row said before is kept in its place, to be put back from.
        None => {
            let before = current(write.tx(), id).await?;
            let brought = json(brought)?;
            write
                .tx()
                .run(
                    "update revision set content = $3, held = null, ended_at = $4, photos = $5
                     where subject_kind = 'feature' and subject_id = $1 and n = $2",
                    (id, n, before.as_str(), at, brought.as_str()),
                )
                .await?;
        }
    }
    Ok(revision)
}

/// Puts a decision about a version back: it waits again. Gives it as it was: where it
/// was published, what the row said before; what it says now is the version that waits then.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn unsettle(write: &mut Write, id: FeatureId, n: i64, was_published: bool) -> Result<Revision> {
    let row: Option<Revision> = write
        .tx()
        .optional(
            "select n, content, photos, held, made_at, ended_at from revision
             where subject_kind = 'feature' and subject_id = $1 and n = $2",
            (id, n),
        )
        .await?;
    let revision = row.ok_or(Error::NotFound)?;
    let content = if was_published { current(write.tx(), id).await? } else { revision.content.clone() };
    // Its author may have sent another one since then: that one waits.
    let is_overtaken = waiting(write.tx(), id).await?.is_some();
    let held = if is_overtaken { Wait::Replaced } else { Wait::Waiting };
    write
        .tx()
        .run(
            "update revision set content = $3, held = $4, ended_at = null, photos = $5
             where subject_kind = 'feature' and subject_id = $1 and n = $2",
            (id, n, content.as_str(), held, if was_published { "[]" } else { revision.photos.as_str() }),
        )
        .await?;
    Ok(revision)
}

fn json(photos: &[PhotoId]) -> Result<String> {
    serde_json::to_string(photos).map_err(|e| Error::Internal(format!("photos: {e}")))
}

/// Keeps what a feature says as what its author took back.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn put_away(write: &mut Write, id: FeatureId) -> Result<()> {
    let content = current(write.tx(), id).await?;
    let new = New { content: &content, photos: "[]", held: Some(Wait::Withdrawn), ended_at: None };
    insert(write, id, new).await?;
    Ok(())
}

/// Takes out again what its author had taken back.
///
/// # Errors
/// [`Error::NotFound`] where nothing was.
pub async fn take_out(write: &mut Write, id: FeatureId) -> Result<Version> {
    let row: Option<Revision> = write
        .tx()
        .optional(
            "delete from revision where subject_kind = 'feature' and subject_id = $1 and held = 'withdrawn'
             returning n, content, photos, held, made_at, ended_at",
            (id,),
        )
        .await?;
    row.ok_or(Error::NotFound)?.version()
}

/// Removes every version of a feature: what it said is erased.
pub(super) async fn clear(write: &mut Write, id: FeatureId) -> Result<()> {
    write.tx().run("delete from revision where subject_kind = 'feature' and subject_id = $1", (id,)).await?;
    Ok(())
}

macro_rules! revision {
    ($filter:literal) => {
        concat!(
            "select r.n, r.content, r.photos, r.held, r.made_at, r.ended_at from revision r
             where r.subject_kind = 'feature' and r.subject_id = $1 and ",
            $filter
        )
    };
}

/// The version of a feature that waits.
///
/// # Errors
/// Where the database does not answer.
pub async fn waiting(db: impl Sql<'_>, id: FeatureId) -> Result<Option<Revision>> {
    db.optional(revision!("r.held = 'waiting'"), (id,)).await
}

/// Every version of a feature that the public does not read, for moderators, the latest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn kept(db: impl Sql<'_>, id: FeatureId) -> Result<Vec<Revision>> {
    db.all(revision!("r.held is not null order by r.n desc"), (id,)).await
}

/// The versions that everybody read before and may read still, the latest first: not what a moderator hid, or asked to be changed.
///
/// # Errors
/// Where the database does not answer, or holds what is no version.
pub async fn before(db: impl Sql<'_> + Copy, id: FeatureId) -> Result<Vec<(Timestamp, Version)>> {
    let past: Vec<Revision> = db.all(revision!("r.held is null order by r.n desc"), (id,)).await?;
    let struck: Vec<(String, String)> = db
        .all(
            "select title, body from decision
             where subject_kind = 'feature' and subject_id = $1 and kind in ('hidden', 'asked') and undone_at is null",
            (id,),
        )
        .await?;
    let blacked_out = redactions::passages(db, Subject::feature(id)).await?;
    let ever = redactions::ever(db, Subject::feature(id)).await?;
    let is_same = |a: &str, b: &str| redactions::blacked(a, &ever) == redactions::blacked(b, &ever);
    let mut versions = Vec::new();
    for revision in past {
        let mut version = revision.version()?;
        let is_struck =
            struck.iter().any(|(title, body)| is_same(title, &version.title) && is_same(body, &version.body));
        if !is_struck {
            version.title = redactions::blacked(&version.title, &blacked_out);
            version.body = redactions::blacked(&version.body, &blacked_out);
            versions.push((revision.ended_at.unwrap_or(revision.made_at), version));
        }
    }
    Ok(versions)
}

/// When a feature that was public last said something else than before, by the journal.
///
/// # Errors
/// Where the database does not answer.
pub async fn changed_at(db: impl Sql<'_>, id: FeatureId) -> Result<Option<Timestamp>> {
    let row: Option<(Timestamp,)> = db
        .optional(
            // What was changed while it waited changed nothing that anybody had read.
            "select j.at from journal j join feature f on f.id = j.feature_id
             where j.feature_id = $1 and j.act in ('changed', 'imported') and j.subject is null
               and j.seq > (select min(l.seq) from journal l where l.feature_id = $1)
               and j.at > coalesce((select min(d.decided_at) from decision d
                                    where d.subject_kind = 'feature' and d.subject_id = $1 and d.kind = 'published'
                                      and d.held_before = 'waiting'), f.created_at)
             order by j.seq desc limit 1",
            (id,),
        )
        .await?;
    Ok(row.map(|(at,)| at))
}
