//! What lies under the authority's own layers, in the words of a style: a basemap's source and its drawing.
//!
//! What it is: plain values that one module makes and another puts into its style. What it is not: the basemap's file (see
//! `basemap`). Invariant: addresses in it that begin with `/` are this server's.

use super::Scheme;
use crate::base::db::Answer;
use bytes::Bytes;
use parvis_tiles::TileCoord;
use serde_json::Value;
use std::sync::Arc;

/// Families that a client has, the first that it finds: no glyphs are fetched. A browser passes over the first, which is empty;
/// QGIS, which looks at the first only and complains of one that it lacks, takes its own font for it. Our own pages take it off
/// (`web/shared/scripts/symbols.ts`), because MapLibre reads the weight from the first family's name.
pub const REGULAR: [&str; 3] = ["", "Atkinson Hyperlegible Next", "Noto Sans Regular"];

/// The same in bold.
pub const BOLD: [&str; 4] =
    ["", "Atkinson Hyperlegible Next Bold", "Atkinson Hyperlegible Next", "Noto Sans Bold"];

/// A basemap.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Underlay {
    /// Paper.
    #[default]
    None,
    /// Tiles of this server, or of another one.
    Tiles {
        /// The source, as a style has it.
        source: Value,
        /// What is drawn of it on light paper.
        light: Vec<Value>,
        /// What is drawn of it on dark paper.
        dark: Vec<Value>,
        /// Who is asked for them, where it is not this server.
        away: Option<Away>,
    },
    /// The address of a style of another server, which our page's script puts under ours.
    Style(String, Away),
}

/// Another server, which every visitor's browser asks for the ground: it sees their address and where on the map they look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Away {
    /// Who runs it, or the name of the machine where that is not known.
    pub by: String,
    /// The names of its machines.
    pub hosts: Vec<String>,
    /// The address of what it says of personal data; empty where that is not known.
    pub notice: String,
    /// Whom to thank, as HTML, where its style does not say it.
    pub attribution: String,
    /// Whether it answers only who says from which site they come.
    pub wants_referrer: bool,
}

/// The tiles of an [`Underlay`] that this server keeps, for what it draws itself: not packed, nothing where there is none.
#[derive(Clone)]
pub struct UnderlayTiles(pub Arc<TilesOf>);

/// See [`UnderlayTiles`].
pub type TilesOf = dyn Fn(TileCoord) -> Answer<'static, Option<Bytes>> + Send + Sync;

impl std::fmt::Debug for UnderlayTiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UnderlayTiles(…)")
    }
}

impl Underlay {
    /// The name of the source in a style.
    pub const SOURCE: &'static str = "basemap";

    /// Who else is asked, by every visitor's browser.
    pub fn away(&self) -> Option<&Away> {
        match self {
            Underlay::None => None,
            Underlay::Tiles { away, .. } => away.as_ref(),
            Underlay::Style(_, away) => Some(away),
        }
    }

    /// What is drawn under the authority's layers.
    pub fn layers(&self, scheme: Scheme) -> &[Value] {
        match (self, scheme) {
            (Underlay::Tiles { light, .. }, Scheme::Light) => light,
            (Underlay::Tiles { dark, .. }, Scheme::Dark) => dark,
            _ => &[],
        }
    }
}
