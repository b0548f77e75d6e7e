//! The settings' SQL: each version a row, the last one in force.

use super::Site;
use crate::base::db::{Sql, setting};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::AccountId;
use crate::core::journal::{Act, Write};

fn read(version: i64, said: &str) -> Result<Site> {
    Site::read(version, said)
        .map_err(|error| Error::Internal(format!("version {version} of the site: {error}")))
}

/// The settings in force.
///
/// # Errors
/// Where the database does not answer, or holds what is no version.
pub async fn current(db: impl Sql<'_>) -> Result<Site> {
    let sql = "select version, said from site_version order by version desc limit 1";
    match db.optional::<(i64, String)>(sql, ()).await? {
        Some((version, said)) => read(version, &said),
        None => Ok(Site::default()),
    }
}

/// The settings in force, to be written anew: whoever else writes some waits until this write has ended.
///
/// # Errors
/// Where the database does not answer.
pub async fn to_change(write: &mut Write) -> Result<Site> {
    setting::put(write.tx(), "site_lock", "1").await?;
    current(write.tx()).await
}

/// A version's settings.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub async fn of_version(db: impl Sql<'_>, version: i64) -> Result<Site> {
    let sql = "select version, said from site_version where version = $1";
    let row: Option<(i64, String)> = db.optional(sql, (version,)).await?;
    let (version, said) = row.ok_or(Error::NotFound)?;
    read(version, &said)
}

/// Writes the version after `site.version`, with the line that every server reads it by.
///
/// # Errors
/// [`Error::Conflict`] where somebody else wrote one meanwhile.
pub async fn write(write: &mut Write, site: &Site, by: Option<AccountId>) -> Result<i64> {
    let (next, at) = (site.version + 1, write.at());
    let written = write
        .tx()
        .run(
            "insert into site_version (version, said, account_id, at) values ($1, $2, $3, $4)
             on conflict (version) do nothing",
            (next, site.said(), by, at),
        )
        .await?;
    if written == 0 {
        return Err(Error::Conflict(Message::new("site-changed-meanwhile")));
    }
    write.record_subject(Act::SITE, next.to_string());
    Ok(next)
}

/// Whether the register says when something happened that people see: from then on the territory's clock stays where it is.
///
/// # Errors
/// Where the database does not answer.
pub async fn has_dates(db: impl Sql<'_>) -> Result<bool> {
    // Whom roles were given to, and what is planned, comes before.
    let sql = "select seq from journal where number is not null
               and act not in ('granted', 'revoked', 'sealed', 'process') limit 1";
    Ok(db.optional::<(i64,)>(sql, ()).await?.is_some())
}
