//! What became of a report where it was handed to: asked there, told here line by line. An end there is an end here where it is said to be
//! a repair, or why it is none; what is only closed waits for an agent, who knows more.

use super::client::{Door, News, Problem};
use super::come_back;
use super::sending::PACE;
use super::store::{self, Handover};
use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use crate::base::fetch::Outside;
use crate::base::i18n::{Lang, Message};
use crate::core::app::App;
use crate::core::features::Status;
use crate::core::journal::Write;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::letters::{self, Change};
use crate::modules::reports::model::{EndReason, Report, Told};
use crate::modules::reports::store::{self as reports, NewUpdate};
use crate::modules::reports::treating::{self, Said};

/// Asks after one. Gives whether there was news.
pub(super) async fn ask(app: &App, handover: &Handover, now: Timestamp) -> Result<bool> {
    let catalogue = Catalogue::of(app).await?;
    let service = catalogue.service(handover.service_id).ok_or(Error::NotFound)?;
    let door = Door { outside: Outside::new(&app.config.outside_hosts), service };
    let next = now + PACE;
    match heard(app, &door, handover, now).await? {
        Ok(Some(news)) if news.kept() != handover.remote => {
            tell(app, handover, &news, service.name(Lang::Fr)).await?;
            store::heard(&app.db, handover.id, &news.kept(), next).await?;
            Ok(true)
        }
        // Who does not answer today is asked again.
        Ok(_) | Err(_) => {
            store::heard(&app.db, handover.id, &handover.remote, next).await?;
            Ok(false)
        }
    }
}

async fn heard(
    app: &App,
    door: &Door<'_>,
    handover: &Handover,
    now: Timestamp,
) -> Result<Result<Option<News>, Problem>> {
    let Some(token) = handover.reference.strip_prefix("token:") else {
        return Ok(door.news(&handover.reference).await.map(Some));
    };
    match door.number(token).await {
        Ok(Some(number)) => {
            store::numbered(&app.db, handover.id, &number, now).await?;
            Ok(door.news(&number).await.map(Some))
        }
        Ok(None) => Ok(Ok(None)),
        Err(problem) => Ok(Err(problem)),
    }
}

/// Tells it in public, and moves the report where that follows from it.
async fn tell(app: &App, handover: &Handover, news: &News, name: &str) -> Result<()> {
    let mut write = app.begin().await?;
    let mut report = reports::lock(&mut write, handover.feature_id).await?;
    let still = store::active(write.tx(), handover.feature_id).await?;
    if still.is_none_or(|active| active.id != handover.id) || report.ended_at.is_some() {
        return Ok(());
    }
    let said = if news.notes.is_empty() { said_of(&news.status) } else { news.notes.clone() };
    let note = format!("{name} : {said}");
    let words = Said { by: None, note: &note };
    match moved(news) {
        Moved::Back => come_back(app, &mut write, &mut report, words).await?,
        Moved::To(status, reason) if status != report.status => {
            treating::set_status(app, &mut write, &mut report, (status, reason), words).await?;
            let change = Change { status, reason, note: &note, cause: None, by: None };
            letters::changed(app, &mut write, handover.feature_id, change).await?;
        }
        Moved::To(..) | Moved::Nowhere => line(&mut write, handover, &report, &note).await?,
    }
    app.commit(write).await
}

fn said_of(status: &str) -> String {
    let key = if status == "closed" { "handover-remote-closed" } else { "handover-remote-open" };
    Lang::Fr.say(&Message::new(key))
}

/// What follows from what was said.
#[derive(Debug, PartialEq, Eq)]
enum Moved {
    /// It is not theirs.
    Back,
    To(Status, Option<EndReason>),
    Nowhere,
}

fn moved(news: &News) -> Moved {
    match (news.own_status.as_str(), EndReason::of_word(&news.end_reason)) {
        ("closed", Some(EndReason::NotOurs)) => Moved::Back,
        ("closed", Some(reason)) => Moved::To(Status::CLOSED, Some(reason)),
        ("done", _) => Moved::To(Status::DONE, None),
        ("in_progress", _) => Moved::To(Status::IN_PROGRESS, None),
        ("planned", _) => Moved::To(Status::PLANNED, None),
        ("under_review", _) => Moved::To(Status::UNDER_REVIEW, None),
        _ => Moved::Nowhere,
    }
}

async fn line(write: &mut Write, handover: &Handover, report: &Report, note: &str) -> Result<()> {
    let told = NewUpdate {
        act: Told::HandedOver,
        status: report.status,
        service: Some(handover.service_id),
        reason: None,
        note,
        by: None,
    };
    reports::tell(write, report.id, told).await?;
    write.record_about(super::HANDED_OVER, report.id, format!("service:{}", handover.service_id.0));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_only_closed_there_is_neither_repaired_nor_closed_here() {
        let news = |own: &str, reason: &str| News {
            status: "closed".into(),
            notes: String::new(),
            own_status: own.into(),
            end_reason: reason.into(),
        };
        assert_eq!(moved(&news("", "")), Moved::Nowhere);
        assert_eq!(moved(&news("closed", "")), Moved::Nowhere, "without a reason");
        assert_eq!(moved(&news("done", "")), Moved::To(Status::DONE, None));
        assert_eq!(moved(&news("closed", "cannot")), Moved::To(Status::CLOSED, Some(EndReason::Cannot)));
        assert_eq!(moved(&news("closed", "not_ours")), Moved::Back);
    }
}
