//! Loops over columns: conditions to a byte mask, and exact sums under a mask.
//!
//! Plain loops that the compiler turns into vector instructions; [`vectorised`] runs them compiled for the widest set
//! the processor has (AVX-512, AVX2 or the baseline). Not here: which condition to run (`plan.rs`). Invariants: a mask
//! byte is 0 or 1; sums never overflow (64 bits for at most 2^32 values of 32 bits).

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
    for (m, &code) in mask.iter_mut().zip(local) {
        *m &= one_of(code, list);
    }
}

#[inline(always)]
pub(crate) fn keep_none_of(mask: &mut [u8], local: &[u8], list: [u8; 8]) {
    for (m, &code) in mask.iter_mut().zip(local) {
        *m &= one_of(code, list) ^ 1;
    }
}

#[inline(always)]
pub(crate) fn keep_table(mask: &mut [u8], local: &[u8], table: &[u8; 256]) {
    for (m, &code) in mask.iter_mut().zip(local) {
        *m &= table[usize::from(code)];
    }
}

#[inline(always)]
pub(crate) fn keep_u32(mask: &mut [u8], values: &[u32], low: u32, high: u32) {
    // One comparison instead of two: below the low end wraps around to something large.
    let width = high.wrapping_sub(low);
    for (m, &value) in mask.iter_mut().zip(values) {
        *m &= u8::from(value.wrapping_sub(low) <= width);
    }
}

#[inline(always)]
pub(crate) fn keep_i32(mask: &mut [u8], values: &[i32], low: i32, high: i32) {
    let width = high.wrapping_sub(low) as u32;
    for (m, &value) in mask.iter_mut().zip(values) {
        *m &= u8::from(value.wrapping_sub(low) as u32 <= width);
    }
}

/// How many bytes of a mask are set.
#[inline(always)]
pub(crate) fn count(mask: &[u8]) -> u64 {
    // 64 lanes of one byte each, emptied before the 256th row could overflow one.
    let mut total = 0;
    for block in mask.chunks(64 * 255) {
        let mut lanes = [0u8; 64];
        let mut rows = block.chunks_exact(64);
        for row in &mut rows {
            for (lane, &m) in lanes.iter_mut().zip(row) {
                *lane += m;
            }
        }
        total += lanes.iter().map(|&n| u64::from(n)).sum::<u64>();
        total += rows.remainder().iter().map(|&m| u64::from(m)).sum::<u64>();
    }
    total
}

/// How many rows under a mask have this local code.
#[inline(always)]
pub(crate) fn count_code(mask: &[u8], local: &[u8], code: u8) -> u32 {
    let mut total = 0;
    for (block, codes) in mask.chunks(64 * 255).zip(local.chunks(64 * 255)) {
        let mut lanes = [0u8; 64];
        let (mut rows, mut code_rows) = (block.chunks_exact(64), codes.chunks_exact(64));
        for (row, code_row) in (&mut rows).zip(&mut code_rows) {
            for ((lane, &m), &c) in lanes.iter_mut().zip(row).zip(code_row) {
                *lane += m & u8::from(c == code);
            }
        }
        total += lanes.iter().map(|&n| u32::from(n)).sum::<u32>();
        let rest = rows.remainder().iter().zip(code_rows.remainder());
        total += rest.map(|(&m, &c)| u32::from(m & u8::from(c == code))).sum::<u32>();
    }
    total
}

/// Rows of each local code under a mask, into `counts` (as long as the dictionary).
pub(crate) fn histogram(mask: &[u8], local: &[u8], dictionary_counts: &[u32], counts: &mut Vec<u32>) {
    counts.clear();
    counts.resize(dictionary_counts.len(), 0);
    // One vector pass a code costs about 1/32 of one scalar pass a row.
    if dictionary_counts.len() <= 32 && mask.len() >= 64 {
        vectorised(
            #[inline(always)]
            || {
                for ((n, &present), code) in counts.iter_mut().zip(dictionary_counts).zip(0u8..=255) {
                    if present > 0 {
                        *n = count_code(mask, local, code);
                    }
                }
            },
        );
    } else {
        for (&m, &code) in mask.iter().zip(local) {
            counts[usize::from(code)] += u32::from(m);
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
            let (sum_x, min_x, max_x) = sum_and_ends(mask, x);
            let (sum_y, min_y, max_y) = sum_and_ends(mask, y);
            let bounds = Bounds { min_x, min_y, max_x, max_y };
            Sums { count, score: sum_scores(mask, score), x: sum_x, y: sum_y, bounds }
        },
    )
}

#[inline(always)]
fn sum_scores(mask: &[u8], score: &[i32]) -> i64 {
    score.iter().zip(mask).map(|(&s, &m)| i64::from(s & -i32::from(m))).sum()
}

#[inline(always)]
fn sum_and_ends(mask: &[u8], values: &[u32]) -> (u64, u32, u32) {
    let (mut sum, mut min, mut max) = (0u64, u32::MAX, 0u32);
    for (&v, &m) in values.iter().zip(mask) {
        let keep = u32::from(m).wrapping_neg();
        sum += u64::from(v & keep);
        min = min.min(v | !keep);
        max = max.max(v & keep);
    }
    (sum, min, max)
}
