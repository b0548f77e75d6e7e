//! The clock of a report: until when the authority promised to be done, and how it stands at an instant.
//!
//! What it is not: where its parts are kept (`store.rs`). Invariant: what is due is computed from the promise as it was made at reception;
//! a rule that changes later moves nothing. Three sorts of promise:
//! - hours are absolute, weekends and nights as well, and every instant of a pause moves the end by itself;
//! - days and working days end at the territory's midnight. The day of reception is not counted, nor is a day whose end lies in a pause.

use super::holidays::ClosedDays;
use crate::base::clock::Timestamp;
use crate::base::words::words;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

words! {
    /// What a promise is counted in.
    pub Unit {
        /// Hours, one after the other.
        Hours = "hours",
        /// Days of the calendar.
        Days = "days",
        /// Days on which people work.
        WorkingDays = "working_days",
    }

    /// How a clock stands.
    pub(super) State {
        /// It runs, and its end is to come.
        Running = "running",
        /// Its end has passed, and nothing has ended it.
        Overdue = "overdue",
        /// It waits: nobody knows yet when it will end.
        Paused = "paused",
        /// It was ended no later than was promised.
        InTime = "in_time",
        /// It was ended after what was promised.
        Late = "late",
        /// Nothing was promised.
        None = "none",
    }
}

/// A promise: within so many of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Target {
    /// How many; at least one.
    pub n: u32,
    /// Of what.
    pub unit: Unit,
}

impl Target {
    /// The most that can be promised: more is a mistake of typing, and would be counted for very long.
    pub const MOST: u32 = 2_000;

    /// A promise, where it is one that can be kept.
    pub fn new(n: i64, unit: Unit) -> Option<Target> {
        let n = u32::try_from(n).ok().filter(|n| (1..=Target::MOST).contains(n))?;
        Some(Target { n, unit })
    }
}

/// Time that is not the service's: it waits for who reported, or for another authority. From one instant until another, or still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pause {
    /// When it began.
    pub(super) from: Timestamp,
    /// When it ended; nothing while it lasts.
    pub(super) until: Option<Timestamp>,
}

impl Pause {
    /// Whether an instant lies in it. What is promised for the very instant at which it begins was due before it; what is promised for the
    /// one at which it ends was not.
    fn holds(&self, at: Timestamp) -> bool {
        self.from < at && self.until.is_none_or(|until| at <= until)
    }
}

/// When a promise that runs from `received` ends; nothing while a pause holds it, as nobody knows how long it will.
pub(super) fn due(
    received: Timestamp,
    target: Target,
    pauses: &[Pause],
    closed: &ClosedDays,
    zone: Tz,
) -> Option<Timestamp> {
    match target.unit {
        Unit::Hours => due_in_hours(received, target.n, pauses),
        Unit::Days => due_in_days(received, target.n, pauses, zone, |_| true),
        Unit::WorkingDays => due_in_days(received, target.n, pauses, zone, |day| closed.is_worked(day, zone)),
    }
}

fn due_in_hours(received: Timestamp, hours: u32, pauses: &[Pause]) -> Option<Timestamp> {
    let mut due = received.checked_add_signed(TimeDelta::hours(i64::from(hours)))?;
    let mut pauses = pauses.to_vec();
    pauses.sort_by_key(|pause| pause.from);
    // Up to here the pauses that were looked at have moved the end: where two overlap, what they share counts once.
    let mut seen = received;
    for pause in pauses {
        let from = pause.from.max(seen);
        if from >= due {
            break;
        }
        let until = pause.until?;
        if until > from {
            due = due.checked_add_signed(until - from)?;
            seen = until;
        }
    }
    Some(due)
}

fn due_in_days(
    received: Timestamp,
    days: u32,
    pauses: &[Pause],
    zone: Tz,
    is_counted: impl Fn(NaiveDate) -> bool,
) -> Option<Timestamp> {
    let mut day = received.with_timezone(&zone).date_naive();
    let mut left = days.max(1);
    loop {
        day = day.checked_add_days(Days::new(1))?;
        let end = end_of(day, zone)?;
        let holding = pauses.iter().filter(|pause| pause.holds(end));
        let mut is_held = false;
        for pause in holding {
            pause.until?;
            is_held = true;
        }
        if is_held || !is_counted(day) {
            continue;
        }
        left -= 1;
        if left == 0 {
            return Some(end);
        }
    }
}

/// The instant at which a day ends where the territory is: the first of the day after it.
fn end_of(day: NaiveDate, zone: Tz) -> Option<Timestamp> {
    let next = day.checked_add_days(Days::new(1))?;
    // A clock that is put forward at midnight has no midnight: the day begins at one then.
    let first = (0..=3).find_map(|hour| next.and_hms_opt(hour, 0, 0)?.and_local_timezone(zone).earliest());
    first.map(|first: DateTime<Tz>| first.with_timezone(&Utc))
}

#[cfg(test)]
mod tests;
