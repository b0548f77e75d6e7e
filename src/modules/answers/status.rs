//! A status that changes without an answer: of one contribution, or of all that are checked. What it is not: an answer, which says
//! its verdict in words and changes the status with it.
//!
//! Invariant: a refusal is never given here, because it says why; what has the status already leaves no line and no letter.

use super::model::{self, Form as AnswerForm};
use super::routes::{back, back_query, feature_id, in_order, one, page};
use super::state::{self, Stopped};
use super::views::AnswerPage;
use super::{letters, undo};
use crate::base::error::{Error, Result};
use crate::base::http::{Fields, Reader, SameOrigin};
use crate::base::ids::FeatureId;
use crate::civic::accounts::{Actor, Jurisdiction, Role};
use crate::civic::contributions::answers;
use crate::civic::contributions::unanswered::Said;
use crate::core::app::App;
use crate::core::features::Status;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// `POST /admin/answers/status`: one status for all that are checked, or for none of them.
pub(super) async fn of_many(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let form = AnswerForm::of_fields(sent);
    match change_all(&app, &reader, &actor, &form).await {
        Ok(Ok((said, same))) => {
            let moved = format!("moved={}&same={same}&undo={}", said.len(), undo::list(&said));
            Ok(Redirect::to(&back(&form.query, &moved)).into_response())
        }
        Ok(Err(stopped)) => {
            let query = back_query(&form.query);
            let page = page(&app, &reader, &actor, &query, form, Vec::new(), stopped).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let query = back_query(&form.query);
            let page = page(&app, &reader, &actor, &query, form, problems, Vec::new()).await?;
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn change_all(app: &App, reader: &Reader, actor: &Actor, form: &AnswerForm) -> Result<Changed> {
    match (form.chosen(), form.check_status()) {
        (Ok(chosen), Ok(status)) => change(app, reader, actor, (chosen, &form.seen), status).await,
        (chosen, status) => Err(Error::Invalid(chosen.err().into_iter().chain(status.err()).collect())),
    }
}

/// What changed, and how many had the status already; or each that stopped the act.
type Changed = Result<(Vec<Said>, usize), Vec<Stopped>>;

/// Changes all of them in one transaction, or none, and tells who follows.
async fn change(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    (chosen, seen): (&[FeatureId], &[String]),
    status: Status,
) -> Result<Changed> {
    let by = actor.signed_in()?.id;
    let mut write = app.begin().await?;
    let (mut moved, mut stopped) = (Vec::new(), Vec::new());
    for id in in_order(chosen) {
        let card = match state::standing(&mut write, id, seen, reader.lang).await? {
            Ok(card) => card,
            Err(stop) => {
                stopped.push(stop);
                continue;
            }
        };
        actor.must(Role::Agent, &Jurisdiction::of(&app.atlas.world(), &card))?;
        model::fit(&card, status, reader.lang).map_err(|problem| Error::Invalid(vec![problem]))?;
        if let Some(change) = answers::set_status(&mut write, id, status, Some(by)).await? {
            let cause = Said::Status(change);
            letters::post_status(app, &mut write, &card, (status, cause), by).await?;
            moved.push(cause);
        }
    }
    if !stopped.is_empty() {
        return Ok(Err(stopped));
    }
    app.commit(write).await?;
    let same = chosen.len() - moved.len();
    Ok(Ok((moved, same)))
}

/// `POST /admin/answers/{id}/status`
pub(super) async fn of_one(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (id, form) = (feature_id(&id)?, AnswerForm::of_fields(sent));
    let changed = match form.check_status() {
        Ok(status) => change(&app, &reader, &actor, (&[id], &form.seen), status).await,
        Err(problem) => Err(Error::Invalid(vec![problem])),
    };
    match changed {
        Ok(Err(stopped)) => {
            let page = one(&app, &reader, &actor, id, None, Vec::new(), stopped).await?;
            Ok((StatusCode::CONFLICT, AnswerPage { status: form.status, ..page }).into_response())
        }
        Ok(Ok((moved, _))) if moved.is_empty() => {
            let page = one(&app, &reader, &actor, id, None, Vec::new(), Vec::new()).await?;
            Ok(AnswerPage { unchanged: true, ..page }.into_response())
        }
        Ok(_) => Ok(Redirect::to(&format!("/features/{id}#history")).into_response()),
        Err(Error::Invalid(problems)) => {
            let page = one(&app, &reader, &actor, id, None, problems, Vec::new()).await?;
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
        Err(error) => Err(error),
    }
}
