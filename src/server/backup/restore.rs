//! The way back: a backup into an unused database and its media folder.

use super::files::{self, Identities};
use super::manifest::{Entry, Manifest};
use super::{Progress, store, trouble};
use crate::base::db::{self, Cells, Db, Filling};
use crate::base::error::{Error, Result};
use flate2::read::GzDecoder;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};

/// Rows that are read before they are written.
const ROWS: usize = 2_000;

/// What was put back.
#[derive(Debug, Clone)]
pub struct Restored {
    /// What the backup said.
    pub manifest: Manifest,
    /// Files written into the media folder; those that were there are not counted.
    pub files: u64,
}

/// Puts a backup into a database that nobody has used, and its files into the media folder. The schema is brought to where it was, the
/// rows are put in, and then it is brought up to date. All rows or none; a file is never there in half.
///
/// # Errors
/// [`Error::Config`] where the backup is damaged, newer than this program or encrypted for another key, or the database is in use.
pub async fn restore(
    db: &Db,
    media: &Path,
    from: &Path,
    identities: &Identities,
    progress: Progress<'_>,
) -> Result<Restored> {
    let manifest = Manifest::read(from)?;
    // Twice through every file: to see that it is right, and to put it back.
    let all = 2 * manifest.files.len() as u64;
    for (done, entry) in (1..).zip(&manifest.files) {
        files::check(from, entry)?;
        progress(done, all);
    }
    db::migrate_to(db, manifest.schema).await?;
    if !store::is_unused(db).await? {
        return Err(Error::Config(
            "cette base est déjà utilisée : restaurez dans une base neuve (database = …) / \
             this database is in use: restore into a new one (database = …)"
                .into(),
        ));
    }
    let mut done = manifest.files.len() as u64;
    let mut written = 0;
    // Files first: rows that name files which are not there yet would show.
    for entry in manifest.files.iter().filter(|entry| entry.rows.is_none()) {
        written += u64::from(put_back(from, entry, media, identities)?);
        done += 1;
        progress(done, all);
    }
    let mut filling = Filling::begin(db).await?;
    for entry in manifest.files.iter().filter(|entry| entry.rows.is_some()) {
        fill(&mut filling, from, entry, identities).await?;
        done += 1;
        progress(done, all);
    }
    filling.commit().await?;
    db::migrate(db).await?;
    Ok(Restored { manifest, files: written })
}

/// The rows of one table.
async fn fill(filling: &mut Filling, from: &Path, entry: &Entry, identities: &Identities) -> Result<()> {
    let table = entry.path.trim_start_matches("tables/").split('.').next().unwrap_or_default();
    let mut lines = BufReader::new(GzDecoder::new(files::open(from, entry, identities)?)).lines();
    let mut found = 0;
    loop {
        let rows: Vec<Cells> =
            lines.by_ref().take(ROWS).map(|line| row(entry, line)).collect::<Result<_>>()?;
        if rows.is_empty() {
            break;
        }
        found += rows.len() as u64;
        filling.insert(table, &rows).await?;
    }
    if Some(found) != entry.rows {
        return Err(trouble(Path::new(&entry.path), &format!("{found} ≠ {:?}", entry.rows)));
    }
    Ok(())
}

fn row(entry: &Entry, line: std::io::Result<String>) -> Result<Cells> {
    let path = Path::new(&entry.path);
    serde_json::from_str(&line.map_err(|e| trouble(path, &e))?).map_err(|e| trouble(path, &e))
}

/// Writes a file into the media folder, unless it is there with the same content: aside first, then under its name.
fn put_back(from: &Path, entry: &Entry, media: &Path, identities: &Identities) -> Result<bool> {
    let inside = entry.path.trim_start_matches("media/").trim_end_matches(".age");
    let path: PathBuf = media.join(inside);
    let mut content = Vec::new();
    files::open(from, entry, identities)?.read_to_end(&mut content).map_err(|e| trouble(&path, &e))?;
    if std::fs::read(&path).is_ok_and(|there| there == content) {
        return Ok(false);
    }
    let folder = path.parent().unwrap_or(media);
    let aside = folder.join(".restoring");
    let written = std::fs::create_dir_all(folder).and_then(|()| {
        let mut file = std::fs::File::create(&aside)?;
        file.write_all(&content)?;
        file.sync_all()?;
        std::fs::rename(&aside, &path)
    });
    written.map_err(|e| trouble(&path, &e))?;
    Ok(true)
}
