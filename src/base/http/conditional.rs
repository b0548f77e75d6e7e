//! Conditional requests (RFC 9110, 13.1.2): whoever has an answer already is told so, without it.
//!
//! What it is: the one place that reads `If-None-Match`, for every address whose answer has a tag (`ETag`), and what makes tags.
//! What it is not: a cache, nor ranges. Invariant: tags are compared weakly, a list is read to its end, `*` is anything; an
//! address needs only to set its tag.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// The tag of these bytes. Weak, because what compresses an answer on its way changes its bytes, not what it says.
pub fn weak_tag(bytes: &[u8]) -> HeaderValue {
    tag_of(&format!("{:016x}", xxhash_rust::xxh3::xxh3_64(bytes)))
}

/// A weak tag of a word of visible ASCII without quotes.
pub fn tag_of(word: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("W/\"{word}\"")).unwrap_or(HeaderValue::from_static("W/\"\""))
}

/// JSON that is asked for again and again: with its tag, kept but asked about each time.
pub fn tagged_json(value: &Value) -> Response {
    let text = value.to_string();
    let headers = [
        (header::ETAG, weak_tag(text.as_bytes())),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
    ];
    (headers, text).into_response()
}

/// Whether who asks has the answer with this tag.
pub fn is_known(request: &HeaderMap, tag: &HeaderValue) -> bool {
    let Ok(tag) = tag.to_str() else { return false };
    let lines = request.get_all(header::IF_NONE_MATCH).iter();
    lines.filter_map(|line| line.to_str().ok()).any(|line| names(line, tag))
}

/// Whether a list of tags, or `*`, names this one. The word of a tag may hold a comma.
fn names(list: &str, tag: &str) -> bool {
    let opaque = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"').to_owned();
    let wanted = opaque(tag);
    let mut rest = list.trim_start_matches([' ', '\t', ',']);
    if rest.trim_end() == "*" {
        return true;
    }
    while !rest.is_empty() {
        let Some(quoted) = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"') else { return false };
        let Some((word, after)) = quoted.split_once('"') else { return false };
        if word == wanted {
            return true;
        }
        rest = after.trim_start_matches([' ', '\t', ',']);
    }
    false
}

/// What a request asks for beside the thing: kept while its handler answers.
#[derive(Debug)]
pub(super) struct Condition(Option<HeaderMap>);

impl Condition {
    /// Of reads only: an act is never "not modified".
    pub(super) fn of(method: &Method, headers: &HeaderMap) -> Condition {
        let is_asked =
            headers.contains_key(header::IF_NONE_MATCH) && (method == Method::GET || method == Method::HEAD);
        Condition(is_asked.then(|| headers.clone()))
    }

    /// The answer, or that it is known.
    pub(super) fn answered(&self, response: Response) -> Response {
        let Some(request) = &self.0 else { return response };
        let known = response.headers().get(header::ETAG).is_some_and(|tag| is_known(request, tag));
        if !known || response.status() != StatusCode::OK {
            return response;
        }
        not_modified(response)
    }
}

/// That an answer is known: without its body, with what a cache needs to keep what it has.
pub fn not_modified(response: Response) -> Response {
    let (mut parts, _body) = response.into_parts();
    parts.status = StatusCode::NOT_MODIFIED;
    for name in
        [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::CONTENT_DISPOSITION]
    {
        parts.headers.remove(name);
    }
    Response::from_parts(parts, Body::empty())
}

/// Whether who asks unpacks this coding (RFC 9110, 12.5.3): named, or `*`, and not with the weight 0.
pub fn accepts_encoding(request: &HeaderMap, token: &str) -> bool {
    let lines = request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let mut anything = false;
    for part in lines.flat_map(|line| line.split(',')) {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let is_wanted = !weight.trim().strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0));
        if name.trim().eq_ignore_ascii_case(token) {
            return is_wanted;
        }
        anything |= name.trim() == "*" && is_wanted;
    }
    anything
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::IF_NONE_MATCH, HeaderValue::from_str(line).unwrap());
        }
        headers
    }

    #[test]
    fn a_tag_is_known_by_list_star_and_weakly() {
        let tag = HeaderValue::from_static("W/\"a,b\"");
        for known in [
            &["W/\"a,b\""][..],
            &["\"a,b\""],
            &["*"],
            &[" * "],
            &["\"x\", W/\"y\",\"a,b\""],
            &["\"x\"", "\"a,b\""],
            &[", ,\"a,b\" ,"],
        ] {
            assert!(is_known(&asked(known), &tag), "{known:?}");
        }
        for other in
            [&["\"a\""][..], &["a,b"], &["\"a", "b\""], &["W/"], &[""], &["\"*\""], &["\"x\" \"y\", *"]]
        {
            assert!(!is_known(&asked(other), &tag), "{other:?}");
        }
        assert!(is_known(&asked(&["W/\"s\""]), &HeaderValue::from_static("\"s\"")));
    }

    #[test]
    fn a_coding_is_taken_where_it_is_named_and_wanted() {
        let headers = |text: &str| {
            HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_str(text).unwrap())])
        };
        assert!(accepts_encoding(&headers("br, gzip;q=0.8"), "gzip"));
        assert!(accepts_encoding(&headers("*"), "gzip") && accepts_encoding(&headers("GZIP"), "gzip"));
        assert!(!accepts_encoding(&headers("gzip;q=0, *"), "gzip"));
        assert!(
            !accepts_encoding(&headers("xgzip, br"), "gzip") && !accepts_encoding(&HeaderMap::new(), "gzip")
        );
    }
}
