//! "What became of it": the authority's answer with its versions, the public history of the status, and the button to follow. Read
//! for a feature's page; the acts are `answers`'.

use crate::base::error::Result;
use crate::base::i18n::Lang;
use crate::base::prose;
use crate::civic::accounts::{Actor, Place, Role};
use crate::core::app::App;
use crate::core::features::answers::{self, Answer, StatusChange, Verdict};
use crate::core::features::{Card, Kind, Status, follows};

/// What a page says of the outcome.
pub(super) struct Outcome {
    /// Of what: verdicts and statuses agree with it.
    pub(super) kind: Kind,
    /// Every version of the answer, the one that holds first.
    pub(super) answers: Vec<Answer>,
    /// The oldest first.
    pub(super) history: Vec<StatusChange>,
    /// Whether the reader follows; nothing where they are not signed in.
    pub(super) follows: Option<bool>,
    /// Whether this site can send what a follower waits for.
    pub(super) has_letters: bool,
    /// Whether the reader answers for the authority here.
    pub(super) may_answer: bool,
    /// The verdicts that this kind can get, for whoever answers.
    pub(super) verdicts: Vec<Verdict>,
}

impl Outcome {
    pub(super) async fn read(app: &App, card: &Card, actor: &Actor) -> Result<Outcome> {
        let follows = match &actor.account {
            Some(account) => Some(follows::is_following(&app.db, card.id, account.id).await?),
            None => None,
        };
        Ok(Outcome {
            kind: card.kind,
            answers: answers::of(&app.db, card.id).await?,
            history: answers::history(&app.db, card.id).await?,
            follows,
            has_letters: app.config.letters_lack().is_none(),
            may_answer: actor.may(Role::Agent, &Place::of(&app.atlas.world(), card)),
            verdicts: Verdict::of_kind(card.kind).collect(),
        })
    }

    pub(super) fn now(&self) -> Option<&Answer> {
        self.answers.first()
    }
    /// The versions that hold no more, the latest first.
    pub(super) fn before(&self) -> &[Answer] {
        self.answers.get(1..).unwrap_or_default()
    }
    pub(super) fn html(&self, answer: &Answer) -> String {
        prose::html(&answer.body)
    }
    pub(super) fn verdict(&self, lang: &Lang, verdict: &Verdict) -> String {
        lang.of_kind(&format!("verdict-{}", verdict.word()), self.kind.word())
    }
    pub(super) fn status(&self, lang: &Lang, change: &StatusChange) -> String {
        // A line says no more than the answer that brought it.
        let then = self.answers.iter().find(|answer| answer.answered_at <= change.changed_at);
        let is_partly = then.is_some_and(|answer| answer.verdict == Verdict::Partly);
        if is_partly && change.status == Status::Accepted {
            return lang.text("status-partly");
        }
        change.status.said(*lang, self.kind)
    }
    /// What the form of an answer says that it saw.
    pub(super) fn seen(&self, card: &Card) -> String {
        answers::seen(card.id, self.answers.first(), card.status)
    }
}
