//! What part of the world is drawn, how large, and where a tile's corner falls in it.
//!
//! Pixels are those of the SVG: x to the right, y downwards. As in MapLibre, the world is 512 · 2^zoom pixels wide.

use crate::Fault;
use crate::clip::Bounds;
use parvis_tiles::{EXTENT, MAX_ZOOM, Position, TileCoord, Vertex};

/// How many pixels a frame may have: a poster of A3 at 150 points an inch has 4.3 million.
pub const MOST_PIXELS: u64 = 6_000_000;

/// A tile's width in pixels at its own zoom.
const TILE: f64 = 512.0;
/// The world's width in the units of a [`Position`].
const WORLD: f64 = 4_294_967_296.0;
/// A degree of latitude, of metres: for scales only.
const EQUATOR: f64 = 40_075_016.686;
/// From nearer than this nothing more is to be seen.
const NEAREST: f64 = 19.0;

/// A part of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Its north-western corner, in pixels of the world at its zoom.
    corner: [f64; 2],
    /// How near it is.
    pub zoom: f64,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

impl Frame {
    /// `width` × `height` pixels with a place (degrees, EPSG:4326) in their middle.
    ///
    /// # Errors
    /// [`Fault::Frame`] for a place off the map, a zoom that is none, a size of nothing or above [`MOST_PIXELS`].
    pub fn at(lon: f64, lat: f64, zoom: f64, width: u32, height: u32) -> Result<Frame, Fault> {
        if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Fault::Frame("size"));
        }
        if !(0.0..=f64::from(MAX_ZOOM)).contains(&zoom) {
            return Err(Fault::Frame("zoom"));
        }
        let middle = Position::from_lon_lat(lon, lat).ok_or(Fault::Frame("place"))?;
        let [x, y] = pixels(middle, zoom);
        Ok(Frame { corner: [x - f64::from(width) / 2.0, y - f64::from(height) / 2.0], zoom, width, height })
    }

    /// `width` × `height` pixels that hold west, south, east, north (degrees), as near as can be, with a margin of a tenth.
    ///
    /// # Errors
    /// As [`Frame::at`].
    pub fn around([west, south, east, north]: [f64; 4], width: u32, height: u32) -> Result<Frame, Fault> {
        let place = |lon, lat| Position::from_lon_lat(lon, lat).ok_or(Fault::Frame("place"));
        let (a, b) = (place(west, north)?, place(east, south)?);
        let span = |from: u32, to: u32| f64::from(to.saturating_sub(from).max(1)) / WORLD;
        let fits = |pixels: u32, part: f64| (f64::from(pixels) * 0.9 / (TILE * part)).log2();
        let zoom = fits(width, span(a.x, b.x)).min(fits(height, span(a.y, b.y))).clamp(0.0, NEAREST);
        let middle = Position { x: a.x / 2 + b.x / 2, y: a.y / 2 + b.y / 2 };
        let (lon, lat) = middle.lon_lat();
        Frame::at(lon, lat, zoom, width, height)
    }

    /// The same, so many pixels higher: what was in its middle is above the new one.
    ///
    /// # Errors
    /// [`Fault::Frame`] where it would have more than [`MOST_PIXELS`].
    pub fn with_more_below(self, pixels: u32) -> Result<Frame, Fault> {
        let height = self.height.checked_add(pixels).ok_or(Fault::Frame("size"))?;
        if u64::from(self.width) * u64::from(height) > MOST_PIXELS {
            return Err(Fault::Frame("size"));
        }
        Ok(Frame { height, ..self })
    }

    /// The same, so many pixels less high.
    pub(crate) fn with_less_below(self, pixels: u32) -> Frame {
        Frame { height: self.height.saturating_sub(pixels), ..self }
    }

    /// The same place in the middle, no nearer than a zoom.
    #[must_use]
    pub fn no_nearer_than(self, zoom: f64) -> Frame {
        if self.zoom <= zoom {
            return self;
        }
        let scale = (zoom - self.zoom).exp2();
        let half = [f64::from(self.width) / 2.0, f64::from(self.height) / 2.0];
        let corner = [0, 1].map(|axis| (self.corner[axis] + half[axis]) * scale - half[axis]);
        Frame { corner, zoom, ..self }
    }

    /// The zoom of the tiles that are drawn in it, where they go no deeper than `deepest`.
    pub(crate) fn tile_zoom(&self, deepest: u8) -> u8 {
        // `as` cuts: tiles of 512 pixels, as MapLibre takes them.
        (self.zoom.max(0.0) as u8).min(deepest)
    }

    /// The tiles of a zoom that it touches, row by row.
    pub(crate) fn tiles(&self, z: u8) -> impl Iterator<Item = TileCoord> + use<> {
        let side = TILE * (self.zoom - f64::from(z)).exp2();
        let last = (1_u64 << z).saturating_sub(1) as f64;
        let cut = |from: f64, size: u32| {
            let first = (from / side).floor().clamp(0.0, last);
            let end = ((from + f64::from(size)) / side).ceil().clamp(1.0, last + 1.0);
            (first as u32)..(end as u32)
        };
        let (columns, rows) = (cut(self.corner[0], self.width), cut(self.corner[1], self.height));
        rows.flat_map(move |y| columns.clone().filter_map(move |x| TileCoord::new(z, x, y).ok()))
    }

    /// Where a tile lies in it: its corner and its side, in pixels.
    pub(crate) fn of_tile(&self, tile: TileCoord) -> Placed {
        let side = TILE * (self.zoom - f64::from(tile.z)).exp2();
        let at = |index: u32, corner: f64| f64::from(index) * side - corner;
        Placed { x: at(tile.x, self.corner[0]), y: at(tile.y, self.corner[1]), side }
    }

    /// Where a place (degrees) is in it, in pixels; nothing for one off the map. It may lie outside the frame.
    #[must_use]
    pub fn place(&self, lon: f64, lat: f64) -> Option<[f64; 2]> {
        let [x, y] = pixels(Position::from_lon_lat(lon, lat)?, self.zoom);
        Some([x - self.corner[0], y - self.corner[1]])
    }

    /// The place (degrees) of a pixel.
    #[must_use]
    pub fn lon_lat(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let scale = WORLD / (TILE * self.zoom.exp2());
        // `as` saturates: beside the world lies its edge.
        let unit = |corner: f64, at: f64| ((corner + at) * scale) as u32;
        let (lon, lat) = Position { x: unit(self.corner[0], x), y: unit(self.corner[1], y) }.lon_lat();
        [lon, lat]
    }

    /// All of it, and so many pixels around it.
    pub(crate) fn bounds(&self, around: f64) -> Bounds {
        [-around, -around, f64::from(self.width) + around, f64::from(self.height) + around]
    }

    /// How many metres a pixel is in its middle.
    #[must_use]
    pub fn metres_a_pixel(&self) -> f64 {
        let world = TILE * self.zoom.exp2();
        let y = (self.corner[1] + f64::from(self.height) / 2.0) / world;
        // The latitude's cosine is 1 / cosh of the Mercator ordinate.
        EQUATOR / (world * (std::f64::consts::PI * (1.0 - 2.0 * y)).cosh())
    }
}

fn pixels(position: Position, zoom: f64) -> [f64; 2] {
    let scale = TILE * zoom.exp2() / WORLD;
    [f64::from(position.x) * scale, f64::from(position.y) * scale]
}

/// Where a tile lies in a frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placed {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) side: f64,
}

impl Placed {
    /// All of it, and so many pixels around it.
    pub(crate) fn bounds(&self, around: f64) -> Bounds {
        let (x, y) = (self.x - around, self.y - around);
        [x, y, x + self.side + 2.0 * around, y + self.side + 2.0 * around]
    }

    /// A vertex of a tile whose width is `extent` units.
    pub(crate) fn point(&self, (x, y): Vertex, extent: u32) -> [f64; 2] {
        let unit = self.side / f64::from(if extent == 0 { EXTENT } else { extent });
        [self.x + f64::from(x) * unit, self.y + f64::from(y) * unit]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_in_the_middle_of_the_frame_around_it() {
        let frame = Frame::at(2.35, 48.85, 12.5, 800, 600).unwrap();
        let [x, y] = frame.place(2.35, 48.85).unwrap();
        assert!((x - 400.0).abs() < 0.1 && (y - 300.0).abs() < 0.1, "{x} {y}");
        let [lon, lat] = frame.lon_lat([x, y]);
        assert!((lon - 2.35).abs() < 1e-6 && (lat - 48.85).abs() < 1e-6, "{lon} {lat}");
    }

    #[test]
    fn what_is_in_the_middle_stays_there_from_farther_and_above_what_is_added_below() {
        let frame = Frame::at(2.35, 48.85, 18.0, 800, 400).unwrap().no_nearer_than(15.0);
        let [x, y] = frame.with_more_below(200).unwrap().place(2.35, 48.85).unwrap();
        assert!((x - 400.0).abs() < 0.1 && (y - 200.0).abs() < 0.1 && frame.zoom == 15.0, "{x} {y}");
        assert_eq!(frame.no_nearer_than(16.0), frame);
        assert_eq!(frame.with_more_below(u32::MAX), Err(Fault::Frame("size")));
    }

    #[test]
    fn what_a_frame_is_around_lies_in_it() {
        for (bounds, width, height) in [
            ([2.2, 48.8, 2.5, 48.9], 640, 400),
            ([-61.9, 15.8, -61.0, 16.5], 300, 900),
            ([2.35, 48.85, 2.35, 48.85], 50, 50),
        ] {
            let frame = Frame::around(bounds, width, height).unwrap();
            for (lon, lat) in [(bounds[0], bounds[1]), (bounds[2], bounds[3])] {
                let [x, y] = frame.place(lon, lat).unwrap();
                assert!(
                    x >= 0.0 && y >= 0.0 && x <= f64::from(width) && y <= f64::from(height),
                    "{x} {y} {frame:?}"
                );
            }
        }
    }

    #[test]
    fn its_tiles_cover_it_and_no_more() {
        let frame = Frame::at(2.35, 48.85, 12.3, 1_000, 700).unwrap();
        for z in [0, 5, 12, 13] {
            let tiles: Vec<_> = frame.tiles(z).map(|tile| frame.of_tile(tile)).collect();
            let (left, top) = (tiles[0].x, tiles[0].y);
            let (right, bottom) =
                (tiles.last().unwrap().x + tiles[0].side, tiles.last().unwrap().y + tiles[0].side);
            assert!(
                left <= 0.0 && top <= 0.0 && right >= 1_000.0 && bottom >= 700.0,
                "{z}: {left} {top} {right} {bottom}"
            );
            assert!(tiles.iter().all(|tile| tile.x + tile.side > 0.0 && tile.x < 1_000.0), "{z}");
        }
    }

    #[test]
    fn a_pixel_is_shorter_where_the_earth_is_narrower() {
        let at = |lat| Frame::at(0.0, lat, 10.0, 100, 100).unwrap().metres_a_pixel();
        assert!((at(0.0) - 76.437).abs() < 0.01, "{}", at(0.0));
        assert!((at(60.0) / at(0.0) - 0.5).abs() < 0.001);
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        for (lon, lat, zoom, width, height) in [
            (2.0, 48.0, 12.0, 0, 10),
            (2.0, 48.0, 12.0, 100_000, 100_000),
            (2.0, 95.0, 12.0, 10, 10),
            (2.0, 48.0, f64::NAN, 10, 10),
            (2.0, 48.0, 40.0, 10, 10),
        ] {
            assert!(matches!(Frame::at(lon, lat, zoom, width, height), Err(Fault::Frame(_))));
        }
    }
}
