//! Lists, counts and neighbours, from the same index and the same filter as the tiles. Gives ids; the words of a feature
//! are in the database.

use super::facet::Facet;
use super::item::{AreaSets, NONE, code_of, column};
use super::world::{World, union};
use super::{Atlas, Filter};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{FeatureId, Seq};
use crate::core::features::{Kind, Status};
use crate::modules::facets;
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
    /// By slug, whatever the filter says of themes.
    pub theme: BTreeMap<String, u64>,
    /// By word, whatever the filter says of statuses.
    pub status: BTreeMap<String, u64>,
    /// By word, whatever the filter says of kinds.
    pub kind: BTreeMap<String, u64>,
    /// By slug, whatever the filter says of processes.
    pub process: BTreeMap<String, u64>,
    /// By slug, whatever the filter says of areas; a feature counts in each area that it lies in.
    pub area: BTreeMap<String, u64>,
    /// By word, whatever the filter says of them: modules' facets, by their names.
    #[serde(flatten)]
    pub filed: BTreeMap<&'static str, BTreeMap<&'static str, u64>>,
}

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
        // A parameter's own counts leave that parameter out: they say what choosing another value would give.
        let without = |column: usize| -> BTreeMap<u32, u64> {
            if compiled.codes[column].is_none() {
                return all.by_column[column].clone();
            }
            let mut other = compiled.clone();
            other.codes[column] = None;
            let Counts { mut by_column, .. } = snapshot.count_within(&other, within, only(column));
            std::mem::take(&mut by_column[column])
        };
        let (theme, process) = (without(column::THEME), without(column::PROCESS));
        let (status, kind) = (without(column::STATUS), without(column::KIND));
        let of = |counts: &BTreeMap<u32, u64>, code: u32| counts.get(&code).copied().unwrap_or(0);
        // Of another kind than a facet that is chosen nothing passes, whatever it keeps in that slot.
        let of_kind = |k: Kind| {
            let mut chosen = facets().filter(|facet| filter.filed.contains_key(facet.name));
            if chosen.any(|facet| facet.kind != k) { 0 } else { of(&kind, k.code()) }
        };
        let slugs = |counts: &BTreeMap<u32, u64>, all: Vec<(&str, i64)>| -> BTreeMap<String, u64> {
            let mut named: BTreeMap<String, u64> =
                all.into_iter().map(|(slug, id)| (slug.to_owned(), of(counts, code_of(id)))).collect();
            if of(counts, NONE) > 0 {
                named.insert("none".into(), of(counts, NONE));
            }
            named
        };
        Ok(Facets {
            seq,
            total: all.total,
            score: all.score,
            bounds: all.bounds.map(Bounds::to_lon_lat),
            theme: slugs(&theme, world.shown_themes().map(|t| (t.slug.as_str(), t.id.0)).collect()),
            process: slugs(&process, world.shown_processes().map(|p| (p.slug.as_str(), p.id.0)).collect()),
            status: Status::all().iter().map(|s| (s.word().to_owned(), of(&status, s.code()))).collect(),
            kind: Kind::all().iter().map(|k| (k.word().to_owned(), of_kind(*k))).collect(),
            area: by_area(&without(column::AREAS), &world, &sets),
            filed: facets()
                .map(|facet| {
                    Ok((
                        facet.name,
                        filed(facet, filter, &world, &sets, |one| {
                            snapshot.count_within(one, within, only(facet.slot.column()))
                        })?,
                    ))
                })
                .collect::<Result<_>>()?,
        })
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

/// By word of a facet, whatever the filter says of it: what choosing it would give.
fn filed(
    facet: &'static Facet,
    filter: &Filter,
    world: &World,
    sets: &AreaSets,
    count: impl Fn(&parvis_tiles::Filter) -> Counts,
) -> Result<BTreeMap<&'static str, u64>> {
    // All of its words: then its kind is let through alone, in which its slot means something.
    let mut other = filter.clone();
    other.filed.insert(facet.name, facet.words.iter().copied().collect());
    let counts = count(&other.compile(world, sets)?);
    let of = |code: u32| counts.by_column[facet.slot.column()].get(&code).copied().unwrap_or(0);
    Ok(facet.words.iter().zip(1..).map(|(word, code)| (*word, of(code))).collect())
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
