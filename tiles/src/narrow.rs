//! A column of whole numbers that takes as many bytes a row as its numbers differ by.
//!
//! What a number has above the column's base is kept in planes of one byte: the lowest bytes of all rows, then the next
//! ones, up to four. What reads a column waits for memory, and a vector instruction takes 64 bytes at once, so a
//! narrower number is both less to wait for and more rows at once. Numbers are `u32`; signed ones come lifted (see
//! [`lift`]). Not here: loops over planes (`scan.rs`). Invariants: all planes have one length; every number is what was
//! put there, whatever the width; a column becomes wider when a number asks for it, and narrower only when it is built.

#![allow(
    clippy::needless_range_loop,
    reason = "as in `scan.rs`: iterator adaptors are not always vectorised"
)]

use std::ops::Range;

use crate::ahead;
use crate::scan;

/// The most planes: those of a `u32`.
const MOST: usize = 4;

/// A signed number as an unsigned one, in the same order.
pub(crate) fn lift(signed: i32) -> u32 {
    signed as u32 ^ 1 << 31
}

/// The signed number of a lifted one.
pub(crate) fn lowered(lifted: u32) -> i32 {
    (lifted ^ 1 << 31) as i32
}

/// See the module's text.
#[derive(Debug, Clone)]
pub(crate) struct Narrow {
    base: u32,
    /// How many planes are in use, 1 to 4; the others are empty.
    width: usize,
    planes: [Vec<u8>; MOST],
}

impl Narrow {
    pub(crate) fn of(numbers: &[u32]) -> Self {
        let (low, high) = scan::ends(numbers).unwrap_or_default();
        Self::between(low, high, numbers)
    }

    /// A column of numbers, none of them outside `low..=high`. Both ends get the same room to grow into.
    fn between(low: u32, high: u32, numbers: &[u32]) -> Self {
        let span = high - low;
        let width = (1..MOST).find(|&width| span <= widest(width)).unwrap_or(MOST);
        // What has all planes holds every number from 0 on.
        let base = if width == MOST { 0 } else { low.saturating_sub((widest(width) - span) / 2) };
        let plane = |k: usize| match k {
            _ if k < width => numbers.iter().map(|number| byte(number - base, k)).collect(),
            _ => Vec::new(),
        };
        Self { base, width, planes: std::array::from_fn(plane) }
    }

    pub(crate) fn len(&self) -> usize {
        self.planes[0].len()
    }

    #[inline]
    pub(crate) fn get(&self, at: usize) -> u32 {
        let [lowest, planes @ ..] = &self.planes;
        let byte = |k: usize| planes[k].get(at).map_or(0, |&byte| u32::from(byte));
        self.base + (u32::from(lowest[at]) | byte(0) << 8 | byte(1) << 16 | byte(2) << 24)
    }

    fn numbers(&self) -> Vec<u32> {
        (0..self.len()).map(|at| self.get(at)).collect()
    }

    pub(crate) fn set(&mut self, at: usize, number: u32) {
        let above = self.above(number);
        for (k, plane) in self.planes.iter_mut().take(self.width).enumerate() {
            plane[at] = byte(above, k);
        }
    }

    pub(crate) fn insert(&mut self, at: usize, number: u32) {
        let above = self.above(number);
        for (k, plane) in self.planes.iter_mut().take(self.width).enumerate() {
            make_room(plane);
            plane.insert(at, byte(above, k));
        }
    }

    pub(crate) fn remove(&mut self, at: usize) {
        for plane in self.planes.iter_mut().take(self.width) {
            plane.remove(at);
        }
    }

    /// What a number has above the base, once the column is wide enough for it.
    fn above(&mut self, number: u32) -> u32 {
        let fits = number.checked_sub(self.base).is_some_and(|above| above <= widest(self.width));
        if !fits {
            let numbers = self.numbers();
            let (low, high) = scan::ends(&numbers).unwrap_or((number, number));
            *self = Self::between(low.min(number), high.max(number), &numbers);
        }
        number - self.base
    }

    /// Lowest and highest number; `None` of no rows.
    pub(crate) fn ends(&self) -> Option<(u32, u32)> {
        let rows = 0..self.len();
        let [a, b, c, d] = self.planes(&rows);
        let (low, high) = match self.width {
            1 => scan::ends_above([a])?,
            2 => scan::ends_above([a, b])?,
            3 => scan::ends_above([a, b, c])?,
            _ => scan::ends_above([a, b, c, d])?,
        };
        Some((self.base + low, self.base + high))
    }

    /// Leaves in a mask over `rows` those whose number is in `low..=high`.
    #[inline(always)]
    pub(crate) fn keep(&self, mask: &mut [u8], rows: &Range<usize>, low: u32, high: u32) {
        let most = widest(self.width);
        let Some(high) = high.checked_sub(self.base) else { return mask.fill(0) };
        let low = low.saturating_sub(self.base);
        if low > most {
            return mask.fill(0);
        }
        if low > 0 {
            scan::keep_from::<0>(mask, &self.planes(rows), &low.to_le_bytes()[..self.width]);
        }
        if high < most {
            // At most the high end: at least its complement, among complements.
            scan::keep_from::<0xff>(mask, &self.planes(rows), &(!high).to_le_bytes()[..self.width]);
        }
    }

    /// What every number is above.
    pub(crate) fn base(&self) -> u32 {
        self.base
    }

    /// The two planes of `rows`, where that is all there is and they are [`scan::SHORT`].
    #[inline(always)]
    pub(crate) fn short(&self, rows: &Range<usize>) -> Option<(&[u8], &[u8])> {
        if self.width > 2 || rows.len() >= scan::SHORT {
            return None;
        }
        let high = if self.width == 2 { &self.planes[1][rows.clone()] } else { &scan::NOTHING[..rows.len()] };
        Some((&self.planes[0][rows.clone()], high))
    }

    /// The sum of what the numbers of `rows` under a mask have above the base.
    #[inline(always)]
    pub(crate) fn sum_above(&self, mask: &[u8], rows: &Range<usize>) -> u64 {
        let mut sum = 0;
        let planes = self.planes(rows);
        for k in 0..self.width {
            sum += scan::sum(mask, planes[k]) << (8 * k);
        }
        sum
    }

    #[inline(always)]
    fn planes(&self, rows: &Range<usize>) -> [&[u8]; MOST] {
        let mut planes: [&[u8]; MOST] = [&[]; MOST];
        for k in 0..self.width {
            planes[k] = &self.planes[k][rows.clone()];
        }
        planes
    }

    /// Asks for the planes of the column.
    pub(crate) fn fetch(&self) {
        self.planes.iter().for_each(|plane| ahead::fetch(plane));
    }

    /// Bytes held on the heap, capacities included.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.planes.iter().map(Vec::capacity).sum()
    }
}

/// The highest number that so many planes hold.
fn widest(width: usize) -> u32 {
    u32::MAX >> (8 * (MOST - width))
}

fn byte(number: u32, k: usize) -> u8 {
    (number >> (8 * k)) as u8
}

/// Room for one more, 64 at a time: doubling would leave half of each touched chunk empty.
pub(crate) fn make_room<T>(column: &mut Vec<T>) {
    if column.len() == column.capacity() {
        column.reserve_exact(64);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scan::IN;

    /// Numbers that differ by little, by each width's most, and by one more.
    fn number() -> impl Strategy<Value = u32> {
        let edges = [0u32, 1, 0xff, 0x100, 0xffff, 0x1_0000, 0xff_ffff, 0x100_0000, u32::MAX - 1, u32::MAX];
        prop_oneof![
            4 => 1_000u32..1_250,
            2 => 1_000u32..60_000,
            1 => 1_000u32..10_000_000,
            1 => proptest::sample::select(edges.to_vec()),
            1 => (proptest::sample::select(edges.to_vec()), 0u32..3).prop_map(|(edge, more)| 1_000u32.wrapping_add(edge).wrapping_add(more)),
        ]
    }

    #[derive(Debug, Clone)]
    enum Step {
        Insert(usize, u32),
        Set(usize, u32),
        Remove(usize),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (any::<usize>(), number()).prop_map(|(at, number)| Step::Insert(at, number)),
            (any::<usize>(), number()).prop_map(|(at, number)| Step::Set(at, number)),
            any::<usize>().prop_map(Step::Remove),
        ]
    }

    proptest! {
        #[test]
        fn a_column_gives_what_was_put_there_through_every_change_of_width(
            start in proptest::collection::vec(number(), 0..40),
            steps in proptest::collection::vec(step(), 0..40),
        ) {
            let (mut plain, mut narrow) = (start.clone(), Narrow::of(&start));
            for step in steps {
                match step {
                    Step::Insert(at, number) => {
                        let at = at % (plain.len() + 1);
                        plain.insert(at, number);
                        narrow.insert(at, number);
                    }
                    Step::Set(at, number) if !plain.is_empty() => {
                        let at = at % plain.len();
                        plain[at] = number;
                        narrow.set(at, number);
                    }
                    Step::Remove(at) if !plain.is_empty() => {
                        let at = at % plain.len();
                        plain.remove(at);
                        narrow.remove(at);
                    }
                    _ => {}
                }
                prop_assert_eq!(narrow.numbers(), plain.clone());
                prop_assert_eq!(narrow.ends(), plain.iter().copied().min().zip(plain.iter().copied().max()));
            }
        }

        #[test]
        fn ranges_and_sums_of_a_run_are_those_of_its_numbers(
            numbers in prop_oneof![
                proptest::collection::vec(number(), 1..300),
                proptest::collection::vec(1_000u32..1_250, 500..2_000),
                proptest::collection::vec(number(), 500..2_000),
                Just(vec![u32::MAX; 3_000]),
            ],
            ends in (number(), number()),
            kept in any::<u64>(),
            from in 0usize..70,
        ) {
            let narrow = Narrow::of(&numbers);
            let rows = from.min(numbers.len() - 1)..numbers.len();
            let within: Vec<u8> = rows.clone().map(|at| if kept >> (at % 61) & 1 == 1 { IN } else { 0 }).collect();
            let (low, high) = (ends.0.min(ends.1), ends.0.max(ends.1));
            let mut mask = within.clone();
            narrow.keep(&mut mask, &rows, low, high);
            let passes = |(at, &is_in): (usize, &u8)| is_in == IN && (low..=high).contains(&numbers[at]);
            let expected: Vec<bool> = rows.clone().zip(&within).map(passes).collect();
            prop_assert_eq!(mask.iter().map(|&byte| byte == IN).collect::<Vec<_>>(), expected);
            prop_assert!(mask.iter().all(|&byte| byte == 0 || byte == IN));
            let chosen: Vec<u64> =
                rows.clone().zip(&mask).filter(|&(_, &m)| m == IN).map(|(at, _)| u64::from(numbers[at])).collect();
            prop_assert_eq!(scan::count(&mask), chosen.len() as u64);
            let bases = u64::from(narrow.base()) * chosen.len() as u64;
            prop_assert_eq!(bases + narrow.sum_above(&mask, &rows), chosen.iter().sum::<u64>());
        }
    }

    #[test]
    fn a_column_is_as_wide_as_its_numbers_differ() {
        for (most, width) in
            [(0, 1), (0xff, 1), (0x100, 2), (0xffff, 2), (0x1_0000, 3), (0x100_0000, 4), (u32::MAX, 4)]
        {
            let column = Narrow::of(&[0, most]);
            assert_eq!((column.width, column.get(0), column.get(1)), (width, 0, most));
            let last = Narrow::of(&[u32::MAX - most, u32::MAX]);
            assert_eq!((last.width, last.get(0), last.get(1)), (width, u32::MAX - most, u32::MAX));
        }
    }
}
