//! What one did here: ideas, arguments, voices, what one follows. A list with the way to each, for who has an account and for who has only
//! this browser.
//!
//! What it is not: everything that is kept on a person, which is "my data" (`privacy`); nor a place where anything is changed: each line leads
//! to the page where it is.

mod routes;
mod store;
#[cfg(test)]
mod tests;
mod views;

use crate::civic::accounts::Hook;
use crate::civic::manifest::Module;

/// The manifest.
pub const MODULE: Module = Module {
    name: "mine",
    routes: routes::routes,
    places: &[Hook::navigation(85, "/mine", "did-link")],
    ..Module::NOTHING
};
