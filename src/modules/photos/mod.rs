//! The photos' addresses: sending one while a form is filled, taking it back, showing it; and the daily clearing of what was
//! sent for a form that never came.
//!
//! What it is not: the pixels (`media`), nor the form that a photo belongs to (its module attaches it).

mod routes;
#[cfg(test)]
mod tests;

use crate::base::clock;
use crate::base::telemetry;
use crate::civic::accounts::{Limit, LimitRow, Period, Rate};
use crate::civic::manifest::Module;
use crate::core::app::App;
use crate::core::features::photos;
use std::time::Duration;

/// The manifest.
pub const MODULE: Module =
    Module { name: "photos", routes: routes::routes, limits: &[PHOTO], ..Module::NOTHING };

/// Sending a file.
const PHOTO: Limit =
    Limit(&LimitRow { word: "photo", rate: Rate { count: 40, period: Period::Hour }, makes_visitors: true });

/// How long a photo waits for its form.
const PATIENCE: chrono::TimeDelta = chrono::TimeDelta::days(2);

/// How old files without a row must be to be removed.
const STRAY: chrono::TimeDelta = chrono::TimeDelta::days(1);

/// Clears away what was abandoned, once a day and when the server starts. Never ends.
pub async fn upkeep(app: App) {
    let mut days = tokio::time::interval(Duration::from_secs(24 * 60 * 60));
    loop {
        days.tick().await;
        let swept = photos::sweep(&app.db, &app.media, clock::now() - PATIENCE).await;
        match telemetry::ran("photos", swept) {
            Ok(0) => {}
            Ok(cleared) => tracing::info!(cleared, "abandoned photos"),
            Err(_) if app.db.is_closed() => return,
            Err(error) => tracing::error!(%error, "abandoned photos could not be cleared"),
        }
        match photos::clear_strays(&app.db, &app.media, clock::now() - STRAY).await {
            Ok((0, 0)) => {}
            Ok((pictures, halves)) => {
                tracing::info!(pictures, halves, "picture files without a row were removed");
            }
            Err(_) if app.db.is_closed() => return,
            Err(error) => tracing::error!(%error, "picture files without a row could not be removed"),
        }
    }
}
