//! Every address of the server, with who may use it. A module declares its routes; what asks for a role is kept shut here, before
//! the handler, and the same declarations make the table in `docs/ROUTES.md` and the test that tries each route as each role.
//!
//! What it is not: whose thing it is and where. A role may hold in one process or area only, and an author changes their own ideas
//! only: the handler asks that, with the thing in its hand.

use super::actor::Actor;
use super::bursts::Bursts;
use super::desk::Beside;
use super::guard::{Guard, House, guarded, searched};
use super::limits::{Limit, Limits};
use super::model::Role;
use super::searches::Searches;
use crate::base::clock::Timestamp;
use crate::base::db::Answer;
use crate::base::error::Result;
use crate::base::http::{self, Proxies};
use crate::base::i18n::{Lang, Message};
use crate::civic::contributions::bursts::Sort;
use crate::core::app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware;
use axum::routing::{self, MethodRouter};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::{Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;

/// The largest body of an act that brings no files, in bytes.
pub const BODY: usize = http::TEXTS;

/// What scripts of other sites may read of an answer's headers.
const EXPOSED: [HeaderName; 4] =
    [header::ETAG, header::LINK, header::CONTENT_DISPOSITION, header::RETRY_AFTER];

/// Search engines may read what is open to other sites, and do not list it.
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
const NO_PAGE: HeaderValue = HeaderValue::from_static("noindex");

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Everyone,
    /// Everybody may knock; it opens to the author of the thing, or who holds the link to it.
    Owner,
    /// Programs of others that bring a key (`civic/keys`), whoever's cookie comes with it: its handler asks for the key.
    Key,
    /// Who is signed in, for what is their own.
    SignedIn,
    /// Who has any role, anywhere.
    AnyHolder,
    /// Who has this role, or one that covers it, there.
    Holder(Role),
    /// Who has this role, or one that covers it, everywhere: what it opens belongs to no process or area.
    Everywhere(Role),
}

/// Something that waits at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The page that lists exactly these.
    pub path: String,
    /// What it is, in words.
    pub label: Message,
    /// The same for who reads English, where it names something that is called otherwise there.
    pub english: Option<Message>,
    /// How many there are where this person acts.
    pub count: i64,
    /// How it presses.
    pub haste: Haste,
    /// Since when the one that has waited longest waits; of what comes [`Haste::Soon`], when it does.
    pub since: Option<Timestamp>,
    /// By how many days the one that is latest is late.
    pub late: Option<i64>,
}

/// How something at the desk presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Haste {
    /// What was promised by now. It is counted among what waits, too.
    Late,
    /// Somebody waits for it.
    Waits,
    /// It can be looked at; nobody waits for it.
    Look,
    /// It comes by itself.
    Soon,
}

impl Waiting {
    /// Something that somebody waits for.
    pub fn new(path: impl Into<String>, label: Message, count: i64) -> Waiting {
        let path = path.into();
        Waiting { path, label, english: None, count, haste: Haste::Waits, since: None, late: None }
    }

    /// What it is, as a reader is told it.
    pub fn said(&self, lang: impl std::borrow::Borrow<Lang>) -> String {
        let lang = *lang.borrow();
        lang.say(self.english.as_ref().filter(|_| lang == Lang::En).unwrap_or(&self.label))
    }
}

/// What waits behind a route for who acts, counted where they act.
pub type Waits = for<'a> fn(&'a App, &'a Actor) -> Answer<'a, Vec<Waiting>>;

/// What makes of a list's query string the one that says the same in parameters that the list knows; nothing where there are none.
pub type Reads = fn(&App, Option<&str>) -> String;

/// One address and method.
#[derive(Debug, Clone)]
pub struct Route {
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
    /// Of what many uses by one connection are told to moderators.
    pub bursts: Option<Sort>,
    /// The largest body of a form without files, in bytes.
    most: usize,
    /// Whether it takes files.
    pub brings_files: bool,
    /// Whether scripts of other sites may read it.
    pub is_open_to_other_sites: bool,
    /// What the desk's first page says of it.
    pub waits: Option<Waits>,
    /// How its query is read, where people may keep it under a name.
    pub reads: Option<Reads>,
    handler: MethodRouter<App>,
}

/// A module's routes.
#[derive(Debug, Clone, Default)]
pub struct Routes(Vec<Route>);

impl Routes {
    /// None yet.
    pub fn new() -> Routes {
        Routes::default()
    }

    /// A page or a read.
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.with(Method::GET, path, access, routing::get(handler))
    }

    /// An act.
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.with(Method::POST, path, access, routing::post(handler))
    }

    /// An act that brings files: at most `most` bytes. Without files it is a form like any other.
    pub fn post_files<H, T>(self, path: &'static str, access: Access, most: usize, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let handler = routing::post(handler).layer(DefaultBodyLimit::max(most));
        let mut routes = self.with(Method::POST, path, access, handler);
        if let Some(route) = routes.0.last_mut() {
            route.brings_files = true;
        }
        routes
    }

    /// An act whose texts are long: at most `most` bytes, which are in memory.
    pub fn post_long<H, T>(self, path: &'static str, access: Access, most: usize, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let handler = routing::post(handler).layer(DefaultBodyLimit::max(most));
        let mut routes = self.with(Method::POST, path, access, handler);
        if let Some(route) = routes.0.last_mut() {
            route.most = most;
        }
        routes
    }

    /// A removal, for scripts.
    pub fn delete<H, T>(self, path: &'static str, access: Access, handler: H) -> Routes
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
    ) -> Routes {
        // What only reads is bounded by what it may ask for.
        let limit = (method != Method::GET).then_some(Limit::ACT);
        self.0.push(Route {
            method,
            path,
            access,
            limit,
            creates: false,
            bursts: None,
            most: BODY,
            brings_files: false,
            is_open_to_other_sites: false,
            waits: None,
            reads: None,
            handler,
        });
        self
    }

    /// Says with what the uses of the route that was named last are counted: by default, with all other acts.
    pub fn limited(mut self, limit: Limit) -> Routes {
        if let Some(route) = self.0.last_mut() {
            route.limit = Some(limit);
        }
        self
    }

    /// Says that moderators are told where many of one connection use the route that was named last: voices on the contribution whose
    /// number is the second part of the path, or contributions, to which the answer leads.
    pub fn bursts(mut self, of: Sort) -> Routes {
        if let Some(route) = self.0.last_mut() {
            route.bursts = Some(of);
        }
        self
    }

    /// Says what waits behind the route that was named last, for the desk's first page.
    pub fn waits(mut self, waits: Waits) -> Routes {
        if let Some(route) = self.0.last_mut() {
            route.waits = Some(waits);
        }
        self
    }

    /// Says that what is looked at in the list that was named last can be kept under a name, and how its query is read.
    pub fn kept_by(mut self, reads: Reads) -> Routes {
        if let Some(route) = self.0.last_mut() {
            route.reads = Some(reads);
        }
        self
    }

    /// Says that each use of the route that was named last makes something new. The same form sent again is answered like the first time,
    /// as long as its key is remembered; other acts for half a minute, as they may be meant again.
    pub fn creates(mut self) -> Routes {
        if let Some(route) = self.0.last_mut() {
            route.creates = true;
        }
        self
    }

    /// These and others.
    pub fn and(mut self, others: Routes) -> Routes {
        self.0.extend(others.0);
        self
    }

    /// The headers of an answer that scripts of any site may read, as [`Routes::open_to_other_sites`] sets them.
    pub fn open_headers() -> HeaderMap {
        let exposed = HeaderValue::from_str(&EXPOSED.each_ref().map(HeaderName::as_str).join(","));
        let given = [
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
            (header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed.unwrap_or(HeaderValue::from_static(""))),
            (ROBOTS, NO_PAGE),
        ];
        given.into_iter().collect()
    }

    /// Opens these routes to the scripts of any site, none with a visitor's cookie: what is for everybody's maps and programs. They are
    /// no pages, so that search engines may read them and do not list them.
    pub fn open_to_other_sites(mut self) -> Routes {
        let open = CorsLayer::new()
            .allow_origin(Any)
            .allow_methods([Method::GET, Method::HEAD])
            .allow_headers(Any)
            .max_age(Duration::from_secs(86_400))
            .expose_headers(EXPOSED);
        let no_page = SetResponseHeaderLayer::overriding(ROBOTS, NO_PAGE);
        for route in &mut self.0 {
            route.is_open_to_other_sites = true;
            route.handler = std::mem::take(&mut route.handler)
                .layer::<_, Infallible>(open.clone())
                .layer::<_, Infallible>(no_page.clone());
        }
        self
    }

    /// Each route.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.0.iter()
    }

    /// The routes, with a guard before each route that asks for more than to be there, or that counts.
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
            beside: Beside::of(&self.0),
        });
        Ok(self.0.into_iter().fold(Router::new(), |router, route| {
            let Route { method, path, access, limit, creates, bursts, most, handler, .. } = route;
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
                let guard = Guard { house: Arc::clone(&house), access, limit, creates, bursts, most };
                handler.layer(middleware::from_fn_with_state(guard, guarded))
            };
            router.route(path, handler)
        }))
    }
}
