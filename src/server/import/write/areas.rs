//! `parvis import areas`: polygons of a file become areas of the territory, and every feature learns anew which areas it
//! lies in.

use super::resolve::Words;
use super::{FileImport, Outcome, advance, reject};
use crate::base::clock::Timestamp;
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::core::journal::Write;
use crate::core::territory::{self, NewArea, Territory, outline};
use crate::server::import::{Cause, Draft, Record, RecordError, Report};
use indicatif::ProgressBar;
use std::collections::HashSet;

/// What `parvis import areas` was asked.
#[derive(Debug, Clone)]
pub struct AreaImport {
    /// The file and how to treat it.
    pub file: FileImport,
    /// What sort of areas they are: a plain word, `commune`.
    pub level: String,
    /// The column of the name.
    pub name_field: String,
    /// The column of the code; without it the name's slug.
    pub code_field: Option<String>,
    /// The one area that they are all part of, by name, slug or code.
    pub parent: Option<String>,
    /// The column that says which area each is part of, by name, slug or code.
    pub parent_field: Option<String>,
    /// The level of the areas that they are part of, found by their place.
    pub parent_level: Option<String>,
    /// The column that says how many people live in each.
    pub population_field: Option<String>,
}

/// Reads the file and writes what is new or changed.
///
/// # Errors
/// Where the file cannot be read, a column is not there, the parent is not known, or the database refuses.
pub async fn areas(db: &Db, import: &AreaImport, at: Timestamp, bar: &ProgressBar) -> Result<Outcome> {
    let mut write = Write::begin(db, at).await?;
    let words = Words::new(Territory::new(territory::store::all(write.tx()).await?)?);
    if let Some(parent) = import.parent.as_ref().filter(|parent| words.area(parent).is_none()) {
        return Err(Error::Config(format!(
            "--parent « {parent} » : secteur inconnu ; importez-le d'abord / unknown area: import it first"
        )));
    }
    let (found, report) = tokio::task::spawn_blocking({
        let (import, bar) = (import.clone(), bar.clone());
        move || read(&import, &words, &bar)
    })
    .await
    .map_err(|e| Error::Internal(format!("reader: {e}")))??;
    let mut outcome = Outcome {
        report,
        created: 0,
        updated: 0,
        unchanged: 0,
        made: Vec::new(),
        removed: 0,
        written: false,
    };
    let counts = territory::store::upsert_all(&mut write, found).await?;
    (outcome.created, outcome.updated, outcome.unchanged) =
        (counts.created, counts.updated, counts.unchanged);
    if !write.is_empty() {
        territory::retag(&mut write).await?;
    }
    outcome.written = import.file.is_kept(&outcome.report);
    if outcome.written {
        write.commit().await?;
    }
    Ok(outcome)
}

fn read(import: &AreaImport, words: &Words, bar: &ProgressBar) -> Result<(Vec<NewArea>, Report)> {
    let mut source = import.file.open()?;
    let fields = [
        Some(&import.name_field),
        import.code_field.as_ref(),
        import.parent_field.as_ref(),
        import.population_field.as_ref(),
    ];
    for field in fields {
        if let Some(field) = field
            && !source.columns.iter().any(|column| **column == **field)
        {
            let columns = source.columns.iter().map(|c| &**c).collect::<Vec<_>>().join(", ");
            return Err(Error::Config(format!(
                "colonne « {field} » absente ; il y a : {columns} / no such column; there are: {columns}"
            )));
        }
    }
    let mut report = Report::new(&source);
    let mut rejects = import.file.rejects(&source.columns)?;
    let mut found: Vec<NewArea> = Vec::new();
    let mut codes: HashSet<String> = HashSet::new();
    let mut number = 0;
    while let Some(record) = source.next() {
        number += 1;
        match record.and_then(|record| area(record, import, words)) {
            Ok((_, area)) if !codes.insert(area.code.clone()) => {
                let place = crate::server::import::Locator::Feature { number, id: None };
                let cause = Cause::Repeated { id: area.code };
                let error = RecordError { place, cause, properties: Vec::new() };
                reject(&mut report, &mut rejects, import.file.rejects.as_deref(), &error)?;
            }
            Ok((draft, area)) => {
                report.accept(&draft);
                found.push(area);
            }
            Err(error) => reject(&mut report, &mut rejects, import.file.rejects.as_deref(), &error)?,
        }
        advance(bar, &source, number);
    }
    report.finish(&source);
    if let Some(rejects) = rejects {
        rejects.finish().map_err(|e| Error::Config(format!("rejects : {e}")))?;
    }
    Ok((found, report))
}

fn area(record: Record, import: &AreaImport, words: &Words) -> Result<(Draft, NewArea), RecordError> {
    let text = |field: &str| outline::said(&record, field);
    let name = text(&import.name_field);
    let code = import.code_field.as_deref().map(text).filter(|code| !code.is_empty());
    let code = code.unwrap_or_else(|| crate::base::text::slug(&name));
    let population = import.population_field.as_deref().map(text).as_deref().and_then(people);
    let parent_name = import.parent_field.as_deref().map(text).filter(|name| !name.is_empty());
    let refuse = |record: &Record, cause| RecordError {
        place: record.place.clone(),
        cause,
        properties: record.properties.clone(),
    };
    if name.is_empty() {
        return Err(refuse(&record, Cause::NoText));
    }
    let parent = match parent_name.or_else(|| import.parent.clone()) {
        None => {
            let level = import.parent_level.as_deref();
            level.zip(record.geometry.as_ref()).and_then(|(level, outline)| words.holding(level, outline))
        }
        Some(parent) => match words.area(&parent) {
            Some(id) => Some(id),
            None => return Err(refuse(&record, Cause::UnknownParent { found: parent })),
        },
    };
    let outline = match outline::surface(record.geometry.clone()) {
        Ok(outline) => outline,
        Err(cause) => return Err(refuse(&record, cause)),
    };
    let draft = Draft {
        place: record.place,
        external_id: Some(code.clone()),
        title: name.clone(),
        body: String::new(),
        theme: None,
        status: None,
        created: None,
        area: None,
        kind: None,
        process: None,
        answer: None,
        report: None,
        geometry: record.geometry,
        repairs: record.repairs,
    };
    Ok((draft, NewArea { level: import.level.clone(), code, name, parent, outline, population }))
}

/// How many people a cell says, with its thousands apart or as a decimal number; nothing where it says none.
fn people(cell: &str) -> Option<i64> {
    let plain: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let whole = plain.split(['.', ',']).next().unwrap_or_default();
    let is_zero = |rest: &str| rest.bytes().all(|digit| digit == b'0');
    let rest = plain.get(whole.len() + 1..).unwrap_or_default();
    whole.parse().ok().filter(|people| *people > 0 && is_zero(rest))
}

#[cfg(test)]
mod tests {
    use super::people;

    #[test]
    fn a_population_is_a_whole_number_of_people_or_none() {
        for (cell, said) in [
            ("61400", Some(61_400)),
            ("61 400", Some(61_400)),
            ("61\u{202f}400", Some(61_400)),
            ("61400.0", Some(61_400)),
            ("0", None),
            ("-3", None),
            ("1.5", None),
            ("61,400", None),
            ("nc", None),
            ("", None),
        ] {
            assert_eq!(people(cell), said, "{cell}");
        }
    }
}
