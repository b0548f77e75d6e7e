//! People: accounts, the browsers in which they are signed in, the roles that they were given, and which door wants which.
//!
//! What it is: who acts ([`Actor`], [`Acting`]) and what they may do, for every module. What it is not: the rules of a process,
//! which say what level of identity an act needs (`processes`).
//!
//! Invariant: a person's acts carry one id, their `voice`, wherever a visitor's random id would stand. What they did before
//! signing in is theirs afterwards, and one voice stays one voice.

mod actor;
mod browser;
mod desk;
mod doors;
mod inbox;
mod model;
mod own;
mod session;
mod sign_in;
pub mod store;
#[cfg(test)]
mod tests;

pub use actor::{Acting, Actor};
pub use desk::Desk;
pub use doors::{Access, Door, Doors};
pub use inbox::PEOPLE;
pub use model::{Account, Grant, Level, Place, Role, SECOND_FACTOR, Session};
pub use session::upkeep;

use crate::module::Module;

/// The manifest.
pub fn module() -> Module {
    Module { name: "accounts", doors, kinds: &[] }
}

fn doors() -> Doors {
    sign_in::doors().and(own::doors()).and(inbox::doors())
}
