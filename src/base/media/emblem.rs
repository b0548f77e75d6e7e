//! A mark that was drawn, ready to stand on something else: without the clear edge around it, and with the ground on which it is seen.
//!
//! What it is not: where it is shown, nor how large.

use crate::base::error::{Error, Result};
use image::{GenericImageView, ImageReader, Limits, Rgba, RgbaImage, imageops};
use std::io::Cursor;

/// Paper.
const LIGHT: Rgba<u8> = Rgba([255; 4]);

/// The house's own colour, under what is light itself.
const DARK: Rgba<u8> = Rgba([0x1d, 0x4e, 0x5f, 255]);

/// From so opaque on something is seen.
const SEEN: u8 = 16;

/// The mean light, of 255, from which on a mark is not seen on paper.
const BRIGHT: u64 = 190;

/// A mark.
#[derive(Debug, Clone)]
pub struct Emblem {
    /// What is seen of it.
    pub pixels: RgbaImage,
    /// What it is seen on: its own ground where it brings one, else paper, or the house's colour where it is light itself.
    pub ground: Rgba<u8>,
}

impl Emblem {
    /// Reads a mark's PNG. Takes a moment: not for an async thread.
    ///
    /// # Errors
    /// [`Error::Internal`] where it is none, or nothing of it is seen.
    pub fn read(png: &[u8]) -> Result<Emblem> {
        let broken =
            |error: &dyn std::fmt::Display| Error::Internal(format!("the mark is no picture: {error}"));
        let mut reader =
            ImageReader::new(Cursor::new(png)).with_guessed_format().map_err(|error| broken(&error))?;
        let mut limits = Limits::default();
        (limits.max_image_width, limits.max_image_height) = (Some(8_000), Some(8_000));
        reader.limits(limits);
        let whole = reader.decode().map_err(|error| broken(&error))?.into_rgba8();
        let [x, y, width, height] = seen(&whole).ok_or_else(|| broken(&"nothing is seen of it"))?;
        let pixels = whole.view(x, y, width, height).to_image();
        let ground = own_ground(&pixels).unwrap_or_else(|| if is_bright(&pixels) { DARK } else { LIGHT });
        Ok(Emblem { pixels, ground })
    }

    /// As large as fits in a box.
    pub fn within(&self, [width, height]: [u32; 2]) -> RgbaImage {
        let (own_width, own_height) = (f64::from(self.pixels.width()), f64::from(self.pixels.height()));
        let times = (f64::from(width) / own_width).min(f64::from(height) / own_height);
        let side = |own: f64, most: u32| ((own * times).round() as u32).clamp(1, most.max(1));
        let (width, height) = (side(own_width, width), side(own_height, height));
        imageops::resize(&self.pixels, width, height, imageops::FilterType::Lanczos3)
    }

    /// Whether it is seen on paper as it is.
    pub fn is_of_paper(&self) -> bool {
        self.ground != DARK
    }
}

/// The part of a picture that is seen: from the left, from the top, how wide, how high.
fn seen(pixels: &RgbaImage) -> Option<[u32; 4]> {
    let shown = pixels.enumerate_pixels().filter(|(_, _, pixel)| pixel[3] >= SEEN);
    let all = shown.fold(None, |found: Option<[u32; 4]>, (x, y, _)| {
        let [left, top, right, bottom] = found.unwrap_or([x, y, x, y]);
        Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
    });
    all.map(|[left, top, right, bottom]| [left, top, right - left + 1, bottom - top + 1])
}

/// The colour that a picture has in each of its corners.
fn own_ground(pixels: &RgbaImage) -> Option<Rgba<u8>> {
    let (right, bottom) = (pixels.width() - 1, pixels.height() - 1);
    let corners = [(0, 0), (right, 0), (0, bottom), (right, bottom)].map(|(x, y)| pixels.get_pixel(x, y).0);
    let [first, rest @ ..] = corners;
    let is_near = |one: &[u8; 4]| one.iter().zip(first).all(|(a, b)| a.abs_diff(b) < 12);
    let [red, green, blue, alpha] = first;
    (alpha > 250 && rest.iter().all(is_near)).then_some(Rgba([red, green, blue, 255]))
}

/// Whether what is seen is light on the whole.
fn is_bright(pixels: &RgbaImage) -> bool {
    let (light, weight) = pixels.pixels().fold((0, 0), |(light, weight), pixel| {
        let [red, green, blue, alpha] = pixel.0.map(u64::from);
        (light + (red * 3 + green * 6 + blue) / 10 * alpha, weight + alpha)
    });
    light > BRIGHT * weight
}

#[cfg(test)]
mod tests {
    use super::*;

    fn emblem(pixels: &RgbaImage) -> Result<Emblem> {
        let mut png = Cursor::new(Vec::new());
        pixels.write_to(&mut png, image::ImageFormat::Png).unwrap();
        Emblem::read(png.get_ref())
    }

    /// A disc of a colour in the middle of a clear square.
    fn disc(color: [u8; 4]) -> RgbaImage {
        RgbaImage::from_fn(100, 100, |x, y| {
            let is_in = x.abs_diff(50).pow(2) + y.abs_diff(50).pow(2) < 900;
            Rgba(if is_in { color } else { [0; 4] })
        })
    }

    #[test]
    fn a_mark_stands_without_its_clear_edge_on_a_ground_that_it_is_seen_on() {
        let dark = emblem(&disc([20, 40, 120, 255])).unwrap();
        assert_eq!((dark.pixels.dimensions(), dark.ground, dark.is_of_paper()), ((59, 59), LIGHT, true));
        let light = emblem(&disc([250, 250, 230, 255])).unwrap();
        assert_eq!((light.ground, light.is_of_paper()), (DARK, false));
        let own = emblem(&RgbaImage::from_pixel(300, 100, Rgba([250, 230, 0, 255]))).unwrap();
        assert_eq!((own.ground, own.is_of_paper()), (Rgba([250, 230, 0, 255]), true));
        assert_eq!(own.within([120, 80]).dimensions(), (120, 40));
        assert_eq!(own.within([4, 80]).dimensions(), (4, 1));
        assert!(emblem(&disc([0; 4])).is_err() && Emblem::read(b"<svg/>").is_err());
    }
}
