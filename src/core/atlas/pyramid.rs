//! Tiles of the live map: which layers, rendered when asked for, kept until touched.

use super::world::{AREAS_LAYER, NAMES_LAYER, World};
use super::{Atlas, Filter, Tile, cache};
use crate::base::error::Result;
use parvis_tiles::{Layers, TileCoord, encode};
use std::sync::Arc;

/// The deepest zoom of tiles; clients enlarge these beyond. Positions there are good to 4 cm.
pub const DEEPEST_ZOOM: u8 = 18;

/// The tile layers that hold features. Asked for together as `features`.
pub const FEATURE_LAYERS: [&str; 4] = ["points", "clusters", "lines", "polygons"];

/// Which layers a tile holds: some of the features', the areas, the names, some of the context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    features: Layers,
    areas: bool,
    names: bool,
    context: Vec<String>,
}

impl Selection {
    /// Every layer there is.
    pub fn everything(world: &World) -> Selection {
        Selection {
            features: Layers::ALL,
            areas: true,
            names: true,
            context: world.layers().iter().map(|(layer, _)| layer.slug.clone()).collect(),
        }
    }

    /// The layers of a list such as `features` or `areas,water`; `None` where one does not exist.
    pub fn of_names(names: &str, world: &World) -> Option<Selection> {
        let mut selection =
            Selection { features: Layers::NONE, areas: false, names: false, context: Vec::new() };
        for name in names.split(',') {
            match name {
                "features" => selection.features = Layers::ALL,
                "points" => selection.features.points = true,
                "clusters" => selection.features.clusters = true,
                "lines" => selection.features.lines = true,
                "polygons" => selection.features.polygons = true,
                AREAS_LAYER => selection.areas = true,
                NAMES_LAYER => selection.names = true,
                slug if world.layers().iter().any(|(layer, _)| layer.slug == slug) => {
                    if !selection.context.iter().any(|c| c == slug) {
                        selection.context.push(slug.to_owned());
                    }
                }
                _ => return None,
            }
        }
        Some(selection)
    }

    fn has_features(&self) -> bool {
        self.features != Layers::NONE
    }

    /// What a tile without features is kept under: only what it shows makes it stale.
    pub(super) fn stamp(&self, world: &World) -> u64 {
        let of = |is_shown: bool, stamp: u64| if is_shown { stamp } else { 0 };
        let areas = of(self.areas || self.names, world.areas.stamp);
        areas.max(of(self.names || !self.context.is_empty(), world.layers.stamp))
    }

    /// One text for one set of layers and one filter.
    fn key(&self, filter: &Filter) -> Box<str> {
        let mut key = format!("{:?}", self.features);
        if self.areas {
            key.push_str(",areas");
        }
        if self.names {
            key.push_str(",names");
        }
        for slug in &self.context {
            key.push(',');
            key.push_str(slug);
        }
        key.push('?');
        if self.has_features() {
            key.push_str(&filter.canonical());
            if let Some(holding) = &filter.holding {
                // A reader may have looked the words up before a text changed and read the stamp after: the set tells them apart.
                key.push_str(&format!("#{:016x}.{}", holding.digest(), holding.len()));
            }
        }
        key.into()
    }
}

impl Atlas {
    /// A tile with these layers, its features filtered.
    ///
    /// # Errors
    /// [`crate::base::error::Error::Invalid`] where the filter names a theme, process or area that there is not.
    pub fn tile(&self, tile: TileCoord, layers: &Selection, filter: &Filter) -> Result<Arc<Tile>> {
        // The stamp first, the content after: see this module's invariant.
        let stamp = if layers.has_features() {
            self.stamps.version_of(tile)
        } else {
            layers.stamp(&self.world.load())
        };
        let key = cache::Key { tile, what: layers.key(filter) };
        let tile = self.cache.get(key, stamp, || self.render(tile, layers, filter))?;
        if !layers.has_features() {
            tile.lasts();
        }
        Ok(tile)
    }

    fn render(&self, tile: TileCoord, layers: &Selection, filter: &Filter) -> Result<Vec<u8>> {
        let snapshot = self.reader.snapshot();
        let (world, sets) = (self.world.load(), self.area_sets.load());
        let mut bytes = Vec::new();
        // A tile is its layers one after the other: encoded apart, they are joined as they are.
        if layers.areas {
            bytes.extend(world.areas.drawn.context.tile(tile).unwrap_or_default());
        }
        if layers.names {
            bytes.extend(world.names.tile(tile).unwrap_or_default());
        }
        for (layer, context) in world.layers() {
            if layers.context.contains(&layer.slug) {
                bytes.extend(context.tile(tile).unwrap_or_default());
            }
        }
        if layers.has_features() {
            let filter = filter.compile(&world, &sets)?;
            let content = snapshot.tile(tile, &filter, &world.vocabulary.options);
            bytes.extend(encode(&content, &world.vocabulary.labels, layers.features));
        }
        Ok(bytes)
    }
}
