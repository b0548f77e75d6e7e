//! Outlines from a file: sent, looked at, written.
//!
//! Invariant: nothing is written before it was looked at, and what is refused writes nothing.

use super::choice::Choice;
use super::picture::Picture;
use super::plan::{Plan, plan};
use super::reading::{self, Read, Reading, Unreadable};
use super::routes::{HERE, levels, refused};
use super::store::{self as own, AreaWork};
use super::views::{FilePage, Sample, WaitPage};
use super::works::{PATIENCE, Work, Works};
use crate::base::clock;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, FilesForm, Reader, SameOrigin, Takes};
use crate::base::i18n::Message;
use crate::base::media::Digest;
use crate::base::once::Answered;
use crate::base::text::line;
use crate::civic::accounts::{Actor, Desk};
use crate::core::app::App;
use crate::core::journal::Write;
use crate::core::territory::store::{Counts, upsert_all};
use crate::core::territory::{self, NewArea};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use std::sync::Arc;
use uuid::Uuid;

/// Where files wait, in the folder of what people send.
pub(super) const FOLDER: &str = "areas-sent";

/// The largest file, in bytes, and the form around it.
pub(super) const MOST: usize = 64 << 20;
pub(super) const BODY: usize = MOST + (1 << 20);

/// As many areas are written while somebody waits.
const AT_ONCE: usize = 2_000;

/// Rows of the file that the page shows.
const SAMPLES: usize = 5;

/// `POST /admin/areas/file`, multipart: `file`, and what may be known of it.
pub(super) async fn send(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    form: FilesForm,
) -> Result<Response> {
    let mut brought = form.read(&app.media, Takes { field: Some("file"), each: MOST, files: 1 }).await?;
    brought.say();
    let said = |name: &str| line(brought.text(name), 200);
    let choice = Choice { level: said("level"), layer: said("layer"), crs: said("crs"), ..Choice::default() };
    let Some((_, file)) = brought.files.pop() else {
        let none = (reader.lang.text("areas-no-file"), Vec::new());
        return refused(&app, &reader, &actor, none, &choice).await;
    };
    if let Err(Error::TooLarge) = file.is_taken() {
        let large = Message::new("areas-too-large").with("most", MOST >> 20);
        return refused(&app, &reader, &actor, (reader.lang.say(&large), Vec::new()), &choice).await;
    }
    let digest = app.media.let_wait(FOLDER, file).await?;
    let work = reading::of(&app, FOLDER, &digest, &choice.how()).ok_or(Error::Gone)?;
    if let Some(wrong) = work.within(PATIENCE).await?.and_then(|read| useless(&read, &reader)) {
        return refused(&app, &reader, &actor, wrong, &choice).await;
    }
    Ok(Redirect::to(&format!("{HERE}/file/{digest}?{}", choice.query())).into_response())
}

/// Why nothing comes of a file: it cannot be read, or none of its rows is an outline.
fn useless(read: &Read, reader: &Reader) -> Option<(String, Vec<String>)> {
    match read {
        Err(unreadable) => Some((unreadable.say(reader.lang), Vec::new())),
        Ok(reading) if reading.rows.is_empty() => {
            Some((reader.lang.text("areas-no-outline"), reading.refused.say(reader.lang)))
        }
        Ok(_) => None,
    }
}

/// What a file that waits holds, if its reading ends within a moment.
async fn read(app: &App, digest: &str, choice: &Choice) -> Result<(Arc<Work<Read>>, Option<Read>)> {
    let digest = Digest::of_text(digest).ok_or(Error::NotFound)?;
    let work = reading::of(app, FOLDER, &digest, &choice.how()).ok_or(Error::Gone)?;
    let read = work.within(PATIENCE).await?;
    Ok((work, read))
}

/// `GET /admin/areas/file/{digest}?level=…&name=…`: what it holds, and what would be written.
pub(super) async fn look(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(digest): Path<String>,
    http::Asked(choice): http::Asked<Choice>,
) -> Result<Response> {
    show(&app, &reader, &actor, &digest, choice, false).await
}

/// The file's page; `is_asked` where somebody wants it written, so that what is missing is told as wrong.
async fn show(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    digest: &str,
    choice: Choice,
    is_asked: bool,
) -> Result<Response> {
    let (work, read) = read(app, digest, &choice).await?;
    let Some(read) = read else {
        return Ok(waiting(app, reader, actor, work.progress.hundredths()).into_response());
    };
    if let Some(wrong) = useless(&read, reader) {
        return refused(app, reader, actor, wrong, &choice).await;
    }
    let Ok(reading) = read else { return Err(Error::NotFound) };
    let choice = choice.guessed(&reading);
    let planned = planned(app, Arc::clone(&reading), choice.clone()).await?;
    let page = file_page(app, reader, actor, digest, &reading, choice, planned).await?;
    let is_wrong = is_asked || page.problems.iter().any(|problem| problem.field != "level");
    Ok((if is_wrong { StatusCode::BAD_REQUEST } else { StatusCode::OK }, page).into_response())
}

fn waiting(app: &App, reader: &Reader, actor: &Actor, hundredths: Option<u64>) -> WaitPage {
    WaitPage { lang: reader.lang, site: app.name(), desk: Desk::of(actor, reader.lang, HERE), hundredths }
}

type Planned = Result<Plan, Vec<Problem>>;

/// What would be written, off the threads that answer.
async fn planned(app: &App, reading: Arc<Reading>, choice: Choice) -> Result<Planned> {
    let world = app.atlas.world();
    let made = tokio::task::spawn_blocking(move || plan(&reading, &choice, world.territory())).await;
    made.map_err(|error| Error::Internal(format!("outlines: {error}")))
}

async fn file_page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    digest: &str,
    reading: &Arc<Reading>,
    choice: Choice,
    planned: Planned,
) -> Result<FilePage> {
    let (lang, world) = (reader.lang, app.atlas.world());
    let drawn = Arc::clone(reading);
    let picture = tokio::task::spawn_blocking(move || Picture::of(drawn.rows.iter().map(|row| &row.outline)));
    let picture = picture.await.map_err(|error| Error::Internal(format!("picture: {error}")))?;
    let (problems, plan) = match planned {
        Ok(plan) => (Vec::new(), Some(plan)),
        Err(problems) => (problems, None),
    };
    let refused = plan.as_ref().map_or(&reading.refused, |plan| &plan.refused);
    let territory = world.territory();
    Ok(FilePage {
        lang,
        site: app.name(),
        desk: Desk::of(actor, lang, HERE),
        digest: digest.to_owned(),
        columns: reading.columns.iter().map(ToString::to_string).collect(),
        samples: reading.rows.iter().take(SAMPLES).map(|row| Sample::of(row, lang)).collect(),
        outlines: reading.rows.len() as i64,
        refused: i64::try_from(refused.count).unwrap_or(i64::MAX),
        refusals: refused.say(lang),
        ready: plan.as_ref().map(|plan| plan.areas.len() as i64),
        known: plan.as_ref().map_or(0, |plan| plan.known as i64),
        names: plan
            .iter()
            .flat_map(|plan| plan.areas.iter().take(SAMPLES))
            .map(|area| area.name.clone())
            .collect(),
        crs: reading.crs,
        levels: levels(territory),
        parents: super::one::parents(territory, None),
        picture,
        choice,
        problems,
    })
}

/// `POST /admin/areas/file/{digest}`: looks again with another choice, or writes.
pub(super) async fn act(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(digest): Path<String>,
    Form(choice): Form<Choice>,
) -> Result<Response> {
    let look = || Redirect::to(&format!("{HERE}/file/{digest}?{}", choice.query())).into_response();
    if choice.act != "write" {
        Digest::of_text(&digest).ok_or(Error::NotFound)?;
        return Ok(look());
    }
    // What is not read yet was not looked at either.
    let (_, Some(read)) = read(&app, &digest, &choice).await? else { return Ok(look()) };
    let Ok(reading) = read else { return show(&app, &reader, &actor, &digest, choice, true).await };
    match planned(&app, reading, choice.clone()).await? {
        Ok(plan) if !plan.areas.is_empty() && (plan.refused.count == 0 || !choice.partial.is_empty()) => {
            write(&app, plan).await
        }
        _ => show(&app, &reader, &actor, &digest, choice, true).await,
    }
}

/// The last writings of this server that nobody could wait for. Each: what it counted, and where that is told.
static WRITINGS: Works<Uuid, Result<String>> = Works::new(8);

/// How long after its beginning a writing that nobody heard of again was lost with its server.
const LOST: TimeDelta = TimeDelta::minutes(30);

/// Writes areas: few while somebody waits, many apart.
async fn write(app: &App, plan: Plan) -> Result<Response> {
    let left_out = plan.refused.count;
    let mut write = app.begin().await?;
    if plan.areas.len() <= AT_ONCE {
        let to = written(app, write, (plan.areas, left_out), None).await?;
        return Ok(Redirect::to(&to).into_response());
    }
    let (id, app) = (Uuid::new_v4(), app.clone());
    let to = format!("{HERE}/work/{id}");
    own::begin_work(&mut write, id).await?;
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    WRITINGS.put(id, Work::start(|_| apart(app, id, (plan.areas, left_out))));
    Ok(Redirect::to(&to).into_response())
}

/// Writes areas while nobody waits; what comes of it is in the database, for whichever server is asked.
async fn apart(app: App, id: Uuid, areas: (Vec<NewArea>, u64)) -> Result<String> {
    let made = async {
        let write = Write::begin(&app.db, clock::now()).await?.through("web");
        written(&app, write, areas, Some(id)).await
    };
    let made = made.await;
    if let Err(error) = &made {
        tracing::error!(%error, "areas were not written");
        if let Err(error) = own::fail_work(&app.db, id, &error.to_string()).await {
            tracing::error!(%error, "nor is it told");
        }
    }
    made
}

/// Writes areas in one transaction, and finds anew which features lie in them. Gives the page that says so.
async fn written(
    app: &App,
    mut write: Write,
    (areas, left_out): (Vec<NewArea>, u64),
    work: Option<Uuid>,
) -> Result<String> {
    let Counts { created, updated, unchanged } = upsert_all(&mut write, areas).await?;
    if !write.is_empty() {
        territory::retag(&mut write).await?;
    }
    let to = format!(
        "{HERE}?done=imported&created={created}&updated={updated}&unchanged={unchanged}&left_out={left_out}"
    );
    match work {
        Some(id) => own::end_work(&mut write, id, &to).await?,
        None => write.answers(Answered::See(to.clone())),
    }
    app.commit(write).await?;
    reading::let_go();
    Ok(to)
}

/// `GET /admin/areas/work/{id}`: how far a writing is, then what it counted, also where another server does it.
pub(super) async fn wait(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response> {
    let id: Uuid = id.parse().map_err(|_no_work| Error::NotFound)?;
    let here = WRITINGS.get(&id);
    let told = match &here {
        Some(work) => work.within(PATIENCE).await?.transpose()?,
        None => elsewhere(&app, id).await?,
    };
    Ok(match told {
        None => waiting(&app, &reader, &actor, None).into_response(),
        Some(to) => Redirect::to(&to).into_response(),
    })
}

/// What another server's writing gave; nothing as long as it goes on.
async fn elsewhere(app: &App, id: Uuid) -> Result<Option<String>> {
    let AreaWork { begun_at, told, problem } = own::work(&app.db, id).await?.ok_or(Error::Gone)?;
    match (told, problem) {
        (Some(told), _) => Ok(Some(told)),
        (None, Some(_)) => Err(Error::Conflict(Message::new("areas-work-failed"))),
        (None, None) if begun_at + LOST < clock::now() => {
            Err(Error::Conflict(Message::new("areas-work-failed")))
        }
        (None, None) => Ok(None),
    }
}

/// What a text that was drawn or pasted holds: its one outline.
pub(super) async fn one_outline(
    app: &App,
    text: &str,
    reader: &Reader,
) -> Result<Result<NewOutline, String>> {
    let digest = app.media.let_bytes_wait(FOLDER, text.trim().as_bytes().to_vec()).await?;
    let work = reading::of(app, FOLDER, &digest, &reading::How::default()).ok_or(Error::Gone)?;
    let Some(read) = work.within(PATIENCE).await? else { return Err(Error::Unavailable) };
    if let Err(Unreadable::Empty) = read {
        return Ok(Err(reader.lang.text("areas-no-outline")));
    }
    if let Some((said, rows)) = useless(&read, reader) {
        return Ok(Err(rows.into_iter().next().unwrap_or(said)));
    }
    let Ok(reading) = read else { return Err(Error::NotFound) };
    match (reading.rows.as_slice(), reading.refused.count) {
        ([row], 0) => Ok(Ok(row.outline.clone())),
        _ => Ok(Err(reader.lang.text("areas-several"))),
    }
}

/// The surface of one area.
pub(super) type NewOutline = geo::MultiPolygon<f64>;
