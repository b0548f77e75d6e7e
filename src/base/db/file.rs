//! SQLite's file: whether it is still the one that was opened. Somebody may put a copy in its place while we run.
//!
//! What it is not: a lock. A copy is put in place safely only together with its log (`-wal`) or after ours was taken away: where the
//! old log still lies beside a new file, nothing is opened anew, because SQLite would write the one into the other.

use super::{Db, Fault};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A file on a device.
type Identity = (u64, u64);

/// The file that was opened, and its log.
#[derive(Debug)]
pub(super) struct Watched {
    path: PathBuf,
    seen: Mutex<(Option<Identity>, Option<Identity>)>,
}

/// What lies in the file's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Same,
    /// Another one, by itself or with a log of its own.
    Another,
    /// Another one, beside the log of the one before.
    WithOldLog,
}

impl Watched {
    /// The file that is open now.
    pub(super) fn new(path: &Path) -> Watched {
        let seen = (identity(path), identity(&log_of(path)));
        Watched { path: path.to_owned(), seen: Mutex::new(seen) }
    }

    fn look(&self) -> Found {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, log) = (identity(&self.path), identity(&log_of(&self.path)));
        // Nothing is there: it is just being replaced, or gone, which the next statement will say.
        if file.is_none() || file == seen.0 {
            seen.1 = log;
            return Found::Same;
        }
        if log.is_some() && log == seen.1 {
            return Found::WithOldLog;
        }
        *seen = (file, log);
        Found::Another
    }
}

fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

fn identity(path: &Path) -> Option<Identity> {
    fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

impl Db {
    /// Has every connection opened anew where another file lies in the place of SQLite's. Elsewhere it does nothing.
    pub fn look_for_another_file(&self) {
        let Db::Sqlite(pools) = self else { return };
        match pools.file.as_ref().map_or(Found::Same, Watched::look) {
            Found::Same => {}
            Found::Another => {
                tracing::warn!("another file lies in the database's place: it is opened");
                pools.health.renew();
            }
            Found::WithOldLog => pools.health.refuse(Fault::Broken),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_file_is_noticed_and_one_beside_the_old_log_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("a.db"), folder.path().join("b.db"));
        let log = log_of(&path);
        for file in [&path, &other, &log] {
            fs::write(file, "x").unwrap();
        }
        let watched = Watched::new(&path);
        assert_eq!(watched.look(), Found::Same);
        fs::rename(&other, &path).unwrap();
        assert_eq!(watched.look(), Found::WithOldLog);
        fs::remove_file(&log).unwrap();
        assert_eq!(watched.look(), Found::Another);
        assert_eq!(watched.look(), Found::Same);
    }
}
