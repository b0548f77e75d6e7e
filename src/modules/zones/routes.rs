//! The desk's pages of zones: the list, drawing one, its name, taking it away and putting it back.

use super::views::{HotLine, IndexPage, NewPage, ZoneLine};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::once::Answered;
use crate::base::text::line;
use crate::civic::accounts::Access::Holder;
use crate::civic::accounts::{Actor, Desk, Role, Routes};
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::journal::Write;
use crate::core::territory::{Territory, zones};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(super) const HERE: &str = "/admin/zones";

/// The most characters of a name.
pub(super) const NAME_MOST: usize = 80;

/// The largest form of an outline, in bytes.
const DRAWN: usize = 1 << 20;

/// As many crowds as are told.
const HOT: usize = 10;

pub(super) fn routes() -> Routes {
    let agent = Holder(Role::Agent);
    Routes::new()
        .get(HERE, agent, index)
        .get("/admin/zones/new", agent, new)
        .post_long("/admin/zones/new", agent, DRAWN, make)
        .post("/admin/zones/{id}", agent, rename)
        .post("/admin/zones/{id}/remove", agent, remove)
        .post("/admin/zones/{id}/back", agent, put_back)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    done: String,
}

/// `GET /admin/zones`
async fn index(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<IndexPage> {
    let (all, world) = (zones::all(&app.db).await?, app.atlas.world());
    let (removed, kept): (Vec<_>, Vec<_>) = all.into_iter().partition(|zone| zone.removed_at.is_some());
    let mut lines = Vec::new();
    for zone in kept {
        let filter = Filter::within(zone.id);
        let count = app.atlas.total(&app.atlas.look_up(&app.db, filter).await?)?;
        lines.push(ZoneLine { id: zone.id, name: zone.name, count: count.cast_signed() });
    }
    let hot = app.atlas.hot_spots(&Filter::default(), HOT)?;
    Ok(IndexPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, HERE),
        done: ["drawn", "renamed", "removed", "back"].contains(&asked.done.as_str()).then_some(asked.done),
        lines,
        removed: removed.into_iter().map(|zone| (zone.id, zone.name)).collect(),
        hot: hot.iter().map(|spot| HotLine::of(spot, world.territory())).collect(),
    })
}

fn blank(app: &App, reader: &Reader, actor: &Actor, form: ZoneForm) -> NewPage {
    let bounds = app.atlas.bounds().map(|bounds| bounds.map(|degrees| degrees.to_string()).join(","));
    NewPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        bounds: bounds.unwrap_or_default(),
        form,
        problems: Vec::new(),
    }
}

/// `GET /admin/zones/new`
async fn new(State(app): State<App>, reader: Reader, actor: Actor) -> NewPage {
    blank(&app, &reader, &actor, ZoneForm::default())
}

/// The form of a zone.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ZoneForm {
    pub(super) name: String,
    pub(super) geometry: String,
}

fn name(said: &str) -> Result<String, Problem> {
    let name = line(said, NAME_MOST);
    let message = || Message::new("zone-name-wrong").with("most", NAME_MOST);
    if name.chars().any(char::is_alphanumeric) {
        Ok(name)
    } else {
        Err(Problem { field: "name".into(), message: message() })
    }
}

/// `POST /admin/zones/new`: what was drawn on the map, or pasted as GeoJSON.
async fn make(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(form): Form<ZoneForm>,
) -> Result<Response> {
    let outline =
        zones::drawn(&form.geometry).map_err(|message| Problem { field: "geometry".into(), message });
    let (name, outline) = match (name(&form.name), outline) {
        (Ok(name), Ok(outline)) => (name, outline),
        (name, outline) => {
            let problems = name.err().into_iter().chain(outline.err()).collect();
            let page = NewPage { problems, ..blank(&app, &reader, &actor, form) };
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    let mut write = app.begin().await?;
    let at = write.at();
    zones::insert(write.tx(), &name, outline, at).await?;
    done(&app, write, "drawn").await
}

/// `POST /admin/zones/{id}`: another name.
async fn rename(
    State(app): State<App>,
    _: SameOrigin,
    Path(id): Path<i64>,
    Form(form): Form<ZoneForm>,
) -> Result<Response> {
    let name = name(&form.name).map_err(|problem| Error::Invalid(vec![problem]))?;
    let mut write = app.begin().await?;
    let is_there = zones::rename(write.tx(), id, &name).await?;
    if is_there { done(&app, write, "renamed").await } else { Err(Error::NotFound) }
}

/// `POST /admin/zones/{id}/remove`
async fn remove(State(app): State<App>, _: SameOrigin, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.begin().await?;
    let at = write.at();
    let was_there = zones::remove(write.tx(), id, Some(at)).await?;
    if was_there { done(&app, write, "removed").await } else { Err(Error::NotFound) }
}

/// `POST /admin/zones/{id}/back`
async fn put_back(State(app): State<App>, _: SameOrigin, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.begin().await?;
    let was_gone = zones::remove(write.tx(), id, None).await?;
    if was_gone { done(&app, write, "back").await } else { Err(Error::NotFound) }
}

async fn done(app: &App, mut write: Write, what: &str) -> Result<Response> {
    let to = format!("{HERE}?done={what}");
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to).into_response())
}

/// What the smallest area of a place is called.
pub(super) fn area_of(territory: &Territory, lon: f64, lat: f64) -> String {
    let ids = territory.areas_of(&geo::Geometry::Point(geo::Point::new(lon, lat)));
    let areas = ids.into_iter().filter_map(|id| territory.get(id));
    Territory::innermost(areas).map(|area| area.name.clone()).unwrap_or_default()
}
