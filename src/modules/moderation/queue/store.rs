//! The queue's SQL: which things are in each part of it, within a moderator's scope. Lines and counts are one condition.

use super::super::model::Tab;
use super::look::Sort;
use crate::base::clock::Timestamp;
use crate::base::db::{Db, Sql, Statement, by};
use crate::base::error::Result;
use crate::base::ids::{FeatureId, Visitor};
use crate::civic::contributions::things::{Thing, moderated};
use crate::core::features::scope::{Scope, in_scope};
use crate::core::subject::{Subject, SubjectKind};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A thing in the queue.
#[derive(Debug, Clone, sqlx::FromRow)]
struct QueueLine {
    feature_id: Option<FeatureId>,
    kind: String,
    subject_id: i64,
}

/// Which rows of a kind are in a part of the queue, as a condition of SQL on its rows `r`.
fn condition(tab: Tab, kind: &SubjectKind) -> String {
    let word = kind.word;
    let is_feature = word == "feature";
    match tab {
        Tab::New => "r.is_new and r.held is null and r.seen_at is null".to_owned(),
        Tab::Waiting if is_feature => "(r.held = 'waiting' or exists (select 1 from revision v where v.subject_kind = 'feature'
                                        and v.subject_id = r.id and v.held = 'waiting'))"
            .to_owned(),
        Tab::Waiting => "r.held = 'waiting'".to_owned(),
        Tab::Flagged => format!(
            "exists (select 1 from flag l where l.subject_kind = '{word}' and l.subject_id = r.id and l.settled_at is null)"
        ),
        Tab::Suspicious => UNSEEN.to_owned(),
        Tab::Hidden if is_feature => "(r.held in ('hidden', 'merged', 'withdrawn')
                                       or exists (select 1 from feature s where s.id = r.id and s.withdrawn_at is not null))"
            .to_owned(),
        Tab::Hidden => "r.held = 'hidden'".to_owned(),
        Tab::Appeals => format!(
            "exists (select 1 from decision d join appeal p on p.decision_id = d.id
                     where d.subject_kind = '{word}' and d.subject_id = r.id and p.outcome is null)"
        ),
    }
}

/// What is not looked at yet, public or waiting: signals are looked for among it.
const UNSEEN: &str = "r.is_new and r.seen_at is null and (r.held is null or r.held = 'waiting')";

/// Since when a thing `f` is in a part of the queue.
fn since(tab: Tab) -> &'static str {
    match tab {
        Tab::New | Tab::Waiting | Tab::Suspicious | Tab::Hidden => "f.created_at",
        Tab::Flagged => FLAGGED,
        Tab::Appeals => {
            "(select min(p.made_at) from decision d join appeal p on p.decision_id = d.id
              where d.subject_kind = f.kind and d.subject_id = f.subject_id and p.outcome is null)"
        }
    }
}

/// When a thing `f` was flagged first since anybody looked.
const FLAGGED: &str =
    "(select min(l.flagged_at) from flag l where l.subject_kind = f.kind and l.subject_id = f.subject_id
                         and l.settled_at is null)";

/// In which order a part of the queue is shown: who waited longest comes first where somebody waits.
fn order(tab: Tab) -> String {
    match tab {
        Tab::New | Tab::Suspicious | Tab::Hidden => {
            "f.created_at desc, f.kind desc, f.subject_id desc".into()
        }
        Tab::Waiting | Tab::Appeals | Tab::Flagged => format!("{}, f.kind, f.subject_id", since(tab)),
    }
}

/// The rows of every kind that pass, as one table `f` with the contribution's number and process, as [`in_scope`] reads them.
fn rows(condition: impl Fn(&SubjectKind) -> String, columns: &str) -> String {
    let each = moderated().map(|(kind, of)| {
        format!(
            "select '{}' as kind, r.id as subject_id, r.feature_id as id, r.process_id, r.created_at{columns} from ({}) r where {}",
            kind.word,
            of.rows,
            condition(kind)
        )
    });
    format!("from ({}) f", each.collect::<Vec<_>>().join(" union all "))
}

/// A text for each database, made once.
fn on_both(make: impl Fn(&str) -> String) -> Statement {
    by(make(in_scope!(sqlite)).leak(), make(in_scope!(postgres)).leak())
}

/// The statement of a page of a part of the queue, in an order. What is suspicious is found among what was not looked at yet.
fn statement(tab: Tab, sort: Sort) -> Statement {
    static ALL: LazyLock<Vec<(Tab, Sort, Statement)>> = LazyLock::new(|| {
        let of = |tab: Tab, sort: Sort| {
            let from = rows(|kind| condition(tab, kind), "");
            let order = match sort {
                Sort::Own => order(tab),
                Sort::Votes => format!("{VOTES} desc, f.kind desc, f.subject_id desc"),
                Sort::FewVotes => format!("{VOTES}, f.kind, f.subject_id"),
                Sort::Oldest => format!("{}, f.kind, f.subject_id", since(tab)),
                Sort::Newest => format!("{} desc, f.kind desc, f.subject_id desc", since(tab)),
            };
            let page = on_both(|scope| {
                format!(
                    "select f.id as feature_id, f.kind, f.subject_id {from} where {scope} order by {order} limit $2 offset $3"
                )
            });
            (tab, sort, page)
        };
        let each = Tab::ALL.iter().flat_map(|tab| Sort::ALL.iter().map(move |(sort, _)| (*tab, *sort)));
        each.map(|(tab, sort)| of(tab, sort)).collect()
    });
    let found = ALL.iter().find(|(each, order, _)| (*each, *order) == (tab, sort));
    found.map_or(by("", ""), |(_, _, page)| *page)
}

/// How many people voted on the contribution of a thing `f`.
const VOTES: &str =
    "(select coalesce(max(x.votes_for + x.votes_against), 0) from feature x where x.id = f.id)";

/// A piece of a part of the queue, within a scope.
///
/// # Errors
/// Where the database does not answer.
pub(in crate::modules::moderation) async fn lines(
    db: impl Sql<'_>,
    (tab, sort): (Tab, Sort),
    scope: &Scope,
    offset: i64,
    most: i64,
) -> Result<Vec<Thing>> {
    let page = statement(tab, sort);
    let lines: Vec<QueueLine> = db.all(page, (scope.argument(), most, offset)).await?;
    let thing = |line: QueueLine| Thing::of(line.feature_id, Subject::of(&line.kind, line.subject_id));
    Ok(lines.into_iter().map(thing).collect())
}

/// How many things each part of the queue has within a scope, and since when the first of them is in it; what is suspicious is counted by
/// reading it.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn counts(
    db: impl Sql<'_>,
    scope: &Scope,
) -> Result<HashMap<Tab, (i64, Option<Timestamp>)>> {
    let counts: Vec<(String, i64, Option<Timestamp>)> = db.all(*COUNTS, (scope.argument(),)).await?;
    Ok(counts.into_iter().filter_map(|(word, count, at)| Some((Tab::of_word(&word)?, (count, at)))).collect())
}

static COUNTS: LazyLock<Statement> = LazyLock::new(|| {
    on_both(|scope| {
        let counted = Tab::ALL.iter().filter(|tab| **tab != Tab::Suspicious);
        let each = counted.map(|tab| {
            let (from, since) = (rows(|kind| condition(*tab, kind), ""), since(*tab));
            format!(
                "select '{}' as tab, count(*) as things, min({since}) as first {from} where {scope}",
                tab.word()
            )
        });
        each.collect::<Vec<_>>().join(" union all ")
    })
});

/// What is not looked at yet, with all that signals read.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Unseen {
    pub(super) feature_id: Option<FeatureId>,
    kind: String,
    subject_id: i64,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) author: Option<Visitor>,
    pub(super) created_at: Timestamp,
}

impl Unseen {
    pub(super) fn thing(&self) -> Thing {
        Thing::of(self.feature_id, Subject::of(&self.kind, self.subject_id))
    }
}

static EVERY_UNSEEN: LazyLock<Statement> = LazyLock::new(|| {
    let from = rows(|_| UNSEEN.to_owned(), ", r.title, r.body, r.author");
    on_both(|scope| {
        format!(
            "select f.id as feature_id, f.kind, f.subject_id, f.title, f.body, f.author, f.created_at {from} where {scope}
             order by f.created_at desc, f.kind desc, f.subject_id desc"
        )
    })
});

/// What is new or waits within a scope, the latest first: all of it, because signals are found by reading.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn unseen(db: &Db, scope: &Scope) -> Result<Vec<Unseen>> {
    db.all(*EVERY_UNSEEN, (scope.argument(),)).await
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
    db.all(*BUSY, ()).await
}

static BUSY: LazyLock<&'static str> = LazyLock::new(|| {
    let each = |what: &str, condition: &str| {
        let rows = moderated().filter(|(_, of)| of.is_seen);
        let rows = rows.map(|(_, of)| format!("select {what} from ({}) r where {condition}", of.rows));
        rows.collect::<Vec<_>>()
    };
    let writing = each("r.author", "r.seen_at is null and r.is_new and r.author is not null").join(" union ");
    let all = each("r.author, r.created_at", "r.author in (select author from writing)").join(" union all ");
    format!("with writing as ({writing}) {all}").leak()
});
