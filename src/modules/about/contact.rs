//! How the authority is reached: its addresses, and a letter that leaves from here.

use super::WRITE;
use super::model::WriteForm;
use super::views::ContactPage;
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::i18n::Lang;
use crate::base::mail;
use crate::base::once::Answered;
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::Routes;
use crate::core::app::App;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/contact", Everyone, contact)
        .post("/contact", Everyone, write)
        .limited(WRITE)
        .creates()
}

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

fn page(app: &App, reader: &Reader, form: WriteForm) -> ContactPage {
    let said = app.site();
    // Where no letter leaves, the address is there to be written to.
    let takes_letters = !said.get("contact_email").is_empty() && app.letters_lack().is_none();
    ContactPage {
        lang: reader.lang,
        site: app.name(),
        said,
        takes_letters,
        is_sent: false,
        form,
        problems: Vec::new(),
    }
}

/// `GET /contact`
async fn contact(
    State(app): State<App>,
    reader: Reader,
    http::Asked(asked): http::Asked<Asked>,
) -> ContactPage {
    ContactPage { is_sent: asked.done == "sent", ..page(&app, &reader, WriteForm::default()) }
}

/// `POST /contact`: a letter to the authority, which answers by its own means.
async fn write(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    Form(form): Form<WriteForm>,
) -> Result<Response> {
    let shown = page(&app, &reader, form.clone());
    if !shown.takes_letters {
        return Err(Error::NotFound);
    }
    // Agents read French.
    let letter = match form.letter(Lang::Fr, &app.name(), shown.said.get("contact_email")) {
        Ok(letter) => letter,
        Err(problems) => {
            return Ok((StatusCode::BAD_REQUEST, ContactPage { problems, ..shown }).into_response());
        }
    };
    let mut write = app.begin().await?;
    let at = write.at();
    mail::post(write.tx(), &letter, at).await?;
    write.answers(Answered::See("/contact?done=sent".into()));
    app.commit(write).await?;
    Ok(Redirect::to("/contact?done=sent").into_response())
}
