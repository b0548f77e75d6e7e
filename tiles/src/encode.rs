//! Tiles as bytes: Mapbox Vector Tile 2.1, written straight into protobuf for points and clusters.
//!
//! A tile's layers are a repeated field, so layers written apart make one tile when their bytes are joined. Not here:
//! lines and polygons (`features.rs`, through the `mvt` crate). Invariants: no allocation for each feature; each
//! distinct attribute value of a layer is written once; what is written equals what `mvt` would write, feature for
//! feature (`tests/encoding.rs`).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::content::{Cluster, PointFeature, SQUARES, Square, TileContent};
use crate::features;
use crate::labels::{ColumnLabels, Labels, is_of};
use crate::tile::{EXTENT, Position, TileCoord};

/// Which layers of a tile are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layers {
    /// Layer `points`: id; labels of the drawn columns; `score`; `time` in seconds since 1970.
    pub points: bool,
    /// Layer `clusters`: `count`, `score`, `west`, `south`, `east`, `north` in degrees, `{column}.{label}` counts and,
    /// at the deepest zoom, `ids` joined by commas.
    pub clusters: bool,
    /// Layer `squares`: `count`, `score`; squares of [`SQUARES`] a side, a hair apart.
    pub squares: bool,
    /// Layer `lines`: attributes as points.
    pub lines: bool,
    /// Layer `polygons`: attributes as points.
    pub polygons: bool,
}

impl Layers {
    /// Every layer.
    pub const ALL: Self = Self { points: true, clusters: true, squares: true, lines: true, polygons: true };
    /// No layer, to begin from.
    pub const NONE: Self =
        Self { points: false, clusters: false, squares: false, lines: false, polygons: false };
}

impl Default for Layers {
    fn default() -> Self {
        Self::ALL
    }
}

/// The bytes of a tile: the chosen layers, without those that would be empty. A tile that shows nothing is no bytes.
#[must_use]
pub fn encode(content: &TileContent, labels: &Labels, layers: Layers) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 * (content.points.len() + 2 * content.clusters.len()) + 256);
    if layers.points && !content.points.is_empty() {
        write_points(&mut out, content.coord, &content.points, labels);
    }
    if layers.clusters && !content.clusters.is_empty() {
        write_clusters(&mut out, content.coord, &content.clusters, labels);
    }
    if layers.squares && !content.squares.is_empty() {
        write_squares(&mut out, content.coord, &content.squares, labels);
    }
    features::write_shapes(&mut out, &content.shapes, labels, layers);
    out
}

// Field numbers of vector_tile.proto 2.1, shifted by three and joined with the wire type.
const TILE_LAYER: u8 = 3 << 3 | 2;
const LAYER_NAME: u8 = 1 << 3 | 2;
const LAYER_FEATURE: u8 = 2 << 3 | 2;
const LAYER_KEY: u8 = 3 << 3 | 2;
const LAYER_VALUE: u8 = 4 << 3 | 2;
const LAYER_EXTENT: u8 = 5 << 3;
const LAYER_VERSION: u8 = 15 << 3;
const FEATURE_ID: u8 = 1 << 3;
const FEATURE_TAGS: u8 = 2 << 3 | 2;
const FEATURE_TYPE: u8 = 3 << 3;
const FEATURE_GEOMETRY: u8 = 4 << 3 | 2;
const VALUE_STRING: u8 = 1 << 3 | 2;
const VALUE_DOUBLE: u8 = 3 << 3 | 1;
const VALUE_UINT: u8 = 5 << 3;
const VALUE_SINT: u8 = 6 << 3;
const POINT: u8 = 1;
const POLYGON: u8 = 3;
/// MoveTo, once.
const MOVE_TO: u8 = 1 << 3 | 1;
/// LineTo, three times.
const LINE_TO_3: u8 = 3 << 3 | 2;
const CLOSE_PATH: u8 = 1 << 3 | 7;
/// Tile units that a square keeps from its edges: half a pixel.
const HAIR: u32 = 4;

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

fn bytes(out: &mut Vec<u8>, field: u8, value: &[u8]) {
    out.push(field);
    varint(out, value.len() as u64);
    out.extend_from_slice(value);
}

/// Multiplies by an odd constant: the keys are small numbers of our own, nobody can choose them to collide.
#[derive(Default)]
struct Multiply(u64);

impl Hasher for Multiply {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }
    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }
    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }
    fn write_u64(&mut self, value: u64) {
        // The high half is folded down: the map takes its place from low bits, its tag from high ones.
        let h = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = h ^ (h >> 32);
    }
}

type Fast<K, V> = HashMap<K, V, BuildHasherDefault<Multiply>>;

/// A layer being written: features in one buffer, the tables of keys and values beside it.
struct Layer<'a> {
    coord: TileCoord,
    labels: &'a Labels,
    body: Vec<u8>,
    keys: Vec<u8>,
    key_count: u32,
    values: Vec<u8>,
    value_count: u32,
    /// (kind of value, its bits) to its place in the table.
    known: Fast<(u8, u64), u32>,
    tags: Vec<u8>,
    feature: Vec<u8>,
}

impl<'a> Layer<'a> {
    fn new(name: &str, coord: TileCoord, labels: &'a Labels, features: usize) -> Self {
        let mut body = Vec::with_capacity(40 * features + 64);
        body.push(LAYER_VERSION);
        body.push(2);
        bytes(&mut body, LAYER_NAME, name.as_bytes());
        Self {
            coord,
            labels,
            body,
            keys: Vec::with_capacity(256),
            key_count: 0,
            values: Vec::with_capacity(1_024),
            value_count: 0,
            known: Fast::default(),
            tags: Vec::with_capacity(64),
            feature: Vec::with_capacity(128),
        }
    }

    fn key(&mut self, parts: &[&str]) -> u32 {
        self.keys.push(LAYER_KEY);
        varint(&mut self.keys, parts.iter().map(|part| part.len() as u64).sum());
        parts.iter().for_each(|part| self.keys.extend_from_slice(part.as_bytes()));
        self.key_count += 1;
        self.key_count - 1
    }

    fn string(&mut self, value: &str) -> u32 {
        let length = value.len() as u64;
        let prefix = 1 + (64 - (length | 1).leading_zeros()).div_ceil(7);
        self.values.push(LAYER_VALUE);
        varint(&mut self.values, length + u64::from(prefix));
        bytes(&mut self.values, VALUE_STRING, value.as_bytes());
        self.value_count += 1;
        self.value_count - 1
    }

    /// The place of a number in the value table, written if it is new.
    fn number(&mut self, field: u8, bits: u64) -> u32 {
        if let Some(&place) = self.known.get(&(field, bits)) {
            return place;
        }
        self.values.push(LAYER_VALUE);
        if field == VALUE_DOUBLE {
            self.values.extend_from_slice(&[9, field]);
            self.values.extend_from_slice(&bits.to_le_bytes());
        } else {
            let at = self.values.len();
            self.values.extend_from_slice(&[0, field]);
            varint(&mut self.values, bits);
            // At most eleven bytes: the length fits the one byte kept for it.
            self.values[at] = (self.values.len() - at - 1) as u8;
        }
        self.known.insert((field, bits), self.value_count);
        self.value_count += 1;
        self.value_count - 1
    }

    fn uint(&mut self, value: u64) -> u32 {
        self.number(VALUE_UINT, value)
    }

    fn sint(&mut self, value: i64) -> u32 {
        self.number(VALUE_SINT, zigzag(value))
    }

    fn double(&mut self, value: f64) -> u32 {
        self.number(VALUE_DOUBLE, value.to_bits())
    }

    fn tag(&mut self, key: u32, value: u32) {
        varint(&mut self.tags, u64::from(key));
        varint(&mut self.tags, u64::from(value));
    }

    /// Writes the feature whose tags were gathered.
    fn point(&mut self, id: Option<u64>, position: Position) {
        self.feature.clear();
        if let Some(id) = id {
            self.feature.push(FEATURE_ID);
            varint(&mut self.feature, id);
        }
        if !self.tags.is_empty() {
            bytes(&mut self.feature, FEATURE_TAGS, &self.tags);
        }
        self.feature.extend_from_slice(&[FEATURE_TYPE, POINT, FEATURE_GEOMETRY, 0, MOVE_TO]);
        let at = self.feature.len() - 2;
        let (x, y) = self.coord.local(position);
        varint(&mut self.feature, zigzag(i64::from(x)));
        varint(&mut self.feature, zigzag(i64::from(y)));
        self.feature[at] = (self.feature.len() - at - 1) as u8;
        bytes(&mut self.body, LAYER_FEATURE, &self.feature);
        self.tags.clear();
    }

    /// Writes the feature whose tags were gathered: a square, its corners clockwise on the screen.
    fn square(&mut self, column: u32, row: u32) {
        let cell = EXTENT / SQUARES;
        let side = i64::from(cell - 2 * HAIR);
        let to = |dx: i64, dy: i64, out: &mut Vec<u8>| {
            varint(out, zigzag(dx));
            varint(out, zigzag(dy));
        };
        self.feature.clear();
        bytes(&mut self.feature, FEATURE_TAGS, &self.tags);
        self.feature.extend_from_slice(&[FEATURE_TYPE, POLYGON, FEATURE_GEOMETRY, 0, MOVE_TO]);
        let at = self.feature.len() - 2;
        to(i64::from(column * cell + HAIR), i64::from(row * cell + HAIR), &mut self.feature);
        self.feature.push(LINE_TO_3);
        to(side, 0, &mut self.feature);
        to(0, side, &mut self.feature);
        to(-side, 0, &mut self.feature);
        self.feature.push(CLOSE_PATH);
        self.feature[at] = (self.feature.len() - at - 1) as u8;
        bytes(&mut self.body, LAYER_FEATURE, &self.feature);
        self.tags.clear();
    }

    fn finish(mut self, out: &mut Vec<u8>) {
        self.body.push(LAYER_EXTENT);
        varint(&mut self.body, u64::from(EXTENT));
        out.push(TILE_LAYER);
        varint(out, (self.body.len() + self.keys.len() + self.values.len()) as u64);
        out.extend_from_slice(&self.body);
        out.extend_from_slice(&self.keys);
        out.extend_from_slice(&self.values);
    }
}

/// Kinds of [`Layer::known`] entries that are labels: beyond all field numbers in use.
const LABEL: u8 = 128;

fn write_points(out: &mut Vec<u8>, coord: TileCoord, points: &[PointFeature], labels: &Labels) {
    let mut layer = Layer::new("points", coord, labels, points.len());
    let drawn: Vec<_> =
        labels.drawn().map(|(column, of, named)| (column, of, named, layer.key(&[&named.name]))).collect();
    let (score, time) = (layer.key(&["score"]), layer.key(&["time"]));
    for point in points {
        let codes = &point.attributes.codes;
        for (place, &(column, of, named, key)) in (0..).zip(&drawn) {
            if is_of(codes, of)
                && let Some(value) = layer.label(place, named, codes[column])
            {
                layer.tag(key, value);
            }
        }
        let value = layer.sint(i64::from(point.attributes.score));
        layer.tag(score, value);
        let value = layer.uint(u64::from(point.attributes.time));
        layer.tag(time, value);
        layer.point(Some(point.id), point.position);
    }
    layer.finish(out);
}

impl Layer<'_> {
    /// The place in the value table of a code's label by one of the drawn names; `None` when it has none.
    fn label(&mut self, name: u64, labels: &ColumnLabels, code: u32) -> Option<u32> {
        let known = (LABEL, name << 32 | u64::from(code));
        if let Some(&place) = self.known.get(&known) {
            return Some(place);
        }
        let label = labels.label(code)?;
        let place = self.string(label);
        self.known.insert(known, place);
        Some(place)
    }

    /// The place of `{column}.{label}` in the key table; `None` when the code has no label.
    fn breakdown_key(&mut self, column: usize, code: u32) -> Option<u32> {
        let known = (LABEL + column as u8, u64::from(code));
        if let Some(&place) = self.known.get(&known) {
            return Some(place);
        }
        let labels = &self.labels.columns[column];
        let label = labels.label(code)?;
        let place = self.key(&[&labels.name, ".", label]);
        self.known.insert(known, place);
        Some(place)
    }
}

fn write_clusters(out: &mut Vec<u8>, coord: TileCoord, clusters: &[Cluster], labels: &Labels) {
    let mut layer = Layer::new("clusters", coord, labels, clusters.len());
    let count = layer.key(&["count"]);
    let score = layer.key(&["score"]);
    let edges = ["west", "south", "east", "north"].map(|edge| layer.key(&[edge]));
    let mut ids_key = None;
    let mut ids = String::new();
    for cluster in clusters {
        let value = layer.uint(cluster.count);
        layer.tag(count, value);
        let value = layer.sint(cluster.score);
        layer.tag(score, value);
        for (key, degrees) in edges.into_iter().zip(cluster.bounds.to_lon_lat()) {
            let value = layer.double(degrees);
            layer.tag(key, value);
        }
        for &(column, code, n) in &cluster.breakdown {
            if labels.columns[column].breakdown
                && let Some(key) = layer.breakdown_key(column, code)
            {
                let value = layer.uint(u64::from(n));
                layer.tag(key, value);
            }
        }
        if !cluster.ids.is_empty() {
            use std::fmt::Write;
            ids.clear();
            for (i, id) in cluster.ids.iter().enumerate() {
                let comma = if i == 0 { "" } else { "," };
                // Writing to a string cannot fail.
                let _ = write!(ids, "{comma}{id}");
            }
            let key = *ids_key.get_or_insert_with(|| layer.key(&["ids"]));
            let value = layer.string(&ids);
            layer.tag(key, value);
        }
        layer.point(None, cluster.position);
    }
    layer.finish(out);
}

fn write_squares(out: &mut Vec<u8>, coord: TileCoord, squares: &[Square], labels: &Labels) {
    let mut layer = Layer::new("squares", coord, labels, squares.len());
    let (count, score) = (layer.key(&["count"]), layer.key(&["score"]));
    for square in squares {
        let value = layer.uint(square.count);
        layer.tag(count, value);
        let value = layer.sint(square.score);
        layer.tag(score, value);
        layer.square(square.column, square.row);
    }
    layer.finish(out);
}
