//! How long repairs take: counted where a report ends, taken back where it is opened again or filed otherwise, and shown at `/delays`.
//!
//! What a report counts is a row that says so, and a row that waits to be added to the cells: whoever ends a report waits for nobody else
//! who does, and a page adds what waits to what was added. A job adds it up every minute.
//! What it is not: when something is due (`clock`). Invariants: what is counted of a report is what its rows say, or nothing; a page is the
//! same before and after what waits is added up.

mod counting;
mod counts;
mod histogram;
mod routes;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod views;

use super::model::{CategoryId, Report};
use crate::base::clock::{self, zone};
use crate::base::db::Db;
use crate::base::error::Result;
use crate::base::jobs::{Done, Job};
use crate::civic::accounts::{Limit, LimitRow, Period, Rate};
use crate::core::app::App;
use crate::core::features::Status;
use crate::core::journal::Write;
use chrono::{DateTime, Datelike, Utc};
use counts::{Counted, Promise};
pub(super) use routes::routes;
use std::time::Duration;

/// How often a person has delays counted, as a page or a table; ten share an address.
pub(super) const COUNT: Limit = Limit(&LimitRow {
    word: "delays",
    rate: Rate { count: 60, period: Period::Minute },
    makes_visitors: false,
});

/// Adds up what waits.
pub(super) const ADD_UP: Job<App> = Job {
    name: "reports-delays",
    every: Duration::from_secs(60),
    look: Some(|app| store::is_anything_waiting(&app.db, months_back(clock::now(), counts::MONTHS))),
    run: |app| Box::pin(async move { Ok(Done::of(add_up(&app.db).await?)) }),
};

/// How many rows that wait are added up in one write.
const AT_ONCE: i64 = 10_000;

/// Sees to it that what is counted of a report is what it is: called wherever a report was written.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn follow(write: &mut Write, report: &Report) -> Result<()> {
    let was = store::counted(write.tx(), report.id).await?;
    let is = match report.ended_at {
        Some(ended) => as_it_is(write, report, ended).await?,
        None => None,
    };
    if was == is {
        return Ok(());
    }
    if let Some(was) = &was {
        store::take_back(write, report.id, was).await?;
    }
    if let Some(is) = &is {
        store::count(write, report.id, is).await?;
    }
    Ok(())
}

/// Sees to it that what was counted of a category is counted of the type that it stands below from now on, or of itself where that is none:
/// called before its row says so.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn retype(
    write: &mut Write,
    category: CategoryId,
    parent: Option<CategoryId>,
) -> Result<()> {
    store::retype(write.tx(), category.0, parent.unwrap_or(category).0).await
}

/// What a report that ended counts; nothing where nobody sees it, or it waits for no repair.
async fn as_it_is(write: &mut Write, report: &Report, ended: DateTime<Utc>) -> Result<Option<Counted>> {
    let Some(about) = store::about(write.tx(), report.id).await? else { return Ok(None) };
    // A file may not say why something was closed.
    let is_repaired = report.end_reason.is_none() && report.status != Status::CLOSED;
    // From the first day on, also of what was opened again: it was not repaired before.
    let hours = (ended - about.created_at).num_hours().max(0);
    let is_in_time = report.due_at.is_none_or(|due| ended <= due);
    Ok(Some(Counted {
        month: month_of(ended),
        category: report.category.0,
        service: report.service.map_or(0, |service| service.0),
        areas: about.areas,
        hours: is_repaired.then(|| u32::try_from(hours).unwrap_or(u32::MAX)),
        promise: match (is_repaired && report.target.is_some(), is_in_time) {
            (false, _) => Promise::None,
            (true, true) => Promise::Kept,
            (true, false) => Promise::Broken,
        },
    }))
}

/// The month of an instant where the territory is: 202611.
fn month_of(at: DateTime<Utc>) -> i64 {
    let day = at.with_timezone(&zone());
    i64::from(day.year()) * 100 + i64::from(day.month())
}

/// The first month of the last so many, the present one among them.
fn months_back(now: DateTime<Utc>, count: i64) -> i64 {
    let month = month_of(now);
    let months = month / 100 * 12 + month % 100 - 1 - (count - 1);
    months.div_euclid(12) * 100 + months.rem_euclid(12) + 1
}

/// Adds up what waits, all of it. Gives how much there was. Open to whoever fills a database at once: an import, a benchmark.
///
/// # Errors
/// Where the database refuses.
pub async fn add_up(db: &Db) -> Result<u64> {
    let mut all = 0;
    loop {
        let done = store::add_up(db, AT_ONCE, months_back(clock::now(), counts::MONTHS)).await?;
        all += done;
        if done == 0 {
            return Ok(all);
        }
    }
}
