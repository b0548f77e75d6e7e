//! What lies in an archive: a spreadsheet, or one file that is read.
//!
//! What it is: the way from a ZIP to a [`Source`]. What it is not: a reader; it hands on to one.
//! Invariant: an archive that holds several files is a choice, never a guess.

use std::{path::Path, sync::Arc};

use super::{Format, ReadOptions, Rows, Said, Source, TotalHint, io_said, open, unpack_first};
use crate::{archive, crs::Crs, foreign, sheet, table::Table};

/// A spreadsheet, or an archive with one file that is read.
pub(super) fn open_archive(
    path: &Path,
    options: &ReadOptions,
    crs: Crs,
    extension: &str,
) -> Result<Source, Said> {
    if sheet::is_sheet(path).map_err(|error| io_said(&error))? {
        return open_sheet(path, options, crs);
    }
    if ["kmz", "docx", "odt"].contains(&extension)
        && let Some(refusal) = foreign::refusal(path, extension, b"")
    {
        return Err(refusal);
    }
    match archive::unpack(path, options.layer.as_deref(), options.max_bytes)
        .map_err(|error| io_said(&error))?
    {
        archive::Found::File(file, folder) => {
            // What the archive holds is told as itself; of several layers in it the name chose the file.
            let options = ReadOptions { layer: None, ..options.clone() };
            let source = open(&file, &options)?;
            Ok(Source { _folder: Some(folder), ..source })
        }
        archive::Found::Choose(names) if names.is_empty() => Err(unpack_first()),
        archive::Found::Choose(names) => {
            let names = names.join(", ");
            Err((
                format!("the archive holds several files: {names}; choose with --table"),
                format!("l'archive contient plusieurs fichiers : {names} ; choisissez avec --table"),
            ))
        }
    }
}

fn open_sheet(path: &Path, options: &ReadOptions, crs: Crs) -> Result<Source, Said> {
    let (name, rows) =
        sheet::read(path, options.layer.as_deref(), options.max_bytes).map_err(|error| match error {
            sheet::SheetError::TooLarge => (
                "the sheet is too large; save it as CSV".to_owned(),
                "feuille trop grande ; enregistrez-la en CSV".to_owned(),
            ),
            sheet::SheetError::NoSheet(names) => {
                let names = names.join(", ");
                (
                    format!("no such sheet; there are: {names}; choose with --table"),
                    format!("feuille absente ; il y a : {names} ; choisissez avec --table"),
                )
            }
            sheet::SheetError::Broken(detail) => (
                format!("the spreadsheet cannot be read ({detail}); save it as CSV"),
                format!("classeur illisible ({detail}) ; enregistrez-le en CSV"),
            ),
        })?;
    let (epsg, total) = (crs.epsg, rows.len() as u64);
    let table = Table::of_sheet(rows, options, crs)?;
    Ok(Source {
        format: Format::Sheet,
        encoding: "UTF-8".into(),
        delimiter: None,
        crs: epsg,
        geometry_from: format!("feuille « {name} », {}", table.position.french()),
        columns: table.columns.clone(),
        total_hint: TotalHint::Rows(total),
        repairs: vec![],
        consumed: Arc::default(),
        rows: Rows::Table(Box::new(table)),
        _unpacked: None,
        _folder: None,
    })
}
