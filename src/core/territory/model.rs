//! Areas in memory: names, nesting and the R-tree that says what contains a point.

use crate::base::error::Result;
use crate::base::ids::AreaId;
use crate::core::features::geometry::from_wkb;
use geo::{BoundingRect, Geometry, MultiPolygon};
use parvis_tiles::Areas;
use std::collections::{BTreeSet, HashMap};

/// A part of the territory.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Area {
    /// Its id.
    pub id: AreaId,
    /// The word used in addresses.
    pub slug: String,
    /// What sort of area: a plain word of the authority's choice.
    pub level: String,
    /// The official code where there is one (INSEE, …), else the slug.
    pub code: String,
    /// Its name for people.
    pub name: String,
    /// The area that it is part of.
    pub parent_id: Option<AreaId>,
    /// Its outline as WKB in EPSG:4326.
    pub wkb: Vec<u8>,
    /// How many people live there, where a file said it.
    pub population: Option<i64>,
}

/// An area to be written.
#[derive(Debug, Clone)]
pub struct NewArea {
    /// What sort of area.
    pub level: String,
    /// The official code, or the slug; unique in its level.
    pub code: String,
    /// Its name for people.
    pub name: String,
    /// The area that it is part of.
    pub parent: Option<AreaId>,
    /// Its outline, longitude and latitude in EPSG:4326.
    pub outline: MultiPolygon<f64>,
    /// How many people live there; nothing leaves what is known.
    pub population: Option<i64>,
}

/// The whole territory, read from the database; replaced whole when an area changes.
#[derive(Debug)]
pub struct Territory {
    areas: Vec<Area>,
    by_id: HashMap<AreaId, usize>,
    index: Areas,
    bounds: Option<[f64; 4]>,
}

impl Territory {
    /// Indexes the areas.
    ///
    /// # Errors
    /// Where an outline is not WKB.
    pub fn new(areas: Vec<Area>) -> Result<Territory> {
        let mut outlines = Vec::with_capacity(areas.len());
        for area in &areas {
            let outline = match from_wkb(&area.wkb)? {
                Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
                Geometry::MultiPolygon(polygons) => polygons,
                _ => {
                    tracing::warn!(area = area.id.0, "an area without a surface holds nothing");
                    continue;
                }
            };
            outlines.push((area.id.0.unsigned_abs(), outline));
        }
        let bounds = outlines
            .iter()
            .filter_map(|(_, outline)| outline.bounding_rect())
            .map(|r| [r.min().x, r.min().y, r.max().x, r.max().y])
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
        let by_id = areas.iter().enumerate().map(|(at, area)| (area.id, at)).collect();
        Ok(Territory { by_id, bounds, index: Areas::build(outlines), areas })
    }

    /// Every area, in the order of their levels and names.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The area of an id.
    pub fn get(&self, id: AreaId) -> Option<&Area> {
        self.by_id.get(&id).map(|at| &self.areas[*at])
    }

    /// The area of a slug.
    pub fn of_slug(&self, slug: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.slug == slug)
    }

    /// The area of a name or code, compared without accents or case.
    pub fn of_name(&self, name: &str) -> Option<&Area> {
        let wanted = crate::base::text::fold(name);
        self.areas.iter().find(|a| {
            crate::base::text::fold(&a.name) == wanted || crate::base::text::fold(&a.code) == wanted
        })
    }

    /// Every area that a geometry lies in, or that it touches if it is larger than a point, with their parents.
    pub fn areas_of(&self, geometry: &Geometry<f64>) -> Vec<AreaId> {
        let ids = match geometry {
            Geometry::Point(point) => self.index.containing(point.x(), point.y()),
            other => self.index.intersecting(other),
        };
        self.with_parents(ids.into_iter().filter_map(|id| i64::try_from(id).ok()).map(AreaId))
    }

    /// These areas and all that they are part of, in order of id.
    pub fn with_parents(&self, ids: impl IntoIterator<Item = AreaId>) -> Vec<AreaId> {
        let mut found = BTreeSet::new();
        for id in ids {
            let mut next = Some(id);
            // A parent already found has its own parents found: this also ends a ring of parents.
            while let Some(id) = next.filter(|id| found.insert(*id)) {
                next = self.get(id).and_then(|area| area.parent_id);
            }
        }
        found.into_iter().collect()
    }

    /// Of areas that something lies in, the one that holds none of the others; of several, the one that was there first.
    pub fn innermost<'a>(areas: impl IntoIterator<Item = &'a Area>) -> Option<&'a Area> {
        let areas: Vec<&Area> = areas.into_iter().collect();
        let holds_another = |id| areas.iter().any(|other| other.parent_id == Some(id));
        areas.iter().filter(|area| !holds_another(area.id)).min_by_key(|area| area.id).copied()
    }

    /// Whether a place lies in no area, where there are areas at all; then by how many metres it misses the nearest.
    pub fn metres_outside(&self, lon: f64, lat: f64) -> Option<f64> {
        if self.areas.is_empty() || !self.index.containing(lon, lat).is_empty() {
            return None;
        }
        self.index.metres_outside(lon, lat)
    }

    /// By how many metres a place misses this area; nothing where it lies in it, or there is no such area.
    pub fn metres_outside_of(&self, id: AreaId, lon: f64, lat: f64) -> Option<f64> {
        let is_in = |found: &u64| i64::try_from(*found).is_ok_and(|found| found == id.0);
        if self.index.containing(lon, lat).iter().any(is_in) {
            return None;
        }
        self.index.metres_to(id.0.unsigned_abs(), lon, lat)
    }

    /// West, south, east, north of all areas, in degrees.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        self.bounds
    }
}
