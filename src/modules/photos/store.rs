//! SQL of the photos' desk alone: names of those who looked at what was covered.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::Result;
use crate::base::ids::PhotoId;

/// How many looks are told: the latest.
const TOLD: i64 = 50;

/// Who looked at what stood in a photo before, and when; the latest first.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn looks(db: impl Sql<'_>, id: PhotoId) -> Result<Vec<(String, Timestamp)>> {
    db.all(
        "select coalesce(nullif(a.name, ''), a.email, '') as name, k.at
         from photo_original_look k left join account a on a.id = k.account_id
         where k.photo_id = $1 order by k.id desc limit $2",
        (id, TOLD),
    )
    .await
}
