//! What a reader of tiles feels while a writer works: 2,000 changes of score and 100 new points a second, published
//! every 20 ms.
//!
//! The same load is put on the index behind one lock, to see what never waiting is worth. Invariant: the same work is
//! asked of both.

use std::hint::black_box;
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use parvis_tiles::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::histogram;
use crate::metropolis;
use crate::micros;

const RUN: Duration = Duration::from_secs(2);
/// Rounds of which the one with the lowest p99 counts: what else the machine does only ever adds.
const ROUNDS: usize = 5;
const TICK: Duration = Duration::from_millis(20);

pub(crate) fn run(mut index: Index, items: &[Item]) {
    println!("\none reader of tiles (z10 to z16), µs, best of {ROUNDS}            p50        p99      p99.9");
    let reader = index.reader();
    let from_snapshot =
        |tile: TileCoord, filter: &Filter, options: &TileOptions| reader.peek().tile(tile, filter, options);
    let (mut idle, mut loaded) = (None, None);
    let mut publishing = histogram();
    let mut behind = Duration::ZERO;
    for _ in 0..ROUNDS {
        keep_best(&mut idle, read(items, &AtomicBool::new(true), from_snapshot));
        let busy = AtomicBool::new(true);
        let times = std::thread::scope(|scope| {
            let reading = scope.spawn(|| read(items, &busy, from_snapshot));
            let late = write(items, &busy, |changes, version| {
                let start = Instant::now();
                black_box(index.apply(changes));
                index.publish(version);
                publishing.saturating_record(start.elapsed().as_nanos() as u64);
            });
            behind = behind.max(late);
            reading.join()
        });
        if let Ok(times) = times {
            keep_best(&mut loaded, times);
        }
    }
    let (Some(idle), Some(loaded)) = (idle, loaded) else { return };
    print("idle", &idle);
    print("writer working, snapshots", &loaded);
    println!("p99 is {:.2} × idle (bar ≤ 2)", micros(&loaded, 0.99) / micros(&idle, 0.99));
    print("one batch applied and published", &publishing);
    println!(
        "the writer fell behind by at most {:.1} ms; {} points",
        behind.as_secs_f64() * 1e3,
        index.len()
    );

    let locked = RwLock::new(index);
    let mut behind_lock = None;
    for _ in 0..ROUNDS {
        let busy = AtomicBool::new(true);
        let times = std::thread::scope(|scope| {
            let reading = scope.spawn(|| {
                read(items, &busy, |tile, filter, options| match locked.read() {
                    // The same snapshot, but never beside the writer.
                    Ok(index) => index.reader().peek().tile(tile, filter, options),
                    Err(_) => TileContent::empty(tile),
                })
            });
            write(items, &busy, |changes, version| {
                if let Ok(mut index) = locked.write() {
                    black_box(index.apply(changes));
                    index.publish(version);
                }
            });
            reading.join()
        });
        if let Ok(times) = times {
            keep_best(&mut behind_lock, times);
        }
    }
    if let Some(times) = behind_lock {
        print("writer working, one RwLock", &times);
    }
}

fn keep_best(best: &mut Option<Histogram<u64>>, times: Histogram<u64>) {
    let p99 = |times: &Histogram<u64>| times.value_at_quantile(0.99);
    if best.as_ref().is_none_or(|best| p99(&times) < p99(best)) {
        *best = Some(times);
    }
}

fn print(name: &str, times: &Histogram<u64>) {
    let [p50, p99, p999] = [0.5, 0.99, 0.999].map(|q| micros(times, q));
    println!("{name:50} {p50:>10.1} {p99:>10.1} {p999:>10.1}");
}

fn read(
    items: &[Item],
    go: &AtomicBool,
    tile: impl Fn(TileCoord, &Filter, &TileOptions) -> TileContent,
) -> Histogram<u64> {
    let labels = metropolis::labels();
    let options = TileOptions::for_labels(&labels);
    let filters = crate::filters();
    let mut rng = StdRng::seed_from_u64(11);
    let mut times = histogram();
    let end = Instant::now() + RUN;
    while Instant::now() < end {
        let Place::At(position) = items[rng.random_range(0..items.len())].place else { continue };
        let coord = position.tile(rng.random_range(10..=16));
        let (_, filter) = &filters[rng.random_range(0..filters.len())];
        let start = Instant::now();
        black_box(encode(&tile(coord, filter, &options), &labels, Layers::ALL));
        times.saturating_record(start.elapsed().as_nanos() as u64);
    }
    go.store(false, Ordering::Relaxed);
    times
}

/// Writes until told to stop; how late the latest batch began.
fn write(items: &[Item], go: &AtomicBool, mut batch: impl FnMut(Vec<Change>, u64)) -> Duration {
    let mut rng = StdRng::seed_from_u64(13);
    let mut next_id = items.len() as u64 + 1;
    let mut due = Instant::now();
    let mut late = Duration::ZERO;
    let mut version = 1;
    while go.load(Ordering::Relaxed) {
        let mut changes = Vec::new();
        for _ in 0..40 {
            let mut item = items[rng.random_range(0..items.len())].clone();
            item.attributes.score += rng.random_range(1..5);
            changes.push(Change::Put(item));
        }
        for _ in 0..2 {
            let mut item = items[rng.random_range(0..items.len())].clone();
            item.id = next_id;
            next_id += 1;
            if let Place::At(position) = &mut item.place {
                position.x += rng.random_range(0..2_000);
            }
            changes.push(Change::Put(item));
        }
        batch(changes, version);
        version += 1;
        due += TICK;
        match due.checked_duration_since(Instant::now()) {
            Some(rest) => std::thread::sleep(rest),
            None => late = late.max(Instant::now() - due),
        }
    }
    late
}
