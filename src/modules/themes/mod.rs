//! The desk of themes: making, changing and removing the subjects that contributions are sorted under, shared by all processes or
//! one process's own.
//!
//! Who may: an administrator of everything works on shared themes, because the whole map speaks by them; who may plan a process
//! (its planners, and whoever covers them) works on that process's own. Planners see the shared ones and cannot change them.
//!
//! What it is not: the themes' rows (`features::vocabulary`), nor which of them a process offers (`processes::ProcessRules::offers`).
//! A change is not kept as a version: it is three fields, and is changed back in the same form. What was removed was used by
//! nobody: made again under the same label, it has the same address.
//!
//! Invariant: no contribution loses its theme. One that is used can be renamed, and never removed; its slug and whose it is stay.

mod model;
mod routes;
#[cfg(test)]
mod tests;
mod views;

use crate::civic::accounts::{Access, Hook, Role};
use crate::civic::manifest::Module;

/// The module's manifest.
pub const MODULE: Module = Module {
    name: "themes",
    routes: routes::routes,
    places: &[Hook::desk(40, Access::Holder(Role::Planner), routes::HERE, "desk-themes")],
    ..Module::NOTHING
};
