//! The map's addresses.

use super::{api, feed, page, places, style, tiles};
use crate::app::App;
use axum::Router;
use axum::http::Method;
use axum::routing::get;
use tower_http::cors::{Any, CorsLayer};

pub(super) fn router() -> Router<App> {
    // Tiles and reads of the API are for everybody's maps: any site may read them, none with a visitor's cookie.
    let open = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers(Any)
        .expose_headers([axum::http::header::ETAG]);
    let doors = Router::new()
        .route("/tiles.json", get(style::tilejson))
        .route("/style.json", get(style::style))
        .route("/tiles/{z}/{x}/{y}", get(tiles::every_layer))
        .route("/tiles/{layers}/{z}/{x}/{y}", get(tiles::some_layers))
        .route("/feed.atom", get(feed::atom))
        .route("/api/features", get(api::list))
        .route("/api/features/{id}", get(api::one))
        .route("/api/counts", get(api::counts))
        .route("/api/where", get(api::whereabouts))
        .route("/api/nearby", get(api::nearby))
        .route("/api/places", get(places::search))
        .layer(open);
    Router::new()
        .route("/", get(page::index))
        .route("/list", get(page::list))
        .route("/language/{code}", get(page::language))
        .route("/live", get(super::tiles::live))
        .merge(doors)
}
