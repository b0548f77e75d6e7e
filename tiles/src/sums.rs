//! Exact sums, counts and bounds of the rows of a chunk that a mask lets through.
//!
//! Plain loops for vector instructions, as in `scan.rs`. Not here: masks and counts of codes. Invariant: sums never
//! overflow (64 bits for at most 2^32 values of 32 bits).

// As in `scan.rs`.
#![allow(
    clippy::needless_range_loop,
    reason = "iterator adaptors are not always inlined, and then not vectorised"
)]

use std::ops::Range;

use crate::chunk::Groups;
use crate::scan::{count, vectorised};
use crate::tile::Bounds;

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

/// Sums over the rows of a chunk under a mask of as many.
pub(crate) fn sums(mask: &[u8], groups: &Groups, rows: Range<usize>) -> Sums {
    vectorised(
        #[inline(always)]
        || {
            let count = count(mask);
            if count == 0 {
                return Sums::EMPTY;
            }
            let mut sums = Sums { count, ..Sums::EMPTY };
            let (x, y) = (&groups.geometry.x[rows.clone()], &groups.geometry.y[rows.clone()]);
            let score = &groups.scores.score;
            let held = groups.geometry.bounds;
            let extent = (held.max_x - held.min_x).max(held.max_y - held.min_y);
            let above = if u64::from(extent) * count > u64::from(u32::MAX) {
                let mut from = 0;
                while from < mask.len() {
                    let to = (from + HALVES).min(mask.len());
                    add_block(&mut sums, &mask[from..to], &x[from..to], &y[from..to]);
                    from = to;
                }
                score.sum_above(mask, &rows)
            } else if let Some(planes) = score.short(&rows) {
                add_near::<true>(&mut sums, mask, x, y, held, planes)
            } else {
                add_near::<false>(&mut sums, mask, x, y, held, (&[], &[]));
                score.sum_above(mask, &rows)
            };
            // Every score is lifted to be positive.
            let bases = u64::from(score.base()) * count;
            sums.score = (bases + above) as i64 - (count << 31) as i64;
            sums
        },
    )
}

/// One pass over both columns of rows so near each other that what they are beyond the corner of what is held adds up
/// within 32 bits: whole numbers then wrap around by a known number of times. What takes time is waiting for memory, and
/// two streams wait together. With `SCORE` it sums two planes as well, of a run that is [`SHORT`](crate::scan::SHORT).
#[inline(always)]
fn add_near<const SCORE: bool>(
    sums: &mut Sums,
    mask: &[u8],
    x: &[u32],
    y: &[u32],
    held: Bounds,
    (low, high): (&[u8], &[u8]),
) -> u64 {
    let n = mask.len();
    let (x, y) = (&x[..n], &y[..n]);
    let (low, high) = if SCORE { (&low[..n], &high[..n]) } else { (low, high) };
    let Bounds { mut min_x, mut min_y, mut max_x, mut max_y } = Bounds::EMPTY;
    let (mut sum_x, mut sum_y, mut above) = (0u32, 0u32, 0u32);
    for i in 0..n {
        let keep = mask[i] as i8 as u32;
        let (kept_x, kept_y) = (x[i] & keep, y[i] & keep);
        sum_x = sum_x.wrapping_add(kept_x);
        sum_y = sum_y.wrapping_add(kept_y);
        min_x = min_x.min(x[i] | !keep);
        max_x = max_x.max(kept_x);
        min_y = min_y.min(y[i] | !keep);
        max_y = max_y.max(kept_y);
        if SCORE {
            above = above.wrapping_add((u32::from(low[i]) | u32::from(high[i]) << 8) & keep);
        }
    }
    let whole = |wrapped: u32, corner: u32| {
        let corners = sums.count * u64::from(corner);
        corners + u64::from(wrapped.wrapping_sub(corners as u32))
    };
    (sums.x, sums.y) = (whole(sum_x, held.min_x), whole(sum_y, held.min_y));
    sums.bounds = Bounds { min_x, min_y, max_x, max_y };
    u64::from(above)
}

/// Rows whose 16-bit halves add up within 32 bits: twice as many lanes fit a vector as with 64.
const HALVES: usize = 1 << 16;

/// The same wherever the rows are, without a score.
#[inline(always)]
fn add_block(sums: &mut Sums, mask: &[u8], x: &[u32], y: &[u32]) {
    let n = mask.len();
    let (x, y) = (&x[..n], &y[..n]);
    let Bounds { mut min_x, mut min_y, mut max_x, mut max_y } = sums.bounds;
    let (mut low_x, mut high_x, mut low_y, mut high_y) = (0u32, 0u32, 0u32, 0u32);
    for i in 0..n {
        let keep = mask[i] as i8 as u32;
        let (kept_x, kept_y) = (x[i] & keep, y[i] & keep);
        low_x = low_x.wrapping_add(kept_x & 0xffff);
        high_x = high_x.wrapping_add(kept_x >> 16);
        low_y = low_y.wrapping_add(kept_y & 0xffff);
        high_y = high_y.wrapping_add(kept_y >> 16);
        min_x = min_x.min(x[i] | !keep);
        max_x = max_x.max(kept_x);
        min_y = min_y.min(y[i] | !keep);
        max_y = max_y.max(kept_y);
    }
    let whole = |low: u32, high: u32| u64::from(low) + (u64::from(high) << 16);
    sums.x += whole(low_x, high_x);
    sums.y += whole(low_y, high_y);
    sums.bounds = Bounds { min_x, min_y, max_x, max_y };
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chunk::{Chunk, Row};
    use crate::filter::Attributes;
    use crate::scan::IN;
    use crate::tile::Position;

    proptest! {
        #[test]
        fn sums_are_exact_however_far_rows_lie_apart_and_however_far_scores_differ(
            corner in prop_oneof![Just(0u32), Just(u32::MAX - 70_000), any::<u32>()],
            extent in prop_oneof![1u32..70_000, Just(u32::MAX)],
            spread in prop_oneof![0i32..200, 0i32..60_000, Just(i32::MAX - 1)],
            steps in prop_oneof![
                proptest::collection::vec(any::<(u32, u32, i32)>(), 1..90),
                proptest::collection::vec(any::<(u32, u32, i32)>(), 500..1_200),
            ],
            kept in any::<u64>(),
            from in 0usize..70,
        ) {
            let row = |(id, &(x, y, score)): (u64, &(u32, u32, i32))| Row {
                position: Position { x: corner.saturating_add(x % extent), y: corner.saturating_add(y % extent) },
                id,
                attributes: Attributes { score: score % (spread + 1), ..Attributes::default() },
            };
            let mut rows: Vec<Row> = (0u64..).zip(&steps).map(row).collect();
            rows.sort_by_key(Row::key);
            let chunk = Chunk::from_rows(&rows).expect("one code");
            let from = from.min(rows.len() - 1);
            let mask: Vec<u8> = (from..rows.len()).map(|at| if kept >> (at % 61) & 1 == 1 { IN } else { 0 }).collect();
            let found = sums(&mask, &chunk, from..rows.len());
            let through: Vec<&Row> = rows[from..].iter().zip(&mask).filter(|&(_, &m)| m == IN).map(|(row, _)| row).collect();
            let bounds = through.iter().fold(Bounds::EMPTY, |all, row| all.union(row.position.into()));
            prop_assert_eq!(found.count, through.len() as u64);
            prop_assert_eq!(found.bounds, bounds);
            prop_assert_eq!(found.x, through.iter().map(|row| u64::from(row.position.x)).sum::<u64>());
            prop_assert_eq!(found.y, through.iter().map(|row| u64::from(row.position.y)).sum::<u64>());
            prop_assert_eq!(found.score, through.iter().map(|row| i64::from(row.attributes.score)).sum::<i64>());
        }
    }
}
