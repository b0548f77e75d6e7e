//! ProcessRules places: the streets, house numbers, parks and buildings that an address search finds.
//!
//! What it is: names that lead to a point, read from an authority's address file or made with the demonstration, and the
//! search over them. What it is not: the territory's areas (see `territory`; their names are searched with the same
//! [`Names`]), nor things people may talk about (see `features`): a place has no page.
//!
//! Invariant: whatever is typed is answered, in bounded time, and never with an error; nothing that was typed reaches the database
//! but a house number.

#[cfg(test)]
mod accuracy;
mod house;
mod model;
mod names;
mod query;
mod search;
mod sound;
pub mod store;
mod tables;
#[cfg(test)]
mod tests;
mod words;

pub use house::split_line;
pub use model::{Changes, Found, House, NewPlace, Number};
pub use names::{Hit, Names, Score};
pub use query::{LONGEST, MOST_WORDS, Query};
pub use search::Search;
pub use tables::TABLES;
pub use words::{capitalised, lower_first};
