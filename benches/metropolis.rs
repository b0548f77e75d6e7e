//! A metropolis of points for benchmarks: a million of them in some two hundred places, the same every time.
//!
//! Not a model of any city: it only has the shape that costs most, crowds with countryside between them. Invariant:
//! the same seed and number give the same points.

use std::sync::Arc;

use parvis_tiles::{Attributes, Item, Labels, Place, Position};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// Centre of the metropolis, longitude and latitude in degrees.
pub(crate) const CENTRE: (f64, f64) = (4.85, 45.75);
/// Values of each category column: themes, statuses, kinds, processes, sets of areas.
pub(crate) const CODES: [u32; 5] = [12, 4, 3, 5, 300];
/// Times lie in this range, seconds since 1970: three years.
pub(crate) const TIMES: std::ops::Range<u32> = 1_672_531_200..1_767_225_600;

/// A point of the bell curve with mean 0 and deviation 1: the sum of twelve uniform ones less six.
fn bell(rng: &mut StdRng) -> f64 {
    (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0
}

/// Makes the items with ids 1 to `count`.
pub(crate) fn points(count: usize, seed: u64) -> Vec<Item> {
    let mut rng = StdRng::seed_from_u64(seed);
    let places: Vec<(f64, f64, f64)> = (0..200)
        .map(|_| {
            let (lon, lat) = (CENTRE.0 + 0.13 * bell(&mut rng), CENTRE.1 + 0.09 * bell(&mut rng));
            (lon, lat, 0.001 + 0.008 * rng.random::<f64>())
        })
        .collect();
    (1..=count as u64)
        .filter_map(|id| {
            let (lon, lat, spread) = places[rng.random_range(0..places.len())];
            let (lon, lat) = (lon + spread * bell(&mut rng), lat + spread * 0.7 * bell(&mut rng));
            let position = Position::from_lon_lat(lon, lat)?;
            // An area is a place on the ground: a grid of 20 × 15 over the metropolis.
            let column = ((lon - CENTRE.0 + 0.5) * 20.0).clamp(0.0, 19.0) as u32;
            let row = ((lat - CENTRE.1 + 0.35) / 0.7 * 15.0).clamp(0.0, 14.0) as u32;
            Some(Item { id, place: Place::At(position), attributes: attributes(&mut rng, row * 20 + column) })
        })
        .collect()
}

/// Attributes as lived: small themes and large ones, most scores near zero, a few far above.
pub(crate) fn attributes(rng: &mut StdRng, area: u32) -> Attributes {
    let skewed = |rng: &mut StdRng, n: u32| (rng.random::<f64>().powi(2) * f64::from(n)) as u32;
    let score = (rng.random::<f64>().powi(6) * 300.0) as i32 - 3 + rng.random_range(0..4);
    let codes = [
        skewed(rng, CODES[0]),
        skewed(rng, CODES[1]),
        skewed(rng, CODES[2]),
        skewed(rng, CODES[3]),
        area,
        0,
        0,
        0,
    ];
    Attributes { codes, score, time: rng.random_range(TIMES) }
}

/// Names for the codes; themes and statuses are counted in clusters.
pub(crate) fn labels() -> Labels {
    let mut labels = Labels::default();
    for (c, (name, n)) in ["theme", "status", "kind", "process", "area"].into_iter().zip(CODES).enumerate() {
        let column = &mut labels.columns[c];
        column.name = name.to_owned();
        column.values = (0..n).map(|code| (code, Arc::from(format!("{name}-{code}")))).collect();
        column.breakdown = c < 2;
        column.drawn = c < 4;
    }
    labels
}
