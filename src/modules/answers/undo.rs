//! Taking back what was just said, before its letters leave: a button for ten seconds.

use super::routes::back;
use crate::base::error::{Error, Result};
use crate::base::http::{Fields, SameOrigin};
use crate::base::ids::FeatureId;
use crate::civic::accounts::{Actor, Role};
use crate::civic::contributions::unanswered::{self, Said};
use crate::civic::work;
use crate::core::app::App;
use axum::extract::{Form, State};
use axum::response::Redirect;

/// How much one form may take back: as much as one may say.
const MOST: usize = 200;

/// What was said, as an address carries it.
pub(super) fn list(said: &[Said]) -> String {
    said.iter().map(|said| said.word()).collect::<Vec<_>>().join(".")
}

/// What an address says that can be taken back, as forms name it; what is none is left out.
pub(super) fn words(list: &str) -> Vec<String> {
    list.split('.').filter_map(Said::of_word).take(MOST).map(Said::word).collect()
}

/// `POST /admin/answers/undo`: all of it, or nothing.
pub(super) async fn undo(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let said: Option<Vec<Said>> = sent.every("said").map(Said::of_word).collect();
    let said = said.filter(|said| (1..=MOST).contains(&said.len())).ok_or(Error::NotFound)?;
    let mut write = app.begin().await?;
    for one in &said {
        let feature = unanswered::feature(write.tx(), *one).await?;
        let thing = crate::civic::contributions::things::Thing::feature(feature);
        let by = actor.must(Role::Agent, &work::find(write.tx(), thing).await?.place)?.id;
        unanswered::undo(&mut write, *one, by).await?;
    }
    app.commit(write).await?;
    Ok(Redirect::to(&match FeatureId::of_text(sent.get("feature")) {
        Some(feature) => format!("/features/{feature}"),
        None => back(sent.get("query"), &format!("undone={}", said.len())),
    }))
}
