//! Tiles of the live map: which layers, rendered when asked for, kept until touched.

use super::world::{AREAS_LAYER, NAMES_LAYER, World};
use super::{Atlas, Filter, Tile, cache};
use crate::base::error::Result;
use crate::base::ids::LayerId;
use parvis_tiles::{Layers, TileCoord, encode};
use std::sync::Arc;

/// The deepest zoom of tiles; clients enlarge these beyond. Positions there are good to 4 cm.
pub const DEEPEST_ZOOM: u8 = 18;

/// The tile layers that hold features. Asked for together as `features`; as `surface` with `squares` for clusters.
pub const FEATURE_LAYERS: [&str; 4] = ["points", "clusters", "lines", "polygons"];

const FEATURES: Layers = Layers { squares: false, ..Layers::ALL };

/// What stands where points would overlap: a disc for many, or a square for each place (ADR 124).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Discs with counts.
    Clusters,
    /// Squares, the darker the more.
    Squares,
}

impl Grouping {
    /// From so many contributions on, discs would stand in rows over a whole town and say nothing of where things are.
    const MANY: u64 = 1_000;

    /// What serves so many contributions best.
    pub fn of(total: u64) -> Grouping {
        if total < Grouping::MANY { Grouping::Clusters } else { Grouping::Squares }
    }

    /// The grouping of an address's word.
    pub fn of_word(word: &str) -> Option<Grouping> {
        [Grouping::Clusters, Grouping::Squares].into_iter().find(|grouping| grouping.word() == word)
    }

    /// The word used in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Grouping::Clusters => "discs",
            Grouping::Squares => "squares",
        }
    }

    /// The group of layers that is drawn so.
    pub fn layers(self) -> &'static str {
        match self {
            Grouping::Clusters => "features",
            Grouping::Squares => "surface",
        }
    }
}

/// Which layers a tile holds: some of the features', the areas, the names, some of the context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    features: Layers,
    areas: bool,
    names: bool,
    context: Vec<LayerId>,
}

impl Selection {
    /// Every layer there is.
    pub fn everything(world: &World) -> Selection {
        Selection {
            features: FEATURES,
            areas: true,
            names: true,
            context: world.layers().iter().map(|(layer, _)| layer.id).collect(),
        }
    }

    /// The layers of a list such as `features` or `areas,water`; `None` where one does not exist.
    pub fn of_names(names: &str, world: &World) -> Option<Selection> {
        let mut selection =
            Selection { features: Layers::NONE, areas: false, names: false, context: Vec::new() };
        for name in names.split(',') {
            match name {
                "features" => selection.features = FEATURES,
                "surface" => selection.features = Layers::ALL,
                "points" => selection.features.points = true,
                "clusters" => selection.features.clusters = true,
                "squares" => selection.features.squares = true,
                "lines" => selection.features.lines = true,
                "polygons" => selection.features.polygons = true,
                AREAS_LAYER => selection.areas = true,
                NAMES_LAYER => selection.names = true,
                slug => {
                    let (layer, _) = world.layers().iter().find(|(layer, _)| layer.slug == slug)?;
                    if !selection.context.contains(&layer.id) {
                        selection.context.push(layer.id);
                    }
                }
            }
        }
        Some(selection)
    }

    pub(super) fn has_features(&self) -> bool {
        self.features != Layers::NONE
    }

    /// What a tile without features is kept under: only what it shows makes it stale.
    pub(super) fn stamp(&self, world: &World) -> u64 {
        let of = |is_shown: bool, stamp: u64| if is_shown { stamp } else { 0 };
        let areas = of(self.areas || self.names, world.areas.stamp);
        areas.max(of(self.names || !self.context.is_empty(), world.layers.stamp))
    }

    /// One key for a tile, one set of layers and one filter.
    fn key(&self, tile: TileCoord, filter: &Filter) -> cache::Key {
        let Layers { points, clusters, squares, lines, polygons } = self.features;
        let ours = [points, clusters, squares, lines, polygons, self.areas, self.names];
        let layers = ours.into_iter().fold(0, |bits, is_in| bits << 1 | u8::from(is_in));
        let context = self.context.as_slice().into();
        let mut words = String::new();
        if self.has_features() {
            words = filter.canonical();
            if let Some(holding) = &filter.holding {
                // A reader may have looked the words up before a text changed and read the stamp after: the set tells them apart.
                words.push_str(&format!("#{:016x}.{}", holding.digest(), holding.len()));
            }
        }
        cache::Key { tile, layers, context, filter: words.into() }
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
        let tile = self.cache.get(layers.key(tile, filter), stamp, || self.render(tile, layers, filter))?;
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
            if layers.context.contains(&layer.id) {
                bytes.extend(context.tile(tile).unwrap_or_default());
            }
        }
        if layers.has_features() {
            let filter = filter.compile(&world, &sets)?;
            let options = &world.vocabulary.options;
            let content = match layers.features.squares {
                true => snapshot.tile(tile, &filter, &options.with_squares()),
                false => snapshot.tile(tile, &filter, options),
            };
            bytes.extend(encode(&content, &world.vocabulary.labels, layers.features));
        }
        Ok(bytes)
    }
}
