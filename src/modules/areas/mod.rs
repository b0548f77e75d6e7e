//! The desk of the territory: which authority's it is, chosen among all communes and bodies of France, and the outlines of its areas,
//! from a file or drawn by hand; renamed, moved and removed.
//!
//! What it is not: the areas' rows and which of them hold a place (`core/territory`), the reading of files (`crates/readers`), nor the
//! command that imports areas (`server/import`), which shares both.
//!
//! Invariants: a file is written whole or not at all, unless its refused rows are left out on purpose; an area that anything uses is never
//! removed; what was removed can be put back as it was for thirty days.

mod choice;
mod file;
mod france;
mod one;
mod picture;
mod plan;
mod reading;
mod removed;
mod routes;
mod store;
mod tables;
#[cfg(test)]
mod tests;
mod views;
mod works;

use crate::base::clock;
use crate::base::db::Answer;
use crate::base::jobs::{Done, Job};
use crate::civic::accounts::{Access, Hook, Role};
use crate::civic::manifest::Module;
use crate::core::app::App;
use chrono::TimeDelta;
use std::time::Duration;

/// The module's manifest.
pub const MODULE: Module = Module {
    name: "areas",
    routes: routes::routes,
    jobs: &[FORGET],
    tables: tables::TABLES,
    places: &[Hook::desk(35, Access::Everywhere(Role::Administrator), routes::HERE, "desk-areas")],
    ..Module::NOTHING
};

/// Files that were sent and not imported, and outlines that were removed, go after a while.
const FORGET: Job<App> =
    Job { name: "areas-forget", every: Duration::from_secs(3_600), look: None, run: forget };

fn forget(app: &App) -> Answer<'_, Done> {
    Box::pin(async move {
        let now = clock::now();
        reading::let_go();
        let files = app.media.forget_waiting(file::FOLDER, now - TimeDelta::days(1)).await?;
        let removed = app.media.forget_waiting(removed::FOLDER, now - TimeDelta::days(removed::DAYS)).await?;
        let works = store::forget_works(&app.db, now - TimeDelta::days(1)).await?;
        Ok(Done::of(files + removed + works))
    })
}
