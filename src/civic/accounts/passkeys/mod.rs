//! Passkeys (WebAuthn): a key pair that a device keeps and unlocks by finger, face or code, as a second factor and as a way in.
//!
//! What it is not: the roles that ask for a second factor (`routes`, `actor`). Invariants: a challenge is answered once, within five
//! minutes, in the session in which it was asked; a device answers for this site's address only, and only when its owner
//! unlocked it; who has a role and a passkey changes their passkeys only after showing one, else a mailbox alone would be enough
//! to put another in its place; whoever reads the account's letters is told of each change, in the transaction that makes it.

mod letter;
mod model;
mod routes;
mod store;
#[cfg(test)]
mod tests;
mod views;

pub use letter::tell_forgotten_passkeys;
pub use model::NoPasskey;
pub(super) use model::Passkey;
pub(super) use routes::{may_change, routes};
pub use store::count;
pub(super) use store::list;
