//! What people said, kept beside the register under a salted digest: provable while it is kept, gone when it is erased.
//!
//! What it is not: the content itself (each room says what it deposits, as one JSON object), nor the current rows, which a
//! later deposit of the same thing describes.

use super::seal::{self, Hash};
use super::{Act, Line};
use crate::base::clock::Timestamp;
use crate::base::ids::FeatureId;
use crate::core::subject::Subject;
use rand::Rng as _;

/// What was said, to be deposited.
#[derive(Debug, Clone)]
pub struct Said {
    /// What says it: with that it is erased.
    pub of: Subject,
    /// The feature that its line names, where it stands on one.
    pub feature: Option<FeatureId>,
    /// What else its line names: an argument's number, `photos`…; `kind:id` where it names no feature.
    pub subject: Option<String>,
    /// How it reached us; where the write itself did, if it is not said.
    pub channel: Option<&'static str>,
    /// A JSON object, as it will be hashed and kept.
    pub content: String,
}

/// A row of the table `deposit`.
pub(super) struct DepositRow {
    pub(super) of: Subject,
    pub(super) digest: Hash,
    pub(super) salt: [u8; 16],
    pub(super) content: String,
}

/// Rows and lines of what was said, each with a salt of its own.
pub(super) fn salted(act: Act, said: Vec<Said>) -> (Vec<DepositRow>, Vec<Line>) {
    let mut chance = rand::rng();
    let each = said.into_iter().map(|Said { of, feature, subject, channel, content }| {
        let mut salt = [0u8; 16];
        chance.fill_bytes(&mut salt);
        let digest = seal::digest(&salt, &content);
        let line = Line { act, feature, subject, channel, content: Some(digest) };
        (DepositRow { of, digest, salt, content }, line)
    });
    each.unzip()
}

/// A line of the register, with what was deposited under it while that is kept.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Receipt {
    /// In the register.
    pub number: i64,
    /// In the journal.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub act: Act,
    /// To which feature.
    pub feature_id: Option<FeatureId>,
    /// To what else.
    pub subject: Option<String>,
    /// How it reached us.
    pub channel: Option<String>,
    /// The salted digest of what was said.
    pub content: Option<Vec<u8>>,
    /// The chain at this line: the receipt's fingerprint.
    pub chain: Vec<u8>,
    /// The salt; gone with the content.
    pub salt: Option<Vec<u8>>,
    /// What was said, as it was hashed.
    pub said: Option<String>,
}

/// What the link to a receipt is a key to (see [`crate::core::app::App::key_to`]).
pub fn receipt_key(number: i64) -> String {
    format!("receipt {number}")
}
