//! The basemap's addresses: tiles, and their TileJSON.

use super::Basemap;
use super::tileset::Tileset;
use crate::accounts::Access::Everyone;
use crate::accounts::Doors;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::Reader;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use bytes::Bytes;
use flate2::read::GzDecoder;
use parvis_tiles::TileCoord;
use serde_json::{Value, json};
use std::io::Read;
use std::sync::Arc;

/// A tile that unpacks to more than this is no tile.
const LARGEST: u64 = 64 << 20;

pub(super) fn doors() -> Doors {
    Doors::new().get("/basemap.json", Everyone, tilejson).get("/basemap/{z}/{x}/{y}", Everyone, tile)
}

fn tileset(basemap: &Option<Extension<Basemap>>) -> Result<&Arc<Tileset>> {
    basemap.as_ref().and_then(|Extension(basemap)| basemap.tileset.as_ref()).ok_or(Error::NotFound)
}

/// `GET /basemap.json`: TileJSON 3.0.
async fn tilejson(
    State(app): State<App>,
    reader: Reader,
    basemap: Option<Extension<Basemap>>,
) -> Result<Json<Value>> {
    let about = &tileset(&basemap)?.about;
    let mut said = json!({
        "tilejson": "3.0.0", "name": about.name, "scheme": "xyz",
        "tiles": [format!("{}/basemap/{{z}}/{{x}}/{{y}}", app.base(&reader))],
        "minzoom": about.min_zoom, "maxzoom": about.max_zoom, "bounds": about.bounds,
        "attribution": about.attribution,
    });
    if about.is_vector {
        said["vector_layers"] = json!(about.vector_layers);
    }
    Ok(Json(said))
}

/// `GET /basemap/{z}/{x}/{y}`: 204 where the file has no such tile.
async fn tile(
    Path((z, x, y)): Path<(String, String, String)>,
    basemap: Option<Extension<Basemap>>,
    headers: HeaderMap,
) -> Result<Response> {
    let tileset = tileset(&basemap)?;
    let y = y.split('.').next().unwrap_or_default();
    let (Ok(z), Ok(x), Ok(y)) = (z.parse(), x.parse(), y.parse()) else { return Err(Error::NotFound) };
    // Deeper than any world of 32 bits, or beside it.
    let coord = TileCoord::new(z, x, y).ok().filter(|tile| tile.z <= 22).ok_or(Error::NotFound)?;
    match tileset.tile(coord.z, coord.x, coord.y).await? {
        None => Ok(StatusCode::NO_CONTENT.into_response()),
        Some(bytes) => answer(bytes, tileset.about.media, &headers),
    }
}

fn answer(bytes: Bytes, media: &'static str, request: &HeaderMap) -> Result<Response> {
    let text = |name| request.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or_default();
    let etag = format!("\"{:016x}\"", xxhash_rust::xxh3::xxh3_64(&bytes));
    let is_packed = bytes.starts_with(&[0x1f, 0x8b]);
    let unpack = is_packed && !text(header::ACCEPT_ENCODING).contains("gzip");
    let mut response = if text(header::IF_NONE_MATCH) == etag {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(if unpack { unpacked(&bytes)? } else { bytes }))
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    if is_packed && !unpack {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // Another file may be served after the next start.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    let etag = HeaderValue::from_str(&etag).map_err(|e| Error::Internal(e.to_string()))?;
    headers.insert(header::ETAG, etag);
    Ok(response)
}

fn unpacked(bytes: &[u8]) -> Result<Bytes> {
    let mut plain = Vec::new();
    let read = GzDecoder::new(bytes).take(LARGEST).read_to_end(&mut plain);
    read.map_err(|e| Error::Internal(format!("basemap: {e}")))?;
    Ok(plain.into())
}
