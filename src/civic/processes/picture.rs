//! The picture at the head of a process's page: sent at the desk, drawn anew in two sizes, off again; and how it is given out.
//!
//! What it is not: a photo of a contribution (`photos`). Invariant: only what the process shows now is given out, a draft's to its team alone.

use super::ProcessRules;
use super::admin::own;
use super::model::HeadPicture;
use super::saving::{NewPicture, saved};
use super::sections::Section;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Fields, FilesForm, Reader, SameOrigin, Takes};
use crate::base::media::{Arriving, Digest, FILE, Picture};
use crate::civic::accounts::Access::{Everyone, Holder};
use crate::civic::accounts::{Actor, Role, Routes};
use crate::core::app::App;
use axum::extract::{Path, State as Of};
use axum::http::header::{self, HeaderName};
use axum::response::Response;
use bytes::Bytes;

/// The largest request: a file and what a form says around it.
const BODY: usize = FILE + (1 << 20);

pub(super) fn routes() -> Routes {
    let planner = Holder(Role::Planner);
    Routes::new().get("/processes/{slug}/picture/{file}", Everyone, show).post_files(
        "/admin/processes/{slug}/picture",
        planner,
        BODY,
        send,
    )
}

/// What its button says that takes the picture off. The files stay: a version before may come back.
const OFF: &str = "picture-off";

/// `POST /admin/processes/{slug}/picture`, multipart: the section's fields and `picture`, in one version.
async fn send(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
    form: FilesForm,
) -> Result<Response> {
    own(&app, &actor, &slug).await?;
    let takes = Takes { field: Some("picture"), each: FILE, files: 1 };
    let mut brought = form.read(&app.media, takes).await?;
    let picture = match brought.files.pop() {
        Some((_, file)) => Some(told(keep(&app, file).await)?),
        None if brought.text("step") == OFF => Some(Ok(None)),
        None => None,
    };
    let mut fields = brought.texts;
    fields.push(("section".to_owned(), Section::Picture.word().to_owned()));
    saved(&app, &reader, &actor, &slug, (Fields::new(fields), picture)).await
}

/// What is wrong with a file is told beside its field.
fn told(kept: Result<HeadPicture>) -> Result<NewPicture> {
    match kept {
        Ok(picture) => Ok(Ok(Some(picture))),
        Err(Error::Invalid(problems)) => {
            let told = problems.into_iter().map(|problem| Problem { field: "picture".into(), ..problem });
            Ok(Err(told.collect()))
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
