//! `/admin`: what waits for who acts, how the site is, what came since their last visit, and the rooms that they may open.

use super::beside;
use super::state::{State, age, bytes, troubles};
use super::store::{self, Visit};
use super::{Desk, FIRST};
use crate::base::clock::{self, Timestamp};
use crate::base::error::Result;
use crate::base::http::{Reader, filters};
use crate::base::i18n::{Lang, Message};
use crate::civic::accounts::Access::AnyHolder;
use crate::civic::accounts::routes::{Haste, Waiting};
use crate::civic::accounts::{Actor, Role, Routes};
use crate::core::app::App;
use crate::core::features::scope::Scope;
use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State as Of;
use chrono::TimeDelta;

/// After how long away somebody comes back.
const AWAY: TimeDelta = TimeDelta::minutes(30);

pub(super) fn routes() -> Routes {
    Routes::new().get(FIRST, AnyHolder, show)
}

/// What waits, as a card says it.
struct Card {
    waiting: Waiting,
    /// The room that it is in.
    room: String,
    /// How long the oldest waits.
    age: Option<String>,
    /// By how much the latest is late.
    late: Option<String>,
}

#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/desk_first.html")]
struct FirstPage {
    lang: Lang,
    site: String,
    desk: Desk,
    /// What waits, what presses most first.
    cards: Vec<Card>,
    /// What can be looked at, and nobody waits for it.
    others: Vec<Card>,
    /// What is in order: nothing of it waits.
    nothing: Vec<String>,
    /// What comes by itself.
    soon: Vec<Card>,
    /// How the site is, for who administers everything.
    state: Option<State>,
    troubles: Vec<String>,
    /// Since when, and what came: name and number.
    since: Option<(Timestamp, Vec<(String, i64)>)>,
    /// Whether the tour of the demonstration can be begun here.
    has_tour: bool,
}

impl FirstPage {
    fn bytes(&self, number: &u64) -> String {
        bytes(self.lang, *number)
    }
    fn age_of(&self, at: &Timestamp) -> String {
        age(self.lang, clock::now() - *at)
    }
}

/// `GET /admin`
async fn show(Of(app): Of<App>, reader: Reader, actor: Actor) -> Result<FirstPage> {
    let (lang, here) = (reader.lang, beside::here());
    let is_whole = actor.has_everywhere(Role::Administrator);
    let state = if is_whole { Some(State::read(&app, lang).await?) } else { None };
    let desk = Desk::of(&actor, lang, FIRST);
    let mut all = cards(lang, &desk, &here.told);
    let nothing = all.iter().filter(|card| card.waiting.count == 0 && card.waiting.haste == Haste::Waits);
    let nothing = nothing.map(|card| card.waiting.said(lang)).collect();
    all.retain(|card| card.waiting.count > 0);
    let (soon, now): (Vec<_>, Vec<_>) = all.into_iter().partition(|card| card.waiting.haste == Haste::Soon);
    let (others, cards) = now.into_iter().partition(|card| card.waiting.haste == Haste::Look);
    Ok(FirstPage {
        lang,
        site: app.name(),
        troubles: if is_whole { Vec::new() } else { troubles(&app, lang) },
        since: since(&app, &actor, lang).await?,
        has_tour: here.has_tour && desk.tour.is_none(),
        desk,
        cards,
        others,
        nothing,
        soon,
        state,
    })
}

/// Every card, what is late first, then what has waited longest.
fn cards(lang: Lang, desk: &Desk, told: &beside::Told) -> Vec<Card> {
    let now = clock::now();
    let name = |path: &str| {
        let mut rooms = desk.groups.iter().flat_map(|group| &group.rooms);
        rooms.find(|room| room.path == path).map(|room| room.name.clone()).unwrap_or_default()
    };
    let card = |path: &str, waiting: &Waiting| Card {
        room: name(path),
        age: waiting.since.filter(|at| *at <= now).map(|at| age(lang, now - at)),
        late: waiting.late.map(|days| lang.count("desk-late-by", days)),
        waiting: waiting.clone(),
    };
    let each = |(path, all): &(&'static str, Vec<Waiting>)| -> Vec<Card> {
        all.iter().map(|waiting| card(path, waiting)).collect()
    };
    let mut cards: Vec<Card> = told.waiting.iter().flat_map(each).collect();
    cards.sort_by_key(|card| (card.waiting.haste != Haste::Late, card.waiting.since.unwrap_or(now)));
    cards
}

/// What came where this person acts since they were here last. Nobody waits for it that it is written down.
async fn since(app: &App, actor: &Actor, lang: Lang) -> Result<Option<(Timestamp, Vec<(String, i64)>)>> {
    let (account, now) = (actor.signed_in()?.id, clock::now());
    let known = store::visit(&app.db, account).await?;
    let visit = match known {
        Some(Visit { since, seen_at }) if seen_at + AWAY > now => Visit { since, seen_at: now },
        Some(Visit { seen_at, .. }) => Visit { since: seen_at, seen_at: now },
        None => Visit { since: now, seen_at: now },
    };
    if known.is_none_or(|known| known.seen_at + TimeDelta::minutes(1) < now) {
        let noted = store::visited(&app.db, account, visit).await;
        // A database that cannot be written is told above; its desk can be read.
        noted.unwrap_or_else(|error| tracing::warn!(%error, "a visit of the desk is not noted"));
    }
    if known.is_none() {
        return Ok(None);
    }
    let scope = Scope::new(actor.grants.iter().map(|grant| (grant.process_id, grant.area_id)));
    let came = store::since(&app.db, &scope, visit.since).await?;
    let said = came.into_iter().map(|(name, count)| (lang.say(&Message::new(name)), count));
    Ok(Some((visit.since, said.collect())))
}
