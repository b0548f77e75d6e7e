//! An SVG that somebody sent, looked through before it is drawn: how much it says, how deep, how often it repeats itself, and whether all
//! that it shows is in it.
//!
//! What it is not: a sanitizer. What is sent is never handed on; pixels are made of it ([`mark`]), and scripts, links and addresses mean nothing there.
//!
//! Invariant: what is drawn is bounded before anything is drawn. Entities, `use`, patterns, masks and markers can say in a few hundred bytes
//! what takes a day: they are weighed with what they stand for.

use crate::Fonts;
use crate::picture::of_tree;
use resvg::usvg::roxmltree::{Document, Error as XmlError, Node, ParsingOptions};
use resvg::usvg::{Group, ImageHrefResolver, Node as NodeKind, Options, Paint, Tree};
use std::collections::HashMap;
use std::sync::Arc;

/// The largest file, in bytes: a coat of arms drawn by hand has a tenth of that.
const MOST_BYTES: usize = 2 << 20;

/// The longest side that an SVG may say of itself, in pixels.
pub const MOST_SIDE: u32 = 20_000;

/// The most elements, each as often as it is drawn; what needs a layer of its own counts as [`LAYER`].
const MOST_WEIGHT: u64 = 40_000;

/// What a mask, a pattern, a step of an effect weighs: the whole picture is worked through for it.
const LAYER: u64 = 40;

/// The most layers as large as the picture that are made of what is drawn, whether an attribute, a style or a rule asks for them: of what
/// shines through, is mixed, cut, masked, repeated or given an effect.
const MOST_LAYERS: u64 = 150;

/// How deep elements may stand in each other, with what they refer to in the place where they do.
const MOST_DEPTH: usize = 200;

/// The most rules of its styles, each tried on each element.
const MOST_TRIES: usize = 4_000_000;

/// How many times as large as the picture what is repeated in it may be.
const MOST_PATTERN: f32 = 4.0;

/// The effects that are drawn: each takes as long as the picture is large, whatever it says of itself.
const EFFECTS: [&str; 11] = [
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
    "feTile",
];

/// Why an SVG is not drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// It is no XML, or breaks off.
    Broken,
    /// It is XML, and no SVG.
    NoSvg,
    /// It says too much, stands too deep in itself, or repeats itself too often.
    TooMuch,
    /// It is larger than [`MOST_SIDE`].
    TooLarge([u32; 2]),
    /// It shows a picture of pixels, in it or elsewhere.
    Picture,
    /// It has an effect that is not drawn: which.
    Effect(String),
    /// Nothing of it would be seen.
    Empty,
}

/// The PNG of an SVG that somebody sent, its longer side so many pixels.
///
/// # Errors
/// Why it is not drawn.
pub fn mark(bytes: &[u8], fonts: &Fonts, longer: u32) -> Result<Vec<u8>, Unfit> {
    if bytes.len() > MOST_BYTES {
        return Err(Unfit::TooMuch);
    }
    let text = std::str::from_utf8(bytes).map_err(|_other_letters| Unfit::Broken)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    entities(text)?;
    // Texts between elements are nodes too.
    let most = u32::try_from(MOST_WEIGHT * 4).unwrap_or(u32::MAX);
    let options = ParsingOptions { allow_dtd: true, nodes_limit: most, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        XmlError::NodesLimitReached | XmlError::EntityReferenceLoop(_) => Unfit::TooMuch,
        _ => Unfit::Broken,
    })?;
    weigh(&document)?;
    let nowhere =
        ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options = Options {
        image_href_resolver: nowhere,
        fontdb: Arc::clone(&fonts.files),
        font_family: fonts.own_family().to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_xmltree(&document, &options).map_err(|_invalid| Unfit::Broken)?;
    let [width, height] = [tree.size().width(), tree.size().height()];
    if width.max(height) > MOST_SIDE as f32 {
        return Err(Unfit::TooLarge([width as u32, height as u32]));
    }
    // What is repeated is drawn once, as large as it says.
    let times = longer as f32 / width.max(height);
    let repeated = tree.patterns().iter().map(|pattern| {
        let (rect, transform) = (pattern.rect(), pattern.transform());
        let scale = [transform.sx, transform.kx, transform.ky, transform.sy]
            .map(f32::abs)
            .into_iter()
            .fold(1.0, f32::max);
        rect.width().max(rect.height()) * scale * times
    });
    if repeated.into_iter().any(|side| side.is_nan() || side > MOST_PATTERN * longer as f32) {
        return Err(Unfit::TooMuch);
    }
    if !tree.root().has_children() {
        return Err(Unfit::Empty);
    }
    if layers(tree.root()) > MOST_LAYERS {
        return Err(Unfit::TooMuch);
    }
    of_tree(&tree, longer).map_err(|_no_pixels| Unfit::Empty)
}

/// How many layers a group is drawn with, each as often as it is.
fn layers(group: &Group) -> u64 {
    let steps: usize = group.filters().iter().map(|filter| 1 + filter.primitives().len()).sum();
    let mut found = u64::from(group.should_isolate()) + steps as u64;
    let mut clip = group.clip_path();
    while let Some(path) = clip {
        found = found.saturating_add(1).saturating_add(layers(path.root()));
        clip = path.clip_path();
    }
    let mut mask = group.mask();
    while let Some(one) = mask {
        found = found.saturating_add(1).saturating_add(layers(one.root()));
        mask = one.mask();
    }
    for node in group.children() {
        let inner = match node {
            NodeKind::Group(group) => layers(group),
            NodeKind::Text(text) => layers(text.flattened()),
            NodeKind::Path(path) => {
                let paints =
                    [path.fill().map(|fill| fill.paint()), path.stroke().map(|stroke| stroke.paint())];
                let repeated = paints.into_iter().flatten().map(|paint| match paint {
                    Paint::Pattern(pattern) => 1 + layers(pattern.root()),
                    _ => 0,
                });
                repeated.fold(0, u64::saturating_add)
            }
            NodeKind::Image(_) => 0,
        };
        found = found.saturating_add(inner);
    }
    found
}

/// Entities are what drawing programs put the addresses of their own vocabularies in: short, and none in another. Whatever they are
/// used for, the text with all of them put in is bounded.
fn entities(text: &str) -> Result<(), Unfit> {
    let (mut longest, mut used) = (0, 0);
    for declared in text.split("<!ENTITY").skip(1) {
        let quote = declared.find(['"', '\'']).ok_or(Unfit::Broken)?;
        let mark = if declared[quote..].starts_with('"') { '"' } else { '\'' };
        let (name, value) = (&declared[..quote], &declared[quote + 1..]);
        let value = &value[..value.find(mark).ok_or(Unfit::Broken)?];
        if name.trim_start().starts_with('%')
            || value.contains('&')
            || value.contains('%')
            || value.contains('<')
        {
            return Err(Unfit::TooMuch);
        }
        (longest, used) = (longest.max(value.len()), text.matches('&').count());
    }
    if longest.saturating_mul(used) > MOST_BYTES { Err(Unfit::TooMuch) } else { Ok(()) }
}

/// How often what is said is drawn.
struct Scales<'a, 'input> {
    ids: HashMap<&'a str, Node<'a, 'input>>,
    /// What is known; nothing of what is being weighed just now.
    known: HashMap<Node<'a, 'input>, Option<Weighed>>,
}

/// What an element weighs, and how much stands in it, one in the other.
#[derive(Clone, Copy)]
struct Weighed {
    weight: u64,
    height: usize,
}

fn weigh(document: &Document<'_>) -> Result<(), Unfit> {
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(Unfit::NoSvg);
    }
    let elements = || root.descendants().filter(Node::is_element);
    for element in elements() {
        let name = element.tag_name().name();
        if matches!(name, "image" | "feImage") {
            return Err(Unfit::Picture);
        }
        if name.starts_with("fe") && !name.starts_with("feFunc") && !EFFECTS.contains(&name) {
            return Err(Unfit::Effect(name.chars().take(40).collect()));
        }
        if element.ancestors().nth(MOST_DEPTH).is_some() {
            return Err(Unfit::TooMuch);
        }
    }
    let ids: HashMap<_, _> = elements().filter_map(|one| Some((one.attribute("id")?, one))).collect();
    let styles = || elements().filter(|one| one.tag_name().name() == "style").filter_map(|one| one.text());
    let rules: usize = styles().map(|text| text.matches(['{', ',']).count()).sum();
    if rules.saturating_mul(elements().count()) > MOST_TRIES {
        return Err(Unfit::TooMuch);
    }
    let of_styles: Vec<Node<'_, '_>> =
        styles().flat_map(referred).filter_map(|id| ids.get(id).copied()).collect();
    let mut scales = Scales { ids, known: HashMap::new() };
    let mut heaviest = 0;
    for one in of_styles {
        heaviest = heaviest.max(scales.of(one, 0)?.weight);
    }
    let whole = scales.of(root, 0)?.weight;
    // Any element may be meant by a rule, and each of its corners by one of markers.
    let has_markers = styles().any(|text| text.contains("marker"));
    let meant = if has_markers { elements().map(corners).sum() } else { whole };
    let by_rules = heaviest.saturating_mul(meant);
    if whole.saturating_add(by_rules) > MOST_WEIGHT { Err(Unfit::TooMuch) } else { Ok(()) }
}

impl<'a, 'input> Scales<'a, 'input> {
    /// What an element weighs with all that is in it and that it refers to; `depth` is how many are being weighed around it.
    fn of(&mut self, element: Node<'a, 'input>, depth: usize) -> Result<Weighed, Unfit> {
        match self.known.get(&element) {
            Some(Some(known)) => return Ok(*known),
            // It stands for itself.
            Some(None) => return Err(Unfit::TooMuch),
            None if depth > MOST_DEPTH => return Err(Unfit::TooMuch),
            None => {}
        }
        self.known.insert(element, None);
        let mut found = Weighed { weight: own_weight(element), height: 0 };
        let mut add = |inner: Weighed, times: u64| {
            found.weight = found.weight.saturating_add(inner.weight.saturating_mul(times));
            found.height = found.height.max(inner.height + 1);
        };
        for child in element.children().filter(Node::is_element) {
            add(self.of(child, depth + 1)?, 1);
        }
        for attribute in element.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            let target = value.strip_prefix('#').filter(|_| name == "href");
            // A marker stands on each corner of a path.
            let is_marker = value.contains("marker") || name.starts_with("marker");
            let times = if is_marker { corners(element) } else { 1 };
            for id in target.into_iter().chain(referred(value)) {
                let Some(target) = self.ids.get(id).copied() else { continue };
                add(self.of(target, depth + 1)?, times);
            }
        }
        if found.weight > MOST_WEIGHT || found.height > MOST_DEPTH {
            return Err(Unfit::TooMuch);
        }
        self.known.insert(element, Some(found));
        Ok(found)
    }
}

/// What an element weighs by itself.
fn own_weight(element: Node<'_, '_>) -> u64 {
    match element.tag_name().name() {
        "mask" | "pattern" | "filter" => LAYER,
        name if name.starts_with("fe") => LAYER,
        "stop" => 0,
        // Each letter is a shape.
        "text" | "tspan" | "textPath" => element.text().map_or(1, |text| text.len() as u64),
        _ => 1,
    }
}

/// At most how many corners a shape has: a letter and a figure each at least.
fn corners(element: Node<'_, '_>) -> u64 {
    let said = ["d", "points"].iter().filter_map(|name| element.attribute(*name)).map(str::len).max();
    said.map_or(4, |length| length as u64 / 2 + 1)
}

/// The ids that a value refers to: `url(#id)`, in whatever quotes.
fn referred(value: &str) -> impl Iterator<Item = &str> {
    let plain = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    value.split("url(").skip(1).filter_map(move |rest| {
        let id = rest.trim_start_matches(plain).strip_prefix('#')?;
        Some(id[..id.find(')')?].trim_end_matches(plain))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::tiny_skia::Pixmap;

    fn sent(inner: &str) -> Result<Pixmap, Unfit> {
        let svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">{inner}</svg>"##
        );
        mark(svg.as_bytes(), &Fonts::default(), 400).map(|png| Pixmap::decode_png(&png).unwrap())
    }

    #[test]
    fn a_logo_is_drawn_as_large_as_is_asked_for_with_what_shines_through() {
        let drawn = sent(r##"<defs><linearGradient id="g"><stop stop-color="#f00"/></linearGradient></defs><style>.a{fill:url(#g)}</style><rect class="a" width="20" height="20"/>"##).unwrap();
        assert_eq!((drawn.width(), drawn.height()), (400, 200));
        let at = |x, y| drawn.pixel(x, y).map(|pixel| (pixel.red(), pixel.alpha())).unwrap();
        assert_eq!((at(100, 100), at(300, 100)), ((255, 255), (0, 0)));
    }

    #[test]
    fn what_a_drawing_program_writes_around_a_drawing_is_read() {
        let svg = concat!(
            "\u{feff}<?xml version=\"1.0\"?><!-- Generator --><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n",
            "<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n<!ENTITY ns_ai 'http://ns.adobe.com/AdobeIllustrator/10.0/'>\n]>\n",
            "<svg xmlns=\"&ns_svg;\" xmlns:i=\"&ns_ai;\" width=\"120\" height=\"60\"><script>alert(1)</script><g onclick=\"alert(2)\"><circle cx=\"30\" cy=\"30\" r=\"20\"/></g></svg>"
        );
        let drawn = Pixmap::decode_png(&mark(svg.as_bytes(), &Fonts::default(), 120).unwrap()).unwrap();
        assert_eq!((drawn.width(), drawn.height(), drawn.pixel(30, 30).unwrap().alpha()), (120, 60, 255));
    }

    #[test]
    fn what_asks_for_a_layer_of_the_whole_picture_is_weighed_as_one_however_it_asks() {
        let rect = "<rect width='9' height='9'/>";
        for (of, style) in [
            ("<g opacity='.5'>$</g>", ""),
            ("<g style='opacity:.5'>$</g>", ""),
            ("<g class='a'>$</g>", "<style>.a{opacity:.5}</style>"),
            ("<g style='mix-blend-mode:multiply'>$</g>", ""),
            ("<g style='isolation:isolate'>$</g>", ""),
            ("<g clip-path='url(#c)'>$</g>", "<clipPath id='c'><path d='M0 0h5v5z'/></clipPath>"),
            ("<g filter='url(#f)'>$</g>", "<filter id='f'><feGaussianBlur stdDeviation='1'/></filter>"),
        ] {
            let times = |n: usize| format!("{style}{}", of.replace('$', rect).repeat(n));
            assert_eq!(sent(&times(2_000)).err(), Some(Unfit::TooMuch), "{of}");
            assert!(sent(&times(20)).is_ok(), "a logo has some: {of}");
        }
        let blurs = "<feGaussianBlur stdDeviation='500'/>".repeat(20);
        let wide = format!(
            "<filter id='f' x='-1000' y='-1000' width='3000' height='3000'>{blurs}</filter>{}",
            "<rect width='9' height='9' filter='url(#f)'/>".repeat(10)
        );
        assert_eq!(sent(&wide).err(), Some(Unfit::TooMuch));
    }

    #[test]
    fn what_would_take_a_day_is_refused_at_once() {
        let begun = std::time::Instant::now();
        let laughs: String =
            (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
        let laughing = format!(
            "<!DOCTYPE svg [<!ENTITY l0 \"ha\">{laughs}]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&l9;</text></svg>"
        );
        let long = format!(
            "<!DOCTYPE svg [<!ENTITY l \"{}\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>{}</text></svg>",
            "ha".repeat(50_000),
            "&l;".repeat(10_000)
        );
        let outside = "<!DOCTYPE svg [<!ENTITY % l SYSTEM \"file:///etc/passwd\"> %l;]><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        for text in [laughing.as_str(), &long, outside] {
            assert_eq!(mark(text.as_bytes(), &Fonts::default(), 64), Err(Unfit::TooMuch));
        }
        let doubled = |of: &str| -> String {
            (1..40).map(|n| of.replace("$n", &n.to_string()).replace("$m", &(n - 1).to_string())).collect()
        };
        let uses = doubled(r##"<g id="a$n"><use href="#a$m"/><use xlink:href="#a$m"/></g>"##);
        let patterns = doubled(
            r##"<pattern id="a$n" width="1" height="1"><rect width="9" height="9" fill="url(#a$m)"/><rect width="9" height="9" style="fill:url('#a$m')"/></pattern>"##,
        );
        let marked = format!(
            r##"<marker id="m"><path d="M0 0"/><path d="M1 1"/></marker><path style="marker-mid:url(#m)" d="{}"/>"##,
            "L1 1".repeat(20_000)
        );
        let by_rule = format!(
            r##"<style>* {{ fill: url( "#a" ) }}</style><pattern id="a">{}</pattern>{}"##,
            "<rect/>".repeat(200),
            "<rect/>".repeat(200)
        );
        // Each is one more, and the first stands in all of them.
        let chain: String =
            (1..8_000).rev().map(|n| format!("<g id=\"a{n}\"><use href=\"#a{}\"/></g>", n - 1)).collect();
        let rules = format!("<style>{}</style>{}", "a{}".repeat(20_000), "<rect/>".repeat(2_000));
        let marked_by_rule = format!(
            r##"<style>path {{ marker-mid: url(#m) }}</style><marker id="m"><path/></marker><path d="{}"/>"##,
            "L1 1".repeat(20_000)
        );
        let wide = r##"<pattern id="a" width="99999" height="99999" patternUnits="userSpaceOnUse"><rect width="9" height="9"/></pattern><rect width="9" height="9" fill="url(#a)"/>"##.to_owned();
        let many = "<rect/>".repeat(50_000);
        let deep = format!("{}{}", "<g>".repeat(400), "</g>".repeat(400));
        let own = r##"<g id="a"><use href="#a"/></g>"##.to_owned();
        let base = r##"<rect id="a0" width="9" height="9"/>"##;
        for inner in [
            format!("{base}{uses}<use href=\"#a39\"/>"),
            format!("{base}{patterns}"),
            marked,
            by_rule,
            chain,
            rules,
            marked_by_rule,
            wide,
            many,
            deep,
            own,
        ] {
            assert_eq!(sent(&inner).map(|_| ()), Err(Unfit::TooMuch), "{}", &inner[..inner.len().min(200)]);
        }
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    }

    #[test]
    fn what_is_not_whole_not_small_or_no_svg_is_named() {
        let drawn = |text: &str| mark(text.as_bytes(), &Fonts::default(), 64);
        assert_eq!(drawn("<p>Bonjour</p>"), Err(Unfit::NoSvg));
        assert_eq!(drawn("<svg xmlns='http://www.w3.org/2000/svg'><g>"), Err(Unfit::Broken));
        assert_eq!(drawn("<svg xmlns='http://www.w3.org/2000/svg'/>"), Err(Unfit::Empty));
        let large = "<svg xmlns='http://www.w3.org/2000/svg' width='1000000000' height='1000000000'><rect width='9' height='9'/></svg>";
        assert_eq!(drawn(large), Err(Unfit::TooLarge([1_000_000_000; 2])));
        for inner in [
            r#"<image href="data:image/png;base64,AAAA" width="9" height="9"/>"#,
            r#"<image xlink:href="/etc/passwd"/>"#,
        ] {
            assert_eq!(sent(inner).map(|_| ()), Err(Unfit::Picture));
        }
        let noise = r##"<filter id="f"><feTurbulence numOctaves="999999"/></filter><rect filter="url(#f)" width="9" height="9"/>"##;
        assert_eq!(sent(noise).map(|_| ()), Err(Unfit::Effect("feTurbulence".into())));
        assert_eq!(mark(&vec![b' '; MOST_BYTES + 1], &Fonts::default(), 64), Err(Unfit::TooMuch));
    }
}
