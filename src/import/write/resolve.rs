//! What a row's words mean here: its area, its status, its place. Pure: no database.

use crate::features::Status;
use crate::i18n::Lang;
use crate::ids::AreaId;
use crate::import::{Cause, Draft};
use crate::territory::Territory;
use crate::text::fold;
use geo::Geometry;
use std::collections::HashMap;

/// Words of the territory and of statuses, ready for a hundred thousand look-ups.
pub(super) struct Words {
    territory: Territory,
    areas: HashMap<String, AreaId>,
    statuses: HashMap<String, Status>,
}

/// Where a row is.
pub(super) struct Resolved {
    pub(super) geometry: Option<Geometry<f64>>,
    pub(super) stated_area: Option<AreaId>,
    pub(super) areas: Vec<AreaId>,
    pub(super) status: Status,
}

impl Words {
    pub(super) fn new(territory: Territory) -> Words {
        let mut areas = HashMap::new();
        for area in territory.areas() {
            // A code is surer than a name, and the larger area comes first.
            for word in [&area.name, &area.slug, &area.code] {
                areas.entry(fold(word)).or_insert(area.id);
            }
        }
        for area in territory.areas() {
            areas.insert(fold(&area.code), area.id);
        }
        let mut statuses = HashMap::new();
        for status in Status::ALL {
            statuses.insert(fold(status.word()), *status);
            for lang in [Lang::Fr, Lang::En] {
                let label = lang.text(&status.key());
                statuses.insert(fold(&label), *status);
            }
        }
        Words { territory, areas, statuses }
    }

    /// The area of a name, slug or code.
    pub(super) fn area(&self, name: &str) -> Option<AreaId> {
        self.areas.get(&fold(name)).copied()
    }

    /// The area of a level that holds the middle of an outline.
    pub(super) fn holding(&self, level: &str, outline: &Geometry<f64>) -> Option<AreaId> {
        let (lon, lat) = parvis_tiles::geometry::representative_point(outline)?;
        let areas = self.territory.areas_of(&geo::Point::new(lon, lat).into());
        areas.into_iter().find(|id| self.territory.get(*id).is_some_and(|area| area.level == level))
    }

    /// Where a row lies, and what became of it. A row without a geometry is placed by its area, never by an invented
    /// point.
    pub(super) fn resolve(&self, draft: &Draft, default: Status) -> Result<Resolved, Cause> {
        let status = match &draft.status {
            None => default,
            Some(label) => *self.statuses.get(&fold(label)).ok_or_else(|| Cause::UnknownStatus {
                found: label.clone(),
                allowed: Status::ALL.iter().map(|s| s.word()).collect::<Vec<_>>().join(", "),
            })?,
        };
        match &draft.geometry {
            Some(geometry) => Ok(Resolved {
                areas: self.territory.areas_of(geometry),
                geometry: Some(geometry.clone()),
                stated_area: None,
                status,
            }),
            None => {
                let named = draft.area.as_deref();
                let area = named
                    .and_then(|name| self.area(name))
                    .ok_or_else(|| Cause::NoPlace { area: draft.area.clone() })?;
                Ok(Resolved {
                    areas: self.territory.with_parents([area]),
                    geometry: None,
                    stated_area: Some(area),
                    status,
                })
            }
        }
    }
}
