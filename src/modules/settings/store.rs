//! The settings' versions, with who wrote them.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::core::site::Site;

/// A version, as the desk lists it.
#[derive(Debug, Clone)]
pub(super) struct Version {
    /// What it said.
    pub(super) site: Site,
    /// When it came into force.
    pub(super) at: Timestamp,
    /// Who wrote it, as they are called; empty where nobody is known.
    pub(super) by: String,
}

/// The last versions, the latest first.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn versions(db: impl Sql<'_>, most: usize) -> Result<Vec<Version>> {
    let sql = "select v.version, v.said, v.at, coalesce(a.name, '') as name
               from site_version v left join account a on a.id = v.account_id
               order by v.version desc limit $1";
    let rows: Vec<(i64, String, Timestamp, String)> =
        db.all(sql, (i64::try_from(most).unwrap_or(i64::MAX),)).await?;
    let version = |(version, said, at, by): (i64, String, Timestamp, String)| {
        let site = Site::read(version, &said).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(Version { site, at, by })
    };
    rows.into_iter().map(version).collect()
}
