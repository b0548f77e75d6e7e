//! A read-only layer of geometries to show under the points: districts, works, bus lines.
//!
//! Built once, then cut into tiles; to change it, build another. Seen from far, little surfaces that say the same are one feature
//! (`together.rs`), and steps are twice as large. Not here: filters, clusters, the live index.
//! Invariant: a tile holds one layer with the context's name, or is `None`.

use std::collections::BTreeMap;
use std::sync::Arc;

use geo::Geometry;
use mvt::{GeomEncoder, GeomType};
use rstar::RTree;

use crate::clip::TileGeometry;
use crate::content::TileOptions;
use crate::features;
use crate::geometry;
use crate::outline::Outline;
use crate::shape::to_world;
use crate::shapes::{Box2, boxed, envelope};
use crate::tile::{Bounds, EXTENT, Position, TileCoord};
use crate::together::{APART, LITTLE, Together, Turn, is_plain, turns};

/// The value of a property.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(Arc<str>),
    /// A whole number.
    Integer(i64),
    /// A real number.
    Real(f64),
    /// True or false.
    Boolean(bool),
}

/// The kind of a field, by the names that TileJSON documents use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Whole or real numbers.
    Number,
    /// True or false.
    Boolean,
    /// Texts, or values of several kinds.
    String,
}

impl FieldKind {
    /// `Number`, `Boolean` or `String`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "Number",
            Self::Boolean => "Boolean",
            Self::String => "String",
        }
    }
}

/// One geometry of a context, in degrees, with what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ContextItem {
    /// Id of the feature in tiles.
    pub id: u64,
    /// Points, lines or polygons (EPSG:4326), or a collection of them.
    pub geometry: Geometry<f64>,
    /// Properties by name.
    pub properties: Vec<(Arc<str>, Value)>,
}

#[derive(Debug)]
enum Content {
    Points(Vec<Position>),
    Drawn(Outline),
}

#[derive(Debug)]
struct Entry {
    id: u64,
    content: Content,
    bounds: Bounds,
    /// Pixels across below which it is not drawn.
    least: u64,
    properties: Vec<(Arc<str>, Value)>,
}

/// See the module's text.
#[derive(Debug)]
pub struct Context {
    name: String,
    entries: Vec<Entry>,
    /// When each is drawn.
    turns: Vec<Turn>,
    tree: RTree<Box2>,
    fields: BTreeMap<Arc<str>, FieldKind>,
    left_out: usize,
}

impl Context {
    /// A layer of these items. Items without coordinates or with some that are not finite are left out and counted; a
    /// collection is drawn as what it holds; coordinates outside the world are drawn at its edge. Validity is not
    /// asked for: [`geometry::faults`] tells it.
    #[must_use]
    pub fn build(name: impl Into<String>, items: Vec<ContextItem>) -> Self {
        let mut fields: BTreeMap<Arc<str>, FieldKind> = BTreeMap::new();
        let mut entries = Vec::with_capacity(items.len());
        let mut left_out = 0;
        for item in items.into_iter().flat_map(apart) {
            let found = geometry::bounds(&item.geometry).zip(content(&item.geometry));
            let Some((bounds, content)) = found else {
                left_out += 1;
                continue;
            };
            for (name, value) in &item.properties {
                let kind = match value {
                    Value::Text(_) => FieldKind::String,
                    Value::Integer(_) | Value::Real(_) => FieldKind::Number,
                    Value::Boolean(_) => FieldKind::Boolean,
                };
                let known = fields.entry(Arc::clone(name)).or_insert(kind);
                if *known != kind {
                    *known = FieldKind::String;
                }
            }
            let is_surface = matches!(item.geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
            let least = if is_surface { SPECK } else { 1 };
            entries.push(Entry { id: item.id, content, bounds, least, properties: item.properties });
        }
        let boxes = entries.iter().enumerate().map(|(at, entry)| boxed(entry.bounds, at)).collect();
        let tree = RTree::bulk_load(boxes);
        let turns = turns(entries.iter().map(|entry| (entry.bounds, entry.properties.as_slice())), &tree);
        Self { name: name.into(), entries, turns, tree, fields, left_out }
    }

    /// How many items could not be drawn at all.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Name of the layer in tiles.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many geometries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Names and kinds of the properties.
    #[must_use]
    pub fn fields(&self) -> &BTreeMap<Arc<str>, FieldKind> {
        &self.fields
    }

    /// Bounds of everything; `None` when empty.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        self.entries.iter().map(|entry| entry.bounds).reduce(Bounds::union)
    }

    /// The tile as bytes; `None` when nothing is drawn there.
    #[must_use]
    pub fn tile(&self, coord: TileCoord) -> Option<Vec<u8>> {
        let buffer = TileOptions::default().buffer;
        let unit = (1u64 << (32 - u32::from(coord.z))) / u64::from(EXTENT);
        let margin = (u64::from(buffer) * unit.max(1)).min(u64::from(u32::MAX)) as u32;
        let bounds = coord.bounds();
        let mut found: Vec<usize> = self
            .tree
            .locate_in_envelope_intersecting(envelope(bounds.grow(margin)))
            .map(|found| found.data)
            .collect();
        let turn = |at: usize| self.turns.get(at).copied();
        found.sort_unstable_by_key(|&at| (turn(at), at));
        let is_far = coord.z < APART;
        let step = if is_far { FAR_STEP } else { 1 };
        let tile = mvt::Tile::new(EXTENT / step);
        let mut layer = tile.create_layer(&self.name);
        let mut together = Together::default();
        for (at, entry, turn) in
            found.into_iter().filter_map(|at| Some((at, self.entries.get(at)?, turn(at)?)))
        {
            if !together.takes(turn) {
                layer = self.put_together(layer, &mut together);
            }
            let data = match &entry.content {
                Content::Points(points) => points_in(coord, bounds, points, step),
                // Nobody would see it: a town's houses on a map of its region are megabytes of nothing.
                Content::Drawn(_) if size(entry.bounds) < entry.least * PIXEL * unit => continue,
                Content::Drawn(outline) => match outline.cut(coord, buffer, step) {
                    Some(TileGeometry::Polygons(surface))
                        if is_far && size(entry.bounds) < LITTLE * PIXEL * unit && is_plain(&surface) =>
                    {
                        together.put(turn, at, surface);
                        continue;
                    }
                    cut => cut.and_then(|cut| features::geometry(&cut)),
                },
            };
            let Some(data) = data else { continue };
            layer = said(layer, data, entry, Some(entry.id));
        }
        layer = self.put_together(layer, &mut together);
        let mut out = Vec::new();
        features::append(&mut out, tile, layer);
        (!out.is_empty()).then_some(out)
    }

    /// Writes what was put together so far. What is several items has no id.
    fn put_together(&self, mut layer: mvt::Layer, together: &mut Together) -> mvt::Layer {
        for (at, is_alone, geometry) in together.take() {
            let Some((entry, data)) = self.entries.get(at).zip(features::geometry(&geometry)) else {
                continue;
            };
            layer = said(layer, data, entry, is_alone.then_some(entry.id));
        }
        layer
    }
}

/// A feature with what is known of an item.
fn said(layer: mvt::Layer, data: mvt::GeomData, entry: &Entry, id: Option<u64>) -> mvt::Layer {
    let mut feature = layer.into_feature(data);
    if let Some(id) = id {
        feature.set_id(id);
    }
    for (name, value) in &entry.properties {
        match value {
            Value::Text(text) => feature.add_tag_string(name, text),
            Value::Integer(number) => feature.add_tag_sint(name, *number),
            Value::Real(number) => feature.add_tag_double(name, *number),
            Value::Boolean(truth) => feature.add_tag_bool(name, *truth),
        }
    }
    feature.into_layer()
}

/// Units of a tile in a step of what is seen from far: a quarter of a pixel on a 512-pixel tile.
const FAR_STEP: u32 = 2;

/// A surface of fewer pixels across is a speck of colour: what lies around it says as much.
const SPECK: u64 = 5;

/// Units of a tile that one pixel of a screen covers: tiles are shown 512 pixels wide.
const PIXEL: u64 = EXTENT as u64 / 512;

/// The longer side of bounds, in units of the world square.
fn size(bounds: Bounds) -> u64 {
    u64::from((bounds.max_x - bounds.min_x).max(bounds.max_y - bounds.min_y))
}

/// An item, or each single geometry of its collection.
fn apart(item: ContextItem) -> Vec<ContextItem> {
    match item.geometry {
        Geometry::GeometryCollection(parts) => {
            let of = |geometry| ContextItem { id: item.id, geometry, properties: item.properties.clone() };
            parts.0.into_iter().map(of).flat_map(apart).collect()
        }
        _ => vec![item],
    }
}

fn content(geometry: &Geometry<f64>) -> Option<Content> {
    let position = |p: &geo::Point<f64>| Position::from_lon_lat(p.x(), p.y());
    match geometry {
        Geometry::Point(point) => Some(Content::Points(vec![position(point)?])),
        Geometry::MultiPoint(points) => {
            let positions: Vec<_> = points.0.iter().filter_map(position).collect();
            (!positions.is_empty()).then_some(Content::Points(positions))
        }
        other => geometry::lines_or_polygons(other)
            .ok()
            .map(|drawn| Content::Drawn(Outline::new(to_world(&drawn)))),
    }
}

fn points_in(coord: TileCoord, bounds: Bounds, points: &[Position], step: u32) -> Option<mvt::GeomData> {
    let mut inside = points.iter().filter(|&&point| bounds.contains(point)).peekable();
    // An encoder without points has no command to complete.
    inside.peek()?;
    let mut encoder = GeomEncoder::new(GeomType::Point);
    for point in inside {
        let (x, y) = coord.local(*point);
        encoder.add_point(f64::from(x / step.cast_signed()), f64::from(y / step.cast_signed())).ok()?;
    }
    encoder.encode().ok()
}
