//! The pictures of the site: its logo, and what stands beside its welcome. Sent, drawn anew, and off again.

use super::routes::{ADMINISTRATOR, HERE, page};
use super::views::SectionPage;
use crate::base::error::{Error, Result};
use crate::base::http::{Fields, FilesForm, Reader, SameOrigin, Takes};
use crate::base::media::{self, Arriving, Digest, FILE, Picture, Refusal};
use crate::base::once::Answered;
use crate::civic::accounts::{Actor, Routes};
use crate::core::app::App;
use crate::core::site::{Field, Sort, store};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// The largest request: a file and what a form says around it.
const BODY: usize = FILE + (1 << 20);

pub(super) fn routes() -> Routes {
    Routes::new().post_files("/admin/site/pictures/{name}", ADMINISTRATOR, BODY, send).post(
        "/admin/site/pictures/{name}/remove",
        ADMINISTRATOR,
        remove,
    )
}

fn field(name: &str) -> Result<&'static Field> {
    Field::of_name(name).filter(|field| field.sort == Sort::Picture).ok_or(Error::NotFound)
}

/// `POST /admin/site/pictures/{name}`, multipart: `picture`.
async fn send(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(name): Path<String>,
    form: FilesForm,
) -> Result<Response> {
    let field = field(&name)?;
    let mut brought = form.read(&app.media, Takes { field: Some("picture"), each: FILE, files: 1 }).await?;
    let is_setup = !brought.text("setup").is_empty();
    let kept = match brought.files.pop() {
        Some((_, file)) => keep(&app, field, file).await,
        None => Err(Refusal::Empty.into()),
    };
    let digest = match kept {
        Ok(digest) => digest,
        Err(Error::Invalid(problems)) => {
            let current = store::current(&app.db).await?;
            let shown = page(&app, &reader, &actor, (field.section, is_setup), current).await?;
            let problems = problems
                .into_iter()
                .map(|p| crate::base::error::Problem { field: name.clone(), ..p })
                .collect();
            return Ok((StatusCode::BAD_REQUEST, SectionPage { problems, ..shown }).into_response());
        }
        Err(other) => return Err(other),
    };
    set(&app, &actor, field, digest.as_str(), is_setup).await
}

/// Draws a file anew and keeps it: a logo with what shines through, a picture as a photograph.
async fn keep(app: &App, field: &Field, file: Arriving) -> Result<Digest> {
    let bytes = if field.name == "logo" {
        let bytes = app.media.whole(file).await?;
        let drawn = tokio::task::spawn_blocking(move || media::mark(&bytes)).await;
        drawn.map_err(|error| Error::Internal(error.to_string()))??
    } else {
        let Picture { large, .. } = app.media.read(file).await?;
        large
    };
    app.media.keep(bytes).await
}

/// `POST /admin/site/pictures/{name}/remove`. The file stays: a version before may come back.
async fn remove(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(name): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    set(&app, &actor, field(&name)?, "", !fields.get("setup").is_empty()).await
}

async fn set(app: &App, actor: &Actor, field: &Field, value: &str, is_setup: bool) -> Result<Response> {
    let mut write = app.begin().await?;
    let mut site = store::to_change(&mut write).await?;
    site.set(field.name, value);
    store::write(&mut write, &site, Some(actor.signed_in()?.id)).await?;
    let setup = if is_setup { "&setup=true" } else { "" };
    let to = format!("{HERE}/{}?done=saved{setup}", field.section.word());
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to).into_response())
}
