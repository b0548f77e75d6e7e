//! Reports that come from a file: filed under its categories, given to its services, ended when it says so. What it names and there is not is made,
//! and told.
//!
//! What it is not: reading files (`parvis-readers`), nor their features (`server/import`). Invariants: a second run of the same rows changes
//! nothing; a file makes no promise, so that what comes of it has no clock.

mod store;
#[cfg(test)]
mod tests;

use super::CATALOGUE_CHANGED;
use super::model::{Answers, CategoryId, Report, ServiceId, Sort};
use super::store as reports;
use crate::base::clock::Timestamp;
use crate::base::error::Result;
use crate::base::ids::FeatureId;
use crate::base::text::{fold, slug};
use crate::core::features::Status;
use crate::core::features::vocabulary::PALETTE;
use crate::core::journal::Write;
use std::collections::{HashMap, HashSet};

/// The word that a filter has for what is filed under nothing.
const NONE: &str = "none";

/// A report of a file, whose feature is written.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Its feature.
    pub id: FeatureId,
    /// When it was reported.
    pub created_at: Timestamp,
    /// What became of it.
    pub status: Status,
    /// The label of its category.
    pub category: String,
    /// The label of what it is below that one.
    pub subcategory: Option<String>,
    /// The name of the service that treats it.
    pub service: Option<String>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// Something that a file named and that was made for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// A category, by its label; below another its label comes first.
    Category(String),
    /// A service, by its name.
    Service(String),
}

/// Categories and services by what files call them, as they are while a file is imported.
#[derive(Debug)]
pub struct Importing {
    categories: HashMap<(Option<CategoryId>, String), CategoryId>,
    services: HashMap<String, ServiceId>,
    slugs: HashSet<String>,
    service_slugs: HashSet<String>,
    made: Vec<Made>,
}

impl Importing {
    /// What there is.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn begin(write: &mut Write) -> Result<Importing> {
        let categories = reports::catalogue::categories(write.tx()).await?;
        let services = reports::catalogue::services(write.tx()).await?;
        // The first of a name is meant, and one that is offered before one that was removed.
        let (mut by_label, mut by_name) = (HashMap::new(), HashMap::new());
        for removed in [false, true] {
            for each in categories.iter().filter(|each| each.removed_at.is_some() == removed) {
                by_label.entry((each.parent, fold(&each.label))).or_insert(each.id);
            }
            for each in services.iter().filter(|each| each.removed_at.is_some() == removed) {
                by_name.entry(fold(&each.name)).or_insert(each.id);
            }
        }
        Ok(Importing {
            categories: by_label,
            services: by_name,
            slugs: categories.into_iter().map(|each| each.slug).collect(),
            service_slugs: services.into_iter().map(|each| each.slug).collect(),
            made: Vec::new(),
        })
    }

    /// Writes reports, in whatever number: new ones, and those whose rows changed.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn write(&mut self, write: &mut Write, rows: &[Imported]) -> Result<()> {
        let ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
        let known: HashMap<FeatureId, Report> =
            reports::all_of(write.tx(), &ids).await?.into_iter().map(|report| (report.id, report)).collect();
        let mut new = Vec::new();
        for row in rows {
            let report = self.report(write, row).await?;
            match known.get(&row.id) {
                None => new.push(report),
                Some(known) if is_same(known, &report) => {}
                Some(known) => reports::update(write, &changed(known, &report)).await?,
            }
        }
        store::insert_all(write, &new).await?;
        for report in new.iter().filter(|report| report.ended_at.is_some()) {
            super::delays::follow(write, report).await?;
        }
        Ok(())
    }

    /// What was made, in order; the journal is told, so that everybody knows of it.
    pub fn end(self, write: &mut Write) -> Vec<Made> {
        if !self.made.is_empty() {
            write.record_subject(CATALOGUE_CHANGED, "import");
        }
        self.made
    }

    async fn report(&mut self, write: &mut Write, row: &Imported) -> Result<Report> {
        let kind = self.category(write, None, &row.category).await?;
        let category = match &row.subcategory {
            Some(label) => self.category(write, Some((kind, &row.category)), label).await?,
            None => kind,
        };
        let service = match &row.service {
            Some(name) => Some(self.service(write, name).await?),
            None => None,
        };
        let is_ended = [Status::DONE, Status::CLOSED].contains(&row.status);
        Ok(Report {
            id: row.id,
            category,
            service,
            rule: None,
            answers: Answers::new(),
            address: String::new(),
            status: row.status,
            target: None,
            received_at: row.created_at,
            due_at: None,
            is_overdue: false,
            acknowledged_at: None,
            ended_at: is_ended.then_some(row.ended_at.unwrap_or(row.created_at)),
            end_reason: None,
            reopened_at: None,
            reopened_count: 0,
            asked_at: None,
        })
    }

    async fn category(
        &mut self,
        write: &mut Write,
        parent: Option<(CategoryId, &str)>,
        label: &str,
    ) -> Result<CategoryId> {
        // By the whole label: a word of an address is cut.
        let key = (parent.map(|(id, _)| id), fold(label));
        if let Some(id) = self.categories.get(&key) {
            return Ok(*id);
        }
        let word = free(&mut self.slugs, &slug(label));
        let color = PALETTE[self.categories.len() % PALETTE.len()];
        let id = store::insert_category(write, key.0, &word, label, (Sort::Problem, color)).await?;
        self.categories.insert(key, id);
        let above = parent.map(|(_, label)| format!("{label} – ")).unwrap_or_default();
        self.made.push(Made::Category(format!("{above}{label}")));
        Ok(id)
    }

    async fn service(&mut self, write: &mut Write, name: &str) -> Result<ServiceId> {
        let key = fold(name);
        if let Some(id) = self.services.get(&key) {
            return Ok(*id);
        }
        let word = free(&mut self.service_slugs, &slug(name));
        let id = store::insert_service(write, &word, name).await?;
        self.services.insert(key, id);
        self.made.push(Made::Service(name.to_owned()));
        Ok(id)
    }
}

/// A word that none has yet, and that stands for nothing else in an address.
fn free(taken: &mut HashSet<String>, wanted: &str) -> String {
    let wanted = if wanted.is_empty() || wanted == NONE { "autre" } else { wanted };
    let numbered = (2..).map(|n| format!("{wanted}-{n}"));
    let mut words = std::iter::once(wanted.to_owned()).chain(numbered);
    let word = words.find(|word| !taken.contains(word)).unwrap_or_default();
    taken.insert(word.clone());
    word
}

/// Whether a row says nothing new of a report.
fn is_same(known: &Report, row: &Report) -> bool {
    let said = |report: &Report| (report.category, report.service, report.status, report.ended_at);
    said(known) == said(row)
}

/// A report as a row has it now; what was promised and done here stays.
fn changed(known: &Report, row: &Report) -> Report {
    Report {
        category: row.category,
        service: row.service.or(known.service),
        status: row.status,
        ended_at: row.ended_at,
        ..known.clone()
    }
}
