//! "What became of it": the authority's answer with its versions, the public history of the status, and the button to follow: its
//! part of a contribution's page. What it is not: the acts (`routes`).

use super::replies::{self, Choice};
use crate::base::db::Answer as Later;
use crate::base::error::{Error, Result};
use crate::base::http::filters;
use crate::base::i18n::Lang;
use crate::base::prose;
use crate::civic::accounts::{Jurisdiction, Role, Seen};
use crate::civic::contributions::answers::{self, Answer, StatusChange};
use crate::civic::contributions::{follows, unanswered};
use crate::core::features::{self, Verdict};
use crate::core::features::{Card, Kind, Status};
use askama::Template;

/// The part of the page.
#[derive(Template)]
#[template(path = "answers/templates/panel.html")]
struct Outcome<'a> {
    lang: Lang,
    site: String,
    card: &'a Card,
    /// Of what: verdicts and statuses agree with it.
    kind: Kind,
    /// Every version of the answer, the one that holds first.
    answers: Vec<Answer>,
    /// The oldest first.
    history: Vec<StatusChange>,
    /// Whether the reader follows; nothing where they are not signed in.
    follows: Option<bool>,
    /// Whether the reader made it.
    mine: bool,
    /// Whether this site can send what a follower waits for.
    has_letters: bool,
    /// Whether the reader answers for the authority here.
    may_answer: bool,
    /// The texts to answer with, for whoever answers.
    replies: Vec<Choice>,
    /// What the reader said last, where they can take it back still, and for how many seconds.
    undo: Option<(String, i64)>,
    /// The verdicts that this kind can get, for whoever answers.
    verdicts: Vec<Verdict>,
}

/// The part of a contribution's page.
pub(super) fn panel<'a>(seen: &'a Seen<'a>) -> Later<'a, String> {
    Box::pin(async move {
        Outcome::read(seen).await?.render().map_err(|error| Error::Internal(error.to_string()))
    })
}

impl Outcome<'_> {
    async fn read<'a>(seen: &'a Seen<'a>) -> Result<Outcome<'a>> {
        let Seen { app, reader, actor, card } = *seen;
        let follows = match &actor.account {
            Some(account) => Some(follows::is_following(&app.db, card.id, account.id).await?),
            None => None,
        };
        let may_answer =
            card.kind.is_answered() && actor.may(Role::Agent, &Jurisdiction::of(&app.atlas.world(), card));
        let undo = match &actor.account {
            Some(account) if may_answer => {
                unanswered::last(&app.db, card.id, account.id, crate::base::clock::now()).await?
            }
            _ => None,
        };
        let mine = match (actor.visitor, follows) {
            (Some(visitor), None) => features::store::is_author(&app.db, card.id, visitor).await?,
            _ => false,
        };
        Ok(Outcome {
            undo: undo.map(|(said, seconds)| (said.word(), seconds)),
            mine,
            lang: reader.lang,
            site: app.name(),
            card,
            kind: card.kind,
            answers: answers::of(&app.db, card.id).await?,
            history: answers::history(&app.db, card.id).await?,
            follows,
            has_letters: app.letters_lack().is_none(),
            replies: if may_answer { replies::of(app, card).await? } else { Vec::new() },
            may_answer,
            verdicts: Verdict::of_kind(card.kind).collect(),
        })
    }

    fn problem(&self, _: &str) -> Option<String> {
        None
    }
    fn now(&self) -> Option<&Answer> {
        self.answers.first()
    }
    /// The versions that hold no more, the latest first.
    fn before(&self) -> &[Answer] {
        self.answers.get(1..).unwrap_or_default()
    }
    fn html(&self, answer: &Answer) -> String {
        prose::html(&answer.body)
    }
    fn verdict(&self, verdict: &Verdict) -> String {
        self.lang.of_kind(&format!("verdict-{}", verdict.word()), self.kind.word())
    }
    fn status(&self, change: &StatusChange) -> String {
        // A line says no more than the answer that brought it.
        let then = self.answers.iter().find(|answer| answer.answered_at <= change.changed_at);
        let is_partly = then.is_some_and(|answer| answer.verdict == Verdict::Partly);
        if is_partly && change.status == Status::ACCEPTED {
            return self.lang.text("status-partly");
        }
        change.status.said(self.lang, self.kind)
    }
    /// What the form of an answer says that it saw.
    fn seen(&self) -> String {
        answers::seen(self.card.id, self.answers.first(), self.card.status)
    }
}
