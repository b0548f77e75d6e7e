//! `parvis import layer`: a file becomes a context layer, drawn under the features. A second import replaces its items.

use super::{FileImport, Outcome, advance, reject};
use crate::base::clock::Timestamp;
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::base::text::slug;
use crate::core::journal::Write;
use crate::core::layers::{self, NewItem};
use crate::server::import::{Cause, Draft, Report};
use indicatif::ProgressBar;

/// What `parvis import layer` was asked.
#[derive(Debug, Clone)]
pub struct LayerImport {
    /// The file and how to treat it.
    pub file: FileImport,
    /// Its name for people.
    pub name: String,
    /// Whom to thank for it.
    pub attribution: String,
    /// `#rrggbb`.
    pub color: String,
}

/// Names that the tiles use for themselves.
const RESERVED: [&str; 7] = ["features", "points", "clusters", "lines", "polygons", "areas", "names"];

/// Reads the file and replaces the layer's items.
///
/// # Errors
/// Where the file cannot be read, the name is one that tiles use, or the database refuses.
pub async fn layer(db: &Db, import: &LayerImport, at: Timestamp, bar: &ProgressBar) -> Result<Outcome> {
    let slug = slug(&import.name);
    if RESERVED.contains(&slug.as_str()) {
        return Err(Error::Config(format!(
            "--name « {slug} » : nom réservé aux tuiles ({0}) / reserved for tiles ({0})",
            RESERVED.join(", ")
        )));
    }
    let is_color = import
        .color
        .strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit()));
    if !is_color {
        return Err(Error::Config(format!("--color « {} » : écrivez / write #rrggbb", import.color)));
    }
    let (items, report) = tokio::task::spawn_blocking({
        let (file, bar) = (import.file.clone(), bar.clone());
        move || read(&file, &bar)
    })
    .await
    .map_err(|e| Error::Internal(format!("reader: {e}")))??;
    let written = import.file.is_kept(&report);
    if written {
        let mut write = Write::begin(db, at).await?;
        let id = layers::store::ensure(&mut write, &slug, &import.name, &import.attribution, &import.color)
            .await?;
        layers::store::replace_items(&mut write, id, &items).await?;
        write.commit().await?;
    }
    Ok(Outcome {
        report,
        created: items.len() as u64,
        updated: 0,
        unchanged: 0,
        made: Vec::new(),
        removed: 0,
        written,
    })
}

fn read(file: &FileImport, bar: &ProgressBar) -> Result<(Vec<NewItem>, Report)> {
    let mut source = file.open()?;
    let mut report = Report::new(&source);
    let mut rejects = file.rejects(&source.columns)?;
    let mut items = Vec::new();
    let mut number = 0;
    while let Some(record) = source.next() {
        number += 1;
        advance(bar, &source, number);
        let record = record.and_then(|record| match record.geometry {
            Some(_) => Ok(record),
            None => Err(crate::server::import::RecordError {
                place: record.place,
                cause: Cause::NoPlace { area: None },
                properties: record.properties,
            }),
        });
        match record {
            Ok(record) => {
                let properties =
                    record.properties.iter().map(|(name, value)| (name.to_string(), value.clone()));
                let Some(geometry) = record.geometry.clone() else { continue };
                items.push(NewItem { geometry: geometry.clone(), properties: properties.collect() });
                report.accept(&Draft {
                    place: record.place,
                    external_id: record.id,
                    title: String::new(),
                    body: String::new(),
                    theme: None,
                    status: None,
                    created: None,
                    area: None,
                    kind: None,
                    process: None,
                    answer: None,
                    report: None,
                    geometry: Some(geometry),
                    repairs: record.repairs,
                });
            }
            Err(error) => reject(&mut report, &mut rejects, file.rejects.as_deref(), &error)?,
        }
    }
    report.finish(&source);
    if let Some(rejects) = rejects {
        rejects.finish().map_err(|e| Error::Config(format!("rejects : {e}")))?;
    }
    Ok((items, report))
}
