//! Who gets a report: of the rules (a category, an area, a service), the most specific one that a category at a place meets.
//!
//! A rule of the category and an area comes first, then one of the category, then the same of what the category is part of, then an area's
//! and the one of everything. Of rules as specific as each other, the one whose area lies inside the others' areas; where none does, the
//! lowest id meanwhile, and the desk shows it as a fault: it is a choice that nobody has made.
//! What it is not: where rules are kept, or when they hold (`store.rs`). Open to the benchmarks, which ask it a million times.

pub use super::clock::Target;
pub use super::model::{CategoryId, RuleId, ServiceId};
use super::outline::Outline;
use crate::base::ids::AreaId;
use crate::base::words::words;
use geo::{Coord, MultiPolygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::collections::{BTreeSet, HashMap, HashSet};

words! {
    /// How specific the rule is that was met, the most specific first.
    pub Level {
        /// It names the very category, and an area.
        SubtypeArea = "subtype_area",
        /// It names the very category.
        Subtype = "subtype",
        /// It names what the category is part of, and an area.
        TypeArea = "type_area",
        /// It names what the category is part of.
        Type = "type",
        /// It names an area, and any category.
        Area = "area",
        /// It is the one of everything.
        Everything = "everything",
    }
}

/// Who gets the reports of a category in an area.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// Of what; nothing is everything.
    pub category: Option<CategoryId>,
    /// Where; nothing is everywhere.
    pub area: Option<AreaId>,
    /// Who.
    pub service: ServiceId,
    /// What is promised; nothing is what the category promises.
    pub target: Option<Target>,
}

/// A category as routing sees it.
#[derive(Debug, Clone, Copy)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// What it is part of.
    pub parent: Option<CategoryId>,
    /// What it promises; nothing is what its parent does.
    pub target: Option<Target>,
    /// Whether anything is promised at all: thanks wait for no repair.
    pub has_clock: bool,
}

/// An area as routing sees it.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its id.
    pub id: AreaId,
    /// What it is part of.
    pub parent: Option<AreaId>,
    /// Its outline, longitude and latitude in EPSG:4326.
    pub outline: MultiPolygon<f64>,
}

/// Who gets a report, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Routed {
    /// The rule that was met.
    pub rule: RuleId,
    /// Who.
    pub service: ServiceId,
    /// What is promised.
    pub target: Option<Target>,
    /// How specific the rule is.
    pub level: Level,
    /// The area that the rule names.
    pub area: Option<AreaId>,
}

/// What is wrong with the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// Both are met somewhere, and neither is more specific.
    Ambiguous(RuleId, RuleId),
    /// A category that goes to nobody, wherever it is.
    Unreached(CategoryId),
    /// A category that goes to somebody in some areas alone.
    OnlyInAreas(CategoryId),
    /// A rule of a service that is removed: it is passed over.
    OfRemovedService(RuleId),
    /// A rule of a category that there is not.
    OfNoCategory(RuleId),
    /// A rule of an area that there is not, or that has no surface.
    OfNoArea(RuleId),
}

/// The rules of one category (or of all), by their areas.
#[derive(Debug, Default)]
struct Own {
    everywhere: Vec<usize>,
    /// Area and rule, in this order.
    within: Vec<(usize, usize)>,
}

/// What is asked for a category: its own rules and those of what it is part of, and its promise.
#[derive(Debug)]
struct Asked {
    /// Each with its level for an area and without one.
    steps: Vec<(usize, Level, Level)>,
    target: Option<Target>,
    has_clock: bool,
    has_parts: bool,
}

/// An area that a rule names.
#[derive(Debug)]
struct Named {
    id: AreaId,
    outline: Outline,
}

/// All rules that hold now, ready to be asked; made anew when a rule, a category, a service or an area changes.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<Rule>,
    own: Vec<Own>,
    categories: HashMap<CategoryId, Asked>,
    areas: Vec<Named>,
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    /// Areas that lie inside another, both named by rules of one category.
    inside: HashSet<(usize, usize)>,
    passed_over: Vec<Fault>,
}

impl Rules {
    /// Rules of a tree of categories and of areas; those of removed services are passed over.
    pub fn new(
        rules: &[Rule],
        categories: &[Category],
        places: &[Place],
        removed: &BTreeSet<ServiceId>,
    ) -> Rules {
        let parents: HashMap<AreaId, Option<AreaId>> =
            places.iter().map(|place| (place.id, place.parent)).collect();
        let known: HashMap<CategoryId, &Category> = categories.iter().map(|c| (c.id, c)).collect();
        let wanted: HashSet<AreaId> = rules.iter().filter_map(|rule| rule.area).collect();
        let named = places.iter().filter(|place| wanted.contains(&place.id));
        let areas: Vec<Named> = named
            .filter_map(|place| Some(Named { id: place.id, outline: Outline::new(&place.outline)? }))
            .collect();
        let slots: HashMap<AreaId, usize> =
            areas.iter().enumerate().map(|(at, area)| (area.id, at)).collect();

        let (mut kept, mut passed_over) = (Vec::new(), Vec::new());
        for rule in rules {
            let fault = if removed.contains(&rule.service) {
                Fault::OfRemovedService(rule.id)
            } else if rule.category.is_some_and(|category| !known.contains_key(&category)) {
                Fault::OfNoCategory(rule.id)
            } else if rule.area.is_some_and(|area| !slots.contains_key(&area)) {
                Fault::OfNoArea(rule.id)
            } else {
                kept.push(*rule);
                continue;
            };
            passed_over.push(fault);
        }
        kept.sort_by_key(|rule| rule.id);

        let (own, of_category) = own_rules(&kept, &slots);
        let asked = categories.iter().map(|c| (c.id, asked(c, &known, &of_category))).collect();
        let tree = RTree::bulk_load(areas.iter().enumerate().map(boxed).collect());
        let mut this =
            Rules { rules: kept, own, categories: asked, areas, tree, inside: HashSet::new(), passed_over };
        this.inside = this.pairs().filter(|(a, b)| this.is_inside(*a, *b, &parents)).collect();
        this
    }

    /// Who gets a report of a category at a place (degrees), and why; nobody where no rule is met.
    pub fn whom(&self, category: CategoryId, lon: f64, lat: f64) -> Option<Routed> {
        let asked = self.categories.get(&category)?;
        let mut holding = None;
        for (own, in_area, anywhere) in &asked.steps {
            let own = &self.own[*own];
            if !own.within.is_empty() {
                let holding = holding.get_or_insert_with(|| self.holding(lon, lat));
                if let Some(rule) = self.innermost(own, holding) {
                    return Some(self.routed(rule, asked, *in_area));
                }
            }
            if let Some(rule) = own.everywhere.first() {
                return Some(self.routed(*rule, asked, *anywhere));
            }
        }
        None
    }

    /// Everybody who gets such reports within so many metres of a place, the place's own first: where they are several, a person is asked.
    pub fn near_boundary(&self, category: CategoryId, lon: f64, lat: f64, metres: f64) -> Vec<Routed> {
        let mut found: Vec<Routed> = self.whom(category, lon, lat).into_iter().collect();
        for (lon, lat) in around(lon, lat, metres) {
            if let Some(there) = self.whom(category, lon, lat)
                && found.iter().all(|known| known.service != there.service)
            {
                found.push(there);
            }
        }
        found
    }

    /// What is wrong with the rules, for the desk.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = self.passed_over.clone();
        for (category, asked) in self.categories.iter().filter(|(_, asked)| !asked.has_parts) {
            let own = || asked.steps.iter().map(|(own, ..)| &self.own[*own]);
            if own().all(|own| own.everywhere.is_empty()) {
                let is_partly = own().any(|own| !own.within.is_empty());
                faults.push(if is_partly {
                    Fault::OnlyInAreas(*category)
                } else {
                    Fault::Unreached(*category)
                });
            }
        }
        let ambiguous = |a: &usize, b: &usize| Fault::Ambiguous(self.rules[*a].id, self.rules[*b].id);
        for own in &self.own {
            faults.extend(own.everywhere.windows(2).map(|two| ambiguous(&two[0], &two[1])));
            faults.extend(
                own.within
                    .windows(2)
                    .filter(|two| two[0].0 == two[1].0)
                    .map(|two| ambiguous(&two[0].1, &two[1].1)),
            );
        }
        faults.extend(self.overlapping());
        faults.sort_unstable();
        faults.dedup();
        faults
    }

    fn routed(&self, rule: usize, asked: &Asked, level: Level) -> Routed {
        let rule = &self.rules[rule];
        let target = rule.target.or(asked.target).filter(|_| asked.has_clock);
        Routed { rule: rule.id, service: rule.service, target, level, area: rule.area }
    }

    /// The areas that hold a place, of those that a rule names.
    fn holding(&self, lon: f64, lat: f64) -> Vec<usize> {
        if !(lon.is_finite() && lat.is_finite()) {
            return Vec::new();
        }
        let near = self.tree.locate_all_at_point([lon, lat]).map(|found| found.data);
        near.filter(|at| self.areas[*at].outline.holds(Coord { x: lon, y: lat })).collect()
    }

    /// Of the rules whose areas hold a place, one whose area has none of the others' inside; of several, the lowest id.
    fn innermost(&self, own: &Own, holding: &[usize]) -> Option<usize> {
        let rule_of = |area: usize| {
            let at = own.within.partition_point(|(known, _)| *known < area);
            own.within.get(at).filter(|(known, _)| *known == area).map(|(_, rule)| (area, *rule))
        };
        let met = || holding.iter().filter_map(|area| rule_of(*area));
        let holds_another = |area| met().any(|(other, _)| self.inside.contains(&(other, area)));
        met().filter(|(area, _)| !holds_another(*area)).map(|(_, rule)| rule).min()
    }

    /// Areas whose boxes meet and that rules of one category name, each pair in both orders.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let mut pairs = HashSet::new();
        for own in &self.own {
            let areas: HashSet<usize> = own.within.iter().map(|(area, _)| *area).collect();
            for area in &areas {
                let [west, south, east, north] = self.areas[*area].outline.bounds;
                let envelope = AABB::from_corners([west, south], [east, north]);
                let near = self.tree.locate_in_envelope_intersecting(envelope).map(|found| found.data);
                pairs.extend(
                    near.filter(|near| near != area && areas.contains(near)).map(|near| (*area, near)),
                );
            }
        }
        pairs.into_iter()
    }

    /// By what the authority says they are part of, else by their outlines.
    fn is_inside(&self, area: usize, other: usize, parents: &HashMap<AreaId, Option<AreaId>>) -> bool {
        let (inner, outer) = (&self.areas[area], &self.areas[other]);
        is_part_of(inner.id, outer.id, |id| parents.get(&id).copied().flatten())
            || (!is_part_of(outer.id, inner.id, |id| parents.get(&id).copied().flatten())
                && inner.outline.is_inside(&outer.outline))
    }

    /// Rules of one category whose areas share a part, and neither lies inside the other.
    fn overlapping(&self) -> Vec<Fault> {
        let is_nested = |a, b| self.inside.contains(&(a, b)) || self.inside.contains(&(b, a));
        let of_two = self.pairs().filter(|(a, b)| a < b && !is_nested(*a, *b));
        let both: HashSet<(usize, usize)> =
            of_two.filter(|(a, b)| self.areas[*a].outline.overlaps(&self.areas[*b].outline)).collect();
        let mut faults = Vec::new();
        for own in &self.own {
            let rule_of: HashMap<usize, usize> = own.within.iter().rev().copied().collect();
            for (a, b) in &both {
                if let (Some(a), Some(b)) = (rule_of.get(a), rule_of.get(b)) {
                    faults.push(Fault::Ambiguous(self.rules[*a.min(b)].id, self.rules[*a.max(b)].id));
                }
            }
        }
        faults
    }
}

/// Rules by their category; `None` is of all categories.
fn own_rules(
    rules: &[Rule],
    areas: &HashMap<AreaId, usize>,
) -> (Vec<Own>, HashMap<Option<CategoryId>, usize>) {
    let (mut own, mut of_category) = (Vec::<Own>::new(), HashMap::new());
    for (at, rule) in rules.iter().enumerate() {
        let slot = *of_category.entry(rule.category).or_insert_with(|| {
            own.push(Own::default());
            own.len() - 1
        });
        match rule.area.and_then(|area| areas.get(&area)) {
            Some(area) => own[slot].within.push((*area, at)),
            None => own[slot].everywhere.push(at),
        }
    }
    own.iter_mut().for_each(|own| own.within.sort_unstable());
    (own, of_category)
}

fn asked(
    category: &Category,
    known: &HashMap<CategoryId, &Category>,
    own: &HashMap<Option<CategoryId>, usize>,
) -> Asked {
    let has_parts = known.values().any(|other| other.parent == Some(category.id));
    let mut asked = Asked { steps: Vec::new(), target: None, has_clock: category.has_clock, has_parts };
    let (mut seen, mut next) = (Vec::new(), Some(category));
    // What is part of itself by mistake ends where it began.
    while let Some(this) = next.filter(|this| !seen.contains(&this.id)) {
        seen.push(this.id);
        asked.target = asked.target.or(this.target);
        let is_subtype = this.id == category.id && this.parent.is_some();
        let levels =
            if is_subtype { (Level::SubtypeArea, Level::Subtype) } else { (Level::TypeArea, Level::Type) };
        asked.steps.extend(own.get(&Some(this.id)).map(|own| (*own, levels.0, levels.1)));
        next = this.parent.and_then(|parent| known.get(&parent).copied());
    }
    asked.steps.extend(own.get(&None).map(|own| (*own, Level::Area, Level::Everything)));
    asked
}

fn boxed((at, area): (usize, &Named)) -> GeomWithData<Rectangle<[f64; 2]>, usize> {
    let [west, south, east, north] = area.outline.bounds;
    GeomWithData::new(Rectangle::from_corners([west, south], [east, north]), at)
}

fn is_part_of(area: AreaId, other: AreaId, parent_of: impl Fn(AreaId) -> Option<AreaId>) -> bool {
    let (mut seen, mut next) = (vec![area], parent_of(area));
    while let Some(parent) = next.filter(|parent| !seen.contains(parent)) {
        if parent == other {
            return true;
        }
        seen.push(parent);
        next = parent_of(parent);
    }
    false
}

/// Places so many metres away, and half as many. The circle is so finely cut that a straight border is missed by half of a hundredth of
/// its radius at most.
fn around(lon: f64, lat: f64, metres: f64) -> impl Iterator<Item = (f64, f64)> {
    const METRES_A_DEGREE: f64 = 111_195.0;
    let east = METRES_A_DEGREE * lat.to_radians().cos().max(1e-6);
    let ring = move |places: u32, radius: f64| {
        (0..places).map(move |n| {
            let angle = f64::from(n) / f64::from(places) * std::f64::consts::TAU;
            (lon + radius * angle.cos() / east, lat + radius * angle.sin() / METRES_A_DEGREE)
        })
    };
    ring(8, metres / 2.0).chain(ring(32, metres))
}

#[cfg(test)]
mod tests;
