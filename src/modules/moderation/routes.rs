//! The desk's addresses: the queue, one thing, decisions, appeals.

use super::decide::Deciding;
use super::queue::look::Look;
use super::queue::{self, Helps, ROOM};
use super::state::Stopped;
use super::store;
use super::versions::Versions;
use super::views::ItemPage;
use crate::base::db::Snapshot;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::DecisionId;
use crate::civic::accounts::Access::Holder;
use crate::civic::accounts::{Actor, Desk, Role, Routes};
use crate::civic::contributions::appeals::{self, Appeal, Outcome};
use crate::civic::contributions::decisions;
use crate::civic::contributions::things::Thing;
use crate::civic::contributions::words;
use crate::core::app::App;
use crate::core::features::merges;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/admin/moderation", Holder(Role::Moderator), list)
        .waits(queue::waiting)
        .kept_by(queue::look::reads)
        .post("/admin/moderation", Holder(Role::Moderator), decide_many)
        .get("/admin/moderation/{thing}", Holder(Role::Moderator), show)
        .post("/admin/moderation/{thing}", Holder(Role::Moderator), decide)
        .post("/admin/moderation/undo", Holder(Role::Moderator), undo)
        .post("/admin/moderation/appeals/{decision}", Holder(Role::Moderator), settle)
}

/// `GET /admin/moderation?tab=new&page=1`
async fn list(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Query(asked): Query<Fields>,
) -> Result<impl IntoResponse> {
    queue::page(&app, &reader, &actor, &asked, Vec::new(), Vec::new()).await
}

/// `POST /admin/moderation`: the same about every thing that is checked, or `one` about one.
async fn decide_many(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let sent = one_alone(sent);
    let (things, order) = match (sent.things(), sent.order()) {
        (Ok(things), Ok(order)) => (things, order),
        (Err(Error::Invalid(problems)), _) | (Ok(_), Err(problems)) => {
            let page = queue::page(&app, &reader, &actor, &sent, problems, Vec::new()).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
        (Err(other), _) => return Err(other),
    };
    let base = app.config.letters_base();
    let ids =
        match (Deciding { app: &app, actor: &actor, base: &base }).decide(&things, &order, &sent).await? {
            Ok(ids) => ids,
            Err(stopped) => {
                let page = queue::page(&app, &reader, &actor, &sent, Vec::new(), stopped).await?;
                return Ok((StatusCode::CONFLICT, page).into_response());
            }
        };
    let done: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let look = Look::of(&sent).query();
    Ok(Redirect::to(&format!("{ROOM}?{look}&done={}#queue", done.join("."))).into_response())
}

/// A button beside one thing publishes that one, whatever is checked.
fn one_alone(sent: Fields) -> Fields {
    let Some(thing) = sent.every("publish").next().map(str::to_owned) else { return sent };
    let others = sent.into_iter().filter(|(name, _)| !matches!(name.as_str(), "thing" | "act"));
    Fields::new(others.chain([("thing".into(), thing), ("act".into(), "publish".into())]).collect())
}

/// `GET /admin/moderation/{thing}`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(thing): Path<String>,
) -> Result<impl IntoResponse> {
    item_page(&app, &reader, &actor, &thing, &Fields::default(), Vec::new(), Vec::new()).await
}

async fn item_page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    thing: &str,
    sent: &Fields,
    problems: Vec<Problem>,
    stopped: Vec<Stopped>,
) -> Result<ItemPage> {
    let thing = Thing::of_word(thing).ok_or(Error::NotFound)?;
    let item = store::item(&app.db, thing).await?;
    let account = actor.must(Role::Moderator, &item.place())?.id;
    let mut shown = Helps::read(app).await?.one(app, (actor, reader.lang), item).await?;
    let versions = match thing.is_feature() {
        true => Versions::read(app, shown.item.feature()?, shown.item.withdrawn_at.is_some()).await?,
        false => Versions::default(),
    };
    let said = match thing.is_feature() {
        true => words::of(Snapshot::begin(&app.db).await?.tx(), shown.item.feature()?).await?,
        false => Vec::new(),
    };
    let appeals = match shown.item.feature_id {
        Some(feature) => appeals::of_feature(&app.db, feature).await?,
        None => appeals::of_thing(&app.db, thing).await?,
    };
    let decisions = decisions::of(&app.db, thing).await?;
    // What was blacked out is appealed against also where something else was decided since.
    let of_it = |appeal: &&Appeal| decisions.iter().find(|decision| decision.id == appeal.decision_id);
    if shown.appeal.as_ref().is_none_or(|appeal| appeal.outcome.is_some()) {
        let mut open = appeals.iter().filter(|appeal| appeal.outcome.is_none() && of_it(appeal).is_some());
        shown.appeal = open.next().cloned().or(shown.appeal);
    }
    let against = shown.appeal.as_ref().and_then(|appeal| of_it(&appeal)).or(shown.standing.as_ref());
    let decided_by = against.and_then(|decision| decision.decided_by);
    Ok(ItemPage {
        versions,
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, ROOM),
        decisions,
        appeals,
        processes: app
            .atlas
            .world()
            .shown_processes()
            .map(|p| (p.id, p.name(reader.lang).to_owned()))
            .collect(),
        merged: if thing.is_feature() {
            merges::merged(&app.db, shown.item.feature()?).await?
        } else {
            Vec::new()
        },
        may_settle: decided_by != Some(account) && !shown.is_own,
        act: sent.get("act").to_owned(),
        typed: sent.get("note").to_owned(),
        reason: sent.get("reason").to_owned(),
        process: sent.get("process").to_owned(),
        into: sent.get("into").to_owned(),
        words: said,
        passages: sent.get("passages").to_owned(),
        problems,
        stopped,
        shown,
    })
}

/// `POST /admin/moderation/{thing}`
async fn decide(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(word): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let thing = Thing::of_word(&word).ok_or(Error::NotFound)?;
    let order = match sent.order() {
        Ok(order) => order,
        Err(problems) => {
            let page = item_page(&app, &reader, &actor, &word, &sent, problems, Vec::new()).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    let base = app.config.letters_base();
    if let Err(stopped) =
        (Deciding { app: &app, actor: &actor, base: &base }).decide(&[thing], &order, &sent).await?
    {
        // What was seen, what is, and what was typed; its button sends it again about what is.
        let page = item_page(&app, &reader, &actor, &word, &sent, Vec::new(), stopped).await?;
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    Ok(Redirect::to(&format!("{ROOM}/{word}")).into_response())
}

/// `POST /admin/moderation/undo`
async fn undo(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let base = app.config.letters_base();
    Deciding { app: &app, actor: &actor, base: &base }.undo(&sent.decisions()?).await?;
    // Back to where the button was.
    Ok(match Thing::of_word(sent.get("thing")) {
        Some(thing) => Redirect::to(&format!("{ROOM}/{}", thing.word())),
        None => Redirect::to(&format!("{ROOM}?{}&undone=1#queue", Look::of(&sent).query())),
    })
}

/// `POST /admin/moderation/appeals/{decision}`
async fn settle(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(decision): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let id = DecisionId::of_text(&decision).ok_or(Error::NotFound)?;
    let unknown = || Error::invalid("outcome", Message::new("moderation-no-act"));
    let outcome = Outcome::of_word(sent.get("outcome")).ok_or_else(unknown)?;
    let answer = sent.words("answer").map_err(|problem| Error::Invalid(vec![problem]))?;
    let base = app.config.letters_base();
    let thing =
        Deciding { app: &app, actor: &actor, base: &base }.settle(id, outcome, &answer, &sent).await?;
    Ok(Redirect::to(&format!("{ROOM}/{}", thing.word())))
}
