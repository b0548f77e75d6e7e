//! Outlines as the paths of a small picture, so that somebody sees what a file holds before anything is written. What it is not: a map
//! (`crates/drawing`): no ground, no names, no scale.

use geo::{BoundingRect, CoordsIter, LineString, MultiPolygon};

/// The picture's width; its height follows from what is drawn, within bounds.
const WIDTH: f64 = 640.0;
const HIGHEST: f64 = 640.0;
const LOWEST: f64 = 120.0;

/// What is left free around it.
const EDGE: f64 = 6.0;

/// Nearer corners are drawn as one, in pixels.
const APART: f64 = 0.7;

/// The most outlines that are drawn.
const MOST: usize = 3_000;

/// The most corners that are drawn in all: beyond them outlines are left out, and said to be.
const MOST_CORNERS: usize = 400_000;

/// A picture: its size, and the path of each outline.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) paths: Vec<String>,
    /// How many outlines are too many to be drawn.
    pub(super) left_out: usize,
}

/// Web Mercator, in radians, south positive.
fn flat(lon: f64, lat: f64) -> (f64, f64) {
    let lat = lat.clamp(-85.0, 85.0).to_radians();
    (lon.to_radians(), -(lat.tan() + 1.0 / lat.cos()).ln())
}

impl Picture {
    /// The picture of these outlines.
    pub(super) fn of<'a>(outlines: impl Iterator<Item = &'a MultiPolygon<f64>> + Clone) -> Picture {
        let corners = outlines.clone().filter_map(BoundingRect::bounding_rect).map(|rect| {
            let (low, high) = (flat(rect.min().x, rect.max().y), flat(rect.max().x, rect.min().y));
            [low.0, low.1, high.0, high.1]
        });
        let all = corners.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
        let Some([west, north, east, south]) = all else { return Picture::default() };
        let (wide, high) = ((east - west).max(1e-9), (south - north).max(1e-9));
        let scale = ((WIDTH - 2.0 * EDGE) / wide).min((HIGHEST - 2.0 * EDGE) / high);
        let height = (high * scale + 2.0 * EDGE).clamp(LOWEST, HIGHEST);
        let (left, top) = ((WIDTH - wide * scale) / 2.0, (height - high * scale) / 2.0);
        let place = |lon: f64, lat: f64| {
            let (x, y) = flat(lon, lat);
            (left + (x - west) * scale, top + (y - north) * scale)
        };
        let mut room = MOST_CORNERS;
        let fits = |outline: &&MultiPolygon<f64>| {
            let rest = room.checked_sub(outline.coords_count());
            room = rest.unwrap_or(room);
            rest.is_some()
        };
        let drawn = outlines.clone().take(MOST).filter(fits);
        let paths: Vec<String> = drawn.map(|outline| path(outline, &place)).collect();
        let left_out = outlines.count().saturating_sub(paths.len());
        Picture { width: WIDTH as u32, height: height.ceil() as u32, paths, left_out }
    }
}

fn path(outline: &MultiPolygon<f64>, place: &impl Fn(f64, f64) -> (f64, f64)) -> String {
    let mut d = String::new();
    for polygon in outline {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            push(&mut d, ring, place);
        }
    }
    d
}

fn push(d: &mut String, ring: &LineString<f64>, place: &impl Fn(f64, f64) -> (f64, f64)) {
    use std::fmt::Write;
    let mut last: Option<(f64, f64)> = None;
    for corner in ring.coords() {
        let at = place(corner.x, corner.y);
        if last.is_some_and(|last| (last.0 - at.0).abs().max((last.1 - at.1).abs()) < APART) {
            continue;
        }
        // Writing into a text does not fail.
        let _ = write!(d, "{}{:.1} {:.1}", if last.is_none() { "M" } else { "L" }, at.0, at.1);
        last = Some(at);
    }
    if last.is_some() {
        d.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn outlines_keep_their_shape_and_stay_inside_the_picture() {
        let square = |x: f64| {
            MultiPolygon(vec![
                polygon![(x: x, y: 0.0), (x: x + 1.0, y: 0.0), (x: x + 1.0, y: 1.0), (x: x, y: 1.0)],
            ])
        };
        let two = [square(0.0), square(1.0)];
        let picture = Picture::of(two.iter());
        assert_eq!((picture.width, picture.paths.len(), picture.left_out), (640, 2, 0));
        assert!((315..=330).contains(&picture.height), "two squares side by side: {}", picture.height);
        for path in &picture.paths {
            let numbers = path.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|n| !n.is_empty());
            let numbers: Vec<f64> = numbers.map(|n| n.parse().unwrap()).collect();
            assert_eq!(numbers.len(), 10, "four corners and the first again: {path}");
            assert!(numbers.iter().all(|n| (5.9..=634.1).contains(n)), "{path}");
        }
        assert_eq!(Picture::of([].iter()), Picture::default());
    }
}
