//! Where each of the authority's people chooses when they are told what arrived, and who is told instead while they are away.

use super::views::LettersPage;
use crate::base::clock;
use crate::base::error::{Problem, Result};
use crate::base::http::{self, Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::AccountId;
use crate::civic::accounts::Access::AnyHolder;
use crate::civic::accounts::{Actor, Desk, Routes};
use crate::civic::work::watch::{self, Holder, Pace, Watch};
use crate::core::app::App;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use serde::Deserialize;

pub(super) const HERE: &str = "/admin/my-letters";

pub(super) fn routes() -> Routes {
    Routes::new().get(HERE, AnyHolder, show).post(HERE, AnyHolder, choose)
}

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

/// `GET /admin/my-letters`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<LettersPage> {
    let me = actor.signed_in()?.id;
    let own = watch::all(&app.db).await?.into_iter().find(|watch| watch.account_id == me);
    let own = own.unwrap_or_else(|| Watch::new(me, clock::now()));
    Ok(LettersPage { done: asked.done == "yes", ..page(&app, &reader, &actor, own).await? })
}

async fn page(app: &App, reader: &Reader, actor: &Actor, own: Watch) -> Result<LettersPage> {
    let (holders, all) = (watch::holders(&app.db).await?, watch::all(&app.db).await?);
    let now = clock::now();
    let name = |id: AccountId| holders.iter().find(|one| one.id == id).map(|one| one.name.clone());
    // Not who lost their role since.
    let stands_in =
        all.iter().filter(|watch| watch.substitute_id == Some(own.account_id) && watch.is_absent(now));
    let stands_in =
        stands_in.filter_map(|watch| Some((name(watch.account_id)?, watch.absent_until.clone()?)));
    Ok(LettersPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        stands_in: stands_in.collect(),
        others: holders.iter().filter(|one| one.id != own.account_id).cloned().collect(),
        has_letters: app.letters_lack().is_none(),
        own,
        done: false,
        problems: Vec::new(),
    })
}

/// What a form says, and what is wrong with it.
fn read(sent: &Fields, me: AccountId, holders: &[Holder]) -> (Watch, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut wrong =
        |field: &str, key| problems.push(Problem { field: field.to_owned(), message: Message::new(key) });
    let pace = Pace::of_word(sent.get("pace"));
    if pace.is_none() {
        wrong("pace", "work-letters-no-pace");
    }
    let day = |name: &str| Some(sent.get(name).to_owned()).filter(|day| !day.is_empty());
    let (from, until) = (day("from"), day("until"));
    let is_day = |day: &Option<String>| {
        day.as_ref().is_none_or(|day| day.parse::<NaiveDate>().is_ok_and(|date| date.to_string() == *day))
    };
    if !is_day(&from) || !is_day(&until) {
        wrong("from", "work-letters-no-day");
    } else if from.is_some() != until.is_some() {
        wrong("from", "work-letters-both-days");
    } else if from > until {
        wrong("from", "work-letters-backwards");
    }
    let substitute = match sent.get("substitute") {
        "" => None,
        id => Some(AccountId::of_text(id).unwrap_or(AccountId(0))),
    };
    if substitute.is_some_and(|id| id == me || !holders.iter().any(|one| one.id == id)) {
        wrong("substitute", "work-letters-no-substitute");
    }
    let chosen = Watch {
        pace: pace.unwrap_or(Pace::Daily),
        absent_from: from,
        absent_until: until,
        substitute_id: substitute,
        ..Watch::new(me, clock::now())
    };
    (chosen, problems)
}

/// `POST /admin/my-letters`
async fn choose(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let me = actor.signed_in()?.id;
    let (chosen, problems) = read(&sent, me, &watch::holders(&app.db).await?);
    if !problems.is_empty() {
        let page = page(&app, &reader, &actor, chosen).await?;
        return Ok((StatusCode::BAD_REQUEST, LettersPage { problems, ..page }).into_response());
    }
    let before = watch::all(&app.db).await?.into_iter().find(|watch| watch.account_id == me);
    // What was not told yet is told still, unless nothing was to be told.
    let told_until = before.filter(|watch| watch.pace != Pace::Never).map(|watch| watch.told_until);
    let chosen = Watch { told_until: told_until.unwrap_or(chosen.told_until), ..chosen };
    let mut write = app.begin().await?;
    watch::set(&mut write, &chosen).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}?done=yes")).into_response())
}
