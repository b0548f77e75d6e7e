//! What a request counts beside its own class of acts: a form that carries photos counts each as one that is sent alone.
//!
//! What it is not: the class of a route, which its guard has counted before its handler is there.

use super::guard::House;
use super::limits::Limit;
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::ids::Visitor;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

/// The counters, for the handler of a request.
#[derive(Clone)]
pub struct Counter {
    pub(super) house: Arc<House>,
    /// Where the request comes from, if that is known.
    pub(super) address: Option<IpAddr>,
}

impl Counter {
    /// Counts one more act of this class, by who does it and by where it comes from.
    ///
    /// # Errors
    /// [`Error::Later`] where it was one too many.
    pub fn count(&self, limit: Limit, person: Visitor) -> Result<()> {
        if let Some(address) = self.address {
            self.house.limits.count_address(limit, address, clock::now())?;
        }
        self.house.limits.count_person(limit, person)
    }
}

impl fmt::Debug for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // No address in a log.
        f.debug_struct("Counter").finish_non_exhaustive()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Counter {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let counter = parts.extensions.get::<Counter>().cloned();
        counter.ok_or_else(|| Error::Internal("an act without its guard".into()))
    }
}
