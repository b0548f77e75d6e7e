//! Chance that never changes: the demonstration is the same on every machine and with every version of every library.
//! Not for anything secret.

use geo::Coord;

/// PCG-XSH-RR 64/32 (O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms", 2014).
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
const INCREMENT: u64 = 1_442_695_040_888_963_407;

impl Chance {
    /// A sequence of its own for each part of the demonstration, so that a change in one leaves the others alone.
    pub fn new(seed: u64) -> Chance {
        let mut chance = Chance { state: seed.wrapping_add(INCREMENT) };
        chance.next();
        chance
    }

    fn next(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(MULTIPLIER).wrapping_add(INCREMENT);
        let mixed = (((old >> 18) ^ old) >> 27) & 0xffff_ffff;
        (mixed as u32).rotate_right((old >> 59) as u32)
    }

    /// In [0, 1).
    pub fn unit(&mut self) -> f64 {
        f64::from(self.next()) / 4_294_967_296.0
    }

    /// In [low, high).
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.unit() * (high - low)
    }

    /// One of 0..count; 0 where there is nothing to choose.
    pub fn below(&mut self, count: usize) -> usize {
        ((self.unit() * count as f64) as usize).min(count.saturating_sub(1))
    }

    /// True so many times out of one.
    pub fn happens(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// In another order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// Sixteen bytes, marked as a random UUID.
    pub fn uuid(&mut self) -> uuid::Uuid {
        let mut bytes = [0u8; 16];
        for four in bytes.chunks_exact_mut(4) {
            four.copy_from_slice(&self.next().to_le_bytes());
        }
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

/// Smooth noise in −1…1 that changes over about `scale` metres.
pub fn noise(seed: u64, at: Coord<f64>, scale: f64) -> f64 {
    let (x, y) = (at.x / scale, at.y / scale);
    let (cx, cy) = (x.floor(), y.floor());
    let ease = |t: f64| t * t * (3.0 - 2.0 * t);
    let (fx, fy) = (ease(x - cx), ease(y - cy));
    let corner = |dx: f64, dy: f64| lattice(seed, (cx + dx) as i64, (cy + dy) as i64);
    let south = corner(0.0, 0.0) * (1.0 - fx) + corner(1.0, 0.0) * fx;
    let north = corner(0.0, 1.0) * (1.0 - fx) + corner(1.0, 1.0) * fx;
    south * (1.0 - fy) + north * fy
}

/// −1…1 for a point of the lattice (the mixing steps of SplitMix64).
fn lattice(seed: u64, x: i64, y: i64) -> f64 {
    let mut z = seed
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add((x as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9))
        .wrapping_add((y as u64).wrapping_mul(0x94d0_49bb_1331_11eb));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 52) as f64 - 1.0
}
