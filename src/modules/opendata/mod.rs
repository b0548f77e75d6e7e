//! Files to take away: the same filter as the map, as CSV or GeoJSON, by HTTP or by `parvis export`.
//!
//! What it is not: the paged API (see `map`), nor the catalogue of the authority's own datasets, which is to come.

mod excel;
mod formats;
mod names;
mod routes;
mod store;
mod table;
#[cfg(test)]
mod tests;

use crate::civic::manifest::Module;

pub use formats::{Format, write};

/// The manifest.
pub const MODULE: Module =
    Module { name: "opendata", routes: routes::routes, columns: &[names::ENGLISH], ..Module::NOTHING };
