//! The queue of moderation: its parts, counted and paged within a moderator's scope, and what helps to decide about a thing.
//!
//! What it is not: what a decision does (`decide`). Invariant: every thing of a part can be reached, by its pages, by everybody who
//! may decide about it, and by nobody else.

mod facts;
pub(super) mod look;
pub(super) mod store;

use super::model::Tab;
use super::signals::{self, Print, Prints, Signal};
use super::state::{State, Stopped};
use super::store::Item;
use super::views::{QueuePage, Shown, TabLink};
use crate::base::clock::Timestamp;
use crate::base::db::Answer;
use crate::base::error::{Problem, Result};
use crate::base::http::{Fields, Reader};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{DecisionId, FeatureId, Visitor};
use crate::civic::accounts::{Actor, Desk, Haste, Pages, Role, Waiting};
use crate::civic::contributions::things::Thing;
use crate::core::app::App;
use crate::core::features::scope::Scope;
use crate::core::territory::Territory;
use chrono::TimeDelta;
use facts::Facts;
use look::Look;
use std::collections::HashMap;

/// How many things a page of the queue has.
const PAGE: i64 = 30;

/// With how many others a text is compared.
const COMPARED: i64 = 500;

pub(super) const ROOM: &str = "/admin/moderation";

/// What waits for a moderator, for the desk's first page.
pub(super) fn waiting<'a>(app: &'a App, actor: &'a Actor) -> Answer<'a, Vec<Waiting>> {
    Box::pin(async move {
        let scope = actor.scope(Role::Moderator);
        let counts = store::counts(&app.db, &scope).await?;
        let mut waiting = Vec::new();
        for (tab, key, haste) in [
            (Tab::Waiting, "moderation-tab-waiting", Haste::Waits),
            (Tab::Flagged, "moderation-tab-flagged", Haste::Waits),
            (Tab::Appeals, "moderation-tab-appeals", Haste::Waits),
            (Tab::New, "moderation-tab-new", Haste::Look),
        ] {
            let (count, since) = counts.get(&tab).copied().unwrap_or_default();
            let path = format!("{ROOM}?tab={}", tab.word());
            waiting.push(Waiting { haste, since, ..Waiting::new(path, Message::new(key), count) });
        }
        Ok(waiting)
    })
}

/// The page of a part of the queue (`tab`, `page`), with a form as it was sent and what is wrong with it.
pub(super) async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    asked: &Fields,
    problems: Vec<Problem>,
    stopped: Vec<Stopped>,
) -> Result<QueuePage> {
    let look = Look::of(asked);
    let tab = look.tab;
    let helps = Helps::read(app).await?;
    let scope = actor.scope(Role::Moderator);
    // Signals are found by reading all that is new: only where they are what is looked at.
    let suspicious = if tab == Tab::Suspicious { helps.suspicious(app, &scope).await? } else { Vec::new() };
    let counts = store::counts(&app.db, &scope).await?;
    let mut tabs = Vec::new();
    let mut total = 0;
    for each in Tab::ALL.iter().copied() {
        let count = match each {
            Tab::Suspicious if each != tab => None,
            Tab::Suspicious => Some(i64::try_from(suspicious.len()).unwrap_or(i64::MAX)),
            other => Some(counts.get(&other).copied().unwrap_or_default().0),
        };
        tabs.push(TabLink { tab: each, query: Look { tab: each, ..look }.query(), count, here: each == tab });
        if each == tab {
            total = count.unwrap_or_default();
        }
    }
    let pages = Pages::of(asked.get("page"), total, PAGE, &format!("{ROOM}?{}", look.query()));
    let here: Vec<Thing> = match tab {
        Tab::Suspicious => {
            let skipped = usize::try_from(pages.offset()).unwrap_or(usize::MAX);
            suspicious.into_iter().skip(skipped).take(PAGE.unsigned_abs() as usize).collect()
        }
        other => store::lines(&app.db, (other, look.sort), &scope, pages.offset(), PAGE).await?,
    };
    // What was checked comes back checked, also where the list moved on meanwhile; what stopped the act does not.
    let goes_on = |thing: &Thing| !stopped.iter().any(|one| one.thing == *thing);
    let checked: Vec<Thing> = asked.every("thing").filter_map(Thing::of_word).filter(goes_on).collect();
    let elsewhere = checked.iter().filter(|thing| !here.contains(thing)).copied();
    let things: Vec<Thing> = elsewhere.chain(here.iter().copied()).collect();
    let items = super::store::items(&app.db, &things).await?;
    for item in &items {
        actor.must(Role::Moderator, &item.place())?;
    }
    let facts = Facts::read(&app.db, &items).await?;
    let shown = items.into_iter().map(|item| helps.show(app, (actor, reader.lang), &facts, item)).collect();
    Ok(QueuePage {
        checked,
        stopped,
        reason: asked.get("reason").to_owned(),
        note: asked.get("note").to_owned(),
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, ROOM),
        tab,
        look,
        tabs,
        shown,
        pages,
        done: asked.get("done").split('.').filter_map(DecisionId::of_text).collect(),
        undone: !asked.get("undone").is_empty(),
        problems,
        is_list_missing: helps.is_list_missing,
    })
}

/// What signals need: what texts are compared with, and the operator's words.
pub(super) struct Helps {
    prints: Prints,
    words: Vec<String>,
    pub(super) is_list_missing: bool,
}

impl Helps {
    pub(super) async fn read(app: &App) -> Result<Helps> {
        let recent = super::store::recent(&app.db, COMPARED).await?;
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
            prints: Prints::new(recent.into_iter().map(print).collect()),
            is_list_missing: text.is_err(),
            words: signals::list_of(&text.unwrap_or_default()),
        })
    }

    /// What is new or waits within a scope and has signals: all of it, the latest first.
    async fn suspicious(&self, app: &App, scope: &Scope) -> Result<Vec<Thing>> {
        let unseen = store::unseen(&app.db, scope).await?;
        let mut times: HashMap<Visitor, Vec<Timestamp>> = HashMap::new();
        for (author, at) in store::busy(&app.db).await? {
            times.entry(author).or_default().push(at);
        }
        let often = |author: Option<Visitor>, at: Timestamp| {
            let all = author.and_then(|author| times.get(&author)).map_or(&[][..], Vec::as_slice);
            all.iter().filter(|other| (**other - at).abs() <= TimeDelta::hours(1)).count()
        };
        // What many voices came to at once is looked at again, also where it was looked at before.
        let mut found: Vec<Thing> =
            store::bursting(&app.db, scope).await?.into_iter().map(Thing::feature).collect();
        for one in unseen {
            let thing = one.thing();
            let text = if thing.is_feature() { format!("{}\n{}", one.title, one.body) } else { one.body };
            let often = i64::try_from(often(one.author, one.created_at)).unwrap_or(i64::MAX);
            let alike = self.prints.most_alike(&Print::of(&text), one.feature_id);
            if !signals::of(&text, often, alike, &self.words).is_empty() {
                found.extend(Some(thing).filter(|thing| !found.contains(thing)));
            }
        }
        Ok(found)
    }

    fn signals(&self, facts: &Facts, item: &Item) -> Vec<Signal> {
        // An argument may say what its own feature says; a feature is like itself.
        let alike = self.prints.most_alike(&Print::of(&item.text()), item.feature_id);
        let mut signals = signals::of(&item.text(), facts.within_an_hour(item), alike, &self.words);
        signals.extend(facts.bursts(item.thing()).into_iter().map(Signal::Burst));
        signals
    }

    /// One thing, looked at alone.
    pub(super) async fn one(&self, app: &App, (actor, lang): (&Actor, Lang), item: Item) -> Result<Shown> {
        let facts = Facts::read(&app.db, std::slice::from_ref(&item)).await?;
        Ok(self.show(app, (actor, lang), &facts, item))
    }

    /// A thing with all that helps to decide.
    fn show(&self, app: &App, (actor, lang): (&Actor, Lang), facts: &Facts, item: Item) -> Shown {
        let thing = item.thing();
        let (standing, appeal) = facts.decided(thing);
        let world = app.atlas.world();
        let areas = item.place().areas;
        let territory = world.territory();
        let smallest = Territory::innermost(areas.iter().filter_map(|id| territory.get(*id)));
        let process = world.processes().iter().find(|process| Some(process.id) == item.process_id);
        Shown {
            flags: facts.flags(thing),
            signals: self.signals(facts, &item),
            area: smallest.map(|area| area.name.clone()),
            process: process.map(|process| process.name(lang).to_owned()),
            state: State::of(&item),
            photos: facts.photos(thing),
            is_own: actor.account.as_ref().is_some_and(|account| item.is_of(account.voice)),
            standing,
            appeal,
            item,
        }
    }
}
