//! What others than its author have in a feature, and what it said when they gave it.

use super::revisions::{Revision, Version};
use crate::base::db::Sql;
use crate::base::error::Result;
use crate::base::ids::{FeatureId, Visitor};

/// What others than its author gave a feature: people with a voice on it or on what was merged into it, and arguments.
///
/// # Errors
/// Where the database does not answer.
pub async fn foreign(db: impl Sql<'_>, id: FeatureId, author: Option<Visitor>) -> Result<Stake> {
    db.one(
        "select (select count(*) from vote v join feature f on f.id = v.feature_id
                 where (f.id = $1 or f.merged_into = $1) and ($2 is null or v.voter <> $2)) as voices,
                (select count(*) from argument a
                 where a.feature_id = $1 and a.published_at is not null
                   and ($2 is null or a.author is null or a.author <> $2)) as arguments,
                (select count(*) from answer w where w.feature_id = $1 and w.undone_at is null) as answers",
        (id, author),
    )
    .await
}

/// What others have in a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Stake {
    /// Voices of others.
    pub voices: i64,
    /// Arguments of others.
    pub arguments: i64,
    /// Official answers, every version.
    pub answers: i64,
}

impl Stake {
    /// Whether others gave it a voice or an argument.
    pub fn is_discussed(self) -> bool {
        self.voices > 0 || self.arguments > 0
    }
    /// Whether others wrote anything of it, which is not its author's to take away: a voice alone says nothing without the text.
    pub fn is_written(self) -> bool {
        self.arguments > 0 || self.answers > 0
    }
}

/// What a feature said when the first of its voices and arguments by others was given: what later changes are measured against.
///
/// # Errors
/// Where the database does not answer, or holds what is no version.
pub async fn seen_by_voices(
    db: impl Sql<'_>,
    id: FeatureId,
    author: Option<Visitor>,
) -> Result<Option<Version>> {
    let first: Option<Revision> = db
        .optional(
            "select r.n, r.content, r.photos, r.held, r.made_at, r.ended_at from revision r
             where r.subject_kind = 'feature' and r.subject_id = $1 and r.held is null
               and (exists (select 1 from vote v join feature f on f.id = v.feature_id
                            where (f.id = $1 or f.merged_into = $1) and v.cast_at < r.ended_at
                              and ($2 is null or v.voter <> $2))
                    or exists (select 1 from argument a
                               where a.feature_id = $1 and a.published_at is not null and a.created_at < r.ended_at
                                 and ($2 is null or a.author is null or a.author <> $2)))
             order by r.ended_at, r.n limit 1",
            (id, author),
        )
        .await?;
    first.map(|revision| revision.version()).transpose()
}
