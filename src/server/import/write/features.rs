//! `parvis import features`: rows of a file become proposals, reports or projects.
//!
//! Two halves joined by a short queue: a thread reads, checks and resolves; the transaction writes. A row is known again
//! by its source and external id, and left alone where its fingerprint says that nothing changed.

use super::resolve::{Resolved, Words};
use super::{FileImport, Outcome, advance, reject, store};
use crate::base::clock::Timestamp;
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::base::ids::{FeatureId, ProcessId, ThemeId};
use crate::civic::contributions::answers::{self, NewAnswer};
use crate::core::features::Verdict;
use crate::core::features::{self, Channel, Kind, NewFeature, Origin, Status, vocabulary};
use crate::core::journal::{Act, Write};
use crate::core::territory::{self, Territory};
use crate::modules::reports::import::{Imported, Importing};
use crate::server::import::{
    Answered, Cause, Draft, Mapping, Plan, Record, RecordError, Report, Reported, theme_key,
};
use indicatif::ProgressBar;
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

/// What `parvis import features` was asked.
#[derive(Debug, Clone)]
pub struct FeatureImport {
    /// The file and how to treat it.
    pub file: FileImport,
    /// What its rows are.
    pub kind: Kind,
    /// Which column is what.
    pub mapping: Mapping,
    /// The name that its rows are known by; the file's own where it is not said.
    pub source: Option<String>,
    /// The process that they belong to, by title.
    pub process: Option<String>,
    /// What became of rows that do not say it.
    pub status: Status,
}

/// Rows handed from the reader to the writer at once.
const BATCH: usize = 1_000;

/// A row that can be written, its theme still a label.
struct ImportedRow {
    draft: Draft,
    resolved: Resolved,
    external_id: String,
    fingerprint: String,
}

type Batch = Vec<ImportedRow>;

/// Reads the file and writes what is new or changed.
///
/// # Errors
/// Where the file cannot be read, the mapping names a column that is not there, or the database refuses.
pub async fn features(db: &Db, import: &FeatureImport, at: Timestamp, bar: &ProgressBar) -> Result<Outcome> {
    let words = Words::new(Territory::new(territory::store::all(db).await?)?);
    let (sender, mut batches) = mpsc::channel::<Batch>(4);
    let reader = tokio::task::spawn_blocking({
        let (import, bar) = (import.clone(), bar.clone());
        move || read(&import, &words, &sender, &bar)
    });
    let mut write = Writer::begin(db, import, at).await?;
    while let Some(batch) = batches.recv().await {
        write.batch(batch).await?;
    }
    let report = reader.await.map_err(|e| Error::Internal(format!("reader: {e}")))??;
    write.finish(report).await
}

/// The reading half. Ends early where the writer is gone: its error is the one to tell.
fn read(
    import: &FeatureImport,
    words: &Words,
    to: &mpsc::Sender<Batch>,
    bar: &ProgressBar,
) -> Result<Report> {
    let mut file = import.file.clone();
    file.read = import.mapping.read_options(file.read);
    let mut source = file.open()?;
    let mapping = import.mapping.clone().or_own(&source.columns);
    let plan = mapping.plan(&source.columns).map_err(|e| Error::Config(e.french))?;
    let mut report = Report::new(&source);
    let mut rejects = file.rejects(&source.columns)?;
    let mut seen = Seen::default();
    let mut batch = Vec::with_capacity(BATCH);
    let mut number = 0;
    while let Some(record) = source.next() {
        number += 1;
        match record.and_then(|record| row(record, &plan, words, import, &mut seen)) {
            Ok(row) => {
                report.accept(&row.draft);
                batch.push(row);
            }
            Err(error) => reject(&mut report, &mut rejects, file.rejects.as_deref(), &error)?,
        }
        if batch.len() == BATCH {
            advance(bar, &source, number);
            if to.blocking_send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).is_err() {
                return Ok(report);
            }
        }
    }
    advance(bar, &source, number);
    if !batch.is_empty() {
        // A writer that is gone has its own error to tell.
        let _ = to.blocking_send(batch);
    }
    report.finish(&source);
    if let Some(rejects) = rejects {
        rejects.finish().map_err(|e| Error::Config(format!("rejects : {e}")))?;
    }
    Ok(report)
}

/// Identifiers met so far, and how often each content without one.
#[derive(Default)]
struct Seen {
    ids: HashSet<String>,
    contents: HashMap<String, u32>,
}

fn row(
    record: Record,
    plan: &Plan,
    words: &Words,
    import: &FeatureImport,
    seen: &mut Seen,
) -> Result<ImportedRow, RecordError> {
    let (place, properties) = (record.place.clone(), record.properties.clone());
    let refuse = |cause: Cause| RecordError { place, cause, properties };
    let draft = plan.draft(record)?;
    let resolved = match words.resolve(&draft, import.kind, import.status) {
        Ok(resolved) => resolved,
        Err(cause) => return Err(refuse(cause)),
    };
    let fingerprint = fingerprint(&draft, &resolved, import);
    let external_id = match &draft.external_id {
        Some(id) if !seen.ids.insert(id.clone()) => return Err(refuse(Cause::Repeated { id: id.clone() })),
        Some(id) => id.clone(),
        None => {
            // Without an identifier a row is known by what it says; the same said twice is two rows.
            let count = seen.contents.entry(fingerprint.clone()).or_default();
            *count += 1;
            format!("#{fingerprint}-{count}")
        }
    };
    Ok(ImportedRow { draft, resolved, external_id, fingerprint })
}

/// A digest of everything that a second import would write again.
fn fingerprint(draft: &Draft, resolved: &Resolved, import: &FeatureImport) -> String {
    let said = (
        (resolved.kind, draft.process.as_ref().or(import.process.as_ref()), resolved.status),
        (&draft.title, &draft.body, &draft.theme, &draft.created, &resolved.stated_area),
        &draft.geometry,
        &draft.answer,
    );
    // Rows without it keep the digest that they had before there was such a thing.
    let reported = draft.report.as_ref().map(|report| format!("{report:?}")).unwrap_or_default();
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(format!("{said:?}{reported}").as_bytes()))
}

/// The writing half: one transaction.
struct Writer<'a> {
    import: &'a FeatureImport,
    write: Write,
    source: String,
    known: HashMap<String, (FeatureId, Option<String>)>,
    themes: HashMap<(Option<ProcessId>, String), ThemeId>,
    process: Option<ProcessId>,
    processes: HashMap<String, ProcessId>,
    importing: Importing,
    created: u64,
    updated: u64,
    unchanged: u64,
}

impl<'a> Writer<'a> {
    async fn begin(db: &Db, import: &'a FeatureImport, at: Timestamp) -> Result<Writer<'a>> {
        let mut write = Write::begin(db, at).await?;
        let source = import.source.clone().unwrap_or_else(|| import.file.stem());
        let known = features::store::of_source(write.tx(), &source).await?;
        let process = match &import.process {
            Some(title) => {
                let process = vocabulary::ensure_process(&mut write, title).await?;
                // What it would bring is public at once, and would name what only a team may know.
                if vocabulary::is_draft(write.tx(), process).await? {
                    return Err(Error::Config(format!(
                        "« {title} » est encore un brouillon : publiez la démarche, puis importez."
                    )));
                }
                Some(process)
            }
            None => None,
        };
        let importing = Importing::begin(&mut write).await?;
        Ok(Writer {
            import,
            importing,
            write,
            source,
            known: known.into_iter().map(|(external, id, print)| (external, (id, print))).collect(),
            themes: HashMap::new(),
            process,
            processes: HashMap::new(),
            created: 0,
            updated: 0,
            unchanged: 0,
        })
    }

    async fn batch(&mut self, rows: Batch) -> Result<()> {
        let mut new = Vec::with_capacity(rows.len());
        let mut answers = Vec::with_capacity(rows.len());
        let (mut reported, mut reports) = (Vec::with_capacity(rows.len()), Vec::new());
        for row in rows {
            match self.known.get(&row.external_id) {
                Some((_, Some(print))) if *print == row.fingerprint => self.unchanged += 1,
                Some((id, _)) => {
                    let id = *id;
                    self.updated += 1;
                    let (answer, said) = (row.resolved.answer.clone(), row.draft.report.clone());
                    let feature = self.feature(row).await?;
                    reports.extend(imported(id, &feature, said));
                    features::store::update(&mut self.write, id, &feature, Act::IMPORTED).await?;
                    self.answer(id, answer, feature.status).await?;
                }
                None => {
                    self.created += 1;
                    answers.push(row.resolved.answer.clone());
                    reported.push(row.draft.report.clone());
                    new.push(self.feature(row).await?);
                }
            }
        }
        let ids = features::store::insert_all(&mut self.write, &new, Act::IMPORTED).await?;
        let each = ids.iter().zip(&new).zip(reported);
        reports.extend(each.filter_map(|((id, feature), said)| imported(*id, feature, said)));
        self.importing.write(&mut self.write, &reports).await?;
        for ((id, answer), feature) in ids.into_iter().zip(answers).zip(&new) {
            self.answer(id, answer, feature.status).await?;
        }
        Ok(())
    }

    /// Writes what the authority answered, unless it stands there already, and leaves the status that the row says.
    async fn answer(
        &mut self,
        id: FeatureId,
        said: Option<(Verdict, Answered)>,
        status: Status,
    ) -> Result<()> {
        let Some((verdict, said)) = said else { return Ok(()) };
        let standing = answers::standing(self.write.tx(), &[id.0]).await?;
        let same = |old: &answers::Answer| {
            (old.verdict, &old.body, &old.motive, &old.link, &old.authority)
                == (verdict, &said.text, &said.motive, &said.link, &said.authority)
        };
        if standing.get(&id).is_some_and(same) {
            return Ok(());
        }
        let Answered { text: body, motive, link, authority, date, .. } = said;
        let at = date.unwrap_or(self.write.at());
        let new = NewAnswer { verdict, body, motive, link, authority, by: None, at };
        answers::insert(&mut self.write, id, &new).await?;
        answers::set_status(&mut self.write, id, status, None).await?;
        Ok(())
    }

    async fn feature(&mut self, row: ImportedRow) -> Result<NewFeature> {
        let process = match &row.draft.process {
            Some(title) => Some(self.process(title).await?),
            None => self.process,
        };
        let theme = match &row.draft.theme {
            Some(label) => Some(self.theme(process, label).await?),
            None => None,
        };
        Ok(NewFeature {
            kind: row.resolved.kind,
            process,
            theme,
            status: row.resolved.status,
            title: row.draft.title,
            body: row.draft.body,
            geometry: row.resolved.geometry,
            stated_area: row.resolved.stated_area,
            areas: row.resolved.areas,
            author: None,
            channel: Channel::Import,
            created_at: row.draft.created.unwrap_or(self.write.at()),
            held: None,
            origin: Some(Origin {
                source: self.source.clone(),
                external_id: row.external_id,
                fingerprint: row.fingerprint,
            }),
        })
    }

    async fn process(&mut self, title: &str) -> Result<ProcessId> {
        if let Some(id) = self.processes.get(title) {
            return Ok(*id);
        }
        let id = vocabulary::ensure_process(&mut self.write, title).await?;
        self.processes.insert(title.to_owned(), id);
        Ok(id)
    }

    async fn theme(&mut self, process: Option<ProcessId>, label: &str) -> Result<ThemeId> {
        let key = (process, theme_key(label));
        if let Some(id) = self.themes.get(&key) {
            return Ok(*id);
        }
        let id = vocabulary::ensure_theme_in(&mut self.write, process, label).await?;
        self.themes.insert(key, id);
        Ok(id)
    }

    async fn finish(mut self, report: Report) -> Result<Outcome> {
        let is_named = self.import.source.is_some();
        store::check(self.write.tx(), "features", &self.source, is_named, &report.columns).await?;
        let written = self.import.file.is_kept(&report);
        let made = self.importing.end(&mut self.write);
        if written {
            self.write.commit().await?;
        }
        let (created, updated, unchanged) = (self.created, self.updated, self.unchanged);
        Ok(Outcome { report, created, updated, unchanged, made, removed: 0, written })
    }
}

/// What a row says of a report; nothing of what is none, or is filed under no category.
fn imported(id: FeatureId, feature: &NewFeature, said: Option<Reported>) -> Option<Imported> {
    let said = said.filter(|_| feature.kind == Kind::REPORT)?;
    Some(Imported {
        id,
        created_at: feature.created_at,
        status: feature.status,
        category: said.category,
        subcategory: said.subcategory,
        service: said.service,
        ended_at: said.ended,
    })
}
