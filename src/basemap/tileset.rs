//! A file of tiles, whichever its format: what it says of itself, and its tiles.
//!
//! What it is not: how a format is read (`store.rs` MBTiles, `archive.rs` PMTiles). Invariant: tiles are numbered from the
//! north (XYZ), and come as they lie in the file.

use super::archive::Archive;
use super::store::Mbtiles;
use crate::error::{Error, Result};
use bytes::Bytes;
use serde_json::Value;
use std::path::Path;

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

#[derive(Debug)]
enum File {
    Mbtiles(Mbtiles),
    Pmtiles(Box<Archive>),
}

/// An open file.
#[derive(Debug)]
pub(super) struct Tileset {
    file: File,
    pub(super) about: About,
}

impl Tileset {
    /// Opens a file by its ending.
    ///
    /// # Errors
    /// [`Error::Config`] saying what is wrong with it.
    pub(super) async fn open(path: &Path) -> Result<Tileset> {
        if !path.is_file() {
            return Err(Error::Config("aucun fichier de ce nom / there is no such file".into()));
        }
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("mbtiles") => {
                let (file, about) = Mbtiles::open(path).await?;
                Ok(Tileset { file: File::Mbtiles(file), about })
            }
            Some("pmtiles") => {
                let (file, about) = Archive::open(path).await?;
                Ok(Tileset { file: File::Pmtiles(Box::new(file)), about })
            }
            _ => Err(Error::Config(
                "un fichier .pmtiles ou .mbtiles, ou l’adresse https d’un style, est attendu / a .pmtiles or .mbtiles file, \
                 or the https address of a style, is expected"
                    .into(),
            )),
        }
    }

    /// A tile's bytes as they lie in the file; `None` where it has none.
    ///
    /// # Errors
    /// Where the file cannot be read any more.
    pub(super) async fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Bytes>> {
        match &self.file {
            File::Mbtiles(file) => file.tile(z, x, y).await,
            File::Pmtiles(file) => file.tile(z, x, y).await,
        }
    }
}
