//! The figures of the square, and of each process: who takes part, where, on what, and what becomes of it. A page with charts and tables, one
//! table of all figures, each chart as a picture.
//!
//! What it is not: a measure of audience (`privacy`), nor what a process's page counts of itself (`civic/figures.rs`). Invariant: only what is
//! public is counted, each figure says its definition, and no small number of people is told.

mod areas;
mod brief;
mod columns;
mod delays;
mod model;
mod routes;
mod store;
mod tell;
#[cfg(test)]
mod tests;
mod views;

use crate::civic::accounts::{Access, Hook};
use crate::civic::manifest::Module;

/// The manifest.
pub const MODULE: Module = Module {
    name: "figures",
    routes: routes::routes,
    limits: &[routes::COUNT],
    columns: &[columns::COUNTABLE],
    places: &[
        Hook::figure(5, Access::Everyone, brief::of_process),
        Hook::foot(5, "/figures", "figures-link"),
        Hook::process(10, "/processes/{slug}/figures", "figures-link-process"),
    ],
    ..Module::NOTHING
};
