//! What people and authorities do about contributions: they follow and flag them, moderators decide, authors appeal, the authority
//! answers. The rows, which every page that shows a thing or its absence reads.
//!
//! What it is not: who may do it and what follows from it (the modules), nor what the map counts of a contribution: voices,
//! arguments and merges stand with the feature's own row (`features`).

pub mod answers;
pub mod appeals;
pub mod bursts;
pub mod changing;
pub mod columns;
mod decided;
pub mod decisions;
pub mod flags;
pub mod followers;
pub mod follows;
mod tables;
pub mod telling;
pub mod things;
pub mod unanswered;
pub mod words;

pub use tables::TABLES;
