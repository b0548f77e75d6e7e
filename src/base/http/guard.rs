//! What keeps other sites out: the origin of an act, and the headers of every answer.

use super::address::Reached;
use super::conditional::Condition;
use super::url::Prefix;
use crate::base::error::Error;
use crate::base::i18n::Message;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
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
                let origin = authority(origin);
                // A proxy may ask for another host than the one that people type.
                let reached = parts.extensions.get::<Reached>().and_then(|Reached(base)| authority(base));
                origin.is_some() && (origin.as_deref() == text(header::HOST.as_str()) || origin == reached)
            }
            (None, None) => true,
        };
        if ours { Ok(SameOrigin) } else { Err(Error::Forbidden(Message::new("error-other-site"))) }
    }
}

/// Host and port of an address.
fn authority(address: &str) -> Option<String> {
    address.parse::<Uri>().ok()?.authority().map(ToString::to_string)
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

    /// The same, and pictures and reads from the origins of these addresses.
    ///
    /// # Errors
    /// [`Error::Config`] where one has no origin.
    pub fn with_reads_from(addresses: &[&str]) -> Result<ContentPolicy, Error> {
        let origins =
            addresses.iter().map(|address| origin(address)).collect::<Result<Vec<_>, _>>()?.join(" ");
        let policy = format!(
            "default-src 'self'; img-src 'self' data: blob: {origins}; connect-src 'self' {origins}; \
             worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        );
        HeaderValue::try_from(policy)
            .map(ContentPolicy)
            .map_err(|_not_ascii| no_address(&addresses.join(" ")))
    }

    /// The same for what may stand in a frame of our own pages.
    ///
    /// # Errors
    /// [`Error::Config`] where the policy itself cannot be read.
    pub fn framed_by_ours(&self) -> Result<ContentPolicy, Error> {
        self.framed("'self'")
    }

    /// The same for a page that may stand in a frame of these sites: addresses separated by commas.
    ///
    /// # Errors
    /// [`Error::Config`] where one has no origin.
    pub fn framed_by(&self, sites: &str) -> Result<ContentPolicy, Error> {
        let sites = sites.split([',', ' ']).filter(|site| !site.is_empty());
        self.framed(&sites.map(origin).collect::<Result<Vec<_>, _>>()?.join(" "))
    }

    fn framed(&self, by: &str) -> Result<ContentPolicy, Error> {
        let policy = self.0.to_str().unwrap_or_default();
        let policy = policy.replace("frame-ancestors 'none'", &format!("frame-ancestors {by}"));
        HeaderValue::try_from(policy).map(ContentPolicy).map_err(|_not_ascii| no_address(by))
    }
}

fn no_address(address: &str) -> Error {
    Error::Config(format!("« {address} » n’est pas une adresse / \"{address}\" is no address"))
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> Result<String, Error> {
    let uri: Uri = address.parse().map_err(|_no_address: axum::http::uri::InvalidUri| no_address(address))?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(no_address(address));
    };
    // A wildcard or a name before the host would allow more than that one server.
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let is_port = authority
        .as_str()
        .rsplit_once(':')
        .is_none_or(|(_, port)| port.ends_with(']') || port.parse::<u16>().is_ok_and(|port| port > 0));
    if matches!(scheme, "http" | "https") && is_port && authority.as_str().chars().all(plain) {
        Ok(format!("{scheme}://{authority}"))
    } else {
        Err(no_address(address))
    }
}

/// The page of this answer may stand in a frame of the sites that its policy names. A handler gives it as an extension.
#[derive(Debug, Clone)]
pub struct Framed(pub ContentPolicy);

/// How people reach the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transport {
    /// By `https` only, as `public_url` says.
    pub is_secure: bool,
    /// Under a path of the host, as `public_url` says.
    pub prefix: Prefix,
}

/// What a browser may do for a page of ours: nothing that no page uses.
const PERMISSIONS: &str = "accelerometer=(), camera=(self), display-capture=(), geolocation=(self), gyroscope=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

/// A year. Subdomains are the city's, not ours.
const STRICT_TRANSPORT: &str = "max-age=31536000";

/// Middleware: headers of every answer. The router says the policy of pages where it is not ours alone: only a page loads anything, and what
/// is kept for ever (a script) outlives a policy.
pub async fn security_headers(State(transport): State<Transport>, request: Request, next: Next) -> Response {
    let policy = request.extensions().get::<ContentPolicy>().cloned().unwrap_or(ContentPolicy::OURS);
    let condition = Condition::of(request.method(), request.headers());
    let mut response = condition.answered(next.run(request).await);
    match response.extensions_mut().remove::<Framed>() {
        Some(Framed(policy)) => {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy.0);
        }
        None => {
            let headers = response.headers_mut();
            let policy = if is_page(headers) { policy } else { ContentPolicy::OURS };
            headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy.0);
            headers.entry(header::X_FRAME_OPTIONS).or_insert(HeaderValue::from_static("DENY"));
        }
    }
    secure(response.headers_mut(), &transport);
    response
}

/// Headers of an answer that nobody frames and that is made without a request in hand.
pub fn standing_headers(headers: &mut HeaderMap, transport: &Transport) {
    headers.insert(header::CONTENT_SECURITY_POLICY, ContentPolicy::OURS.0);
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    secure(headers, transport);
}

fn secure(headers: &mut HeaderMap, transport: &Transport) {
    const HEADERS: [(HeaderName, &str); 4] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    ];
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    private_pages(headers);
    // What any site may read, any site may show.
    let is_open = headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    let who = HeaderValue::from_static(if is_open { "cross-origin" } else { "same-origin" });
    headers.entry(HeaderName::from_static("cross-origin-resource-policy")).or_insert(who);
    transport.prefix.put_on(headers);
    if transport.is_secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(STRICT_TRANSPORT));
        secure_cookies(headers);
    }
}

/// A page may differ for each reader: their browser keeps it and asks again, nobody else keeps it at all. What says for itself how
/// long it may be kept (tiles, assets, feeds) says so still.
fn private_pages(headers: &mut HeaderMap) {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is_page = is_page(headers);
    let is_feed = kind.is_some_and(|kind| kind.starts_with(b"application/atom"));
    if is_page || is_feed {
        headers.append(header::VARY, HeaderValue::from_static("Cookie, Accept-Language"));
    }
    let is_open = headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    if is_page || headers.contains_key(header::SET_COOKIE) || !is_open {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    }
}

fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    kind.is_some_and(|kind| kind.starts_with(b"text/html"))
}

/// Cookies of a site on `https` are never sent in the clear, whoever set them.
fn secure_cookies(headers: &mut HeaderMap) {
    let header::Entry::Occupied(mut cookies) = headers.entry(header::SET_COOKIE) else { return };
    for cookie in cookies.iter_mut() {
        let is_secure = |text: &str| text.split(';').any(|part| part.trim().eq_ignore_ascii_case("secure"));
        if let Ok(text) = cookie.to_str()
            && !is_secure(text)
            && let Ok(secured) = HeaderValue::try_from(format!("{text}; Secure"))
        {
            *cookie = secured;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_servers_style_opens_the_route_to_its_origin_and_nothing_else() {
        let policy =
            ContentPolicy::with_reads_from(&["https://tiles.example/plan/style.json?key=1"]).unwrap();
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
            assert!(ContentPolicy::with_reads_from(&[bad]).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_framed_page_names_the_sites_that_may_frame_it_and_changes_nothing_else() {
        let framed =
            ContentPolicy::OURS.framed_by("https://ville.example, https://www.ville.example:8443/carte");
        let framed = framed.unwrap().0.to_str().unwrap().to_owned();
        assert!(
            framed.ends_with("frame-ancestors https://ville.example https://www.ville.example:8443"),
            "{framed}"
        );
        let ours = ContentPolicy::OURS.0.to_str().unwrap().to_owned();
        let rest = |policy: &str| policy.split("frame-ancestors").next().unwrap().to_owned();
        assert_eq!(rest(&framed), rest(&ours));
        for bad in ["ville.example", "*", "https://*.ville.example", "javascript:alert(1)"] {
            assert!(ContentPolicy::OURS.framed_by(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_cookie_of_a_site_on_https_is_secure() {
        let mut headers = HeaderMap::new();
        headers.append(header::SET_COOKIE, "visitor=1; Path=/; HttpOnly".parse().unwrap());
        headers.append(header::SET_COOKIE, "session=2; Secure; Path=/".parse().unwrap());
        secure_cookies(&mut headers);
        let cookies: Vec<_> =
            headers.get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap()).collect();
        assert_eq!(cookies, ["visitor=1; Path=/; HttpOnly; Secure", "session=2; Secure; Path=/"]);
    }
}
