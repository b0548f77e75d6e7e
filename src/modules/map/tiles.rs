//! Vector tiles and the stream that says which of them changed.

use crate::base::error::{Error, Result};
use crate::base::http;
use crate::base::i18n::Message;
use crate::base::ids::Seq;
use crate::core::app::App;
use crate::core::atlas::{DEEPEST_ZOOM, Filter, Selection, Tile};
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use parvis_tiles::TileCoord;
use std::convert::Infallible;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// The media type of a vector tile.
pub const MVT: &str = "application/vnd.mapbox-vector-tile";

/// `GET /tiles/{z}/{x}/{y}.mvt`: every layer.
pub(super) async fn every_layer(
    State(app): State<App>,
    Path((z, x, y)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    answer(&app, asked(&app, None, [&z, &x, &y], query.as_deref())?, &headers).await
}

/// `GET /tiles/{layers}/{z}/{x}/{y}.mvt`: one layer, or several joined by commas.
pub(super) async fn some_layers(
    State(app): State<App>,
    Path((layers, z, x, y)): Path<(String, String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    answer(&app, asked(&app, Some(&layers), [&z, &x, &y], query.as_deref())?, &headers).await
}

/// What an address asks for.
type Asked = (TileCoord, Selection, Filter);

fn asked(app: &App, layers: Option<&str>, [z, x, y]: [&str; 3], query: Option<&str>) -> Result<Asked> {
    let world = app.atlas.world();
    let layers = match layers {
        None => Selection::everything(&world),
        Some(names) => Selection::of_names(names, &world).ok_or(Error::NotFound)?,
    };
    let (filter, _) = Filter::of_query(query.unwrap_or_default(), &[])?;
    Ok((coord(z, x, y)?, layers, filter))
}

/// The tile of three path segments, `y` with or without `.mvt`.
fn coord(z: &str, x: &str, y: &str) -> Result<TileCoord> {
    let y = y.strip_suffix(".mvt").or_else(|| y.strip_suffix(".pbf")).unwrap_or(y);
    let (zoom, column, row) = (whole("z", z)?, whole("x", x)?, whole("y", y)?);
    // A zoom or place that cannot be is not there, rather than badly said.
    let tile = TileCoord::new(zoom, column, row).ok().filter(|tile| tile.z <= DEEPEST_ZOOM);
    tile.ok_or(Error::NotFound)
}

fn whole<T: FromStr>(name: &str, text: &str) -> Result<T> {
    let message = || Message::new("tile-bad-coordinate").with("name", name).with("value", text);
    text.parse().map_err(|_not_whole| Error::invalid(name, message().with("deepest", DEEPEST_ZOOM)))
}

/// The tile of an address, where it is at hand: nothing is asked of the database, and nothing is wrong with the address. Gives how its
/// route is declared, and the answer with these headers, which every one has. `None` leaves it to the routes above.
pub fn at_hand(
    app: &App,
    uri: &Uri,
    headers: &HeaderMap,
    standing: &HeaderMap,
) -> Option<(&'static str, Response)> {
    let mut parts = uri.path().strip_prefix("/tiles/")?.rsplitn(4, '/');
    let (y, x, z, layers) = (parts.next()?, parts.next()?, parts.next()?, parts.next());
    let (coord, selection, filter) = asked(app, layers, [z, x, y], uri.query()).ok()?;
    if filter.asks_database() {
        return None;
    }
    let tile = app.atlas.tile(coord, &selection, &filter).ok()?;
    let route = if layers.is_some() { SOME_LAYERS } else { EVERY_LAYER };
    Some((route, respond(&tile, headers, standing.clone())))
}

/// How the routes of tiles are declared.
pub const EVERY_LAYER: &str = "/tiles/{z}/{x}/{y}";
/// See [`EVERY_LAYER`].
pub const SOME_LAYERS: &str = "/tiles/{layers}/{z}/{x}/{y}";

async fn answer(app: &App, (coord, layers, mut filter): Asked, headers: &HeaderMap) -> Result<Response> {
    if filter.asks_database() {
        filter = app.atlas.look_up(&app.db, filter).await?;
    }
    Ok(respond(&app.atlas.tile(coord, &layers, &filter)?, headers, HeaderMap::new()))
}

/// Compresses a tile better, once it was asked for often, beside the answers.
fn squeeze(tile: &Arc<Tile>) {
    if tile.is_worth_squeezing() {
        let tile = Arc::clone(tile);
        tokio::task::spawn_blocking(move || tile.squeeze());
    }
}

fn respond(tile: &Arc<Tile>, request: &HeaderMap, mut headers: HeaderMap) -> Response {
    squeeze(tile);
    headers.insert(header::ETAG, tile.etag.clone());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // Kept by browsers and proxies, but asked about each time: a 304 costs nothing, an old vote costs trust.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    let mut response = Response::new(Body::empty());
    // Before the bytes are looked for: this is the busiest address.
    if http::is_known(request, &tile.etag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else if tile.bytes.is_empty() {
        *response.status_mut() = StatusCode::NO_CONTENT;
    } else {
        let accepted = request.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok());
        let (encoding, bytes) = tile.encoded(accepted.unwrap_or_default());
        *response.body_mut() = Body::from(bytes);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MVT));
        if let Some(token) = encoding.token() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(token));
        }
    }
    *response.headers_mut() = headers;
    response
}

/// `GET /live`: server-sent events, the journal number as id. `Last-Event-ID`, or `?last=` for a page that was just
/// loaded, resumes after that line. With `&once` the answer is what was missed since `last`, as JSON, and no stream.
pub(super) async fn live(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    extensions: Extensions,
) -> Result<Response> {
    let query = query.as_deref().unwrap_or_default();
    let parameter = query.split('&').find_map(|pair| pair.strip_prefix("last="));
    let header = headers.get("last-event-id").and_then(|v| v.to_str().ok());
    let last = match header.or(parameter) {
        None => None,
        Some(text) => {
            let bad = |_| Error::invalid("last", Message::new("live-bad-id").with("value", text));
            Some(text.parse::<Seq>().map_err(bad)?)
        }
    };
    if query.split('&').any(|pair| pair == "once" || pair == "once=1") {
        let (missed, _) = app.atlas.subscribe(&app.db, last).await?;
        let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        return Ok((no_store, Json(missed.map(|event| event.json()))).into_response());
    }
    let place = match app.listeners.enter(app.proxies.client_of(&extensions, &headers), 1) {
        Ok(place) => place,
        // Its connection is of use to others: the page asks again, now and then, instead of listening.
        Err(error) => {
            let close = [(header::CONNECTION, HeaderValue::from_static("close"))];
            return Ok((close, error).into_response());
        }
    };
    let (missed, subscription) = app.atlas.subscribe(&app.db, last).await?;
    let hello = Bytes::from_static(b"retry: 2000\n: parvis\n\n");
    let first: Vec<Bytes> = std::iter::once(hello).chain(missed.map(|event| event.frame())).collect();
    let stream = stream::unfold(
        (first.into_iter(), subscription, place),
        |(mut first, mut subscription, place)| async move {
            if let Some(frame) = first.next() {
                return Some((Ok::<_, Infallible>(frame), (first, subscription, place)));
            }
            // A comment now and then keeps proxies from closing a quiet connection.
            let next = tokio::time::timeout(Duration::from_secs(20), subscription.next()).await;
            let frame = match next {
                Ok(frame) => frame?,
                Err(_) => Bytes::from_static(b": still here\n\n"),
            };
            Some((Ok(frame), (first, subscription, place)))
        },
    );
    let mut response = Response::new(Body::from_stream(stream));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}
