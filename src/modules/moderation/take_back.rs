//! Decisions taken back: by a moderator, or because an appeal was granted. What each does: `decide`.

use super::decide::{Deciding, conflict, hold, lock_all};
use super::letters::{self, News};
use super::revise;
use super::state::State as Seen;
use super::store::{self, Item};
use crate::base::error::{Error, Result};
use crate::base::http::Fields;
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, DecisionId, FeatureId};
use crate::civic::accounts::Role;
use crate::civic::contributions::appeals::{self, Outcome};
use crate::civic::contributions::decisions::{self, Decision, NewDecision, Ruling};
use crate::civic::contributions::things::Thing;
use crate::core::features::{self, Hold, merges, redactions};
use crate::core::journal::Write;

impl Deciding<'_> {
    /// Takes decisions back, each the last one about its thing.
    ///
    /// # Errors
    /// Where one is not the last, was taken back already, or is not the actor's to take back.
    pub(super) async fn undo(self, ids: &[DecisionId]) -> Result<()> {
        let mut write = self.app.begin().await?;
        let mut things = Vec::new();
        for id in ids {
            things.extend(touched(&decisions::find(write.tx(), *id).await?));
        }
        lock_all(&mut write, &things).await?;
        for id in ids {
            let decision = decisions::find(write.tx(), *id).await?;
            let item = store::item(write.tx(), decision.thing()).await?;
            let by = self.actor.must(Role::Moderator, &item.place())?.id;
            self.must_be_free(&mut write, &item).await?;
            let undoing = self.take_back(&mut write, &decision, &item, by).await?;
            let untold = letters::call_back(&mut write, decision.id).await?;
            // Who was told nothing of it is told nothing of its end.
            let told = letters::keys(decision.kind, decision.thing(), decision.held_before.is_none());
            let (author, followers) = letters::keys(Ruling::Undone, decision.thing(), item.held.is_none());
            let (author, followers) = (told.0.and(author), told.1.and(followers));
            let news = News {
                base: self.base,
                item: &item,
                author,
                followers,
                reason: None,
                note: "",
                apart: 0,
                by: Some(by),
                decision: Some(undoing),
                untold: &untold,
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
    ) -> Result<DecisionId> {
        let thing = decision.thing();
        // What was blacked out is apart from what else was decided.
        let standing = decisions::standing(write.tx(), thing).await?;
        let is_last = standing.is_some_and(|standing| standing.id == decision.id);
        if !is_last && decision.kind != Ruling::Redacted {
            return Err(conflict("decision-not-last"));
        }
        let new = NewDecision {
            thing,
            kind: Ruling::Undone,
            reason: None,
            note: String::new(),
            target: Some(decision.id.0),
            by,
        };
        let undoing = decisions::insert(write, &new).await?;
        decisions::undo(write, decision.id).await?;
        let target = decision.target.unwrap_or_default();
        match decision.kind {
            Ruling::Hidden if decision.held_before == Some(Hold::Merged) => {
                self.merge_again(write, item, FeatureId(target)).await?;
            }
            Ruling::Published | Ruling::Hidden if item.held != decision.held_before => {
                hold(write, thing, decision.held_before).await?;
            }
            Ruling::Published | Ruling::Hidden | Ruling::Asked | Ruling::Undone => {}
            Ruling::Moved => drop(self.move_to(write, item, decision.process_before).await?),
            Ruling::Merged => merges::separate(write, item.feature()?, decision.held_before).await?,
            Ruling::Revised => {
                revise::reopen(self.app, write, item, target, true).await?;
                if decision.held_before.is_some() {
                    hold(write, thing, decision.held_before).await?;
                }
            }
            Ruling::Redacted => {
                let all = decisions::of(write.tx(), thing).await?.into_iter().rev();
                let redacted = all.filter(|other| other.kind == Ruling::Redacted);
                let kept: Vec<_> = redacted.map(|other| (other.title, other.body)).collect();
                redactions::end(write, thing.subject, decision.id.0, &kept).await?;
            }
            Ruling::Kept => revise::reopen(self.app, write, item, target, false).await?,
            Ruling::Restored => {
                features::shells::withdraw(write, item.feature()?, item.author).await?;
            }
        }
        Ok(undoing)
    }

    /// What was hidden with the feature that it was merged into goes back there; alone, where that is not public.
    async fn merge_again(self, write: &mut Write, item: &Item, into: FeatureId) -> Result<()> {
        hold(write, item.thing(), None).await?;
        match features::store::find(write.tx(), into).await {
            Ok(_) => self.merge(write, item.feature()?, into).await.map(|_| ()),
            Err(Error::NotFound) => Ok(()),
            Err(other) => Err(other),
        }
    }

    /// Settles an appeal: granted, the thing is public again.
    ///
    /// # Errors
    /// Where the actor took the decision themselves, or it is settled.
    pub(super) async fn settle(
        self,
        id: DecisionId,
        outcome: Outcome,
        answer: &str,
        sent: &Fields,
    ) -> Result<Thing> {
        let mut write = self.app.begin().await?;
        let decision = decisions::find(write.tx(), id).await?;
        lock_all(&mut write, &touched(&decision)).await?;
        let seen = Seen::seen(sent, decision.thing());
        let item = store::item(write.tx(), decision.thing()).await?;
        let by = self.actor.must(Role::Moderator, &item.place())?.id;
        if item.is_of(self.actor.signed_in()?.voice) {
            return Err(Error::Forbidden(Message::new("decision-own")));
        }
        if seen.is_some_and(|seen| seen != Seen::of(&item)) {
            return Err(conflict("changed-meanwhile"));
        }
        appeals::settle(&mut write, id, outcome, answer, by).await?;
        let stands = item.held == Some(Hold::Hidden) || decision.kind == Ruling::Redacted;
        if outcome == Outcome::Granted && stands {
            self.take_back(&mut write, &decision, &item, by).await?;
        }
        let untold = match outcome {
            Outcome::Granted => letters::call_back(&mut write, decision.id).await?,
            Outcome::Refused => Vec::new(),
        };
        let is_published = outcome == Outcome::Granted && decision.kind != Ruling::Redacted;
        let followers = is_published.then_some("letter-follow-published");
        let author = Some(letters::of_outcome(outcome, decision.kind));
        let news = News {
            base: self.base,
            item: &item,
            author,
            followers,
            reason: None,
            note: answer,
            apart: 0,
            by: Some(by),
            decision: None,
            untold: &untold,
        };
        letters::post(self.app, &mut write, &news).await?;
        self.app.commit(write).await?;
        Ok(decision.thing())
    }
}

/// What taking a decision back touches: its thing, and the contribution that it was merged into.
fn touched(decision: &Decision) -> Vec<Thing> {
    let is_of_merge = decision.kind == Ruling::Merged
        || (decision.kind == Ruling::Hidden && decision.held_before == Some(Hold::Merged));
    let into = decision.target.filter(|_| is_of_merge).map(|id| Thing::feature(FeatureId(id)));
    [decision.thing()].into_iter().chain(into).collect()
}
