//! What flags, decisions and appeals must be before they are written. No SQL, no HTTP.

use crate::base::error::{Error, Problem, Result};
use crate::base::http::Fields;
use crate::base::i18n::Message;
use crate::base::ids::{DecisionId, FeatureId, ProcessId};
use crate::base::text::{clean, seen};
use crate::base::words::words;
use crate::civic::contributions::decisions::{Reason, Ruling};
use crate::civic::contributions::things::Thing;

/// The longest word to an author, flag or appeal, in characters.
pub(super) const WORDS: usize = 1_000;

/// How many passages one act may black out.
const PASSAGES: usize = 20;

/// How many things one act may be about.
const MOST_AT_ONCE: usize = 200;

words! {
    /// The parts of the queue.
    pub(super) Tab {
        /// Public and not looked at yet.
        New = "new",
        /// Held until a moderator looked.
        Waiting = "waiting",
        /// Somebody says that it breaks the charter.
        Flagged = "flagged",
        /// New or waiting, with signals.
        Suspicious = "suspicious",
        /// Not public: hidden or merged.
        Hidden = "hidden",
        /// Hidden, and its author disagrees.
        Appeals = "appeals",
    }
}

/// What a moderator orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Order {
    Publish,
    Hide {
        reason: Reason,
        note: String,
    },
    Ask {
        reason: Option<Reason>,
        note: String,
    },
    Move {
        process: Option<ProcessId>,
        note: String,
    },
    Merge {
        into: FeatureId,
        note: String,
    },
    /// Publish the version that waits.
    Accept {
        revision: i64,
    },
    /// Leave what is public as it is, and say why.
    Refuse {
        revision: i64,
        note: String,
    },
    /// Put back what its author took back.
    Restore,
    /// Black passages out.
    Redact {
        passages: Vec<String>,
        reason: Reason,
        note: String,
    },
}

impl Order {
    pub(super) fn ruling(&self) -> Ruling {
        match self {
            Order::Publish => Ruling::Published,
            Order::Hide { .. } => Ruling::Hidden,
            Order::Ask { .. } => Ruling::Asked,
            Order::Move { .. } => Ruling::Moved,
            Order::Merge { .. } => Ruling::Merged,
            Order::Accept { .. } => Ruling::Revised,
            Order::Refuse { .. } => Ruling::Kept,
            Order::Restore => Ruling::Restored,
            Order::Redact { .. } => Ruling::Redacted,
        }
    }

    pub(super) fn reason(&self) -> Option<Reason> {
        match self {
            Order::Hide { reason, .. } | Order::Redact { reason, .. } => Some(*reason),
            Order::Ask { reason, .. } => *reason,
            _ => None,
        }
    }

    pub(super) fn note(&self) -> &str {
        match self {
            Order::Publish | Order::Accept { .. } | Order::Restore => "",
            Order::Hide { note, .. }
            | Order::Ask { note, .. }
            | Order::Move { note, .. }
            | Order::Merge { note, .. }
            | Order::Refuse { note, .. }
            | Order::Redact { note, .. } => note,
        }
    }

    pub(super) fn target(&self) -> Option<i64> {
        match self {
            Order::Move { process, .. } => process.map(|id| id.0),
            Order::Merge { into, .. } => Some(into.0),
            Order::Accept { revision } | Order::Refuse { revision, .. } => Some(*revision),
            _ => None,
        }
    }
}

/// What a moderator's form, or a resident's, says.
impl Fields {
    /// The things that a form is about, each once.
    ///
    /// # Errors
    /// [`Error::Invalid`] where none is named, or too many.
    pub(super) fn things(&self) -> Result<Vec<Thing>> {
        let mut things: Vec<Thing> = Vec::new();
        for word in self.every("thing") {
            let thing = Thing::of_word(word).ok_or(Error::NotFound)?;
            if !things.contains(&thing) {
                things.push(thing);
            }
        }
        match things.len() {
            0 => Err(Error::invalid("thing", Message::new("moderation-none-chosen"))),
            1..=MOST_AT_ONCE => Ok(things),
            _ => Err(Error::invalid("thing", Message::new("moderation-too-many").with("most", MOST_AT_ONCE))),
        }
    }

    /// The decisions that a form names.
    ///
    /// # Errors
    /// [`Error::NotFound`] where one is no number, or none is named.
    pub(super) fn decisions(&self) -> Result<Vec<DecisionId>> {
        let ids: Option<Vec<DecisionId>> = self.every("decision").map(DecisionId::of_text).collect();
        // What was decided about so many things at once reaches what was merged into them.
        ids.filter(|ids| (1..=10 * MOST_AT_ONCE).contains(&ids.len())).ok_or(Error::NotFound)
    }

    /// A text that may be empty.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn words(&self, name: &str) -> Result<String, Problem> {
        let text = clean(self.get(name));
        match text.chars().count() {
            0..=WORDS => Ok(text),
            length => Err(problem(
                name,
                Message::new("moderation-too-long").with("length", length).with("most", WORDS),
            )),
        }
    }

    /// A text that may not be empty.
    ///
    /// # Errors
    /// What is wrong with it: `empty` says that nothing was written.
    pub(super) fn needed(&self, name: &str, empty: &'static str) -> Result<String, Problem> {
        let text = self.words(name)?;
        if seen(&text) < 3 { Err(problem(name, Message::new(empty))) } else { Ok(text) }
    }

    /// A reason of the charter.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn reason(&self) -> Result<Reason, Problem> {
        Reason::of_word(self.get("reason"))
            .ok_or_else(|| problem("reason", Message::new("moderation-no-reason")))
    }

    /// The version that a moderator read.
    fn revision(&self) -> Result<i64, Problem> {
        let unknown = || problem("revision", Message::new("revision-meanwhile"));
        self.get("revision").parse().map_err(|_no_number| unknown())
    }

    /// The passages that are to be blacked out, a line each, every one once.
    fn passages(&self) -> Result<Vec<String>, Problem> {
        let mut passages: Vec<String> = Vec::new();
        for line in clean(self.get("passages")).lines().map(str::trim).filter(|line| !line.is_empty()) {
            if seen(line) < 2 {
                return Err(problem("passages", Message::new("redaction-too-short").with("passage", line)));
            }
            if !passages.iter().any(|known| known == line) {
                passages.push(line.to_owned());
            }
        }
        match passages.len() {
            0 => Err(problem("passages", Message::new("redaction-no-passage"))),
            1..=PASSAGES => Ok(passages),
            _ => Err(problem("passages", Message::new("moderation-too-many").with("most", PASSAGES))),
        }
    }

    /// What the form orders.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub(super) fn order(&self) -> Result<Order, Vec<Problem>> {
        let note = self.words("note");
        match self.get("act") {
            "publish" => Ok(Order::Publish),
            "accept" => {
                self.revision().map(|revision| Order::Accept { revision }).map_err(|problem| vec![problem])
            }
            "refuse" => {
                let note = self.needed("note", "moderation-refuse-why");
                both(self.revision(), note, |revision, note| Order::Refuse { revision, note })
            }
            "restore" => Ok(Order::Restore),
            "redact" => {
                let said = both(self.reason(), note, |reason, note| (reason, note));
                let (passages, said) = match (self.passages(), said) {
                    (Ok(passages), Ok(said)) => (passages, said),
                    (passages, said) => {
                        let wrong = passages.err().into_iter().chain(said.err().unwrap_or_default());
                        return Err(wrong.collect());
                    }
                };
                Ok(Order::Redact { passages, reason: said.0, note: said.1 })
            }
            "hide" => both(self.reason(), note, |reason, note| Order::Hide { reason, note }),
            "ask" => {
                let note = self.needed("note", "moderation-ask-what");
                let reason = Reason::of_word(self.get("reason"));
                note.map(|note| Order::Ask { reason, note }).map_err(|problem| vec![problem])
            }
            "move" => {
                let unknown = || problem("process", Message::new("moderation-no-process"));
                let process = match self.get("process") {
                    "none" => Ok(None),
                    id => ProcessId::of_text(id).map(Some).ok_or_else(unknown),
                };
                both(process, note, |process, note| Order::Move { process, note })
            }
            "merge" => {
                // People paste the other's address as often as its number.
                let digits = self.get("into").trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                let into = FeatureId::of_text(digits.trim_start_matches("n°").trim_start_matches('#').trim());
                let unknown = || problem("into", Message::new("moderation-no-target"));
                both(into.ok_or_else(unknown), note, |into, note| Order::Merge { into, note })
            }
            _ => Err(vec![problem("act", Message::new("moderation-no-act"))]),
        }
    }
}

fn problem(field: &str, message: Message) -> Problem {
    Problem { field: field.to_owned(), message }
}

/// Both, or all that is wrong.
fn both<A, B, T>(
    a: Result<A, Problem>,
    b: Result<B, Problem>,
    make: impl FnOnce(A, B) -> T,
) -> Result<T, Vec<Problem>> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok(make(a, b)),
        (Err(a), Err(b)) => Err(vec![a, b]),
        (Err(a), Ok(_)) => Err(vec![a]),
        (Ok(_), Err(b)) => Err(vec![b]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Fields {
        Fields::new(fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn an_order_is_read_whole_or_everything_that_is_wrong_is_said() {
        let order = form(&[("act", "hide"), ("reason", "personal"), ("note", " Un nom. ")]).order();
        assert_eq!(order, Ok(Order::Hide { reason: Reason::Personal, note: "Un nom.".into() }));
        let long = "x".repeat(WORDS + 1);
        let wrong = form(&[("act", "hide"), ("reason", "dislike"), ("note", &long)]).order().unwrap_err();
        assert_eq!(wrong.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), ["reason", "note"]);
        assert!(form(&[("act", "ask"), ("note", " ")]).order().is_err(), "asked for nothing");
        assert!(form(&[("act", "burn")]).order().is_err());
    }

    #[test]
    fn the_other_feature_of_a_merge_is_a_number_or_an_address() {
        for text in ["12", "#12", "n° 12", "https://ville.example/features/12", "/features/12/"] {
            let order = form(&[("act", "merge"), ("into", text)]).order().unwrap();
            assert_eq!(order.target(), Some(12), "{text}");
        }
        assert!(form(&[("act", "merge"), ("into", "le banc")]).order().is_err());
    }

    #[test]
    fn things_are_named_once_and_by_number() {
        let things = form(&[("thing", "7"), ("thing", "7-3"), ("thing", "7")]).things().unwrap();
        assert_eq!(things.iter().map(|t| t.word()).collect::<Vec<_>>(), ["7", "7-3"]);
        assert!(form(&[]).things().is_err() && form(&[("thing", "7-x")]).things().is_err());
    }
}
