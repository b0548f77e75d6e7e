//! A map drawn from a tile and a style: what stands where, and that nothing of a tile is more than it should be.
#![allow(clippy::unwrap_used, reason = "a test says what it expects")]

use mvt::{GeomEncoder, GeomType, Tile};
use parvis_drawing::{Entry, Fonts, Frame, Link, Sign, Style, Surround, Tiles, Units, draw, png};
use parvis_tiles::Position;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The middle of a tile of zoom 14, in degrees.
const PLACE: (f64, f64) = (2.340088, 48.843028);

fn style() -> Value {
    json!({
        "sources": { "map": { "maxzoom": 14 } },
        "layers": [
            { "id": "paper", "type": "background", "paint": { "background-color": "#f4f1ea" } },
            { "id": "picture", "type": "raster", "source": "map" },
            { "id": "water", "type": "fill", "source": "map", "source-layer": "water",
              "paint": { "fill-color": "#a0c8e0", "fill-opacity": 0.5 } },
            { "id": "roads", "type": "line", "source": "map", "source-layer": "roads", "minzoom": 10,
              "layout": { "line-cap": "round" },
              "paint": { "line-color": "#ffffff", "line-width": ["interpolate", ["linear"], ["zoom"], 10, 1, 14, 5], "line-dasharray": [2, 1] } },
            { "id": "road-names", "type": "symbol", "source": "map", "source-layer": "roads",
              "layout": { "text-field": ["get", "name"], "symbol-placement": "line", "text-size": 12 },
              "paint": { "text-color": "#333333", "text-halo-color": "#ffffff", "text-halo-width": 1 } },
            { "id": "names", "type": "symbol", "source": "map", "source-layer": "places",
              "layout": { "text-field": ["get", "name"], "text-size": 14, "text-font": ["Noto Sans Bold"] } },
            { "id": "points", "type": "circle", "source": "map", "source-layer": "points",
              "filter": ["has", "theme"],
              "paint": { "circle-color": "#0072b2", "circle-radius": 8, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5 } },
        ],
    })
}

fn frame() -> Frame {
    Frame::at(PLACE.0, PLACE.1, 14.0, 512, 512).unwrap()
}

/// A tile in which things lie at the frame's middle: a square of water, a road across, a name and two points.
fn tile(name: &str) -> (parvis_tiles::TileCoord, Vec<u8>) {
    let position = Position::from_lon_lat(PLACE.0, PLACE.1).unwrap();
    let coord = position.tile(14);
    let (x, y) = coord.local(position);
    let (x, y) = (f64::from(x), f64::from(y));
    let mut tile = Tile::new(4096);
    let mut add = |layer: &str, sort: GeomType, line: &[[f64; 2]], tags: &[(&str, &str)], id: u64| {
        let mut encoder = GeomEncoder::new(sort);
        for [x, y] in line {
            encoder.add_point(*x, *y).unwrap();
        }
        let mut feature = tile.create_layer(layer).into_feature(encoder.encode().unwrap());
        feature.set_id(id);
        for (key, value) in tags {
            feature.add_tag_string(key, value);
        }
        tile.add_layer(feature.into_layer()).unwrap();
    };
    let square =
        [[-800.0, -800.0], [800.0, -800.0], [800.0, 800.0], [-800.0, 800.0]].map(|[dx, dy]| [x + dx, y + dy]);
    add("water", GeomType::Polygon, &square, &[], 1);
    add(
        "roads",
        GeomType::Linestring,
        &[[x - 1_900.0, y + 400.0], [x + 1_900.0, y + 400.0]],
        &[("name", name)],
        2,
    );
    add("places", GeomType::Point, &[[x, y - 600.0]], &[("name", name)], 3);
    add("points", GeomType::Point, &[[x, y]], &[("theme", "nature")], 4);
    (coord, tile.to_bytes().unwrap())
}

fn drawn(name: &str, surround: &Surround<'_>) -> String {
    let style = Style::read(&style()).unwrap();
    let (coord, bytes) = tile(name);
    let mut tiles = Tiles::default();
    tiles.add("map", coord, &bytes).unwrap();
    assert!(style.tiles(&frame()).contains(&("map".to_owned(), coord)));
    draw(&style, &frame(), &tiles, surround)
}

#[test]
fn surfaces_lines_names_and_points_are_drawn_in_the_order_of_the_layers() {
    let svg = drawn("Rue Neuve", &Surround::default());
    let at = |part: &str| svg.find(part).unwrap_or_else(|| panic!("{part} in {svg}"));
    assert!(at("#f4f1ea") < at(r##"fill="#a0c8e0" fill-opacity="0.5""##));
    assert!(
        at("#a0c8e0") < at(r##"stroke="#ffffff""##) && at(r#"stroke-dasharray="10 5""#) < at("<textPath")
    );
    assert!(at(r#"font-weight="700""#) < at("<circle"));
    assert_eq!(svg.matches("<circle").count(), 1);
    assert_eq!(svg.matches("Rue Neuve").count(), 2, "along the road and at its place");
    assert!(svg.contains(r#"<circle cx="256" cy="256" r="8"/>"#), "in the middle: {svg}");
}

#[test]
fn a_name_gives_way_to_a_point() {
    let mut moved = style();
    moved["layers"][5]["layout"]["text-offset"] = json!([0, 6]);
    let style = Style::read(&moved).unwrap();
    let (coord, bytes) = tile("Place");
    let mut tiles = Tiles::default();
    tiles.add("map", coord, &bytes).unwrap();
    let svg = draw(&style, &frame(), &tiles, &Surround::default());
    // 600 units above the point are 75 pixels; six times the letters' 14 pixels below that is where the point is.
    assert!(!svg.contains("<tspan"), "{svg}");
}

#[test]
fn what_stands_around_the_map_says_what_it_means_how_long_and_whom_to_thank() {
    let legend = vec![Entry { sign: Sign::Disc, color: "#0072b2", label: "Nature & ville" }];
    let surround = Surround {
        title: "Idées <du> quartier",
        legend,
        attribution: "© les contributeurs d’OpenStreetMap",
        scale: Some(Units { metres: "m", kilometres: "km" }),
        ..Surround::default()
    };
    let svg = drawn("Rue", &surround);
    for part in
        ["<title>Idées &lt;du&gt; quartier</title>", "Nature &amp; ville", "OpenStreetMap", ">200\u{a0}m<"]
    {
        assert!(svg.contains(part), "{part}: {svg}");
    }
}

#[test]
fn a_point_leads_where_its_link_says() {
    let to = |layer: &str, feature: &parvis_tiles::decode::DecodedFeature, [lon, lat]: [f64; 2]| {
        assert!(layer == "points" && (lon - PLACE.0).abs() < 1e-3 && (lat - PLACE.1).abs() < 1e-3);
        Some((format!("/features/{}?a&b", feature.id?), "Un \"banc\"".to_owned()))
    };
    let svg = drawn("Rue", &Surround { link: Some(Link(&to)), ..Surround::default() });
    assert!(
        svg.contains(r#"<a href="/features/4?a&amp;b" target="_top" aria-label="Un &quot;banc&quot;">"#),
        "{svg}"
    );
}

#[test]
fn a_ring_that_encloses_nothing_keeps_nothing_else_of_its_tile_away() {
    let mut flat = Tile::new(4096);
    let mut encoder = GeomEncoder::new(GeomType::Polygon);
    for [x, y] in [[0.0, 0.0], [10.0, 0.0], [20.0, 0.0]] {
        encoder.add_point(x, y).unwrap();
    }
    // A writer that is careful gives an empty one: this is what careless ones write.
    let mut bytes = tile("Rue").1;
    flat.add_layer(flat.create_layer("flat").into_feature(encoder.encode().unwrap()).into_layer()).unwrap();
    bytes.extend(flat.to_bytes().unwrap());
    assert!(parvis_tiles::decode::decode(&bytes).is_err(), "it breaks a rule");
    let mut tiles = Tiles::default();
    tiles.add("map", tile("Rue").0, &bytes).unwrap();
    let svg = draw(&Style::read(&style()).unwrap(), &frame(), &tiles, &Surround::default());
    assert!(svg.contains("<circle") && svg.contains("Rue"), "{svg}");
}

#[test]
fn of_a_tile_that_is_seen_from_very_near_what_is_seen_is_drawn_and_no_more() {
    let style = Style::read(&style()).unwrap();
    let near = Frame::at(PLACE.0, PLACE.1, 19.0, 400, 400).unwrap();
    let (coord, bytes) = tile("Rue");
    let mut tiles = Tiles::default();
    tiles.add("map", coord, &bytes).unwrap();
    let svg = draw(&style, &near, &tiles, &Surround::default());
    let path = svg.split(" d=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    // A minus parts two numbers, too.
    let path = path.replace('-', " -");
    let numbers = path.split(|c: char| !matches!(c, '0'..='9' | '.' | '-')).filter(|n| !n.is_empty());
    for number in numbers {
        let number: f64 = number.parse().unwrap();
        // From corner to corner, the frame and what is around it at most.
        assert!((-528.0..=528.0).contains(&number), "the water is 6,400 pixels wide: {path}");
    }
    assert!(png(&svg, &Fonts::default(), 1.0).is_ok());
}

#[test]
fn a_coarse_drawing_says_whole_pixels_and_leaves_out_what_is_hardly_seen() {
    let coarse = Surround { is_coarse: true, paper: "#a0c8d8", ..Surround::default() };
    let (fine, hardly) = (drawn("Rue", &Surround::default()), drawn("Rue", &coarse));
    let seen = drawn("Rue", &Surround { paper: "#ffffff", ..coarse });
    let paths = |svg: &str| -> Vec<String> {
        svg.split(" d=\"").skip(1).filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect()
    };
    // Words lie along paths of their own, as fine as letters need them.
    let mut of_shapes = paths(&seen).into_iter().filter(|path| path.contains('l'));
    assert!(of_shapes.all(|path| !path.contains('.')), "{seen}");
    assert_eq!(paths(&fine).len(), paths(&seen).len(), "nothing that is seen is missing");
    assert!(paths(&hardly).len() < paths(&seen).len(), "water on paper of nearly its colour");
}

#[test]
fn links_are_read_out_and_a_picture_is_one_thing() {
    let none = |_: &str, _: &parvis_tiles::decode::DecodedFeature, _: [f64; 2]| None;
    assert!(
        drawn("Rue", &Surround { link: Some(Link(&none)), ..Surround::default() })
            .contains(r#"role="group""#)
    );
    assert!(drawn("Rue", &Surround::default()).contains(r#"role="img""#));
}

#[test]
fn a_layer_that_is_not_visible_is_not_drawn() {
    let mut hidden = style();
    hidden["layers"][2]["layout"] = json!({ "visibility": "none" });
    let (coord, bytes) = tile("Rue");
    let mut tiles = Tiles::default();
    tiles.add("map", coord, &bytes).unwrap();
    assert!(
        !draw(&Style::read(&hidden).unwrap(), &frame(), &tiles, &Surround::default()).contains("#a0c8e0")
    );
}

#[test]
fn a_map_in_two_parts_is_the_whole() {
    let style = Style::read(&style()).unwrap();
    let ground = style.only(str::is_empty);
    let rest = style.only(|source| source == "map");
    assert!(ground.tiles(&frame()).is_empty() && !rest.tiles(&frame()).is_empty());
    let tiles = Tiles::default();
    assert!(draw(&ground, &frame(), &tiles, &Surround::default()).contains("#f4f1ea"));
    assert!(!draw(&rest, &frame(), &tiles, &Surround::default()).contains("#f4f1ea"));
}

#[test]
fn a_picture_shows_what_was_drawn() {
    let bytes = png(&drawn("Rue", &Surround::default()), &Fonts::default(), 0.5).unwrap();
    let pixels = resvg::tiny_skia::Pixmap::decode_png(&bytes).unwrap();
    assert_eq!((pixels.width(), pixels.height()), (256, 256));
    let at = |x: u32, y: u32| {
        let color = pixels.pixel(x, y).unwrap();
        [color.red(), color.green(), color.blue()]
    };
    assert_eq!(at(128, 128), [0x00, 0x72, 0xb2], "the point");
    assert_eq!(at(2, 2), [0xf4, 0xf1, 0xea], "the paper");
    assert_eq!(at(100, 128), [0xca, 0xdc, 0xe5], "half of the water over it");
}

proptest! {
    #[test]
    fn whatever_a_tile_says_the_drawing_is_well_formed_and_runs_nothing(name in "\\PC{0,40}|[<>&\"'/a-z ]{0,40}") {
        let svg = drawn(&name, &Surround { title: &name, attribution: &name, ..Surround::default() });
        let tree = resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default());
        prop_assert!(tree.is_ok(), "{svg}");
        prop_assert!(!svg.contains("<script") && !svg.contains("javascript:"), "{svg}");
    }

    #[test]
    fn a_tile_of_any_bytes_draws_something_or_is_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut tiles = Tiles::default();
        if tiles.add("map", tile("").0, &bytes).is_ok() {
            let svg = draw(&Style::read(&style()).unwrap(), &frame(), &tiles, &Surround::default());
            prop_assert!(svg.ends_with("</svg>"));
        }
    }
}
