//! PNG of what was drawn.

use crate::{Fault, Fonts, MOST_PIXELS};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::sync::Arc;

/// The PNG of an SVG that [`crate::draw`] gave, so many times as large.
///
/// # Errors
/// [`Fault::Picture`] where it is no SVG or would have more than [`MOST_PIXELS`].
pub fn png(svg: &str, fonts: &Fonts, times: f32) -> Result<Vec<u8>, Fault> {
    let why = |error: String| Fault::Picture(error);
    let options = Options {
        fontdb: Arc::clone(&fonts.files),
        font_family: fonts.own_family().to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|e| why(e.to_string()))?;
    let size = tree.size().to_int_size().scale_by(times).ok_or_else(|| why("size".to_owned()))?;
    if u64::from(size.width()) * u64::from(size.height()) > MOST_PIXELS {
        return Err(why("size".to_owned()));
    }
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(|| why("size".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(times, times), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| why(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_svg_and_what_is_too_large_is_refused() {
        let fonts = Fonts::default();
        assert!(png("<p>", &fonts, 1.0).is_err());
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="1500"/>"#;
        assert!(png(svg, &fonts, 1.0).is_ok());
        assert_eq!(png(svg, &fonts, 2.0).unwrap_err(), Fault::Picture("size".into()));
    }
}
