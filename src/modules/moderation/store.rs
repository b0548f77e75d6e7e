//! What is known of a thing that moderators look at, in SQL. Which things are in the queue: `queue/store.rs`.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::ids::{AreaId, ArgumentId, DecisionId, FeatureId, PhotoId, ProcessId, Visitor};
use crate::civic::accounts::Place;
use crate::civic::contributions::decisions::Thing;
use crate::core::features::{Hold, Kind, Voice, geometry};
use chrono::TimeDelta;

fn areas_of(joined: Option<&str>) -> Vec<AreaId> {
    joined.unwrap_or_default().split(',').filter_map(AreaId::of_text).collect()
}

/// All that a moderator sees of a thing, public or not.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Item {
    pub(super) feature_id: FeatureId,
    pub(super) argument_id: Option<ArgumentId>,
    pub(super) photo_id: Option<PhotoId>,
    pub(super) kind: Kind,
    /// The side that an argument takes.
    pub(super) side: Option<Voice>,
    /// The feature's title.
    pub(super) title: String,
    /// The thing's own text; of a photo, what it shows.
    pub(super) body: String,
    pub(super) author: Option<Visitor>,
    /// Who placed the feature.
    pub(super) placed_by: Option<Visitor>,
    pub(super) created_at: Timestamp,
    pub(super) seen_at: Option<Timestamp>,
    pub(super) held: Option<Hold>,
    pub(super) process_id: Option<ProcessId>,
    pub(super) merged_into: Option<FeatureId>,
    /// When its author took it back, where a shell of it stays.
    pub(super) withdrawn_at: Option<Timestamp>,
    /// Whether a version that its author sent waits.
    pub(super) waits: bool,
    /// The last decision about it, whatever it was.
    pub(super) last: Option<DecisionId>,
    /// How many photos the feature has, and the last one's number.
    pub(super) photos: String,
    wkb: Option<Vec<u8>>,
    areas: Option<String>,
}

impl Item {
    pub(super) fn thing(&self) -> Thing {
        Thing::of(self.feature_id, self.argument_id, self.photo_id)
    }

    pub(super) fn place(&self) -> Place {
        Place { process: self.process_id, areas: areas_of(self.areas.as_deref()) }
    }

    /// Longitude and latitude of a pin that stands for it; nothing where only an area is known.
    pub(super) fn at(&self) -> Option<(f64, f64)> {
        let wkb = self.wkb.as_deref()?;
        let of_shape = || parvis_tiles::geometry::representative_point(&geometry::from_wkb(wkb).ok()?);
        geometry::point_of_wkb(wkb).or_else(of_shape)
    }

    /// What signals read: an argument alone, a feature with its title.
    pub(super) fn text(&self) -> String {
        if self.thing().is_feature() { format!("{}\n{}", self.title, self.body) } else { self.body.clone() }
    }

    /// Whether somebody made it, or the contribution that it is part of: who did does not decide about it.
    pub(super) fn is_of(&self, voice: Visitor) -> bool {
        self.author == Some(voice) || self.placed_by == Some(voice)
    }
}

/// The columns of [`Item`] that are its feature's, and where it stands.
macro_rules! item {
    ($own:literal, $from:literal) => {
        concat!(
            "select f.id as feature_id, f.kind, f.title, f.process_id, f.merged_into, f.withdrawn_at, f.wkb, f.author as placed_by,
                    (select string_agg(cast(a.area_id as text), ',') from feature_area a where a.feature_id = f.id) as areas,
                    (select cast(count(*) as text) || '.' || cast(coalesce(max(i.id), 0) as text) from photo i
                     where i.feature_id = f.id) as photos,
                    (select max(d.id) from decision d where d.subject_kind = $4 and d.subject_id = $5) as last, ",
            $own,
            " from ",
            $from
        )
    };
}

/// One thing.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn item(db: impl Sql<'_>, thing: Thing) -> Result<Item> {
    let (argument, photo) = (thing.argument.map_or(0, |id| id.0), thing.photo.map_or(0, |id| id.0));
    let sql = if thing.argument.is_some() {
        item!(
            "g.id as argument_id, cast(null as bigint) as photo_id, g.side, g.body, g.author, g.created_at, g.seen_at, g.held,
             1 = 0 as waits",
            "argument g join feature f on f.id = g.feature_id where g.id = $2 and f.id = $1 and $3 = 0"
        )
    } else if thing.photo.is_some() {
        item!(
            "cast(null as bigint) as argument_id, h.id as photo_id, cast(null as text) as side, h.alt as body, h.author,
             h.created_at, f.seen_at, h.held, 1 = 0 as waits",
            "photo h join feature f on f.id = h.feature_id where h.id = $3 and f.id = $1 and $2 = 0"
        )
    } else {
        item!(
            "cast(null as bigint) as argument_id, cast(null as bigint) as photo_id, cast(null as text) as side, f.body,
             f.author, f.created_at, f.seen_at, f.held,
             exists (select 1 from revision r where r.subject_kind = 'feature' and r.subject_id = f.id
                       and r.held = 'waiting') as waits",
            "feature f where f.id = $1 and $2 = 0 and $3 = 0"
        )
    };
    db.optional(sql, (thing.feature, argument, photo, thing.subject().kind, thing.subject().id))
        .await?
        .ok_or(Error::NotFound)
}

/// How many things a voice contributed within an hour of an instant, before or after.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn within_an_hour(db: &crate::base::db::Db, voice: Visitor, at: Timestamp) -> Result<i64> {
    let hour = TimeDelta::hours(1);
    let (count,): (i64,) = db
        .one(
            "select (select count(*) from feature where author = $1 and created_at between $2 and $3)
                  + (select count(*) from argument where author = $1 and created_at between $2 and $3)",
            (voice, at - hour, at + hour),
        )
        .await?;
    Ok(count)
}

/// The latest features that are or were public, with what they say: what a new text is compared with.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn recent(db: impl Sql<'_>, most: i64) -> Result<Vec<(FeatureId, String, String)>> {
    db.all(
        "select id, title, body from feature where held is null or held in ('waiting', 'hidden')
         order by created_at desc, id desc limit $1",
        (most,),
    )
    .await
}

/// A line of the public log's other half: what became of appeals.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Settled {
    pub(super) decision_id: DecisionId,
    pub(super) outcome: crate::civic::contributions::appeals::Outcome,
}

/// The appeals against decisions of these numbers that were settled.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn settled(db: impl Sql<'_>, from: DecisionId, to: DecisionId) -> Result<Vec<Settled>> {
    db.all(
        "select decision_id, outcome from appeal
         where outcome is not null and decision_id between $1 and $2",
        (from, to),
    )
    .await
}

/// The journal's line of each decision of these numbers.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn journalled(
    db: impl Sql<'_>,
    from: DecisionId,
    to: DecisionId,
) -> Result<Vec<(DecisionId, i64)>> {
    db.all(
        "select d.id, min(j.seq) from decision d join journal j on j.feature_id = d.feature_id and j.at = d.decided_at
         where d.id between $1 and $2 group by d.id",
        (from, to),
    )
    .await
}
