//! What people placed: points, lines, areas and clusters, in the colours of their themes.
//!
//! What it is not: icons, rings of clusters and discs that grow with their support, which our own client makes of these layers
//! (`web/shared/scripts/symbols.ts`). Invariant: a layer says what it draws in words that every client has: one layer of points a
//! theme, sizes by zoom alone (see `mod.rs`). The first words of the ids (`points`, `clusters`) are what scripts ask for.

use crate::core::atlas::World;
use crate::core::layers::{BOLD, Palette, Scheme};
use serde_json::{Value, json};

/// Areas, lines, points, clusters, from the bottom to the top.
pub(super) fn layers(world: &World, scheme: Scheme) -> Vec<Value> {
    let p = scheme.palette();
    let color = theme_color(world, p.no_theme);
    let round = json!({ "line-cap": "round", "line-join": "round" });
    let mut drawn = vec![
        on("polygons", "fill", "polygons", json!({}), json!({ "fill-color": color, "fill-opacity": 0.22 })),
        on(
            "polygons-outline",
            "line",
            "polygons",
            json!({ "line-join": "round" }),
            json!({ "line-color": color, "line-width": 2 }),
        ),
        on(
            "lines-ring",
            "line",
            "lines",
            round.clone(),
            json!({ "line-color": p.ring, "line-width": 7, "line-opacity": 0.85 }),
        ),
        on("lines", "line", "lines", round, json!({ "line-color": color, "line-width": 4 })),
    ];
    drawn.extend(points(world, p));
    drawn.extend(clusters(p));
    drawn
}

#[allow(clippy::needless_pass_by_value, reason = "as `json!` makes them")]
fn on(id: &str, kind: &str, layer: &str, layout: Value, paint: Value) -> Value {
    json!({ "id": id, "type": kind, "source": "features", "source-layer": layer, "layout": layout, "paint": paint })
}

/// What has no theme, then theme by theme.
fn points(world: &World, p: &Palette) -> Vec<Value> {
    let disc = |id: &str, color: &str, filter: Value| {
        let mut disc = on(
            id,
            "circle",
            "points",
            json!({ "circle-sort-key": ["get", "score"] }),
            json!({
                "circle-color": color, "circle-stroke-color": p.ring, "circle-stroke-width": 1.5,
                // QGIS 3.22 takes the first size for all zooms.
                "circle-radius": ["interpolate", ["linear"], ["zoom"], 0, 7, 10, 7, 13, 10.5, 17, 13],
            }),
        );
        disc["filter"] = filter;
        disc
    };
    let slugs: Vec<&str> = world.shown_themes().map(|theme| theme.slug.as_str()).collect();
    let other = if slugs.is_empty() {
        json!(["has", "score"])
    } else {
        json!(["match", ["get", "theme"], slugs, false, true])
    };
    let mut drawn = vec![disc("points", p.no_theme, other)];
    drawn.extend(world.shown_themes().map(|theme| {
        let its = json!(["==", ["get", "theme"], theme.slug]);
        disc(&format!("points-{}", theme.slug), &theme.color, its)
    }));
    drawn
}

/// From how many features on a cluster is so large: radius in pixels.
const CLUSTERS: [(u32, f64); 4] = [(0, 12.0), (10, 14.5), (100, 18.0), (1_000, 22.0)];

/// Discs by their counts, the largest on top, then the counts.
fn clusters(p: &Palette) -> Vec<Value> {
    let mut drawn = Vec::new();
    for (at, (least, radius)) in CLUSTERS.into_iter().enumerate() {
        let id = if least == 0 { "clusters".to_owned() } else { format!("clusters-{least}") };
        let mut disc = on(
            &id,
            "circle",
            "clusters",
            json!({ "circle-sort-key": ["get", "count"] }),
            json!({
                "circle-color": p.cluster, "circle-stroke-color": p.no_theme, "circle-stroke-width": 2.5,
                "circle-radius": radius,
            }),
        );
        let from = json!([">=", ["get", "count"], least]);
        disc["filter"] = match CLUSTERS.get(at + 1) {
            Some((next, _)) => json!(["all", from, ["<", ["get", "count"], next]]),
            None => from,
        };
        drawn.push(disc);
    }
    drawn.push(on(
        "clusters-count",
        "symbol",
        "clusters",
        json!({
            "text-field": ["to-string", ["get", "count"]],
            "text-font": BOLD, "text-size": 12, "text-allow-overlap": true,
            // Names of the ground keep away from the disc around it.
            "text-padding": 14,
            "symbol-sort-key": ["-", 0, ["get", "count"]],
        }),
        json!({ "text-color": p.cluster_words }),
    ));
    drawn
}

/// Each theme's colour; grey for what has none.
fn theme_color(world: &World, otherwise: &str) -> Value {
    let mut arms = vec![json!("match"), json!(["get", "theme"])];
    for theme in world.shown_themes() {
        arms.push(json!([theme.slug]));
        arms.push(json!(theme.color));
    }
    if arms.len() == 2 {
        return json!(otherwise);
    }
    arms.push(json!(otherwise));
    Value::Array(arms)
}
