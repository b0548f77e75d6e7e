//! The territory's areas: which of them hold a place, how they are drawn, and what they are called.

use super::drawn::{Drawn, Row, name_of};
use super::values::{FacetValues, Value as FacetValue};
use super::{AREAS_LAYER, apart};
use crate::base::db::Db;
use crate::base::error::Result;
use crate::base::ids::AreaId;
use crate::core::features::geometry::from_wkb;
use crate::core::gazetteer::Names;
use crate::core::territory::{Area, Territory, store};
use parvis_tiles::{ContextItem, Value};

/// See the file's head.
pub(in crate::core::atlas) struct Areas {
    pub(super) territory: Territory,
    pub(super) names: Names,
    /// What a filter by area takes.
    pub(super) values: FacetValues,
    pub(in crate::core::atlas) drawn: Drawn,
    /// What tiles of them may be kept under.
    pub(in crate::core::atlas) stamp: u64,
}

impl Areas {
    /// Reads them.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub(super) async fn load(db: &Db, stamp: u64) -> Result<Areas> {
        let rows = store::all(db).await?;
        apart(move || Areas::build(rows, stamp)).await?
    }

    /// Of those that can be read: another is as if it was not there.
    fn build(mut rows: Vec<Area>, stamp: u64) -> Result<Areas> {
        let mut items = Vec::with_capacity(rows.len());
        rows.retain(|area| {
            items.push(item(area));
            items.last().is_some_and(Result::is_ok)
        });
        let territory = Territory::new(rows)?;
        let value = |area: &Area| FacetValue::of_row(area.id.0, &area.slug, area.name.clone(), None, true);
        let values = FacetValues::new(territory.areas().iter().map(value).collect());
        Ok(Areas { names: names(&territory), values, drawn: Drawn::of(AREAS_LAYER, items), territory, stamp })
    }
}

fn item(area: &Area) -> Result<Row> {
    let text = |value: &str| Value::Text(value.into());
    let geometry = from_wkb(&area.wkb)?;
    let said = [("name".into(), text(&area.name)), ("class".into(), text(&area.level))];
    let name = name_of(AREAS_LAYER, &said, &geometry);
    let properties = vec![
        ("slug".into(), text(&area.slug)),
        ("name".into(), text(&area.name)),
        ("level".into(), text(&area.level)),
        ("code".into(), text(&area.code)),
    ];
    Ok((ContextItem { id: area.id.0.unsigned_abs(), geometry, properties }, name))
}

fn names(territory: &Territory) -> Names {
    let parent =
        |id: Option<AreaId>| id.and_then(|id| territory.get(id)).map_or("", |area| area.name.as_str());
    Names::new(territory.areas().iter().map(|area| (area.name.as_str(), parent(area.parent_id))))
}
