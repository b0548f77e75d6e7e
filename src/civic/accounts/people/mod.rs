//! Who has which role: the desk of administrators, and what `parvis admin` does.
//!
//! Invariant: somebody always administers. The last role of that sort that holds everywhere cannot be taken back on the desk.

mod routes;
mod store;
#[cfg(test)]
mod tests;
mod views;

/// Its room at the desk.
pub(super) const ROOM: &str = "/admin/people";

pub(super) use routes::routes;
pub(super) use store::is_last;
pub use store::{Held, holders, revoke, revoke_all};
