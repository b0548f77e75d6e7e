//! The addresses of answers.

use super::model::Form as AnswerForm;
use super::order::{self, Order};
use super::state::{self, Stopped};
use super::views::{AnswerPage, AnswersPage, ListedContribution};
use super::{assigned, letters, replies, status, store, undo};
use crate::base::clock;
use crate::base::db::Answer;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::FeatureId;
use crate::civic::accounts::Access::Holder;
use crate::civic::accounts::{Actor, Desk, Haste, Jurisdiction, Pages, Role, Routes, Waiting};
use crate::civic::contributions::answers;
use crate::civic::contributions::unanswered::Said;
use crate::civic::work::assignments;
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features::{self, Kind};
use axum::extract::{Form, Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// How many contributions a page of the list has.
const PAGE: i64 = 30;

pub(super) const ROOM: &str = "/admin/answers";

/// The filter of what was never answered.
pub(super) const UNANSWERED: &str = "status=open";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/admin/answers", Holder(Role::Agent), list)
        .waits(waiting)
        .kept_by(order::reads)
        .post("/admin/answers", Holder(Role::Agent), answer_many)
        .creates()
        .post("/admin/answers/status", Holder(Role::Agent), status::of_many)
        .post("/admin/answers/undo", Holder(Role::Agent), undo::undo)
        .get("/admin/answers/{id}", Holder(Role::Agent), show)
        .post("/admin/answers/{id}", Holder(Role::Agent), answer_one)
        .creates()
        .post("/admin/answers/{id}/status", Holder(Role::Agent), status::of_one)
}

pub(super) fn feature_id(text: &str) -> Result<FeatureId> {
    FeatureId::of_text(text).ok_or(Error::NotFound)
}

/// What waits for an agent, for the desk's first page: what was never answered, and what of it is late.
fn waiting<'a>(app: &'a App, actor: &'a Actor) -> Answer<'a, Vec<Waiting>> {
    Box::pin(async move {
        let (now, scope) = (clock::now(), actor.scope(Role::Agent));
        let counted = async |query: &str| {
            let (filter, _) = Filter::of_query(query, &[])?;
            store::waiting(
                &app.db,
                &scope,
                &filter.chosen(&app.atlas.world())?.of_kinds(Kind::is_answered),
                "",
            )
            .await
        };
        let (count, since) = counted(UNANSWERED).await?;
        let label = Message::new("desk-unanswered");
        let mut all = vec![Waiting { since, ..Waiting::new(format!("{ROOM}?{UNANSWERED}"), label, count) }];
        if let Some(days) = order::promise(app)
            && let Some(query) = order::late_filter(days, now)
        {
            let (count, since) = counted(&query).await?;
            let late = since.and_then(|since| order::late_by(days, since, now));
            let path = format!("{ROOM}?{}", Order::Latest.query(&query));
            let label = Message::new("desk-late").with("days", days);
            all.push(Waiting { haste: Haste::Late, since, late, ..Waiting::new(path, label, count) });
        }
        Ok(all)
    })
}

/// `GET /admin/answers?status=open&…`: the map's filter; what was never answered, the oldest first, unless it says otherwise.
async fn list(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse> {
    let query = query.unwrap_or_else(|| UNANSWERED.to_owned());
    page(&app, &reader, &actor, &query, AnswerForm::default(), Vec::new(), Vec::new()).await
}

/// The list, with a form as it was sent and what is wrong with it.
pub(super) async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    query: &str,
    mut form: AnswerForm,
    problems: Vec<Problem>,
    stopped: Vec<Stopped>,
) -> Result<AnswersPage> {
    let names = ["page", "sort", "done", "moved", "same", "undo", "undone", assigned::NAME];
    let (filter, others, _) = Filter::of_desk(query, &names, &app.atlas.world());
    let other = |name: &str| others.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let told = |name: &str| other(name).and_then(|value| value.parse::<i64>().ok());
    let filter = app.atlas.look_up(&app.db, filter).await?;
    let (scope, chosen) =
        (actor.scope(Role::Agent), filter.chosen(&app.atlas.world())?.of_kinds(Kind::is_answered));
    let assigned = assigned::Whose::of(other(assigned::NAME).unwrap_or_default());
    let by = assigned.argument(actor);
    let order = Order::of_word(other("sort").unwrap_or_default());
    let total = store::count(&app.db, &scope, &chosen, &by).await?;
    let canonical = order.query(&assigned.with(&filter.canonical()));
    let pages = Pages::of(other("page").unwrap_or_default(), total, PAGE, &format!("{ROOM}?{canonical}"));
    let ids = store::list(&app.db, &scope, &chosen, &by, order, (pages.offset(), PAGE)).await?;
    // What was checked comes back checked, also where the list moved on meanwhile; what stopped the act does not.
    form.features.retain(|id| !stopped.iter().any(|one| one.id == *id));
    let elsewhere: Vec<i64> = form.features.iter().map(|id| id.0).filter(|id| !ids.contains(id)).collect();
    let mut cards = features::store::cards(&app.db, &elsewhere).await?;
    cards.retain(|card| actor.may(Role::Agent, &Jurisdiction::of(&app.atlas.world(), card)));
    cards.extend(features::store::cards(&app.db, &ids).await?);
    let seen = state::tokens(&app.db, &cards).await?;
    let every: Vec<i64> = cards.iter().map(|card| card.id.0).collect();
    let mut looked_after = assignments::of_features(&app.db, &every).await?;
    let world = app.atlas.world();
    let previews = replies::previews(app, &cards, &form);
    Ok(AnswersPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, ROOM),
        rows: cards
            .into_iter()
            .zip(seen)
            .map(|(card, seen)| ListedContribution {
                checked: form.features.contains(&card.id),
                assigned: looked_after.remove(&card.id),
                card,
                seen,
            })
            .collect(),
        pages,
        done: told("done"),
        moved: told("moved"),
        undo: undo::words(other("undo").unwrap_or_default()),
        undone: told("undone"),
        same: told("same").filter(|same| *same > 0),
        themes: world
            .themes()
            .iter()
            .map(|theme| (theme.slug.clone(), world.theme_name(theme, reader.lang)))
            .collect(),
        processes: world
            .processes()
            .iter()
            .filter(|p| {
                let of = Jurisdiction { process: Some(p.id), areas: Vec::new() };
                world.shown_processes().any(|shown| shown.id == p.id) || actor.may(Role::Agent, &of)
            })
            .map(|p| (p.slug.clone(), p.name(reader.lang).to_owned()))
            .collect(),
        areas: world.territory().areas().iter().map(|a| (a.slug.clone(), a.name.clone())).collect(),
        query: canonical,
        assigned,
        replies: replies::plain(app).await?,
        previews,
        order,
        promise: order::promise(app),
        filter,
        world: Arc::clone(&world),
        form: AnswerForm {
            authority: if form.authority.is_empty() { app.name() } else { form.authority.clone() },
            ..form
        },
        problems,
        stopped,
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
    let mut form = AnswerForm::of_fields(sent);
    if form.inserts {
        let problems = replies::insert(&app, &mut form, None).await?;
        let query = back_query(&form.query);
        return Ok(page(&app, &reader, &actor, &query, form, problems, Vec::new()).await?.into_response());
    }
    match write_all(&app, &reader, &actor, &form).await {
        Ok(Ok(said)) => {
            let done = format!("done={}&undo={}", said.len(), undo::list(&said));
            Ok(Redirect::to(&back(&form.query, &done)).into_response())
        }
        Ok(Err(stopped)) => {
            let query = back_query(&form.query);
            let page = page(&app, &reader, &actor, &query, form, Vec::new(), stopped).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let query = back_query(&form.query);
            let page = page(&app, &reader, &actor, &query, form, problems, Vec::new()).await?;
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
        Err(error) => Err(error),
    }
}

/// The filter that a form was sent from, in its canonical form; nothing where it is none. It goes into an address.
pub(super) fn back_query(query: &str) -> String {
    let of = |(filter, others): (Filter, Vec<(String, String)>)| {
        let word = |wanted: &str| others.iter().find(|(name, _)| name == wanted).map_or("", |(_, word)| word);
        let whose = assigned::Whose::of(word(assigned::NAME));
        Order::of_word(word("sort")).query(&whose.with(&filter.canonical()))
    };
    Filter::of_query(query, &["page", "sort", assigned::NAME]).map(of).unwrap_or_default()
}

/// The list that a form was sent from, with what was done.
pub(super) fn back(query: &str, done: &str) -> String {
    let query = back_query(query);
    let and = if query.is_empty() { "" } else { "&" };
    format!("{ROOM}?{query}{and}{done}")
}

async fn write_all(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    form: &AnswerForm,
) -> Result<Result<Vec<Said>, Vec<Stopped>>> {
    match (form.chosen(), form.check(actor.signed_in()?.id, crate::base::clock::now())) {
        (Ok(chosen), Ok(new)) => write(app, reader, actor, (chosen, &form.seen), &new).await,
        (chosen, checked) => {
            let problems = chosen.err().into_iter().chain(checked.err().unwrap_or_default());
            Err(Error::Invalid(problems.collect()))
        }
    }
}

/// Answers all of them, or none: then it gives each that stopped it.
async fn write(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    (chosen, seen): (&[FeatureId], &[String]),
    new: &answers::NewAnswer,
) -> Result<Result<Vec<Said>, Vec<Stopped>>> {
    let mut write = app.begin().await?;
    let (mut said, mut stopped) = (Vec::new(), Vec::new());
    for id in in_order(chosen) {
        let card = match state::standing(&mut write, id, seen, reader.lang).await? {
            Ok(card) => card,
            Err(stop) => {
                stopped.push(stop);
                continue;
            }
        };
        actor.must(Role::Agent, &Jurisdiction::of(&app.atlas.world(), &card))?;
        let new = replies::filled(app, &card, new)?;
        let cause = Said::Answer(answers::insert(&mut write, id, &new).await?);
        letters::post(app, &mut write, &card, (&new, cause)).await?;
        said.push(cause);
    }
    if !stopped.is_empty() {
        return Ok(Err(stopped));
    }
    app.commit(write).await?;
    Ok(Ok(said))
}

/// Whoever acts on many locks them in one order: two who chose the same wait for each other instead of failing.
pub(super) fn in_order(chosen: &[FeatureId]) -> Vec<FeatureId> {
    let mut ids = chosen.to_vec();
    ids.sort_unstable();
    ids
}

/// `GET /admin/answers/{id}`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<impl IntoResponse> {
    one(&app, &reader, &actor, feature_id(&id)?, None, Vec::new(), Vec::new()).await
}

/// The page of one contribution, with a form as it was sent and what is wrong with it.
pub(super) async fn one(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    id: FeatureId,
    form: Option<AnswerForm>,
    problems: Vec<Problem>,
    stopped: Vec<Stopped>,
) -> Result<AnswerPage> {
    let card = features::store::find(&app.db, id).await?;
    actor.must(Role::Agent, &Jurisdiction::of(&app.atlas.world(), &card))?;
    let versions = answers::of(&app.db, id).await?;
    let last = versions.first().map(AnswerForm::of_answer);
    let fresh = || AnswerForm { authority: app.name(), ..AnswerForm::default() };
    Ok(AnswerPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, ROOM),
        form: form.or(last).unwrap_or_else(fresh),
        versions: versions.len(),
        seen: answers::seen(id, versions.first(), card.status),
        stopped,
        unchanged: false,
        status: String::new(),
        replies: replies::of(app, &card).await?,
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
    let (id, mut form) = (feature_id(&id)?, AnswerForm::of_fields(sent));
    if form.inserts {
        let card = features::store::find(&app.db, id).await?;
        actor.must(Role::Agent, &Jurisdiction::of(&app.atlas.world(), &card))?;
        let problems = replies::insert(&app, &mut form, Some(&card)).await?;
        return Ok(one(&app, &reader, &actor, id, Some(form), problems, Vec::new()).await?.into_response());
    }
    let written = match form.check(actor.signed_in()?.id, crate::base::clock::now()) {
        Ok(new) => write(&app, &reader, &actor, (&[id], &form.seen), &new).await,
        Err(problems) => Err(Error::Invalid(problems)),
    };
    match written {
        Ok(Ok(_)) => Ok(Redirect::to(&format!("/features/{id}#answer")).into_response()),
        Ok(Err(stopped)) => {
            let page = one(&app, &reader, &actor, id, Some(form), Vec::new(), stopped).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let page = one(&app, &reader, &actor, id, Some(form), problems, Vec::new()).await?;
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
        Err(error) => Err(error),
    }
}
