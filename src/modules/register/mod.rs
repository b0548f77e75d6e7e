//! The sealed register as people and outsiders meet it: receipts, `/verify`, the daily heads, and the check of the whole.
//!
//! What it is not: the chain itself, which `journal` writes. Invariant: nothing here changes a line; it reads, compares, and
//! publishes what the lines already say.

mod check;
mod days;
mod feed;
pub mod heads;
mod model;
pub mod outside;
mod routes;
mod rows;
mod store;
mod tables;
#[cfg(test)]
mod tests;
mod verify;
mod views;

pub use heads::Witnesses;
pub use model::{Fault, Finding, Head};
pub use verify::{Checked, Evidence, verify, verify_with};

use crate::civic::accounts::Hook;
use crate::civic::manifest::Module;
use tables::TABLES;

/// The manifest.
pub const MODULE: Module = Module {
    name: "register",
    routes: routes::routes,
    jobs: &[heads::PUBLISH],
    tables: TABLES,
    places: &[Hook::foot(20, "/register", "site-register")],
    ..Module::NOTHING
};
