//! The authority's context layers, ready to be cut into tiles.

use super::apart;
use super::drawn::{Drawn, Row, name_of};
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::core::features::geometry::from_wkb;
use crate::core::layers::{Layer, store};
use parvis_tiles::{Context, ContextItem, Value};
use std::sync::Arc;

/// See the file's head.
#[derive(Default)]
pub(in crate::core::atlas) struct Layers {
    pub(super) all: Vec<(Layer, Context)>,
    /// Where names stand on them.
    pub(super) names: Vec<ContextItem>,
    /// How many items cannot be read.
    pub(super) unread: usize,
    /// What tiles of them may be kept under.
    pub(in crate::core::atlas) stamp: u64,
}

impl Layers {
    /// Reads them, one after the other.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub(super) async fn load(db: &Db, stamp: u64) -> Result<Layers> {
        let mut layers = Layers { stamp, ..Layers::default() };
        for layer in store::all(db).await? {
            let (rows, slug) = (store::items(db, layer.id).await?, layer.slug.clone());
            let read = move || Drawn::of(&slug, rows.iter().map(|row| item(&slug, row)));
            let drawn = apart(read).await?;
            layers.all.push((layer, drawn.context));
            layers.names.extend(drawn.names);
            layers.unread += drawn.unread;
        }
        Ok(layers)
    }
}

fn item(layer: &str, (id, properties, wkb): &(i64, String, Vec<u8>)) -> Result<Row> {
    let (properties, geometry) = (plain_properties(properties)?, from_wkb(wkb)?);
    let name = name_of(layer, &properties, &geometry);
    Ok((ContextItem { id: id.unsigned_abs(), geometry, properties }, name))
}

fn plain_properties(json: &str) -> Result<Vec<(Arc<str>, Value)>> {
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).map_err(|e| Error::Internal(format!("layer item: {e}")))?;
    let plain = object.into_iter().filter_map(|(key, value)| {
        let value = match value {
            serde_json::Value::String(text) => Value::Text(text.into()),
            serde_json::Value::Bool(flag) => Value::Boolean(flag),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(whole) => Value::Integer(whole),
                None => Value::Real(number.as_f64()?),
            },
            serde_json::Value::Null => return None,
            // A tile has plain values only: what is nested is said as JSON.
            nested => Value::Text(nested.to_string().into()),
        };
        Some((key.into(), value))
    });
    Ok(plain.collect())
}
