//! What files of many features say besides their cards: the arguments on them, and their numbers in the register. What it is
//! not: the files themselves (`formats.rs`). Invariant: only what is public.

use crate::base::clock::Timestamp;
use crate::base::db::{Ids, Sql, by};
use crate::base::error::Result;
use crate::base::ids::{ArgumentId, FeatureId, ProcessId, ThemeId};
use crate::core::features::Voice;
use std::collections::HashMap;

/// An argument with what it is about; never by whom.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Argued {
    /// Its id.
    pub(super) id: ArgumentId,
    /// What it is about.
    pub(super) feature_id: FeatureId,
    /// For or against.
    pub(super) side: Voice,
    /// Markdown-light.
    pub(super) body: String,
    /// When.
    pub(super) created_at: Timestamp,
}

/// The public arguments on public features, by feature in the order of `ids`, the oldest first.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn arguments(db: impl Sql<'_>, ids: &[i64]) -> Result<Vec<Argued>> {
    macro_rules! argued {
        ($filter:literal) => {
            concat!(
                "select a.id, a.feature_id, a.side, a.body, a.created_at
                 from argument a join feature f on f.id = a.feature_id
                 where a.published_at is not null and f.published_at is not null and ",
                $filter,
                " order by a.created_at, a.id"
            )
        };
    }
    let sql = by(argued!("f.id in (select value from json_each($1))"), argued!("f.id = any($1)"));
    let mut found: Vec<Argued> = db.all(sql, (Ids(ids),)).await?;
    let order: HashMap<i64, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    found.sort_by_key(|argued| order.get(&argued.feature_id.0).copied());
    Ok(found)
}

/// The number in the register of the line by which each feature came to be, where it has one.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn register_numbers(db: impl Sql<'_>, ids: &[i64]) -> Result<HashMap<FeatureId, i64>> {
    let sql = by(
        "select feature_id, min(number) from journal
         where number is not null and feature_id in (select value from json_each($1)) group by feature_id",
        "select feature_id, min(number) from journal
         where number is not null and feature_id = any($1) group by feature_id",
    );
    let rows: Vec<(FeatureId, i64)> = db.all(sql, (Ids(ids),)).await?;
    Ok(rows.into_iter().collect())
}

/// What each contribution is filed under: its process and its theme.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn filed(
    db: impl Sql<'_>,
    ids: &[i64],
) -> Result<Vec<(FeatureId, Option<ProcessId>, Option<ThemeId>)>> {
    let sql = by(
        "select f.id, f.process_id, f.theme_id from json_each($1) w cross join feature f where f.id = w.value",
        "select id, process_id, theme_id from feature where id = any($1)",
    );
    db.all(sql, (Ids(ids),)).await
}
