//! Moderation: what residents flag, the queue of those who look after what is published, their decisions, appeals and the public log.
//!
//! What it is not: the rows of decisions, flags and appeals, which other pages read too (`features`), nor the rules of a process
//! (who may, before or after publication).
//!
//! Invariants: signals help and never decide; every decision is a row with who, what, why and when, tells its author, and can be
//! taken back; an appeal is settled by somebody else; no public page or feed ever says what was hidden.

mod apart;
mod decide;
mod letters;
mod model;
mod public;
mod queue;
mod revise;
mod routes;
mod signals;
mod state;
mod store;
mod take_back;
#[cfg(test)]
mod tests;
mod versions;
mod views;

use crate::civic::accounts::{Access, Hook, Limit, LimitRow, Period, Rate, Role, Routes};
use crate::civic::manifest::Module;

/// The manifest.
pub const MODULE: Module = Module {
    name: "moderation",
    routes,
    limits: &[FLAG],
    places: &[Hook::desk(10, Access::Holder(Role::Moderator), queue::ROOM, "desk-moderation")],
    ..Module::NOTHING
};

/// Telling moderators of something.
const FLAG: Limit =
    Limit(&LimitRow { word: "flag", rate: Rate { count: 30, period: Period::Hour }, makes_visitors: true });

fn routes() -> Routes {
    routes::routes().and(public::routes())
}
