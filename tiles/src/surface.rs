//! The points of a tile as a surface: squares that say how many lie in them, and points one by one where there is room.
//!
//! A square is a cell of the grid, and so one run of the Z-order curve; sixteen of them are a block. A block that holds a few points
//! that stand apart shows these; else each of its squares that holds anything is drawn, so that no disc stands among
//! squares as if it weighed more. Not here: what lies in a cell (`cluster.rs`). Invariant: every row that passes is a point or counted in
//! exactly one square, and a block looks at itself alone.

use crate::apart::FEW;
use crate::cluster::Grid;
use crate::columns::Columns;
use crate::content::{PointFeature, SQUARES, Square, TileOptions};
use crate::filter::Filter;
use crate::tile::{Position, TileCoord};

/// Squares of a block: four by four, which follow each other on the curve.
const BLOCK: usize = 16;

/// The points and squares of a tile.
pub(crate) fn surface(
    columns: &Columns,
    tile: TileCoord,
    filter: &Filter,
    options: &TileOptions,
) -> (Vec<PointFeature>, Vec<Square>) {
    let grid = Grid::filled(columns, tile, filter, options);
    let (mut points, mut squares, mut marks) = (Vec::new(), Vec::new(), Vec::new());
    for first in (0..grid.cells.len()).step_by(BLOCK) {
        let cells = first..first + BLOCK;
        let count: u64 = grid.cells[cells.clone()].iter().map(|cell| cell.sums.count).sum();
        if count == 0 {
            continue;
        }
        marks.clear();
        if count <= FEW as u64 {
            marks.extend(cells.clone().flat_map(|cell| grid.marks(cell)));
        }
        if !marks.is_empty() && !grid.apart.any_overlap(&marks) {
            points.extend(cells.flat_map(|cell| grid.few(cell)).map(|&at| grid.point(at)));
            continue;
        }
        for cell in cells {
            let sums = &grid.cells[cell].sums;
            if sums.count > 0 {
                let (column, row) = place(cell);
                squares.push(Square { column, row, count: sums.count, score: sums.score });
            }
        }
    }
    (points, squares)
}

/// Column and row of a cell: its bits taken apart.
fn place(cell: usize) -> (u32, u32) {
    let even =
        |bits: usize| (0..u32::BITS / 2).fold(0, |all, bit| all | ((bits >> (2 * bit) & 1) as u32) << bit);
    (even(cell), even(cell >> 1))
}

/// Adds shapes that cannot be drawn as such: each is counted in the square where it stands, and is a point where there is none.
pub(crate) fn add_pins(
    pins: Vec<PointFeature>,
    tile: TileCoord,
    points: &mut Vec<PointFeature>,
    squares: &mut Vec<Square>,
) {
    let shift = 32 - u32::from(tile.z) - SQUARES.trailing_zeros();
    let side = |v: u32| (v >> shift) & (SQUARES - 1);
    let place = |at: Position| (side(at.y), side(at.x));
    let mut pins: Vec<((u32, u32), PointFeature)> =
        pins.into_iter().map(|pin| (place(pin.position), pin)).collect();
    // Several points of one item in one square are one.
    pins.sort_by_key(|(place, pin)| (*place, pin.id));
    pins.dedup_by_key(|(place, pin)| (*place, pin.id));
    for held in pins.chunk_by(|(a, _), (b, _)| a == b) {
        let [((row, column), first), ..] = held else { continue };
        let (count, score) =
            (held.len() as u64, held.iter().map(|(_, pin)| i64::from(pin.attributes.score)).sum::<i64>());
        match squares.iter_mut().find(|square| (square.row, square.column) == (*row, *column)) {
            Some(square) => {
                square.count += count;
                square.score += score;
            }
            None if count == 1 => points.push(*first),
            None => squares.push(Square { column: *column, row: *row, count, score }),
        }
    }
}
