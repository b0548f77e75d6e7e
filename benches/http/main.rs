//! Benchmark of the server over HTTP: prints each figure beside its bar.
//!
//! `cargo bench --bench http`; `wrk` must be installed. The first run fills a database of a million points under
//! `target/bench/`. The load generator shares the processors with the server, so that figures are those of this machine
//! at this hour; what holds elsewhere are the ratios to the static handler, which is measured in turns with the server.
//! With `PARVIS_TEST_POSTGRES` set (`tests/with-postgres`), the start on PostGIS is timed, too.
//! Not here: the index by itself (see `tiles`).
#![allow(clippy::print_stdout, reason = "printing is what a benchmark is for")]
#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark has no configuration: it reads the environment itself"
)]

mod data;
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../../tests/processes/http.rs"]
mod http;
mod load;
#[allow(dead_code, reason = "shared with the benchmark of the index, which uses more of it")]
#[path = "../metropolis.rs"]
mod metropolis;
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../../tests/processes/server.rs"]
mod server;

use anyhow::{Context, Result, bail};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Answer, Client};
use load::{Crowd, Paced, Voter, list, paced, serve_static, wrk};
use parvis_tiles::{Item, Place};
use server::Server;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

const ROUNDS: usize = 3;

fn main() -> Result<()> {
    // `cargo test` runs benchmarks too, without this argument: there is nothing to check here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder)?;
    let items = metropolis::points(data::POINTS, 1);
    let runtime = tokio::runtime::Runtime::new()?;
    let url = format!("sqlite:{}", folder.join("metropolis.db").display());
    let started = Instant::now();
    runtime.block_on(data::fill(&url, &items))?;
    println!("database ready after {:.1} s: {url}", started.elapsed().as_secs_f64());

    let server = Server::start(&url, &[])?;
    start_time("SQLite", &server);
    let address = server.address;
    distinct(address, &folder, &items)?;
    hot(address, &folder, &items)?;
    short_road(address, &folder)?;
    freshness(address, &items)?;
    crowd(address, &items)?;
    start_again(server, &url, &folder, &items)?;
    on_postgis(&runtime, &items)
}

fn row(work: &str, figure: &str, bar: &str, passes: bool) {
    println!("{work:44} {figure:>34}    bar {bar:26} {}", if passes { "PASS" } else { "FAIL" });
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// What the log says of the start.
fn start_time(database: &str, server: &Server) {
    // The log is read beside us: its last line may be a moment behind the address.
    let of = |message, field| {
        let mut tries = 0..100;
        loop {
            match server.logged(message, field) {
                None if tries.next().is_some() => std::thread::sleep(Duration::from_millis(10)),
                found => break found.unwrap_or_default(),
            }
        }
    };
    let (read, index) = (of("the live map is loaded", "read_ms"), of("the live map is loaded", "index_ms"));
    println!(
        "start on {database} with {} features: {} ms, of which reading {read} ms and indexing {index} ms",
        of("the live map is loaded", "features"),
        of("listening", "started_ms"),
    );
}

/// The same once the server before was stopped, and left its map in a file; and the first second of each of these servers beside what
/// it serves later.
fn start_again(mut server: Server, url: &str, folder: &Path, items: &[Item]) -> Result<()> {
    let file = list(folder, "hot.txt", &data::hot(items))?;
    let (mut shares, mut firsts) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        server.terminate()?;
        server.wait(Duration::from_secs(60))?;
        server = Server::start(url, &[])?;
        until_ready(server.address)?;
        let first = wrk(server.address, &file, 1)?;
        start_time("SQLite, from the file of the server before", &server);
        // Tiles become worth compressing well after some answers: that is past before the speed is steady.
        wrk(server.address, &file, 4)?;
        let steady = wrk(server.address, &file, 3)?;
        if first.errors + steady.errors > 0 {
            bail!("{first:?} {steady:?}");
        }
        shares.push(first.per_second / steady.per_second);
        firsts.push(first.per_second);
    }
    let share = median(&mut shares);
    let figure = format!("{:.0}/s, {:.0} % of later", median(&mut firsts), share * 100.0);
    row("hot tiles in the first second", &figure, "≥ 50 % of later", share >= 0.5);
    Ok(())
}

/// Waits until a server says that it should get requests.
fn until_ready(address: SocketAddr) -> Result<()> {
    let (mut client, began) = (Client::new(address), Instant::now());
    while client.get("/readyz")?.status != 200 {
        if began.elapsed() > Duration::from_secs(30) {
            bail!("{address} never becomes ready");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

/// Tiles that were never asked for.
fn distinct(address: SocketAddr, folder: &Path, items: &[Item]) -> Result<()> {
    let run = |name: &str, paths: Vec<String>, least: f64, most: Option<Duration>| -> Result<()> {
        // Short, so that even a fast machine does not get to the end of the list and begin again.
        let seen = wrk(address, &list(folder, "distinct.txt", &paths)?, 2)?;
        if seen.requests as usize > paths.len() || seen.errors > 0 {
            bail!("{name}: {seen:?} of {} paths", paths.len());
        }
        let figure = format!(
            "{:.0}/s, p50 {:.1} ms, p99 {:.1} ms",
            seen.per_second,
            millis(seen.p50),
            millis(seen.p99)
        );
        let bar = most.map_or(String::new(), |most| format!(", p99 ≤ {:.0} ms", millis(most)));
        let passes = seen.per_second >= least && most.is_none_or(|most| seen.p99 <= most);
        row(name, &figure, &format!("≥ {least:.0}/s{bar}"), passes);
        Ok(())
    };
    run("distinct unfiltered tiles, z8–17", data::distinct(items), 1_500.0, None)?;
    let most = Some(Duration::from_millis(40));
    run("distinct filtered tiles, z8–17", data::distinct_filtered(items), 3_000.0, most)
}

/// Tiles that everybody looks at, beside a handler that does nothing, in turns.
fn hot(address: SocketAddr, folder: &Path, items: &[Item]) -> Result<()> {
    let paths = data::hot(items);
    let file = list(folder, "hot.txt", &paths)?;
    let mut client = Client::new(address).with("accept-encoding", "gzip");
    let (mut bytes, mut all) = (0, HeaderMap::new());
    for path in &paths {
        let tile = client.get(path)?;
        bytes += tile.body.len();
        all = headers(&tile, |_| true)?;
    }
    let size = bytes / paths.len();
    let route = "/tiles/{layers}/{z}/{x}/{y}";
    let of_tile = [(CONTENT_TYPE, parvis::modules::map::MVT), (CONTENT_ENCODING, "gzip")];
    let of_tile = of_tile.map(|(name, value)| (name, HeaderValue::from_static(value))).into_iter().collect();
    // What everybody's tile is told to a browser is bytes, too, whoever sends them.
    let (nothing, with_all) = (serve_static(route, size, of_tile)?, serve_static(route, size, all)?);
    // Tiles become worth compressing well after some answers: that is part of being hot.
    wrk(address, &file, 2)?;
    let (mut to_static, mut to_all, mut hot, mut idle) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut voted: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        let of_nothing = wrk(nothing, &file, 3)?;
        let ours = wrk(address, &file, 3)?;
        let of_all = wrk(with_all, &file, 3)?;
        for (a_second, voted) in VOTES_A_SECOND.into_iter().zip(&mut voted) {
            let voter = Voter::start(address, voted_for(items), a_second);
            let while_voting = wrk(address, &file, 3)?;
            let votes = voter.stop()?;
            if ours.errors + while_voting.errors > 0 || votes < u64::from(2 * a_second) {
                bail!("{ours:?} {while_voting:?} {votes} votes");
            }
            voted.push(while_voting.per_second / ours.per_second);
        }
        to_static.push(ours.per_second / of_nothing.per_second);
        to_all.push(ours.per_second / of_all.per_second);
        hot.push(ours.per_second);
        idle.push(of_nothing.per_second);
    }
    println!("hot tiles of {size} bytes on average; the static handler: {:.0}/s", median(&mut idle));
    println!("{:44} {:>33.0} %", "  of a static handler with all our headers", median(&mut to_all) * 100.0);
    let ratio = median(&mut to_static);
    let figure = format!("{:.0}/s, {:.0} % of static", median(&mut hot), ratio * 100.0);
    row("hot tiles", &figure, "≥ 75 % of static", ratio >= 0.75);
    for ((a_second, least), mut voted) in VOTES_A_SECOND.into_iter().zip([0.8, 0.7]).zip(voted) {
        let share = median(&mut voted);
        let name = format!("hot tiles while {a_second} votes/s come in");
        let bar = format!("≥ {:.0} % of without", least * 100.0);
        row(&name, &format!("{:.0} % of without", share * 100.0), &bar, share >= least);
    }
    Ok(())
}

/// Some of the headers of an answer, without those that each connection sets.
fn headers(answer: &Answer, is_wanted: impl Fn(&str) -> bool) -> Result<HeaderMap> {
    let of_connection = ["content-length", "transfer-encoding", "connection", "date"];
    let wanted =
        answer.headers.iter().filter(|(name, _)| !of_connection.contains(&&**name) && is_wanted(name));
    wanted.map(|(name, value)| Ok((name.parse::<HeaderName>()?, HeaderValue::from_str(value)?))).collect()
}

/// What else is asked for by every map and every watcher, one address at a time, beside a handler that does nothing with as many bytes.
fn short_road(address: SocketAddr, folder: &Path) -> Result<()> {
    let mut client = Client::new(address).with("accept-encoding", "gzip");
    let page = Client::new(address).get("/")?.text();
    let style = page.split('"').find(|part| part.starts_with("/assets/") && part.ends_with(".css"));
    let style = style.context("the page has no style sheet: make web")?.to_owned();
    for (name, path, least) in [
        ("TileJSON", "/tiles.json", 0.75),
        ("an asset", style.as_str(), 0.75),
        ("/healthz", "/healthz", 0.85),
    ] {
        let told = client.get(path)?;
        let said = headers(&told, |name| ["content-type", "content-encoding"].contains(&name))?;
        let (size, bare) = (told.body.len(), serve_static(path, told.body.len(), said)?);
        let file = list(folder, "one.txt", &[path.to_owned()])?;
        let (mut shares, mut ours) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let (of_bare, of_ours) = (wrk(bare, &file, 3)?, wrk(address, &file, 3)?);
            if of_ours.errors > 0 {
                bail!("{path}: {of_ours:?}");
            }
            shares.push(of_ours.per_second / of_bare.per_second);
            ours.push(of_ours.per_second);
        }
        let share = median(&mut shares);
        let figure = format!("{:.0}/s, {:.0} % of static", median(&mut ours), share * 100.0);
        let bar = format!("≥ {:.0} % of static", least * 100.0);
        row(&format!("{name}, {size} bytes"), &figure, &bar, share >= least);
    }
    Ok(())
}

/// How many votes come in while tiles are read.
const VOTES_A_SECOND: [u32; 2] = [10, 100];

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Features all over the metropolis, which the hot tiles show.
fn voted_for(items: &[Item]) -> Vec<u64> {
    items.iter().step_by(997).map(|item| item.id).collect()
}

/// From a vote to the tile that shows it.
fn freshness(address: SocketAddr, items: &[Item]) -> Result<()> {
    let (mut voter, mut watcher) =
        (Client::json(address), Client::new(address).with("accept-encoding", "gzip"));
    let (mut from_answer, mut from_request) = (Vec::new(), Vec::new());
    for item in items.iter().step_by(1_009).take(400) {
        let Place::At(position) = item.place else { continue };
        let tile = position.tile(16);
        let path = format!("/tiles/features/{}/{}/{}.mvt", tile.z, tile.x, tile.y);
        let before = watcher.get(&path)?.header("etag").to_owned();
        voter.forget();
        let asked = Instant::now();
        let answer = voter.post(&format!("/features/{}/vote", item.id), &[("voice", "for")])?;
        let answered = Instant::now();
        while watcher.get_with(&path, &[("if-none-match", &before)])?.status == 304 {
            if answered.elapsed() > Duration::from_secs(5) {
                bail!("{path} never shows a vote on {}: {}", item.id, answer.text());
            }
        }
        from_answer.push(answered.elapsed());
        from_request.push(asked.elapsed());
    }
    let (answered, asked) = (Paced::of(from_answer), Paced::of(from_request));
    let figure = |p: Paced| format!("p50 {:.1} ms, p99 {:.1} ms", millis(p.p50), millis(p.p99));
    let bar = Duration::from_millis(10);
    row("vote answered → in everyone's tile", &figure(answered), "p99 ≤ 10 ms", answered.p99 <= bar);
    println!("{:44} {:>34}", "  the same from the request's start", figure(asked));
    Ok(())
}

/// Two thousand people watch while ten vote each second.
fn crowd(address: SocketAddr, items: &[Item]) -> Result<()> {
    let (paths, time) = (data::hot(items), Duration::from_secs(8));
    let run = || -> Result<Paced> {
        let voter = Voter::start(address, voted_for(items), 10);
        let paced = paced(address, &paths, 400, time)?;
        voter.stop()?;
        Ok(paced)
    };
    let alone = run()?;
    let crowd = Crowd::open(address, 2_000)?;
    let watched = run()?;
    let told = crowd.told.load(Ordering::Relaxed);
    crowd.close();
    println!("2,000 live connections were told {told} events in {} s", time.as_secs());
    let figure = format!("p99 {:.1} → {:.1} ms", millis(alone.p99), millis(watched.p99));
    // A wave of two thousand messages takes the processors for a moment; a tile must not wait for more than that.
    let most = alone.p99 * 2 + Duration::from_millis(10);
    let bar = format!("≤ {:.1} ms (2 × + 10)", millis(most));
    row("tiles, 400/s, without → with 2,000 live", &figure, &bar, watched.p99 <= most);
    Ok(())
}

/// Only the start: everything else is the same work in the same memory.
fn on_postgis(runtime: &tokio::runtime::Runtime, items: &[Item]) -> Result<()> {
    let Ok(server) = std::env::var("PARVIS_TEST_POSTGRES") else {
        println!("start on PostGIS: SKIPPED, PARVIS_TEST_POSTGRES is not set");
        return Ok(());
    };
    let (base, _) = server.rsplit_once('/').context("PARVIS_TEST_POSTGRES has no database")?;
    let name = format!("parvis_bench_{}", std::process::id());
    let admin = runtime.block_on(sqlx::PgPool::connect(&server))?;
    let run = |sql: String| runtime.block_on(sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&admin));
    run(format!("create database {name} template parvis_template"))?;
    let url = format!("{base}/{name}");
    let measured = runtime.block_on(data::fill(&url, items)).and_then(|()| {
        start_time("PostGIS", &Server::start(&url, &[])?);
        Ok(())
    });
    run(format!("drop database {name} with (force)"))?;
    measured
}
