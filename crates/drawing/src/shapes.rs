//! Surfaces, lines and discs.

use crate::Frame;
use crate::around::Link;
use crate::clip::{self, Bounds, both};
use crate::color::Color;
use crate::expression::Context;
use crate::frame::Placed;
use crate::layers::{Clip, Drawn};
use crate::style::Layer;
use crate::svg::{Escaped, Hundredths, Svg, Tenths};
use parvis_tiles::Vertex;
use parvis_tiles::decode::{DecodedFeature, DecodedGeometry};

/// How far beyond the frame things are drawn, in pixels: no line is half as wide.
const AROUND: f64 = 64.0;

/// How far a tile's part goes over its neighbours', in pixels, so that no seam is seen between two.
const OVER: f64 = 0.3;

/// How a thing looks, as attributes.
struct Look {
    attributes: String,
    /// Whether its cut edges would be seen at the tile's bounds: it is hidden there instead of cut.
    shows_cuts: bool,
}

/// Draws each tile's part of a layer within the tile's bounds, those with the smallest key of order first. Things that follow each other
/// and look the same share one group. `path` is given the box to cut to.
fn within_tiles(
    svg: &mut Svg,
    layer: &Layer,
    drawn: &[Drawn<'_>],
    frame: &Frame,
    key: &str,
    look: impl Fn(Context<'_>) -> Option<Look>,
    path: impl Fn(&DecodedFeature, Placed, u32, Bounds) -> String,
) {
    let seen = frame.bounds(AROUND);
    for Drawn { tile, extent, features } in drawn {
        let placed = frame.of_tile(*tile);
        let own = both(seen, placed.bounds(OVER));
        let mut last: Option<Look> = None;
        for (_, feature) in in_order(layer, features, frame, key) {
            let Some(looks) = look(Context { zoom: frame.zoom, feature: Some(feature) }) else { continue };
            let path = path(feature, placed, *extent, if looks.shows_cuts { seen } else { own });
            if path.is_empty() {
                continue;
            }
            if last.as_ref().is_none_or(|last| last.attributes != looks.attributes) {
                svg.raw(if last.is_some() { "</g>" } else { "" });
                svg.raw(format_args!("<g {}", looks.attributes));
                if looks.shows_cuts {
                    svg.raw(format_args!(r#" clip-path="url(#{})""#, Clip(*tile)));
                }
                svg.raw(">");
                last = Some(looks);
            }
            svg.raw(format_args!(r#"<path d="{path}"/>"#));
        }
        svg.raw(if last.is_some() { "</g>" } else { "" });
    }
}

/// Features with their keys of order, the smallest first; as they come where the layer says none.
fn in_order<'a>(
    layer: &Layer,
    features: &[&'a DecodedFeature],
    frame: &Frame,
    key: &str,
) -> Vec<(f64, &'a DecodedFeature)> {
    let of = |feature| layer.number(key, Context { zoom: frame.zoom, feature: Some(feature) }, 0.0);
    let mut all: Vec<_> = features.iter().map(|feature| (of(feature), *feature)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all
}

/// A colour with the opacity that a word says, as attributes; nothing where nothing would be seen.
fn paint(attribute: &str, color: Option<Color>, opacity: f64) -> Option<String> {
    let color = color?;
    let alpha = color.alpha * opacity;
    if alpha <= 0.0 {
        return None;
    }
    let mut said = format!(r#"{attribute}="{color}""#);
    if alpha < 1.0 {
        said.push_str(&format!(r#" {attribute}-opacity="{}""#, Hundredths(alpha)));
    }
    Some(said)
}

pub(crate) fn surfaces(svg: &mut Svg, layer: &Layer, drawn: &[Drawn<'_>], frame: &Frame) {
    let paper = svg.coarse_on;
    let look = |context: Context<'_>| {
        let opacity = layer.number("fill-opacity", context, 1.0);
        let color = layer.of("fill-color", context).color()?;
        if paper.is_some_and(|paper| color.is_hardly_told_from(paper)) {
            return None;
        }
        let mut attributes = paint("fill", Some(color), opacity)?;
        attributes.push_str(r#" fill-rule="evenodd""#);
        let edge = paint("stroke", layer.of("fill-outline-color", context).color(), opacity);
        if let Some(edge) = &edge {
            attributes.push(' ');
            attributes.push_str(edge);
        }
        Some(Look { attributes, shows_cuts: edge.is_some() })
    };
    let grain = Grain::of(svg);
    within_tiles(svg, layer, drawn, frame, "fill-sort-key", look, |feature, placed, extent, bounds| {
        let DecodedGeometry::Rings(rings) = &feature.geometry else { return String::new() };
        let cut = |ring: &Vec<Vertex>| clip::ring(&pixels(ring, placed, extent), bounds);
        rings.iter().map(|ring| along(&cut(ring), true, grain)).collect()
    });
}

pub(crate) fn lines(svg: &mut Svg, layer: &Layer, drawn: &[Drawn<'_>], frame: &Frame) {
    let is_coarse = svg.coarse_on.is_some();
    let look = |context: Context<'_>| {
        let width = layer.number("line-width", context, 1.0);
        let opacity = layer.number("line-opacity", context, 1.0);
        // Half a pixel, or a fifth of a colour, is hardly seen.
        let is_hardly_seen = is_coarse && (width < 0.5 || opacity < 0.2);
        if width <= 0.0 || is_hardly_seen {
            return None;
        }
        let mut said = paint("stroke", layer.of("line-color", context).color(), opacity)?;
        said.push_str(&format!(r#" fill="none" stroke-width="{}""#, Hundredth(width)));
        for (word, attribute) in [("line-cap", "stroke-linecap"), ("line-join", "stroke-linejoin")] {
            if layer.of(word, context).words() == "round" {
                said.push_str(&format!(r#" {attribute}="round""#));
            }
        }
        if let Some(dash) = layer.lists.get("line-dasharray") {
            let parts: Vec<String> = dash
                .iter()
                .filter_map(|part| part.as_f64())
                .map(|part| Tenths(part * width).to_string())
                .collect();
            said.push_str(&format!(r#" stroke-dasharray="{}""#, parts.join(" ")));
        }
        // Where one lies over the end of another, what is half covered is covered twice.
        Some(Look { shows_cuts: opacity < 1.0, attributes: said })
    };
    let grain = Grain::of(svg);
    within_tiles(svg, layer, drawn, frame, "line-sort-key", look, |feature, placed, extent, bounds| {
        let lines = match &feature.geometry {
            DecodedGeometry::Lines(lines) => lines,
            DecodedGeometry::Rings(rings) => rings,
            DecodedGeometry::Points(_) | DecodedGeometry::Unknown => return String::new(),
        };
        let is_ring = matches!(feature.geometry, DecodedGeometry::Rings(_));
        let pieces = lines.iter().flat_map(|line| {
            let mut corners = pixels(line, placed, extent);
            corners.extend(corners.first().copied().filter(|_| is_ring));
            clip::line(&corners, bounds)
        });
        pieces.map(|piece| along(&piece, false, grain)).collect()
    });
}

/// The corners of a line or ring of a tile, in pixels.
pub(crate) fn pixels(line: &[Vertex], placed: Placed, extent: u32) -> Vec<[f64; 2]> {
    line.iter().map(|vertex| placed.point(*vertex, extent)).collect()
}

/// A width with hundredths: lines of a third of a pixel are drawn.
struct Hundredth(f64);

impl std::fmt::Display for Hundredth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", (self.0.clamp(0.0, 1_000.0) * 100.0).round() / 100.0)
    }
}

/// How fine corners are said.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grain {
    /// Parts of a pixel.
    parts: f64,
    /// What is less wide and less high, in such parts, is left out.
    least: i64,
}

impl Grain {
    pub(crate) fn of(svg: &Svg) -> Grain {
        if svg.coarse_on.is_some() { Grain { parts: 1.0, least: 3 } } else { Grain { parts: 10.0, least: 0 } }
    }
}

/// A path along corners, those left out that are on the same part of a pixel as the one before.
pub(crate) fn along(corners: &[[f64; 2]], is_closed: bool, grain: Grain) -> String {
    // `as` saturates: what is cut to the frame lies far within.
    let mut path: Vec<[i64; 2]> =
        corners.iter().map(|corner| corner.map(|n| (n * grain.parts).round() as i64)).collect();
    path.dedup();
    let Some(first) = path.first().copied() else { return String::new() };
    let spread = |axis: usize| {
        let (low, high) = path.iter().fold((first[axis], first[axis]), |(low, high), corner| {
            (low.min(corner[axis]), high.max(corner[axis]))
        });
        high.saturating_sub(low)
    };
    // Lines are parts of longer ones: only dots of them are left out.
    let least = if is_closed { grain.least } else { grain.least - 1 };
    if spread(0) < least && spread(1) < least {
        return String::new();
    }
    let number = |part: i64| Tenths(part as f64 / grain.parts).to_string();
    let mut said = format!("M{} {}", number(first[0]), number(first[1]));
    // From corner to corner: short numbers, of which none adds up an error.
    for (at, pair) in path.windows(2).enumerate() {
        let [x, y] = [0, 1].map(|axis| number(pair[1][axis].saturating_sub(pair[0][axis])));
        said.push_str(if at == 0 { "l" } else { "" });
        said.push_str(if at == 0 || x.starts_with('-') { "" } else { " " });
        said.push_str(&x);
        said.push_str(if y.starts_with('-') { "" } else { " " });
        said.push_str(&y);
    }
    if is_closed {
        said.push('z');
    }
    said
}

/// A disc that is drawn.
pub(crate) struct Disc<'a> {
    pub(crate) at: [f64; 2],
    pub(crate) radius: f64,
    key: f64,
    looks: String,
    feature: &'a DecodedFeature,
}

/// The discs of a layer over all tiles, those with the smallest key of order first. A point beside its tile is the neighbour's.
pub(crate) fn discs_of<'a>(layer: &Layer, drawn: &[Drawn<'a>], frame: &Frame) -> Vec<Disc<'a>> {
    let mut all = Vec::new();
    for Drawn { tile, extent, features } in drawn {
        let placed = frame.of_tile(*tile);
        for feature in features {
            let context = Context { zoom: frame.zoom, feature: Some(feature) };
            let Some(looks) = disc_look(layer, context) else { continue };
            let key = layer.number("circle-sort-key", context, 0.0);
            let radius = layer.number("circle-radius", context, 5.0).clamp(0.0, 200.0);
            for vertex in points_of(feature, *extent) {
                let at = placed.point(*vertex, *extent);
                all.push(Disc { at, radius, key, looks: looks.clone(), feature });
            }
        }
    }
    let (width, height) = (f64::from(frame.width), f64::from(frame.height));
    all.retain(|Disc { at: [x, y], radius, .. }| {
        *x >= -radius && *y >= -radius && *x <= width + radius && *y <= height + radius
    });
    all.sort_by(|a, b| a.key.total_cmp(&b.key));
    all
}

/// The points of a feature that lie in its tile.
pub(crate) fn points_of(feature: &DecodedFeature, extent: u32) -> impl Iterator<Item = &Vertex> {
    let points = match &feature.geometry {
        DecodedGeometry::Points(points) => points.as_slice(),
        _ => &[],
    };
    let within = move |n: i32| u32::try_from(n).is_ok_and(|n| n < extent);
    points.iter().filter(move |vertex| within(vertex.0) && within(vertex.1))
}

fn disc_look(layer: &Layer, context: Context<'_>) -> Option<String> {
    let fill = paint(
        "fill",
        layer.of("circle-color", context).color(),
        layer.number("circle-opacity", context, 1.0),
    );
    let width = layer.number("circle-stroke-width", context, 0.0);
    let opacity = layer.number("circle-stroke-opacity", context, 1.0);
    let edge =
        paint("stroke", layer.of("circle-stroke-color", context).color(), opacity).filter(|_| width > 0.0);
    match (fill, edge) {
        (None, None) => None,
        (fill, None) => fill,
        (fill, Some(edge)) => {
            let fill = fill.unwrap_or_else(|| r#"fill="none""#.to_owned());
            Some(format!(r#"{fill} {edge} stroke-width="{}""#, Hundredth(width)))
        }
    }
}

pub(crate) fn discs(
    svg: &mut Svg,
    layer: &Layer,
    drawn: &[Drawn<'_>],
    frame: &Frame,
    link: Option<Link<'_>>,
) {
    let mut last: Option<String> = None;
    for Disc { at, radius, looks, feature, .. } in discs_of(layer, drawn, frame) {
        if last.as_ref() != Some(&looks) {
            svg.raw(if last.is_some() { "</g>" } else { "" });
            svg.raw(format_args!("<g {looks}>"));
            last = Some(looks);
        }
        let [x, y] = at.map(Tenths);
        let circle = format!(r#"<circle cx="{x}" cy="{y}" r="{}"/>"#, Tenths(radius));
        match link.and_then(|Link(of)| of(&layer.source_layer, feature, frame.lon_lat(at))) {
            Some((to, called)) => svg.raw(format_args!(
                r#"<a href="{}" target="_top" aria-label="{1}"><title>{1}</title>{circle}</a>"#,
                Escaped(&to),
                Escaped(&called)
            )),
            None => svg.raw(circle),
        }
    }
    svg.raw(if last.is_some() { "</g>" } else { "" });
}
