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
use std::collections::BTreeSet;
use std::io::{self, Write as _};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{self, error::SendError};
use tokio_stream::wrappers::ReceiverStream;
use zip::write::{SimpleFileOptions, StreamWriter};

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
/// Where the database does not answer. What fails later cuts the answer off, and the ZIP with it: it opens nowhere.
pub(super) async fn archive(app: &App, lang: Lang, person: &Person, about: &str) -> Result<Body> {
    let tables = tables(&app.db, person).await?;
    let readable = words::as_text(lang, &in_words(&app.db, lang, person, &tables).await?);
    let readable = format!("{about}\n\n{readable}");
    let photos = tables.get("photo").and_then(Value::as_array).into_iter().flatten();
    // The same picture may stand at two ideas.
    let digests: BTreeSet<Digest> =
        photos.filter_map(|row| row["digest"].as_str().and_then(Digest::of_text)).collect();
    let document = json!({ "site": app.name(), "taken_at": crate::base::clock::now(), "tables": tables });
    let text = serde_json::to_string_pretty(&document).map_err(|e| Error::Internal(format!("data: {e}")))?;

    let turn = TURNS.acquire().await.map_err(|e| Error::Internal(e.to_string()))?;
    let (sender, pieces) = mpsc::channel(AHEAD);
    let media = app.media.clone();
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let texts = [("LISEZ-MOI.txt", readable.into_bytes()), ("data.json", text.into_bytes())];
        let texts = texts.into_iter().map(|(name, bytes)| Ok((name.to_owned(), bytes)));
        let pictures = digests.into_iter().filter_map(|digest| {
            let bytes = media.get_here(&digest, Size::Large).transpose()?;
            Some(bytes.map(|bytes| (format!("photos/{digest}.jpg"), bytes)))
        });
        zip_up(texts.chain(pictures), &sender);
    });
    Ok(Body::from_stream(ReceiverStream::new(pieces)))
}

/// How many are written at once: each has a thread for as long as its reader reads.
static TURNS: Semaphore = Semaphore::const_new(16);

/// How many pieces of an answer are written before somebody reads them.
const AHEAD: usize = 4;

type Sender = mpsc::Sender<io::Result<Bytes>>;

/// What a ZIP is written into: each piece goes out, and waits until there is room. After one that failed nothing goes out.
struct Pieces<'a>(&'a Sender);

impl io::Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map(|()| bytes.len()).map_err(|_nobody_reads: SendError<_>| io::ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn zip_up(files: impl Iterator<Item = io::Result<(String, Vec<u8>)>>, sender: &Sender) {
    let mut zip = zip::ZipWriter::new_stream(io::BufWriter::with_capacity(1 << 16, Pieces(sender)));
    if let Err(error) = write_all(&mut zip, files) {
        if !sender.is_closed() {
            tracing::warn!(%error, "somebody's data were cut off");
        }
        // Before the writer is dropped, which would write the end of a whole ZIP: who reads stops at an error.
        let _nobody_reads = sender.blocking_send(Err(error));
    }
}

fn write_all<W: io::Write>(
    zip: &mut zip::ZipWriter<StreamWriter<W>>,
    mut files: impl Iterator<Item = io::Result<(String, Vec<u8>)>>,
) -> io::Result<()> {
    files.try_for_each(|file| {
        let (name, bytes) = file?;
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(&bytes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn received(files: Vec<io::Result<(String, Vec<u8>)>>) -> (Vec<u8>, bool) {
        let (sender, mut pieces) = mpsc::channel(AHEAD);
        tokio::task::spawn_blocking(move || zip_up(files.into_iter(), &sender));
        let mut bytes = Vec::new();
        while let Some(piece) = pieces.recv().await {
            match piece {
                Ok(piece) => bytes.extend_from_slice(&piece),
                // A connection is cut here: nobody gets what comes behind.
                Err(_) => return (bytes, false),
            }
        }
        (bytes, true)
    }

    fn one() -> io::Result<(String, Vec<u8>)> {
        Ok(("a.txt".into(), vec![7; 200_000]))
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_zip_that_is_cut_off_opens_nowhere() {
        let (whole, is_whole) = received(vec![one()]).await;
        assert!(is_whole && zip::ZipArchive::new(io::Cursor::new(whole)).is_ok());
        let (cut, is_whole) = received(vec![one(), Err(io::Error::other("the disk"))]).await;
        assert!(!is_whole && zip::ZipArchive::new(io::Cursor::new(cut)).is_err());
    }
}
