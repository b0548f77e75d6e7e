//! The SQL of what programs read: public reports and their history. Nothing here finds what is not public.

use crate::base::clock::Timestamp;
use crate::base::db::{Db, Ids, Sql, by};
use crate::base::error::Result;
use crate::base::ids::FeatureId;
use crate::core::features::{Status, redactions};
use crate::modules::reports::model::{CategoryId, EndReason, ServiceId, Told};

/// A public report.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: FeatureId,
    pub(super) status: Status,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) wkb: Option<Vec<u8>>,
    pub(super) created_at: Timestamp,
    pub(super) category_id: CategoryId,
    pub(super) service_id: Option<ServiceId>,
    pub(super) address: String,
    pub(super) due_at: Option<Timestamp>,
    pub(super) ended_at: Option<Timestamp>,
    pub(super) end_reason: Option<EndReason>,
    /// The digest of its first photo.
    pub(super) photo: Option<String>,
}

/// Words of people's that stand beside a contribution's own text.
trait Worded {
    fn feature(&self) -> FeatureId;
    fn words(&mut self) -> &mut String;
}

impl Worded for Row {
    fn feature(&self) -> FeatureId {
        self.id
    }
    fn words(&mut self) -> &mut String {
        &mut self.address
    }
}

impl Worded for Line {
    fn feature(&self) -> FeatureId {
        self.feature_id
    }
    fn words(&mut self) -> &mut String {
        &mut self.note
    }
}

/// The same without what moderators blacked out: programs read what everybody reads.
async fn without_passages<T: Worded>(db: &Db, mut all: Vec<T>) -> Result<Vec<T>> {
    let ids: Vec<i64> = all.iter().map(|one| one.feature().0).collect();
    let passages = redactions::of_features(db, &ids).await?;
    for one in &mut all {
        if let Some(passages) = passages.get(&one.feature().0) {
            *one.words() = redactions::blacked(one.words(), passages);
        }
    }
    Ok(all)
}

/// The columns of a public report, up to the filter.
macro_rules! public {
    ($filter:expr) => {
        concat!(
            "select f.id, f.status, f.title, f.body, f.wkb, f.created_at, r.category_id, r.service_id, r.address, r.due_at,
                    r.ended_at, r.end_reason,
                    (select h.digest from photo h where h.feature_id = f.id and h.held is null
                     order by h.position, h.id limit 1) as photo
             from feature f join report r on r.feature_id = f.id
             where f.published_at is not null and ",
            $filter
        )
    };
}

/// The public reports of these numbers, by number.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn of_ids(db: &Db, ids: &[i64]) -> Result<Vec<Row>> {
    let sql = by(
        public!("f.id in (select value from json_each($1)) order by f.id"),
        public!("f.id = any($1) order by f.id"),
    );
    without_passages(db, db.all(sql, (Ids(ids),)).await?).await
}

/// What is asked for of reports.
#[derive(Debug, Clone, Copy)]
pub(super) struct Filter<'a> {
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
    /// Of these categories.
    pub(super) categories: &'a [i64],
    /// Those that are open, and those that ended.
    pub(super) open: bool,
    pub(super) closed: bool,
    pub(super) most: i64,
    pub(super) after: i64,
}

/// Public reports that came in a span, the newest first.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn received(db: &Db, filter: Filter<'_>) -> Result<Vec<Row>> {
    // Which ones first, and what they say then: of those that are passed over nothing else is read. SQLite's planner would else begin with the
    // categories and sort everything, or look a report up in each of them: `cross join` and `+` hold it to the order of the features.
    macro_rules! page {
        ($categories:literal) => {
            public!(concat!(
                "f.id in (select f.id from feature f cross join report r
                          where r.feature_id = f.id and f.published_at is not null and f.created_at >= $1 and f.created_at <= $2
                            and ",
                $categories,
                " and ($4 and r.ended_at is null or $5 and r.ended_at is not null)
                          order by f.created_at desc, f.id desc limit $6 offset $7)
                 order by f.created_at desc, f.id desc"
            ))
        };
    }
    let sql =
        by(page!("+r.category_id in (select value from json_each($3))"), page!("r.category_id = any($3)"));
    let Filter { from, until, categories, open, closed, most, after } = filter;
    without_passages(db, db.all(sql, (from, until, Ids(categories), open, closed, most, after)).await?).await
}

/// A line of a public report's history.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Line {
    pub(super) id: i64,
    pub(super) feature_id: FeatureId,
    pub(super) at: Timestamp,
    pub(super) act: Told,
    pub(super) status: Status,
    pub(super) reason: Option<String>,
    pub(super) note: String,
}

/// The histories of these public reports, each the oldest line first.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn histories(db: &Db, ids: &[i64]) -> Result<Vec<Line>> {
    let sql = by(
        "select u.id, u.feature_id, u.at, u.act, u.status, u.reason, u.note
         from report_update u join feature f on f.id = u.feature_id
         where f.published_at is not null and u.feature_id in (select value from json_each($1)) order by u.feature_id, u.id",
        "select u.id, u.feature_id, u.at, u.act, u.status, u.reason, u.note
         from report_update u join feature f on f.id = u.feature_id
         where f.published_at is not null and u.feature_id = any($1) order by u.feature_id, u.id",
    );
    without_passages(db, db.all(sql, (Ids(ids),)).await?).await
}

/// The lines of a span, of whichever public report, the oldest first.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn updates(
    db: &Db,
    (from, until): (Timestamp, Timestamp),
    (most, after): (i64, i64),
) -> Result<Vec<Line>> {
    let lines = db.all(
        "select u.id, u.feature_id, u.at, u.act, u.status, u.reason, u.note
         from report_update u join feature f on f.id = u.feature_id
         where f.published_at is not null and u.at >= $1 and u.at <= $2 order by u.at, u.id limit $3 offset $4",
        (from, until, most, after),
    ).await?;
    without_passages(db, lines).await
}

/// Whether a report is public: who treats one by number from outside must know no other.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn is_public(db: impl Sql<'_>, id: FeatureId) -> Result<bool> {
    let sql = "select r.feature_id from report r join feature f on f.id = r.feature_id
               where f.published_at is not null and r.feature_id = $1";
    let row: Option<(FeatureId,)> = db.optional(sql, (id,)).await?;
    Ok(row.is_some())
}
