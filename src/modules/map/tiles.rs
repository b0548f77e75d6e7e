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
    let layers = Selection::everything(&app.atlas.world());
    answer(&app, &layers, coord(&z, &x, &y)?, query.as_deref(), &headers).await
}

/// `GET /tiles/{layers}/{z}/{x}/{y}.mvt`: one layer, or several joined by commas.
pub(super) async fn some_layers(
    State(app): State<App>,
    Path((layers, z, x, y)): Path<(String, String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let layers = Selection::of_names(&layers, &app.atlas.world()).ok_or(Error::NotFound)?;
    answer(&app, &layers, coord(&z, &x, &y)?, query.as_deref(), &headers).await
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

/// The tile of an address, where it is at hand: nothing is asked of the database, and nothing is wrong with the address. Gives the
/// route, too, and the answer without the headers that every answer has. `None` leaves it to the routes above.
pub fn at_hand(app: &App, uri: &Uri, headers: &HeaderMap) -> Option<(Route, Response)> {
    let path = uri.path().strip_prefix("/tiles/")?;
    let mut parts = path.rsplitn(4, '/');
    let (y, x, z) = (parts.next()?, parts.next()?, parts.next()?);
    let world = app.atlas.world();
    let (route, layers) = match parts.next() {
        None => (Route::EveryLayer, Selection::everything(&world)),
        Some(names) => (Route::SomeLayers, Selection::of_names(names, &world)?),
    };
    let coord = coord(z, x, y).ok()?;
    let filter = match uri.query() {
        None | Some("") => Filter::default(),
        Some(query) => Filter::of_query(query, &[]).ok()?.0,
    };
    // Words ask the database.
    let tile = filter.q.is_empty().then(|| app.atlas.tile(coord, &layers, &filter).ok())??;
    squeeze(&tile);
    Some((route, respond(&tile, headers)))
}

/// Which of the two routes of tiles an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// `/tiles/{z}/{x}/{y}`
    EveryLayer,
    /// `/tiles/{layers}/{z}/{x}/{y}`
    SomeLayers,
}

impl Route {
    /// How it is declared.
    pub fn path(self) -> &'static str {
        match self {
            Route::EveryLayer => EVERY_LAYER,
            Route::SomeLayers => SOME_LAYERS,
        }
    }
}

pub(super) const EVERY_LAYER: &str = "/tiles/{z}/{x}/{y}";
pub(super) const SOME_LAYERS: &str = "/tiles/{layers}/{z}/{x}/{y}";

async fn answer(
    app: &App,
    layers: &Selection,
    coord: TileCoord,
    query: Option<&str>,
    headers: &HeaderMap,
) -> Result<Response> {
    let (mut filter, _) = Filter::of_query(query.unwrap_or_default(), &[])?;
    if !filter.q.is_empty() {
        filter = app.atlas.look_up(&app.db, filter).await?;
    }
    let tile = app.atlas.tile(coord, layers, &filter)?;
    squeeze(&tile);
    Ok(respond(&tile, headers))
}

/// Compresses a tile better, once it was asked for often, beside the answers.
fn squeeze(tile: &Arc<Tile>) {
    if tile.is_worth_squeezing() {
        let tile = Arc::clone(tile);
        tokio::task::spawn_blocking(move || tile.squeeze());
    }
}

fn respond(tile: &Tile, request: &HeaderMap) -> Response {
    let text = |name| request.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or_default();
    // Before the bytes are looked for: this is the busiest address.
    let mut response = if http::is_known(request, &tile.etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if tile.bytes.is_empty() {
        StatusCode::NO_CONTENT.into_response()
    } else {
        let (encoding, bytes) = tile.encoded(text(header::ACCEPT_ENCODING));
        let mut response = Response::new(Body::from(bytes));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MVT));
        if let Some(token) = encoding.token() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(token));
        }
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tile.etag.clone());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // Kept by browsers and proxies, but asked about each time: a 304 costs nothing, an old vote costs trust.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
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
