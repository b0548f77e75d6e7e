//! The legend of the map: what its colours mean, each a link to the map with that alone, or without it again. The filter's own parameters.
//!
//! What it is not: the drawing (`style`), nor all that can be filtered by (the form of filters).

use super::listing::ListQuery;
use super::page::ByFacet;
use crate::core::atlas::Facet;
use crate::core::layers::Scheme;

/// What is drawn in a colour of its own.
const DRAWN: &str = "theme";

/// A colour of the map.
pub(super) struct Entry {
    /// Its word in the filter.
    pub(super) word: String,
    pub(super) label: String,
    pub(super) color: String,
    pub(super) icon: String,
    pub(super) count: u64,
    /// Whether the filter asks for it.
    pub(super) chosen: bool,
    /// The page with it, or without it where the filter asks for it.
    pub(super) href: String,
}

/// The colours that there is something of, or that the filter asks for.
pub(super) fn entries(path: &str, query: &ListQuery, by: &[ByFacet]) -> Vec<Entry> {
    let Some(facet) = Facet::of_name(DRAWN) else { return Vec::new() };
    let choices = by.iter().filter(|by| by.name == facet.name).flat_map(|by| &by.choices);
    let seen = choices.filter(|choice| choice.count > 0 || choice.chosen);
    let entry = |choice: &super::page::Choice| {
        let mut filter = query.filter.clone().without_unknown();
        if choice.chosen {
            filter.remove(facet.name, &choice.value);
        } else {
            filter.add(facet, &choice.value);
        }
        let link = query.shared(&filter);
        let separator = if link.is_empty() { "" } else { "?" };
        // What has no theme is drawn in grey.
        let grey = || (Scheme::Light.palette().no_theme.to_owned(), "dot".to_owned());
        let (color, icon) = choice.symbol.clone().unwrap_or_else(grey);
        Entry {
            word: choice.value.clone(),
            label: choice.label.clone(),
            color,
            icon,
            count: choice.count,
            chosen: choice.chosen,
            href: format!("{path}{separator}{link}"),
        }
    };
    seen.map(entry).collect()
}
