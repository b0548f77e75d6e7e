//! The addresses of the desk of themes.

use super::model::{Among, ThemeForm, token};
use super::views::{EditPage, ListPage, Owner, ThemeLine};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{ProcessId, ThemeId};
use crate::base::once::Answered;
use crate::civic::accounts::Access::Holder;
use crate::civic::accounts::{Account, Actor, Desk, Jurisdiction, Role, Routes};
use crate::civic::processes::ProcessRules;
use crate::core::app::App;
use crate::core::features::vocabulary::{self, NewTheme, PALETTE, Process, Theme};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(super) const HERE: &str = "/admin/themes";

/// What most cities sort ideas under: the words of their names, their icons.
const USUAL: [(&str, &str); 6] = [
    ("moving", "bicycle"),
    ("shops", "shop"),
    ("nature", "tree"),
    ("culture", "culture"),
    ("school", "school"),
    ("cleanliness", "cleanliness"),
];

pub(super) fn routes() -> Routes {
    let planner = Holder(Role::Planner);
    Routes::new()
        .get(HERE, planner, list)
        .post(HERE, planner, create)
        .creates()
        .get("/admin/themes/new", planner, new)
        .get("/admin/themes/{id}", planner, edit)
        .post("/admin/themes/{id}", planner, change)
        .post("/admin/themes/{id}/remove", planner, remove)
}

/// What a theme of this owner asks for.
fn asks(process: Option<ProcessId>) -> (Role, Jurisdiction) {
    let role = if process.is_some() { Role::Planner } else { Role::Administrator };
    (role, Jurisdiction { process, areas: Vec::new() })
}

fn may(actor: &Actor, process: Option<ProcessId>) -> bool {
    let (role, place) = asks(process);
    actor.may(role, &place)
}

fn must(actor: &Actor, process: Option<ProcessId>) -> Result<&Account> {
    let (role, place) = asks(process);
    actor.must(role, &place)
}

/// A theme that this person may change.
async fn own(app: &App, actor: &Actor, id: &str) -> Result<Theme> {
    let id = ThemeId::of_text(id).ok_or(Error::NotFound)?;
    let themes = vocabulary::themes(&app.db).await?;
    let theme = themes.into_iter().find(|theme| theme.id == id).ok_or(Error::NotFound)?;
    must(actor, theme.process_id)?;
    Ok(theme)
}

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
    process: String,
}

/// `GET /admin/themes`
async fn list(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<ListPage> {
    let (world, uses) = (app.atlas.world(), vocabulary::theme_uses(&app.db).await?);
    let shown = |theme: &Theme| theme.process_id.is_none() || may(&actor, theme.process_id);
    let lines = vocabulary::themes(&app.db).await?.into_iter().filter(shown).map(|theme| ThemeLine {
        owner: world
            .owner(&theme)
            .map(|process| (process.slug.clone(), process.name(reader.lang).to_owned())),
        uses: uses.iter().find(|(id, _)| *id == theme.id).map_or(0, |(_, count)| *count),
        may_change: may(&actor, theme.process_id),
        theme,
    });
    let done = match asked.done.as_str() {
        "made" => Some("theme-made"),
        "changed" => Some("theme-changed"),
        "removed" => Some("theme-removed"),
        "usual" => Some("theme-usual-made"),
        _ => None,
    };
    Ok(ListPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, HERE),
        lines: lines.collect(),
        done: done.map(|key| reader.lang.text(key)),
        may_share: may(&actor, None),
    })
}

/// Whose own a new theme of this person can be.
fn owners(app: &App, actor: &Actor) -> Vec<Owner> {
    let world = app.atlas.world();
    let planned = world.processes().iter().filter(|process| may(actor, Some(process.id)));
    planned.map(|Process { slug, title, .. }| Owner { slug: slug.clone(), title: title.clone() }).collect()
}

/// The form of a theme that there is, or of one to be made.
async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    theme: Option<Theme>,
    form: ThemeForm,
) -> Result<EditPage> {
    let world = app.atlas.world();
    let id = theme.as_ref().map(|theme| theme.id);
    let uses = vocabulary::theme_uses(&app.db).await?;
    Ok(EditPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        owner: theme
            .as_ref()
            .and_then(|t| world.owner(t))
            .map(|p| (p.slug.clone(), p.name(reader.lang).to_owned())),
        owners: owners(app, actor),
        may_share: may(actor, None),
        uses: uses.into_iter().find(|(used, _)| Some(*used) == id).map_or(0, |(_, count)| count),
        chosen_by: theme
            .as_ref()
            .map(|theme| chosen_by(app, theme, reader.lang))
            .transpose()?
            .unwrap_or_default(),
        others: vocabulary::themes(&app.db).await?.into_iter().filter(|t| Some(t.id) != id).collect(),
        icons: http::icons(),
        theme,
        form,
        problems: Vec::new(),
    })
}

/// The titles of processes whose rules name a shared theme: without it, they would offer others than they chose.
fn chosen_by(app: &App, theme: &Theme, lang: Lang) -> Result<Vec<String>> {
    let every = ProcessRules::every(&app.atlas.world())?;
    let names = |known: &ProcessRules| known.settings.themes.contains(&theme.slug);
    Ok(every.into_iter().filter(names).map(|known| known.title_in(lang).to_owned()).collect())
}

fn refused(mut page: EditPage, status: StatusCode, problems: Vec<Problem>) -> Response {
    page.problems = problems;
    (status, page).into_response()
}

/// `GET /admin/themes/new?process=…`
async fn new(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<EditPage> {
    let themes = vocabulary::themes(&app.db).await?;
    page(&app, &reader, &actor, None, ThemeForm::new(&themes, asked.process)).await
}

/// Whose own a new theme is to be.
///
/// # Errors
/// [`Error::Forbidden`] where it is a process that this person does not plan, [`Error::Invalid`] where it is none of theirs to choose.
fn chosen_owner(app: &App, actor: &Actor, slug: &str) -> Result<Option<ProcessId>> {
    let world = app.atlas.world();
    match slug {
        "" if may(actor, None) => Ok(None),
        "" => Err(Error::invalid("process", Message::new("theme-no-process"))),
        slug => match world.processes().iter().find(|process| process.slug == slug) {
            Some(process) => must(actor, Some(process.id)).map(|_| Some(process.id)),
            None => Err(Error::invalid("process", Message::new("theme-unknown-process"))),
        },
    }
}

/// `POST /admin/themes`
async fn create(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(form): Form<ThemeForm>,
) -> Result<Response> {
    if !form.usual.is_empty() {
        return usual(&app, &reader, &actor).await;
    }
    let (owner, mut problems) = match chosen_owner(&app, &actor, &form.process) {
        Ok(owner) => (owner, Vec::new()),
        Err(Error::Invalid(problems)) => (None, problems),
        Err(other) => return Err(other),
    };
    let mut write = app.begin().await?;
    let (themes, icons) = (vocabulary::themes(write.tx()).await?, http::icons());
    let among = Among { themes: &themes, current: None, process: owner, icons: &icons };
    match form.check(among) {
        Ok(theme) if problems.is_empty() => {
            let (label, color, icon) = (&*theme.label, &*theme.color, &*theme.icon);
            let new = NewTheme { label, color, icon, process: owner };
            let id = vocabulary::insert_theme(&mut write, &new).await?;
            vocabulary::name_theme(&mut write, id, &theme.names).await?;
            write.answers(Answered::See(format!("{HERE}?done=made")));
            app.commit(write).await?;
            Ok(Redirect::to(&format!("{HERE}?done=made")).into_response())
        }
        checked => {
            drop(write);
            problems.extend(checked.err().unwrap_or_default());
            let page = page(&app, &reader, &actor, None, form).await?;
            Ok(refused(page, StatusCode::BAD_REQUEST, problems))
        }
    }
}

/// The usual themes, where there is none that is shared.
async fn usual(app: &App, reader: &Reader, actor: &Actor) -> Result<Response> {
    must(actor, None)?;
    let mut write = app.begin().await?;
    let themes = vocabulary::themes(write.tx()).await?;
    if themes.iter().any(|theme| theme.process_id.is_none()) {
        return Err(Error::Conflict(Message::new("theme-usual-there")));
    }
    for (at, (word, icon)) in USUAL.into_iter().enumerate() {
        let label = reader.lang.text(&format!("theme-usual-{word}"));
        let color = PALETTE.get(at).copied().unwrap_or_default();
        vocabulary::insert_theme(&mut write, &NewTheme { label: &label, color, icon, process: None }).await?;
    }
    write.answers(Answered::See(format!("{HERE}?done=usual")));
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}?done=usual")).into_response())
}

/// `GET /admin/themes/{id}`
async fn edit(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<EditPage> {
    let theme = own(&app, &actor, &id).await?;
    let form = ThemeForm::of(&theme);
    page(&app, &reader, &actor, Some(theme), form).await
}

/// `POST /admin/themes/{id}`
async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<ThemeForm>,
) -> Result<Response> {
    let theme = own(&app, &actor, &id).await?;
    let mut write = app.begin().await?;
    vocabulary::lock_theme(&mut write, theme.id).await?;
    let (themes, icons) = (vocabulary::themes(write.tx()).await?, http::icons());
    let theme = themes.iter().find(|known| known.id == theme.id).cloned().ok_or(Error::NotFound)?;
    if !form.was.is_empty() && form.was != token(&theme) {
        drop(write);
        return changed(page(&app, &reader, &actor, Some(theme), form).await?);
    }
    let among = Among { themes: &themes, current: Some(&theme), process: theme.process_id, icons: &icons };
    match form.check(among) {
        Ok(to) => {
            vocabulary::change_theme(&mut write, theme.id, &to.label, &to.color, &to.icon).await?;
            vocabulary::name_theme(&mut write, theme.id, &to.names).await?;
            app.commit(write).await?;
            Ok(Redirect::to(&format!("{HERE}?done=changed")).into_response())
        }
        Err(problems) => {
            drop(write);
            let page = page(&app, &reader, &actor, Some(theme), form).await?;
            Ok(refused(page, StatusCode::BAD_REQUEST, problems))
        }
    }
}

/// The form again, with what somebody else made of the theme meanwhile.
fn changed(page: EditPage) -> Result<Response> {
    let said = Message::new("theme-changed-now");
    let said = match &page.theme {
        Some(theme) => said
            .with("label", &theme.label)
            .with("color", &theme.color)
            .with("icon", page.icon_name(&theme.icon)),
        None => said,
    };
    let problem = Problem { field: "remove".into(), message: said };
    Ok(refused(page, StatusCode::CONFLICT, vec![problem]))
}

/// What a form that removes a theme saw of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Saw {
    was: String,
}

/// `POST /admin/themes/{id}/remove`: refused with what uses it, and what to do instead.
async fn remove(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(saw): Form<Saw>,
) -> Result<Response> {
    let theme = own(&app, &actor, &id).await?;
    if !saw.was.is_empty() && saw.was != token(&theme) {
        let form = ThemeForm::of(&theme);
        return changed(page(&app, &reader, &actor, Some(theme), form).await?);
    }
    let (id, form) = (theme.id, ThemeForm::of(&theme));
    let page = page(&app, &reader, &actor, Some(theme), form).await?;
    if !page.can_go() {
        let problem = Problem { field: "remove".into(), message: Message::new("theme-not-removed") };
        return Ok(refused(page, StatusCode::CONFLICT, vec![problem]));
    }
    let mut write = app.begin().await?;
    // Somebody may have used it meanwhile: the statement looks again.
    vocabulary::remove_theme(&mut write, id).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}?done=removed")).into_response())
}
