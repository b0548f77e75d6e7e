//! Benchmarks of the spatial core: prints each figure beside the bar it must stay under.
//!
//! `cargo bench --bench tiles`; one run takes two to three minutes. Figures are wall-clock times on the machine at hand:
//! compare them with one another rather than with those of other machines; PASS and FAIL hold for this run. Not here:
//! HTTP (see the server's own benchmark). Invariant: points, filters and tiles are the same in every run.
#![allow(clippy::print_stdout, reason = "printing is what a benchmark is for")]

mod metropolis;
mod reported;
mod under_load;

use std::hint::black_box;
use std::time::Instant;

use hdrhistogram::Histogram;
use parvis_tiles::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const POINTS: usize = 1_000_000;

/// The columns that something is in: what a page of the map counts. Three more are for what modules file.
const USED: [bool; COLUMNS] = [true, true, true, true, true, false, false, false];

fn main() {
    // `cargo test` runs benchmarks too, without this argument: there is nothing to check here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    // `cargo bench --bench tiles -- outlines`: these alone.
    if std::env::args().any(|argument| argument == "outlines") {
        return context();
    }
    // `cargo bench --bench tiles -- reports`: the filters of reports alone.
    if std::env::args().any(|argument| argument == "reports") {
        return reported::run(&metropolis::points(POINTS, 1));
    }
    if std::env::args().any(|argument| argument == "large") {
        return large();
    }
    let items = metropolis::points(POINTS, 1);
    let mut chosen = None;
    for chunk_target in [1_024, 2_048, 4_096, 8_192] {
        println!("\n# Chunks of {chunk_target} points");
        let copy = items.clone();
        let start = Instant::now();
        let index = Index::build(copy, IndexOptions { chunk_target });
        let built = start.elapsed().as_secs_f64() * 1e3;
        println!("{:34} {built:>10.1} ms    bar ≤ 500 ms  {}", "build 1 M points", verdict(built <= 500.0));
        memory("a point", &index);
        tiles(&index.reader().snapshot(), &items, Seen::Never);
        memory("a point, after all these filters", &index);
        if chunk_target == IndexOptions::default().chunk_target {
            chosen = Some(index);
        }
    }
    let Some(index) = chosen else { return };
    println!("\n# Chosen: chunks of {} points", IndexOptions::default().chunk_target);
    tiles(&index.reader().snapshot(), &items, Seen::Before);
    println!("\n# The same with squares for clusters");
    let labels = metropolis::labels();
    let squares = TileOptions::for_labels(&labels).with_squares();
    tiles_of(&index.reader().snapshot(), &items, (Seen::Never, filters()), (&labels, &squares));
    counts_and_lists(&index.reader().snapshot());
    neighbours(&index.reader().snapshot(), &items);
    areas();
    encoder();
    context();
    reported::run(&items);
    under_load::run(index, &items);
}

/// Ten million points: any tile under any filter, and what a point takes.
fn large() {
    let items = metropolis::points(10 * POINTS, 1);
    let start = Instant::now();
    let index = Index::build(items.iter().cloned(), IndexOptions::default());
    println!("\n# {} points, built in {:.1} s", index.len(), start.elapsed().as_secs_f64());
    let bytes = index.memory_bytes() as f64 / index.len() as f64;
    println!(
        "{:34} {bytes:>10.1} B     bar ≤ 48 B  {}",
        "a point, with eight columns",
        verdict(bytes <= 48.0)
    );
    for seen in [Seen::Never, Seen::Before] {
        let p99 = tiles(&index.reader().snapshot(), &items, seen) / 1e3;
        println!("{:34} {p99:>10.1} ms    bar ≤ 10 ms  {}", "any tile, worst p99", verdict(p99 <= 10.0));
    }
}

fn verdict(holds: bool) -> &'static str {
    if holds { "PASS" } else { "FAIL" }
}

fn memory(name: &str, index: &Index) {
    let bytes = index.memory_bytes() as f64 / index.len() as f64;
    println!("{name:34} {bytes:>10.1} B     bar ≤ 60 B  {}", verdict(bytes <= 60.0));
}

/// Microseconds of a percentile.
pub(crate) fn micros(times: &Histogram<u64>, quantile: f64) -> f64 {
    times.value_at_quantile(quantile) as f64 / 1e3
}

pub(crate) fn histogram() -> Histogram<u64> {
    // From a nanosecond to a minute with three digits: these bounds are never refused.
    Histogram::new_with_bounds(1, 60_000_000_000, 3).unwrap_or_else(|_| unreachable!("valid bounds"))
}

/// Filters that share nothing: each is cold to the columns that the one before left in the cache.
pub(crate) fn filters() -> Vec<(&'static str, Filter)> {
    let everything = Filter::default;
    let half_year = 15_768_000;
    let late = metropolis::TIMES.end - half_year..=metropolis::TIMES.end;
    vec![
        ("everything", everything()),
        ("one theme", everything().with_codes(0, [5])),
        ("half the themes", everything().with_codes(0, [0, 2, 4, 6, 8, 10])),
        ("score ≥ 0", Filter { score: 0..=i32::MAX, ..everything() }),
        ("half a year, one status", Filter { time: late, ..everything() }.with_codes(1, [1])),
        ("ten areas", everything().with_codes(4, 130..140)),
    ]
}

/// Whether a filter was asked before; chunks remember the last ones.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Never,
    Before,
}

/// Gives the worst p99 in microseconds.
fn tiles(snapshot: &Snapshot, items: &[Item], seen: Seen) -> f64 {
    let labels = metropolis::labels();
    tiles_of(snapshot, items, (seen, filters()), (&labels, &TileOptions::for_labels(&labels)))
}

/// The same under filters of one's own.
fn tiles_of(
    snapshot: &Snapshot,
    items: &[Item],
    (seen, filters): (Seen, Vec<(&'static str, Filter)>),
    (labels, options): (&Labels, &TileOptions),
) -> f64 {
    let how = match seen {
        Seen::Never => "cold: no filter is asked twice",
        Seen::Before => "warm: every filter was asked before, elsewhere too",
    };
    println!("\ntile content + encoding, µs p50/p99 over tiles where points are, best of three; {how}");
    print!("{:26}", "filter");
    let zooms = [0u8, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18];
    zooms.iter().for_each(|z| print!("{:>12}", format!("z{z}")));
    println!();
    let mut worst = (0.0f64, 0.0f64);
    // No score is that high: filters that differ in this end only ask for the same work and are not the same.
    let mut ends = 1_000_000..;
    for (name, mut filter) in filters {
        print!("{name:26}");
        for z in zooms {
            let mut rng = StdRng::seed_from_u64(u64::from(z));
            let mut times = histogram();
            for _ in 0..120 {
                let Place::At(position) = items[rng.random_range(0..items.len())].place else { continue };
                let tile = position.tile(z);
                if seen == Seen::Before {
                    black_box(snapshot.tile(tile, &filter, options));
                }
                // The spread is then that of the tiles, not of what else the machine does. The columns exceed all of
                // the processor's caches but the last.
                let runs = (0..3).map(|_| {
                    if seen == Seen::Never && name != "everything" {
                        filter.score = *filter.score.start()..=ends.next().unwrap_or(i32::MAX);
                    }
                    let start = Instant::now();
                    let content = snapshot.tile(tile, &filter, options);
                    black_box(encode(&content, labels, Layers::ALL));
                    start.elapsed().as_nanos() as u64
                });
                times.saturating_record(runs.min().unwrap_or_default());
            }
            let (p50, p99) = (micros(&times, 0.5), micros(&times, 0.99));
            worst = (worst.0.max(p50), worst.1.max(p99));
            print!("{:>12}", format!("{p50:.0}/{p99:.0}"));
        }
        println!();
    }
    let (p50, p99) = worst;
    println!("worst p50 {p50:.0} µs, bar ≤ 1000  {}", verdict(p50 <= 1_000.0));
    println!("worst p99 {p99:.0} µs, bar ≤ 2000  {}", verdict(p99 <= 2_000.0));
    p99
}

/// `bar`: milliseconds that the p50 must not exceed.
fn repeat(name: &str, bar: Option<f64>, times: usize, mut work: impl FnMut(usize)) {
    let mut histogram = histogram();
    for i in 0..times {
        let start = Instant::now();
        work(i);
        histogram.saturating_record(start.elapsed().as_nanos() as u64);
    }
    let (p50, p99) = (micros(&histogram, 0.5), micros(&histogram, 0.99));
    let bar = bar.map(|ms| format!("    bar p50 ≤ {ms} ms  {}", verdict(p50 <= ms * 1e3)));
    println!("{name:34} {p50:>10.1} µs p50 {p99:>10.1} µs p99{}", bar.unwrap_or_default());
}

fn counts_and_lists(snapshot: &Snapshot) {
    println!();
    let month = (metropolis::TIMES.end - metropolis::TIMES.start) / 120;
    let months: Vec<u32> = (0..120).map(|n| metropolis::TIMES.start + n * month).collect();
    for (name, filter) in filters() {
        repeat(&format!("count, {name}"), None, 50, |_| {
            drop(black_box(snapshot.count_within(&filter, None, USED)));
        });
        repeat(&format!("by 120 months, {name}"), None, 50, |_| {
            drop(black_box(snapshot.count_by_time(&filter, &months)));
        });
        for order in [Order::Newest, Order::HighestScore] {
            repeat(&format!("50 {order:?}, {name}"), None, 50, |_| {
                drop(black_box(snapshot.list(&filter, None, order, None, 50)));
            });
        }
    }
}

fn neighbours(snapshot: &Snapshot, items: &[Item]) {
    println!();
    let mut rng = StdRng::seed_from_u64(3);
    let places: Vec<Position> = (0..2_000)
        .filter_map(|_| match items[rng.random_range(0..items.len())].place {
            Place::At(p) => Some(Position { x: p.x + rng.random_range(0..3_000), y: p.y }),
            _ => None,
        })
        .collect();
    for (name, filter) in filters().into_iter().take(2) {
        repeat(&format!("10 nearest, {name}"), None, places.len(), |i| {
            drop(black_box(snapshot.nearest(places[i], 10, &filter)));
        });
        repeat(&format!("within 25 m, {name}"), None, places.len(), |i| {
            drop(black_box(snapshot.within(places[i], 25.0, &filter)));
        });
    }
}

/// A territory of 35,000 areas of 40 vertices, in rows.
fn areas() {
    let mut rng = StdRng::seed_from_u64(5);
    let area = |i: u64| {
        let (x, y) = ((i % 200) as f64 * 0.05 - 4.0, (i / 200) as f64 * 0.05 + 42.0);
        let ring = (0..40).map(|k| {
            let turn = f64::from(k) / 40.0 * std::f64::consts::TAU;
            (x + 0.03 * turn.cos(), y + 0.03 * turn.sin())
        });
        (i, geo::MultiPolygon::new(vec![geo::Polygon::new(ring.collect(), Vec::new())]))
    };
    let areas = Areas::build((0..35_000).map(area).collect());
    let places: Vec<(f64, f64)> =
        (0..5_000).map(|_| (rng.random_range(-4.0..6.0), rng.random_range(42.0..50.7))).collect();
    repeat("point in 35,000 areas", None, places.len(), |i| {
        drop(black_box(areas.containing(places[i].0, places[i].1)));
    });
    repeat("metres outside 35,000 areas", None, places.len(), |i| {
        black_box(areas.metres_outside(places[i].0 + 1.0, places[i].1));
    });
}

fn encoder() {
    let labels = metropolis::labels();
    let coord = Position::from_lon_lat(metropolis::CENTRE.0, metropolis::CENTRE.1).map(|p| p.tile(12));
    let Some(coord) = coord else { return };
    let mut content = TileContent::empty(coord);
    let bounds = coord.bounds();
    for item in metropolis::points(400_000, 1) {
        if let Place::At(position) = item.place
            && bounds.contains(position)
            && content.points.len() < 1_000
        {
            content.points.push(PointFeature { id: item.id, position, attributes: item.attributes });
        }
    }
    let n = content.points.len() as f64;
    let time = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..200).for_each(|_| work());
        start.elapsed().as_nanos() as f64 / 200.0 / n
    };
    let direct = time(&mut || drop(black_box(encode(&content, &labels, Layers::ALL))));
    let through_mvt = time(&mut || drop(black_box(with_mvt(&content, &labels))));
    println!("\nencoder: direct {direct:.0} ns a feature, `mvt` {through_mvt:.0} ns ({n} points)");
}

/// The same layer written with the `mvt` crate.
fn with_mvt(content: &TileContent, labels: &Labels) -> Result<Vec<u8>, mvt::Error> {
    let mut tile = mvt::Tile::new(EXTENT);
    let mut layer = tile.create_layer("points");
    for point in &content.points {
        let (x, y) = content.coord.local(point.position);
        let geometry =
            mvt::GeomEncoder::new(mvt::GeomType::Point).point(f64::from(x), f64::from(y))?.encode()?;
        let mut feature = layer.into_feature(geometry);
        feature.set_id(point.id);
        for (column, code) in labels.columns.iter().zip(point.attributes.codes) {
            if column.drawn
                && let Some(label) = column.label(code)
            {
                feature.add_tag_string(&column.name, label);
            }
        }
        feature.add_tag_sint("score", i64::from(point.attributes.score));
        feature.add_tag_uint("time", u64::from(point.attributes.time));
        layer = feature.into_layer();
    }
    tile.add_layer(layer)?;
    tile.to_bytes()
}

/// Large outlines: 300 areas of 3,000 vertices each.
fn context() {
    let mut rng = StdRng::seed_from_u64(7);
    let items = (0..300u64).map(|i| {
        let (x, y) = (metropolis::CENTRE.0 - 0.4 + (i % 20) as f64 * 0.04, 45.4 + (i / 20) as f64 * 0.04);
        let ring = (0..3_000).map(|k| {
            let turn = f64::from(k) / 3_000.0 * std::f64::consts::TAU;
            let radius = 0.025 + rng.random_range(0.0..0.000_2);
            (x + radius * turn.cos(), y + radius * turn.sin())
        });
        let geometry = geo::Polygon::new(ring.collect(), Vec::new()).into();
        ContextItem { id: i, geometry, properties: vec![("name".into(), Value::Text("area".into()))] }
    });
    let items = items.collect();
    let start = Instant::now();
    let context = Context::build("areas", items);
    println!("\n{:34} {:>10.1} ms", "layer of 300 outlines", start.elapsed().as_secs_f64() * 1e3);
    let Some(centre) = Position::from_lon_lat(metropolis::CENTRE.0, 45.65) else { return };
    for z in 6..=16 {
        repeat(&format!("300 outlines of 3,000 vertices, z{z}"), Some(5.0), 30, |_| {
            drop(black_box(context.tile(centre.tile(z))));
        });
    }
}
