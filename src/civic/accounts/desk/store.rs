//! The SQL of the desk's first page: when somebody was here last, and what came since.

use crate::base::clock::Timestamp;
use crate::base::db::{Sql, Statement, by};
use crate::base::error::Result;
use crate::base::ids::AccountId;
use crate::civic::contributions::things::moderated;
use crate::core::features::scope::{Scope, in_scope};
use std::sync::LazyLock;

/// When somebody was at the desk: `since` is the end of the visit before this one, `seen_at` the last time of this one.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub(super) struct Visit {
    pub(super) since: Timestamp,
    pub(super) seen_at: Timestamp,
}

/// The visit of somebody that is known.
pub(super) async fn visit(db: impl Sql<'_>, account: AccountId) -> Result<Option<Visit>> {
    db.optional("select since, seen_at from desk_visit where account_id = $1", (account,)).await
}

/// Takes note of a visit.
pub(super) async fn visited(db: impl Sql<'_>, account: AccountId, visit: Visit) -> Result<()> {
    db.run(
        "insert into desk_visit (account_id, since, seen_at) values ($1, $2, $3)
         on conflict (account_id) do update set since = excluded.since, seen_at = excluded.seen_at",
        (account, visit.since, visit.seen_at),
    )
    .await
    .map(|_| ())
}

/// What came within a scope since an instant: the key of what it is called, and how many.
pub(super) async fn since(db: impl Sql<'_>, scope: &Scope, at: Timestamp) -> Result<Vec<(String, i64)>> {
    db.all(*SINCE, (scope.argument(), at)).await
}

static SINCE: LazyLock<Statement> = LazyLock::new(|| {
    let each = moderated().map(|(_, of)| {
        format!(
            "select r.feature_id as id, r.process_id, r.name from ({}) r where r.created_at > $2",
            of.rows
        )
    });
    let rows = each.collect::<Vec<_>>().join(" union all ");
    let text = |scope: &str| -> &'static str {
        format!("select f.name, count(*) from ({rows}) f where {scope} group by f.name order by count(*) desc, f.name").leak()
    };
    by(text(in_scope!(sqlite)), text(in_scope!(postgres)))
});
