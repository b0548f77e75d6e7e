//! The letters about a report: at its reception, at each change, at its end; and to a service, that one arrived.
//!
//! What it is not: following, and who reads (`civic/contributions/telling`).

use super::catalogue::Catalogue;
use super::form::By;
use super::model::{EndReason, Report};
use super::store;
use crate::base::error::{Error, Result};
use crate::base::http::Reader;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{AccountId, FeatureId};
use crate::base::mail::{self, Letter};
use crate::civic::accounts::Actor;
use crate::civic::contributions::telling::tell;
use crate::civic::processes::local_time;
use crate::core::app::App;
use crate::core::features::{Kind, Status};
use crate::core::journal::Write;

/// What the link in a letter about an end is a key to: to say whether it is repaired, and to open the report again.
pub(super) fn after_key(id: FeatureId) -> String {
    format!("report {id} after")
}

/// Tells who sent a report, where they have an account with an address, whose it is now and by when; and tells the service.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn received(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    write: &mut Write,
    id: FeatureId,
) -> Result<()> {
    let report = store::find(write.tx(), id).await?.ok_or(Error::NotFound)?;
    if let Some(to) = actor.account.as_ref().and_then(|account| account.email.clone()) {
        let lang = reader.lang;
        let said = Message::new("report-letter-received")
            .with("title", mail::NAME)
            .with("number", id.0)
            .with("whom", whom(app, &report, lang).await?)
            .with("page", format!("{}/features/{id}", app.config.letters_base()))
            .with("site", app.name());
        let subject = Message::new("report-letter-received-subject").with("title", mail::NAME);
        let letter = Letter { to, subject: lang.say(&subject), body: lang.say(&said) };
        let at = write.at();
        mail::post_about(write.tx(), &letter, ("feature", id.0), None, at).await?;
    }
    to_service(app, write, &report).await
}

/// Tells a service of ours that a report is its now, where it has an address. An authority outside is written to when a report is handed
/// over (`handover`).
///
/// # Errors
/// Where the database refuses.
pub(super) async fn to_service(app: &App, write: &mut Write, report: &Report) -> Result<()> {
    given(app, write, report, None).await
}

/// The same, where a `cause` may take it back: the letter waits for it.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn given(app: &App, write: &mut Write, report: &Report, cause: Option<&str>) -> Result<()> {
    let catalogue = Catalogue::of(app).await?;
    let service = report.service.and_then(|id| catalogue.service(id));
    let Some(service) = service.filter(|service| !service.is_outside && !service.email.is_empty()) else {
        return Ok(());
    };
    let lang = Lang::Fr;
    let due = report
        .due_at
        .map(|due| local_time::said_until(lang, due))
        .unwrap_or_else(|| lang.text("report-no-due"));
    let said = Message::new("report-letter-service")
        .with("title", mail::NAME)
        .with("number", report.id.0)
        .with("service", service.name.as_str())
        .with("due", due)
        .with("page", format!("{}/admin/reports/{}", app.config.letters_base(), report.id))
        .with("site", app.name());
    let subject = Message::new("report-letter-service-subject").with("title", mail::NAME);
    let letter = Letter { to: service.email.clone(), subject: lang.say(&subject), body: lang.say(&said) };
    let at = write.at();
    mail::post_about(write.tx(), &letter, ("feature", report.id.0), cause, at).await
}

async fn whom(app: &App, report: &Report, lang: Lang) -> Result<String> {
    let catalogue = Catalogue::of(app).await?;
    let service = report.service.and_then(|id| catalogue.service(id));
    let said = match (service, report.target) {
        (None, _) => Message::new("report-goes-nowhere"),
        (Some(service), None) => Message::new("report-goes-to").with("service", service.name(lang)),
        (Some(service), Some(target)) => Message::new("report-goes-to-by")
            .with("service", service.name(lang))
            .with("target", By(target).said(lang)),
    };
    Ok(lang.say(&said))
}

/// What happened to a report, for a letter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change<'a> {
    pub(super) status: Status,
    pub(super) reason: Option<EndReason>,
    /// What was said with it in public.
    pub(super) note: &'a str,
    /// What takes it back, where that can be: the letter waits for it ([`mail::UNDO`]).
    pub(super) cause: Option<&'a str>,
    pub(super) by: Option<AccountId>,
}

/// Tells who sent a report and who follows it that its status is another; at its end how to say that it is not repaired.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn changed(app: &App, write: &mut Write, id: FeatureId, change: Change<'_>) -> Result<()> {
    let Change { status, reason, note, cause, by } = change;
    let is_end = status == Status::DONE || status == Status::CLOSED;
    let page = format!("{}/features/{id}", app.config.letters_base());
    let say = |lang: Lang| {
        let why = reason.map(|reason| lang.text(&reason_key(reason))).unwrap_or_default();
        let mut said = lang.say(
            &Message::new("report-letter-changed")
                .with("title", mail::NAME)
                .with("status", status.said(lang, Kind::REPORT)),
        );
        for more in [why.as_str(), note].into_iter().filter(|more| !more.is_empty()) {
            said.push_str("\n\n");
            said.push_str(more);
        }
        if is_end {
            said.push_str("\n\n");
            said.push_str(&lang.say(&Message::new("report-letter-ended").with("page", page.as_str())));
        }
        let subject = Message::new("report-letter-changed-subject").with("title", mail::NAME);
        (lang.say(&subject), said)
    };
    tell(app, write, (id, cause), by, say).await?;
    if is_end { ask(app, write, id, cause).await } else { Ok(()) }
}

/// Asks who sent it, once, whether it is repaired: with a link that is theirs alone.
async fn ask(app: &App, write: &mut Write, id: FeatureId, cause: Option<&str>) -> Result<()> {
    let Some((to, lang)) = store::author(write.tx(), id).await? else { return Ok(()) };
    if !store::ask_once(write, id).await? {
        return Ok(());
    }
    let key = app.key_to(&after_key(id));
    let link = format!("{}/reports/{id}/after?key={key}", app.config.letters_base());
    let said = Message::new("report-letter-ask").with("title", mail::NAME).with("link", link);
    let subject = Message::new("report-letter-ask-subject").with("title", mail::NAME);
    let letter = Letter { to, subject: lang.say(&subject), body: lang.say(&said) };
    let at = write.at();
    mail::post_about(write.tx(), &letter, ("feature", id.0), cause, at).await
}

/// The key of why a report ended without a repair.
pub(super) fn reason_key(reason: EndReason) -> String {
    format!("report-reason-{}", reason.word().replace('_', "-"))
}
