//! The pages: a subject's notes and assignment, the list of texts to answer with, and one of them.

use super::model::{BODY, NAME, NOTE, ReplyForm};
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::AccountId;
use crate::civic::accounts::Desk;
use crate::civic::work::assignments::{Assigned, Colleague};
use crate::civic::work::notes::Note;
use crate::civic::work::replies::{PLACES, Reply};
use crate::civic::work::watch::{Holder, Pace, Watch};
use askama::Template;
use askama_web::WebTemplate;

/// A subject's notes and assignment: a part of a page.
#[derive(Template)]
#[template(path = "work/templates/part.html")]
pub(super) struct WorkPart {
    pub(super) lang: Lang,
    /// How forms name the subject.
    pub(super) word: String,
    /// Who reads.
    pub(super) me: AccountId,
    /// Whether it stands on the contribution's own page.
    pub(super) on_page: bool,
    pub(super) assigned: Option<Assigned>,
    pub(super) colleagues: Vec<Colleague>,
    pub(super) notes: Vec<Note>,
    /// A note as it was sent, and what is wrong with it, or with who was chosen.
    pub(super) typed: String,
    pub(super) problem: Option<Problem>,
}

impl WorkPart {
    fn problem(&self, field: &str) -> Option<String> {
        let problem = self.problem.as_ref().filter(|problem| problem.field == field)?;
        Some(self.lang.say(&problem.message))
    }
    fn is_assigned(&self, id: &AccountId) -> bool {
        self.assigned.as_ref().is_some_and(|assigned| assigned.account_id == *id)
    }
    fn is_mine(&self) -> bool {
        self.is_assigned(&self.me)
    }
    /// Whether who looks after it may not act on it any more.
    fn is_astray(&self) -> bool {
        let is_known = |assigned: &Assigned| self.colleagues.iter().any(|one| one.id == assigned.account_id);
        self.assigned.as_ref().is_some_and(|assigned| !is_known(assigned))
    }
    fn is_own(&self, note: &Note) -> bool {
        note.written_by == self.me
    }
    /// Notes that others took back are nobody's to read.
    fn is_shown(&self, note: &Note) -> bool {
        note.taken_back_at.is_none() || self.is_own(note)
    }
    fn most(&self) -> usize {
        NOTE
    }
}

/// `GET /admin/work/{thing}`
#[derive(Template, WebTemplate)]
#[template(path = "work/templates/work.html")]
pub(super) struct WorkPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) title: String,
    /// Where the subject is read, where it is public.
    pub(super) path: Option<String>,
    /// The part, as HTML.
    pub(super) part: String,
}

/// `GET /admin/replies`
#[derive(Template, WebTemplate)]
#[template(path = "work/templates/replies.html")]
pub(super) struct RepliesPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) replies: Vec<Reply>,
    pub(super) removed: Vec<Reply>,
    /// What has just been done, or is wrong.
    pub(super) done: Option<String>,
    pub(super) problem: Option<String>,
}

impl RepliesPage {
    fn excerpt(&self, reply: &Reply) -> String {
        crate::base::prose::excerpt(&reply.body, 120)
    }
    fn language(&self, reply: &Reply) -> String {
        self.lang.text(&format!("language-{}", reply.lang))
    }
}

/// `GET /admin/replies/{id}` and `/admin/replies/new`
#[derive(Template, WebTemplate)]
#[template(path = "work/templates/reply.html")]
pub(super) struct ReplyPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    /// Nothing where one is made.
    pub(super) id: Option<i64>,
    pub(super) form: ReplyForm,
    pub(super) problems: Vec<Problem>,
}

impl ReplyPage {
    fn problem(&self, field: &str) -> Option<String> {
        let found = self.problems.iter().find(|problem| problem.field == field);
        found.map(|problem| self.lang.say(&problem.message))
    }
    fn heading(&self) -> String {
        self.lang.text(if self.id.is_some() { "reply-change" } else { "reply-new" })
    }
    fn action(&self) -> String {
        self.id.map_or_else(|| super::replies::HERE.to_owned(), |id| format!("{}/{id}", super::replies::HERE))
    }
    fn languages(&self) -> Vec<(&'static str, String, bool)> {
        let one = |lang: &Lang| {
            (lang.code(), self.lang.text(&format!("language-{}", lang.code())), self.form.lang == lang.code())
        };
        [Lang::Fr, Lang::En].iter().map(one).collect()
    }
    fn places(&self) -> String {
        PLACES.join(", ")
    }
    fn name_most(&self) -> usize {
        NAME
    }
    fn body_most(&self) -> usize {
        BODY
    }
}

/// `GET /admin/my-letters`
#[derive(Template, WebTemplate)]
#[template(path = "work/templates/letters.html")]
pub(super) struct LettersPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    /// For whom the reader stands in today, and until which day.
    pub(super) stands_in: Vec<(String, String)>,
    /// Who could stand in for them.
    pub(super) others: Vec<Holder>,
    /// Whether this site can send letters.
    pub(super) has_letters: bool,
    pub(super) own: Watch,
    pub(super) done: bool,
    pub(super) problems: Vec<Problem>,
}

impl LettersPage {
    fn problem(&self, field: &str) -> Option<String> {
        let found = self.problems.iter().find(|problem| problem.field == field);
        found.map(|problem| self.lang.say(&problem.message))
    }
    fn paces(&self) -> Vec<(&'static str, String, bool)> {
        let one = |pace: &Pace| {
            let name = self.lang.text(&format!("work-pace-{}", pace.word()));
            (pace.word(), name, self.own.pace == *pace)
        };
        Pace::ALL.iter().map(one).collect()
    }
    fn is_substitute(&self, one: &Holder) -> bool {
        self.own.substitute_id == Some(one.id)
    }
    fn stands_in(&self, name: &str, until: &str) -> String {
        let day = until.parse().map_or_else(|_| until.to_owned(), |day| self.lang.date(day));
        self.lang.say(&Message::new("work-letters-stands-in").with("name", name).with("day", day))
    }
}
