//! Parts of a picture that nobody is to see: each is drawn anew from what stands around it, in coarse cells, so that it can be told that
//! something was covered, and nothing can be told of what.
//!
//! What it is not: a blur, which averages what it hides and can be guessed back. Invariant: no pixel under a frame has any part in what is
//! drawn, and since frames are widened to the squares of the file, in which alone it smears, nothing of it is left beside them.

use super::picture::{SMALL, decode, fit, jpeg};
use super::{Digest, Picture, Refusal, Size, Store};
use crate::base::error::{Error, Result};
use image::{DynamicImage, Rgb, RgbImage};
use std::sync::Arc;

/// How fine a frame is said: this many steps from one side of the picture to the other.
pub const STEPS: u32 = 10_000;

/// The side of a cell, in pixels of the large size: that of the coarsest squares in which a JPEG keeps what it shows.
const CELL: u32 = 16;

/// A part of a picture: where it begins and how large it is, in [`STEPS`] of the picture's width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// From the left side.
    pub left: u32,
    /// From the top.
    pub top: u32,
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// A rectangle of pixels: from, and to where it no longer is.
#[derive(Debug, Clone, Copy)]
struct Rect {
    x: (u32, u32),
    y: (u32, u32),
}

impl Rect {
    fn of(frame: Frame, width: u32, height: u32) -> Rect {
        let side = |from: u32, length: u32, all: u32| {
            let at = |step: u32| u64::from(step.min(STEPS)) * u64::from(all);
            let steps = u64::from(STEPS);
            let (from, to) = (at(from) / steps, at(from.saturating_add(length)).div_ceil(steps));
            let short = |n: u64| u32::try_from(n).unwrap_or(all).min(all);
            (short(from) / CELL * CELL, short(to).next_multiple_of(CELL).min(all))
        };
        Rect { x: side(frame.left, frame.width, width), y: side(frame.top, frame.height, height) }
    }

    fn holds(self, x: u32, y: u32) -> bool {
        (self.x.0..self.x.1).contains(&x) && (self.y.0..self.y.1).contains(&y)
    }
}

/// The mean of what nobody covers in a part of the picture.
fn mean(pixels: &RgbImage, part: Rect, hidden: &[Rect]) -> Option<[f64; 3]> {
    let (mut sum, mut count) = ([0.0; 3], 0.0);
    for y in part.y.0..part.y.1.min(pixels.height()) {
        for x in part.x.0..part.x.1.min(pixels.width()) {
            if !hidden.iter().any(|rect| rect.holds(x, y)) {
                let Rgb(colour) = *pixels.get_pixel(x, y);
                for (sum, value) in sum.iter_mut().zip(colour) {
                    *sum += f64::from(value);
                }
                count += 1.0;
            }
        }
    }
    (count > 0.0).then(|| sum.map(|sum| sum / count))
}

/// What a cell is drawn in: what stands on the four sides of its frame, the nearer the more; grey where nothing does.
fn around(pixels: &RgbImage, frame: Rect, cell: Rect, hidden: &[Rect]) -> Rgb<u8> {
    let before = |at: u32| (at.saturating_sub(CELL), at);
    let after = |at: u32| (at, at.saturating_add(CELL));
    let sides = [
        (Rect { x: before(frame.x.0), y: cell.y }, cell.x.0 - frame.x.0),
        (Rect { x: after(frame.x.1), y: cell.y }, frame.x.1 - cell.x.1),
        (Rect { x: cell.x, y: before(frame.y.0) }, cell.y.0 - frame.y.0),
        (Rect { x: cell.x, y: after(frame.y.1) }, frame.y.1 - cell.y.1),
    ];
    let (mut sum, mut weights) = ([0.0; 3], 0.0);
    for (side, distance) in sides {
        if let Some(colour) = mean(pixels, side, hidden) {
            let weight = 1.0 / f64::from(distance + CELL);
            for (sum, value) in sum.iter_mut().zip(colour) {
                *sum += value * weight;
            }
            weights += weight;
        }
    }
    if weights == 0.0 {
        return Rgb([128; 3]);
    }
    // Steps of eight: what is drawn is no photograph, and is seen not to be one.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of bytes is one")]
    Rgb(sum.map(|sum| (sum / weights) as u8 & 0xf8))
}

/// Covers these parts.
fn cover(pixels: &mut RgbImage, frames: &[Frame]) {
    let (width, height) = pixels.dimensions();
    let frames: Vec<Rect> = frames.iter().map(|frame| Rect::of(*frame, width, height)).collect();
    let seen = pixels.clone();
    for frame in &frames {
        for top in (frame.y.0..frame.y.1).step_by(CELL as usize) {
            for left in (frame.x.0..frame.x.1).step_by(CELL as usize) {
                let to = |from: u32, end: u32| (from, (from + CELL).min(end));
                let cell = Rect { x: to(left, frame.x.1), y: to(top, frame.y.1) };
                let colour = around(&seen, *frame, cell, &frames);
                for y in cell.y.0..cell.y.1 {
                    for x in cell.x.0..cell.x.1 {
                        pixels.put_pixel(x, y, colour);
                    }
                }
            }
        }
    }
}

/// A picture of ours with these parts covered, in both sizes.
fn covered(bytes: &[u8], frames: &[Frame]) -> Result<Picture, Refusal> {
    let (pixels, _) = decode(bytes)?;
    let mut large = pixels.into_rgb8();
    cover(&mut large, frames);
    let (width, height) = large.dimensions();
    let small = fit(DynamicImage::ImageRgb8(large.clone()), SMALL).into_rgb8();
    let (large, small) = (jpeg(&large)?, jpeg(&small)?);
    Ok(Picture { digest: Digest::of(&large), width, height, large, small })
}

impl Store {
    /// A kept picture with these parts covered. Keeps nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it is not kept, and where the disk refuses.
    pub async fn cover(&self, digest: &Digest, frames: Vec<Frame>) -> Result<Picture> {
        let bytes = self.get(digest, Size::Large).await?.ok_or(Error::NotFound)?;
        let internal = |what: String| Error::Internal(format!("picture: {what}"));
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|e| internal(e.to_string()))?;
        let drawn = tokio::task::spawn_blocking(move || {
            let drawn = covered(&bytes, &frames);
            drop(turn);
            drawn
        });
        Ok(drawn.await.map_err(|error| internal(error.to_string()))??)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn street(plate: u8) -> RgbImage {
        RgbImage::from_fn(300, 200, |x, y| {
            let under = (100..180).contains(&x) && (80..120).contains(&y);
            if under {
                Rgb([plate.wrapping_mul(x as u8), plate, y as u8])
            } else {
                Rgb([x as u8, y as u8, 90])
            }
        })
    }

    const PLATE: Frame = Frame { left: 3_333, top: 4_000, width: 2_667, height: 2_000 };

    #[test]
    fn nothing_of_what_a_frame_covers_is_in_what_is_drawn() {
        let (mut one, mut other) = (street(3), street(201));
        assert_ne!(one, other);
        cover(&mut one, &[PLATE]);
        cover(&mut other, &[PLATE]);
        assert_eq!(one, other, "two pictures that differ under the frame alone become the same");
        assert_eq!(one.get_pixel(20, 20), street(3).get_pixel(20, 20), "what stands beside it stays");
        // What lies under a frame is no help to its neighbour, either.
        let beside = Frame { left: 6_000, width: 1_000, ..PLATE };
        let (mut one, mut other) = (street(3), street(201));
        cover(&mut one, &[beside, PLATE]);
        cover(&mut other, &[beside, PLATE]);
        assert_eq!(one, other);
    }

    #[test]
    fn a_frame_may_reach_over_the_edge_or_cover_everything() {
        let mut all = street(3);
        cover(&mut all, &[Frame { left: 0, top: 0, width: STEPS, height: STEPS }]);
        assert!(all.pixels().all(|pixel| *pixel == Rgb([128; 3])), "there is nothing to draw it from");
        let mut edge = street(3);
        cover(&mut edge, &[Frame { left: 9_000, top: 9_000, width: 9_000, height: u32::MAX }]);
        assert_ne!(edge.get_pixel(299, 199), street(3).get_pixel(299, 199));
        // It begins where the square does that holds its side.
        assert_ne!(edge.get_pixel(256, 199), street(3).get_pixel(256, 199));
        assert_eq!(edge.get_pixel(255, 199), street(3).get_pixel(255, 199));
    }

    #[test]
    fn a_covered_picture_is_another_one_in_both_sizes() {
        let before = jpeg(&street(3)).unwrap();
        let picture = covered(&before, &[PLATE]).unwrap();
        assert_eq!((picture.width, picture.height), (300, 200));
        assert_ne!(picture.digest, Digest::of(&before));
        for size in [&picture.large, &picture.small] {
            let drawn = image::load_from_memory(size).unwrap().into_rgb8();
            let [red, ..] = drawn.get_pixel(140, 100).0;
            assert!((60..200).contains(&red), "between what stands left and right of it: {red}");
        }
    }
}
