//! The desk's form of a process's roll: pasted, read, compared with what it saw, kept as digests.

use crate::base::error::Result;
use crate::base::http::{Fields, Reader, SameOrigin};
use crate::base::mail;
use crate::civic::accounts::Actor;
use crate::civic::processes::admin::{HERE, edit_page, own};
use crate::civic::processes::desk::EditPage;
use crate::civic::processes::form::ProcessForm;
use crate::civic::processes::gate::person;
use crate::civic::processes::store;
use crate::core::app::App;
use axum::extract::{Form, Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// `POST /admin/processes/{slug}/roll`: addresses, however they were pasted. Digests of them are kept, the addresses are not. What
/// cannot be read is listed, with what was pasted, to be mended and saved again; where nothing can, the list stays as it is,
/// and where somebody else changed it meanwhile.
pub(in crate::civic::processes) async fn set(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let (known, version, _) = own(&app, &actor, &slug).await?;
    let read = mail::pasted(fields.get("people"));
    let mut is_other_roll = false;
    if !read.addresses.is_empty() || read.unread.is_empty() {
        let mut people: Vec<String> = read.addresses.iter().map(|a| person(&app, known.id, a)).collect();
        people.sort_unstable();
        people.dedup();
        let mut write = app.begin().await?;
        store::lock(&mut write, known.id).await?;
        let seen = fields.get("seen");
        is_other_roll = !seen.is_empty() && super::read(write.tx(), known.id).await?.state != seen;
        if !is_other_roll {
            super::set(&mut write, known.id, &people).await?;
            app.commit(write).await?;
        }
    }
    if is_other_roll {
        let page = edit_page(&app, &reader, &actor, &known, version, ProcessForm::of(&known)).await?;
        let pasted = Some((fields.get("people").to_owned(), read));
        return Ok((StatusCode::CONFLICT, EditPage { pasted, is_other_roll, ..page }).into_response());
    }
    if read.unread.is_empty() {
        return Ok(Redirect::to(&format!("{HERE}/{slug}?done=roll#roll")).into_response());
    }
    let status = if read.addresses.is_empty() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let page = edit_page(&app, &reader, &actor, &known, version, ProcessForm::of(&known)).await?;
    let pasted = Some((fields.get("people").to_owned(), read));
    Ok((status, EditPage { pasted, ..page }).into_response())
}
