//! From what was sent to the next page: the form again with what is wrong, an address looked up, a preview; or, checked,
//! to the act itself.

use super::Sent;
use super::model::{Form, Step};
use super::similar;
use super::store::Own;
use super::views::{AreaChoice, NewPage, PreviewPage};
use crate::base::clock;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::Reader;
use crate::base::ids::{FeatureId, Visitor};
use crate::base::media::Digest;
use crate::base::prose;
use crate::civic::accounts::{Acting, Actor};
use crate::civic::contributions::decisions;
use crate::civic::placing::{addresses, take_photos};
use crate::civic::processes::{Action, Opening, ProcessRules};
use crate::core::app::App;
use crate::core::atlas::World;
use crate::core::features::photos::{self, Photo};
use crate::core::features::terms::have_changed;
use crate::core::features::vocabulary::Theme;
use crate::core::features::{self, Content, Hold, geometry, revisions};
use crate::core::journal::Write;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use geo::Geometry;

/// The proposal that a form changes.
#[derive(Debug, Clone)]
pub(super) struct Editing {
    pub(super) id: FeatureId,
    /// Of the edit link that was followed; empty where the visitor is known as the author.
    pub(super) key: String,
    /// The slug of the theme that it has.
    pub(super) theme: Option<String>,
}

/// What may be written, or the page that comes before.
pub(super) type Checked = Result<(Form, Content), Response>;

/// Checks what was sent.
///
/// # Errors
/// [`Error::Invalid`] to machines; to people what is wrong is a page.
pub(super) async fn checked(
    app: &App,
    reader: &Reader,
    author: &Acting,
    sent: Sent,
    (process, editing): (&ProcessRules, Option<Editing>),
) -> Result<Checked> {
    let Sent { mut form, files, counter } = sent;
    form.process.clone_from(&process.slug);
    // First of all: a file cannot be shown again in a form, so it is kept whatever else is wrong.
    let (mut problems, lost) = take_photos(app, author.visitor, (files, &counter), &mut form.photos).await?;
    let is_draft = matches!(form.step, Step::Find | Step::Correct);
    // A phase may have closed while the form was open: what was typed is shown again, with the date.
    let refusal = process.refusal(app, reader.lang, Action::PROPOSE, &author.actor).await?;
    if let Some(refusal) = refusal.filter(|_| !is_draft) {
        problems.push(Problem { field: "process".into(), message: refusal.why });
    }
    let kept = editing.as_ref().and_then(|editing| editing.theme.as_deref());
    let content = match form.check(&app.atlas.world(), process, kept) {
        Err(Error::Invalid(found)) if !is_draft => Err(found),
        Err(Error::Invalid(_)) => Err(Vec::new()),
        Err(other) => return Err(other),
        Ok(content) => Ok(content),
    };
    match content {
        Ok(content) if problems.is_empty() && form.step == Step::Publish => Ok(Ok((form, content))),
        Ok(content) if problems.is_empty() && form.step == Step::Preview => {
            preview(app, reader, author.visitor, form, &content, (process, editing)).await.map(Err)
        }
        content => {
            problems.extend(content.err().unwrap_or_default());
            if reader.wants_json
                && let Some(error) = lost
            {
                return Err(error);
            }
            if reader.wants_json && !problems.is_empty() {
                return Err(Error::Invalid(problems));
            }
            let wrong = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
            let status = lost.as_ref().map_or(wrong, Error::status);
            let page = self::form(app, reader, &author.known(), form, problems, (process, editing)).await?;
            Ok(Err((status, page).into_response()))
        }
    }
}

/// The form, with what was typed and what is wrong with it.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn form(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    form: Form,
    problems: Vec<Problem>,
    (process, editing): (&ProcessRules, Option<Editing>),
) -> Result<Response> {
    let world = app.atlas.world();
    let refusal = process.refusal(app, reader.lang, Action::PROPOSE, actor).await?;
    let is_said = problems.iter().any(|problem| problem.field == "process");
    let areas = world.territory().areas().iter();
    let found = match form.step {
        Step::Find => Some(addresses(app, &form.address, form.at()).await?),
        _ => None,
    };
    let hidden = match &editing {
        Some(editing) => hidden(app, editing.id).await?,
        None => None,
    };
    let page = NewPage {
        hidden,
        lang: reader.lang,
        site: app.name(),
        photos: pictures(app, actor.visitor, &form, editing.as_ref()).await?,
        themes: themes(&world, process, editing.as_ref()),
        processes: open_processes(&world, process, editing.as_ref())?,
        refusal: refusal.filter(|refusal| !is_said || refusal.lacks_identity),
        process: process.clone(),
        areas: areas.map(|a| AreaChoice { slug: a.slug.clone(), name: a.name.clone() }).collect(),
        problems,
        bounds: app.atlas.bounds().map(|b| b.map(|d| format!("{d:.6}")).join(",")).unwrap_or_default(),
        found,
        editing,
        form,
    };
    Ok(page.into_response())
}

/// Where it is said why an idea was hidden, and where its author appeals; nothing where it was not.
async fn hidden(app: &App, id: FeatureId) -> Result<Option<String>> {
    match decisions::absent(&app.db, id).await {
        Ok(absent) if absent.held == Hold::Hidden => Ok(Some(format!("/features/{id}#decision"))),
        Ok(_) | Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The themes that ideas of a process may have, and the one that this one has.
fn themes(world: &World, process: &ProcessRules, editing: Option<&Editing>) -> Vec<Theme> {
    let mut themes = process.themes(world);
    let kept = editing.and_then(|editing| editing.theme.as_ref());
    if themes.iter().all(|theme| Some(&theme.slug) != kept) {
        themes.extend(world.themes().iter().find(|theme| Some(&theme.slug) == kept).cloned());
    }
    themes
}

/// The processes that an idea can be placed in now, where none was chosen.
fn open_processes(
    world: &World,
    process: &ProcessRules,
    editing: Option<&Editing>,
) -> Result<Vec<ProcessRules>> {
    if !process.slug.is_empty() || editing.is_some() {
        return Ok(Vec::new());
    }
    let now = clock::now();
    let is_open = |known: &ProcessRules| matches!(known.opening(Action::PROPOSE, now), Opening::Open(_));
    Ok(ProcessRules::all(world)?.into_iter().filter(is_open).collect())
}

/// The photos of a form: those that the feature has, then those that were sent and belong to nothing yet.
async fn pictures(
    app: &App,
    author: Option<Visitor>,
    form: &Form,
    editing: Option<&Editing>,
) -> Result<Vec<Photo>> {
    let mut pictures = match editing {
        Some(editing) => photos::of(&app.db, editing.id).await?,
        None => Vec::new(),
    };
    if let Some(author) = author {
        pictures.extend(photos::mine_pending(&app.db, author, &form.photos).await?);
    }
    pictures.retain(|photo| !form.dropped.contains(&photo.id));
    for picture in &mut pictures {
        if !form.alt(picture.id).is_empty() {
            picture.alt = form.alt(picture.id).to_owned();
        }
    }
    Ok(pictures)
}

async fn preview(
    app: &App,
    reader: &Reader,
    author: Visitor,
    form: Form,
    content: &Content,
    (process, editing): (&ProcessRules, Option<Editing>),
) -> Result<Response> {
    let at = content.geometry.as_ref().and_then(parvis_tiles::geometry::representative_point);
    let similar = similar::find(app, &content.title, at, editing.as_ref().map(|e| e.id)).await?;
    let world = app.atlas.world();
    let areas = content.areas.iter().filter_map(|id| world.territory().get(*id));
    let page = PreviewPage {
        lang: reader.lang,
        site: app.name(),
        photos: pictures(app, Some(author), &form, editing.as_ref()).await?,
        title: content.title.clone(),
        body: prose::html(&content.body),
        theme: content.theme.and_then(|id| world.themes().iter().find(|theme| theme.id == id)).cloned(),
        areas: areas.map(|area| area.name.clone()).collect(),
        at,
        drawn: content.geometry.as_ref().map(|place| ::geojson::Geometry::from(place).to_string()),
        similar,
        editing,
        process: process.clone(),
        form,
    };
    Ok(page.into_response())
}

/// The page of what came too late: the form again with everything typed, and why. Rules that changed meanwhile say so in their own
/// words.
///
/// # Errors
/// To machines, and what is no conflict.
pub(super) async fn too_late(
    app: &App,
    reader: &Reader,
    author: &Acting,
    mut form: Form,
    (process, editing): (&ProcessRules, Option<Editing>),
    error: Error,
) -> Result<Response> {
    let Error::Conflict(message) = &error else { return Err(error) };
    // The rules as they are by now.
    let process = match editing {
        Some(_) => ProcessRules::of_feature(&app.atlas.world(), Some(process.slug.as_str()))?,
        None => ProcessRules::of_slug(&app.atlas.world(), &process.slug)?,
    };
    let refusal = match have_changed(&error) {
        true => process.refusal(app, reader.lang, Action::PROPOSE, &author.actor).await?,
        false => None,
    };
    if reader.wants_json {
        return Err(refusal.map_or(error, |refusal| Error::Conflict(refusal.why)));
    }
    let message = refusal.map_or_else(|| message.clone(), |refusal| refusal.why);
    if let Some(editing) = &editing {
        // Who sends it once more has read what is there now.
        form.base = features::store::last_said(&app.db, editing.id).await?.to_string();
    }
    let problems = vec![Problem { field: "process".into(), message }];
    let page = self::form(app, reader, &author.known(), form, problems, (&process, editing)).await?;
    Ok((StatusCode::CONFLICT, author.cookies.clone(), page).into_response())
}

/// The form of a proposal that is there: of the version that waits, where one does.
///
/// # Errors
/// [`Error::Internal`] where the database holds what is no geometry.
pub(super) async fn of_own(app: &App, id: FeatureId, own: &Own) -> Result<Form> {
    let mut form = Form {
        title: own.title.clone(),
        body: own.body.clone(),
        theme: own.theme.clone().unwrap_or_default(),
        area: own.area.clone().unwrap_or_default(),
        base: features::store::last_said(&app.db, id).await?.to_string(),
        ..Form::default()
    };
    let mut place = own.wkb.as_deref().map(geometry::from_wkb).transpose()?;
    if let Some(waiting) = revisions::waiting(&app.db, id).await? {
        let (version, world) = (waiting.version()?, app.atlas.world());
        let theme = world.themes().iter().find(|theme| Some(theme.id) == version.theme);
        let area = version.area.and_then(|area| world.territory().get(area));
        place = version.geometry()?;
        form.theme = theme.map(|theme| theme.slug.clone()).unwrap_or_default();
        form.area = area.map(|area| area.slug.clone()).unwrap_or_default();
        (form.title, form.body) = (version.title, version.body);
    }
    match place {
        Some(Geometry::Point(point)) => {
            (form.lon, form.lat) = (format!("{:.6}", point.x()), format!("{:.6}", point.y()));
        }
        Some(other) => form.geometry = ::geojson::Geometry::from(&other).to_string(),
        None => {}
    }
    Ok(form)
}

/// Gives a feature the photos that the form names, and takes away those that it drops, which are their `owner`'s. Gives
/// what no feature shows any more: its files go once the write is committed (see [`photos::forget`]).
///
/// # Errors
/// Where the database refuses; [`Error::Invalid`] where they are too many.
pub(super) async fn attach(
    write: &mut Write,
    id: FeatureId,
    author: Visitor,
    owner: Option<Visitor>,
    form: &Form,
) -> Result<Vec<Digest>> {
    let mut free = Vec::new();
    for photo in &form.dropped {
        match photos::detach(write, id, owner.unwrap_or(author), *photo).await {
            Ok(digest) => free.extend(digest),
            // A pending one: it is cleared away with the others that nobody wanted.
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    photos::attach(write, id, author, &form.captions()).await?;
    Ok(free)
}
