//! The desk of processes: making, writing, previewing, undoing, cloning. What it is not: the roll and the documents, whose forms stand here and are
//! read in their rooms.

use super::form::ProcessForm;
use super::model::State;
use super::store::{self, Decided};
use super::views::{DeskPage, EditPage, HistoryPage};
use super::{ProcessRules, Template, documents, roll};
use crate::base::db::Answer;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::AccountId;
use crate::base::once::Answered;
use crate::civic::accounts::Access::Holder;
use crate::civic::accounts::{Actor, Desk, Jurisdiction, Role, Routes, Waiting};
use crate::core::app::App;
use crate::core::features::vocabulary;
use axum::extract::{Form, Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(super) const HERE: &str = "/admin/processes";

pub(super) fn routes() -> Routes {
    let planner = Holder(Role::Planner);
    Routes::new()
        .get(HERE, planner, list)
        .waits(waiting)
        .post(HERE, planner, create)
        .creates()
        .get("/admin/processes/{slug}", planner, edit)
        .post("/admin/processes/{slug}", planner, save)
        .get("/admin/processes/{slug}/history", planner, history)
        .post("/admin/processes/{slug}/restore", planner, restore)
        .post("/admin/processes/{slug}/clone", planner, clone)
        .post_files(
            "/admin/processes/{slug}/documents",
            planner,
            documents::MOST + (1 << 20),
            documents::routes::add,
        )
        .creates()
        .post("/admin/processes/{slug}/documents/{id}/remove", planner, documents::routes::remove)
        .post("/admin/processes/{slug}/documents/{id}/restore", planner, documents::routes::restore)
        .post_long("/admin/processes/{slug}/roll", planner, 4 << 20, roll::routes::set)
}

/// A process that this person may work on, and its version.
pub(super) async fn own(app: &App, actor: &Actor, slug: &str) -> Result<(ProcessRules, i64, AccountId)> {
    let (known, version) = store::find(&app.db, slug).await?;
    let place = Jurisdiction { process: known.process(), areas: Vec::new() };
    let account = actor.must(Role::Planner, &place)?.id;
    Ok((known, version, account))
}

/// The drafts of who plans, for the desk's first page.
fn waiting<'a>(app: &'a App, actor: &'a Actor) -> Answer<'a, Vec<Waiting>> {
    Box::pin(async move {
        let mut count = 0;
        for process in app.atlas.world().processes() {
            let place = Jurisdiction { process: Some(process.id), areas: Vec::new() };
            let is_own = actor.may(Role::Planner, &place);
            count += i64::from(is_own && ProcessRules::of(process)?.state == State::Draft);
        }
        Ok(vec![Waiting { path: HERE.into(), label: Message::new("desk-drafts"), count }])
    })
}

/// `GET /admin/processes`
async fn list(Of(app): Of<App>, reader: Reader, actor: Actor) -> Result<DeskPage> {
    desk_page(&app, &reader, &actor, None).await
}

async fn desk_page(app: &App, reader: &Reader, actor: &Actor, problem: Option<String>) -> Result<DeskPage> {
    let world = app.atlas.world();
    let mut known = Vec::new();
    for process in world.processes() {
        if actor.may(Role::Planner, &Jurisdiction { process: Some(process.id), areas: Vec::new() }) {
            known.push(ProcessRules::of(process)?);
        }
    }
    Ok(DeskPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        lines: super::routes::lines(app, reader.lang, known)?,
        may_create: actor.may(Role::Planner, &Jurisdiction::default()),
        templates: Template::choices(reader.lang),
        problem,
    })
}

/// `POST /admin/processes`: a draft with a title, to go on with.
async fn create(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let account = actor.must(Role::Planner, &Jurisdiction::default())?.id;
    let title = crate::base::text::clean(fields.get("title"));
    if crate::base::text::seen(&title) < 3 || title.chars().count() > 120 {
        let problem = reader.lang.text("process-title-length");
        let page = desk_page(&app, &reader, &actor, Some(problem)).await?;
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    }
    let mut write = app.begin().await?;
    let settings = Template::settings(fields.get("template"), reader.lang, write.at())
        .ok_or_else(|| Error::invalid("template", Message::new("process-template-unknown")))?;
    let (_, slug) = store::insert(&mut write, &title, &settings, State::Draft, Some(account)).await?;
    write.answers(Answered::See(format!("{HERE}/{slug}")));
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}/{slug}")).into_response())
}

/// What the page says has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

/// `GET /admin/processes/{slug}`
async fn edit(
    Of(app): Of<App>,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
    http::Asked(done): http::Asked<Done>,
) -> Result<EditPage> {
    let (known, version, _) = own(&app, &actor, &slug).await?;
    let saved = match done.done.as_str() {
        "saved" => Some("process-saved"),
        "restored" => Some("process-restored"),
        "cloned" => Some("process-cloned"),
        "roll" => Some("process-roll-saved"),
        _ => None,
    };
    let mut page = edit_page(&app, &reader, &actor, &known, version, ProcessForm::of(&known)).await?;
    page.saved = saved.map(|key| reader.lang.text(key));
    Ok(page)
}

pub(super) async fn edit_page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    known: &ProcessRules,
    version: i64,
    form: ProcessForm,
) -> Result<EditPage> {
    let world = app.atlas.world();
    Ok(EditPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        slug: known.slug.clone(),
        version,
        form,
        problems: Vec::new(),
        changes: Vec::new(),
        themes: world.themes().iter().filter(|theme| theme.process_id.is_none()).cloned().collect(),
        own_themes: world
            .themes()
            .iter()
            .filter(|theme| theme.process_id == known.process())
            .cloned()
            .collect(),
        areas: world.territory().areas().iter().map(|a| (a.slug.clone(), a.name.clone())).collect(),
        documents: store::documents(&app.db, known.id).await?,
        roll: roll::read(&app.db, known.id).await?,
        is_other_roll: false,
        pasted: None,
        saved: None,
        is_longer: false,
    })
}

/// `POST /admin/processes/{slug}`: a preview, another line of the calendar, or a new version.
async fn save(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let (known, version, account) = own(&app, &actor, &slug).await?;
    let (step, note) = (fields.get("step").to_owned(), crate::base::text::clean(fields.get("note")));
    let base = fields.get("version").parse().unwrap_or(version);
    let form = ProcessForm::of_fields(fields);
    let checked = form.check(&app.atlas.world(), &known.settings);
    match (step.as_str(), checked) {
        ("add", _) => {
            let page = edit_page(&app, &reader, &actor, &known, base, form).await?;
            Ok(EditPage { is_longer: true, ..page }.into_response())
        }
        ("preview", Ok((title, settings, _))) => {
            let notice = Some(reader.lang.text("process-preview-notice"));
            let draft = ProcessRules { title, settings, ..known };
            Ok(super::routes::page(&app, &reader, &actor, draft, (notice, false)).await?.into_response())
        }
        (_, Ok((title, settings, state))) => {
            let decided = Decided { title: &title, settings: &settings, state, note: &note };
            let mut write = app.begin().await?;
            match store::update(&mut write, known.id, base, &decided, Some(account)).await {
                Err(Error::Conflict(message)) => {
                    // Nothing typed is lost: the form again, over the newer version, and what differs between the two.
                    drop(write);
                    let problem = Problem { field: "version".into(), message };
                    let (known, version) = store::find(&app.db, &slug).await?;
                    let changes = changes(&app, &reader, &known, base).await?;
                    let mut page = edit_page(&app, &reader, &actor, &known, version, form).await?;
                    (page.problems, page.changes) = (vec![problem], changes);
                    Ok((StatusCode::CONFLICT, page).into_response())
                }
                Err(Error::Invalid(problems)) => {
                    let page = edit_page(&app, &reader, &actor, &known, base, form).await?;
                    Ok(refused(page, problems))
                }
                Err(other) => Err(other),
                Ok(()) => {
                    write.answers(Answered::See(format!("{HERE}/{slug}?done=saved")));
                    app.commit(write).await?;
                    Ok(Redirect::to(&format!("{HERE}/{slug}?done=saved")).into_response())
                }
            }
        }
        (_, Err(problems)) => {
            let page = edit_page(&app, &reader, &actor, &known, base, form).await?;
            Ok(refused(page, problems))
        }
    }
}

/// What a later version changed in what a form saw: the name of each field, how it was and how it is.
async fn changes(
    app: &App,
    reader: &Reader,
    known: &ProcessRules,
    seen: i64,
) -> Result<Vec<(String, String, String)>> {
    let versions = store::versions(&app.db, known.id).await?;
    let Some(then) = versions.iter().find(|version| version.version == seen) else { return Ok(Vec::new()) };
    let then =
        ProcessRules::read(known.id, (&known.slug, &then.title), &then.settings, &then.state, then.version)?;
    let named = |(key, was, is): (String, String, String)| (reader.lang.text(&key), was, is);
    Ok(ProcessForm::of(&then).differences(&ProcessForm::of(known)).into_iter().map(named).collect())
}

pub(super) fn refused(mut page: EditPage, problems: Vec<Problem>) -> Response {
    page.problems = problems;
    (StatusCode::BAD_REQUEST, page).into_response()
}

/// `GET /admin/processes/{slug}/history`
async fn history(
    Of(app): Of<App>,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
) -> Result<HistoryPage> {
    let (known, current, _) = own(&app, &actor, &slug).await?;
    Ok(HistoryPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, HERE),
        versions: store::versions(&app.db, known.id).await?,
        known,
        current,
    })
}

/// `POST /admin/processes/{slug}/restore`: an earlier version, as a new one.
async fn restore(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Redirect> {
    let (known, current, account) = own(&app, &actor, &slug).await?;
    if fields.get("current").parse().is_ok_and(|seen: i64| seen != current) {
        return Err(Error::Conflict(Message::new("process-changed-meanwhile")));
    }
    let wanted: i64 = fields.get("version").parse().unwrap_or_default();
    let versions = store::versions(&app.db, known.id).await?;
    let then = versions.into_iter().find(|v| v.version == wanted).ok_or(Error::NotFound)?;
    let mut old =
        ProcessRules::read(known.id, (&known.slug, &then.title), &then.settings, &then.state, then.version)?;
    let world = app.atlas.world();
    // A theme that was removed since is not chosen again.
    old.settings.themes.retain(|slug| world.themes().iter().any(|theme| theme.slug == *slug));
    let note = reader.lang.say(&Message::new("process-restore-note").with("version", wanted));
    let decided = Decided { title: &old.title, settings: &old.settings, state: old.state, note: &note };
    let mut write = app.begin().await?;
    store::update(&mut write, known.id, current, &decided, Some(account)).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}/{slug}?done=restored")))
}

/// `POST /admin/processes/{slug}/clone`: the same as a draft, with themes of its own like those of the original.
async fn clone(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
) -> Result<Redirect> {
    let (known, ..) = own(&app, &actor, &slug).await?;
    let account = actor.must(Role::Planner, &Jurisdiction::default())?.id;
    let title = reader.lang.say(&Message::new("process-clone-title").with("title", &known.title));
    let title: String = title.chars().take(120).collect();
    let mut write = app.begin().await?;
    let (id, copy) = store::insert(&mut write, &title, &known.settings, State::Draft, Some(account)).await?;
    vocabulary::copy_themes(&mut write, known.id, id).await?;
    write.answers(Answered::See(format!("{HERE}/{copy}?done=cloned")));
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}/{copy}?done=cloned")))
}
