//! Proposals: a resident places an idea, and may take it back.
//!
//! What it is not: the map that shows them (see `map`), the page of each with its voices and arguments (`discussion`), nor the rules of a process (who may, when, where).

mod acts;
mod form_page;
mod letters;
mod model;
mod routes;
mod similar;
mod store;
mod template;
#[cfg(test)]
mod tests;
mod views;

use crate::civic::accounts::{Hook, Limit, LimitRow, Period, Rate};
use crate::civic::manifest::Module;
use crate::civic::processes::Action;
use crate::core::features::Kind;

/// The form as a browser sends it.
type Sent = crate::civic::placing::Sent<model::Form>;

/// The manifest.
pub const MODULE: Module = Module {
    name: "proposals",
    routes: routes::routes,
    // Projects come from files and the demonstration, and have no module yet.
    kinds: &[Kind::PROPOSAL, Kind::PROJECT],
    actions: &[Action::PROPOSE],
    templates: &[template::IDEA_BOX],
    limits: &[PROPOSE],
    places: &[
        Hook::card(10, views::unsent),
        Hook::act(10, "/proposals/new", "act-proposal", views::takes_ideas),
    ],
    ..Module::NOTHING
};

/// Placing or changing something: each step of the form.
const PROPOSE: Limit = Limit(&LimitRow {
    word: "propose",
    rate: Rate { count: 120, period: Period::Hour },
    makes_visitors: true,
});
