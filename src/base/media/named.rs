//! Files that keep a name: what an operator puts into a folder of the store by hand, or an agent sends, and another agent chooses by name.
//!
//! What it is not: what the files are; nor what residents send, which has no name but its content's. Invariant: a name is a plain one,
//! so that no path leads out of its folder; a file that has a name is whole.

use super::arriving::give_name;
use super::{Arriving, Store};
use crate::base::error::{Error, Result};
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

/// The most characters of a name.
pub const NAMED: usize = 80;

/// A file of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// What it is called.
    pub name: String,
    /// In bytes.
    pub size: u64,
}

/// Whether it is a name that a file may have here: letters, digits, points, hyphens; it does not begin with a point.
pub(super) fn is_plain_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && name.len() <= NAMED && !name.starts_with('.') && name.chars().all(plain)
}

/// The name that a file gets which is called so where it comes from; its ending stays.
pub fn plain_name(called: &str) -> String {
    let last = called.rsplit(['/', '\\']).next().unwrap_or_default();
    let folded = crate::base::text::fold(last);
    let (stem, ending) = folded.rsplit_once('.').unwrap_or((&folded, ""));
    let words = stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let stem: String = words.collect::<Vec<_>>().join("-").chars().take(NAMED - 16).collect();
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let stem = if stem.is_empty() { "carte".to_owned() } else { stem };
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

/// A file that nobody sees yet, removed when it has a name, or gets none.
struct Staged(PathBuf);

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

impl Store {
    /// Where a file of this name would lie; nothing where it is no plain name.
    pub fn named_at(&self, folder: &str, name: &str) -> Option<PathBuf> {
        is_plain_name(name).then(|| self.folder.join(folder).join(name))
    }

    /// The files of a folder by their names; none where there is no such folder.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub async fn named(&self, folder: &str) -> Result<Vec<Named>> {
        let folder = self.folder.join(folder);
        self.on_disk(move || {
            let inside = match fs::read_dir(&folder) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
                inside => inside?,
            };
            let mut found = Vec::new();
            for entry in inside {
                let entry = entry?;
                // A link to where the operator keeps large files is followed.
                let Ok(about) = fs::metadata(entry.path()) else { continue };
                let name = entry.file_name().to_string_lossy().into_owned();
                if about.is_file() && is_plain_name(&name) {
                    found.push(Named { name, size: about.len() });
                }
            }
            found.sort();
            Ok(found)
        })
        .await
    }

    /// Keeps a file that arrived under a name that no other has, once `look` has nothing against it: a number is put to the name where there is
    /// one. Until then nobody sees it. Gives the name.
    ///
    /// # Errors
    /// [`Error::TooLarge`], what `look` says, and where the disk refuses.
    pub async fn keep_named(
        &self,
        folder: &str,
        name: &str,
        mut file: Arriving,
        look: impl AsyncFnOnce(PathBuf) -> Result<()>,
    ) -> Result<String> {
        file.end().await;
        let (name, folder) = (name.to_owned(), self.folder.join(folder));
        let aside = file.aside()?;
        // What is looked at has its ending, and a name that is none here.
        let hidden = format!(".{}-{name}", uuid::Uuid::new_v4().simple());
        let staged = Staged(folder.join(&hidden));
        let there = folder.clone();
        self.on_disk(move || give_name(&aside, &there, &hidden)).await?;
        look(staged.0.clone()).await?;
        self.on_disk(move || {
            let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
            let free = |n: u32| match n {
                1 => name.clone(),
                n => format!("{stem}-{n}.{ending}"),
            };
            for free in (1..).map(free) {
                // A second name for it: there is never a moment in which one replaces another's.
                match fs::hard_link(&staged.0, folder.join(&free)) {
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                    named => return named.map(|()| free),
                }
            }
            Ok(name)
        })
        .await
    }

    /// Removes a file by its name. Gives whether there was one.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it is no plain name; where the disk refuses.
    pub async fn remove_named(&self, folder: &str, name: &str) -> Result<bool> {
        let path = self.named_at(folder, name).ok_or(Error::NotFound)?;
        self.on_disk(move || match fs::remove_file(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            gone => gone.map(|()| true),
        })
        .await
    }
}

#[cfg(test)]
mod named_tests {
    use super::{is_plain_name, plain_name};

    #[test]
    fn a_file_keeps_its_name_as_far_as_it_is_a_plain_one() {
        for (called, name) in [
            ("Ville de Niort (2026).PMTiles", "ville-de-niort-2026.pmtiles"),
            ("C:\\cartes\\Évry été.mbtiles", "evry-ete.mbtiles"),
            ("../../etc/passwd", "passwd"),
            ("....", "carte"),
            ("", "carte"),
        ] {
            assert_eq!(plain_name(called), name, "{called}");
            assert!(is_plain_name(name), "{name}");
        }
        assert!(plain_name(&format!("{}.pmtiles", "é".repeat(500))).len() <= super::NAMED);
        for bad in ["", ".hidden", "a/b", "..", "a b", "é"] {
            assert!(!is_plain_name(bad), "{bad}");
        }
    }
}
