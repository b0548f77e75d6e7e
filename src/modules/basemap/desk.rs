//! The desk's page of the basemap: what there is to choose from, the choice, files that are sent and removed.
//!
//! What it is not: a place where another server is asked whether it answers: a browser is, when somebody looks. Invariant: a file that is chosen
//! was opened, and some of its tiles read.

use super::choice::{self, Choice, FOLDER};
use super::views::BasemapPage;
use super::{Basemap, Opened};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Fields, Reader, SameOrigin, Takes};
use crate::base::i18n::{Lang, Message};
use crate::base::media::{Arriving, plain_name};
use crate::base::once::Answered;
use crate::civic::accounts::Access::{self, Everywhere};
use crate::civic::accounts::{Actor, Desk, Role, Routes};
use crate::core::app::App;
use crate::core::journal::Write;
use crate::core::site::{Section, Site, store};
use axum::Extension;
use axum::extract::{Form, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::path::PathBuf;

pub(super) const HERE: &str = "/admin/site/basemap";

/// The largest file that is sent in a browser, in bytes, and the form around it. A larger one is put into the folder by hand.
pub(super) const MOST: usize = 128 << 20;
const BODY: usize = MOST + (1 << 20);

const ADMINISTRATOR: Access = Everywhere(Role::Administrator);

pub(super) fn routes() -> Routes {
    Routes::new().get(HERE, ADMINISTRATOR, show).post_files(HERE, ADMINISTRATOR, BODY, save).post(
        "/admin/site/basemap/files/remove",
        ADMINISTRATOR,
        remove,
    )
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
        "removed" => Some("basemap-removed"),
        _ => None,
    };
    let done = done.map(|key| reader.lang.text(key));
    Ok(BasemapPage { done, is_setup: asked.setup, ..shown })
}

/// `POST /admin/site/basemap`, with a file or without. A file that comes is looked through, kept, and chosen.
async fn save(
    State(app): State<App>,
    Extension(basemap): Extension<Basemap>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    request: Request,
) -> Result<Response> {
    let takes = Takes { field: None, each: MOST, files: 1 };
    let mut brought = http::brought(request, &app.media, takes).await?;
    brought.say();
    let file = brought.files.pop();
    let fields = Fields::new(brought.texts);
    let is_setup = !fields.get("setup").is_empty();
    // A file is looked through before anybody who writes waits for this.
    let (mut wanted, mut problems, sent) = wanted(&app, &reader, &fields, file).await?;
    let written = match problems.is_empty() {
        true => write_wanted(&app, &actor, &fields, &wanted).await,
        false => Ok(Err(Vec::new())),
    };
    if let (Some(name), false) = (&sent, matches!(written, Ok(Ok(_)))) {
        // Sent twice, or somebody else was first: nobody knows of this one.
        app.media.remove_named(FOLDER, name).await?;
        wanted.set("basemap_file", app.site().get("basemap_file"));
    }
    match written? {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(late) => {
            problems.extend(late);
            wanted.version = app.site().version;
            let shown = page(&app, &basemap, &reader, &actor, wanted).await?;
            Ok(refused(BasemapPage { problems, is_setup, ..shown }))
        }
    }
}

/// What a form wants, what is wrong with it, and the name of the file that was kept for it.
async fn wanted(
    app: &App,
    reader: &Reader,
    fields: &Fields,
    file: Option<(String, Arriving)>,
) -> Result<(Site, Vec<Problem>, Option<String>)> {
    let said = |name: &str| fields.every(name).next().map(ToOwned::to_owned);
    let mut wanted = store::current(&app.db).await?;
    let mut problems = wanted.take(Section::Basemap, said).err().unwrap_or_default();
    let Some(file) = file.filter(|(_, file)| !file.is_empty()) else {
        if problems.is_empty() {
            problems.extend(faults(app, reader.lang, &wanted).await);
        }
        return Ok((wanted, problems, None));
    };
    wanted.set("basemap", "file");
    problems.retain(|problem| problem.field != "basemap");
    if !problems.is_empty() {
        let again = Message::new("basemap-file-again");
        problems.push(Problem { field: "file".into(), message: again });
        return Ok((wanted, problems, None));
    }
    match kept(app, reader.lang, file).await? {
        Ok(name) => {
            wanted.set("basemap_file", &name);
            Ok((wanted, problems, Some(name)))
        }
        Err(message) => Ok((wanted, vec![Problem { field: "file".into(), message }], None)),
    }
}

/// Writes the choice; says where to go then, or that somebody else was first.
async fn write_wanted(
    app: &App,
    actor: &Actor,
    fields: &Fields,
    wanted: &Site,
) -> Result<std::result::Result<String, Vec<Problem>>> {
    let mut write = to_write(app).await?;
    let current = store::to_change(&mut write).await?;
    if let Some(late) = meanwhile(&mut write, &current, fields.get("was")).await? {
        return Ok(Err(vec![late]));
    }
    let mut site = current.clone();
    for field in Section::Basemap.fields() {
        site.set(field.name, wanted.get(field.name));
    }
    if site != current {
        store::write(&mut write, &site, Some(actor.signed_in()?.id)).await?;
    }
    let is_setup = !fields.get("setup").is_empty();
    // In the set-up there is nothing more to do here: on to the next step.
    let to = if is_setup { "/setup".to_owned() } else { format!("{HERE}?done=saved") };
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Ok(to))
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

/// Keeps the file that was sent, and gives its name; or says why it is none that a map can show: then it is not kept.
async fn kept(
    app: &App,
    lang: Lang,
    (called, file): (String, Arriving),
) -> Result<std::result::Result<String, Message>> {
    if let Err(Error::TooLarge) = file.is_taken() {
        return Ok(Err(Message::new("basemap-too-large").with("most", MOST >> 20)));
    }
    let look = async |path: PathBuf| Opened::open(&Choice::File(path)).await.map(|_| ());
    match app.media.keep_named(FOLDER, &plain_name(&called), file, look).await {
        Err(why @ Error::Config(_)) => Ok(Err(unreadable(lang, &why))),
        kept => Ok(Ok(kept?)),
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
    let setup = if fields.get("setup").is_empty() { "" } else { "&setup=true" };
    let to = format!("{HERE}?done=removed{setup}");
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to).into_response())
}
