//! Making a backup: one state of the database, then the files that it names.

use super::files::{Folder, Recipients};
use super::manifest::{Entry, FORMAT, Manifest};
use super::{MANIFEST, Progress, store, trouble};
use crate::base::clock;
use crate::base::db::{self, Db, Snapshot, Table};
use crate::base::error::{Error, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Writes a backup of a database and its media folder into `to`, a folder of its own; the server may go on writing.
///
/// # Errors
/// [`Error::Config`] where a file cannot be written or the folder is not empty; [`Error::Sqlx`] where the database does not answer.
/// What was written until then is no backup: it has no list.
pub async fn write(
    db: &Db,
    media: &Path,
    to: &Path,
    recipients: Recipients,
    progress: Progress<'_>,
) -> Result<Manifest> {
    let encrypted = !recipients.is_empty();
    let schema = db::version(db).await?;
    let folder = Folder::create(to, recipients)?;
    let made_at = clock::now();
    let mut snapshot = Snapshot::begin(db).await?;
    // The first statement is what fixes the state.
    let (journal, register, chain) = store::head(snapshot.tx()).await?;
    let tables = snapshot.tables().await?;
    let mut files = Vec::new();
    for table in &tables {
        files.push(write_table(&folder, &mut snapshot, table).await?);
        progress(files.len() as u64, tables.len() as u64);
    }
    drop(snapshot);
    // After the rows: every file that they name was there before them, and a file never changes.
    let media = media_files(media)?;
    let all = (tables.len() + media.len()) as u64;
    for (name, path) in media {
        files.extend(copy(&folder, &name, &path)?);
        progress(files.len() as u64, all);
    }
    let manifest = Manifest {
        format: FORMAT,
        parvis: env!("CARGO_PKG_VERSION").to_owned(),
        made_at,
        database: db.name().to_owned(),
        schema,
        journal,
        register,
        chain: chain.map(|chain| chain.iter().map(|byte| format!("{byte:02x}")).collect()),
        encrypted,
        files,
    };
    let text = serde_json::to_vec_pretty(&manifest).map_err(|e| Error::Internal(e.to_string()))?;
    folder.finish(MANIFEST, &text)?;
    Ok(manifest)
}

async fn write_table(folder: &Folder, snapshot: &mut Snapshot, table: &Table) -> Result<Entry> {
    let path = format!("tables/{}.jsonl.gz", table.name);
    let mut packed = GzEncoder::new(folder.file(&path)?, Compression::fast());
    let mut rows = 0;
    let failed = |e: std::io::Error| trouble(Path::new(&path), &e);
    snapshot
        .each(table, |row| {
            rows += 1;
            serde_json::to_writer(&mut packed, &row).map_err(|e| failed(e.into()))?;
            packed.write_all(b"\n").map_err(failed)
        })
        .await?;
    packed.finish().map_err(failed)?.end(Some(rows))
}

/// Every whole file below a folder, with its name in the backup. What is being written aside begins with a dot.
fn media_files(root: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            Err(e) => return Err(trouble(&folder, &e)),
        };
        for entry in entries {
            let path = entry.map_err(|e| trouble(&folder, &e))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                folders.push(path);
            } else if !name.starts_with('.')
                && let Ok(inside) = path.strip_prefix(root)
            {
                found.push((format!("media/{}", inside.to_string_lossy()), path));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies a file; one that went meanwhile was nobody's any more.
fn copy(folder: &Folder, name: &str, path: &Path) -> Result<Option<Entry>> {
    let mut from = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(trouble(path, &e)),
    };
    let mut to = folder.file(name)?;
    std::io::copy(&mut from, &mut to).map_err(|e| trouble(path, &e))?;
    to.end(None).map(Some)
}
