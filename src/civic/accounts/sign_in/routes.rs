//! The addresses of signing in and out.

use super::model::{AskForm, Destination, Link, Refusal, letter, local_path};
use super::store::{self, NewLink};
use super::views::{ElsewherePage, RefusedPage, SentPage, SignInPage};
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::http::{self, KnownVisitor, Reader, SameOrigin};
use crate::base::mail;
use crate::base::once::Answered;
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::session::{self, digest};
use crate::civic::accounts::{self, Actor, Limit, Routes, outside};
use crate::core::app::App;
use crate::core::journal::Write;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, SameSite, SignedCookieJar};

/// When "a letter is on its way" is said, counted from the asking: longer than it takes to write one.
const ANSWERS_AFTER: std::time::Duration = std::time::Duration::from_millis(150);

/// The cookie that says "asked here". Its value is a secret of its own: the link's is in the letter.
const ASKED: &str = "asked";

pub(in crate::civic::accounts) fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Everyone, show)
        .post("/sign-in", Everyone, ask)
        .limited(Limit::SIGN_IN)
        .get("/sign-in/{token}", Everyone, follow)
        .post("/sign-in/{token}", Everyone, confirm)
        .limited(Limit::SIGN_IN)
        .post("/sign-out", Everyone, sign_out)
}

fn page(app: &App, reader: &Reader, to: String) -> SignInPage {
    SignInPage {
        lang: reader.lang,
        site: app.name(),
        email: String::new(),
        problem: None,
        outside: outside::way(app),
        to,
        lack: app.letters_lack(),
        inbox: app.config.demo_inbox,
    }
}

/// `GET /sign-in`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(Destination { to }): http::Asked<Destination>,
) -> Response {
    let to = local_path(&to);
    if actor.account.is_some() {
        return Redirect::to(&to).into_response();
    }
    page(&app, &reader, to).into_response()
}

/// `POST /sign-in`: the same answer and the same work for every address.
async fn ask(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    jar: SignedCookieJar,
    Form(form): Form<AskForm>,
) -> Result<Response> {
    let to = local_path(&form.to);
    if app.letters_lack().is_some() {
        let page = SignInPage { email: form.email, ..page(&app, &reader, to) };
        return Ok((StatusCode::SERVICE_UNAVAILABLE, page).into_response());
    }
    let Some(email) = mail::address(&form.email) else {
        let problem = Some(reader.lang.text("sign-in-bad-address"));
        let page = SignInPage { email: form.email, problem, ..page(&app, &reader, to) };
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    };
    // Kept from one letter to the next, so that each link opens here.
    let asked = jar.get(ASKED).map_or_else(session::secret, |cookie| cookie.value().to_owned());
    // The answer comes at the same moment whether or not a letter goes, is the first one or the sixth.
    let answers_at = tokio::time::Instant::now() + ANSWERS_AFTER;
    send(&app, &reader, &email, &to, &asked).await?;
    tokio::time::sleep_until(answers_at).await;
    let (lang, site, inbox) = (reader.lang, app.name(), app.config.demo_inbox);
    Ok((jar.add(asked_here(&app, asked)), SentPage { lang, site, to, email, inbox }).into_response())
}

fn asked_here(app: &App, value: String) -> Cookie<'static> {
    Cookie::build((ASKED, value))
        .path("/sign-in")
        .http_only(true)
        .secure(session::is_https(&app.config))
        .same_site(SameSite::Lax)
        .max_age(time::Duration::hours(1))
        .build()
}

async fn send(app: &App, reader: &Reader, email: &str, to: &str, asked: &str) -> Result<()> {
    let token = session::secret();
    let mut write = match app.begin().await {
        // The letter of the first time is on its way.
        Err(Error::Repeated(Some(_))) => return Ok(()),
        begun => begun?,
    };
    let (secret, browser) = (digest(&token), digest(asked));
    let link = NewLink { digest: &secret, email, destination: to, browser: &browser };
    if store::insert(&mut write, &link).await? {
        let link = format!("{}/sign-in/{token}", app.config.letters_base());
        let (letter, at) = (letter(reader.lang, &app.name(), email, &link), write.at());
        mail::post_first(write.tx(), &letter, at).await?;
    }
    write.answers(Answered::Thing { thing: String::new(), location: "/sign-in".into() });
    app.commit(write).await
}

/// `GET /sign-in/{token}`: signs in the browser that asked, and asks any other.
async fn follow(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    KnownVisitor(visitor): KnownVisitor,
    jar: SignedCookieJar,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response> {
    let link = store::find(&app.db, &digest(&token)).await?;
    // Opened again, by the button "back" or from the letter, where it has done what it was for.
    let done = link.as_ref().filter(|link| link.used_at.is_some() && is_theirs(&actor, link));
    if let Some(link) = done {
        return Ok(Redirect::to(&link.destination).into_response());
    }
    let link = match link.ok_or(Refusal::Unknown).and_then(|link| link.check(clock::now()).map(|()| link)) {
        Ok(link) => link,
        Err(why) => return Ok(refused(&app, &reader, why)),
    };
    let here = jar.get(ASKED).is_some_and(|cookie| link.browser == digest(cookie.value()));
    if here {
        return enter(&app, &reader, &headers, visitor, &token, &link).await;
    }
    let (lang, site, email) = (reader.lang, app.name(), mail::masked(&link.email));
    Ok(([("cache-control", "no-store")], ElsewherePage { lang, site, token, email }).into_response())
}

fn is_theirs(actor: &Actor, link: &Link) -> bool {
    actor.account.as_ref().is_some_and(|account| account.email.as_deref() == Some(link.email.as_str()))
}

/// `POST /sign-in/{token}`: the way round, for who reads letters elsewhere.
async fn confirm(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    KnownVisitor(visitor): KnownVisitor,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response> {
    match store::find(&app.db, &digest(&token)).await? {
        Some(link) => enter(&app, &reader, &headers, visitor, &token, &link).await,
        None => Ok(refused(&app, &reader, Refusal::Unknown)),
    }
}

async fn enter(
    app: &App,
    reader: &Reader,
    headers: &HeaderMap,
    visitor: Option<crate::base::ids::Visitor>,
    token: &str,
    link: &Link,
) -> Result<Response> {
    let mut write = match app.begin().await {
        // Pressed twice: the first answer may never have arrived, and its cookie with it.
        Err(Error::Repeated(Some(_))) => Write::begin(&app.db, clock::now()).await?.through("web"),
        begun => {
            let mut write = begun?;
            if !store::take(&mut write, &digest(token)).await? {
                let why = link.check(write.at()).err().unwrap_or(Refusal::Used);
                return Ok(refused(app, reader, why));
            }
            write.answers(Answered::Thing { thing: String::new(), location: link.destination.clone() });
            write
        }
    };
    let account = accounts::store::ensure(&mut write, &link.email).await?;
    let cookies = session::enter(app, &mut write, headers, visitor, &account, false).await?;
    app.commit(write).await?;
    Ok((cookies, Redirect::to(&link.destination)).into_response())
}

fn refused(app: &App, reader: &Reader, why: Refusal) -> Response {
    let to = local_path("");
    let page = RefusedPage { lang: reader.lang, site: app.name(), why, to };
    (StatusCode::GONE, [("cache-control", "no-store")], page).into_response()
}

/// `POST /sign-out`
async fn sign_out(State(app): State<App>, _: SameOrigin, headers: HeaderMap) -> Result<impl IntoResponse> {
    // What was shown to who leaves goes from the browser too.
    let cookies = session::leave(&app, &headers).await?;
    Ok((cookies, [("clear-site-data", "\"cache\"")], Redirect::to("/")))
}
