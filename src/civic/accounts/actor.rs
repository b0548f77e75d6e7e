//! Who acts: extractors for handlers. A request without a session's cookie asks the database nothing.

use super::model::{Account, Grant, Jurisdiction, Level, Role, SECOND_FACTOR, Session};
use super::{session, store};
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::http::{self, KnownVisitor, NewVisitor};
use crate::base::i18n::Message;
use crate::base::ids::Visitor;
use crate::core::app::App;
use crate::core::features::scope::Scope;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum_extra::extract::cookie::SignedCookieJar;
use std::convert::Infallible;

/// Who reads or acts.
#[derive(Debug, Clone, Default)]
pub struct Actor {
    /// What their acts carry; nothing where they never acted.
    pub visitor: Option<Visitor>,
    /// Who they are, if they signed in.
    pub account: Option<Account>,
    /// The browser that they are signed in with.
    pub session: Option<Session>,
    /// The roles that they have.
    pub grants: Vec<Grant>,
    /// Whether roles can be used here: a second factor was shown, or the operator asks for none.
    pub is_strong: bool,
}

impl Actor {
    /// Who sends a request with these headers; `visitor` is what the visitor's cookie says.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn of(app: &App, headers: &HeaderMap, visitor: Option<Visitor>) -> Result<Actor> {
        let nobody = Actor { visitor, ..Actor::default() };
        let Some(digest) = session::digest_of(app, headers) else { return Ok(nobody) };
        let now = clock::now();
        let Some((session, account)) = store::signed_in(&app.db, &digest, now).await? else {
            return Ok(nobody);
        };
        let grants = store::grants(&app.db, account.id).await?;
        // Also where the role was given to somebody who had been signed in for days.
        if !grants.is_empty() && session.created_at + session::HOLDER <= now {
            return Ok(nobody);
        }
        session::used(app, &session, &digest, now).await;
        http::say_desk(!grants.is_empty());
        let is_strong =
            !app.config.second_factor || session.strong_at.is_some_and(|at| at + SECOND_FACTOR > now);
        Ok(Actor {
            visitor: Some(account.voice),
            account: Some(account),
            session: Some(session),
            grants,
            is_strong,
        })
    }

    /// How well they are known, rolls aside.
    pub fn level(&self) -> Level {
        self.account.as_ref().map_or(Level::Visitor, Account::level)
    }

    /// Whether they have this role somewhere, second factor aside.
    pub fn has(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role.covers(role))
    }

    /// Whether they may do what this role does, there.
    pub fn may(&self, role: Role, place: &Jurisdiction) -> bool {
        self.is_strong && self.grants.iter().any(|grant| grant.lets(role, place))
    }

    /// Where they may do what this role does: what lists of the desk are filtered by.
    pub fn scope(&self, role: Role) -> Scope {
        let held = self.grants.iter().filter(|grant| self.is_strong && grant.role.covers(role));
        Scope::new(held.map(|grant| (grant.process_id, grant.area_id)))
    }

    /// Whether they have this role, or one that covers it, everywhere; second factor aside.
    pub fn has_everywhere(&self, role: Role) -> bool {
        let is_whole = |grant: &&Grant| grant.process_id.is_none() && grant.area_id.is_none();
        self.grants.iter().filter(is_whole).any(|grant| grant.role.covers(role))
    }

    /// Refuses who may not.
    ///
    /// # Errors
    /// [`Error::Unauthorized`] where nobody is signed in, else [`Error::Forbidden`] with what is missing.
    pub fn must(&self, role: Role, place: &Jurisdiction) -> Result<&Account> {
        let account = self.account.as_ref().ok_or(Error::Unauthorized)?;
        if self.may(role, place) {
            Ok(account)
        } else if self.grants.iter().any(|grant| grant.lets(role, place)) {
            Err(Error::Forbidden(Message::new("error-second-factor")))
        } else {
            Err(Error::Forbidden(Message::new("error-role")))
        }
    }

    /// The account of who is signed in.
    ///
    /// # Errors
    /// [`Error::Unauthorized`].
    pub fn signed_in(&self) -> Result<&Account> {
        self.account.as_ref().ok_or(Error::Unauthorized)
    }
}

impl FromRequestParts<App> for Actor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        // The route's guard may have asked already.
        if let Some(actor) = parts.extensions.get::<Actor>() {
            return Ok(actor.clone());
        }
        let Ok(KnownVisitor(visitor)) = known(parts, app).await;
        Actor::of(app, &parts.headers, visitor).await
    }
}

async fn known(parts: &mut Parts, app: &App) -> Result<KnownVisitor, Infallible> {
    KnownVisitor::from_request_parts(parts, app).await
}

/// Who does something: somebody signed in, or a visitor, who is given a cookie with the first act.
#[allow(missing_debug_implementations)] // A jar shows its key.
pub struct Acting {
    /// What the act carries.
    pub visitor: Visitor,
    /// Who they are.
    pub actor: Actor,
    /// Part of the answer.
    pub cookies: SignedCookieJar,
}

impl Acting {
    /// Who they are, for a page that comes after the act: a visitor with the id that they have now.
    pub fn known(&self) -> Actor {
        Actor { visitor: Some(self.visitor), ..self.actor.clone() }
    }
}

impl FromRequestParts<App> for Acting {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let actor = Actor::from_request_parts(parts, app).await?;
        let Ok(new) = new_visitor(parts, app).await;
        if let Some(account) = &actor.account {
            // No visitor's cookie beside the session: what is done now is the account's.
            let cookies =
                SignedCookieJar::from_headers(&parts.headers, axum::extract::FromRef::from_ref(app));
            return Ok(Acting { visitor: account.voice, actor, cookies });
        }
        Ok(Acting { visitor: new.visitor, actor, cookies: new.cookies })
    }
}

async fn new_visitor(parts: &mut Parts, app: &App) -> Result<NewVisitor, Infallible> {
    NewVisitor::from_request_parts(parts, app).await
}
