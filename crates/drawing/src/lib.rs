//! Maps without a browser: vector tiles and a MapLibre style become SVG, and SVG becomes PNG; and charts of counts ([`Chart`]).
//!
//! What it is: the part of the style specification that our own styles use, drawn in the order of their layers, with names that
//! give way to each other, a scale, a legend and whom to thank. What it is not: a client. It fetches nothing, knows no server and
//! no database: whoever asks brings the tiles ([`Style::tiles`] says which), the fonts and the words.
//!
//! Invariant: whatever the tiles say, what is drawn is well-formed SVG without scripts, its only addresses those that the caller gives to discs, and its size is
//! bounded by that of the tiles.
//!
//! ```
//! use parvis_drawing::{Frame, Style, Tiles, draw};
//! let style = serde_json::json!({ "layers": [
//!     { "id": "paper", "type": "background", "paint": { "background-color": "#f4f1ea" } },
//! ] });
//! let frame = Frame::around([2.2, 48.8, 2.5, 48.9], 640, 400).unwrap();
//! let svg = draw(&Style::read(&style).unwrap(), &frame, &Tiles::default(), &Default::default());
//! assert!(svg.starts_with("<svg ") && svg.contains("#f4f1ea"));
//! ```

mod around;
mod caption;
mod chart;
mod clip;
mod color;
mod expression;
mod fonts;
mod frame;
mod layers;
mod marks;
mod names;
mod parts;
mod picture;
mod sent;
mod shapes;
mod style;
mod svg;

pub use around::{Entry, Link, LinkOf, Sign, Surround, Units};
pub use caption::Caption;
pub use chart::{Bar, Chart, MOST_BARS, Shape};
pub use fonts::Fonts;
pub use frame::{Frame, MOST_PIXELS};
pub use layers::{Tiles, draw};
pub use marks::Mark;
pub use parts::Part;
pub use picture::{fitted, png};
pub use sent::{MOST_SIDE, Unfit, mark};
pub use style::Style;

/// Why something cannot be drawn.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A frame that is no place on the map, or too large.
    #[error("the frame is no place on the map, or of no size that is drawn: {0}")]
    Frame(&'static str),
    /// A style that says something that is not drawn here: which layer, and what.
    #[error("layer {layer}: {what} is not drawn here")]
    Style {
        /// The layer's id.
        layer: String,
        /// What it says.
        what: String,
    },
    /// A font's file that cannot be read.
    #[error("a font cannot be read")]
    Font,
    /// What was drawn cannot be made a picture of.
    #[error("no picture: {0}")]
    Picture(String),
}
