//! Every address of the server, with who may use it. A module declares its doors; what asks for a role is kept shut here, before
//! the handler, and the same declarations make the table in `docs/ROUTES.md` and the test that tries each door as each role.
//!
//! What it is not: whose thing it is and where. A role may hold in one process or area only, and an author changes their own ideas
//! only: the handler asks that, with the thing in its hand.

use super::actor::Actor;
use super::model::Role;
use crate::app::App;
use crate::error::{Error, Result};
use crate::i18n::Message;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{self, MethodRouter};

/// Who may use a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Everyone,
    /// Everybody may knock; it opens to the author of the thing, or who holds the link to it.
    Owner,
    /// Who is signed in, for what is their own.
    SignedIn,
    /// Who has this role, or one that covers it, there.
    Holder(Role),
}

/// One address and method.
#[derive(Debug, Clone)]
pub struct Door {
    /// The method.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
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
        self.with(Method::POST, path, access, routing::post(handler).layer(DefaultBodyLimit::max(most)))
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
        self.0.push(Door { method, path, access, handler });
        self
    }

    /// These and others.
    pub fn and(mut self, others: Doors) -> Doors {
        self.0.extend(others.0);
        self
    }

    /// The same doors with something laid over each.
    pub fn each(mut self, lay: impl Fn(MethodRouter<App>) -> MethodRouter<App>) -> Doors {
        for door in &mut self.0 {
            door.handler = lay(std::mem::take(&mut door.handler));
        }
        self
    }

    /// Each door.
    pub fn iter(&self) -> impl Iterator<Item = &Door> {
        self.0.iter()
    }

    /// The routes, with a guard before each door that asks for more than to be there.
    pub fn into_router(self, app: &App) -> Router<App> {
        self.0.into_iter().fold(Router::new(), |router, door| {
            let handler = match door.access {
                Access::Everyone | Access::Owner => door.handler,
                access => door.handler.layer(middleware::from_fn_with_state((app.clone(), access), guard)),
            };
            router.route(door.path, handler)
        })
    }
}

/// Lets in who may, and leads a reader who is not signed in to where they can be.
async fn guard(State((app, access)): State<(App, Access)>, request: Request, next: Next) -> Response {
    match admit(&app, access, request.headers()).await {
        Ok(()) => next.run(request).await,
        Err(Error::Unauthorized) if wants_page(&request) => {
            let to: String = form_urlencoded::byte_serialize(request.uri().path().as_bytes()).collect();
            Redirect::to(&format!("/sign-in?to={to}")).into_response()
        }
        Err(error) => error.into_response(),
    }
}

fn wants_page(request: &Request) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    request.method() == Method::GET && accept.contains("text/html")
}

async fn admit(app: &App, access: Access, headers: &HeaderMap) -> Result<()> {
    let actor = Actor::of(app, headers, None).await?;
    match access {
        Access::Everyone | Access::Owner => Ok(()),
        Access::SignedIn => actor.signed_in().map(|_| ()),
        Access::Holder(role) => {
            actor.signed_in()?;
            if !actor.has(role) {
                Err(Error::Forbidden(Message::new("error-role")))
            } else if !actor.is_strong {
                Err(Error::Forbidden(Message::new("error-second-factor")))
            } else {
                Ok(())
            }
        }
    }
}
