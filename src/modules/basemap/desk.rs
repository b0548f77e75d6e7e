//! The desk's page of the basemap: what there is to choose from, the choice, files that are sent and removed.
//!
//! What it is not: a place where another server is asked whether it answers: a browser is, when somebody looks. Invariant: a file that is chosen
//! was opened, and some of its tiles read.

use super::choice::{self, Choice, FOLDER};
use super::views::BasemapPage;
use super::{Basemap, Opened};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Brought, Fields, FilesForm, Reader, SameOrigin, Takes};
use crate::base::i18n::{Lang, Message};
use crate::base::media::plain_name;
use crate::base::once::Answered;
use crate::civic::accounts::Access::{self, Everywhere};
use crate::civic::accounts::{Actor, Desk, Role, Routes};
use crate::core::app::App;
use crate::core::journal::Write;
use crate::core::site::{Section, Site, store};
use axum::Extension;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(super) const HERE: &str = "/admin/site/basemap";

/// The largest file that is sent in a browser, in bytes, and the form around it. A larger one is put into the folder by hand.
pub(super) const MOST: usize = 128 << 20;
const BODY: usize = MOST + (1 << 20);

const ADMINISTRATOR: Access = Everywhere(Role::Administrator);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(HERE, ADMINISTRATOR, show)
        .post(HERE, ADMINISTRATOR, save)
        .post_files("/admin/site/basemap/files", ADMINISTRATOR, BODY, send)
        .post("/admin/site/basemap/files/remove", ADMINISTRATOR, remove)
}

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
    /// Whether it is a step of the first set-up.
    setup: bool,
}

/// The page with a form that holds these settings.
async fn page(
    app: &App,
    basemap: &Basemap,
    reader: &Reader,
    actor: &Actor,
    edited: Site,
) -> Result<BasemapPage> {
    Ok(BasemapPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        files: app.media.named(FOLDER).await?,
        operators: choice::operators(app).map(ToOwned::to_owned),
        fault: basemap.fault().map(|why| in_words(reader.lang, &why).to_owned()),
        used: used(&app.site()).map(ToOwned::to_owned),
        edited,
        is_setup: false,
        done: None,
        problems: Vec::new(),
    })
}

/// The file that the map shows.
fn used(site: &Site) -> Option<&str> {
    (site.get("basemap") == "file").then(|| site.get("basemap_file"))
}

/// `GET /admin/site/basemap`
async fn show(
    State(app): State<App>,
    Extension(basemap): Extension<Basemap>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<BasemapPage> {
    let current = store::current(&app.db).await?;
    let shown = page(&app, &basemap, &reader, &actor, current).await?;
    let done = match asked.done.as_str() {
        "saved" => Some("basemap-saved"),
        "sent" => Some("basemap-sent"),
        "removed" => Some("basemap-removed"),
        _ => None,
    };
    let done = done.map(|key| reader.lang.text(key));
    Ok(BasemapPage { done, is_setup: asked.setup, ..shown })
}

/// `POST /admin/site/basemap`
async fn save(
    State(app): State<App>,
    Extension(basemap): Extension<Basemap>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let is_setup = !fields.get("setup").is_empty();
    let said = |name: &str| fields.every(name).next().map(ToOwned::to_owned);
    // A file is looked through before anybody who writes waits for this.
    let mut wanted = store::current(&app.db).await?;
    let mut problems = wanted.take(Section::Basemap, said).err().unwrap_or_default();
    if problems.is_empty() {
        problems.extend(faults(&app, reader.lang, &wanted).await);
    }
    let mut write = to_write(&app).await?;
    let current = store::to_change(&mut write).await?;
    problems.extend(meanwhile(&mut write, &current, fields.get("was")).await?);
    if !problems.is_empty() {
        drop(write);
        wanted.version = current.version;
        let shown = page(&app, &basemap, &reader, &actor, wanted).await?;
        return Ok(refused(BasemapPage { problems, is_setup, ..shown }));
    }
    let mut site = current.clone();
    for field in Section::Basemap.fields() {
        site.set(field.name, wanted.get(field.name));
    }
    if site != current {
        store::write(&mut write, &site, Some(actor.signed_in()?.id)).await?;
    }
    see(&app, write, "saved", is_setup).await
}

/// A write, where the operator leaves the choice to the desk.
async fn to_write(app: &App) -> Result<Write> {
    match choice::operators(app) {
        Some(_) => Err(Error::Conflict(Message::new("basemap-of-operator"))),
        None => app.begin().await,
    }
}

/// Whether somebody else chose another basemap since the form was shown.
async fn meanwhile(write: &mut Write, current: &Site, was: &str) -> Result<Option<Problem>> {
    let was: i64 = was.parse().unwrap_or_default();
    if was == current.version {
        return Ok(None);
    }
    let seen = if was == 0 { Site::default() } else { store::of_version(write.tx(), was).await? };
    let is_other = Section::Basemap.fields().any(|field| seen.get(field.name) != current.get(field.name));
    let late = || Problem { field: "was".into(), message: Message::new("site-changed-meanwhile") };
    Ok(is_other.then(late))
}

/// What is wrong with a choice that each of its fields alone does not say.
async fn faults(app: &App, lang: Lang, site: &Site) -> Option<Problem> {
    let problem = |field: &str, message| Some(Problem { field: field.into(), message });
    match (site.get("basemap"), site.get("basemap_file"), site.get("basemap_style")) {
        ("file", name, _) if app.media.named_at(FOLDER, name).is_none() => {
            problem("basemap_file", Message::new("basemap-no-file"))
        }
        ("style", _, "") => problem("basemap_style", Message::new("basemap-no-style")),
        (word, ..) => {
            let why = Opened::open(&Choice::of_site(site, &app.media)).await.err()?;
            let field = if word == "style" { "basemap_style" } else { "basemap_file" };
            problem(field, unreadable(lang, &why))
        }
    }
}

fn unreadable(lang: Lang, why: &Error) -> Message {
    Message::new("basemap-unreadable").with("why", in_words(lang, &why.to_string()))
}

/// What the operator is told is in both languages.
fn in_words(lang: Lang, why: &str) -> &str {
    let (french, english) = why.split_once(" / ").unwrap_or((why, why));
    if lang == Lang::En { english } else { french }
}

fn refused(shown: BasemapPage) -> Response {
    let is_late = shown.problems.iter().any(|problem| problem.field == "was");
    let status = if is_late { StatusCode::CONFLICT } else { StatusCode::BAD_REQUEST };
    (status, shown).into_response()
}

async fn see(app: &App, mut write: Write, done: &str, is_setup: bool) -> Result<Response> {
    let to = match (is_setup, done) {
        // Nothing more to do here: on to the next step.
        (true, "saved") => "/setup".to_owned(),
        (true, _) => format!("{HERE}?done={done}&setup=true"),
        (false, _) => format!("{HERE}?done={done}"),
    };
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to).into_response())
}

/// `POST /admin/site/basemap/files`, multipart: `file`. It is looked through, kept, and chosen.
async fn send(
    State(app): State<App>,
    Extension(basemap): Extension<Basemap>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    form: FilesForm,
) -> Result<Response> {
    let brought = form.read(&app.media, Takes { field: Some("file"), each: MOST, files: 1 }).await?;
    brought.say();
    let is_setup = !brought.text("setup").is_empty();
    let message = match kept(&app, reader.lang, brought).await? {
        Ok(name) => {
            let chosen = choose(&app, &actor, &name, is_setup).await;
            if chosen.is_err() {
                // Sent twice, or the operator chooses: nobody knows of this one.
                app.media.remove_named(FOLDER, &name).await?;
            }
            return chosen;
        }
        Err(message) => message,
    };
    let problems = vec![Problem { field: "file".into(), message }];
    let shown = page(&app, &basemap, &reader, &actor, store::current(&app.db).await?).await?;
    Ok(refused(BasemapPage { problems, is_setup, ..shown }))
}

async fn choose(app: &App, actor: &Actor, name: &str, is_setup: bool) -> Result<Response> {
    let mut write = to_write(app).await?;
    let mut site = store::to_change(&mut write).await?;
    site.set("basemap", "file");
    site.set("basemap_file", name);
    store::write(&mut write, &site, Some(actor.signed_in()?.id)).await?;
    see(app, write, "sent", is_setup).await
}

/// Keeps the file that was sent, and gives its name; or says why it is none that a map can show: then it is not kept.
async fn kept(app: &App, lang: Lang, mut brought: Brought) -> Result<std::result::Result<String, Message>> {
    let Some((called, file)) = brought.files.pop().filter(|(_, file)| !file.is_empty()) else {
        return Ok(Err(Message::new("basemap-no-file")));
    };
    if let Err(Error::TooLarge) = file.is_taken() {
        return Ok(Err(Message::new("basemap-too-large").with("most", MOST >> 20)));
    }
    let name = app.media.keep_named(FOLDER, &plain_name(&called), file).await?;
    let path = app.media.named_at(FOLDER, &name).ok_or(Error::NotFound)?;
    match Opened::open(&Choice::File(path)).await {
        Ok(_) => Ok(Ok(name)),
        Err(why) => {
            app.media.remove_named(FOLDER, &name).await?;
            Ok(Err(unreadable(lang, &why)))
        }
    }
}

/// `POST /admin/site/basemap/files/remove`: `name`. The one that is shown stays.
async fn remove(
    State(app): State<App>,
    _: SameOrigin,
    _: Actor,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let name = fields.get("name");
    let mut write = to_write(&app).await?;
    let site = store::to_change(&mut write).await?;
    if used(&site) == Some(name) {
        return Err(Error::Conflict(Message::new("basemap-in-use")));
    }
    app.media.remove_named(FOLDER, name).await?;
    see(&app, write, "removed", !fields.get("setup").is_empty()).await
}
