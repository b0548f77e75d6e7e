//! Privacy's addresses: the notice, one's own data, and the administrator's register of processing.

use super::views::{ErasePage, ErasedPage, MinePage, NoticePage, Processing, RegisterPage};
use super::{erase, keep, store, take};
use crate::base::clock::{self, Timestamp};
use crate::base::error::{Error, Result};
use crate::base::http::{KnownVisitor, Reader, SameOrigin};
use crate::base::i18n::{Lang, Message};
use crate::civic::accounts::Access::{Everyone, Everywhere, SignedIn};
use crate::civic::accounts::{Actor, Desk, Jurisdiction, Role, Routes, forgotten};
use crate::core::app::App;
use crate::core::layers::Underlay;
use crate::core::personal_data::{Fate, Person};
use axum::Extension;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::sync::Arc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/privacy", Everyone, notice)
        .get("/privacy/me", Everyone, mine)
        .get("/account/data", SignedIn, mine)
        .get("/privacy/me/data.zip", Everyone, data)
        .get("/privacy/me/erase", Everyone, ask)
        .post("/privacy/me/erase", Everyone, erase)
        .get(super::ROOM, Everywhere(Role::Administrator), processing)
}

fn person(actor: &Actor) -> Person {
    let account = actor.account.as_ref();
    Person {
        voice: actor.visitor,
        account: account.map(|account| account.id),
        email: account.and_then(|account| account.email.clone()),
    }
}

/// `GET /privacy`
async fn notice(
    State(app): State<App>,
    reader: Reader,
    ground: Option<Extension<Arc<Underlay>>>,
) -> NoticePage {
    NoticePage {
        lang: reader.lang,
        site: app.name(),
        contact: app.config.privacy_contact.clone(),
        processing: Processing::all(reader.lang, &app.config.retention),
        ground: ground.map(|Extension(ground)| ground).unwrap_or_default(),
    }
}

/// `GET /privacy/me`, `GET /account/data`: what is held on who asks.
async fn mine(State(app): State<App>, reader: Reader, actor: Actor) -> Result<impl IntoResponse> {
    let person = person(&actor);
    let tables = take::tables(&app.db, &person).await?;
    let features = match person.voice {
        Some(voice) => store::own_features(&app.db, voice).await?,
        None => Vec::new(),
    };
    let sections = take::in_words(&app.db, reader.lang, &person, &tables).await?;
    let page = MinePage::new(reader.lang, app.name(), person.email, sections, features);
    Ok(([(header::CACHE_CONTROL, "no-store")], page))
}

/// `GET /privacy/me/data.zip`
async fn data(State(app): State<App>, reader: Reader, actor: Actor) -> Result<impl IntoResponse> {
    let about = reader.lang.say(&Message::new("mine-zip-about").with("site", app.name()));
    let zip = take::archive(&app, reader.lang, &person(&actor), &about).await?;
    let told = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"mes-donnees.zip\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((told, zip))
}

/// `GET /privacy/me/erase`
async fn ask(State(app): State<App>, reader: Reader, actor: Actor) -> Response {
    if strong_where_needed(&actor).is_err() {
        return Redirect::to("/account/second-factor?to=%2Fprivacy%2Fme%2Ferase").into_response();
    }
    let page = ErasePage {
        lang: reader.lang,
        site: app.name(),
        is_known: actor.visitor.is_some(),
        problem: false,
        fate: String::new(),
    };
    page.into_response()
}

/// Whoever has a role shows a second factor before their account goes: a mailbox alone does not end what they were given.
fn strong_where_needed(actor: &Actor) -> Result<()> {
    if actor.grants.is_empty() || actor.is_strong {
        Ok(())
    } else {
        Err(Error::Forbidden(Message::new("error-second-factor")))
    }
}

#[derive(Deserialize)]
struct EraseForm {
    #[serde(default)]
    fate: String,
    #[serde(default)]
    word: String,
}

impl EraseForm {
    /// What was chosen, if it was confirmed in either language.
    fn confirmed(&self) -> Option<Fate> {
        let word = self.word.trim().to_lowercase();
        let fate = match self.fate.as_str() {
            "anonymous" => Fate::Anonymous,
            "gone" => Fate::Gone,
            _ => return None,
        };
        ["effacer", "erase"].contains(&word.as_str()).then_some(fate)
    }
}

/// `POST /privacy/me/erase`: the choice and the word, then it is done; sessions and cookies end.
async fn erase(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    (KnownVisitor(browser), headers): (KnownVisitor, HeaderMap),
    Form(form): Form<EraseForm>,
) -> Result<Response> {
    strong_where_needed(&actor)?;
    let (lang, site) = (reader.lang, app.name());
    let Some(fate) = form.confirmed() else {
        let is_known = actor.visitor.is_some();
        let page = ErasePage { lang, site, is_known, problem: true, fate: form.fate };
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    };
    // The browser's own cookie is about to be forgotten, and with it the only key to what no account claimed.
    erase::whole(&app, &person(&actor), browser.filter(|own| Some(*own) != actor.visitor), fate).await?;
    let cookies = forgotten(&headers, &app.config);
    let gone = [("clear-site-data", "\"cache\""), ("cache-control", "no-store")];
    Ok((cookies, gone, ErasedPage { lang, site, is_gone: fate == Fate::Gone }).into_response())
}

fn said(lang: Lang, at: Timestamp) -> String {
    lang.say(&Message::new("retention-applied").with("day", lang.day(at)))
}

/// `GET /admin/privacy`: the register of processing (GDPR, article 30), what retention did last, the audience.
async fn processing(State(app): State<App>, reader: Reader, actor: Actor) -> Result<RegisterPage> {
    // It is about everybody: who administers one process or area has no part in it.
    actor.must(Role::Administrator, &Jurisdiction::default())?;
    let now = clock::now();
    let retention = &app.config.retention;
    let last = keep::LastRun::find(&app.db).await?;
    let count = |word: &str| last.as_ref().and_then(|last| last.counts.get(word).copied());
    let kept = keep::Rule::ALL.map(|rule| (rule.word(), rule.days(retention), count(rule.word()))).to_vec();
    let since = (now - chrono::TimeDelta::days(30)).with_timezone(&crate::base::clock::zone()).date_naive();
    Ok(RegisterPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, super::ROOM),
        processing: Processing::all(reader.lang, retention),
        kept,
        applied: last.as_ref().map(|last| said(reader.lang, last.at)),
        audience: store::audience(&app.db, &since.to_string()).await?,
    })
}
