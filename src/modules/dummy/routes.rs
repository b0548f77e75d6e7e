//! The addresses of walks and pledges, and the part that they have on a contribution's page.

use super::{PROMISE, WALK, WALK_ALONG, store};
use crate::base::db::Answer;
use crate::base::error::{Error, Result};
use crate::base::http::{Fields, Reader, SameOrigin, filters};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::FeatureId;
use crate::base::mail::{self, Letter};
use crate::base::once::Answered;
use crate::civic::accounts::Access::{Everyone, Holder};
use crate::civic::accounts::{Acting, Actor, Around, Desk, Role, Routes, Seen};
use crate::civic::figures::Figure;
use crate::civic::processes::{Opening, ProcessRules};
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features;
use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};

pub(super) const ROOM: &str = "/admin/walks";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/pledges/{id}", Everyone, show)
        .post("/walks/{id}/pledges", Everyone, pledge)
        .limited(PROMISE)
        .creates()
        .get(ROOM, Holder(Role::Moderator), desk)
}

#[derive(Template)]
#[template(path = "dummy/templates/panel.html")]
struct Panel {
    lang: Lang,
    id: FeatureId,
    pledges: Vec<String>,
}

/// The part of a walk's page.
pub(super) fn panel<'a>(seen: &'a Seen<'a>) -> Answer<'a, String> {
    Box::pin(async move {
        if seen.card.kind != WALK {
            return Ok(String::new());
        }
        let pledges = store::of(&seen.app.db, seen.card.id).await?;
        let part = Panel { lang: seen.reader.lang, id: seen.card.id, pledges };
        part.render().map_err(|error| Error::Internal(error.to_string()))
    })
}

#[derive(Template)]
#[template(path = "dummy/templates/card.html")]
struct FrontCard {
    lang: Lang,
    count: u64,
}

/// The card of the front page: how many walks there are.
pub(super) fn card<'a>(around: &'a Around<'a>) -> Answer<'a, String> {
    Box::pin(async move {
        let (filter, _) = Filter::of_query("kind=walk", &[])?;
        let card = FrontCard { lang: around.reader.lang, count: around.app.atlas.total(&filter)? };
        card.render().map_err(|error| Error::Internal(error.to_string()))
    })
}

/// Whether one may come along on walks now, in the one process that the page is of.
pub(super) fn walks_along(around: &Around<'_>) -> Result<bool> {
    let all = ProcessRules::all(&around.app.atlas.world())?;
    let here = all.iter().find(|known| around.process.is_some() && known.process() == around.process);
    let opening = here.map(|known| known.opening(WALK_ALONG, crate::base::clock::now()));
    Ok(matches!(opening, Some(Opening::Open(_))))
}

/// How many come along on each walk of a process.
pub(super) fn figure<'a>(around: &'a Around<'a>) -> Answer<'a, Option<Figure>> {
    Box::pin(async move {
        let Some(process) = around.process else { return Ok(None) };
        let cells = store::walkers_of(&around.app.db, process).await?;
        let title = around.reader.lang.text("column-walkers");
        Ok((!cells.is_empty()).then_some(Figure { title, cells, of_people: true, more: None }))
    })
}

#[derive(Template, WebTemplate)]
#[template(path = "dummy/templates/pledge.html")]
struct PledgePage {
    lang: Lang,
    site: String,
    body: String,
}

async fn show(State(app): State<App>, reader: Reader, Path(id): Path<String>) -> Result<PledgePage> {
    let id = id.parse().map_err(|_no_number: std::num::ParseIntError| Error::NotFound)?;
    let body = store::find(&app.db, id).await?;
    Ok(PledgePage { lang: reader.lang, site: app.name(), body })
}

#[derive(Template, WebTemplate)]
#[template(path = "dummy/templates/room.html")]
struct DeskPage {
    lang: Lang,
    site: String,
    desk: Desk,
    count: i64,
}

async fn desk(State(app): State<App>, reader: Reader, actor: Actor) -> Result<DeskPage> {
    let (desk, count) = (Desk::of(&actor, reader.lang, ROOM), store::count(&app.db).await?);
    Ok(DeskPage { lang: reader.lang, site: app.name(), desk, count })
}

async fn pledge(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    who: Acting,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let feature = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let body = crate::base::text::clean(sent.get("body"));
    if body.is_empty() {
        return Err(Error::invalid("body", Message::new("dummy-empty")));
    }
    let slug = features::store::process_of(&app.db, feature).await?;
    let process = ProcessRules::of_feature(&app.atlas.world(), slug.as_deref())?;
    process.admit(&app, reader.lang, WALK_ALONG, &who.actor).await?;
    let mut write = app.begin().await?;
    process.terms(WALK_ALONG).must_hold(&mut write, feature).await?;
    store::insert(&mut write, Some(feature), &body, who.visitor).await?;
    if let Some(to) = who.actor.account.as_ref().and_then(|account| account.email.clone()) {
        let subject = reader.lang.text("dummy-pledge-sent");
        let at = write.at();
        mail::post(write.tx(), &Letter { to, subject, body }, at).await?;
    }
    let here = format!("/features/{feature}");
    write.answers(Answered::See(here.clone()));
    app.commit(write).await?;
    Ok((who.cookies, Redirect::to(&here)).into_response())
}
