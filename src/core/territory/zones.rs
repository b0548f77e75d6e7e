//! Surfaces that agents draw to look at what lies in them (`within=3` in any filter).
//!
//! What it is not: an area. Nothing is filed under a zone, nobody is asked about one, and no public page lists them. Invariant: an outline never changes, so
//! that a link to a zone shows the same place for as long as it works.

use crate::base::clock::Timestamp;
use crate::base::db::{Sql, Tx};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::core::features::geometry::{from_wkb, to_wkb};
use geo::{CoordsIter, Geometry, MultiPolygon};

/// The most corners of a zone.
const MOST_CORNERS: usize = 2_000;

/// A zone, without its outline.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Zone {
    /// Its number, which filters name.
    pub id: i64,
    /// What agents call it.
    pub name: String,
    /// When it was drawn.
    pub created_at: Timestamp,
    /// When it was removed.
    pub removed_at: Option<Timestamp>,
}

/// Every zone, those that were removed too, by name.
///
/// # Errors
/// Where the database does not answer.
pub async fn all(db: impl Sql<'_>) -> Result<Vec<Zone>> {
    db.all("select id, name, created_at, removed_at from zone order by name, id", ()).await
}

/// The name of a zone that was not removed, and its outline in degrees.
///
/// # Errors
/// Where the database does not answer, or holds what is no surface.
pub async fn find(db: impl Sql<'_>, id: i64) -> Result<Option<(String, MultiPolygon<f64>)>> {
    let found: Option<(String, Vec<u8>)> =
        db.optional("select name, wkb from zone where id = $1 and removed_at is null", (id,)).await?;
    let Some((name, wkb)) = found else { return Ok(None) };
    match from_wkb(&wkb)? {
        Geometry::MultiPolygon(outline) => Ok(Some((name, outline))),
        Geometry::Polygon(outline) => Ok(Some((name, MultiPolygon(vec![outline])))),
        _ => Err(Error::Internal(format!("zone {id} is no surface"))),
    }
}

/// The surface that a text draws as GeoJSON, put right as others are.
///
/// # Errors
/// What is wrong with it, in words.
pub fn drawn(text: &str) -> std::result::Result<MultiPolygon<f64>, Message> {
    let unreadable = || Message::new("zone-nothing-drawn");
    let parsed: ::geojson::Geometry =
        text.trim().parse().map_err(|_no_shape: ::geojson::Error| unreadable())?;
    let geometry = Geometry::<f64>::try_from(parsed).map_err(|_no_shape: ::geojson::Error| unreadable())?;
    let mended = parvis_tiles::mend::mend(&geometry).map_err(|_fault| unreadable())?;
    if mended.geometry.coords_count() > MOST_CORNERS {
        return Err(unreadable());
    }
    super::outline::surface(Some(mended.geometry)).map_err(|_cause| unreadable())
}

/// Keeps a new one and gives its number.
///
/// # Errors
/// Where the database refuses.
pub async fn insert(tx: &mut Tx, name: &str, outline: MultiPolygon<f64>, at: Timestamp) -> Result<i64> {
    let wkb = to_wkb(&Geometry::MultiPolygon(outline))?;
    let (id,) = tx
        .one("insert into zone (name, wkb, created_at) values ($1, $2, $3) returning id", (name, wkb, at))
        .await?;
    Ok(id)
}

/// Calls one otherwise. Says whether there is one.
///
/// # Errors
/// Where the database refuses.
pub async fn rename(tx: &mut Tx, id: i64, name: &str) -> Result<bool> {
    Ok(tx.run("update zone set name = $2 where id = $1 and removed_at is null", (id, name)).await? > 0)
}

/// Takes one away, or puts it back where `at` is nothing. Says whether anything changed.
///
/// # Errors
/// Where the database refuses.
pub async fn remove(tx: &mut Tx, id: i64, at: Option<Timestamp>) -> Result<bool> {
    let sql = "update zone set removed_at = $2 where id = $1 and (removed_at is null) = ($2 is not null)";
    Ok(tx.run(sql, (id, at)).await? > 0)
}

/// Forgets those that were removed before an instant, and says how many.
///
/// # Errors
/// Where the database refuses.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run("delete from zone where removed_at < $1", (before,)).await
}
