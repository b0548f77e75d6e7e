//! What a moderator's form saw of a thing, and whether that still is how it is. Pure.
//!
//! Invariant: a decision names the state that it was taken about; where that is another by now, nothing is decided.

use super::store::Item;
use crate::base::http::Fields;
use crate::base::i18n::{Lang, Message};
use crate::civic::contributions::things::Thing;
use crate::core::features::Hold;
use sha2::{Digest, Sha256};

/// The state of a thing: public or why not, the last decision about it, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    held: Option<Hold>,
    last: i64,
    says: String,
}

impl State {
    pub(super) fn of(item: &Item) -> State {
        let parts = [
            item.title.clone(),
            item.body.clone(),
            item.process_id.map_or_else(String::new, |id| id.to_string()),
            item.merged_into.map_or_else(String::new, |id| id.to_string()),
            item.photos.clone(),
            if item.waits { "waits".to_owned() } else { String::new() },
        ];
        let digest = Sha256::digest(parts.join("\u{0}").as_bytes());
        State {
            held: item.held,
            last: item.last.map_or(0, |id| id.0),
            says: digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    /// The text that a form carries.
    pub(super) fn token(&self, thing: Thing) -> String {
        let held = self.held.map_or("public", Hold::word);
        format!("{}~{held}~{}~{}", thing.word(), self.last, self.says)
    }

    /// What a form says that it saw of a thing; nothing where it says nothing that can be read.
    pub(super) fn seen(sent: &Fields, thing: Thing) -> Option<State> {
        let word = thing.word();
        sent.every("seen").find_map(|token| {
            let mut parts = token.split('~');
            let (of, held) = (parts.next()?, parts.next()?);
            let (last, says) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
            let held = if held == "public" { None } else { Some(Hold::of_word(held)?) };
            (of == word).then_some(State { held, last, says })
        })
    }

    /// In words.
    fn said(&self, lang: Lang) -> String {
        lang.text(&self.held.map_or_else(|| "held-not".to_owned(), |held| format!("held-{}", held.word())))
    }
}

/// A thing that a form's decision does not go through for, and why.
#[derive(Debug, Clone)]
pub(super) struct Stopped {
    pub(super) thing: Thing,
    /// As the form saw it, where it was seen otherwise than it is.
    pub(super) was: Option<State>,
    /// As it is; nothing where it is gone.
    pub(super) now: Option<State>,
    /// Why, where it is not only that it changed.
    pub(super) why: Option<Message>,
}

impl Stopped {
    /// What it was, what it is now, and why nothing was decided: a sentence each.
    pub(super) fn said(&self, lang: &Lang) -> Vec<String> {
        let mut said = Vec::new();
        if let (Some(was), Some(now)) = (&self.was, &self.now) {
            let states =
                Message::new("changed-was-now").with("was", was.said(*lang)).with("now", now.said(*lang));
            said.push(lang.say(&states));
            if was.last != now.last {
                said.push(lang.text("changed-decided"));
            }
            if was.says != now.says {
                said.push(lang.text("changed-text"));
            }
        }
        said.extend(self.why.iter().map(|why| lang.say(why)));
        said
    }
}
