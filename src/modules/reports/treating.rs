//! What is done with a report: received, given to a service, moved on, ended, opened again, its clock stopped and started. Each is one
//! change inside a write: the row, a line of the public history, a line of the journal.
//!
//! What it is not: who may (routes), nor the letters about it (`letters`). Invariants: an end without repair has a reason; what is due
//! follows from the promise that was made at reception, never from a rule that changed since.

use super::catalogue::Catalogue;
use super::clock;
use super::model::{Answers, CategoryId, EndReason, PauseReason, Report, ServiceId, Told};
use super::store::{self, NewUpdate};
use super::{CLOCK_PAUSED, CLOCK_RESUMED, ENDED, OVERDUE, REOPENED, ROUTED};
use crate::base::clock::{Timestamp, zone};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, FeatureId, Visitor};
use crate::civic::contributions::answers;
use crate::civic::contributions::changing::Standing;
use crate::civic::processes::{Moderation, ProcessRules};
use crate::core::app::App;
use crate::core::features::revisions::{self, Version};
use crate::core::features::{self, Channel, Content, Hold, Kind, NewFeature, Status};
use crate::core::journal::{Act, Write};

/// What somebody reports, checked.
#[derive(Debug, Clone)]
pub(super) struct NewReport {
    /// Title, text and place; the title is the category's name.
    pub(super) content: Content,
    pub(super) category: CategoryId,
    /// The service that was chosen where two are near; else the rules say.
    pub(super) service: Option<ServiceId>,
    pub(super) answers: Answers,
    pub(super) address: String,
}

/// Receives a report: writes its feature, says whose it is and by when. Public at once, or read first where its process wants that.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn receive(
    app: &App,
    write: &mut Write,
    new: NewReport,
    (author, channel): (Option<Visitor>, Channel),
    process: &ProcessRules,
) -> Result<FeatureId> {
    let catalogue = Catalogue::of(app).await?;
    let held = (process.settings.rules.moderation == Moderation::Before).then_some(Hold::Waiting);
    let at = write.at();
    let place = new.content.geometry.as_ref().and_then(parvis_tiles::geometry::representative_point);
    let feature = NewFeature {
        kind: Kind::REPORT,
        process: process.process(),
        theme: new.content.theme,
        status: Status::OPEN,
        title: new.content.title,
        body: new.content.body,
        geometry: new.content.geometry,
        stated_area: new.content.stated_area,
        areas: new.content.areas,
        author,
        channel,
        origin: None,
        held,
        created_at: at,
    };
    let id = features::store::insert(write, &feature, Act::PLACED).await?;
    let mut report = received(&catalogue, id, new.category, at);
    report.answers = new.answers;
    report.address = new.address;
    route(&catalogue, &mut report, place, new.service);
    store::insert(write, &report).await?;
    tell_route(write, &report, None, "").await?;
    Ok(id)
}

/// A report that has just come, nobody's yet.
pub(super) fn received(_: &Catalogue, id: FeatureId, category: CategoryId, at: Timestamp) -> Report {
    Report {
        id,
        category,
        service: None,
        rule: None,
        answers: Answers::new(),
        address: String::new(),
        status: Status::OPEN,
        target: None,
        received_at: at,
        due_at: None,
        is_overdue: false,
        acknowledged_at: None,
        ended_at: None,
        end_reason: None,
        reopened_at: None,
        reopened_count: 0,
        asked_at: None,
    }
}

/// Says whose a report is and by when, by the rules as they are now: the service that was `chosen` where it is one of those near, else the most
/// specific rule's. What has no place is asked for nowhere in particular.
pub(super) fn route(
    catalogue: &Catalogue,
    report: &mut Report,
    place: Option<(f64, f64)>,
    chosen: Option<ServiceId>,
) {
    let (lon, lat) = place.unwrap_or((f64::NAN, f64::NAN));
    let near = catalogue.near(report.category, lon, lat);
    let routed = near.into_iter().find(|routed| Some(routed.service) == chosen);
    let routed = routed.or_else(|| catalogue.whom(report.category, lon, lat));
    report.service = routed.as_ref().map(|routed| routed.service);
    report.rule = routed.as_ref().map(|routed| routed.rule);
    report.target = routed.and_then(|routed| routed.target);
    report.due_at = report
        .target
        .and_then(|target| clock::due(report.received_at, target, &[], &catalogue.closed, zone()));
}

pub(super) async fn tell_route(
    write: &mut Write,
    report: &Report,
    by: Option<AccountId>,
    note: &str,
) -> Result<()> {
    let told = NewUpdate {
        act: Told::Routed,
        status: report.status,
        service: report.service,
        reason: None,
        note,
        by,
    };
    store::tell(write, report.id, told).await?;
    let subject = report.service.map_or_else(|| "service:none".to_owned(), |id| format!("service:{}", id.0));
    write.record_about(ROUTED, report.id, subject);
    Ok(())
}

/// Who does it, and what they say with it in public.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said<'a> {
    pub(super) by: Option<AccountId>,
    pub(super) note: &'a str,
}

fn conflict(key: &'static str) -> Error {
    Error::Conflict(Message::new(key))
}

/// Moves a report on: to any status, back too. An end without repair says why. Gives the number of the change of status, which an undoing
/// names; nothing where nothing changed.
///
/// # Errors
/// [`Error::Invalid`] where an end without repair lacks its reason.
pub(super) async fn set_status(
    app: &App,
    write: &mut Write,
    report: &mut Report,
    (status, reason): (Status, Option<EndReason>),
    said: Said<'_>,
) -> Result<Option<i64>> {
    let is_closed = status == Status::CLOSED;
    if is_closed && reason.is_none() {
        return Err(Error::invalid("reason", Message::new("report-needs-reason")));
    }
    let Some(change) = answers::set_status(write, report.id, status, said.by).await? else {
        return Ok(None);
    };
    let at = write.at();
    let was_ended = report.ended_at.is_some();
    report.status = status;
    let is_end = is_closed || status == Status::DONE;
    report.end_reason = if is_closed { reason } else { None };
    if status != Status::OPEN && report.acknowledged_at.is_none() {
        report.acknowledged_at = Some(at);
    }
    match (was_ended, is_end) {
        (_, true) => {
            if report.due_at.is_none() && report.target.is_some() {
                resume_clock(app, write, report).await?;
            }
            report.ended_at = Some(at);
            let how = reason.filter(|_| is_closed);
            let how = how.map_or_else(|| "fixed".to_owned(), |reason| format!("closed:{}", reason.word()));
            write.record_about(ENDED, report.id, how);
        }
        (true, false) => {
            report.ended_at = None;
            report.is_overdue = report.due_at.is_some_and(|due| due <= at);
        }
        (false, false) => {}
    }
    store::update(write, report).await?;
    let told = NewUpdate {
        act: Told::Status,
        status,
        service: report.service,
        reason: report.end_reason.map(EndReason::word),
        note: said.note,
        by: said.by,
    };
    store::tell(write, report.id, told).await?;
    Ok(Some(change))
}

/// Opens a report again that was said to be at its end: it goes to its service, and its clock begins anew. Gives the number of the line of
/// its history.
///
/// # Errors
/// [`Error::Conflict`] where it is open, or ended too long ago.
pub(super) async fn reopen(app: &App, write: &mut Write, report: &mut Report, said: Said<'_>) -> Result<i64> {
    let at = write.at();
    if report.ended_at.is_none() {
        return Err(conflict("report-is-open"));
    }
    if !report.reopens(at) {
        return Err(conflict("report-reopens-no-more"));
    }
    let catalogue = Catalogue::of(app).await?;
    answers::set_status(write, report.id, Status::OPEN, said.by).await?;
    report.status = Status::OPEN;
    (report.ended_at, report.end_reason, report.acknowledged_at, report.asked_at) = (None, None, None, None);
    (report.received_at, report.is_overdue) = (at, false);
    report.reopened_at = Some(at);
    report.reopened_count += 1;
    report.due_at = report.target.and_then(|target| clock::due(at, target, &[], &catalogue.closed, zone()));
    store::update(write, report).await?;
    let told = NewUpdate {
        act: Told::Reopened,
        status: Status::OPEN,
        service: report.service,
        reason: None,
        note: said.note,
        by: said.by,
    };
    let line = store::tell(write, report.id, told).await?;
    write.record(REOPENED, report.id);
    Ok(line)
}

/// What its author took back, or erased, is neither filed anew nor given to anybody: it is only closed.
///
/// # Errors
/// [`Error::Conflict`] where it was.
pub(super) async fn must_stand(write: &mut Write, id: FeatureId) -> Result<()> {
    let is_there = match Standing::of(write.tx(), id).await {
        Ok(standing) => standing.held != Some(Hold::Withdrawn) && standing.withdrawn_at.is_none(),
        Err(Error::NotFound) => false,
        Err(other) => return Err(other),
    };
    if is_there { Ok(()) } else { Err(conflict("report-withdrawn-close")) }
}

/// Gives a report to a service by hand. The promise that was made stays.
///
/// # Errors
/// [`Error::Conflict`] where its author took it back.
pub(super) async fn assign(
    write: &mut Write,
    report: &mut Report,
    service: ServiceId,
    said: Said<'_>,
) -> Result<bool> {
    if report.service == Some(service) {
        return Ok(false);
    }
    must_stand(write, report.id).await?;
    (report.service, report.rule) = (Some(service), None);
    store::update(write, report).await?;
    tell_route(write, report, said.by, said.note).await?;
    Ok(true)
}

/// Files a report under another category: its title is that one's name, the rules say anew whose it is and by when, from its reception on.
///
/// # Errors
/// [`Error::NotFound`] where there is no such category to report; [`Error::Conflict`] where its author took it back.
pub(super) async fn recategorise(
    app: &App,
    write: &mut Write,
    report: &mut Report,
    category: CategoryId,
    said: Said<'_>,
) -> Result<bool> {
    if report.category == category {
        return Ok(false);
    }
    must_stand(write, report.id).await?;
    let catalogue = Catalogue::of(app).await?;
    let chosen = catalogue.category(category).filter(|known| catalogue.is_offered(known));
    let label = chosen.ok_or(Error::NotFound)?.label.clone();
    let content = rename(app, write, report.id, label).await?;
    let place = content.geometry.as_ref().and_then(parvis_tiles::geometry::representative_point);
    report.category = category;
    route(&catalogue, report, place, None);
    let pauses = store::pauses(write.tx(), report.id, report.received_at).await?;
    let due = |target| clock::due(report.received_at, target, &pauses, &catalogue.closed, zone());
    report.due_at = report.target.and_then(due);
    report.is_overdue = report.ended_at.is_none() && report.due_at.is_some_and(|due| due <= write.at());
    store::update(write, report).await?;
    let told = NewUpdate {
        act: Told::Category,
        status: report.status,
        service: report.service,
        reason: None,
        note: said.note,
        by: said.by,
    };
    store::tell(write, report.id, told).await?;
    tell_route(write, report, said.by, "").await?;
    Ok(true)
}

/// Has a report be called by this name: its category's. Gives what it says then.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn rename(app: &App, write: &mut Write, id: FeatureId, title: String) -> Result<Content> {
    let version = Version::read(&revisions::current(write.tx(), id).await?)?;
    let content = Content { title, ..version.content(app.atlas.world().territory())? };
    features::store::rewrite(write, id, &content).await?;
    Ok(content)
}

/// Has a report's clock stand still.
///
/// # Errors
/// [`Error::Conflict`] where it has none, or it stands still already.
pub(super) async fn pause(
    write: &mut Write,
    report: &mut Report,
    why: PauseReason,
    said: Said<'_>,
) -> Result<()> {
    if report.target.is_none() || report.ended_at.is_some() || report.due_at.is_none() {
        return Err(conflict("report-clock-stands"));
    }
    must_stand(write, report.id).await?;
    store::pause(write, report.id, why).await?;
    (report.due_at, report.is_overdue) = (None, false);
    store::update(write, report).await?;
    tell_clock(write, report, (Told::Paused, Some(why.word())), said).await?;
    write.record_about(CLOCK_PAUSED, report.id, why.word());
    Ok(())
}

/// Has it run again: what is due moves by the time that it stood.
///
/// # Errors
/// [`Error::Conflict`] where it runs.
pub(super) async fn resume(app: &App, write: &mut Write, report: &mut Report, said: Said<'_>) -> Result<()> {
    if !resume_clock(app, write, report).await? {
        return Err(conflict("report-clock-runs"));
    }
    store::update(write, report).await?;
    tell_clock(write, report, (Told::Resumed, None), said).await
}

async fn tell_clock(
    write: &mut Write,
    report: &Report,
    (act, reason): (Told, Option<&'static str>),
    said: Said<'_>,
) -> Result<()> {
    let told = NewUpdate {
        act,
        status: report.status,
        service: report.service,
        reason,
        note: said.note,
        by: said.by,
    };
    store::tell(write, report.id, told).await.map(drop)
}

async fn resume_clock(app: &App, write: &mut Write, report: &mut Report) -> Result<bool> {
    if !store::resume(write, report.id).await? {
        return Ok(false);
    }
    let catalogue = Catalogue::of(app).await?;
    let pauses = store::pauses(write.tx(), report.id, report.received_at).await?;
    let due = |target| clock::due(report.received_at, target, &pauses, &catalogue.closed, zone());
    report.due_at = report.target.and_then(due);
    report.is_overdue = report.due_at.is_some_and(|due| due <= write.at());
    write.record(CLOCK_RESUMED, report.id);
    Ok(true)
}

/// The most reports that one run tells to be overdue.
const MOST_OVERDUE: i64 = 500;

/// Tells the journal of each report whose due instant has passed: from then on it is overdue, everywhere alike. Gives how many.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn tell_overdue(app: &App, now: Timestamp) -> Result<u64> {
    let due = store::overdue(&app.db, now, MOST_OVERDUE).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let mut write = app.begin().await?;
    let mut told = 0;
    for id in due {
        let mut report = store::lock(&mut write, id).await?;
        // Somebody may have ended it meanwhile, or stopped its clock.
        if report.ended_at.is_none() && !report.is_overdue && report.due_at.is_some_and(|due| due <= now) {
            report.is_overdue = true;
            store::update(&mut write, &report).await?;
            write.record(OVERDUE, id);
            told += 1;
        }
    }
    app.commit(write).await?;
    Ok(told)
}
