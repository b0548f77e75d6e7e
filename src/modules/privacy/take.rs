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
use axum::body::{Body, Bytes};
use serde_json::{Map, Value, json};
use std::io::{self, Write as _};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, error::SendError};
use tokio_stream::wrappers::ReceiverStream;
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

/// The ZIP, written while it is sent: one picture is in memory at a time. `about` says in words what the files are.
///
/// # Errors
/// Where the database does not answer. What fails later cuts the answer off: half a ZIP opens nowhere.
pub(super) async fn archive(app: &App, lang: Lang, person: &Person, about: &str) -> Result<Body> {
    let tables = tables(&app.db, person).await?;
    let readable = words::as_text(lang, &in_words(&app.db, lang, person, &tables).await?);
    let readable = format!("{about}\n\n{readable}");
    let photos = tables.get("photo").and_then(Value::as_array).into_iter().flatten();
    let digests: Vec<Digest> =
        photos.filter_map(|row| row["digest"].as_str().and_then(Digest::of_text)).collect();
    let document =
        json!({ "site": app.config.name, "taken_at": crate::base::clock::now(), "tables": tables });
    let text = serde_json::to_string_pretty(&document).map_err(|e| Error::Internal(format!("data: {e}")))?;

    let (sender, pieces) = mpsc::channel(AHEAD);
    let (media, database) = (app.media.clone(), Handle::current());
    tokio::task::spawn_blocking(move || {
        let texts = [("LISEZ-MOI.txt", readable.into_bytes()), ("data.json", text.into_bytes())];
        let texts = texts.into_iter().map(|(name, bytes)| Ok((name.to_owned(), bytes)));
        let pictures = digests.into_iter().filter_map(|digest| {
            match database.block_on(media.get(&digest, Size::Large)) {
                Ok(bytes) => bytes.map(|bytes| Ok((format!("photos/{digest}.jpg"), bytes.to_vec()))),
                Err(error) => Some(Err(io::Error::other(error.to_string()))),
            }
        });
        if let Err(error) = zip_up(texts.chain(pictures), Pieces(sender.clone())) {
            tracing::warn!(%error, "somebody's data were cut off");
            // Who asked may have gone.
            let _nobody_reads = sender.blocking_send(Err(error));
        }
    });
    Ok(Body::from_stream(ReceiverStream::new(pieces)))
}

/// How many pieces of an answer are written before somebody reads them.
const AHEAD: usize = 4;

/// What a ZIP is written into: each piece goes out, and waits until there is room.
struct Pieces(mpsc::Sender<io::Result<Bytes>>);

impl io::Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map(|()| bytes.len()).map_err(|_nobody_reads: SendError<_>| io::ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn zip_up(files: impl Iterator<Item = io::Result<(String, Vec<u8>)>>, out: Pieces) -> io::Result<()> {
    let mut zip = zip::ZipWriter::new_stream(io::BufWriter::with_capacity(1 << 16, out));
    for file in files {
        let (name, bytes) = file?;
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(&bytes)?;
    }
    zip.finish()?.into_inner().into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(())
}
