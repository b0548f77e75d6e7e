//! The one clock. Everything that needs the time takes a [`Timestamp`] as a value; only edges call [`now`].

use chrono::{DateTime, SubsecRound, Utc};

/// An instant in UTC, to the microsecond: what both databases keep, so that a time reads back as it was written.
pub type Timestamp = DateTime<Utc>;

/// The present instant.
#[allow(clippy::disallowed_methods)] // The one place.
pub fn now() -> Timestamp {
    Utc::now().trunc_subsecs(6)
}
