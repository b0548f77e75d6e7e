//! Names: which of them have room, and where.
//!
//! Those of the upper layers are placed first, within a layer those with the smallest key; a name gives way to what is there already, and
//! to every disc that is drawn. Boxes are looked up in a grid: a poster has thousands of names.

use crate::around::wrapped;
use crate::clip;
use crate::color::Color;
use crate::expression::Context;
use crate::layers::Drawn;
use crate::shapes::{discs_of, pixels, points_of};
use crate::style::{Layer, Sort};
use crate::svg::{Escaped, Hundredths, Svg, Tenths};
use crate::{Fonts, Frame};
use parvis_tiles::decode::{DecodedFeature, DecodedGeometry};
use std::collections::HashMap;

/// The most names that are looked at for one layer: those with the smallest keys.
const MOST: usize = 5_000;

/// A name that has its room.
#[derive(Debug)]
pub(crate) struct Name {
    looks: String,
    at: At,
}

#[derive(Debug)]
enum At {
    /// Lines around a point: the middle of the first one's letters, and how far the next is below.
    Point { x: f64, y: f64, step: f64, lines: Vec<String> },
    /// Along a path.
    Line { path: String, text: String },
}

/// The names of each layer that have room, in the order of the layers.
pub(crate) fn place(
    layers: &[&Layer],
    drawn: &[Vec<Drawn<'_>>],
    frame: &Frame,
    fonts: &Fonts,
) -> Vec<Vec<Name>> {
    let mut room = Room::of(frame);
    for (layer, drawn) in layers.iter().zip(drawn).filter(|(layer, _)| layer.sort == Sort::Circle) {
        for disc in discs_of(layer, drawn, frame) {
            let [x, y] = disc.at;
            room.take([x - disc.radius, y - disc.radius, x + disc.radius, y + disc.radius]);
        }
    }
    let mut placed: Vec<Vec<Name>> = layers
        .iter()
        .zip(drawn)
        .rev()
        .map(|(layer, drawn)| match layer.sort {
            Sort::Symbol => of_layer(layer, drawn, frame, fonts, &mut room),
            _ => Vec::new(),
        })
        .collect();
    placed.reverse();
    placed
}

/// What a layer says of how its names look.
struct Text {
    text: String,
    size: f64,
    is_bold: bool,
    spacing: f64,
    looks: String,
}

impl Text {
    fn of(layer: &Layer, context: Context<'_>) -> Option<Text> {
        let said = layer.of("text-field", context).words();
        let text = match layer.of("text-transform", context).words().as_str() {
            "uppercase" => said.to_uppercase(),
            "lowercase" => said.to_lowercase(),
            _ => said,
        };
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let size = layer.number("text-size", context, 16.0).clamp(1.0, 100.0);
        let spacing = layer.number("text-letter-spacing", context, 0.0) * size;
        let is_bold = layer.lists.get("text-font").is_some_and(|fonts| {
            fonts.iter().filter_map(|font| font.as_str()).any(|font| font.contains("Bold"))
        });
        let color = layer.of("text-color", context).color().unwrap_or(Color::INK);
        let mut looks = format!(r#"font-size="{}" fill="{color}""#, Tenths(size));
        let opacity = layer.number("text-opacity", context, 1.0);
        if opacity < 1.0 {
            looks.push_str(&format!(r#" opacity="{}""#, Hundredths(opacity)));
        }
        if is_bold {
            looks.push_str(r#" font-weight="700""#);
        }
        if spacing > 0.0 {
            looks.push_str(&format!(r#" letter-spacing="{}""#, Tenths(spacing)));
        }
        let halo = layer.number("text-halo-width", context, 0.0);
        if let Some(color) = layer.of("text-halo-color", context).color().filter(|_| halo > 0.0) {
            let width = Tenths(halo * 2.0);
            looks.push_str(&format!(
                r#" stroke="{color}" stroke-width="{width}" stroke-linejoin="round" paint-order="stroke""#
            ));
        }
        Some(Text { text: text.to_owned(), size, is_bold, spacing, looks })
    }

    fn width(&self, fonts: &Fonts, line: &str) -> f64 {
        fonts.width(line, self.is_bold, self.size) + line.chars().count() as f64 * self.spacing
    }
}

fn of_layer(layer: &Layer, drawn: &[Drawn<'_>], frame: &Frame, fonts: &Fonts, room: &mut Room) -> Vec<Name> {
    let none = Context { zoom: frame.zoom, feature: None };
    let is_along = layer.of("symbol-placement", none).words() == "line";
    let key =
        |feature| layer.number("symbol-sort-key", Context { zoom: frame.zoom, feature: Some(feature) }, 0.0);
    let mut all: Vec<(f64, &DecodedFeature, &Drawn<'_>)> =
        drawn.iter().flat_map(|drawn| drawn.features.iter().map(move |f| (key(*f), *f, drawn))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.truncate(MOST);
    let mut names = Vec::new();
    let mut along = Along::default();
    for (_, feature, Drawn { tile, extent, .. }) in all {
        let context = Context { zoom: frame.zoom, feature: Some(feature) };
        let Some(text) = Text::of(layer, context) else { continue };
        let placed = frame.of_tile(*tile);
        if is_along {
            if let DecodedGeometry::Lines(lines) = &feature.geometry {
                for line in lines {
                    let line = pixels(line, placed, *extent);
                    names.extend(along.name(layer, context, &text, &line, frame, fonts, room));
                }
            }
        } else {
            for vertex in points_of(feature, *extent) {
                let at = placed.point(*vertex, *extent);
                names.extend(beside(layer, context, &text, at, fonts, room));
            }
        }
    }
    names
}

/// A name at a point, at the first of its places that has room.
fn beside(
    layer: &Layer,
    context: Context<'_>,
    text: &Text,
    [x, y]: [f64; 2],
    fonts: &Fonts,
    room: &mut Room,
) -> Option<Name> {
    let most = layer.number("text-max-width", context, 10.0) * text.size;
    let lines = wrapped(fonts, &text.text, text.is_bold, text.size + text.spacing, most);
    let width = lines.iter().map(|line| text.width(fonts, line)).fold(0.0, f64::max);
    let step = text.size * 1.2;
    let height = step * lines.len() as f64;
    let pad = layer.number("text-padding", context, 2.0);
    let is_anyway = layer.of("text-allow-overlap", context).is_true();
    places(layer, context).into_iter().find_map(|(anchor, [dx, dy])| {
        // The anchor is the part of the text that is at the point.
        let [left, top] = anchor.corner(width, height);
        let (left, top) = (x + dx * text.size + left, y + dy * text.size + top);
        let bounds = [left, top, left + width, top + height];
        let padded = [left - pad, top - pad, left + width + pad, top + height + pad];
        if !is_anyway && (!room.holds(bounds) || !room.is_free(padded)) {
            return None;
        }
        if is_anyway && !room.touches(bounds) {
            return None;
        }
        room.take(padded);
        let at = At::Point {
            x: left + width / 2.0,
            y: top + step * 0.5 + text.size * 0.34,
            step,
            lines: lines.clone(),
        };
        Some(Name { looks: text.looks.clone(), at })
    })
}

/// Which part of a text is at its point.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Anchor {
    /// −1: its left side; 1: its right side.
    x: f64,
    /// −1: its top; 1: its bottom.
    y: f64,
}

impl Anchor {
    fn of(word: &str) -> Anchor {
        let side =
            |low: &str, high: &str| if word.contains(low) { -1.0 } else { f64::from(word.contains(high)) };
        Anchor { x: side("left", "right"), y: side("top", "bottom") }
    }

    /// The corner of a text of this size whose anchor is at 0, 0.
    fn corner(self, width: f64, height: f64) -> [f64; 2] {
        [-(self.x + 1.0) / 2.0 * width, -(self.y + 1.0) / 2.0 * height]
    }
}

/// The places that a layer lets its names have, the best first, each with how far it is from the point, in parts of the letters' size.
fn places(layer: &Layer, context: Context<'_>) -> Vec<(Anchor, [f64; 2])> {
    let pair = |of: &serde_json::Value| Some([of.get(0)?.as_f64()?, of.get(1)?.as_f64()?]);
    if let Some(said) = layer.lists.get("text-variable-anchor-offset") {
        let (pairs, _) = said.as_chunks::<2>();
        return pairs
            .iter()
            .filter_map(|[anchor, offset]| Some((Anchor::of(anchor.as_str()?), pair(offset)?)))
            .collect();
    }
    if let Some(said) = layer.lists.get("text-variable-anchor") {
        let far = layer.number("text-radial-offset", context, 0.0);
        let anchors = said.iter().filter_map(|anchor| anchor.as_str()).map(Anchor::of);
        return anchors.map(|anchor| (anchor, [-anchor.x * far, -anchor.y * far])).collect();
    }
    let offset =
        layer.lists.get("text-offset").and_then(|said| pair(&serde_json::Value::Array(said.clone())));
    vec![(Anchor::of(&layer.of("text-anchor", context).words()), offset.unwrap_or_default())]
}

/// Names along lines: where the same words stand already.
#[derive(Default)]
struct Along(HashMap<String, Vec<[f64; 2]>>);

impl Along {
    #[allow(clippy::too_many_arguments, reason = "what is drawn, of what, where, and in what room")]
    fn name(
        &mut self,
        layer: &Layer,
        context: Context<'_>,
        text: &Text,
        line: &[[f64; 2]],
        frame: &Frame,
        fonts: &Fonts,
        room: &mut Room,
    ) -> Option<Name> {
        let width = text.width(fonts, &text.text);
        let path = Path::within(line, frame, width)?;
        if path.bend() > layer.number("text-max-angle", context, 45.0).to_radians() {
            return None;
        }
        let middle = path.middle();
        let apart = layer.number("symbol-spacing", context, 250.0);
        let same = self.0.entry(text.text.clone()).or_default();
        if same.iter().any(|other| (other[0] - middle[0]).hypot(other[1] - middle[1]) < apart) {
            return None;
        }
        let pad = layer.number("text-padding", context, 2.0);
        let half = text.size / 2.0 + pad;
        let boxes: Vec<[f64; 4]> = path
            .every(text.size)
            .into_iter()
            .map(|[x, y]| [x - half, y - half, x + half, y + half])
            .collect();
        if !boxes.iter().all(|bounds| room.touches(*bounds) && room.is_free(*bounds)) {
            return None;
        }
        boxes.into_iter().for_each(|bounds| room.take(bounds));
        same.push(middle);
        Some(Name {
            looks: text.looks.clone(),
            at: At::Line { path: path.written(), text: text.text.clone() },
        })
    }
}

/// The part of a line that a name lies on, from the left to the right.
struct Path(Vec<[f64; 2]>);

impl Path {
    /// The middle of the longest part that is within the frame, a little longer than the name; nothing where none is.
    fn within(line: &[[f64; 2]], frame: &Frame, width: f64) -> Option<Path> {
        let pieces = clip::line(line, frame.bounds(0.0));
        let longest = pieces.iter().max_by(|a, b| length(a).total_cmp(&length(b)))?;
        let all = length(longest);
        if all < width * 1.1 {
            return None;
        }
        let mut cut = cut(longest, (all - width * 1.06) / 2.0, (all + width * 1.06) / 2.0);
        // A corner that stands twice has no direction.
        cut.dedup();
        if cut.first()?[0] > cut.last()?[0] {
            cut.reverse();
        }
        Some(Path(cut))
    }

    /// The sharpest corner, in radians.
    fn bend(&self) -> f64 {
        let turns = self.0.windows(3).map(|at| {
            let (a, b) = (angle(at[0], at[1]), angle(at[1], at[2]));
            let turn = (a - b).abs();
            turn.min(std::f64::consts::TAU - turn)
        });
        turns.fold(0.0, f64::max)
    }

    fn middle(&self) -> [f64; 2] {
        let half = length(&self.0) / 2.0;
        cut(&self.0, half, half).first().copied().unwrap_or_default()
    }

    /// Places along it, so many pixels apart.
    fn every(&self, pixels: f64) -> Vec<[f64; 2]> {
        let all = length(&self.0);
        let count = (all / pixels).ceil().max(1.0) as usize;
        let each = (0..=count).map(|at| at as f64 / count as f64 * all);
        each.filter_map(|at| cut(&self.0, at, at).first().copied()).collect()
    }

    fn written(&self) -> String {
        let corner = |(at, [x, y]): (usize, &[f64; 2])| {
            format!("{}{} {}", if at == 0 { "M" } else { "L" }, Tenths(*x), Tenths(*y))
        };
        self.0.iter().enumerate().map(corner).collect()
    }
}

fn angle(a: [f64; 2], b: [f64; 2]) -> f64 {
    (b[1] - a[1]).atan2(b[0] - a[0])
}

fn length(line: &[[f64; 2]]) -> f64 {
    line.windows(2).map(|at| (at[1][0] - at[0][0]).hypot(at[1][1] - at[0][1])).sum()
}

/// The part of a line between two distances from its beginning.
fn cut(line: &[[f64; 2]], from: f64, to: f64) -> Vec<[f64; 2]> {
    let (mut gone, mut part) = (0.0, Vec::new());
    for at in line.windows(2) {
        let [a, b] = [at[0], at[1]];
        let long = (b[0] - a[0]).hypot(b[1] - a[1]);
        let on = |distance: f64| {
            let share = if long > 0.0 { ((distance - gone) / long).clamp(0.0, 1.0) } else { 0.0 };
            [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
        };
        let end = gone + long;
        if part.is_empty() && from <= end {
            part.push(on(from));
        }
        if !part.is_empty() {
            if to <= end {
                part.push(on(to));
                return part;
            }
            part.push(b);
        }
        gone = end;
    }
    part
}

/// What room is taken: boxes (left, top, right, bottom in pixels) by the squares of a grid that they touch.
struct Room {
    frame: [f64; 4],
    taken: HashMap<(i32, i32), Vec<[f64; 4]>>,
}

/// The side of a square of the grid, in pixels.
const SQUARE: f64 = 64.0;

impl Room {
    fn of(frame: &Frame) -> Room {
        Room { frame: [0.0, 0.0, f64::from(frame.width), f64::from(frame.height)], taken: HashMap::new() }
    }

    fn squares([left, top, right, bottom]: [f64; 4]) -> impl Iterator<Item = (i32, i32)> {
        let cut = |at: f64| (at / SQUARE).floor().clamp(-1e6, 1e6) as i32;
        let (columns, rows) = (cut(left)..=cut(right), cut(top)..=cut(bottom));
        rows.flat_map(move |y| columns.clone().map(move |x| (x, y)))
    }

    /// Whether a box is whole within the frame: a name that is cut is none.
    fn holds(&self, [left, top, right, bottom]: [f64; 4]) -> bool {
        left >= 2.0 && top >= 2.0 && right <= self.frame[2] - 2.0 && bottom <= self.frame[3] - 2.0
    }

    fn touches(&self, bounds: [f64; 4]) -> bool {
        meet(bounds, self.frame)
    }

    fn is_free(&self, bounds: [f64; 4]) -> bool {
        let near = Room::squares(bounds).filter_map(|square| self.taken.get(&square));
        !near.flatten().any(|other| meet(bounds, *other))
    }

    fn take(&mut self, bounds: [f64; 4]) {
        if self.touches(bounds) {
            Room::squares(bounds).for_each(|square| self.taken.entry(square).or_default().push(bounds));
        }
    }
}

fn meet(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

pub(crate) fn write(svg: &mut Svg, names: &[Name]) {
    if names.is_empty() {
        return;
    }
    svg.raw(r#"<g text-anchor="middle">"#);
    for Name { looks, at } in names {
        match at {
            At::Point { x, y, step, lines } => {
                svg.raw(format_args!("<text {looks}>"));
                for (at, line) in lines.iter().enumerate() {
                    let (x, y) = (Tenths(*x), Tenths(y + step * at as f64));
                    svg.raw(format_args!(r#"<tspan x="{x}" y="{y}">{}</tspan>"#, Escaped(line)));
                }
                svg.raw("</text>");
            }
            At::Line { path, text } => {
                let id = svg.id();
                svg.raw(format_args!(
                    r##"<path id="{id}" d="{path}" fill="none"/><text {looks} dy=".34em"><textPath href="#{id}" startOffset="50%">{}</textPath></text>"##,
                    Escaped(text)
                ));
            }
        }
    }
    svg.raw("</g>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_line_lies_between_two_distances_from_its_beginning() {
        let line = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]];
        assert_eq!(cut(&line, 5.0, 15.0), [[5.0, 0.0], [10.0, 0.0], [10.0, 5.0]]);
        assert_eq!(cut(&line, 0.0, 10.0), [[0.0, 0.0], [10.0, 0.0]]);
        assert_eq!(cut(&line, 20.0, 20.0), [[10.0, 10.0], [10.0, 10.0]]);
        assert!(cut(&[[1.0, 1.0]], 0.0, 1.0).is_empty());
    }

    #[test]
    fn a_name_lies_from_the_left_to_the_right_and_on_no_corner() {
        let frame = Frame::at(2.0, 48.0, 10.0, 200, 200).unwrap();
        let path = Path::within(&[[190.0, 50.0], [100.0, 50.0], [10.0, 50.0]], &frame, 80.0).unwrap();
        assert!(path.0.first().unwrap()[0] < path.0.last().unwrap()[0]);
        assert!((path.middle()[0] - 100.0).abs() < 0.1 && path.bend() < 0.01);
        assert!(Path::within(&[[10.0, 50.0], [40.0, 50.0]], &frame, 80.0).is_none(), "too short");
        let bent = Path::within(&[[10.0, 10.0], [60.0, 10.0], [60.0, 60.0]], &frame, 60.0).unwrap();
        assert!((bent.bend() - std::f64::consts::FRAC_PI_2).abs() < 0.01);
    }

    #[test]
    fn what_is_taken_is_not_given_again() {
        let mut room = Room::of(&Frame::at(2.0, 48.0, 10.0, 500, 500).unwrap());
        room.take([100.0, 100.0, 300.0, 120.0]);
        assert!(!room.is_free([290.0, 110.0, 310.0, 130.0]) && room.is_free([301.0, 100.0, 310.0, 120.0]));
        assert!(!room.holds([-1.0, 10.0, 50.0, 20.0]));
    }

    #[test]
    fn an_anchor_is_the_part_of_the_text_at_the_point() {
        assert_eq!(Anchor::of("top-left").corner(10.0, 4.0), [0.0, 0.0]);
        assert_eq!(Anchor::of("bottom-right").corner(10.0, 4.0), [-10.0, -4.0]);
        assert_eq!(Anchor::of("center").corner(10.0, 4.0), [-5.0, -2.0]);
        assert_eq!(Anchor::of("").corner(10.0, 4.0), [-5.0, -2.0]);
    }
}
