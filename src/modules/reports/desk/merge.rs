//! A report that says the same as another: it ends as a double of it, and its supporters count there, each once. Taken back, it stands alone
//! again, as it stood.
//!
//! What it is not: a moderator's decision, against which people appeal. Nothing is hidden: what was merged stays readable where it was.

use super::ROOM;
use super::acts::own;
use crate::base::error::{Error, Result};
use crate::base::http::{Fields, SameOrigin};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::FeatureId;
use crate::civic::accounts::Actor;
use crate::core::app::App;
use crate::core::features::{Status, merges};
use crate::core::journal::Write;
use crate::modules::reports::letters::{self, Change};
use crate::modules::reports::model::{EndReason, Report, Told};
use crate::modules::reports::store;
use crate::modules::reports::treating::{self, Said};
use axum::extract::{Form, Path, State};
use axum::response::Redirect;

/// `POST /admin/reports/{id}/merge`: `into` is the number of the other.
pub(super) async fn merge(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let into = FeatureId::of_text(sent.get("into")).ok_or(Error::NotFound)?;
    if id == into {
        return Err(Error::Conflict(Message::new("merge-itself")));
    }
    let mut write = app.begin().await?;
    // In one order, whoever merges what into what.
    let (mut report, by) = if id < into {
        let first = own(&actor, &mut write, id).await?;
        own(&actor, &mut write, into).await?;
        first
    } else {
        own(&actor, &mut write, into).await?;
        own(&actor, &mut write, id).await?
    };
    let note = Lang::Fr.say(&Message::new("report-desk-merge-note").with("number", into));
    let said = Said { by: Some(by), note: &note };
    end_as_double(&app, &mut write, &mut report, said).await?;
    merges::merge(&mut write, id, into).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{ROOM}/{into}?merged={id}")))
}

/// What is open ends as a double; what ended keeps its end.
async fn end_as_double(app: &App, write: &mut Write, report: &mut Report, said: Said<'_>) -> Result<()> {
    if report.ended_at.is_some() {
        return Ok(());
    }
    let end = (Status::CLOSED, Some(EndReason::Duplicate));
    treating::set_status(app, write, report, end, said).await?;
    let change = Change { status: end.0, reason: end.1, note: said.note, cause: None, by: said.by };
    letters::changed(app, write, report.id, change).await
}

/// `POST /admin/reports/{id}/separate`: what was merged into another stands alone again, and is as open as it was.
pub(super) async fn separate(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Redirect> {
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let mut write = app.begin().await?;
    let (mut report, by) = own(&actor, &mut write, id).await?;
    merges::separate(&mut write, id, None).await?;
    if report.end_reason == Some(EndReason::Duplicate) {
        let history = store::history(write.tx(), id).await?;
        let changes =
            history.iter().rev().filter(|update| matches!(update.act, Told::Status | Told::Reopened));
        let before = changes.map(|update| update.status).find(|status| *status != Status::CLOSED);
        let said = Said { by: Some(by), note: "" };
        treating::set_status(&app, &mut write, &mut report, (before.unwrap_or(Status::OPEN), None), said)
            .await?;
    }
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{ROOM}/{id}?separated=1")))
}
