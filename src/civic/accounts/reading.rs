//! Who reads a page, known before it is made, so that every page's header leads who has a role to the desk.
//!
//! What it is not: a guard. Invariant: what is no page, and who has no session, asks the database nothing here.

use super::{Actor, session};
use crate::base::http;
use crate::core::app::App;
use axum::extract::{FromRequestParts, Request};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::Response;

/// Answers a request; where a page is read in a session, the handler and the page's header know who reads.
pub async fn reading(app: &App, request: Request, next: Next) -> Response {
    let accept = request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !accept.contains("text/html") || session::digest_of(app, request.headers()).is_none() {
        return next.run(request).await;
    }
    http::with_desk_said(async {
        // An act's guard counts it before anything is looked up, and finds who acts by itself.
        if request.method() != Method::GET {
            return next.run(request).await;
        }
        let (mut parts, body) = request.into_parts();
        match Actor::from_request_parts(&mut parts, app).await {
            Ok(actor) => drop(parts.extensions.insert(actor)),
            Err(error) => tracing::debug!(%error, "who reads is not known"),
        }
        next.run(Request::from_parts(parts, body)).await
    })
    .await
}
