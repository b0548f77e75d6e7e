//! PMTiles 3: tiles in one file with directories, read where they lie (memory-mapped).
//!
//! What it is not: a reader over the network. Invariant: only what browsers can unpack, plain or gzip, is taken.

use super::tileset::{About, media_of};
use crate::error::{Error, Result};
use bytes::Bytes;
use pmtiles::{AsyncPmTilesReader, Compression, MmapBackend, TileCoord, TileType};
use serde_json::Value;
use std::path::Path;

/// An open file.
pub(super) struct Archive {
    reader: AsyncPmTilesReader<MmapBackend>,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Archive(…)")
    }
}

fn broken(error: &pmtiles::PmtError) -> Error {
    Error::Config(format!("pas un fichier PMTiles 3 lisible / no readable PMTiles 3 file ({error})"))
}

impl Archive {
    /// Opens a file and reads what it says of itself.
    ///
    /// # Errors
    /// [`Error::Config`] where it is no PMTiles, or holds what a map cannot show.
    pub(super) async fn open(path: &Path) -> Result<(Archive, About)> {
        let backend = MmapBackend::try_from(path).await.map_err(|e| broken(&e))?;
        let reader = AsyncPmTilesReader::try_from_source(backend).await.map_err(|e| broken(&e))?;
        let said = reader.get_metadata().await.map_err(|e| broken(&e))?;
        let said: Value = serde_json::from_str(&said).unwrap_or_default();
        // Converters leave the MBTiles' own JSON as a text in it, and its layers there.
        let inner: Value =
            said["json"].as_str().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let layers = said["vector_layers"].as_array().or_else(|| inner["vector_layers"].as_array());
        let vector_layers = layers.cloned().unwrap_or_default();
        let header = reader.get_header();
        let format = match header.tile_type {
            TileType::Mvt => "mvt",
            TileType::Png => "png",
            TileType::Jpeg => "jpeg",
            TileType::Webp => "webp",
            TileType::Avif => "avif",
            _ => "?",
        };
        let media = media_of(format).ok_or_else(|| {
            Error::Config(
                "format de tuiles que les cartes ne savent pas lire / tiles that maps cannot read".into(),
            )
        })?;
        if !matches!(header.tile_compression, Compression::None | Compression::Gzip | Compression::Unknown) {
            return Err(Error::Config(format!(
                "tuiles compressées en {0:?} ; recompressez-les en gzip / tiles compressed as {0:?}; compress them with gzip",
                header.tile_compression
            )));
        }
        let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
        let about = About {
            name: text("name"),
            is_vector: format == "mvt",
            media,
            min_zoom: header.min_zoom,
            max_zoom: header.max_zoom,
            bounds: [header.min_longitude, header.min_latitude, header.max_longitude, header.max_latitude],
            attribution: text("attribution"),
            vector_layers,
        };
        Ok((Archive { reader }, about))
    }

    /// A tile's bytes.
    ///
    /// # Errors
    /// Where the file cannot be read any more.
    pub(super) async fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Bytes>> {
        let internal = |e: pmtiles::PmtError| Error::Internal(format!("basemap: {e}"));
        let coord = TileCoord::new(z, x, y).map_err(internal)?;
        self.reader.get_tile(coord).await.map_err(internal)
    }
}
