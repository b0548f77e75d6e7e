//! The letter that tells an account's owner that a passkey was added or removed: what a thief would do first. It says neither the
//! passkey's name, which whoever did it has typed, nor anything that opens the account.

use crate::base::clock::Timestamp;
use crate::base::error::Result;
use crate::base::http::Reader;
use crate::base::i18n::{Lang, Message};
use crate::base::mail::{self, Letter};
use crate::civic::accounts::Actor;
use crate::core::app::App;
use crate::core::journal::Write;

/// What was done.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change {
    Added,
    Removed,
}

/// Puts the letter into the outbox, in the language of whoever did it. Does nothing for an account without an address.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn post(
    app: &App,
    write: &mut Write,
    reader: &Reader,
    actor: &Actor,
    change: Change,
) -> Result<()> {
    let Some(to) = actor.account.as_ref().and_then(|account| account.email.clone()) else { return Ok(()) };
    // As the list of devices names it, so that it is found there and signed out.
    let browser = actor.session.as_ref().map_or("?", |session| session.browser.as_str());
    let at = write.at();
    let page = format!("{}/account", app.config.letters_base());
    let letter = letter(reader.lang, &app.name(), to, change, (browser, at), &page);
    mail::post(write.tx(), &letter, at).await
}

/// Puts the letter into the outbox that says that the operator has forgotten an account's passkeys: in the language in which its owner
/// signed in last, because nobody reads a page here.
///
/// # Errors
/// Where the database refuses.
pub async fn tell_forgotten_passkeys(
    write: &mut Write,
    site: &str,
    (lang, to): (Lang, String),
) -> Result<()> {
    let said = |key| lang.say(&Message::new(key).with("site", site));
    let letter = Letter {
        to,
        subject: said("letter-passkeys-forgotten-subject"),
        body: said("letter-passkeys-forgotten"),
    };
    let at = write.at();
    mail::post(write.tx(), &letter, at).await
}

fn letter(
    lang: Lang,
    site: &str,
    to: String,
    change: Change,
    (browser, at): (&str, Timestamp),
    page: &str,
) -> Letter {
    let (subject, body) = match change {
        Change::Added => ("letter-passkey-added-subject", "letter-passkey-added"),
        Change::Removed => ("letter-passkey-removed-subject", "letter-passkey-removed"),
    };
    let body = Message::new(body)
        .with("site", site)
        .with("day", lang.day(at))
        .with("zone", lang.zone())
        .with("time", at.with_timezone(&crate::base::clock::zone()).format("%H:%M"))
        .with("browser", browser)
        .with("page", page);
    Letter { to, subject: lang.say(&Message::new(subject).with("site", site)), body: lang.say(&body) }
}
