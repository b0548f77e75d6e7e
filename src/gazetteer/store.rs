//! The known places' SQL.

use super::model::{Changes, Found, House, NewPlace};
use super::query::{Query, Reading};
use crate::db::{Db, Ids, Sql, by, insert_many};
use crate::error::Result;
use crate::ids::PlaceId;
use crate::journal::Write;
use std::collections::HashMap;

/// A row of [`find`], as both databases give it.
#[derive(sqlx::FromRow)]
struct Row {
    id: PlaceId,
    kind: String,
    name: String,
    locality: String,
    number: Option<i64>,
    suffix: Option<String>,
    lon: f64,
    lat: f64,
    rank: i64,
}

/// Places that answer a query, the best first, at most `limit`: the very name, names that begin or end with what was
/// typed, then others; among equals the nearer to `near` (degrees east and north), then the shorter name.
///
/// # Errors
/// Where the database does not answer.
pub async fn find(db: &Db, query: &Query, near: Option<(f64, f64)>, limit: usize) -> Result<Vec<Found>> {
    let mut found: Vec<Found> = Vec::new();
    for reading in &query.readings {
        if reading.is_last_resort() && found.iter().any(|place| place.rank.reading < 2) {
            continue;
        }
        let rows = rows(db, reading, near, limit).await?;
        found.extend(rows.into_iter().map(|row| place(row, reading)));
    }
    // Stable: within one rank the database's order stays.
    found.sort_by_key(|place| place.rank);
    let mut seen = std::collections::HashSet::new();
    found.retain(|place| seen.insert(place.id));
    found.truncate(limit);
    Ok(found)
}

async fn rows(db: &Db, reading: &Reading, near: Option<(f64, f64)>, limit: usize) -> Result<Vec<Row>> {
    let [a, b, c, d, e, f, g, h] = reading.patterns();
    let (name, begins, ends) = reading.names();
    let house = reading.house.as_ref();
    let suffixes = house.map_or(("", ""), |house| (house.suffix.as_str(), house.other_suffix()));
    let (lon, lat) = near.unwrap_or_default();
    // A degree of longitude is shorter than one of latitude; without a place to be near to, all are as far.
    let scale = near.map_or((0.0, 0.0), |(_, lat)| (lat.to_radians().cos().powi(2), 1.0));
    db.all(
        // The house numbers are asked of the best streets only: of all that begin with "rue" it would take long.
        "select p.id, p.kind, p.name, p.locality, n.number, n.suffix, p.rank,
                coalesce(n.lon, p.lon) as lon, coalesce(n.lat, p.lat) as lat
         from (
             select id, kind, name, locality, lon, lat,
                    cast(case when folded = $9 then 0 when folded like $10 or folded like $11 then 1 else 2 end
                         as bigint) as rank,
                    case when search like $15 then 0 else 1 end as continued,
                    (lon - $16) * (lon - $16) * $17 + (lat - $18) * (lat - $18) * $19 as away
             from place
             where search like $1 and search like $2 and search like $3 and search like $4
               and search like $5 and search like $6 and search like $7 and search like $8
             order by rank, continued, away, length(name), id
             limit 100
         ) p
         left join place_number n on n.place_id = p.id and n.number = $12 and n.suffix in ($13, $14)
         order by p.rank, n.number is null, p.continued, p.away, length(p.name), p.id
         limit $20",
        (
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
            name,
            begins,
            ends,
            house.map(|house| house.number),
            suffixes.0,
            suffixes.1,
            reading.continued(),
            lon,
            scale.0,
            lat,
            scale.1,
            i64::try_from(limit).unwrap_or(i64::MAX),
        ),
    )
    .await
}

fn place(row: Row, reading: &Reading) -> Found {
    let house = row.number.map(|number| House { number, suffix: row.suffix.unwrap_or_default() });
    let rank = reading.rank(row.rank, house.is_some());
    let unknown = if house.is_none() { reading.house.clone() } else { None };
    Found {
        id: row.id,
        kind: row.kind,
        name: row.name,
        locality: row.locality,
        house,
        unknown,
        lon: row.lon,
        lat: row.lat,
        rank,
    }
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
        *id = ids.next().ok_or_else(|| crate::error::Error::Internal("no id was reserved".into()))?;
    }
    insert(write, source, &new).await?;
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
            place.folded(),
            place.search(),
            place.lon,
            place.lat,
            source,
            place.fingerprint(),
        )
    });
    insert_many(
        write.tx(),
        "insert into place (id, kind, name, locality, folded, search, lon, lat, source, fingerprint)",
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
