//! Privacy: what people hold on us and we on them. One's own data to read, take away and erase; how long things are kept; the notice
//! and the register of processing, written from the same declarations; the audience, counted without anybody in it.
//!
//! What it is not: where the data is. Each room's table stays its own; what a table holds on people is declared in the manifests
//! (`personal_data::Table`), and everything here goes by these declarations.

pub mod again;
pub mod audience;
mod erase;
pub mod keep;
mod routes;
mod store;
mod tables;
mod take;
#[cfg(test)]
mod tests;
mod views;
mod words;

use crate::civic::accounts::{Access, Hook, Role};
use crate::civic::manifest::Module;
pub use audience::Audience;
use tables::TABLES;

/// The manifest.
pub const MODULE: Module = Module {
    name: "privacy",
    routes: routes::routes,
    jobs: &[keep::RETENTION, erase::PICTURES],
    tables: TABLES,
    places: &[
        Hook::foot(10, "/privacy", "site-privacy"),
        Hook::desk(60, Access::Everywhere(Role::Administrator), ROOM, "desk-privacy"),
    ],
    ..Module::NOTHING
};

/// Its room at the desk.
const ROOM: &str = "/admin/privacy";
