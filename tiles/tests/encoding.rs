//! What is written is a valid tile, equal to what the `mvt` crate writes, whatever is drawn.

mod common;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use common::*;
use mvt_reader::Reader;
use parvis_tiles::decode::{DecodedGeometry, DecodedLayer, decode, decode_leniently};
use parvis_tiles::*;
use proptest::prelude::*;

fn labels() -> Labels {
    let mut labels = Labels::default();
    for (c, column) in labels.columns.iter_mut().enumerate() {
        column.name = format!("column{c}");
        // Odd codes have no name and must stay out of tiles.
        column.values =
            (0..15_000).step_by(2).map(|code| (code, Arc::from(format!("é{c}-{code}")))).collect();
        column.drawn = c != 3;
        column.breakdown = c != 1;
    }
    // One column has two names, each for the features of a code of another; and the same codes other names there.
    for (name, code) in [("one", 0), ("other", 2)] {
        let values = (0..40).map(|code| (code, Arc::from(format!("{name}-{code}")))).collect();
        let labels_within = ColumnLabels { name: name.into(), values, breakdown: false, drawn: true };
        labels.within.push(Within { column: 3, of: (0, code), labels: labels_within });
    }
    labels
}

/// The same points and clusters through `mvt`.
fn through_mvt(content: &TileContent, labels: &Labels) -> Result<Vec<u8>, mvt::Error> {
    let mut tile = mvt::Tile::new(EXTENT);
    let at = |p: Position| {
        let (x, y) = content.coord.local(p);
        mvt::GeomEncoder::new(mvt::GeomType::Point).point(f64::from(x), f64::from(y))?.encode()
    };
    let mut layer = tile.create_layer("points");
    for point in &content.points {
        let mut feature = layer.into_feature(at(point.position)?);
        feature.set_id(point.id);
        for (column, code) in labels.columns.iter().zip(point.attributes.codes) {
            if let Some(label) = column.label(code).filter(|_| column.drawn) {
                feature.add_tag_string(&column.name, label);
            }
        }
        let codes = point.attributes.codes;
        for within in labels.within.iter().filter(|within| codes[within.of.0] == within.of.1) {
            if let Some(label) = within.labels.label(codes[within.column]) {
                feature.add_tag_string(&within.labels.name, label);
            }
        }
        feature.add_tag_sint("score", i64::from(point.attributes.score));
        feature.add_tag_uint("time", u64::from(point.attributes.time));
        layer = feature.into_layer();
    }
    if layer.num_features() > 0 {
        tile.add_layer(layer)?;
    }
    let mut layer = tile.create_layer("clusters");
    for cluster in &content.clusters {
        let mut feature = layer.into_feature(at(cluster.position)?);
        feature.add_tag_uint("count", cluster.count);
        feature.add_tag_sint("score", cluster.score);
        for (edge, value) in ["west", "south", "east", "north"].into_iter().zip(cluster.bounds.to_lon_lat()) {
            feature.add_tag_double(edge, value);
        }
        for &(c, code, n) in &cluster.breakdown {
            let column = &labels.columns[c];
            if let Some(label) = column.label(code).filter(|_| column.breakdown) {
                feature.add_tag_uint(&format!("{}.{label}", column.name), u64::from(n));
            }
        }
        if !cluster.ids.is_empty() {
            let ids: Vec<String> = cluster.ids.iter().map(u64::to_string).collect();
            feature.add_tag_string("ids", &ids.join(","));
        }
        layer = feature.into_layer();
    }
    if layer.num_features() > 0 {
        tile.add_layer(layer)?;
    }
    let mut layer = tile.create_layer("squares");
    for square in &content.squares {
        let side = EXTENT / SQUARES;
        let [west, north] = [square.column, square.row].map(|at| f64::from(at * side + 4));
        let [east, south] = [square.column, square.row].map(|at| f64::from((at + 1) * side - 4));
        let mut ring = mvt::GeomEncoder::new(mvt::GeomType::Polygon);
        for (x, y) in [(west, north), (east, north), (east, south), (west, south)] {
            ring = ring.point(x, y)?;
        }
        let mut feature = layer.into_feature(ring.encode()?);
        feature.add_tag_uint("count", square.count);
        feature.add_tag_sint("score", square.score);
        layer = feature.into_layer();
    }
    if layer.num_features() > 0 {
        tile.add_layer(layer)?;
    }
    tile.to_bytes()
}

type Read = Vec<(Option<u64>, String, BTreeMap<String, String>)>;

/// Layers as an independent reader sees them.
fn read(bytes: &[u8]) -> HashMap<String, Read> {
    let reader = Reader::new(bytes.to_vec()).expect("a tile");
    let names = reader.get_layer_names().expect("names");
    let features = |i| {
        let features = reader.get_features(i).expect("features").into_iter();
        features
            .map(|f| {
                let properties = f.properties.unwrap_or_default().into_iter();
                let properties = properties.map(|(key, value)| (key, format!("{value:?}"))).collect();
                (f.id, format!("{:?}", f.geometry), properties)
            })
            .collect::<Read>()
    };
    names.into_iter().enumerate().map(|(i, name)| (name, features(i))).collect()
}

fn check_shapes(layers: &[DecodedLayer]) {
    for layer in layers {
        // A context is drawn in larger steps from far.
        assert!(layer.version == 2 && [EXTENT, EXTENT / 2].contains(&layer.extent), "{}", layer.extent);
        assert!(!layer.features.is_empty(), "an empty layer");
        for feature in &layer.features {
            let parts = match &feature.geometry {
                DecodedGeometry::Points(points) => {
                    assert!(points.iter().all(|&(x, y)| (0..4096).contains(&x) && (0..4096).contains(&y)));
                    continue;
                }
                DecodedGeometry::Lines(parts) | DecodedGeometry::Rings(parts) => parts,
                DecodedGeometry::Unknown => unreachable!("every geometry has a type"),
            };
            let within = -64..=4096 + 64;
            assert!(parts.iter().flatten().all(|(x, y)| within.contains(x) && within.contains(y)));
        }
    }
}

/// A star-shaped outline, now and then one that crosses itself, large or small.
fn outline() -> impl Strategy<Value = geo::Geometry<f64>> {
    let radii = proptest::collection::vec(0.01f64..1.0, 3..40);
    (radii, -5f64..5.0, -5f64..5.0, -5f64..1.0, 0usize..3, any::<bool>()).prop_map(
        |(radii, dx, dy, size, holes, line)| {
            let size = 10f64.powf(size);
            let (x, y) = (AROUND.0 + dx * size, AROUND.1 + dy * size);
            let turn = std::f64::consts::TAU / radii.len() as f64;
            let ring = |scale: f64| -> geo::LineString<f64> {
                radii
                    .iter()
                    .enumerate()
                    .map(|(i, r)| (i as f64 * turn, r * size * scale))
                    .map(|(angle, r)| (x + r * angle.cos(), (y + r * angle.sin()).clamp(-80.0, 80.0)))
                    .collect()
            };
            if line {
                return ring(1.0).into();
            }
            let holes = (0..holes).map(|i| ring(0.5 / (i + 1) as f64)).collect();
            geo::Polygon::new(ring(1.0), holes).into()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_direct_writer_equals_the_mvt_crate_feature_for_feature(
        items in proptest::collection::vec(item(0..u64::MAX), 0..400),
        at in position(),
        z in 0u8..=22,
        apart in 0u32..800,
        squares in any::<bool>(),
    ) {
        let labels = labels();
        let options = TileOptions { apart, deepest_zoom: 16, squares, ..TileOptions::for_labels(&labels) };
        let index = Index::build(items, IndexOptions { chunk_target: 30 });
        let mut content = index.reader().snapshot().tile(at.tile(z), &Filter::default(), &options);
        content.shapes.clear();
        let bytes = encode(&content, &labels, Layers::ALL);
        check_shapes(&decode(&bytes).expect("a valid tile"));
        prop_assert_eq!(read(&bytes), read(&through_mvt(&content, &labels).expect("written")));
        // Layers written apart and joined are the same tile.
        let points = encode(&content, &labels, Layers { points: true, ..Layers::NONE });
        let clusters = encode(&content, &labels, Layers { clusters: true, ..Layers::NONE });
        let squares = encode(&content, &labels, Layers { squares: true, ..Layers::NONE });
        prop_assert_eq!([points, clusters, squares].concat(), bytes);
    }

    #[test]
    fn any_outline_becomes_a_valid_tile_or_none(
        outlines in proptest::collection::vec(outline(), 1..4),
        z in 0u8..=22,
        dx in -3i32..=3,
        dy in -3i32..=3,
    ) {
        let items = outlines.iter().zip(0..).map(|(geometry, id)| ContextItem {
            id,
            geometry: geometry.clone(),
            properties: vec![("a".into(), Value::Real(1.5)), ("b".into(), Value::Boolean(true))],
        });
        let context = Context::build("context", items.collect());
        let centre = Position::from_lon_lat(AROUND.0, AROUND.1).expect("on the map").tile(z);
        let near = |v: u32, d: i32| v.saturating_add_signed(d).min((1 << z) - 1);
        let tile = TileCoord::new(z, near(centre.x, dx), near(centre.y, dy)).expect("in the world");
        if let Some(bytes) = context.tile(tile) {
            check_shapes(&decode(&bytes).expect("a valid tile"));
            read(&bytes);
        }
        // The live index takes the valid ones and draws them through the same scissors.
        let shapes = outlines.into_iter().filter_map(|geometry| Shape::new(geometry).ok());
        let items = shapes.zip(0..).map(|(shape, id)| Item {
            id,
            place: Place::Shape(Arc::new(shape)),
            attributes: Attributes { codes: [2; COLUMNS], score: -3, time: 7 },
        });
        let index = Index::build(items, IndexOptions::default());
        let content = index.reader().snapshot().tile(tile, &Filter::default(), &TileOptions::default());
        let bytes = encode(&content, &labels(), Layers::ALL);
        check_shapes(&decode(&bytes).expect("a valid tile"));
        read(&bytes);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(&bytes);
    }

    #[test]
    fn a_damaged_tile_is_read_or_refused(at in 0usize..2_000, byte in any::<u8>(), cut in 0usize..2_000) {
        let labels = labels();
        let items = (0..40).map(|id| Item {
            id,
            place: Place::At(Position { x: 1 << 31, y: (1 << 31) + id as u32 * 9_999_999 }),
            attributes: Attributes { codes: [2 * id as u32; COLUMNS], score: id as i32 - 9, time: 5 },
        });
        let index = Index::build(items, IndexOptions::default());
        let content = index.reader().snapshot().tile(
            TileCoord { z: 0, x: 0, y: 0 },
            &Filter::default(),
            &TileOptions { apart: 400, ..TileOptions::for_labels(&labels) },
        );
        let mut bytes = encode(&content, &labels, Layers::ALL);
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = decode(&bytes);
        bytes.truncate(cut % bytes.len());
        let _ = decode(&bytes);
    }
}

/// A field of bytes of the wire format.
fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    let mut written = vec![number << 3 | 2];
    let mut length = bytes.len();
    while length > 127 {
        written.push((length & 127) as u8 | 128);
        length >>= 7;
    }
    written.push(length as u8);
    [written, bytes.to_vec()].concat()
}

/// A layer of a version with as many points, each of which says every key with the one value.
fn layer(name: &str, version: u8, keys: usize, value: &str, points: usize) -> Vec<u8> {
    let tags: Vec<u8> = (0..keys as u8).flat_map(|key| [key, 0]).collect();
    let feature = [field(2, &tags), vec![0x18, 1], field(4, &[9, 2, 2])].concat();
    let mut layer = field(1, name.as_bytes());
    (0..points).for_each(|_| layer.extend(field(2, &feature)));
    (0..keys).for_each(|key| layer.extend(field(3, format!("k{key}").as_bytes())));
    layer.extend(field(4, &field(1, value.as_bytes())));
    layer.extend([15 << 3, version]);
    field(3, &layer)
}

#[test]
fn a_layer_that_breaks_a_rule_is_left_out_of_a_tile_that_is_drawn_and_no_other() {
    let tile =
        [layer("good", 2, 1, "a", 2), layer("new", 3, 1, "b", 1), layer("good", 1, 2, "c", 3)].concat();
    assert!(decode(&tile).is_err());
    let read: Vec<(String, usize)> = decode_leniently(&tile)
        .unwrap()
        .into_iter()
        .map(|layer| (layer.name, layer.features.len()))
        .collect();
    assert_eq!(read, [("good".to_owned(), 2), ("good".to_owned(), 3)]);
    assert!(decode_leniently(&tile[..tile.len() - 1]).is_err(), "what breaks off is no tile");
}

#[test]
fn words_that_many_features_share_are_not_copied_without_end() {
    let word = "x".repeat(1 << 20);
    let tile = layer("words", 2, 60, &word, 60);
    assert!(decode(&tile).is_err(), "a megabyte sixty times sixty times");
    assert!(decode_leniently(&tile).unwrap()[0].features.len() < 2);
}
