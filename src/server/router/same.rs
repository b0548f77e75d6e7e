//! What is the same for everybody: an answer of the router's road, kept as it left it and given again to whoever asks the same.
//!
//! What it is: the short road of assets, of the TileJSON without a filter and of `/healthz`. What it is not: an answer of its own; only the
//! router makes one, with every header. Invariant: nothing is kept but a plain 200 without a cookie, under all that it depends on: the
//! address, the codings that are taken, and for the TileJSON the host and the state of the map.

use crate::base::error::Error;
use crate::base::http;
use crate::core::app::App;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};
use std::sync::Arc;

/// Every asset in two codings is a third of it.
const ROOM: u64 = 16 << 20;

/// The kept answers.
pub(super) struct Same(Cache<Key, Arc<Answer>, Weight>);

/// What an answer depends on, as it is asked for.
#[derive(Hash)]
pub(super) struct Asked<'a> {
    path: &'a str,
    codings: &'a [u8],
    host: &'a [u8],
}

#[derive(Hash, PartialEq, Eq, Clone, Debug)]
pub(super) struct Key {
    path: Box<str>,
    codings: Box<[u8]>,
    host: Box<[u8]>,
}

struct Answer {
    route: &'static str,
    state: u64,
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Arc<Answer>> for Weight {
    fn weight(&self, key: &Key, answer: &Arc<Answer>) -> u64 {
        (key.path.len() + key.codings.len() + key.host.len() + answer.body.len() + 4_096) as u64
    }
}

impl Equivalent<Key> for Asked<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        *self.path == *key.path && *self.codings == *key.codings && *self.host == *key.host
    }
}

impl From<Asked<'_>> for Key {
    fn from(asked: Asked<'_>) -> Key {
        Key { path: asked.path.into(), codings: asked.codings.into(), host: asked.host.into() }
    }
}

/// Where an answer is to be kept.
pub(super) struct Place {
    key: Key,
    route: &'static str,
    state: u64,
}

/// The routes of what is kept.
pub(super) const ASSETS: &str = "/assets/{*name}";
/// See [`ASSETS`].
pub(super) const HEALTH: &str = "/healthz";
/// See [`ASSETS`].
pub(super) const TILEJSON: &str = "/tiles.json";

/// What is asked for, by its route and the state of the map that it shows; `None` where the answer may be somebody's own.
fn asked<'a, B>(app: &App, request: &'a Request<B>) -> Option<(&'static str, u64, Asked<'a>)> {
    let (uri, headers) = (request.uri(), request.headers());
    let path = uri.path();
    let route = match path {
        HEALTH => HEALTH,
        TILEJSON => TILEJSON,
        _ if path.starts_with("/assets/") => ASSETS,
        _ => return None,
    };
    let mut codings = headers.get_all(header::ACCEPT_ENCODING).iter();
    let first = codings.next().map_or(&b""[..], |line| line.as_bytes());
    if *request.method() != Method::GET || uri.query().is_some() || codings.next().is_some() {
        return None;
    }
    let (mut state, mut host) = (0, &b""[..]);
    if route == TILEJSON {
        // The state first, the answer after: what is kept can be newer than it says, never older.
        state = app.atlas.state();
        if app.config.public_url.is_empty() {
            if ["x-forwarded-proto", "x-forwarded-host"].iter().any(|name| headers.contains_key(*name)) {
                return None;
            }
            host = headers.get(header::HOST).map_or(host, |host| host.as_bytes());
        }
    }
    Some((route, state, Asked { path, codings: first, host }))
}

impl Same {
    pub(super) fn new() -> Same {
        // Few enough that the largest asset fits a part of it, however many processors share it out.
        Same(Cache::with_weighter(64, ROOM, Weight))
    }

    /// The kept answer and its route; or where the router's is to be kept, if it may be.
    pub(super) fn find<B>(
        &self,
        app: &App,
        request: &Request<B>,
    ) -> Result<(&'static str, Response), Option<Place>> {
        let Some((route, state, asked)) = asked(app, request) else { return Err(None) };
        match self.0.get(&asked).filter(|answer| answer.state >= state) {
            Some(answer) => Ok((answer.route, answer.told(request.headers()))),
            None => Err(Some(Place { key: asked.into(), route, state })),
        }
    }

    /// Keeps what the router answered, where it is the same for everybody.
    pub(super) async fn keep(&self, place: Place, response: Response) -> Response {
        if response.status() != StatusCode::OK || response.headers().contains_key(header::SET_COOKIE) {
            return response;
        }
        let (parts, body) = response.into_parts();
        // Whole bytes of ours, packed at most: nothing that is waited for, or breaks off.
        let body = match axum::body::to_bytes(body, usize::MAX).await {
            Ok(body) => body,
            Err(error) => return Error::Internal(format!("an answer that is kept: {error}")).into_response(),
        };
        let Place { key, route, state } = place;
        let answer = Answer { route, state, headers: parts.headers.clone(), body: body.clone() };
        self.0.insert(key, Arc::new(answer));
        Response::from_parts(parts, Body::from(body))
    }
}

impl Answer {
    fn told(&self, request: &HeaderMap) -> Response {
        let mut response = Response::new(Body::empty());
        *response.headers_mut() = self.headers.clone();
        let tag = self.headers.get(header::ETAG).filter(|_| request.contains_key(header::IF_NONE_MATCH));
        if tag.is_some_and(|tag| http::is_known(request, tag)) {
            return http::not_modified(response);
        }
        *response.body_mut() = Body::from(self.body.clone());
        response
    }
}
