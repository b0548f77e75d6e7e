//! The names on the map: areas, parks and waters, streets, places.
//!
//! What it is not: what is drawn under them (`ground.rs`). Invariant: names stand under what people placed and give way to
//! it; a name is never needed to understand the map.

use super::words::{self, MAIN, PATH, RAIL, SECONDARY, WATER, by_class};
use crate::core::atlas::{AREAS_LAYER, NAMES_LAYER, World};
use crate::core::layers::{BOLD, Layer, Palette, REGULAR, Scheme};
use serde_json::{Value, json};

/// Every name, those that matter least first: a client gives room to the last.
pub(super) fn layers(world: &World, scheme: Scheme) -> Vec<Value> {
    let p = scheme.palette();
    let named = || world.layers().iter().filter(|(_, context)| context.fields().contains_key("name"));
    let mut drawn: Vec<Value> = named().map(|(layer, _)| places(layer, p)).collect();
    drawn.extend(named().flat_map(|(layer, _)| lines(layer, p)));
    drawn.extend(surfaces(p));
    drawn.extend(areas(p));
    drawn
}

fn name(
    id: &str,
    source_layer: &str,
    from: f64,
    filter: &Value,
    layout: Value,
    color: impl Into<Value>,
    p: &Palette,
) -> Value {
    let color: Value = color.into();
    let mut all = json!({ "text-field": ["get", "name"], "text-font": REGULAR });
    if let (Some(all), Value::Object(layout)) = (all.as_object_mut(), layout) {
        all.extend(layout);
    }
    json!({
        "id": id, "type": "symbol", "source": "context", "source-layer": source_layer, "minzoom": from,
        "filter": ["all", ["has", "name"], filter], "layout": all,
        "paint": { "text-color": color, "text-halo-color": p.halo, "text-halo-width": 1.4, "text-halo-blur": 0.4 },
    })
}

fn places(layer: &Layer, p: &Palette) -> Value {
    let layout = json!({
        "text-size": ["interpolate", ["linear"], ["zoom"], 15, 10.5, 18, 13],
        "text-max-width": 8, "text-padding": 4,
        "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 0.6,
    });
    let is_point = json!(["==", ["geometry-type"], "Point"]);
    name(&format!("{}-names", layer.slug), &layer.slug, 15.0, &is_point, layout, p.quiet_words, p)
}

/// Along streets and rivers: larger ones have theirs from farther away, and the room first.
fn lines(layer: &Layer, p: &Palette) -> Vec<Value> {
    let size = |main: f64, street: f64| by_class(&[(MAIN, json!(main))], json!(street));
    let layout = json!({
        "symbol-placement": "line", "symbol-spacing": 320, "text-max-angle": 32, "text-padding": 3,
        "text-letter-spacing": 0.01,
        "text-size": ["interpolate", ["linear"], ["zoom"], 14, size(11.0, 10.0), 18, size(15.0, 13.5)],
        "symbol-sort-key": by_class(&[(MAIN, json!(0))], json!(1)),
    });
    let color = by_class(&[(WATER, json!(p.water_words)), (MAIN, json!(p.words))], json!(p.quiet_words));
    let from = [
        ("path-names", 17.0, words::is(&[PATH])),
        ("line-names", 15.0, words::is_not(&[MAIN, SECONDARY, WATER, PATH, RAIL])),
        ("water-names", 13.0, words::is(&[WATER])),
        ("street-names", 14.0, words::is(&[MAIN, SECONDARY])),
    ];
    from.into_iter()
        .map(|(part, zoom, is)| {
            let filter = json!(["all", ["==", ["geometry-type"], "LineString"], is]);
            name(
                &format!("{}-{part}", layer.slug),
                &layer.slug,
                zoom,
                &filter,
                layout.clone(),
                color.clone(),
                p,
            )
        })
        .collect()
}

/// Surfaces of some pixels: at least so many hectares are named from a zoom on, a quarter of them from the next.
const LARGE_ENOUGH: [(f64, f64); 5] = [(16.0, 0.0), (15.0, 0.6), (14.0, 3.0), (13.0, 12.0), (12.0, 60.0)];

/// Parks, woods, waters: one name for each, wherever its tiles end; the largest last, which have the room first.
fn surfaces(p: &Palette) -> Vec<Value> {
    let sorts = [
        ("names-surfaces", 12.0, words::is_green(), (10.5, 13.0), p.green_words),
        ("names-waters", 11.5, words::is(&[WATER]), (11.5, 15.0), p.water_words),
    ];
    let mut drawn = Vec::new();
    for (id, from, is, (small, large), color) in sorts {
        let layout = json!({
            "text-size": ["interpolate", ["linear"], ["zoom"], 12, small, 17, large],
            "text-max-width": 7, "text-padding": 6, "symbol-sort-key": ["-", 0, ["get", "hectares"]],
        });
        let mut below = None;
        for (zoom, least) in LARGE_ENOUGH {
            let mut filter =
                json!(
                    ["all", ["!=", ["get", "layer"], AREAS_LAYER], [">=", ["get", "hectares"], least], is,]
                );
            if let (Some(most), Some(parts)) = (below, filter.as_array_mut()) {
                parts.push(json!(["<", ["get", "hectares"], most]));
            }
            below = Some(least);
            let from = if zoom > 12.0 { zoom } else { from };
            drawn.push(name(&format!("{id}-{zoom}"), NAMES_LAYER, from, &filter, layout.clone(), color, p));
        }
    }
    drawn
}

/// Quartiers from near, communes from afar.
fn areas(p: &Palette) -> Vec<Value> {
    let large = json!(["epci", "metropole", "departement", "region"]);
    let level = |words: &Value| json!(["match", ["get", "class"], words, true, false]);
    let no_level = |words: &Value| json!(["match", ["get", "class"], words, false, true]);
    let of = |filter: &Value| json!(["all", ["==", ["get", "layer"], AREAS_LAYER], filter]);
    let sort = json!(["-", 0, ["get", "hectares"]]);
    let mut small = name(
        "names-quartiers",
        NAMES_LAYER,
        12.0,
        &of(&no_level(&json!(["epci", "metropole", "departement", "region", "commune"]))),
        json!({
            "text-size": ["interpolate", ["linear"], ["zoom"], 12, 10.5, 14.5, 13], "text-transform": "uppercase",
            "text-letter-spacing": 0.12, "text-max-width": 7, "text-padding": 8, "symbol-sort-key": sort,
        }),
        p.quiet_words,
        p,
    );
    small["maxzoom"] = json!(15);
    let mut communes = name(
        "names-communes",
        NAMES_LAYER,
        8.5,
        &of(&level(&json!(["commune"]))),
        json!({
            "text-font": BOLD, "text-size": ["interpolate", ["linear"], ["zoom"], 9, 12, 12.5, 17],
            "text-max-width": 8, "text-padding": 2, "symbol-sort-key": sort,
            // Beside the cluster that mostly stands where a town is.
            "text-variable-anchor-offset": [
                "center", [0, 0], "bottom", [0, -1.5], "top", [0, 1.5], "left", [1.8, 0], "right", [-1.8, 0],
                "bottom", [0, -3], "top", [0, 3], "bottom-left", [2.5, -2], "top-right", [-2.5, 2], "bottom", [0, -5], "top", [0, 5],
            ],
        }),
        p.words,
        p,
    );
    communes["maxzoom"] = json!(12.5);
    let mut whole = name(
        "names-territory",
        NAMES_LAYER,
        4.0,
        &of(&level(&large)),
        json!({ "text-font": BOLD, "text-size": 14, "text-max-width": 9, "symbol-sort-key": sort }),
        p.words,
        p,
    );
    whole["maxzoom"] = json!(9);
    vec![small, communes, whole]
}
