//! Which areas features lie in, found anew when the areas change.

use super::{Territory, store};
use crate::base::error::{Error, Result};
use crate::core::features::{self, geometry};
use crate::core::journal::{Act, Write};

/// Finds the areas of every feature anew, and records those that changed.
///
/// # Errors
/// Where the database refuses.
pub async fn retag(write: &mut Write) -> Result<()> {
    let areas = store::all(write.tx()).await?;
    let built = tokio::task::spawn_blocking(move || Territory::new(areas)).await;
    let territory = built.map_err(|error| Error::Internal(format!("territory: {error}")))??;
    let mut changed = Vec::new();
    features::store::each_located(write.tx(), |row| {
        let areas = match (&row.wkb, row.area_id) {
            (Some(wkb), _) => territory.areas_of(&geometry::from_wkb(wkb)?),
            (None, Some(area)) => territory.with_parents([area]),
            (None, None) => Vec::new(),
        };
        if areas != row.area_ids() {
            changed.push((row.id, areas));
        }
        Ok(())
    })
    .await?;
    for (id, areas) in changed {
        features::store::set_areas(write, id, &areas).await?;
        write.record(Act::CHANGED, id);
    }
    Ok(())
}
