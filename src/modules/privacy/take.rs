//! Everything held on a person, to take away: a ZIP with one JSON file and the photos (GDPR, articles 15 and 20).

use super::erase::key;
use super::store;
use super::words::{self, Section};
use crate::base::db::Db;
use crate::base::db::held;
use crate::base::error::{Error, Result};
use crate::base::i18n::Lang;
use crate::base::media::{Digest, Size};
use crate::core::app::App;
use crate::core::personal_data::Person;
use crate::modules::tables as all_tables;
use serde_json::{Map, Value, json};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// A person's rows, by table; tables in which they have none are left out.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn tables(db: &Db, person: &Person) -> Result<Map<String, Value>> {
    let mut tables = Map::new();
    for table in all_tables() {
        let Some((column, key)) = key(table.whose, person) else { continue };
        let condition = table.condition().unwrap_or_else(|| format!("{column} = $1"));
        let rows = held::rows(db, table.name, &table.personal(), &condition, &key).await?;
        if !rows.is_empty() {
            tables.insert(table.name.to_owned(), rows.into_iter().map(Value::Object).collect());
        }
    }
    Ok(tables)
}

/// A person's rows, in words.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn in_words(
    db: &Db,
    lang: Lang,
    person: &Person,
    tables: &Map<String, Value>,
) -> Result<Vec<Section>> {
    let titles = store::titles(db, &words::about(tables), person.voice).await?;
    Ok(words::sections(lang, tables, &titles.into_iter().collect()))
}

/// The ZIP's bytes. `about` says in words what the files are.
///
/// # Errors
/// Where the database or the disk does not answer.
pub(super) async fn archive(app: &App, lang: Lang, person: &Person, about: &str) -> Result<Vec<u8>> {
    let tables = tables(&app.db, person).await?;
    let readable = words::as_text(lang, &in_words(&app.db, lang, person, &tables).await?);
    let readable = format!("{about}\n\n{readable}");
    let mut pictures = Vec::new();
    for row in tables.get("photo").and_then(Value::as_array).into_iter().flatten() {
        let Some(digest) = row["digest"].as_str().and_then(Digest::of_text) else { continue };
        if let Some(bytes) = app.media.get(&digest, Size::Large).await? {
            pictures.push((format!("photos/{digest}.jpg"), bytes));
        }
    }
    let document =
        json!({ "site": app.config.name, "taken_at": crate::base::clock::now(), "tables": tables });
    let text = serde_json::to_string_pretty(&document).map_err(|e| Error::Internal(format!("data: {e}")))?;
    let failed = |e: zip::result::ZipError| Error::Internal(format!("zip: {e}"));
    let written = |e: std::io::Error| Error::Internal(format!("zip: {e}"));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, bytes) in [("LISEZ-MOI.txt", readable.as_bytes()), ("data.json", text.as_bytes())] {
        zip.start_file(name, options).map_err(failed)?;
        zip.write_all(bytes).map_err(written)?;
    }
    for (name, bytes) in &pictures {
        zip.start_file(name.as_str(), options).map_err(failed)?;
        zip.write_all(bytes).map_err(written)?;
    }
    zip.finish().map(Cursor::into_inner).map_err(failed)
}
