//! The tokens of `web/shared/styles/tokens.css`, as the style sheet says them, and the pairs that must contrast.

use crate::core::features::vocabulary;
use crate::core::layers::Scheme;

const SHEET: &str = include_str!("../../../web/shared/styles/tokens.css");

/// A colour that is said once for light and once for dark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Color {
    /// Without its `--`.
    pub(super) name: &'static str,
    light: &'static str,
    dark: &'static str,
}

impl Color {
    /// `#rrggbb`.
    pub(super) fn on(&self, scheme: Scheme) -> &'static str {
        match scheme {
            Scheme::Light => self.light,
            Scheme::Dark => self.dark,
        }
    }
}

/// Ink on ground, and the least contrast: 4.5 for words, 3 for large words and for signs (WCAG 2.2, 1.4.3 and 1.4.11).
pub(super) const PAIRS: [(&str, &str, f64); 38] = [
    ("ink", "paper", 4.5),
    ("ink", "card", 4.5),
    ("ink", "raised", 4.5),
    ("ink", "tint", 4.5),
    ("quiet", "paper", 4.5),
    ("quiet", "card", 4.5),
    ("quiet", "raised", 4.5),
    ("quiet", "tint", 4.5),
    ("brand", "paper", 4.5),
    ("brand", "card", 4.5),
    ("brand", "raised", 4.5),
    ("brand", "tint", 4.5),
    ("brand-strong", "tint", 4.5),
    ("on-brand", "brand", 4.5),
    ("on-brand", "brand-strong", 4.5),
    ("for", "paper", 4.5),
    ("for", "card", 4.5),
    ("for", "tint", 4.5),
    ("card", "for", 4.5),
    ("against", "paper", 4.5),
    ("against", "card", 4.5),
    ("against", "tint", 4.5),
    ("card", "against", 4.5),
    ("wrong", "paper", 4.5),
    ("wrong", "card", 4.5),
    ("wrong", "tint", 4.5),
    ("wrong", "notice", 4.5),
    ("notice-ink", "notice", 4.5),
    ("brand", "notice", 4.5),
    ("field", "paper", 3.0),
    ("field", "card", 3.0),
    ("focus", "paper", 3.0),
    ("focus", "card", 3.0),
    ("focus", "tint", 3.0),
    ("focus", "notice", 3.0),
    ("focus", "land", 3.0),
    ("cross", "land", 3.0),
    ("cross", "card", 3.0),
];

/// Every token and its value, in the order of the sheet.
fn declarations() -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_line = |line: &'static str| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": ");
    SHEET.lines().filter_map(of_line)
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Every colour.
pub(super) fn colors() -> Vec<Color> {
    let of_declaration = |(name, value): (&'static str, &'static str)| {
        let (light, dark) = value.strip_prefix("light-dark(")?.strip_suffix(')')?.split_once(", ")?;
        (is_color(light) && is_color(dark)).then_some(Color { name, light, dark })
    };
    declarations().filter_map(of_declaration).collect()
}

/// Every token that is no colour, with its value.
pub(super) fn measures() -> Vec<(&'static str, &'static str)> {
    declarations().filter(|(_, value)| !value.starts_with("light-dark(")).collect()
}

/// One pair as it is measured.
#[derive(Debug, Clone)]
pub(super) struct Contrast {
    pub(super) ink: &'static str,
    pub(super) ground: &'static str,
    pub(super) ink_color: &'static str,
    pub(super) ground_color: &'static str,
    /// From 1 to 21.
    pub(super) ratio: f64,
    pub(super) least: f64,
}

/// Every pair of [`PAIRS`] that the sheet has.
pub(super) fn contrasts(scheme: Scheme) -> Vec<Contrast> {
    let colors = colors();
    let color = |name: &str| colors.iter().find(|color| color.name == name).map(|color| color.on(scheme));
    let of_pair = |(ink, ground, least): (&'static str, &'static str, f64)| {
        let (ink_color, ground_color) = color(ink).zip(color(ground))?;
        let ratio = vocabulary::contrast(ink_color, ground_color);
        Some(Contrast { ink, ground, ink_color, ground_color, ratio, least })
    };
    PAIRS.into_iter().filter_map(of_pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_declaration_of_the_sheet_is_a_colour_or_a_measure() {
        let said = SHEET.matches("\n  --").count();
        assert_eq!(colors().len() + measures().len(), said);
        assert!(colors().iter().any(|color| color.name == "ink" && color.on(Scheme::Light) == "#1b2430"));
        let measured = |name| measures().iter().any(|(measure, _)| *measure == name);
        assert!(measured("round") && measured("text-lead") && measured("space-1") && measured("shadow"));
    }

    #[test]
    fn every_ink_can_be_read_on_its_ground_in_light_and_in_dark() {
        for scheme in Scheme::ALL {
            let measured = contrasts(scheme);
            assert_eq!(measured.len(), PAIRS.len(), "a pair names a colour that the sheet has not");
            for Contrast { ink, ground, ratio, least, .. } in measured {
                assert!(ratio >= least, "{} {ink} on {ground}: {ratio:.2}", scheme.word());
            }
        }
    }

    #[test]
    fn black_on_white_is_twenty_one() {
        assert!((vocabulary::contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((vocabulary::contrast("#777777", "#777777") - 1.0).abs() < 1e-9);
    }
}
