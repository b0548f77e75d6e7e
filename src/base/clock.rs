//! The one clock. Everything that needs the time takes a [`Timestamp`] as a value; only edges call [`now`].

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};

/// An instant in UTC, to the microsecond: what both databases keep, so that a time reads back as it was written.
pub type Timestamp = DateTime<Utc>;

/// The present instant.
#[allow(clippy::disallowed_methods)] // The one place.
pub fn now() -> Timestamp {
    Utc::now().trunc_subsecs(6)
}

/// An instant as a page's `<time>` says it to machines: to the second, as HTML takes no finer fraction than a thousandth.
pub fn machine(at: &Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
