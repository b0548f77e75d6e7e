//! The JSON API: features as GeoJSON, paged by cursor; counts; what is near. The same filter as the tiles.

use super::listing::list_query;
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader};
use crate::base::i18n::Message;
use crate::base::ids::FeatureId;
use crate::civic::contributions::columns;
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features::{self, card_json};
use axum::Json;
use axum::extract::{Path, Query, RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::collections::HashMap;

fn geojson(body: &Value) -> Response {
    let text = body.to_string();
    let headers = [
        (header::ETAG, http::weak_tag(text.as_bytes())),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/geo+json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, text).into_response()
}

/// `GET /api/features?…&bbox=w,s,e,n&order=newest&limit=50&cursor=…`: `may_miss` says what who pages to the end may miss in this
/// order, and the link `harvest` leads to the one in which nothing is missed.
pub(super) async fn list(
    State(app): State<App>,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let query = list_query(query.as_deref().unwrap_or_default(), 100)?;
    let query = query.in_usual_order(&app.atlas.world())?.looked_up(&app).await?;
    let page = app.atlas.list(&query.filter, query.within(), query.paging)?;
    let cards = features::store::cards(&app.db, &page.ids).await?;
    let features = cards.iter().map(card_json).collect::<Result<Vec<_>>>()?;
    let address = |query: String| format!("{}/api/features?{query}", app.base(&reader));
    let mut links = vec![];
    links.extend(page.next.map(|cursor| ("next", address(query.next(cursor)))));
    if query.may_miss() != "nothing" {
        links.push(("harvest", address(query.harvest())));
    }
    let told: Vec<Value> = links.iter().map(|(rel, href)| json!({ "rel": rel, "href": href })).collect();
    let mut answer = geojson(&json!({
        "type": "FeatureCollection", "features": features, "numberReturned": cards.len(), "links": told,
        "order": query.order_word, "may_miss": query.may_miss(),
    }));
    // RFC 8288, for clients that look there; relations of our own are addresses.
    let next =
        links.iter().find(|(rel, _)| *rel == "next").map(|(_, href)| format!("<{href}>; rel=\"next\""));
    if let Some(next) = next.and_then(|next| HeaderValue::from_str(&next).ok()) {
        answer.headers_mut().insert(header::LINK, next);
    }
    Ok(answer)
}

/// `GET /api/features/{id}`: with what modules say of it: facets, and columns as in files, the answer as `answer`.
pub(super) async fn one(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let card = features::store::find(&app.db, id).await?;
    let mut feature = card_json(&card)?;
    columns::read(&app.db, &app.atlas.world(), &[id.0]).await?.put_into(id, &mut feature);
    Ok(geojson(&feature))
}

/// `GET /api/counts?…&bbox=w,s,e,n`
pub(super) async fn counts(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response> {
    let query = list_query(query.as_deref().unwrap_or_default(), 100)?.looked_up(&app).await?;
    let facets = serde_json::to_value(app.atlas.facets(&query.filter, query.within())?);
    Ok(http::tagged_json(&facets.map_err(|e| Error::Internal(e.to_string()))?))
}

/// `GET /api/months?…`: how many pass in each month, by the territory's clock; what the filter says of days is left out.
pub(super) async fn months(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response> {
    let query = list_query(query.as_deref().unwrap_or_default(), 100)?.looked_up(&app).await?;
    let mut filter = query.filter;
    (filter.since, filter.until) = (None, None);
    let months = app.atlas.by_month(&filter)?;
    let months: Vec<Value> = months
        .into_iter()
        .map(|(month, count)| json!({ "month": month.format("%Y-%m").to_string(), "count": count }))
        .collect();
    Ok(http::tagged_json(&json!({ "months": months })))
}

/// `GET /api/where?lon=…&lat=…`: the areas that a place lies in, the largest first, and how far out of the territory it is.
pub(super) async fn whereabouts(
    State(app): State<App>,
    Query(at): Query<HashMap<String, String>>,
) -> Result<Json<Value>> {
    let degrees = |name| at.get(name).and_then(|text: &String| text.parse::<f64>().ok());
    let off = || Error::invalid("lon", Message::new("place-off-the-map"));
    let (lon, lat) = degrees("lon").zip(degrees("lat")).ok_or_else(off)?;
    parvis_tiles::Position::from_lon_lat(lon, lat).ok_or_else(off)?;
    let world = app.atlas.world();
    let areas = world.territory().areas_of(&geo::Geometry::Point(geo::Point::new(lon, lat)));
    let areas: Vec<Value> = areas
        .into_iter()
        .filter_map(|id| world.territory().get(id))
        .map(|area| json!({ "slug": area.slug, "name": area.name, "level": area.level }))
        .collect();
    let outside = world.territory().metres_outside(lon, lat).map(f64::round);
    Ok(Json(json!({ "areas": areas, "metres_outside": outside })))
}

/// `GET /api/nearby?lon=…&lat=…&metres=30`: at most 50 features, the nearest first, each with its distance in metres.
pub(super) async fn nearby(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response> {
    const MOST_METRES: f64 = 5_000.0;
    let (filter, others) = Filter::of_query(query.as_deref().unwrap_or_default(), &["lon", "lat", "metres"])?;
    let number = |name: &str| -> Result<Option<f64>> {
        let Some((_, text)) = others.iter().rev().find(|(n, _)| n == name) else { return Ok(None) };
        let bad =
            || Error::invalid(name, Message::new("filter-bad-number").with("name", name).with("value", text));
        text.parse::<f64>().ok().filter(|v| v.is_finite()).map(Some).ok_or_else(bad)
    };
    let needed = |name: &'static str| {
        number(name)?
            .ok_or_else(|| Error::invalid(name, Message::new("parameter-missing").with("name", name)))
    };
    let (lon, lat) = (needed("lon")?, needed("lat")?);
    let metres = number("metres")?.unwrap_or(30.0);
    if !(0.0..=MOST_METRES).contains(&metres) {
        let message = Message::new("nearby-too-far").with("value", metres).with("most", MOST_METRES);
        return Err(Error::invalid("metres", message));
    }
    let filter = app.atlas.look_up(&app.db, filter).await?;
    let mut near = app.atlas.within(lon, lat, metres, &filter)?;
    near.truncate(50);
    let ids: Vec<i64> = near.iter().map(|(id, _)| id.0).collect();
    let cards = features::store::cards(&app.db, &ids).await?;
    let mut found = Vec::with_capacity(cards.len());
    for card in &cards {
        let mut feature = card_json(card)?;
        let metres = near.iter().find(|(id, _)| *id == card.id).map_or(0.0, |(_, metres)| *metres);
        feature["properties"]["metres"] = json!((metres * 10.0).round() / 10.0);
        found.push(feature);
    }
    Ok(geojson(&json!({ "type": "FeatureCollection", "features": found, "numberReturned": cards.len() })))
}
