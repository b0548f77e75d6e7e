//! What the map shows that changes rarely: words, areas, context layers, names made of the last two, and what the city says of itself. One
//! value of five parts, of which an act replaces its own.
//!
//! What it is not: what people place, which is the index's. Invariant: a world is never changed, only followed by another that shares with it
//! what stayed: who holds one sees one state.

mod areas;
mod drawn;
mod layers;
#[cfg(test)]
mod tests;
mod values;
mod vocabulary;

use super::facet::{Facet, Values};
use crate::base::clock;
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::base::i18n::Lang;
use crate::core::features::vocabulary::{Process, Theme};
use crate::core::gazetteer::Names;
use crate::core::journal::Part;
use crate::core::layers::Layer;
use crate::core::site::{self, Site};
use crate::core::territory::Territory;
use areas::Areas;
use layers::Layers;
use parvis_tiles::{Bounds, Context, ContextItem};
use std::sync::Arc;
use values::FacetValues;
pub use values::Value;
use vocabulary::Vocabulary;

/// The name of the tile layer with the territory's areas.
pub const AREAS_LAYER: &str = "areas";

/// The name of the tile layer with the places where names of areas and of context surfaces stand.
pub const NAMES_LAYER: &str = "names";

/// Themes, processes, areas, context layers, and where their names stand.
#[derive(Clone)]
pub struct World {
    pub(super) vocabulary: Arc<Vocabulary>,
    pub(super) areas: Arc<Areas>,
    pub(super) layers: Arc<Layers>,
    /// The tile layer `names`, made of the areas and the layers, and as old as the newer of them.
    pub(super) names: Arc<Context>,
    site: Arc<Site>,
}

impl World {
    /// Reads everything, which tiles may then be kept under this stamp.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub(super) async fn load(db: &Db, stamp: u64) -> Result<World> {
        let vocabulary = Arc::new(Vocabulary::load(db).await?);
        let areas = Arc::new(Areas::load(db, stamp).await?);
        let layers = Arc::new(Layers::load(db, stamp).await?);
        let names = names(&areas, &layers).await?;
        let site = site(db).await?;
        Ok(World { vocabulary, areas, layers, names, site })
    }

    /// The same with these parts read anew.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub(super) async fn renewed(&self, db: &Db, parts: &[Part], stamp: u64) -> Result<World> {
        let mut world = self.clone();
        if parts.contains(&Part::Vocabulary) {
            world.vocabulary = Arc::new(Vocabulary::load(db).await?);
        }
        if parts.contains(&Part::Territory) {
            world.areas = Arc::new(Areas::load(db, stamp).await?);
        }
        if parts.contains(&Part::Layers) {
            world.layers = Arc::new(Layers::load(db, stamp).await?);
        }
        if parts.contains(&Part::Site) {
            world.site = site(db).await?;
        }
        if !world.has_ground_of(self) {
            world.names = names(&world.areas, &world.layers).await?;
        }
        Ok(world)
    }

    /// Whether no tile shows another: the same ground, the same words for what is drawn, the same ones to filter by.
    pub(super) fn is_drawn_like(&self, other: &World) -> bool {
        let (values, others) = (&self.vocabulary.values, &other.vocabulary.values);
        self.has_ground_of(other)
            && self.vocabulary.labels == other.vocabulary.labels
            && values
                .iter()
                .all(|(name, values)| others.get(name).is_some_and(|other| values.mean_like(other)))
    }

    /// Whether areas and layers are the very ones of another.
    fn has_ground_of(&self, other: &World) -> bool {
        Arc::ptr_eq(&self.areas, &other.areas) && Arc::ptr_eq(&self.layers, &other.layers)
    }

    /// Whether words and areas are the very ones of another.
    pub fn has_words_of(&self, other: &World) -> bool {
        Arc::ptr_eq(&self.vocabulary, &other.vocabulary) && Arc::ptr_eq(&self.areas, &other.areas)
    }

    /// How many areas and items of layers this program cannot read, and so does not know.
    pub(super) fn unread(&self) -> usize {
        self.areas.drawn.unread + self.layers.unread
    }

    /// Every theme.
    pub fn themes(&self) -> &[Theme] {
        &self.vocabulary.themes
    }

    /// What the city says of itself.
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// Every process.
    pub fn processes(&self) -> &[Process] {
        &self.vocabulary.processes
    }

    /// Every area.
    pub fn territory(&self) -> &Territory {
        &self.areas.territory
    }

    /// The areas' names as the address search compares them, in the territory's order.
    pub fn area_names(&self) -> &Names {
        &self.areas.names
    }

    /// Every context layer and its items.
    pub fn layers(&self) -> &[(Layer, Context)] {
        &self.layers.all
    }

    /// The themes that everybody may know: not those of a draft's own.
    pub fn shown_themes(&self) -> impl Iterator<Item = &Theme> {
        self.themes().iter().filter(|theme| self.vocabulary.is_shown(theme))
    }

    /// The process whose own a theme is.
    pub fn owner(&self, theme: &Theme) -> Option<&Process> {
        self.vocabulary.owner(theme)
    }

    /// A theme's name in a language; with its process where another is called the same.
    pub fn theme_name(&self, theme: &Theme, lang: Lang) -> String {
        self.vocabulary.theme_name(theme, lang)
    }

    /// The value of a facet that a contribution's row has by its number.
    pub fn value_of_code(&self, facet: &Facet, code: u32) -> Option<&Value> {
        self.values(facet).iter().find(|value| value.code == code)
    }

    /// The values of a facet, in the order in which people see them; a draft's among them.
    pub fn values(&self, facet: &Facet) -> &[Value] {
        self.values_of(facet).map_or(&[], FacetValues::all)
    }

    /// The value of a word of a facet.
    pub(super) fn value(&self, facet: &Facet, word: &str) -> Option<&Value> {
        self.values_of(facet)?.of_word(word)
    }

    fn values_of(&self, facet: &Facet) -> Option<&FacetValues> {
        match facet.values {
            Values::Areas => Some(&self.areas.values),
            _ => self.vocabulary.values.get(facet.name),
        }
    }

    /// The processes that everybody may know: a draft is its team's.
    pub fn shown_processes(&self) -> impl Iterator<Item = &Process> {
        self.processes().iter().filter(|process| !process.is_draft())
    }

    /// West, south, east, north of the territory or, without areas, of the layers; in degrees.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let of_layers = || {
            self.layers()
                .iter()
                .filter_map(|(_, context)| context.bounds())
                .map(Bounds::to_lon_lat)
                .reduce(union)
        };
        self.territory().bounds().or_else(of_layers)
    }
}

/// The smallest box around two boxes of west, south, east, north.
pub(super) fn union(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// What the city says of itself, its clock with it.
async fn site(db: &Db) -> Result<Arc<Site>> {
    let site = site::store::current(db).await?;
    clock::set_zone(site.zone());
    Ok(Arc::new(site))
}

/// Where names stand, of layers and of areas.
async fn names(areas: &Arc<Areas>, layers: &Arc<Layers>) -> Result<Arc<Context>> {
    let (areas, layers) = (Arc::clone(areas), Arc::clone(layers));
    apart(move || {
        let named = layers.names.iter().chain(&areas.drawn.names);
        // Of many layers together: their items' own numbers would meet.
        let numbered = (1..).zip(named).map(|(id, name)| ContextItem { id, ..name.clone() });
        Arc::new(Context::build(NAMES_LAYER, numbered.collect()))
    })
    .await
}

/// Does work on geometry where no request waits for it.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Internal(format!("the map's world: {e}")))
}
