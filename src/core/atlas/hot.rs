//! Where most is: the squares of some two hundred metres that hold the most of what passes a filter.
//!
//! What it is not: a judgement. A square is said with its count, and which street or school is in it the reader knows. Invariant: two that are
//! given never touch, so that one crowd is not told twice.

use super::{Atlas, Filter};
use crate::base::error::Result;
use parvis_tiles::{Position, SQUARES, TileCoord};

/// A square is some 200 m wide at this zoom in France.
const ZOOM: u8 = 12;

/// The most tiles that are looked through; over a larger territory squares are larger.
const TILES: u64 = 600;

/// Fewer are no crowd.
const LEAST: u64 = 3;

/// A square where much is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HotSpot {
    /// West, south, east, north in degrees.
    pub bounds: [f64; 4],
    /// How many lie in it.
    pub count: u64,
}

impl HotSpot {
    /// Its middle, longitude and latitude in degrees.
    pub fn middle(&self) -> (f64, f64) {
        let [west, south, east, north] = self.bounds;
        (f64::midpoint(west, east), f64::midpoint(south, north))
    }
}

/// A square by its place among all of its zoom, and its count.
type Cell = (u64, u64, u64);

impl Atlas {
    /// At most so many squares, the fullest first. Takes some milliseconds.
    ///
    /// # Errors
    /// [`crate::base::error::Error::Invalid`] where the filter names what there is not.
    pub fn hot_spots(&self, filter: &Filter, most: usize) -> Result<Vec<HotSpot>> {
        let (world, sets, snapshot) = (self.world.load(), self.area_sets.load(), self.reader.snapshot());
        let filter = filter.compile(&world, &sets)?;
        let Some(bounds) = snapshot.bounds() else { return Ok(Vec::new()) };
        let options = world.vocabulary.options.with_squares();
        let corner = |x, y, zoom| Position { x, y }.tile(zoom);
        let span =
            |zoom| (corner(bounds.min_x, bounds.min_y, zoom), corner(bounds.max_x, bounds.max_y, zoom));
        let size = |zoom| {
            let (first, last) = span(zoom);
            u64::from(last.x - first.x + 1) * u64::from(last.y - first.y + 1)
        };
        let zoom = (0..=ZOOM).rev().find(|zoom| size(*zoom) <= TILES).unwrap_or(0);
        let (first, last) = span(zoom);
        let mut cells: Vec<Cell> = Vec::new();
        for y in first.y..=last.y {
            for x in first.x..=last.x {
                let Ok(tile) = TileCoord::new(zoom, x, y) else { continue };
                let place = |column: u32, row: u32| {
                    (u64::from(x * SQUARES) + u64::from(column), u64::from(y * SQUARES) + u64::from(row))
                };
                cells.extend(snapshot.tile(tile, &filter, &options).squares.iter().map(|square| {
                    let (column, row) = place(square.column, square.row);
                    (column, row, square.count)
                }));
            }
        }
        cells.retain(|(.., count)| *count >= LEAST);
        cells.sort_unstable_by_key(|(column, row, count)| (std::cmp::Reverse(*count), *row, *column));
        Ok(apart(cells, most).into_iter().map(|cell| spot(cell, zoom)).collect())
    }
}

/// The first so many that touch none of those before.
fn apart(cells: Vec<Cell>, most: usize) -> Vec<Cell> {
    let mut kept: Vec<Cell> = Vec::new();
    for cell in cells {
        if kept.len() == most {
            break;
        }
        if kept.iter().all(|other| cell.0.abs_diff(other.0) > 1 || cell.1.abs_diff(other.1) > 1) {
            kept.push(cell);
        }
    }
    kept
}

fn spot((column, row, count): Cell, zoom: u8) -> HotSpot {
    let side = 1u64 << (32 - u32::from(zoom) - SQUARES.trailing_zeros());
    // Places of squares are below 2^32 by their tiles.
    let unit = |at: u64| u32::try_from(at * side).unwrap_or(u32::MAX);
    let (west, north) = Position { x: unit(column), y: unit(row) }.lon_lat();
    let (east, south) = Position { x: unit(column + 1), y: unit(row + 1) }.lon_lat();
    HotSpot { bounds: [west, south, east, north], count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_over_several_squares_is_told_once() {
        let cells = vec![(10, 10, 90), (11, 10, 80), (11, 11, 70), (12, 10, 60), (40, 10, 5)];
        assert_eq!(apart(cells.clone(), 10), [(10, 10, 90), (12, 10, 60), (40, 10, 5)]);
        assert_eq!(apart(cells, 1).len(), 1);
    }

    #[test]
    fn a_square_is_where_its_tile_has_it() {
        let tile = TileCoord::new(12, 2_074, 1_409).unwrap();
        let cell = (u64::from(tile.x * SQUARES), u64::from(tile.y * SQUARES), 7);
        let [west, _, east, north] = spot(cell, 12).bounds;
        let [tile_west, _, tile_east, tile_north] = tile.lon_lat_bounds();
        assert!((west - tile_west).abs() < 1e-6 && (north - tile_north).abs() < 1e-6);
        assert!(((east - west) * f64::from(SQUARES) - (tile_east - tile_west)).abs() < 1e-5);
    }
}
