//! What can be refused: coordinates that are no tile, geometries that are no drawing, bytes that are no tile.
//!
//! Not here: why a person's drawing is wrong in words they understand — that is [`crate::geometry::Fault`], which
//! [`Error::Geometry`] carries. Invariant: nothing in this crate panics on input; it answers one of these.

use crate::geometry::Fault;

/// What this crate refuses.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The zoom is deeper than [`crate::MAX_ZOOM`].
    #[error("zoom {0} is deeper than 22")]
    Zoom(u8),
    /// The tile lies outside the world at that zoom: x and y must be below 2^z.
    #[error("tile {z}/{x}/{y} is outside the world")]
    OutsideWorld {
        /// Zoom of the tile asked for.
        z: u8,
        /// Column asked for.
        x: u32,
        /// Row asked for.
        y: u32,
    },
    /// The geometry cannot be drawn; every reason found, in the order found.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Geometry(Vec<Fault>),
    /// The bytes are not a valid vector tile; the reason, for a log or a test.
    #[error("not a vector tile: {0}")]
    Decode(&'static str),
}
