//! The desk's forms of a process's documents: one more, one off the page, one back.

use super::arriving::Arriving;
use crate::base::clock;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Reader, SameOrigin};
use crate::base::once::{self, Answered};
use crate::civic::accounts::Actor;
use crate::civic::processes::Document;
use crate::civic::processes::admin::{HERE, edit_page, own, refused};
use crate::civic::processes::form::ProcessForm;
use crate::civic::processes::store::{self, Shown};
use crate::core::app::App;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// `POST /admin/processes/{slug}/documents`, multipart: `document` and `title`.
pub(in crate::civic::processes) async fn add(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
    form: Multipart,
) -> Result<Response> {
    let (known, version, _) = own(&app, &actor, &slug).await?;
    let (title, name, file) = read(&app, form).await?;
    let kind = match super::kind(&name, file.first()) {
        Ok(kind) => kind,
        Err(message) => {
            let problem = Problem { field: "document".into(), message };
            let page = edit_page(&app, &reader, &actor, &known, version, ProcessForm::of(&known)).await?;
            return Ok(refused(page, vec![problem]));
        }
    };
    let title = if title.is_empty() { name } else { title };
    once::said(&[title.as_bytes(), file.digest().as_bytes()]);
    let (size, digest) = (file.size(), file.digest());
    let file = file.whole().await?;
    let document =
        Document { id: 0, title, digest, kind: kind.into(), size, shown: true, created_at: clock::now() };
    let mut write = app.begin().await?;
    store::add_document(&mut write, known.id, &document).await?;
    // Only what will have its row gets its name: a form that was sent before with another file leaves nothing.
    file.keep(&document.digest).await?;
    write.answers(Answered::See(format!("{HERE}/{slug}?done=saved#documents")));
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}/{slug}?done=saved#documents")).into_response())
}

/// Title, name and file of a form, the file on the disk already.
async fn read(app: &App, mut form: Multipart) -> Result<(String, String, Arriving)> {
    let (mut title, mut name) = (String::new(), String::new());
    let mut file = Arriving::begin(super::folder(app)).await?;
    while let Some(mut field) = form.next_field().await.map_err(cut)? {
        match field.name() {
            Some("title") => title = crate::base::text::clean(&field.text().await.map_err(cut)?),
            Some("document") => {
                name = crate::base::text::clean(field.file_name().unwrap_or_default());
                file = Arriving::begin(super::folder(app)).await?;
                let mut kept = Ok(());
                while let Some(piece) = field.chunk().await.map_err(cut)? {
                    // Where there is no room the rest is read all the same: a browser shows no answer before it has sent everything.
                    if kept.is_ok() {
                        kept = file.add(&piece).await;
                    }
                }
                kept?;
            }
            _ => {}
        }
    }
    Ok((title.chars().take(200).collect(), name, file))
}

#[allow(clippy::needless_pass_by_value)] // So that `map_err` takes it as it is.
fn cut(error: MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { Error::Unreadable }
}

/// `POST /admin/processes/{slug}/documents/{id}/remove`
pub(in crate::civic::processes) async fn remove(
    app: Of<App>,
    same: SameOrigin,
    actor: Actor,
    Path((slug, id)): Path<(String, i64)>,
) -> Result<Redirect> {
    show(app, same, actor, &slug, id, Shown::No).await
}

/// `POST /admin/processes/{slug}/documents/{id}/restore`
pub(in crate::civic::processes) async fn restore(
    app: Of<App>,
    same: SameOrigin,
    actor: Actor,
    Path((slug, id)): Path<(String, i64)>,
) -> Result<Redirect> {
    show(app, same, actor, &slug, id, Shown::Yes).await
}

async fn show(
    Of(app): Of<App>,
    _: SameOrigin,
    actor: Actor,
    slug: &str,
    id: i64,
    shown: Shown,
) -> Result<Redirect> {
    let (known, ..) = own(&app, &actor, slug).await?;
    let mut write = app.begin().await?;
    store::show_document(&mut write, known.id, id, shown).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}/{slug}?done=saved#documents")))
}
