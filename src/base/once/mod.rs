//! What is sent twice is done once: a signed one-time key in every form that acts ([`field`]), and the memory of which were used.
//!
//! The key is also the visitor-to-be: who acts without a cookie is told apart by the page that they act on, so that two taps on a slow
//! line are one person, and reading still sets no cookie. The row of a key is written in the transaction of the act itself
//! ([`claim`]), so that of two submissions in flight one waits for the other, on one server or on two.
//!
//! What it is not: a lock on what is changed, nor a proof of where a form comes from (`http::SameOrigin`).
//!
//! Invariant: a row of `done_once` is there if and only if its act was committed.

mod answer;
mod claim;
mod key;
mod page;
mod sent;
mod store;
#[cfg(test)]
mod tests;

pub use answer::{Answered, Asked};
pub use claim::{Claim, claim, clear, done_once, said};
pub use key::Keys;
pub use page::{field, has_key, key, page};
pub use sent::{Given, VisitorToBe, read};
