//! What lies where, for agents: zones that they draw and filter by (`within=3` in every address), and where most is.
//!
//! What it is not: the filter (`core/atlas/inside.rs`), nor the territory's areas, which everybody reads. Invariant: a zone is an outline and a name. It says
//! nothing of anybody, and what it shows is public.

mod routes;
#[cfg(test)]
mod tests;
mod views;

use crate::base::clock;
use crate::base::db::Answer;
use crate::base::jobs::{Done, Job};
use crate::civic::accounts::{Access, Hook, Role};
use crate::civic::manifest::Module;
use crate::core::app::App;
use crate::core::territory::zones;
use chrono::TimeDelta;
use std::time::Duration;

/// For how many days one that was removed can be put back.
const DAYS: i64 = 30;

/// The module's manifest.
pub const MODULE: Module = Module {
    name: "zones",
    routes: routes::routes,
    jobs: &[FORGET],
    places: &[Hook::desk(36, Access::Holder(Role::Agent), routes::HERE, "desk-zones")],
    ..Module::NOTHING
};

const FORGET: Job<App> =
    Job { name: "zones-forget", every: Duration::from_secs(24 * 3_600), look: None, run: forget };

fn forget(app: &App) -> Answer<'_, Done> {
    Box::pin(async move {
        let mut tx = app.db.begin().await?;
        let gone = zones::forget(&mut tx, clock::now() - TimeDelta::days(DAYS)).await?;
        tx.commit().await?;
        Ok(Done::of(gone))
    })
}
