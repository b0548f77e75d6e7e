//! The filter in the index's numbers, and whether what it names is there.
//!
//! Invariant: what a draft has is answered like what there is not, unless an agent asks.

use super::Filter;
use super::facet::{Facet, Values};
use super::filter::{NONE_WORD, unknown_value};
use super::item::{AreaSets, NONE, code_of, column};
use super::world::World;
use crate::base::clock;
use crate::base::error::{Error, Problem, Result};
use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use std::collections::BTreeSet;

impl Filter {
    /// The filter in the index's numbers.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a word of a facet that nothing has for a name.
    pub(super) fn compile(&self, world: &World, sets: &AreaSets) -> Result<parvis_tiles::Filter> {
        self.check(world, false)?;
        let mut compiled = parvis_tiles::Filter::default();
        // Those of every contribution come first: a module's holds the kinds that they let through to its own.
        for (facet, words) in self.lists() {
            let codes = world.codes(facet, words);
            compiled.codes[facet.slot.column()] = Some(match facet.values {
                Values::Areas => sets.of_any(&codes).collect(),
                _ => codes.into_iter().collect(),
            });
            facet.hold_kind(&mut compiled);
        }
        if self.is_nothing {
            // Last: whatever else it says.
            compiled.codes[column::KIND] = Some([].into_iter().collect());
        }
        compiled.ids = self.holding.clone();
        if self.asks_database() && !self.is_nothing && compiled.ids.is_none() {
            // Rather no answer than one that leaves something out.
            return Err(Error::Internal("a filter by words or a zone was not looked up".into()));
        }
        compiled.time = self.since.map_or(0, start_of)
            ..=self.until.map_or(u32::MAX, |day| start_of(day + Days::new(1)).saturating_sub(1));
        compiled.score = self.score_min.unwrap_or(i32::MIN)..=self.score_max.unwrap_or(i32::MAX);
        Ok(compiled)
    }

    /// The same without what it says of one facet: what choosing each of its values would give.
    ///
    /// # Errors
    /// As [`Filter::compile`].
    pub(super) fn compile_without(
        &self,
        facet: &Facet,
        world: &World,
        sets: &AreaSets,
    ) -> Result<parvis_tiles::Filter> {
        let mut other = self.clone();
        other.lists.remove(facet.name);
        let mut compiled = other.compile(world, sets)?;
        facet.hold_kind(&mut compiled);
        Ok(compiled)
    }

    /// Every word is that of something that there is; with `drafts`, for who may choose among them.
    pub(super) fn check(&self, world: &World, drafts: bool) -> Result<()> {
        let mut problems = Vec::new();
        for (facet, words) in self.lists() {
            for word in words.iter().filter(|word| !world.is_known(facet, word, drafts)) {
                problems.push(unknown(facet, word, world));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }
}

impl World {
    /// Whether a facet can be held to a word; to a draft's with `drafts` only.
    pub(super) fn is_known(&self, facet: &Facet, word: &str, drafts: bool) -> bool {
        (word == NONE_WORD && facet.has_none())
            || self.value(facet, word).is_some_and(|value| drafts || value.is_shown)
    }

    /// The numbers of a facet's words; `none` is the number of what is filed under nothing.
    pub(super) fn codes(&self, facet: &Facet, words: &BTreeSet<String>) -> BTreeSet<u32> {
        let code = |word: &String| match self.value(facet, word) {
            Some(value) => Some(value.code),
            None => (word == NONE_WORD && facet.has_none()).then_some(NONE),
        };
        words.iter().filter_map(code).collect()
    }
}

impl AreaSets {
    /// The codes of the sets that hold one of these areas.
    fn of_any(&self, wanted: &BTreeSet<u32>) -> impl Iterator<Item = u32> {
        let is_wanted =
            |areas: &[crate::base::ids::AreaId]| areas.iter().any(|area| wanted.contains(&code_of(area.0)));
        self.iter().filter(move |(areas, _)| is_wanted(areas)).map(|(_, code)| code)
    }
}

/// What is wrong with a word, and the first forty that there are.
fn unknown(facet: &Facet, word: &str, world: &World) -> Problem {
    let shown = world.values(facet).iter().filter(|value| value.is_shown);
    let allowed: BTreeSet<&str> = shown.map(|value| &*value.word).collect();
    let allowed = allowed.into_iter().take(40).collect::<Vec<_>>().join(", ");
    Problem { field: facet.name.into(), message: unknown_value(facet.name, word, &allowed) }
}

/// Midnight by the territory's clock as seconds since 1970, bounded to what a column holds.
pub(super) fn start_of(day: NaiveDate) -> u32 {
    let midnight = day.and_time(NaiveTime::MIN);
    // Paris has always changed its clocks at another hour than midnight since 1970; `earliest` is for what is to come.
    let seconds = clock::zone().from_local_datetime(&midnight).earliest().map_or(0, |t| t.timestamp());
    u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)
}
