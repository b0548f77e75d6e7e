//! Counting what an address asks for: cells of the database and open reports of the live map become tables whose rows add up.
//!
//! What it is not: addresses (`routes`), nor how a row is worked out (`table`). Invariant: what was added up and what waits to be are read from
//! one state of the database.

use super::counts::{ALL, Counts, MONTHS, Types, YEAR, of_type};
use super::months_back;
use super::routes::{Delays, Wanted};
use super::store::{self, Asked, Cell};
use super::table::{self, Line, Row, Table};
use super::views;
use crate::base::clock;
use crate::base::db::Snapshot;
use crate::base::error::{Error, Result};
use crate::base::i18n::Lang;
use crate::core::app::App;
use crate::core::atlas::{Facet, Filter, World};
use crate::core::territory::Area;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::model::{Category, Sort};
use crate::modules::reports::{CATEGORY, CLOCK, SERVICE};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The service of what is nobody's.
const NOBODY: i64 = 0;

/// What was asked for, as it is known here.
pub(super) struct Counting<'a> {
    app: &'a App,
    catalogue: &'a Catalogue,
    world: Arc<World>,
    lang: Lang,
    wanted: &'a Wanted,
    category: Option<&'a Category>,
    area: Option<Area>,
    /// `None` where all are asked for.
    service: Option<i64>,
}

impl<'a> Counting<'a> {
    /// # Errors
    /// [`Error::NotFound`] of what there is not.
    pub(super) fn new(
        app: &'a App,
        catalogue: &'a Catalogue,
        lang: Lang,
        wanted: &'a Wanted,
    ) -> Result<Counting<'a>> {
        let world = app.atlas.world();
        if !matches!(wanted.period.as_str(), "" | "12" | "all") {
            return Err(Error::NotFound);
        }
        let given = |word: &'a str| Some(word).filter(|word| !word.is_empty());
        let category = given(&wanted.category).map(|slug| {
            catalogue.categories.iter().find(|category| category.slug == slug).ok_or(Error::NotFound)
        });
        let area =
            given(&wanted.area).map(|slug| world.territory().of_slug(slug).cloned().ok_or(Error::NotFound));
        let service = given(&wanted.service).map(|slug| match slug {
            "none" => Ok(NOBODY),
            slug => {
                let known = catalogue.services.iter().find(|service| service.slug == slug);
                known.map(|service| service.id.0).ok_or(Error::NotFound)
            }
        });
        Ok(Counting {
            app,
            catalogue,
            lang,
            wanted,
            category: category.transpose()?,
            area: area.transpose()?,
            service: service.transpose()?,
            world,
        })
    }

    /// A category and what stands below it.
    fn family(&self, category: &Category) -> Vec<&'a Category> {
        let all = self.catalogue.categories.iter();
        all.filter(|other| other.id == category.id || other.parent == Some(category.id)).collect()
    }

    /// Counts.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub(super) async fn delays(&self, now: clock::Timestamp) -> Result<Delays> {
        let levels = self.levels();
        let since = months_back(now, MONTHS);
        let mut snapshot = Snapshot::begin(&self.app.db).await?;
        let own = self.asked(now, store::has_old_months(snapshot.tx(), since).await?);
        let categories = match self.category {
            Some(category) => self.family(category).iter().map(|each| each.id.0).collect(),
            None => self.catalogue.categories.iter().map(|each| each.id.0).collect(),
        };
        let services = match self.service {
            Some(_) => Vec::new(),
            None => self.catalogue.services.iter().map(|each| each.id.0).chain([NOBODY]).collect(),
        };
        let areas = levels.iter().flat_map(|(_, areas)| areas).map(|area| area.id.0).collect();
        let waiting = store::waiting(snapshot.tx()).await?;
        let types = match waiting.as_slice() {
            [] => Types::new(),
            _ => store::types(snapshot.tx()).await?,
        };
        let mut cells = [HashMap::new(), HashMap::new(), HashMap::new()];
        let of_each =
            [Asked { categories, ..own.clone() }, Asked { areas, ..own.clone() }, Asked { services, ..own }];
        for (cells, asked) in cells.iter_mut().zip(of_each) {
            *cells = store::cells_of(snapshot.tx(), &asked, (&waiting, &types, since)).await?;
        }
        drop(snapshot);
        let [by_category, by_area, by_service] = cells;
        let counted = Cells {
            by_category: summed(&by_category, |cell| cell.0),
            by_service: summed(&by_service, |cell| cell.1),
            by_area: summed(&by_area, |cell| cell.2),
            open: self.open(&["running", "overdue", "paused"])?,
            overdue: self.open(&["overdue"])?,
        };
        Ok(self.told(&counted, &levels, now))
    }

    /// The cells that are the sum of what is asked for. As long as the year has a month too many its months are asked for one by one.
    fn asked(&self, now: clock::Timestamp, has_old_months: bool) -> Asked {
        Asked {
            months: match (self.wanted.is_of_all_time(), has_old_months) {
                (true, _) => vec![ALL],
                (false, false) => vec![YEAR],
                (false, true) => (1..=MONTHS).map(|count| months_back(now, count)).collect(),
            },
            categories: match self.category {
                Some(category) if category.parent.is_none() => vec![of_type(category.id.0)],
                Some(category) => vec![category.id.0],
                None => vec![ALL],
            },
            services: vec![self.service.unwrap_or(ALL)],
            areas: vec![self.area.as_ref().map_or(ALL, |area| area.id.0)],
        }
    }

    /// The areas that are told, level by level: those of which there are several, within the one that is asked for.
    fn levels(&self) -> Vec<(String, Vec<Area>)> {
        let territory = self.world.territory();
        let mut levels: Vec<(usize, String, Vec<Area>)> = Vec::new();
        for area in territory.areas() {
            let parents = territory.with_parents([area.id]);
            let is_within = |around: &Area| around.id != area.id && parents.contains(&around.id);
            if self.area.as_ref().is_some_and(|around| !is_within(around)) {
                continue;
            }
            match levels.iter_mut().find(|(_, level, _)| *level == area.level) {
                Some((_, _, areas)) => areas.push(area.clone()),
                None => levels.push((parents.len(), area.level.clone(), vec![area.clone()])),
            }
        }
        levels.retain(|(_, _, areas)| areas.len() > 1);
        levels.sort_by_key(|(depth, ..)| *depth);
        levels.into_iter().map(|(_, level, areas)| (level, areas)).collect()
    }

    fn told(&self, cells: &Cells, levels: &[(String, Vec<Area>)], at: clock::Timestamp) -> Delays {
        let each = self.catalogue.categories.iter().filter(|each| each.sort == Sort::Problem);
        let lines = each.map(|each| (each, cells.line(&cells.by_category, each.id.0, 0, &each.slug)));
        let lines: Vec<(&Category, Line)> = lines.collect();
        let mut whole = Line::default();
        lines.iter().for_each(|(_, line)| whole.add(line));
        let mut tables = vec![Table { axis: "category", level: String::new(), rows: self.categories(lines) }];
        tables.extend(levels.iter().map(|(level, areas)| self.of_level(cells, &whole, level, areas)));
        tables.extend(self.service.is_none().then(|| self.services(cells)));
        let others = self.lang.text("delays-others");
        for table in &mut tables {
            table.rows = table::shown(std::mem::take(&mut table.rows), &others);
        }
        // One row says what stands above already; of a category alone it says which one.
        tables.retain(|table| table.rows.len() > 1 || (table.axis == "category" && !table.rows.is_empty()));
        let since = views::first_of(months_back(at, MONTHS));
        Delays { whole, tables, since: since.filter(|_| !self.wanted.is_of_all_time()), at }
    }

    fn of_level(&self, cells: &Cells, whole: &Line, level: &str, areas: &[Area]) -> Table {
        let row = |area: &Area| Row {
            name: area.name.clone(),
            slug: area.slug.clone(),
            line: cells.line(&cells.by_area, area.id.0, 1, &area.slug),
        };
        let mut rows: Vec<Row> = areas.iter().map(row).collect();
        let elsewhere = table::rest(whole, &rows);
        rows.push(Row { name: self.lang.text("delays-elsewhere"), slug: String::new(), line: elsewhere });
        Table { axis: "area", level: level.to_owned(), rows }
    }

    fn services(&self, cells: &Cells) -> Table {
        let named =
            self.catalogue.services.iter().map(|each| (each.id.0, each.slug.as_str(), each.name(self.lang)));
        let nobodys = self.lang.text("delays-no-service");
        let all = named.chain([(NOBODY, "none", nobodys.as_str())]);
        let row = |(id, slug, name): (i64, &str, &str)| Row {
            name: name.to_owned(),
            slug: slug.to_owned(),
            line: cells.line(&cells.by_service, id, 2, slug),
        };
        Table { axis: "service", level: String::new(), rows: all.map(row).collect() }
    }

    /// Types with what stands below them; of one type, what stands below it.
    fn categories(&self, lines: Vec<(&Category, Line)>) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for (category, line) in lines {
            let of_type = category.parent.filter(|_| self.category.is_none());
            let shown = of_type.and_then(|id| self.catalogue.category(id)).unwrap_or(category);
            match rows.iter_mut().find(|row| row.slug == shown.slug) {
                Some(row) => row.line.add(&line),
                None => {
                    let (name, slug) = (shown.name(self.lang).to_owned(), shown.slug.clone());
                    rows.push(Row { name, slug, line });
                }
            }
        }
        rows
    }

    /// How many reports are open with such clocks, by category, area and service: from the live map.
    fn open(&self, clocks: &[&str]) -> Result<[BTreeMap<String, u64>; 3]> {
        let area = Facet::of_name("area").ok_or(Error::NotFound)?;
        let mut filter = Filter::default();
        clocks.iter().for_each(|clock| filter.add(&CLOCK, clock));
        let family = self.category.map(|category| self.family(category)).unwrap_or_default();
        family.iter().for_each(|each| filter.add(&CATEGORY, &each.slug));
        for (facet, word) in [(area, &self.wanted.area), (&SERVICE, &self.wanted.service)] {
            if !word.is_empty() {
                filter.add(facet, word);
            }
        }
        self.app.atlas.counts_of(&filter, [&CATEGORY, area, &SERVICE])
    }
}

/// What was counted, by the ids of categories, services and areas; and what is open, by their words.
struct Cells {
    by_category: HashMap<i64, Counts>,
    by_service: HashMap<i64, Counts>,
    by_area: HashMap<i64, Counts>,
    /// Of categories, areas, services.
    open: [BTreeMap<String, u64>; 3],
    overdue: [BTreeMap<String, u64>; 3],
}

impl Cells {
    fn line(&self, counts: &HashMap<i64, Counts>, id: i64, facet: usize, slug: &str) -> Line {
        let of = |open: &[BTreeMap<String, u64>; 3]| open[facet].get(slug).copied().unwrap_or(0);
        Line {
            counts: counts.get(&id).cloned().unwrap_or_default(),
            open: of(&self.open),
            overdue: of(&self.overdue),
        }
    }
}

/// Cells by one of their ids alone.
fn summed(cells: &HashMap<Cell, Counts>, id: fn(&Cell) -> i64) -> HashMap<i64, Counts> {
    let mut sums: HashMap<i64, Counts> = HashMap::new();
    for (cell, counts) in cells {
        sums.entry(id(cell)).or_default().merge(counts, 1);
    }
    sums
}
