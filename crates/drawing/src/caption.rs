//! What is said under a map, in the picture: for where a picture alone is seen, small, among other words.
//!
//! Invariant: whatever is written, it stays in its box. Letters that the font has not (another script, signs of telephones) are left out; of what is written mostly in
//! such letters nothing is, and what it is is said in its stead.

use crate::around::{Surround, shortened};
use crate::svg::{Escaped, Svg, Tenths};
use crate::{Fonts, Frame};

/// A box as wide as the picture, at its lower edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Caption<'a> {
    /// What is shown, in large letters.
    pub title: &'a str,
    /// What sort of thing that is.
    pub sort: &'a str,
    /// Who shows it.
    pub site: &'a str,
    /// How wide what the caller puts after that is, in pixels: it stands at the right edge of the words, as [`Caption::beside`] says.
    pub beside: u32,
    /// The colour of the bar beside it, `#rrggbb`.
    pub color: &'a str,
}

impl Caption<'_> {
    /// How high the box is, in pixels.
    pub const HEIGHT: u32 = 236;

    /// The most that stands beside the site's name, in pixels.
    pub const BESIDE: [u32; 2] = [240, 50];

    /// Where something so large stands beside the site's name, in a picture of this size: from the left and from the top.
    pub fn beside([width, height]: [u32; 2], [wide, high]: [u32; 2]) -> [u32; 2] {
        let top = height.saturating_sub(Caption::HEIGHT) + 18;
        [width.saturating_sub(PAD as u32 + wide), top + Caption::BESIDE[1].saturating_sub(high) / 2]
    }
}

/// The space beside the words.
const PAD: f64 = 56.0;
/// The space between the site's name and what stands beside it.
const GAP: f64 = 20.0;
/// The size of the sort and the site.
const SMALL: f64 = 28.0;
/// Sizes of the title, and in how many lines each may stand.
const SIZES: [(f64, usize); 2] = [(58.0, 2), (44.0, 3)];

/// Draws it, and gives the frame that is left above it.
pub(crate) fn draw(svg: &mut Svg, frame: &Frame, surround: &Surround<'_>) -> Frame {
    let Some(caption) = surround.caption else { return *frame };
    let [ink, paper] = surround.colors();
    let (width, fonts) = (f64::from(frame.width), surround.fonts());
    let top = f64::from(frame.height.saturating_sub(Caption::HEIGHT));
    svg.raw(format_args!(
        r#"<rect y="{top}" width="{width}" height="{0}" fill="{paper}"/><rect y="{top}" width="{width}" height="8" fill="{1}"/>"#,
        Caption::HEIGHT,
        Escaped(caption.color)
    ));
    let room = width - 2.0 * PAD;
    let beside = f64::from(caption.beside) + if caption.beside > 0 { GAP } else { 0.0 };
    let [title, sort, site] = [caption.title, caption.sort, caption.site].map(|text| readable(&fonts, text));
    // What no letter is left of is said by its sort.
    let (title, sort) = if title.is_empty() { (sort, String::new()) } else { (title, sort) };
    let site = shortened(&fonts, &site, (true, SMALL), room * 0.6 - beside);
    let sort =
        shortened(&fonts, &sort, (false, SMALL), room - beside - fonts.width(&site, true, SMALL) - SMALL);
    let mut write = |text: &str, x: f64, y: f64, look: &str| {
        svg.raw(format_args!(
            r#"<text x="{}" y="{}" fill="{ink}" {look}>{}</text>"#,
            Tenths(x),
            Tenths(y),
            Escaped(text)
        ));
    };
    write(&sort, PAD, top + 52.0, &format!(r#"font-size="{SMALL}""#));
    write(
        &site,
        width - PAD - beside,
        top + 52.0,
        &format!(r#"font-size="{SMALL}" font-weight="700" text-anchor="end""#),
    );
    let (size, lines) = title_lines(&fonts, &title, room);
    // In the middle of what is left under the first line.
    let tall = lines.len() as f64 * size * 1.08;
    let first = top + 66.0 + (f64::from(Caption::HEIGHT) - 78.0 - tall).max(0.0) / 2.0 + size * 0.86;
    for (at, line) in lines.iter().enumerate() {
        let look = format!(r#"font-size="{size}" font-weight="700""#);
        write(line, PAD, first + at as f64 * size * 1.08, &look);
    }
    frame.with_less_below(Caption::HEIGHT)
}

/// What can be written of a text; nothing where most of it cannot.
fn readable(fonts: &Fonts, text: &str) -> String {
    let words = text.split_whitespace().filter_map(|word| {
        let kept: String = word.chars().filter(|letter| fonts.has(*letter) && !letter.is_control()).collect();
        (!kept.is_empty()).then_some(kept)
    });
    let kept = words.collect::<Vec<_>>().join(" ");
    let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).count();
    if letters(&kept) == 0 || letters(&kept) * 2 < letters(text) { String::new() } else { kept }
}

/// The largest size that a title fits in, and its lines; the last ends with an ellipsis where it fits in none.
fn title_lines(fonts: &Fonts, title: &str, room: f64) -> (f64, Vec<String>) {
    let mut found = (SMALL, Vec::new());
    for (size, most) in SIZES {
        let mut lines = broken(fonts, title, size, room);
        let fits = lines.len() <= most;
        if !fits {
            let rest = lines.split_off(most - 1).join(" ");
            lines.push(shortened(fonts, &rest, (true, size), room));
        }
        found = (size, lines);
        if fits {
            break;
        }
    }
    found
}

/// Bold words in lines; a word that is wider than a line goes on in the next.
fn broken(fonts: &Fonts, text: &str, size: f64, room: f64) -> Vec<String> {
    let width = |text: &str| fonts.width(text, true, size);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(line) + width(" ") + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(String::new()),
        }
        let Some(line) = lines.last_mut().filter(|line| line.is_empty()) else { continue };
        line.push_str(word);
        while let Some(line) = lines.last_mut().filter(|line| width(line) > room) {
            let mut reach = 0.0;
            let over = line.char_indices().find(|(_, letter)| {
                reach += width(letter.encode_utf8(&mut [0; 4]));
                reach > room
            });
            // A letter that is wider than a line stands in it all the same.
            let first = line.chars().next().map_or(0, char::len_utf8);
            let at = over.map_or(line.len(), |(at, _)| at.max(first));
            if at >= line.len() {
                break;
            }
            let rest = line.split_off(at);
            lines.push(rest);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_of_any_length_stays_within_its_lines() {
        let fonts = Fonts::default();
        for title in ["Un banc", &"une piste cyclable ".repeat(7), &"x".repeat(120), &"W".repeat(4_000), ""] {
            let (size, lines) = title_lines(&fonts, title, 1_088.0);
            assert!(
                lines.len() <= 3 && lines.iter().all(|line| fonts.width(line, true, size) <= 1_088.0),
                "{lines:?}"
            );
        }
        let (_, long) = title_lines(&fonts, &"une piste cyclable ".repeat(30), 1_088.0);
        assert!(long.len() == 3 && long[2].ends_with('…'), "{long:?}");
        let (size, short) = title_lines(&fonts, "Un banc", 1_088.0);
        assert_eq!((size, short), (58.0, vec!["Un banc".to_owned()]));
    }

    #[test]
    fn lines_hold_all_that_was_written() {
        let fonts = Fonts::default();
        for text in ["Planter des arbres rue de la Paix", &"abc".repeat(60)] {
            let lines = broken(&fonts, text, 40.0, 300.0);
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
        assert_eq!(broken(&fonts, "wide", 40.0, 1.0).len(), 4, "a line is a letter at least");
    }
}
