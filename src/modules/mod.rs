//! Modules: what a city does on its map. Each is one name, its folder's, and one word in the list here; siblings never import each other.
//!
//! What it is not: what a module owes the house (`civic/manifest.rs`). Tables of rooms that are no module are declared by the room
//! itself, like a module's.

use crate::base::jobs::Job;
use crate::civic::accounts::{Hook, Limit, Spot};
use crate::civic::contributions::columns::Columns;
use crate::civic::manifest::{Module, Table};
use crate::civic::processes::{Action, Template};
use crate::core::app::App;
use crate::core::atlas::{Facet, GENERAL};
use crate::core::features::{Kind, Status};
use crate::core::journal::Act;
use crate::core::personal_data::Purpose;
use crate::core::subject::SubjectKind;
use std::sync::LazyLock;

/// Accounts stand below the modules: whose routes ask who may use them names none.
const ACCOUNTS: Module = Module {
    name: "accounts",
    routes: crate::civic::accounts::routes,
    limits: crate::civic::accounts::LIMITS,
    places: crate::civic::accounts::PLACES,
    jobs: crate::civic::accounts::JOBS,
    tables: crate::civic::accounts::TABLES,
    ..Module::NOTHING
};

const PROCESSES: Module = crate::civic::processes::MODULE;

const KEYS: Module = crate::civic::keys::MODULE;

/// Every module: a new one is one word here, and whatever goes through all of them finds it.
macro_rules! modules {
    ($($(#[$when:meta])* $name:ident)*) => {
        $($(#[$when])* pub mod $name;)*

        /// Every module.
        pub const MODULES: &[Module] = &[ACCOUNTS, PROCESSES, KEYS, $($(#[$when])* $name::MODULE),*];
    };
}

modules! {
    map basemap areas themes proposals reports discussion photos opendata figures register privacy site moderation answers mine about settings zones work
    #[cfg(test)] dummy
}

/// The tables of rooms that are no module.
const ROOMS: &[&[Table]] = &[
    crate::civic::work::TABLES,
    crate::civic::contributions::TABLES,
    crate::core::features::TABLES,
    crate::core::journal::TABLES,
    crate::core::personal_data::PLUMBING,
    crate::core::site::TABLES,
    crate::core::territory::TABLES,
    crate::core::layers::TABLES,
    crate::core::gazetteer::TABLES,
    crate::server::import::TABLES,
];

/// Every kind of feature.
pub fn kinds() -> &'static [Kind] {
    static KINDS: LazyLock<Vec<Kind>> =
        LazyLock::new(|| MODULES.iter().flat_map(|module| module.kinds).copied().collect());
    &KINDS
}

/// Every status that a kind of feature can have, each once.
pub fn statuses() -> &'static [Status] {
    static STATUSES: LazyLock<Vec<Status>> = LazyLock::new(|| {
        let mut all: Vec<Status> = Vec::new();
        for status in kinds().iter().flat_map(|kind| kind.0.statuses) {
            if !all.contains(status) {
                all.push(*status);
            }
        }
        all
    });
    &STATUSES
}

/// Everything that a phase can open.
pub fn actions() -> &'static [Action] {
    static ACTIONS: LazyLock<Vec<Action>> =
        LazyLock::new(|| MODULES.iter().flat_map(|module| module.actions).copied().collect());
    &ACTIONS
}

/// Every way in which a process can begin.
pub fn templates() -> impl Iterator<Item = Template> {
    MODULES.iter().flat_map(|module| module.templates).copied()
}

/// Every act.
pub fn acts() -> impl Iterator<Item = Act> {
    Act::ALL.iter().chain(MODULES.iter().flat_map(|module| module.acts)).copied()
}

/// Every purpose that concerns people, in the order of the notice.
pub fn purposes() -> impl Iterator<Item = Purpose> {
    Purpose::ALL.iter().chain(MODULES.iter().flat_map(|module| module.purposes)).copied()
}

/// Every class of acts that are counted together.
pub fn limits() -> impl Iterator<Item = Limit> {
    MODULES.iter().flat_map(|module| module.limits).copied()
}

/// What modules have at a spot, in order.
pub fn hooks(at: Spot) -> Vec<&'static Hook> {
    let all = MODULES.iter().flat_map(|module| module.places);
    let mut there: Vec<&Hook> = all.filter(|hook| hook.at == at).collect();
    there.sort_by_key(|hook| hook.order);
    there
}

/// Every job.
pub fn jobs() -> impl Iterator<Item = &'static Job<App>> {
    MODULES.iter().flat_map(|module| module.jobs)
}

/// Every facet, those of every contribution first.
pub fn facets() -> impl Iterator<Item = &'static Facet> {
    GENERAL.iter().chain(MODULES.iter().flat_map(|module| module.facets))
}

/// Every group of columns of files.
pub fn columns() -> impl Iterator<Item = &'static Columns> {
    MODULES.iter().flat_map(|module| module.columns)
}

/// Every kind of subject.
pub fn subjects() -> impl Iterator<Item = &'static SubjectKind> {
    MODULES.iter().map(|module| module.subjects).chain([crate::core::features::SUBJECTS]).flatten()
}

/// Every table, in the order in which a person is erased: what a module keeps of them, what they said, who they are.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    let is_account = |module: &&Module| module.name == "accounts";
    let first = MODULES.iter().filter(move |module| !is_account(module)).map(|module| module.tables);
    let last = MODULES.iter().filter(is_account).map(|module| module.tables);
    first.chain(ROOMS.iter().copied()).chain(last).flatten()
}
