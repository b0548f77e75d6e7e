//! Visitors without an account: a random id in a signed cookie, so that each has one voice. Holds nothing else, follows
//! nobody, and is only set by an act (a vote, an idea), never by reading.

use crate::base::ids::Visitor;
use crate::base::once::VisitorToBe;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum_extra::extract::cookie::{Cookie, Key, SameSite, SignedCookieJar};
use std::convert::Infallible;
use uuid::Uuid;

const NAME: &str = "visitor";

/// The visitor of a request, if they have acted before.
#[derive(Debug, Clone, Copy)]
pub struct KnownVisitor(pub Option<Visitor>);

/// The visitor of an act, and the cookies that make them known: to be given back with the answer.
#[allow(missing_debug_implementations)] // A jar shows its key.
pub struct NewVisitor {
    /// Who acts.
    pub visitor: Visitor,
    /// Part of the answer.
    pub cookies: SignedCookieJar,
}

/// What makes a browser forget its visitor: their acts are somebody's now.
pub fn forgotten_visitor() -> Cookie<'static> {
    Cookie::build((NAME, "")).path("/").build()
}

fn jar<S>(parts: &Parts, state: &S) -> SignedCookieJar
where
    Key: FromRef<S>,
{
    SignedCookieJar::from_headers(&parts.headers, Key::from_ref(state))
}

fn known(jar: &SignedCookieJar) -> Option<Visitor> {
    jar.get(NAME).and_then(|cookie| Uuid::parse_str(cookie.value()).ok()).map(Visitor)
}

impl<S: Sync> FromRequestParts<S> for KnownVisitor
where
    Key: FromRef<S>,
{
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(KnownVisitor(known(&jar(parts, state))))
    }
}

impl<S: Sync> FromRequestParts<S> for NewVisitor
where
    Key: FromRef<S>,
{
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let jar = jar(parts, state);
        if let Some(visitor) = known(&jar) {
            return Ok(NewVisitor { visitor, cookies: jar });
        }
        // Two acts of one page before the cookie has come: one person.
        let to_be = parts.extensions.get::<VisitorToBe>().map(|VisitorToBe(visitor)| *visitor);
        let visitor = to_be.unwrap_or_else(|| Visitor(Uuid::new_v4()));
        let cookie = Cookie::build((NAME, visitor.0.to_string()))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            // Thirteen months, the longest that the CNIL admits for such a cookie.
            .max_age(time::Duration::days(395))
            .build();
        Ok(NewVisitor { visitor, cookies: jar.add(cookie) })
    }
}

/// The visitor whose cookie a request brings, if they have acted before.
pub fn known_visitor<S>(parts: &Parts, state: &S) -> Option<Visitor>
where
    Key: FromRef<S>,
{
    known(&jar(parts, state))
}
