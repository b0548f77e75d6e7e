//! The photos' addresses: sending one while a form is filled, taking it back, showing it; the desk where those that wait are looked at and
//! parts of one are covered; and the daily clearing of what was sent for a form that never came, or covered long ago.
//!
//! What it is not: the pixels (`media`), nor the form that a photo belongs to (its module attaches it).

mod desk;
#[cfg(test)]
mod desk_tests;
mod frames;
mod routes;
mod store;
#[cfg(test)]
mod tests;
mod views;

use crate::base::clock;
use crate::base::error::Result;
use crate::base::jobs::{Done, Job};
use crate::civic::accounts::{Access, Hook, Role};
use crate::civic::manifest::Module;
use crate::core::app::App;
use crate::core::features::photos;
use std::time::Duration;

/// The manifest.
pub const MODULE: Module = Module {
    name: "photos",
    routes: || routes::routes().and(desk::routes()),
    jobs: &[SWEEP],
    places: &[Hook::desk(24, Access::Holder(Role::Agent), desk::ROOM, "desk-photos")],
    ..Module::NOTHING
};

/// How long a photo waits for its form.
const PATIENCE: chrono::TimeDelta = chrono::TimeDelta::days(2);

/// How old files without a row must be to be removed.
const STRAY: chrono::TimeDelta = chrono::TimeDelta::days(1);

const SWEEP: Job<App> = Job {
    name: "photos",
    every: Duration::from_secs(24 * 60 * 60),
    look: None,
    run: |app| Box::pin(sweep(app)),
};

/// Clears away what was abandoned, what was covered long ago, and files without a row.
async fn sweep(app: &App) -> Result<Done> {
    let originals = photos::covering::forget_originals(&app.db, clock::now()).await?;
    photos::forget(&app.media, &originals).await;
    let cleared = photos::sweep(&app.db, &app.media, clock::now() - PATIENCE).await?;
    let (pictures, halves) = photos::clear_strays(&app.db, &app.media, clock::now() - STRAY).await?;
    if pictures + halves > 0 {
        tracing::info!(pictures, halves, "picture files without a row were removed");
    }
    Ok(Done::of(u64::try_from(cleared + originals.len()).unwrap_or(u64::MAX)))
}
