//! What is already known near a place, as the form asks it before one more is sent: over a million reports that lie in crowds, beside a scan
//! of them all, which must name the same.

use crate::data::{self, Reported};
use crate::{line, millis, row, within};
use anyhow::{Result, bail};
use parvis::base::config::Config;
use parvis::base::db::Db;
use parvis::core::app::App;
use parvis::modules::reports::known;
use parvis_tiles::Position;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::time::Instant;

const ASKED: usize = 2_000;
/// So many of these are asked of a scan, too.
const SCANNED: usize = 40;
/// How many are shown.
const MOST: usize = 5;

pub(crate) async fn run(url: &str, reports: &[Reported]) -> Result<()> {
    let app = App::on(Config::default(), Db::connect(url, 4).await?).await?;
    let mut lot = StdRng::seed_from_u64(11);
    for metres in data::METRES {
        // Somebody stands some steps from where something was reported, as most reports lie where most people are.
        let of_it: Vec<&Reported> =
            reports.iter().filter(|one| data::metres_of(one.category) == metres).collect();
        let asked: Vec<(i64, (f64, f64))> = (0..ASKED)
            .map(|_| {
                let like = of_it[lot.random_range(0..of_it.len())];
                let step = |lot: &mut StdRng| lot.random_range(-0.000_1..0.000_1);
                let (lon, lat) = like.position.lon_lat();
                (like.category, (lon + step(&mut lot), lat + step(&mut lot)))
            })
            .collect();
        // Pages of the database are read once.
        for (category, at) in asked.iter().rev().take(20) {
            known::named(&app, &data::slug(*category), *at).await?;
        }
        let (mut times, mut found) = (Vec::new(), Vec::new());
        for (category, at) in &asked {
            let began = Instant::now();
            found.push(known::named(&app, &data::slug(*category), *at).await?);
            times.push(began.elapsed());
        }
        let (mut scans, mut around) = (Vec::new(), Vec::new());
        for ((category, at), found) in asked.iter().zip(&found).take(SCANNED) {
            let began = Instant::now();
            let (scanned, all) = scan(reports, *category, *at, metres);
            scans.push(began.elapsed());
            around.push(all);
            let found: Vec<i64> = found.iter().map(|(id, _)| id.0).collect();
            if found != scanned {
                bail!("a report of c{category} at {at:?}: {found:?}, and {scanned:?} by a scan");
            }
        }
        around.sort_unstable();
        let some = found.iter().filter(|found| !found.is_empty()).count();
        let (middle, p99) = (within(&mut times, 50), within(&mut times, 99));
        let longest = times.last().copied().unwrap_or_default();
        row(
            &format!("known within {metres} m ({ASKED})"),
            &format!("p50 {middle:.2} ms, p99 {p99:.2} ms, longest {:.1} ms", millis(longest)),
            "p99 ≤ 5 ms",
            p99 <= 5.0,
        );
        line(
            "  the same by a scan",
            &format!(
                "p50 {:.1} ms, {:.0} times as long; of the type around {} to {}; {} % are shown some",
                within(&mut scans, 50),
                within(&mut scans, 50) / middle,
                around.first().copied().unwrap_or_default(),
                around.last().copied().unwrap_or_default(),
                some * 100 / ASKED,
            ),
        );
    }
    app.db.close().await;
    Ok(())
}

/// Looks at every report: the nearest of the type that are open, or ended not long ago; and how many of the type there are, however old.
fn scan(reports: &[Reported], category: i64, at: (f64, f64), metres: i64) -> (Vec<i64>, usize) {
    let at = Position::from_lon_lat(at.0, at.1).unwrap_or_default();
    let since = parvis::base::clock::now() - chrono::TimeDelta::days(data::DAYS);
    let mut found: Vec<(f64, &Reported)> = reports
        .iter()
        .filter(|one| data::kind_of(one.category) == data::kind_of(category))
        .map(|one| (one.position.metres_to(at), one))
        .filter(|(far, _)| *far <= metres as f64)
        .collect();
    let around = found.len();
    found.retain(|(_, one)| one.ended.is_none_or(|ended| ended >= since));
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.id.cmp(&b.1.id)));
    (found.iter().take(MOST).map(|(_, one)| one.id).collect(), around)
}
