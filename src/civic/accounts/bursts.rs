//! Bursts: many voices on one contribution, or many contributions, from one connection within minutes. Moderators are told; nothing is
//! ever removed, held or refused by it: a school, a town hall or a telephone network is one address, too.
//!
//! Invariant: no address is kept. A window's key is the digest under which the address is counted (see `limits`), whose salt is drawn anew
//! each day and written nowhere; what is told and stored is a contribution, a number and minutes.

use super::guard::Guard;
use crate::base::clock::{self, Timestamp};
use crate::base::ids::{FeatureId, Visitor};
use crate::civic::contributions::bursts::{self as rows, Burst, Sort};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::Response;
use chrono::TimeDelta;
use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// How long a window is.
const WINDOW: TimeDelta = TimeDelta::minutes(10);

/// The voices, and the contributions, of one connection within a window that moderators are told of: again at each doubling.
const MANY_VOICES: usize = 20;
const MANY_CONTRIBUTIONS: usize = 8;

/// The most windows at a time; beyond, those that are over are forgotten, then all.
const WINDOWS: usize = 20_000;

/// What is counted of one connection and contribution.
#[derive(Debug)]
struct Window {
    since: Timestamp,
    people: HashSet<Visitor>,
    strangers: usize,
    next: usize,
}

/// A connection's key of the day, and the contribution; none for the making of contributions.
type Key = ([u8; 16], Option<FeatureId>);

/// The windows of this server.
#[derive(Debug, Default)]
pub(super) struct Bursts(Mutex<HashMap<Key, Window>>);

impl Bursts {
    /// Counts an act that was done. Gives how many there are in how many minutes where that is to be told.
    pub(super) fn count(&self, key: Key, who: Option<Visitor>, now: Timestamp) -> Option<(i64, Timestamp)> {
        let many = if key.1.is_some() { MANY_VOICES } else { MANY_CONTRIBUTIONS };
        // A panic of another thread left at worst a number that is too small.
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= WINDOWS {
            windows.retain(|_, window| window.since + WINDOW > now);
            if windows.len() >= WINDOWS {
                windows.clear();
            }
        }
        let fresh = || Window { since: now, people: HashSet::new(), strangers: 0, next: many };
        let window = windows.entry(key).or_insert_with(fresh);
        if window.since + WINDOW <= now {
            *window = fresh();
        }
        match who {
            // Somebody who changes their mind is one voice; who places many contributions is counted each time.
            Some(person) if key.1.is_some() => drop(window.people.insert(person)),
            _ => window.strangers += 1,
        }
        let count = window.people.len() + window.strangers;
        if count < window.next {
            return None;
        }
        window.next = count * 2;
        Some((i64::try_from(count).unwrap_or(i64::MAX), window.since))
    }
}

/// An act that may be one of a burst, from where and by whom.
pub(super) struct Watched {
    address: IpAddr,
    feature: Option<FeatureId>,
    who: Option<Visitor>,
}

/// What a request may be counted as: a voice on a contribution, or a contribution.
pub(super) fn of_request(guard: &Guard, parts: &Parts) -> Option<Watched> {
    let feature = match guard.bursts? {
        Sort::Voices => Some(FeatureId::of_text(parts.uri.path().split('/').nth(2)?)?),
        Sort::Contributions => None,
    };
    let address = guard.house.proxies.client_of_parts(parts)?;
    let who = crate::base::http::known_visitor(parts, &guard.house.app);
    Some(Watched { address, feature, who })
}

/// Counts it if it was done, and tells moderators where that makes a burst.
pub(super) fn watch(guard: &Guard, act: &Watched, response: &Response) {
    if response.status().is_client_error() || response.status().is_server_error() {
        return;
    }
    let about = match act.feature {
        Some(feature) => Some((feature, Sort::Voices)),
        None => placed(response).map(|feature| (feature, Sort::Contributions)),
    };
    let Some((feature, sort)) = about else { return };
    let now = clock::now();
    let key = (guard.house.limits.key(act.address, now), act.feature);
    let Some((count, since)) = guard.house.bursts.count(key, act.who, now) else { return };
    let (db, burst) = (guard.house.app.db.clone(), Burst { sort, count, since, until: now });
    // Who voted does not wait for it, and it is no part of their act.
    tokio::spawn(async move {
        if let Err(error) = rows::tell(&db, feature, &burst).await {
            tracing::error!(%error, "a burst could not be told");
        }
    });
}

/// The contribution that an answer leads to, where one was just placed.
fn placed(response: &Response) -> Option<FeatureId> {
    let to = response.headers().get(header::LOCATION)?.to_str().ok()?;
    let is_done = response.status() == StatusCode::SEE_OTHER || response.status() == StatusCode::CREATED;
    let id = to.split("/features/").nth(1)?.split(['?', '#', '/']).next()?;
    is_done.then(|| FeatureId::of_text(id)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn noon() -> Timestamp {
        "2026-05-01T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn many_people_of_one_connection_on_one_contribution_are_told_once_and_at_each_doubling() {
        let bursts = Bursts::default();
        let key = ([1; 16], Some(FeatureId(7)));
        let mut told = Vec::new();
        for n in 0..100u32 {
            let at = noon() + TimeDelta::seconds(i64::from(n));
            told.extend(
                bursts.count(key, Some(Visitor(Uuid::from_u128(u128::from(n)))), at).map(|(count, _)| count),
            );
            assert_eq!(
                bursts.count(([2; 16], Some(FeatureId(7))), Some(Visitor(Uuid::from_u128(1))), at),
                None,
                "one who votes again"
            );
            assert_eq!(
                bursts.count(([1; 16], Some(FeatureId(i64::from(n) + 100))), None, at),
                None,
                "one voice each on many"
            );
        }
        assert_eq!(told, [20, 40, 80]);
    }

    #[test]
    fn the_same_number_over_a_day_is_no_burst() {
        let bursts = Bursts::default();
        for n in 0..100 {
            assert_eq!(
                bursts.count(([1; 16], Some(FeatureId(7))), None, noon() + TimeDelta::minutes(n * 14)),
                None
            );
        }
    }
}
