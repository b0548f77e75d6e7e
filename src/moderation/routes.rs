//! The desk's addresses: the queue, one thing, decisions, appeals.

use super::decide::Desk as Deciding;
use super::model::Tab;
use super::signals::{self, Print, Signal};
use super::store::{self, Item, Line};
use super::versions::Versions;
use super::views::{ItemPage, QueuePage, Shown, TabLink};
use crate::accounts::Access::Holder;
use crate::accounts::{Actor, Desk, Doors, Role};
use crate::app::App;
use crate::error::{Error, Problem, Result};
use crate::features::appeals::{self, Outcome};
use crate::features::decisions::{self, Thing};
use crate::features::{flags, merges};
use crate::http::{Fields, Reader, SameOrigin};
use crate::i18n::Message;
use crate::ids::{DecisionId, FeatureId};
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// How many things a page of the queue has.
const PAGE: usize = 30;

/// How many new things are looked through for signals, and with how many others each is compared.
const LOOKED_THROUGH: usize = 200;
const COMPARED: i64 = 500;

const ROOM: &str = "/admin/moderation";

pub(super) fn doors() -> Doors {
    Doors::new()
        .get("/admin/moderation", Holder(Role::Moderator), queue)
        .post("/admin/moderation", Holder(Role::Moderator), decide_many)
        .get("/admin/moderation/{thing}", Holder(Role::Moderator), show)
        .post("/admin/moderation/{thing}", Holder(Role::Moderator), decide)
        .post("/admin/moderation/undo", Holder(Role::Moderator), undo)
        .post("/admin/moderation/appeals/{decision}", Holder(Role::Moderator), settle)
}

/// `GET /admin/moderation?tab=new&page=1`
async fn queue(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Query(asked): Query<Fields>,
) -> Result<impl IntoResponse> {
    queue_page(&app, &reader, &actor, &asked, Vec::new()).await
}

async fn queue_page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    asked: &Fields,
    problems: Vec<Problem>,
) -> Result<QueuePage> {
    let tab = Tab::of_word(asked.get("tab")).unwrap_or(Tab::New);
    let page = asked.get("page").parse::<usize>().unwrap_or(1).clamp(1, 1_000);
    let helps = Helps::read(app).await?;
    let mut tabs = Vec::new();
    let mut here = Vec::new();
    for each in Tab::ALL {
        let lines = mine(app, actor, &helps, each).await?;
        let count =
            if lines.len() >= store::MOST as usize { "1 000+".into() } else { lines.len().to_string() };
        tabs.push(TabLink { tab: each, count, here: each == tab });
        if each == tab {
            here = lines;
        }
    }
    let mut shown = Vec::new();
    for line in here.iter().skip((page - 1) * PAGE).take(PAGE) {
        let item = store::item(&app.db, line.thing()).await?;
        shown.push(helps.show(app, item).await?);
    }
    Ok(QueuePage {
        lang: reader.lang,
        site: app.config.name.clone(),
        desk: Desk::of(actor, reader.lang, ROOM),
        tab,
        tabs,
        shown,
        page,
        has_next: here.len() > page * PAGE,
        done: asked.get("done").split('.').filter_map(DecisionId::of_text).collect(),
        undone: !asked.get("undone").is_empty(),
        problems,
        is_list_missing: helps.is_list_missing,
    })
}

/// The lines of a part of the queue that this moderator looks after.
async fn mine(app: &App, actor: &Actor, helps: &Helps, tab: Tab) -> Result<Vec<Line>> {
    let mut lines = store::lines(&app.db, tab).await?;
    lines.retain(|line| actor.may(Role::Moderator, &line.place()));
    if tab != Tab::Suspicious {
        return Ok(lines);
    }
    let mut suspicious = Vec::new();
    for line in lines.into_iter().take(LOOKED_THROUGH) {
        let item = store::item(&app.db, line.thing()).await?;
        if !helps.signals(app, &item).await?.is_empty() {
            suspicious.push(line);
        }
    }
    Ok(suspicious)
}

/// What signals need: what texts are compared with, and the operator's words.
struct Helps {
    prints: Vec<(FeatureId, Print)>,
    words: Vec<String>,
    is_list_missing: bool,
}

impl Helps {
    async fn read(app: &App) -> Result<Helps> {
        let recent = store::recent(&app.db, COMPARED).await?;
        let print =
            |(id, title, body): (FeatureId, String, String)| (id, Print::of(&format!("{title}\n{body}")));
        let list = &app.config.moderation_words;
        let text = match list.as_os_str().is_empty() {
            true => Ok(String::new()),
            false => tokio::fs::read_to_string(list).await,
        };
        if let Err(error) = &text {
            tracing::warn!(%error, list = %list.display(), "the list of words cannot be read");
        }
        Ok(Helps {
            prints: recent.into_iter().map(print).collect(),
            is_list_missing: text.is_err(),
            words: signals::list_of(&text.unwrap_or_default()),
        })
    }

    async fn signals(&self, app: &App, item: &Item) -> Result<Vec<Signal>> {
        let often = match item.author {
            Some(voice) => store::within_an_hour(&app.db, voice, item.created_at).await?,
            None => 0,
        };
        // An argument may say what its own feature says; a feature is like itself.
        let others: Vec<_> = self.prints.iter().filter(|(id, _)| *id != item.feature_id).cloned().collect();
        Ok(signals::of(&item.text(), often, &others, &self.words))
    }

    async fn show(&self, app: &App, item: Item) -> Result<Shown> {
        let thing = item.thing();
        let standing = decisions::standing(&app.db, thing).await?;
        let appeal = match &standing {
            Some(decision) => appeals::of(&app.db, decision.id).await?,
            None => None,
        };
        let world = app.atlas.world();
        let areas = item.place().areas;
        let holds_another =
            |id| areas.iter().any(|a| world.territory.get(*a).is_some_and(|a| a.parent_id == Some(id)));
        let smallest = areas.iter().find(|id| !holds_another(**id)).and_then(|id| world.territory.get(*id));
        let process = world.processes.iter().find(|process| Some(process.id) == item.process_id);
        Ok(Shown {
            flags: flags::of(&app.db, thing).await?.into_iter().filter(|f| f.settled_at.is_none()).collect(),
            signals: self.signals(app, &item).await?,
            area: smallest.map(|area| area.name.clone()),
            process: process.map(|process| process.title.clone()),
            standing,
            appeal,
            item,
        })
    }
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
            let page = queue_page(&app, &reader, &actor, &sent, problems).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
        (Err(other), _) => return Err(other),
    };
    let base = app.config.letters_base();
    let ids = Deciding { app: &app, actor: &actor, base: &base }.decide(&things, &order).await?;
    let done: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let tab = Tab::of_word(sent.get("tab")).unwrap_or(Tab::New).word();
    Ok(Redirect::to(&format!("{ROOM}?tab={tab}&done={}#queue", done.join("."))).into_response())
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
    item_page(&app, &reader, &actor, &thing, &Fields::default(), Vec::new()).await
}

async fn item_page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    thing: &str,
    sent: &Fields,
    problems: Vec<Problem>,
) -> Result<ItemPage> {
    let thing = Thing::of_word(thing).ok_or(Error::NotFound)?;
    let item = store::item(&app.db, thing).await?;
    let account = actor.must(Role::Moderator, &item.place())?.id;
    let shown = Helps::read(app).await?.show(app, item).await?;
    let decided_by = shown.standing.as_ref().and_then(|decision| decision.decided_by);
    let versions = match thing.argument {
        None => Versions::read(app, thing.feature, shown.item.withdrawn_at.is_some()).await?,
        Some(_) => Versions::default(),
    };
    Ok(ItemPage {
        versions,
        lang: reader.lang,
        site: app.config.name.clone(),
        desk: Desk::of(actor, reader.lang, ROOM),
        decisions: decisions::of(&app.db, thing).await?,
        appeals: appeals::of_feature(&app.db, thing.feature).await?,
        processes: app.atlas.world().shown_processes().map(|p| (p.id, p.title.clone())).collect(),
        merged: if thing.argument.is_none() {
            merges::merged(&app.db, thing.feature).await?
        } else {
            Vec::new()
        },
        may_settle: decided_by != Some(account),
        act: sent.get("act").to_owned(),
        typed: sent.get("note").to_owned(),
        problems,
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
            let page = item_page(&app, &reader, &actor, &word, &sent, problems).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    let base = app.config.letters_base();
    Deciding { app: &app, actor: &actor, base: &base }.decide(&[thing], &order).await?;
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
        None => {
            let tab = Tab::of_word(sent.get("tab")).unwrap_or(Tab::New).word();
            Redirect::to(&format!("{ROOM}?tab={tab}&undone=1#queue"))
        }
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
    let thing = Deciding { app: &app, actor: &actor, base: &base }.settle(id, outcome, &answer).await?;
    Ok(Redirect::to(&format!("{ROOM}/{}", thing.word())))
}
