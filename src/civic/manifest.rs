//! What a module owes the house: its manifest, plain values. What a module does not have it leaves to [`Module::NOTHING`], and walking
//! tests see to its duties.
//!
//! What it is not: the list of modules, which stands above them (`modules/mod.rs`).

use crate::civic::accounts::Routes;
use crate::core::features::Kind;
pub use crate::core::personal_data::Table;
use crate::core::subject::SubjectKind;

/// A module's manifest.
#[derive(Debug, Clone, Copy)]
pub struct Module {
    /// Its name, which is also its folder's.
    pub name: &'static str,
    /// Its addresses, and who may use each.
    pub routes: fn() -> Routes,
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
        Module { name: "", routes: Routes::new, kinds: &[], subjects: &[], tables: &[] };
}
