//! The SQL of rules and closed days at the desk.
//!
//! Invariant: a rule is never changed. Its next version is a row of its own, and reports name theirs.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::Result;
use crate::base::ids::AreaId;
use crate::core::journal::Write;
use crate::modules::reports::CATALOGUE_CHANGED;
use crate::modules::reports::catalogue_desk::store::{n, said, unit};
use crate::modules::reports::clock::{Target, Unit};
use crate::modules::reports::model::{CategoryId, RuleId, ServiceId};
use chrono::NaiveDate;

/// A rule to be written.
#[derive(Debug, Clone, Copy)]
pub(in crate::modules::reports::catalogue_desk) struct NewRule {
    pub(in crate::modules::reports::catalogue_desk) category: Option<CategoryId>,
    pub(in crate::modules::reports::catalogue_desk) area: Option<AreaId>,
    pub(in crate::modules::reports::catalogue_desk) service: ServiceId,
    pub(in crate::modules::reports::catalogue_desk) target: Option<Target>,
}

/// Makes a rule that holds from now on. Gives its id.
///
/// # Errors
/// Where the database refuses.
pub(in crate::modules::reports::catalogue_desk) async fn insert_rule(
    write: &mut Write,
    new: NewRule,
) -> Result<RuleId> {
    let at = write.at();
    let (id,): (RuleId,) = write
        .tx()
        .one(
            "insert into report_rule (category_id, area_id, is_of_area, service_id, target_n, target_unit, from_at)
             values ($1, $2, $3, $4, $5, $6, $7) returning id",
            (new.category, new.area, new.area.is_some(), new.service, n(new.target), unit(new.target), at),
        )
        .await?;
    write.record_subject(CATALOGUE_CHANGED, format!("rule:{}", id.0));
    Ok(id)
}

/// Ends a rule that holds. Gives whether it did.
///
/// # Errors
/// Where the database refuses.
pub(in crate::modules::reports::catalogue_desk) async fn end_rule(
    write: &mut Write,
    id: RuleId,
) -> Result<bool> {
    let at = write.at();
    let sql = "update report_rule set until_at = $2 where id = $1 and until_at is null";
    let ended = write.tx().run(sql, (id, at)).await? > 0;
    if ended {
        write.record_subject(CATALOGUE_CHANGED, format!("rule:{}", id.0));
    }
    Ok(ended)
}

/// A rule as it was, or is.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(in crate::modules::reports::catalogue_desk) struct Past {
    pub(in crate::modules::reports::catalogue_desk) category_id: Option<CategoryId>,
    pub(in crate::modules::reports::catalogue_desk) area_id: Option<AreaId>,
    pub(in crate::modules::reports::catalogue_desk) is_of_area: bool,
    pub(in crate::modules::reports::catalogue_desk) service_id: ServiceId,
    pub(in crate::modules::reports::catalogue_desk) target_n: Option<i64>,
    pub(in crate::modules::reports::catalogue_desk) target_unit: Option<Unit>,
    pub(in crate::modules::reports::catalogue_desk) from_at: Timestamp,
    pub(in crate::modules::reports::catalogue_desk) until_at: Timestamp,
}

/// Rules that held, the last that ended first.
///
/// # Errors
/// Where the database does not answer.
pub(in crate::modules::reports::catalogue_desk) async fn past(
    db: impl Sql<'_>,
    most: i64,
) -> Result<Vec<Past>> {
    db.all(
        "select category_id, area_id, is_of_area, service_id, target_n, target_unit, from_at, until_at
         from report_rule where until_at is not null order by until_at desc, id desc limit $1",
        (most,),
    )
    .await
}

/// Days on which nobody works, with why.
///
/// # Errors
/// Where the database does not answer.
pub(in crate::modules::reports::catalogue_desk) async fn days(
    db: impl Sql<'_>,
) -> Result<Vec<(String, String)>> {
    db.all("select day, label from closed_day order by day", ()).await
}

/// Adds such a day; said again, its name is the last one.
///
/// # Errors
/// Where the database refuses.
pub(in crate::modules::reports::catalogue_desk) async fn insert_day(
    write: &mut Write,
    day: NaiveDate,
    label: &str,
) -> Result<()> {
    write
        .tx()
        .run(
            "insert into closed_day (day, label) values ($1, $2)
             on conflict (day) do update set label = excluded.label",
            (day.to_string(), label),
        )
        .await?;
    write.record_subject(CATALOGUE_CHANGED, "days");
    Ok(())
}

/// Has a day be worked again.
///
/// # Errors
/// [`Error::NotFound`].
pub(in crate::modules::reports::catalogue_desk) async fn remove_day(
    write: &mut Write,
    day: NaiveDate,
) -> Result<()> {
    let gone = write.tx().run("delete from closed_day where day = $1", (day.to_string(),)).await?;
    said(write, gone, "days".to_owned())
}
