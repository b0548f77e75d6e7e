//! What an agent's form saw of a contribution (its last answer, its status), and whether that still is how it is.
//!
//! Invariant: who answers, or changes a status, does so knowing the answer and the status that stand; else nothing is written, and
//! they are shown both.

use crate::base::error::{Error, Result};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::FeatureId;
use crate::base::prose;
use crate::civic::contributions::answers::{self, Answer};
use crate::civic::contributions::decisions;
use crate::civic::contributions::things::Thing;
use crate::core::features::{self, Card, Status};
use crate::core::journal::Write;

/// The last answer's number, `0` for none, and the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    answer: i64,
    status: Status,
}

impl Seen {
    pub(super) fn new(last: Option<&Answer>, status: Status) -> Seen {
        Seen { answer: last.map_or(0, |answer| answer.id.0), status }
    }

    /// What a form's tokens (`answers::seen`) say of a contribution; nothing where they say nothing that can be read.
    pub(super) fn of(tokens: &[String], id: FeatureId) -> Option<Seen> {
        tokens.iter().find_map(|token| {
            let mut parts = token.split('~');
            let of = FeatureId::of_text(parts.next()?)?;
            let (answer, status) = (parts.next()?.parse().ok()?, Status::of_word(parts.next()?)?);
            (of == id).then_some(Seen { answer, status })
        })
    }
}

/// A contribution that stops an act, and why, a sentence each.
#[derive(Debug, Clone)]
pub(super) struct Stopped {
    pub(super) id: FeatureId,
    /// Nothing where it is not public any more.
    pub(super) title: Option<String>,
    pub(super) said: Vec<String>,
}

/// A contribution as it stands, held until the write ends; or what stops an act about it that saw something else.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn standing(
    write: &mut Write,
    id: FeatureId,
    tokens: &[String],
    lang: Lang,
) -> Result<Result<Card, Stopped>> {
    let gone = || Stopped { id, title: None, said: vec![lang.text("answer-gone")] };
    match decisions::lock(write, Thing::feature(id)).await {
        Err(Error::NotFound) => return Ok(Err(gone())),
        locked => locked?,
    }
    let card = match features::store::find(write.tx(), id).await {
        Err(Error::NotFound) => return Ok(Err(gone())),
        card => card?,
    };
    let Some(was) = Seen::of(tokens, id) else { return Ok(Ok(card)) };
    let versions = answers::of(write.tx(), id).await?;
    let now = Seen::new(versions.first(), card.status);
    if was == now {
        return Ok(Ok(card));
    }
    let mut said = Vec::new();
    if was.answer != now.answer {
        let then = versions.iter().find(|answer| answer.id.0 == was.answer);
        said.push(lang.say(&Message::new("answer-was").with("answer", in_words(then, lang))));
        said.push(lang.say(&Message::new("answer-is").with("answer", in_words(versions.first(), lang))));
    }
    if was.status != now.status {
        let (before, after) = (was.status.said(lang, card.kind), now.status.said(lang, card.kind));
        said.push(lang.say(&Message::new("answer-status-was").with("before", before).with("after", after)));
    }
    Ok(Err(Stopped { id, title: Some(card.title), said }))
}

fn in_words(answer: Option<&Answer>, lang: Lang) -> String {
    let Some(answer) = answer else { return lang.text("answer-was-none") };
    let verdict = lang.text(&format!("verdict-{}", answer.verdict.word()));
    let (day, text) = (lang.day(answer.answered_at), prose::excerpt(&answer.body, 300));
    format!("{verdict} – {text} ({}, {day})", answer.authority)
}

/// The token of each of these contributions as they are.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn tokens(db: &crate::base::db::Db, cards: &[Card]) -> Result<Vec<String>> {
    let ids: Vec<i64> = cards.iter().map(|card| card.id.0).collect();
    let standing = answers::standing(db, &ids).await?;
    let token = |card: &Card| answers::seen(card.id, standing.get(&card.id), card.status);
    Ok(cards.iter().map(token).collect())
}
