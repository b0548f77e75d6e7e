//! The queue's SQL: which things are in each part of it, within a moderator's scope. Lines and counts are one condition.

use super::super::model::Tab;
use crate::base::clock::Timestamp;
use crate::base::db::{Db, Sql, Statement, by};
use crate::base::error::Result;
use crate::base::ids::{ArgumentId, FeatureId, PhotoId, Visitor};
use crate::civic::contributions::decisions::Thing;
use crate::core::features::scope::{Scope, in_scope};

/// A thing in the queue.
#[derive(Debug, Clone, sqlx::FromRow)]
struct Line {
    feature_id: FeatureId,
    argument_id: Option<ArgumentId>,
    photo_id: Option<PhotoId>,
}

/// Two statements over features, arguments and photos that pass a condition each: a page of them in one order, and how many there are.
macro_rules! queue {
    ($features:literal, $arguments:literal, $photos:literal, $order:literal) => {
        (
            by(
                queue!(@page sqlite, $features, $arguments, $photos, $order),
                queue!(@page postgres, $features, $arguments, $photos, $order),
            ),
            by(queue!(@count sqlite, $features, $arguments, $photos), queue!(@count postgres, $features, $arguments, $photos)),
        )
    };
    (@page $on:tt, $features:literal, $arguments:literal, $photos:literal, $order:literal) => {
        concat!(
            "select q.feature_id, q.argument_id, q.photo_id ",
            queue!(@from $features, $arguments, $photos),
            in_scope!($on),
            " order by ",
            $order,
            " limit $2 offset $3"
        )
    };
    (@count $on:tt, $features:literal, $arguments:literal, $photos:literal) => {
        concat!("select count(*) ", queue!(@from $features, $arguments, $photos), in_scope!($on))
    };
    (@from $features:literal, $arguments:literal, $photos:literal) => {
        concat!(
            "from (select f.id as feature_id, cast(null as bigint) as argument_id, cast(null as bigint) as photo_id, f.created_at
                   from feature f where ",
            $features,
            " union all
              select f.id, g.id, cast(null as bigint), g.created_at from argument g join feature f on f.id = g.feature_id where ",
            $arguments,
            " union all
              select f.id, cast(null as bigint), h.id, h.created_at from photo h join feature f on f.id = h.feature_id where ",
            $photos,
            ") q join feature f on f.id = q.feature_id where "
        )
    };
}

/// The statements of a part of the queue; what is suspicious is found among what was not looked at yet.
fn statements(tab: Tab) -> (Statement, Statement) {
    match tab {
        Tab::New => queue!(
            "f.held is null and f.seen_at is null and f.channel <> 'import'",
            "g.held is null and f.held is null and g.seen_at is null and g.channel <> 'import'",
            "1 = 0",
            "q.created_at desc, q.feature_id desc, q.argument_id desc"
        ),
        // Who waited longest comes first.
        Tab::Waiting => queue!(
            "(f.held = 'waiting' or exists (select 1 from revision r where r.subject_kind = 'feature' and r.subject_id = f.id
                                            and r.held = 'waiting'))",
            "g.held = 'waiting'",
            "1 = 0",
            "q.created_at, q.feature_id, q.argument_id"
        ),
        Tab::Flagged => queue!(
            "exists (select 1 from flag l where l.subject_kind = 'feature' and l.subject_id = f.id and l.settled_at is null)",
            "exists (select 1 from flag l where l.subject_kind = 'argument' and l.subject_id = g.id and l.settled_at is null)",
            "1 = 0",
            "(select min(l.flagged_at) from flag l
              where l.subject_kind = case when q.argument_id is null then 'feature' else 'argument' end
                and l.subject_id = coalesce(q.argument_id, q.feature_id) and l.settled_at is null), q.feature_id, q.argument_id"
        ),
        Tab::Suspicious => queue!(
            "f.seen_at is null and f.channel <> 'import' and (f.held is null or f.held = 'waiting')",
            "g.seen_at is null and g.channel <> 'import' and (g.held is null or g.held = 'waiting') and f.held is null",
            "1 = 0",
            "q.created_at desc, q.feature_id desc, q.argument_id desc"
        ),
        Tab::Hidden => queue!(
            "(f.held in ('hidden', 'merged', 'withdrawn') or f.withdrawn_at is not null)",
            "g.held = 'hidden'",
            "h.held = 'hidden'",
            "q.created_at desc, q.feature_id desc, q.argument_id desc, q.photo_id desc"
        ),
        Tab::Appeals => queue!(
            "exists (select 1 from decision d join appeal p on p.decision_id = d.id
                     where d.subject_kind = 'feature' and d.subject_id = f.id and p.outcome is null)",
            "exists (select 1 from decision d join appeal p on p.decision_id = d.id
                     where d.subject_kind = 'argument' and d.subject_id = g.id and p.outcome is null)",
            "exists (select 1 from decision d join appeal p on p.decision_id = d.id
                     where d.subject_kind = 'photo' and d.subject_id = h.id and p.outcome is null)",
            "q.created_at, q.feature_id, q.argument_id, q.photo_id"
        ),
    }
}

/// A piece of a part of the queue, within a scope.
///
/// # Errors
/// Where the database does not answer.
pub(in crate::modules::moderation) async fn lines(
    db: impl Sql<'_>,
    tab: Tab,
    scope: &Scope,
    offset: i64,
    most: i64,
) -> Result<Vec<Thing>> {
    let (page, _) = statements(tab);
    let lines: Vec<Line> = db.all(page, (scope.argument(), most, offset)).await?;
    Ok(lines.into_iter().map(|line| Thing::of(line.feature_id, line.argument_id, line.photo_id)).collect())
}

/// How many things a part of the queue has within a scope.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn count(db: impl Sql<'_>, tab: Tab, scope: &Scope) -> Result<i64> {
    let (_, count) = statements(tab);
    let (count,): (i64,) = db.one(count, (scope.argument(),)).await?;
    Ok(count)
}

/// What is not looked at yet, with all that signals read.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Unseen {
    pub(super) feature_id: FeatureId,
    pub(super) argument_id: Option<ArgumentId>,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) author: Option<Visitor>,
    pub(super) created_at: Timestamp,
}

macro_rules! unseen {
    ($on:tt) => {
        concat!(
            "select q.feature_id, q.argument_id, f.title, q.body, q.author, q.created_at from
             (select f.id as feature_id, cast(null as bigint) as argument_id, f.body, f.author, f.created_at from feature f
              where f.seen_at is null and f.channel <> 'import' and (f.held is null or f.held = 'waiting')
              union all
              select f.id, g.id, g.body, g.author, g.created_at from argument g join feature f on f.id = g.feature_id
              where g.seen_at is null and g.channel <> 'import' and (g.held is null or g.held = 'waiting') and f.held is null) q
             join feature f on f.id = q.feature_id where ",
            in_scope!($on),
            " order by q.created_at desc, q.feature_id desc, q.argument_id desc"
        )
    };
}

/// What is new or waits within a scope, the latest first: all of it, because signals are found by reading.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn unseen(db: &Db, scope: &Scope) -> Result<Vec<Unseen>> {
    db.all(by(unseen!(sqlite), unseen!(postgres)), (scope.argument(),)).await
}

macro_rules! bursting {
    ($on:tt) => {
        concat!(
            "select f.id from feature f where ",
            in_scope!($on),
            " and f.id in (select b.subject_id from burst b where b.subject_kind = 'feature' and b.settled_at is null)
              order by f.id desc"
        )
    };
}

/// The contributions within a scope that many voices came to at once, which no moderator has looked at since.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn bursting(db: &Db, scope: &Scope) -> Result<Vec<FeatureId>> {
    let ids: Vec<(FeatureId,)> =
        db.all(by(bursting!(sqlite), bursting!(postgres)), (scope.argument(),)).await?;
    Ok(ids.into_iter().map(|(id,)| id).collect())
}

/// Who contributed when, of everybody who has something that is not looked at yet.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn busy(db: &Db) -> Result<Vec<(Visitor, Timestamp)>> {
    db.all(
        "with writing as (
            select author from feature where seen_at is null and channel <> 'import' and author is not null
            union select author from argument where seen_at is null and channel <> 'import' and author is not null)
         select f.author, f.created_at from feature f where f.author in (select author from writing)
         union all
         select g.author, g.created_at from argument g where g.author in (select author from writing)",
        (),
    )
    .await
}
