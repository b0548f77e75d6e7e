//! What uses an area, by SQL.

use crate::base::db::Sql;
use crate::base::error::Result;
use crate::base::ids::AreaId;

/// How many rows name an area, by what they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Uses {
    /// Contributions that lie in it, or are about all of it; public or not.
    pub(super) features: i64,
    /// Areas that are part of it.
    pub(super) parts: i64,
    /// Roles that hold there, those that were taken back among them: who decided what stays readable.
    pub(super) roles: i64,
    /// People who say that they live there.
    pub(super) people: i64,
}

impl Uses {
    /// Whether nothing does.
    pub(super) fn is_none(&self) -> bool {
        *self == Uses::default()
    }
}

/// What uses an area.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn uses(db: impl Sql<'_>, id: AreaId) -> Result<Uses> {
    db.one(
        "select (select count(*) from (select feature_id from feature_area where area_id = $1
                                       union select id from feature where area_id = $1) as there) as features,
                (select count(*) from area where parent_id = $1) as parts,
                (select count(*) from role_grant where area_id = $1) as roles,
                (select count(*) from account where area_id = $1) as people",
        (id,),
    )
    .await
}
