//! Handing a report over to an authority outside: by letter or to its Open311 door, with its number there, what it says since, and the way back.
//!
//! What it is not: whose it is by the rules (`routing`). Invariants: what leaves is what everybody reads, and who hands it over was shown it
//! before; nothing of who reported it leaves; a sending that was not committed is not sent, and one that is sent again is known again by its
//! number; an end there is never taken for a repair unless it is said to be one.

mod client;
mod news;
mod routes;
mod sending;
mod store;
#[cfg(test)]
mod tests;
mod views;

use super::catalogue::Catalogue;
use super::model::{PauseReason, Report, Service, ServiceId, Told};
use super::store::{self as reports, NewUpdate};
use super::treating::{self, Said};
use super::{HANDED_OVER, RETURNED};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::mail;
use crate::base::words::words;
use crate::core::app::App;
use crate::core::journal::Write;
pub(super) use routes::routes;
pub(super) use sending::JOB;

words! {
    /// How it is handed over.
    pub(super) Way {
        /// By a letter.
        Letter = "letter",
        /// To its Open311 door.
        Open311 = "open311",
    }

    /// How far the sending is.
    pub(super) State {
        /// It will be tried.
        Waiting = "waiting",
        /// It left.
        Sent = "sent",
        /// It was refused, or tried too often.
        Failed = "failed",
    }
}

/// How a service takes what is handed to it; nothing where it has neither a door nor an address.
pub(super) fn way(service: &Service) -> Option<Way> {
    let has_door = service.open311_url.as_ref().is_some_and(|url| !url.is_empty());
    match (has_door, service.email.is_empty()) {
        (true, _) => Some(Way::Open311),
        (false, false) => Some(Way::Letter),
        (false, true) => None,
    }
}

/// To whom, and as what.
#[derive(Debug, Clone, Copy)]
pub(super) struct To<'a> {
    pub(super) service: ServiceId,
    /// Their code for it, or empty.
    pub(super) code: &'a str,
}

fn conflict(key: &'static str) -> Error {
    Error::Conflict(Message::new(key))
}

/// Hands a report over: it is that authority's, its clock here stands still, and what is sent waits to be sent.
///
/// # Errors
/// [`Error::Conflict`] where it ended, is not public, is there already, or that authority has no way to take it.
pub(super) async fn hand_over(
    app: &App,
    write: &mut Write,
    report: &mut Report,
    to: To<'_>,
    said: Said<'_>,
) -> Result<i64> {
    let catalogue = Catalogue::of(app).await?;
    let service = catalogue.service(to.service).filter(|one| one.is_outside && one.removed_at.is_none());
    let service = service.ok_or(Error::NotFound)?;
    let way = way(service).ok_or_else(|| conflict("handover-no-way"))?;
    if report.ended_at.is_some() {
        return Err(conflict("handover-ended"));
    }
    treating::must_stand(write, report.id).await?;
    if !store::is_public(write.tx(), report.id).await? {
        return Err(conflict("handover-not-public"));
    }
    let active = store::active(write.tx(), report.id).await?;
    if active.as_ref().is_some_and(|active| active.service_id == service.id) {
        return Err(conflict("handover-already"));
    }
    store::end(write, report.id).await?;
    (report.service, report.rule) = (Some(service.id), None);
    reports::update(write, report).await?;
    let from = write.at() + mail::UNDO;
    let id = store::insert(write, report.id, (service.id, way), (to.code, said.note), from).await?;
    tell(write, report, Told::HandedOver, service.id, said).await?;
    write.record_about(HANDED_OVER, report.id, format!("service:{}", service.id.0));
    if report.target.is_some() && report.due_at.is_some() {
        treating::pause(write, report, PauseReason::HandedOver, Said { by: said.by, note: "" }).await?;
    }
    Ok(id)
}

/// Takes a report back from who it was handed to: the rules say anew whose it is, and its clock runs on. Where they say the same authority
/// again, it is nobody's until somebody says whose.
///
/// # Errors
/// [`Error::Conflict`] where nobody outside has it.
pub(super) async fn come_back(
    app: &App,
    write: &mut Write,
    report: &mut Report,
    said: Said<'_>,
) -> Result<()> {
    let active = store::active(write.tx(), report.id).await?.ok_or_else(|| conflict("handover-not-there"))?;
    store::end(write, report.id).await?;
    tell(write, report, Told::Returned, active.service_id, said).await?;
    write.record_about(RETURNED, report.id, format!("service:{}", active.service_id.0));
    let catalogue = Catalogue::of(app).await?;
    let (lon, lat) = store::place(write.tx(), report.id).await?.unwrap_or((f64::NAN, f64::NAN));
    let routed = catalogue.whom(report.category, lon, lat);
    let routed = routed.filter(|routed| routed.service != active.service_id);
    // The promise that was made stays.
    report.service = routed.as_ref().map(|routed| routed.service);
    report.rule = routed.as_ref().map(|routed| routed.rule);
    reports::update(write, report).await?;
    treating::tell_route(write, report, said.by, "").await?;
    if report.target.is_some() && report.due_at.is_none() && report.ended_at.is_none() {
        treating::resume(app, write, report, Said { by: said.by, note: "" }).await?;
    }
    super::letters::to_service(app, write, report).await
}

async fn tell(
    write: &mut Write,
    report: &Report,
    act: Told,
    service: ServiceId,
    said: Said<'_>,
) -> Result<()> {
    let told = NewUpdate {
        act,
        status: report.status,
        service: Some(service),
        reason: None,
        note: said.note,
        by: said.by,
    };
    reports::tell(write, report.id, told).await.map(drop)
}
