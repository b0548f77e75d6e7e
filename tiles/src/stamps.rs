//! Which tiles a change makes stale: a version number for every tile of the world, in bounded memory.
//!
//! Tiles share the places of two fixed arrays by a hash; two tiles that share one are both taken as changed when one
//! of them is, which costs a needless rendering and never a stale tile. Marking and reading take no lock.
//!
//! The contract: the writer publishes the snapshot first and marks after; a reader reads the stamp before it takes the
//! snapshot. What a reader then caches under that stamp can be newer than the stamp says, never older.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::content::MAX_BUFFER;
use crate::index::Place;
use crate::tile::{Bounds, EXTENT, Position, TileCoord};

/// The places that changes touched, old and new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Where points were or are.
    pub positions: Vec<Position>,
    /// Bounds of shapes that were or are.
    pub shapes: Vec<Bounds>,
}

impl Touched {
    /// Adds where an item is.
    pub fn place(&mut self, place: &Place) {
        match place {
            Place::Nowhere => {}
            Place::At(position) => self.positions.push(*position),
            Place::Shape(shape) => self.shapes.push(shape.bounds()),
        }
    }

    /// Whether no tile changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty() && self.shapes.is_empty()
    }

    /// Adds what another batch touched.
    pub fn extend(&mut self, other: Self) {
        self.positions.extend(other.positions);
        self.shapes.extend(other.shapes);
    }
}

/// A shape stamps single tiles at the zooms where its bounds meet at most this many, and whole subtrees below.
const MOST_TILES: u64 = 16;

/// Version stamps of tiles; see the module's text.
#[derive(Debug)]
pub struct Stamps {
    exact: Box<[AtomicU64]>,
    subtree: Box<[AtomicU64]>,
    /// The latest version in `subtree`, known after it stands there.
    latest_subtree: AtomicU64,
    all: AtomicU64,
}

impl Default for Stamps {
    fn default() -> Self {
        Self::new(20)
    }
}

impl Stamps {
    /// Stamps with arrays of 2^`bits` places: 8 bytes each for points, a sixteenth of that for subtrees. Bits beyond
    /// 28 are taken as 28.
    #[must_use]
    pub fn new(bits: u32) -> Self {
        let bits = bits.clamp(8, 28);
        let zeros = |n: u32| (0..1u64 << n).map(|_| AtomicU64::new(0)).collect();
        Self {
            exact: zeros(bits),
            subtree: zeros(bits.saturating_sub(4)),
            latest_subtree: AtomicU64::new(0),
            all: AtomicU64::new(0),
        }
    }

    /// Stamps every tile of zooms 0 to `max_zoom` that shows one of the places. Tiles deeper than `max_zoom` are not
    /// told of points: serve none.
    pub fn mark(&self, touched: &Touched, version: u64, max_zoom: u8) {
        for position in &touched.positions {
            for z in 0..=max_zoom.min(crate::tile::MAX_ZOOM) {
                stamp(&self.exact, position.tile(z), version);
            }
        }
        for bounds in &touched.shapes {
            self.mark_shape(*bounds, version, max_zoom.min(crate::tile::MAX_ZOOM));
        }
    }

    fn mark_shape(&self, bounds: Bounds, version: u64, max_zoom: u8) {
        let mut deepest = None;
        for z in 0..=max_zoom {
            // The drawing reaches into neighbours by the buffer, which shrinks with each zoom.
            let tile_width = 1u64 << (32 - u32::from(z));
            let margin = (tile_width * u64::from(MAX_BUFFER)).div_ceil(u64::from(EXTENT));
            let grown = bounds.grow(margin.min(u64::from(u32::MAX)) as u32);
            let low = Position { x: grown.min_x, y: grown.min_y }.tile(z);
            let high = Position { x: grown.max_x, y: grown.max_y }.tile(z);
            let tiles = u64::from(high.x - low.x + 1) * u64::from(high.y - low.y + 1);
            if tiles > MOST_TILES {
                break;
            }
            deepest = Some((low, high));
            each(low, high, |tile| stamp(&self.exact, tile, version));
        }
        if let Some((low, high)) = deepest
            && low.z < max_zoom
        {
            each(low, high, |tile| stamp(&self.subtree, tile, version));
            self.latest_subtree.fetch_max(version, Ordering::AcqRel);
        }
    }

    /// Stamps every tile.
    pub fn mark_all(&self, version: u64) {
        self.all.fetch_max(version, Ordering::AcqRel);
    }

    /// The latest version that may have changed this tile; 0 when none has.
    #[must_use]
    pub fn version_of(&self, tile: TileCoord) -> u64 {
        let exact = self.exact[place(&self.exact, tile)].load(Ordering::Acquire);
        let mut latest = self.all.load(Ordering::Acquire).max(exact);
        // Most changes are points: then no tile above has anything to say, and none is looked at.
        let mut above = (self.latest_subtree.load(Ordering::Acquire) > latest).then_some(tile);
        while let Some(tile) = above {
            latest = latest.max(self.subtree[place(&self.subtree, tile)].load(Ordering::Acquire));
            above = tile.parent();
        }
        latest
    }
}

fn each(low: TileCoord, high: TileCoord, mut work: impl FnMut(TileCoord)) {
    for y in low.y..=high.y {
        for x in low.x..=high.x {
            work(TileCoord { z: low.z, x, y });
        }
    }
}

fn stamp(array: &[AtomicU64], tile: TileCoord, version: u64) {
    array[place(array, tile)].fetch_max(version, Ordering::AcqRel);
}

/// The place of a tile in an array whose length is a power of two: the finaliser of SplitMix64 (Steele, Lea, Flood
/// 2014) over the packed coordinates, which fit 5 + 22 + 22 bits.
fn place(array: &[AtomicU64], tile: TileCoord) -> usize {
    let mut h = u64::from(tile.z) << 44 | u64::from(tile.x) << 22 | u64::from(tile.y);
    h = h.wrapping_add(0x9e37_79b9_7f4a_7c15);
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (h ^ (h >> 31)) as usize & (array.len() - 1)
}
