//! The picture at the head of a process's page: sent at the desk, drawn anew in two sizes, off again; and how it is given out.
//!
//! What it is not: a photo of a contribution (`photos`). Invariant: only what the process shows now is given out, a draft's to its team alone.

use super::ProcessRules;
use super::admin::{HERE, edit_page, own};
use super::desk::Shown;
use super::form::ProcessForm;
use super::model::{HeadPicture, Settings};
use super::sections::Section;
use super::store::{self, Decided};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{FilesForm, Reader, SameOrigin, Takes};
use crate::base::media::{Arriving, Digest, FILE, Picture, Refusal};
use crate::base::once::Answered;
use crate::civic::accounts::Access::{Everyone, Holder};
use crate::civic::accounts::{Actor, Role, Routes};
use crate::core::app::App;
use axum::extract::{Path, State as Of};
use axum::http::header::{self, HeaderName};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;

/// The largest request: a file and what a form says around it.
const BODY: usize = FILE + (1 << 20);

pub(super) fn routes() -> Routes {
    let planner = Holder(Role::Planner);
    Routes::new()
        .get("/processes/{slug}/picture/{file}", Everyone, show)
        .post_files("/admin/processes/{slug}/picture", planner, BODY, send)
        .post("/admin/processes/{slug}/picture/remove", planner, remove)
}

/// `POST /admin/processes/{slug}/picture`, multipart: `picture`.
async fn send(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
    form: FilesForm,
) -> Result<Response> {
    let (known, version, _) = own(&app, &actor, &slug).await?;
    let takes = Takes { field: Some("picture"), each: FILE, files: 1 };
    let kept = match form.read(&app.media, takes).await?.files.pop() {
        Some((_, file)) => keep(&app, file).await,
        None => Err(Refusal::Empty.into()),
    };
    match kept {
        Ok(picture) => set(&app, &actor, &slug, Some(picture)).await,
        Err(Error::Invalid(problems)) => {
            let mut page = edit_page(&app, &reader, &actor, &known, version, ProcessForm::of(&known)).await?;
            page.shown = Shown::Form(Some(Section::Picture));
            let told = problems.into_iter().map(|problem| Problem { field: "picture".into(), ..problem });
            Ok(super::admin::refused(page, told.collect()))
        }
        Err(other) => Err(other),
    }
}

/// Draws a file anew and keeps it.
async fn keep(app: &App, file: Arriving) -> Result<HeadPicture> {
    let Picture { large, small, width, height, .. } = app.media.read(file).await?;
    let [large, small] = [app.media.keep(large).await?, app.media.keep(small).await?];
    Ok(HeadPicture { large: large.to_string(), small: small.to_string(), width, height })
}

/// `POST /admin/processes/{slug}/picture/remove`. The files stay: a version before may come back.
async fn remove(Of(app): Of<App>, _: SameOrigin, actor: Actor, Path(slug): Path<String>) -> Result<Response> {
    set(&app, &actor, &slug, None).await
}

async fn set(app: &App, actor: &Actor, slug: &str, picture: Option<HeadPicture>) -> Result<Response> {
    let (known, version, account) = own(app, actor, slug).await?;
    let to = format!("{HERE}/{slug}/edit/picture?done=saved");
    if known.settings.picture == picture {
        return Ok(Redirect::to(&to).into_response());
    }
    let settings = Settings { picture, ..known.settings };
    let decided = Decided { title: &known.title, settings: &settings, state: known.state, note: "" };
    let mut write = app.begin().await?;
    store::update(&mut write, known.id, version, &decided, Some(account)).await?;
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to).into_response())
}

/// `GET /processes/{slug}/picture/{digest}.jpg`
async fn show(
    Of(app): Of<App>,
    actor: Actor,
    Path((slug, file)): Path<(String, String)>,
) -> Result<([(HeaderName, &'static str); 2], Bytes)> {
    let known = ProcessRules::seen_by(&app, &actor, &slug).await?;
    let picture = known.settings.picture.as_ref().ok_or(Error::NotFound)?;
    let stem = file.strip_suffix(".jpg").ok_or(Error::NotFound)?;
    let digest =
        Digest::of_text(stem).filter(|_| [&picture.large, &picture.small].iter().any(|one| *one == stem));
    let bytes = app.media.kept(&digest.ok_or(Error::NotFound)?).await?.ok_or(Error::NotFound)?;
    // As photos: what is taken away is gone a minute later. A draft's is kept by nobody.
    let kept = if known.is_shown() { "public, max-age=60, must-revalidate" } else { "private, no-store" };
    Ok(([(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, kept)], bytes))
}
