//! What stands around a map: a title for who listens, a legend, a scale in metres, and whom to thank.

use crate::color::Color;
use crate::svg::{Escaped, Svg, Tenths};
use crate::{Caption, Fonts, Frame, Mark, Part};
use parvis_tiles::decode::DecodedFeature;

/// What is said beside the map. Everything may be left out; whom to thank should not.
#[derive(Debug, Clone, Default)]
pub struct Surround<'a> {
    /// What is shown: read out where the picture is not seen.
    pub title: &'a str,
    /// What the signs mean, from the top.
    pub legend: Vec<Entry<'a>>,
    /// Whom to thank for what is drawn.
    pub attribution: &'a str,
    /// Whether there is a bar of a round length. `Some` says how thousands of metres are written: `km`.
    pub scale: Option<Units<'a>>,
    /// The colours of words and of the paper behind them, `#rrggbb`; ink on white where they are none.
    pub ink: &'a str,
    /// See [`Surround::ink`].
    pub paper: &'a str,
    /// What names are written in.
    pub fonts: Option<&'a Fonts>,
    /// Whether it is as large as the page or frame that it stands in: for who looks at the SVG itself.
    pub is_fluid: bool,
    /// Where discs lead, if they do.
    pub link: Option<Link<'a>>,
    /// What leads somewhere under the discs.
    pub parts: Vec<Part>,
    /// Whether lines and surfaces are as coarse as pixels and the smallest are left out: half as many bytes, and a little less beautiful.
    pub is_coarse: bool,
    /// What is pointed out on the map, on top of all that it shows.
    pub marks: Vec<Mark<'a>>,
    /// What is said under the map, in the picture.
    pub caption: Option<Caption<'a>>,
}

/// Where a disc leads, and what it is called: of the layer of its tile, its id and where it is in degrees.
#[derive(Clone, Copy)]
pub struct Link<'a>(pub &'a LinkOf<'a>);

/// See [`Link`]: the layer, the feature, and its longitude and latitude.
pub type LinkOf<'a> = dyn Fn(&str, &DecodedFeature, [f64; 2]) -> Option<(String, String)> + 'a;

impl std::fmt::Debug for Link<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link(…)")
    }
}

/// How lengths are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Units<'a> {
    /// Metres: `m`.
    pub metres: &'a str,
    /// Kilometres: `km`.
    pub kilometres: &'a str,
}

/// A line of a legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// How it is drawn.
    pub sign: Sign,
    /// Its colour, `#rrggbb`.
    pub color: &'a str,
    /// What it means.
    pub label: &'a str,
}

/// A sign of a legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A point.
    Disc,
    /// A line.
    Line,
    /// A surface.
    Square,
}

impl Surround<'_> {
    pub(crate) fn fonts(&self) -> Fonts {
        self.fonts.cloned().unwrap_or_default()
    }

    /// The ink and the paper.
    pub(crate) fn colors(&self) -> [Color; 2] {
        [Color::read(self.ink).unwrap_or(Color::INK), Color::read(self.paper).unwrap_or(Color::WHITE)]
    }
}

/// The size of words around the map, in pixels.
pub(crate) const SIZE: f64 = 12.0;
/// The space around a box's words.
const PAD: f64 = 8.0;
/// From one line of the legend to the next.
const LINE: f64 = 18.0;

pub(crate) fn draw(svg: &mut Svg, frame: &Frame, surround: &Surround<'_>) {
    let [ink, paper] = surround.colors();
    svg.raw(format_args!(r#"<g font-size="{SIZE}" fill="{ink}">"#));
    legend(svg, frame, surround, paper);
    let above = attribution(svg, frame, surround, paper);
    if let Some(units) = surround.scale {
        scale(svg, frame, units, [ink, paper], above);
    }
    svg.raw("</g>");
}

fn backed(svg: &mut Svg, [x, y, width, height]: [f64; 4], paper: Color) {
    svg.raw(format_args!(
        r#"<rect x="{}" y="{}" width="{}" height="{}" rx="4" fill="{paper}" fill-opacity=".88"/>"#,
        Tenths(x),
        Tenths(y),
        Tenths(width),
        Tenths(height)
    ));
}

/// In the lower left corner, as many lines as there is room for.
fn legend(svg: &mut Svg, frame: &Frame, surround: &Surround<'_>, paper: Color) {
    let room = ((f64::from(frame.height) - 4.0 * PAD) / LINE).floor().max(0.0) as usize;
    let lines = &surround.legend[..surround.legend.len().min(room)];
    if lines.is_empty() {
        return;
    }
    let fonts = surround.fonts();
    // The map is what is looked at.
    let most = (f64::from(frame.width) * 0.6).min(240.0);
    let labels: Vec<String> =
        lines.iter().map(|entry| shortened(&fonts, entry.label, (false, SIZE), most)).collect();
    let widest = labels.iter().map(|label| fonts.width(label, false, SIZE)).fold(0.0, f64::max);
    let (width, height) = (widest + 24.0 + 2.0 * PAD, lines.len() as f64 * LINE + 2.0 * PAD - 4.0);
    let (x, y) = (PAD, f64::from(frame.height) - PAD - height);
    backed(svg, [x, y, width, height], paper);
    for (at, (entry, label)) in lines.iter().zip(&labels).enumerate() {
        let middle = y + PAD + at as f64 * LINE + LINE / 2.0 - 2.0;
        sign(svg, entry, x + PAD + 7.0, middle);
        svg.raw(format_args!(
            r#"<text x="{}" y="{}"{}>{}</text>"#,
            Tenths(x + PAD + 24.0),
            Tenths(middle + 4.0),
            Fitted(fonts.width(label, false, SIZE)),
            Escaped(label)
        ));
    }
}

/// The width that a text has in its box: whoever looks at the SVG may have other letters than it was measured with.
struct Fitted(f64);

impl std::fmt::Display for Fitted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, r#" textLength="{}" lengthAdjust="spacingAndGlyphs""#, Tenths(self.0))
    }
}

/// A label that is too wide ends with an ellipsis.
pub(crate) fn shortened(fonts: &Fonts, label: &str, (is_bold, size): (bool, f64), most: f64) -> String {
    if fonts.width(label, is_bold, size) <= most {
        return label.to_owned();
    }
    let mut short = String::new();
    for letter in label.chars() {
        short.push(letter);
        if fonts.width(&short, is_bold, size) > most - size {
            break;
        }
    }
    format!("{}…", short.trim_end())
}

fn sign(svg: &mut Svg, entry: &Entry<'_>, x: f64, y: f64) {
    let Some(color) = Color::read(entry.color) else { return };
    let (cx, cy) = (Tenths(x), Tenths(y));
    match entry.sign {
        Sign::Disc => svg.raw(format_args!(r#"<circle cx="{cx}" cy="{cy}" r="5.5" fill="{color}"/>"#)),
        Sign::Line => svg.raw(format_args!(
            r#"<path d="M{} {cy}h14" stroke="{color}" stroke-width="3" fill="none"/>"#,
            Tenths(x - 7.0)
        )),
        Sign::Square => svg.raw(format_args!(
            r#"<rect x="{}" y="{}" width="12" height="12" rx="2" fill="{color}"/>"#,
            Tenths(x - 6.0),
            Tenths(y - 6.0)
        )),
    }
}

/// In the lower right corner, in lines where it is long. Gives where it ends above.
fn attribution(svg: &mut Svg, frame: &Frame, surround: &Surround<'_>, paper: Color) -> f64 {
    const SMALL: f64 = 10.0;
    let (width, height) = (f64::from(frame.width), f64::from(frame.height));
    if surround.attribution.is_empty() {
        return height;
    }
    let fonts = surround.fonts();
    let lines = wrapped(&fonts, surround.attribution, false, SMALL, width * 0.5);
    let widest = lines.iter().map(|line| fonts.width(line, false, SMALL)).fold(0.0, f64::max);
    let tall = lines.len() as f64 * 13.0 + 4.0;
    backed(svg, [width - widest - 10.0, height - tall, widest + 10.0, tall], paper);
    for (at, line) in lines.iter().enumerate() {
        svg.raw(format_args!(
            r#"<text x="{}" y="{}" font-size="{SMALL}" text-anchor="end"{}>{}</text>"#,
            Tenths(width - 5.0),
            Tenths(height - tall + 12.0 + at as f64 * 13.0),
            Fitted(fonts.width(line, false, SMALL)),
            Escaped(line)
        ));
    }
    height - tall
}

/// Words in lines no wider than so many pixels; a word that is wider has a line of its own.
pub(crate) fn wrapped(fonts: &Fonts, text: &str, is_bold: bool, size: f64, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // No-break spaces hold together what they stand between.
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line)
                if fonts.width(line, is_bold, size) + fonts.width(word, is_bold, size) + size * 0.25
                    <= most =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A bar of one, two or five times a power of ten, at most a fifth of the map.
fn scale(svg: &mut Svg, frame: &Frame, units: Units<'_>, [ink, paper]: [Color; 2], above: f64) {
    let pixel = frame.metres_a_pixel();
    let metres = round_length(pixel * f64::from(frame.width) / 5.0);
    let long = metres / pixel;
    let label = if metres >= 1_000.0 {
        format!("{}\u{a0}{}", metres / 1_000.0, units.kilometres)
    } else {
        format!("{metres}\u{a0}{}", units.metres)
    };
    let (x, y) = (f64::from(frame.width) - long - PAD - 6.0, above - PAD - 24.0);
    backed(svg, [x - 6.0, y, long + 12.0, 24.0], paper);
    svg.raw(format_args!(
        r#"<text x="{}" y="{}" font-size="10" text-anchor="middle">{}</text><path d="M{} {}v5h{}v-5" fill="none" stroke="{ink}" stroke-width="1.2"/>"#,
        Tenths(x + long / 2.0),
        Tenths(y + 11.0),
        Escaped(&label),
        Tenths(x),
        Tenths(y + 14.0),
        Tenths(long)
    ));
}

/// The largest of 1, 2, 5 × 10ⁿ metres that is no longer.
fn round_length(most: f64) -> f64 {
    let power = 10_f64.powf(most.max(1.0).log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|times| times * power).find(|length| *length <= most).unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_a_round_length() {
        let lengths = [1.0, 7.3, 19.9, 20.0, 640.0, 1_999.0, 51_000.0].map(round_length);
        assert_eq!(lengths, [1.0, 5.0, 10.0, 20.0, 500.0, 1_000.0, 50_000.0]);
    }

    #[test]
    fn lines_are_no_wider_than_said_unless_a_word_is() {
        let fonts = Fonts::default();
        let lines = wrapped(&fonts, "Données © les contributeurs d’OpenStreetMap, IGN", false, 10.0, 120.0);
        assert!(lines.len() > 1);
        assert!(
            lines.iter().all(|line| !line.contains(' ') || fonts.width(line, false, 10.0) <= 120.0),
            "{lines:?}"
        );
        assert_eq!(lines.join(" "), "Données © les contributeurs d’OpenStreetMap, IGN");
    }
}
