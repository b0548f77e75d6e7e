//! One area: drawn by hand or pasted, renamed, made part of another one, removed and put back.

use super::choice::{self, NAME_MOST, Parent};
use super::file::one_outline;
use super::france::people_of;
use super::picture::Picture;
use super::plan::holding;
use super::removed::Removed;
use super::routes::{HERE, levels};
use super::store::{self as own, Uses};
use super::views::{EditPage, NewPage, RemovedPage};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::AreaId;
use crate::base::once::Answered;
use crate::base::text::{line, slug};
use crate::civic::accounts::{Actor, Desk};
use crate::civic::processes::ProcessRules;
use crate::core::app::App;
use crate::core::features::geometry::from_wkb;
use crate::core::territory::{self, Area, NewArea, Territory, store};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use geo::{Geometry, MultiPolygon};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The largest form of an outline that is drawn or pasted, in bytes: five thousand corners are a tenth of it.
pub(super) const DRAWN: usize = 2 << 20;

/// The most areas that a choice offers by name: of more, levels are offered only.
const OFFERED: usize = 500;

/// The form of an area.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct AreaForm {
    pub(super) name: String,
    pub(super) level: String,
    pub(super) code: String,
    pub(super) parent: String,
    pub(super) geometry: String,
    /// What it saw of the area (see [`token`]).
    pub(super) was: String,
}

/// What a form can say an area is part of: the value and the words; `but` is the area itself, which is part of nothing of its own.
pub(super) fn parents(territory: &Territory, but: Option<AreaId>) -> Vec<(String, String)> {
    let is_apart = |area: &&Area| but.is_none_or(|but| !territory.with_parents([area.id]).contains(&but));
    let each = territory.areas().iter().filter(is_apart).take(OFFERED + 1);
    let each: Vec<(String, String)> =
        each.map(|area| (area.id.to_string(), format!("{} ({})", area.name, area.level))).collect();
    if each.len() > OFFERED { Vec::new() } else { each }
}

/// An area's state, as a form names what it saw.
pub(super) fn token(area: &Area) -> String {
    let parent = area.parent_id.map(|id| id.to_string()).unwrap_or_default();
    let says = [area.name.as_str(), &parent].join("\u{0}");
    Sha256::digest(says.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn blank(app: &App, reader: &Reader, actor: &Actor, form: AreaForm) -> NewPage {
    let world = app.atlas.world();
    let territory = world.territory();
    let bounds = territory.bounds().map(|bounds| bounds.map(|degrees| degrees.to_string()).join(","));
    NewPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        levels: levels(territory),
        parents: parents(territory, None),
        bounds: bounds.unwrap_or_default(),
        has_ground: !app.config.basemap.trim().is_empty() || !territory.areas().is_empty(),
        form,
        problems: Vec::new(),
    }
}

/// `GET /admin/areas/new`
pub(super) async fn new(State(app): State<App>, reader: Reader, actor: Actor) -> NewPage {
    blank(&app, &reader, &actor, AreaForm::default())
}

/// An area as the form says it.
///
/// # Errors
/// Each field that is wrong.
async fn drawn(app: &App, reader: &Reader, form: &AreaForm) -> Result<Result<NewArea, Vec<Problem>>> {
    let world = app.atlas.world();
    let mut problems = Vec::new();
    let mut wrong = |field: &'static str, message| problems.push(Problem { field: field.into(), message });
    let name = name(&form.name).map_err(|message| wrong("name", message)).unwrap_or_default();
    let level = choice::level(&form.level).map_err(|message| wrong("level", message)).unwrap_or_default();
    let parent = choice::parent(&form.parent, world.territory());
    let parent = parent.map_err(|message| wrong("parent", message)).unwrap_or(Parent::None);
    let outline = if form.geometry.trim().is_empty() {
        Err(reader.lang.text("areas-nothing-drawn"))
    } else {
        one_outline(app, &form.geometry, reader).await?
    };
    let outline = outline.map_err(|said| wrong("geometry", Message::new("areas-said").with("what", said)));
    let code = line(&form.code, NAME_MOST);
    let code = if code.is_empty() { slug(&name) } else { code };
    if world.territory().areas().iter().any(|area| area.level == level && area.code == code) {
        wrong("code", Message::new("areas-code-taken").with("code", &code).with("level", &level));
    }
    let (Ok(outline), true) = (outline, problems.is_empty()) else { return Ok(Err(problems)) };
    let parent = match parent {
        Parent::None => None,
        Parent::One(id) => Some(id),
        Parent::ByPlace(level) => holding(&level, &outline, world.territory()),
    };
    let population = people_of(&level, &code);
    Ok(Ok(NewArea { level, code, name, parent, outline, population }))
}

fn name(said: &str) -> Result<String, Message> {
    let name = line(said, usize::MAX);
    let is_name = name.chars().any(char::is_alphanumeric) && name.chars().count() <= NAME_MOST;
    if is_name { Ok(name) } else { Err(Message::new("areas-name-wrong").with("most", NAME_MOST)) }
}

/// `POST /admin/areas/new`: an outline that was drawn on the map, or pasted as GeoJSON.
pub(super) async fn make(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(form): Form<AreaForm>,
) -> Result<Response> {
    let area = match drawn(&app, &reader, &form).await? {
        Ok(area) => area,
        Err(problems) => {
            let page = NewPage { problems, ..blank(&app, &reader, &actor, form) };
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    let mut write = app.begin().await?;
    // Somebody else may have drawn one meanwhile: theirs is not written over.
    let all = store::all(write.tx()).await?;
    if all.iter().any(|other| other.level == area.level && other.code == area.code) {
        let taken = Message::new("areas-code-taken").with("code", &area.code).with("level", &area.level);
        return Err(Error::Conflict(taken));
    }
    store::upsert(&mut write, &area).await?;
    territory::retag(&mut write).await?;
    write.answers(Answered::See(format!("{HERE}?done=drawn")));
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}?done=drawn")).into_response())
}

/// The area of a number.
fn find(app: &App, id: &str) -> Result<Area> {
    let id = AreaId::of_text(id).ok_or(Error::NotFound)?;
    app.atlas.world().territory().get(id).cloned().ok_or(Error::NotFound)
}

async fn page(app: &App, reader: &Reader, actor: &Actor, area: Area, form: AreaForm) -> Result<EditPage> {
    let world = app.atlas.world();
    let outline = match from_wkb(&area.wkb)? {
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        Geometry::MultiPolygon(polygons) => polygons,
        _ => MultiPolygon(Vec::new()),
    };
    let names_it = |known: &ProcessRules| known.settings.area == area.slug;
    let processes = ProcessRules::every(&world)?.into_iter().filter(names_it).map(|known| known.title);
    Ok(EditPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        picture: Picture::of(std::iter::once(&outline)),
        parents: parents(world.territory(), Some(area.id)),
        uses: own::uses(&app.db, area.id).await?,
        processes: processes.collect(),
        area,
        form,
        problems: Vec::new(),
    })
}

fn form_of(area: &Area) -> AreaForm {
    let parent = area.parent_id.map(|id| id.to_string()).unwrap_or_default();
    AreaForm { name: area.name.clone(), parent, ..AreaForm::default() }
}

/// `GET /admin/areas/{id}`
pub(super) async fn edit(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<EditPage> {
    let area = find(&app, &id)?;
    let form = form_of(&area);
    page(&app, &reader, &actor, area, form).await
}

/// The page again with what is wrong.
async fn refuse(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    (area, form): (Area, AreaForm),
    (status, problems): (StatusCode, Vec<Problem>),
) -> Result<Response> {
    let page = EditPage { problems, ..page(app, reader, actor, area, form).await? };
    Ok((status, page).into_response())
}

fn changed_now(area: &Area) -> (StatusCode, Vec<Problem>) {
    let message = Message::new("areas-changed-now").with("name", &area.name);
    (StatusCode::CONFLICT, vec![Problem { field: "was".into(), message }])
}

/// What a form changes of an area.
fn checked(
    area: &Area,
    form: &AreaForm,
    territory: &Territory,
) -> Result<(String, Option<AreaId>), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &'static str, message| problems.push(Problem { field: field.into(), message });
    let name = name(&form.name).map_err(|message| wrong("name", message)).unwrap_or_default();
    let parent = match choice::parent(&form.parent, territory) {
        Ok(Parent::One(id)) if territory.with_parents([id]).contains(&area.id) => {
            Err(Message::new("areas-parent-inside"))
        }
        Ok(Parent::One(id)) => Ok(Some(id)),
        Ok(_) => Ok(None),
        Err(message) => Err(message),
    };
    let parent = parent.map_err(|message| wrong("parent", message)).unwrap_or_default();
    if problems.is_empty() { Ok((name, parent)) } else { Err(problems) }
}

/// `POST /admin/areas/{id}`: another name, or part of another area.
pub(super) async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<AreaForm>,
) -> Result<Response> {
    let area = find(&app, &id)?;
    let mut write = app.begin().await?;
    store::lock(&mut write, area.id).await?;
    let all = store::all(write.tx()).await?;
    let now = all.iter().find(|other| other.id == area.id).cloned().ok_or(Error::NotFound)?;
    if !form.was.is_empty() && form.was != token(&now) {
        drop(write);
        let wrong = changed_now(&now);
        return refuse(&app, &reader, &actor, (now, form), wrong).await;
    }
    match checked(&now, &form, &Territory::new(all)?) {
        Err(problems) => {
            drop(write);
            refuse(&app, &reader, &actor, (now, form), (StatusCode::BAD_REQUEST, problems)).await
        }
        Ok((name, parent)) => {
            store::change(&mut write, now.id, &name, parent).await?;
            if parent != now.parent_id {
                territory::retag(&mut write).await?;
            }
            app.commit(write).await?;
            Ok(Redirect::to(&format!("{HERE}?done=changed")).into_response())
        }
    }
}

/// `POST /admin/areas/{id}/remove`: refused with what uses it.
pub(super) async fn remove(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(saw): Form<AreaForm>,
) -> Result<Response> {
    let area = find(&app, &id)?;
    let mut write = app.begin().await?;
    store::lock(&mut write, area.id).await?;
    let all = store::all(write.tx()).await?;
    let area = all.iter().find(|now| now.id == area.id).cloned().ok_or(Error::NotFound)?;
    if !saw.was.is_empty() && saw.was != token(&area) {
        drop(write);
        let (form, wrong) = (form_of(&area), changed_now(&area));
        return refuse(&app, &reader, &actor, (area, form), wrong).await;
    }
    let names_it = |known: &ProcessRules| known.settings.area == area.slug;
    let is_named = ProcessRules::every(&app.atlas.world())?.iter().any(names_it);
    let uses: Uses = own::uses(write.tx(), area.id).await?;
    if is_named || !uses.is_none() {
        drop(write);
        let problem = Problem { field: "was".into(), message: Message::new("areas-not-removed") };
        let form = form_of(&area);
        return refuse(&app, &reader, &actor, (area, form), (StatusCode::CONFLICT, vec![problem])).await;
    }
    let digest = Removed::of(&area, &all).keep(&app).await?;
    store::remove(&mut write, area.id).await?;
    let to = format!("{HERE}/removed/{digest}");
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to).into_response())
}

/// `GET /admin/areas/removed/{digest}`: what was removed, and the way back.
pub(super) async fn removed(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(digest): Path<String>,
) -> Result<RemovedPage> {
    let removed = Removed::find(&app, &digest).await?;
    let area = removed.area(None)?;
    Ok(RemovedPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, HERE),
        picture: Picture::of(std::iter::once(&area.outline)),
        digest,
        removed,
    })
}

/// `POST /admin/areas/removed/{digest}`: as it was, under the address that it had.
pub(super) async fn put_back(
    State(app): State<App>,
    _: SameOrigin,
    Path(digest): Path<String>,
) -> Result<Redirect> {
    let removed = Removed::find(&app, &digest).await?;
    let mut write = app.begin().await?;
    let all = store::all(write.tx()).await?;
    if all.iter().any(|area| area.level == removed.level && area.code == removed.code) {
        let taken =
            Message::new("areas-code-taken").with("code", &removed.code).with("level", &removed.level);
        return Err(Error::Conflict(taken));
    }
    // What it was part of may be gone, too.
    let parent = removed.parent(&all);
    store::put_back(&mut write, &removed.area(parent)?, &removed.slug).await?;
    territory::retag(&mut write).await?;
    write.answers(Answered::See(format!("{HERE}?done=back")));
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}?done=back")))
}
