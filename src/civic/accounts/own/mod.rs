//! `/account`: what one says of oneself, and the browsers in which one is signed in.
//!
//! What it is not: what is held on somebody (`privacy`). Invariant: each address changes the account of who is signed in, and
//! no other's: none takes an account's number.

mod model;
mod routes;
pub(super) mod store;
mod views;

pub(super) use routes::{refused_passkey, routes};
