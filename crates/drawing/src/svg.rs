//! Writing SVG: numbers as short as pixels need them, texts escaped.

use crate::color::Color;
use std::fmt::{Display, Write};

/// SVG under way.
#[derive(Debug, Default)]
pub(crate) struct Svg {
    written: String,
    ids: usize,
    /// The paper of a drawing whose lines and surfaces are as coarse as pixels: the smallest, and those that are hardly told from it, are left out.
    pub(crate) coarse_on: Option<Color>,
}

impl Svg {
    pub(crate) fn new(coarse_on: Option<Color>) -> Svg {
        Svg { coarse_on, ..Svg::default() }
    }

    /// Writes markup that is ours.
    pub(crate) fn raw(&mut self, markup: impl Display) {
        // Writing into a String cannot fail.
        let _ = write!(self.written, "{markup}");
    }

    /// The next name of something within it.
    pub(crate) fn id(&mut self) -> String {
        self.ids += 1;
        format!("p{}", self.ids)
    }

    pub(crate) fn into_string(self) -> String {
        self.written
    }
}

/// A number with a tenth at most.
#[derive(Clone, Copy)]
pub(crate) struct Tenths(pub(crate) f64);

impl Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round();
        // Finite and within what a drawing can hold, whatever it was made of.
        let tenths = if tenths.is_finite() { tenths.clamp(-1e9, 1e9) as i64 } else { 0 };
        match (tenths / 10, tenths.unsigned_abs() % 10) {
            (whole, 0) => write!(f, "{whole}"),
            (0, part) if tenths < 0 => write!(f, "-.{part}"),
            (0, part) => write!(f, ".{part}"),
            (whole, part) => write!(f, "{whole}.{part}"),
        }
    }
}

/// A number with hundredths: opacities.
#[derive(Clone, Copy)]
pub(crate) struct Hundredths(pub(crate) f64);

impl Display for Hundredths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = (self.0.clamp(0.0, 1.0) * 100.0).round() / 100.0;
        write!(f, "{part}")
    }
}

/// A text as it stands in markup and in attributes. What XML has no way to say is left out.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(' ')?,
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                // Marks that turn the direction of a whole line: what is beside a name must not be read the wrong way round.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_pixels_need_them() {
        let all = [0.0, -0.04, 0.26, -0.26, 12.0, 12.34, -7.96, f64::NAN, f64::INFINITY];
        let written: Vec<String> = all.iter().map(|n| Tenths(*n).to_string()).collect();
        assert_eq!(written, ["0", "0", ".3", "-.3", "12", "12.3", "-8", "0", "0"]);
    }

    #[test]
    fn a_text_is_nothing_but_a_text() {
        let written = Escaped("</text><script>alert('a & \"b\"')</script>\u{0}\u{202e}é").to_string();
        assert_eq!(
            written,
            "&lt;/text&gt;&lt;script&gt;alert(&#39;a &amp; &quot;b&quot;&#39;)&lt;/script&gt;é"
        );
    }
}
