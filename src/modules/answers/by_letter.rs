//! Following by letter without an account: asking, confirming from the letter, ending it from any letter.
//!
//! What it is not: the rows (`civic/contributions/followers.rs`). Invariants: what is answered is the same whether or not an address is
//! known; nothing begins or ends by a link that a letter's scanner opens, but by a button on the page that it leads to.

use super::routes::feature_id;
use super::views::{AskPage, FollowingPage};
use crate::base::clock;
use crate::base::db::Answer;
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::i18n::{Lang, Message};
use crate::base::jobs::{Done, Job};
use crate::base::mail::{self, Letter};
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::{Limit, LimitRow, Period, Rate, Routes};
use crate::civic::contributions::followers::{self, Follower};
use crate::civic::processes::ProcessRules;
use crate::core::app::App;
use crate::core::features;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::time::Duration;

/// When "a letter is on its way" is said, counted from the asking: longer than it takes to write one.
const ANSWERS_AFTER: Duration = Duration::from_millis(150);

/// What can be followed, as its rows say it.
const FEATURE: &str = "feature";
const PROCESS: &str = "process";

/// Asking for it, and each other step.
pub(super) const FOLLOW: Limit = Limit(&LimitRow {
    word: "follow",
    rate: Rate { count: 20, period: Period::Hour },
    makes_visitors: false,
});

/// What nobody confirmed is forgotten.
pub(super) const FORGET: Job<App> =
    Job { name: "followers", every: Duration::from_secs(3_600), look: None, run: forget };

fn forget(app: &App) -> Answer<'_, Done> {
    Box::pin(async move {
        let mut write = app.begin().await?;
        let forgotten = followers::forget(&mut write).await?;
        app.commit(write).await?;
        Ok(Done::of(forgotten))
    })
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/features/{id}/follow-by-letter", Everyone, ask_of_feature)
        .limited(FOLLOW)
        .get("/processes/{slug}/follow", Everyone, form_of_process)
        .post("/processes/{slug}/follow", Everyone, ask_of_process)
        .limited(FOLLOW)
        .get("/following/{id}", Everyone, show)
        .post("/following/{id}", Everyone, act)
        .limited(FOLLOW)
}

/// What can be followed.
struct Subject {
    kind: &'static str,
    id: i64,
    /// Its page.
    page: String,
    /// Where its form goes.
    form: String,
    /// What its letters call it: a contribution's name is put in as they leave.
    name: String,
}

impl Subject {
    /// A contribution; what is not public is followed by nobody.
    async fn feature(app: &App, id: &str) -> Result<Subject> {
        let id = feature_id(id)?;
        features::store::find(&app.db, id).await?;
        let page = format!("/features/{id}");
        let form = format!("{page}/follow-by-letter");
        Ok(Subject { kind: FEATURE, id: id.0, page, form, name: mail::NAME.to_string() })
    }

    /// A process that everybody may see.
    fn process(app: &App, lang: Lang, slug: &str) -> Result<Subject> {
        let known = ProcessRules::of_slug(&app.atlas.world(), slug)?;
        let id = known.process().ok_or(Error::NotFound)?;
        let page = format!("/processes/{}", known.slug);
        let form = format!("{page}/follow");
        Ok(Subject { kind: PROCESS, id: id.0, page, form, name: known.title_in(lang).to_owned() })
    }

    /// The key of what is said of it, where that differs.
    fn key(&self, stem: &'static str) -> String {
        if self.kind == PROCESS { format!("{stem}-process") } else { stem.to_owned() }
    }

    fn page(self, app: &App, reader: &Reader, email: String) -> AskPage {
        AskPage {
            lang: reader.lang,
            site: app.name(),
            hint: self.key("follow-letter-hint"),
            title: (self.kind == PROCESS).then(|| self.name.clone()),
            back: self.page,
            form: self.form,
            email,
            inbox: app.config.demo_inbox,
            problem: app.letters_lack().map(|_| "follow-letter-none"),
            sent: false,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskForm {
    email: String,
}

/// `GET /processes/{slug}/follow`
async fn form_of_process(
    State(app): State<App>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<AskPage> {
    Ok(Subject::process(&app, reader.lang, &slug)?.page(&app, &reader, String::new()))
}

/// `POST /processes/{slug}/follow`
async fn ask_of_process(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    Path(slug): Path<String>,
    Form(form): Form<AskForm>,
) -> Result<Response> {
    ask(&app, &reader, Subject::process(&app, reader.lang, &slug)?, form).await
}

/// `POST /features/{id}/follow-by-letter`
async fn ask_of_feature(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    Path(id): Path<String>,
    Form(form): Form<AskForm>,
) -> Result<Response> {
    ask(&app, &reader, Subject::feature(&app, &id).await?, form).await
}

/// The same answer and the same work for every address.
async fn ask(app: &App, reader: &Reader, subject: Subject, form: AskForm) -> Result<Response> {
    let answer = |status, page: AskPage| (status, [("cache-control", "no-store")], page).into_response();
    if app.letters_lack().is_some() {
        return Ok(answer(StatusCode::SERVICE_UNAVAILABLE, subject.page(app, reader, form.email)));
    }
    let Some(email) = mail::address(&form.email) else {
        let page = AskPage { problem: Some("sign-in-bad-address"), ..subject.page(app, reader, form.email) };
        return Ok(answer(StatusCode::BAD_REQUEST, page));
    };
    let answers_at = tokio::time::Instant::now() + ANSWERS_AFTER;
    send(app, reader, &subject, &email).await?;
    tokio::time::sleep_until(answers_at).await;
    Ok(answer(StatusCode::OK, AskPage { sent: true, ..subject.page(app, reader, email) }))
}

/// Puts the letter into the outbox that asks to confirm, unless the address had enough.
async fn send(app: &App, reader: &Reader, subject: &Subject, email: &str) -> Result<()> {
    let mut write = match app.begin().await {
        // The letter of the first time is on its way.
        Err(Error::Repeated(_)) => return Ok(()),
        begun => begun?,
    };
    if let Some(follower) =
        followers::ask(&mut write, (subject.kind, subject.id), (email, reader.lang)).await?
    {
        let link = followers::link(app, &app.config.letters_base(), follower, email);
        let title = Message::new("letter-follow-ask-subject").with("title", subject.name.as_str());
        let body = Message::new(subject.key("letter-follow-ask"))
            .with("title", subject.name.as_str())
            .with("link", link)
            .with("site", app.name());
        let letter =
            Letter { to: email.to_owned(), subject: reader.lang.say(&title), body: reader.lang.say(&body) };
        let at = write.at();
        if subject.kind == FEATURE {
            mail::post_about(write.tx(), &letter, (FEATURE, subject.id), None, at).await?;
        } else {
            mail::post(write.tx(), &letter, at).await?;
        }
    }
    app.commit(write).await
}

/// What a letter's link says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Link {
    key: String,
    /// `confirm` or `stop`.
    act: String,
}

/// The follower that a link is to; nothing where it was ended, was not confirmed in time, or is not theirs.
async fn holder(app: &App, id: &str, key: &str) -> Result<Option<Follower>> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let found = followers::find(&app.db, id).await?;
    Ok(found.filter(|follower| followers::is_key(app, follower, key) && follower.stands(clock::now())))
}

/// The page that a letter leads to. Where there is nothing to follow any more it says so, and not why.
async fn page(app: &App, reader: &Reader, follower: Option<Follower>, stopped: bool) -> Result<Response> {
    let status = if follower.is_some() || stopped { StatusCode::OK } else { StatusCode::GONE };
    let (title, back) = match &follower {
        Some(follower) if follower.subject_kind == PROCESS => {
            let all = ProcessRules::all(&app.atlas.world())?;
            let known = all.into_iter().find(|known| known.id.0 == follower.subject_id);
            let named = |known: ProcessRules| {
                (known.title_in(reader.lang).to_owned(), format!("/processes/{}", known.slug))
            };
            known.map(named).unzip()
        }
        Some(follower) => {
            let title =
                features::store::name_of(&app.db, &follower.subject_kind, follower.subject_id).await?;
            title.map(|title| (title, format!("/features/{}", follower.subject_id))).unzip()
        }
        None => (None, None),
    };
    let page = FollowingPage {
        lang: reader.lang,
        site: app.name(),
        key: follower.as_ref().map(|follower| follower.key(app)).unwrap_or_default(),
        email: follower.as_ref().map(|follower| mail::masked(&follower.email)).unwrap_or_default(),
        title,
        back,
        follower,
        stopped,
    };
    Ok((status, [("cache-control", "no-store")], page).into_response())
}

/// `GET /following/{id}?key=…`: asks first. Mail programs open links by themselves.
async fn show(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    http::Asked(link): http::Asked<Link>,
) -> Result<Response> {
    let follower = holder(&app, &id, &link.key).await?;
    page(&app, &reader, follower, false).await
}

/// `POST /following/{id}`
async fn act(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    Path(id): Path<String>,
    Form(link): Form<Link>,
) -> Result<Response> {
    let stops = link.act == "stop";
    match holder(&app, &id, &link.key).await? {
        Some(follower) => match done(&app, &follower, stops, reader.lang).await {
            // Sent twice: what was done then is shown.
            Ok(()) | Err(Error::Repeated(_)) => {
                page(&app, &reader, followers::find(&app.db, follower.id).await?, stops).await
            }
            Err(error) => Err(error),
        },
        // Nobody is told that they stopped by a link that is not theirs.
        None => page(&app, &reader, None, stops && is_ended(&app, &id).await?).await,
    }
}

/// Confirms following, or ends it.
async fn done(app: &App, follower: &Follower, stops: bool, lang: Lang) -> Result<()> {
    let mut write = app.begin().await?;
    if stops {
        followers::end(&mut write, follower.id).await?;
    } else {
        followers::confirm(&mut write, follower.id, lang).await?;
    }
    app.commit(write).await
}

/// Whether nobody follows under this number any more.
async fn is_ended(app: &App, id: &str) -> Result<bool> {
    match id.parse() {
        Ok(id) => Ok(followers::find(&app.db, id).await?.is_none()),
        Err(_) => Ok(false),
    }
}
