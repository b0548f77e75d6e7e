//! The areas' SQL.

use super::{Area, NewArea};
use crate::base::db::{Sql, by, insert_many};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::AreaId;
use crate::base::text::slug;
use crate::core::features::geometry::to_wkb;
use crate::core::journal::{Act, Write};
use std::collections::{HashMap, HashSet};

/// Every area with its outline, larger levels first.
///
/// # Errors
/// Where the database does not answer.
pub async fn all(db: impl Sql<'_>) -> Result<Vec<Area>> {
    db.all("select id, slug, level, code, name, parent_id, wkb, population from area order by parent_id is not null, level, name", ())
        .await
}

/// Id, name, parent, outline and population.
type Known = (AreaId, String, Option<AreaId>, Vec<u8>, Option<i64>);

const UPDATE: &str =
    "update area set name = $2, parent_id = $3, wkb = $4, updated_at = $5, population = $6 where id = $1";

/// Writes an area; one of the same level and code is replaced, and stays what it is part of where it would be part of itself. Says whether
/// anything changed.
///
/// # Errors
/// Where the database refuses.
pub async fn upsert(write: &mut Write, new: &NewArea) -> Result<(AreaId, bool)> {
    let wkb = to_wkb(&geo::Geometry::MultiPolygon(new.outline.clone()))?;
    let at = write.at();
    let tx = write.tx();
    let known: Option<Known> = tx
        .optional(
            "select id, name, parent_id, wkb, population from area where level = $1 and code = $2",
            (new.level.as_str(), new.code.as_str()),
        )
        .await?;
    if let Some((id, name, parent, outline, population)) = known {
        let people = new.population.or(population);
        let nested = nested(write, id, (parent, new.parent)).await?;
        if name == new.name && parent == nested && outline == wkb && population == people {
            return Ok((id, false));
        }
        write.tx().run(UPDATE, (id, new.name.as_str(), nested, wkb, at, people)).await?;
        write.record_subject(Act::TERRITORY, new.code.as_str());
        return Ok((id, true));
    }
    let slug = free_slug(write, new).await?;
    let (id,) = write
        .tx()
        .one(
            "insert into area (slug, level, code, name, parent_id, wkb, population, created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
             returning id",
            (
                slug,
                new.level.as_str(),
                new.code.as_str(),
                new.name.as_str(),
                new.parent,
                wkb,
                new.population,
                at,
            ),
        )
        .await?;
    write.record_subject(Act::TERRITORY, new.code.as_str());
    Ok((id, true))
}

/// How many areas were new, changed, or as they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// New.
    pub created: u64,
    /// Changed.
    pub updated: u64,
    /// As they were.
    pub unchanged: u64,
}

/// Writes many areas at once, like [`upsert`] each: what there is is read once, what is new goes in bulk.
///
/// # Errors
/// Where the database refuses.
pub async fn upsert_all(write: &mut Write, new: Vec<NewArea>) -> Result<Counts> {
    let at = write.at();
    let new = tokio::task::spawn_blocking(move || written(new)).await;
    let new = new.map_err(|error| Error::Internal(format!("outlines: {error}")))??;
    lock_nesting(write).await?;
    let before = all(write.tx()).await?;
    let known: HashMap<(&str, &str), &Area> =
        before.iter().map(|area| ((area.level.as_str(), area.code.as_str()), area)).collect();
    let mut slugs: HashSet<String> = before.iter().map(|area| area.slug.clone()).collect();
    let (mut counts, mut rows) = (Counts::default(), Vec::new());
    for (area, wkb) in &new {
        match known.get(&(area.level.as_str(), area.code.as_str())) {
            Some(old)
                if old.name == area.name
                    && old.parent_id == area.parent
                    && old.wkb == *wkb
                    && area.population.is_none_or(|people| old.population == Some(people)) =>
            {
                counts.unchanged += 1;
                continue;
            }
            Some(old) => {
                counts.updated += 1;
                let people = area.population.or(old.population);
                let nested = nested(write, old.id, (old.parent_id, area.parent)).await?;
                write
                    .tx()
                    .run(UPDATE, (old.id, area.name.as_str(), nested, wkb.as_slice(), at, people))
                    .await?;
            }
            None => {
                counts.created += 1;
                let slug = candidates(area).into_iter().find(|slug| !slugs.contains(slug));
                let slug = slug.unwrap_or_else(|| format!("{}-{}", candidates(area)[2], slugs.len()));
                slugs.insert(slug.clone());
                let (level, code, name) = (area.level.as_str(), area.code.as_str(), area.name.as_str());
                rows.push((slug, level, code, name, area.parent, wkb.as_slice(), area.population, at, at));
            }
        }
        write.record_subject(Act::TERRITORY, area.code.as_str());
    }
    let sql =
        "insert into area (slug, level, code, name, parent_id, wkb, population, created_at, updated_at)";
    insert_many(write.tx(), sql, rows, "").await?;
    Ok(counts)
}

/// Areas and their outlines as they are kept.
fn written(areas: Vec<NewArea>) -> Result<Vec<(NewArea, Vec<u8>)>> {
    let each = areas.into_iter().map(|mut area| {
        let outline = std::mem::replace(&mut area.outline, geo::MultiPolygon(Vec::new()));
        to_wkb(&geo::Geometry::MultiPolygon(outline)).map(|wkb| (area, wkb))
    });
    each.collect()
}

/// Gives an area another name, and makes it part of another one, or of none. Its slug stays: addresses name it.
///
/// # Errors
/// [`Error::NotFound`] where it is not there any more; [`Error::Conflict`] where it would be part of itself by now.
pub async fn change(write: &mut Write, id: AreaId, name: &str, parent: Option<AreaId>) -> Result<()> {
    let at = write.at();
    lock_nesting(write).await?;
    if let Some(parent) = parent
        && is_ring(write, id, parent).await?
    {
        return Err(Error::Conflict(Message::new("area-changed-meanwhile")));
    }
    let sql = "update area set name = $2, parent_id = $3, updated_at = $4 where id = $1 returning code";
    let (code,): (String,) = write.tx().one(sql, (id, name, parent, at)).await?;
    write.record_subject(Act::TERRITORY, code);
    Ok(())
}

/// Lets nobody else make an area part of another one until the write ends: two who each move one could make a ring of them.
async fn lock_nesting(write: &mut Write) -> Result<()> {
    // SQLite has one writer anyway.
    let lock = by(
        "select 1 where $1 is not null",
        "select cast(1 as bigint) from pg_advisory_xact_lock(hashtextextended($1, 0))",
    );
    let _held: (i64,) = write.tx().one(lock, ("nesting of areas",)).await?;
    Ok(())
}

/// Whether an area would be part of itself as part of that one, as they are now.
async fn is_ring(write: &mut Write, id: AreaId, parent: AreaId) -> Result<bool> {
    let (met,): (i64,) = write
        .tx()
        .one(
            "with recursive up (id, parent_id) as (
                 select id, parent_id from area where id = $2
                 union select a.id, a.parent_id from area a join up on a.id = up.parent_id)
             select count(*) from up where id = $1",
            (id, parent),
        )
        .await?;
    Ok(met > 0)
}

/// What an area may be part of: what is wanted, or what it is part of already where it would be part of itself.
async fn nested(
    write: &mut Write,
    id: AreaId,
    (was, wanted): (Option<AreaId>, Option<AreaId>),
) -> Result<Option<AreaId>> {
    let Some(parent) = wanted.filter(|_| wanted != was) else { return Ok(wanted) };
    lock_nesting(write).await?;
    Ok(if is_ring(write, id, parent).await? { was } else { wanted })
}

/// Lets nobody else make a row name this area, change it, or make any area part of another one, until the write ends.
///
/// # Errors
/// [`Error::NotFound`] where it is not there any more.
pub async fn lock(write: &mut Write, id: AreaId) -> Result<()> {
    // Always first: who waits for it holds no row that another one waits for.
    lock_nesting(write).await?;
    // What names an area shares a lock of its row; SQLite has one writer at a time.
    let sql = by("select id from area where id = $1", "select id from area where id = $1 for update");
    let (_,): (AreaId,) = write.tx().one(sql, (id,)).await?;
    Ok(())
}

/// Removes an area that no row names: see [`lock`].
///
/// # Errors
/// [`Error::Conflict`] where a row does.
pub async fn remove(write: &mut Write, id: AreaId) -> Result<()> {
    let removed = write.tx().one("delete from area where id = $1 returning code", (id,)).await;
    let (code,): (String,) = removed.map_err(|error| match error {
        error if error.is_foreign_key_violation() => Error::Conflict(Message::new("area-changed-meanwhile")),
        error => error,
    })?;
    write.record_subject(Act::TERRITORY, code);
    Ok(())
}

/// Writes an area that was removed under the slug that it had, where no other has it by now.
///
/// # Errors
/// Where the database refuses.
pub async fn put_back(write: &mut Write, area: &NewArea, slug: &str) -> Result<AreaId> {
    let (id, _) = upsert(write, area).await?;
    let sql = "update area set slug = $2 where id = $1 and not exists (select 1 from area where slug = $2)";
    write.tx().run(sql, (id, slug)).await?;
    Ok(id)
}

/// The slugs that an area may have, the plainest first.
fn candidates(area: &NewArea) -> [String; 3] {
    [
        slug(&area.name),
        slug(&format!("{} {}", area.level, area.name)),
        slug(&format!("{} {}", area.level, area.code)),
    ]
}

/// The slug of a name; where another area has it, that of the level and the name, then of the level and the code.
async fn free_slug(write: &mut Write, new: &NewArea) -> Result<String> {
    let candidates = candidates(new);
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
