//! MBTiles 1.3: tiles in an SQLite file, numbered from the south (TMS). Read only.
//!
//! What it is not: our own database; this is a file that somebody else made. Invariant: nothing is ever written to it.

use super::tileset::{About, bounds, media_of};
use crate::base::error::{Error, Result};
use bytes::Bytes;
use serde_json::Value;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// An open file.
#[derive(Debug)]
pub(super) struct Mbtiles {
    pool: SqlitePool,
}

fn broken(error: &sqlx::Error) -> Error {
    Error::Config(format!("pas un fichier MBTiles lisible / no readable MBTiles file ({error})"))
}

impl Mbtiles {
    /// Opens a file and reads what it says of itself.
    ///
    /// # Errors
    /// [`Error::Config`] where it is no MBTiles, or holds what a map cannot show.
    pub(super) async fn open(path: &Path) -> Result<(Mbtiles, About)> {
        whole(path)?;
        // Immutable: no lock and no journal is looked for beside a file that may lie on a read-only disk.
        let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await;
        let pool = pool.map_err(|e| broken(&e))?;
        check(&pool, path).await?;
        let rows: Vec<(String, Option<String>)> =
            sqlx::query_as("select name, cast(value as text) from metadata")
                .fetch_all(&pool)
                .await
                .map_err(|e| broken(&e))?;
        let said: HashMap<String, String> =
            rows.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let zooms: (Option<i64>, Option<i64>) =
            sqlx::query_as("select min(zoom_level), max(zoom_level) from tiles")
                .fetch_one(&pool)
                .await
                .map_err(|e| broken(&e))?;
        let (Some(least), Some(most)) = zooms else {
            return Err(Error::Config("aucune tuile dans ce fichier / no tile in this file".into()));
        };
        let format = said.get("format").map_or("", String::as_str);
        let media = media_of(format).ok_or_else(|| {
            Error::Config(format!("format de tuiles inconnu « {format} » / unknown tile format \"{format}\""))
        })?;
        let text = |name: &str| said.get(name).cloned().unwrap_or_default();
        let json: Value = serde_json::from_str(&text("json")).unwrap_or_default();
        let about = About {
            name: text("name"),
            is_vector: format == "pbf" || format == "mvt",
            media,
            min_zoom: u8::try_from(least).unwrap_or(0),
            max_zoom: u8::try_from(most).unwrap_or(22),
            bounds: bounds_of(&text("bounds")),
            attribution: text("attribution"),
            vector_layers: json["vector_layers"].as_array().cloned().unwrap_or_default(),
        };
        Ok((Mbtiles { pool }, about))
    }

    /// A tile's bytes.
    ///
    /// # Errors
    /// Where the file cannot be read any more.
    pub(super) async fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Bytes>> {
        let Some(south) = 1u32.checked_shl(u32::from(z)).and_then(|rows| rows.checked_sub(y + 1)) else {
            return Ok(None);
        };
        let row: Option<(Vec<u8>,)> = sqlx::query_as(
            "select tile_data from tiles where zoom_level = $1 and tile_column = $2 and tile_row = $3",
        )
        .bind(i64::from(z))
        .bind(i64::from(x))
        .bind(i64::from(south))
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|(bytes,)| bytes.into()))
    }

    /// Tiles of every zoom, about `most` together.
    ///
    /// # Errors
    /// [`Error::Config`] where the file cannot be read.
    pub(super) async fn some_tiles(&self, most: usize) -> Result<Vec<(u8, u32, u32)>> {
        let each = i64::try_from(most / 16).unwrap_or(1).max(1);
        let mut found = Vec::new();
        for zoom in 0..=22i64 {
            let rows: Vec<(i64, i64)> =
                sqlx::query_as("select tile_column, tile_row from tiles where zoom_level = $1 limit $2")
                    .bind(zoom)
                    .bind(each)
                    .fetch_all(&self.pool)
                    .await
                    .map_err(|e| broken(&e))?;
            let xyz = |(x, south): (i64, i64)| {
                let z = u8::try_from(zoom).ok()?;
                let rows = 1u32.checked_shl(u32::from(z))?;
                Some((z, u32::try_from(x).ok()?, rows.checked_sub(1 + u32::try_from(south).ok()?)?))
            };
            found.extend(rows.into_iter().filter_map(xyz));
        }
        Ok(found)
    }
}

/// Small enough to be looked through whole when it is opened, in bytes.
const SMALL: u64 = 64 << 20;

/// Refuses a file that ends before the last page that its header counts (SQLite's file format, 1.3).
fn whole(path: &Path) -> Result<()> {
    let io = |e: std::io::Error| broken(&sqlx::Error::Io(e));
    let mut header = [0u8; 100];
    let mut file = File::open(path).map_err(io)?;
    file.read_exact(&mut header).map_err(io)?;
    let part = |at: usize, length: usize| {
        header[at..at + length].iter().fold(0u64, |n, byte| n << 8 | u64::from(*byte))
    };
    let page = if part(16, 2) == 1 { 65_536 } else { part(16, 2) };
    // The count is only meant where the two change counters are the same.
    let (pages, is_meant) = (part(28, 4), part(24, 4) == part(92, 4));
    let there = file.metadata().map_err(io)?.len();
    if header.starts_with(b"SQLite format 3") && is_meant && pages * page > there {
        return Err(Error::Config(format!(
            "fichier tronqué : {there} octets sur {0} ; copiez-le à nouveau / truncated file: {there} bytes of {0}; copy it again",
            pages * page
        )));
    }
    Ok(())
}

/// Looks for damage: in a small file everywhere.
async fn check(pool: &SqlitePool, path: &Path) -> Result<()> {
    if std::fs::metadata(path).is_ok_and(|file| file.len() > SMALL) {
        return Ok(());
    }
    let said: Vec<(String,)> =
        sqlx::query_as("pragma quick_check(1)").fetch_all(pool).await.map_err(|e| broken(&e))?;
    match said.first() {
        Some((word,)) if word != "ok" => Err(Error::Config(format!(
            "fichier MBTiles endommagé ; copiez-le à nouveau / damaged MBTiles file; copy it again ({word})"
        ))),
        _ => Ok(()),
    }
}

/// `west,south,east,north`; the whole world where it is not said.
fn bounds_of(text: &str) -> [f64; 4] {
    let numbers: Vec<f64> = text.split(',').filter_map(|n| n.trim().parse().ok()).collect();
    bounds(numbers.try_into().unwrap_or_default())
}
