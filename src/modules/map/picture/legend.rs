//! What the colours of a drawn map mean: the themes that are seen in it, and the steps of its squares.
//!
//! What it is not: how a legend is drawn (`parvis_drawing`). Invariant: it names what is in the picture, the most frequent first, and no more than a
//! picture has room for beside its map.

use super::super::style::surface;
use crate::base::i18n::{Lang, Message};
use crate::core::atlas::World;
use parvis_drawing::{Frame, Tiles};
use parvis_tiles::TileCoord;
use parvis_tiles::decode::DecodedValue;
use std::collections::HashMap;

/// As many themes as are named.
const THEMES: usize = 8;

/// Names and colours of the themes that are seen.
pub(super) fn themes(world: &World, lang: Lang, tiles: &Tiles) -> Vec<(String, String)> {
    let mut seen: HashMap<&str, u64> = HashMap::new();
    for (_, feature) in tiles.features("features") {
        for (name, value) in &feature.tags {
            // A thing says its theme, a cluster how many it has of each.
            match (name.strip_prefix("theme."), value) {
                (Some(slug), DecodedValue::Uint(count)) => *seen.entry(slug).or_default() += count,
                (None, DecodedValue::String(slug)) if name == "theme" => *seen.entry(slug).or_default() += 1,
                _ => {}
            }
        }
    }
    let count = |slug: &str| seen.get(slug).copied().unwrap_or(0);
    let mut shown: Vec<_> = world.shown_themes().filter(|theme| count(&theme.slug) > 0).collect();
    shown.sort_by_key(|theme| std::cmp::Reverse(count(&theme.slug)));
    shown.truncate(THEMES);
    shown.into_iter().map(|theme| (world.theme_name(theme, lang), theme.color.clone())).collect()
}

/// What each colour of squares stands for, the first with what is counted.
pub(super) fn scale(
    frame: &Frame,
    tile: Option<&(String, TileCoord)>,
    breaks: &[u64],
    lang: Lang,
) -> Vec<String> {
    let mut steps = surface::said(breaks, &lang.text("surface-and-more"));
    let [_, latitude] = frame.lon_lat([f64::from(frame.width) / 2.0, f64::from(frame.height) / 2.0]);
    if let (Some(first), Some((_, tile))) = (steps.first_mut(), tile) {
        let side = length(surface::side(tile.z, latitude));
        *first = lang.say(&Message::new("surface-unit").with("n", first.as_str()).with("side", side));
    }
    steps
}

/// Metres as they are written.
fn length(metres: u64) -> String {
    if metres < 1_000 { format!("{metres}\u{a0}m") } else { format!("{}\u{a0}km", metres / 1_000) }
}
