//! The basemap's addresses: tiles, and their TileJSON.

use super::Opened;
use super::packing::Packing;
use super::tileset::Tileset;
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader};
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::Routes;
use crate::core::app::App;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::read::GzEncoder;
use parvis_tiles::TileCoord;
use serde_json::json;
use std::io::Read;
use std::sync::Arc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/basemap.json", Everyone, tilejson)
        .get("/basemap/{z}/{x}/{y}", Everyone, tile)
        .open_to_other_sites()
}

fn tileset(opened: &Option<Extension<Arc<Opened>>>) -> Result<&Arc<Tileset>> {
    opened.as_ref().and_then(|Extension(opened)| opened.tileset.as_ref()).ok_or(Error::NotFound)
}

/// `GET /basemap.json`: TileJSON 3.0.
async fn tilejson(
    State(app): State<App>,
    reader: Reader,
    opened: Option<Extension<Arc<Opened>>>,
) -> Result<Response> {
    let tileset = tileset(&opened)?;
    let about = &tileset.about;
    let mut said = json!({
        "tilejson": "3.0.0", "name": about.name, "scheme": "xyz",
        "tiles": [format!("{}{}", app.base(&reader), tileset.address())],
        "minzoom": about.min_zoom, "maxzoom": about.max_zoom, "bounds": about.bounds,
        "attribution": about.attribution,
    });
    if about.is_vector {
        said["vector_layers"] = json!(about.vector_layers);
    }
    Ok(http::tagged_json(&said))
}

/// `GET /basemap/{z}/{x}/{y}`: 204 where the file has no such tile.
async fn tile(
    Path((z, x, y)): Path<(String, String, String)>,
    opened: Option<Extension<Arc<Opened>>>,
    headers: HeaderMap,
) -> Result<Response> {
    let tileset = tileset(&opened)?;
    let y = y.split('.').next().unwrap_or_default();
    let (Ok(z), Ok(x), Ok(y)) = (z.parse(), x.parse(), y.parse()) else { return Err(Error::NotFound) };
    // Deeper than any world of 32 bits, or beside it.
    let coord = TileCoord::new(z, x, y).ok().filter(|tile| tile.z <= 22).ok_or(Error::NotFound)?;
    match tileset.tile(coord.z, coord.x, coord.y).await {
        None => Ok(StatusCode::NO_CONTENT.into_response()),
        Some((bytes, packing)) => Ok(answer(tileset, bytes, packing, &headers)),
    }
}

/// A tile as it lies, where the client unpacks that; else unpacked, and packed anew for who takes gzip.
fn answer(tileset: &Tileset, bytes: Bytes, packing: Packing, request: &HeaderMap) -> Response {
    let etag = http::weak_tag(&bytes);
    let accepts = |token: &str| http::accepts_encoding(request, token);
    let (body, token) = match packing.token().filter(|token| accepts(token)) {
        Some(token) => (bytes, Some(token)),
        None => match packing.unpacked(&bytes) {
            Ok(plain) if packing != Packing::Plain && accepts("gzip") => (gzipped(&plain), Some("gzip")),
            Ok(plain) => (plain, None),
            Err(error) => {
                tileset.tell(&Error::Internal(format!("opened: {error}")));
                return StatusCode::NO_CONTENT.into_response();
            }
        },
    };
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(tileset.about.media));
    if let Some(token) = token {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(token));
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // Another file may be served after the next start.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    headers.insert(header::ETAG, etag);
    response
}

fn gzipped(plain: &[u8]) -> Bytes {
    let mut packed = GzEncoder::new(plain, Compression::fast());
    let mut bytes = Vec::new();
    // From memory to memory: this cannot fail.
    match packed.read_to_end(&mut bytes) {
        Ok(_) => bytes.into(),
        Err(_) => Bytes::new(),
    }
}
