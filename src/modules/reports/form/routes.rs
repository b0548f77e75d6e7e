//! The addresses of making and changing a report.

use super::changing;
use super::model::Form;
use super::page;
use super::views::{NewPage, There};
use crate::base::error::{Error, Result};
use crate::base::http::{Offline, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::{FeatureId, Visitor};
use crate::base::once::Answered;
use crate::civic::accounts::Access::{Everyone, Owner};
use crate::civic::accounts::{Acting, Actor, Limit, Routes, promise_receipt};
use crate::civic::contributions::bursts::Sort;
use crate::civic::placing::{Fields as _, Sent};
use crate::civic::processes::ProcessRules;
use crate::core::app::App;
use crate::core::features::photos;
use crate::core::features::revisions::{self, Version};
use crate::core::features::terms::Versions;
use crate::core::features::{self, Channel, Content};
use crate::core::journal::Write;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::model::{Category, Report};
use crate::modules::reports::treating::{self, NewReport, Said};
use crate::modules::reports::{REPORT, REPORTING, letters, store};
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use geo::{Geometry, Point};
use serde_json::json;

/// A form with its photos.
const BODY: usize = 50 << 20;

pub(in crate::modules::reports) fn routes() -> Routes {
    Routes::new()
        .get("/reports/new", Everyone, new)
        .get("/reports/there", Everyone, there)
        .limited(Limit::SEARCH)
        .post_files("/reports", Everyone, BODY, send)
        .limited(REPORTING)
        .bursts(Sort::Contributions)
        .creates()
        .get("/reports/{id}/edit", Owner, edit)
        .post_files("/reports/{id}/edit", Owner, BODY, change)
        .limited(REPORTING)
}

fn fields(query: Option<String>) -> Form {
    Form::of_fields(form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned())
}

/// `GET /reports/new?category=…&lon=…&lat=…`: what is it; once that is said, where.
async fn new(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    app.must_be_open()?;
    let form = fields(query);
    let process = ProcessRules::of_slug(&app.atlas.world(), &form.process)?;
    let catalogue = Catalogue::of(&app).await?;
    match catalogue.offered(&form.category) {
        Some(category) => {
            let place = (&process, None);
            let page = page::form(&app, &reader, (form, category), (Vec::new(), &actor), place).await?;
            Ok((Offline::Page.header(), page).into_response())
        }
        None => {
            let is_gone = !form.category.is_empty();
            let problem = is_gone.then(|| Message::new("report-no-category"));
            let page = page::categories(&app, &reader, form, &process, problem).await?;
            Ok((Offline::Page.header(), page).into_response())
        }
    }
}

/// `GET /reports/there?category=…&lon=…&lat=…`: whom it goes to, by when, what is known there. A part of the form's page.
async fn there(State(app): State<App>, reader: Reader, RawQuery(query): RawQuery) -> Result<There> {
    let form = fields(query);
    let catalogue = Catalogue::of(&app).await?;
    let category = catalogue.offered(&form.category).ok_or(Error::NotFound)?;
    let at = form.at().ok_or_else(|| Error::invalid("place", Message::new("report-no-place")))?;
    page::there(&app, reader.lang, category, at, (&form.service, None)).await
}

/// `POST /reports`: what is wrong is said beside what was typed; nothing typed is lost.
async fn send(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    author: Acting,
    sent: Sent<Form>,
) -> Result<Response> {
    app.must_be_open()?;
    let process = ProcessRules::of_slug(&app.atlas.world(), &sent.form.process)?;
    let ready = page::checked(&app, &reader, &author, sent, (&process, None)).await?;
    let (form, checked, category, service) = match ready {
        Ok(ready) => ready,
        Err(page) => return Ok((author.cookies, page).into_response()),
    };
    let mut write = app.begin().await?;
    if let Err(error) = process.terms(REPORT).must_be_now(&mut write, &mut Versions::new()).await {
        drop(write);
        return page::too_late(&app, &reader, &author, (form, &category), &process, error).await;
    }
    promise_receipt(&app, &reader, &author.actor, &mut write);
    let new = NewReport {
        content: checked.content,
        category: category.id,
        service,
        answers: checked.answers,
        address: checked.address,
    };
    let by = (Some(author.visitor), Channel::Web);
    let id = treating::receive(&app, &mut write, new, by, &process).await?;
    attach(&mut write, id, author.visitor, &form, &category).await?;
    letters::received(&app, &reader, &author.actor, &mut write, id).await?;
    let page = format!("/features/{id}");
    write.answers(Answered::Made { location: page.clone(), json: json!({ "id": id }) });
    app.commit(write).await?;
    let answer = if reader.wants_json {
        (StatusCode::CREATED, [("location", page)], Json(json!({ "id": id }))).into_response()
    } else {
        Redirect::to(&page).into_response()
    };
    Ok((author.cookies, answer).into_response())
}

/// Attaches the photos of a form. Where its category says so, somebody looks at them before they are shown.
async fn attach(
    write: &mut Write,
    id: FeatureId,
    author: Visitor,
    form: &Form,
    category: &Category,
) -> Result<()> {
    let captions = form.captions();
    photos::attach(write, id, author, &captions).await?;
    if category.checks_photos {
        let new: Vec<_> = captions.into_iter().map(|(photo, _)| photo).collect();
        photos::covering::let_wait(write, id, &new).await?;
    }
    Ok(())
}

/// A report that is somebody's to change, with its process: placed here, and nobody has begun with it.
async fn own(app: &App, id: &str, actor: &Actor, key: &str) -> Result<(Report, ProcessRules)> {
    let id = FeatureId::of_text(id).ok_or(Error::NotFound)?;
    let report = store::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    let is_author = match actor.visitor {
        Some(visitor) => features::store::is_author(&app.db, id, visitor).await?,
        None => false,
    };
    if !is_author && !app.is_key_to(&features::edit_key(id), key) {
        return Err(Error::Forbidden(Message::new("report-not-yours")));
    }
    let standing = changing::must_be_open(app, &app.db, &report).await?;
    Ok((report, standing.rules(app)?))
}

/// `GET /reports/{id}/edit?key=…`
async fn edit(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<NewPage> {
    let said = fields(query);
    let (report, process) = own(&app, &id, &actor, &said.key).await?;
    let version = Version::read(&revisions::current(&app.db, report.id).await?)?;
    let catalogue = Catalogue::of(&app).await?;
    let category = catalogue.offered(&said.category).or_else(|| catalogue.category(report.category));
    let category = category.ok_or(Error::NotFound)?;
    let mut form = Form {
        body: version.body.clone(),
        category: category.slug.clone(),
        key: said.key,
        ..Form::default()
    };
    form.address.clone_from(&report.address);
    if let Some(Geometry::Point(at)) = version.geometry()? {
        (form.lon, form.lat) = (format!("{:.6}", at.x()), format!("{:.6}", at.y()));
    }
    for (code, answers) in &report.answers {
        form.answers.extend(answers.iter().map(|answer| (code.clone(), answer.clone())));
    }
    let place = (&process, Some(report.id));
    page::form(&app, &reader, (form, category), (Vec::new(), &actor), place).await
}

/// `POST /reports/{id}/edit`
async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    author: Acting,
    Path(id): Path<String>,
    sent: Sent<Form>,
) -> Result<Response> {
    app.must_be_open()?;
    let key = sent.form.key.clone();
    let (report, process) = own(&app, &id, &author.known(), &key).await?;
    let ready = page::checked(&app, &reader, &author, sent, (&process, Some(report.id))).await?;
    let (form, checked, category, _) = match ready {
        Ok(ready) => ready,
        Err(page) => return Ok((author.cookies, page).into_response()),
    };
    let mut write = app.begin().await?;
    let mut report = store::lock(&mut write, report.id).await?;
    let standing = changing::must_be_open(&app, write.tx(), &report).await?;
    changing::must_stay_itself(&mut write, &standing, &report, &checked.content, &category).await?;
    let before = report.service;
    rewrite(&app, &mut write, &mut report, checked.content).await?;
    (report.answers, report.address) = (checked.answers, checked.address);
    store::update(&mut write, &report).await?;
    let is_filed_anew =
        treating::recategorise(&app, &mut write, &mut report, category.id, Said::default()).await?;
    if report.service != before {
        // It lies with another service now, which its history says, and which is told.
        if !is_filed_anew {
            treating::tell_route(&mut write, &report, None, "").await?;
        }
        letters::to_service(&app, &mut write, &report).await?;
    }
    let mut free = Vec::new();
    for photo in &form.dropped {
        match photos::detach(&mut write, report.id, author.visitor, *photo).await {
            Ok(digest) => free.extend(digest),
            // A pending one: it is cleared away with the others that nobody wanted.
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    attach(&mut write, report.id, author.visitor, &form, &category).await?;
    app.commit(write).await?;
    photos::forget(&app.media, &free).await;
    Ok((author.cookies, Redirect::to(&format!("/features/{}", report.id))).into_response())
}

/// Writes text and place; where the place is another, the rules say anew whose it is.
async fn rewrite(app: &App, write: &mut Write, report: &mut Report, content: Content) -> Result<()> {
    let before = Version::read(&revisions::current(write.tx(), report.id).await?)?;
    let place = |geometry: Option<Geometry<f64>>| match geometry {
        Some(Geometry::Point(at)) => Some(at),
        _ => None::<Point<f64>>,
    };
    let (was, is) = (place(before.geometry()?), place(content.geometry.clone()));
    // Its title stays its category's, until it is another's.
    features::store::rewrite(write, report.id, &Content { title: before.title, ..content }).await?;
    if was != is
        && let Some(at) = is
    {
        let catalogue = Catalogue::of(app).await?;
        treating::route(&catalogue, report, Some((at.x(), at.y())), None);
    }
    Ok(())
}
