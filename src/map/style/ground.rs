//! How the authority's context layers and areas are drawn: by geometry and by the word in `class`.
//!
//! What it is not: their names (`names.rs`), nor which words there are (`words.rs`). Invariant: no layer is known by name;
//! one without `class` is drawn in its own colour.

use super::words::{self, MAIN, PATH, RAIL, RESIDENTIAL, SECONDARY, WATER, by_class};
use crate::atlas::{AREAS_LAYER, World};
use crate::layers::{Layer, Palette, Scheme};
use serde_json::{Value, json};

/// Every layer's drawing, then the borders.
pub(super) fn layers(world: &World, scheme: Scheme) -> Vec<Value> {
    let mut drawn = Vec::new();
    for (layer, context) in &world.layers {
        if context.fields().contains_key("class") {
            by_words(&mut drawn, layer, scheme.palette());
        } else {
            plain(&mut drawn, layer);
        }
    }
    drawn.extend(borders(scheme.palette()));
    drawn
}

/// A style layer over one context layer, what it draws said by `rest`.
fn on(layer: &Layer, part: &str, kind: &str, filter: &Value, rest: Value) -> Value {
    let mut drawn = json!({
        "id": format!("{}-{part}", layer.slug), "type": kind, "source": "context", "source-layer": layer.slug,
        "filter": filter,
    });
    if let (Some(drawn), Value::Object(rest)) = (drawn.as_object_mut(), rest) {
        drawn.extend(rest);
    }
    drawn
}

fn is_shape(kind: &str) -> Value {
    json!(["==", ["geometry-type"], kind])
}

fn and(kind: &str, also: &Value) -> Value {
    json!(["all", is_shape(kind), also])
}

/// A layer without words: its own colour.
fn plain(drawn: &mut Vec<Value>, layer: &Layer) {
    let color = &layer.color;
    let width = json!(["interpolate", ["linear"], ["zoom"], 10, 0.6, 16, 3]);
    drawn.extend([
        on(
            layer,
            "fill",
            "fill",
            &is_shape("Polygon"),
            json!({ "paint": { "fill-color": color, "fill-opacity": 0.55 } }),
        ),
        on(
            layer,
            "line",
            "line",
            &is_shape("LineString"),
            json!({ "paint": { "line-color": color, "line-width": width } }),
        ),
        point(layer, 13),
    ]);
}

fn point(layer: &Layer, from: u8) -> Value {
    let radius = json!(["interpolate", ["linear"], ["zoom"], 13, 2, 18, 4.5]);
    on(
        layer,
        "point",
        "circle",
        &is_shape("Point"),
        json!({
            "minzoom": from,
            "paint": { "circle-color": layer.color, "circle-radius": radius, "circle-opacity": 0.75 },
        }),
    )
}

/// A layer whose things say what they are.
fn by_words(drawn: &mut Vec<Value>, layer: &Layer, p: &Palette) {
    let known = words::known_surface();
    let opacity = json!(["match", ["get", "class"], known, 1, 0.5]);
    let fill = json!({ "paint": { "fill-color": words::surface(p, &layer.color), "fill-opacity": opacity } });
    drawn.push(on(layer, "fill", "fill", &is_shape("Polygon"), fill));
    drawn.push(on(
        layer,
        "shore",
        "line",
        &and("Polygon", &words::is(&[WATER])),
        json!({
            "minzoom": 11, "layout": { "line-join": "round" },
            "paint": {
                "line-color": p.water_edge, "line-opacity": 0.8,
                "line-width": ["interpolate", ["exponential", 1.5], ["zoom"], 11, 0.8, 15, 3, 18, 8],
                "line-blur": ["interpolate", ["exponential", 1.5], ["zoom"], 11, 0.5, 15, 2, 18, 6],
                "line-offset": ["interpolate", ["exponential", 1.5], ["zoom"], 11, 0, 15, 1, 18, 3],
            },
        }),
    ));
    drawn.push(on(
        layer,
        "walls",
        "line",
        &and("Polygon", &words::is_building()),
        json!({
            "minzoom": 14,
            "paint": {
                "line-color": p.building_edge,
                "line-width": ["interpolate", ["linear"], ["zoom"], 14, 0.3, 16, 0.8, 19, 1.2],
            },
        }),
    ));
    streets(drawn, layer, p);
    drawn.push(point(layer, 15));
}

/// Widths in pixels by class: main, secondary, residential, path, rail, water, anything else.
const WIDTHS: [(u8, [f64; 7]); 5] = [
    (10, [0.8, 0.5, 0.25, 0.2, 0.5, 0.6, 0.6]),
    (13, [2.6, 1.8, 0.9, 0.5, 1.0, 1.4, 1.4]),
    (15, [8.0, 6.0, 4.0, 1.1, 1.8, 3.0, 2.4]),
    (17, [20.0, 15.5, 11.5, 2.2, 3.2, 7.0, 4.0]),
    (20, [90.0, 72.0, 58.0, 7.0, 9.0, 22.0, 8.0]),
];

/// The width of lines by zoom and class, in pixels, with `more` added.
fn width(more: f64) -> Value {
    let mut expression = vec![json!("interpolate"), json!(["exponential", 1.5]), json!(["zoom"])];
    for (zoom, widths) in WIDTHS {
        let [main, secondary, residential, path, rail, water, other] = widths.map(|w| json!(w + more));
        let arms = [
            (MAIN, main),
            (SECONDARY, secondary),
            (RESIDENTIAL, residential),
            (PATH, path),
            (RAIL, rail),
            (WATER, water),
        ];
        expression.extend([json!(zoom), by_class(&arms, other)]);
    }
    Value::Array(expression)
}

/// Paths, then rails, then streets: an edge under all of them, so that crossings are open.
fn streets(drawn: &mut Vec<Value>, layer: &Layer, p: &Palette) {
    let streets = words::is(&[MAIN, SECONDARY, RESIDENTIAL]);
    let round = json!({
        "line-cap": "round", "line-join": "round",
        "line-sort-key": by_class(&[(MAIN, json!(3)), (SECONDARY, json!(2)), (RESIDENTIAL, json!(1))], json!(0)),
    });
    drawn.push(on(
        layer,
        "path",
        "line",
        &and("LineString", &words::is(&[PATH])),
        json!({
            "minzoom": 12, "layout": { "line-join": "round" },
            "paint": { "line-color": p.path, "line-width": width(0.0), "line-dasharray": [3, 1.6] },
        }),
    ));
    drawn.push(on(
        layer,
        "casing",
        "line",
        &and("LineString", &streets.clone()),
        json!({
            "minzoom": 12.5, "layout": round,
            "paint": {
                "line-color": by_class(&[(MAIN, json!(p.main_casing))], json!(p.street_casing)),
                "line-width": width(1.6),
                "line-opacity": ["interpolate", ["linear"], ["zoom"], 12.5, 0.3, 14, 1],
            },
        }),
    ));
    let near = |main: &str, street: &str| by_class(&[(MAIN, json!(main))], json!(street));
    drawn.push(on(
        layer,
        "street",
        "line",
        &and("LineString", &streets),
        json!({
            "layout": round,
            "paint": {
                "line-color": [
                    "interpolate", ["linear"], ["zoom"], 12.5, near(p.main_casing, p.street_far),
                    13.5, near(p.main, p.street),
                ],
                "line-width": width(0.0),
            },
        }),
    ));
    drawn.push(on(layer, "rail", "line", &and("LineString", &words::is(&[RAIL])), json!({
        "paint": { "line-color": p.rail, "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.6, 15, 1.4, 18, 2.4] },
    })));
    drawn.push(on(
        layer,
        "ties",
        "line",
        &and("LineString", &words::is(&[RAIL])),
        json!({
            "minzoom": 13,
            "paint": {
                "line-color": p.rail, "line-dasharray": [0.25, 1.6],
                "line-width": ["interpolate", ["linear"], ["zoom"], 13, 3, 15, 5, 18, 9],
            },
        }),
    ));
    let known = words::is(&[MAIN, SECONDARY, RESIDENTIAL, PATH, RAIL]);
    drawn.push(on(layer, "line", "line", &and("LineString", &json!(["!", known])), json!({
        "paint": {
            "line-color": by_class(&[(WATER, json!(p.water_edge))], json!(layer.color)), "line-width": width(0.0),
        },
    })));
}

/// The territory's areas: larger ones in stronger lines.
fn borders(p: &Palette) -> Vec<Value> {
    let by_level = |epci: f64, commune: f64, other: f64| {
        json!([
            "match",
            ["get", "level"],
            ["epci", "metropole", "departement", "region"],
            epci,
            "commune",
            commune,
            other
        ])
    };
    let line = |id: &str, from: f64, paint: Value| {
        json!({
            "id": id, "type": "line", "source": "context", "source-layer": AREAS_LAYER, "minzoom": from,
            "layout": { "line-join": "round" }, "paint": paint,
        })
    };
    vec![
        line(
            "areas-halo",
            0.0,
            json!({
                "line-color": p.border, "line-opacity": by_level(0.14, 0.08, 0.0),
                "line-width": ["interpolate", ["linear"], ["zoom"], 9, 3, 14, 8],
            }),
        ),
        line(
            "areas-line",
            0.0,
            json!({
                "line-color": p.border, "line-dasharray": [4, 2, 1, 2],
                "line-opacity": ["interpolate", ["linear"], ["zoom"], 10, by_level(0.7, 0.6, 0.0), 12.5, by_level(0.7, 0.6, 0.4)],
                "line-width": ["interpolate", ["linear"], ["zoom"], 9, by_level(1.2, 0.7, 0.4), 14, by_level(1.8, 1.4, 0.9)],
            }),
        ),
    ]
}
