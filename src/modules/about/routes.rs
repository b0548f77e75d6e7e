//! The addresses of these pages, and of letters to the authority.

use super::WRITE;
use super::model::{Audit, WriteForm};
use super::views::{AccessibilityPage, ContactPage, HelpPage, LegalPage, TermsPage};
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::i18n::Lang;
use crate::base::mail;
use crate::base::once::Answered;
use crate::base::prose;
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::Routes;
use crate::core::app::App;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/legal", Everyone, legal)
        .get("/accessibility", Everyone, accessibility)
        .get("/terms", Everyone, terms)
        .get("/help", Everyone, help)
        .get("/contact", Everyone, contact)
        .post("/contact", Everyone, write)
        .limited(WRITE)
        .creates()
}

/// `GET /legal`
async fn legal(State(app): State<App>, reader: Reader) -> LegalPage {
    let said = app.site();
    let more = prose::html(said.get("legal"));
    LegalPage { lang: reader.lang, site: app.name(), said, more }
}

/// `GET /accessibility`
async fn accessibility(State(app): State<App>, reader: Reader) -> AccessibilityPage {
    let said = app.site();
    AccessibilityPage {
        lang: reader.lang,
        site: app.name(),
        base: app.base(&reader),
        audit: Audit::of(&said),
        more: prose::html(said.get("accessibility")),
        said,
    }
}

/// `GET /terms`
async fn terms(State(app): State<App>, reader: Reader) -> TermsPage {
    TermsPage { lang: reader.lang, site: app.name(), own: prose::html(app.site().get("terms")) }
}

/// `GET /help`
async fn help(State(app): State<App>, reader: Reader) -> HelpPage {
    HelpPage { lang: reader.lang, site: app.name() }
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
