//! Decisions as pages read them: of a thing, of a voice, of the public log; and what is said of a contribution that is not public.
//!
//! What it is not: how they are written (`decisions`).

use super::decisions::{Decision, Ruling};
use super::things::{Thing, among, list};
use crate::base::clock::Timestamp;
use crate::base::db::{Sql, by};
use crate::base::error::Result;
use crate::base::ids::{DecisionId, FeatureId, Visitor};
use crate::core::features::{Hold, Kind};
use crate::core::subject::Subject;
use std::collections::HashMap;

macro_rules! decision {
    (@ $($filter:expr),+) => {
        concat!(
            "select d.id, d.feature_id, d.subject_kind, d.subject_id, d.kind, d.reason, d.note, d.title, d.body, d.held_before,
                    d.process_before, d.target, d.decided_by, d.decided_at, d.undone_at from decision d ",
            $($filter),+
        )
    };
    ($filter:literal) => {
        decision!(@ $filter)
    };
}

/// One decision.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(db: impl Sql<'_>, id: DecisionId) -> Result<Decision> {
    db.one(decision!("where d.id = $1"), (id,)).await
}

/// Every decision about a thing, the latest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(db: impl Sql<'_>, thing: Thing) -> Result<Vec<Decision>> {
    let Subject { kind, id } = thing.subject;
    db.all(decision!("where d.subject_kind = $1 and d.subject_id = $2 order by d.id desc"), (kind, id)).await
}

/// The decision about a thing that holds now: the latest that was not taken back, nor itself only takes one back, nor only blacks out
/// a passage.
///
/// # Errors
/// Where the database does not answer.
pub async fn standing(db: impl Sql<'_>, thing: Thing) -> Result<Option<Decision>> {
    let Subject { kind, id } = thing.subject;
    db.optional(
        decision!(
            "where d.subject_kind = $1 and d.subject_id = $2 and d.undone_at is null
               and d.kind not in ('undone', 'redacted')
             order by d.id desc limit 1"
        ),
        (kind, id),
    )
    .await
}

/// What is looked at of several things: the decision with an open appeal against it, else the latest that holds, whatever it does.
///
/// # Errors
/// Where the database does not answer.
pub async fn all_standing(db: impl Sql<'_>, things: &[Thing]) -> Result<HashMap<Subject, Decision>> {
    macro_rules! standing {
        ($on:tt) => {
            decision!(@
                "where d.id in (select coalesce(max(case when id in (select decision_id from appeal where outcome is null) then id end), max(id))
                                from decision where undone_at is null and kind <> 'undone' and ",
                among!($on),
                " group by subject_kind, subject_id)"
            )
        };
    }
    let found: Vec<Decision> = db.all(by(standing!(sqlite), standing!(postgres)), (list(things),)).await?;
    Ok(found.into_iter().map(|decision| (decision.thing().subject, decision)).collect())
}

/// The decision that asks a feature's author for a change, while they have not made one.
///
/// # Errors
/// Where the database does not answer.
pub async fn asked(db: impl Sql<'_>, feature: FeatureId) -> Result<Option<Decision>> {
    let last: Option<Decision> = db
        .optional(
            decision!(
                "join feature f on f.id = d.feature_id
                 where d.subject_kind = 'feature' and d.subject_id = $1
                   and d.undone_at is null and d.kind not in ('undone', 'redacted')
                   and f.seen_at is not null
                 order by d.id desc limit 1"
            ),
            (feature,),
        )
        .await?;
    Ok(last.filter(|decision| decision.kind == Ruling::Asked))
}

/// The decisions that hide arguments of this voice on a feature, or photos that it sent, or that black passages out of what it says
/// there, the latest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn hidden_parts(db: impl Sql<'_>, feature: FeatureId, voice: Visitor) -> Result<Vec<Decision>> {
    db.all(
        decision!(
            "left join argument a on d.subject_kind = 'argument' and a.id = d.subject_id
             left join photo h on d.subject_kind = 'photo' and h.id = d.subject_id
             left join feature f on d.subject_kind = 'feature' and f.id = d.subject_id
             where d.feature_id = $1 and d.undone_at is null
               and (d.kind = 'hidden' and ((a.author = $2 and a.held = 'hidden') or (h.author = $2 and h.held = 'hidden'))
                    or d.kind = 'redacted' and ((a.author = $2 and a.held is null) or f.author = $2))
             order by d.id desc"
        ),
        (feature, voice),
    )
    .await
}

/// A page of the public log: decisions that changed something for the public, before a number, the latest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn log(db: impl Sql<'_>, before: Option<DecisionId>, most: i64) -> Result<Vec<Decision>> {
    db.all(
        decision!(
            "where ($1 = 0 or d.id < $1) and (d.kind <> 'published' or d.held_before is not null)
             order by d.id desc limit $2"
        ),
        (before.map_or(0, |id| id.0), most),
    )
    .await
}

/// A feature that is not public, for its own page.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Absent {
    /// Its id.
    pub id: FeatureId,
    /// What it is.
    pub kind: Kind,
    /// Why.
    pub held: Hold,
    /// One line.
    pub title: String,
    /// The rest.
    pub body: String,
    /// Who placed it.
    pub author: Option<Visitor>,
    /// Where it went, if it was merged.
    pub merged_into: Option<FeatureId>,
    /// Whether its author may still change it: placed on this site, and nothing became of it yet.
    pub is_open: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A feature that is not public.
///
/// # Errors
/// [`Error::NotFound`] where it is public, or not there.
pub async fn absent(db: impl Sql<'_>, id: FeatureId) -> Result<Absent> {
    db.one(
        "select id, held, title, body, author, merged_into, created_at,
                kind, kind <> 'project' and status = 'open' and channel in ('web', 'demo') as is_open
         from feature where id = $1 and held is not null",
        (id,),
    )
    .await
}
