//! A feature's own page, for every kind: what it is, what people say for and against it, and their voices.
//!
//! What it is not: placing, changing or withdrawing (`proposals`), nor the map. Each act has three answers from one handler: JSON
//! for programs, the changed part of the page for our own script (`HX-Request`), and the page itself for a plain form.

mod held;
mod history;
mod model;
mod routes;
#[cfg(test)]
mod tests;
mod views;

use crate::civic::accounts::{Limit, LimitRow, Period, Rate};
use crate::civic::manifest::Module;
use crate::civic::processes::Action;

/// The manifest.
pub const MODULE: Module = Module {
    name: "discussion",
    routes: routes::routes,
    actions: &[Action::ARGUE, Action::VOTE],
    limits: &[ARGUE, VOTE],
    ..Module::NOTHING
};

/// Giving an argument.
const ARGUE: Limit =
    Limit(&LimitRow { word: "argue", rate: Rate { count: 60, period: Period::Hour }, makes_visitors: true });

/// Giving a voice or taking it back.
const VOTE: Limit = Limit(&LimitRow {
    word: "vote",
    rate: Rate { count: 120, period: Period::Minute },
    makes_visitors: true,
});
