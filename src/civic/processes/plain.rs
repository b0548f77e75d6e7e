//! The rules of a process in plain words, made from its settings: what the page publishes is what the gate does.

use super::action::Action;
use super::model::{Ballot, Edits, Moderation, Opening, Ordering, Rules, Shape};
use super::{ProcessRules, local_time};
use crate::base::clock::Timestamp;
use crate::base::i18n::{Lang, Message};
use crate::civic::accounts::Level;
use crate::core::features::edits;

/// One rule: what it is about, and what it says.
pub(super) struct Rule {
    pub(super) about: String,
    pub(super) says: String,
}

/// Every rule of a process. `area` is the name of the area that it is about.
pub(super) fn rules(lang: Lang, known: &ProcessRules, area: Option<&str>, now: Timestamp) -> Vec<Rule> {
    let rules = &known.settings.rules;
    let rule = |about: &str, says: String| Rule { about: lang.text(about), says };
    let mut said = Vec::new();
    for action in Action::all() {
        if !action.0.is_expected && known.opening(*action, now) == Opening::Never {
            continue;
        }
        said.push(rule(&action.rule_key(), act(lang, known, *action, now)));
        if *action == Action::PROPOSE {
            said.push(rule("rule-where", where_(lang, rules, area)));
        }
    }
    said.push(rule(
        "rule-moderation",
        lang.text(match rules.moderation {
            Moderation::After => "rule-moderation-after",
            Moderation::Before => "rule-moderation-before",
        }),
    ));
    let edits = match rules.edits {
        Edits::Small => "rule-edits-small",
        Edits::Told => "rule-edits-told",
    };
    let edits = Message::new(edits).with("share", edits::SHARE).with("metres", edits::METRES);
    said.push(rule("rule-edits", lang.say(&edits)));
    let lengths =
        Message::new("rule-lengths-said").with("title", rules.title_most).with("body", rules.body_most);
    said.push(rule("rule-lengths", lang.say(&lengths)));
    said.push(rule(
        "rule-order",
        lang.text(match rules.order {
            Ordering::Recent => "rule-order-recent",
            Ordering::Random => "rule-order-random",
            Ordering::Supported => "rule-order-supported",
        }),
    ));
    said
}

fn who(lang: Lang, level: Level) -> String {
    lang.text(match level {
        Level::Visitor => "rule-who-visitor",
        Level::Email => "rule-who-email",
        Level::Verified => "rule-who-verified",
        Level::Roll => "rule-who-roll",
    })
}

/// Who may do something, and until when or from when on; before it, where it is voting, how.
fn act(lang: Lang, known: &ProcessRules, action: Action, now: Timestamp) -> String {
    let how = match (action.0.needs_ballot, known.settings.rules.votes) {
        (false, _) => None,
        (true, Ballot::ForAgainst) => Some("rule-vote-for-against"),
        (true, Ballot::ForOnly) => Some("rule-vote-for-only"),
        (true, Ballot::Scale) => Some("rule-vote-scale"),
        (true, Ballot::None) => return lang.text("rule-vote-none"),
    };
    let said = allowed(lang, known, action, now);
    how.map_or(said.clone(), |how| format!("{} {said}", lang.text(how)))
}

fn allowed(lang: Lang, known: &ProcessRules, action: Action, now: Timestamp) -> String {
    let who = who(lang, known.settings.rules.level(action));
    let when = |key, at| lang.say(&Message::new(key).with("when", local_time::said(lang, at)));
    let calendar = match known.opening(action, now) {
        Opening::Open(None) => lang.text("rule-open"),
        Opening::Open(Some(at)) => when("rule-open-until", at),
        Opening::Opens(at) => when("rule-opens", at),
        Opening::Closed(at) => when("rule-closed", at),
        Opening::Never => return lang.text("rule-never"),
    };
    format!("{who} {calendar}")
}

fn where_(lang: Lang, rules: &Rules, area: Option<&str>) -> String {
    let names: Vec<String> = Shape::ALL
        .iter()
        .filter(|shape| rules.shapes.contains(shape))
        .map(|shape| lang.text(&format!("rule-shape-{}", shape.word())))
        .collect();
    let shapes = lang.say(&Message::new("rule-shapes").with("shapes", names.join(", ")));
    match area {
        None => shapes,
        Some(area) => format!("{shapes} {}", lang.say(&Message::new("rule-area").with("area", area))),
    }
}
