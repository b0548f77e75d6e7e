//! The drawing itself: the style's layers from the bottom to the top over the tiles that were brought, then what stands around the map.

use crate::around::{self, Surround};
use crate::expression::Context;
use crate::frame::Placed;
use crate::style::{Layer, Sort};
use crate::svg::{Escaped, Hundredths, Svg, Tenths};
use crate::{Frame, Style, caption, marks, names, parts, shapes};
use parvis_tiles::TileCoord;
use parvis_tiles::decode::{DecodedFeature, DecodedGeometry, DecodedLayer};
use std::collections::{BTreeSet, HashMap};

/// The tiles that were brought, by their source's name. One that is missing is not drawn.
#[derive(Debug, Default)]
pub struct Tiles(HashMap<(String, TileCoord), Vec<DecodedLayer>>);

impl Tiles {
    /// Adds a tile of a source, not compressed. What of it breaks a rule is left out.
    ///
    /// # Errors
    /// Where it is no vector tile.
    pub fn add(&mut self, source: &str, tile: TileCoord, bytes: &[u8]) -> Result<(), parvis_tiles::Error> {
        self.0.insert((source.to_owned(), tile), parvis_tiles::decode::decode_leniently(bytes)?);
        Ok(())
    }

    /// Leaves out of a source what is not asked for, by its layer and itself.
    pub fn keep(&mut self, source: &str, asks_for: impl Fn(&str, &DecodedFeature) -> bool) {
        for (_, layers) in self.0.iter_mut().filter(|((of, _), _)| of == source) {
            for DecodedLayer { name, features, .. } in layers {
                features.retain(|feature| asks_for(name, feature));
            }
        }
    }

    /// What a source's tiles hold, each with its layer; also what lies beyond the frame.
    pub fn features(&self, source: &str) -> impl Iterator<Item = (&str, &DecodedFeature)> {
        let of_source = self.0.iter().filter(move |((other, _), _)| other == source);
        let layers = of_source.flat_map(|(_, layers)| layers);
        layers.flat_map(|layer| layer.features.iter().map(|feature| (layer.name.as_str(), feature)))
    }

    /// The ids of the points of a source's layer that lie in a frame.
    #[must_use]
    pub fn points(&self, source: &str, layer: &str, frame: &Frame) -> BTreeSet<u64> {
        let of_source = self.0.iter().filter(|((other, _), _)| other == source);
        let layers = of_source
            .flat_map(|((_, tile), layers)| layers.iter().map(|layer| (frame.of_tile(*tile), layer)));
        let features = layers.filter(|(_, other)| other.name == layer).flat_map(|(placed, layer)| {
            layer.features.iter().map(move |feature| (placed, layer.extent, feature))
        });
        let is_seen = |placed: &Placed, extent, feature: &DecodedFeature| {
            shapes::points_of(feature, extent).any(|vertex| {
                let [x, y] = placed.point(*vertex, extent);
                x >= 0.0 && y >= 0.0 && x <= f64::from(frame.width) && y <= f64::from(frame.height)
            })
        };
        features
            .filter(|(placed, extent, feature)| is_seen(placed, *extent, feature))
            .filter_map(|(.., f)| f.id)
            .collect()
    }

    /// The surfaces of a source's layer whose middle is seen in a frame, with this middle in pixels.
    pub fn surfaces(&self, source: &str, layer: &str, frame: &Frame) -> Vec<([f64; 2], &DecodedFeature)> {
        let of_source = self.0.iter().filter(|((other, _), _)| other == source);
        let of_layer = of_source.flat_map(|((_, tile), layers)| {
            let placed = frame.of_tile(*tile);
            layers.iter().filter(|other| other.name == layer).map(move |layer| (placed, layer))
        });
        let with_middle = of_layer.flat_map(|(placed, layer)| {
            layer.features.iter().filter_map(move |feature| {
                let DecodedGeometry::Rings(rings) = &feature.geometry else { return None };
                let corners = shapes::pixels(rings.first()?, placed, layer.extent);
                let n = corners.len().max(1) as f64;
                let middle = [0, 1].map(|axis| corners.iter().map(|corner| corner[axis]).sum::<f64>() / n);
                Some((middle, feature))
            })
        });
        let is_seen = |[x, y]: [f64; 2]| {
            (0.0..f64::from(frame.width)).contains(&x) && (0.0..f64::from(frame.height)).contains(&y)
        };
        with_middle.filter(|(middle, _)| is_seen(*middle)).collect()
    }

    /// Tile by tile what a layer draws: the tile, its width in units, and the features.
    pub(crate) fn of<'a>(&'a self, style: &Style, layer: &'a Layer, frame: &Frame) -> Vec<Drawn<'a>> {
        let zoom = frame.zoom;
        let tiles = style.tiles_of(&layer.source, frame).flat_map(|tile| {
            let decoded = self.0.get(&(layer.source.clone(), tile)).into_iter().flatten();
            let within = decoded.filter(|within| within.name == layer.source_layer);
            within.map(move |within| {
                let features = within.features.iter().filter(|feature| layer.draws(zoom, feature)).collect();
                Drawn { tile, extent: within.extent, features }
            })
        });
        tiles.filter(|drawn| !drawn.features.is_empty()).collect()
    }
}

/// What a layer draws of a tile.
pub(crate) struct Drawn<'a> {
    pub(crate) tile: TileCoord,
    pub(crate) extent: u32,
    pub(crate) features: Vec<&'a DecodedFeature>,
}

/// A map as SVG, `width` × `height` of the frame.
#[must_use]
pub fn draw(style: &Style, frame: &Frame, tiles: &Tiles, surround: &Surround<'_>) -> String {
    let mut svg = Svg::new(surround.is_coarse.then(|| surround.colors()[1]));
    let Frame { width, height, zoom, .. } = *frame;
    let [wide, tall] = if surround.is_fluid {
        ["100%"; 2].map(str::to_owned)
    } else {
        [width, height].map(|n| n.to_string())
    };
    svg.raw(format_args!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" viewBox="0 0 {width} {height}" role="{}" font-family="{}">"#,
        // What is in a picture is not read out: links are.
        if surround.link.is_some() { "group" } else { "img" },
        Escaped(&surround.fonts().family())
    ));
    if !surround.title.is_empty() {
        svg.raw(format_args!("<title>{}</title>", Escaped(surround.title)));
    }
    let layers: Vec<&Layer> = style.layers.iter().filter(|layer| layer.is_at(zoom)).collect();
    let drawn: Vec<Vec<Drawn<'_>>> = layers.iter().map(|layer| tiles.of(style, layer, frame)).collect();
    clips(&mut svg, frame, &drawn);
    let words = names::place(&layers, &drawn, frame, &surround.fonts());
    let first_discs = layers.iter().position(|layer| layer.sort == Sort::Circle).unwrap_or(layers.len());
    for (at, ((layer, drawn), words)) in layers.iter().zip(&drawn).zip(&words).enumerate() {
        if at == first_discs {
            parts::draw(&mut svg, &surround.parts);
        }
        match layer.sort {
            Sort::Background => background(&mut svg, layer, frame),
            Sort::Fill => shapes::surfaces(&mut svg, layer, drawn, frame),
            Sort::Line => shapes::lines(&mut svg, layer, drawn, frame),
            Sort::Circle => shapes::discs(&mut svg, layer, drawn, frame, surround.link),
            Sort::Symbol => names::write(&mut svg, words),
        }
    }
    marks::draw(&mut svg, frame, surround);
    let above = caption::draw(&mut svg, frame, surround);
    around::draw(&mut svg, &above, surround);
    svg.raw("</svg>");
    svg.into_string()
}

fn background(svg: &mut Svg, layer: &Layer, frame: &Frame) {
    let context = Context { zoom: frame.zoom, feature: None };
    let Some(color) = layer.of("background-color", context).color() else { return };
    let alpha = color.alpha * layer.number("background-opacity", context, 1.0);
    svg.raw(format_args!(r#"<rect width="100%" height="100%" fill="{color}""#));
    if alpha < 1.0 {
        svg.raw(format_args!(r#" fill-opacity="{}""#, Hundredths(alpha)));
    }
    svg.raw("/>");
}

/// Where each tile ends, a little over: what is beyond is its neighbour's, and no seam is seen between them. Only what is hidden there and
/// not cut refers to it.
fn clips(svg: &mut Svg, frame: &Frame, drawn: &[Vec<Drawn<'_>>]) {
    let mut tiles: Vec<TileCoord> = drawn.iter().flatten().map(|drawn| drawn.tile).collect();
    tiles.sort_unstable_by_key(|tile| (tile.z, tile.x, tile.y));
    tiles.dedup();
    if tiles.is_empty() {
        return;
    }
    svg.raw("<defs>");
    for tile in tiles {
        let placed = frame.of_tile(tile);
        svg.raw(format_args!(
            r#"<clipPath id="{}"><rect x="{}" y="{}" width="{side}" height="{side}"/></clipPath>"#,
            Clip(tile),
            Tenths(placed.x - 0.3),
            Tenths(placed.y - 0.3),
            side = Tenths(placed.side + 0.6),
        ));
    }
    svg.raw("</defs>");
}

/// The name of a tile's clip.
pub(crate) struct Clip(pub(crate) TileCoord);

impl std::fmt::Display for Clip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "t{}-{}-{}", self.0.z, self.0.x, self.0.y)
    }
}
