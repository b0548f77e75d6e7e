//! The territory: its areas (metropolis, communes, quartiers, councils), nested or overlapping, and which of them a
//! place lies in.
//!
//! What it is not: the authority's other layers (see `layers`), nor the rules that an area sets (see `processes`).
//!
//! Invariant: the areas of a feature are decided when it is written, and again when the areas change.

mod chosen;
mod model;
pub mod outline;
pub mod store;
mod tables;
mod tagging;
pub mod zones;

pub use chosen::{Chosen, choose, chosen, chosen_to_change};
pub use model::{Area, NewArea, Territory};
pub use tables::TABLES;
pub use tagging::retag;
