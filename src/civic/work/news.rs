//! What arrived where somebody acts, between two instants: what letters to the authority's people tell of.
//!
//! What it is not: the letters (`modules/work`). Invariant: nobody is told of what lies outside of their scope.

use crate::base::clock::Timestamp;
use crate::base::db::{Sql, Statement, by};
use crate::base::error::Result;
use crate::base::words::words;
use crate::civic::accounts::{Grant, Role};
use crate::core::features::scope::{Scope, in_scope};
use chrono::TimeDelta;

/// The most of one sort that is looked at.
const MOST: i64 = 1_000;

words! {
    /// What arrives.
    pub Sort {
        /// A contribution became public.
        Arrived = "arrived",
        /// A contribution waits for an answer for too long.
        Late = "late",
        /// A contribution, or a change of one, waits to be read.
        Waiting = "waiting",
        /// Somebody says that something breaks the charter.
        Flagged = "flagged",
        /// An author disagrees with a decision.
        Appealed = "appealed",
    }
}

/// Something that arrived: its number, and what the contribution is called where everybody may read it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Item {
    /// The number of the row that says it.
    pub id: i64,
    /// The contribution's title; nothing where it is not public.
    pub title: Option<String>,
}

macro_rules! news {
    ($from:literal) => {
        by(news!(@ sqlite, $from), news!(@ postgres, $from))
    };
    (@ $on:tt, $from:literal) => {
        concat!(
            "select w.id, w.title from (", $from, ") w left join feature f on f.id = w.feature_id where ",
            in_scope!($on),
            " and w.at > $2 and w.at <= $3 order by w.at, w.id limit $4"
        )
    };
}

impl Sort {
    /// Whose work it is.
    pub fn role(self) -> Role {
        match self {
            Sort::Arrived | Sort::Late => Role::Agent,
            Sort::Waiting | Sort::Flagged | Sort::Appealed => Role::Moderator,
        }
    }

    /// Where it is listed.
    pub fn path(self) -> &'static str {
        match self {
            Sort::Arrived | Sort::Late => "/admin/answers?status=open",
            Sort::Waiting => "/admin/moderation?tab=waiting",
            Sort::Flagged => "/admin/moderation?tab=flagged",
            Sort::Appealed => "/admin/moderation?tab=appeals",
        }
    }

    fn statement(self) -> Statement {
        match self {
            Sort::Arrived => news!(
                "select id, id as feature_id, title, published_at as at from feature
                 where published_at is not null and withdrawn_at is null"
            ),
            Sort::Late => news!(
                "select id, id as feature_id, title, created_at as at from feature
                 where published_at is not null and withdrawn_at is null and status = 'open'"
            ),
            Sort::Waiting => news!(
                "select id, id as feature_id, cast(null as text) as title, created_at as at from feature where held = 'waiting'
                 union all
                 select subject_id, subject_id, null, made_at from revision where subject_kind = 'feature' and held = 'waiting'"
            ),
            Sort::Flagged => news!(
                "select id, feature_id, cast(null as text) as title, flagged_at as at from flag where settled_at is null"
            ),
            Sort::Appealed => news!(
                "select d.id, d.feature_id, cast(null as text) as title, p.made_at as at
                 from appeal p join decision d on d.id = p.decision_id where p.outcome is null"
            ),
        }
    }
}

/// Where somebody with these roles does what `role` does.
pub fn scope(grants: &[Grant], role: Role) -> Scope {
    let held = grants.iter().filter(|grant| grant.role.covers(role));
    Scope::new(held.map(|grant| (grant.process_id, grant.area_id)))
}

/// What of a sort arrived in a scope after an instant, until another; an answer becomes late after `promise`, and none where nothing is promised.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(
    db: impl Sql<'_>,
    sort: Sort,
    scope: &Scope,
    (after, until): (Timestamp, Timestamp),
    promise: Option<TimeDelta>,
) -> Result<Vec<Item>> {
    let (after, until) = match (sort, promise) {
        (Sort::Late, None) => return Ok(Vec::new()),
        (Sort::Late, Some(days)) => (after - days, until - days),
        _ => (after, until),
    };
    db.all(sort.statement(), (scope.argument(), after, until, MOST)).await
}
