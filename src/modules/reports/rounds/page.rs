//! The pages of rounds: the list, one on a telephone, one on paper; and what is done at each stop.

use super::store::{self, Round, Stop};
use super::views::{ListPage, PrintPage, RoundPage, StopLine};
use super::{MOST_STOPS, ROOM, way};
use crate::base::clock::{self, zone};
use crate::base::error::{Error, Result};
use crate::base::http::{self, Brought, Fields, FilesForm, Reader, SameOrigin, Takes};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{AccountId, FeatureId};
use crate::base::media::FILE;
use crate::base::once::Answered;
use crate::base::text::clean;
use crate::civic::accounts::{Actor, Desk};
use crate::core::app::App;
use crate::core::features::geometry::from_wkb;
use crate::core::features::photos;
use crate::core::journal::Write;
use crate::modules::reports::desk;
use crate::modules::reports::treating::Said;
use axum::extract::{Form, FromRequest, Path, Request, State};
use axum::http::header;
use axum::response::Redirect;
use parvis_tiles::geometry::representative_point;
use serde::Deserialize;

/// How many rounds are listed.
const ROUNDS: i64 = 50;
/// The longest note.
const NOTE: usize = 1_000;

fn number(text: &str) -> Result<i64> {
    text.parse().map_err(|_no_number| Error::NotFound)
}

/// Longitude and latitude of a stop.
pub(super) fn place(wkb: Option<&[u8]>) -> Result<Option<(f64, f64)>> {
    let geometry = wkb.map(from_wkb).transpose()?;
    Ok(geometry.as_ref().and_then(representative_point))
}

/// What the pages are asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    done: String,
}

/// `GET /admin/reports/rounds`
pub(super) async fn list(State(app): State<App>, reader: Reader, actor: Actor) -> Result<ListPage> {
    let rounds = store::own(&app.db, actor.signed_in()?.id, ROUNDS).await?;
    Ok(ListPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, desk::ROOM),
        rounds,
    })
}

/// The reports that are checked, each once, in the order in which the list shows them.
fn chosen(sent: &Fields) -> Result<Vec<FeatureId>> {
    let mut ids: Vec<FeatureId> = sent.every("feature").filter_map(FeatureId::of_text).collect();
    let mut known = std::collections::HashSet::new();
    ids.retain(|id| known.insert(*id));
    match ids.len() {
        0 => Err(Error::Conflict(Message::new("report-round-nothing"))),
        1..=MOST_STOPS => Ok(ids),
        _ => Err(Error::Conflict(Message::new("report-round-too-many").with("most", MOST_STOPS))),
    }
}

/// `POST /admin/reports/rounds`: a round of the reports that are checked, each of them this agent's to treat.
pub(super) async fn create(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let ids = chosen(&sent)?;
    let who = actor.signed_in()?.id;
    let mut write = app.begin().await?;
    let mut in_order = ids.clone();
    in_order.sort_unstable();
    for id in in_order {
        desk::own(&actor, &mut write, id).await?;
    }
    let now = clock::now().with_timezone(&zone()).date_naive();
    let name = Lang::Fr.say(&Message::new("report-round-name").with("day", Lang::Fr.date(now)));
    let id = store::insert(&mut write, who, (&name, &now.to_string()), &ids).await?;
    arrange(&mut write, id, None).await?;
    let there = format!("{ROOM}/{id}");
    write.answers(Answered::See(there.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&there))
}

/// Has the stops that are not done be gone to from the nearest to the nearest; those that are done come first, as they were.
async fn arrange(write: &mut Write, id: i64, from: Option<(f64, f64)>) -> Result<()> {
    let (done, left): (Vec<Stop>, Vec<Stop>) =
        store::stops(write.tx(), id).await?.into_iter().partition(|stop| stop.done_at.is_some());
    let (mut placed, mut nowhere) = (Vec::new(), Vec::new());
    for stop in left {
        match place(stop.wkb.as_deref())? {
            Some(at) => placed.push((stop.feature_id, at)),
            None => nowhere.push(stop.feature_id),
        }
    }
    let places: Vec<(f64, f64)> = placed.iter().map(|(_, at)| *at).collect();
    let mut order: Vec<FeatureId> = done.iter().map(|stop| stop.feature_id).collect();
    order.extend(way::nearest(&places, from).into_iter().map(|at| placed[at].0));
    order.extend(nowhere);
    store::order(write, id, &order).await
}

async fn lines(app: &App, round: &Round) -> Result<Vec<StopLine>> {
    let stops = store::stops(&app.db, round.id).await?.into_iter();
    stops.map(|stop| Ok(StopLine { at: place(stop.wkb.as_deref())?, stop })).collect()
}

/// `GET /admin/reports/rounds/{id}`
pub(super) async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<RoundPage> {
    let round = store::find(&app.db, actor.signed_in()?.id, number(&id)?).await?;
    Ok(RoundPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, desk::ROOM),
        lines: lines(&app, &round).await?,
        round,
        done: (!asked.done.is_empty()).then(|| reader.lang.text("report-round-said")),
    })
}

/// `GET /admin/reports/rounds/{id}/print`
pub(super) async fn print(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<PrintPage> {
    let round = store::find(&app.db, actor.signed_in()?.id, number(&id)?).await?;
    let lines = lines(&app, &round).await?;
    Ok(PrintPage { lang: reader.lang, site: app.name(), round, lines })
}

/// `POST /admin/reports/rounds/{id}`: `do=order` anew, from one's own position where that is sent; `do=end`, `do=again`.
pub(super) async fn change(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let id = number(&id)?;
    let mut write = app.begin().await?;
    store::lock(&mut write, actor.signed_in()?.id, id).await?;
    match sent.get("do") {
        "end" => {
            let at = write.at();
            store::end(&mut write, id, Some(at)).await?;
        }
        "again" => store::end(&mut write, id, None).await?,
        "order" => {
            let degree =
                |name: &str, most: f64| sent.get(name).parse().ok().filter(|n: &f64| n.abs() <= most);
            arrange(&mut write, id, degree("lon", 180.0).zip(degree("lat", 90.0))).await?;
        }
        _ => return Err(Error::NotFound),
    }
    app.commit(write).await?;
    Ok(Redirect::to(&if sent.get("do") == "end" { ROOM.to_owned() } else { format!("{ROOM}/{id}") }))
}

/// What is sent at a stop: with a photo or without, and then as a plain form, too.
pub(super) struct AtStop(Brought);

impl FromRequest<App> for AtStop {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<AtStop> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/")) {
            let takes = Takes { field: Some("photo"), each: FILE, files: 1 };
            let form = FilesForm::from_request(request, app).await?;
            return Ok(AtStop(form.read(&app.media, takes).await?));
        }
        let body = http::whole(request.into_body(), http::TEXTS).await?;
        let texts = form_urlencoded::parse(&body).into_owned().collect();
        Ok(AtStop(Brought { texts, ..Brought::default() }))
    }
}

/// `POST /admin/reports/rounds/{id}/stops/{report}`: `do=fixed` is repaired, `do=done` was looked at, `do=back` was not, `do=drop` is no stop of it.
pub(super) async fn stop(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path((id, report)): Path<(String, String)>,
    AtStop(mut brought): AtStop,
) -> Result<Redirect> {
    let (id, report) = (number(&id)?, FeatureId::of_text(&report).ok_or(Error::NotFound)?);
    let account = actor.signed_in()?;
    // Asked before a second of work is spent on the file.
    store::find(&app.db, account.id, id).await?;
    let mut photo = Vec::new();
    if let Some((_, file)) = brought.files.pop() {
        let alt = Lang::Fr.text("report-round-photo-alt");
        let taken = photos::take(&app.db, &app.media, file, account.voice, &alt).await?;
        photo.push((taken.id, taken.alt));
    }
    let mut write = app.begin().await?;
    store::lock(&mut write, account.id, id).await?;
    let note: String = clean(brought.text("note")).chars().take(NOTE).collect();
    treat(&app, &actor, &mut write, (id, report), (brought.text("do"), &note)).await?;
    photos::attach(&mut write, report, account.voice, &photo).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{ROOM}/{id}?done=1#stop-{report}")))
}

async fn treat(
    app: &App,
    actor: &Actor,
    write: &mut Write,
    (round, id): (i64, FeatureId),
    (what, note): (&str, &str),
) -> Result<()> {
    let at = write.at();
    match what {
        "drop" => return store::drop_stop(write, round, id).await,
        "back" => return store::set_done(write, round, id, None).await,
        "fixed" | "done" => store::set_done(write, round, id, Some(at)).await?,
        _ => return Err(Error::NotFound),
    }
    let (mut report, by): (_, AccountId) = desk::own(actor, write, id).await?;
    if what == "fixed" {
        let said = Said { by: Some(by), note };
        desk::repaired(app, write, &mut report, said).await?;
    }
    Ok(())
}
