//! The addresses of people and roles.

use super::ROOM as HERE;
use super::store;
use super::views::PeoplePage;
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::ids::{AreaId, GrantId, ProcessId};
use crate::base::mail;
use crate::civic::accounts::Access::Everywhere;
use crate::civic::accounts::store as accounts;
use crate::civic::accounts::{Account, Actor, Desk, Jurisdiction, Pages, Role, Routes};
use crate::core::app::App;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// How many entries a page of a list has.
const PAGE: i64 = 50;

pub(in crate::civic::accounts) fn routes() -> Routes {
    let administrator = Everywhere(Role::Administrator);
    Routes::new()
        .get(HERE, administrator, show)
        .post("/admin/people/grant", administrator, grant)
        .post("/admin/people/{id}/revoke", administrator, revoke)
        .post("/admin/people/{id}/restore", administrator, restore)
}

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    email: String,
    /// The page of the list of roles, and of what was found.
    page: String,
    more: String,
    undo: Option<i64>,
    granted: Option<String>,
}

/// `GET /admin/people?q=…`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<PeoplePage> {
    page(&app, &reader, &actor, asked, None).await
}

async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    asked: Asked,
    problem: Option<String>,
) -> Result<PeoplePage> {
    // Who administers one process or area sees no list of everybody.
    actor.must(Role::Administrator, &Jurisdiction::default())?;
    let world = app.atlas.world();
    let held = store::count_holders(&app.db).await?;
    let pages = Pages::of(&asked.page, held, PAGE, HERE);
    let found = match asked.q.trim() {
        "" => None,
        words => Some(found(app, words, &asked.more).await?),
    };
    let mut held = store::holders(&app.db, pages.offset(), PAGE).await?;
    for one in &mut held {
        let known = world.processes().iter().find(|process| Some(process.id) == one.process_id);
        one.process = known.map(|process| process.name(reader.lang).to_owned()).or(one.process.take());
    }
    Ok(PeoplePage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        held,
        pages,
        q: asked.q,
        found,
        email: asked.email,
        problem,
        processes: world
            .processes()
            .iter()
            .map(|p| (p.slug.clone(), p.name(reader.lang).to_owned()))
            .collect(),
        areas: world.territory().areas().iter().map(|a| (a.slug.clone(), a.name.clone())).collect(),
        undo: asked.undo.map(GrantId),
        granted: asked.granted.is_some(),
        lack: app.letters_lack(),
    })
}

/// A page of the accounts that hold these words, and the ways to the others.
async fn found(app: &App, words: &str, page: &str) -> Result<(Vec<Account>, Pages)> {
    let link: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
    let total = store::count_found(&app.db, words).await?;
    let pages = Pages::named("more", page, total, PAGE, &format!("{HERE}?q={link}"));
    Ok((store::search(&app.db, words, pages.offset(), PAGE).await?, pages))
}

/// A role to be given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct GrantForm {
    email: String,
    role: String,
    process: String,
    area: String,
}

impl GrantForm {
    /// The one address that was typed or pasted.
    fn address(&self) -> Option<String> {
        let read = mail::pasted(&self.email);
        let one = read.unread.is_empty() && read.addresses.len() == 1;
        read.addresses.into_iter().next().filter(|_| one)
    }

    /// Where the role is to hold.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a process or an area that there is not.
    fn scope(&self, app: &App) -> Result<(Option<ProcessId>, Option<AreaId>)> {
        let world = app.atlas.world();
        let process = match self.process.as_str() {
            "" => None,
            slug => Some(world.processes().iter().find(|p| p.slug == slug).ok_or(Error::NotFound)?.id),
        };
        let area = match self.area.as_str() {
            "" => None,
            slug => Some(world.territory().of_slug(slug).ok_or(Error::NotFound)?.id),
        };
        Ok((process, area))
    }
}

/// `POST /admin/people/grant`: also to who never signed in yet.
async fn grant(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(form): Form<GrantForm>,
) -> Result<Response> {
    let by = actor.must(Role::Administrator, &Jurisdiction::default())?.id;
    let (Some(email), Some(role)) = (form.address(), Role::of_word(&form.role)) else {
        let problem = Some(reader.lang.text("sign-in-bad-address"));
        let asked = Asked { email: form.email, ..Asked::default() };
        let page = page(&app, &reader, &actor, asked, problem).await?;
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    };
    let scope = form.scope(&app)?;
    let mut write = app.begin().await?;
    let account = accounts::ensure(&mut write, &email).await?;
    if store::has(&mut write, account.id, role, scope).await? {
        drop(write);
        let problem = Some(reader.lang.text("people-has-already"));
        let page = page(&app, &reader, &actor, Asked { email, ..Asked::default() }, problem).await?;
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    accounts::grant(&mut write, account.id, role, scope, Some(by)).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}?granted=yes")).into_response())
}

/// `POST /admin/people/{id}/revoke`
async fn revoke(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<i64>,
) -> Result<Redirect> {
    actor.must(Role::Administrator, &Jurisdiction::default())?;
    let mut write = app.begin().await?;
    store::revoke(&mut write, GrantId(id)).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}?undo={id}")))
}

/// `POST /admin/people/{id}/restore`
async fn restore(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<i64>,
) -> Result<Redirect> {
    actor.must(Role::Administrator, &Jurisdiction::default())?;
    let mut write = app.begin().await?;
    store::restore(&mut write, GrantId(id)).await?;
    app.commit(write).await?;
    Ok(Redirect::to(HERE))
}
