//! Signing in by a link that is sent by e-mail. No passwords.
//!
//! What it is not: who somebody is known to be afterwards (`session`). Invariants: what is answered and done is the same whether
//! or not an address has an account, since an account begins with the first link that is followed; a link is used once, by
//! the browser that asked for it or by a button that a person presses, never by a scanner of letters that only reads.

mod model;
mod routes;
pub(super) mod store;
mod views;

pub(super) use model::{Destination, local_path};
pub(super) use routes::routes;
