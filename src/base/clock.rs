//! The one clock. Everything that needs the time takes a [`Timestamp`] as a value; only edges call [`now`].

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use chrono_tz::Tz;
use std::sync::{PoisonError, RwLock};

/// Where the territory's clock is. One for the process: a server is of one territory.
static ZONE: RwLock<Tz> = RwLock::new(Tz::Europe__Paris);

/// An instant in UTC, to the microsecond: what both databases keep, so that a time reads back as it was written.
pub type Timestamp = DateTime<Utc>;

/// The present instant.
#[allow(clippy::disallowed_methods)] // The one place.
pub fn now() -> Timestamp {
    Utc::now().trunc_subsecs(6)
}

/// Where the territory's clock is: Paris, until the territory says another.
pub fn zone() -> Tz {
    *ZONE.read().unwrap_or_else(PoisonError::into_inner)
}

/// Says where the territory's clock is.
pub fn set_zone(zone: Tz) {
    *ZONE.write().unwrap_or_else(PoisonError::into_inner) = zone;
}

/// An instant as a page's `<time>` says it to machines: to the second, as HTML takes no finer fraction than a thousandth.
pub fn machine(at: &Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
