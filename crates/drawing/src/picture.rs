//! PNG of what was drawn.

use crate::{Fault, Fonts, MOST_PIXELS};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};
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

/// The PNG of any SVG, its longer side so many pixels. What it refers to elsewhere is not looked for, and its words are not drawn.
///
/// # Errors
/// [`Fault::Picture`] where it is no SVG, or so thin that nothing of it would be left.
pub fn fitted(svg: &str, longer: u32) -> Result<Vec<u8>, Fault> {
    let why = |error: String| Fault::Picture(error);
    let nowhere =
        ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options = Options { image_href_resolver: nowhere, ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|e| why(e.to_string()))?;
    of_tree(&tree, longer)
}

/// The PNG of a tree, its longer side so many pixels.
pub(crate) fn of_tree(tree: &Tree, longer: u32) -> Result<Vec<u8>, Fault> {
    let why = |error: String| Fault::Picture(error);
    let times = longer as f32 / tree.size().width().max(tree.size().height());
    let side = |size: f32| ((size * times).round() as u32).clamp(1, longer.max(1));
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(why("size".to_owned()));
    }
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| why("size".to_owned()))?;
    resvg::render(tree, Transform::from_scale(times, times), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| why(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_svg_is_drawn_as_large_as_is_asked_for_and_reads_no_file() {
        let svg = |href: &str| {
            format!(
                r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 5"><image xlink:href="{href}" width="20" height="5"/></svg>"##
            )
        };
        let inner = std::env::temp_dir().join(format!("parvis-drawing-{}.svg", std::process::id()));
        let red = r##"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="5"><rect width="20" height="5" fill="#f00"/></svg>"##;
        std::fs::write(&inner, red).unwrap();
        let drawn = fitted(&svg(&inner.display().to_string()), 64);
        std::fs::remove_file(&inner).unwrap();
        let pixels = Pixmap::decode_png(&drawn.unwrap()).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (64, 16));
        assert!(pixels.pixels().iter().all(|pixel| pixel.alpha() == 0));
        assert!(fitted("<p>", 64).is_err() && fitted(red, 40_000).is_err());
    }

    #[test]
    fn what_is_no_svg_and_what_is_too_large_is_refused() {
        let fonts = Fonts::default();
        assert!(png("<p>", &fonts, 1.0).is_err());
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="1500"/>"#;
        assert!(png(svg, &fonts, 1.0).is_ok());
        assert_eq!(png(svg, &fonts, 2.0).unwrap_err(), Fault::Picture("size".into()));
    }
}
