//! The short road of tiles: what is at hand is answered before anything that other requests go through, with the same headers.
//!
//! What it is: a service in front of the router. What it is not: another way to read the map. Whatever is not simply a tile (a preflight,
//! a search by words, an address that is wrong, an error) goes down the router's road and is answered there. Invariant: both roads give
//! the same answer; a test compares them.

use crate::base::http::{self, ContentPolicy, Prefix, Transport};
use crate::civic::accounts::Routes;
use crate::core::app::App;
use crate::modules::map::{self, EVERY_LAYER, SOME_LAYERS};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use futures_util::future::Either;
use metrics::Histogram;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::task::futures::TaskLocalFuture;
use tower::Service;
use tower::util::Oneshot;

/// Both roads.
#[derive(Clone)]
pub(super) struct Roads {
    short: Arc<Short>,
    prefix: Prefix,
    pub(super) router: Router,
}

struct Short {
    app: App,
    /// What every tile's answer has.
    standing: HeaderMap,
    /// By route and status.
    timings: OnceLock<[Timings; 2]>,
}

impl Roads {
    pub(super) fn new(app: App, policy: &ContentPolicy, transport: &Transport, router: Router) -> Roads {
        let mut standing = Routes::open_headers();
        http::standing_headers(&mut standing, policy, transport);
        let short = Arc::new(Short { app, standing, timings: OnceLock::new() });
        Roads { short, prefix: transport.prefix.clone(), router }
    }
}

#[cfg(test)]
impl Roads {
    pub(super) fn answers_at_once(&self, request: &Request) -> bool {
        self.short.answer(request).is_some()
    }
}

impl Short {
    fn answer(&self, request: &Request) -> Option<Response> {
        if *request.method() != Method::GET || !request.uri().path().starts_with("/tiles/") {
            return None;
        }
        let started = Instant::now();
        // What would end the connection is answered by the other road, which says what happened.
        let at_hand = || map::at_hand(&self.app, request.uri(), request.headers());
        let (route, mut response) = catch_unwind(AssertUnwindSafe(at_hand)).ok().flatten()?;
        let headers = response.headers_mut();
        headers.extend(self.standing.iter().map(|(name, value)| (name.clone(), value.clone())));
        self.time(route, &response, started);
        Some(response)
    }

    fn time(&self, route: &str, response: &Response, started: Instant) {
        let timings = self.timings.get_or_init(|| [EVERY_LAYER, SOME_LAYERS].map(Timings::of));
        let of_route = timings.iter().find(|timings| timings.route == route);
        let all = of_route.into_iter().flat_map(|timings| &timings.by_status);
        for (_, timing) in all.filter(|(status, _)| *status == response.status()) {
            timing.record(started.elapsed().as_secs_f64());
        }
    }
}

/// A route's histograms, found once and not for each request.
struct Timings {
    route: &'static str,
    /// By what a tile is answered with.
    by_status: [(StatusCode, Histogram); 3],
}

impl Timings {
    fn of(route: &'static str) -> Timings {
        let of_status = |status: StatusCode| {
            let word = status.as_u16().to_string();
            (status, metrics::histogram!("parvis_request_seconds", "route" => route, "status" => word))
        };
        let all = [StatusCode::OK, StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED];
        Timings { route, by_status: all.map(of_status) }
    }
}

impl Service<Request> for Roads {
    type Response = Response;
    type Error = Infallible;
    type Future =
        Either<Ready<Result<Response, Infallible>>, TaskLocalFuture<Prefix, Oneshot<Router, Request>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        self.prefix.strip(&mut request);
        match self.short.answer(&request) {
            Some(response) => Either::Left(ready(Ok(response))),
            None => {
                Either::Right(self.prefix.scope(tower::ServiceExt::oneshot(self.router.clone(), request)))
            }
        }
    }
}
