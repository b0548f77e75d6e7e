//! The colours of the ground: what lies under the things that people place, on light and on dark paper.
//!
//! What it is: two palettes with the same names, for context layers and for a basemap drawn by us. What it is not: the
//! colours of themes (see `vocabulary`) nor of pages (`web/shared/styles/tokens.css`). Invariant: the ground is calm, so that
//! every theme's colour stands out on it; words keep a contrast of 4.5 with the paper.

use crate::base::error::{Error, Result};
use crate::base::i18n::Message;

/// Light or dark paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// Ink on light paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Scheme {
    /// Both.
    pub const ALL: [Scheme; 2] = [Scheme::Light, Scheme::Dark];

    /// The word used in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }

    /// The scheme of a parameter; light where it is not given.
    ///
    /// # Errors
    /// [`Error::Invalid`] for any other word.
    pub fn of_parameter(word: Option<&str>) -> Result<Scheme> {
        let Some(word) = word.filter(|word| !word.is_empty()) else { return Ok(Scheme::Light) };
        let known = Scheme::ALL.into_iter().find(|scheme| scheme.word() == word);
        known.ok_or_else(|| Error::invalid("scheme", Message::new("map-bad-scheme").with("value", word)))
    }

    /// Its colours.
    pub fn palette(self) -> &'static Palette {
        match self {
            Scheme::Light => &LIGHT,
            Scheme::Dark => &DARK,
        }
    }
}

/// Colours by what is drawn in them, `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named after what has this colour")]
pub struct Palette {
    pub paper: &'static str,
    pub built_up: &'static str,
    pub water: &'static str,
    pub water_edge: &'static str,
    pub water_words: &'static str,
    pub wood: &'static str,
    pub park: &'static str,
    pub garden: &'static str,
    pub sport: &'static str,
    pub cemetery: &'static str,
    pub farmland: &'static str,
    pub meadow: &'static str,
    pub vineyard: &'static str,
    pub green_words: &'static str,
    pub plaza: &'static str,
    pub sand: &'static str,
    pub building: &'static str,
    pub civic: &'static str,
    pub industry: &'static str,
    pub building_edge: &'static str,
    pub main: &'static str,
    pub main_casing: &'static str,
    pub street: &'static str,
    pub street_casing: &'static str,
    /// Streets from so far that they are one thin line.
    pub street_far: &'static str,
    pub path: &'static str,
    pub rail: &'static str,
    pub border: &'static str,
    pub words: &'static str,
    pub quiet_words: &'static str,
    /// Around words.
    pub halo: &'static str,
    /// Around what people placed, and icons on it.
    pub ring: &'static str,
    pub cluster: &'static str,
    pub cluster_words: &'static str,
    /// What has no theme.
    pub no_theme: &'static str,
    /// From few to many.
    pub surface: [&'static str; 6],
}

const LIGHT: Palette = Palette {
    paper: "#f6f3ec",
    built_up: "#f1ece2",
    water: "#bcdae8",
    water_edge: "#98c3d8",
    water_words: "#3f6f8a",
    wood: "#cbdeb9",
    park: "#dcebc9",
    garden: "#e4eccd",
    sport: "#d3e9d3",
    cemetery: "#dde3d2",
    farmland: "#f4efe0",
    meadow: "#edf0dc",
    vineyard: "#efe7dc",
    green_words: "#4c6b3c",
    plaza: "#eee8dc",
    sand: "#f3ead0",
    building: "#e7dfd2",
    civic: "#ecd9c3",
    industry: "#e3dfdb",
    building_edge: "#d3c8b7",
    main: "#fdeec9",
    main_casing: "#e2c58d",
    street: "#ffffff",
    street_casing: "#dfd6c6",
    street_far: "#e3dbcd",
    path: "#bda98a",
    rail: "#aaa197",
    border: "#9a7d92",
    words: "#45413b",
    quiet_words: "#6b645a",
    halo: "#fbf9f4",
    ring: "#ffffff",
    cluster: "#ffffff",
    cluster_words: "#1b2430",
    no_theme: "#5b6470",
    surface: ["#f7cf9f", "#f2a583", "#e5767b", "#c4508a", "#8c3a8c", "#4c1d6b"],
};

const DARK: Palette = Palette {
    paper: "#1a1f25",
    built_up: "#1d2329",
    water: "#14323f",
    water_edge: "#214a5b",
    water_words: "#7fb2c9",
    wood: "#1c2f25",
    park: "#21372a",
    garden: "#26382a",
    sport: "#20382f",
    cemetery: "#26312b",
    farmland: "#1d2224",
    meadow: "#1d2522",
    vineyard: "#212326",
    green_words: "#92b586",
    plaza: "#242a30",
    sand: "#2c2b25",
    building: "#272d34",
    civic: "#37322f",
    industry: "#282b31",
    building_edge: "#353d45",
    main: "#544c3c",
    main_casing: "#15191e",
    street: "#3a424b",
    street_casing: "#15191e",
    street_far: "#2d343b",
    path: "#6a6252",
    rail: "#565d64",
    border: "#8d7287",
    words: "#d3cec5",
    quiet_words: "#a8a49c",
    halo: "#14181d",
    ring: "#11151a",
    cluster: "#232a32",
    cluster_words: "#f2eee7",
    no_theme: "#8b949e",
    surface: ["#4b2f68", "#7a3a78", "#b24b79", "#df6d6c", "#f5a062", "#fde293"],
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast of two colours (WCAG 2.2).
    fn contrast(a: &str, b: &str) -> f64 {
        let light = |color: &str| {
            let part = |at: usize| {
                let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
                if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
        };
        let (a, b) = (light(a), light(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn words_can_be_read_on_what_they_stand_on() {
        for scheme in Scheme::ALL {
            let p = scheme.palette();
            for (words, ground) in [
                (p.words, p.paper),
                (p.words, p.halo),
                (p.words, p.building),
                (p.quiet_words, p.paper),
                (p.water_words, p.halo),
                (p.green_words, p.halo),
                (p.green_words, p.park),
                (p.cluster_words, p.cluster),
            ] {
                let contrast = contrast(words, ground);
                assert!(contrast >= 4.5, "{scheme:?}: {words} on {ground} {contrast:.2}");
            }
        }
    }

    #[test]
    fn more_is_always_further_from_the_paper() {
        for scheme in Scheme::ALL {
            let p = scheme.palette();
            let steps: Vec<f64> = p.surface.iter().map(|color| contrast(color, p.paper)).collect();
            assert!(steps.windows(2).all(|pair| pair[1] > pair[0] * 1.15), "{scheme:?}: {steps:?}");
        }
    }

    #[test]
    fn a_scheme_is_light_or_dark_and_nothing_else() {
        assert_eq!(Scheme::of_parameter(None).unwrap(), Scheme::Light);
        assert_eq!(Scheme::of_parameter(Some("dark")).unwrap(), Scheme::Dark);
        assert!(Scheme::of_parameter(Some("Dark")).is_err());
    }
}
