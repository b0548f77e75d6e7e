//! Benchmark of votes: durable votes a second over HTTP with 32 connections, beside what one commit costs on the same disk.
//!
//! `PARVIS_TEST_DURABLE=1 tests/with-postgres cargo bench --bench votes`. Raw commits, votes one by one and votes over HTTP take
//! turns within a run, so that they see the same disk; each figure is the median of the rounds. The load generator shares the
//! processors with the server. A vote is counted when its answer is there: written, safe from a power cut, on the live map.
//! Not here: tiles under votes (see `http`).
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

use anyhow::{Context, Result, bail};
use http::Client;
use parvis::base::db::{self, Db, Sql};
use parvis::base::ids::{FeatureId, Visitor};
use parvis::core::features::{self, Channel, Kind, NewFeature, Status, Voice, votes};
use parvis::core::journal::{Act, Write};
use server::Server;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::net::SocketAddr;
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

const CONNECTIONS: u64 = 32;
const FEATURES: u64 = 1_000;
const ROUNDS: usize = 3;
const TIME: Duration = Duration::from_secs(4);

fn main() -> Result<()> {
    // `cargo test` runs benchmarks too, without this argument: there is nothing to check here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder)?;
    let folder = tempfile::tempdir_in(folder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    if cfg!(debug_assertions) {
        println!("NOT a release build: `cargo bench` makes one");
    }
    let file = folder.path().join("votes.db");
    let normal = runtime.block_on(synchronous_normal(&folder.path().join("normal.db")))?;
    println!(
        "SQLite, one raw commit after the other with synchronous=NORMAL (a power cut loses votes; not used): {normal:.0}/s"
    );
    measure(&runtime, "SQLite, synchronous=FULL", &format!("sqlite:{}", file.display()))?;
    on_postgis(&runtime)
}

/// Raw commits with the setting that does not wait for the disk.
async fn synchronous_normal(file: &Path) -> Result<f64> {
    let options = SqliteConnectOptions::from_str(&format!("sqlite:{}", file.display()))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal);
    let mut connection: SqliteConnection = options.connect().await?;
    sqlx::query("create table raw (n integer not null)").execute(&mut connection).await?;
    let (started, mut done) = (Instant::now(), 0u32);
    while started.elapsed() < TIME {
        sqlx::query("insert into raw (n) values (1)").execute(&mut connection).await?;
        done += 1;
    }
    let rate = f64::from(done) / started.elapsed().as_secs_f64();
    connection.close().await?;
    Ok(rate)
}

fn on_postgis(runtime: &tokio::runtime::Runtime) -> Result<()> {
    let Ok(server) = std::env::var("PARVIS_TEST_POSTGRES") else {
        println!("PostGIS: SKIPPED, PARVIS_TEST_POSTGRES is not set");
        return Ok(());
    };
    let (base, _) = server.rsplit_once('/').context("PARVIS_TEST_POSTGRES has no database")?;
    let admin = runtime.block_on(sqlx::PgPool::connect(&server))?;
    for name in ["fsync", "synchronous_commit"] {
        let setting = sqlx::AssertSqlSafe(format!("show {name}"));
        let (value,): (String,) = runtime.block_on(sqlx::query_as(setting).fetch_one(&admin))?;
        if value != "on" {
            bail!("{name} is {value}: nothing is durable there; run with PARVIS_TEST_DURABLE=1");
        }
    }
    let name = format!("parvis_votes_{}", std::process::id());
    let run = |sql: String| runtime.block_on(sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&admin));
    run(format!("create database {name} template parvis_template"))?;
    let measured = measure(runtime, "PostGIS, fsync=on", &format!("{base}/{name}"));
    run(format!("drop database {name} with (force)"))?;
    measured
}

/// What each of the three ways gave, a second.
#[derive(Default)]
struct Rates {
    raw: Vec<f64>,
    single: Vec<f64>,
    http: Vec<f64>,
    times: Vec<Duration>,
}

fn measure(runtime: &tokio::runtime::Runtime, name: &str, url: &str) -> Result<()> {
    let db = runtime.block_on(fill(url))?;
    let server = Server::start(url, &[])?;
    let (mut rates, mut cast) = (Rates::default(), 0);
    for _ in 0..ROUNDS {
        rates.raw.push(runtime.block_on(raw_commits(&db))?);
        let (rate, voices) = runtime.block_on(one_by_one(&db))?;
        rates.single.push(rate);
        cast += voices;
        let (rate, times) = over_http(server.address)?;
        rates.http.push(rate);
        cast += times.len() as u64;
        rates.times.extend(times);
    }
    drop(server);
    let (kept,): (i64,) = runtime.block_on(db.one("select count(*) from vote", ()))?;
    let (counted,): (i64,) =
        runtime.block_on(db.one("select cast(sum(votes_for) as bigint) from feature", ()))?;
    if kept.unsigned_abs() != cast || counted != kept {
        bail!("{cast} voices were answered, {kept} are kept, {counted} are counted");
    }
    runtime.block_on(db.close());
    report(name, &mut rates);
    Ok(())
}

fn report(name: &str, rates: &mut Rates) {
    let (raw, single, http) = (median(&mut rates.raw), median(&mut rates.single), median(&mut rates.http));
    rates.times.sort_unstable();
    let at = |q: f64| rates.times.get((rates.times.len() as f64 * q) as usize).copied().unwrap_or_default();
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    // Where the disk itself is slower than the bar, half of what it can do is asked.
    let least = if raw < 1_000.0 { raw / 2.0 } else { 1_000.0 };
    println!("{name}");
    println!("  {:52} {raw:>7.0}/s", "raw commits of one row, one after the other");
    println!("  {:52} {single:>7.0}/s", "votes, one a commit, one after the other");
    println!(
        "  {:52} {http:>7.0}/s, p50 {:.1} ms, p99 {:.1} ms    bar ≥ {least:.0}/s    {}",
        format!("votes over HTTP, {CONNECTIONS} connections"),
        millis(at(0.5)),
        millis(at(0.99)),
        if http >= least { "PASS" } else { "FAIL" },
    );
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

async fn fill(url: &str) -> Result<Db> {
    let db = Db::connect(url, 4).await?;
    db::migrate(&db).await?;
    let ideas: Vec<NewFeature> = (0..FEATURES)
        .map(|n| NewFeature {
            kind: Kind::PROPOSAL,
            process: None,
            theme: None,
            status: Status::OPEN,
            title: format!("An idea for the square, number {n}"),
            body: "More benches under the trees, and a fountain that runs in July.".into(),
            geometry: Some(geo::Point::new(2.0 + n as f64 / 1e3, 48.0 + n as f64 / 1e4).into()),
            stated_area: None,
            areas: Vec::new(),
            author: None,
            channel: Channel::Demo,
            origin: None,
            held: None,
            created_at: parvis::base::clock::now(),
        })
        .collect();
    let mut write = Write::begin(&db, parvis::base::clock::now()).await?;
    features::store::insert_all(&mut write, &ideas, Act::IMPORTED).await?;
    write.tx().run("create table raw (n integer not null)", ()).await?;
    write.commit().await?;
    Ok(db)
}

/// The least that a durable write can be.
async fn raw_commits(db: &Db) -> Result<f64> {
    let (started, mut done) = (Instant::now(), 0u32);
    while started.elapsed() < TIME {
        let mut tx = db.begin().await?;
        tx.run("insert into raw (n) values ($1)", (1i64,)).await?;
        tx.commit().await?;
        done += 1;
    }
    Ok(f64::from(done) / started.elapsed().as_secs_f64())
}

/// Votes without the box: each in a transaction of its own. Gives how many they were, too.
async fn one_by_one(db: &Db) -> Result<(f64, u64)> {
    let (started, mut done) = (Instant::now(), 0u32);
    while started.elapsed() < TIME {
        let feature = FeatureId(i64::from(done) % FEATURES.cast_signed() + 1);
        let mut write = Write::begin(db, parvis::base::clock::now()).await?;
        votes::set(&mut write, feature, Visitor(uuid::Uuid::new_v4()), Some(Voice::For)).await?;
        write.commit().await?;
        done += 1;
    }
    Ok((f64::from(done) / started.elapsed().as_secs_f64(), u64::from(done)))
}

/// Every vote is another visitor's. Gives how long each took.
fn over_http(address: SocketAddr) -> Result<(f64, Vec<Duration>)> {
    let started = Instant::now();
    let voters: Vec<_> = (0..CONNECTIONS)
        .map(|k| {
            std::thread::spawn(move || -> Result<Vec<Duration>> {
                let (mut client, mut times) = (Client::new(address), Vec::new());
                for n in (k..).step_by(CONNECTIONS as usize) {
                    if started.elapsed() > TIME {
                        break;
                    }
                    client.forget();
                    let asked = Instant::now();
                    let path = format!("/features/{}/vote", n % FEATURES + 1);
                    let answer = client.post(&path, &[("voice", "for")])?;
                    if answer.status != 303 {
                        bail!("a vote: {} {}", answer.status, answer.text());
                    }
                    times.push(asked.elapsed());
                }
                Ok(times)
            })
        })
        .collect();
    let mut times = Vec::new();
    for voter in voters {
        match voter.join() {
            Ok(some) => times.extend(some?),
            Err(_) => bail!("a voter broke"),
        }
    }
    Ok((times.len() as f64 / started.elapsed().as_secs_f64(), times))
}
