//! A file of tiles, whichever its format: what it says of itself, and its tiles.
//!
//! What it is not: how a format is read (`store.rs` MBTiles, `archive.rs` PMTiles), nor how a tile is packed (`packing.rs`).
//! Invariant: tiles are numbered from the north (XYZ); a file whose tiles cannot be read and shown is refused when it is opened.

use super::archive::Archive;
use super::packing::{self, Packing};
use super::store::Mbtiles;
use crate::base::error::{Error, Result};
use crate::base::media::Digest;
use bytes::Bytes;
use serde_json::Value;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::UNIX_EPOCH;

/// Tiles that are looked at when a file is opened: enough to find damage, few enough for a start of a second.
const SAMPLE: usize = 400;

/// The world as Web Mercator shows it: west, south, east, north in degrees.
const WORLD: [f64; 4] = [-180.0, -85.051_129, 180.0, 85.051_129];

/// What a file says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct About {
    pub(super) name: String,
    pub(super) is_vector: bool,
    /// The media type of a tile.
    pub(super) media: &'static str,
    pub(super) min_zoom: u8,
    pub(super) max_zoom: u8,
    /// West, south, east, north in degrees.
    pub(super) bounds: [f64; 4],
    pub(super) attribution: String,
    /// As in TileJSON.
    pub(super) vector_layers: Vec<Value>,
}

impl About {
    pub(super) fn layer_names(&self) -> Vec<&str> {
        self.vector_layers.iter().filter_map(|layer| layer["id"].as_str()).collect()
    }
}

/// Bounds as a client can use them: it asks for no tile outside, so that wrong ones leave the map empty and wide ones do no
/// harm. What is no box (all zero, no numbers, north below south) is the world; one from east to west over the antimeridian is
/// all longitudes; what lies beyond the world is cut off.
pub(super) fn bounds(said: [f64; 4]) -> [f64; 4] {
    let [west, south, east, north] = said;
    if !said.iter().all(|degrees| degrees.is_finite()) || south >= north || west == east {
        return WORLD;
    }
    let (south, north) = (south.clamp(WORLD[1], WORLD[3]), north.clamp(WORLD[1], WORLD[3]));
    let (west, east) = (west.max(-180.0), east.min(180.0));
    let (west, east) = if west < east { (west, east) } else { (-180.0, 180.0) };
    if south < north { [west, south, east, north] } else { WORLD }
}

/// The media type of a format's name; `None` for one that a map cannot show.
pub(super) fn media_of(format: &str) -> Option<&'static str> {
    Some(match format {
        "pbf" | "mvt" => "application/vnd.mapbox-vector-tile",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        _ => return None,
    })
}

/// Whether bytes begin as a picture of this media type does.
fn is_picture(media: &str, bytes: &[u8]) -> bool {
    match media {
        "image/png" => bytes.starts_with(b"\x89PNG"),
        "image/jpeg" => bytes.starts_with(&[0xff, 0xd8]),
        "image/webp" => bytes.starts_with(b"RIFF"),
        _ => bytes.get(4..8) == Some(b"ftyp"),
    }
}

#[derive(Debug)]
enum File {
    Mbtiles(Mbtiles),
    Pmtiles(Box<Archive>),
}

/// An open file.
#[derive(Debug)]
pub(super) struct Tileset {
    file: File,
    /// How its tiles are packed, those of the sample: mostly one way.
    packings: Vec<Packing>,
    /// Whether it was told that a tile could not be read.
    has_told: AtomicBool,
    pub(super) about: About,
    /// Tells this file from another one that is served later.
    version: String,
}

/// Of where it lies, its length and when it was written: the same on every server that shares its folder.
fn version(path: &Path) -> String {
    let about = std::fs::metadata(path).ok();
    let written = about.as_ref().and_then(|about| about.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    let said = (path, about.map_or(0, |about| about.len()), written.map_or(0, |since| since.as_millis()));
    Digest::of(format!("{said:?}").as_bytes()).as_str().chars().take(8).collect()
}

impl Tileset {
    /// Opens a file by its ending, and looks at some of its tiles.
    ///
    /// # Errors
    /// [`Error::Config`] saying what is wrong with it.
    pub(super) async fn open(path: &Path) -> Result<Tileset> {
        if !path.is_file() {
            return Err(Error::Config("aucun fichier de ce nom / there is no such file".into()));
        }
        let (file, about) = match path.extension().and_then(|ending| ending.to_str()) {
            Some("mbtiles") => Mbtiles::open(path).await.map(|(file, about)| (File::Mbtiles(file), about))?,
            Some("pmtiles") => {
                Archive::open(path).await.map(|(file, about)| (File::Pmtiles(Box::new(file)), about))?
            }
            _ => {
                return Err(Error::Config(
                    "un fichier .pmtiles ou .mbtiles, ou l’adresse https d’un style, est attendu / a .pmtiles or .mbtiles file, \
                     or the https address of a style, is expected"
                        .into(),
                ));
            }
        };
        let mut tileset = Tileset {
            file,
            packings: Vec::new(),
            has_told: AtomicBool::new(false),
            about,
            version: version(path),
        };
        tileset.packings = tileset.look_through().await?;
        Ok(tileset)
    }

    /// The address of its tiles: another one for another file, so that no browser mixes what it kept of both.
    pub(super) fn address(&self) -> String {
        format!("/basemap/{{z}}/{{x}}/{{y}}?v={}", self.version)
    }

    /// Reads a sample of the tiles; gives the ways in which they are packed.
    async fn look_through(&self) -> Result<Vec<Packing>> {
        let sample = match &self.file {
            File::Mbtiles(file) => file.some_tiles(SAMPLE).await?,
            File::Pmtiles(file) => file.some_tiles(SAMPLE).await?,
        };
        if sample.is_empty() {
            return Err(Error::Config("aucune tuile dans ce fichier / no tile in this file".into()));
        }
        let mut packings = Vec::new();
        for (z, x, y) in sample {
            let read = self.raw(z, x, y).await;
            let packing = match &read {
                Ok(Some(bytes)) if packing::is_zstd(bytes) => return Err(packing::zstd()),
                Ok(Some(bytes)) if self.about.is_vector => Packing::of_vector(bytes),
                Ok(Some(bytes)) => is_picture(self.about.media, bytes).then_some(Packing::Plain),
                // A file may name what it leaves out.
                Ok(None) => continue,
                Err(_) => None,
            };
            let Some(packing) = packing else {
                let why = read.err().map(|error| format!(" ({error})")).unwrap_or_default();
                return Err(Error::Config(format!(
                    "tuile {z}/{x}/{y} illisible : fichier endommagé ou incomplet ; copiez-le à nouveau / tile {z}/{x}/{y} cannot be \
                     read: the file is damaged or not whole; copy it again{why}"
                )));
            };
            if !packings.contains(&packing) {
                packings.push(packing);
            }
        }
        Ok(packings)
    }

    /// A tile's bytes as they lie in the file.
    async fn raw(&self, z: u8, x: u32, y: u32) -> Result<Option<Bytes>> {
        match &self.file {
            File::Mbtiles(file) => file.tile(z, x, y).await,
            File::Pmtiles(file) => file.tile(z, x, y).await,
        }
    }

    /// A tile as it lies in the file, and how it is packed; `None` where there is none. What can no longer be read is not there,
    /// either: that is told in the log once, not at each request.
    pub(super) async fn tile(&self, z: u8, x: u32, y: u32) -> Option<(Bytes, Packing)> {
        let found = self.raw(z, x, y).await.unwrap_or_else(|error| {
            self.tell(&error);
            None
        });
        let bytes = found.filter(|bytes| !bytes.is_empty())?;
        let packing = match self.packings.as_slice() {
            [only] if only.could_begin(&bytes) => Some(*only),
            _ if self.about.is_vector => Packing::of_vector(&bytes),
            _ => Some(Packing::Plain),
        };
        if packing.is_none() {
            self.tell(&Error::Internal(format!("tile {z}/{x}/{y} is damaged")));
        }
        Some((bytes, packing?))
    }

    /// Tells the log that a tile could not be read, the first time. Gives whether it did.
    pub(super) fn tell(&self, error: &Error) -> bool {
        let is_first = !self.has_told.swap(true, Ordering::Relaxed);
        if is_first {
            tracing::error!(%error, "the basemap's file can no longer be read: such tiles are left out");
        }
        is_first
    }
}
