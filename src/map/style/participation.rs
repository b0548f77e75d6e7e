//! What people placed: points, lines, areas and clusters, in the colours of their themes.
//!
//! What it is not: icons and the rings of clusters, which our own client adds (`web/scripts/symbols.ts`). Invariant: the ids
//! of these layers are what scripts and tests ask for.

use crate::atlas::World;
use crate::layers::{BOLD, Scheme};
use serde_json::{Value, json};

/// Areas, lines, points, clusters, from the bottom to the top.
pub(super) fn layers(world: &World, scheme: Scheme) -> Vec<Value> {
    let p = scheme.palette();
    let color = theme_color(world, p.no_theme);
    let on = |id: &str, kind: &str, layer: &str, layout: Value, paint: Value| {
        json!({
            "id": id, "type": kind, "source": "features", "source-layer": layer, "layout": layout, "paint": paint,
        })
    };
    vec![
        on("polygons", "fill", "polygons", json!({}), json!({ "fill-color": color, "fill-opacity": 0.22 })),
        on(
            "polygons-outline",
            "line",
            "polygons",
            json!({ "line-join": "round" }),
            json!({
                "line-color": color, "line-width": 2,
            }),
        ),
        on(
            "lines-ring",
            "line",
            "lines",
            json!({ "line-cap": "round", "line-join": "round" }),
            json!({
                "line-color": p.ring, "line-width": 7, "line-opacity": 0.85,
            }),
        ),
        on(
            "lines",
            "line",
            "lines",
            json!({ "line-cap": "round", "line-join": "round" }),
            json!({
                "line-color": color, "line-width": 4,
            }),
        ),
        on(
            "points",
            "circle",
            "points",
            json!({ "circle-sort-key": ["get", "score"] }),
            json!({
                "circle-color": color, "circle-stroke-color": p.ring, "circle-stroke-width": 1.5,
                "circle-radius": radius(),
            }),
        ),
        on(
            "clusters",
            "circle",
            "clusters",
            json!({ "circle-sort-key": ["get", "count"] }),
            json!({
                "circle-color": p.cluster, "circle-stroke-color": p.no_theme, "circle-stroke-width": 2.5,
                "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "count"]], 0, 10, 2, 16, 4, 23, 6, 30],
            }),
        ),
        on(
            "clusters-count",
            "symbol",
            "clusters",
            json!({
                "text-field": ["case", [">=", ["get", "count"], 10000],
                    ["concat", ["to-string", ["round", ["/", ["get", "count"], 1000]]], " k"],
                    ["to-string", ["get", "count"]]],
                "text-font": BOLD, "text-size": 12, "text-allow-overlap": true,
                "symbol-sort-key": ["-", 0, ["get", "count"]],
            }),
            json!({ "text-color": p.cluster_words }),
        ),
    ]
}

/// The area of the disc, not its radius, grows with the support. From near it is never too small for an icon.
fn radius() -> Value {
    let sizes = |least: f64, most: f64| {
        let between = |share: f64| least + (most - least) * share;
        json!([
            "interpolate",
            ["linear"],
            ["sqrt", ["max", 0, ["get", "score"]]],
            0,
            least,
            5,
            between(0.2),
            12,
            between(0.55),
            30,
            most,
        ])
    };
    json!([
        "interpolate",
        ["linear"],
        ["zoom"],
        10,
        sizes(4.5, 20.0),
        13,
        sizes(9.5, 24.0),
        17,
        sizes(12.0, 28.0)
    ])
}

/// Each theme's colour; grey for what has none.
fn theme_color(world: &World, otherwise: &str) -> Value {
    let mut arms = vec![json!("match"), json!(["get", "theme"])];
    for theme in world.shown_themes() {
        arms.push(json!(theme.slug));
        arms.push(json!(theme.color));
    }
    if arms.len() == 2 {
        return json!(otherwise);
    }
    arms.push(json!(otherwise));
    Value::Array(arms)
}
