//! TileJSON 3.0 and a MapLibre style for all layers: what a GIS officer pastes into QGIS, and what our own page reads.

use crate::app::App;
use crate::atlas::{AREAS_LAYER, DEEPEST_ZOOM, FEATURE_LAYERS, Filter, World};
use crate::error::Result;
use crate::http::Reader;
use axum::Json;
use axum::extract::{RawQuery, State};
use serde_json::{Map, Value, json};

/// `GET /tiles.json?…`: the filter's parameters are those of the tiles that it announces.
pub(super) async fn tilejson(
    State(app): State<App>,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>> {
    let (filter, _) = Filter::of_query(query.as_deref().unwrap_or_default(), &[])?;
    let world = app.atlas.world();
    let base = app.base(&reader);
    let bounds = app.atlas.bounds().unwrap_or([-180.0, -85.05, 180.0, 85.05]);
    let center = [(bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0];
    Ok(Json(json!({
        "tilejson": "3.0.0",
        "name": app.config.name,
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

fn address(base: &str, layers: Option<&str>, filter: &Filter) -> String {
    let layers = layers.map(|layers| format!("/{layers}")).unwrap_or_default();
    let filter = filter.canonical();
    let separator = if filter.is_empty() { "" } else { "?" };
    format!("{base}/tiles{layers}/{{z}}/{{x}}/{{y}}.mvt{separator}{filter}")
}

fn attribution(world: &World) -> String {
    let mut thanks: Vec<&str> =
        world.layers.iter().map(|(layer, _)| layer.attribution.as_str()).filter(|a| !a.is_empty()).collect();
    thanks.dedup();
    thanks.join(" · ")
}

fn vector_layers(world: &World) -> Vec<Value> {
    // Each field by its type, which is what GDAL and QGIS make columns of; what it means is in the description.
    let feature_fields = json!({
        "kind": "String", "status": "String", "theme": "String", "process": "String", "score": "Number",
        "time": "Number",
    });
    let feature_words = "score: votes for minus votes against; time: seconds since 1970";
    let mut cluster_fields = json!({
        "count": "Number", "score": "Number", "west": "Number", "south": "Number", "east": "Number",
        "north": "Number", "ids": "String",
    });
    for theme in &world.themes {
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
    for (layer, context) in &world.layers {
        let fields: Map<String, Value> =
            context.fields().iter().map(|(name, kind)| (name.to_string(), json!(kind.as_str()))).collect();
        layers.push(json!({
            "id": layer.slug, "description": layer.name, "fields": fields, "minzoom": 0, "maxzoom": DEEPEST_ZOOM,
        }));
    }
    layers
}

/// `GET /style.json?…`: two sources, so that a vote makes a client fetch only the tiles that votes are in.
pub(super) async fn style(
    State(app): State<App>,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>> {
    let (filter, _) = Filter::of_query(query.as_deref().unwrap_or_default(), &[])?;
    let world = app.atlas.world();
    let base = app.base(&reader);
    let slugs: Vec<&str> = world.layers.iter().map(|(layer, _)| layer.slug.as_str()).collect();
    let context = [&[AREAS_LAYER], slugs.as_slice()].concat().join(",");
    let source = |layers: &str, filter: &Filter| {
        json!({
            "type": "vector", "tiles": [address(&base, Some(layers), filter)], "minzoom": 0, "maxzoom": DEEPEST_ZOOM,
            "attribution": attribution(&world),
        })
    };
    let bounds = app.atlas.bounds().unwrap_or([-5.0, 41.0, 10.0, 51.5]);
    Ok(Json(json!({
        "version": 8,
        "name": app.config.name,
        "center": [(bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0],
        "zoom": 11,
        "sources": {
            "context": source(&context, &Filter::default()),
            "features": source("features", &filter),
        },
        "layers": style_layers(&world),
    })))
}

fn style_layers(world: &World) -> Vec<Value> {
    let mut layers = vec![json!({
        "id": "background", "type": "background", "paint": { "background-color": "#f3f1ec" },
    })];
    for (layer, _) in &world.layers {
        let (slug, color) = (&layer.slug, &layer.color);
        layers.push(json!({
            "id": format!("{slug}-fill"), "type": "fill", "source": "context", "source-layer": slug,
            "filter": ["==", ["geometry-type"], "Polygon"],
            "paint": { "fill-color": color, "fill-opacity": 0.55 },
        }));
        layers.push(json!({
            "id": format!("{slug}-line"), "type": "line", "source": "context", "source-layer": slug,
            "filter": ["==", ["geometry-type"], "LineString"],
            "paint": { "line-color": color, "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.6, 16, 3] },
        }));
        layers.push(json!({
            "id": format!("{slug}-point"), "type": "circle", "source": "context", "source-layer": slug, "minzoom": 13,
            "filter": ["==", ["geometry-type"], "Point"],
            "paint": { "circle-color": color, "circle-radius": 3, "circle-opacity": 0.7 },
        }));
    }
    layers.push(json!({
        "id": "areas-line", "type": "line", "source": "context", "source-layer": AREAS_LAYER,
        "paint": {
            "line-color": "#6b6459", "line-opacity": 0.6, "line-dasharray": [3, 2],
            "line-width": ["interpolate", ["linear"], ["zoom"], 9, 0.5, 14, 1.4],
        },
    }));
    let theme_color = theme_color(world);
    layers.push(json!({
        "id": "polygons", "type": "fill", "source": "features", "source-layer": "polygons",
        "paint": { "fill-color": theme_color, "fill-opacity": 0.3 },
    }));
    layers.push(json!({
        "id": "polygons-outline", "type": "line", "source": "features", "source-layer": "polygons",
        "paint": { "line-color": theme_color, "line-width": 2 },
    }));
    layers.push(json!({
        "id": "lines", "type": "line", "source": "features", "source-layer": "lines",
        "layout": { "line-cap": "round" }, "paint": { "line-color": theme_color, "line-width": 4 },
    }));
    layers.push(json!({
        "id": "points", "type": "circle", "source": "features", "source-layer": "points",
        "paint": {
            "circle-color": theme_color, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5,
            // The area of the disc, not its radius, grows with the support.
            "circle-radius": [
                "interpolate", ["linear"], ["sqrt", ["max", 0, ["get", "score"]]], 0, 5.5, 5, 9, 12, 16, 30, 26,
            ],
        },
    }));
    layers.push(json!({
        "id": "clusters", "type": "circle", "source": "features", "source-layer": "clusters",
        "paint": {
            "circle-color": "#2b3a55", "circle-opacity": 0.88, "circle-stroke-color": "#ffffff",
            "circle-stroke-width": 2,
            "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "count"]], 0, 9, 2, 15, 4, 22, 6, 30],
        },
    }));
    layers.push(json!({
        "id": "clusters-count", "type": "symbol", "source": "features", "source-layer": "clusters",
        "layout": {
            "text-field": ["case", [">=", ["get", "count"], 10000],
                ["concat", ["to-string", ["round", ["/", ["get", "count"], 1000]]], " k"],
                ["to-string", ["get", "count"]]],
            "text-font": ["Noto Sans Regular"], "text-size": 12, "text-allow-overlap": true,
        },
        "paint": { "text-color": "#ffffff" },
    }));
    layers
}

/// Each theme's colour; grey for what has none.
fn theme_color(world: &World) -> Value {
    if world.themes.is_empty() {
        return json!("#5b6470");
    }
    let mut arms = vec![json!("match"), json!(["get", "theme"])];
    for theme in &world.themes {
        arms.push(json!(theme.slug));
        arms.push(json!(theme.color));
    }
    arms.push(json!("#5b6470"));
    Value::Array(arms)
}
