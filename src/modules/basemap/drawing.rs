//! A basemap's tiles drawn in the ground's colours: the OpenMapTiles and Protomaps schemas, and pictures as they are.
//!
//! What it is not: a style for its own sake; it shows where one is and leaves the stage to what people placed. Invariant: no
//! images and no fetched fonts are needed.

use super::tileset::About;
use crate::core::layers::{BOLD, Palette, REGULAR, Scheme, Underlay};
use serde_json::{Value, json};

/// The layers of a style; none where the schema is not known.
pub(super) fn layers(about: &About, scheme: Scheme) -> Option<Vec<Value>> {
    if !about.is_vector {
        return Some(vec![picture(scheme)]);
    }
    let p = scheme.palette();
    let names = about.layer_names();
    if names.contains(&"transportation") {
        Some(draw(&OPENMAPTILES, p))
    } else if names.contains(&"roads") && names.contains(&"earth") {
        Some(draw(&PROTOMAPS, p))
    } else {
        None
    }
}

/// Pictures, paler than they are; on dark paper darker, too.
fn picture(scheme: Scheme) -> Value {
    let brightest = if scheme == Scheme::Dark { 0.55 } else { 1.0 };
    json!({
        "id": "basemap-picture", "type": "raster", "source": Underlay::SOURCE,
        "paint": { "raster-saturation": -0.3, "raster-brightness-max": brightest },
    })
}

/// What a schema calls things: a layer, and where it tells sorts apart the words for each.
struct Schema {
    /// The property that tells the sort.
    sort: &'static str,
    land: &'static [(&'static str, Sort, &'static [&'static str])],
    water: &'static str,
    waterway: Option<&'static str>,
    roads: &'static str,
    main: &'static [&'static str],
    secondary: &'static [&'static str],
    minor: &'static [&'static str],
    path: &'static [&'static str],
    rail: &'static [&'static str],
    buildings: &'static str,
    /// The layer with the names of roads.
    road_names: &'static str,
    water_names: &'static str,
    places: &'static str,
    towns: &'static [&'static str],
    quarters: &'static [&'static str],
}

/// What a surface is drawn as.
#[derive(Clone, Copy)]
enum Sort {
    Wood,
    Park,
    Sport,
    Cemetery,
    Field,
    Sand,
    Town,
}

impl Sort {
    fn color(self, p: &Palette) -> &'static str {
        match self {
            Sort::Wood => p.wood,
            Sort::Park => p.park,
            Sort::Sport => p.sport,
            Sort::Cemetery => p.cemetery,
            Sort::Field => p.farmland,
            Sort::Sand => p.sand,
            Sort::Town => p.built_up,
        }
    }
}

const OPENMAPTILES: Schema = Schema {
    sort: "class",
    land: &[
        ("landcover", Sort::Field, &["farmland"]),
        ("landcover", Sort::Wood, &["wood", "forest"]),
        ("landcover", Sort::Park, &["grass"]),
        ("landcover", Sort::Sand, &["sand"]),
        ("landuse", Sort::Town, &["residential", "suburb", "neighbourhood", "commercial", "industrial"]),
        ("landuse", Sort::Sport, &["stadium", "pitch", "playground", "track"]),
        ("landuse", Sort::Cemetery, &["cemetery"]),
        ("park", Sort::Park, &[]),
    ],
    water: "water",
    waterway: Some("waterway"),
    roads: "transportation",
    main: &["motorway", "trunk", "primary"],
    secondary: &["secondary", "tertiary"],
    minor: &["minor", "service", "residential", "street"],
    path: &["path", "track", "pedestrian"],
    rail: &["rail", "transit"],
    buildings: "building",
    road_names: "transportation_name",
    water_names: "water_name",
    places: "place",
    towns: &["city", "town", "village", "hamlet"],
    quarters: &["suburb", "quarter", "neighbourhood"],
};

const PROTOMAPS: Schema = Schema {
    sort: "kind",
    land: &[
        ("landuse", Sort::Town, &["residential", "commercial", "industrial"]),
        ("landuse", Sort::Field, &["farmland", "meadow", "orchard", "vineyard"]),
        ("landuse", Sort::Wood, &["forest", "wood"]),
        (
            "landuse",
            Sort::Park,
            &["park", "grass", "garden", "nature_reserve", "village_green", "allotments"],
        ),
        ("landuse", Sort::Sport, &["pitch", "stadium", "playground", "golf_course"]),
        ("landuse", Sort::Cemetery, &["cemetery"]),
        ("landuse", Sort::Sand, &["beach", "sand"]),
    ],
    water: "water",
    waterway: None,
    roads: "roads",
    main: &["highway", "major_road"],
    secondary: &["medium_road"],
    minor: &["minor_road"],
    path: &["path", "other"],
    rail: &["rail"],
    buildings: "buildings",
    road_names: "roads",
    water_names: "water",
    places: "places",
    towns: &["locality"],
    quarters: &["neighbourhood", "macrohood"],
};

/// A layer of this source.
fn on(id: &str, kind: &str, layer: &str, filter: &Value, rest: Value) -> Value {
    let mut drawn = json!({
        "id": format!("basemap-{id}"), "type": kind, "source": Underlay::SOURCE, "source-layer": layer, "filter": filter,
    });
    if let (Some(drawn), Value::Object(rest)) = (drawn.as_object_mut(), rest) {
        drawn.extend(rest);
    }
    drawn
}

fn draw(schema: &Schema, p: &Palette) -> Vec<Value> {
    let is = |words: &[&str]| json!(["match", ["get", schema.sort], words, true, false]);
    let surface = json!(["==", ["geometry-type"], "Polygon"]);
    let mut drawn = Vec::new();
    for (at, (layer, sort, words)) in schema.land.iter().enumerate() {
        let filter = if words.is_empty() { surface.clone() } else { json!(["all", surface, is(words)]) };
        let paint = json!({ "paint": { "fill-color": sort.color(p) } });
        drawn.push(on(&format!("land-{at}"), "fill", layer, &filter, paint));
    }
    drawn.push(on("water", "fill", schema.water, &surface, json!({ "paint": { "fill-color": p.water } })));
    let line = json!(["==", ["geometry-type"], "LineString"]);
    drawn.push(on("waterway", "line", schema.waterway.unwrap_or(schema.water), &line, json!({
        "paint": { "line-color": p.water, "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.6, 16, 4] },
    })));
    roads(&mut drawn, schema, p, &is);
    drawn.push(on(
        "building",
        "fill",
        schema.buildings,
        &surface,
        json!({
            "minzoom": 13,
            "paint": {
                "fill-color": p.building, "fill-outline-color": p.building_edge,
                "fill-opacity": ["interpolate", ["linear"], ["zoom"], 13, 0, 14.5, 1],
            },
        }),
    ));
    drawn.extend(names(schema, p, &is));
    drawn
}

fn roads(drawn: &mut Vec<Value>, schema: &Schema, p: &Palette, is: &impl Fn(&[&str]) -> Value) {
    let (main, secondary) = (schema.main, schema.secondary);
    let width = |more: f64| {
        let by = |a: f64, b: f64, c: f64| {
            json!(["match", ["get", schema.sort], main, a + more, secondary, b + more, c + more])
        };
        json!([
            "interpolate",
            ["exponential", 1.5],
            ["zoom"],
            7,
            by(0.6, 0.2, 0.0),
            11,
            by(1.4, 0.7, 0.3),
            14,
            by(5.0, 3.6, 2.2),
            17,
            by(19.0, 14.0, 10.5),
            20,
            by(86.0, 66.0, 54.0),
        ])
    };
    let round = json!({ "line-cap": "round", "line-join": "round" });
    // Main roads have layers of their own: a colour by zoom *and* word is more than some clients read (see `map/style`).
    let others = [secondary, schema.minor].concat();
    let sorts = [
        ("", is(&others), p.street_casing, [p.street_far, p.street]),
        ("-main", is(main), p.main_casing, [p.main_casing, p.main]),
    ];
    drawn.push(on(
        "path",
        "line",
        schema.roads,
        &is(schema.path),
        json!({
            "minzoom": 14, "paint": { "line-color": p.path, "line-width": 1.1, "line-dasharray": [3, 1.6] },
        }),
    ));
    for (sort, is, color, _) in &sorts {
        let paint = json!({ "line-color": color, "line-width": width(1.6) });
        let casing = json!({ "minzoom": 12.5, "layout": round, "paint": paint });
        drawn.push(on(&format!("casing{sort}"), "line", schema.roads, is, casing));
    }
    for (sort, is, _, [far, near]) in &sorts {
        let paint = json!({
            "line-color": ["interpolate", ["linear"], ["zoom"], 12.5, far, 13.5, near], "line-width": width(0.0),
        });
        let road = json!({ "minzoom": 6, "layout": round, "paint": paint });
        drawn.push(on(&format!("road{sort}"), "line", schema.roads, is, road));
    }
    drawn.push(on("rail", "line", schema.roads, &is(schema.rail), json!({
        "minzoom": 11, "paint": { "line-color": p.rail, "line-width": ["interpolate", ["linear"], ["zoom"], 11, 0.6, 17, 2] },
    })));
    drawn.push(on(
        "ties",
        "line",
        schema.roads,
        &is(schema.rail),
        json!({
            "minzoom": 14, "paint": { "line-color": p.rail, "line-width": 5, "line-dasharray": [0.25, 1.6] },
        }),
    ));
}

/// The fields of a name, the best first.
const NAMES: [&str; 3] = ["name:fr", "name:latin", "name"];

/// Roads along their lines, waters, then places: the last have room first.
fn names(schema: &Schema, p: &Palette, is: &impl Fn(&[&str]) -> Value) -> Vec<Value> {
    let name = |id: &str, layer: &str, from: f64, filter: &Value, layout: Value, color: &str| {
        // A text is one field, which every client reads: the first of these that a thing has.
        NAMES
            .iter()
            .enumerate()
            .rev()
            .map(move |(at, field)| {
                let mut all = json!({ "text-field": ["get", field], "text-font": REGULAR });
                if let (Some(all), Value::Object(layout)) = (all.as_object_mut(), layout.clone()) {
                    all.extend(layout);
                }
                let mut has = vec![json!("all"), json!(["has", field])];
                has.extend(NAMES[..at].iter().map(|better| json!(["!", ["has", better]])));
                has.push(filter.clone());
                let paint = json!({ "text-color": color, "text-halo-color": p.halo, "text-halo-width": 1.4 });
                let rest = json!({ "minzoom": from, "layout": all, "paint": paint });
                let id = if at == 0 { id.to_owned() } else { format!("{id}-{at}") };
                on(&id, "symbol", layer, &Value::Array(has), rest)
            })
            .collect::<Vec<_>>()
    };
    let line = json!(["==", ["geometry-type"], "LineString"]);
    let point = json!(["==", ["geometry-type"], "Point"]);
    [
        name(
            "road-names",
            schema.road_names,
            14.0,
            &line,
            json!({
                "symbol-placement": "line", "text-size": ["interpolate", ["linear"], ["zoom"], 14, 10.5, 18, 14],
                "text-max-angle": 32,
            }),
            p.quiet_words,
        ),
        name(
            "water-names",
            schema.water_names,
            9.0,
            &point,
            json!({ "text-size": 12, "text-max-width": 7 }),
            p.water_words,
        ),
        name(
            "quarters",
            schema.places,
            12.5,
            &is(schema.quarters),
            json!({
                "text-size": 11.5, "text-transform": "uppercase", "text-letter-spacing": 0.1, "text-max-width": 7,
            }),
            p.quiet_words,
        ),
        name(
            "towns",
            schema.places,
            4.0,
            &is(schema.towns),
            json!({
                "text-font": BOLD, "text-size": ["interpolate", ["linear"], ["zoom"], 5, 11, 13, 16], "text-max-width": 8,
            }),
            p.words,
        ),
    ]
    .concat()
}
