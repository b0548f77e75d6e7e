//! Charts of counts: bars under each other, parts of one bar, columns beside each other; as SVG that is read out by its title and
//! description.
//!
//! What it is not: a table, which whoever shows a chart gives beside it; nor a way to count. Invariant: the parts of one bar fill it, bars
//! are as long as their values are to the largest or to the whole, and the size is bounded by [`MOST_BARS`].

use crate::Fonts;
use crate::around::{shortened, wrapped};
use crate::svg::{Escaped, Svg, Tenths};

/// The most bars that are drawn: of what is beyond nothing is seen, so whoever has more sums them up.
pub const MOST_BARS: usize = 60;

/// Pixels from side to side: a phone's, so that letters stay letters there.
const WIDTH: f64 = 400.0;
/// Around what stands alone.
const MARGIN: f64 = 20.0;
const LETTERS: f64 = 14.0;
const SMALL: f64 = 12.0;

/// Colours of parts, told apart also by those who see no red or no green; each has a contrast of 3 with white and with the dark paper.
const PARTS: [&str; 7] = ["#2f7fb8", "#b8770a", "#128a66", "#c45a9a", "#8a6fd1", "#cf5a22", "#7b828c"];

/// How counts are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Bars under each other, each with its label.
    Bars,
    /// Parts of one bar, with a legend: what adds up.
    Stack,
    /// Columns beside each other: what follows in time.
    Columns,
}

/// A count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar<'a> {
    /// What is counted.
    pub label: &'a str,
    /// How much; nothing below 0 is drawn.
    pub value: f64,
    /// How the value is written.
    pub shown: &'a str,
}

/// A chart.
#[derive(Debug, Clone, Copy)]
pub struct Chart<'a> {
    /// How it is drawn.
    pub shape: Shape,
    /// A word of small letters, figures and hyphens that no other chart of the page has.
    pub name: &'a str,
    /// What is counted: read out first.
    pub title: &'a str,
    /// The counts in words: read out after it.
    pub description: &'a str,
    /// The counts, in order.
    pub bars: &'a [Bar<'a>],
    /// What the longest bar would be of, where each shows its part of a whole; else the largest value fills the width.
    pub whole: Option<f64>,
    /// What stands under a chart that stands alone: who counted, and when.
    pub note: &'a str,
    /// Whether it brings its title, its paper and its note: a file, not a part of a page.
    pub is_alone: bool,
    /// What it is written in.
    pub fonts: Option<&'a Fonts>,
}

impl Chart<'_> {
    /// The chart as SVG. Its parts have classes (`chart-bar`, `chart-track`, `chart-ink`, `chart-line`), so that a page may colour them.
    #[must_use]
    pub fn svg(&self) -> String {
        let fonts = self.fonts.cloned().unwrap_or_default();
        let mut pen = Pen { svg: Svg::default(), fonts: &fonts, y: 0.0 };
        if self.is_alone {
            for line in lines(&fonts, self.title, (true, 18.0)) {
                pen.y += 22.0;
                pen.text(0.0, pen.y, "", 18.0, &format!(r#" font-weight="bold">{}"#, Escaped(&line)));
            }
            pen.y += 16.0;
        }
        let bars = &self.bars[..self.bars.len().min(MOST_BARS)];
        match self.shape {
            Shape::Bars => pen.bars(bars, self.whole),
            Shape::Stack => pen.stack(bars),
            Shape::Columns => pen.columns(bars),
        }
        if self.is_alone {
            pen.y += 6.0;
            for line in lines(&fonts, self.note, (false, SMALL)) {
                pen.y += 15.0;
                pen.text(0.0, pen.y, "", SMALL, &format!(">{}", Escaped(&line)));
            }
        }
        self.framed(pen)
    }

    fn framed(&self, pen: Pen<'_>) -> String {
        let around = if self.is_alone { MARGIN } else { 0.0 };
        let (wide, tall) = (WIDTH + 2.0 * around, pen.y + 2.0 * around + 2.0);
        let mut svg = Svg::default();
        let name = Escaped(self.name);
        svg.raw(format_args!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="{w}" height="{h}" viewBox="{x} {x} {w} {h}" role="img" aria-labelledby="{name}-title {name}-words" font-family="{}"><title id="{name}-title">{}</title><desc id="{name}-words">{}</desc>"#,
            Escaped(&pen.fonts.family()),
            Escaped(self.title),
            Escaped(self.description),
            w = Tenths(wide),
            h = Tenths(tall),
            x = Tenths(-around),
        ));
        if self.is_alone {
            let (at, w, h) = (Tenths(-around), Tenths(wide), Tenths(tall));
            svg.raw(format_args!(r##"<rect x="{at}" y="{at}" width="{w}" height="{h}" fill="#ffffff"/>"##));
        }
        svg.raw(pen.svg.into_string());
        svg.raw("</svg>");
        svg.into_string()
    }
}

/// A text in lines that a chart is wide enough for. An address may be one long word: it goes on after a stroke, a point or the like,
/// anywhere where there is none.
fn lines(fonts: &Fonts, text: &str, (is_bold, size): (bool, f64)) -> Vec<String> {
    let mut lines = Vec::new();
    for line in wrapped(fonts, text, is_bold, size, WIDTH) {
        let mut rest = line.as_str();
        while fonts.width(rest, is_bold, size) > WIDTH {
            let ends = rest.char_indices().map(|(at, letter)| at + letter.len_utf8());
            let fits = ends.take_while(|end| fonts.width(&rest[..*end], is_bold, size) <= WIDTH);
            let Some(most) = fits.last() else { break };
            let good = rest[..most].rfind(['/', '.', '?', '&', '=', '-', '_', ' ']).map(|at| at + 1);
            // Not for a scrap of it alone: `https:/`.
            let (first, more) = rest.split_at(good.filter(|at| *at * 2 > most).unwrap_or(most));
            lines.push(first.trim_end().to_owned());
            rest = more;
        }
        lines.push(rest.to_owned());
    }
    lines
}

/// A chart under way: from the top down.
struct Pen<'a> {
    svg: Svg,
    fonts: &'a Fonts,
    y: f64,
}

fn size(bar: &Bar<'_>) -> f64 {
    if bar.value.is_finite() { bar.value.max(0.0) } else { 0.0 }
}

fn largest(bars: &[Bar<'_>]) -> f64 {
    bars.iter().map(size).fold(0.0, f64::max)
}

impl Pen<'_> {
    /// A text whose last attributes, `>` and words are said together.
    fn text(&mut self, x: f64, y: f64, anchor: &str, letters: f64, rest: &str) {
        let anchor = if anchor.is_empty() { String::new() } else { format!(r#" text-anchor="{anchor}""#) };
        self.svg.raw(format_args!(
            r##"<text class="chart-ink" x="{}" y="{}" font-size="{}" fill="#1b2430"{anchor}{rest}</text>"##,
            Tenths(x),
            Tenths(y),
            Tenths(letters)
        ));
    }

    fn rect(&mut self, class: &str, fill: &str, [x, y, width, height]: [f64; 4]) {
        self.svg.raw(format_args!(
            r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}" fill="{fill}"/>"#,
            Tenths(x),
            Tenths(y),
            Tenths(width),
            Tenths(height)
        ));
    }

    /// A label at `x`, and the value at the right.
    fn line(&mut self, bar: &Bar<'_>, x: f64) {
        let room = WIDTH - x - self.fonts.width(bar.shown, true, LETTERS) - 12.0;
        let label = shortened(self.fonts, bar.label, (false, LETTERS), room);
        self.text(x, self.y, "", LETTERS, &format!(">{}", Escaped(&label)));
        let shown = format!(r#" font-weight="bold">{}"#, Escaped(bar.shown));
        self.text(WIDTH, self.y, "end", LETTERS, &shown);
    }

    fn bars(&mut self, bars: &[Bar<'_>], whole: Option<f64>) {
        let most = largest(bars).max(whole.unwrap_or_default());
        for bar in bars {
            self.y += LETTERS;
            self.line(bar, 0.0);
            if whole.is_some() {
                self.rect("chart-track", "#e6e2d9", [0.0, self.y + 6.0, WIDTH, 10.0]);
            }
            if size(bar) > 0.0 {
                let long = (size(bar) / most * WIDTH).max(1.0);
                self.rect("chart-bar", "#1d4e5f", [0.0, self.y + 6.0, long, 10.0]);
            }
            self.y += 26.0;
        }
    }

    fn stack(&mut self, bars: &[Bar<'_>]) {
        let all: f64 = bars.iter().map(size).sum();
        let mut before = 0.0;
        for (bar, color) in bars.iter().zip(PARTS.iter().cycle()) {
            // Each from where the one before ends: rounding leaves no gap and nothing over.
            let (from, to) = (before / all * WIDTH, (before + size(bar)) / all * WIDTH);
            before += size(bar);
            if size(bar) > 0.0 {
                self.rect("chart-part", color, [from, self.y, to - from, 28.0]);
            }
        }
        self.y += 34.0;
        for (bar, color) in bars.iter().zip(PARTS.iter().cycle()) {
            self.y += 18.0;
            self.rect("chart-part", color, [0.0, self.y - 12.0, 14.0, 14.0]);
            self.line(bar, 22.0);
            self.y += 6.0;
        }
    }

    fn columns(&mut self, bars: &[Bar<'_>]) {
        const TALL: f64 = 150.0;
        let (most, step) = (largest(bars), WIDTH / (bars.len().max(1) as f64));
        let width = |text: &str| self.fonts.width(text, false, SMALL);
        let has_room = bars.iter().all(|bar| width(bar.shown) <= step);
        let widest = bars.iter().map(|bar| width(bar.label)).fold(1.0, f64::max);
        // `as` saturates: at least each, at most the first alone.
        let every = (((widest + 8.0) / step).ceil() as usize).max(1);
        let (top, mut is_said) = (self.y + 16.0, false);
        for (at, bar) in bars.iter().enumerate() {
            let (x, tall) = (at as f64 * step, if most > 0.0 { size(bar) / most * TALL } else { 0.0 });
            let (middle, head) = (x + step / 2.0, top + TALL - tall);
            if size(bar) > 0.0 {
                let tall = tall.max(1.0);
                self.rect("chart-bar", "#1d4e5f", [x + step * 0.1, top + TALL - tall, step * 0.8, tall]);
            }
            // Where not all have room, the tallest says how tall it is.
            if has_room || (size(bar) >= most && !is_said) {
                is_said = true;
                let half = self.fonts.width(bar.shown, false, SMALL) / 2.0;
                let middle = middle.clamp(half, WIDTH - half);
                self.text(middle, head - 4.0, "middle", SMALL, &format!(">{}", Escaped(bar.shown)));
            }
            if at % every == 0 {
                let wide = self.fonts.width(bar.label, false, SMALL);
                // One that would stand over the edge is left to its neighbours.
                if at == 0 || x + wide <= WIDTH {
                    self.text(x, top + TALL + 15.0, "", SMALL, &format!(">{}", Escaped(bar.label)));
                }
            }
        }
        self.rect("chart-line", "#7a8391", [0.0, top + TALL, WIDTH, 1.0]);
        self.y = top + TALL + 20.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(shape: Shape, bars: &[(String, f64)], is_alone: bool) -> String {
        let bars: Vec<_> =
            bars.iter().map(|(label, value)| Bar { label, value: *value, shown: "12" }).collect();
        let (title, description, note) = ("Par thème <b>", "Nature : 12 & plus", "Compté le 3 mai");
        let whole = None;
        let chart = Chart {
            shape,
            name: "themes",
            title,
            description,
            bars: &bars,
            whole,
            note,
            is_alone,
            fonts: None,
        };
        let svg = chart.svg();
        assert!(resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).is_ok(), "{svg}");
        svg
    }

    #[test]
    fn an_address_under_a_chart_goes_on_in_the_next_line_and_nothing_of_it_is_lost() {
        let fonts = Fonts::default();
        let address = format!(
            "https://participer.exemple.fr/processes/{}/figures",
            "plan-local-d-urbanisme-".repeat(6)
        );
        for text in [format!("Compté le 3 mai : {address}"), "é".repeat(500), address.clone(), String::new()]
        {
            let lines = lines(&fonts, &text, (false, SMALL));
            assert!(lines.iter().all(|line| fonts.width(line, false, SMALL) <= WIDTH), "{lines:?}");
            let bare = |text: &str| text.replace(' ', "");
            assert_eq!(bare(&lines.concat()), bare(&text));
        }
        let all = lines(&fonts, &address, (false, SMALL));
        assert!(all.len() > 2 && all[0].ends_with(['/', '-']), "{all:?}");
    }

    /// A number of each rectangle of a class.
    fn numbers(svg: &str, class: &str, name: &str) -> Vec<f64> {
        let rects = svg.split("<rect class=\"").skip(1).filter(|rect| rect.starts_with(class));
        let number = |rect: &str| rect.split_once(&format!(" {name}=\""))?.1.split('"').next()?.parse().ok();
        rects.filter_map(number).collect()
    }

    proptest! {
        #[test]
        fn whatever_is_counted_parts_fill_the_bar_and_bars_are_as_long_as_their_values(
            values in proptest::collection::vec((0_u32..100_000, ".{0,40}"), 1..80),
            is_alone: bool,
        ) {
            let bars: Vec<(String, f64)> = values.iter().map(|(n, label)| (label.clone(), f64::from(*n))).collect();
            let shown = &bars[..bars.len().min(MOST_BARS)];
            let all: f64 = shown.iter().map(|(_, n)| n).sum();
            let stack = drawn(Shape::Stack, &bars, is_alone);
            let signs = 14.0 * shown.len() as f64;
            let filled = numbers(&stack, "chart-part", "width").iter().sum::<f64>() - signs;
            let wanted = if all > 0.0 { WIDTH } else { 0.0 };
            // Each is rounded to a tenth.
            prop_assert!((filled - wanted).abs() <= 0.06 * shown.len() as f64, "{filled}");
            let long = numbers(&drawn(Shape::Bars, &bars, is_alone), "chart-bar", "width");
            let most = shown.iter().map(|(_, n)| *n).fold(0.0, f64::max);
            let counted: Vec<f64> = shown.iter().map(|(_, n)| *n).filter(|n| *n > 0.0).collect();
            prop_assert_eq!(long.len(), counted.len());
            for (long, n) in long.iter().zip(&counted) {
                prop_assert!((long - (n / most * WIDTH).max(1.0)).abs() < 0.06, "{} of {}", long, n);
            }
            drawn(Shape::Columns, &bars, is_alone);
        }
    }

    #[test]
    fn a_chart_is_read_out_by_title_and_counts_and_no_label_is_markup() {
        let bars = [("</text><script>".to_owned(), f64::NAN), ("Nature".to_owned(), 3.0)];
        for shape in [Shape::Bars, Shape::Stack, Shape::Columns] {
            let svg = drawn(shape, &bars, true);
            assert!(svg.contains(r#"role="img" aria-labelledby="themes-title themes-words""#), "{svg}");
            assert!(svg.contains(r#"<title id="themes-title">Par thème &lt;b&gt;</title>"#), "{svg}");
            assert!(svg.contains(r#"<desc id="themes-words">Nature : 12 &amp; plus</desc>"#), "{svg}");
            assert!(svg.contains("Compté le 3 mai") && !svg.contains("<script>"), "{svg}");
            assert!(!drawn(shape, &bars, false).contains("Compté le"), "within a page the page says it");
        }
    }

    #[test]
    fn of_a_whole_each_bar_is_as_long_as_its_part() {
        let bars = [("a", 5.0), ("b", 20.0)].map(|(label, value)| Bar { label, value, shown: "" });
        let chart = Chart {
            shape: Shape::Bars,
            name: "within",
            title: "",
            description: "",
            bars: &bars,
            whole: Some(100.0),
            note: "",
            is_alone: false,
            fonts: None,
        };
        let svg = chart.svg();
        assert_eq!(numbers(&svg, "chart-bar", "width"), [WIDTH * 0.05, WIDTH * 0.2]);
        assert_eq!(numbers(&svg, "chart-track", "width"), [WIDTH; 2]);
    }

    #[test]
    fn nothing_counted_is_a_chart_without_bars() {
        for shape in [Shape::Bars, Shape::Stack, Shape::Columns] {
            assert!(!drawn(shape, &[], true).contains("chart-bar"));
            assert!(numbers(&drawn(shape, &[("Nature".into(), 0.0)], true), "chart-bar", "width").is_empty());
        }
    }
}
