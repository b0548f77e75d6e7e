//! The addresses of answers and of following.

use super::model::Form as AnswerForm;
use super::views::{AnswerPage, AnswersPage, Row, StopPage};
use super::{letters, status};
use crate::accounts::Access::{Everyone, Holder, SignedIn};
use crate::accounts::{Actor, Desk, Doors, Place, Role};
use crate::app::App;
use crate::atlas::{Filter, Paging};
use crate::error::{Error, Problem, Result};
use crate::features::{self, answers, follows};
use crate::http::{self, Fields, Reader, SameOrigin};
use crate::i18n::Message;
use crate::ids::{AccountId, FeatureId};
use axum::extract::{Form, Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use parvis_tiles::Order;
use serde::Deserialize;

/// How many contributions a page of the list has, and how many are looked through for it.
const PAGE: usize = 30;
const LOOKED_THROUGH: usize = 1_000;

pub(super) const ROOM: &str = "/admin/answers";

pub(super) fn doors() -> Doors {
    Doors::new()
        .get("/admin/answers", Holder(Role::Agent), list)
        .post("/admin/answers", Holder(Role::Agent), answer_many)
        .creates()
        .post("/admin/answers/status", Holder(Role::Agent), status::of_many)
        .get("/admin/answers/{id}", Holder(Role::Agent), show)
        .post("/admin/answers/{id}", Holder(Role::Agent), answer_one)
        .creates()
        .post("/admin/answers/{id}/status", Holder(Role::Agent), status::of_one)
        .post("/features/{id}/follow", SignedIn, follow)
        .get("/features/{id}/unfollow", Everyone, stop_form)
        .post("/features/{id}/unfollow", Everyone, stop)
}

pub(super) fn feature_id(text: &str) -> Result<FeatureId> {
    FeatureId::of_text(text).ok_or(Error::NotFound)
}

/// `GET /admin/answers?status=open&…`: the map's filter; what was never answered, the oldest first, unless it says otherwise.
async fn list(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse> {
    let query = query.unwrap_or_else(|| "status=open".to_owned());
    page(&app, &reader, &actor, &query, AnswerForm::default(), Vec::new()).await
}

/// The list, with a form as it was sent and what is wrong with it.
pub(super) async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    query: &str,
    form: AnswerForm,
    problems: Vec<Problem>,
) -> Result<AnswersPage> {
    let others = ["page", "done", "moved", "same"];
    let (filter, others, _) = Filter::of_page(query, &others, &app.atlas.world());
    let other =
        |name: &str| others.iter().find(|(key, _)| key == name).and_then(|(_, value)| value.parse().ok());
    let told = |name: &str| other(name).and_then(|number: usize| i64::try_from(number).ok());
    let page: usize = other("page").unwrap_or(1).clamp(1, LOOKED_THROUGH);
    let filter = app.atlas.look_up(&app.db, filter).await?;
    let paging = Paging { order: Order::Oldest, after: None, limit: LOOKED_THROUGH };
    let found = app.atlas.list(&filter, None, paging)?;
    let mut cards = features::store::cards(&app.db, &found.ids).await?;
    cards.retain(|card| actor.may(Role::Agent, &Place::of(&app.atlas.world(), card)));
    let total = cards.len();
    let rows = cards.into_iter().skip((page - 1) * PAGE).take(PAGE);
    let world = app.atlas.world();
    Ok(AnswersPage {
        lang: reader.lang,
        site: app.config.name.clone(),
        desk: Desk::of(actor, reader.lang, ROOM),
        rows: rows.map(|card| Row { checked: form.features.contains(&card.id), card }).collect(),
        total,
        page,
        has_next: total > page * PAGE,
        done: told("done"),
        moved: told("moved"),
        same: told("same").filter(|same| *same > 0),
        themes: world.themes.iter().map(|theme| (theme.slug.clone(), world.theme_name(theme))).collect(),
        processes: world.processes.iter().map(|p| (p.slug.clone(), p.title.clone())).collect(),
        areas: world.territory.areas().iter().map(|a| (a.slug.clone(), a.name.clone())).collect(),
        query: filter.canonical(),
        filter,
        form: AnswerForm {
            authority: if form.authority.is_empty() {
                app.config.name.clone()
            } else {
                form.authority.clone()
            },
            ..form
        },
        problems,
    })
}

/// `POST /admin/answers`: one answer to all that are checked, or to none of them.
async fn answer_many(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let form = AnswerForm::of_fields(sent);
    match write_all(&app, &actor, &form).await {
        Ok(count) => {
            let and = if form.query.is_empty() { "" } else { "&" };
            Ok(Redirect::to(&format!("{ROOM}?{}{and}done={count}", form.query)).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let query = form.query.clone();
            let page = page(&app, &reader, &actor, &query, form, problems).await?;
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn write_all(app: &App, actor: &Actor, form: &AnswerForm) -> Result<usize> {
    match (form.chosen(), form.check(actor.signed_in()?.id, crate::clock::now())) {
        (Ok(chosen), Ok(new)) => {
            write(app, actor, chosen, &new).await?;
            Ok(chosen.len())
        }
        (chosen, checked) => {
            let problems = chosen.err().into_iter().chain(checked.err().unwrap_or_default());
            Err(Error::Invalid(problems.collect()))
        }
    }
}

async fn write(app: &App, actor: &Actor, chosen: &[FeatureId], new: &answers::NewAnswer) -> Result<()> {
    let base = app.config.letters_base();
    let mut write = app.begin().await?;
    for id in chosen {
        let card = features::store::find(write.tx(), *id).await?;
        actor.must(Role::Agent, &Place::of(&app.atlas.world(), &card))?;
        answers::insert(&mut write, *id, new).await?;
        letters::post(app, &mut write, &base, &card, new).await?;
    }
    app.commit(write).await
}

/// `GET /admin/answers/{id}`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<impl IntoResponse> {
    one(&app, &reader, &actor, feature_id(&id)?, None, Vec::new()).await
}

/// The page of one contribution, with a form as it was sent and what is wrong with it.
pub(super) async fn one(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    id: FeatureId,
    form: Option<AnswerForm>,
    problems: Vec<Problem>,
) -> Result<AnswerPage> {
    let card = features::store::find(&app.db, id).await?;
    actor.must(Role::Agent, &Place::of(&app.atlas.world(), &card))?;
    let versions = answers::of(&app.db, id).await?;
    let last = versions.first().map(AnswerForm::of_answer);
    let fresh = || AnswerForm { authority: app.config.name.clone(), ..AnswerForm::default() };
    Ok(AnswerPage {
        lang: reader.lang,
        site: app.config.name.clone(),
        desk: Desk::of(actor, reader.lang, ROOM),
        form: form.or(last).unwrap_or_else(fresh),
        versions: versions.len(),
        unchanged: false,
        card,
        problems,
    })
}

/// `POST /admin/answers/{id}`: an answer, or a new version of it.
async fn answer_one(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (id, form) = (feature_id(&id)?, AnswerForm::of_fields(sent));
    let written = match form.check(actor.signed_in()?.id, crate::clock::now()) {
        Ok(new) => write(&app, &actor, &[id], &new).await,
        Err(problems) => Err(Error::Invalid(problems)),
    };
    match written {
        Ok(()) => Ok(Redirect::to(&format!("/features/{id}#answer")).into_response()),
        Err(Error::Invalid(problems)) => {
            let page = one(&app, &reader, &actor, id, Some(form), problems).await?;
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
        Err(error) => Err(error),
    }
}

#[derive(Debug, Deserialize)]
struct FollowForm {
    #[serde(default)]
    follows: String,
}

/// `POST /features/{id}/follow`
async fn follow(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<FollowForm>,
) -> Result<Redirect> {
    let (id, account) = (feature_id(&id)?, actor.signed_in()?.id);
    features::store::find(&app.db, id).await?;
    let mut write = app.begin().await?;
    follows::set(&mut write, id, account, form.follows != "no").await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("/features/{id}#follow")))
}

/// What a letter's link says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StopLink {
    account: String,
    key: String,
}

fn holder(app: &App, id: FeatureId, link: &StopLink) -> Result<AccountId> {
    let account = AccountId::of_text(&link.account).ok_or(Error::NotFound)?;
    if app.is_key_to(&follows::stop_key(id, account), &link.key) {
        Ok(account)
    } else {
        Err(Error::Forbidden(Message::new("follow-bad-key")))
    }
}

/// `GET /features/{id}/unfollow?account=…&key=…`: asks first. Mail programs open links by themselves.
async fn stop_form(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    http::Asked(link): http::Asked<StopLink>,
) -> Result<StopPage> {
    let id = feature_id(&id)?;
    holder(&app, id, &link)?;
    let (account, key) = (link.account, link.key);
    Ok(StopPage { lang: reader.lang, site: app.config.name.clone(), id, account, key, done: false })
}

/// `POST /features/{id}/unfollow`
async fn stop(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    Path(id): Path<String>,
    Form(link): Form<StopLink>,
) -> Result<StopPage> {
    let id = feature_id(&id)?;
    let account = holder(&app, id, &link)?;
    let mut write = app.begin().await?;
    follows::set(&mut write, id, account, false).await?;
    app.commit(write).await?;
    let (account, key) = (link.account, link.key);
    Ok(StopPage { lang: reader.lang, site: app.config.name.clone(), id, account, key, done: true })
}
