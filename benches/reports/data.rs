//! A million reports that ended, and fifty thousand that are open: what they are, and how they are written.
//!
//! They lie where a metropolis has its crowds, a tenth of them where things are left again and again. Half of them are of the last year.

use crate::metropolis;
use crate::routing::area;
use anyhow::{Result, bail};
use parvis::base::clock::{self, Timestamp};
use parvis::base::db::{self, Db, Sql, Tx, insert_many};
use parvis::base::ids::FeatureId;
use parvis::core::features::geometry::to_wkb;
use parvis::core::journal::{Act, Write};
use parvis::modules::reports::delays;
use parvis_tiles::{Place, Position};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

pub(crate) const TYPES: i64 = 12;
pub(crate) const CATEGORIES: i64 = 240;
pub(crate) const SERVICES: i64 = 12;
pub(crate) const ENDED: usize = 1_000_000;
const OPEN: usize = 50_000;
const BATCH: usize = 50_000;

/// How far another of the same type may be the same, in metres: of the types in turn.
pub(crate) const METRES: [i64; 4] = [25, 50, 100, 200];
/// For how many days after its end.
pub(crate) const DAYS: i64 = 30;

/// How many hundredths of all reports are of each type.
const SHARES: [i64; TYPES as usize] = [28, 16, 12, 10, 8, 6, 5, 4, 4, 3, 2, 2];

/// A report.
pub(crate) struct Reported {
    pub(crate) id: i64,
    pub(crate) category: i64,
    pub(crate) position: Position,
    pub(crate) ended: Option<Timestamp>,
    created: Timestamp,
    service: i64,
    /// A district and a quarter of it.
    areas: [i64; 2],
    /// The code of its clock's state.
    clock: i64,
    /// How long its repair took; nothing: there was none.
    hours: Option<i64>,
}

/// The type that a category is of.
pub(crate) fn kind_of(category: i64) -> i64 {
    if category > TYPES { category % TYPES + 1 } else { category }
}

pub(crate) fn metres_of(category: i64) -> i64 {
    METRES[(kind_of(category) % 4) as usize]
}

pub(crate) fn slug(category: i64) -> String {
    format!("c{category}")
}

/// All of them, the oldest first.
pub(crate) fn reports() -> Vec<Reported> {
    let (mut lot, now) = (StdRng::seed_from_u64(7), clock::now());
    let all = (ENDED + OPEN) as i64;
    let places = metropolis::points(ENDED + OPEN, 1);
    let again: Vec<Position> =
        places.iter().step_by(2_100).filter_map(|item| position(&item.place)).collect();
    let places = places.iter().filter_map(|item| position(&item.place));
    (0..all).zip(places).map(|(n, place)| reported(&mut lot, n, now, place, &again)).collect()
}

fn position(place: &Place) -> Option<Position> {
    match place {
        Place::At(position) => Some(*position),
        _ => None,
    }
}

fn reported(lot: &mut StdRng, n: i64, now: Timestamp, place: Position, again: &[Position]) -> Reported {
    let all = (ENDED + OPEN) as i64;
    let (half, year) = (all / 2, 365 * 24 * 60);
    let minutes = if n < half {
        year + (half - n) * 9 * year / half
    } else {
        (all - n) * year / (all - half) + lot.random_range(0..5)
    };
    let created = now - chrono::TimeDelta::minutes(minutes);
    let mut share = lot.random_range(0..100);
    let kind = SHARES.iter().position(|part| {
        share -= part;
        share < 0
    });
    let kind = kind.unwrap_or_default() as i64 + 1;
    // Of what stands below a type: one number in twelve.
    let category = kind - 1 + TYPES * lot.random_range(if kind == 1 { 2..=20 } else { 1..=19 });
    let district = lot.random_range(1..=20);
    // Nearly a function of the category: one in ten goes elsewhere.
    let service = if lot.random_bool(0.9) { category % SERVICES + 1 } else { lot.random_range(1..=SERVICES) };
    let is_open = n % 21 == 20;
    let took = (lot.random::<f64>().powi(6) * 4_000.0) as i64 + lot.random_range(0..72);
    let hours = (!is_open && lot.random_bool(0.75)).then_some(took);
    let clock = match (is_open, hours) {
        (true, _) => lot.random_range(1..=3),
        (false, Some(hours)) if hours >= 96 => 5,
        (false, Some(_)) => 4,
        (false, None) => 6,
    };
    Reported {
        id: n + 1,
        category,
        position: if lot.random_bool(0.1) {
            let corner = again[lot.random_range(0..again.len())];
            Position { x: corner.x + lot.random_range(0..1_000), y: corner.y + lot.random_range(0..1_000) }
        } else {
            place
        },
        ended: (!is_open).then(|| (created + chrono::TimeDelta::hours(took)).min(now)),
        created,
        service,
        areas: [district, 21 + (district - 1) * 4 + lot.random_range(0..4)],
        clock,
        hours,
    }
}

pub(crate) async fn fill(url: &str, reports: &[Reported]) -> Result<()> {
    let db = Db::connect(url, 4).await?;
    db::migrate(&db).await?;
    words(&db).await?;
    for part in reports.chunks(BATCH) {
        let mut tx = db.begin().await?;
        features(&mut tx, part).await?;
        rows(&mut tx, part).await?;
        tx.commit().await?;
    }
    // A server that starts seals what is older than its seals, table by table where nothing is sealed: minutes, and nothing of what is measured.
    let mut write = Write::begin(&db, clock::now()).await?;
    for act in [Act::PLACED, Act::CHANGED] {
        write.record(act, FeatureId(1));
    }
    write.commit().await?;
    // In the order of categories, so that they are quicker added up.
    let mut ended: Vec<&Reported> = reports.iter().filter(|one| one.ended.is_some()).collect();
    ended.sort_by_key(|one| one.category);
    for part in ended.chunks(BATCH) {
        let mut tx = db.begin().await?;
        insert_many(
            &mut tx,
            "insert into report_delay_change (sign, month, category_id, service_id, areas, hours, is_in_time)",
            part.iter().map(|one| change(one)),
            "",
        )
        .await?;
        tx.commit().await?;
        delays::add_up(&db).await?;
    }
    let (counted,): (i64,) = db
        .one(
            "select in_time + late + closed from report_delay_cell
             where month = -1 and category_id = -1 and service_id = -1 and area_id = -1",
            (),
        )
        .await?;
    if counted != ENDED as i64 {
        bail!("{counted} of {ENDED} were counted");
    }
    if url.starts_with("postgres") {
        // As PostgreSQL does by itself before long; SQLite does it when a connection is closed.
        let mut tx = db.begin().await?;
        tx.run("analyze", ()).await?;
        tx.commit().await?;
    }
    db.close().await;
    Ok(())
}

/// Areas, services and categories.
async fn words(db: &Db) -> Result<()> {
    let mut tx = db.begin().await?;
    let square = to_wkb(&geo::Geometry::MultiPolygon(area(0)))?;
    let now = clock::now();
    let areas = (1..=100).map(|id: i64| {
        let level = if id <= 20 { "arrondissement" } else { "quartier" };
        let parent = (id > 20).then(|| (id - 21) / 4 + 1);
        let name = format!("Secteur {id}");
        (id, format!("a{id}"), level, id.to_string(), name, parent, square.clone(), now, now)
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
        let parent = (id > TYPES).then(|| kind_of(id));
        let label = format!("Catégorie {id}");
        (id, parent, slug(id), label, "problem", metres_of(id), DAYS, false, "#336699", id)
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
    Ok(())
}

/// What is on the map.
async fn features(tx: &mut Tx, part: &[Reported]) -> Result<()> {
    let body = "Un matelas et deux cartons depuis lundi, devant le numéro 12, contre la grille de l’école.";
    let rows: Vec<_> = part
        .iter()
        .map(|one| {
            let status = status(one);
            let (lon, lat) = one.position.lon_lat();
            let wkb = to_wkb(&geo::Geometry::Point(geo::Point::new(lon, lat)))?;
            let at = one.created;
            let words = ("report", status, "Dépôt", body, "depot", wkb, "web");
            let (kind, status, title, body, search, wkb, channel) = words;
            let slots = (one.category, one.service, one.clock);
            Ok((
                one.id, kind, status, title, body, search, wkb, channel, at, at, at, slots.0, slots.1,
                slots.2,
            ))
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
    let areas = part.iter().flat_map(|one| one.areas.map(|area| (one.id, area)));
    insert_many(tx, "insert into feature_area (feature_id, area_id)", areas, "").await?;
    Ok(())
}

fn status(one: &Reported) -> &'static str {
    match (one.ended, one.hours) {
        (None, _) => "open",
        (Some(_), Some(_)) => "done",
        (Some(_), None) => "closed",
    }
}

/// What they are beside, and what was said of them.
async fn rows(tx: &mut Tx, part: &[Reported]) -> Result<()> {
    let reports = part.iter().map(|one| {
        let due = one.created + chrono::TimeDelta::hours(96);
        let reason = (status(one) == "closed").then_some("duplicate");
        let (id, address) = (one.id, "12 rue de l’École");
        (
            id,
            one.category,
            one.service,
            address,
            96_i64,
            "hours",
            one.created,
            due,
            one.clock == 2,
            one.ended,
            reason,
        )
    });
    insert_many(
        tx,
        "insert into report (feature_id, category_id, service_id, address, target_n, target_unit, received_at, due_at, is_overdue,
                             ended_at, end_reason)",
        reports,
        "",
    )
    .await?;
    let said = part.iter().map(|one| {
        let note = if one.id % 3 == 0 { "Une équipe est passée ce matin." } else { "" };
        (one.id, one.ended.unwrap_or(one.created), "status", status(one), note)
    });
    insert_many(tx, "insert into report_update (feature_id, at, act, status, note)", said, "").await?;
    Ok(())
}

type Change = (i64, i64, i64, i64, String, Option<i64>, Option<bool>);

/// What one that ended counts.
fn change(one: &Reported) -> Change {
    let month = one.ended.unwrap_or_default().format("%Y%m").to_string().parse().unwrap_or(202_601);
    let areas = format!("{},{}", one.areas[0], one.areas[1]);
    let (hours, is_in_time) = (one.hours, one.hours.map(|hours| hours < 96));
    (1, month, one.category, one.service, areas, hours, is_in_time)
}
