//! Reports: what a resident finds broken, dirty or in the way; which service treats it, and by when; and what became of it.
//!
//! What it is not: an idea, which is voted on and answered. Nobody votes against a report, and its service says what becomes of it at a
//! desk of its own. Invariants: a report's category is a vocabulary of its own; whom it goes to and by when is said before it is sent;
//! what ended without a repair is never counted as repaired.

mod after;
mod catalogue;
mod catalogue_desk;
mod clock;
pub mod delays; // its benchmark fills it
mod desk;
mod form;
mod handover;
mod holidays;
pub mod import;
mod jobs;
pub mod known; // its benchmark asks it
mod letters;
mod model;
mod open311;
mod outline;
mod panel;
mod rounds;
pub mod routing; // its benchmark asks it
mod seed;
mod store;
mod tables;
#[cfg(test)]
mod tests;
mod treating;
mod views;

use crate::civic::accounts::{Access, Hook, Level, Limit, LimitRow, Period, Rate};
use crate::civic::manifest::Module;
use crate::civic::processes::{Action, ActionRow};
use crate::core::atlas::{Facet, Slot, Values};
use crate::core::features::Kind;
use crate::core::journal::{Act, ActRow, Part};
use crate::core::personal_data::Purpose;

/// The manifest.
pub const MODULE: Module = Module {
    name: "reports",
    routes: || {
        form::routes()
            .and(after::routes())
            .and(desk::routes())
            .and(catalogue_desk::routes())
            .and(rounds::routes())
            .and(delays::routes())
            .and(open311::routes())
            .and(handover::routes())
    },
    kinds: &[Kind::REPORT],
    actions: &[REPORT],
    facets: &[CATEGORY, SERVICE, CLOCK],
    words: Some(store::words),
    acts: &[
        ROUTED,
        ENDED,
        REOPENED,
        HANDED_OVER,
        RETURNED,
        CLOCK_PAUSED,
        CLOCK_RESUMED,
        OVERDUE,
        CATALOGUE_CHANGED,
    ],
    limits: &[REPORTING, FOLLOWING_UP, delays::COUNT, open311::LIMIT],
    teller: Some(open311::TELLER),
    places: &[
        Hook::act(15, "/reports/new", "act-report", |around| {
            Ok(around.app.config.participation && around.process.is_none())
        }),
        Hook::card(11, views::unsent),
        Hook::panel(5, Access::Everyone, panel::panel),
        desk::HOOK,
        Hook::foot(6, "/delays", "delays-link"),
    ],
    jobs: &[jobs::OVERDUE, delays::ADD_UP, handover::JOB],
    tables: tables::TABLES,
    seed: Some(seed::seed),
    ..Module::NOTHING
};

/// Reporting in a process that collects reports: black spots of a plan for cycling, say.
const REPORT: Action = Action(&ActionRow {
    word: "report",
    least: Level::Visitor,
    needs_ballot: false,
    is_expected: false,
    way: "/reports/new?process={slug}",
});

/// Making or changing a report: each step of the form.
const REPORTING: Limit = Limit(&LimitRow {
    word: "report",
    rate: Rate { count: 120, period: Period::Hour },
    makes_visitors: true,
});

/// What residents do about a report that is there.
const FOLLOWING_UP: Limit = Limit(&LimitRow {
    word: "report_follow_up",
    rate: Rate { count: 60, period: Period::Hour },
    makes_visitors: true,
});

/// Why rounds are kept, and whose desk begins where.
const WORK: Purpose = crate::civic::work::PURPOSE;

/// What is wrong there.
const CATEGORY: Facet = Facet {
    name: "category",
    kind: Some(Kind::REPORT),
    slot: Slot::A,
    values: Values::Rows(catalogue::store::FACET_CATEGORIES),
    is_drawn: true,
};

/// Who treats it.
const SERVICE: Facet = Facet {
    name: "service",
    kind: Some(Kind::REPORT),
    slot: Slot::B,
    values: Values::Rows(catalogue::store::FACET_SERVICES),
    is_drawn: true,
};

/// How its clock stands.
const CLOCK: Facet = Facet {
    name: "clock",
    kind: Some(Kind::REPORT),
    slot: Slot::C,
    values: Values::Words(model::CLOCK_WORDS),
    is_drawn: true,
};

const fn civic(word: &'static str) -> ActRow {
    ActRow { word, is_civic: true, rereads: Part::Feature, told: Some("changed") }
}

/// A report was given to a service; the subject names it.
const ROUTED: Act = Act(&civic("routed"));
/// A report ended: the subject is `fixed`, or `closed:` and why.
const ENDED: Act = Act(&civic("ended"));
/// A report was opened again.
const REOPENED: Act = Act(&civic("reopened"));
/// An authority outside has it; the subject names it.
const HANDED_OVER: Act = Act(&civic("handed_over"));
/// It came back from there.
const RETURNED: Act = Act(&civic("returned"));
/// Its clock stands still; the subject says why.
const CLOCK_PAUSED: Act = Act(&civic("clock_paused"));
/// Its clock runs again.
const CLOCK_RESUMED: Act = Act(&civic("clock_resumed"));
/// Its due instant has passed.
const OVERDUE: Act =
    Act(&ActRow { word: "overdue", is_civic: false, rereads: Part::Feature, told: Some("changed") });
/// Categories, services, rules or closed days changed.
const CATALOGUE_CHANGED: Act =
    Act(&ActRow { word: "report_words", is_civic: false, rereads: Part::Vocabulary, told: None });
