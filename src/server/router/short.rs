//! The short road: what is at hand is answered before anything that other requests go through, with the same headers.
//!
//! What it is: a service in front of the router, for tiles and for what is the [`same`](super::same) for everybody. What it is not: another
//! way to read the map. Whatever is not simply that (a preflight, a search by words, an address that is wrong, an error) goes down the
//! router's road and is answered there. Invariant: both roads give the same answer; a test compares them.

use super::same::{self, Place, Same};
use crate::base::http::{self, Prefix, Transport};
use crate::civic::accounts::Routes;
use crate::core::app::App;
use crate::modules::map::{self, EVERY_LAYER, SOME_LAYERS};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use futures_util::future::{BoxFuture, Either};
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
pub(crate) struct Roads {
    short: Arc<Short>,
    prefix: Prefix,
    pub(super) router: Router,
}

struct Short {
    app: App,
    /// What every tile's answer has.
    standing: HeaderMap,
    same: Same,
    /// By route and status.
    timings: OnceLock<[Timings; 5]>,
}

impl Roads {
    pub(super) fn new(app: App, transport: &Transport, router: Router) -> Roads {
        let mut standing = Routes::open_headers();
        http::standing_headers(&mut standing, transport);
        let short = Arc::new(Short { app, standing, same: Same::new(), timings: OnceLock::new() });
        Roads { short, prefix: transport.prefix.clone(), router }
    }

    /// The answer of one road or the other; `prepare` is what only the long one needs of a request.
    pub(crate) fn take(&self, mut request: Request, prepare: impl FnOnce(&mut Request)) -> Answer {
        self.prefix.strip(&mut request);
        let place = match self.short.answer(&request) {
            Ok(response) => return Either::Left(ready(Ok(response))),
            Err(place) => place,
        };
        prepare(&mut request);
        let long = self.prefix.scope(tower::ServiceExt::oneshot(self.router.clone(), request));
        let Some(place) = place else { return Either::Right(Either::Left(long)) };
        let short = Arc::clone(&self.short);
        Either::Right(Either::Right(Box::pin(async move {
            let Ok(response) = long.await;
            Ok(short.same.keep(place, response).await)
        })))
    }
}

/// An answer that is there, that is waited for, or that is kept once it is there.
type Answer = Either<
    Ready<Result<Response, Infallible>>,
    Either<
        TaskLocalFuture<Prefix, Oneshot<Router, Request>>,
        BoxFuture<'static, Result<Response, Infallible>>,
    >,
>;

#[cfg(test)]
impl Roads {
    /// What the router answers by itself.
    pub(super) async fn long(&self, mut request: Request) -> Response {
        self.prefix.strip(&mut request);
        let Ok(response) = self.prefix.scope(tower::ServiceExt::oneshot(self.router.clone(), request)).await;
        response
    }

    pub(super) fn answers_at_once(&self, request: &Request) -> bool {
        self.short.answer(request).is_ok()
    }
}

impl Short {
    /// The answer; or where the router's is to be kept, if it may be.
    fn answer(&self, request: &Request) -> Result<Response, Option<Place>> {
        let started = Instant::now();
        let (route, response) = if request.uri().path().starts_with("/tiles/") {
            self.tile(request).ok_or(None)?
        } else {
            self.same.find(&self.app, request)?
        };
        self.time(route, &response, started);
        Ok(response)
    }

    fn tile(&self, request: &Request) -> Option<(&'static str, Response)> {
        if *request.method() != Method::GET {
            return None;
        }
        // What would end the connection is answered by the other road, which says what happened.
        let at_hand = || map::at_hand(&self.app, request.uri(), request.headers(), &self.standing);
        catch_unwind(AssertUnwindSafe(at_hand)).ok().flatten()
    }

    fn time(&self, route: &str, response: &Response, started: Instant) {
        let timings = self.timings.get_or_init(|| {
            [EVERY_LAYER, SOME_LAYERS, same::ASSETS, same::TILEJSON, same::HEALTH].map(Timings::of)
        });
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
    /// By what the short road answers with.
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
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Answer {
        self.take(request, |_| {})
    }
}
