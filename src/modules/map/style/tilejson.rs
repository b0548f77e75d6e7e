//! TileJSON 3.0: what every layer of the tiles is called and holds, for QGIS, GDAL and other clients.

use crate::base::error::Result;
use crate::base::http::{self, Reader};
use crate::core::app::App;
use crate::core::atlas::{AREAS_LAYER, DEEPEST_ZOOM, FEATURE_LAYERS, Filter, NAMES_LAYER, World};
use crate::modules::facets;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde_json::{Map, Value, json};

/// `GET /tiles.json?…`: the filter's parameters are those of the tiles that it announces.
pub(in crate::modules::map) async fn tilejson(
    State(app): State<App>,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (filter, _) = Filter::of_query(query.as_deref().unwrap_or_default(), &[])?;
    app.atlas.total(&app.atlas.look_up(&app.db, filter.clone()).await?)?;
    let world = app.atlas.world();
    let base = app.base(&reader);
    let bounds = app.atlas.bounds().unwrap_or([-180.0, -85.05, 180.0, 85.05]);
    let center = [(bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0];
    Ok(http::tagged_json(&json!({
        "tilejson": "3.0.0",
        "name": app.name(),
        "version": "1.0.0",
        "scheme": "xyz",
        "tiles": [address(&base, None, &filter)],
        "minzoom": 0,
        "maxzoom": DEEPEST_ZOOM,
        "bounds": bounds,
        "center": [center[0], center[1], 11],
        "attribution": attribution(&world),
        "vector_layers": vector_layers(&world),
    })))
}

/// The address of tiles with these layers (every one where none is named) and this filter.
pub(super) fn address(base: &str, layers: Option<&str>, filter: &Filter) -> String {
    let layers = layers.map(|layers| format!("/{layers}")).unwrap_or_default();
    let filter = filter.canonical();
    let separator = if filter.is_empty() { "" } else { "?" };
    format!("{base}/tiles{layers}/{{z}}/{{x}}/{{y}}.mvt{separator}{filter}")
}

/// Whom to thank for the layers.
pub(in crate::modules::map) fn attribution(world: &World) -> String {
    let mut thanks: Vec<&str> = world
        .layers()
        .iter()
        .map(|(layer, _)| layer.attribution.as_str())
        .filter(|a| !a.is_empty())
        .collect();
    thanks.dedup();
    thanks.join(" · ")
}

fn vector_layers(world: &World) -> Vec<Value> {
    // Each field by its type, which is what GDAL and QGIS make columns of; what it means is in the description.
    let drawn = facets().filter(|facet| facet.is_drawn);
    let mut feature_fields: Map<String, Value> =
        drawn.map(|facet| (facet.name.to_owned(), json!("String"))).collect();
    feature_fields.extend(["score", "time"].map(|name| (name.to_owned(), json!("Number"))));
    let feature_fields = Value::from(feature_fields);
    let feature_words = "score: votes for minus votes against; time: seconds since 1970";
    let mut cluster_fields = json!({
        "count": "Number", "score": "Number", "west": "Number", "south": "Number", "east": "Number",
        "north": "Number", "ids": "String",
    });
    for theme in world.shown_themes() {
        cluster_fields[format!("theme.{}", theme.slug)] = json!("Number");
    }
    let cluster_words = "score: sum of scores; west, south, east, north: degrees; \
                         ids: at the deepest zoom, joined by commas; theme.…: features of that theme";
    let mut layers: Vec<Value> = FEATURE_LAYERS
        .iter()
        .map(|name| {
            let is_cluster = *name == "clusters";
            let (fields, words) =
                if is_cluster { (&cluster_fields, cluster_words) } else { (&feature_fields, feature_words) };
            json!({ "id": name, "description": words, "fields": fields, "minzoom": 0, "maxzoom": DEEPEST_ZOOM })
        })
        .collect();
    layers.push(json!({
        "id": AREAS_LAYER, "minzoom": 0, "maxzoom": DEEPEST_ZOOM,
        "fields": { "slug": "String", "name": "String", "level": "String", "code": "String" },
    }));
    layers.push(json!({
        "id": NAMES_LAYER, "minzoom": 0, "maxzoom": DEEPEST_ZOOM,
        "description": "where the names of areas and of the layers' surfaces stand; layer: whose it is; class: of an area its level",
        "fields": { "name": "String", "class": "String", "layer": "String", "hectares": "Number" },
    }));
    for (layer, context) in world.layers() {
        let fields: Map<String, Value> =
            context.fields().iter().map(|(name, kind)| (name.to_string(), json!(kind.as_str()))).collect();
        layers.push(json!({
            "id": layer.slug, "description": layer.name, "fields": fields, "minzoom": 0, "maxzoom": DEEPEST_ZOOM,
        }));
    }
    layers
}
