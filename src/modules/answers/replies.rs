//! Texts to answer with, in the forms of answers: chosen, put into what was typed, and filled in for each contribution.
//!
//! What it is not: the desk of these texts (`work`). Invariant: what is published is filled in as it was shown.

use super::model::{BODY, Form};
use crate::base::error::{Error, Problem, Result};
use crate::base::i18n::Message;
use crate::base::prose;
use crate::civic::contributions::answers::NewAnswer;
use crate::civic::work::replies::{self, PLACES};
use crate::core::app::App;
use crate::core::features::Card;

/// Of how many contributions the answer is shown before it is published.
const PREVIEWS: usize = 5;

/// A text to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) id: i64,
    pub(super) name: String,
    /// The text as it goes into the form by a script; nothing where the form must come back to show what becomes of it.
    pub(super) text: Option<String>,
}

/// What a contribution's process is called; the site's name where it has none.
fn process(app: &App, card: &Card) -> String {
    let world = app.atlas.world();
    let known = world.processes().iter().find(|known| Some(&known.slug) == card.process.as_ref());
    known.map_or_else(|| app.name(), |process| process.title.clone())
}

/// The texts, filled in for one contribution.
pub(super) async fn of(app: &App, card: &Card) -> Result<Vec<Choice>> {
    let process = process(app, card);
    let choice = |reply: replies::Reply| Choice {
        text: Some(replies::filled(&reply.body, card, &process)),
        id: reply.id,
        name: reply.name,
    };
    Ok(replies::all(&app.db).await?.into_iter().map(choice).collect())
}

/// The texts, for many contributions.
pub(super) async fn plain(app: &App) -> Result<Vec<Choice>> {
    let choice = |reply: replies::Reply| Choice { id: reply.id, name: reply.name, text: None };
    Ok(replies::all(&app.db).await?.into_iter().map(choice).collect())
}

/// Puts the chosen text behind what was typed: filled in for one contribution, or with its places for many. Gives what is wrong.
pub(super) async fn insert(app: &App, form: &mut Form, card: Option<&Card>) -> Result<Vec<Problem>> {
    let wrong = |message| vec![Problem { field: "reply".into(), message }];
    let found = match form.reply.parse() {
        Ok(id) => replies::find(&app.db, id).await,
        Err(_) => Err(Error::NotFound),
    };
    let reply = match found {
        Err(Error::NotFound) => return Ok(wrong(Message::new("answer-reply-none-chosen"))),
        found => found?,
    };
    let text = match card {
        Some(card) => replies::filled(&reply.body, card, &process(app, card)),
        None => reply.body,
    };
    let typed = form.body.trim_end();
    form.body = if typed.is_empty() { text } else { format!("{typed}\n\n{text}") };
    Ok(Vec::new())
}

/// An answer as it is published for one contribution.
///
/// # Errors
/// Where it is too long with what is filled in.
pub(super) fn filled(app: &App, card: &Card, new: &NewAnswer) -> Result<NewAnswer> {
    let body = replies::filled(&new.body, card, &process(app, card));
    if body.chars().count() > BODY {
        let message = Message::new("answer-too-long-filled").with("title", &card.title).with("most", BODY);
        return Err(Error::invalid("body", message));
    }
    Ok(NewAnswer { body, ..new.clone() })
}

/// Of the first contributions that are checked: the title, and the answer as it would be published, as HTML. None where nothing in it
/// is filled in.
pub(super) fn previews(app: &App, cards: &[Card], form: &Form) -> Vec<(String, String)> {
    if !PLACES.iter().any(|place| form.body.contains(place)) {
        return Vec::new();
    }
    let checked = cards.iter().filter(|card| form.features.contains(&card.id)).take(PREVIEWS);
    let shown = |card: &Card| {
        let said = replies::filled(&form.body, card, &process(app, card));
        (card.title.clone(), prose::html(&said))
    };
    checked.map(shown).collect()
}
