//! What a module owes the house, and every module and room: the one list that names them all.
//!
//! A manifest is plain values, no trait, no `Default`, so that nobody can forget a duty. Tables of rooms that are no module are
//! declared by the room itself, like a module's.

use crate::accounts::Doors;
use crate::features::Kind;
pub use crate::personal_data::Table;

/// A module's manifest.
#[derive(Debug, Clone, Copy)]
pub struct Module {
    /// Its name, which is also its folder's.
    pub name: &'static str,
    /// Its addresses, and who may use each.
    pub doors: fn() -> Doors,
    /// What it puts on the map.
    pub kinds: &'static [Kind],
    /// Its tables.
    pub tables: &'static [Table],
}

/// Every module: a new one is one word here, and whatever goes through all of them finds it.
macro_rules! modules {
    ($($name:ident)*) => {
        /// Every module.
        pub const MODULES: &[Module] = &[$(crate::$name::MODULE),*];
    };
}

modules! { accounts map basemap processes themes proposals discussion photos opendata register privacy site moderation answers }

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

/// Every table, in the order in which a person is erased: what a module keeps of them, what they said, who they are.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    let is_account = |module: &&Module| module.name == "accounts";
    let first = MODULES.iter().filter(move |module| !is_account(module)).map(|module| module.tables);
    let last = MODULES.iter().filter(is_account).map(|module| module.tables);
    first.chain(ROOMS.iter().copied()).chain(last).flatten()
}
