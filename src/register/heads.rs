//! The daily publishing of the chain's head: at each midnight of Europe/Paris, the last line of the day that ended.
//!
//! Invariant: a day is published once, whichever server does it, and days on which no server ran are caught up with.

use super::model::{Head, day_of, end_of};
use super::store;
use crate::app::App;
use crate::clock::{self, Timestamp};
use crate::db::Db;
use crate::error::Result;
use chrono::{Days, NaiveDate};
use std::time::Duration;

/// The most days that are caught up with at once.
const MOST: u64 = 400;

/// Publishes the heads of all days that ended before `now` and have none, from the day after the last published one on; of
/// yesterday alone where none was published yet. Days before the register's first line have none. Gives how many.
///
/// # Errors
/// Where the database refuses.
pub async fn publish(db: &Db, now: Timestamp) -> Result<u64> {
    let today = day_of(now);
    let yesterday = today - Days::new(1);
    let last = store::heads(db, 1).await?.first().and_then(|head| head.day.parse::<NaiveDate>().ok());
    let earliest = today - Days::new(MOST);
    let mut day = last.map_or(yesterday, |last| (last + Days::new(1)).max(earliest));
    let mut published = 0;
    while day < today {
        if let Some((number, chain)) = store::last_before(db, end_of(day)).await? {
            let mut tx = db.begin().await?;
            let head = Head { day: day.to_string(), number, chain, made_at: now };
            published += store::publish(&mut tx, &head).await?;
            tx.commit().await?;
        }
        day = day + Days::new(1);
    }
    Ok(published)
}

/// Publishes when the server starts and after each midnight. Never ends.
pub async fn upkeep(app: App) {
    loop {
        match crate::telemetry::ran("heads", publish(&app.db, clock::now()).await) {
            Ok(0) => {}
            Ok(heads) => tracing::info!(heads, "published the register's head"),
            Err(_) if app.db.is_closed() => return,
            Err(error) => tracing::error!(%error, "the register's head could not be published"),
        }
        // A moment after midnight, so that writes that began before it are in. At most an hour at a time: a clock that is set,
        // or a machine that slept, does not cost a day.
        let now = clock::now();
        let wait = (end_of(day_of(now)) - now).to_std().unwrap_or_default() + Duration::from_secs(20);
        tokio::time::sleep(wait.min(Duration::from_secs(3600))).await;
    }
}
