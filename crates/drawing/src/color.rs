//! Colours of a style: `#rgb`, `#rrggbb`, `rgb(…)`, `rgba(…)`.

use std::fmt;

/// A colour and how much of it covers what is under it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Color {
    rgb: [f64; 3],
    pub(crate) alpha: f64,
}

impl Color {
    pub(crate) const WHITE: Color = Color { rgb: [255.0; 3], alpha: 1.0 };
    pub(crate) const INK: Color = Color { rgb: [29.0, 35.0, 51.0], alpha: 1.0 };

    /// A colour's word; nothing for what is none of those that are read here.
    pub(crate) fn read(word: &str) -> Option<Color> {
        let word = word.trim();
        if let Some(hex) = word.strip_prefix('#') {
            return hexadecimal(hex);
        }
        let inside = word.strip_prefix("rgba(").or_else(|| word.strip_prefix("rgb("))?.strip_suffix(')')?;
        let numbers: Vec<f64> = inside.split(',').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
        match numbers[..] {
            [r, g, b] => Some(Color { rgb: [r, g, b], alpha: 1.0 }),
            [r, g, b, alpha] => Some(Color { rgb: [r, g, b], alpha }),
            _ => None,
        }
    }

    /// Whether a surface of it is hardly seen on another, as fields are on paper.
    pub(crate) fn is_hardly_told_from(self, other: Color) -> bool {
        self.rgb.iter().zip(other.rgb).all(|(mine, its)| (mine - its).abs() <= 16.0)
    }

    /// A colour on the way from one to another.
    pub(crate) fn between(self, other: Color, part: f64) -> Color {
        let mix = |a: f64, b: f64| a + (b - a) * part;
        Color {
            rgb: std::array::from_fn(|at| mix(self.rgb[at], other.rgb[at])),
            alpha: mix(self.alpha, other.alpha),
        }
    }
}

fn hexadecimal(hex: &str) -> Option<Color> {
    let digits: Vec<u32> = hex.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let pair = |a: u32, b: u32| f64::from(a * 16 + b);
    match digits[..] {
        [r, g, b] => Some(Color { rgb: [pair(r, r), pair(g, g), pair(b, b)], alpha: 1.0 }),
        [a, b, c, d, e, f] => Some(Color { rgb: [pair(a, b), pair(c, d), pair(e, f)], alpha: 1.0 }),
        _ => None,
    }
}

impl fmt::Display for Color {
    /// `#rrggbb`: how much it covers is written beside it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.rgb.map(|part| part.round().clamp(0.0, 255.0) as u8);
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_written() {
        for (word, written, alpha) in [
            ("#fff", "#ffffff", 1.0),
            ("#0072b2", "#0072b2", 1.0),
            ("rgb(1, 2,3)", "#010203", 1.0),
            ("rgba(255,0,0,.5)", "#ff0000", 0.5),
        ] {
            let color = Color::read(word).unwrap();
            assert_eq!((color.to_string().as_str(), color.alpha), (written, alpha), "{word}");
        }
        for word in ["", "red; }", "#12345", "#ggg", "rgb(1,2)", "url(#a)"] {
            assert_eq!(Color::read(word), None, "{word}");
        }
    }

    #[test]
    fn between_two_colours_lies_their_mixture() {
        let [black, white] = ["#000000", "#ffffff"].map(|word| Color::read(word).unwrap());
        assert_eq!(black.between(white, 0.5).to_string(), "#808080");
    }
}
