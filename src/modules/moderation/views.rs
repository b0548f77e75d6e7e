//! The pages of moderation: queue, one thing, charter, flag, log.

use super::model::{Tab, WORDS};
use super::queue::look::Look;
use super::signals::Signal;
use super::state::{State, Stopped};
use super::store::Item;
use super::versions::Versions;
use crate::base::clock::{self, Timestamp};
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{DecisionId, FeatureId, ProcessId};
use crate::base::prose;
use crate::civic::accounts::{Desk, Pages};
use crate::civic::contributions::appeals::{Appeal, Outcome};
use crate::civic::contributions::bursts::Sort;
use crate::civic::contributions::decisions::{Decision, Reason, Ruling};
use crate::civic::contributions::flags::Flag;
use crate::civic::contributions::things::Thing;
use crate::core::features::Hold;
use crate::core::features::photos::Photo;
use askama::Template;
use askama_web::WebTemplate;

/// The key of a reason's name; with `-said`, of its sentence.
pub(super) fn reason_key(reason: Reason) -> String {
    format!("reason-{}", reason.word().replace('_', "-"))
}

/// Name and sentence of each reason of the charter, with its word.
fn reasons(lang: Lang) -> Vec<(&'static str, String, String)> {
    let said = |reason: &Reason| {
        let key = reason_key(*reason);
        (reason.word(), lang.text(&key), lang.text(&format!("{key}-said")))
    };
    Reason::ALL.iter().map(said).collect()
}

/// A part of the queue, with how many are in it.
pub(super) struct TabLink {
    pub(super) tab: Tab,
    /// Its address's query.
    pub(super) query: String,
    /// Nothing where it is only counted when it is looked at.
    pub(super) count: Option<i64>,
    pub(super) here: bool,
}

/// A thing in the queue, with all that helps to decide.
pub(super) struct Shown {
    pub(super) item: Item,
    pub(super) flags: Vec<Flag>,
    pub(super) signals: Vec<Signal>,
    pub(super) standing: Option<Decision>,
    pub(super) appeal: Option<Appeal>,
    /// The smallest area that it lies in.
    pub(super) area: Option<String>,
    pub(super) process: Option<String>,
    /// Its photos, each with whether it was taken off.
    pub(super) photos: Vec<(bool, Photo)>,
    /// What a form says that it saw.
    pub(super) state: State,
    /// Whether the reader made it: somebody else decides.
    pub(super) is_own: bool,
}

impl Shown {
    fn seen(&self) -> String {
        self.state.token(self.item.thing())
    }
    fn photo_word(&self, photo: &Photo) -> String {
        // Photos stand on contributions.
        self.item.feature_id.map_or_else(String::new, |feature| Thing::photo(feature, photo.id).word())
    }
    fn alt(&self, lang: &Lang, photo: &Photo) -> String {
        if photo.alt.is_empty() { lang.text("moderation-photo-unsaid") } else { photo.alt.clone() }
    }
    pub(super) fn word(&self) -> String {
        self.item.thing().word()
    }
    fn path(&self) -> String {
        self.item.thing().path(self.item.feature_id)
    }
    fn text(&self) -> String {
        prose::html(&self.item.body)
    }
    fn kind(&self, lang: &Lang) -> String {
        lang.text(&self.item.name)
    }
    fn held(&self, lang: &Lang) -> Option<String> {
        self.item.held.map(|held| lang.text(&format!("held-{}", held.word())))
    }
    /// Whether its author changed it after they were asked to, or after it was hidden.
    fn is_changed(&self) -> bool {
        self.item.seen_at.is_none() && self.standing.is_some()
    }
    /// Whether it can be decided about: what is merged is separated first, what an appeal waits for is settled by it.
    pub(super) fn is_free(&self) -> bool {
        let has_appeal = self.appeal.as_ref().is_some_and(|appeal| appeal.outcome.is_none());
        !self.is_own
            && !has_appeal
            && !matches!(self.item.held, Some(Hold::Merged | Hold::Withdrawn | Hold::Erased))
    }
    /// Whether it was merged: it may still be hidden on its own.
    pub(super) fn is_merged(&self) -> bool {
        self.item.held == Some(Hold::Merged) && self.item.thing().is_feature()
    }
    /// What signals say, in words.
    fn said(&self, lang: &Lang) -> Vec<(String, Option<FeatureId>)> {
        let say = |message: &Message| lang.say(message);
        let words = |signal: &Signal| match signal {
            Signal::Often(n) => (say(&Message::new("signal-often").with("n", n)), None),
            Signal::Links(n) => (lang.count("signal-links", i64::try_from(*n).unwrap_or(i64::MAX)), None),
            Signal::Alike(id, share) => {
                (say(&Message::new("signal-alike").with("id", id).with("share", share)), Some(*id))
            }
            Signal::Burst(burst) => {
                let key = match burst.sort {
                    Sort::Voices => "signal-burst-voices",
                    Sort::Contributions => "signal-burst-contributions",
                };
                let said = Message::new(key).with("count", burst.count).with("minutes", burst.minutes());
                (say(&said), None)
            }
            Signal::Word(word) => (say(&Message::new("signal-word").with("word", word)), None),
        };
        self.signals.iter().map(words).collect()
    }
    fn reason(&self, lang: &Lang, reason: &Reason) -> String {
        lang.text(&reason_key(*reason))
    }
}

/// The queue.
#[derive(Template, WebTemplate)]
#[template(path = "moderation/templates/queue.html")]
pub(super) struct QueuePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) tab: Tab,
    pub(super) look: Look,
    pub(super) tabs: Vec<TabLink>,
    pub(super) shown: Vec<Shown>,
    pub(super) pages: Pages,
    /// The decisions that were just taken, to be taken back at once.
    pub(super) done: Vec<DecisionId>,
    pub(super) undone: bool,
    pub(super) problems: Vec<Problem>,
    /// What stopped the act that was sent; nothing was decided then.
    pub(super) stopped: Vec<Stopped>,
    /// What was checked and typed.
    pub(super) checked: Vec<Thing>,
    pub(super) reason: String,
    pub(super) note: String,
    /// Whether the operator's list of words could not be read.
    pub(super) is_list_missing: bool,
}

impl QueuePage {
    fn tab_name(&self, tab: &Tab) -> String {
        self.lang.text(&format!("moderation-tab-{}", tab.word()))
    }
    /// What a column's head says of the order, and the query that it leads to.
    fn sort(&self, column: &str) -> (Option<&'static str>, String) {
        let (said, next) = self.look.head(column);
        (said, next.query())
    }
    /// The query of the other look.
    fn other_look(&self) -> String {
        Look { is_table: !self.look.is_table, ..self.look }.query()
    }
    fn age(&self, one: &Shown) -> String {
        self.lang.count("age-days", (clock::now() - one.item.created_at).num_days())
    }
    fn excerpt(&self, one: &Shown) -> String {
        prose::excerpt(&one.item.body, 120)
    }
    fn hint(&self) -> String {
        self.lang.text(&format!("moderation-tab-{}-said", self.tab.word()))
    }
    fn reasons(&self) -> Vec<(&'static str, String, String)> {
        reasons(self.lang)
    }
    fn is_checked(&self, one: &Shown) -> bool {
        self.checked.contains(&one.item.thing())
    }
    fn is_reason(&self, word: &str) -> bool {
        self.reason == word
    }
    fn done_said(&self) -> String {
        self.lang.count("moderation-done", self.done.len() as i64)
    }
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    /// Where each thing of the page is, for the small map: the list says all of it in words.
    fn pins(&self) -> String {
        let pin = |one: &Shown| {
            let (lon, lat) = one.item.at()?;
            Some(serde_json::json!({ "lon": lon, "lat": lat, "id": one.word(), "title": one.item.title }))
        };
        serde_json::Value::from(self.shown.iter().filter_map(pin).collect::<Vec<_>>()).to_string()
    }
    /// Whether things of this part are decided about here: an appeal is settled on its own page.
    fn is_open(&self) -> bool {
        self.tab != Tab::Appeals
    }
    fn can_hide(&self) -> bool {
        !matches!(self.tab, Tab::Hidden | Tab::Appeals)
    }
    fn most(&self) -> usize {
        WORDS
    }
}

/// One thing, with every decision about it and every act.
#[derive(Template, WebTemplate)]
#[template(path = "moderation/templates/item.html")]
pub(super) struct ItemPage {
    pub(super) versions: Versions,
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) shown: Shown,
    pub(super) decisions: Vec<Decision>,
    /// The appeals against any of them.
    pub(super) appeals: Vec<Appeal>,
    /// Id and title of each process.
    pub(super) processes: Vec<(ProcessId, String)>,
    pub(super) merged: Vec<(FeatureId, String)>,
    /// Whether the reader may settle the appeal: they did not take the decision.
    pub(super) may_settle: bool,
    pub(super) act: String,
    pub(super) typed: String,
    /// The reason, the process and the other contribution that were chosen.
    pub(super) reason: String,
    pub(super) process: String,
    pub(super) into: String,
    /// What modules say of it in people's own words.
    pub(super) words: Vec<String>,
    /// The passages that were typed.
    pub(super) passages: String,
    pub(super) problems: Vec<Problem>,
    /// What stopped the act that was sent.
    pub(super) stopped: Vec<Stopped>,
}

impl ItemPage {
    fn reasons(&self) -> Vec<(&'static str, String, String)> {
        reasons(self.lang)
    }
    fn ruling(&self, decision: &Decision) -> String {
        self.lang.text(&ruling_key(decision))
    }
    /// What became of the appeal against a decision, and what was answered.
    fn outcome(&self, decision: &Decision) -> Option<(String, &str)> {
        let appeal = self.appeals.iter().find(|appeal| appeal.decision_id == decision.id)?;
        let outcome = self.lang.text(&format!("appeal-{}", appeal.outcome?.word()));
        Some((outcome, appeal.answer.as_str()))
    }
    fn is_last(&self, decision: &Decision) -> bool {
        let open = self.shown.appeal.as_ref().is_some_and(|appeal| appeal.outcome.is_none());
        let holds = |other: &&Decision| other.undone_at.is_none() && other.kind != Ruling::Undone;
        let is_apart = |other: &Decision| other.kind == Ruling::Redacted;
        // What was blacked out is taken back apart from the rest.
        let last = self.decisions.iter().filter(holds).find(|other| !is_apart(other));
        let stands = last.is_some_and(|last| last.id == decision.id);
        !open && (stands || is_apart(decision) && holds(&decision))
    }
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    /// What was typed in the form of an act, if it was that one.
    fn typed(&self, act: &str) -> &str {
        if self.act == act { &self.typed } else { "" }
    }
    fn is_act(&self, act: &str) -> bool {
        self.act == act
    }
    fn is_reason(&self, word: &str) -> bool {
        self.is_act("hide") && self.reason == word
    }
    fn is_in(&self, process: &ProcessId) -> bool {
        let chosen = ProcessId::of_text(&self.process).filter(|_| self.is_act("move"));
        chosen.or(self.shown.item.process_id) == Some(*process)
    }
    /// Whether passages can be blacked out of it, and what it says, as it was written; what its photos show on lines of their own.
    fn source(&self) -> Option<String> {
        let item = &self.shown.item;
        let photos = self.shown.photos.iter().filter(|_| item.thing().is_feature());
        let captions = photos.map(|(_, photo)| photo.alt.clone()).filter(|alt| !alt.is_empty());
        let words = self.words.iter().cloned();
        let said: Vec<String> = std::iter::once(item.text()).chain(captions).chain(words).collect();
        matches!(item.thing().subject.kind, "feature" | "argument").then(|| said.join("\n"))
    }
    fn is_redact_reason(&self, word: &str) -> bool {
        if self.is_act("redact") { self.reason == word } else { word == "personal" }
    }
    fn is_feature(&self) -> bool {
        self.shown.item.thing().is_feature()
    }
    fn is_held(&self, held: Hold) -> bool {
        self.shown.item.held == Some(held)
    }
    fn is_public(&self) -> bool {
        self.shown.item.held.is_none()
    }
    fn most(&self) -> usize {
        WORDS
    }
}

fn ruling_key(decision: &Decision) -> String {
    let restored = decision.kind == Ruling::Published && decision.held_before.is_some();
    let argument = match decision.subject_kind.as_str() {
        "feature" => "",
        "argument" => "-argument",
        "photo" => "-photo",
        _ => "-part",
    };
    match decision.kind {
        Ruling::Published if restored => format!("ruling-restored{argument}"),
        Ruling::Hidden => format!("ruling-hidden{argument}"),
        Ruling::Restored => "ruling-put-back".to_owned(),
        kind => format!("ruling-{}", kind.word()),
    }
}

/// The charter.
#[derive(Template, WebTemplate)]
#[template(path = "moderation/templates/charter.html")]
pub(super) struct CharterPage {
    pub(super) lang: Lang,
    pub(super) site: String,
}

impl CharterPage {
    fn reasons(&self) -> Vec<(&'static str, String, String)> {
        reasons(self.lang)
    }
}

/// The form to flag something, or what is said once it was flagged.
#[derive(Template, WebTemplate)]
#[template(path = "moderation/templates/flag.html")]
pub(super) struct FlagPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    /// Where the form is sent.
    pub(super) action: String,
    /// The argument's number in the form, or nothing.
    pub(super) argument: String,
    /// Where it can be read.
    pub(super) path: String,
    pub(super) title: String,
    /// What is flagged, in few words.
    pub(super) excerpt: String,
    pub(super) reason: String,
    pub(super) body: String,
    pub(super) problems: Vec<Problem>,
    pub(super) sent: bool,
}

impl FlagPage {
    fn reasons(&self) -> Vec<(&'static str, String, String)> {
        reasons(self.lang)
    }
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    fn most(&self) -> usize {
        WORDS
    }
}

/// A line of the public log.
pub(super) struct LogLine {
    pub(super) id: DecisionId,
    /// What it is about, and its page.
    pub(super) about: String,
    pub(super) path: String,
    pub(super) at: Timestamp,
    pub(super) what: String,
    pub(super) reason: Option<String>,
    pub(super) undone: bool,
    pub(super) outcome: Option<String>,
    /// Its number in the journal.
    pub(super) seq: Option<i64>,
}

impl LogLine {
    pub(super) fn of(lang: Lang, decision: &Decision, outcome: Option<Outcome>, seq: Option<i64>) -> LogLine {
        LogLine {
            id: decision.id,
            about: decision.feature_id.map_or_else(|| decision.thing().word(), |feature| feature.to_string()),
            path: decision
                .feature_id
                .map_or_else(|| decision.path(), |feature| format!("/features/{feature}")),
            at: decision.decided_at,
            what: lang.text(&ruling_key(decision)),
            reason: decision.reason.map(|reason| lang.text(&reason_key(reason))),
            undone: decision.undone_at.is_some(),
            outcome: outcome.map(|outcome| lang.text(&format!("appeal-{}", outcome.word()))),
            seq,
        }
    }
}

/// The public log.
#[derive(Template, WebTemplate)]
#[template(path = "moderation/templates/log.html")]
pub(super) struct LogPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) lines: Vec<LogLine>,
    /// Where the next page begins.
    pub(super) next: Option<DecisionId>,
}
