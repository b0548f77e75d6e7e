//! How often one person, and one address, may do a thing: counted before the handler, answered with when to come back.
//!
//! What it is: two counters a class of act, one by voice and one by address, in this server's memory. What it is not: proof against many
//! machines, nor a rule of a process (one voice a person is kept by the database). Two servers count each for themselves.
//!
//! Invariant: no address is kept. A counter's key is a digest under a salt that is drawn when the server starts and every day anew,
//! and that is written nowhere.

use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use crate::base::http::household;
use crate::base::ids::Visitor;
use crate::modules::limits;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use rand::Rng as _;
use sha2::{Digest, Sha256};
use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How many people may share an address without standing in each other's way: a school, a town hall, a telephone network.
const SHARED: u32 = 10;

/// Counters that are full again are forgotten each time as many acts were counted.
const SWEEP: u32 = 4_096;

/// What a class of acts is, as the module that has them declares it.
#[derive(Debug, PartialEq, Eq)]
pub struct LimitRow {
    /// The word used in the configuration.
    pub word: &'static str,
    /// How often one person may, in how long, where the operator says nothing.
    pub rate: Rate,
    /// Whether who does it without an account becomes a visitor with a cookie.
    pub makes_visitors: bool,
}

/// A class of acts that are counted together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Limit(pub &'static LimitRow);

impl fmt::Debug for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Limit {
    /// Asking for a sign-in link, and each other step of signing in.
    pub const SIGN_IN: Limit = Limit(&LimitRow {
        word: "sign_in",
        rate: Rate { count: 20, period: Period::Hour },
        makes_visitors: false,
    });
    /// Looking for a place or for ideas that are alike, letter by letter.
    pub const SEARCH: Limit = Limit(&LimitRow {
        word: "search",
        rate: Rate { count: 300, period: Period::Minute },
        makes_visitors: false,
    });
    /// Sending a photo, by itself or within a form.
    pub const PHOTO: Limit = Limit(&LimitRow {
        word: "photo",
        rate: Rate { count: 40, period: Period::Hour },
        makes_visitors: true,
    });
    /// Every act of no other class.
    pub const ACT: Limit = Limit(&LimitRow {
        word: "act",
        rate: Rate { count: 240, period: Period::Minute },
        makes_visitors: false,
    });

    /// The word used in the configuration.
    pub fn word(self) -> &'static str {
        self.0.word
    }
}

/// The classes that every module's acts may be in.
pub const LIMITS: &[Limit] = &[Limit::SIGN_IN, Limit::SEARCH, Limit::PHOTO, Limit::ACT];

/// A number of times in a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How often, at least once.
    pub count: u32,
    /// In how long.
    pub period: Period,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Sixty seconds.
    Minute,
    /// Sixty minutes.
    Hour,
    /// Twenty-four hours.
    Day,
}

impl Rate {
    fn of_text(text: &str) -> Option<Rate> {
        let (count, period) = text.split_once('/')?;
        let period = match period {
            "minute" => Period::Minute,
            "hour" => Period::Hour,
            "day" => Period::Day,
            _ => return None,
        };
        let count = count.parse().ok().filter(|count| (1..=1_000_000).contains(count))?;
        Some(Rate { count, period })
    }

    /// All at once, then one more each time that a share of the period has passed.
    fn quota(self, times: u32) -> Option<Quota> {
        let seconds = match self.period {
            Period::Minute => 60,
            Period::Hour => 3_600,
            Period::Day => 86_400,
        };
        let count = NonZeroU32::new(self.count.saturating_mul(times))?;
        Some(Quota::with_period(Duration::from_secs(seconds) / count.get())?.allow_burst(count))
    }
}

type Counter<K, C> = RateLimiter<K, HashMapStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>;

struct Counters<C: Clock> {
    by_person: Counter<Visitor, C>,
    by_address: Counter<[u8; 16], C>,
}

/// The counters of this server.
pub struct Limits<C: Clock = DefaultClock> {
    classes: Vec<(Limit, Counters<C>)>,
    salt: Mutex<(i64, [u8; 32])>,
    counted: AtomicU32,
}

impl<C: Clock> fmt::Debug for Limits<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let classes: Vec<_> = self.classes.iter().map(|(limit, _)| limit.word()).collect();
        f.debug_struct("Limits").field("classes", &classes).finish_non_exhaustive()
    }
}

impl Limits {
    /// The limits of a configuration: empty for the defaults, `off` for none, or what differs
    /// (`vote=60/minute, search=off`).
    ///
    /// # Errors
    /// [`Error::Config`] naming what cannot be read.
    pub fn read(text: &str) -> Result<Limits> {
        Limits::with_clock(text, &DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(text: &str, clock: &C) -> Result<Limits<C>> {
        let mut rates: Vec<(Limit, Option<Rate>)> =
            limits().map(|limit| (limit, Some(limit.0.rate))).collect();
        if text.trim() == "off" {
            rates.clear();
        }
        for said in text.split([',', ' ']).filter(|said| !said.is_empty() && text.trim() != "off") {
            let bad = || {
                let words: Vec<_> = limits().map(Limit::word).collect();
                let words = words.join(", ");
                Error::Config(format!(
                    "limits : « {said} » : off, ou {words} = NOMBRE/minute|hour|day ou off / \
                     off, or {words} = NUMBER/minute|hour|day or off"
                ))
            };
            let (word, rate) = said.split_once('=').ok_or_else(bad)?;
            let rate = if rate == "off" { None } else { Some(Rate::of_text(rate).ok_or_else(bad)?) };
            rates.iter_mut().find(|(limit, _)| limit.word() == word).ok_or_else(bad)?.1 = rate;
        }
        let classes = rates.into_iter().filter_map(|(limit, rate)| {
            let (person, address) = (rate?.quota(1)?, rate?.quota(SHARED)?);
            let by_person = RateLimiter::new(person, HashMapStateStore::default(), clock.clone());
            let by_address = RateLimiter::new(address, HashMapStateStore::default(), clock.clone());
            Some((limit, Counters { by_person, by_address }))
        });
        Ok(Limits {
            classes: classes.collect(),
            salt: Mutex::new((i64::MIN, [0; 32])),
            counted: AtomicU32::new(0),
        })
    }

    fn of(&self, limit: Limit) -> Option<&Counters<C>> {
        self.classes.iter().find(|(class, _)| *class == limit).map(|(_, counters)| counters)
    }

    /// Counts an act by the address that it comes from. Asked before anything is looked up for the request.
    ///
    /// # Errors
    /// [`Error::Later`] where it was one too many.
    pub fn count_address(&self, limit: Limit, address: IpAddr, now: Timestamp) -> Result<()> {
        let Some(counters) = self.of(limit) else { return Ok(()) };
        self.sweep();
        let counter = &counters.by_address;
        counter.check_key(&self.key(address, now)).map_err(|early| later(limit, counter.clock(), &early))
    }

    /// Counts an act by who does it.
    ///
    /// # Errors
    /// [`Error::Later`] where it was one too many.
    pub fn count_person(&self, limit: Limit, person: Visitor) -> Result<()> {
        let Some(counters) = self.of(limit) else { return Ok(()) };
        let counter = &counters.by_person;
        counter.check_key(&person).map_err(|early| later(limit, counter.clock(), &early))
    }

    /// What stands for an address until midnight (UTC), here and nowhere else.
    pub(super) fn key(&self, address: IpAddr, now: Timestamp) -> [u8; 16] {
        let day = now.timestamp().div_euclid(86_400);
        let salt = {
            // A panic of another thread left at worst an older salt.
            let mut kept = self.salt.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.0 != day {
                kept.0 = day;
                rand::rng().fill_bytes(&mut kept.1);
            }
            kept.1
        };
        let digest = Sha256::new().chain_update(salt).chain_update(household(address).to_string()).finalize();
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        key
    }

    fn sweep(&self) {
        if self.counted.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            for (_, counters) in &self.classes {
                counters.by_person.retain_recent();
                counters.by_address.retain_recent();
            }
        }
    }
}

fn later<C: Clock>(limit: Limit, clock: &C, early: &governor::NotUntil<C::Instant>) -> Error {
    metrics::counter!("parvis_limited_total", "class" => limit.word()).increment(1);
    // Whole seconds, rounded up: who comes back then must not come too early.
    let wait = early.wait_time_from(clock.now()) + Duration::from_nanos(999_999_999);
    Error::Later(Duration::from_secs(wait.as_secs().max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;
    use uuid::Uuid;

    fn class(word: &str) -> Limit {
        limits().find(|limit| limit.word() == word).unwrap()
    }

    fn visitor(n: u128) -> Visitor {
        Visitor(Uuid::from_u128(n))
    }

    fn noon() -> Timestamp {
        "2026-05-01T12:00:00Z".parse().unwrap()
    }

    fn wait(result: Result<()>) -> u64 {
        match result {
            Err(Error::Later(wait)) => wait.as_secs(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_class_lets_through_as_many_as_it_says_and_not_one_more() {
        let clock = FakeRelativeClock::default();
        let counters = Limits::with_clock("", &clock).unwrap();
        for limit in limits() {
            let Rate { count, period } = limit.0.rate;
            for n in 0..count {
                assert!(counters.count_person(limit, visitor(1)).is_ok(), "{limit:?} {n}");
            }
            let share = match period {
                Period::Minute => 60u64,
                Period::Hour => 3_600,
                Period::Day => 86_400,
            }
            .div_ceil(u64::from(count));
            let told = wait(counters.count_person(limit, visitor(1)));
            assert_eq!(told, share, "{limit:?}");
            assert!(counters.count_person(limit, visitor(2)).is_ok(), "another person is not concerned");
            // Not a moment before, and surely then.
            clock.advance(Duration::from_millis(100));
            assert!(counters.count_person(limit, visitor(1)).is_err(), "{limit:?}");
            clock.advance(Duration::from_secs(told));
            assert!(counters.count_person(limit, visitor(1)).is_ok(), "{limit:?}");
        }
    }

    #[test]
    fn an_address_may_do_what_ten_people_may() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with_clock("vote=3/minute", &clock).unwrap();
        let here = "192.0.2.1".parse().unwrap();
        for _ in 0..30 {
            limits.count_address(class("vote"), here, noon()).unwrap();
        }
        assert_eq!(wait(limits.count_address(class("vote"), here, noon())), 2);
        assert!(limits.count_address(class("vote"), "192.0.2.2".parse().unwrap(), noon()).is_ok());
        assert!(
            limits.count_address(class("argue"), here, noon()).is_ok(),
            "another class counts for itself"
        );
    }

    #[test]
    fn an_address_stands_under_another_key_each_day_and_on_each_server() {
        let clock = FakeRelativeClock::default();
        let (one, other) = (Limits::with_clock("", &clock).unwrap(), Limits::with_clock("", &clock).unwrap());
        let address = "192.0.2.1".parse().unwrap();
        let evening: Timestamp = "2026-05-01T23:59:59Z".parse().unwrap();
        let today = one.key(address, noon());
        assert_eq!(today, one.key(address, evening));
        assert_ne!(today, other.key(address, noon()));
        assert_ne!(today, one.key(address, evening + chrono::TimeDelta::seconds(1)));
    }

    #[test]
    fn counters_that_are_full_again_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with_clock("", &clock).unwrap();
        for n in 0..SWEEP - 1 {
            let address = IpAddr::V4(std::net::Ipv4Addr::from_bits(n));
            limits.count_address(Limit::SEARCH, address, noon()).unwrap();
        }
        let counter = &limits.of(Limit::SEARCH).unwrap().by_address;
        assert_eq!(counter.len(), SWEEP as usize - 1);
        clock.advance(Duration::from_secs(120));
        limits.count_address(Limit::SEARCH, "192.0.2.1".parse().unwrap(), noon()).unwrap();
        assert_eq!(counter.len(), 1);
    }

    #[test]
    fn an_operator_changes_a_limit_or_switches_it_off() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with_clock(" vote=1/day, search=off", &clock).unwrap();
        assert!(limits.count_person(class("vote"), visitor(1)).is_ok());
        assert_eq!(wait(limits.count_person(class("vote"), visitor(1))), 86_400);
        assert!((0..10_000).all(|_| limits.count_person(Limit::SEARCH, visitor(1)).is_ok()));
        let none = Limits::with_clock("off", &clock).unwrap();
        assert!((0..10_000).all(|_| none.count_person(Limit::SIGN_IN, visitor(1)).is_ok()));
        for bad in
            ["vote", "vote=0/minute", "vote=3/second", "votes=3/minute", "vote=-1/day", "off, vote=1/day"]
        {
            assert!(matches!(Limits::read(bad), Err(Error::Config(_))), "{bad}");
        }
    }
}
