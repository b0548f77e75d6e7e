//! Decisions: what each does to a thing, how it is taken back, how an appeal is settled. No SQL, no HTTP.
//!
//! Invariant: row, change, journal line and letters are one transaction; what an appeal waits for is decided by the appeal alone.

use super::letters::{self, News};
use super::model::Order;
use super::store::{self, Item};
use crate::accounts::{Actor, Role};
use crate::app::App;
use crate::error::{Error, Result};
use crate::features::appeals::{self, Outcome};
use crate::features::decisions::{self, Decision, NewDecision, Ruling, Thing};
use crate::features::{self, Hold, arguments, merges};
use crate::i18n::Message;
use crate::ids::{AccountId, DecisionId, ProcessId};
use crate::journal::{Act, Write};

/// Who decides, and under which address they do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) actor: &'a Actor,
    pub(super) base: &'a str,
}

fn conflict(key: &'static str) -> Error {
    Error::Conflict(Message::new(key))
}

impl Desk<'_> {
    /// Decides the same about many things, or about none of them.
    ///
    /// # Errors
    /// Where the actor may not decide about one of them, or one of them cannot be decided about so.
    pub(super) async fn decide(self, things: &[Thing], order: &Order) -> Result<Vec<DecisionId>> {
        let mut write = self.app.begin().await?;
        let mut ids = Vec::new();
        for thing in things {
            ids.push(self.decide_one(&mut write, *thing, order).await?);
        }
        self.app.commit(write).await?;
        Ok(ids)
    }

    async fn decide_one(self, write: &mut Write, thing: Thing, order: &Order) -> Result<DecisionId> {
        let item = store::item(write.tx(), thing).await?;
        let by = self.actor.must(Role::Moderator, &item.place())?.id;
        self.must_be_free(write, &item).await?;
        must_fit(&item, order)?;
        if let Order::Merge { into, .. } = order {
            // Voices come to the other one: it must be theirs to look after, too.
            let target = store::item(write.tx(), Thing::feature(*into)).await?;
            self.actor.must(Role::Moderator, &target.place())?;
        }
        let new = NewDecision {
            thing,
            kind: order.ruling(),
            reason: order.reason(),
            note: order.note().to_owned(),
            target: order.target(),
            by,
        };
        let id = decisions::insert(write, &new).await?;
        self.carry_out(write, &item, order).await?;
        let (author, followers) = letters::keys(order.ruling(), item.held.is_none());
        let (reason, note) = (order.reason(), order.note());
        let news = News { base: self.base, item: &item, author, followers, reason, note, by: Some(by) };
        letters::post(self.app, write, &news).await?;
        Ok(id)
    }

    /// What an author took back is theirs; what they appeal about is for somebody else, by the appeal.
    async fn must_be_free(self, write: &mut Write, item: &Item) -> Result<()> {
        if item.held == Some(Hold::Withdrawn) {
            return Err(conflict("decision-withdrawn"));
        }
        if appeals::is_open(write.tx(), item.thing()).await? {
            return Err(conflict("decision-appeal-open"));
        }
        Ok(())
    }

    async fn carry_out(self, write: &mut Write, item: &Item, order: &Order) -> Result<()> {
        match order {
            Order::Publish if item.held.is_none() => Ok(()),
            Order::Publish => hold(write, item.thing(), None).await,
            Order::Hide { .. } => hold(write, item.thing(), Some(Hold::Hidden)).await,
            Order::Ask { .. } => {
                write.record(Act::Asked, item.feature_id);
                Ok(())
            }
            Order::Move { process, .. } => self.move_to(write, item, *process).await,
            Order::Merge { into, .. } => merges::merge(write, item.feature_id, *into).await,
        }
    }

    async fn move_to(self, write: &mut Write, item: &Item, process: Option<ProcessId>) -> Result<()> {
        let world = self.app.atlas.world();
        let slug = match process {
            None => "none",
            Some(id) => {
                let known = world.processes.iter().find(|known| known.id == id);
                &known.ok_or_else(|| Error::invalid("process", Message::new("moderation-no-process")))?.slug
            }
        };
        decisions::set_process(write, item.feature_id, process).await?;
        write.record_about(Act::Moved, item.feature_id, slug);
        Ok(())
    }

    /// Takes decisions back, each the last one about its thing.
    ///
    /// # Errors
    /// Where one is not the last, was taken back already, or is not the actor's to take back.
    pub(super) async fn undo(self, ids: &[DecisionId]) -> Result<()> {
        let mut write = self.app.begin().await?;
        for id in ids {
            let decision = decisions::find(write.tx(), *id).await?;
            let item = store::item(write.tx(), decision.thing()).await?;
            let by = self.actor.must(Role::Moderator, &item.place())?.id;
            self.must_be_free(&mut write, &item).await?;
            self.take_back(&mut write, &decision, &item, by).await?;
            let was_public = item.held.is_none();
            let told = !(decision.kind == Ruling::Published && decision.held_before.is_none());
            let (author, followers) = letters::keys(Ruling::Undone, was_public);
            let (author, followers) = (author.filter(|_| told), followers.filter(|_| told));
            let news = News {
                base: self.base,
                item: &item,
                author,
                followers,
                reason: None,
                note: "",
                by: Some(by),
            };
            letters::post(self.app, &mut write, &news).await?;
        }
        self.app.commit(write).await
    }

    async fn take_back(
        self,
        write: &mut Write,
        decision: &Decision,
        item: &Item,
        by: AccountId,
    ) -> Result<()> {
        let standing = decisions::standing(write.tx(), decision.thing()).await?;
        if standing.is_none_or(|standing| standing.id != decision.id) {
            return Err(conflict("decision-not-last"));
        }
        let thing = decision.thing();
        let new = NewDecision {
            thing,
            kind: Ruling::Undone,
            reason: None,
            note: String::new(),
            target: Some(decision.id.0),
            by,
        };
        decisions::insert(write, &new).await?;
        decisions::undo(write, decision.id).await?;
        match decision.kind {
            Ruling::Published | Ruling::Hidden if item.held != decision.held_before => {
                hold(write, thing, decision.held_before).await
            }
            Ruling::Published | Ruling::Hidden | Ruling::Asked | Ruling::Undone => Ok(()),
            Ruling::Moved => self.move_to(write, item, decision.process_before).await,
            Ruling::Merged => merges::separate(write, thing.feature, decision.held_before).await,
        }
    }

    /// Settles an appeal: granted, the thing is public again.
    ///
    /// # Errors
    /// Where the actor took the decision themselves, or it is settled.
    pub(super) async fn settle(self, id: DecisionId, outcome: Outcome, answer: &str) -> Result<Thing> {
        let mut write = self.app.begin().await?;
        let decision = decisions::find(write.tx(), id).await?;
        let item = store::item(write.tx(), decision.thing()).await?;
        let by = self.actor.must(Role::Moderator, &item.place())?.id;
        appeals::settle(&mut write, id, outcome, answer, by).await?;
        if outcome == Outcome::Granted && item.held == Some(Hold::Hidden) {
            self.take_back(&mut write, &decision, &item, by).await?;
        }
        let followers = (outcome == Outcome::Granted).then_some("letter-follow-published");
        let author = Some(letters::of_outcome(outcome));
        let news = News {
            base: self.base,
            item: &item,
            author,
            followers,
            reason: None,
            note: answer,
            by: Some(by),
        };
        letters::post(self.app, &mut write, &news).await?;
        self.app.commit(write).await?;
        Ok(decision.thing())
    }
}

/// Takes a thing off, or puts it back.
async fn hold(write: &mut Write, thing: Thing, held: Option<Hold>) -> Result<()> {
    match thing.argument {
        None => {
            let act = if held.is_none() { Act::Published } else { Act::Hidden };
            features::store::hold(write, thing.feature, held, act).await
        }
        Some(argument) => {
            let act = if held.is_none() { Act::ArgumentRestored } else { Act::ArgumentHidden };
            arguments::hold(write, thing.feature, argument, held, act).await
        }
    }
}

/// Whether an order makes sense for a thing as it is.
fn must_fit(item: &Item, order: &Order) -> Result<()> {
    let only_features = matches!(order, Order::Ask { .. } | Order::Move { .. } | Order::Merge { .. });
    if only_features && item.argument_id.is_some() {
        return Err(conflict("decision-not-for-arguments"));
    }
    match (order, item.held) {
        (_, Some(Hold::Merged)) => Err(conflict("decision-merged")),
        (Order::Hide { .. }, Some(Hold::Hidden)) => Err(conflict("decision-hidden-already")),
        (Order::Ask { .. } | Order::Merge { .. }, Some(Hold::Hidden)) => Err(conflict("decision-hidden")),
        _ => Ok(()),
    }
}
