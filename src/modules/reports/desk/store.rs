//! The list of reports that an agent may treat, in SQL: scope and filter are its conditions, so that it is counted and paged whole.
//!
//! What it is not: the live map, which knows nothing of what waits to be read. What is held stands in this list, for who treats it.

use super::order::Order;
use crate::base::clock::Timestamp;
use crate::base::db::{Ids, Sql, Statement, by};
use crate::base::error::{Error, Result};
use crate::base::ids::{AccountId, FeatureId};
use crate::core::atlas::Chosen;
use crate::core::features::Hold;
use crate::core::features::scope::{Scope, in_scope};
use crate::core::journal::Write;
use crate::modules::reports::catalogue::store::target;
use crate::modules::reports::clock::{Target, Unit};
use crate::modules::reports::model::{CategoryId, Report, RuleId, ServiceId};

/// A list of values in an argument, as rows of `w`.
macro_rules! each {
    (sqlite, $argument:literal) => {
        concat!("json_each(", $argument, ") w")
    };
    (postgres, $argument:literal) => {
        concat!("jsonb_array_elements_text(cast(", $argument, " as jsonb)) w (value)")
    };
}

/// A statement over what passes scope, filter and holds (the empty word is what is public).
macro_rules! listed {
    ($on:tt, $select:literal, $($then:literal),+) => {
        concat!(
            $select,
            " from report r join feature f on f.id = r.feature_id where ",
            in_scope!($on),
            " and (f.published_at is not null or f.withdrawn_at is null)
              and case when f.published_at is not null then '' else coalesce(f.held, '-') end in (select w.value from ",
            each!($on, "$14"),
            ")
              and ($2 = '[]' or f.kind in (select w.value from ",
            each!($on, "$2"),
            ")) and ($3 = '[]' or f.status in (select w.value from ",
            each!($on, "$3"),
            ")) and ($4 = '[]' or coalesce(f.theme_id, 0) in (select cast(w.value as bigint) from ",
            each!($on, "$4"),
            ")) and ($5 = '[]' or coalesce(f.process_id, 0) in (select cast(w.value as bigint) from ",
            each!($on, "$5"),
            ")) and ($6 = '[]' or exists (select 1 from feature_area x join ",
            each!($on, "$6"),
            " on cast(w.value as bigint) = x.area_id where x.feature_id = f.id))
              and f.created_at >= $7 and f.created_at < $8
              and f.votes_for - f.votes_against between $9 and $10
              and not exists (select 1 from ",
            each!($on, "$11"),
            " where f.search not like w.value escape '\\')
              and not exists (select 1 from (select distinct substr(w.value, 1, 1) as slot from ",
            each!($on, "$12"),
            ") c where c.slot || ':' || cast(coalesce(case c.slot when 'a' then f.slot_a when 'b' then f.slot_b else f.slot_c end, 0) as text)
                   not in (select w.value from ",
            each!($on, "$12"),
            ")) and ($13 = '[]' or f.id in (select cast(w.value as bigint) from ",
            each!($on, "$13"),
            "))",
            $($then),+
        )
    };
}

/// What [`listed`] is told, in order, and what comes after it.
macro_rules! told {
    ($scope:expr, $c:expr, $holds:expr $(, $more:expr)*) => {
        (
            $scope.argument(),
            $c.kinds.as_str(),
            $c.statuses.as_str(),
            $c.themes.as_str(),
            $c.processes.as_str(),
            $c.areas.as_str(),
            $c.since,
            $c.until,
            $c.score_min,
            $c.score_max,
            $c.patterns.as_str(),
            $c.filed.as_str(),
            $c.inside.as_str(),
            $holds,
            $($more),*
        )
    };
}

/// How many reports pass a filter within a scope; since when the first of them waits; which due instant comes first.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn waiting(
    db: impl Sql<'_>,
    scope: &Scope,
    c: &Chosen,
    holds: &str,
) -> Result<(i64, Option<Timestamp>, Option<Timestamp>)> {
    let sql = by(
        listed!(sqlite, "select count(*), min(r.received_at), min(r.due_at)", ""),
        listed!(postgres, "select count(*), min(r.received_at), min(r.due_at)", ""),
    );
    db.one(sql, told!(scope, c, holds)).await
}

/// How many of each service pass; nothing is without a service.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn by_service(
    db: impl Sql<'_>,
    scope: &Scope,
    c: &Chosen,
    holds: &str,
) -> Result<Vec<(Option<ServiceId>, i64)>> {
    let sql = by(
        listed!(sqlite, "select r.service_id, count(*)", " group by r.service_id"),
        listed!(postgres, "select r.service_id, count(*)", " group by r.service_id"),
    );
    db.all(sql, told!(scope, c, holds)).await
}

/// The statement of a page of them in an order.
fn statement(order: Order) -> Statement {
    macro_rules! page {
        ($order:literal) => {
            by(
                listed!(sqlite, "select f.id", $order, " limit $16 offset $17"),
                listed!(postgres, "select f.id", $order, " limit $16 offset $17"),
            )
        };
    }
    match order {
        // What is open first, of the agent's own services first; then what is due first.
        Order::Due => page!(
            " order by case when r.ended_at is null then 0 else 1 end,
              case when exists (select 1 from report_service_agent m
                                where m.service_id = r.service_id and m.account_id = $15) then 0 else 1 end,
              case when r.due_at is null then 1 else 0 end, r.due_at, r.received_at, f.id"
        ),
        Order::Oldest => page!(" and $15 = $15 order by r.received_at, f.id"),
        Order::Newest => page!(" and $15 = $15 order by r.received_at desc, f.id desc"),
    }
}

/// A piece of them, in an order.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn list(
    db: impl Sql<'_>,
    scope: &Scope,
    (c, holds): (&Chosen, &str),
    (order, who): (Order, AccountId),
    (offset, most): (i64, i64),
) -> Result<Vec<i64>> {
    let ids: Vec<(i64,)> = db.all(statement(order), told!(scope, c, holds, who, most, offset)).await?;
    Ok(ids.into_iter().map(|(id,)| id).collect())
}

/// The services with which somebody's desk begins.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn mine(db: impl Sql<'_>, who: AccountId) -> Result<Vec<ServiceId>> {
    let sql = "select service_id from report_service_agent where account_id = $1 order by service_id";
    let rows: Vec<(ServiceId,)> = db.all(sql, (who,)).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What the list says of a report's feature, public or not.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Listed {
    pub(super) id: FeatureId,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) wkb: Option<Vec<u8>>,
    pub(super) votes_for: i64,
    pub(super) held: Option<Hold>,
    pub(super) merged_into: Option<FeatureId>,
    /// Ids of areas, joined by commas.
    pub(super) areas: Option<String>,
    /// The number of the last line of its history: what a form says that it saw.
    pub(super) last: i64,
}

/// What the list says of these reports' features, in their order.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn rows(db: impl Sql<'_>, ids: &[i64]) -> Result<Vec<Listed>> {
    macro_rules! rows {
        ($among:literal) => {
            concat!(
                "select f.id, f.title, f.body, f.wkb, f.votes_for, f.held, f.merged_into,
                        (select string_agg(cast(a.area_id as text), ',') from feature_area a where a.feature_id = f.id) as areas,
                        coalesce((select max(u.id) from report_update u where u.feature_id = f.id), 0) as last
                 from feature f join report r on r.feature_id = f.id where f.id ",
                $among
            )
        };
    }
    let sql = by(rows!("in (select value from json_each($1))"), rows!("= any($1)"));
    let mut rows: Vec<Listed> = db.all(sql, (Ids(ids),)).await?;
    let order: std::collections::HashMap<i64, usize> =
        ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    rows.sort_by_key(|row| order.get(&row.id.0).copied());
    Ok(rows)
}

/// Has the pause that ended with a report at `ended` last on: its end was taken back.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn stand_still_again(write: &mut Write, id: FeatureId, ended: Timestamp) -> Result<bool> {
    let sql = "update report_pause set until_at = null where feature_id = $1 and until_at = $2";
    Ok(write.tx().run(sql, (id, ended)).await? > 0)
}

/// What a report's feature is called.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn title(write: &mut Write, id: FeatureId) -> Result<String> {
    let row: Option<(String,)> =
        write.tx().optional("select title from feature where id = $1", (id,)).await?;
    row.map(|(title,)| title).ok_or(Error::NotFound)
}

/// How a report stood before it was filed anew or its clock was touched.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Kept {
    pub(super) id: i64,
    pub(super) feature_id: FeatureId,
    pub(super) account_id: AccountId,
    pub(super) at: Timestamp,
    pub(super) act: String,
    pub(super) update_id: i64,
    pub(super) title: String,
    pub(super) category_id: CategoryId,
    pub(super) service_id: Option<ServiceId>,
    pub(super) rule_id: Option<RuleId>,
    target_n: Option<i64>,
    target_unit: Option<Unit>,
    pub(super) due_at: Option<Timestamp>,
    pub(super) is_overdue: bool,
    pub(super) pause_id: Option<i64>,
}

impl Kept {
    pub(super) fn target(&self) -> Option<Target> {
        target(self.target_n, self.target_unit)
    }
}

/// Keeps how a report stood, with what is its last line and its last pause now. Gives its number.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn keep_before(
    write: &mut Write,
    (was, title): (&Report, &str),
    (act, by): (&'static str, AccountId),
) -> Result<i64> {
    let (at, target) = (write.at(), was.target.map(|target| (i64::from(target.n), target.unit)));
    let (id,): (i64,) = write
        .tx()
        .one(
            "insert into report_before (feature_id, account_id, at, act, update_id, title, category_id, service_id, rule_id,
                                        target_n, target_unit, due_at, is_overdue, pause_id)
             values ($1, $2, $3, $4, coalesce((select max(u.id) from report_update u where u.feature_id = $1), 0), $5, $6, $7, $8,
                     $9, $10, $11, $12, (select max(p.id) from report_pause p where p.feature_id = $1))
             returning id",
            (
                was.id,
                by,
                at,
                act,
                title,
                was.category,
                was.service,
                was.rule,
                target.map(|(n, _)| n),
                target.map(|(_, unit)| unit),
                was.due_at,
                was.is_overdue,
            ),
        )
        .await?;
    Ok(id)
}

/// How a report stood.
///
/// # Errors
/// [`Error::NotFound`] where that was taken back, or is kept no more.
pub(super) async fn find_before(db: impl Sql<'_>, id: i64) -> Result<Kept> {
    let row = db
        .optional(
            "select id, feature_id, account_id, at, act, update_id, title, category_id, service_id, rule_id, target_n, target_unit,
                    due_at, is_overdue, pause_id
             from report_before where id = $1",
            (id,),
        )
        .await?;
    row.ok_or(Error::NotFound)
}

/// What was taken back is not so again.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn taken_back(write: &mut Write, id: i64) -> Result<()> {
    write.tx().run("delete from report_before where id = $1", (id,)).await.map(drop)
}

/// What nobody can take back any more is kept no longer.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn forget_before(write: &mut Write, long_ago: Timestamp) -> Result<()> {
    write.tx().run("delete from report_before where at < $1", (long_ago,)).await.map(drop)
}

/// A pause that was taken back took no time: it moves no due instant.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn never_paused(write: &mut Write, pause: Option<i64>) -> Result<Option<String>> {
    write.tx().run("update report_pause set until_at = from_at where id = $1", (pause,)).await?;
    Ok(None)
}

/// A pause whose end was taken back lasts on. Gives why.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn paused_still(write: &mut Write, pause: Option<i64>) -> Result<Option<String>> {
    let row: Option<(String,)> = write
        .tx()
        .optional("update report_pause set until_at = null where id = $1 returning why", (pause,))
        .await?;
    Ok(row.map(|(why,)| why))
}
