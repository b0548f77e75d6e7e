//! The layers' SQL.

use super::{Layer, NewItem};
use crate::base::db::{Sql, insert_many};
use crate::base::error::Result;
use crate::base::ids::LayerId;
use crate::core::features::geometry::to_wkb;
use crate::core::journal::{Act, Write};

/// Every layer, in the order in which they are drawn.
///
/// # Errors
/// Where the database does not answer.
pub async fn all(db: impl Sql<'_>) -> Result<Vec<Layer>> {
    db.all("select id, slug, name, attribution, color, position from layer order by position, id", ()).await
}

/// The items of a layer: id, properties (JSON) and place (WKB).
///
/// # Errors
/// Where the database does not answer.
pub async fn items(db: impl Sql<'_>, layer: LayerId) -> Result<Vec<(i64, String, Vec<u8>)>> {
    db.all("select id, properties, wkb from layer_item where layer_id = $1 order by id", (layer,)).await
}

/// Makes a layer, or renames the one of that slug. `position` counts up from the layers there are.
///
/// # Errors
/// Where the database refuses.
pub async fn ensure(
    write: &mut Write,
    slug: &str,
    name: &str,
    attribution: &str,
    color: &str,
) -> Result<LayerId> {
    let at = write.at();
    let (id,) = write
        .tx()
        .one(
            "insert into layer (slug, name, attribution, color, position, created_at, updated_at)
             values ($1, $2, $3, $4, (select coalesce(max(position), 0) + 1 from layer), $5, $5)
             on conflict (slug) do update
             set name = excluded.name, attribution = excluded.attribution, color = excluded.color,
                 updated_at = excluded.updated_at
             returning id",
            (slug, name, attribution, color, at),
        )
        .await?;
    write.record_subject(Act::LAYER, slug);
    Ok(id)
}

/// Replaces all items of a layer.
///
/// # Errors
/// Where the database refuses.
pub async fn replace_items(write: &mut Write, layer: LayerId, items: &[NewItem]) -> Result<()> {
    write.tx().run("delete from layer_item where layer_id = $1", (layer,)).await?;
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let properties = serde_json::Value::Object(item.properties.clone()).to_string();
        rows.push((layer, properties, to_wkb(&item.geometry)?));
    }
    insert_many(write.tx(), "insert into layer_item (layer_id, properties, wkb)", rows, "").await?;
    Ok(())
}
