//! Following a contribution with an account, and the end of it by a letter's link.
//!
//! What it is not: following by letter alone (`by_letter.rs`), nor the rows (`civic/contributions/follows.rs`).

use super::routes::feature_id;
use super::views::StopPage;
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, FeatureId};
use crate::civic::accounts::Access::{Everyone, SignedIn};
use crate::civic::accounts::{self, Actor, Routes};
use crate::civic::contributions::follows;
use crate::core::app::App;
use crate::core::features;
use axum::extract::{Form, Path, State};
use axum::response::Redirect;
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/features/{id}/follow", SignedIn, follow)
        .get("/features/{id}/unfollow", Everyone, stop_form)
        .post("/features/{id}/unfollow", Everyone, stop)
}

#[derive(Debug, Deserialize)]
struct FollowForm {
    #[serde(default)]
    follows: String,
}

/// `POST /features/{id}/follow`
async fn follow(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<FollowForm>,
) -> Result<Redirect> {
    let (id, account) = (feature_id(&id)?, actor.signed_in()?.id);
    features::store::find(&app.db, id).await?;
    let mut write = app.begin().await?;
    follows::set(&mut write, id, account, form.follows != "no").await?;
    // The letters to come are in the language of the page where they were asked for.
    accounts::store::set_language(&mut write, account, reader.lang).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("/features/{id}#follow")))
}

/// What a letter's link says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StopLink {
    account: String,
    key: String,
}

fn holder(app: &App, id: FeatureId, link: &StopLink) -> Result<AccountId> {
    let account = AccountId::of_text(&link.account).ok_or(Error::NotFound)?;
    if app.is_key_to(&follows::stop_key(id, account), &link.key) {
        Ok(account)
    } else {
        Err(Error::Forbidden(Message::new("follow-bad-key")))
    }
}

/// `GET /features/{id}/unfollow?account=…&key=…`: asks first. Mail programs open links by themselves.
async fn stop_form(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    http::Asked(link): http::Asked<StopLink>,
) -> Result<StopPage> {
    let id = feature_id(&id)?;
    holder(&app, id, &link)?;
    let (account, key) = (link.account, link.key);
    Ok(StopPage { lang: reader.lang, site: app.name(), id, account, key, done: false })
}

/// `POST /features/{id}/unfollow`
async fn stop(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    Path(id): Path<String>,
    Form(link): Form<StopLink>,
) -> Result<StopPage> {
    let id = feature_id(&id)?;
    let account = holder(&app, id, &link)?;
    let mut write = app.begin().await?;
    follows::set(&mut write, id, account, false).await?;
    app.commit(write).await?;
    let (account, key) = (link.account, link.key);
    Ok(StopPage { lang: reader.lang, site: app.name(), id, account, key, done: true })
}
