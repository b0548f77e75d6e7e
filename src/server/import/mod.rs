//! `parvis import`: what `parvis-readers` read of other people's files goes into the database, in one transaction, through the stores
//! of the square.
//!
//! What it is not: the reading, which is a crate of its own. It knows no rule of moderation.

mod tables;
pub mod write;

pub use parvis_readers::*;
pub use tables::TABLES;
