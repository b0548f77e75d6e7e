//! Servers whose ground this program knows: data. Their addresses are as their operators publish them (see `sources` below); they are tried
//! here against a server that stands in for them, never against themselves, and the desk says so.
//!
//! What it is not: a proxy. Every visitor's browser asks them itself, within what the pages' policy allows ([`super::opened`]).
//!
//! Sources: IGN, "Géoplateforme, services de diffusion" (WMTS and vector tiles of Plan IGN, open without a key, Licence Ouverte 2.0);
//! OpenStreetMap France, "Serveurs de tuiles" (map data ODbL; moderate use).

/// What a server gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    /// Pictures of 256 pixels, numbered from the north, from zoom 0 to this one: the addresses of the same.
    Pictures(&'static [&'static str], u8),
    /// A MapLibre style that brings its own sources.
    Style(&'static str),
}

/// A server.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Preset {
    /// Its word among [`crate::core::site::BASEMAPS`].
    pub(super) word: &'static str,
    /// Who runs it.
    pub(super) by: &'static str,
    /// Its machines: what the pages may ask.
    pub(super) hosts: &'static [&'static str],
    /// What it says of personal data.
    pub(super) notice: &'static str,
    /// Whom to thank, as HTML that a map shows.
    pub(super) attribution: &'static str,
    /// Whether it answers only who says from which site they come.
    pub(super) wants_referrer: bool,
    pub(super) gives: Gives,
}

/// All of them.
pub(super) const PRESETS: [Preset; 3] = [
    Preset {
        word: "ign",
        by: "IGN (Géoplateforme)",
        hosts: &["data.geopf.fr"],
        notice: "https://geoservices.ign.fr/mentions-legales",
        attribution: "<a href=\"https://www.ign.fr/\">© IGN</a>",
        wants_referrer: false,
        gives: Gives::Pictures(
            &[
                "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2\
               &STYLE=normal&FORMAT=image/png&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}",
            ],
            19,
        ),
    },
    Preset {
        word: "ign-grey",
        by: "IGN (Géoplateforme)",
        hosts: &["data.geopf.fr"],
        notice: "https://geoservices.ign.fr/mentions-legales",
        attribution: "<a href=\"https://www.ign.fr/\">© IGN</a>",
        wants_referrer: false,
        gives: Gives::Style("https://data.geopf.fr/annexes/ressources/vectorTiles/styles/PLAN.IGN/gris.json"),
    },
    Preset {
        word: "osm",
        by: "OpenStreetMap France",
        hosts: &["a.tile.openstreetmap.fr", "b.tile.openstreetmap.fr", "c.tile.openstreetmap.fr"],
        notice: "https://www.openstreetmap.fr/mentions-legales/",
        attribution: "<a href=\"https://www.openstreetmap.org/copyright\">© OpenStreetMap</a>, <a href=\"https://www.openstreetmap.fr/\">OpenStreetMap France</a>",
        wants_referrer: true,
        gives: Gives::Pictures(
            &[
                "https://a.tile.openstreetmap.fr/osmfr/{z}/{x}/{y}.png",
                "https://b.tile.openstreetmap.fr/osmfr/{z}/{x}/{y}.png",
                "https://c.tile.openstreetmap.fr/osmfr/{z}/{x}/{y}.png",
            ],
            19,
        ),
    },
];

impl Preset {
    pub(super) fn of_word(word: &str) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.word == word)
    }
}
