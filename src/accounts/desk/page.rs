//! `/admin`: what waits for who acts, and the rooms that they may open.

use super::{Desk, FIRST, ROOMS};
use crate::accounts::Access::AnyHolder;
use crate::accounts::doors::{AllWaits, Waiting};
use crate::accounts::{Actor, Doors};
use crate::app::App;
use crate::error::Result;
use crate::http::Reader;
use crate::i18n::Lang;
use askama::Template;
use askama_web::WebTemplate;
use axum::Extension;
use axum::extract::State;

pub(in crate::accounts) fn doors() -> Doors {
    Doors::new().get(FIRST, AnyHolder, show)
}

/// A room, and what waits in it.
struct Line {
    path: &'static str,
    name: String,
    waiting: Vec<Waiting>,
}

#[derive(Template, WebTemplate)]
#[template(path = "accounts/desk_first.html")]
struct FirstPage {
    lang: Lang,
    site: String,
    desk: Desk,
    lines: Vec<Line>,
}

impl FirstPage {
    fn is_quiet(&self) -> bool {
        self.lines.iter().all(|line| line.waiting.iter().all(|waiting| waiting.count == 0))
    }
}

/// `GET /admin`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Extension(AllWaits(waits)): Extension<AllWaits>,
) -> Result<FirstPage> {
    let mut lines = Vec::new();
    for room in ROOMS.iter().filter(|room| room.is_open(&actor)) {
        let mut waiting = Vec::new();
        for (_, count) in waits.iter().filter(|(path, _)| *path == room.path) {
            waiting.extend(count(&app, &actor).await?);
        }
        lines.push(Line { path: room.path, name: reader.lang.text(room.name), waiting });
    }
    let desk = Desk::of(&actor, reader.lang, FIRST);
    Ok(FirstPage { lang: reader.lang, site: app.config.name.clone(), desk, lines })
}
