//! A basemap: nothing, a file of tiles that we serve ourselves, or the style of another server.
//!
//! What it is: the file opened, its tiles and its TileJSON, and how it is drawn in our colours. What it is not: the map's
//! style, which takes what is here as plain values ([`Underlay`]), nor a tile server for many files. Invariant: what cannot
//! be served is refused when the server starts, never when somebody looks.

mod archive;
mod drawing;
mod packing;
mod routes;
mod store;
#[cfg(test)]
mod tests;
mod tileset;

use crate::base::config::Config;
use crate::base::error::{Error, Result};
use crate::civic::manifest::Module;
use crate::core::layers::{Scheme, Underlay, UnderlayTiles};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use tileset::Tileset;

/// The manifest.
pub const MODULE: Module = Module { name: "basemap", routes: routes::routes, ..Module::NOTHING };

/// What the operator chose, opened.
#[derive(Debug, Clone, Default)]
pub struct Basemap {
    tileset: Option<Arc<Tileset>>,
    underlay: Arc<Underlay>,
}

impl Basemap {
    /// Opens what `basemap` in the configuration names.
    ///
    /// # Errors
    /// [`Error::Config`] where it is neither an address nor a file of tiles that we can draw.
    pub async fn open(config: &Config) -> Result<Basemap> {
        let chosen = config.basemap.trim();
        if chosen.is_empty() {
            return Ok(Basemap::default());
        }
        if chosen.starts_with("http://") || chosen.starts_with("https://") {
            let underlay = Arc::new(Underlay::Style(chosen.to_owned()));
            return Ok(Basemap { tileset: None, underlay });
        }
        let tileset = Tileset::open(Path::new(chosen)).await.map_err(|error| match error {
            Error::Config(why) => Error::Config(format!("basemap = \"{chosen}\" : {why}")),
            other => other,
        })?;
        let about = &tileset.about;
        let mut source = json!({
            "type": if about.is_vector { "vector" } else { "raster" }, "tiles": ["/basemap/{z}/{x}/{y}"],
            "minzoom": about.min_zoom, "maxzoom": about.max_zoom, "bounds": about.bounds,
            "attribution": about.attribution,
        });
        if !about.is_vector {
            source["tileSize"] = json!(256);
        }
        let [light, dark] = Scheme::ALL.map(|scheme| drawing::layers(about, scheme));
        let (light, dark) = (light.unwrap_or_default(), dark.unwrap_or_default());
        if light.is_empty() {
            return Err(Error::Config(format!(
                "basemap = \"{chosen}\" : schéma inconnu (couches : {0}) ; OpenMapTiles ou Protomaps attendu / unknown schema \
                 (layers: {0}); OpenMapTiles or Protomaps expected",
                about.layer_names().join(", ")
            )));
        }
        let underlay = Arc::new(Underlay::Tiles { source, light, dark });
        Ok(Basemap { tileset: Some(Arc::new(tileset)), underlay })
    }

    /// Its tiles, for what the server draws.
    pub fn tiles(&self) -> Option<UnderlayTiles> {
        let tileset = self.tileset.clone()?;
        Some(UnderlayTiles(Arc::new(move |tile| {
            let tileset = Arc::clone(&tileset);
            Box::pin(async move {
                let Some((bytes, packing)) = tileset.tile(tile.z, tile.x, tile.y).await else {
                    return Ok(None);
                };
                packing
                    .unpacked(&bytes)
                    .map(Some)
                    .map_err(|error| Error::Internal(format!("basemap: {error}")))
            })
        })))
    }

    /// What a style needs of it.
    pub fn underlay(&self) -> Arc<Underlay> {
        Arc::clone(&self.underlay)
    }
}
