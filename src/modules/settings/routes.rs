//! The desk of settings: a page for each section, every version, the way back.

use super::pictures::{BODY, Pictures, SentForm};
use super::setup;
use super::store::versions;
use super::views::{Edited, LISTED, ListPage, SectionPage};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::once::Answered;
use crate::civic::accounts::Access::Everywhere;
use crate::civic::accounts::{Actor, Desk, Role, Routes};
use crate::core::app::App;
use crate::core::site::{Section, Site, Sort, store};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(super) const HERE: &str = "/admin/site";

/// Who may.
pub(super) const ADMINISTRATOR: crate::civic::accounts::Access = Everywhere(Role::Administrator);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(HERE, ADMINISTRATOR, list)
        .get("/admin/site/{section}", ADMINISTRATOR, show)
        .post_files("/admin/site/{section}", ADMINISTRATOR, BODY, save)
        .post("/admin/site/versions/{version}/restore", ADMINISTRATOR, restore)
}

/// What a page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) done: String,
    /// Whether it is a step of the first set-up.
    pub(super) setup: bool,
}

impl Asked {
    pub(super) fn notice(&self, reader: &Reader) -> Option<String> {
        let key = match self.done.as_str() {
            "saved" => "site-saved",
            "restored" => "site-restored",
            "sent" => "site-mail-sent",
            _ => return None,
        };
        Some(reader.lang.text(key))
    }
}

/// `GET /admin/site`
async fn list(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<ListPage> {
    Ok(ListPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, HERE),
        done: asked.notice(&reader),
        current: store::current(&app.db).await?,
        versions: versions(&app.db, LISTED + 1).await?,
    })
}

/// The page of a section, with a form that holds these settings.
pub(super) async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    (section, is_setup): (Section, bool),
    edited: Site,
) -> Result<SectionPage> {
    Ok(SectionPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        section,
        edited: Edited::new(app, section, edited).await?,
        step: if is_setup { Some(setup::step(app, reader, section.word())?) } else { None },
        done: None,
        problems: Vec::new(),
    })
}

/// `GET /admin/site/{section}`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(section): Path<String>,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<SectionPage> {
    let section = Section::of_word(&section).ok_or(Error::NotFound)?;
    let current = store::current(&app.db).await?;
    let shown = page(&app, &reader, &actor, (section, asked.setup), current).await?;
    Ok(SectionPage { done: asked.notice(&reader), ..shown })
}

/// What a form of settings says beside the settings.
pub(super) struct Sent(Fields);

impl Sent {
    pub(super) fn new(fields: Fields) -> Sent {
        Sent(fields)
    }
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.0.every(name).next().map(ToOwned::to_owned)
    }
    /// The version that the form saw.
    fn was(&self) -> i64 {
        self.0.get("was").parse().unwrap_or_default()
    }
    pub(super) fn is_setup(&self) -> bool {
        !self.0.get("setup").is_empty()
    }
}

/// `POST /admin/site/{section}`
async fn save(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(section): Path<String>,
    form: SentForm,
) -> Result<Response> {
    let section = Section::of_word(&section).ok_or(Error::NotFound)?;
    let sent = Sent::new(form.fields.clone());
    let pictures = Pictures::read(&app, section, form).await?;
    let mut write = app.begin().await?;
    let (mut site, mut problems) = taken(&app, &mut write, section, &sent).await?;
    pictures.put_into(&mut site, &mut problems);
    if !problems.is_empty() {
        drop(write);
        let shown = page(&app, &reader, &actor, (section, sent.is_setup()), site).await?;
        return Ok((refusal(&problems), SectionPage { problems, ..shown }).into_response());
    }
    if site != store::current(write.tx()).await? {
        store::write(&mut write, &site, Some(actor.signed_in()?.id)).await?;
    }
    // Who takes a picture off looks at the page without it.
    let to = match sent.is_setup() {
        true if sent.get("remove").is_none() => setup::after(section.word()),
        is_setup => {
            format!("{HERE}/{}?done=saved{}", section.word(), if is_setup { "&setup=true" } else { "" })
        }
    };
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to).into_response())
}

/// How a form is refused: somebody else was there first, or something in it is wrong.
pub(super) fn refusal(problems: &[Problem]) -> StatusCode {
    let is_late = problems.iter().any(|problem| problem.field == "was");
    if is_late { StatusCode::CONFLICT } else { StatusCode::BAD_REQUEST }
}

/// The settings as the form wants them, over those in force; and what is wrong with them.
pub(super) async fn taken(
    app: &App,
    write: &mut crate::core::journal::Write,
    section: Section,
    sent: &Sent,
) -> Result<(Site, Vec<Problem>)> {
    let current = store::to_change(write).await?;
    let mut site = current.clone();
    let own = |name: &str| {
        crate::core::site::Field::of_name(name).is_some_and(|f| f.of_operator(&app.config).is_none())
    };
    let mut problems =
        site.take(section, |name| sent.get(name).filter(|_| own(name))).err().unwrap_or_default();
    // The clock stays where it was when something happened by it.
    if site.zone() != current.zone() && store::has_dates(write.tx()).await? {
        site.set("zone", current.get("zone"));
        problems.push(Problem { field: "zone".into(), message: Message::new("site-zone-stays") });
    }
    // What somebody else changed on the same page meanwhile is shown before it is written over.
    if sent.was() != current.version {
        let seen =
            if sent.was() == 0 { Site::default() } else { store::of_version(write.tx(), sent.was()).await? };
        let typed = section.fields().filter(|field| field.sort != Sort::Picture);
        if typed.into_iter().any(|field| seen.get(field.name) != current.get(field.name)) {
            problems.push(Problem { field: "was".into(), message: Message::new("site-changed-meanwhile") });
        }
    }
    Ok((site, problems))
}

/// `POST /admin/site/versions/{version}/restore`: what a version said is said again.
async fn restore(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(version): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Redirect> {
    let sent = Sent::new(fields);
    let mut write = app.begin().await?;
    let current = store::to_change(&mut write).await?;
    if sent.was() != current.version {
        return Err(Error::Conflict(Message::new("site-versions-meanwhile")));
    }
    let mut site =
        if version == 0 { Site::default() } else { store::of_version(write.tx(), version).await? };
    if site.zone() != current.zone() && store::has_dates(write.tx()).await? {
        site.set("zone", current.get("zone"));
    }
    site.keep_from(&current);
    site.version = current.version;
    store::write(&mut write, &site, Some(actor.signed_in()?.id)).await?;
    write.answers(Answered::See(format!("{HERE}?done=restored")));
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}?done=restored")))
}
