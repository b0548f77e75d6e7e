//! How many repairs took how long: counts by whole hours for two weeks, by whole days beyond.
//!
//! Nobody needs the hour of what took a month, and pages say days from two days on: what is read from it is what is read from the times
//! themselves, rounded down. What it is not: a sketch that forgets. Invariant: what was added and taken away again leaves nothing.

use crate::base::error::{Error, Result};

/// Up to here every hour has a count of its own.
const HOURS: u32 = 14 * 24;
/// What takes longer than so many days is counted as so many.
const MOST_DAYS: u32 = 3_650;

/// Counts of times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Histogram {
    /// Places (hours, then days) that have a count, in order, with it: none of them is 0.
    counts: Vec<(u32, i64)>,
}

fn place(hours: u32) -> u32 {
    let days = (hours / 24).min(MOST_DAYS);
    if hours < HOURS { hours } else { HOURS + days - HOURS / 24 }
}

fn hours_at(place: u32) -> u32 {
    if place < HOURS { place } else { (place - HOURS + HOURS / 24) * 24 }
}

impl Histogram {
    /// Adds so many that took so many hours; fewer than none takes them away.
    pub(super) fn add(&mut self, hours: u32, count: i64) {
        let place = place(hours);
        match self.counts.binary_search_by_key(&place, |(known, _)| *known) {
            Ok(at) => {
                self.counts[at].1 += count;
                if self.counts[at].1 == 0 {
                    self.counts.remove(at);
                }
            }
            Err(at) => self.counts.insert(at, (place, count)),
        }
    }

    /// Adds another, so many times.
    pub(super) fn merge(&mut self, other: &Histogram, sign: i64) {
        if self.counts.is_empty() && sign == 1 {
            self.counts.clone_from(&other.counts);
            return;
        }
        let mut both = Vec::with_capacity(self.counts.len() + other.counts.len());
        let (mut own, mut others) = (self.counts.iter().peekable(), other.counts.iter().peekable());
        loop {
            let (place, count) = match (own.peek(), others.peek()) {
                (Some((a, n)), Some((b, m))) if a == b => {
                    let sum = (*a, n + sign * m);
                    own.next();
                    others.next();
                    sum
                }
                (Some((a, n)), Some((b, _))) if a < b => {
                    let one = (*a, *n);
                    own.next();
                    one
                }
                (_, Some((b, m))) => {
                    let one = (*b, sign * m);
                    others.next();
                    one
                }
                (Some((a, n)), None) => {
                    let one = (*a, *n);
                    own.next();
                    one
                }
                (None, None) => break,
            };
            if count != 0 {
                both.push((place, count));
            }
        }
        self.counts = both;
    }

    /// How many there are.
    pub(super) fn total(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count.max(&0).unsigned_abs()).sum()
    }

    /// The whole hours within which `tenths` tenths of all were done, where `beyond` more are not done yet and will have taken longer than any;
    /// nothing where it is one of these that would say it, or there is none.
    pub(super) fn within(&self, tenths: u64, beyond: u64) -> Option<u32> {
        let all = self.total() + beyond;
        // The nearest rank: the least time within which at least so many were done.
        let rank = (all * tenths).div_ceil(10).max(1);
        let mut before = 0;
        let found = self.counts.iter().find(|(_, count)| {
            before += count.max(&0).unsigned_abs();
            before >= rank
        });
        found.map(|(place, _)| hours_at(*place))
    }

    /// As it is kept: of each place that has any, how far it is from the one before, and how many it has.
    pub(super) fn packed(&self) -> Vec<u8> {
        let (mut bytes, mut last) = (Vec::new(), 0);
        for (place, count) in self.counts.iter().filter(|(_, count)| *count > 0) {
            write(&mut bytes, u64::from(place - last));
            write(&mut bytes, count.unsigned_abs());
            last = *place;
        }
        bytes
    }

    /// Adds what is kept so.
    ///
    /// # Errors
    /// Where it was not kept so.
    pub(super) fn add_packed(&mut self, mut bytes: &[u8]) -> Result<()> {
        let wrong = || Error::Internal("a count of delays cannot be read".into());
        let mut kept = Histogram { counts: Vec::with_capacity(bytes.len() / 2) };
        let mut at = 0_u32;
        while !bytes.is_empty() {
            let step = read(&mut bytes).and_then(|step| u32::try_from(step).ok()).ok_or_else(wrong)?;
            at = at.checked_add(step).filter(|at| *at <= place(u32::MAX)).ok_or_else(wrong)?;
            let count = read(&mut bytes).and_then(|count| i64::try_from(count).ok()).ok_or_else(wrong)?;
            if kept.counts.last().is_some_and(|(last, _)| *last >= at) || count == 0 {
                return Err(wrong());
            }
            kept.counts.push((at, count));
        }
        self.merge(&kept, 1);
        Ok(())
    }
}

/// Seven bits a byte, the lowest first; the eighth says that there are more.
fn write(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

    fn of(hours: &[u32]) -> Histogram {
        let mut all = Histogram::default();
        hours.iter().for_each(|hours| all.add(*hours, 1));
        all
    }

    #[test]
    fn a_median_is_the_time_within_which_half_of_them_were_done() {
        assert_eq!(of(&[]).within(5, 0), None);
        assert_eq!(of(&[7]).within(5, 0), Some(7));
        assert_eq!(of(&[1, 2, 3]).within(5, 0), Some(2));
        assert_eq!(of(&[1, 2, 3, 4]).within(5, 0), Some(2));
        assert_eq!(of(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).within(9, 0), Some(9));
        assert_eq!(of(&[0, 0, 0]).within(9, 0), Some(0));
    }

    #[test]
    fn what_is_late_and_not_done_takes_longer_than_all_that_was_done() {
        // Three quick ones are no median of two hours where four others still wait.
        let done = of(&[1, 2, 3]);
        assert_eq!(done.within(5, 1), Some(2));
        assert_eq!(done.within(5, 3), Some(3));
        assert_eq!(done.within(5, 4), None);
        assert_eq!(done.within(9, 1), None);
        assert_eq!(Histogram::default().within(5, 2), None);
    }

    #[test]
    fn hours_are_exact_for_two_weeks_and_days_beyond() {
        for hours in [0, 1, 47, 335] {
            assert_eq!(of(&[hours]).within(5, 0), Some(hours));
        }
        assert_eq!(of(&[336]).within(5, 0), Some(14 * 24));
        assert_eq!(of(&[359]).within(5, 0), Some(14 * 24));
        assert_eq!(of(&[360]).within(5, 0), Some(15 * 24));
        assert_eq!(of(&[u32::MAX]).within(5, 0), Some(MOST_DAYS * 24));
    }

    #[test]
    fn what_is_kept_reads_back_and_what_was_added_and_taken_away_leaves_nothing() {
        let mut random = StdRng::seed_from_u64(5);
        let mut all = Histogram::default();
        let hours: Vec<u32> = (0..5_000).map(|_| random.random_range(0..100_000)).collect();
        hours.iter().for_each(|hours| all.add(*hours, 1));
        let mut read = Histogram::default();
        read.add_packed(&all.packed()).unwrap();
        assert_eq!(read, all);
        read.add_packed(&all.packed()).unwrap();
        assert_eq!(read.total(), 10_000);
        read.merge(&all, -1);
        assert_eq!(read, all);
        hours.iter().for_each(|hours| all.add(*hours, -1));
        assert!(all.packed().is_empty());
        assert_eq!(all.total(), 0);
    }

    #[test]
    fn what_was_not_kept_so_is_told() {
        for bad in [&[0x80][..], &[1], &[1, 0], &[3, 1, 0, 1], &[0xff; 12], &[0xff, 0xff, 0xff, 0x7f, 1]] {
            assert!(Histogram::default().add_packed(bad).is_err(), "{bad:?}");
        }
    }
}
