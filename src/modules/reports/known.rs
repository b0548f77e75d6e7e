//! What is already known near a place: reports of the same type, open or ended not long ago, the nearest first. Asked before one more is sent,
//! and by agents who look for doubles.
//!
//! What it is not: a decision. Whoever reports says whether it is the same.

#[cfg(test)]
mod tests;

use super::catalogue::Catalogue;
use super::model::{Category, Report};
use super::store;
use crate::base::clock::{self, Timestamp};
use crate::base::error::{Error, Result};
use crate::base::ids::FeatureId;
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features::{self, Card};
use chrono::TimeDelta;
use std::collections::HashMap;

/// How many are shown.
const MOST: usize = 5;

/// How many are looked through at first.
const AT_ONCE: usize = 64;

/// A report that is perhaps the same.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) card: Card,
    pub(super) report: Report,
    /// How far it is, in metres.
    pub(super) metres: i64,
}

/// The reports of a category's type within its radius of a place (longitude and latitude in degrees); `except` is the one that is looked
/// at.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn near(
    app: &App,
    catalogue: &Catalogue,
    category: &Category,
    (lon, lat): (f64, f64),
    (except, now): (Option<FeatureId>, Timestamp),
) -> Result<Vec<Known>> {
    let mut filter = Filter::default();
    let family = catalogue.family(category);
    for one in &family {
        filter.add(&super::CATEGORY, &one.slug);
    }
    let radius = f64::from(i32::try_from(category.duplicate_metres).unwrap_or(0));
    let found = app.atlas.within(lon, lat, radius, &filter)?;
    let metres: HashMap<FeatureId, f64> = found.iter().copied().collect();
    let ids: Vec<i64> =
        found.iter().map(|(id, _)| id.0).filter(|id| except != Some(FeatureId(*id))).collect();
    let near = recent(app, &ids, now - TimeDelta::days(category.duplicate_days)).await?;
    let mut reports = store::all_of(&app.db, &near).await?;
    reports.sort_by(|a, b| metres[&a.id].total_cmp(&metres[&b.id]).then(a.id.cmp(&b.id)));
    let ids: Vec<i64> = reports.iter().map(|report| report.id.0).collect();
    let cards = features::store::cards(&app.db, &ids).await?;
    let known = cards.into_iter().filter_map(|card| {
        let report = reports.iter().find(|report| report.id == card.id)?.clone();
        Some(Known { metres: metres[&card.id].round() as i64, card, report })
    });
    Ok(known.collect())
}

/// The first few of these that are open, or ended since. Where much was reported most of it ended long ago: some are asked for at a time, until
/// there are enough.
async fn recent(app: &App, ids: &[i64], since: Timestamp) -> Result<Vec<i64>> {
    let (mut near, mut rest, mut count) = (Vec::new(), ids, AT_ONCE);
    while near.len() < MOST && !rest.is_empty() {
        let (part, others) = rest.split_at(count.min(rest.len()));
        let found = store::open_or_ended_since(&app.db, part, since).await?;
        near.extend(part.iter().filter(|id| found.contains(id)));
        (rest, count) = (others, count * 4);
    }
    near.truncate(MOST);
    Ok(near)
}

/// The same by a category's slug: the reports, and how far each is in metres. Open to its benchmark.
///
/// # Errors
/// [`Error::NotFound`] where no category is called so.
pub async fn named(app: &App, slug: &str, at: (f64, f64)) -> Result<Vec<(FeatureId, i64)>> {
    let catalogue = Catalogue::of(app).await?;
    let category =
        catalogue.categories.iter().find(|category| category.slug == slug).ok_or(Error::NotFound)?;
    let known = near(app, &catalogue, category, at, (None, clock::now())).await?;
    Ok(known.into_iter().map(|known| (known.report.id, known.metres)).collect())
}
