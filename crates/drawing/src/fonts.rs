//! The letters of names: how wide they are, and the files that a picture draws them from.

use crate::Fault;
use resvg::usvg::fontdb;
use std::sync::Arc;
use ttf_parser::Face;

/// A family in two weights. Without one, names are drawn as wide as most letters are; a picture then has none.
#[derive(Debug, Clone, Default)]
pub struct Fonts {
    family: String,
    weights: Option<Arc<[Weight; 2]>>,
    pub(crate) files: Arc<fontdb::Database>,
}

/// How wide letters are, in parts of the letters' size: those up to U+024F, and what any other is taken for.
#[derive(Debug, Clone)]
struct Weight {
    widths: Vec<f32>,
    /// Every letter that there is, in order.
    letters: Vec<u32>,
}

/// The letters whose widths are kept.
const LETTERS: u32 = 0x250;

/// What a letter is taken for that is not known.
const MIDDLING: f32 = 0.56;

impl Fonts {
    /// A family from the files of its regular and its bold letters (TrueType or OpenType).
    ///
    /// # Errors
    /// [`Fault::Font`] where a file is none.
    pub fn read(regular: Vec<u8>, bold: Vec<u8>) -> Result<Fonts, Fault> {
        let weights = [weight(&regular)?, weight(&bold)?];
        let mut files = fontdb::Database::new();
        files.load_font_data(regular);
        files.load_font_data(bold);
        let family =
            files.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
        Ok(Fonts {
            family: family.ok_or(Fault::Font)?,
            weights: Some(Arc::new(weights)),
            files: Arc::new(files),
        })
    }

    /// The family by its own name.
    pub(crate) fn own_family(&self) -> &str {
        &self.family
    }

    /// What SVG calls the family, and what a browser takes that does not have it.
    pub(crate) fn family(&self) -> String {
        if self.family.is_empty() { "sans-serif".to_owned() } else { format!("{}, sans-serif", self.family) }
    }

    /// Whether there is such a letter. Without a font, whoever looks has theirs.
    pub(crate) fn has(&self, letter: char) -> bool {
        let in_each = |weights: &Arc<[Weight; 2]>| {
            weights.iter().all(|weight| weight.letters.binary_search(&u32::from(letter)).is_ok())
        };
        self.weights.as_ref().is_none_or(in_each)
    }

    /// How wide a text is in pixels.
    pub(crate) fn width(&self, text: &str, is_bold: bool, size: f64) -> f64 {
        let widths = self
            .weights
            .as_ref()
            .map(|weights| weights[usize::from(is_bold)].widths.as_slice())
            .unwrap_or_default();
        let width = |letter: char| widths.get(letter as usize).copied().unwrap_or(MIDDLING);
        text.chars().map(|letter| f64::from(width(letter))).sum::<f64>() * size
    }
}

fn weight(file: &[u8]) -> Result<Weight, Fault> {
    let face = Face::parse(file, 0).or(Err(Fault::Font))?;
    let em = f32::from(face.units_per_em());
    let width = |code: u32| {
        let advance =
            char::from_u32(code).and_then(|c| face.glyph_index(c)).and_then(|id| face.glyph_hor_advance(id));
        advance.map_or(MIDDLING, |advance| f32::from(advance) / em)
    };
    let mut letters = Vec::new();
    for table in face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables) {
        if table.is_unicode() {
            table.codepoints(|code| letters.push(code));
        }
    }
    letters.sort_unstable();
    letters.dedup();
    Ok(Weight { widths: (0..LETTERS).map(width).collect(), letters })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_font_is_refused() {
        assert_eq!(Fonts::read(vec![0; 40], vec![]).unwrap_err(), Fault::Font);
    }

    #[test]
    fn without_a_font_a_longer_text_is_wider_all_the_same() {
        let fonts = Fonts::default();
        assert!(fonts.width("Rue des Tanneurs", false, 12.0) > fonts.width("Rue", false, 12.0));
        assert_eq!(fonts.family(), "sans-serif");
    }
}
