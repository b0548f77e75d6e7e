//! A style's layers as they are drawn here.
//!
//! What it is not: the whole specification. A word that is not known is refused when the style is read: a map must not quietly miss
//! what it says. Those in [`LEFT`] are known. Pictures (`raster`) are left to whoever has them.

use crate::expression::{Context, Datum, Expression};
use crate::{Fault, Frame};
use parvis_tiles::TileCoord;
use parvis_tiles::decode::DecodedFeature;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// A style that was read.
#[derive(Debug, Clone)]
pub struct Style {
    pub(crate) layers: Vec<Layer>,
    /// The deepest zoom of each source's tiles.
    deepest: BTreeMap<String, u8>,
}

/// What a layer draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Background,
    Fill,
    Line,
    Circle,
    Symbol,
}

/// A layer.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub(crate) sort: Sort,
    pub(crate) source: String,
    pub(crate) source_layer: String,
    zooms: std::ops::Range<f64>,
    filter: Option<Expression>,
    said: BTreeMap<&'static str, Expression>,
    /// What is said in lists: a dash, fonts, anchors.
    pub(crate) lists: BTreeMap<&'static str, Vec<Json>>,
}

/// Words whose values are expressions.
const SAID: [&str; 36] = [
    "background-color",
    "background-opacity",
    "circle-color",
    "circle-opacity",
    "circle-radius",
    "circle-sort-key",
    "circle-stroke-color",
    "circle-stroke-opacity",
    "circle-stroke-width",
    "fill-color",
    "fill-opacity",
    "fill-outline-color",
    "fill-sort-key",
    "line-cap",
    "line-color",
    "line-join",
    "line-opacity",
    "line-sort-key",
    "line-width",
    "symbol-placement",
    "symbol-sort-key",
    "symbol-spacing",
    "text-allow-overlap",
    "text-anchor",
    "text-color",
    "text-field",
    "text-halo-color",
    "text-halo-width",
    "text-letter-spacing",
    "text-max-angle",
    "text-max-width",
    "text-opacity",
    "text-padding",
    "text-radial-offset",
    "text-size",
    "text-transform",
];

/// Words whose values are lists that are no expressions.
const LISTS: [&str; 5] =
    ["line-dasharray", "text-font", "text-offset", "text-variable-anchor", "text-variable-anchor-offset"];

/// Words that are known and left: what is blurred has an edge, and a line lies where it is and not beside it.
const LEFT: [&str; 6] =
    ["fill-antialias", "line-blur", "line-miter-limit", "line-offset", "text-halo-blur", "visibility"];

impl Style {
    /// Reads a style of the MapLibre specification, version 8.
    ///
    /// # Errors
    /// [`Fault::Style`] with the layer and the word that is not drawn here.
    pub fn read(style: &Json) -> Result<Style, Fault> {
        let each = style["layers"].as_array().map(Vec::as_slice).unwrap_or_default();
        let is_drawn = |layer: &&Json| layer["type"] != "raster" && layer["layout"]["visibility"] != "none";
        let layers = each.iter().filter(is_drawn).map(layer).collect::<Result<_, _>>()?;
        let sources = style["sources"].as_object().into_iter().flatten();
        let deepest =
            |source: &Json| source["maxzoom"].as_u64().and_then(|z| u8::try_from(z).ok()).unwrap_or(22);
        Ok(Style { layers, deepest: sources.map(|(name, source)| (name.clone(), deepest(source))).collect() })
    }

    /// What it draws of some sources only, or of all but some: a map in two parts. Without a source is its background.
    #[must_use]
    pub fn only(&self, takes: impl Fn(&str) -> bool) -> Style {
        let layers = self.layers.iter().filter(|layer| takes(&layer.source)).cloned().collect();
        Style { layers, deepest: self.deepest.clone() }
    }

    /// The tiles that a frame needs: each by its source's name.
    #[must_use]
    pub fn tiles(&self, frame: &Frame) -> Vec<(String, TileCoord)> {
        let drawn =
            self.layers.iter().filter(|layer| layer.sort != Sort::Background && layer.is_at(frame.zoom));
        let sources: BTreeSet<&str> = drawn.map(|layer| layer.source.as_str()).collect();
        let each = sources
            .into_iter()
            .flat_map(|source| self.tiles_of(source, frame).map(|tile| (source.to_owned(), tile)));
        each.collect()
    }

    pub(crate) fn tiles_of(&self, source: &str, frame: &Frame) -> impl Iterator<Item = TileCoord> + use<> {
        frame.tiles(frame.tile_zoom(self.deepest.get(source).copied().unwrap_or(22)))
    }
}

fn layer(said: &Json) -> Result<Layer, Fault> {
    let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
    let id = text("id");
    let refuse = |what: String| Fault::Style { layer: id.clone(), what };
    let sort = match said["type"].as_str().unwrap_or_default() {
        "background" => Sort::Background,
        "fill" => Sort::Fill,
        "line" => Sort::Line,
        "circle" => Sort::Circle,
        "symbol" => Sort::Symbol,
        other => return Err(refuse(format!("type {other}"))),
    };
    let zoom = |name: &str, otherwise: f64| said[name].as_f64().unwrap_or(otherwise);
    let filter = match &said["filter"] {
        Json::Null => None,
        filter => Some(Expression::read(filter).map_err(refuse)?),
    };
    let mut layer = Layer {
        sort,
        source: text("source"),
        source_layer: text("source-layer"),
        zooms: zoom("minzoom", 0.0)..zoom("maxzoom", 25.0),
        filter,
        said: BTreeMap::new(),
        lists: BTreeMap::new(),
    };
    for words in ["layout", "paint"] {
        for (word, value) in said[words].as_object().into_iter().flatten() {
            layer.say(word, value).map_err(|what| refuse(format!("{word} {what}")))?;
        }
    }
    Ok(layer)
}

impl Layer {
    fn say(&mut self, word: &str, value: &Json) -> Result<(), String> {
        if let Some(word) = SAID.iter().find(|known| **known == word) {
            self.said.insert(word, Expression::read(value)?);
        } else if let Some(word) = LISTS.iter().find(|known| **known == word) {
            let list = value.as_array().ok_or_else(|| value.to_string())?;
            // A list may be written as an expression that is nothing else.
            let list = match list.as_slice() {
                [Json::String(literal), Json::Array(list)] if literal == "literal" => list.clone(),
                _ => list.clone(),
            };
            self.lists.insert(word, list);
        } else if !LEFT.contains(&word) {
            return Err(String::new());
        }
        Ok(())
    }

    pub(crate) fn is_at(&self, zoom: f64) -> bool {
        self.zooms.contains(&zoom)
    }

    /// Whether it draws this feature.
    pub(crate) fn draws(&self, zoom: f64, feature: &DecodedFeature) -> bool {
        let context = Context { zoom, feature: Some(feature) };
        self.filter.as_ref().is_none_or(|filter| filter.evaluate(context).is_true())
    }

    /// What it says of a feature by a word; nothing where it does not say it.
    pub(crate) fn of<'a>(&'a self, word: &str, context: Context<'a>) -> Datum<'a> {
        self.said.get(word).map_or(Datum::Null, |said| said.evaluate(context))
    }

    pub(crate) fn number(&self, word: &str, context: Context<'_>, otherwise: f64) -> f64 {
        self.of(word, context).number().filter(|n| n.is_finite()).unwrap_or(otherwise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_word_that_is_not_drawn_is_refused_with_its_layer() {
        for (layer, what) in [
            (json!({ "id": "a", "type": "heatmap" }), "type heatmap"),
            (json!({ "id": "a", "type": "line", "paint": { "line-gradient": "#fff" } }), "line-gradient "),
            (
                json!({ "id": "a", "type": "line", "paint": { "line-color": ["rgb", 1, 2, 3] } }),
                "line-color rgb",
            ),
            (json!({ "id": "a", "type": "fill", "filter": ["within", {}] }), "within"),
        ] {
            let fault = Style::read(&json!({ "layers": [layer] })).unwrap_err();
            assert_eq!(fault, Fault::Style { layer: "a".into(), what: what.into() });
        }
    }

    #[test]
    fn the_tiles_of_a_frame_are_those_of_sources_that_are_drawn_at_its_zoom() {
        let layer = |source: &str, from: u8| json!({ "id": source, "type": "line", "source": source, "source-layer": "x", "minzoom": from });
        let style = json!({ "sources": { "near": { "maxzoom": 14 }, "far": { "maxzoom": 9 } }, "layers": [layer("near", 14), layer("far", 0)] });
        let frame = Frame::at(2.35, 48.85, 12.0, 500, 500).unwrap();
        let tiles = Style::read(&style).unwrap().tiles(&frame);
        assert!(
            !tiles.is_empty() && tiles.iter().all(|(source, tile)| source == "far" && tile.z == 9),
            "{tiles:?}"
        );
    }
}
