//! What an argument and a voice must be before they are written. No SQL, no HTTP.

use crate::base::error::{Error, Problem, Result};
use crate::base::i18n::Message;
use crate::base::text::{self, clean};
use crate::core::features::{Kind, Voice};
use serde::Deserialize;

/// The longest argument, in characters.
pub(super) const BODY: usize = 1_000;

/// The shortest argument, in characters: a mark of approval is a vote.
const LEAST: usize = 3;

/// The form of an argument as it was sent, so that what was typed can be shown again.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ArgumentForm {
    /// `for` or `against`.
    pub(super) side: String,
    pub(super) body: String,
}

/// What is wrong with a form that names its side.
pub(super) struct Typed {
    pub(super) side: Voice,
    pub(super) body: String,
    pub(super) problem: Problem,
}

impl ArgumentForm {
    /// The side that it argues for.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown word: no page of ours sends one.
    pub(super) fn side(&self) -> Result<Voice> {
        let unknown = || Message::new("argument-unknown-side").with("value", &self.side);
        let side = Voice::of_word(&self.side).filter(|side| matches!(side, Voice::For | Voice::Against));
        side.ok_or_else(|| Error::invalid("side", unknown()))
    }

    /// The text to be kept, said about a kind of thing.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn body(&self, kind: Kind) -> Result<String, Problem> {
        let body = clean(&self.body);
        let wrong = |message| Problem { field: "body".into(), message };
        match body.chars().count() {
            _ if text::seen(&body) < LEAST => {
                Err(wrong(Message::new("argument-too-short").with("kind", kind.word()).with("least", LEAST)))
            }
            LEAST..=BODY => Ok(body),
            long => Err(wrong(Message::new("argument-too-long").with("length", long).with("most", BODY))),
        }
    }
}

/// The form of a vote as it was sent.
#[derive(Debug, Deserialize)]
pub(super) struct VoteForm {
    /// A voice's word, or `none`.
    #[serde(default)]
    voice: String,
}

impl VoteForm {
    /// The voice, or that none is to be left.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown word.
    pub(super) fn voice(&self) -> Result<Option<Voice>> {
        if self.voice == "none" {
            return Ok(None);
        }
        let unknown = || Message::new("vote-unknown-voice").with("value", &self.voice);
        Voice::of_word(&self.voice).map(Some).ok_or_else(|| Error::invalid("voice", unknown()))
    }
}
