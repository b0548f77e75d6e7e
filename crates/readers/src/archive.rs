//! Archives: what a ZIP holds, within bounds.
//!
//! What it is: entries by name, never more than a bound once unpacked; a shapefile unpacked beside other temporary files.
//! What it is not: it trusts no size that an archive declares, and no path.
//! Invariant: what is unpacked lies in a folder of its own, under names of ours, and goes when it was read.

use std::{
    fs::{self, File},
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use zip::ZipArchive;

/// An open archive, and how many bytes may still come out of it.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    left: u64,
}

fn broken(error: &dyn std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

fn too_large() -> io::Error {
    io::Error::new(
        io::ErrorKind::FileTooLarge,
        "archive trop grande une fois décompressée / too large once unpacked",
    )
}

impl Archive {
    /// Opens an archive of which at most `most` bytes are unpacked.
    ///
    /// # Errors
    /// The disk's, or no archive.
    pub(super) fn open(path: &Path, most: u64) -> io::Result<Archive> {
        let zip = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(|error| broken(&error))?;
        Ok(Archive { zip, left: most })
    }

    /// The names of its files, in order.
    pub(super) fn names(&self) -> Vec<String> {
        self.zip.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect()
    }

    /// The content of a file; `None` where there is none of that name.
    ///
    /// # Errors
    /// The archive is damaged, or larger than allowed.
    pub(super) fn content(&mut self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let Ok(entry) = self.zip.by_name(name) else { return Ok(None) };
        let mut content = Vec::new();
        entry.take(self.left + 1).read_to_end(&mut content)?;
        let length = content.len() as u64;
        self.left = self.left.checked_sub(length).ok_or_else(too_large)?;
        Ok(Some(content))
    }

    /// Unpacks a file under another name.
    fn unpack(&mut self, name: &str, to: &Path) -> io::Result<()> {
        let entry = self.zip.by_name(name).map_err(|error| broken(&error))?;
        let written = io::copy(&mut entry.take(self.left + 1), &mut File::create_new(to)?)?;
        self.left = self.left.checked_sub(written).ok_or_else(too_large)?;
        Ok(())
    }
}

/// Files unpacked for as long as they are read.
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    fn new() -> io::Result<Folder> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("parvis-import-{}-{number}", std::process::id()));
        fs::create_dir(&path)?;
        Ok(Folder { path })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing can be done about a temporary folder that is already gone.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// What of an archive can be read.
pub(super) enum Found {
    /// A file unpacked: the shapefile, table, GeoJSON or GeoPackage that it holds.
    File(PathBuf, Folder),
    /// Several, or none: the names of what could be read.
    Choose(Vec<String>),
}

/// The extensions of files that are read, and those of a shapefile's neighbours.
const READ: [&str; 12] =
    ["shp", "gpkg", "geojson", "json", "csv", "tsv", "txt", "xlsx", "ods", "ndjson", "geojsonl", "jsonl"];
const NEIGHBOURS: [&str; 5] = ["shp", "dbf", "prj", "cpg", "shx"];

fn split(name: &str) -> Option<(&str, String)> {
    let (stem, end) = name.rsplit_once('.')?;
    Some((stem, end.to_ascii_lowercase()))
}

/// Unpacks the one file of an archive that can be read; a shapefile with its neighbours. `wanted` chooses among several.
///
/// # Errors
/// The archive's, or the disk's.
pub(super) fn unpack(path: &Path, wanted: Option<&str>, most: u64) -> io::Result<Found> {
    let mut archive = Archive::open(path, most)?;
    let names = archive.names();
    let is_hidden = |name: &str| name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    let readable =
        |name: &&String| split(name).is_some_and(|(_, end)| READ.contains(&end.as_str())) && !is_hidden(name);
    let all: Vec<&String> = names.iter().filter(readable).collect();
    let is_wanted = |name: &&String| {
        let file = name.rsplit('/').next().unwrap_or(name);
        wanted.is_none_or(|wanted| {
            **name == wanted || file == wanted || split(file).is_some_and(|(stem, _)| stem == wanted)
        })
    };
    let mut chosen: Vec<&String> = all.iter().copied().filter(is_wanted).collect();
    let shapes: Vec<&String> =
        chosen.iter().copied().filter(|name| split(name).is_some_and(|(_, end)| end == "shp")).collect();
    // Readmes and metadata lie beside a shapefile.
    if !shapes.is_empty() {
        chosen = shapes;
    }
    let [name] = chosen.as_slice() else { return Ok(Found::Choose(all.into_iter().cloned().collect())) };
    let folder = Folder::new()?;
    let Some((stem, end)) = split(name) else { return Ok(Found::Choose(vec![])) };
    let file = folder.path.join(format!("file.{end}"));
    if end == "shp" {
        let beside = |other: &&String| {
            split(other).is_some_and(|(own, end)| own == stem && NEIGHBOURS.contains(&end.as_str()))
        };
        for other in names.iter().filter(beside) {
            if let Some((_, end)) = split(other) {
                archive.unpack(other, &folder.path.join(format!("file.{end}")))?;
            }
        }
    } else {
        archive.unpack(name, &file)?;
    }
    Ok(Found::File(file, folder))
}
