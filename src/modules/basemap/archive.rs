//! PMTiles 3: tiles in one file with directories, read where they lie.
//!
//! What it is not: a reader over the network. The file is read, not mapped into memory: a file that becomes shorter under a
//! running server would end the process otherwise. Invariant: every part that the header names lies within the file when it is
//! opened.

use super::tileset::{About, bounds, media_of};
use crate::base::error::{Error, Result};
use bytes::Bytes;
use futures_util::TryStreamExt;
use pmtiles::{
    AsyncBackend, AsyncPmTilesReader, BackendResponse, Compression, PmtResult, TileCoord, TileType,
};
use serde_json::Value;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

/// A header's length in bytes.
const HEADER: usize = 127;

/// Directory entries that are looked through for a sample, at most: those of a region; of the whole world the first zooms.
const MOST_ENTRIES: usize = 200_000;

/// An open file.
pub(super) struct Archive {
    reader: Arc<AsyncPmTilesReader<Whole>>,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Archive(…)")
    }
}

/// The file itself.
struct Whole(Arc<File>);

impl AsyncBackend for Whole {
    async fn read(&self, offset: u64, length: usize) -> PmtResult<BackendResponse> {
        let file = Arc::clone(&self.0);
        let read = tokio::task::spawn_blocking(move || {
            let there = file.metadata()?.len().saturating_sub(offset);
            let mut bytes = vec![0; length.min(usize::try_from(there).unwrap_or(length))];
            file.read_exact_at(&mut bytes, offset)?;
            Ok::<_, io::Error>(bytes)
        });
        let bytes = read.await.map_err(io::Error::other)??;
        Ok(BackendResponse::new(bytes.into()))
    }
}

fn broken(error: &pmtiles::PmtError) -> Error {
    refused(&format!("{error}"))
}

fn refused(why: &str) -> Error {
    Error::Config(format!("pas un fichier PMTiles 3 lisible / no readable PMTiles 3 file ({why})"))
}

/// Refuses a file that ends before one of the parts that its header names.
fn whole(file: &mut File) -> Result<()> {
    let io = |e: io::Error| refused(&e.to_string());
    let mut header = [0; HEADER];
    file.read_exact(&mut header).map_err(io)?;
    let number = |at: usize| header[at..at + 8].iter().rev().fold(0u64, |n, byte| n << 8 | u64::from(*byte));
    let there = file.metadata().map_err(io)?.len();
    // Root directory, metadata, leaf directories, tiles: where each begins and how long it is.
    for at in [8, 24, 40, 56] {
        let end = number(at).saturating_add(number(at + 8));
        if header.starts_with(b"PMTiles") && end > there {
            return Err(Error::Config(format!(
                "fichier tronqué : {there} octets, l’en-tête en annonce {end} ; copiez-le à nouveau / truncated file: {there} bytes, \
                 its header announces {end}; copy it again"
            )));
        }
    }
    Ok(())
}

impl Archive {
    /// Opens a file and reads what it says of itself.
    ///
    /// # Errors
    /// [`Error::Config`] where it is no PMTiles, is not whole, or holds what a map cannot show.
    pub(super) async fn open(path: &Path) -> Result<(Archive, About)> {
        let mut file = File::open(path).map_err(|e| refused(&e.to_string()))?;
        whole(&mut file)?;
        let backend = Whole(Arc::new(file));
        let reader = AsyncPmTilesReader::try_from_source(backend).await.map_err(|e| broken(&e))?;
        let said = reader.get_metadata().await.map_err(|e| broken(&e))?;
        let about = about(&reader, &said)?;
        Ok((Archive { reader: Arc::new(reader) }, about))
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

    /// Tiles from all over the file, at most `most`.
    ///
    /// # Errors
    /// [`Error::Config`] where a directory cannot be read.
    pub(super) async fn some_tiles(&self, most: usize) -> Result<Vec<(u8, u32, u32)>> {
        let count = self.reader.get_header().n_tile_entries().map_or(0, std::num::NonZeroU64::get);
        let count = usize::try_from(count).unwrap_or(usize::MAX).min(MOST_ENTRIES);
        let step = (count / most).max(1);
        let mut entries = Arc::clone(&self.reader).entries();
        let (mut at, mut found) = (0, Vec::new());
        while let Some(entry) = entries.try_next().await.map_err(|e| broken(&e))? {
            if at % step == 0 && found.len() < most {
                let coord = entry.iter_coords().next().map(TileCoord::from);
                found.extend(coord.map(|tile| (tile.z(), tile.x(), tile.y())));
            }
            at += 1;
            if at >= MOST_ENTRIES {
                break;
            }
        }
        Ok(found)
    }
}

fn about(reader: &AsyncPmTilesReader<Whole>, said: &str) -> Result<About> {
    let said: Value = serde_json::from_str(said).unwrap_or_default();
    // Converters leave the MBTiles' own JSON as a text in it, and its layers there.
    let inner: Value =
        said["json"].as_str().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    let layers = said["vector_layers"].as_array().or_else(|| inner["vector_layers"].as_array());
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
    if header.tile_compression == Compression::Zstd {
        return Err(super::packing::zstd());
    }
    let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
    Ok(About {
        name: text("name"),
        is_vector: format == "mvt",
        media,
        min_zoom: header.min_zoom,
        max_zoom: header.max_zoom,
        bounds: bounds([
            header.min_longitude,
            header.min_latitude,
            header.max_longitude,
            header.max_latitude,
        ]),
        attribution: text("attribution"),
        vector_layers: layers.cloned().unwrap_or_default(),
    })
}
