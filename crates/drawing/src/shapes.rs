//! Surfaces, lines and discs.

use crate::Frame;
use crate::around::Link;
use crate::color::Color;
use crate::expression::Context;
use crate::frame::Placed;
use crate::layers::{Clip, Drawn};
use crate::style::Layer;
use crate::svg::{Escaped, Hundredths, Svg, Tenths};
use parvis_tiles::Vertex;
use parvis_tiles::decode::{DecodedFeature, DecodedGeometry};

/// Draws each tile's part of a layer within the tile's bounds, those with the smallest key of order first. Things that follow each other
/// and look the same share one group.
fn within_tiles(
    svg: &mut Svg,
    layer: &Layer,
    drawn: &[Drawn<'_>],
    frame: &Frame,
    key: &str,
    look: impl Fn(Context<'_>) -> Option<String>,
    path: impl Fn(&mut Svg, &DecodedFeature, Placed, u32),
) {
    for Drawn { tile, extent, features } in drawn {
        let placed = frame.of_tile(*tile);
        let mut inside = Svg::default();
        let mut last: Option<String> = None;
        for (_, feature) in in_order(layer, features, frame, key) {
            let Some(looks) = look(Context { zoom: frame.zoom, feature: Some(feature) }) else { continue };
            if last.as_ref() != Some(&looks) {
                inside.raw(if last.is_some() { "</g>" } else { "" });
                inside.raw(format_args!("<g {looks}>"));
                last = Some(looks);
            }
            path(&mut inside, feature, placed, *extent);
        }
        if last.is_some() {
            svg.raw(format_args!(r#"<g clip-path="url(#{})">{}</g></g>"#, Clip(*tile), inside.into_string()));
        }
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
    let look = |context: Context<'_>| {
        let opacity = layer.number("fill-opacity", context, 1.0);
        let fill = paint("fill", layer.of("fill-color", context).color(), opacity)?;
        let edge = paint("stroke", layer.of("fill-outline-color", context).color(), opacity);
        Some(format!(r#"{fill} fill-rule="evenodd" {}"#, edge.unwrap_or_default()))
    };
    within_tiles(svg, layer, drawn, frame, "fill-sort-key", look, |svg, feature, placed, extent| {
        if let DecodedGeometry::Rings(rings) = &feature.geometry {
            svg.raw("<path d=\"");
            rings.iter().for_each(|ring| along(svg, ring, placed, extent, true));
            svg.raw("\"/>");
        }
    });
}

pub(crate) fn lines(svg: &mut Svg, layer: &Layer, drawn: &[Drawn<'_>], frame: &Frame) {
    let look = |context: Context<'_>| {
        let width = layer.number("line-width", context, 1.0);
        if width <= 0.0 {
            return None;
        }
        let mut said = paint(
            "stroke",
            layer.of("line-color", context).color(),
            layer.number("line-opacity", context, 1.0),
        )?;
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
        Some(said)
    };
    within_tiles(svg, layer, drawn, frame, "line-sort-key", look, |svg, feature, placed, extent| {
        let (lines, closed) = match &feature.geometry {
            DecodedGeometry::Lines(lines) => (lines, false),
            DecodedGeometry::Rings(rings) => (rings, true),
            DecodedGeometry::Points(_) | DecodedGeometry::Unknown => return,
        };
        svg.raw("<path d=\"");
        lines.iter().for_each(|line| along(svg, line, placed, extent, closed));
        svg.raw("\"/>");
    });
}

/// A width with hundredths: lines of a third of a pixel are drawn.
struct Hundredth(f64);

impl std::fmt::Display for Hundredth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", (self.0.clamp(0.0, 1_000.0) * 100.0).round() / 100.0)
    }
}

/// A line of corners, those left out that are on the same tenth of a pixel as the one before.
fn along(svg: &mut Svg, line: &[Vertex], placed: Placed, extent: u32, closed: bool) {
    let mut last = [i64::MIN; 2];
    for (at, vertex) in line.iter().enumerate() {
        let [x, y] = placed.point(*vertex, extent);
        let here = [x, y].map(|n| (n * 10.0).round() as i64);
        if here != last {
            svg.raw(format_args!("{}{} {}", if at == 0 { "M" } else { "L" }, Tenths(x), Tenths(y)));
            last = here;
        }
    }
    if closed {
        svg.raw("z");
    }
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
