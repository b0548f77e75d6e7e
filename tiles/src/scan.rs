//! Loops over columns: conditions to a byte mask, and counts and sums of bytes under a mask.
//!
//! Plain loops that the compiler turns into vector instructions; [`vectorised`] runs them compiled for the widest set
//! the processor has (AVX-512, AVX2 or the baseline). Not here: which condition to run (`plan.rs`), sums of positions
//! (`sums.rs`). Invariants: a mask byte is 0 or [`IN`]; sums never overflow.

// Indices instead of iterator adaptors: not every adaptor is inlined into a function compiled for other vector
// instructions, and what is not inlined is not vectorised (measured without link-time optimisation: three times slower).
#![allow(clippy::needless_range_loop, reason = "see above")]

use std::sync::LazyLock;

static ARCH: LazyLock<pulp::Arch> = LazyLock::new(pulp::Arch::new);

/// Runs a closure, with what is inlined into it, compiled for this processor's vector instructions.
#[inline]
pub(crate) fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    ARCH.dispatch(work)
}

/// A row that is let through, in a mask: all bits of its byte.
pub(crate) const IN: u8 = u8::MAX;

#[inline(always)]
fn all(holds: bool) -> u8 {
    u8::from(holds).wrapping_neg()
}

#[inline(always)]
fn one_of(code: u8, list: [u8; 8]) -> bool {
    // Written out: a loop here keeps the outer one from being vectorised.
    (code == list[0])
        | (code == list[1])
        | (code == list[2])
        | (code == list[3])
        | (code == list[4])
        | (code == list[5])
        | (code == list[6])
        | (code == list[7])
}

#[inline(always)]
pub(crate) fn keep_one_of(mask: &mut [u8], local: &[u8], list: [u8; 8]) {
    let local = &local[..mask.len()];
    for i in 0..mask.len() {
        mask[i] &= all(one_of(local[i], list));
    }
}

#[inline(always)]
pub(crate) fn keep_none_of(mask: &mut [u8], local: &[u8], list: [u8; 8]) {
    let local = &local[..mask.len()];
    for i in 0..mask.len() {
        mask[i] &= all(!one_of(local[i], list));
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
        mask[i] &= all(values[i].wrapping_sub(low) <= width);
    }
}

/// Rows tested at once: whether the next plane is needed is decided for so many.
const TESTED: usize = 128;

/// Leaves the rows whose number is not below `low`; planes and bytes begin with the lowest. With `FLIP` 0xff every byte
/// of the column is taken as its complement. A plane below the highest is read only where rows tie with `low` so far.
#[inline(always)]
pub(crate) fn keep_from<const FLIP: u8>(mask: &mut [u8], planes: &[&[u8]], low: &[u8]) {
    let (blocks, rest) = mask.as_chunks_mut::<TESTED>();
    let mut from = 0;
    for k in 0..blocks.len() {
        keep_block::<FLIP>(
            &mut blocks[k],
            |plane| planes[plane][from..].first_chunk().copied().unwrap_or([0; TESTED]),
            low,
        );
        from += TESTED;
    }
    if !rest.is_empty() {
        let n = rest.len();
        let filled = |column: &[u8]| {
            let mut block = [0; TESTED];
            block[..n].copy_from_slice(&column[..n]);
            block
        };
        let mut block = filled(rest);
        keep_block::<FLIP>(&mut block, |plane| filled(&planes[plane][from..]), low);
        rest.copy_from_slice(&block[..n]);
    }
}

#[inline(always)]
fn keep_block<const FLIP: u8>(mask: &mut [u8; TESTED], plane: impl Fn(usize) -> [u8; TESTED], low: &[u8]) {
    let Some(top) = low.len().checked_sub(1) else { return };
    let mut tied = [0u8; TESTED];
    let (bytes, end) = (plane(top), low[top]);
    let mut any = 0;
    for i in 0..TESTED {
        let byte = bytes[i] ^ FLIP;
        tied[i] = mask[i] & all(byte == end);
        mask[i] &= all(byte >= end);
        any |= tied[i];
    }
    let mut k = top;
    while k > 0 && any != 0 {
        k -= 1;
        let (bytes, end) = (plane(k), low[k]);
        any = 0;
        for i in 0..TESTED {
            let byte = bytes[i] ^ FLIP;
            mask[i] &= !(tied[i] & all(byte < end));
            tied[i] &= all(byte == end);
            any |= tied[i];
        }
    }
}

/// Rows taken at once: the bytes of the widest vector.
const LANES: usize = 64;

/// Does something with each 64 rows of two columns; what is left over is filled up with zeros.
#[inline(always)]
fn each_block(a: &[u8], b: &[u8], mut work: impl FnMut(&[u8; LANES], &[u8; LANES])) {
    let ((blocks_a, rest_a), (blocks_b, rest_b)) = (a.as_chunks(), b[..a.len()].as_chunks());
    for k in 0..blocks_a.len() {
        work(&blocks_a[k], &blocks_b[k]);
    }
    if !rest_a.is_empty() {
        let (mut last_a, mut last_b) = ([0; LANES], [0; LANES]);
        last_a[..rest_a.len()].copy_from_slice(rest_a);
        last_b[..rest_b.len()].copy_from_slice(rest_b);
        work(&last_a, &last_b);
    }
}

/// Blocks whose sums fit a lane: 255 ones in a byte, 256 bytes in 16 bits.
const BLOCKS: usize = 255;

/// Shorter runs are added up in plain lanes: adding up the lanes of a block has its own cost.
pub(crate) const SHORT: usize = 512;

/// The high plane of a column that has none.
pub(crate) static NOTHING: [u8; SHORT] = [0; SHORT];

/// The sum of the bytes of a plane under a mask.
#[inline(always)]
pub(crate) fn sum(mask: &[u8], plane: &[u8]) -> u64 {
    let (mut total, mut from) = (0, 0);
    while from < mask.len() {
        let to = (from + BLOCKS * LANES).min(mask.len());
        // Two bytes at once, in lanes of 16 bits: what is widened to be added costs more than the addition.
        let (mut even, mut odd) = ([0u16; LANES / 2], [0u16; LANES / 2]);
        each_block(
            &mask[from..to],
            &plane[from..to],
            #[inline(always)]
            |mask, plane| {
                let (mask, plane) = (mask.as_chunks::<2>().0, plane.as_chunks::<2>().0);
                for l in 0..LANES / 2 {
                    let kept = u16::from_le_bytes(plane[l]) & u16::from_le_bytes(mask[l]);
                    even[l] = even[l].wrapping_add(kept & 0xff);
                    odd[l] = odd[l].wrapping_add(kept >> 8);
                }
            },
        );
        let mut sum = 0u32;
        for l in 0..LANES / 2 {
            sum += u32::from(even[l]) + u32::from(odd[l]);
        }
        total += u64::from(sum);
        from = to;
    }
    total
}

/// How many bytes of a mask are set.
#[inline(always)]
pub(crate) fn count(mask: &[u8]) -> u64 {
    u64::from(count_code(mask, IN))
}

/// How many rows have this code. What fills up the last block of a long column counts as code 0.
#[inline(always)]
fn count_code(masked: &[u8], code: u8) -> u32 {
    let (mut total, mut from) = (0, 0);
    while masked.len() < SHORT && from < masked.len() {
        // Fewer than a byte can count.
        let to = (from + 128).min(masked.len());
        let block = &masked[from..to];
        let mut n = 0u8;
        for i in 0..block.len() {
            n = n.wrapping_add(u8::from(block[i] == code));
        }
        total += u32::from(n);
        from = to;
    }
    while from < masked.len() {
        let to = (from + BLOCKS * LANES).min(masked.len());
        let block = &masked[from..to];
        let mut lanes = [0u8; LANES];
        each_block(
            block,
            block,
            #[inline(always)]
            |block, _| {
                for l in 0..LANES {
                    lanes[l] = lanes[l].wrapping_add(u8::from(block[l] == code));
                }
            },
        );
        for l in 0..LANES {
            total += u32::from(lanes[l]);
        }
        from = to;
    }
    total
}

/// Lowest and highest of some numbers.
pub(crate) fn ends(numbers: &[u32]) -> Option<(u32, u32)> {
    let ends = vectorised(
        #[inline(always)]
        || {
            let (mut low, mut high) = (u32::MAX, 0);
            for i in 0..numbers.len() {
                low = low.min(numbers[i]);
                high = high.max(numbers[i]);
            }
            (low, high)
        },
    );
    (!numbers.is_empty()).then_some(ends)
}

/// Lowest and highest of the numbers whose bytes are in planes of one length, lowest bytes first.
pub(crate) fn ends_above<const WIDTH: usize>(planes: [&[u8]; WIDTH]) -> Option<(u32, u32)> {
    let n = planes.first().map_or(0, |plane| plane.len());
    let ends = vectorised(
        #[inline(always)]
        || {
            let mut cut: [&[u8]; WIDTH] = [&[]; WIDTH];
            for k in 0..WIDTH {
                cut[k] = &planes[k][..n];
            }
            let (mut low, mut high) = (u32::MAX, 0);
            for i in 0..n {
                let mut number = 0;
                for k in 0..WIDTH {
                    number |= u32::from(cut[k][i]) << (8 * k);
                }
                low = low.min(number);
                high = high.max(number);
            }
            (low, high)
        },
    );
    (n > 0).then_some(ends)
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
            // What fills the last block up is outside the mask, too.
            let block = if mask.len() < SHORT { 1 } else { LANES };
            masked.resize(mask.len().next_multiple_of(block), u8::MAX);
            vectorised(
                #[inline(always)]
                || {
                    if others.is_empty() {
                        return;
                    }
                    let within = &mut masked[..mask.len()];
                    let local = &local[..mask.len()];
                    for i in 0..within.len() {
                        within[i] = local[i] | !mask[i];
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
                counts[usize::from(code)] += u32::from(m & 1);
            }
        }
    }
}
