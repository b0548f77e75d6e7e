//! A MapLibre style for all layers: what a GIS officer pastes into QGIS, and what our own page reads.
//!
//! What it is: the sources, and the order of what is drawn: ground, names, what people placed. What it is not: how each of
//! them is drawn (`ground.rs`, `surface.rs`, `names.rs`, `participation.rs`). Invariant: any client can draw it: no images are needed,
//! every layer of the tiles is drawn, and nothing is said that QGIS's converter (3.22) skips with or without a warning
//! (`tests/qgis`): arms of `match` are lists, `interpolate` is by zoom and its values are no `interpolate`, `step` or `case`, no
//! `!` before `match`, no zoom in a filter, texts are one field, an opacity is the same for all that a line layer draws, a disc
//! has one colour.

mod ground;
mod names;
mod participation;
pub(super) mod surface;
mod tilejson;
mod words;

pub(super) use tilejson::{attribution, tilejson};

use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader};
use crate::base::i18n::{Lang, Message};
use crate::core::app::App;
use crate::core::atlas::{AREAS_LAYER, DEEPEST_ZOOM, Filter, NAMES_LAYER, World};
use crate::core::features::vocabulary;
use crate::core::layers::{Scheme, Underlay};
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;
use tilejson::address;

/// `GET /style.json?scheme=light|dark&lang=fr|en&…`: two sources, so that a vote makes a client fetch only the tiles that votes are
/// in. `metadata` holds what a client needs that draws more than circles: each theme's colour and icon.
pub(super) async fn style(
    State(app): State<App>,
    reader: Reader,
    underlay: Option<Extension<Arc<Underlay>>>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let underlay = underlay.map(|Extension(underlay)| underlay).unwrap_or_default();
    let (filter, others) = Filter::of_query(query.as_deref().unwrap_or_default(), &["scheme", "lang"])?;
    let (scheme, lang) = (scheme_of(&others, &underlay)?, lang_of(&others)?);
    // Told here, and not first by each of its tiles.
    app.atlas.total(&app.atlas.look_up(&app.db, filter.clone()).await?)?;
    let base = app.base(&reader);
    let [west, south, east, north] = extent(&app);
    let mut style = drawing(&app.atlas.world(), &base, &filter, scheme, &underlay, &surface::USUAL);
    style["metadata"] = metadata(&app.atlas.world(), scheme, &underlay, lang);
    style["name"] = json!(app.name());
    style["center"] = json!([(west + east) / 2.0, (south + north) / 2.0]);
    style["zoom"] = json!(11);
    Ok(http::tagged_json(&style))
}

/// What there is on the map, in degrees; France where there is nothing.
pub(super) fn extent(app: &App) -> [f64; 4] {
    app.atlas.bounds().unwrap_or([-5.0, 41.0, 10.0, 51.5])
}

/// Sources, and how they are drawn.
pub(super) fn drawing(
    world: &World,
    base: &str,
    filter: &Filter,
    scheme: Scheme,
    underlay: &Underlay,
    breaks: &[u64],
) -> Value {
    json!({
        "version": 8,
        "metadata": metadata(world, scheme, underlay, Lang::default()),
        "sources": sources(world, base, filter, underlay),
        "layers": layers(world, scheme, underlay, breaks),
    })
}

/// The scheme that is asked for. Another server's style is light: our words must be read on it.
pub(super) fn scheme_of(parameters: &[(String, String)], underlay: &Underlay) -> Result<Scheme> {
    let word = parameters.iter().rev().find(|(name, _)| name == "scheme").map(|(_, word)| word.as_str());
    let scheme = Scheme::of_parameter(word)?;
    Ok(if matches!(underlay, Underlay::Style(..)) { Scheme::Light } else { scheme })
}

/// The language that themes are named in. French where none is asked for, whatever the client reads: programs keep what they are given.
fn lang_of(parameters: &[(String, String)]) -> Result<Lang> {
    let Some((_, code)) = parameters.iter().rev().find(|(name, _)| name == "lang") else {
        return Ok(Lang::default());
    };
    let known = [Lang::Fr, Lang::En].into_iter().find(|lang| lang.code() == code);
    known.ok_or_else(|| Error::invalid("lang", Message::new("map-bad-language").with("value", code)))
}

/// The layers of the ground, joined by commas: a source of their own, so that a vote makes nobody fetch them again.
pub(super) fn ground_layers(world: &World) -> String {
    let slugs: Vec<&str> = world.layers().iter().map(|(layer, _)| layer.slug.as_str()).collect();
    [&[AREAS_LAYER, NAMES_LAYER], slugs.as_slice()].concat().join(",")
}

fn sources(world: &World, base: &str, filter: &Filter, underlay: &Underlay) -> Value {
    let context = ground_layers(world);
    let source = |layers: &str, filter: &Filter| {
        json!({
            "type": "vector", "tiles": [address(base, Some(layers), filter)], "minzoom": 0, "maxzoom": DEEPEST_ZOOM,
            "attribution": attribution(world),
        })
    };
    let mut sources =
        json!({ "context": source(&context, &Filter::default()), "features": source("features", filter) });
    if let Underlay::Tiles { source, .. } = underlay {
        let mut source = source.clone();
        for address in source["tiles"].as_array_mut().into_iter().flatten() {
            let said = address.as_str().unwrap_or_default();
            if said.starts_with('/') {
                *address = json!(format!("{base}{said}"));
            }
        }
        sources[Underlay::SOURCE] = source;
    }
    sources
}

fn metadata(world: &World, scheme: Scheme, underlay: &Underlay, lang: Lang) -> Value {
    let p = scheme.palette();
    let themes: Vec<Value> = world
        .shown_themes()
        .map(|t| {
            let ink = vocabulary::ink_on(&t.color);
            json!({ "slug": t.slug, "label": world.theme_name(t, lang), "color": t.color, "ink": ink, "icon": t.icon })
        })
        .collect();
    let mut said = json!({
        "parvis:scheme": scheme.word(), "parvis:themes": themes, "parvis:no-theme": p.no_theme,
        "parvis:ring": p.ring, "parvis:cluster": p.cluster, "parvis:cluster-words": p.cluster_words,
        "parvis:surface": p.surface,
    });
    if let Underlay::Style(address, away) = underlay {
        said["parvis:basemap-style"] = json!(address);
        said["parvis:basemap-attribution"] = json!(away.attribution);
    }
    if let Some(away) = underlay.away() {
        said["parvis:basemap-referrer"] =
            json!(if away.wants_referrer { "strict-origin" } else { "no-referrer" });
    }
    said
}

fn layers(world: &World, scheme: Scheme, underlay: &Underlay, breaks: &[u64]) -> Vec<Value> {
    let mut layers = vec![json!({
        "id": "background", "type": "background", "paint": { "background-color": scheme.palette().paper },
    })];
    layers.extend_from_slice(underlay.layers(scheme));
    layers.extend(ground::layers(world, scheme));
    layers.extend(surface::layers(scheme, breaks));
    layers.extend(names::layers(world, scheme));
    layers.extend(participation::layers(world, scheme));
    layers
}
