//! What a context layer is.

use crate::base::ids::LayerId;
use geo::Geometry;

/// A layer, without its items.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct Layer {
    /// Its id.
    pub id: LayerId,
    /// The word used in addresses and as the name of the tile layer.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Whom to thank for it, shown on the map.
    pub attribution: String,
    /// `#rrggbb`.
    pub color: String,
    /// Lower ones are drawn first.
    pub position: i64,
}

/// An item to be written.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// Its place, longitude and latitude in EPSG:4326.
    pub geometry: Geometry<f64>,
    /// A JSON object of plain values.
    pub properties: serde_json::Map<String, serde_json::Value>,
}
