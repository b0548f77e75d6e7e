//! How often a key is used: as many requests as its quota at once, then one more each time that a share of the hour has passed.
//!
//! What it is not: kept. Counted in this server's memory: two servers count each for themselves, and one that starts begins anew.
//! Invariant: only keys that are known are counted, so that there are never more counters than keys were made.

use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use chrono::TimeDelta;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// By a key's digest: until when what was used is not there again. A digest is one key's, whichever installation it is of.
static FULL_AGAIN: Mutex<Option<HashMap<[u8; 32], Timestamp>>> = Mutex::new(None);

const HOUR: i64 = 3_600_000_000;

/// Counts one use.
///
/// # Errors
/// [`Error::Later`] where it was one too many.
pub(super) fn count(digest: &[u8; 32], per_hour: i64, now: Timestamp) -> Result<()> {
    let share = TimeDelta::microseconds(HOUR / per_hour.max(1));
    // What a panic elsewhere left is at worst one use too few.
    let mut kept = FULL_AGAIN.lock().unwrap_or_else(PoisonError::into_inner);
    let until = kept.get_or_insert_default().entry(*digest).or_insert(now);
    let next = (*until).max(now) + share;
    let early = next - now - TimeDelta::microseconds(HOUR);
    if early > TimeDelta::zero() {
        metrics::counter!("parvis_limited_total", "class" => "api_key").increment(1);
        let seconds = early.num_milliseconds().unsigned_abs().div_ceil(1_000);
        return Err(Error::Later(Duration::from_secs(seconds.max(1))));
    }
    *until = next;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_good_for_its_quota_and_then_for_a_share_of_it_each_time() {
        let now: Timestamp = "2026-05-01T12:00:00Z".parse().unwrap();
        let (one, other) = ([201; 32], [202; 32]);
        for n in 0..60 {
            assert!(count(&one, 60, now).is_ok(), "{n}");
        }
        let Err(Error::Later(wait)) = count(&one, 60, now) else { panic!("one too many is taken") };
        assert_eq!(wait.as_secs(), 60);
        assert!(count(&other, 60, now).is_ok(), "another key is not concerned");
        assert!(count(&one, 60, now + TimeDelta::seconds(59)).is_err(), "not a moment before");
        assert!(count(&one, 60, now + TimeDelta::seconds(60)).is_ok(), "surely then");
        assert!(count(&one, 60, now + TimeDelta::seconds(60)).is_err());
        // After an hour of silence, all of it.
        let later = now + TimeDelta::seconds(7_200);
        assert_eq!((0..100).filter(|_| count(&one, 60, later).is_ok()).count(), 60);
    }
}
