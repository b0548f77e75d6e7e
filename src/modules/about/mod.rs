//! The pages on which a city says who it is: legal notice, accessibility statement, terms, help, the guide for agents, contact; and the welcome on the front page,
//! with what is open now and what was done.
//!
//! What it is not: the settings that these pages are made of (`core::site`, written at the desk's `settings`), nor the privacy notice and the
//! moderation charter, which have modules of their own.

mod contact;
mod guide;
mod model;
mod routes;
#[cfg(test)]
mod tests;
mod views;
mod welcome;

use crate::civic::accounts::{Hook, Limit, LimitRow, Period, Rate};
use crate::civic::manifest::Module;

/// The manifest.
pub const MODULE: Module = Module {
    name: "about",
    routes: routes::routes,
    limits: &[WRITE],
    places: &[
        Hook::foot(5, "/legal", "about-legal"),
        Hook::foot(6, "/accessibility", "about-accessibility-link"),
        Hook::foot(7, "/terms", "about-terms"),
        Hook::foot(30, "/help", "about-help"),
        Hook::foot(31, "/contact", "about-contact"),
        Hook::card(10, welcome::card),
    ],
    ..Module::NOTHING
};

/// Letters to the authority.
const WRITE: Limit =
    Limit(&LimitRow { word: "write", rate: Rate { count: 5, period: Period::Hour }, makes_visitors: false });
