//! The benchmark's database, and what visitors ask of it.
//!
//! Invariant: the same seed gives the same points and the same walks. Votes of earlier runs stay in the cached file:
//! they move scores, not work.

use crate::metropolis;
use anyhow::{Context, Result};
use geo::Point;
use parvis::base::db::{self, Db};
use parvis::core::features::{self, Channel, Kind, NewFeature, Status, vocabulary};
use parvis::core::journal::{Act, Write};
use parvis_tiles::{Item, Place, Position, TileCoord};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::HashSet;

pub(crate) const POINTS: usize = 1_000_000;
const BATCH: usize = 10_000;

/// Fills the database, unless it is full already. Row ids are the items' ids.
pub(crate) async fn fill(url: &str, items: &[Item]) -> Result<()> {
    let db = Db::connect(url, 4).await?;
    db::migrate(&db).await?;
    if features::store::count(&db).await? < items.len() as i64 {
        insert(&db, items).await?;
    }
    db.close().await;
    Ok(())
}

async fn insert(db: &Db, items: &[Item]) -> Result<()> {
    let mut write = Write::begin(db, parvis::base::clock::now()).await?;
    let (mut themes, mut processes) = (Vec::new(), Vec::new());
    for n in 1..=metropolis::CODES[0] {
        themes.push(vocabulary::ensure_theme(&mut write, &format!("Theme {n}")).await?);
    }
    for n in 1..=metropolis::CODES[3] {
        processes.push(vocabulary::ensure_process(&mut write, &format!("Process {n}")).await?);
    }
    write.commit().await?;
    for batch in items.chunks(BATCH) {
        let mut rows = Vec::with_capacity(batch.len());
        for item in batch {
            let (codes, Place::At(position)) = (item.attributes.codes, &item.place) else { continue };
            let (lon, lat) = position.lon_lat();
            rows.push(NewFeature {
                kind: Kind::all()[codes[2] as usize % Kind::all().len()],
                process: processes.get(codes[3] as usize).copied(),
                theme: themes.get(codes[0] as usize).copied(),
                status: Status::all()[codes[1] as usize % Status::all().len()],
                title: format!("An idea for the square, number {}", item.id),
                body: "More benches under the trees, and a fountain that runs in July.".into(),
                geometry: Some(Point::new(lon, lat).into()),
                stated_area: None,
                areas: Vec::new(),
                author: None,
                channel: Channel::Demo,
                origin: None,
                held: None,
                created_at: chrono::DateTime::from_timestamp(i64::from(item.attributes.time), 0)
                    .context("a time of the metropolis")?,
            });
        }
        let mut write = Write::begin(db, parvis::base::clock::now()).await?;
        features::store::insert_all(&mut write, &rows, Act::IMPORTED).await?;
        write.commit().await?;
    }
    Ok(())
}

/// A filter as a visitor sets it: themes, and a first day that makes it unlike the others.
fn filter(rng: &mut StdRng) -> String {
    let first = rng.random_range(1..=12);
    let themes = match rng.random_range(0..3) {
        0 => format!("theme-{first}"),
        1 => format!("theme-{first},theme-{}", first % 12 + 1),
        _ => (1..=12).step_by(2).map(|n| format!("theme-{n}")).collect::<Vec<_>>().join(","),
    };
    let (year, month, day) =
        (rng.random_range(2023..2026), rng.random_range(1..=12), rng.random_range(1..=28));
    let mut filter = format!("theme={themes}&since={year}-{month:02}-{day:02}");
    if rng.random_bool(0.3) {
        filter.push_str(&format!("&score_min={}", rng.random_range(-2..20)));
    }
    if rng.random_bool(0.3) {
        filter.push_str("&status=open,accepted");
    }
    filter
}

/// What one visitor's map asks for, zooms 8 to 17: the tiles in view, then those that come into view as they zoom in,
/// pan, and now and then zoom out again.
fn walk(rng: &mut StdRng, items: &[Item]) -> Vec<TileCoord> {
    let Place::At(mut at) = items[rng.random_range(0..items.len())].place else { return Vec::new() };
    let mut z = rng.random_range(8..=13u8);
    let (mut seen, mut tiles) = (HashSet::new(), Vec::new());
    for _ in 0..12 {
        let centre = at.tile(z);
        for (dx, dy) in (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy))) {
            let (Some(x), Some(y)) = (centre.x.checked_add_signed(dx), centre.y.checked_add_signed(dy))
            else {
                continue;
            };
            if let Ok(tile) = TileCoord::new(z, x, y)
                && seen.insert((z, x, y))
            {
                tiles.push(tile);
            }
        }
        match rng.random_range(0..10) {
            0..=4 => z = (z + 1).min(17),
            5..=8 => at = Position { x: at.x.wrapping_add(1 << (32 - u32::from(z))), y: at.y },
            _ => z = (z - 1).max(8),
        }
    }
    tiles
}

/// Paths of tiles, in the order in which visitors who come one after the other ask for them.
fn paths(seed: u64, items: &[Item], count: usize, filter: impl Fn(&mut StdRng) -> String) -> Vec<String> {
    let mut rng = StdRng::seed_from_u64(seed);
    let (mut seen, mut paths) = (HashSet::new(), Vec::with_capacity(count));
    while paths.len() < count {
        let filter = filter(&mut rng);
        for TileCoord { z, x, y } in walk(&mut rng, items) {
            let path = format!("/tiles/features/{z}/{x}/{y}.mvt{filter}");
            if seen.insert(path.clone()) {
                paths.push(path);
            }
        }
    }
    paths
}

/// The tiles that everybody looks at.
pub(crate) fn hot(items: &[Item]) -> Vec<String> {
    paths(11, items, 1_000, |_| String::new())
}

/// Tiles that nobody asked for before, all different.
pub(crate) fn distinct(items: &[Item]) -> Vec<String> {
    paths(12, items, 150_000, |_| String::new())
}

/// The same, each visitor with a filter of their own.
pub(crate) fn distinct_filtered(items: &[Item]) -> Vec<String> {
    paths(13, items, 150_000, |rng| format!("?{}", filter(rng)))
}
