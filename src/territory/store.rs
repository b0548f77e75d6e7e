//! The areas' SQL.

use super::{Area, NewArea};
use crate::db::Sql;
use crate::error::Result;
use crate::features::geometry::to_wkb;
use crate::ids::AreaId;
use crate::journal::{Act, Write};
use crate::text::slug;

/// Every area with its outline, larger levels first.
///
/// # Errors
/// Where the database does not answer.
pub async fn all(db: impl Sql<'_>) -> Result<Vec<Area>> {
    db.all("select id, slug, level, code, name, parent_id, wkb from area order by parent_id is not null, level, name", ())
        .await
}

/// Writes an area; one of the same level and code is replaced. Says whether anything changed.
///
/// # Errors
/// Where the database refuses.
pub async fn upsert(write: &mut Write, new: &NewArea) -> Result<(AreaId, bool)> {
    let wkb = to_wkb(&geo::Geometry::MultiPolygon(new.outline.clone()))?;
    let at = write.at();
    let tx = write.tx();
    let known: Option<(AreaId, String, Option<AreaId>, Vec<u8>)> = tx
        .optional(
            "select id, name, parent_id, wkb from area where level = $1 and code = $2",
            (new.level.as_str(), new.code.as_str()),
        )
        .await?;
    if let Some((id, name, parent, outline)) = known {
        if name == new.name && parent == new.parent && outline == wkb {
            return Ok((id, false));
        }
        tx.run(
            "update area set name = $2, parent_id = $3, wkb = $4, updated_at = $5 where id = $1",
            (id, new.name.as_str(), new.parent, wkb, at),
        )
        .await?;
        write.record_subject(Act::Territory, new.code.as_str());
        return Ok((id, true));
    }
    let slug = free_slug(write, new).await?;
    let (id,) = write
        .tx()
        .one(
            "insert into area (slug, level, code, name, parent_id, wkb, created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $7)
             returning id",
            (slug, new.level.as_str(), new.code.as_str(), new.name.as_str(), new.parent, wkb, at),
        )
        .await?;
    write.record_subject(Act::Territory, new.code.as_str());
    Ok((id, true))
}

/// The slug of a name; where another area has it, that of the level and the name, then of the level and the code.
async fn free_slug(write: &mut Write, new: &NewArea) -> Result<String> {
    let candidates = [
        slug(&new.name),
        slug(&format!("{} {}", new.level, new.name)),
        slug(&format!("{} {}", new.level, new.code)),
    ];
    for candidate in &candidates[..2] {
        let taken: Option<(i64,)> =
            write.tx().optional("select id from area where slug = $1", (candidate.as_str(),)).await?;
        if taken.is_none() {
            return Ok(candidate.clone());
        }
    }
    let [.., last] = candidates;
    Ok(last)
}
