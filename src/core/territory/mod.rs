//! The territory: its areas (metropolis, communes, quartiers, councils), nested or overlapping, and which of them a
//! place lies in.
//!
//! What it is not: the authority's other layers (see `layers`), nor the rules that an area sets (see `processes`).
//!
//! Invariant: the areas of a feature are decided when it is written, and again when the areas change.

mod model;
pub mod store;
mod tables;

pub use model::{Area, NewArea, Territory};
pub use tables::TABLES;
