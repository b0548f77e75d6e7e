//! What an act carries, kept until it is answered: where it is refused (nobody is signed in any more, a second factor is too old, too
//! many acts, something changed), the page that says so gives every field back, to be sent again.
//!
//! What it is not: for files, which no page can give back. Invariant: only what one of our own pages sent comes back, so that no other
//! site has a form of its making shown here.

use super::limits::Limit;
use crate::base::error::{Error, Result, Typed};
use crate::base::http::SameOrigin;
use axum::body::{self, Body};
use axum::extract::FromRequestParts as _;
use axum::http::request::Parts;
use axum::http::{Method, header};

/// The largest form that is kept; no form of ours is larger.
const MOST: usize = 256 * 1024;

/// The body again, and what it says where it is a form whose refusal would lose what somebody typed.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Unreadable`] where it breaks off.
pub(super) async fn keep(parts: &Parts, limit: Option<Limit>, body: Body) -> Result<(Body, Option<Typed>)> {
    let text = |name| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let is_form = text(header::CONTENT_TYPE).starts_with("application/x-www-form-urlencoded");
    let wants_page = text(header::ACCEPT).contains("text/html");
    // What signs somebody in is no text, and belongs on no page.
    if parts.method != Method::POST || !is_form || !wants_page || limit == Some(Limit::SIGN_IN) {
        return Ok((body, None));
    }
    if SameOrigin::from_request_parts(&mut parts.clone(), &()).await.is_err() {
        return Ok((body, None));
    }
    let bytes = body::to_bytes(body, MOST).await.map_err(|error| too_large_or_cut(&error))?;
    let fields = form_urlencoded::parse(&bytes).into_owned().collect();
    let action = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    Ok((Body::from(bytes), Some(Typed { action, fields })))
}

fn too_large_or_cut(error: &axum::Error) -> Error {
    let cause = std::error::Error::source(error);
    if cause.is_some_and(|cause| cause.to_string().contains("length limit")) {
        Error::TooLarge
    } else {
        Error::Unreadable
    }
}
