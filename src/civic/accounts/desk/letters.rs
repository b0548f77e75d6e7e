//! `/admin/letters`: the letters that did not leave, why, and one more trial.
//!
//! What it is not: their texts. A letter may hold a way in, which is its reader's alone; so nobody at the desk reads it.

use super::state::age;
use super::{Desk, Pages};
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::http::{Fields, Reader, SameOrigin, filters};
use crate::base::i18n::Lang;
use crate::base::mail::{self, GivenUp};
use crate::civic::accounts::Access::Everywhere;
use crate::civic::accounts::{Actor, Role, Routes};
use crate::core::app::App;
use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Form, Query, State};
use axum::response::Redirect;

/// Its room.
pub(in crate::civic::accounts) const ROOM: &str = "/admin/letters";

/// How many letters a page has.
const PAGE: i64 = 50;

pub(super) fn routes() -> Routes {
    Routes::new().get(ROOM, Everywhere(Role::Administrator), show).post(
        "/admin/letters/again",
        Everywhere(Role::Administrator),
        again,
    )
}

#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/letters.html")]
struct LettersPage {
    lang: Lang,
    site: String,
    desk: Desk,
    letters: Vec<GivenUp>,
    pages: Pages,
    /// How many wait for their turn.
    waiting: i64,
    /// How long the oldest of them does.
    oldest: Option<String>,
    /// How many were just given back to the outbox.
    again: Option<i64>,
    /// What keeps letters from leaving at all.
    lack: Option<String>,
}

/// `GET /admin/letters`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Query(asked): Query<Fields>,
) -> Result<LettersPage> {
    let unsent = mail::unsent(&app.db).await?;
    let pages = Pages::of(asked.get("page"), unsent.given_up, PAGE, ROOM);
    Ok(LettersPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, ROOM),
        letters: mail::given_up(&app.db, pages.offset(), PAGE).await?,
        pages,
        waiting: unsent.waiting,
        oldest: unsent.since.map(|since| age(reader.lang, clock::now() - since)),
        again: asked.get("again").parse().ok(),
        lack: app.letters_lack().map(|lack| reader.lang.text(&format!("letters-lack-{}", lack.word()))),
    })
}

/// `POST /admin/letters/again`: one (`letter`), or all of them.
async fn again(State(app): State<App>, _: SameOrigin, Form(sent): Form<Fields>) -> Result<Redirect> {
    let letter = match sent.get("letter") {
        "" => None,
        id => Some(id.parse().ok().filter(|id| *id > 0).ok_or(Error::NotFound)?),
    };
    let mut write = app.begin().await?;
    let count = mail::try_again(write.tx(), letter).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{ROOM}?again={count}")))
}
