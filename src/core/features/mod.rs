//! Features: the things on the map (proposals, reports, projects), their votes, arguments and photos, and the words they are
//! sorted under.
//!
//! What it is: one table that every module extends with its own. What it is not: the live map, which is filled from
//! here through the journal, nor the rules of a process, which stand above.
//!
//! Invariant: every change to a published feature leaves a journal line in the same transaction.

pub mod apart;
pub mod arguments;
pub mod ballots;
pub mod claim;
pub mod edits;
pub mod erasure;
mod geojson;
pub mod geometry;
mod kind;
pub mod merges;
mod model;
pub mod pages;
pub mod photos;
pub mod redactions;
pub mod revisions;
pub mod said;
pub mod scope;
pub mod search;
pub mod shells;
mod shown;
pub mod stakes;
pub mod store;
mod subjects;
mod tables;
pub mod tally;
pub mod terms;
#[cfg(test)]
mod tests;
pub mod untying;
mod version;
pub mod vocabulary;
pub mod votes;
pub mod waiting_photos;

pub use geojson::card_json;
pub use kind::{ADDED_TO, ARGUED, EDIT, Kind, KindRow, Status, StatusRow, Verdict};
pub use model::{Ballot, Card, Channel, Content, Hold, Located, NewFeature, Origin, Placed, Voice};
pub use subjects::SUBJECTS;
pub use tables::TABLES;
pub use tally::Tally;
pub use terms::Terms;

/// What an author's edit link is a key to (see [`crate::core::app::App::key_to`]).
pub fn edit_key(id: crate::base::ids::FeatureId) -> String {
    format!("change feature {id}")
}
