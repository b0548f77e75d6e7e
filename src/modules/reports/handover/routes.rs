//! The desk's page of one report's hand-over: to whom, what leaves, how far it is, and the way back.

use super::store::{self, Handover};
use super::views::{Choice, HandoverPage, Now};
use super::{To, come_back, hand_over, sending::Parcel, way};
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::ids::FeatureId;
use crate::base::once::Answered;
use crate::base::text::{clean, line};
use crate::civic::accounts::Access::Holder;
use crate::civic::accounts::{Account, Actor, Desk, Jurisdiction, Role, Routes};
use crate::core::app::App;
use crate::core::journal::Write;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::model::{Service, ServiceId};
use crate::modules::reports::store as reports;
use crate::modules::reports::treating::Said;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// The room that the page is of.
const ROOM: &str = "/admin/reports";

/// The longest note, and the longest code.
pub(super) const NOTE_MOST: usize = 1_000;
const CODE_MOST: usize = 100;

pub(in crate::modules::reports) fn routes() -> Routes {
    let agent = Holder(Role::Agent);
    Routes::new()
        .get("/admin/reports/{id}/hand-over", agent, show)
        .post("/admin/reports/{id}/hand-over", agent, send)
        .post("/admin/reports/{id}/hand-over/again", agent, again)
        .post("/admin/reports/{id}/hand-over/back", agent, back)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

/// The report of a path, which this agent treats; and who they are.
async fn treated<'a>(app: &App, actor: &'a Actor, id: &str) -> Result<(Parcel, &'a Account)> {
    let id = FeatureId::of_text(id).ok_or(Error::NotFound)?;
    let parcel = Parcel::of(app, id).await?;
    let by = actor.must(Role::Agent, &Jurisdiction::of(&app.atlas.world(), &parcel.card))?;
    Ok((parcel, by))
}

/// `GET /admin/reports/{id}/hand-over`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<HandoverPage> {
    let (parcel, _) = treated(&app, &actor, &id).await?;
    let catalogue = Catalogue::of(&app).await?;
    let lang = reader.lang;
    let active = store::active(&app.db, parcel.card.id).await?;
    let is_other = |service: &&Service| active.as_ref().is_none_or(|now| now.service_id != service.id);
    let offered = catalogue.services.iter().filter(|one| one.is_outside && one.removed_at.is_none());
    let choices = offered.filter(is_other).map(|service| Choice {
        id: service.id.0,
        name: service.name(lang).to_owned(),
        way: way(service),
        is_now: parcel.report.service == Some(service.id),
    });
    let choices: Vec<Choice> = choices.collect();
    let now = |handover: Handover| {
        let service = catalogue.service(handover.service_id);
        Now { name: service.map(|one| one.name(lang).to_owned()).unwrap_or_default(), handover }
    };
    Ok(HandoverPage {
        lang,
        site: app.name(),
        desk: Desk::of(&actor, lang, ROOM),
        done: ["sent", "again", "back"].contains(&asked.done.as_str()).then_some(asked.done),
        now: active.map(now),
        lack: app.letters_lack(),
        choices,
        parcel,
    })
}

/// To whom, as what, and with which words.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    service: String,
    code: String,
    note: String,
}

/// `POST /admin/reports/{id}/hand-over`
async fn send(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let (parcel, by) = treated(&app, &actor, &id).await?;
    let service = sent.service.parse().map(ServiceId);
    let service = service.map_err(|_no_number: std::num::ParseIntError| Error::NotFound)?;
    let note: String = clean(&sent.note).chars().take(NOTE_MOST).collect();
    let code = line(&sent.code, CODE_MOST);
    let mut write = app.begin().await?;
    let mut report = reports::lock(&mut write, parcel.card.id).await?;
    let said = Said { by: Some(by.id), note: &note };
    hand_over(&app, &mut write, &mut report, To { service, code: &code }, said).await?;
    done(&app, write, &parcel, "sent").await
}

/// `POST /admin/reports/{id}/hand-over/again`: what failed is tried again.
async fn again(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response> {
    let (parcel, _) = treated(&app, &actor, &id).await?;
    let mut write = app.begin().await?;
    // What is under way already is: nothing is wrong with having asked for it.
    store::again(&mut write, parcel.card.id).await?;
    done(&app, write, &parcel, "again").await
}

/// `POST /admin/reports/{id}/hand-over/back`
async fn back(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let (parcel, by) = treated(&app, &actor, &id).await?;
    let note: String = clean(&sent.note).chars().take(NOTE_MOST).collect();
    let mut write = app.begin().await?;
    let mut report = reports::lock(&mut write, parcel.card.id).await?;
    come_back(&app, &mut write, &mut report, Said { by: Some(by.id), note: &note }).await?;
    done(&app, write, &parcel, "back").await
}

async fn done(app: &App, mut write: Write, parcel: &Parcel, what: &str) -> Result<Response> {
    let to = format!("{ROOM}/{}/hand-over?done={what}", parcel.card.id);
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to).into_response())
}
