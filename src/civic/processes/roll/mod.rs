//! Who may vote where a process says so by name: a list of people, of whom keyed digests are kept and nothing else.

pub(super) mod routes;
mod store;

pub use store::{Roll, forget_old, has, read, set};
