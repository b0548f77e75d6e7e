//! Lists, counts and neighbours, from the same index and the same filter as the tiles. Gives ids; the words of a feature
//! are in the database.

use super::compile::start_of;
use super::facet::{Facet, Values};
use super::filter::NONE_WORD;
use super::item::{AreaSets, NONE, column};
use super::world::{World, union};
use super::{Atlas, Filter};
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{FeatureId, Seq};
use crate::modules::facets;
use chrono::{DateTime, Datelike, Months, NaiveDate};
use parvis_tiles::{Bounds, COLUMNS, Counts, Cursor, Order, Position};
use std::collections::BTreeMap;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    /// In which order.
    pub order: Order,
    /// After which entry.
    pub after: Option<Cursor>,
    /// At most how many.
    pub limit: usize,
}

/// A part of a list.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The features, in order.
    pub ids: Vec<i64>,
    /// Where the next part begins, if there is one.
    pub next: Option<Cursor>,
}

/// How many features pass a filter, and how many would if one of its parameters were another.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Facets {
    /// The journal line that the counts are of.
    pub seq: Seq,
    /// How many pass.
    pub total: u64,
    /// The sum of their scores.
    pub score: i64,
    /// West, south, east, north of those with a place, in degrees.
    pub bounds: Option<[f64; 4]>,
    /// By facet and word, whatever the filter says of that facet. A feature counts in each area that it lies in; `none` stands for those
    /// that are filed under nothing, where there are any.
    #[serde(flatten)]
    pub by: BTreeMap<&'static str, BTreeMap<String, u64>>,
}

impl Facets {
    /// How many a value of a facet would let through.
    pub fn of(&self, facet: &str, word: &str) -> u64 {
        self.by.get(facet).and_then(|counts| counts.get(word)).copied().unwrap_or(0)
    }
}

/// The months that are counted, at most.
const MOST_MONTHS: u32 = 120;

/// Columns that are counted: none, those that every contribution has, one. Each costs a pass over the rows.
const NO_COLUMN: [bool; COLUMNS] = [false; COLUMNS];
const EVERYBODYS: [bool; COLUMNS] = {
    let mut asked = NO_COLUMN;
    let mut column = 0;
    while column < column::SLOTS {
        asked[column] = true;
        column += 1;
    }
    asked
};

fn only(column: usize) -> [bool; COLUMNS] {
    std::array::from_fn(|each| each == column)
}

impl Atlas {
    /// A page of the features that pass, those without a place only where no box is given.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the filter names what there is not.
    pub fn list(&self, filter: &Filter, within: Option<&[Bounds]>, paging: Paging) -> Result<Page> {
        let snapshot = self.reader.snapshot();
        let filter = filter.compile(&self.world.load(), &self.area_sets.load())?;
        let mut hits = snapshot.list_within(&filter, within, paging.order, paging.after, paging.limit + 1);
        let more = hits.len() > paging.limit;
        hits.truncate(paging.limit);
        let next = hits.last().filter(|_| more).map(|hit| hit.cursor);
        Ok(Page { ids: hits.iter().filter_map(|hit| i64::try_from(hit.id).ok()).collect(), next })
    }

    /// How many features pass, wherever they are.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the filter names what there is not.
    pub fn total(&self, filter: &Filter) -> Result<u64> {
        let filter = filter.compile(&self.world.load(), &self.area_sets.load())?;
        Ok(self.reader.snapshot().count_within(&filter, None, NO_COLUMN).total)
    }

    /// How many features pass, in all and by each parameter's values.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the filter names what there is not.
    pub fn facets(&self, filter: &Filter, within: Option<&[Bounds]>) -> Result<Facets> {
        let seq = self.seq();
        let snapshot = self.reader.snapshot();
        let (world, sets) = (self.world.load(), self.area_sets.load());
        let compiled = filter.compile(&world, &sets)?;
        let all = snapshot.count_within(&compiled, within, EVERYBODYS);
        let mut by = BTreeMap::new();
        for facet in facets() {
            let column = facet.slot.column();
            // A facet's own counts leave that facet out: they say what choosing another value would give.
            let counts = if facet.kind.is_none() && !filter.lists.contains_key(facet.name) {
                all.by_column[column].clone()
            } else {
                let other = filter.compile_without(facet, &world, &sets)?;
                let Counts { mut by_column, .. } = snapshot.count_within(&other, within, only(column));
                std::mem::take(&mut by_column[column])
            };
            by.insert(facet.name, named(facet, &counts, &world, &sets));
        }
        Ok(Facets { seq, total: all.total, score: all.score, bounds: all.bounds.map(Bounds::to_lon_lat), by })
    }

    /// How many features of a filter each value of a facet has.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the filter names what there is not.
    pub fn counts(&self, filter: &Filter, facet: &Facet) -> Result<BTreeMap<String, u64>> {
        let (world, sets) = (self.world.load(), self.area_sets.load());
        let (filter, column) = (filter.compile(&world, &sets)?, facet.slot.column());
        let counted = self.reader.snapshot().count_within(&filter, None, only(column));
        Ok(named(facet, &counted.by_column[column], &world, &sets))
    }

    /// The same of several facets at once: the rows are passed over once, not once for each.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the filter names what there is not.
    pub fn counts_of<const N: usize>(
        &self,
        filter: &Filter,
        of: [&Facet; N],
    ) -> Result<[BTreeMap<String, u64>; N]> {
        let (world, sets) = (self.world.load(), self.area_sets.load());
        let filter = filter.compile(&world, &sets)?;
        let asked = std::array::from_fn(|column| of.iter().any(|facet| facet.slot.column() == column));
        let counted = self.reader.snapshot().count_within(&filter, None, asked);
        Ok(of.map(|facet| named(facet, &counted.by_column[facet.slot.column()], &world, &sets)))
    }

    /// How many features of a filter there were in each month, by the territory's clock: the first days of months in order, from the month of the
    /// first feature of all, or the last ten years, to that of the last.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the filter names what there is not.
    pub fn by_month(&self, filter: &Filter) -> Result<Vec<(NaiveDate, u64)>> {
        let filter = filter.compile(&self.world.load(), &self.area_sets.load())?;
        let snapshot = self.reader.snapshot();
        let Some((first, last)) = snapshot.times() else { return Ok(Vec::new()) };
        let month_of = |seconds: u32| {
            let at = DateTime::from_timestamp(i64::from(seconds), 0).unwrap_or_default();
            let day = at.with_timezone(&clock::zone()).date_naive();
            day.with_day(1).unwrap_or(day)
        };
        let last = month_of(last);
        let first =
            month_of(first).max(last.checked_sub_months(Months::new(MOST_MONTHS - 1)).unwrap_or(last));
        let next = |month: &NaiveDate| month.checked_add_months(Months::new(1)).filter(|next| *next <= last);
        let months: Vec<NaiveDate> = std::iter::successors(Some(first), next).collect();
        let starts: Vec<u32> = months.iter().map(|month| start_of(*month)).collect();
        Ok(months.into_iter().zip(snapshot.count_by_time(&filter, &starts)).collect())
    }

    /// The features within `metres` of a place, the nearest first, with their distance in metres.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the place is not on the map or the filter names what there is not.
    pub fn within(&self, lon: f64, lat: f64, metres: f64, filter: &Filter) -> Result<Vec<(FeatureId, f64)>> {
        let at = Position::from_lon_lat(lon, lat).ok_or_else(off_the_map)?;
        let snapshot = self.reader.snapshot();
        let filter = filter.compile(&self.world.load(), &self.area_sets.load())?;
        let near = snapshot.within(at, metres, &filter);
        Ok(near.into_iter().filter_map(|n| Some((FeatureId(i64::try_from(n.id).ok()?), n.metres))).collect())
    }

    /// West, south, east, north of everything that the map shows, in degrees; `None` for an empty map.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let features =
            self.reader.snapshot().count_within(&parvis_tiles::Filter::default(), None, NO_COLUMN).bounds;
        match (features.map(Bounds::to_lon_lat), self.world.load().bounds()) {
            (Some(a), Some(b)) => Some(union(a, b)),
            (a, b) => a.or(b),
        }
    }
}

/// A longitude and latitude that no map shows.
fn off_the_map() -> Error {
    Error::invalid("lon", Message::new("place-off-the-map"))
}

/// Counts of codes as counts of words: every value that everybody may know, those that nothing has among them.
fn named(
    facet: &Facet,
    counts: &BTreeMap<u32, u64>,
    world: &World,
    sets: &AreaSets,
) -> BTreeMap<String, u64> {
    if matches!(facet.values, Values::Areas) {
        return by_area(counts, world, sets);
    }
    let of = |code: u32| counts.get(&code).copied().unwrap_or(0);
    let shown = world.values(facet).iter().filter(|value| value.is_shown);
    let mut named: BTreeMap<String, u64> =
        shown.map(|value| (value.word.to_string(), of(value.code))).collect();
    if facet.has_none() && of(NONE) > 0 {
        named.insert(NONE_WORD.into(), of(NONE));
    }
    named
}

fn by_area(counts: &BTreeMap<u32, u64>, world: &World, sets: &AreaSets) -> BTreeMap<String, u64> {
    let mut named: BTreeMap<String, u64> =
        world.territory().areas().iter().map(|a| (a.slug.clone(), 0)).collect();
    for (areas, code) in sets.iter() {
        let Some(count) = counts.get(&code) else { continue };
        for area in areas.iter().filter_map(|id| world.territory().get(*id)) {
            if let Some(total) = named.get_mut(&area.slug) {
                *total += count;
            }
        }
    }
    named
}
