//! The desk's forms of a process's documents: one more, one off the page, one back.

use crate::base::clock;
use crate::base::error::{Problem, Result};
use crate::base::http::{FilesForm, Reader, SameOrigin, Takes};
use crate::base::media::Arriving;
use crate::base::once::Answered;
use crate::base::text;
use crate::civic::accounts::Actor;
use crate::civic::processes::Document;
use crate::civic::processes::admin::{HERE, edit_page, own, refused};
use crate::civic::processes::form::ProcessForm;
use crate::civic::processes::store::{self, Shown};
use crate::core::app::App;
use axum::extract::{Path, State as Of};
use axum::response::{IntoResponse, Redirect, Response};

/// `POST /admin/processes/{slug}/documents`, multipart: `document` and `title`.
pub(in crate::civic::processes) async fn add(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
    form: FilesForm,
) -> Result<Response> {
    let (known, version, _) = own(&app, &actor, &slug).await?;
    let (title, name, file) = read(&app, form).await?;
    // Where nothing was chosen, that is told as of a file of no kind.
    let kind = super::kind(&name, file.as_ref().map_or(&[], Arriving::first));
    let (kind, file) = match (kind, file) {
        (Ok(kind), Some(file)) => (kind, file),
        (kind, _) => {
            let message = kind.err().unwrap_or_else(super::refusal);
            let problem = Problem { field: "document".into(), message };
            let mut page = edit_page(&app, &reader, &actor, &known, version, ProcessForm::of(&known)).await?;
            page.document_title = title;
            return Ok(refused(page, vec![problem]));
        }
    };
    let title = if title.is_empty() { name } else { title };
    let (size, digest) = (file.size(), file.digest());
    let document =
        Document { id: 0, title, digest, kind: kind.into(), size, shown: true, created_at: clock::now() };
    let mut write = app.begin().await?;
    store::add_document(&mut write, known.id, &document).await?;
    // Only what will have its row gets its name: a form that was sent before with another file leaves nothing.
    file.keep(super::FOLDER).await?;
    write.answers(Answered::See(format!("{HERE}/{slug}?done=saved#documents")));
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}/{slug}?done=saved#documents")).into_response())
}

/// Title, name and file of a form, the file on the disk already.
async fn read(app: &App, form: FilesForm) -> Result<(String, String, Option<Arriving>)> {
    let mut brought =
        form.read(&app.media, Takes { field: Some("document"), each: super::MOST, files: 1 }).await?;
    brought.say();
    let title = text::clean(brought.text("title")).chars().take(200).collect();
    match brought.files.pop() {
        Some((name, file)) => file.is_taken().map(|()| (title, text::clean(&name), Some(file))),
        None => Ok((title, String::new(), None)),
    }
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
