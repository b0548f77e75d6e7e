//! What a tile shows, before it becomes bytes.
//!
//! Not here: how it is found (`cluster.rs`, `surface.rs`, `shapes.rs`) nor how it is written (`encode.rs`, `features.rs`).
//! Invariant: every point that passes the filter in a tile is either in `points` or counted in exactly one cluster or square; every
//! shape that passes is drawn or, in the tile where it stands, shown or counted like a point.

use crate::clip::TileGeometry;
use crate::filter::{Attributes, COLUMNS};
use crate::labels::Labels;
use crate::tile::{Bounds, Position, TileCoord};

/// Largest [`TileOptions::buffer`], in tile units; [`crate::Stamps`] count on it.
pub const MAX_BUFFER: u32 = 256;

/// How a tile is composed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileOptions {
    /// Points closer than this, in tile units (1/4096), would overlap and are grouped; clusters need half as much
    /// again. 0 groups only what a cell holds too much of.
    pub apart: u32,
    /// Cells a side of the cluster grid; rounded up to a power of two, at most 32. Cells that crowd each other are
    /// joined four by four.
    pub grid: u8,
    /// From this zoom on no zooming in separates points any more: clusters then list the ids they hold.
    pub deepest_zoom: u8,
    /// As `apart`, at the deepest zoom, which maps enlarge; twice that one zoom before it.
    pub deepest_apart: u32,
    /// Cells a side of the cluster grid at the deepest zoom and one before it; as `grid`, but never joined.
    pub deepest_grid: u8,
    /// At most this many ids are listed in a cluster at the deepest zoom.
    pub listed_ids: usize,
    /// Lines and polygons are drawn this far beyond the tile, in tile units (1/4096), at most [`MAX_BUFFER`].
    pub buffer: u32,
    /// At most this many lines and polygons; those with the largest bounds are drawn, the others shown as points.
    pub max_shapes: usize,
    /// Whether shapes that cannot be drawn as such are shown as points or counted in clusters.
    pub stand_ins: bool,
    /// Columns whose codes are counted in clusters.
    pub breakdown: [bool; COLUMNS],
    /// Whether points that would overlap are counted in squares instead of clusters, wherever zooming in separates them.
    pub squares: bool,
}

/// Squares a side of a tile, with [`TileOptions::squares`]: 16 pixels each where a tile is 512 wide.
pub const SQUARES: u32 = 1 << SQUARE_BITS;
/// Bits of a square's column and row.
pub(crate) const SQUARE_BITS: u32 = 5;

impl Default for TileOptions {
    fn default() -> Self {
        Self {
            // 24 pixels of a tile that is 512 wide.
            apart: 192,
            grid: 16,
            deepest_zoom: 18,
            // 3 pixels, 12 on a map at zoom 20.
            deepest_apart: 24,
            deepest_grid: 32,
            listed_ids: 50,
            buffer: 64,
            max_shapes: 2_000,
            stand_ins: true,
            breakdown: [false; COLUMNS],
            squares: false,
        }
    }
}

impl TileOptions {
    /// The defaults, with clusters that count the columns which the labels break down.
    #[must_use]
    pub fn for_labels(labels: &Labels) -> Self {
        Self { breakdown: std::array::from_fn(|c| labels.columns[c].breakdown), ..Self::default() }
    }

    /// The same with squares for clusters.
    #[must_use]
    pub fn with_squares(&self) -> Self {
        Self { squares: true, ..self.clone() }
    }

    /// Whether a tile of zoom `z` has squares.
    pub(crate) fn has_squares(&self, z: u8) -> bool {
        self.squares && !self.is_deep(z)
    }

    /// Whether a zoom is the deepest, or the one before it: there points are parted wherever they can be.
    pub(crate) fn is_deep(&self, z: u8) -> bool {
        z.saturating_add(1) >= self.deepest_zoom
    }

    /// The distance in tile units that points keep from each other in a tile of zoom `z`.
    pub(crate) fn apart_at(&self, z: u8) -> u32 {
        match self.is_deep(z) {
            true if z >= self.deepest_zoom => self.deepest_apart,
            true => self.deepest_apart * 2,
            false => self.apart,
        }
    }

    /// Bits of cell coordinates within a tile of zoom `z`.
    pub(crate) fn grid_bits(&self, z: u8) -> u32 {
        if self.has_squares(z) {
            return SQUARE_BITS;
        }
        let side = if self.is_deep(z) { self.deepest_grid } else { self.grid };
        u32::from(side.clamp(1, 32)).next_power_of_two().trailing_zeros()
    }
}

/// A point shown by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PointFeature {
    /// Id of the item.
    pub id: u64,
    /// Where it is.
    pub position: Position,
    /// What it is.
    pub attributes: Attributes,
}

/// Two or more points of one cell of the grid, or of four that were joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Mean position of its points, kept away from the edges of its block of the grid.
    pub position: Position,
    /// How many points.
    pub count: u64,
    /// Sum of their scores.
    pub score: i64,
    /// Bounds of its points.
    pub bounds: Bounds,
    /// (column, code, points with that code), for the columns of [`TileOptions::breakdown`], by column and code.
    pub breakdown: Vec<(usize, u32, u32)>,
    /// The first ids in Z-order, at the deepest zoom only.
    pub ids: Vec<u64>,
}

/// One or more points of a place where points would overlap: how many lie in one square of the tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Square {
    /// Squares west of it in the tile, below [`SQUARES`].
    pub column: u32,
    /// Squares north of it in the tile, below [`SQUARES`].
    pub row: u32,
    /// How many points.
    pub count: u64,
    /// Sum of their scores.
    pub score: i64,
}

/// A line or polygon cut to the tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShapeFeature {
    /// Id of the item.
    pub id: u64,
    /// What it is.
    pub attributes: Attributes,
    /// Its part in this tile, in tile units.
    pub geometry: TileGeometry,
}

/// Everything a tile shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileContent {
    /// The tile.
    pub coord: TileCoord,
    /// Points one by one.
    pub points: Vec<PointFeature>,
    /// Points in groups.
    pub clusters: Vec<Cluster>,
    /// Points in squares.
    pub squares: Vec<Square>,
    /// Lines and polygons.
    pub shapes: Vec<ShapeFeature>,
}

impl TileContent {
    /// A tile that shows nothing.
    #[must_use]
    pub fn empty(coord: TileCoord) -> Self {
        Self { coord, points: Vec::new(), clusters: Vec::new(), squares: Vec::new(), shapes: Vec::new() }
    }
}
