//! What a city sets in the browser: who it is, how its site looks, how it is reached, how its letters leave; and the first set-up, which leads
//! through all of that.
//!
//! What it is not: the settings themselves (`core::site`), the pages on which residents read them (`about`), areas, themes and processes,
//! which have rooms of their own that the set-up leads to.
//!
//! Invariant: a version that is in force replaced the one that its form saw; what the operator's file says is shown and cannot be changed
//! here; the password of the mail server is never shown, journalled or taken back.

mod face;
mod mail;
mod pictures;
mod routes;
mod setup;
mod store;
#[cfg(test)]
mod tests;
mod views;

use crate::civic::accounts::{Access, Hook, Role};
use crate::civic::manifest::Module;
pub use face::face;
pub use mail::posting;
pub use setup::first_link;

/// The manifest.
pub const MODULE: Module = Module {
    name: "settings",
    routes: || routes::routes().and(mail::routes()).and(setup::routes()).and(face::routes()),
    places: &[Hook::desk(60, Access::Everywhere(Role::Administrator), routes::HERE, "desk-site")],
    ..Module::NOTHING
};
