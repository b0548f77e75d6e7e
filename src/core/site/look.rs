//! The shades that are made of a city's one colour, so that every page can be read, in light and in dark, whatever colour it is.
//!
//! What it is not: the tokens of the house (`web/shared/styles/tokens.css`), of which these four are replaced.

use crate::core::features::vocabulary::contrast;

/// What words need at least (WCAG 2.2, 1.4.3).
const LEAST: f64 = 4.5;

/// The grounds of the house that words in the city's colour stand on, light and dark: paper, card, raised, notice.
pub(super) const LIGHT: [&str; 4] = ["#faf8f4", "#ffffff", "#ffffff", "#fdf3d7"];
pub(super) const DARK: [&str; 4] = ["#14181d", "#1d232a", "#262d36", "#3b3115"];

/// The tokens of one scheme, each `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shades {
    /// Links, and the ground of what is to be pressed.
    pub brand: String,
    /// The same, pressed or pointed at.
    pub strong: String,
    /// Words on it.
    pub on: &'static str,
    /// A ground that hints at it.
    pub tint: String,
}

/// A city's colour in both schemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// On light paper.
    pub light: Shades,
    /// On dark paper.
    pub dark: Shades,
}

impl Look {
    /// The house's own colour, where a city chose none.
    pub const HOUSE: &str = "#1d4e5f";

    /// Of a colour `#rrggbb`: as it is where it can be read, else as much darker or lighter as it must be.
    pub fn of(color: &str) -> Look {
        Look {
            light: shades(color, &LIGHT, "#000000", "#ffffff"),
            dark: shades(color, &DARK, "#ffffff", "#0d2029"),
        }
    }

    /// The style sheet that puts it in the place of the house's own.
    pub fn css(&self) -> String {
        let (light, dark) = (&self.light, &self.dark);
        let token = |name, light: &str, dark: &str| format!("--{name}:light-dark({light},{dark});");
        [
            ":root{".to_owned(),
            token("brand", &light.brand, &dark.brand),
            token("brand-strong", &light.strong, &dark.strong),
            token("on-brand", light.on, dark.on),
            token("tint", &light.tint, &dark.tint),
            "}".to_owned(),
        ]
        .concat()
    }
}

/// The shades on these grounds; `away` is the colour that is far from all of them.
fn shades(color: &str, grounds: &[&str], away: &'static str, on: &'static str) -> Shades {
    let steps = || (0..=50).map(|step| mixed(color, away, f64::from(step) / 50.0));
    let tint_of = |brand: &str| mixed(grounds[1], brand, 0.1);
    let can_be_read = |brand: &String| {
        let tint = tint_of(brand);
        let grounds = grounds.iter().copied().chain([tint.as_str(), on]);
        grounds.into_iter().all(|ground| contrast(brand, ground) >= LEAST)
    };
    // Black and white can be read on each of them.
    let brand = steps().find(can_be_read).unwrap_or_else(|| away.to_owned());
    Shades { strong: mixed(&brand, away, 0.25), tint: tint_of(&brand), on, brand }
}

/// So much of the second colour in the first.
fn mixed(one: &str, other: &str, share: f64) -> String {
    let part = |color: &str, at: usize| {
        color.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).map_or(0.0, f64::from)
    };
    let mix = |at| (part(one, at) * (1.0 - share) + part(other, at) * share).round();
    format!("#{:02x}{:02x}{:02x}", byte(mix(1)), byte(mix(3)), byte(mix(5)))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded to a byte")]
fn byte(value: f64) -> u8 {
    value.clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_colour_can_be_read_on_every_ground_in_light_and_in_dark(rgb in 0u32..0x0100_0000) {
            let look = Look::of(&format!("#{rgb:06x}"));
            for (shades, grounds) in [(&look.light, LIGHT), (&look.dark, DARK)] {
                for ink in [&shades.brand, &shades.strong] {
                    for ground in grounds.into_iter().chain([shades.tint.as_str(), shades.on]) {
                        prop_assert!(contrast(ink, ground) >= LEAST, "{ink} on {ground}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        assert_eq!(Look::of("#1d4e5f").light.brand, "#1d4e5f");
        assert_ne!(Look::of("#ffee00").light.brand, "#ffee00");
        assert!(Look::of("#1d4e5f").css().starts_with(":root{--brand:light-dark(#1d4e5f,#"));
    }
}
