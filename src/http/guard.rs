//! What keeps other sites out: the origin of an act, and the headers of every answer.

use crate::error::Error;
use crate::i18n::Message;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

/// Proof that an act comes from one of our own pages (or from no browser at all). Every handler that changes something
/// takes it: another site can make a browser post here, with the visitor's cookie where that is not `SameSite`.
#[derive(Debug, Clone, Copy)]
pub struct SameOrigin;

impl<S: Sync> FromRequestParts<S> for SameOrigin {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let text = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok());
        let ours = match (text("sec-fetch-site"), text("origin")) {
            (Some(site), _) => site == "same-origin" || site == "none",
            (None, Some(origin)) => {
                origin.parse::<Uri>().ok().and_then(|o| o.authority().map(ToString::to_string)).as_deref()
                    == text(header::HOST.as_str())
            }
            (None, None) => true,
        };
        if ours { Ok(SameOrigin) } else { Err(Error::Forbidden(Message::new("error-other-site"))) }
    }
}

/// Middleware: headers of every answer. Everything that a page uses is served by us.
pub async fn security_headers(request: Request, next: Next) -> Response {
    const HEADERS: [(HeaderName, &str); 4] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; img-src 'self' data: blob:; worker-src 'self'; object-src 'none'; \
             base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
