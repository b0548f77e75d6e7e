//! What was done with reports, line by line, as FixMyStreet reads it; and what another program says of one.
//!
//! What it is not: a way to treat a report. What comes in is said in public under the name of who sent it, and opens again what ended too
//! early; a service's work is its own. Invariants: the same said twice is said once; an end without repair is never called a repair.

use super::asked::{Asked, Said, instant};
use super::doc::Node;
use super::refused::Refusal;
use super::store::{self, Line};
use crate::base::clock::{self, Timestamp, machine};
use crate::base::error::{Error, Result};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::FeatureId;
use crate::base::text::clean;
use crate::civic::keys::{Key, Presented};
use crate::core::features::{Kind, Status};
use crate::modules::reports::model::{Report, Told, Update};
use crate::modules::reports::store::{self as reports, NewUpdate};
use crate::modules::reports::treating::{self, Said as Words};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;

/// The longest text.
const TEXT_MOST: usize = 4_000;

/// `GET /open311/v2/servicerequestupdates.xml`
pub(super) async fn list(asked: Asked) -> Response {
    let said = many(&asked).await;
    asked.answered(said)
}

async fn many(asked: &Asked) -> Said {
    asked.must_be_ours(None)?;
    let numbers = asked.list("service_request_id");
    let lines = if numbers.is_empty() {
        let span = asked.span(clock::now())?;
        store::updates(&asked.app.db, span, asked.page()?).await?
    } else {
        let ids: Vec<i64> = numbers.iter().filter_map(|text| text.parse().ok()).take(100).collect();
        store::histories(&asked.app.db, &ids).await?
    };
    let lang = asked.reader.lang;
    let told = lines.iter().map(|line| {
        Node::Object(vec![
            ("update_id", Node::text(line.id.to_string())),
            ("service_request_id", Node::text(line.feature_id.to_string())),
            ("status", Node::text(word(line))),
            ("updated_datetime", Node::text(machine(&line.at))),
            ("description", Node::text(said(line, lang))),
            ("media_url", Node::Nothing),
        ])
    });
    Ok((StatusCode::OK, "service_request_updates", Node::List("request_update", told.collect())))
}

/// The status then, in the words that FixMyStreet knows.
fn word(line: &Line) -> &'static str {
    match (line.status, line.reason.as_deref()) {
        (Status::UNDER_REVIEW, _) => "investigating",
        (Status::PLANNED, _) => "action_scheduled",
        (Status::IN_PROGRESS, _) => "in_progress",
        (Status::DONE, _) => "fixed",
        (Status::CLOSED, Some("duplicate")) => "duplicate",
        (Status::CLOSED, Some("not_ours")) => "not_councils_responsibility",
        (Status::CLOSED, _) => "no_further_action",
        _ => "open",
    }
}

/// What a status of reports is called.
pub(super) fn status_said(status: Status, lang: Lang) -> String {
    lang.of_kind(&format!("status-{}", status.word().replace('_', "-")), Kind::REPORT.word())
}

/// What a line says, in words: what was said with it, else what was done.
pub(super) fn said(line: &Line, lang: Lang) -> String {
    if !line.note.is_empty() {
        return line.note.clone();
    }
    match line.act {
        Told::Status => status_said(line.status, lang),
        other => lang.text(&format!("open311-told-{}", other.word())),
    }
}

/// `POST /open311/v2/servicerequestupdates.xml`
pub(super) async fn receive(asked: Asked, presented: Presented, request: Request) -> Response {
    let said = taken(&asked, presented, request).await;
    asked.answered(said)
}

/// An update, checked.
struct Sent {
    id: FeatureId,
    opens: bool,
    at: Timestamp,
    note: String,
}

async fn taken(asked: &Asked, presented: Presented, request: Request) -> Said {
    let form = super::send::Form::read(asked, presented, request).await?;
    let sent = check(&form)?;
    if !store::is_public(&asked.app.db, sent.id).await? {
        return Err(Refusal::missing("open311-no-request"));
    }
    let id = write(asked, &form.key, sent).await?;
    let told = Node::Object(vec![("update_id", Node::text(id.to_string())), ("account_id", Node::Nothing)]);
    Ok((StatusCode::OK, "service_request_updates", Node::List("request_update", vec![told])))
}

fn check(form: &super::send::Form) -> Result<Sent, Refusal> {
    let id = form.field("service_request_id").ok_or_else(|| Refusal::wrong("open311-needs-request"))?;
    let id = id.parse().map(FeatureId).ok().ok_or_else(|| Refusal::missing("open311-no-request"))?;
    let mut wrong = Vec::new();
    let status = form.field("status").unwrap_or("open").to_lowercase().replace(['-', ' '], "_");
    let opens = matches!(status.as_str(), "open" | "reopened" | "confirmed" | "not_fixed");
    if !opens && !KNOWN.contains(&status.as_str()) {
        wrong.push(Message::new("open311-no-update-status"));
    }
    let at = match form.field("updated_datetime") {
        None => Some(clock::now()),
        Some(text) => instant(text),
    };
    if at.is_none() {
        wrong.push(Message::new("open311-no-date").with("field", "updated_datetime"));
    }
    let note = clean(form.field("description").unwrap_or_default());
    if note.chars().count() > TEXT_MOST {
        wrong.push(Message::new("open311-too-much").with("most", TEXT_MOST));
    }
    match at {
        Some(at) if wrong.is_empty() => Ok(Sent { id, opens, at, note }),
        _ => Err(Refusal::Wrong(wrong)),
    }
}

/// Statuses that other programs send; what a service does is not changed by them.
const KNOWN: [&str; 13] = [
    "closed",
    "fixed",
    "fixed_user",
    "fixed_council",
    "investigating",
    "in_progress",
    "action_scheduled",
    "planned",
    "duplicate",
    "unable_to_fix",
    "not_responsible",
    "no_further_action",
    "not_councils_responsibility",
];

/// Says it in public, under the name of who sent it; opens again what ended before.
async fn write(asked: &Asked, key: &Key, sent: Sent) -> Result<i64> {
    let mut write = asked.app.begin().await?;
    let mut report = reports::lock(&mut write, sent.id).await?;
    let note = if sent.note.is_empty() { String::new() } else { format!("{} : {}", key.name, sent.note) };
    let history = reports::history(write.tx(), sent.id).await?;
    if let Some(id) = same(&history, &note) {
        return Ok(id);
    }
    let ended = report.ended_at.filter(|ended| *ended < sent.at);
    if sent.opens && ended.is_some() && report.reopens(write.at()) {
        let said = Words { by: None, note: &note };
        treating::reopen(&asked.app, &mut write, &mut report, said).await?;
    } else if !note.is_empty() {
        tell(&mut write, &report, &note).await?;
    }
    let last = reports::history(write.tx(), sent.id).await?.last().map(|update| update.id);
    asked.app.commit(write).await?;
    last.ok_or_else(|| Error::Internal("a report without a history".into()))
}

/// The line that said the same before.
fn same(history: &[Update], note: &str) -> Option<i64> {
    let said = history.iter().rev().find(|update| !note.is_empty() && update.note == note);
    said.map(|update| update.id)
}

async fn tell(write: &mut crate::core::journal::Write, report: &Report, note: &str) -> Result<()> {
    let told = NewUpdate {
        act: Told::Status,
        status: report.status,
        service: report.service,
        reason: report.end_reason.map(|reason| reason.word()),
        note,
        by: None,
    };
    reports::tell(write, report.id, told).await?;
    write.record_about(crate::core::journal::Act::STATUS, report.id, report.status.word().to_owned());
    Ok(())
}
