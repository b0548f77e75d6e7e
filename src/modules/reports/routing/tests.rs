//! Routing: by rules that a person can follow with a finger, and against a scan that asks every rule.

use super::super::clock::Unit;
use super::*;
use geo::{Contains, Intersects, Polygon};
use rand::{RngExt, SeedableRng, rngs::StdRng};

fn square(west: f64, south: f64, side: f64) -> MultiPolygon<f64> {
    let (east, north) = (west + side, south + side);
    let ring = vec![(west, south), (east, south), (east, north), (west, north), (west, south)];
    MultiPolygon(vec![Polygon::new(ring.into(), vec![])])
}

fn place(id: i64, parent: Option<i64>, outline: MultiPolygon<f64>) -> Place {
    Place { id: AreaId(id), parent: parent.map(AreaId), outline }
}

fn category(id: i64, parent: Option<i64>) -> Category {
    Category { id: CategoryId(id), parent: parent.map(CategoryId), target: None, has_clock: true }
}

/// A rule whose service has its id.
fn rule(id: i64, category: Option<i64>, area: Option<i64>) -> Rule {
    let (category, area) = (category.map(CategoryId), area.map(AreaId));
    Rule { id: RuleId(id), category, area, service: ServiceId(id), target: None }
}

/// Cleanness (1), of it graffiti (11) and rubbish (12); roads (2), without parts. A town (1) of two districts: west (2), which has a
/// quarter (3), and east (4).
fn town(rules: &[Rule]) -> Rules {
    let categories = [category(1, None), category(11, Some(1)), category(12, Some(1)), category(2, None)];
    let places = [
        place(1, None, square(0.0, 0.0, 10.0)),
        place(2, Some(1), square(0.0, 0.0, 5.0)),
        place(3, Some(2), square(0.0, 0.0, 1.0)),
        place(4, Some(1), square(5.0, 0.0, 5.0)),
    ];
    Rules::new(rules, &categories, &places, &BTreeSet::new())
}

fn met(rules: &Rules, category: i64, lon: f64, lat: f64) -> Option<(i64, Level)> {
    rules.whom(CategoryId(category), lon, lat).map(|routed| (routed.rule.0, routed.level))
}

#[test]
fn the_most_specific_rule_is_met_at_each_of_the_six_levels() {
    let all = [
        rule(1, None, None),
        rule(2, None, Some(2)),
        rule(3, Some(1), None),
        rule(4, Some(1), Some(2)),
        rule(5, Some(11), None),
        rule(6, Some(11), Some(2)),
    ];
    let rules = town(&all);
    // Graffiti in the west, in the east; rubbish in the west, in the east; roads in the west, in the east, and out of town.
    assert_eq!(met(&rules, 11, 2.0, 2.0), Some((6, Level::SubtypeArea)));
    assert_eq!(met(&rules, 11, 7.0, 2.0), Some((5, Level::Subtype)));
    assert_eq!(met(&rules, 12, 2.0, 2.0), Some((4, Level::TypeArea)));
    assert_eq!(met(&rules, 12, 7.0, 2.0), Some((3, Level::Type)));
    assert_eq!(met(&rules, 2, 2.0, 2.0), Some((2, Level::Area)));
    assert_eq!(met(&rules, 2, 7.0, 2.0), Some((1, Level::Everything)));
    assert_eq!(met(&rules, 2, 70.0, 2.0), Some((1, Level::Everything)));
    // A type is asked as it is named: it has no subtype.
    assert_eq!(met(&rules, 1, 2.0, 2.0), Some((4, Level::TypeArea)));
    assert_eq!(rules.faults(), []);
    assert_eq!(rules.whom(CategoryId(11), 2.0, 2.0).unwrap().area, Some(AreaId(2)));
    // A category that there is not goes to nobody, and a place that is none is out of town.
    assert_eq!(met(&rules, 99, 2.0, 2.0), None);
    assert_eq!(met(&rules, 11, f64::NAN, 2.0), Some((5, Level::Subtype)));
    // The order in which rules were written is none.
    let mut turned = all;
    turned.reverse();
    assert_eq!(met(&town(&turned), 11, 2.0, 2.0), Some((6, Level::SubtypeArea)));
}

#[test]
fn of_areas_one_inside_the_other_the_inner_one_decides() {
    let rules = town(&[
        rule(1, Some(11), Some(1)),
        rule(2, Some(11), Some(3)),
        rule(3, Some(11), Some(2)),
        rule(4, None, None),
    ]);
    assert_eq!(met(&rules, 11, 0.5, 0.5), Some((2, Level::SubtypeArea)), "in the quarter");
    assert_eq!(met(&rules, 11, 3.0, 3.0), Some((3, Level::SubtypeArea)), "in its district");
    assert_eq!(met(&rules, 11, 7.0, 7.0), Some((1, Level::SubtypeArea)), "in the town");
    assert_eq!(rules.faults(), []);
    // What nobody said is part of another, and lies in it.
    let (inner, outer) = (place(1, None, square(1.0, 1.0, 1.0)), place(2, None, square(0.0, 0.0, 5.0)));
    let all = [rule(1, None, Some(2)), rule(2, None, Some(1))];
    let rules = Rules::new(&all, &[category(1, None)], &[inner, outer], &BTreeSet::new());
    assert_eq!(met(&rules, 1, 1.5, 1.5), Some((2, Level::Area)));
    // What is said to be part of another decides, though its border was drawn a little out of it.
    let (inner, outer) = (place(1, Some(2), square(-0.01, 1.0, 1.0)), place(2, None, square(0.0, 0.0, 5.0)));
    let rules = Rules::new(&all, &[category(1, None)], &[inner, outer], &BTreeSet::new());
    assert_eq!(met(&rules, 1, 0.5, 1.5), Some((2, Level::Area)));
    assert_eq!(rules.faults(), [Fault::OnlyInAreas(CategoryId(1))]);
}

#[test]
fn two_rules_as_specific_as_each_other_are_a_fault_and_the_lowest_id_is_met_meanwhile() {
    let everything = rule(9, None, None);
    // The same category twice; the same category and area twice; two areas that share a part.
    let rules = town(&[rule(2, Some(11), None), rule(1, Some(11), None), everything]);
    assert_eq!(met(&rules, 11, 1.0, 1.0), Some((1, Level::Subtype)));
    assert_eq!(rules.faults(), [Fault::Ambiguous(RuleId(1), RuleId(2))]);
    let rules = town(&[rule(2, Some(11), Some(2)), rule(1, Some(11), Some(2)), everything]);
    assert_eq!(met(&rules, 11, 1.0, 1.0), Some((1, Level::SubtypeArea)));
    assert_eq!(rules.faults(), [Fault::Ambiguous(RuleId(1), RuleId(2))]);
    let places = [
        place(1, None, square(0.0, 0.0, 5.0)),
        place(2, None, square(3.0, 0.0, 5.0)),
        place(3, None, square(8.0, 0.0, 5.0)),
    ];
    let all = [rule(3, None, Some(3)), rule(2, None, Some(1)), rule(1, None, Some(2)), everything];
    let rules = Rules::new(&all, &[category(1, None)], &places, &BTreeSet::new());
    assert_eq!(met(&rules, 1, 4.0, 1.0), Some((1, Level::Area)));
    assert_eq!(met(&rules, 1, 2.0, 1.0), Some((2, Level::Area)));
    // The third shares nothing but a border: no fault, and on the border itself the lowest id.
    assert_eq!(rules.faults(), [Fault::Ambiguous(RuleId(1), RuleId(2))]);
    assert_eq!(met(&rules, 1, 8.0, 1.0), Some((1, Level::Area)));
}

#[test]
fn what_goes_to_nobody_is_a_fault_of_the_categories_that_people_choose() {
    // Cleanness itself is not chosen: it has parts.
    let rules = town(&[rule(1, Some(11), None), rule(2, Some(12), Some(2))]);
    assert_eq!(met(&rules, 12, 7.0, 7.0), None);
    assert_eq!(met(&rules, 2, 2.0, 2.0), None);
    assert_eq!(rules.faults(), [Fault::Unreached(CategoryId(2)), Fault::OnlyInAreas(CategoryId(12))]);
    let nothing = town(&[]);
    assert_eq!(met(&nothing, 11, 1.0, 1.0), None);
    assert_eq!(nothing.faults(), [2, 11, 12].map(|id| Fault::Unreached(CategoryId(id))));
}

#[test]
fn rules_of_what_is_no_more_are_passed_over_and_told() {
    let all = [
        rule(1, None, None),
        rule(2, Some(11), None),
        rule(3, Some(77), None),
        rule(4, Some(11), Some(5)),
        rule(5, Some(11), Some(6)),
    ];
    let places = [place(5, None, MultiPolygon(vec![]))];
    let removed = BTreeSet::from([ServiceId(2)]);
    let rules = Rules::new(&all, &[category(1, None), category(11, Some(1))], &places, &removed);
    assert_eq!(met(&rules, 11, 1.0, 1.0), Some((1, Level::Everything)));
    let wanted = [
        Fault::OfRemovedService(RuleId(2)),
        Fault::OfNoCategory(RuleId(3)),
        Fault::OfNoArea(RuleId(4)),
        Fault::OfNoArea(RuleId(5)),
    ];
    assert_eq!(rules.faults(), wanted);
}

#[test]
fn a_promise_is_the_rules_then_the_categorys_then_its_parents_and_thanks_have_none() {
    let promise = |n| Target::new(n, Unit::Days);
    let mut all = [rule(1, Some(1), Some(1)), rule(2, Some(1), None)];
    all[0].target = promise(1);
    let categories = [
        Category { target: promise(3), ..category(1, None) },
        Category { target: promise(2), ..category(11, Some(1)) },
        category(12, Some(1)),
        Category { has_clock: false, ..category(13, Some(1)) },
    ];
    let places = [place(1, None, square(0.0, 0.0, 1.0))];
    let rules = Rules::new(&all, &categories, &places, &BTreeSet::new());
    let target = |category, lon| rules.whom(CategoryId(category), lon, 0.5).unwrap().target;
    assert_eq!(target(11, 0.5), promise(1), "the rule's");
    assert_eq!(target(11, 5.0), promise(2), "the category's");
    assert_eq!(target(12, 5.0), promise(3), "its parent's");
    assert_eq!(target(13, 0.5), None, "nothing is promised");
}

#[test]
fn categories_that_are_part_of_each_other_by_mistake_have_an_end() {
    let categories = [category(1, Some(2)), category(2, Some(1)), category(3, Some(3))];
    let all = [rule(1, Some(2), None), rule(2, None, None)];
    let rules = Rules::new(&all, &categories, &[], &BTreeSet::new());
    assert_eq!(met(&rules, 1, 0.0, 0.0), Some((1, Level::Type)));
    assert_eq!(met(&rules, 3, 0.0, 0.0), Some((2, Level::Everything)));
}

#[test]
fn near_a_border_of_two_services_both_are_told() {
    // Metres at the equator's edge of the town: a degree is 111,195 of them.
    let metres = |m: f64| m / 111_195.0;
    let rules = town(&[rule(1, None, Some(2)), rule(2, None, Some(4)), rule(3, None, None)]);
    let services = |lon: f64, lat: f64| -> Vec<i64> {
        rules.near_boundary(CategoryId(11), lon, lat, 15.0).iter().map(|routed| routed.service.0).collect()
    };
    assert_eq!(services(5.0 - metres(14.0), 2.0), [1, 2]);
    assert_eq!(services(5.0 + metres(14.0), 2.0), [2, 1]);
    assert_eq!(services(5.0 - metres(16.0), 2.0), [1]);
    assert_eq!(services(5.0 + metres(16.0), 2.0), [2]);
    assert_eq!(services(2.0, 2.0), [1]);
    // Where three meet, all three; out of town and far from it, the one of everything.
    assert_eq!(services(5.0, 5.0 + metres(5.0)), [3, 1, 2]);
    assert_eq!(services(50.0, 2.0), [3]);
    // A border that changes nothing for a category is none.
    let rules = town(&[rule(1, Some(11), None), rule(2, None, Some(2)), rule(3, None, Some(4))]);
    assert_eq!(rules.near_boundary(CategoryId(11), 5.0, 2.0, 15.0).len(), 1);
    assert_eq!(rules.near_boundary(CategoryId(12), 5.0, 2.0, 15.0).len(), 2);
    assert_eq!(rules.near_boundary(CategoryId(12), f64::NAN, 2.0, 15.0), []);
}

/// Asks every rule, and every outline of `geo`: slow, and simple enough to be believed.
fn scanned(
    rules: &[Rule],
    categories: &[Category],
    places: &[Place],
    id: CategoryId,
    at: Coord<f64>,
) -> Option<(i64, Level)> {
    let category = categories.iter().find(|c| c.id == id)?;
    let outline = |area: AreaId| &places.iter().find(|p| p.id == area).unwrap().outline;
    let is_inside = |a, b| outline(b).contains(outline(a)) && !outline(a).contains(outline(b));
    let own = if category.parent.is_some() {
        (Level::SubtypeArea, Level::Subtype)
    } else {
        (Level::TypeArea, Level::Type)
    };
    let mut steps = vec![(Some(id), own)];
    steps.extend(category.parent.map(|parent| (Some(parent), (Level::TypeArea, Level::Type))));
    steps.push((None, (Level::Area, Level::Everything)));
    for (wanted, (in_area, anywhere)) in steps {
        let of_step = || rules.iter().filter(move |rule| rule.category == wanted);
        let here: Vec<&Rule> =
            of_step().filter(|rule| rule.area.is_some_and(|a| outline(a).intersects(&at))).collect();
        let holds_another = |rule: &Rule| {
            here.iter()
                .any(|other| other.area != rule.area && is_inside(other.area.unwrap(), rule.area.unwrap()))
        };
        if let Some(rule) = here.iter().filter(|rule| !holds_another(rule)).map(|rule| rule.id).min() {
            return Some((rule.0, in_area));
        }
        if let Some(rule) = of_step().filter(|rule| rule.area.is_none()).map(|rule| rule.id).min() {
            return Some((rule.0, anywhere));
        }
    }
    None
}

#[test]
fn it_says_what_a_scan_of_all_rules_says() {
    let mut random = StdRng::seed_from_u64(2026);
    for _ in 0..30 {
        let categories: Vec<Category> =
            (1..=12).map(|id| category(id, (id > 4).then(|| random.random_range(1..=4)))).collect();
        let places: Vec<Place> = (1..=25)
            .map(|id| {
                let side = f64::from(random.random_range(1..5));
                place(
                    id,
                    None,
                    square(f64::from(random.random_range(0..6)), f64::from(random.random_range(0..6)), side),
                )
            })
            .collect();
        let rules: Vec<Rule> = (1..=60)
            .map(|id| {
                let category = random.random_bool(0.9).then(|| random.random_range(1..=12));
                rule(id, category, random.random_bool(0.8).then(|| random.random_range(1..=25)))
            })
            .collect();
        let ready = Rules::new(&rules, &categories, &places, &BTreeSet::new());
        for _ in 0..500 {
            let id = CategoryId(random.random_range(1..=12));
            // Half of them on borders and corners.
            let mut at: Coord<f64> =
                Coord { x: random.random_range(-1.0..9.0), y: random.random_range(-1.0..9.0) };
            if random.random_bool(0.5) {
                at = Coord { x: at.x.round(), y: if random.random_bool(0.5) { at.y.round() } else { at.y } };
            }
            let found = ready.whom(id, at.x, at.y).map(|routed| (routed.rule.0, routed.level));
            assert_eq!(found, scanned(&rules, &categories, &places, id, at), "{id:?} at {at:?}");
        }
    }
}
