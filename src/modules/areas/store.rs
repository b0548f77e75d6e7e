//! What uses an area, and imports that go on apart, by SQL.

use crate::base::clock::Timestamp;
use crate::base::db::{Db, Sql};
use crate::base::error::Result;
use crate::base::ids::AreaId;
use crate::core::journal::Write;
use uuid::Uuid;

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

/// An import that goes on apart, or is over.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct AreaWork {
    /// When it began.
    pub(super) begun_at: Timestamp,
    /// Where it is told what it wrote, once it did.
    pub(super) told: Option<String>,
    /// Why it wrote nothing.
    pub(super) problem: Option<String>,
}

/// Says that an import begins.
pub(super) async fn begin_work(write: &mut Write, id: Uuid) -> Result<()> {
    let at = write.at();
    write.tx().run("insert into area_work (id, begun_at) values ($1, $2)", (id, at)).await.map(drop)
}

/// Says where it is told what an import wrote: in the transaction that writes it.
pub(super) async fn end_work(write: &mut Write, id: Uuid, told: &str) -> Result<()> {
    write.tx().run("update area_work set told = $2 where id = $1", (id, told)).await.map(drop)
}

/// Says why an import wrote nothing.
pub(super) async fn fail_work(db: &Db, id: Uuid, problem: &str) -> Result<()> {
    let sql = "update area_work set problem = $2 where id = $1 and told is null";
    db.run(sql, (id, problem)).await.map(drop)
}

/// How far an import is, whichever server does it.
pub(super) async fn work(db: impl Sql<'_>, id: Uuid) -> Result<Option<AreaWork>> {
    db.optional("select begun_at, told, problem from area_work where id = $1", (id,)).await
}

/// Forgets imports that began before an instant. Gives how many.
pub(super) async fn forget_works(db: &Db, before: Timestamp) -> Result<u64> {
    db.run("delete from area_work where begun_at < $1", (before,)).await
}
