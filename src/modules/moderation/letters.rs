//! The letters of moderation: to the author of what was decided about, and to those who follow it, each in their
//! language. What it is not: the sending (`mail`).
//!
//! Invariant: only the author's own letter names the reason and the word to them; nobody's letter holds a hidden text, nor the title
//! of what is not public when it leaves (`mail::NAME`).

use super::store::Item;
use crate::base::error::Result;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{AccountId, DecisionId, FeatureId};
use crate::base::mail::{self, Letter};
use crate::civic::accounts;
use crate::civic::contributions::appeals::Outcome;
use crate::civic::contributions::decisions::{Reason, Ruling};
use crate::civic::contributions::things::Thing;
use crate::civic::contributions::{followers, follows};
use crate::core::app::App;
use crate::core::journal::Write;

/// What a letter tells of.
#[derive(Debug, Clone)]
pub(super) struct News<'a> {
    /// The address of this site, without a final `/`.
    pub(super) base: &'a str,
    /// What it is about, as it was before.
    pub(super) item: &'a Item,
    /// The key of what is said to the author.
    pub(super) author: Option<&'static str>,
    /// The key of what is said to followers.
    pub(super) followers: Option<&'static str>,
    pub(super) reason: Option<Reason>,
    pub(super) note: &'a str,
    /// How many voices are kept and not counted from now on.
    pub(super) apart: i64,
    /// Who knows already: they did it.
    pub(super) by: Option<AccountId>,
    /// The decision, where it may be taken back.
    pub(super) decision: Option<DecisionId>,
    /// Addresses that were told nothing of what was taken back, and so are told nothing of that.
    pub(super) untold: &'a [String],
}

/// What a decision's letters are called back by.
fn cause(decision: DecisionId) -> String {
    format!("decision:{decision}")
}

/// Takes back the letters of a decision that have not left. Gives to whom they would have gone.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn call_back(write: &mut Write, decision: DecisionId) -> Result<Vec<String>> {
    mail::call_back(write.tx(), &cause(decision)).await
}

/// What is said of a decision to the author and to followers of a thing that was public before, or was not.
pub(super) fn keys(
    kind: Ruling,
    thing: Thing,
    was_public: bool,
) -> (Option<&'static str>, Option<&'static str>) {
    let is_photo = thing.photo_id().is_some();
    match (kind, was_public) {
        (Ruling::Hidden, _) if is_photo => (Some("letter-photo-hidden"), None),
        (Ruling::Published, false) if is_photo => (Some("letter-photo-restored"), None),
        // Looked at and fine: no news.
        (Ruling::Published, true) => (None, None),
        (Ruling::Published, false) => (Some("letter-published"), Some("letter-follow-published")),
        (Ruling::Hidden, true) => (Some("letter-hidden"), Some("letter-follow-hidden")),
        (Ruling::Hidden, false) => (Some("letter-hidden"), None),
        (Ruling::Asked, _) => (Some("letter-asked"), None),
        (Ruling::Redacted, _) => (Some("letter-redacted"), None),
        (Ruling::Moved, _) => (Some("letter-moved"), Some("letter-follow-moved")),
        (Ruling::Merged, _) => (Some("letter-merged"), Some("letter-follow-merged")),
        (Ruling::Revised, _) => (Some("letter-revised"), Some("letter-follow-changed")),
        (Ruling::Kept, _) => (Some("letter-kept"), None),
        (Ruling::Restored, _) => (Some("letter-restored"), Some("letter-follow-published")),
        (Ruling::Undone, _) => (Some("letter-undone"), Some("letter-follow-undone")),
    }
}

/// What is said of the outcome of an appeal against a decision.
pub(super) fn of_outcome(outcome: Outcome, against: Ruling) -> &'static str {
    match (outcome, against) {
        (Outcome::Granted, Ruling::Redacted) => "letter-appeal-passage-granted",
        (Outcome::Granted, _) => "letter-appeal-granted",
        (Outcome::Refused, _) => "letter-appeal-refused",
    }
}

/// Puts the letters of one piece of news into the outbox.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn post(app: &App, write: &mut Write, news: &News<'_>) -> Result<()> {
    let (item, at) = (news.item, write.at());
    let author = match item.author {
        Some(voice) => accounts::store::of_voice(write.tx(), voice).await?,
        None => None,
    };
    let author_id = author.as_ref().map(|account| account.id);
    let author_email = author.as_ref().and_then(|account| account.email.clone());
    let cause = news.decision.map(cause);
    let is_told = |email: &String| !news.untold.contains(email);
    // An appeal is answered, whatever was said of what it is about.
    let is_answer = news.decision.is_none();
    let author = author.and_then(|account| Some((account.lang, account.email?)));
    let author = author.filter(|(_, email)| is_answer || is_told(email));
    if let (Some(key), Some(author)) = (news.author, author) {
        let letter = to_author(app, news, key, author);
        mail::post_about(write.tx(), &letter, about(item), cause.as_deref(), at).await?;
    }
    // Arguments and photos have no followers: only their author is told.
    let (Some(key), true, Some(feature)) = (news.followers, item.thing().is_feature(), item.feature_id)
    else {
        return Ok(());
    };
    let mut told = Vec::new();
    for (account, email, lang) in follows::readers(write.tx(), feature).await? {
        if Some(account) != author_id && Some(account) != news.by && is_told(&email) {
            let key = app.key_to(&follows::stop_key(feature, account));
            let stop = format!("{}/features/{feature}/unfollow?account={account}&key={key}", news.base);
            told.push((lang, email, stop));
        }
    }
    for (follower, email, lang) in followers::of_feature(write.tx(), feature).await? {
        // Its author, and who has an account, are told once.
        let is_known =
            author_email.as_ref() == Some(&email) || told.iter().any(|(_, known, _)| *known == email);
        if !is_known && is_told(&email) {
            let stop = followers::link(app, news.base, follower, &email);
            told.push((lang, email, stop));
        }
    }
    for told in told {
        let letter = to_follower(app, news, key, feature, told);
        mail::post_about(write.tx(), &letter, about(item), cause.as_deref(), at).await?;
    }
    Ok(())
}

/// What a letter is about, whose name is put in when it leaves: a contribution, or what stands on none.
fn about(item: &Item) -> (&'static str, i64) {
    let subject = item.thing().subject;
    item.feature_id.map_or((subject.kind, subject.id), |feature| ("feature", feature.0))
}

fn to_author(app: &App, news: &News<'_>, key: &'static str, (lang, to): (Lang, String)) -> Letter {
    let title = Message::new("letter-subject").with("title", mail::NAME);
    let mut body = lang.say(&Message::new(key).with("title", mail::NAME));
    if let Some(reason) = news.reason {
        let reason = lang.text(&super::views::reason_key(reason));
        body.push_str("\n\n");
        body.push_str(&lang.say(&Message::new("letter-reason").with("reason", reason)));
    }
    if !news.note.is_empty() {
        body.push_str("\n\n");
        body.push_str(&lang.say(&Message::new("letter-note").with("note", news.note)));
    }
    if news.apart > 0 {
        body.push_str("\n\n");
        body.push_str(&lang.count("letter-apart", news.apart));
    }
    let page = match news.item.feature_id {
        Some(feature) => format!("{}/features/{feature}", news.base),
        None => format!("{}{}", news.base, news.item.thing().path(None)),
    };
    let end = Message::new("letter-end").with("page", page).with("charter", format!("{}/charter", news.base));
    body.push_str("\n\n");
    body.push_str(&lang.say(&end.with("site", app.name())));
    Letter { to, subject: lang.say(&title), body }
}

fn to_follower(
    app: &App,
    news: &News<'_>,
    key: &'static str,
    feature: FeatureId,
    (lang, to, stop): (Lang, String, String),
) -> Letter {
    let title = Message::new("letter-follow-subject").with("title", mail::NAME);
    let said = lang.say(&Message::new(key).with("title", mail::NAME));
    let page = format!("{}/features/{feature}", news.base);
    let end = Message::new("letter-follow-end").with("page", page).with("stop", stop);
    let end = lang.say(&end.with("site", app.name()));
    Letter { to, subject: lang.say(&title), body: format!("{said}\n\n{end}") }
}
