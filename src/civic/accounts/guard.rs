//! What stands before a route: counts what is done, lets in who may, does a form with a one-time key once, and keeps what only one
//! person may read out of every cache.
//!
//! What it is not: the declarations ([`super::routes`]), which say what is asked for.

use super::actor::{Acting, Actor};
use super::bursts::{self, Bursts};
use super::counter::Counter;
use super::desk;
use super::desk::Beside;
use super::limits::{Limit, Limits};
use super::routes::Access;
use super::searches::{self, Searches};
use super::sent;
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::http::{Proxies, Reader, SiteName};
use crate::base::i18n::Message;
use crate::base::once::{self, Asked, Claim, Given, VisitorToBe};
use crate::civic::contributions::bursts::Sort;
use crate::core::app::App;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// What every guard needs.
pub(super) struct House {
    pub(super) app: App,
    pub(super) keys: once::Keys,
    pub(super) limits: Limits,
    pub(super) bursts: Bursts,
    pub(super) searches: Searches,
    pub(super) proxies: Proxies,
    pub(super) beside: Beside,
}

/// The guard of one route.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) house: Arc<House>,
    pub(super) access: Access,
    pub(super) limit: Option<Limit>,
    pub(super) creates: bool,
    pub(super) bursts: Option<Sort>,
    pub(super) most: usize,
}

/// Lets in who may, and leads a reader who is not signed in to where they can be.
pub(super) async fn guarded(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = wants_page(&parts).then(|| parts.uri.to_string());
    let (body, typed) = match sent::keep(&parts, guard.limit, body).await {
        Ok(kept) => kept,
        Err(error) => return error.into_response(),
    };
    let voted = bursts::of_request(&guard, &parts);
    let is_read = parts.method == Method::GET;
    let mut response = match guard.admit(&mut parts, body).await {
        Ok((body, given)) => {
            let asked = desk::asked(&parts, guard.access);
            let act = guard.answered(parts, body, given, next);
            guard.house.beside.with(&guard.house.app, asked, act).await
        }
        Err(error) => error.into_response(),
    };
    if let Some(voted) = voted {
        bursts::watch(&guard, &voted, &response);
    }
    if is_read && !matches!(guard.access, Access::Everyone | Access::Owner) {
        keep_nowhere(&mut response);
    }
    // Whatever refuses an act, what was typed comes back with the page that says so.
    if let (Some(typed), Some(_)) = (typed, response.extensions().get::<Error>()) {
        response.extensions_mut().insert(typed);
    }
    // Also where the handler, with the thing in its hand, asks for more than its route.
    let error = response.extensions().get::<Error>();
    match path.zip(error.and_then(Error::way_in)) {
        Some((path, way)) => {
            let to: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
            Redirect::to(&format!("{way}?to={to}")).into_response()
        }
        None => response,
    }
}

/// What only who is signed in may read is kept nowhere: the next person at the same computer goes back to nothing. A page with a form
/// is kept by its reader's browser, so that what was typed is there when they go back; it is dropped when they sign out.
fn keep_nowhere(response: &mut Response) {
    if !once::has_key() {
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
}

/// Counts a search by words, through whatever route, unless its words were looked for just now: a page's twenty tiles are one search.
pub(super) async fn searched(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let Some(words) = searches::words(request.uri().query()) else { return next.run(request).await };
    if !house.searches.is_new(&words) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    match house.count_search(&mut parts).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(error) => error.into_response(),
    }
}

impl House {
    async fn count_search(&self, parts: &mut Parts) -> Result<()> {
        if let Some(address) = self.proxies.client_of_parts(parts) {
            self.limits.count_address(Limit::SEARCH, address, clock::now())?;
        }
        let actor = Actor::from_request_parts(parts, &self.app).await?;
        if let Some(person) = actor.visitor {
            self.limits.count_person(Limit::SEARCH, person)?;
        }
        parts.extensions.insert(actor);
        Ok(())
    }
}

fn wants_page(parts: &Parts) -> bool {
    let accept = parts.headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    parts.method == Method::GET && accept.contains("text/html")
}

impl Guard {
    /// Refuses who may not; gives the body, and the one-time key that came with it.
    async fn admit(&self, parts: &mut Parts, body: Body) -> Result<(Body, Option<Given>)> {
        let House { app, keys, limits, proxies, .. } = &*self.house;
        let address = proxies.client_of_parts(parts);
        // The address first: a flood is not looked up in the database.
        if let (Some(limit), Some(address)) = (self.limit, address) {
            limits.count_address(limit, address, clock::now())?;
        }
        if parts.method == Method::POST {
            parts.extensions.insert(Counter { house: Arc::clone(&self.house), address });
        }
        let actor = Actor::from_request_parts(parts, app).await?;
        self.access.admit(&actor)?;
        let (given, body) = match self.limit {
            Some(limit) if parts.method == Method::POST => {
                once::read(keys, limit.word(), parts, body, self.most).await?
            }
            _ => (None, body),
        };
        let to_be = given.as_ref().and_then(|given| given.visitor);
        if let (Some(limit), Some(person)) = (self.limit, actor.visitor.or(to_be)) {
            limits.count_person(limit, person)?;
        }
        if let Some(visitor) = to_be {
            parts.extensions.insert(VisitorToBe(visitor));
        }
        // The handler's extractors find who acts here, and need not ask again.
        parts.extensions.insert(actor);
        Ok((body, given))
    }

    /// What the handler answers, once where the form has a key.
    async fn answered(&self, parts: Parts, body: Body, given: Option<Given>, next: Next) -> Response {
        match given {
            None => next.run(Request::from_parts(parts, body)).await,
            Some(given) => self.once(parts, body, given, next).await.unwrap_or_else(Error::into_response),
        }
    }

    /// Does what a form with a key asks, or answers it like the first time.
    async fn once(&self, mut parts: Parts, body: Body, given: Given, next: Next) -> Result<Response> {
        let app = &self.house.app;
        let Acting { actor, cookies, .. } = Acting::from_request_parts(&mut parts, app).await?;
        let Ok(reader) = reader(&mut parts).await;
        let claim = Claim::new(&given, parts.uri.path(), actor.visitor, self.creates);
        let site = parts.extensions.get::<SiteName>().cloned();
        let class = self.limit.map_or("", Limit::word);
        let asked = Asked::new(reader, site, parts.uri.to_string(), class, &given);
        let act = next.run(Request::from_parts(parts, body));
        Ok(match once::done_once(&app.db, asked, claim, act).await? {
            // Who was answered first may not have got their cookie.
            (response, true) if self.is_a_visitors() => (cookies, response).into_response(),
            (response, _) => response,
        })
    }

    /// Whether who acts here becomes a visitor with a cookie.
    fn is_a_visitors(&self) -> bool {
        self.limit.is_some_and(|limit| limit.0.makes_visitors)
    }
}

async fn reader(parts: &mut Parts) -> Result<Reader, std::convert::Infallible> {
    Reader::from_request_parts(parts, &()).await
}

impl Access {
    fn admit(self, actor: &Actor) -> Result<()> {
        match self {
            Access::Everyone | Access::Owner | Access::Key => Ok(()),
            Access::SignedIn => actor.signed_in().map(|_| ()),
            Access::AnyHolder => admit_holder(actor, !actor.grants.is_empty()),
            Access::Holder(role) => admit_holder(actor, actor.has(role)),
            Access::Everywhere(role) => admit_holder(actor, actor.has_everywhere(role)),
        }
    }

    /// Whether somebody is shown the way to what it opens, second factor aside.
    pub(super) fn lets(self, actor: &Actor) -> bool {
        match self {
            Access::Everyone | Access::Owner | Access::Key => true,
            Access::SignedIn => actor.account.is_some(),
            Access::AnyHolder => !actor.grants.is_empty(),
            Access::Holder(role) => actor.has(role),
            Access::Everywhere(role) => actor.has_everywhere(role),
        }
    }
}

fn admit_holder(actor: &Actor, holds: bool) -> Result<()> {
    actor.signed_in()?;
    if !holds {
        Err(Error::Forbidden(Message::new("error-role")))
    } else if !actor.is_strong {
        Err(Error::Forbidden(Message::new("error-second-factor")))
    } else {
        Ok(())
    }
}
