//! What is counted of delays: of one report, and of all that are of a month, a category, a service and an area.
//!
//! Each report is counted in every cell that a page may ask for: of its month and of all, of its category, its type and all, and so on. What it is
//! not: how it is shown (`table`). Invariant: a cell is the sum of what its reports count.

use super::histogram::Histogram;
use crate::base::error::Result;
use std::collections::HashMap;

/// Stands for every month, category, service or area.
pub(super) const ALL: i64 = -1;

/// Stands for the last twelve months together: what most pages are of is one cell of each thing, not twelve.
pub(super) const YEAR: i64 = -2;

/// Stands for a type and all that is below it: a page of one reads a cell of each area, not one of each area and each category below.
pub(super) const fn of_type(id: i64) -> i64 {
    // Below `ALL`, as ids begin at 1.
    ALL - id
}

/// The type that each category stands below; its own where it is one.
pub(super) type Types = HashMap<i64, i64>;

/// How many months a page can be of, the present one among them; older ones are counted in all alone.
pub(super) const MONTHS: i64 = 12;

/// Whether it was repaired in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    /// It was.
    Kept,
    /// It was repaired, and too late.
    Broken,
    /// Nothing was promised, or it was not repaired.
    None,
}

impl Promise {
    pub(super) fn of(is_in_time: Option<bool>) -> Promise {
        match is_in_time {
            Some(true) => Promise::Kept,
            Some(false) => Promise::Broken,
            None => Promise::None,
        }
    }

    pub(super) fn is_in_time(self) -> Option<bool> {
        match self {
            Promise::Kept => Some(true),
            Promise::Broken => Some(false),
            Promise::None => None,
        }
    }
}

/// What one report counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    /// Of its end: 202611.
    pub(super) month: i64,
    pub(super) category: i64,
    /// 0: nobody's.
    pub(super) service: i64,
    /// One of each level.
    pub(super) areas: Vec<i64>,
    /// Until it was repaired; nothing: it was not.
    pub(super) hours: Option<u32>,
    pub(super) promise: Promise,
}

/// What is counted together: a month, a category, a service and an area, or [`ALL`] of them.
pub(super) type Key = (i64, i64, i64, i64);

/// Of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// How long repairs took.
    pub(super) hours: Histogram,
    /// Repaired in time.
    pub(super) in_time: i64,
    /// Repaired too late.
    pub(super) late: i64,
    /// Ended without a repair.
    pub(super) closed: i64,
}

impl Counts {
    /// Adds what a report counts, or takes it away.
    pub(super) fn add(&mut self, counted: &Counted, sign: i64) {
        match counted.hours {
            Some(hours) => self.hours.add(hours, sign),
            None => self.closed += sign,
        }
        match counted.promise {
            Promise::Kept => self.in_time += sign,
            Promise::Broken => self.late += sign,
            Promise::None => {}
        }
    }

    /// Adds others, or takes them away.
    pub(super) fn merge(&mut self, other: &Counts, sign: i64) {
        self.hours.merge(&other.hours, sign);
        self.in_time += sign * other.in_time;
        self.late += sign * other.late;
        self.closed += sign * other.closed;
    }

    /// Adds a row of the database.
    ///
    /// # Errors
    /// Where its times cannot be read.
    pub(super) fn add_row(&mut self, (in_time, late, closed): (i64, i64, i64), hours: &[u8]) -> Result<()> {
        self.in_time += in_time;
        self.late += late;
        self.closed += closed;
        self.hours.add_packed(hours)
    }

    /// How many were repaired.
    pub(super) fn repaired(&self) -> u64 {
        self.hours.total()
    }
}

impl Counted {
    /// Every cell that it is counted in; of its month and of the year only from `since` on.
    pub(super) fn keys(&self, types: &Types, since: i64) -> impl Iterator<Item = Key> {
        let kind = of_type(types.get(&self.category).copied().unwrap_or(self.category));
        let is_recent = self.month >= since;
        let months = [is_recent.then_some(self.month), is_recent.then_some(YEAR), Some(ALL)];
        let areas = || self.areas.iter().copied().chain([ALL]);
        months.into_iter().flatten().flat_map(move |month| {
            [self.category, kind, ALL].into_iter().flat_map(move |category| {
                [self.service, ALL]
                    .into_iter()
                    .flat_map(move |service| areas().map(move |area| (month, category, service, area)))
            })
        })
    }
}

/// What some reports count, cell by cell.
pub(super) fn cells(changes: &[(i64, Counted)], types: &Types, since: i64) -> HashMap<Key, Counts> {
    let mut cells: HashMap<Key, Counts> = HashMap::new();
    for (sign, counted) in changes {
        for key in counted.keys(types, since) {
            cells.entry(key).or_default().add(counted, *sign);
        }
    }
    cells
}
