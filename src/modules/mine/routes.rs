//! The address of what one did.

use super::store;
use super::views::{MinePage, Told};
use crate::base::error::Result;
use crate::base::http::Reader;
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::{Actor, Routes};
use crate::core::app::App;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

pub(super) fn routes() -> Routes {
    Routes::new().get("/mine", Everyone, show)
}

/// `GET /mine`
async fn show(State(app): State<App>, reader: Reader, actor: Actor) -> Result<impl IntoResponse> {
    let mut page = MinePage::new(reader.lang, app.name(), actor.account.is_some());
    if let Some(voice) = actor.visitor {
        page.placed = store::placed(&app.db, voice).await?;
        page.argued = store::argued(&app.db, voice).await?;
        page.voted = store::voted(&app.db, voice).await?;
    }
    if let Some(account) = &actor.account {
        page.followed = store::followed(&app.db, account.id).await?;
        if let Some(email) = &account.email {
            let found = store::by_letter(&app.db, email).await?;
            page.by_letter = Told::all(&app, reader.lang, email, found)?;
        }
    }
    Ok(([(header::CACHE_CONTROL, "private, no-store")], page))
}
