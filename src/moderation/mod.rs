//! Moderation: what residents flag, the queue of those who look after what is published, their decisions, appeals and the public log.
//!
//! What it is not: the rows of decisions, flags and appeals, which other pages read too (`features`), nor the rules of a process
//! (who may, before or after publication).
//!
//! Invariants: signals help and never decide; every decision is a row with who, what, why and when, tells its author, and can be
//! taken back; an appeal is settled by somebody else; no public page or feed ever says what was hidden.

mod decide;
mod letters;
mod model;
mod public;
mod routes;
mod signals;
mod store;
#[cfg(test)]
mod tests;
mod views;

use crate::module::Module;

/// The manifest.
pub fn module() -> Module {
    Module { name: "moderation", doors: || routes::doors().and(public::doors()), kinds: &[] }
}
