//! What a city says of itself: its name, colours, texts, contact. Agents write it in the browser, each version is kept, and every server
//! takes the last one up at once.
//!
//! What it is not: what only an operator may touch (`base/config.rs`, which wins where both say something), nor anything secret (the table
//! `setting`).

mod fields;
mod look;
mod model;
pub mod store;
mod tables;
#[cfg(test)]
mod tests;
mod zone;

pub use fields::{
    ANSWER_DAYS, BASEMAPS, CHOSEN_CODE, CHOSEN_NAME, ENCRYPTION, FIELDS, Field, LOGO_IS_LIGHT, Section, Sort,
};
pub use look::{Look, Shades};
pub use model::Site;
pub use tables::TABLES;
pub use zone::ZONES;
