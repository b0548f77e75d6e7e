//! Tile maths: positions on the world square, tiles of that square, and the Z-order curve that runs through both.
//!
//! The world is Web Mercator (EPSG:3857) as a fixed-point square 2^32 units wide, x to the east and y to the south,
//! origin in the north-west corner; one unit is 9.3 mm at the equator. Not here: anything about what lies on it.
//! Invariant: the positions of a tile are one contiguous range of Z-order keys, and so are those of any cell of a
//! 2^n × 2^n grid inside it.

use std::f64::consts::PI;

use crate::error::Error;

/// Deepest zoom a tile may have.
pub const MAX_ZOOM: u8 = 22;
/// Width and height of a tile in the units of the vector tile specification.
pub const EXTENT: u32 = 4096;
/// Mean radius of the Earth in metres, as haversine distances use it (IUGG R₁).
pub const EARTH_RADIUS: f64 = 6_371_008.8;
/// Latitude in degrees at which the world square ends: atan(sinh π).
pub const MAX_LATITUDE: f64 = 85.051_128_779_806_6;
/// Width of the world square in units.
pub(crate) const WORLD: f64 = 4_294_967_296.0;

/// A point of the world square, in units (see the module's text).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Position {
    /// Units east of the antimeridian.
    pub x: u32,
    /// Units south of the northern edge.
    pub y: u32,
}

impl Position {
    /// The position of a longitude and latitude in degrees (EPSG:4326), or `None` when either is not finite or lies
    /// outside ±180° / ±[`MAX_LATITUDE`].
    #[must_use]
    pub fn from_lon_lat(lon: f64, lat: f64) -> Option<Self> {
        if !(lon.abs() <= 180.0 && lat.abs() <= MAX_LATITUDE) {
            return None;
        }
        let [x, y] = project(lon, lat);
        // `as` saturates: the eastern and southern edges fall on the last unit.
        Some(Self { x: x as u32, y: y as u32 })
    }

    /// Longitude and latitude in degrees of the middle of this unit.
    #[must_use]
    pub fn lon_lat(self) -> (f64, f64) {
        unproject(f64::from(self.x) + 0.5, f64::from(self.y) + 0.5)
    }

    /// The tile of zoom `z` (at most [`MAX_ZOOM`]; deeper is taken as that) that holds this position.
    #[must_use]
    pub fn tile(self, z: u8) -> TileCoord {
        let z = z.min(MAX_ZOOM);
        let shift = 32 - u32::from(z);
        let cut = |v: u32| v.checked_shr(shift).unwrap_or(0);
        TileCoord { z, x: cut(self.x), y: cut(self.y) }
    }

    /// The place of this position on the Z-order (Morton) curve: the bits of y and x interleaved, y's first.
    #[must_use]
    pub fn z_order(self) -> u64 {
        spread(self.x) | (spread(self.y) << 1)
    }

    /// Great-circle distance in metres (haversine on a sphere of [`EARTH_RADIUS`]).
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        haversine(self.lon_lat(), other.lon_lat())
    }
}

/// Units (as reals) of a longitude and latitude in degrees; the spherical Mercator formulas of EPSG method 1024.
pub(crate) fn project(lon: f64, lat: f64) -> [f64; 2] {
    let sin = lat.to_radians().sin();
    let y = 0.5 - ((1.0 + sin) / (1.0 - sin)).ln() / (4.0 * PI);
    [(lon / 360.0 + 0.5) * WORLD, y * WORLD]
}

/// Longitude and latitude in degrees of a place in units: the inverse of [`project`].
pub(crate) fn unproject(x: f64, y: f64) -> (f64, f64) {
    let lat = (PI * (1.0 - 2.0 * y / WORLD)).sinh().atan().to_degrees();
    ((x / WORLD - 0.5) * 360.0, lat)
}

/// Great-circle distance in metres between two (longitude, latitude) in degrees.
pub(crate) fn haversine(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.1.to_radians(), b.1.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.0 - a.0).to_radians() / 2.0).sin();
    let h = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
    2.0 * EARTH_RADIUS * h.sqrt().min(1.0).asin()
}

/// How many units, in any direction, hold everything within `metres` of a latitude in degrees.
///
/// A path of given metric length covers the most units where the scale, 1/cos(latitude), is largest: straight towards
/// the nearer pole. So the reach is the projected height of that meridian arc; past the edge of the world it is
/// everything. Shortest ways across the antimeridian are not looked at.
pub(crate) fn reach(lat: f64, metres: f64) -> f64 {
    let far = lat.abs() + (metres.max(0.0) / EARTH_RADIUS).to_degrees();
    if far.is_nan() || far >= MAX_LATITUDE {
        return WORLD;
    }
    // Two units of slack cover the rounding of positions to units.
    project(0.0, lat.abs())[1] - project(0.0, far)[1] + 2.0
}

/// Bits of `v` moved to the even places of a u64.
#[inline]
fn spread(v: u32) -> u64 {
    let mut v = u64::from(v);
    v = (v | (v << 16)) & 0x0000_ffff_0000_ffff;
    v = (v | (v << 8)) & 0x00ff_00ff_00ff_00ff;
    v = (v | (v << 4)) & 0x0f0f_0f0f_0f0f_0f0f;
    v = (v | (v << 2)) & 0x3333_3333_3333_3333;
    (v | (v << 1)) & 0x5555_5555_5555_5555
}

/// A tile of the world square: zoom `z`, column `x` from the west, row `y` from the north (the XYZ scheme).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileCoord {
    /// Zoom: the world is 2^z tiles wide.
    pub z: u8,
    /// Column, 0 at the antimeridian.
    pub x: u32,
    /// Row, 0 in the north.
    pub y: u32,
}

impl TileCoord {
    /// A tile that exists.
    ///
    /// # Errors
    /// [`Error::Zoom`] beyond [`MAX_ZOOM`], [`Error::OutsideWorld`] when x or y is not below 2^z.
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self, Error> {
        if z > MAX_ZOOM {
            return Err(Error::Zoom(z));
        }
        let width = 1u32 << z;
        if x >= width || y >= width {
            return Err(Error::OutsideWorld { z, x, y });
        }
        Ok(Self { z, x, y })
    }

    /// The tile one zoom up that holds this one; `None` for the world's own tile.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        self.z.checked_sub(1).map(|z| Self { z, x: self.x >> 1, y: self.y >> 1 })
    }

    /// First and last (inclusive) Z-order key of the positions in this tile.
    #[must_use]
    pub fn keys(self) -> (u64, u64) {
        let shift = 64 - 2 * u32::from(self.z);
        let curve = spread(self.x) | (spread(self.y) << 1);
        let first = curve.checked_shl(shift).unwrap_or(0);
        (first, first | u64::MAX.checked_shr(2 * u32::from(self.z)).unwrap_or(0))
    }

    /// The tile's bounds in units, edges inclusive.
    #[must_use]
    pub fn bounds(self) -> Bounds {
        let shift = 32 - u32::from(self.z);
        let low = |v: u32| v.checked_shl(shift).unwrap_or(0);
        let last = u32::MAX.checked_shr(u32::from(self.z)).unwrap_or(0);
        let (min_x, min_y) = (low(self.x), low(self.y));
        Bounds { min_x, min_y, max_x: min_x + last, max_y: min_y + last }
    }

    /// The tile's edges in degrees: west, south, east, north.
    #[must_use]
    pub fn lon_lat_bounds(self) -> [f64; 4] {
        let width = WORLD / f64::from(1u32 << self.z);
        let (west, north) = unproject(f64::from(self.x) * width, f64::from(self.y) * width);
        let (east, south) = unproject(f64::from(self.x + 1) * width, f64::from(self.y + 1) * width);
        [west, south, east, north]
    }

    /// Where a position lies in this tile, in units of [`EXTENT`] from its north-west corner; 0..=4095 for the
    /// tile's own positions.
    #[must_use]
    pub fn local(self, position: Position) -> (i32, i32) {
        let shift = 32 - u32::from(self.z);
        let bounds = self.bounds();
        let scale =
            |v: u32, low: u32| (((i64::from(v) - i64::from(low)) * i64::from(EXTENT)) >> shift) as i32;
        (scale(position.x, bounds.min_x), scale(position.y, bounds.min_y))
    }
}

/// A rectangle of the world square in units; all four edges belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// Western edge.
    pub min_x: u32,
    /// Northern edge.
    pub min_y: u32,
    /// Eastern edge.
    pub max_x: u32,
    /// Southern edge.
    pub max_y: u32,
}

impl Bounds {
    /// Bounds of nothing: the neutral element of [`Bounds::union`].
    pub const EMPTY: Self = Self { min_x: u32::MAX, min_y: u32::MAX, max_x: 0, max_y: 0 };
    /// The whole world.
    pub const WORLD: Self = Self { min_x: 0, min_y: 0, max_x: u32::MAX, max_y: u32::MAX };

    /// Bounds of a box in degrees: latitudes beyond ±[`MAX_LATITUDE`] and longitudes beyond ±180° are cut there.
    /// `None` when an edge is not finite, or west is east of east, or south is north of north (a box over the
    /// antimeridian is two boxes).
    #[must_use]
    pub fn from_lon_lat(west: f64, south: f64, east: f64, north: f64) -> Option<Self> {
        if ![west, south, east, north].iter().all(|v| v.is_finite()) || west > east || south > north {
            return None;
        }
        let cut = |lon: f64, lat: f64| {
            Position::from_lon_lat(lon.clamp(-180.0, 180.0), lat.clamp(-MAX_LATITUDE, MAX_LATITUDE))
        };
        let (low, high) = (cut(west, north)?, cut(east, south)?);
        Some(Self { min_x: low.x, min_y: low.y, max_x: high.x, max_y: high.y })
    }

    /// Boxes of a box in degrees, as [`Bounds::from_lon_lat`] reads it; where west is east of east, it goes over the antimeridian
    /// (RFC 7946, 5.2) and is two.
    #[must_use]
    pub fn boxes_of(west: f64, south: f64, east: f64, north: f64) -> Option<Vec<Self>> {
        if west <= east {
            return Some(vec![Self::from_lon_lat(west, south, east, north)?]);
        }
        let is_on_the_map = west.abs() <= 180.0 && east.abs() <= 180.0;
        let halves =
            [(west, 180.0), (-180.0, east)].map(|(west, east)| Self::from_lon_lat(west, south, east, north));
        let halves: Option<Vec<Self>> = halves.into_iter().collect();
        halves.filter(|_| is_on_the_map)
    }

    /// The edges in degrees: west, south, east, north (of the middles of the outermost units).
    #[must_use]
    pub fn to_lon_lat(self) -> [f64; 4] {
        let (west, north) = Position { x: self.min_x, y: self.min_y }.lon_lat();
        let (east, south) = Position { x: self.max_x, y: self.max_y }.lon_lat();
        [west, south, east, north]
    }

    /// Whether these are the bounds of nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.min_x > self.max_x || self.min_y > self.max_y
    }

    /// Whether the two share at least one unit.
    #[must_use]
    pub fn intersects(self, other: Self) -> bool {
        self.min_x <= other.max_x
            && other.min_x <= self.max_x
            && self.min_y <= other.max_y
            && other.min_y <= self.max_y
    }

    /// Whether all of `other` lies inside.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.min_x <= other.min_x
            && other.max_x <= self.max_x
            && self.min_y <= other.min_y
            && other.max_y <= self.max_y
    }

    /// Whether the position lies inside.
    #[must_use]
    pub fn contains(self, position: Position) -> bool {
        self.covers(position.into())
    }

    /// The smallest bounds that hold both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            min_x: self.min_x.min(other.min_x),
            min_y: self.min_y.min(other.min_y),
            max_x: self.max_x.max(other.max_x),
            max_y: self.max_y.max(other.max_y),
        }
    }

    /// These bounds grown by `units` on every side, cut at the edge of the world.
    #[must_use]
    pub fn grow(self, units: u32) -> Self {
        Self {
            min_x: self.min_x.saturating_sub(units),
            min_y: self.min_y.saturating_sub(units),
            max_x: self.max_x.saturating_add(units),
            max_y: self.max_y.saturating_add(units),
        }
    }
}

impl From<Position> for Bounds {
    fn from(p: Position) -> Self {
        Self { min_x: p.x, min_y: p.y, max_x: p.x, max_y: p.y }
    }
}
