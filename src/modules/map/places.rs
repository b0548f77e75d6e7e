//! The address search: known places and the territory's areas by name, as GeoJSON.
//!
//! What it is not: a search of ideas (the filter's `text` is that), nor a geocoder: nothing is asked of another host.

use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::core::app::App;
use crate::core::atlas::World;
use crate::core::features::geometry::from_wkb;
use crate::core::gazetteer::{Found, Query, Score, lower_first};
use crate::core::territory::Area;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use parvis_tiles::geometry::{bounds, representative_point};
use serde_json::{Value, json};
use std::cmp::Reverse;

/// How many places are given where the request does not say it, and at most.
const LIMIT: usize = 8;
const MOST: usize = 20;

/// What a request asks.
struct Wanted {
    text: String,
    near: Option<(f64, f64)>,
    limit: usize,
}

impl Wanted {
    fn of_query(query: &str) -> Result<Wanted> {
        let mut text = String::new();
        let (mut lon, mut lat, mut limit) = (None, None, LIMIT);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let number = |within: f64| {
                let number = value.trim().parse::<f64>().ok().filter(|v| v.abs() <= within);
                number.ok_or_else(|| bad_number(&name, &value))
            };
            match name.as_ref() {
                "q" => text = value.into_owned(),
                "lon" | "lat" | "limit" if value.trim().is_empty() => {}
                "lon" => lon = Some(number(180.0)?),
                "lat" => lat = Some(number(90.0)?),
                "limit" => {
                    let wanted = value.trim().parse().ok().filter(|limit| (1..=MOST).contains(limit));
                    limit = wanted.ok_or_else(|| bad_number(&name, &value))?;
                }
                // What another route's address carries along is no reason to find nothing.
                _ => {}
            }
        }
        Ok(Wanted { text, near: lon.zip(lat), limit })
    }
}

fn bad_number(name: &str, value: &str) -> Error {
    Error::invalid(name, Message::new("filter-bad-number").with("name", name).with("value", value))
}

/// `GET /api/places?q=12 bis rue de la paix&lon=…&lat=…&limit=8`: the best answer first. Any text is answered.
pub(super) async fn search(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response> {
    let wanted = Wanted::of_query(query.as_deref().unwrap_or_default())?;
    let query = Query::read(&wanted.text);
    let mut answers: Vec<(Score, Value)> = areas(&app.atlas.world(), &query, wanted.limit)?;
    let places = app.places.find(&app.db, &query, wanted.near, wanted.limit).await?;
    answers.extend(places.iter().map(|found| (found.score, place(found))));
    // Stable: an area comes before a place that answers as well.
    answers.sort_by_key(|(score, _)| Reverse(*score));
    // Where something was met as it was typed, what was not is left out.
    let is_met = answers.first().is_some_and(|(score, _)| score.is_complete);
    answers.retain(|(score, _)| score.is_complete == is_met);
    answers.truncate(wanted.limit);
    let features: Vec<Value> = answers.into_iter().map(|(_, feature)| feature).collect();
    let body = json!({ "type": "FeatureCollection", "numberReturned": features.len(), "features": features });
    let headers = [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, body.to_string()).into_response())
}

fn areas(world: &World, query: &Query, limit: usize) -> Result<Vec<(Score, Value)>> {
    // An area has no houses.
    let hits = world
        .area_names()
        .search(query)
        .into_iter()
        .filter(|hit| hit.is_name_alone())
        .map(|hit| (hit.score, hit.at));
    let mut found: Vec<(Score, &Area)> =
        hits.filter_map(|(score, at)| Some((score, world.territory().areas().get(at)?))).collect();
    found.sort_by_key(|(score, area)| (Reverse(*score), area.name.len()));
    found.truncate(limit);
    found.into_iter().map(|(score, found)| Ok((score, area(world, found)?))).collect()
}

fn area(world: &World, area: &Area) -> Result<Value> {
    let outline = from_wkb(&area.wkb)?;
    let at = representative_point(&outline)
        .map(|(lon, lat)| json!({ "type": "Point", "coordinates": [lon, lat] }));
    let context =
        area.parent_id.and_then(|id| world.territory().get(id)).map_or("", |parent| parent.name.as_str());
    let mut feature = json!({
        "type": "Feature",
        "geometry": at,
        "properties": {
            "label": area.name, "context": context, "kind": "area", "level": area.level, "slug": area.slug,
        },
    });
    if let Some(bounds) = bounds(&outline) {
        feature["bbox"] = json!(bounds.to_lon_lat());
    }
    Ok(feature)
}

fn place(found: &Found) -> Value {
    let mut properties = json!({
        "label": found.name, "context": found.locality, "kind": found.kind, "id": found.id,
    });
    if let Some(house) = &found.house {
        properties["label"] = json!(format!("{house} {}", lower_first(&found.name)));
        properties["kind"] = json!("address");
        properties["house"] = json!(house.to_string());
    }
    if let Some(unknown) = &found.unknown {
        properties["unknown_house"] = json!(unknown.to_string());
    }
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [found.lon, found.lat] },
        "properties": properties,
    })
}
