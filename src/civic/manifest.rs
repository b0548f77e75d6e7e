//! What a module owes the house: its manifest, plain values. What a module does not have it leaves to [`Module::NOTHING`], and walking
//! tests see to its duties.
//!
//! What it is not: the list of modules, which stands above them (`modules/mod.rs`).

use crate::base::clock::Timestamp;
use crate::base::db::{Answer, Tx};
use crate::base::error::Teller;
use crate::base::ids::FeatureId;
use crate::base::jobs::Job;
use crate::civic::accounts::{Hook, Limit, Routes};
use crate::civic::contributions::columns::Columns;
use crate::civic::processes::{Action, Template};
use crate::core::app::App;
use crate::core::atlas::Facet;
use crate::core::features::Kind;
use crate::core::journal::{Act, Write};
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
    /// What the contributions of its kinds are filed under.
    pub facets: &'static [Facet],
    /// What files and the API say of contributions, beside what every contribution has.
    pub columns: &'static [Columns],
    /// What it says of a contribution in people's own words, beside title, text and captions: moderators may black passages out of it. Whoever
    /// shows these words to everybody leaves those out (`redactions::blacked`).
    pub words: Option<Words>,
    /// What can happen in it, beside what the core knows.
    pub acts: &'static [Act],
    /// What a phase of a process can open of it.
    pub actions: &'static [Action],
    /// How a process of it can begin.
    pub templates: &'static [Template],
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
    /// How errors are told below a path of its, where programs read them that take neither pages nor problem JSON.
    pub teller: Option<(&'static str, Teller)>,
    /// What it puts into the demonstration.
    pub seed: Option<Seed>,
    /// The forms of it that make something.
    #[cfg(test)]
    pub trials: &'static [Trial],
}

/// Reads what a module says of a contribution in people's own words.
pub type Words = for<'a> fn(&'a mut Tx, FeatureId) -> Answer<'a, Vec<String>>;

/// Fills a module's part of the demonstration, when contributions, people and processes are there.
pub type Seed = for<'a> fn(&'a mut Write, &'a Seeded) -> Answer<'a, ()>;

/// What a seed finds.
#[derive(Debug, Clone)]
pub struct Seeded {
    /// The end of the year that the demonstration is spread over.
    pub now: Timestamp,
    /// Every contribution.
    pub features: Vec<FeatureId>,
}

/// A form that is right, sent twice by a test: its address, the SQL that counts what it makes, and its fields.
#[cfg(test)]
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// Its address, with `{id}` for a contribution.
    pub route: &'static str,
    /// The SQL that counts what it makes.
    pub count: &'static str,
    /// Names and values.
    pub fields: &'static [(&'static str, &'static str)],
}

impl Module {
    /// A module without a name, that has nothing.
    pub const NOTHING: Module = Module {
        name: "",
        routes: Routes::new,
        kinds: &[],
        subjects: &[],
        facets: &[],
        columns: &[],
        words: None,
        acts: &[],
        actions: &[],
        templates: &[],
        limits: &[],
        purposes: &[],
        places: &[],
        jobs: &[],
        tables: &[],
        teller: None,
        seed: None,
        #[cfg(test)]
        trials: &[],
    };
}
