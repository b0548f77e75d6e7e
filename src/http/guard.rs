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

/// What a page may load: everything from us, and where the operator chose another server's style that server's tiles.
#[derive(Debug, Clone)]
pub struct ContentPolicy(HeaderValue);

impl ContentPolicy {
    /// Everything from us.
    pub const OURS: ContentPolicy = ContentPolicy(HeaderValue::from_static(
        "default-src 'self'; img-src 'self' data: blob:; worker-src 'self'; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ));

    /// The same, and pictures and reads from the one origin of this address.
    ///
    /// # Errors
    /// [`Error::Config`] where it has no origin.
    pub fn with_reads_from(address: &str) -> Result<ContentPolicy, Error> {
        let bad =
            || Error::Config(format!("« {address} » n’est pas une adresse / \"{address}\" is no address"));
        let uri: Uri = address.parse().map_err(|_no_address: axum::http::uri::InvalidUri| bad())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(bad()) };
        // A wildcard or a name before the host would allow more than that one server.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if !matches!(scheme, "http" | "https") || !authority.as_str().chars().all(plain) {
            return Err(bad());
        }
        let policy = format!(
            "default-src 'self'; img-src 'self' data: blob: {scheme}://{authority}; connect-src 'self' {scheme}://{authority}; \
             worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        );
        HeaderValue::try_from(policy).map(ContentPolicy).map_err(|_not_ascii| bad())
    }
}

/// Middleware: headers of every answer. The router says the policy where it is not ours alone.
pub async fn security_headers(request: Request, next: Next) -> Response {
    const HEADERS: [(HeaderName, &str); 3] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    let policy = request.extensions().get::<ContentPolicy>().cloned().unwrap_or(ContentPolicy::OURS);
    let mut response = next.run(request).await;
    response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy.0);
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_servers_style_opens_the_door_to_its_origin_and_nothing_else() {
        let policy = ContentPolicy::with_reads_from("https://tiles.example/plan/style.json?key=1").unwrap();
        let text = policy.0.to_str().unwrap();
        assert!(text.contains("connect-src 'self' https://tiles.example;"), "{text}");
        assert!(text.contains("img-src 'self' data: blob: https://tiles.example;"), "{text}");
        assert!(text.starts_with("default-src 'self'; "), "no scripts from there: {text}");
        for bad in [
            "",
            "/style.json",
            "tiles.example",
            "https://*.example/",
            "https://u:p@tiles.example/",
            "ftp://a/b",
            "https://a b/",
        ] {
            assert!(ContentPolicy::with_reads_from(bad).is_err(), "{bad}");
        }
    }
}
