//! Known places: the streets, house numbers, parks and buildings that an address search finds.
//!
//! What it is: names that lead to a point, read from an authority's address file or made with the demonstration, and the
//! search over them. What it is not: the territory's areas (see `territory`; the search matches their names with the same
//! [`Reading`]s), nor things people may talk about (see `features`): a place has no page.
//!
//! Invariant: whatever is typed is answered, in bounded time, and never with an error: only words of letters and digits
//! reach the database, at most [`MOST_WORDS`] of them.

mod model;
mod query;
pub mod store;
#[cfg(test)]
mod tests;
mod words;

pub use model::{Changes, Found, House, NewPlace, Number};
pub use query::{LONGEST, MOST_WORDS, Named, Query, Rank, Reading, split_line};
pub use words::{capitalised, lower_first};
