//! The search of known places: the names in memory, read again when an import changed them, and the houses of the best ones.
//!
//! Invariant: an import is searched from its commit on, on every server: each search asks for the version of the places first, which
//! is one row.

use super::model::{Found, House};
use super::names::{Hit, Names, Score};
use super::query::Query;
use super::store;
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::base::ids::PlaceId;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Places whose houses are asked for.
const BEST: usize = 60;

/// What a house that is not known costs a place that has the name, in hundredths.
const UNKNOWN_HOUSE: u16 = 8;

/// A place, its name aside from its houses.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct NamedPlace {
    pub(super) id: PlaceId,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) locality: String,
    pub(super) lon: f64,
    pub(super) lat: f64,
}

/// The names of one state of the places.
#[derive(Debug)]
struct Kept {
    version: String,
    places: Vec<NamedPlace>,
    names: Names,
}

/// The search. Keeps the names; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Search(Arc<Mutex<Option<Arc<Kept>>>>);

impl Search {
    /// Places that answer a query, the best first, at most `limit`; among equals the nearer to `near` (degrees east and north), then the
    /// shorter name.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn find(
        &self,
        db: &Db,
        query: &Query,
        near: Option<(f64, f64)>,
        limit: usize,
    ) -> Result<Vec<Found>> {
        if query.words.is_empty() {
            return Ok(Vec::new());
        }
        let kept = self.kept(db).await?;
        let mut hits = kept.names.search(query);
        let away = |hit: &Hit| near.map_or(0.0, |near| distance(&kept.places[hit.at], near));
        let length = |hit: &Hit| kept.places[hit.at].name.len();
        let order = |a: &Hit, b: &Hit| {
            let near = || away(a).total_cmp(&away(b));
            b.score.cmp(&a.score).then_with(near).then_with(|| (length(a), a.at).cmp(&(length(b), b.at)))
        };
        hits.sort_by(order);
        hits.truncate(BEST.max(limit));
        let known = houses(db, query, &hits, &kept.places).await?;
        let mut found: Vec<Found> =
            hits.iter().map(|hit| told(hit, query, &kept.places[hit.at], &known)).collect();
        // Stable: what is as good stays in its order.
        found.sort_by_key(|found| Reverse(found.score));
        found.truncate(limit);
        Ok(found)
    }

    /// The names as they are now. Whoever comes while they are read waits, and reads them once.
    async fn kept(&self, db: &Db) -> Result<Arc<Kept>> {
        let version = store::version(db).await?;
        let mut slot = self.0.lock().await;
        if let Some(kept) = slot.as_ref().filter(|kept| kept.version == version) {
            return Ok(Arc::clone(kept));
        }
        let places = store::all(db).await?;
        let read = tokio::task::spawn_blocking(move || {
            let names = Names::new(places.iter().map(|place| (place.name.as_str(), place.locality.as_str())));
            Arc::new(Kept { version, places, names })
        });
        let kept = read.await.map_err(|e| Error::Internal(format!("names: {e}")))?;
        *slot = Some(Arc::clone(&kept));
        Ok(kept)
    }
}

/// How far a place is, in degrees of latitude, squared.
fn distance(place: &NamedPlace, (lon, lat): (f64, f64)) -> f64 {
    (place.lon - lon).powi(2) * lat.to_radians().cos().powi(2) + (place.lat - lat).powi(2)
}

/// The houses that were asked for and are known, by place.
async fn houses(
    db: &Db,
    query: &Query,
    hits: &[Hit],
    places: &[NamedPlace],
) -> Result<HashMap<(PlaceId, usize), (House, f64, f64)>> {
    let mut known = HashMap::new();
    for (which, asked) in query.houses.iter().enumerate() {
        let of: Vec<i64> =
            hits.iter().filter(|hit| hit.house == Some(which)).map(|hit| places[hit.at].id.0).collect();
        if of.is_empty() {
            continue;
        }
        for (id, suffix, lon, lat) in store::houses(db, &of, &asked.house).await? {
            let house = House { number: asked.house.number, suffix };
            // The suffix as it was typed before another way to write it.
            let is_exact = house == asked.house;
            if is_exact || !known.contains_key(&(id, which)) {
                known.insert((id, which), (house, lon, lat));
            }
        }
    }
    Ok(known)
}

fn told(
    hit: &Hit,
    query: &Query,
    place: &NamedPlace,
    known: &HashMap<(PlaceId, usize), (House, f64, f64)>,
) -> Found {
    let asked = hit.house;
    let here = asked.and_then(|which| known.get(&(place.id, which)));
    let unknown = asked.filter(|_| here.is_none()).map(|which| query.houses[which].house.clone());
    let cost = if unknown.is_some() { UNKNOWN_HOUSE } else { 0 };
    let (lon, lat) = here.map_or((place.lon, place.lat), |(_, lon, lat)| (*lon, *lat));
    Found {
        id: place.id,
        kind: place.kind.clone(),
        name: place.name.clone(),
        locality: place.locality.clone(),
        house: here.map(|(house, ..)| house.clone()),
        unknown,
        lon,
        lat,
        score: Score { met: hit.score.met.saturating_sub(cost), ..hit.score },
    }
}
