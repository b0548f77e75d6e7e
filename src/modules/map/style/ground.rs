//! How the authority's context layers and areas are drawn: by geometry and by the word in `class`.
//!
//! What it is not: their names (`names.rs`), nor which words there are (`words.rs`). Invariant: no layer is known by name;
//! one without `class` is drawn in its own colour.

use super::words::{self, MAIN, PATH, RAIL, RESIDENTIAL, SECONDARY, WATER, by_class};
use crate::core::atlas::{AREAS_LAYER, World};
use crate::core::layers::{Layer, Palette, Scheme};
use serde_json::{Value, json};

/// Every layer's drawing, then the borders.
pub(super) fn layers(world: &World, scheme: Scheme) -> Vec<Value> {
    let mut drawn = Vec::new();
    for (layer, context) in world.layers() {
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

/// Widths in pixels by class: main, secondary, residential, path, rail, water, anything else. The first is said of zoom 0, too: a
/// client may have no width before the first stop (QGIS).
const WIDTHS: [(u8, [f64; 7]); 6] = [
    (0, [0.8, 0.5, 0.25, 0.2, 0.5, 0.6, 0.6]),
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

/// Paths, then rails, then streets, main ones last: an edge under all of them, so that crossings are open. Main streets have layers
/// of their own, because a colour by zoom *and* word is more than some clients read.
fn streets(drawn: &mut Vec<Value>, layer: &Layer, p: &Palette) {
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
    let round = json!({
        "line-cap": "round", "line-join": "round",
        "line-sort-key": by_class(&[(SECONDARY, json!(2)), (RESIDENTIAL, json!(1))], json!(0)),
    });
    let sorts = [
        ("", words::is(&[SECONDARY, RESIDENTIAL]), p.street_casing, [p.street_far, p.street]),
        ("-main", words::is(&[MAIN]), p.main_casing, [p.main_casing, p.main]),
    ];
    for (sort, is, color, _) in &sorts {
        let casing = json!({
            "minzoom": 12.5, "layout": round,
            "paint": {
                "line-color": color, "line-width": width(1.6),
                "line-opacity": ["interpolate", ["linear"], ["zoom"], 12.5, 0.3, 14, 1],
            },
        });
        drawn.push(on(layer, &format!("casing{sort}"), "line", &and("LineString", is), casing));
    }
    for (sort, is, _, [far, near]) in &sorts {
        let street = json!({
            "layout": round,
            "paint": {
                "line-color": ["interpolate", ["linear"], ["zoom"], 12.5, far, 13.5, near], "line-width": width(0.0),
            },
        });
        drawn.push(on(layer, &format!("street{sort}"), "line", &and("LineString", is), street));
    }
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
    let other = words::is_not(&[MAIN, SECONDARY, RESIDENTIAL, PATH, RAIL]);
    drawn.push(on(layer, "line", "line", &and("LineString", &other), json!({
        "paint": {
            "line-color": by_class(&[(WATER, json!(p.water_edge))], json!(layer.color)), "line-width": width(0.0),
        },
    })));
}

/// The territory's areas: larger ones in stronger lines, on top. One layer a level, because some clients read an opacity only where
/// it is the same for all that a layer draws.
fn borders(p: &Palette) -> Vec<Value> {
    const LARGE: [&str; 4] = ["epci", "metropole", "departement", "region"];
    let all = [&LARGE[..], &["commune"]].concat();
    // Opacity of the halo; of the line from afar and from near; width of the line from afar and from near.
    let levels = [
        ("-small", json!(["match", ["get", "level"], all, false, true]), 0.0, [0.0, 0.4], [0.4, 0.9]),
        ("-communes", json!(["==", ["get", "level"], "commune"]), 0.08, [0.6, 0.6], [0.7, 1.4]),
        ("", json!(["match", ["get", "level"], LARGE, true, false]), 0.14, [0.7, 0.7], [1.2, 1.8]),
    ];
    let by_zoom = |from: f64, to: f64, [far, near]: [f64; 2]| {
        json!(["interpolate", ["linear"], ["zoom"], from, far, to, near])
    };
    let line = |id: String, filter: &Value, paint: Value| {
        json!({
            "id": id, "type": "line", "source": "context", "source-layer": AREAS_LAYER, "filter": filter,
            "layout": { "line-join": "round" }, "paint": paint,
        })
    };
    let halos = levels.iter().filter(|(.., halo, _, _)| *halo > 0.0).map(|(level, filter, halo, _, _)| {
        let width = by_zoom(9.0, 14.0, [3.0, 8.0]);
        let paint = json!({ "line-color": p.border, "line-opacity": halo, "line-width": width });
        line(format!("areas-halo{level}"), filter, paint)
    });
    let lines = levels.iter().map(|(level, filter, _, opacity, width)| {
        let paint = json!({
            "line-color": p.border, "line-dasharray": [4, 2, 1, 2],
            "line-opacity": by_zoom(10.0, 12.5, *opacity), "line-width": by_zoom(9.0, 14.0, *width),
        });
        line(format!("areas-line{level}"), filter, paint)
    });
    halos.chain(lines).collect()
}
