//! The pages of the authority's people at work: notes and assignment of a subject, as a part of a contribution's page and as a page of
//! their own, and the desk's texts to answer with.
//!
//! What it is not: the rows (`civic/work`), nor what the public reads. Invariant: who may not answer for the authority about a subject
//! sees nothing of it here.

mod letters;
mod letters_page;
mod model;
mod panel;
mod replies;
mod routes;
#[cfg(test)]
mod tests;
mod views;

use crate::base::jobs::{Done, Job};
use crate::civic::accounts::{Access, Hook, Role, Routes};
use crate::civic::manifest::Module;
use crate::civic::work;
use crate::core::app::App;

/// The manifest.
pub const MODULE: Module = Module {
    name: "work",
    routes,
    purposes: &[work::PURPOSE],
    places: &[
        Hook::desk(22, Access::Holder(Role::Agent), replies::HERE, "desk-replies"),
        Hook::desk(58, Access::AnyHolder, letters_page::HERE, "desk-my-letters"),
        Hook::panel(15, Access::Holder(Role::Agent), panel::panel),
    ],
    jobs: &[CLEAR, letters::LETTERS],
    ..Module::NOTHING
};

fn routes() -> Routes {
    routes::routes().and(replies::routes()).and(letters_page::routes())
}

/// Clears notes and assignments that are kept no longer.
const CLEAR: Job<App> = Job {
    name: "work",
    every: std::time::Duration::from_secs(24 * 3600),
    look: None,
    run: |app| {
        Box::pin(async {
            let mut write = app.begin().await?;
            let gone = work::clear(&mut write, crate::base::clock::now()).await?;
            app.commit(write).await?;
            Ok(Done::of(gone))
        })
    },
};
