//! The queue's SQL: what is to be looked at, and what is known of each thing.

use super::model::Tab;
use crate::accounts::Place;
use crate::clock::Timestamp;
use crate::db::Sql;
use crate::error::{Error, Result};
use crate::features::decisions::Thing;
use crate::features::{Hold, Kind, Voice, geometry};
use crate::ids::{AreaId, ArgumentId, DecisionId, FeatureId, ProcessId, Visitor};
use chrono::TimeDelta;

/// How much of a part of the queue is read at most: what lies behind comes up when the first are done.
pub(super) const MOST: i64 = 1_000;

/// A thing in the queue, and what roles it asks for.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Line {
    feature_id: FeatureId,
    argument_id: Option<ArgumentId>,
    process_id: Option<ProcessId>,
    areas: Option<String>,
}

impl Line {
    pub(super) fn thing(&self) -> Thing {
        Thing { feature: self.feature_id, argument: self.argument_id }
    }

    pub(super) fn place(&self) -> Place {
        Place { process: self.process_id, areas: areas_of(self.areas.as_deref()) }
    }
}

fn areas_of(joined: Option<&str>) -> Vec<AreaId> {
    joined.unwrap_or_default().split(',').filter_map(AreaId::of_text).collect()
}

/// Features and arguments that pass a condition each, in one order.
macro_rules! queue {
    ($features:literal, $arguments:literal, $order:literal) => {
        concat!(
            "select q.feature_id, q.argument_id, q.process_id,
                    (select string_agg(cast(a.area_id as text), ',') from feature_area a where a.feature_id = q.feature_id)
                        as areas
             from (select f.id as feature_id, cast(null as bigint) as argument_id, f.process_id, f.created_at
                   from feature f where ", $features, "
                   union all
                   select f.id, g.id, f.process_id, g.created_at
                   from argument g join feature f on f.id = g.feature_id where ", $arguments, ") q
             order by ", $order, " limit 1000"
        )
    };
}

/// A part of the queue, at most [`MOST`] lines; what is suspicious is found among what is new or waiting.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn lines(db: impl Sql<'_>, tab: Tab) -> Result<Vec<Line>> {
    let sql = match tab {
        Tab::New => queue!(
            "f.held is null and f.seen_at is null and f.channel <> 'import'",
            "g.held is null and f.held is null and g.seen_at is null and g.channel <> 'import'",
            "q.created_at desc, q.feature_id desc, q.argument_id desc"
        ),
        // Who waited longest comes first.
        Tab::Waiting => queue!(
            "f.held = 'waiting' or exists (select 1 from revision r where r.subject_kind = 'feature' and r.subject_id = f.id
                                           and r.held = 'waiting')",
            "g.held = 'waiting'",
            "q.created_at, q.feature_id, q.argument_id"
        ),
        Tab::Flagged => queue!(
            "exists (select 1 from flag l where l.feature_id = f.id and l.argument_id is null and l.settled_at is null)",
            "exists (select 1 from flag l where l.feature_id = f.id and l.argument_id = g.id and l.settled_at is null)",
            "(select min(l.flagged_at) from flag l where l.feature_id = q.feature_id
              and coalesce(l.argument_id, 0) = coalesce(q.argument_id, 0) and l.settled_at is null), q.feature_id"
        ),
        Tab::Suspicious => queue!(
            "f.seen_at is null and f.channel <> 'import' and (f.held is null or f.held = 'waiting')",
            "g.seen_at is null and g.channel <> 'import' and (g.held is null or g.held = 'waiting') and f.held is null",
            "q.created_at desc, q.feature_id desc, q.argument_id desc"
        ),
        Tab::Hidden => queue!(
            "f.held in ('hidden', 'merged', 'withdrawn') or f.withdrawn_at is not null",
            "g.held = 'hidden'",
            "q.created_at desc, q.feature_id desc, q.argument_id desc"
        ),
        Tab::Appeals => queue!(
            "exists (select 1 from decision d join appeal p on p.decision_id = d.id
                     where d.feature_id = f.id and d.argument_id is null and p.outcome is null)",
            "exists (select 1 from decision d join appeal p on p.decision_id = d.id
                     where d.feature_id = f.id and d.argument_id = g.id and p.outcome is null)",
            "q.created_at, q.feature_id, q.argument_id"
        ),
    };
    db.all(sql, ()).await
}

/// All that a moderator sees of a thing, public or not.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Item {
    pub(super) feature_id: FeatureId,
    pub(super) argument_id: Option<ArgumentId>,
    pub(super) kind: Kind,
    /// The side that an argument takes.
    pub(super) side: Option<Voice>,
    /// The feature's title.
    pub(super) title: String,
    /// The thing's own text.
    pub(super) body: String,
    pub(super) author: Option<Visitor>,
    pub(super) created_at: Timestamp,
    pub(super) seen_at: Option<Timestamp>,
    pub(super) held: Option<Hold>,
    pub(super) process_id: Option<ProcessId>,
    pub(super) merged_into: Option<FeatureId>,
    /// When its author took it back, where a shell of it stays.
    pub(super) withdrawn_at: Option<Timestamp>,
    /// Whether a version that its author sent waits.
    pub(super) waits: bool,
    wkb: Option<Vec<u8>>,
    areas: Option<String>,
}

impl Item {
    pub(super) fn thing(&self) -> Thing {
        Thing { feature: self.feature_id, argument: self.argument_id }
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
        if self.argument_id.is_some() { self.body.clone() } else { format!("{}\n{}", self.title, self.body) }
    }
}

/// One thing.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn item(db: impl Sql<'_>, Thing { feature, argument }: Thing) -> Result<Item> {
    let found = match argument {
        None => {
            db.optional(
                "select f.id as feature_id, cast(null as bigint) as argument_id, f.kind,
                        cast(null as text) as side, f.title, f.body, f.author, f.created_at, f.seen_at, f.held, f.process_id,
                        f.merged_into, f.withdrawn_at,
                        exists (select 1 from revision r where r.subject_kind = 'feature' and r.subject_id = f.id
                                  and r.held = 'waiting') as waits, f.wkb,
                        (select string_agg(cast(a.area_id as text), ',') from feature_area a where a.feature_id = f.id)
                            as areas
                 from feature f where f.id = $1",
                (feature,),
            )
            .await?
        }
        Some(argument) => {
            db.optional(
                "select f.id as feature_id, g.id as argument_id, f.kind, g.side, f.title, g.body, g.author,
                        g.created_at, g.seen_at, g.held, f.process_id, f.merged_into,
                        f.withdrawn_at, 1 = 0 as waits, f.wkb,
                        (select string_agg(cast(a.area_id as text), ',') from feature_area a where a.feature_id = f.id)
                            as areas
                 from argument g join feature f on f.id = g.feature_id where g.id = $2 and f.id = $1",
                (feature, argument),
            )
            .await?
        }
    };
    found.ok_or(Error::NotFound)
}

/// How many things a voice contributed within an hour of an instant, before or after.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn within_an_hour(db: &crate::db::Db, voice: Visitor, at: Timestamp) -> Result<i64> {
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
    pub(super) outcome: crate::features::appeals::Outcome,
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
