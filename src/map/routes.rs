//! The map's addresses.

use super::{api, embed, feed, page, places, style, tiles};
use crate::accounts::Access::Everyone;
use crate::accounts::{Doors, Limit};
use axum::http::Method;
use tower_http::cors::{Any, CorsLayer};

pub(super) fn doors() -> Doors {
    // Tiles and reads of the API are for everybody's maps: any site may read them, none with a visitor's cookie.
    let open = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers(Any)
        .expose_headers([axum::http::header::ETAG]);
    let doors = Doors::new()
        .get("/tiles.json", Everyone, style::tilejson)
        .get("/style.json", Everyone, style::style)
        .get("/tiles/{z}/{x}/{y}", Everyone, tiles::every_layer)
        .get("/tiles/{layers}/{z}/{x}/{y}", Everyone, tiles::some_layers)
        .get("/feed.atom", Everyone, feed::atom)
        .get("/api/features", Everyone, api::list)
        .get("/api/features/{id}", Everyone, api::one)
        .get("/api/counts", Everyone, api::counts)
        .get("/api/where", Everyone, api::whereabouts)
        .get("/api/nearby", Everyone, api::nearby)
        .get("/api/places", Everyone, places::search)
        .limited(Limit::Search)
        .each(|handler| handler.layer(open.clone()));
    Doors::new()
        .get("/", Everyone, page::index)
        .get("/list", Everyone, page::list)
        .get("/embed", Everyone, embed::page)
        .get("/language/{code}", Everyone, page::language)
        .get("/live", Everyone, super::tiles::live)
        .and(doors)
}
