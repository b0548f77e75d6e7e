//! Where on its host the site stands: at the root, or under a path (`https://ville.example/carte`), as `public_url` says.
//!
//! Invariant: inside, addresses never have that path: routes, what forms carry, what is kept. It is taken off where a request comes in
//! ([`Prefix::strip`]) and put on where an address leaves: on pages and in JSON by [`url`], in the headers of answers by
//! [`security_headers`](super::security_headers). What is made outside of an answer's own task (exports, letters) has no prefix: it
//! begins with the site's whole address.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use std::fmt::Display;
use std::future::Future;
use std::sync::Arc;
use tokio::task::futures::TaskLocalFuture;

tokio::task_local! {
    static PREFIX: Prefix;
}

/// The path under which the site stands: empty, or with a `/` before it and none after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prefix(Arc<str>);

impl Prefix {
    /// The prefix of an address without a final `/`; nothing where it is no address of a site: another scheme than `http` and `https`, a
    /// query, or a path that a browser would write otherwise.
    pub fn of_url(url: &str) -> Option<Prefix> {
        let uri: Uri = url.parse().ok()?;
        let path = uri.path().trim_end_matches('/');
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
        let is_plain =
            path.split('/').skip(1).all(|part| !matches!(part, "" | "." | "..") && part.chars().all(plain));
        let is_web = matches!(uri.scheme_str(), Some("http" | "https")) && uri.query().is_none();
        (is_web && is_plain && !url.contains('#')).then(|| Prefix(path.into()))
    }

    /// Its text: empty at the root of a host.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The rest of a path below the prefix, as the site itself writes it; nothing where it lies elsewhere.
    fn below<'a>(&self, path: &'a str) -> Option<&'a str> {
        match path.strip_prefix(&*self.0)? {
            "" => Some("/"),
            rest => rest.starts_with(['/', '?', '#']).then_some(rest),
        }
    }

    /// An address of the site from one that a browser says, which is below the prefix.
    pub fn own<'a>(&self, path: &'a str) -> &'a str {
        self.below(path).unwrap_or(path)
    }

    /// The name under which a browser keeps a cookie of ours: below a path it says which. Cookies of the rest of the host may be called
    /// the same, and browsers send both.
    pub fn cookie_name(&self, name: &str) -> String {
        format!("{name}{}", self.0.replace('/', "."))
    }

    /// Takes the prefix off a request's address and cookies. A proxy may have taken it off the address already: what lies elsewhere stays
    /// as it is. Cookies of the rest of the host are left out.
    pub fn strip(&self, request: &mut Request) {
        if self.0.is_empty() {
            return;
        }
        self.strip_cookies(request.headers_mut());
        let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
        let below = self.below(asked).map(|rest| match rest.strip_prefix('?') {
            Some(query) => format!("/?{query}"),
            None => rest.to_owned(),
        });
        if let Some(uri) = below.and_then(|below| below.parse().ok()) {
            *request.uri_mut() = uri;
        }
    }

    fn strip_cookies(&self, headers: &mut HeaderMap) {
        let ours = self.cookie_name("");
        let all = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let kept = pairs.filter_map(|(name, value)| Some(format!("{}={value}", name.strip_suffix(&*ours)?)));
        let kept = kept.collect::<Vec<_>>().join("; ");
        headers.remove(header::COOKIE);
        if let Some(kept) = HeaderValue::try_from(kept).ok().filter(|kept| !kept.is_empty()) {
            headers.insert(header::COOKIE, kept);
        }
    }

    /// Makes an answer whose pages say addresses below the prefix.
    pub fn scope<F: Future>(&self, answer: F) -> TaskLocalFuture<Prefix, F> {
        PREFIX.scope(self.clone(), answer)
    }

    /// The address with the prefix before it; nothing where it is no path of this site, or begins with the prefix as agents type it: no
    /// route does ([`Prefix::hides`]).
    fn before(&self, address: &str) -> Option<String> {
        let is_own = address.starts_with('/') && !address.starts_with("//");
        (is_own && !self.0.is_empty() && self.below(address).is_none())
            .then(|| format!("{}{address}", self.0))
    }

    /// Whether addresses below the prefix could be those of this route's, too.
    pub fn hides(&self, route: &str) -> bool {
        let first = |path: &str| path.split('/').nth(1).map(str::to_owned);
        !self.0.is_empty() && first(&self.0) == first(route)
    }

    /// Puts the prefix before what an answer's headers say: where it leads to, and where its cookies belong, so that two sites on one
    /// host have each their own.
    pub(super) fn put_on(&self, headers: &mut HeaderMap) {
        if self.0.is_empty() {
            return;
        }
        let to = headers.get(header::LOCATION).and_then(|to| self.before(to.to_str().ok()?));
        if let Some(to) = to.and_then(|to| HeaderValue::try_from(to).ok()) {
            headers.insert(header::LOCATION, to);
        }
        let header::Entry::Occupied(mut cookies) = headers.entry(header::SET_COOKIE) else { return };
        for cookie in cookies.iter_mut() {
            if let Some(moved) = cookie.to_str().ok().and_then(|text| self.cookie(text)) {
                *cookie = moved;
            }
        }
    }

    fn cookie(&self, text: &str) -> Option<HeaderValue> {
        let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
        let (name, value) = pair.split_once('=')?;
        let pair = format!("{}={value}", self.cookie_name(name.trim()));
        let moved = attributes.split(';').map(|part| match part.trim().split_once('=') {
            // Without a final slash: such a path holds for the prefix itself, too.
            Some((name, path)) if name.eq_ignore_ascii_case("path") => {
                format!(" Path={}{}", self.0, path.trim_end_matches('/'))
            }
            _ => part.to_owned(),
        });
        HeaderValue::try_from([pair].into_iter().chain(moved).collect::<Vec<_>>().join(";")).ok()
    }
}

/// An address as a reader's browser must ask for it: a path of this site with the prefix before it, anything else (`#votes`, `?page=2`,
/// another site's) as it is. Outside of a request's answer there is no prefix: letters begin with `public_url`.
pub fn url(address: impl Display) -> String {
    let address = address.to_string();
    PREFIX.try_with(|prefix| prefix.before(&address)).ok().flatten().unwrap_or(address)
}

/// What templates write `{{ "/list"|url }}` with: `use crate::base::http::filters;` beside the template's type.
#[allow(missing_docs)] // What the macro makes of it has none.
pub mod filters {
    use std::fmt::Display;

    /// [`url`](super::url) in a template.
    ///
    /// # Errors
    /// None: a filter of templates gives a result.
    #[askama::filter_fn]
    pub fn url(address: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
        Ok(super::url(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn carte() -> Prefix {
        Prefix::of_url("https://ville.example/carte").unwrap()
    }

    #[test]
    fn a_site_stands_at_the_root_or_under_a_plain_path() {
        let prefix = |url: &str| Prefix::of_url(url).map(|prefix| prefix.as_str().to_owned());
        for (url, path) in [
            ("https://ville.example", ""),
            ("http://localhost:8600", ""),
            ("https://ville.example/carte", "/carte"),
            ("https://ville.example/participer/la-carte", "/participer/la-carte"),
        ] {
            assert_eq!(prefix(url).as_deref(), Some(path), "{url}");
        }
        for bad in [
            "ville.example",
            "/carte",
            "ftp://ville.example/carte",
            "https://ville.example/carte?a=b",
            "https://ville.example/carte#a",
            "https://ville.example/a//b",
            "https://ville.example/a/../b",
            "https://ville.example/la carte",
            "https://ville.example/l’été",
            "https://ville.example/%C3%A9t%C3%A9",
        ] {
            assert_eq!(prefix(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_request_comes_in_without_the_prefix_whether_a_proxy_took_it_off_or_not() {
        let asked = |path: &str| {
            let mut request = Request::builder().uri(path).body(Body::empty()).unwrap();
            carte().strip(&mut request);
            request.uri().to_string()
        };
        for (path, inside) in [
            ("/carte", "/"),
            ("/carte/", "/"),
            ("/carte?q=banc", "/?q=banc"),
            ("/carte/list?q=/carte/", "/list?q=/carte/"),
            ("/list", "/list"),
            ("/", "/"),
            ("/cartes", "/cartes"),
            ("/carte//evil.example", "//evil.example"),
        ] {
            assert_eq!(asked(path), inside, "{path}");
        }
    }

    #[test]
    fn cookies_of_the_rest_of_the_host_are_not_ours_whatever_they_are_called() {
        let sent = |cookies: &'static [&'static str]| {
            let mut request = Request::new(Body::empty());
            for cookie in cookies {
                request.headers_mut().append(header::COOKIE, HeaderValue::from_static(cookie));
            }
            carte().strip(&mut request);
            let cookies = request.headers().get_all(header::COOKIE).iter();
            cookies.map(|line| line.to_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(sent(&["lang.carte=en; lang=fr; session=theirs"]), ["lang=en"]);
        assert_eq!(sent(&["lang=fr", "a.carte=b=c;d.carte=1"]), ["a=b=c; d=1"]);
        assert_eq!(sent(&["visitor=from-before", "person.participer.carte=1"]), ["person.participer=1"]);
        assert!(sent(&["lang=fr"]).is_empty());
    }

    #[tokio::test]
    async fn what_a_page_says_is_below_the_prefix_and_other_addresses_stay() {
        let said = carte()
            .scope(async {
                [
                    "/",
                    "/list?q=a",
                    "#votes",
                    "?page=2",
                    "https://a.example/",
                    "//a.example",
                    "/carte/list",
                    "/cartes",
                ]
                .map(url)
            })
            .await;
        let right = [
            "/carte/",
            "/carte/list?q=a",
            "#votes",
            "?page=2",
            "https://a.example/",
            "//a.example",
            "/carte/list",
            "/carte/cartes",
        ];
        assert_eq!(said, right);
        assert_eq!(url("/list"), "/list", "outside of an answer");
    }

    #[test]
    fn a_prefix_that_begins_as_a_route_does_is_told_apart_from_no_route() {
        let list = Prefix::of_url("https://ville.example/list").unwrap();
        assert!(list.hides("/list") && !list.hides("/") && !list.hides("/language/{code}"));
        assert!(!Prefix::default().hides("/") && !carte().hides("/"));
    }

    #[test]
    fn an_answer_leads_below_the_prefix_and_its_cookies_stay_there() {
        let mut headers = HeaderMap::new();
        headers.insert(header::LOCATION, HeaderValue::from_static("/features/1#votes"));
        for cookie in ["a=/; Path=/; HttpOnly", "b=2; path=/sign-in/outside; Max-Age=60", "c=3; Path=/"] {
            headers.append(header::SET_COOKIE, HeaderValue::from_static(cookie));
        }
        let mut root = headers.clone();
        Prefix::default().put_on(&mut root);
        assert_eq!(root, headers, "at the root nothing changes");
        carte().put_on(&mut headers);
        assert_eq!(headers["location"], "/carte/features/1#votes");
        let cookies: Vec<_> = headers.get_all("set-cookie").iter().map(|c| c.to_str().unwrap()).collect();
        let right = [
            "a.carte=/; Path=/carte; HttpOnly",
            "b.carte=2; Path=/carte/sign-in/outside; Max-Age=60",
            "c.carte=3; Path=/carte",
        ];
        assert_eq!(cookies, right);
        headers.insert(header::LOCATION, HeaderValue::from_static("https://other.example/"));
        carte().put_on(&mut headers);
        assert_eq!(headers["location"], "https://other.example/");
    }
}
