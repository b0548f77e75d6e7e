//! The spatial core: a live index of points and shapes that answers filtered, clustered vector tiles, counts, lists
//! and neighbours. Not here: async, input and output, SQL, a clock, configuration, or what an item means to anyone.
//! Invariant: nothing panics on input.
//!
#![doc = include_str!("../README.md")]

mod ahead;
mod apart;
mod areas;
mod breakdown;
mod chunk;
mod clip;
mod cluster;
mod codes;
mod columns;
mod content;
mod context;
mod count;
pub mod decode;
mod encode;
mod error;
mod features;
mod filter;
pub mod geometry;
mod index;
mod labels;
mod list;
mod lookup;
mod memo;
pub mod mend;
mod narrow;
mod near;
mod outline;
mod pins;
mod plan;
mod rings;
mod rounding;
mod scan;
mod shape;
mod shapes;
mod snapshot;
mod stamps;
mod sums;
mod surface;
mod tile;
mod times;
mod together;
mod validity;
mod window;

pub use areas::Areas;
pub use clip::{TileGeometry, Vertex};
pub use content::{
    Cluster, MAX_BUFFER, PointFeature, SQUARES, ShapeFeature, Square, TileContent, TileOptions,
};
pub use context::{Context, ContextItem, FieldKind, Value};
pub use count::Counts;
pub use encode::{Layers, encode};
pub use error::Error;
pub use filter::{Attributes, COLUMNS, CodeSet, Codes, Filter, IdSet};
pub use index::{Change, Index, IndexOptions, Item, Place, Reader};
pub use labels::{ColumnLabels, Labels, Within};
pub use list::{Cursor, Hit, Order};
pub use near::Near;
pub use shape::Shape;
pub use snapshot::Snapshot;
pub use stamps::{Stamps, Touched};
pub use tile::{Bounds, EARTH_RADIUS, EXTENT, MAX_LATITUDE, MAX_ZOOM, Position, TileCoord};
