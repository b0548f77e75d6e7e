//! What a module owes the house, and every module and room: the one list that names them all.
//!
//! A manifest is plain values; what a module does not have it leaves to [`Module::NOTHING`], and walking tests see to its duties.
//! Tables of rooms that are no module are declared by the room itself, like a module's.

use crate::accounts::Doors;
use crate::features::Kind;
pub use crate::personal_data::Table;
use crate::subject::SubjectKind;

/// A module's manifest.
#[derive(Debug, Clone, Copy)]
pub struct Module {
    /// Its name, which is also its folder's.
    pub name: &'static str,
    /// Its addresses, and who may use each.
    pub doors: fn() -> Doors,
    /// What it puts on the map.
    pub kinds: &'static [Kind],
    /// What it keeps that people answer for.
    pub subjects: &'static [SubjectKind],
    /// Its tables.
    pub tables: &'static [Table],
}

impl Module {
    /// A module without a name, that has nothing.
    pub const NOTHING: Module =
        Module { name: "", doors: Doors::new, kinds: &[], subjects: &[], tables: &[] };
}

/// Accounts stand below the modules: whose doors ask who may use them names none.
const ACCOUNTS: Module = Module {
    name: "accounts",
    doors: crate::accounts::doors,
    tables: crate::accounts::TABLES,
    ..Module::NOTHING
};

/// Every module: a new one is one word here, and whatever goes through all of them finds it.
macro_rules! modules {
    ($($name:ident)*) => {
        /// Every module.
        pub const MODULES: &[Module] = &[ACCOUNTS, $(crate::$name::MODULE),*];
    };
}

modules! { map basemap processes themes proposals discussion photos opendata register privacy site moderation answers }

/// The tables of rooms that are no module.
const ROOMS: &[&[Table]] = &[
    crate::features::TABLES,
    crate::journal::TABLES,
    crate::mail::TABLES,
    crate::once::TABLES,
    crate::db::TABLES,
    crate::territory::TABLES,
    crate::layers::TABLES,
    crate::gazetteer::TABLES,
    crate::import::TABLES,
];

/// Every kind of subject.
pub fn subjects() -> impl Iterator<Item = &'static SubjectKind> {
    MODULES.iter().map(|module| module.subjects).chain([crate::features::SUBJECTS]).flatten()
}

/// Every table, in the order in which a person is erased: what a module keeps of them, what they said, who they are.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    let is_account = |module: &&Module| module.name == "accounts";
    let first = MODULES.iter().filter(move |module| !is_account(module)).map(|module| module.tables);
    let last = MODULES.iter().filter(is_account).map(|module| module.tables);
    first.chain(ROOMS.iter().copied()).chain(last).flatten()
}
