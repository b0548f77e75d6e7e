//! What somebody says of themselves, in SQL.

use super::model::Profile;
use crate::base::db::Sql;
use crate::base::error::Result;
use crate::base::ids::AccountId;

/// Keeps it.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn keep(db: impl Sql<'_>, account: AccountId, profile: &Profile) -> Result<()> {
    let Profile { name, capacity, area } = profile;
    let sql = "update account set name = $2, capacity = $3, area_id = $4 where id = $1";
    db.run(sql, (account, name.as_str(), *capacity, *area)).await.map(|_| ())
}
