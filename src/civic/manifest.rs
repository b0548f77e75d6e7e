//! What a module owes the house: its manifest, plain values. What a module does not have it leaves to [`Module::NOTHING`], and walking
//! tests see to its duties.
//!
//! What it is not: the list of modules, which stands above them (`modules/mod.rs`).

use crate::base::jobs::Job;
use crate::civic::accounts::{Hook, Limit, Routes};
use crate::core::app::App;
use crate::core::features::Kind;
use crate::core::journal::Act;
use crate::core::personal_data::Purpose;
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
    /// What can happen in it, beside what the core knows.
    pub acts: &'static [Act],
    /// Its classes of acts that are counted together.
    pub limits: &'static [Limit],
    /// Why it keeps something on people, where none of the core's purposes says it.
    pub purposes: &'static [Purpose],
    /// Where it stands on others' pages.
    pub places: &'static [Hook],
    /// What it does again and again while nobody waits.
    pub jobs: &'static [Job<App>],
    /// Its tables.
    pub tables: &'static [Table],
}

impl Module {
    /// A module without a name, that has nothing.
    pub const NOTHING: Module = Module {
        name: "",
        routes: Routes::new,
        kinds: &[],
        subjects: &[],
        acts: &[],
        limits: &[],
        purposes: &[],
        places: &[],
        jobs: &[],
        tables: &[],
    };
}
