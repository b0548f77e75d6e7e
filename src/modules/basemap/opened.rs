//! A basemap that was chosen, opened: its tiles where they are ours, what a style says of it, what the pages may ask for it.
//!
//! What it is not: the choice ([`super::choice`]), nor when another is taken up ([`super::Basemap`]). Invariant: what cannot be served is
//! refused here, never first when somebody looks; nothing is asked of another server.

use super::choice::Choice;
use super::drawing;
use super::presets::{Gives, Preset};
use super::tileset::{About, Tileset};
use crate::base::error::{Error, Result};
use crate::base::http::ContentPolicy;
use crate::core::layers::{Away, Scheme, Underlay, UnderlayTiles};
use axum::http::Uri;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

/// An open basemap.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(super) tileset: Option<Arc<Tileset>>,
    underlay: Arc<Underlay>,
    policy: ContentPolicy,
}

impl Default for Opened {
    fn default() -> Opened {
        Opened { tileset: None, underlay: Arc::default(), policy: ContentPolicy::OURS }
    }
}

impl Opened {
    /// Opens what was chosen.
    ///
    /// # Errors
    /// [`Error::Config`] where it is no file of tiles that we can draw, or no address.
    pub(super) async fn open(choice: &Choice) -> Result<Opened> {
        match choice {
            Choice::Nothing => Ok(Opened::default()),
            Choice::File(path) => file(path).await,
            Choice::Known(preset) => known(preset),
            Choice::Style(address) => {
                let host = address.parse::<Uri>().ok().and_then(|uri| uri.host().map(ToOwned::to_owned));
                let host = host.unwrap_or_default();
                let away = Away { by: host.clone(), hosts: vec![host], ..Away::default() };
                let policy = ContentPolicy::with_reads_from(&[address])?;
                Ok(Opened {
                    tileset: None,
                    underlay: Arc::new(Underlay::Style(address.clone(), away)),
                    policy,
                })
            }
        }
    }

    /// Its tiles, for what the server draws.
    pub(crate) fn tiles(&self) -> Option<UnderlayTiles> {
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
    pub(crate) fn underlay(&self) -> Arc<Underlay> {
        Arc::clone(&self.underlay)
    }

    /// What the pages may load.
    pub(crate) fn policy(&self) -> ContentPolicy {
        self.policy.clone()
    }
}

async fn file(path: &Path) -> Result<Opened> {
    let tileset = Tileset::open(path).await?;
    let about = &tileset.about;
    let mut source = source(about.is_vector, &[tileset.address()], (about.min_zoom, about.max_zoom));
    (source["bounds"], source["attribution"]) = (json!(about.bounds), json!(about.attribution));
    let [light, dark] = Scheme::ALL.map(|scheme| drawing::layers(about, scheme));
    let (light, dark) = (light.unwrap_or_default(), dark.unwrap_or_default());
    if light.is_empty() {
        return Err(Error::Config(format!(
            "schéma inconnu (couches : {0}) ; OpenMapTiles ou Protomaps attendu / unknown schema \
             (layers: {0}); OpenMapTiles or Protomaps expected",
            about.layer_names().join(", ")
        )));
    }
    let underlay = Arc::new(Underlay::Tiles { source, light, dark, away: None });
    Ok(Opened { tileset: Some(Arc::new(tileset)), underlay, ..Opened::default() })
}

fn known(preset: &'static Preset) -> Result<Opened> {
    let away = Away {
        by: preset.by.into(),
        hosts: preset.hosts.iter().map(ToString::to_string).collect(),
        notice: preset.notice.into(),
        attribution: preset.attribution.into(),
        wants_referrer: preset.wants_referrer,
    };
    let (addresses, underlay) = match preset.gives {
        Gives::Style(address) => (vec![address], Underlay::Style(address.into(), away)),
        Gives::Pictures(addresses, deepest) => {
            let tiles: Vec<String> = addresses.iter().map(ToString::to_string).collect();
            let mut source = source(false, &tiles, (0, deepest));
            source["attribution"] = json!(preset.attribution);
            let [light, dark] =
                Scheme::ALL.map(|scheme| drawing::layers(&About::default(), scheme).unwrap_or_default());
            (addresses.to_vec(), Underlay::Tiles { source, light, dark, away: Some(away) })
        }
    };
    let policy = ContentPolicy::with_reads_from(&addresses)?;
    Ok(Opened { tileset: None, underlay: Arc::new(underlay), policy })
}

/// A source, as a style has it.
fn source(is_vector: bool, tiles: &[String], (least, most): (u8, u8)) -> Value {
    let kind = if is_vector { "vector" } else { "raster" };
    let mut source = json!({ "type": kind, "tiles": tiles, "minzoom": least, "maxzoom": most });
    if !is_vector {
        source["tileSize"] = json!(256);
    }
    source
}
