//! The desk's map: what is not public, drawn for who may treat it, and what is chosen there.
//!
//! What it is not: tiles. What is public comes from the live map, by the same filter; what is held enters nothing that is kept. Invariant:
//! the map asks the list's own question (scope, filter, what is shown), so that both show the same.

use super::acts::MOST;
use super::order::{EVERY_HOLD, LOOK, Look, Order};
use super::store::{self, Listed};
use super::views::{Row, clock, clock_day, held_word};
use crate::base::error::{Error, Result};
use crate::base::http::Reader;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::FeatureId;
use crate::civic::accounts::{Actor, Role};
use crate::core::app::App;
use crate::core::atlas::{Chosen, Filter, Paging};
use crate::core::features::Kind;
use crate::core::features::geometry::from_wkb;
use crate::modules::reports::model::Report;
use crate::modules::reports::store as reports;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use parvis_tiles::Bounds;
use parvis_tiles::geometry::representative_point;
use serde_json::{Value, json};
use std::collections::HashMap;

#[cfg(test)]
mod tests;

/// Where what is held is drawn from.
pub(super) const HELD: &str = "/admin/reports/held";
/// Where what is chosen on the map is read.
pub(super) const PLACES: &str = "/admin/reports/places";

/// The most of what is held that is drawn, in the list's order.
const MOST_DRAWN: i64 = 500;

/// How much of a part of the live map is looked through for what somebody may treat.
const MOST_LOOKED_AT: usize = 5_000;

/// The list's question, as an address asks it, and what stands beside it there.
struct Question {
    filter: Filter,
    chosen: Chosen,
    look: Look,
    others: Vec<(String, String)>,
}

async fn question(app: &App, query: Option<String>) -> Result<Question> {
    let world = app.atlas.world();
    let names = [&LOOK[..], &["bbox", "feature"]].concat();
    let (filter, others, _) = Filter::of_desk(&query.unwrap_or_default(), &names, &world);
    let filter = app.atlas.look_up(&app.db, filter).await?;
    Ok(Question { chosen: filter.chosen(&world)?, look: Look::of(&others), filter, others })
}

/// `GET /admin/reports/held?status=open&…`: those of the list that no tile has, the first ones; what is wrong in a filter lets nothing pass,
/// as in the list.
pub(super) async fn held(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let Question { chosen, look, .. } = question(&app, query).await?;
    let (scope, who) = (actor.scope(Role::Agent), actor.signed_in()?.id);
    let holds = look.shown.held();
    let (total, ..) = store::waiting(&app.db, &scope, &chosen, holds).await?;
    let ids = store::list(&app.db, &scope, (&chosen, holds), (look.order, who), (0, MOST_DRAWN)).await?;
    let features = features(&app, &ids, reader.lang).await?;
    let said = drawn_said(reader.lang, (features.len(), ids.len()), total);
    Ok(answer(&json!({ "type": "FeatureCollection", "features": features, "total": total, "said": said })))
}

/// How many are drawn; that there are more than can be; that some have no point.
fn drawn_said(lang: Lang, (drawn, listed): (usize, usize), total: i64) -> String {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut said = lang.count("report-map-held-drawn", number(drawn));
    if total > MOST_DRAWN {
        let cut = Message::new("report-map-held-cut").with("total", total).with("most", MOST_DRAWN);
        said = format!("{said} {}", lang.say(&cut));
    }
    if listed > drawn {
        said = format!("{said} {}", lang.count("report-map-held-unplaced", number(listed - drawn)));
    }
    said
}

/// `GET /admin/reports/places?feature=12&feature=15`, or `?bbox=w,s,e,n` and the list's query: what can be chosen there, of what this person may
/// treat; what is nothing of theirs is left out.
pub(super) async fn places(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let asked = question(&app, query).await?;
    let named: Vec<FeatureId> = asked
        .others
        .iter()
        .filter(|(name, _)| name == "feature")
        .filter_map(|(_, id)| FeatureId::of_text(id))
        .collect();
    let bbox = asked.others.iter().find(|(name, _)| name == "bbox").map(|(_, text)| text.clone());
    let ids = match bbox {
        None if named.is_empty() => {
            return Err(Error::invalid("bbox", Message::new("parameter-missing").with("name", "bbox")));
        }
        None => own(&app, &actor, &named).await?,
        Some(text) => within(&app, &actor, asked, &boxes(&text)?).await?,
    };
    let is_cut = ids.len() > MOST;
    let features = features(&app, &ids[..ids.len().min(MOST)], reader.lang).await?;
    Ok(answer(&json!({ "type": "FeatureCollection", "features": features, "cut": is_cut })))
}

fn boxes(text: &str) -> Result<Vec<Bounds>> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|n| n.trim().parse().ok()).collect();
    let read = numbers.as_deref().and_then(|numbers| {
        let [west, south, east, north] = *numbers else { return None };
        Bounds::boxes_of(west, south, east, north)
    });
    read.ok_or_else(|| Error::invalid("bbox", Message::new("report-map-bad-box")))
}

/// Those of these reports that somebody may treat.
pub(super) async fn own(app: &App, actor: &Actor, ids: &[FeatureId]) -> Result<Vec<i64>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut chosen = Filter::default().chosen(&app.atlas.world())?;
    chosen.inside = Value::from(ids.iter().take(MOST).map(|id| id.0).collect::<Vec<_>>()).to_string();
    let (scope, who) = (actor.scope(Role::Agent), actor.signed_in()?.id);
    store::list(&app.db, &scope, (&chosen, EVERY_HOLD), (Order::Due, who), (0, MOST as i64)).await
}

/// What the list has in a part of the map, in its order: one more than can be chosen, where there are as many.
async fn within(app: &App, actor: &Actor, asked: Question, boxes: &[Bounds]) -> Result<Vec<i64>> {
    let Question { filter, mut chosen, look, .. } = asked;
    let (scope, who) = (actor.scope(Role::Agent), actor.signed_in()?.id);
    let paging = Paging { order: parvis_tiles::Order::Newest, after: None, limit: MOST_LOOKED_AT };
    let mut found = app.atlas.list(&filter, Some(boxes), paging)?.ids;
    let (order, holds) = ((look.order, who), look.shown.held());
    let held = store::list(&app.db, &scope, (&chosen, holds), order, (0, MOST_DRAWN)).await?;
    for row in store::rows(&app.db, &held).await? {
        let lies_there = |(lon, lat)| boxes.iter().any(|bounds| holds_place(*bounds, lon, lat));
        found.extend(place(&row)?.filter(|at| lies_there(*at)).map(|_| row.id.0));
    }
    if found.is_empty() {
        return Ok(found);
    }
    chosen.inside = Value::from(found).to_string();
    store::list(&app.db, &scope, (&chosen, look.shown.holds()), order, (0, MOST as i64 + 1)).await
}

fn holds_place(bounds: Bounds, lon: f64, lat: f64) -> bool {
    let [west, south, east, north] = bounds.to_lon_lat();
    (west..=east).contains(&lon) && (south..=north).contains(&lat)
}

/// Longitude and latitude of a line of the list.
fn place(listed: &Listed) -> Result<Option<(f64, f64)>> {
    let geometry = listed.wkb.as_deref().map(from_wkb).transpose()?;
    Ok(geometry.as_ref().and_then(representative_point))
}

/// Those of these reports that have a place, as GeoJSON, in their order.
async fn features(app: &App, ids: &[i64], lang: Lang) -> Result<Vec<Value>> {
    let reports = reports::all_of(&app.db, ids).await?;
    let reports: HashMap<FeatureId, &Report> = reports.iter().map(|report| (report.id, report)).collect();
    let mut all = Vec::new();
    for row in store::rows(&app.db, ids).await? {
        let (Some((lon, lat)), Some(report)) = (place(&row)?, reports.get(&row.id)) else { continue };
        let mut said = vec![report.status.said(lang, Kind::REPORT), clock(report, lang)];
        said.extend(clock_day(report, lang));
        said.extend(row.held.map(|held| lang.text(held_word(held))));
        all.push(json!({
            "type": "Feature",
            "id": row.id.0,
            "geometry": { "type": "Point", "coordinates": [lon, lat] },
            "properties": {
                "title": row.title,
                "said": said.join(" · "),
                "held": row.held.map(|held| held.word()),
                "seen": format!("{}~{}", row.id, row.last),
            },
        }));
    }
    Ok(all)
}

/// For who asked alone: nothing keeps it.
fn answer(body: &Value) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "private, no-store")];
    (headers, body.to_string()).into_response()
}

/// What a page of the list spreads over, as the map's page says bounds; all that there is where none of it has a place.
pub(super) fn bounds(app: &App, rows: &[Row]) -> Result<String> {
    let mut around: Option<[f64; 4]> = None;
    for row in rows {
        let Some((lon, lat)) = place(&row.listed)? else { continue };
        let [west, south, east, north] = around.unwrap_or([lon, lat, lon, lat]);
        around = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
    }
    let said = around.or_else(|| app.atlas.bounds());
    Ok(said.map(|bounds| bounds.map(|degrees| format!("{degrees:.6}")).join(",")).unwrap_or_default())
}
