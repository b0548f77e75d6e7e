//! MBTiles 1.3: tiles in an SQLite file, numbered from the south (TMS). Read only.
//!
//! What it is not: our own database; this is a file that somebody else made. Invariant: nothing is ever written to it.

use super::tileset::{About, media_of};
use crate::error::{Error, Result};
use bytes::Bytes;
use serde_json::Value;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::collections::HashMap;
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
        // Immutable: no lock and no journal is looked for beside a file that may lie on a read-only disk.
        let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await;
        let pool = pool.map_err(|e| broken(&e))?;
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
            bounds: bounds(&text("bounds")),
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
        let south = (1u32 << z) - 1 - y;
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
}

/// `west,south,east,north`; the whole world where it is not said.
fn bounds(text: &str) -> [f64; 4] {
    let numbers: Vec<f64> = text.split(',').filter_map(|n| n.trim().parse().ok()).collect();
    numbers.try_into().unwrap_or([-180.0, -85.05, 180.0, 85.05])
}
