//! Who reads: in which language, whether a page or JSON, and under which address.

use super::address::Reached;
use crate::base::error;
use crate::base::i18n::Lang;
use crate::base::once;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use std::convert::Infallible;
use std::sync::Arc;

/// The reader's preferences.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The language: the cookie's, else the browser's, else French.
    pub lang: Lang,
    /// Whether the client asks for JSON rather than a page.
    pub wants_json: bool,
    /// Whether our own script asks for the changed part of a page only (`HX-Request`).
    pub wants_fragment: bool,
    /// The address under which the client reached us, without a final `/`.
    pub base: String,
}

const LANGUAGE: &str = "lang";

/// The language of who sent a request: the cookie's, else the browser's, else French.
pub fn language(headers: &HeaderMap) -> Lang {
    let chosen = CookieJar::from_headers(headers).get(LANGUAGE).and_then(|c| Lang::of_code(c.value()));
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map(Lang::accepted);
    chosen.or_else(accepted).unwrap_or_default()
}

/// The cookie that keeps a chosen language for a year.
pub fn language_cookie(lang: Lang) -> Cookie<'static> {
    Cookie::build((LANGUAGE, lang.code()))
        .path("/")
        .same_site(SameSite::Lax)
        .max_age(time::Duration::days(365))
        .build()
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let text = |name| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let accept = text(header::ACCEPT);
        let host = text(header::HOST);
        Ok(Reader {
            lang: language(&parts.headers),
            wants_json: accept.contains("json") && !accept.contains("text/html"),
            wants_fragment: parts.headers.contains_key("hx-request"),
            base: parts.extensions.get::<Reached>().map_or_else(
                || format!("http://{}", if host.is_empty() { "localhost" } else { host }),
                |Reached(base)| base.to_string(),
            ),
        })
    }
}

/// The territory's name, for what is said without a handler. The router hands it over as an extension.
#[derive(Debug, Clone)]
pub struct SiteName(pub Arc<str>);

/// Middleware: tells errors in the reader's language (see [`error::present`]), and gives the forms of the page their keys
/// ([`once::field`]).
pub async fn present_errors(request: Request, next: Next) -> Response {
    let site = request.extensions().get::<SiteName>().cloned();
    let keys = request.extensions().get::<once::Keys>().cloned();
    let site = site.as_ref().map_or("Parvis", |SiteName(name)| name);
    let told = error::present(language(request.headers()), site, request, next);
    match keys {
        Some(keys) => once::page(keys, told).await,
        None => told.await,
    }
}
