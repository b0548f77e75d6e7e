//! What somebody works on: a subject of any kind that moderators look after, where it belongs, and what it is called.

use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::ids::{AreaId, FeatureId, ProcessId};
use crate::civic::accounts::Jurisdiction;
use crate::civic::contributions::things::{PerKind, Thing};
use std::sync::LazyLock;

/// A subject, public or not.
#[derive(Debug, Clone)]
pub struct Worked {
    /// How forms name it.
    pub thing: Thing,
    /// On whose page it stands, if on one's.
    pub feature: Option<FeatureId>,
    /// Its own title, or that of the contribution on whose page it stands.
    pub title: String,
    /// Whose of the desk it is.
    pub place: Jurisdiction,
    /// Whether everybody may read it.
    pub is_public: bool,
}

#[derive(sqlx::FromRow)]
struct WorkedRow {
    feature_id: Option<FeatureId>,
    title: String,
    process_id: Option<ProcessId>,
    areas: Option<String>,
    is_public: bool,
}

static ROW: LazyLock<PerKind> = LazyLock::new(|| {
    PerKind::new(|_, of| {
        format!(
            "select r.feature_id, r.title, r.process_id, r.published_at is not null as is_public,
                    (select string_agg(cast(a.area_id as text), ',') from feature_area a where a.feature_id = r.feature_id) as areas
             from ({}) r where r.id = $1 and ($2 = 0 or r.feature_id = $2)",
            of.rows
        )
    })
});

/// The subject that a form names.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(db: impl Sql<'_>, thing: Thing) -> Result<Worked> {
    let on = thing.feature.map_or(0, |feature| feature.0);
    let row: Option<WorkedRow> = db.optional(ROW.of(thing.subject)?, (thing.subject.id, on)).await?;
    let row = row.ok_or(Error::NotFound)?;
    let areas = row.areas.unwrap_or_default().split(',').filter_map(AreaId::of_text).collect();
    Ok(Worked {
        thing: Thing::of(row.feature_id, thing.subject),
        feature: row.feature_id,
        title: row.title,
        place: Jurisdiction { process: row.process_id, areas },
        is_public: row.is_public,
    })
}
