//! A status that changes without an answer: of one contribution, or of all that are checked. What it is not: an answer, which says
//! its verdict in words and changes the status with it.
//!
//! Invariant: a refusal is never given here, because it says why; what has the status already leaves no line and no letter.

use super::letters;
use super::model::{self, Form as AnswerForm};
use super::routes::{ROOM, feature_id, one, page};
use super::views::AnswerPage;
use crate::accounts::{Actor, Place, Role};
use crate::app::App;
use crate::error::{Error, Result};
use crate::features::{self, Status, answers};
use crate::http::{Fields, Reader, SameOrigin};
use crate::ids::FeatureId;
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
        Ok((moved, same)) => {
            let and = if form.query.is_empty() { "" } else { "&" };
            let back = format!("{ROOM}?{}{and}moved={moved}&same={same}", form.query);
            Ok(Redirect::to(&back).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let query = form.query.clone();
            let page = page(&app, &reader, &actor, &query, form, problems).await?;
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn change_all(app: &App, reader: &Reader, actor: &Actor, form: &AnswerForm) -> Result<(usize, usize)> {
    match (form.chosen(), form.check_status()) {
        (Ok(chosen), Ok(status)) => change(app, reader, actor, chosen, status).await,
        (chosen, status) => Err(Error::Invalid(chosen.err().into_iter().chain(status.err()).collect())),
    }
}

/// Changes them in one transaction and tells who follows. Gives how many changed, and how many had the status already.
async fn change(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    chosen: &[FeatureId],
    status: Status,
) -> Result<(usize, usize)> {
    let (base, by) = (app.config.letters_base(), actor.signed_in()?.id);
    let mut write = app.begin().await?;
    let mut moved = 0;
    for id in chosen {
        let card = features::store::find(write.tx(), *id).await?;
        actor.must(Role::Agent, &Place::of(&app.atlas.world(), &card))?;
        model::fit(&card, status, reader.lang).map_err(|problem| Error::Invalid(vec![problem]))?;
        if answers::set_status(&mut write, *id, status, Some(by)).await? {
            letters::post_status(app, &mut write, &base, &card, status, by).await?;
            moved += 1;
        }
    }
    app.commit(write).await?;
    Ok((moved, chosen.len() - moved))
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
        Ok(status) => change(&app, &reader, &actor, &[id], status).await,
        Err(problem) => Err(Error::Invalid(vec![problem])),
    };
    match changed {
        Ok((0, _)) => {
            let page = one(&app, &reader, &actor, id, None, Vec::new()).await?;
            Ok(AnswerPage { unchanged: true, ..page }.into_response())
        }
        Ok(_) => Ok(Redirect::to(&format!("/features/{id}#history")).into_response()),
        Err(Error::Invalid(problems)) => {
            let page = one(&app, &reader, &actor, id, None, problems).await?;
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
        Err(error) => Err(error),
    }
}
