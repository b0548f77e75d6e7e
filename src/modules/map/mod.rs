//! The map: its page, its tiles and style, its live stream, and the JSON API over the same filter.
//!
//! What it is not: the index (see `atlas`), nor what may be done to a feature (see the module of its kind).

mod api;
mod embed;
mod feed;
#[cfg(test)]
mod harvest;
mod legend;
mod listing;
mod page;
mod picture;
mod places;
mod routes;
mod style;
#[cfg(test)]
mod tests;
mod tiles;

use crate::civic::accounts::Hook;
use crate::civic::manifest::Module;

pub use tiles::{EVERY_LAYER, MVT, SOME_LAYERS, at_hand};

/// The manifest.
pub const MODULE: Module = Module {
    name: "map",
    routes: routes::routes,
    limits: &[picture::DRAW],
    places: &[Hook::navigation(10, "/", "site-map"), Hook::navigation(20, "/list", "site-list")],
    ..Module::NOTHING
};
