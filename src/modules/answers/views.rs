//! The pages of answers: the list with one form for many, the form for one, and the end of following.

use super::assigned::Whose;
use super::model::{BODY, Form, MOTIVE};
use super::order::{Order, waited};
use super::replies::Choice;
use super::routes::ROOM;
use super::state::Stopped;
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::FeatureId;
use crate::base::prose;
use crate::civic::accounts::{Desk, Pages};
use crate::civic::contributions::followers::Follower;
use crate::civic::work::replies::PLACES;
use crate::core::atlas::{Filter, World};
use crate::core::features::Verdict;
use crate::core::features::{Card, Status};
use crate::core::territory::Territory;
use askama::Template;
use askama_web::WebTemplate;
use std::sync::Arc;

/// A contribution in the list.
pub(super) struct ListedContribution {
    pub(super) card: Card,
    pub(super) checked: bool,
    /// Who of the desk looks after it.
    pub(super) assigned: Option<String>,
    /// What the form says that it saw of it.
    pub(super) seen: String,
}

/// What both forms say alike.
fn said(problems: &[Problem], lang: Lang, field: &str) -> Option<String> {
    problems.iter().find(|problem| problem.field == field).map(|problem| lang.say(&problem.message))
}

/// What is filled in for each contribution.
fn places(lang: Lang) -> String {
    lang.say(&Message::new("answer-reply-many-hint").with("places", PLACES.join(", ")))
}

fn verdicts(
    lang: Lang,
    all: impl Iterator<Item = Verdict>,
    kind: &'static str,
) -> Vec<(&'static str, String)> {
    all.map(|verdict| (verdict.word(), lang.of_kind(&format!("verdict-{}", verdict.word()), kind))).collect()
}

/// The list of contributions, and one answer to those that are checked.
#[derive(Template, WebTemplate)]
#[template(path = "answers/templates/list.html")]
pub(super) struct AnswersPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) rows: Vec<ListedContribution>,
    pub(super) pages: Pages,
    /// How many were just answered.
    pub(super) done: Option<i64>,
    /// How many just changed their status without an answer, and how many had it already.
    pub(super) moved: Option<i64>,
    pub(super) same: Option<i64>,
    /// What was just said and can be taken back still, as forms name it.
    pub(super) undo: Vec<String>,
    /// How many were just taken back.
    pub(super) undone: Option<i64>,
    /// Slug and name of each.
    pub(super) themes: Vec<(String, String)>,
    pub(super) processes: Vec<(String, String)>,
    pub(super) areas: Vec<(String, String)>,
    pub(super) filter: Filter,
    pub(super) world: Arc<World>,
    /// Who looks after those that are listed.
    pub(super) assigned: Whose,
    /// The texts to answer with.
    pub(super) replies: Vec<Choice>,
    /// What is checked, and the answer as it would be published there, where that differs from what was typed.
    pub(super) previews: Vec<(String, String)>,
    /// The filter and the order as a query.
    pub(super) query: String,
    pub(super) order: Order,
    /// Within how many days everybody is answered.
    pub(super) promise: Option<u64>,
    pub(super) form: Form,
    pub(super) problems: Vec<Problem>,
    /// What stopped the act that was sent.
    pub(super) stopped: Vec<Stopped>,
}

impl AnswersPage {
    fn problem(&self, field: &str) -> Option<String> {
        said(&self.problems, self.lang, field)
    }
    fn verdicts(&self) -> Vec<(&'static str, String)> {
        verdicts(self.lang, Verdict::ALL.iter().copied(), "")
    }
    fn statuses(&self) -> Vec<(&'static str, String, bool)> {
        let status = |status: &Status| {
            (status.word(), status_name(self.lang, *status), self.filter.has("status", status.word()))
        };
        Status::all().iter().map(status).collect()
    }
    fn status(&self, card: &Card) -> String {
        card.status_said(self.lang)
    }
    /// What a column's head says of the order, and where it leads.
    fn sort(&self, column: &str) -> (Option<&'static str>, String) {
        let (said, next) = self.order.head(column);
        (said, format!("{ROOM}?{}", next.query(&self.filter.canonical())))
    }
    fn is_sorted(&self) -> bool {
        self.order != Order::default()
    }
    fn sort_word(&self) -> &'static str {
        self.order.word()
    }
    /// How long it waits, and by how much it is late.
    fn waited(&self, card: &Card) -> (String, Option<String>) {
        waited(self.lang, card, self.promise)
    }
    /// The smallest area that it lies in.
    fn area(&self, card: &Card) -> Option<String> {
        let slugs: Vec<&str> = card.areas.as_deref().unwrap_or_default().split(',').collect();
        let within = self.world.territory().areas().iter().filter(|area| slugs.contains(&area.slug.as_str()));
        Territory::innermost(within).map(|area| area.name.clone())
    }
    fn excerpt(&self, card: &Card) -> String {
        prose::excerpt(&card.body, 160)
    }
    fn counted(&self) -> String {
        self.lang.count("feature-count", self.pages.total)
    }
    fn whose(&self) -> Vec<(&'static str, String, bool)> {
        self.assigned.choices(self.lang)
    }
    fn choices(&self) -> Vec<(&'static str, String, bool)> {
        let all = Status::all().iter().copied().filter(|status| *status != Status::REFUSED);
        choices(self.lang, &self.form, all)
    }
    fn is_theme(&self, slug: &str) -> bool {
        self.filter.has("theme", slug)
    }
    fn is_process(&self, slug: &str) -> bool {
        self.filter.has("process", slug)
    }
    fn is_area(&self, slug: &str) -> bool {
        self.filter.has("area", slug)
    }
    fn is_verdict(&self, word: &str) -> bool {
        self.form.verdict == word
    }
    fn places(&self) -> String {
        places(self.lang)
    }
    fn body_most(&self) -> usize {
        BODY
    }
    fn motive_most(&self) -> usize {
        MOTIVE
    }
}

fn status_name(lang: Lang, status: Status) -> String {
    lang.text(&status.key())
}

/// What a status can become without an answer: word, name, whether it was chosen.
fn choices(lang: Lang, form: &Form, all: impl Iterator<Item = Status>) -> Vec<(&'static str, String, bool)> {
    all.map(|status| (status.word(), status_name(lang, status), form.status == status.word())).collect()
}

/// The form for one contribution.
#[derive(Template, WebTemplate)]
#[template(path = "answers/templates/one.html")]
pub(super) struct AnswerPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) card: Card,
    pub(super) form: Form,
    /// How many versions there are already.
    pub(super) versions: usize,
    /// What the form says that it saw.
    pub(super) seen: String,
    /// What stopped the act that was sent.
    pub(super) stopped: Vec<Stopped>,
    /// The status that was chosen, without an answer.
    pub(super) status: String,
    /// Whether a status was asked for that it has already.
    pub(super) unchanged: bool,
    /// The texts to answer with, filled in for it.
    pub(super) replies: Vec<Choice>,
    pub(super) problems: Vec<Problem>,
}

impl AnswerPage {
    fn problem(&self, field: &str) -> Option<String> {
        said(&self.problems, self.lang, field)
    }
    fn verdicts(&self) -> Vec<(&'static str, String)> {
        verdicts(self.lang, Verdict::of_kind(self.card.kind), self.card.kind.word())
    }
    fn text(&self) -> String {
        prose::html(&self.card.body)
    }
    fn status(&self) -> String {
        self.card.status_said(self.lang)
    }
    fn choices(&self) -> Vec<(&'static str, String, bool)> {
        let others = Status::without_answer(self.card.kind).filter(|status| *status != self.card.status);
        let form = Form { status: self.status.clone(), ..Form::default() };
        choices(self.lang, &form, others)
    }
    fn is_verdict(&self, word: &str) -> bool {
        self.form.verdict == word
    }
    fn places(&self) -> String {
        places(self.lang)
    }
    fn body_most(&self) -> usize {
        BODY
    }
    fn motive_most(&self) -> usize {
        MOTIVE
    }
}

/// Asks whether to stop following, or says that it is done.
#[derive(Template, WebTemplate)]
#[template(path = "answers/templates/stop.html")]
pub(super) struct StopPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) id: FeatureId,
    pub(super) account: String,
    pub(super) key: String,
    pub(super) done: bool,
}

/// The form to follow by letter, what is wrong with it, or that a letter is on its way.
#[derive(Template, WebTemplate)]
#[template(path = "answers/templates/ask.html")]
pub(super) struct AskPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    /// The process that it is about.
    pub(super) title: Option<String>,
    /// The key of what is told when.
    pub(super) hint: String,
    /// The page of what is followed.
    pub(super) back: String,
    /// Where the form goes.
    pub(super) form: String,
    /// As it was typed.
    pub(super) email: String,
    /// Whether letters can be read here.
    pub(super) inbox: bool,
    /// The key of what is wrong.
    pub(super) problem: Option<&'static str>,
    /// Whether a letter is on its way.
    pub(super) sent: bool,
}

/// Where following by letter is confirmed and ended.
#[derive(Template, WebTemplate)]
#[template(path = "answers/templates/following.html")]
pub(super) struct FollowingPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    /// Nothing where the link leads to nothing any more.
    pub(super) follower: Option<Follower>,
    /// The name of what is followed, where everybody may read it.
    pub(super) title: Option<String>,
    /// Its page, where everybody may read it.
    pub(super) back: Option<String>,
    /// The address, as it is shown to who may not be its owner.
    pub(super) email: String,
    pub(super) key: String,
    /// Whether it has just been ended.
    pub(super) stopped: bool,
}
