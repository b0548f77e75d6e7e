//! The first administrator, who comes by the link that the server prints where nobody administers it: who reads what a server prints runs it.
//!
//! What it is not: a way in for anybody else (`sign_in`). Whether the link is the right one its caller knows.

use super::model::Role;
use super::{people, session, store};
use crate::base::error::Result;
use crate::base::ids::Visitor;
use crate::core::app::App;
use crate::core::journal::Write;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::CookieJar;

/// Makes somebody an administrator of everything, where they are none, and signs them in here, as if they had shown a second factor.
/// Gives the cookies of the answer, good once the write is committed.
///
/// # Errors
/// Where the database refuses.
pub async fn enter_first(
    app: &App,
    write: &mut Write,
    headers: &HeaderMap,
    visitor: Option<Visitor>,
    (email, name): (&str, &str),
) -> Result<CookieJar> {
    let account = store::ensure(write, email).await?;
    if !name.is_empty() {
        store::set_name(write, account.id, name).await?;
    }
    let held = store::grants(write.tx(), account.id).await?;
    if !held.iter().any(|grant| {
        grant.role == Role::Administrator && grant.process_id.is_none() && grant.area_id.is_none()
    }) {
        store::grant(write, account.id, Role::Administrator, (None, None), None).await?;
    }
    session::enter(app, write, headers, visitor, &account, true).await
}

/// How many administrators of everything there are.
///
/// # Errors
/// Where the database does not answer.
pub async fn administrators(db: &crate::base::db::Db) -> Result<usize> {
    let held = people::holders(db, 0, i64::MAX).await?;
    let whole = |held: &&people::Held| {
        held.role == Role::Administrator && held.process.is_none() && held.area.is_none()
    };
    Ok(held.iter().filter(whole).count())
}
