//! Words that say what a thing on the ground is, and the colour that each is drawn in.
//!
//! What it is: the one table of `class` values that layers are drawn by, in the words of the usual schemas and in French.
//! What it is not: a schema that a layer has to follow: what has another class, or none, has its layer's own colour.

use crate::core::layers::Palette;
use serde_json::{Value, json};

pub(super) const WATER: &[&str] = &[
    "water",
    "river",
    "stream",
    "brook",
    "canal",
    "lake",
    "pond",
    "basin",
    "reservoir",
    "sea",
    "ocean",
    "eau",
    "riviere",
    "rivière",
    "fleuve",
    "ruisseau",
    "lac",
    "etang",
    "étang",
    "bassin",
    "mer",
];
const WOOD: &[&str] = &["wood", "forest", "bois", "foret", "forêt"];
const PARK: &[&str] =
    &["park", "square", "green", "grass", "village_green", "parc", "berge", "verdure", "pelouse"];
const GARDEN: &[&str] =
    &["garden", "allotments", "orchard", "jardin", "jardins", "jardins_familiaux", "verger"];
const SPORT: &[&str] = &["sport", "sports", "pitch", "stadium", "sports_centre", "stade", "terrain"];
const CEMETERY: &[&str] = &["cemetery", "grave_yard", "cimetiere", "cimetière"];
const FARMLAND: &[&str] =
    &["farmland", "farm", "field", "agriculture", "champ", "champs", "culture_agricole"];
const MEADOW: &[&str] = &["meadow", "grassland", "pasture", "prairie", "pre", "pré"];
const VINEYARD: &[&str] = &["vineyard", "vigne", "vignes"];
const PLAZA: &[&str] = &["plaza", "pedestrian", "place", "parvis", "esplanade", "parking", "quai"];
const SAND: &[&str] = &["sand", "beach", "plage", "sable"];
const BUILT_UP: &[&str] = &["residential_area", "built_up", "urban", "bati", "zone_urbaine"];
const BUILDING: &[&str] = &[
    "building",
    "house",
    "block",
    "barn",
    "apartments",
    "batiment",
    "bâtiment",
    "immeuble",
    "maison",
    "ferme",
    "habitation",
];
const CIVIC: &[&str] = &[
    "civic",
    "school",
    "college",
    "university",
    "hospital",
    "townhall",
    "public",
    "church",
    "station",
    "equipement",
    "équipement",
    "ecole",
    "école",
    "lycee",
    "lycée",
    "mairie",
    "gare",
    "eglise",
];
const INDUSTRY: &[&str] =
    &["industrial", "commercial", "retail", "warehouse", "activite", "activité", "industrie", "commerce"];
pub(super) const MAIN: &[&str] =
    &["main", "motorway", "trunk", "primary", "highway", "principale", "boulevard", "avenue"];
pub(super) const SECONDARY: &[&str] = &["secondary", "tertiary", "secondaire"];
pub(super) const RESIDENTIAL: &[&str] =
    &["residential", "street", "minor", "service", "living_street", "unclassified", "rue", "desserte"];
pub(super) const PATH: &[&str] = &["path", "footway", "track", "cycleway", "steps", "chemin", "sentier"];
pub(super) const RAIL: &[&str] =
    &["rail", "railway", "tram", "subway", "light_rail", "voie_ferree", "voie ferrée"];

/// Every word of several lists.
pub(super) fn all(lists: &[&[&'static str]]) -> Vec<&'static str> {
    lists.concat()
}

/// Whether a thing has one of these words.
pub(super) fn is(lists: &[&[&'static str]]) -> Value {
    json!(["match", ["get", "class"], all(lists), true, false])
}

/// Whether a thing has none of these words. Not `!` of [`is`], which QGIS does not read.
pub(super) fn is_not(lists: &[&[&'static str]]) -> Value {
    json!(["match", ["get", "class"], all(lists), false, true])
}

/// Whether it is a house of any sort.
pub(super) fn is_building() -> Value {
    is(&[BUILDING, CIVIC, INDUSTRY])
}

/// Whether it is green.
pub(super) fn is_green() -> Value {
    is(&[WOOD, PARK, GARDEN, SPORT, CEMETERY])
}

/// One value for each list of words, another for what has none of them.
pub(super) fn by_class(arms: &[(&[&str], Value)], otherwise: Value) -> Value {
    let mut expression = vec![json!("match"), json!(["get", "class"])];
    for (words, value) in arms {
        expression.extend([json!(words), value.clone()]);
    }
    expression.push(otherwise);
    Value::Array(expression)
}

/// The colour of a surface.
pub(super) fn surface(p: &Palette, otherwise: &str) -> Value {
    let arms = [
        (WATER, p.water),
        (WOOD, p.wood),
        (PARK, p.park),
        (GARDEN, p.garden),
        (SPORT, p.sport),
        (CEMETERY, p.cemetery),
        (FARMLAND, p.farmland),
        (MEADOW, p.meadow),
        (VINEYARD, p.vineyard),
        (PLAZA, p.plaza),
        (SAND, p.sand),
        (BUILT_UP, p.built_up),
        (BUILDING, p.building),
        (CIVIC, p.civic),
        (INDUSTRY, p.industry),
    ];
    by_class(&arms.map(|(words, color)| (words, json!(color))), json!(otherwise))
}

/// Whether the colour of a surface is known by its word.
pub(super) fn known_surface() -> Vec<&'static str> {
    all(&[
        WATER, WOOD, PARK, GARDEN, SPORT, CEMETERY, FARMLAND, MEADOW, VINEYARD, PLAZA, SAND, BUILT_UP,
        BUILDING, CIVIC, INDUSTRY,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_things() {
        // A renderer refuses a `match` that has a label twice.
        for words in [known_surface(), all(&[MAIN, SECONDARY, RESIDENTIAL, PATH, RAIL, WATER])] {
            let mut once = words.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), words.len());
        }
    }
}
