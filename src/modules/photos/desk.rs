//! The desk of photos: those that wait to be looked at before anybody sees them, and covering what nobody is to see in one.
//!
//! What it is not: moderation, which takes a photo off and says why. Who treats a contribution, or moderates where it is, may cover; what
//! was covered is looked at under a list of who did, and put back while it is kept.

use super::frames;
use super::store;
use super::views::{CoverPage, PhotosPage};
use crate::base::clock;
use crate::base::db::Answer;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, PhotoId};
use crate::base::media::{Digest, Size};
use crate::base::once::Answered;
use crate::civic::accounts::Access::{AnyHolder, Holder};
use crate::civic::accounts::{Actor, Desk, Jurisdiction, Pages, Role, Routes, Waiting};
use crate::core::app::App;
use crate::core::features::photos;
use crate::core::features::photos::covering::{self, List, Looked};
use crate::core::journal::Write;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(super) const ROOM: &str = "/admin/photos";

/// How many photos a page of a list has.
const PAGE: i64 = 24;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(ROOM, Holder(Role::Agent), list)
        .waits(waiting)
        .get("/admin/photos/{id}/blur", AnyHolder, show)
        .post("/admin/photos/{id}/blur", AnyHolder, cover)
        .post("/admin/photos/{id}/unblur", AnyHolder, uncover)
        .post("/admin/photos/{id}/publish", AnyHolder, publish)
        .get("/admin/photos/{id}/original.jpg", AnyHolder, original)
}

/// What waits, for the desk's first page.
fn waiting<'a>(app: &'a App, actor: &'a Actor) -> Answer<'a, Vec<Waiting>> {
    Box::pin(async move {
        let (count, since) = covering::count(&app.db, List::Waiting, &actor.scope(Role::Agent)).await?;
        let label = Message::new("photos-waiting");
        Ok(vec![Waiting { since, ..Waiting::new(ROOM, label, count) }])
    })
}

/// Which list, which page of it, and what was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    list: String,
    page: String,
    done: String,
}

/// The word of what was just done, if it is one of ours.
fn done_of(asked: String) -> Option<String> {
    ["blurred", "unblurred", "published"].contains(&asked.as_str()).then_some(asked)
}

/// `GET /admin/photos`
async fn list(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<PhotosPage> {
    let scope = actor.scope(Role::Agent);
    let is_covered = asked.list == "covered";
    let (list, query) = if is_covered { (List::Covered, "?list=covered") } else { (List::Waiting, "") };
    let (total, _) = covering::count(&app.db, list, &scope).await?;
    let pages = Pages::of(&asked.page, total, PAGE, &format!("{ROOM}{query}"));
    Ok(PhotosPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, ROOM),
        done: done_of(asked.done),
        is_covered,
        photos: covering::list(&app.db, list, &scope, (pages.offset(), PAGE)).await?,
        pages,
    })
}

/// A photo for who may cover it: who treats contributions there, or moderates them.
async fn photo(app: &App, actor: &Actor, id: &str) -> Result<(Looked, AccountId)> {
    let id = PhotoId::of_text(id).ok_or(Error::NotFound)?;
    let photo = covering::find(&app.db, id).await?;
    let place = place(&photo);
    let role = if actor.may(Role::Moderator, &place) { Role::Moderator } else { Role::Agent };
    let account = actor.must(role, &place)?.id;
    Ok((photo, account))
}

fn place(photo: &Looked) -> Jurisdiction {
    let (process, areas) = photo.place();
    Jurisdiction { process, areas }
}

/// `GET /admin/photos/{id}/blur`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<CoverPage> {
    let (photo, _) = photo(&app, &actor, &id).await?;
    page(&app, &reader, &actor, photo, (Vec::new(), done_of(asked.done), None)).await
}

/// The page of a photo, with the frames that were typed, what was done or what is wrong.
async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    photo: Looked,
    (typed, done, problem): (Vec<frames::Row>, Option<String>, Option<Problem>),
) -> Result<CoverPage> {
    Ok(CoverPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, ROOM),
        looks: store::looks(&app.db, photo.photo.id).await?,
        moderates: actor.may(Role::Moderator, &place(&photo)),
        photo,
        rows: frames::offered(typed),
        done,
        problem: problem.map(|problem| reader.lang.say(&problem.message)),
    })
}

/// `POST /admin/photos/{id}/blur`: `of` is the picture that was looked at; `then=publish` shows what waited.
async fn cover(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<Fields>,
) -> Result<Response> {
    let (photo, account) = photo(&app, &actor, &id).await?;
    let typed = frames::rows(&form);
    let frames = match frames::read(&typed) {
        Ok(frames) => frames,
        Err(problem) if reader.wants_json => return Err(Error::Invalid(vec![problem])),
        Err(problem) => {
            let page = page(&app, &reader, &actor, photo, (typed, None, Some(problem))).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    let seen = Digest::of_text(form.get("of")).filter(|seen| *seen == photo.photo.digest);
    let seen = seen.ok_or_else(|| Error::Conflict(Message::new("photo-is-another")))?;
    let covered = app.media.cover(&seen, frames).await?;
    // The files first, as where a photo is sent.
    app.media.put(&covered).await?;
    let mut write = app.begin().await?;
    let free = covering::cover(&mut write, &seen, &covered, account).await?;
    if form.get("then") == "publish" && photo.held.is_some() {
        covering::show(&mut write, photo.photo.id).await?;
    }
    done(&app, write, (&photo, "blurred"), &free).await
}

/// `POST /admin/photos/{id}/unblur`: as it was sent.
async fn uncover(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response> {
    let (photo, _) = photo(&app, &actor, &id).await?;
    let mut write = app.begin().await?;
    let free = covering::uncover(&mut write, photo.photo.id).await?;
    done(&app, write, (&photo, "unblurred"), &free).await
}

/// `POST /admin/photos/{id}/publish`: looked at, and fine.
async fn publish(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response> {
    let (photo, _) = photo(&app, &actor, &id).await?;
    let mut write = app.begin().await?;
    covering::show(&mut write, photo.photo.id).await?;
    done(&app, write, (&photo, "published"), &[]).await
}

async fn done(
    app: &App,
    mut write: Write,
    (photo, what): (&Looked, &str),
    free: &[Digest],
) -> Result<Response> {
    let to = format!("{ROOM}/{}/blur?done={what}", photo.photo.id);
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    photos::forget(&app.media, free).await;
    Ok(Redirect::to(&to).into_response())
}

/// `GET /admin/photos/{id}/original.jpg`: what stood there before. Who looks at it is noted first.
async fn original(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    let (photo, account) = photo(&app, &actor, &id).await?;
    let mut write = Write::begin(&app.db, clock::now()).await?;
    let digest = covering::look(&mut write, photo.photo.id, account).await?;
    write.commit().await?;
    let picture = app.media.get(&digest, Size::Large).await?.ok_or(Error::NotFound)?;
    let mut answer = picture.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(answer)
}
