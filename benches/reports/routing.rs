//! How many reports are routed in a second, beside a scan of all rules.
//!
//! Both ways are asked the same questions in one run, and must give the same answers. What it is not: a city's rules; it has the shape that
//! costs most, outlines of 400 corners that lie one beside the other.

use crate::data::{CATEGORIES, SERVICES, TYPES};
use crate::median;
use anyhow::{Result, bail};
use geo::{Coord, Intersects, LineString, MultiPolygon, Polygon};
use parvis::base::ids::AreaId;
use parvis::modules::reports::routing::{Category, CategoryId, Place, Rule, RuleId, Rules, ServiceId};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeSet;
use std::time::Instant;

const RULES: i64 = 2_000;
const COLUMNS: i64 = 25;
const ROWS: i64 = 20;
const PAIRS: usize = 1_000_000;
const SCANNED: usize = 5_000;
const ROUNDS: usize = 5;

/// A side from one corner of the grid to another, in a hundred steps: the same for the two areas that it parts.
fn side(from: (i64, i64), to: (i64, i64)) -> Vec<Coord<f64>> {
    let (a, b) = (corner(from), corner(to));
    (0..100)
        .map(|step| {
            let part = f64::from(step) / 100.0;
            let wave = 0.002 * (part * std::f64::consts::TAU * 3.0).sin();
            let (x, y) = (a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part);
            if from.1 == to.1 { Coord { x, y: y + wave } } else { Coord { x: x + wave, y } }
        })
        .collect()
}

fn corner((column, row): (i64, i64)) -> Coord<f64> {
    Coord { x: 2.0 + column as f64 * 0.02, y: 48.0 + row as f64 * 0.015 }
}

pub(crate) fn area(n: i64) -> MultiPolygon<f64> {
    let (c, r) = (n % COLUMNS, n / COLUMNS);
    let turned = |from, to| {
        let mut side = side(from, to);
        side.push(corner(to));
        side.reverse();
        side.pop();
        side
    };
    let mut ring = side((c, r), (c + 1, r));
    ring.extend(side((c + 1, r), (c + 1, r + 1)));
    ring.extend(turned((c, r + 1), (c + 1, r + 1)));
    ring.extend(turned((c, r), (c, r + 1)));
    ring.extend(ring.first().copied());
    MultiPolygon(vec![Polygon::new(LineString(ring), vec![])])
}

fn category(id: i64) -> Category {
    let parent = (id > TYPES).then_some(CategoryId(id % TYPES + 1));
    Category { id: CategoryId(id), parent, target: None, has_clock: true }
}

/// A rule of everything, of each type, and of a category in an area by lot; a tenth of these of a type, a twentieth of everything.
fn rules(lot: &mut StdRng) -> Vec<Rule> {
    let rule = |id, category: Option<i64>, area: Option<i64>| Rule {
        id: RuleId(id),
        category: category.map(CategoryId),
        area: area.map(AreaId),
        service: ServiceId(id % SERVICES + 1),
        target: None,
    };
    let mut all = vec![rule(1, None, None)];
    all.extend((1..=TYPES).map(|kind| rule(1 + kind, Some(kind), None)));
    let mut taken = BTreeSet::new();
    while (all.len() as i64) < RULES {
        let category = match lot.random_range(0..20) {
            0 => None,
            1 | 2 => Some(lot.random_range(1..=TYPES)),
            _ => Some(lot.random_range(TYPES + 1..=CATEGORIES)),
        };
        let area = lot.random_range(1..=COLUMNS * ROWS);
        if taken.insert((category, area)) {
            all.push(rule(all.len() as i64 + 1, category, Some(area)));
        }
    }
    all
}

pub(crate) fn run() -> Result<()> {
    let mut lot = StdRng::seed_from_u64(2026);
    let places: Vec<Place> =
        (0..COLUMNS * ROWS).map(|n| Place { id: AreaId(n + 1), parent: None, outline: area(n) }).collect();
    let categories: Vec<Category> = (1..=CATEGORIES).map(category).collect();
    let rules = rules(&mut lot);
    let began = Instant::now();
    let ready = Rules::new(&rules, &categories, &places, &BTreeSet::new());
    let made = began.elapsed();
    let asked: Vec<(CategoryId, f64, f64)> = (0..PAIRS)
        .map(|_| {
            let id = CategoryId(lot.random_range(TYPES + 1..=CATEGORIES));
            (id, lot.random_range(2.0..2.5), lot.random_range(48.0..48.3))
        })
        .collect();
    let (mut quick, mut slow) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let met = asked.iter().filter_map(|(id, lon, lat)| ready.whom(*id, *lon, *lat)).count();
        quick.push(PAIRS as f64 / began.elapsed().as_secs_f64());
        if met != PAIRS {
            bail!("{met} of {PAIRS} were routed");
        }
        let began = Instant::now();
        let scanned: Vec<Option<RuleId>> =
            asked[..SCANNED].iter().map(|asked| scan(&rules, &categories, &places, *asked)).collect();
        slow.push(SCANNED as f64 / began.elapsed().as_secs_f64());
        for ((id, lon, lat), scanned) in asked.iter().zip(scanned) {
            let met = ready.whom(*id, *lon, *lat).map(|routed| routed.rule);
            if met != scanned {
                bail!("{id:?} at {lon} {lat}: {met:?}, and {scanned:?} by a scan");
            }
        }
    }
    let (quick, slow) = (median(&mut quick), median(&mut slow));
    println!("{RULES} rules × {} areas, made ready in {:.0} ms", places.len(), made.as_secs_f64() * 1e3);
    println!("  {:52} {slow:>9.0}/s", "a scan of all rules");
    println!(
        "  {:52} {quick:>9.0}/s, {:.0} times as many    bar ≥ 200000/s    {}",
        format!("routed, {PAIRS} of them"),
        quick / slow,
        if quick >= 200_000.0 { "PASS" } else { "FAIL" },
    );
    Ok(())
}

/// Asks every rule in turn, and the outline of each that is of the category.
fn scan(
    rules: &[Rule],
    categories: &[Category],
    places: &[Place],
    (id, x, y): (CategoryId, f64, f64),
) -> Option<RuleId> {
    let parent = categories.iter().find(|category| category.id == id)?.parent;
    let outline = |area: AreaId| places.iter().find(|place| place.id == area).map(|place| &place.outline);
    let met = rules.iter().filter_map(|rule| {
        let level = match rule.category {
            Some(category) if category == id => 0,
            Some(category) if Some(category) == parent => 2,
            None => 4,
            Some(_) => return None,
        };
        match rule.area {
            None => Some((level + 1, rule.id)),
            Some(area) => outline(area)?.intersects(&Coord { x, y }).then_some((level, rule.id)),
        }
    });
    met.min().map(|(_, rule)| rule)
}
