//! What can be reported, who treats it and by when: categories, services and rules, as they are now, read once for as long as they stay.
//!
//! What it is not: the desk that changes them. Invariant: what was removed is found by its id still, because reports name it, and
//! is offered to nobody.

pub(super) mod store;

use super::holidays::ClosedDays;
use super::model::{Category, CategoryId, Rule, Service, ServiceId, Sort};
use super::routing::{self, Routed, Rules};
use crate::base::error::Result;
use crate::base::ids::AreaId;
use crate::core::app::App;
use crate::core::features::geometry::from_wkb;
use crate::core::territory::Territory;
use geo::{Geometry, MultiPolygon};
use std::collections::HashMap;
use std::sync::Arc;

/// How near to a border it is asked on which side something lies, in metres: what a telephone is wrong by.
const NEAR_METRES: f64 = 15.0;

/// Categories, services and rules.
#[derive(Debug)]
pub(super) struct Catalogue {
    /// Every category, types before what is below them, in the order in which people see them.
    pub(super) categories: Vec<Category>,
    /// Every service, by name.
    pub(super) services: Vec<Service>,
    /// Every rule that holds.
    pub(super) rules: Vec<Rule>,
    /// Days on which nobody works, beside the law's.
    pub(super) closed: ClosedDays,
    /// The rules, ready to be asked.
    pub(super) routing: Rules,
    by_id: HashMap<CategoryId, usize>,
}

impl Catalogue {
    /// As it is now.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub(super) async fn of(app: &App) -> Result<Arc<Catalogue>> {
        let world = app.atlas.world();
        if let Some(kept) = app.made.of_world("reports", &world) {
            return Ok(kept);
        }
        let categories = store::categories(&app.db).await?;
        let services = store::services(&app.db).await?;
        let rules = store::rules(&app.db).await?;
        let closed = store::closed_days(&app.db).await?;
        let routing = routing_of(&rules, &categories, &services, world.territory())?;
        let by_id = categories.iter().enumerate().map(|(at, category)| (category.id, at)).collect();
        let made = Catalogue { categories, services, rules, closed, routing, by_id };
        Ok(app.made.put_of_world("reports", world, made))
    }

    /// A category, removed ones among them.
    pub(super) fn category(&self, id: CategoryId) -> Option<&Category> {
        self.by_id.get(&id).and_then(|at| self.categories.get(*at))
    }

    /// A service, removed ones among them.
    pub(super) fn service(&self, id: ServiceId) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The category of a slug that is offered.
    pub(super) fn offered(&self, slug: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.slug == slug && self.is_offered(category))
    }

    /// Whether it can be reported: it was not removed, nor what it stands below; a type with categories below it is none itself.
    pub(super) fn is_offered(&self, category: &Category) -> bool {
        let mut above = Some(category);
        while let Some(one) = above {
            if one.removed_at.is_some() {
                return false;
            }
            above = one.parent.and_then(|id| self.category(id));
        }
        self.below(Some(category.id)).next().is_none()
    }

    /// What stands below a type, or the types themselves, as they are offered.
    pub(super) fn below(&self, parent: Option<CategoryId>) -> impl Iterator<Item = &Category> {
        self.categories
            .iter()
            .filter(move |category| category.parent == parent && category.removed_at.is_none())
    }

    /// What is the same as a category when doubles are looked for: all of its type, or itself.
    pub(super) fn family(&self, category: &Category) -> Vec<&Category> {
        let is_kin = |other: &&Category| {
            other.id == category.id || (category.parent.is_some() && other.parent == category.parent)
        };
        self.categories.iter().filter(is_kin).collect()
    }

    /// Who treats a report at a place, and who would if it lay a few metres off: where that is somebody else, whoever reports is asked.
    pub(super) fn near(&self, category: CategoryId, lon: f64, lat: f64) -> Vec<Routed> {
        self.routing.near_boundary(category, lon, lat, NEAR_METRES)
    }

    /// Who treats a report of a category at a place (longitude and latitude in degrees).
    pub(super) fn whom(&self, category: CategoryId, lon: f64, lat: f64) -> Option<Routed> {
        self.routing.whom(category, lon, lat)
    }
}

/// The rules, ready to be asked.
pub(super) fn routing_of(
    rules: &[Rule],
    categories: &[Category],
    services: &[Service],
    territory: &Territory,
) -> Result<Rules> {
    // A rule of an area that is gone is of an area that there is not: it holds nowhere, and the desk is told.
    let gone = AreaId(0);
    let area = |rule: &Rule| if rule.is_of_area { Some(rule.area.unwrap_or(gone)) } else { None };
    let asked: Vec<routing::Rule> = rules
        .iter()
        .map(|rule| routing::Rule {
            id: rule.id,
            category: rule.category,
            area: area(rule),
            service: rule.service,
            target: rule.target,
        })
        .collect();
    let known: Vec<routing::Category> = categories
        .iter()
        .filter(|category| category.removed_at.is_none())
        .map(|category| routing::Category {
            id: category.id,
            parent: category.parent,
            target: category.target,
            has_clock: category.sort == Sort::Problem,
        })
        .collect();
    let mut places = Vec::new();
    for area in territory.areas() {
        let outline = match from_wkb(&area.wkb)? {
            Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
            Geometry::MultiPolygon(polygons) => polygons,
            _ => continue,
        };
        places.push(routing::Place { id: area.id, parent: area.parent_id, outline });
    }
    let removed = services.iter().filter(|service| service.removed_at.is_some()).map(|service| service.id);
    Ok(Rules::new(&asked, &known, &places, &removed.collect()))
}
