//! Every address of the server, with who may use it. A module declares its doors; what asks for a role is kept shut here, before
//! the handler, and the same declarations make the table in `docs/ROUTES.md` and the test that tries each door as each role.
//!
//! What it is not: whose thing it is and where. A role may hold in one process or area only, and an author changes their own ideas
//! only: the handler asks that, with the thing in its hand.

use super::actor::{Acting, Actor};
use super::bursts::{self, Bursts};
use super::limits::{Limit, Limits};
use super::model::Role;
use super::searches::{self, Searches};
use super::sent;
use crate::app::App;
use crate::clock;
use crate::db::Answer;
use crate::error::{Error, Result};
use crate::http::{Proxies, Reader, SiteName};
use crate::i18n::Message;
use crate::once::{self, Asked, Claim, Given, VisitorToBe};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request, State};
use axum::handler::Handler;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{self, MethodRouter};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::{Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;

/// The largest body of an act that brings no files, in bytes.
pub const BODY: usize = 256 * 1024;

/// Who may use a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Everyone,
    /// Everybody may knock; it opens to the author of the thing, or who holds the link to it.
    Owner,
    /// Who is signed in, for what is their own.
    SignedIn,
    /// Who has any role, anywhere.
    AnyHolder,
    /// Who has this role, or one that covers it, there.
    Holder(Role),
}

/// Something that waits at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The page that lists it.
    pub path: String,
    /// What it is, in words.
    pub label: Message,
    /// How many there are where this person acts.
    pub count: i64,
}

/// What waits behind a door for who acts, counted where they act.
pub type Waits = for<'a> fn(&'a App, &'a Actor) -> Answer<'a, Vec<Waiting>>;

/// What waits behind each door that says so: its path, the role that it asks for, and the counting.
#[derive(Debug, Clone)]
pub(super) struct AllWaits(pub(super) Arc<[(&'static str, Waits)]>);

/// One address and method.
#[derive(Debug, Clone)]
pub struct Door {
    /// The method.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// With what its uses are counted, if they are.
    pub limit: Option<Limit>,
    /// Whether each use makes something new, so that a form's key is good for one content only.
    pub creates: bool,
    /// The largest body, in bytes.
    most: usize,
    /// Whether scripts of other sites may read it.
    pub is_open_to_other_sites: bool,
    /// What the desk's first page says of it.
    pub waits: Option<Waits>,
    handler: MethodRouter<App>,
}

/// A module's doors.
#[derive(Debug, Clone, Default)]
pub struct Doors(Vec<Door>);

impl Doors {
    /// None yet.
    pub fn new() -> Doors {
        Doors::default()
    }

    /// A page or a read.
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Doors
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.with(Method::GET, path, access, routing::get(handler))
    }

    /// An act.
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Doors
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.with(Method::POST, path, access, routing::post(handler))
    }

    /// An act that brings files: at most `most` bytes.
    pub fn post_files<H, T>(self, path: &'static str, access: Access, most: usize, handler: H) -> Doors
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let handler = routing::post(handler).layer(DefaultBodyLimit::max(most));
        let mut doors = self.with(Method::POST, path, access, handler);
        if let Some(door) = doors.0.last_mut() {
            door.most = most;
        }
        doors
    }

    /// A removal, for scripts.
    pub fn delete<H, T>(self, path: &'static str, access: Access, handler: H) -> Doors
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.with(Method::DELETE, path, access, routing::delete(handler))
    }

    fn with(
        mut self,
        method: Method,
        path: &'static str,
        access: Access,
        handler: MethodRouter<App>,
    ) -> Doors {
        // What only reads is bounded by what it may ask for.
        let limit = (method != Method::GET).then_some(Limit::Act);
        self.0.push(Door {
            method,
            path,
            access,
            limit,
            creates: false,
            most: BODY,
            is_open_to_other_sites: false,
            waits: None,
            handler,
        });
        self
    }

    /// Says with what the uses of the door that was named last are counted: by default, with all other acts.
    pub fn limited(mut self, limit: Limit) -> Doors {
        if let Some(door) = self.0.last_mut() {
            door.limit = Some(limit);
        }
        self
    }

    /// Says what waits behind the door that was named last, for the desk's first page.
    pub fn waits(mut self, waits: Waits) -> Doors {
        if let Some(door) = self.0.last_mut() {
            door.waits = Some(waits);
        }
        self
    }

    /// Says that each use of the door that was named last makes something new. The same form sent again is answered like the first time,
    /// as long as its key is remembered; other acts for half a minute, as they may be meant again.
    pub fn creates(mut self) -> Doors {
        if let Some(door) = self.0.last_mut() {
            door.creates = true;
        }
        self
    }

    /// These and others.
    pub fn and(mut self, others: Doors) -> Doors {
        self.0.extend(others.0);
        self
    }

    /// Opens these doors to the scripts of any site, none with a visitor's cookie: what is for everybody's maps and programs. They are
    /// no pages, so that search engines may read them and do not list them.
    pub fn open_to_other_sites(mut self) -> Doors {
        let open = CorsLayer::new()
            .allow_origin(Any)
            .allow_methods([Method::GET, Method::HEAD])
            .allow_headers(Any)
            .max_age(Duration::from_secs(86_400))
            .expose_headers([header::ETAG, header::LINK, header::CONTENT_DISPOSITION, header::RETRY_AFTER]);
        let no_page = HeaderValue::from_static("noindex");
        let no_page = SetResponseHeaderLayer::overriding(HeaderName::from_static("x-robots-tag"), no_page);
        for door in &mut self.0 {
            door.is_open_to_other_sites = true;
            door.handler = std::mem::take(&mut door.handler)
                .layer::<_, Infallible>(open.clone())
                .layer::<_, Infallible>(no_page.clone());
        }
        self
    }

    /// Each door.
    pub fn iter(&self) -> impl Iterator<Item = &Door> {
        self.0.iter()
    }

    /// The routes, with a guard before each door that asks for more than to be there, or that counts.
    ///
    /// # Errors
    /// [`Error::Config`] where a setting that the guard needs cannot be read.
    pub fn into_router(self, app: &App) -> Result<Router<App>> {
        let config = &app.config;
        let house = Arc::new(House {
            app: app.clone(),
            keys: app.once_keys(),
            limits: Limits::read(&config.limits)?,
            bursts: Bursts::default(),
            searches: Searches::default(),
            proxies: Proxies::read(&config.trusted_proxies, &config.forwarded_header)?,
            waits: AllWaits(self.0.iter().filter_map(|door| Some((door.path, door.waits?))).collect()),
        });
        Ok(self.0.into_iter().fold(Router::new(), |router, door| {
            let Door { method, path, access, limit, creates, most, handler, .. } = door;
            // Whatever looks for words asks the database for texts, and is counted.
            let handler = if method == Method::GET && limit.is_none() {
                let house = Arc::clone(&house);
                handler.layer(middleware::from_fn_with_state(house, searched))
            } else {
                handler
            };
            let is_open = matches!(access, Access::Everyone | Access::Owner) && limit.is_none();
            let handler = if is_open {
                handler
            } else {
                let guard = Guard { house: Arc::clone(&house), access, limit, creates, most };
                handler.layer(middleware::from_fn_with_state(guard, guarded))
            };
            router.route(path, handler)
        }))
    }
}

/// What every guard needs.
pub(super) struct House {
    pub(super) app: App,
    keys: once::Keys,
    pub(super) limits: Limits,
    pub(super) bursts: Bursts,
    searches: Searches,
    pub(super) proxies: Proxies,
    waits: AllWaits,
}

/// The guard of one door.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) house: Arc<House>,
    access: Access,
    pub(super) limit: Option<Limit>,
    creates: bool,
    most: usize,
}

/// Lets in who may, and leads a reader who is not signed in to where they can be.
async fn guarded(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = wants_page(&parts).then(|| parts.uri.to_string());
    let (body, typed) = match sent::keep(&parts, guard.limit, body).await {
        Ok(kept) => kept,
        Err(error) => return error.into_response(),
    };
    let voted = bursts::of_request(&guard, &parts);
    let is_read = parts.method == Method::GET;
    let mut response = match guard.admit(&mut parts, body).await {
        Ok((body, None)) => next.run(Request::from_parts(parts, body)).await,
        Ok((body, Some(given))) => {
            guard.once(parts, body, given, next).await.unwrap_or_else(Error::into_response)
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
    // Also where the handler, with the thing in its hand, asks for more than its door.
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

/// Counts a search by words, through whatever door, unless its words were looked for just now: a page's twenty tiles are one search.
async fn searched(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
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
            self.limits.count_address(Limit::Search, address, clock::now())?;
        }
        let actor = Actor::from_request_parts(parts, &self.app).await?;
        if let Some(person) = actor.visitor {
            self.limits.count_person(Limit::Search, person)?;
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
        let House { app, keys, limits, proxies, waits, .. } = &*self.house;
        // The address first: a flood is not looked up in the database.
        if let (Some(limit), Some(address)) = (self.limit, proxies.client_of_parts(parts)) {
            limits.count_address(limit, address, clock::now())?;
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
        if self.access == Access::AnyHolder {
            parts.extensions.insert(waits.clone());
        }
        Ok((body, given))
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
        let kinds = [Limit::Propose, Limit::Argue, Limit::Vote, Limit::Flag, Limit::Photo];
        self.limit.is_some_and(|limit| kinds.contains(&limit))
    }
}

async fn reader(parts: &mut Parts) -> Result<Reader, std::convert::Infallible> {
    Reader::from_request_parts(parts, &()).await
}

impl Access {
    fn admit(self, actor: &Actor) -> Result<()> {
        match self {
            Access::Everyone | Access::Owner => Ok(()),
            Access::SignedIn => actor.signed_in().map(|_| ()),
            Access::AnyHolder => admit_holder(actor, !actor.grants.is_empty()),
            Access::Holder(role) => admit_holder(actor, actor.has(role)),
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
