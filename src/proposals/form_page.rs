//! From what was sent to the next page: the form again with what is wrong, an address looked up, a preview; or, checked,
//! to the act itself.

use super::model::{Form, Step};
use super::sent::Sent;
use super::similar;
use super::store::Own;
use super::views::{AreaChoice, FoundPlace, NewPage, PreviewPage};
use crate::app::App;
use crate::error::{Error, Problem, Result};
use crate::features::{Content, geometry};
use crate::gazetteer::{self, Query};
use crate::http::Reader;
use crate::ids::{FeatureId, Visitor};
use crate::journal::Write;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use geo::Geometry;

/// The proposal that a form changes.
#[derive(Debug, Clone)]
pub(super) struct Editing {
    pub(super) id: FeatureId,
    /// Of the edit link that was followed; empty where the visitor is known as the author.
    pub(super) key: String,
}

/// How many addresses are offered where scripts are not there to ask for more.
const FOUND: usize = 8;

/// What may be written, or the page that comes before.
pub(super) type Checked = Result<(Form, Content), Response>;

/// Checks what was sent.
///
/// # Errors
/// [`Error::Invalid`] to machines; to people what is wrong is a page.
pub(super) async fn checked(
    app: &App,
    reader: &Reader,
    author: Visitor,
    sent: Sent,
    editing: Option<Editing>,
) -> Result<Checked> {
    let _ = author;
    let form = sent.form;
    match form.step {
        Step::Find | Step::Correct => {
            return self::form(app, reader, form, Vec::new(), editing).await.map(Err);
        }
        Step::Preview | Step::Publish => {}
    }
    let content = match form.check(&app.atlas.world()) {
        Ok(content) => content,
        Err(Error::Invalid(problems)) if !reader.wants_json => {
            let page = self::form(app, reader, form, problems, editing).await?;
            return Ok(Err((StatusCode::BAD_REQUEST, page).into_response()));
        }
        Err(other) => return Err(other),
    };
    if form.step == Step::Preview {
        return preview(app, reader, form, &content, editing).await.map(Err);
    }
    Ok(Ok((form, content)))
}

/// The form, with what was typed and what is wrong with it.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn form(
    app: &App,
    reader: &Reader,
    form: Form,
    problems: Vec<Problem>,
    editing: Option<Editing>,
) -> Result<Response> {
    let world = app.atlas.world();
    let areas = world.territory.areas().iter();
    let found = match form.step {
        Step::Find => Some(addresses(app, &form).await?),
        _ => None,
    };
    let page = NewPage {
        lang: reader.lang,
        site: app.config.name.clone(),
        themes: world.themes.clone(),
        areas: areas.map(|a| AreaChoice { slug: a.slug.clone(), name: a.name.clone() }).collect(),
        problems,
        bounds: app.atlas.bounds().map(|b| b.map(|d| format!("{d:.6}")).join(",")).unwrap_or_default(),
        found,
        editing,
        form,
    };
    Ok(page.into_response())
}

async fn addresses(app: &App, form: &Form) -> Result<Vec<FoundPlace>> {
    let found = gazetteer::store::find(&app.db, &Query::read(&form.address), form.at(), FOUND).await?;
    let places = found.into_iter().map(|place| FoundPlace {
        value: format!("{:.6},{:.6}", place.lon, place.lat),
        label: match &place.house {
            Some(house) => format!("{house} {}", gazetteer::lower_first(&place.name)),
            None => place.name,
        },
        context: place.locality,
    });
    Ok(places.collect())
}

async fn preview(
    app: &App,
    reader: &Reader,
    form: Form,
    content: &Content,
    editing: Option<Editing>,
) -> Result<Response> {
    let at = content.geometry.as_ref().and_then(parvis_tiles::geometry::representative_point);
    let similar = similar::find(app, &content.title, at, editing.as_ref().map(|e| e.id)).await?;
    let world = app.atlas.world();
    let areas = content.areas.iter().filter_map(|id| world.territory.get(*id));
    let page = PreviewPage {
        lang: reader.lang,
        site: app.config.name.clone(),
        title: content.title.clone(),
        body: content.body.clone(),
        theme: content.theme.and_then(|id| world.themes.iter().find(|theme| theme.id == id)).cloned(),
        areas: areas.map(|area| area.name.clone()).collect(),
        at,
        drawn: content.geometry.as_ref().map(|place| ::geojson::Geometry::from(place).to_string()),
        similar,
        editing,
        form,
    };
    Ok(page.into_response())
}

/// The form of a proposal that is there.
///
/// # Errors
/// [`Error::Internal`] where the database holds what is no geometry.
pub(super) fn of_own(own: &Own) -> Result<Form> {
    let mut form = Form {
        title: own.title.clone(),
        body: own.body.clone(),
        theme: own.theme.clone().unwrap_or_default(),
        area: own.area.clone().unwrap_or_default(),
        ..Form::default()
    };
    match own.wkb.as_deref().map(geometry::from_wkb).transpose()? {
        Some(Geometry::Point(point)) => {
            (form.lon, form.lat) = (format!("{:.6}", point.x()), format!("{:.6}", point.y()));
        }
        Some(other) => form.geometry = ::geojson::Geometry::from(&other).to_string(),
        None => {}
    }
    Ok(form)
}

/// Gives a feature the photos that the form names.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn attach(write: &mut Write, id: FeatureId, author: Visitor, form: &Form) -> Result<()> {
    let _ = (write, id, author, form.captions(), &form.dropped);
    Ok(())
}
