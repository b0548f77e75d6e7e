//! The desk of processes: making one, its first page with what is still missing, its sections one by one, the preview. What it is not: versions
//! (`versions`), the picture, the roll and the documents, whose forms stand here and are read in their rooms.

use super::desk::{CalendarPart, DeskPage, EditPage, Shown};
use super::form::ProcessForm;
use super::model::{Phase, State};
use super::sections::Section;
use super::store::{self, Decided};
use super::views::ProcessPage;
use super::{ProcessRules, Template, documents, needs, picture, roll, versions};
use crate::base::clock::{self, Timestamp};
use crate::base::db::Answer;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
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
    let each = |phase: &Phase| {
        let ends = [(phase.opens, "desk-phase-opens"), (phase.closes, "desk-phase-closes")];
        let said = ends.into_iter().filter(|(at, _)| within(*at)).map(|(at, key)| {
            let label = Message::new(key).with("title", &known.title).with("phase", &phase.title);
            let path = format!("{HERE}/{}", known.slug);
            Waiting { haste: Haste::Soon, since: Some(at), ..Waiting::new(path, label, 1) }
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
        roll: roll::read(&app.db, known.id).await?,
        is_other_roll: false,
        pasted: None,
        saved: None,
        goes_on: None,
        arranged: None,
    })
}

/// What a form sent: which section of the process, over which version, and what its button says.
struct Sent {
    section: Option<Section>,
    step: String,
    note: String,
    base: i64,
    form: ProcessForm,
}

impl Sent {
    /// Reads it over what is stored. Where only other sections were written meanwhile, it is about the version of now.
    async fn read(app: &App, known: &ProcessRules, version: i64, fields: Fields) -> Result<Sent> {
        let (step, note) = (fields.get("step").to_owned(), crate::base::text::clean(fields.get("note")));
        let section = Section::of_word(fields.get("section"));
        let mut base = fields.get("version").parse().unwrap_or(version);
        if let Some(section) = section.filter(|_| base != version) {
            let seen = form_of_version(app, known, base).await?;
            if seen.is_some_and(|seen| seen.agrees(&ProcessForm::of(known), section)) {
                base = version;
            }
        }
        let form = ProcessForm::of_fields(fields).over(ProcessForm::of(known), section);
        Ok(Sent { section, step, note, base, form })
    }

    /// The page that it was sent from.
    fn shown(&self) -> Shown {
        if self.section == Some(Section::State) { Shown::Overview } else { Shown::Form(self.section) }
    }
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
    let (known, version, account) = own(&app, &actor, &slug).await?;
    let mut sent = Sent::read(&app, &known, version, fields).await?;
    let shown = sent.shown();
    if let Some(at) = sent.form.arrange(&sent.step) {
        let arranged = Some(sent.form.arranged(reader.lang, &sent.step, at));
        let page = edit_page(&app, &reader, &actor, &known, sent.base, sent.form).await?;
        let page = EditPage { goes_on: Some(at), arranged, shown, ..page };
        return Ok(match reader.wants_fragment {
            true => CalendarPart { page }.into_response(),
            false => page.into_response(),
        });
    }
    let problems = match sent.form.check(&app.atlas.world(), &known.settings) {
        Ok((title, settings, _)) if sent.step == "preview" => {
            let notice = Some(reader.lang.text("process-preview-notice"));
            let draft = ProcessRules { title, settings, ..known };
            return Ok(super::routes::page(&app, &reader, &actor, draft, (notice, false))
                .await?
                .into_response());
        }
        Ok((title, settings, state)) => {
            let draft = ProcessRules { title: title.clone(), settings: settings.clone(), ..known.clone() };
            let lacks =
                if state == State::Draft { Vec::new() } else { needs::refusals(&draft, clock::now()) };
            if !lacks.is_empty() {
                let page = edit_page(&app, &reader, &actor, &known, sent.base, sent.form).await?;
                return Ok(refused(EditPage { shown, ..page }, lacks));
            }
            let decided = Decided { title: &title, settings: &settings, state, note: &sent.note };
            match write(&app, &known, sent.base, &decided, account).await {
                Err(Error::Conflict(message)) => {
                    return late(&app, &reader, &actor, sent, &slug, message).await;
                }
                Err(Error::Invalid(problems)) => problems,
                done => return Ok(done?.into_response()),
            }
        }
        Err(problems) => problems,
    };
    let page = edit_page(&app, &reader, &actor, &known, sent.base, sent.form).await?;
    Ok(refused(EditPage { shown, ..page }, problems))
}

/// Writes a version.
async fn write(
    app: &App,
    known: &ProcessRules,
    base: i64,
    decided: &Decided<'_>,
    account: AccountId,
) -> Result<Redirect> {
    let mut write = app.begin().await?;
    store::update(&mut write, known.id, base, decided, Some(account)).await?;
    let to = format!("{HERE}/{}?done=saved", known.slug);
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to))
}

/// Nothing typed is lost: the form again, over the newer version, and what differs between the two.
async fn late(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    sent: Sent,
    slug: &str,
    message: Message,
) -> Result<Response> {
    let (shown, base) = (sent.shown(), sent.base);
    let problems = vec![Problem { field: "version".into(), message }];
    let (known, version) = store::find(&app.db, slug).await?;
    let changes = changes(app, reader, &known, base).await?;
    let page = edit_page(app, reader, actor, &known, version, sent.form).await?;
    Ok((StatusCode::CONFLICT, EditPage { problems, changes, shown, ..page }).into_response())
}

/// The form as a version said it, where there is such a version.
async fn form_of_version(app: &App, known: &ProcessRules, wanted: i64) -> Result<Option<ProcessForm>> {
    let versions = store::versions(&app.db, known.id).await?;
    let Some(then) = versions.iter().find(|version| version.version == wanted) else { return Ok(None) };
    let read = ProcessRules::read(known.id, (&known.slug, &then.title), &then.settings, &then.state, wanted)?;
    Ok(Some(ProcessForm::of(&read)))
}

/// What a later version changed in what a form saw: the name of each field, how it was and how it is.
async fn changes(
    app: &App,
    reader: &Reader,
    known: &ProcessRules,
    seen: i64,
) -> Result<Vec<(String, String, String)>> {
    let Some(then) = form_of_version(app, known, seen).await? else { return Ok(Vec::new()) };
    let named = |(key, was, is): (String, String, String)| (reader.lang.text(&key), was, is);
    Ok(then.differences(&ProcessForm::of(known)).into_iter().map(named).collect())
}

pub(super) fn refused(mut page: EditPage, problems: Vec<Problem>) -> Response {
    page.problems = problems;
    (StatusCode::BAD_REQUEST, page).into_response()
}
