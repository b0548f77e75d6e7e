//! Keys with which programs of other authorities come in: made and revoked at the desk by who administers, shown once, asked for by doors.
//!
//! What it is not: a door. Whichever module has one asks [`check`] for the key that came with a request ([`Presented`]), and says what
//! may be done. A key is nobody's session, and gives no role. Invariants: the key itself is kept nowhere, in no table and no log, only its
//! digest; one that was revoked opens nothing any more, ever.

mod model;
mod quota;
mod routes;
pub mod store;
mod tables;
#[cfg(test)]
mod tests;
mod views;

use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::civic::accounts::{Access, Hook, Role};
use crate::civic::manifest::Module;
use crate::core::app::App;
use crate::core::journal::{Act, ActRow, Part};
pub use model::{Key, KeyId, MOST_PER_HOUR, NAME_MOST, NewKey, Presented, Scope, Secret};

/// The manifest.
pub const MODULE: Module = Module {
    name: "keys",
    routes: routes::routes,
    acts: &[KEY_MADE, KEY_REVOKED],
    places: &[Hook::desk(60, Access::Everywhere(Role::Administrator), routes::HERE, "desk-keys")],
    tables: tables::TABLES,
    ..Module::NOTHING
};

/// A key was made; the subject says for which door, and its number.
const KEY_MADE: Act = Act(&ActRow { word: "key_made", is_civic: true, rereads: Part::Nothing, told: None });
/// A key was revoked.
const KEY_REVOKED: Act =
    Act(&ActRow { word: "key_revoked", is_civic: true, rereads: Part::Nothing, told: None });

/// The key that came with a request to a door, counted.
///
/// # Errors
/// [`Error::Forbidden`] where there is none, or none that opens this door; [`Error::Later`] where it came too often.
pub async fn check(app: &App, presented: &Presented, scope: Scope) -> Result<Key> {
    let refused = || Error::Forbidden(Message::new("key-refused"));
    let secret = presented.secret().ok_or_else(refused)?;
    let key = store::of_digest(&app.db, &secret.digest()).await?.ok_or_else(refused)?;
    if key.revoked_at.is_some() || key.scope != scope {
        return Err(refused());
    }
    let now = clock::now();
    quota::count(&secret.digest(), key.per_hour, now)?;
    let today = now.with_timezone(&clock::zone()).date_naive().to_string();
    if key.used_on.as_deref() != Some(today.as_str()) {
        store::used(&app.db, key.id, &today).await?;
    }
    Ok(key)
}
