//! Context layers of the authority: water, metro lines, parks, facilities. Read only, drawn under the features.
//!
//! What it is not: the territory's areas, which features are counted in, nor a basemap file.

mod model;
mod palette;
pub mod store;
mod tables;
mod underlay;

pub use model::{Layer, NewItem};
pub use palette::{Palette, Scheme};
pub use tables::TABLES;
pub use underlay::{Away, BOLD, REGULAR, TilesOf, Underlay, UnderlayTiles};
