//! `parvis import addresses`: rows of a file become known places of the address search: streets with their house numbers,
//! parks, buildings. What the same source said before and does not say any more goes.
//!
//! A row is one line of an address, number first (`12 bis Rue de la Paix`); rows of one street in one commune are one place.

use super::{FileImport, Outcome, advance, reject, store};
use crate::base::clock::Timestamp;
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::base::text::{fold, slug};
use crate::core::gazetteer::{self, NewPlace, Number, capitalised, split_line};
use crate::core::journal::Write;
use crate::server::import::{Cause, Draft, Mapping, RecordError, Report};
use indicatif::ProgressBar;
use parvis_tiles::geometry::representative_point;
use std::collections::{BTreeMap, HashMap};

/// What `parvis import addresses` was asked.
#[derive(Debug, Clone)]
pub struct AddressImport {
    /// The file and how to treat it.
    pub file: FileImport,
    /// Which column is what: title the line, area the commune, theme the kind.
    pub mapping: Mapping,
    /// The name that its places are known by; the file's own where it is not said.
    pub source: Option<String>,
    /// What rows are that do not say it.
    pub kind: String,
}

/// Rows between two looks at the bar.
const STEP: u64 = 1_000;

/// Reads the file and makes it all that its source says.
///
/// # Errors
/// Where the file cannot be read, the mapping names a column that is not there, or the database refuses.
pub async fn addresses(db: &Db, import: &AddressImport, at: Timestamp, bar: &ProgressBar) -> Result<Outcome> {
    let (places, report) = tokio::task::spawn_blocking({
        let (import, bar) = (import.clone(), bar.clone());
        move || read(&import, &bar)
    })
    .await
    .map_err(|e| Error::Internal(format!("reader: {e}")))??;
    let source = import.source.clone().unwrap_or_else(|| import.file.stem());
    let mut write = Write::begin(db, at).await?;
    store::check(write.tx(), "addresses", &source, import.source.is_some(), &report.columns).await?;
    let changes = gazetteer::store::replace(&mut write, &source, &places).await?;
    let written = import.file.is_kept(&report);
    if written {
        write.commit().await?;
    }
    let gazetteer::Changes { created, updated, unchanged, removed } = changes;
    Ok(Outcome { report, created, updated, unchanged, made: Vec::new(), removed, written })
}

fn read(import: &AddressImport, bar: &ProgressBar) -> Result<(Vec<NewPlace>, Report)> {
    let mut file = import.file.clone();
    file.read = import.mapping.read_options(file.read);
    let mut source = file.open()?;
    let plan = import.mapping.plan(&source.columns).map_err(|e| Error::Config(e.french))?;
    let mut report = Report::new(&source);
    let mut rejects = file.rejects(&source.columns)?;
    let mut streets = Streets::default();
    let mut number = 0;
    while let Some(record) = source.next() {
        number += 1;
        let draft = record.and_then(|record| {
            let properties = record.properties.clone();
            let draft = plan.draft(record)?;
            match streets.add(&draft, &import.kind) {
                Ok(()) => Ok(draft),
                Err(cause) => Err(RecordError { place: draft.place, cause, properties }),
            }
        });
        match draft {
            Ok(draft) => report.accept(&draft),
            Err(error) => reject(&mut report, &mut rejects, file.rejects.as_deref(), &error)?,
        }
        if number % STEP == 0 {
            advance(bar, &source, number);
        }
    }
    advance(bar, &source, number);
    report.finish(&source);
    if let Some(rejects) = rejects {
        rejects.finish().map_err(|e| Error::Config(format!("rejects : {e}")))?;
    }
    Ok((streets.places(), report))
}

/// What is known of a street while its rows come in.
struct Street {
    kind: String,
    name: String,
    locality: String,
    points: Vec<(f64, f64)>,
    numbers: BTreeMap<(i64, String), (f64, f64)>,
}

/// Streets by kind, name and commune, in the order in which the file first names them.
#[derive(Default)]
struct Streets {
    by_name: HashMap<(String, String, String), usize>,
    all: Vec<Street>,
}

impl Streets {
    fn add(&mut self, draft: &Draft, kind: &str) -> Result<(), Cause> {
        // The commune tells places apart; it does not stand for a position.
        let no_place = Cause::NoPlace { area: None };
        let at = draft.geometry.as_ref().and_then(representative_point).ok_or(no_place)?;
        let (house, name) = split_line(&draft.title);
        let kind = draft.theme.as_deref().map_or_else(|| kind.to_owned(), slug);
        let locality = draft.area.clone().unwrap_or_default();
        let key = (kind.clone(), fold(name), fold(&locality));
        let place = *self.by_name.entry(key).or_insert(self.all.len());
        if place == self.all.len() {
            let (name, numbers) = (capitalised(name), BTreeMap::new());
            self.all.push(Street { kind, name, locality, points: Vec::new(), numbers });
        }
        let street = &mut self.all[place];
        street.points.push(at);
        if let Some(house) = house {
            // A number given twice stays where it was said first.
            street.numbers.entry((house.number, house.suffix)).or_insert(at);
        }
        Ok(())
    }

    fn places(self) -> Vec<NewPlace> {
        self.all.into_iter().map(Street::place).collect()
    }
}

impl Street {
    /// The place, at the one of its points that is nearest to their middle: in the street, however it winds.
    fn place(self) -> NewPlace {
        let count = self.points.len() as f64;
        let sum = self.points.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
        let middle = (sum.0 / count, sum.1 / count);
        let away = |at: &(f64, f64)| (at.0 - middle.0).powi(2) + (at.1 - middle.1).powi(2);
        let (lon, lat) =
            self.points.iter().copied().min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(middle);
        let number = |((number, suffix), (lon, lat))| Number { number, suffix, lon, lat };
        NewPlace {
            kind: self.kind,
            name: self.name,
            locality: self.locality,
            lon,
            lat,
            numbers: self.numbers.into_iter().map(number).collect(),
        }
    }
}
