//! The known places' SQL.

use super::model::{Changes, House, NewPlace};
use super::search::NamedPlace;
use crate::base::db::{Db, Ids, Sql, by, insert_many};
use crate::base::error::Result;
use crate::base::ids::PlaceId;
use crate::core::journal::Write;
use std::collections::HashMap;

/// The setting that names the state of the places.
const VERSION: &str = "places_version";

/// What changes with the places: each replacing gives another.
pub(super) async fn version(db: &Db) -> Result<String> {
    let row: Option<(String,)> = db.optional("select value from setting where name = $1", (VERSION,)).await?;
    Ok(row.map(|(value,)| value).unwrap_or_default())
}

/// Every place, without its houses.
pub(super) async fn all(db: &Db) -> Result<Vec<NamedPlace>> {
    db.all("select id, kind, name, locality, lon, lat from place order by id", ()).await
}

/// These places' houses of a number, with the suffix that was asked for or what others write for it.
pub(super) async fn houses(db: &Db, of: &[i64], house: &House) -> Result<Vec<(PlaceId, String, f64, f64)>> {
    let sql = by(
        "select place_id, suffix, lon, lat from place_number
         where place_id in (select value from json_each($1)) and number = $2 and suffix in ($3, $4)",
        "select place_id, suffix, lon, lat from place_number
         where place_id = any($1) and number = $2 and suffix in ($3, $4)",
    );
    db.all(sql, (Ids(of), house.number, house.suffix.as_str(), house.other_suffix())).await
}

/// Makes `places` all that a source says: what is new is written, what changed is replaced, what is not named any more
/// goes, what is as it was is left alone.
///
/// # Errors
/// Where the database refuses, for instance two places of one kind, name and locality.
pub async fn replace(write: &mut Write, source: &str, places: &[NewPlace]) -> Result<Changes> {
    let known: Vec<(PlaceId, String, String, String, String)> = write
        .tx()
        .all("select id, kind, locality, name, fingerprint from place where source = $1", (source,))
        .await?;
    let mut known: HashMap<(String, String, String), (PlaceId, String)> = known
        .into_iter()
        .map(|(id, kind, locality, name, print)| ((kind, locality, name), (id, print)))
        .collect();
    let mut changes = Changes::default();
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    for place in places {
        let key = (place.kind.clone(), place.locality.clone(), place.name.clone());
        match known.remove(&key) {
            Some((_, print)) if print == place.fingerprint() => changes.unchanged += 1,
            Some((id, _)) => {
                changes.updated += 1;
                gone.push(id.0);
                new.push((id, place));
            }
            None => {
                changes.created += 1;
                new.push((PlaceId(0), place));
            }
        }
    }
    changes.removed = known.len() as u64;
    gone.extend(known.values().map(|(id, _)| id.0));
    delete(write, &gone).await?;
    let fresh = new.iter().filter(|(id, _)| id.0 == 0).count();
    let mut ids = reserve(write, fresh, new.iter().map(|(id, _)| id.0).max().unwrap_or(0)).await?.into_iter();
    for (id, _) in new.iter_mut().filter(|(id, _)| id.0 == 0) {
        *id = ids.next().ok_or_else(|| crate::base::error::Error::Internal("no id was reserved".into()))?;
    }
    insert(write, source, &new).await?;
    write
        .tx()
        .run(
            "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
            (VERSION, uuid::Uuid::new_v4().simple().to_string()),
        )
        .await?;
    Ok(changes)
}

async fn delete(write: &mut Write, ids: &[i64]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = by(
        "delete from place where id in (select value from json_each($1))",
        "delete from place where id = any($1)",
    );
    write.tx().run(sql, (Ids(ids),)).await?;
    Ok(())
}

async fn insert(write: &mut Write, source: &str, places: &[(PlaceId, &NewPlace)]) -> Result<()> {
    let rows = places.iter().map(|(id, place)| {
        (
            *id,
            place.kind.as_str(),
            place.name.as_str(),
            place.locality.as_str(),
            place.lon,
            place.lat,
            source,
            place.fingerprint(),
        )
    });
    insert_many(
        write.tx(),
        "insert into place (id, kind, name, locality, lon, lat, source, fingerprint)",
        rows,
        "",
    )
    .await?;
    // In pieces: a region's numbers, encoded at once, would be hundreds of megabytes.
    for piece in places.chunks(500) {
        let numbers = piece.iter().flat_map(|(id, place)| {
            place.numbers.iter().map(|n| (*id, n.number, n.suffix.as_str(), n.lon, n.lat))
        });
        insert_many(
            write.tx(),
            "insert into place_number (place_id, number, suffix, lon, lat)",
            numbers,
            " on conflict (place_id, number, suffix) do nothing",
        )
        .await?;
    }
    Ok(())
}

/// Takes fresh ids, greater than `above`. Concurrent writers never get the same ones.
async fn reserve(write: &mut Write, count: usize, above: i64) -> Result<Vec<PlaceId>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let ids: Vec<(PlaceId,)> = write
        .tx()
        .all(
            by(
                // The one writer of SQLite holds the database: the next ids are ours.
                "with recursive step (n) as (select 1 union all select n + 1 from step where n < $1)
                 select max((select coalesce(max(id), 0) from place), $2) + n from step",
                "select nextval(pg_get_serial_sequence('place', 'id')) from generate_series(1, $1) where $2 >= 0",
            ),
            (count, above),
        )
        .await?;
    Ok(ids.into_iter().map(|(id,)| id).collect())
}

/// How many places and house numbers there are.
///
/// # Errors
/// Where the database does not answer.
pub async fn count(db: impl Sql<'_>) -> Result<(i64, i64)> {
    db.one("select (select count(*) from place), (select count(*) from place_number)", ()).await
}
