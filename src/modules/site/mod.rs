//! What the site says of itself: its living style guide (`/design`), its manifest, what of it works without a connection, its word to
//! search engines.
//!
//! A module of its own, because the guide shows the parts of every room's pages: it shares their templates and imports none of
//! them. What it is not: anything about a territory. Invariant: colours and their contrasts are read out of the style sheet
//! itself (`tokens.rs`), so that the guide cannot say what the pages do not do.

mod icons;
mod offline;
mod routes;
#[cfg(test)]
mod tests;
mod tokens;
mod views;

use crate::civic::manifest::Module;

/// The manifest.
pub const MODULE: Module = Module { name: "site", routes: routes::routes, ..Module::NOTHING };
