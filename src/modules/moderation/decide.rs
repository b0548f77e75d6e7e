//! Decisions: what each does to a thing, how it is taken back, how an appeal is settled. No SQL, no HTTP.
//!
//! Invariant: row, change, journal line and letters are one transaction; what an appeal waits for is decided by the appeal alone.

use super::letters::{self, News};
use super::model::Order;
use super::state::{State as Seen, Stopped};
use super::store::{self, Item};
use super::{apart, revise};
use crate::base::error::{Error, Result};
use crate::base::http::Fields;
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, DecisionId, FeatureId, ProcessId};
use crate::base::media::Digest;
use crate::civic::accounts::{Actor, Jurisdiction, Role};
use crate::civic::contributions::appeals;
use crate::civic::contributions::decisions::{self, NewDecision};
use crate::civic::contributions::things::{Thing, feature_of};
use crate::civic::contributions::words;
use crate::civic::processes::{self, ProcessRules, State};
use crate::core::app::App;
use crate::core::features::{Hold, merges, photos, redactions};
use crate::core::journal::{Act, Write};

/// Who decides, and under which address of the site.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deciding<'a> {
    pub(super) app: &'a App,
    pub(super) actor: &'a Actor,
    pub(super) base: &'a str,
}

pub(super) fn conflict(key: &'static str) -> Error {
    Error::Conflict(Message::new(key))
}

impl Deciding<'_> {
    /// Decides the same about many things, or about none of them: then it gives each that stopped it. `sent` says what the form
    /// saw of each.
    ///
    /// # Errors
    /// Where the actor may not decide about one of them.
    pub(super) async fn decide(
        self,
        things: &[Thing],
        order: &Order,
        sent: &Fields,
    ) -> Result<Result<Vec<DecisionId>, Vec<Stopped>>> {
        let mut write = self.app.begin().await?;
        let (mut ids, mut stopped, mut free) = (Vec::new(), Vec::new(), Vec::new());
        let all = self.with_merged(&mut write, things, order).await?;
        lock_all(&mut write, &all).await?;
        for thing in things.iter().copied() {
            let seen = Seen::seen(sent, thing);
            match self.decide_one(&mut write, thing, order, seen.as_ref(), &mut free).await {
                Ok(Ok(taken)) => ids.extend(taken),
                Ok(Err(stop)) => stopped.push(stop),
                Err(Error::NotFound) => stopped.push(Stopped {
                    thing,
                    was: seen,
                    now: None,
                    why: Some(Message::new("changed-gone")),
                }),
                Err(other) => return Err(other),
            }
        }
        if !stopped.is_empty() {
            return Ok(Err(stopped));
        }
        self.app.commit(write).await?;
        photos::forget(&self.app.media, &free).await;
        Ok(Ok(ids))
    }

    /// What is decided about, with what it is or will be merged into, and what was merged into it.
    async fn with_merged(self, write: &mut Write, things: &[Thing], order: &Order) -> Result<Vec<Thing>> {
        let mut all = things.to_vec();
        match order {
            Order::Merge { into, .. } => all.push(Thing::feature(*into)),
            Order::Hide { .. } => {
                for feature in
                    things.iter().filter(|thing| thing.is_feature()).filter_map(|thing| thing.feature)
                {
                    let merged = merges::merged(write.tx(), feature).await?;
                    all.extend(merged.into_iter().map(|(id, _)| Thing::feature(id)));
                    match store::item(write.tx(), Thing::feature(feature)).await {
                        Ok(item) => all.extend(item.merged_into.map(Thing::feature)),
                        Err(Error::NotFound) => {}
                        Err(other) => return Err(other),
                    }
                }
            }
            _ => {}
        }
        Ok(all)
    }

    /// Decides about one thing, and about what goes with it.
    async fn decide_one(
        self,
        write: &mut Write,
        thing: Thing,
        order: &Order,
        seen: Option<&Seen>,
        free: &mut Vec<Digest>,
    ) -> Result<Result<Vec<DecisionId>, Stopped>> {
        let item = store::item(write.tx(), thing).await?;
        let by = self.actor.must(Role::Moderator, &item.place())?.id;
        let now = Seen::of(&item);
        let stop = |why: Option<Message>| {
            let was = seen.filter(|seen| **seen != now).cloned();
            Ok(Err(Stopped { thing, was, now: Some(now.clone()), why }))
        };
        if seen.is_some_and(|seen| *seen != now) {
            return stop(None);
        }
        let fits = match order {
            Order::Redact { passages, .. } => must_say(write, &item, passages).await,
            _ => Ok(()),
        };
        match self.must_be_free(write, &item).await.and(fits).and_then(|()| must_fit(&item, order)) {
            Ok(()) => {}
            Err(Error::Conflict(why) | Error::Forbidden(why)) => return stop(Some(why)),
            Err(other) => return Err(other),
        }
        if let Order::Merge { into, .. } = order {
            // Voices come to the other one: it must be theirs to look after, too.
            let target = match store::item(write.tx(), Thing::feature(*into)).await {
                Err(Error::NotFound) => return stop(Some(Message::new("merge-target-not-public"))),
                target => target?,
            };
            self.actor.must(Role::Moderator, &target.place())?;
            if target.is_of(self.actor.signed_in()?.voice) {
                return stop(Some(Message::new("decision-own")));
            }
        }
        // What was merged into it is hidden with it, each by a decision of its own: its author is told why, and may appeal.
        let mut reached = Vec::new();
        if matches!(order, Order::Hide { .. }) && thing.is_feature() {
            for (id, _) in merges::merged(write.tx(), item.feature()?).await? {
                let source = store::item(write.tx(), Thing::feature(id)).await?;
                reached.push(self.take(write, &source, by, order, free).await?);
            }
        }
        let mut ids = match self.take(write, &item, by, order, free).await {
            Err(Error::Conflict(why)) => return stop(Some(why)),
            taken => vec![taken?],
        };
        ids.extend(reached);
        Ok(Ok(ids))
    }

    /// Takes a decision: row, change, letters.
    async fn take(
        self,
        write: &mut Write,
        item: &Item,
        by: AccountId,
        order: &Order,
        free: &mut Vec<Digest>,
    ) -> Result<DecisionId> {
        let new = NewDecision {
            thing: item.thing(),
            kind: order.ruling(),
            reason: order.reason(),
            note: order.note().to_owned(),
            // What was merged when it was hidden goes back where it was, if that is taken back.
            target: order.target().or(item.merged_into.map(|into| into.0)),
            by,
        };
        let id = decisions::insert(write, &new).await?;
        if let Order::Redact { passages, .. } = order {
            redactions::begin(write, item.thing().subject, id.0, passages).await?;
        }
        let apart = self.carry_out(write, item, order, free).await?;
        let (author, followers) = letters::keys(order.ruling(), item.thing(), item.held.is_none());
        let (reason, note) = (order.reason(), order.note());
        let (by, decision, untold) = (Some(by), Some(id), &[][..]);
        let news =
            News { base: self.base, item, author, followers, reason, note, apart, by, decision, untold };
        letters::post(self.app, write, &news).await?;
        Ok(id)
    }

    /// Nobody decides about what they made, nor about what was said of it. What an author took back is theirs; what they appeal about is for somebody else, by the appeal.
    pub(super) async fn must_be_free(self, write: &mut Write, item: &Item) -> Result<()> {
        if item.is_of(self.actor.signed_in()?.voice) {
            return Err(Error::Forbidden(Message::new("decision-own")));
        }
        match item.held {
            Some(Hold::Withdrawn) => return Err(conflict("decision-withdrawn")),
            // What is empty is not public again, whatever was decided about what it said.
            Some(Hold::Erased) => return Err(conflict("decision-erased")),
            _ => {}
        }
        if appeals::is_open(write.tx(), item.thing()).await? {
            return Err(conflict("decision-appeal-open"));
        }
        Ok(())
    }

    /// Gives how many voices are kept and not counted from then on.
    async fn carry_out(
        self,
        write: &mut Write,
        item: &Item,
        order: &Order,
        free: &mut Vec<Digest>,
    ) -> Result<i64> {
        match order {
            Order::Publish if item.held.is_none() => return Ok(0),
            // Done with the number of its decision (`take`).
            Order::Redact { .. } => return Ok(0),
            Order::Publish => return hold(write, item.thing(), None).await.map(|()| 0),
            Order::Hide { .. } if !(item.held == Some(Hold::Merged) && item.thing().is_feature()) => {
                return hold(write, item.thing(), Some(Hold::Hidden)).await.map(|()| 0);
            }
            _ => {}
        }
        // The others are for contributions alone (`must_fit`).
        let id = item.feature()?;
        match order {
            Order::Publish | Order::Redact { .. } => {}
            Order::Hide { .. } => {
                merges::separate(write, id, Some(Hold::Hidden)).await?;
                write.record(Act::HIDDEN, id);
            }
            Order::Ask { .. } => write.record(Act::ASKED, id),
            Order::Move { process, .. } => return self.move_to(write, item, *process).await,
            Order::Merge { into, .. } => return self.merge(write, id, *into).await,
            Order::Accept { revision } => {
                free.extend(revise::accept(self.app, write, item, *revision).await?);
                if item.held.is_some() {
                    hold(write, item.thing(), None).await?;
                }
            }
            Order::Refuse { revision, .. } => free.extend(revise::refuse(write, id, *revision).await?),
            Order::Restore => revise::restore(self.app, write, item).await?,
        }
        Ok(0)
    }

    pub(super) async fn merge(self, write: &mut Write, id: FeatureId, into: FeatureId) -> Result<i64> {
        merges::merge(write, id, into).await?;
        // Voices that come from a process with other rules count where they meet these.
        let process = store::item(write.tx(), Thing::feature(into)).await?.process_id;
        let (known, _) = self.process(write, process).await?;
        let apart = apart::set(self.app, write, id, &known, "merged").await?;
        merges::recount(write, into).await?;
        Ok(apart)
    }

    /// A process as it is in this transaction, and the word for it in the register.
    async fn process(self, write: &mut Write, id: Option<ProcessId>) -> Result<(ProcessRules, String)> {
        let Some(id) = id else { return Ok((ProcessRules::square(), "none".to_owned())) };
        let world = self.app.atlas.world();
        let unknown = || Error::invalid("process", Message::new("moderation-no-process"));
        let slug = &world.processes().iter().find(|known| known.id == id).ok_or_else(unknown)?.slug;
        let (known, _) = processes::store::find(write.tx(), slug).await?;
        Ok((known, slug.clone()))
    }

    /// Moves a feature to another process, which the actor must look after, too. Voices that do not meet its rules are kept, and not
    /// counted. Gives how many.
    pub(super) async fn move_to(
        self,
        write: &mut Write,
        item: &Item,
        process: Option<ProcessId>,
    ) -> Result<i64> {
        let (id, place) = (item.feature()?, Jurisdiction { process, areas: item.place().areas });
        self.actor.must(Role::Moderator, &place)?;
        let (into, to) = self.process(write, process).await?;
        if into.state == State::Draft {
            return Err(Error::invalid("process", Message::new("moderation-move-draft")));
        }
        let (_, from) = self.process(write, item.process_id).await?;
        decisions::set_process(write, id, process).await?;
        let apart = apart::set(self.app, write, id, &into, "moved").await?;
        for (source, _) in merges::merged(write.tx(), id).await? {
            apart::set(self.app, write, source, &into, "merged").await?;
        }
        merges::recount(write, id).await?;
        write.record_about(Act::MOVED, id, format!("{from} → {to}"));
        write.record_voices(id);
        Ok(apart)
    }
}

/// Locks things in one order, whoever decides: two who check the same, or merge each into the other, wait for each other instead of
/// failing. What is not there is told one by one.
pub(super) async fn lock_all(write: &mut Write, things: &[Thing]) -> Result<()> {
    let mut rows = Vec::new();
    for thing in things.iter().copied() {
        match feature_of(write.tx(), thing).await {
            Ok(feature) => rows.push((feature, thing)),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    rows.sort_unstable();
    rows.dedup();
    for (_, thing) in rows {
        match decisions::lock(write, thing).await {
            Ok(()) | Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// Takes a thing off, or puts it back.
pub(super) async fn hold(write: &mut Write, thing: Thing, held: Option<Hold>) -> Result<()> {
    (thing.subject.moderated()?.hold)(write, thing.subject.id, held).await
}

/// Whether an order makes sense for a thing as it is.
fn must_fit(item: &Item, order: &Order) -> Result<()> {
    let only_features = !matches!(order, Order::Publish | Order::Hide { .. } | Order::Redact { .. });
    if only_features && !item.thing().is_feature() {
        return Err(conflict("decision-not-for-arguments"));
    }
    match (order, item.held) {
        // What it was merged into does not shield it.
        (Order::Hide { .. }, Some(Hold::Merged)) => Ok(()),
        (_, Some(Hold::Merged)) => Err(conflict("decision-merged")),
        // It would be readable at its address before anybody said that it may be read.
        (Order::Merge { .. }, Some(Hold::Waiting)) => Err(conflict("merge-waiting")),
        (Order::Hide { .. }, Some(Hold::Hidden)) => Err(conflict("decision-hidden-already")),
        (Order::Ask { .. } | Order::Merge { .. } | Order::Redact { .. }, Some(Hold::Hidden)) => {
            Err(conflict("decision-hidden"))
        }
        _ => Ok(()),
    }
}

/// Whether a thing, or what its photos show, says every passage that is to be blacked out of it.
async fn must_say(write: &mut Write, item: &Item, passages: &[String]) -> Result<()> {
    if !matches!(item.thing().subject.kind, "feature" | "argument") {
        return Err(conflict("redaction-not-of-this"));
    }
    let mut text = item.text();
    if item.thing().is_feature() {
        for photo in photos::every(write.tx(), item.feature()?).await? {
            text.push('\n');
            text.push_str(&photo.alt);
        }
        for said in words::of(write.tx(), item.feature()?).await? {
            text.push('\n');
            text.push_str(&said);
        }
    }
    match passages.iter().find(|passage| !redactions::says(&text, passage)) {
        Some(passage) => Err(Error::Conflict(Message::new("redaction-not-there").with("passage", passage))),
        None => Ok(()),
    }
}
