//! What is already known near a place: reports of the same type, open or ended not long ago, the nearest first. Asked before one more is sent,
//! and by agents who look for doubles.
//!
//! What it is not: a decision. Whoever reports says whether it is the same.

use super::catalogue::Catalogue;
use super::model::{Category, Report};
use super::store;
use crate::base::clock::Timestamp;
use crate::base::error::Result;
use crate::base::ids::FeatureId;
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features::{self, Card};
use chrono::TimeDelta;
use std::collections::HashMap;

/// How many are shown.
const MOST: usize = 5;

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
    let since = now - TimeDelta::days(category.duplicate_days);
    let mut reports = store::all_of(&app.db, &ids).await?;
    reports.retain(|report| report.ended_at.is_none_or(|ended| ended >= since));
    reports.sort_by(|a, b| metres[&a.id].total_cmp(&metres[&b.id]).then(a.id.cmp(&b.id)));
    reports.truncate(MOST);
    let ids: Vec<i64> = reports.iter().map(|report| report.id.0).collect();
    let cards = features::store::cards(&app.db, &ids).await?;
    let known = cards.into_iter().filter_map(|card| {
        let report = reports.iter().find(|report| report.id == card.id)?.clone();
        Some(Known { metres: metres[&card.id].round() as i64, card, report })
    });
    Ok(known.collect())
}
