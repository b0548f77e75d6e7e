//! `/admin`: what waits for who acts, and the rooms that they may open.

use super::{Desk, FIRST};
use crate::base::db::Fault;
use crate::base::error::Result;
use crate::base::http::{Reader, filters};
use crate::base::i18n::{Lang, Message};
use crate::base::jobs;
use crate::civic::accounts::Access::AnyHolder;
use crate::civic::accounts::hooks::rooms;
use crate::civic::accounts::routes::{AllWaits, Waiting};
use crate::civic::accounts::{Actor, Routes};
use crate::core::app::App;
use askama::Template;
use askama_web::WebTemplate;
use axum::Extension;
use axum::extract::State;

pub(in crate::civic::accounts) fn routes() -> Routes {
    Routes::new().get(FIRST, AnyHolder, show)
}

/// A room, and what waits in it.
struct RoomLine {
    path: &'static str,
    name: String,
    waiting: Vec<Waiting>,
}

#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/desk_first.html")]
struct FirstPage {
    lang: Lang,
    site: String,
    desk: Desk,
    lines: Vec<RoomLine>,
    /// What keeps the site from taking what people send, as far as is known.
    troubles: Vec<String>,
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
    for (path, name) in rooms(&actor) {
        let mut waiting = Vec::new();
        for (_, count) in waits.iter().filter(|(of, _)| *of == path) {
            waiting.extend(count(&app, &actor).await?);
        }
        lines.push(RoomLine { path, name: reader.lang.text(name), waiting });
    }
    let desk = Desk::of(&actor, reader.lang, FIRST);
    let site = app.name();
    let mut troubles = troubles(&app, reader.lang);
    troubles.extend(failing_jobs(&app, reader.lang).await?);
    Ok(FirstPage { lang: reader.lang, site, desk, lines, troubles })
}

/// Jobs that failed more than once in a row. Why is in the log, for who runs the server.
async fn failing_jobs(app: &App, lang: Lang) -> Result<Vec<String>> {
    let kept = jobs::all(&app.db).await?;
    let failing = kept.into_iter().filter(|job| job.failures > 1);
    let said = failing
        .map(|job| lang.say(&Message::new("trouble-job").with("job", job.name).with("times", job.failures)));
    Ok(said.collect())
}

/// What is in the way of writing, of pictures and of letters, for whoever can call the person who runs the server.
fn troubles(app: &App, lang: Lang) -> Vec<String> {
    let why = |fault: Fault| lang.text(&format!("trouble-why-{}", fault.word()));
    let said = |key, fault| lang.say(&Message::new(key).with("why", why(fault)));
    let database = app.db.trouble().map(|fault| said("trouble-database", fault));
    let pictures = app.media.trouble().map(|fault| said("trouble-pictures", fault));
    let letters = app.letters_lack().map(|lack| lang.text(&format!("letters-lack-{}", lack.word())));
    [database, pictures, letters].into_iter().flatten().collect()
}
