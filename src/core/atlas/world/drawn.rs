//! Rows as a layer of the tiles, with the names that stand on its surfaces.
//!
//! Invariant: a row that cannot be read is left out, counted and told in the log; the others are drawn.

use crate::base::error::Result;
use parvis_tiles::{Context, ContextItem, Value};
use std::sync::Arc;

/// See the file's head.
pub(in crate::core::atlas) struct Drawn {
    /// The layer.
    pub(in crate::core::atlas) context: Context,
    /// Where names stand, not numbered yet.
    pub(super) names: Vec<ContextItem>,
    /// How many rows cannot be read.
    pub(super) unread: usize,
}

/// A row as it is drawn, and where its name stands.
pub(super) type Row = (ContextItem, Option<ContextItem>);

impl Drawn {
    /// Draws what can be read of a layer's rows.
    pub(super) fn of(layer: &str, rows: impl IntoIterator<Item = Result<Row>>) -> Drawn {
        let (mut items, mut names, mut unread) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            match row {
                Ok((item, name)) => {
                    items.push(item);
                    names.extend(name);
                }
                Err(error) => unread.push(error),
            }
        }
        if let Some(error) = unread.first() {
            tracing::error!(layer, rows = unread.len(), %error, "rows of a layer cannot be read");
        }
        let context = Context::build(layer, items);
        if context.left_out() > 0 {
            tracing::warn!(layer, items = context.left_out(), "items of a layer cannot be drawn");
        }
        Drawn { context, names, unread: unread.len() }
    }
}

/// Where the name of a surface stands: one point, so that no tile says it again. Nothing for lines, points, and what has
/// no name.
pub(super) fn name_of(
    layer: &str,
    properties: &[(Arc<str>, Value)],
    geometry: &geo::Geometry<f64>,
) -> Option<ContextItem> {
    let text = |name: &str| {
        properties.iter().find(|(key, _)| &**key == name).filter(|(_, value)| matches!(value, Value::Text(_)))
    };
    let (_, name) = text("name")?;
    let hectares = parvis_tiles::geometry::area_m2(geometry) / 10_000.0;
    if hectares <= 0.0 {
        return None;
    }
    let (lon, lat) = parvis_tiles::geometry::representative_point(geometry)?;
    let mut said = vec![
        ("name".into(), name.clone()),
        ("layer".into(), Value::Text(layer.into())),
        ("hectares".into(), Value::Real((hectares * 100.0).round() / 100.0)),
    ];
    said.extend(text("class").cloned());
    Some(ContextItem { id: 0, geometry: geo::Point::new(lon, lat).into(), properties: said })
}
