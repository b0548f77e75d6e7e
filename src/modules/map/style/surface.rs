//! Where many things are: squares that are the darker the more lies in them, between the ground and its names.
//!
//! What it is not: which squares there are (`parvis_tiles`), nor when they are drawn instead of clusters (`Grouping`). Invariant: a colour stands
//! for counts that are said beside the map. Whoever can look at the squares first takes [`breaks`] of these; a style that knows none has [`USUAL`].

use crate::core::layers::Scheme;
use serde_json::{Value, json};

/// From how many on a square has the next colour, where it is not known what there is.
pub(in crate::modules::map) const USUAL: [u64; 6] = [1, 2, 5, 10, 20, 50];

/// Squares let streets and water be seen.
const OPACITY: f64 = 0.8;

/// One layer a colour.
pub(super) fn layers(scheme: Scheme, breaks: &[u64]) -> Vec<Value> {
    let classes = colors(scheme, breaks.len()).zip(breaks).enumerate();
    let layer = |(at, (color, from)): (usize, (&str, &u64))| {
        let id = if at == 0 { "squares".to_owned() } else { format!("squares-{at}") };
        let from = json!([">=", ["get", "count"], from]);
        let filter = match breaks.get(at + 1) {
            Some(next) => json!(["all", from, ["<", ["get", "count"], next]]),
            None => from,
        };
        json!({
            "id": id, "type": "fill", "source": "features", "source-layer": "squares", "filter": filter,
            "paint": { "fill-color": color, "fill-opacity": OPACITY },
        })
    };
    classes.map(layer).collect()
}

/// So many colours from few to many.
pub(in crate::modules::map) fn colors(scheme: Scheme, classes: usize) -> impl Iterator<Item = &'static str> {
    let all = scheme.palette().surface;
    let last = classes.saturating_sub(1).max(1);
    (0..classes).filter_map(move |at| all.get((at * (all.len() - 1) + last / 2) / last).copied())
}

/// From which counts on squares of these counts have the next colour: each whole number where these are few, else steps that grow alike, in
/// round numbers. The most crowded hundredth does not make all others pale. The page's own map does the same (`surface.ts`).
pub(in crate::modules::map) fn breaks(mut counts: Vec<u64>) -> Vec<u64> {
    counts.sort_unstable();
    let Some(&most) = counts.get(((counts.len().max(1) - 1) * 99).div_ceil(100)) else {
        return USUAL.to_vec();
    };
    let classes = USUAL.len() as u64;
    if most <= classes {
        return (1..=most.max(1)).collect();
    }
    let mut breaks: Vec<u64> =
        (0..classes).map(|at| round((most as f64).powf(at as f64 / classes as f64))).collect();
    breaks.dedup();
    breaks
}

/// The nearest of 1, 2, 3, 5, 7 and their tens, by proportion.
fn round(value: f64) -> u64 {
    let ten = 10f64.powf(value.log10().floor());
    let off = |of: &f64| (value / (of * ten)).ln().abs();
    let nearest = [1.0, 2.0, 3.0, 5.0, 7.0, 10.0].into_iter().min_by(|a, b| off(a).total_cmp(&off(b)));
    (nearest.unwrap_or(1.0) * ten).round() as u64
}

/// The side of a square of a tile's zoom at a latitude, in metres, to two digits. `surface-scale.ts` says the same.
pub(in crate::modules::map) fn side(zoom: u8, latitude: f64) -> u64 {
    const EQUATOR: f64 = 40_075_016.686;
    let squares = f64::from(parvis_tiles::SQUARES) * f64::from(zoom).exp2();
    let side = EQUATOR * latitude.to_radians().cos() / squares;
    let ten = 10f64.powf(side.log10().floor() - 1.0);
    // Of two digits, and never below a tenth of a metre.
    ((side / ten).round() * ten).round() as u64
}

/// What each colour stands for: the numbers from one break to the next.
pub(in crate::modules::map) fn said(breaks: &[u64], and_more: &str) -> Vec<String> {
    let class = |(at, from): (usize, &u64)| match breaks.get(at + 1) {
        Some(next) if next - from == 1 => from.to_string(),
        Some(next) => format!("{from}–{}", next - 1),
        None => format!("{from}\u{a0}{and_more}"),
    };
    breaks.iter().enumerate().map(class).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_change_at_round_numbers_that_grow_alike() {
        let up_to = |most: u64| breaks((1..=most).collect());
        assert_eq!(up_to(3), [1, 2, 3]);
        assert_eq!(up_to(20), [1, 2, 3, 5, 7, 10]);
        assert_eq!(up_to(101), [1, 2, 5, 10, 20, 50]);
        assert_eq!(breaks(vec![1; 200].into_iter().chain([5_000]).collect()), [1], "one crowd pales nothing");
        assert_eq!(breaks(Vec::new()), USUAL);
        assert_eq!(said(&up_to(20), "et plus"), ["1", "2", "3–4", "5–6", "7–9", "10\u{a0}et plus"]);
    }

    #[test]
    fn a_square_s_side_is_that_of_the_tile_s_zoom_at_the_latitude() {
        assert_eq!((side(13, 48.85), side(0, 0.0)), (100, 1_300_000));
    }

    #[test]
    fn few_classes_have_the_colours_of_the_ends() {
        let all = Scheme::Light.palette().surface;
        assert_eq!(colors(Scheme::Light, 6).collect::<Vec<_>>(), all);
        assert_eq!(colors(Scheme::Light, 2).collect::<Vec<_>>(), [all[0], all[5]]);
        assert_eq!(colors(Scheme::Light, 1).collect::<Vec<_>>(), [all[0]]);
    }

    proptest::proptest! {
        #[test]
        fn breaks_grow_and_begin_at_one(counts in proptest::collection::vec(1u64..1_000_000, 0..300)) {
            let breaks = breaks(counts);
            proptest::prop_assert_eq!(breaks[0], 1);
            proptest::prop_assert!(breaks.len() <= 6 && breaks.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
