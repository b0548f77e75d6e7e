//! The map's addresses.

use super::{api, embed, feed, page, picture, places, style, tiles};
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::{Limit, Routes};

pub(super) fn routes() -> Routes {
    let routes = Routes::new()
        .get("/live", Everyone, tiles::live)
        .get("/tiles.json", Everyone, style::tilejson)
        .get("/style.json", Everyone, style::style)
        .get(tiles::EVERY_LAYER, Everyone, tiles::every_layer)
        .get(tiles::SOME_LAYERS, Everyone, tiles::some_layers)
        .get("/feed.atom", Everyone, feed::atom)
        .get("/api/features", Everyone, api::list)
        .get("/api/features/{id}", Everyone, api::one)
        .get("/api/counts", Everyone, api::counts)
        .get("/api/months", Everyone, api::months)
        .get("/api/where", Everyone, api::whereabouts)
        .get("/api/nearby", Everyone, api::nearby)
        .get("/api/places", Everyone, places::search)
        .limited(Limit::SEARCH)
        // Tiles and reads of the API are for everybody's maps.
        .open_to_other_sites();
    let pictures = Routes::new()
        .get("/map.svg", Everyone, picture::svg)
        .limited(picture::DRAW)
        .get("/map.png", Everyone, picture::png)
        .limited(picture::DRAW)
        .get("/share.png", Everyone, picture::share::map)
        .limited(picture::DRAW)
        .get("/features/{id}/share.png", Everyone, picture::share::feature)
        .limited(picture::DRAW)
        .get("/features/{id}/place.svg", Everyone, picture::share::place)
        .limited(picture::DRAW)
        .get("/processes/{slug}/share.png", Everyone, picture::share::process)
        .limited(picture::DRAW)
        .get("/processes/{slug}/place.svg", Everyone, picture::share::perimeter)
        .limited(picture::DRAW)
        .open_to_other_sites();
    Routes::new()
        .get("/", Everyone, page::index)
        .get("/list", Everyone, page::list)
        .get("/embed", Everyone, embed::page)
        .get("/language/{code}", Everyone, page::language)
        .and(routes)
        .and(pictures)
}
