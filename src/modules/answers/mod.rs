//! Official answers: an authority says what becomes of contributions, one or many at once, and those who follow are told. A status
//! may change without an answer, but for a refusal, which says why.
//!
//! What it is not: the rows of answers, history and followers, which other pages read too (`features`).
//!
//! Invariant: an answer changes the status, the public history and the journal in one transaction with the letters about it.

mod assigned;
mod by_letter;
#[cfg(test)]
mod by_letter_tests;
mod columns;
mod figure;
mod following;
mod letters;
mod model;
mod order;
mod panel;
mod replies;
mod routes;
mod state;
mod status;
mod store;
#[cfg(test)]
mod tests;
mod undo;
mod views;

use crate::civic::accounts::{Access, Hook, Role};
use crate::civic::manifest::Module;

/// The manifest.
pub const MODULE: Module = Module {
    name: "answers",
    routes: || routes::routes().and(following::routes()).and(by_letter::routes()),
    limits: &[by_letter::FOLLOW],
    jobs: &[by_letter::FORGET],
    columns: &[columns::ANSWER],
    places: &[
        Hook::desk(20, Access::Holder(Role::Agent), routes::ROOM, "desk-answers"),
        Hook::panel(10, Access::Everyone, panel::panel),
        Hook::figure(10, Access::Everyone, figure::became),
        Hook::process(20, "/processes/{slug}/follow", "follow-letter-process"),
    ],
    ..Module::NOTHING
};
