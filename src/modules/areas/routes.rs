//! The desk's page of the territory: the search of communes and bodies, the choice of one, and the areas that there are.

use super::france::{Unit, france};
use super::views::{AreaLine, Found, IndexPage, Member};
use super::{file, one};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::i18n::{Lang, Message};
use crate::base::once::Answered;
use crate::base::text::fold;
use crate::civic::accounts::Access::Everywhere;
use crate::civic::accounts::{Actor, Desk, Pages, Role, Routes};
use crate::core::app::App;
use crate::core::journal::Act;
use crate::core::territory::{self, Chosen, Territory};
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::collections::HashSet;

pub(super) const HERE: &str = "/admin/areas";

/// Areas on a page of the list.
const ON_A_PAGE: i64 = 50;

pub(super) fn routes() -> Routes {
    let administrator = Everywhere(Role::Administrator);
    Routes::new()
        .get(HERE, administrator, index)
        .post("/admin/areas/territory", administrator, choose)
        .post_files("/admin/areas/file", administrator, file::BODY, file::send)
        .get("/admin/areas/file/{digest}", administrator, file::look)
        .post("/admin/areas/file/{digest}", administrator, file::act)
        .get("/admin/areas/work/{id}", administrator, file::wait)
        .get("/admin/areas/new", administrator, one::new)
        .post_long("/admin/areas/new", administrator, one::DRAWN, one::make)
        .get("/admin/areas/{id}", administrator, one::edit)
        .post("/admin/areas/{id}", administrator, one::change)
        .post("/admin/areas/{id}/remove", administrator, one::remove)
        .get("/admin/areas/removed/{digest}", administrator, one::removed)
        .post("/admin/areas/removed/{digest}", administrator, one::put_back)
}

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// A name that is looked for among all of France.
    q: String,
    /// A name that is looked for among the areas.
    area: String,
    page: String,
    done: String,
    created: u32,
    updated: u32,
    unchanged: u32,
    left_out: u32,
}

/// `GET /admin/areas?q=…`
async fn index(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<IndexPage> {
    page(&app, &reader, &actor, &asked).await
}

/// What was just done, in words.
fn done(asked: &Asked, lang: Lang) -> Vec<String> {
    let counted = |key: &str, n: u32| lang.count(key, i64::from(n));
    match asked.done.as_str() {
        "imported" => {
            let mut said = vec![
                counted("areas-created", asked.created),
                counted("areas-updated", asked.updated),
                counted("areas-unchanged", asked.unchanged),
            ];
            if asked.left_out > 0 {
                said.push(counted("areas-left-out", asked.left_out));
            }
            if asked.created > 0 || asked.updated > 0 {
                said.push(lang.text("areas-undo"));
            }
            said
        }
        "chosen" => vec![lang.text("areas-chosen")],
        "forgotten" => vec![lang.text("areas-forgotten")],
        "drawn" => vec![lang.text("areas-drawn")],
        "changed" => vec![lang.text("areas-changed")],
        "back" => vec![lang.text("areas-back")],
        _ => Vec::new(),
    }
}

async fn page(app: &App, reader: &Reader, actor: &Actor, asked: &Asked) -> Result<IndexPage> {
    let (world, lang) = (app.atlas.world(), reader.lang);
    let territory = world.territory();
    let chosen = territory::chosen(&app.db).await?;
    let typed = asked.q.trim();
    let found = if typed.is_empty() { Vec::new() } else { search(typed.to_owned()).await? };
    let wanted = fold(&asked.area);
    let is_wanted = |area: &&territory::Area| {
        wanted.is_empty() || fold(&area.name).contains(&wanted) || fold(&area.code) == wanted
    };
    let listed: Vec<&territory::Area> = territory.areas().iter().filter(is_wanted).collect();
    let link = form_urlencoded::Serializer::new(format!("{HERE}?")).append_pair("area", &asked.area).finish();
    let pages = Pages::of(&asked.page, listed.len() as i64, ON_A_PAGE, &link);
    let shown = listed.into_iter().skip(pages.offset() as usize).take(ON_A_PAGE as usize);
    let unit = chosen.as_ref().and_then(|chosen| france().of_code(&chosen.code));
    Ok(IndexPage {
        lang,
        site: app.name(),
        desk: Desk::of(actor, lang, HERE),
        done: done(asked, lang),
        edition: france().edition.clone(),
        typed: typed.to_owned(),
        found: found.into_iter().map(|unit| Found::of(unit, lang)).collect(),
        members: unit.map(|unit| members(unit, territory)).unwrap_or_default(),
        unit: unit.map(|unit| Found::of(unit, lang)),
        chosen,
        total: territory.areas().len() as i64,
        levels: levels(territory),
        wanted: asked.area.trim().to_owned(),
        lines: shown.map(|area| AreaLine::of(area, territory)).collect(),
        pages,
        most_megabytes: file::MOST >> 20,
        level: String::new(),
        layer: String::new(),
        crs: String::new(),
        refused: None,
        rows: Vec::new(),
    })
}

/// The page with what is wrong with the file that was sent.
pub(super) async fn refused(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    said: (String, Vec<String>),
    choice: &super::choice::Choice,
) -> Result<Response> {
    let mut page = page(app, reader, actor, &Asked::default()).await?;
    page.level.clone_from(&choice.level);
    page.layer.clone_from(&choice.layer);
    page.crs.clone_from(&choice.crs);
    page.refused = Some(said.0);
    page.rows = said.1;
    Ok((StatusCode::BAD_REQUEST, page).into_response())
}

/// Compares some ten thousand words: off the threads that answer.
async fn search(typed: String) -> Result<Vec<&'static Unit>> {
    let found = tokio::task::spawn_blocking(move || france().search(&typed)).await;
    found.map_err(|error| Error::Internal(format!("search of communes: {error}")))
}

/// The parts of a unit, and which of them have an outline: an area of that code.
fn members(unit: &Unit, territory: &Territory) -> Vec<Member> {
    let codes: HashSet<&str> = territory.areas().iter().map(|area| area.code.as_str()).collect();
    let member = |part: &Unit| Member {
        name: part.name.clone(),
        is_there: codes.contains(part.code.as_str()),
        is_commune: part.kind == "commune",
        code: part.code.clone(),
    };
    france().members(unit).map(member).collect()
}

/// Each level and how many areas it has, in the areas' order.
pub(super) fn levels(territory: &Territory) -> Vec<(String, i64)> {
    let mut levels: Vec<(String, i64)> = Vec::new();
    for area in territory.areas() {
        match levels.iter_mut().find(|(level, _)| *level == area.level) {
            Some((_, count)) => *count += 1,
            None => levels.push((area.level.clone(), 1)),
        }
    }
    levels
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Choosing {
    code: String,
    /// The code that the page saw; nothing where it does not say.
    was: Option<String>,
}

/// `POST /admin/areas/territory`: whose territory this is; without a code, nobody's any more.
async fn choose(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Form(choosing): Form<Choosing>,
) -> Result<Response> {
    let code = choosing.code.trim();
    let unit = france().of_code(code);
    if unit.is_none() && !code.is_empty() {
        let problem = Problem { field: "code".into(), message: Message::new("areas-unknown-code") };
        return Err(Error::Invalid(vec![problem]));
    }
    let chosen = unit.map(|unit| Chosen { name: unit.name.clone(), code: unit.code.clone() });
    let to = format!("{HERE}?done={}", if chosen.is_some() { "chosen" } else { "forgotten" });
    let mut write = app.begin().await?;
    let now = territory::chosen_to_change(&mut write).await?.map(|chosen| chosen.code).unwrap_or_default();
    if choosing.was.is_some_and(|was| was != now) {
        return Err(Error::Conflict(Message::new("areas-chosen-meanwhile")));
    }
    territory::choose(&mut write, chosen.as_ref(), Some(actor.signed_in()?.id)).await?;
    write.record_subject(Act::TERRITORY, code);
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to).into_response())
}
