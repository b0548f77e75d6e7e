//! The photos' handlers.

use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::http::{self, FilesForm, SameOrigin, Takes, url};
use crate::base::ids::{AreaId, PhotoId};
use crate::base::media::{Arriving, Digest, FILE, Refusal, Size};
use crate::civic::accounts::Access::{Everyone, Owner};
use crate::civic::accounts::{Acting, Actor, Jurisdiction, Limit, Role, Routes};
use crate::core::app::App;
use crate::core::features::Hold;
use crate::core::features::photos::{self, Photo};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// The largest request: a file and what a form says around it.
const BODY: usize = FILE + (1 << 20);

const PHOTO: Takes = Takes { field: Some("photo"), each: FILE, files: 1 };

pub(super) fn routes() -> Routes {
    Routes::new()
        .post_files("/photos", Everyone, BODY, send)
        .limited(Limit::PHOTO)
        .delete("/photos/{id}", Owner, remove)
        .post("/photos/{id}/remove", Owner, remove)
        .get("/photos/{digest}/{file}", Everyone, show)
}

/// A photo as scripts read it.
fn described(photo: &Photo) -> Value {
    let Photo { id, digest, width, height, alt } = photo;
    json!({
        "id": id, "digest": digest, "width": width, "height": height, "alt": alt,
        "large": url(format_args!("/photos/{digest}/large.jpg")),
        "small": url(format_args!("/photos/{digest}/small.jpg")),
    })
}

/// `POST /photos`, multipart: `photo`, and what it shows in `alt` if that is known yet.
async fn send(
    State(app): State<App>,
    _: SameOrigin,
    author: Acting,
    form: FilesForm,
) -> Result<impl IntoResponse> {
    app.must_be_open()?;
    let (file, alt) = read(&app, form).await?;
    let photo = photos::take(&app.db, &app.media, file, author.visitor, &alt).await?;
    Ok((StatusCode::CREATED, author.cookies, Json(described(&photo))))
}

/// The photo, on the disk, and its description. What is wrong is told as of a photo.
async fn read(app: &App, form: FilesForm) -> Result<(Arriving, String)> {
    let mut brought = form.read(&app.media, PHOTO).await.map_err(|error| match error {
        Error::TooLarge => Refusal::TooLarge.into(),
        Error::Unreadable => Refusal::Broken.into(),
        other => other,
    })?;
    let alt = brought.text("alt").to_owned();
    let (_, file) = brought.files.pop().ok_or(Refusal::Empty)?;
    Ok((file, alt))
}

/// `DELETE /photos/{id}`, `POST /photos/{id}/remove`: a pending photo of one's own.
async fn remove(
    State(app): State<App>,
    _: SameOrigin,
    Actor { visitor, .. }: Actor,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    let (id, visitor) = PhotoId::of_text(&id).zip(visitor).ok_or(Error::NotFound)?;
    let mut write = app.begin().await?;
    let before = clock::now();
    let free = photos::remove(&mut write, visitor, id).await?;
    app.commit(write).await?;
    if let Some(digest) = free {
        app.media.remove(&digest, before).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// What everybody may keep, for a minute without asking again: what is hidden is gone from pages within that.
const PUBLIC: &str = "public, max-age=60, must-revalidate";

/// `GET /photos/{digest}/{large,small}.jpg`: never another picture under the same address, and none that is not public, but to who
/// sent it or moderates it.
async fn show(
    State(app): State<App>,
    actor: Actor,
    Path((digest, file)): Path<(String, String)>,
    request: HeaderMap,
) -> Result<Response> {
    let size = Size::ALL.into_iter().find(|size| file.strip_suffix(".jpg") == Some(size.word()));
    let (digest, size) = Digest::of_text(&digest).zip(size).ok_or(Error::NotFound)?;
    let is_public = photos::is_shown(&app.db, &digest).await?;
    if !is_public && !is_theirs(&app, &actor, &digest).await? {
        return Err(Error::NotFound);
    }
    let etag = HeaderValue::try_from(format!("\"{digest}-{}\"", size.word()))
        .map_err(|error| Error::Internal(error.to_string()))?;
    let mut answer = if http::is_known(&request, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        app.media.get(&digest, size).await?.ok_or(Error::NotFound)?.into_response()
    };
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::ETAG, etag);
    let kept = if is_public { PUBLIC } else { "private, no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    // Pages made of our open data show them, too.
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    Ok(answer)
}

/// Whether who asks may see a picture that not everybody may: who sent it, and who moderates where its contribution is; of one that waits
/// to be looked at, who treats contributions there, too.
async fn is_theirs(app: &App, actor: &Actor, digest: &Digest) -> Result<bool> {
    let owned = photos::owned(&app.db, digest).await?;
    let is_theirs = |one: &photos::Owned| {
        let areas = one.areas.as_deref().unwrap_or_default().split(',').filter_map(AreaId::of_text).collect();
        let place = Jurisdiction { process: one.process_id, areas };
        (actor.visitor.is_some() && one.author == actor.visitor)
            || actor.may(Role::Moderator, &place)
            || (one.held == Some(Hold::Waiting) && actor.may(Role::Agent, &place))
    };
    Ok(owned.iter().any(is_theirs))
}
