//! The desk at work, so that nobody who plays an agent finds it empty: notes, texts to answer with, who looks after what, a view that a
//! team shares, and a name that moderators blacked out. Its words are in `fixtures/demo/bureau.toml`.
//!
//! What it is not: what the authority answered (`civic.rs`). Invariant: all of it is written by the functions that the pages use.

use super::civic::{person, read};
use super::ideas::Idea;
use crate::base::error::{Error, Result};
use crate::base::ids::{AccountId, FeatureId};
use crate::civic::accounts;
use crate::civic::contributions::decisions::{self, NewDecision, Reason, Ruling};
use crate::civic::contributions::things::Thing;
use crate::civic::work::{assignments, notes, replies};
use crate::core::features::{Status, redactions};
use crate::core::journal::Write;
use crate::core::subject::Subject;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Work {
    reply: Vec<ReplyText>,
    note: Vec<NoteText>,
    assigned: Vec<Share>,
    view: ViewText,
    redaction: RedactionText,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplyText {
    name: String,
    body: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteText {
    by: String,
    body: String,
}

/// How many contributions somebody looks after.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Share {
    to: String,
    count: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ViewText {
    by: String,
    name: String,
    room: String,
    query: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RedactionText {
    by: String,
    passage: String,
    note: String,
}

/// Writes all of it.
///
/// # Errors
/// Where the fixture is not as this file expects, or the database refuses.
pub(super) async fn write(write: &mut Write, ids: &[FeatureId], ideas: &[Idea]) -> Result<()> {
    let work: Work = read(include_str!("../../../fixtures/demo/bureau.toml"))?;
    let view = &work.view;
    let by = account(write, &view.by).await?;
    for reply in work.reply {
        let new = replies::NewReply { name: reply.name, body: reply.body, lang: "fr".into() };
        replies::insert(write, &new, by).await?;
    }
    let pressing = pressing(ids, ideas);
    let mut free = pressing.iter();
    for share in &work.assigned {
        let to = account(write, &share.to).await?;
        for id in free.by_ref().take(share.count) {
            assignments::assign(write, Subject::feature(*id), Some(to), by).await?;
        }
    }
    for (note, id) in work.note.iter().zip(&pressing) {
        let by = account(write, &note.by).await?;
        notes::insert(write, Subject::feature(*id), &note.body, by).await?;
    }
    accounts::keep_view(write.tx(), by, (&view.room, &view.query), (&view.name, true)).await?;
    redact(write, ids, ideas, &work.redaction).await
}

async fn account(write: &mut Write, email: &str) -> Result<AccountId> {
    Ok(person(write, email, None).await?.id)
}

/// What nobody answered yet, the most supported first.
fn pressing(ids: &[FeatureId], ideas: &[Idea]) -> Vec<FeatureId> {
    let mut open: Vec<_> = ids.iter().zip(ideas).filter(|(_, idea)| idea.status == Status::OPEN).collect();
    open.sort_by_key(|(id, idea)| (std::cmp::Reverse(idea.voices.len()), id.0));
    open.into_iter().map(|(id, _)| *id).collect()
}

async fn redact(write: &mut Write, ids: &[FeatureId], ideas: &[Idea], text: &RedactionText) -> Result<()> {
    let says = |(_, idea): &(&FeatureId, &Idea)| redactions::says(&idea.body, &text.passage);
    let (id, _) = ids.iter().zip(ideas).find(says).ok_or_else(|| {
        Error::Internal(format!("demo: no idea says the passage to black out: {}", text.passage))
    })?;
    let by = account(write, &text.by).await?;
    let (thing, note, reason) = (Thing::feature(*id), text.note.clone(), Some(Reason::Personal));
    let new = NewDecision { thing, kind: Ruling::Redacted, reason, note, target: None, by };
    let decision = decisions::insert(write, &new).await?;
    redactions::begin(write, Subject::feature(*id), decision.0, std::slice::from_ref(&text.passage)).await
}
