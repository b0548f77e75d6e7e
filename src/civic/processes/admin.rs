//! The desk of processes: making one, its first page with what is still missing, its sections one by one, the preview. What it is not: versions
//! (`versions`), the picture, the roll and the documents, whose forms stand here and are read in their rooms.

use super::desk::{DeskPage, EditPage, Shown};
use super::form::ProcessForm;
use super::model::{Phase, State};
use super::sections::Section;
use super::store;
use super::views::ProcessPage;
use super::{ProcessRules, Template, documents, picture, roll, saving, versions};
use crate::base::clock::{self, Timestamp};
use crate::base::db::Answer;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Fields, Reader, SameOrigin};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::AccountId;
use crate::base::once::Answered;
use crate::civic::accounts::Access::{AnyHolder, Holder};
use crate::civic::accounts::{Actor, Desk, Haste, Jurisdiction, Role, Routes, Waiting};
use crate::core::app::App;
use axum::extract::{Form, Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(super) const HERE: &str = "/admin/processes";

/// How long before something begins or closes the desk says so.
const SOON: chrono::TimeDelta = chrono::TimeDelta::days(14);

pub(super) fn routes() -> Routes {
    let planner = Holder(Role::Planner);
    Routes::new()
        .get(HERE, planner, list)
        .waits(waiting)
        .post(HERE, planner, create)
        .creates()
        .get("/admin/processes/{slug}", planner, overview)
        .post("/admin/processes/{slug}", planner, save)
        .get("/admin/processes/{slug}/edit/{section}", planner, edit)
        .get("/admin/processes/{slug}/preview", AnyHolder, preview)
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
        .and(picture::routes())
        .and(versions::routes())
}

/// A process that this person may work on, and its version.
pub(super) async fn own(app: &App, actor: &Actor, slug: &str) -> Result<(ProcessRules, i64, AccountId)> {
    let (known, version) = store::find(&app.db, slug).await?;
    let place = Jurisdiction { process: known.process(), areas: Vec::new() };
    let account = actor.must(Role::Planner, &place)?.id;
    Ok((known, version, account))
}

/// The drafts of who plans, and what begins or closes of theirs soon, for the desk's first page.
fn waiting<'a>(app: &'a App, actor: &'a Actor) -> Answer<'a, Vec<Waiting>> {
    Box::pin(async move {
        let (now, mut drafts, mut all) = (clock::now(), 0, Vec::new());
        for process in app.atlas.world().processes() {
            let place = Jurisdiction { process: Some(process.id), areas: Vec::new() };
            if actor.may(Role::Planner, &place) {
                let known = ProcessRules::of(process)?;
                drafts += i64::from(known.state == State::Draft);
                all.extend(soon(&known, now));
            }
        }
        let label = Message::new("desk-drafts");
        all.push(Waiting { haste: Haste::Look, ..Waiting::new(HERE, label, drafts) });
        Ok(all)
    })
}

/// The phases of a process that begin or close within two weeks.
fn soon(known: &ProcessRules, now: Timestamp) -> Vec<Waiting> {
    let within = |at: Timestamp| now < at && at < now + SOON;
    let english = known.told(Lang::En).rules;
    let each = |phase: &Phase| {
        let named = english.settings.phases.iter().find(|one| one.key == phase.key).unwrap_or(phase);
        let ends = [(phase.opens, "desk-phase-opens"), (phase.closes, "desk-phase-closes")];
        let said = ends.into_iter().filter(|(at, _)| within(*at)).map(|(at, key)| {
            let label = |title: &str, phase: &Phase| {
                Message::new(key).with("title", title).with("phase", &phase.title)
            };
            let (label, english) = (label(&known.title, phase), Some(label(&english.title, named)));
            let path = format!("{HERE}/{}", known.slug);
            Waiting { haste: Haste::Soon, since: Some(at), english, ..Waiting::new(path, label, 1) }
        });
        said.collect::<Vec<_>>()
    };
    match known.state {
        State::Draft => Vec::new(),
        _ => known.settings.phases.iter().flat_map(each).collect(),
    }
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

/// What has just been done, as a page says it.
fn done(reader: &Reader, done: &Done) -> Option<String> {
    let key = match done.done.as_str() {
        "saved" => "process-saved",
        "restored" => "process-restored",
        "restored-draft" => "process-restored-draft",
        "cloned" => "process-cloned",
        "roll" => "process-roll-saved",
        _ => return None,
    };
    Some(reader.lang.text(key))
}

/// `GET /admin/processes/{slug}`: its sections, what is still missing, who can see it, documents and people.
async fn overview(
    Of(app): Of<App>,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
    http::Asked(asked): http::Asked<Done>,
) -> Result<EditPage> {
    let (known, version, _) = own(&app, &actor, &slug).await?;
    let page = edit_page(&app, &reader, &actor, &known, version, ProcessForm::of(&known)).await?;
    Ok(EditPage { saved: done(&reader, &asked), ..page })
}

/// The word of the page with every section in one form.
const WHOLE: &str = "all";

/// `GET /admin/processes/{slug}/edit/{section}`, `…/edit/all`
async fn edit(
    Of(app): Of<App>,
    reader: Reader,
    actor: Actor,
    Path((slug, section)): Path<(String, String)>,
    http::Asked(asked): http::Asked<Done>,
) -> Result<EditPage> {
    let section = match Section::of_word(&section).filter(|section| *section != Section::State) {
        None if section != WHOLE => return Err(Error::NotFound),
        section => section,
    };
    let (known, version, _) = own(&app, &actor, &slug).await?;
    let page = edit_page(&app, &reader, &actor, &known, version, ProcessForm::of(&known)).await?;
    Ok(EditPage { saved: done(&reader, &asked), shown: Shown::Form(section), ..page })
}

/// `GET /admin/processes/{slug}/preview`: the page as everybody will read it, for whoever has a role in it.
async fn preview(
    Of(app): Of<App>,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
) -> Result<ProcessPage> {
    let (known, _) = store::find(&app.db, &slug).await?;
    if !known.has_team(&actor) {
        return Err(Error::Forbidden(Message::new("error-role")));
    }
    let notice = Some(reader.lang.text("process-preview-saved"));
    super::routes::page(&app, &reader, &actor, known, (notice, false)).await
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
    let is_own = |process: Option<crate::base::ids::ProcessId>| {
        world.themes().iter().filter(move |theme| theme.process_id == process).cloned().collect()
    };
    Ok(EditPage {
        lang: reader.lang,
        site: app.name(),
        base: app.base(reader),
        desk: Desk::of(actor, reader.lang, HERE),
        known: known.clone(),
        now: crate::base::clock::now(),
        shown: Shown::Overview,
        version,
        form,
        problems: Vec::new(),
        changes: Vec::new(),
        themes: is_own(None),
        own_themes: is_own(known.process()),
        areas: world.territory().areas().iter().map(|a| (a.slug.clone(), a.name.clone())).collect(),
        documents: store::documents(&app.db, known.id).await?,
        document_title: String::new(),
        roll: roll::read(&app.db, known.id).await?,
        is_other_roll: false,
        pasted: None,
        saved: None,
        goes_on: None,
        arranged: None,
    })
}

/// `POST /admin/processes/{slug}`: a section, or all of them: a preview, another calendar, or a new version.
async fn save(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    saving::saved(&app, &reader, &actor, &slug, (fields, None)).await
}

pub(super) fn refused(mut page: EditPage, problems: Vec<Problem>) -> Response {
    page.problems = problems;
    (StatusCode::BAD_REQUEST, page).into_response()
}
