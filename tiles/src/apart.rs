//! When things on a map stand too close to be told apart: the rule by which a tile's grid is drawn.
//!
//! A cell shows its few points one by one where their discs would not overlap, and else one cluster; four cells
//! become one cluster where what they show would overlap. What it is not: counting (`cluster.rs`). Invariant: the rule
//! looks at what lies in one block of four cells and nothing else, so that a tile says the same however its points
//! are stored, and what a cluster holds is one run of the Z-order curve.

use crate::tile::Position;

/// As many points of one cell are shown one by one at most: more would not fit without touching.
pub(crate) const FEW: usize = 4;

/// Something that a cell shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) at: Position,
    /// Clusters are drawn larger than points.
    pub(crate) is_cluster: bool,
}

/// Distances below which things overlap, at one zoom, in units of a [`Position`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Apart {
    units: u64,
}

impl Apart {
    /// Of a distance in tile units (1/4096) at zoom `z`.
    pub(crate) fn new(tile_units: u32, z: u8) -> Self {
        Self { units: (u64::from(tile_units) << 32) >> (u32::from(z) + 12) }
    }

    /// Whether two discs would overlap. Two points need the whole distance, two clusters half as much again.
    pub(crate) fn overlap(self, a: Mark, b: Mark) -> bool {
        let quarters = 4 + u64::from(a.is_cluster) + u64::from(b.is_cluster);
        let reach = u128::from(self.units * quarters / 4);
        let (x, y) = (u128::from(a.at.x.abs_diff(b.at.x)), u128::from(a.at.y.abs_diff(b.at.y)));
        x * x + y * y < reach * reach
    }

    /// Whether any two of these do.
    pub(crate) fn any_overlap(self, marks: &[Mark]) -> bool {
        marks.iter().enumerate().any(|(i, a)| marks[i + 1..].iter().any(|b| self.overlap(*a, *b)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_need_half_as_much_room_again_as_points() {
        // A tenth of a tile of zoom 12.
        let (apart, unit) = (Apart::new(410, 12), 1u32 << 8);
        let mark = |x: u32, is_cluster| Mark { at: Position { x: x * unit, y: 7 }, is_cluster };
        assert!(apart.overlap(mark(0, false), mark(409, false)));
        assert!(!apart.overlap(mark(0, false), mark(410, false)));
        assert!(apart.overlap(mark(0, true), mark(511, false)));
        assert!(!apart.overlap(mark(0, true), mark(513, false)));
        assert!(apart.overlap(mark(614, true), mark(0, true)));
        assert!(!apart.overlap(mark(616, true), mark(0, true)));
    }

    #[test]
    fn things_across_the_whole_world_are_compared_without_overflow() {
        let corner = |at| Mark { at: Position { x: at, y: at }, is_cluster: false };
        assert!(!Apart::new(4096, 0).any_overlap(&[corner(0), corner(u32::MAX)]));
        assert!(
            !Apart::new(0, 22).any_overlap(&[corner(5), corner(5)]),
            "nothing overlaps where no room is asked for"
        );
    }
}
