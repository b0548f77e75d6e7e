//! The receipt of a deposit as a letter, to who has an account with an address: the number and fingerprint that their line was
//! given, and the link to the whole receipt.

use super::Actor;
use crate::base::http::Reader;
use crate::base::i18n::{Lang, Message};
use crate::base::mail::Letter;
use crate::core::app::App;
use crate::core::journal::{Given, Write, receipt_key, seal};

/// The address of a receipt, that only who was given it can make.
pub fn receipt_link(app: &App, base: &str, number: i64) -> String {
    format!("{base}/receipts/{number}?key={}", app.key_to(&receipt_key(number)))
}

/// Has a letter written, in this transaction, about the first line that it records after this call: to be called just before
/// something is deposited. Does nothing for a visitor, or an account without an address.
pub fn promise_receipt(app: &App, reader: &Reader, actor: &Actor, write: &mut Write) {
    let address = actor.account.as_ref().and_then(|account| account.email.clone());
    let Some(to) = address else { return };
    let (app, base, lang) = (app.clone(), app.config.letters_base(), reader.lang);
    let (line, at) = (write.recorded(), write.at());
    write.then_post(move |given| {
        let letter = |given: &Given| letter(&app, lang, &base, &to, given, at);
        given.get(line).and_then(Option::as_ref).map(letter).into_iter().collect()
    });
}

fn letter(
    app: &App,
    lang: Lang,
    base: &str,
    to: &str,
    (number, chain): &Given,
    at: crate::base::clock::Timestamp,
) -> Letter {
    let site = &app.name();
    let body = Message::new("receipt-letter")
        .with("site", site)
        .with("number", number)
        .with("zone", lang.zone())
        .with("time", at.with_timezone(&crate::base::clock::zone()).format("%d/%m/%Y %H:%M:%S"))
        .with("print", seal::hex(chain))
        .with("link", receipt_link(app, base, *number))
        .with("verify", format!("{base}/verify"));
    let subject = Message::new("receipt-letter-subject").with("site", site).with("number", number);
    Letter { to: to.to_owned(), subject: lang.say(&subject), body: lang.say(&body) }
}
