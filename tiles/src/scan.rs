//! Loops over columns: conditions to a byte mask, and exact sums under a mask.
//!
//! Plain loops that the compiler turns into vector instructions; [`vectorised`] runs them compiled for the widest set
//! the processor has (AVX-512, AVX2 or the baseline). Not here: which condition to run (`plan.rs`). Invariants: a mask
//! byte is 0 or 1; sums never overflow (64 bits for at most 2^32 values of 32 bits).

// Indices instead of iterator adaptors: not every adaptor is inlined into a function compiled for other vector
// instructions, and what is not inlined is not vectorised (measured without link-time optimisation: three times slower).
#![allow(clippy::needless_range_loop, reason = "see above")]

use std::sync::LazyLock;

use crate::tile::Bounds;

static ARCH: LazyLock<pulp::Arch> = LazyLock::new(pulp::Arch::new);

/// Runs a closure, with what is inlined into it, compiled for this processor's vector instructions.
#[inline]
pub(crate) fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    ARCH.dispatch(work)
}

#[inline(always)]
fn one_of(code: u8, list: [u8; 8]) -> u8 {
    // Written out: a loop here keeps the outer one from being vectorised.
    u8::from(code == list[0])
        | u8::from(code == list[1])
        | u8::from(code == list[2])
        | u8::from(code == list[3])
        | u8::from(code == list[4])
        | u8::from(code == list[5])
        | u8::from(code == list[6])
        | u8::from(code == list[7])
}

#[inline(always)]
pub(crate) fn keep_one_of(mask: &mut [u8], local: &[u8], list: [u8; 8]) {
    let local = &local[..mask.len()];
    for i in 0..mask.len() {
        mask[i] &= one_of(local[i], list);
    }
}

#[inline(always)]
pub(crate) fn keep_none_of(mask: &mut [u8], local: &[u8], list: [u8; 8]) {
    let local = &local[..mask.len()];
    for i in 0..mask.len() {
        mask[i] &= one_of(local[i], list) ^ 1;
    }
}

#[inline(always)]
pub(crate) fn keep_table(mask: &mut [u8], local: &[u8], table: &[u8; 256]) {
    let local = &local[..mask.len()];
    for i in 0..mask.len() {
        mask[i] &= table[usize::from(local[i])];
    }
}

#[inline(always)]
pub(crate) fn keep_u32(mask: &mut [u8], values: &[u32], low: u32, high: u32) {
    // One comparison instead of two: below the low end wraps around to something large.
    let width = high.wrapping_sub(low);
    let values = &values[..mask.len()];
    for i in 0..mask.len() {
        mask[i] &= u8::from(values[i].wrapping_sub(low) <= width);
    }
}

#[inline(always)]
pub(crate) fn keep_i32(mask: &mut [u8], values: &[i32], low: i32, high: i32) {
    let width = high.wrapping_sub(low) as u32;
    let values = &values[..mask.len()];
    for i in 0..mask.len() {
        mask[i] &= u8::from(values[i].wrapping_sub(low) as u32 <= width);
    }
}

/// Rows summed in one byte: fewer than would overflow it, a multiple of every vector's width.
const BLOCK: usize = 128;

/// How many bytes of a mask are set.
#[inline(always)]
pub(crate) fn count(mask: &[u8]) -> u64 {
    let (mut total, mut from) = (0, 0);
    while from < mask.len() {
        let to = (from + BLOCK).min(mask.len());
        let block = &mask[from..to];
        let mut n = 0u8;
        for i in 0..block.len() {
            n = n.wrapping_add(block[i]);
        }
        total += u64::from(n);
        from = to;
    }
    total
}

/// How many rows have this local code; rows outside the mask were given another.
#[inline(always)]
fn count_code(masked: &[u8], code: u8) -> u32 {
    let (mut total, mut from) = (0, 0);
    while from < masked.len() {
        let to = (from + BLOCK).min(masked.len());
        let block = &masked[from..to];
        let mut n = 0u8;
        for i in 0..block.len() {
            n = n.wrapping_add(u8::from(block[i] == code));
        }
        total += u32::from(n);
        from = to;
    }
    total
}

/// Room for the counting of codes, used again and again.
#[derive(Default)]
pub(crate) struct Histogram {
    masked: Vec<u8>,
    /// Rows of each local code after [`Histogram::count`].
    pub(crate) counts: Vec<u32>,
}

impl Histogram {
    /// Counts the rows of each local code under a mask that lets `total` rows through, all of them with one of the
    /// `candidates`; `codes` is the length of the dictionary.
    pub(crate) fn count(&mut self, mask: &[u8], total: u64, local: &[u8], candidates: &[u8], codes: usize) {
        let Self { masked, counts } = self;
        counts.clear();
        counts.resize(codes, 0);
        // The last candidate has the rows that the others leave.
        let Some((&last, others)) = candidates.split_last() else { return };
        let mut rest = total as u32;
        // One vector pass a code costs about 1/32 of one scalar pass a row. Code 255 marks rows outside the mask: it
        // can only be a last candidate, or one of too many to come here.
        if others.len() <= 32 && mask.len() >= 64 {
            masked.clear();
            masked.resize(mask.len(), 0);
            vectorised(
                #[inline(always)]
                || {
                    if others.is_empty() {
                        return;
                    }
                    let masked = &mut masked[..mask.len()];
                    let local = &local[..mask.len()];
                    for i in 0..masked.len() {
                        masked[i] = local[i] | mask[i].wrapping_sub(1);
                    }
                    for k in 0..others.len() {
                        let n = count_code(masked, others[k]);
                        counts[usize::from(others[k])] = n;
                        rest -= n;
                    }
                },
            );
            counts[usize::from(last)] = rest;
        } else {
            for (&m, &code) in mask.iter().zip(local) {
                counts[usize::from(code)] += u32::from(m);
            }
        }
    }
}

/// Exact sums over the rows under a mask.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sums {
    pub(crate) count: u64,
    pub(crate) score: i64,
    pub(crate) x: u64,
    pub(crate) y: u64,
    pub(crate) bounds: Bounds,
}

impl Sums {
    pub(crate) const EMPTY: Self = Self { count: 0, score: 0, x: 0, y: 0, bounds: Bounds::EMPTY };

    pub(crate) fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.score += other.score;
        self.x += other.x;
        self.y += other.y;
        self.bounds = self.bounds.union(other.bounds);
    }
}

/// Sums over the rows under a mask; all slices have the same length.
pub(crate) fn sums(mask: &[u8], x: &[u32], y: &[u32], score: &[i32]) -> Sums {
    vectorised(
        #[inline(always)]
        || {
            let count = count(mask);
            if count == 0 {
                return Sums::EMPTY;
            }
            let mut sums = Sums { count, ..Sums::EMPTY };
            let mut from = 0;
            while from < mask.len() {
                let to = (from + HALVES).min(mask.len());
                add_block(&mut sums, &mask[from..to], &x[from..to], &y[from..to], &score[from..to]);
                from = to;
            }
            // Every score was shifted up to be positive.
            sums.score -= (count << 31) as i64;
            sums
        },
    )
}

/// Rows whose 16-bit halves add up within 32 bits: twice as many lanes fit a vector as with 64.
const HALVES: usize = 1 << 16;

/// One pass over all three columns: what takes time is waiting for memory, and three streams wait together.
#[inline(always)]
fn add_block(sums: &mut Sums, mask: &[u8], x: &[u32], y: &[u32], score: &[i32]) {
    let n = mask.len();
    let (x, y, score) = (&x[..n], &y[..n], &score[..n]);
    let Bounds { mut min_x, mut min_y, mut max_x, mut max_y } = sums.bounds;
    let (mut low_x, mut high_x, mut low_y, mut high_y) = (0u32, 0u32, 0u32, 0u32);
    let (mut low_score, mut high_score) = (0u32, 0u32);
    for i in 0..n {
        let keep = u32::from(mask[i]).wrapping_neg();
        let (kept_x, kept_y) = (x[i] & keep, y[i] & keep);
        let kept_score = (score[i] as u32 ^ 1 << 31) & keep;
        low_x = low_x.wrapping_add(kept_x & 0xffff);
        high_x = high_x.wrapping_add(kept_x >> 16);
        low_y = low_y.wrapping_add(kept_y & 0xffff);
        high_y = high_y.wrapping_add(kept_y >> 16);
        low_score = low_score.wrapping_add(kept_score & 0xffff);
        high_score = high_score.wrapping_add(kept_score >> 16);
        min_x = min_x.min(x[i] | !keep);
        max_x = max_x.max(kept_x);
        min_y = min_y.min(y[i] | !keep);
        max_y = max_y.max(kept_y);
    }
    let whole = |low: u32, high: u32| u64::from(low) + (u64::from(high) << 16);
    sums.x += whole(low_x, high_x);
    sums.y += whole(low_y, high_y);
    sums.score += whole(low_score, high_score) as i64;
    sums.bounds = Bounds { min_x, min_y, max_x, max_y };
}
