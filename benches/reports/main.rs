//! Benchmark of reports, a million of them: routing, `/delays`, what is already known nearby, what programs read, and filters of the map.
//!
//! `cargo bench --bench reports`; `-- near` (or `routing`, `delays`, `programs`) is that part alone, `tests/with-postgres` before it asks
//! PostGIS the same. Figures are wall-clock times on the machine at hand: compare them with one another, within a run. Not here: the index
//! by itself (see `tiles`). Invariant: reports, places and questions are the same in every run.
#![allow(clippy::print_stdout, reason = "printing is what a benchmark is for")]
#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark has no configuration: it reads the environment itself"
)]

mod data;
mod delays;
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../../tests/processes/http.rs"]
mod http;
#[allow(dead_code, reason = "shared with the benchmark of the index, which uses more of it")]
#[path = "../metropolis.rs"]
mod metropolis;
mod near;
mod programs;
mod routing;
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../../tests/processes/server.rs"]
mod server;

use anyhow::{Context, Result};
use data::Reported;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

fn main() -> Result<()> {
    // `cargo test` runs benchmarks too, without this argument: there is nothing to check here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    if cfg!(debug_assertions) {
        println!("NOT a release build: `cargo bench` makes one");
    }
    if is_asked("routing") {
        routing::run()?;
    }
    if !["delays", "near", "programs"].into_iter().any(is_asked) {
        return Ok(());
    }
    let reports = data::reports();
    let runtime = Runtime::new()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder)?;
    let folder = tempfile::tempdir_in(folder)?;
    on("SQLite", &runtime, &format!("sqlite:{}", folder.path().join("reports.db").display()), &reports)?;
    on_postgis(&runtime, &reports)
}

/// Whether a part was asked for: by its name, or by none.
fn is_asked(part: &str) -> bool {
    let mut named = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).peekable();
    named.peek().is_none() || named.any(|argument| argument == part)
}

fn on(name: &str, runtime: &Runtime, url: &str, reports: &[Reported]) -> Result<()> {
    let began = Instant::now();
    runtime.block_on(data::fill(url, reports))?;
    println!(
        "\n# {name}: {} reports, written and counted in {:.0} s",
        reports.len(),
        began.elapsed().as_secs_f64()
    );
    if is_asked("near") {
        runtime.block_on(near::run(url, reports))?;
    }
    if is_asked("delays") {
        delays::run(url)?;
    }
    if is_asked("programs") {
        programs::run(url)?;
    }
    Ok(())
}

fn on_postgis(runtime: &Runtime, reports: &[Reported]) -> Result<()> {
    let Ok(server) = std::env::var("PARVIS_TEST_POSTGRES") else {
        println!("PostGIS: SKIPPED, PARVIS_TEST_POSTGRES is not set");
        return Ok(());
    };
    let (base, _) = server.rsplit_once('/').context("PARVIS_TEST_POSTGRES has no database")?;
    let admin = runtime.block_on(sqlx::PgPool::connect(&server))?;
    let name = format!("parvis_reports_{}", std::process::id());
    let run = |sql: String| runtime.block_on(sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&admin));
    run(format!("create database {name} template parvis_template"))?;
    let measured = on("PostGIS", runtime, &format!("{base}/{name}"), reports);
    run(format!("drop database {name} with (force)"))?;
    measured
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The time within which so many hundredths of them were, in milliseconds; sorts them.
fn within(times: &mut [Duration], hundredths: usize) -> f64 {
    times.sort_unstable();
    let rank = (times.len() * hundredths).div_ceil(100).max(1);
    times.get(rank - 1).copied().map(millis).unwrap_or_default()
}

fn row(work: &str, figure: &str, bar: &str, passes: bool) {
    println!("  {work:52} {figure:44} bar {bar:18} {}", if passes { "PASS" } else { "FAIL" });
}

fn line(work: &str, figure: &str) {
    println!("  {work:52} {figure}");
}
