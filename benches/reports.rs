//! Benchmark of reports: how many are routed in a second, beside a scan of all rules; and how long `/delays` takes over a million that ended.
//!
//! `cargo bench --bench reports`. Both ways of routing are asked the same questions in one run, and must give the same answers. The page is
//! asked over HTTP, each address once, as a second asking would be given what was kept. What it is not: a city's rules; it has
//! the shape that costs most, outlines of 400 corners that lie one beside the other.
#![allow(clippy::print_stdout, reason = "printing is what a benchmark is for")]
#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark has no configuration: it reads the environment itself"
)]

#[allow(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../tests/processes/http.rs"]
mod http;
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../tests/processes/server.rs"]
mod server;

use anyhow::{Result, bail};
use geo::{Coord, Intersects, LineString, MultiPolygon, Polygon};
use http::Client;
use parvis::base::db::{self, Db, Sql, Tx, insert_many};
use parvis::base::ids::AreaId;
use parvis::modules::reports::delays;
use parvis::modules::reports::routing::{Category, CategoryId, Place, Rule, RuleId, Rules, ServiceId};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use server::Server;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

const RULES: i64 = 2_000;
const COLUMNS: i64 = 25;
const ROWS: i64 = 20;
const TYPES: i64 = 12;
const CATEGORIES: i64 = 240;
const PAIRS: usize = 1_000_000;
const SCANNED: usize = 5_000;
const ROUNDS: usize = 5;

const ENDED: i64 = 1_000_000;
const SERVICES: i64 = 12;

fn main() -> Result<()> {
    // `cargo test` runs benchmarks too, without this argument: there is nothing to check here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    if cfg!(debug_assertions) {
        println!("NOT a release build: `cargo bench` makes one");
    }
    routing()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder)?;
    let folder = tempfile::tempdir_in(folder)?;
    pages(&format!("sqlite:{}", folder.path().join("reports.db").display()))
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

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

fn area(n: i64) -> MultiPolygon<f64> {
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

fn routing() -> Result<()> {
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

/// `/delays` over a million reports that ended, three quarters of them repaired, half of the last year's months.
fn pages(url: &str) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let began = Instant::now();
    runtime.block_on(fill(url))?;
    println!("{ENDED} reports that ended, counted in {:.0} s", began.elapsed().as_secs_f64());
    let server = Server::start(url, &[])?;
    let mut client = Client::new(server.address);
    // Connections and statements are made ready by a page that asks for little.
    client.get("/delays?category=c13&area=a1&service=s1")?;
    for (name, queries) in asked() {
        let mut times = Vec::new();
        for query in queries {
            let began = Instant::now();
            let answer = client.get(&format!("/delays{query}"))?;
            times.push(began.elapsed());
            if answer.status != 200 || !answer.text().contains("<tfoot>") {
                bail!("/delays{query}: {} {}", answer.status, answer.text());
            }
        }
        times.sort_unstable();
        let (middle, last) = (times[times.len() / 2], times[times.len() - 1]);
        let millis = |time: Duration| time.as_secs_f64() * 1e3;
        println!(
            "  {:52} median {:>5.1} ms, longest {:>5.1} ms    bar ≤ 50 ms    {}",
            format!("/delays, {name}"),
            millis(middle),
            millis(last),
            if last <= Duration::from_millis(50) { "PASS" } else { "FAIL" },
        );
    }
    Ok(())
}

/// Addresses that nobody asked for yet, by what they are of.
fn asked() -> Vec<(&'static str, Vec<String>)> {
    let each = |name: &str, prefix: &str, count: i64| -> Vec<String> {
        (1..=count).map(|n| format!("?period=all&{name}={prefix}{n}")).collect()
    };
    vec![
        ("the last twelve months", vec![String::new(), "?period=12".into()]),
        ("of all time", vec!["?period=all".into()]),
        ("of all time and a type", each("category", "c", TYPES)),
        ("of all time and an area", each("area", "a", 20)),
        ("of all time and a service", each("service", "s", SERVICES)),
    ]
}

async fn fill(url: &str) -> Result<()> {
    let db = Db::connect(url, 4).await?;
    db::migrate(&db).await?;
    let mut tx = db.begin().await?;
    let square = parvis::core::features::geometry::to_wkb(&geo::Geometry::MultiPolygon(area(0)))?;
    let now = parvis::base::clock::now();
    let areas = (1..=100).map(|id: i64| {
        let level = if id <= 20 { "arrondissement" } else { "quartier" };
        let parent = (id > 20).then(|| (id - 21) / 4 + 1);
        (
            id,
            format!("a{id}"),
            level,
            id.to_string(),
            format!("Secteur {id}"),
            parent,
            square.clone(),
            now,
            now,
        )
    });
    insert_many(
        &mut tx,
        "insert into area (id, slug, level, code, name, parent_id, wkb, created_at, updated_at)",
        areas,
        "",
    )
    .await?;
    let services = (1..=SERVICES).map(|id| (id, format!("s{id}"), format!("Service {id}"), false));
    insert_many(&mut tx, "insert into report_service (id, slug, name, is_outside)", services, "").await?;
    let categories = (1..=CATEGORIES).map(|id| {
        let parent = (id > TYPES).then_some(id % TYPES + 1);
        (
            id,
            parent,
            format!("c{id}"),
            format!("Catégorie {id}"),
            "problem",
            50_i64,
            30_i64,
            false,
            "#336699",
            id,
        )
    });
    insert_many(
        &mut tx,
        "insert into report_category (id, parent_id, slug, label, sort, duplicate_metres, duplicate_days,
                                      checks_photos, color, position)",
        categories,
        "",
    )
    .await?;
    tx.commit().await?;
    let mut lot = StdRng::seed_from_u64(7);
    for part in 0..10 {
        let mut tx = db.begin().await?;
        let rows: Vec<_> = (0..ENDED / 10).map(|n| ended(&mut lot, part * ENDED / 10 + n)).collect();
        insert_many(
            &mut tx,
            "insert into report_delay_change (sign, month, category_id, service_id, areas, hours, is_in_time)",
            rows,
            "",
        )
        .await?;
        features(&mut tx, &mut lot, part * ENDED / 10).await?;
        tx.commit().await?;
        delays::add_up(&db).await?;
    }
    let (counted,): (i64,) = db
        .one("select in_time + late + closed from report_delay_cell where month = -1 and category_id = -1 and service_id = -1 and area_id = -1", ())
        .await?;
    if counted != ENDED {
        bail!("{counted} of {ENDED} were counted");
    }
    db.close().await;
    Ok(())
}

/// As many reports on the live map, which the page counts what is open of: one in twenty is, a third of these overdue.
async fn features(tx: &mut Tx, lot: &mut StdRng, after: i64) -> Result<()> {
    let now = parvis::base::clock::now();
    let rows: Vec<_> = (after + 1..=after + ENDED / 10)
        .map(|id| {
            let place = geo::Point::new(lot.random_range(2.0..2.5), lot.random_range(48.0..48.3));
            let is_open = lot.random_bool(0.05);
            let status = if is_open { "open" } else { "done" };
            let clock = if is_open { lot.random_range(1..=3) } else { lot.random_range(4..=5_i64) };
            let wkb = parvis::core::features::geometry::to_wkb(&geo::Geometry::Point(place))?;
            let (category, service) =
                (lot.random_range(TYPES + 1..=CATEGORIES), lot.random_range(1..=SERVICES));
            let words = ("report", status, "Dépôt", "", "depot", wkb, "web");
            let (kind, status, title, body, search, wkb, channel) = words;
            Ok((id, kind, status, title, body, search, wkb, channel, now, now, now, category, service, clock))
        })
        .collect::<Result<_>>()?;
    insert_many(
        tx,
        "insert into feature (id, kind, status, title, body, search, wkb, channel, created_at, updated_at, published_at,
                              slot_a, slot_b, slot_c)",
        rows,
        "",
    )
    .await?;
    let areas: Vec<(i64, i64)> = (after + 1..=after + ENDED / 10)
        .flat_map(|id| {
            let district = lot.random_range(1..=20);
            [(id, district), (id, 21 + (district - 1) * 4 + lot.random_range(0..4))]
        })
        .collect();
    insert_many(tx, "insert into feature_area (feature_id, area_id)", areas, "").await?;
    Ok(())
}

type Ended = (i64, i64, i64, i64, String, Option<i64>, Option<bool>);

/// A report that ended: half of them within the last year, most of them in some days, a few in months.
fn ended(lot: &mut StdRng, n: i64) -> Ended {
    let now = parvis::base::clock::now();
    let ago = if lot.random_bool(0.5) { lot.random_range(0..365) } else { lot.random_range(0..3_650) };
    let month = (now - chrono::TimeDelta::days(ago)).format("%Y%m").to_string().parse().unwrap_or(202_601);
    // In the order of categories, so that they are quicker added up.
    let category = TYPES + 1 + n * (CATEGORIES - TYPES) / ENDED;
    let district: i64 = lot.random_range(1..=20);
    let quarter = 21 + (district - 1) * 4 + lot.random_range(0..4);
    // Nearly a function of the category: one in ten goes elsewhere.
    let service = if lot.random_bool(0.9) { category % SERVICES + 1 } else { lot.random_range(1..=SERVICES) };
    let hours = (lot.random::<f64>().powi(6) * 4_000.0) as i64 + lot.random_range(0..72);
    let is_repaired = lot.random_bool(0.75);
    (
        1,
        month,
        category,
        service,
        format!("{district},{quarter}"),
        is_repaired.then_some(hours),
        is_repaired.then_some(hours < 96),
    )
}
