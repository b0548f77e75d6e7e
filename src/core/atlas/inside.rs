//! The filter by a zone: which features lie in a surface that an agent drew. Like words, it becomes a set of ids, so that tiles, lists and counts agree.
//!
//! Invariant: a kept set is that of one state of the map, and an outline never changes.

use super::Atlas;
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::core::territory::zones;
use geo::MultiPolygon;
use parvis_tiles::{Areas, IdSet, Place, Snapshot};
use std::sync::Arc;

impl Atlas {
    /// The features of a zone: those whose place is in it or on its edge, lines and areas that touch it. `None` where there is no such zone.
    pub(super) async fn inside(&self, db: &Db, zone: i64) -> Result<Option<Arc<IdSet>>> {
        let Some((_, outline)) = zones::find(db, zone).await? else { return Ok(None) };
        let snapshot = self.reader.snapshot();
        // No text is kept under such a word: these are letters and digits.
        let key = (format!("\u{0}{zone}"), snapshot.version());
        let ask = async {
            let found = tokio::task::spawn_blocking(move || ids(&snapshot, outline)).await;
            Ok::<_, Error>(Arc::new(found.map_err(|error| Error::Internal(format!("a zone: {error}")))?))
        };
        self.lookups.kept.get_or_insert_async(&key, ask).await.map(Some)
    }
}

fn ids(snapshot: &Snapshot, outline: MultiPolygon<f64>) -> IdSet {
    let zone = Areas::build(vec![(0, outline)]);
    let lies_in = |place: &Place| match place {
        Place::At(position) => {
            let (lon, lat) = position.lon_lat();
            !zone.containing(lon, lat).is_empty()
        }
        Place::Shape(shape) => !zone.intersecting(shape.geometry()).is_empty(),
        Place::Nowhere => false,
    };
    snapshot.items().filter(|item| lies_in(&item.place)).map(|item| item.id).collect()
}
