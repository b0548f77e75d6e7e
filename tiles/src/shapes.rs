//! The lines and polygons of an index: an R-tree over most of them, a short list of recent ones.
//!
//! Shapes change rarely and are few beside points. A new outline goes to the end of the slots and is looked at one by
//! one until there are enough of them to build the tree again; a change of attributes only changes a slot; a removed
//! shape leaves an empty slot. Invariant: slots below `in_tree` are found through the tree, the others by walking; an
//! empty slot is never answered.

use std::collections::HashMap;
use std::sync::Arc;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::clip;
use crate::content::{MAX_BUFFER, PointFeature, ShapeFeature, TileOptions};
use crate::filter::{Attributes, Filter};
use crate::shape::Shape;
use crate::tile::{Bounds, TileCoord};

/// A shape of the index.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) id: u64,
    pub(crate) shape: Arc<Shape>,
    pub(crate) attributes: Attributes,
}

pub(crate) type Box2 = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// A page of slots: what one change copies.
const PAGE: usize = 256;

/// What readers see of the shapes. Cloning is cheap.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shapes {
    tree: Arc<RTree<Box2>>,
    in_tree: usize,
    pages: Vec<Arc<Vec<Option<Entry>>>>,
    slots: usize,
}

pub(crate) fn corners(bounds: Bounds) -> [[f64; 2]; 2] {
    let real = |x, y| [f64::from(x), f64::from(y)];
    [real(bounds.min_x, bounds.min_y), real(bounds.max_x, bounds.max_y)]
}

pub(crate) fn envelope(bounds: Bounds) -> AABB<[f64; 2]> {
    let [low, high] = corners(bounds);
    AABB::from_corners(low, high)
}

pub(crate) fn boxed(bounds: Bounds, slot: usize) -> Box2 {
    let [low, high] = corners(bounds);
    GeomWithData::new(Rectangle::from_corners(low, high), slot)
}

impl Shapes {
    fn get(&self, slot: usize) -> Option<&Entry> {
        self.pages.get(slot / PAGE)?.get(slot % PAGE)?.as_ref()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> + '_ {
        self.pages.iter().flat_map(|page| page.iter()).flatten()
    }

    /// Shapes whose bounds meet `bounds`.
    pub(crate) fn meeting(&self, bounds: Bounds) -> impl Iterator<Item = &Entry> + '_ {
        let from_tree = self.tree.locate_in_envelope_intersecting(envelope(bounds)).map(|found| found.data);
        let recent = self.in_tree..self.slots;
        from_tree
            .chain(recent)
            .filter_map(|slot| self.get(slot))
            .filter(move |entry| entry.shape.bounds().intersects(bounds))
    }

    /// Shapes whose bounds meet one of these boxes, each once; all of them where no box is said.
    pub(crate) fn meeting_any<'a>(
        &'a self,
        boxes: Option<&'a [Bounds]>,
    ) -> impl Iterator<Item = &'a Entry> + 'a {
        let boxes = boxes.unwrap_or(&[Bounds::WORLD]);
        boxes.iter().enumerate().flat_map(move |(at, bounds)| {
            let met_before =
                move |entry: &&Entry| boxes[..at].iter().any(|b| entry.shape.bounds().intersects(*b));
            self.meeting(*bounds).filter(move |entry| !met_before(entry))
        })
    }

    /// Shapes by the distance of their bounds from a place in units, nearest first, with that distance; recent ones
    /// come first, with distance 0.
    pub(crate) fn outwards(&self, x: f64, y: f64) -> impl Iterator<Item = (f64, &Entry)> + '_ {
        let recent = (self.in_tree..self.slots).map(|slot| (0.0, slot));
        let from_tree = self
            .tree
            .nearest_neighbor_iter_with_distance_2([x, y])
            .map(|(found, distance2)| (distance2.sqrt(), found.data));
        recent.chain(from_tree).filter_map(|(distance, slot)| Some((distance, self.get(slot)?)))
    }

    /// The shapes of a tile that pass, clipped; and as points those that it cannot show so, where they stand in it.
    pub(crate) fn cut(
        &self,
        tile: TileCoord,
        filter: &Filter,
        options: &TileOptions,
    ) -> (Vec<ShapeFeature>, Vec<PointFeature>) {
        let buffer = options.buffer.min(MAX_BUFFER);
        let unit = (1u64 << (32 - u32::from(tile.z))) / u64::from(crate::tile::EXTENT);
        let margin = (u64::from(buffer) * unit.max(1)).min(u64::from(u32::MAX)) as u32;
        let bounds = tile.bounds();
        let mut pins = Vec::new();
        let mut pin = |entry: &Entry| {
            let pin = |position| PointFeature { id: entry.id, position, attributes: entry.attributes };
            match entry.shape.points() {
                Some(points) => pins.extend(points.filter(|&p| bounds.contains(p)).map(pin)),
                None => {
                    pins.extend(Some(entry.shape.representative()).filter(|&p| bounds.contains(p)).map(pin));
                }
            }
        };
        let mut found: Vec<&Entry> = Vec::new();
        for entry in self.meeting(bounds.grow(margin)) {
            // What is smaller than a tile unit both ways rounds to nothing: do not even cut it.
            let b = entry.shape.bounds();
            let is_large = u64::from((b.max_x - b.min_x).max(b.max_y - b.min_y)) >= unit / 2;
            match filter.accepts(entry.id, &entry.attributes) {
                false => {}
                true if is_large && entry.shape.points().is_none() => found.push(entry),
                true => pin(entry),
            }
        }
        if found.len() > options.max_shapes {
            let size = |b: Bounds| u64::from(b.max_x - b.min_x) + u64::from(b.max_y - b.min_y);
            found.sort_by_key(|entry| (std::cmp::Reverse(size(entry.shape.bounds())), entry.id));
            found.drain(options.max_shapes..).for_each(&mut pin);
        }
        found.sort_by_key(|entry| entry.id);
        let mut shapes = Vec::with_capacity(found.len());
        for entry in found {
            match clip::cut(entry.shape.world(), tile, buffer) {
                Some(geometry) => {
                    shapes.push(ShapeFeature { id: entry.id, attributes: entry.attributes, geometry });
                }
                None => pin(entry),
            }
        }
        (shapes, pins)
    }

    fn push(&mut self, entry: Entry) -> usize {
        if self.slots.is_multiple_of(PAGE) {
            self.pages.push(Arc::new(Vec::new()));
        }
        if let Some(page) = self.pages.last_mut() {
            Arc::make_mut(page).push(Some(entry));
        }
        self.slots += 1;
        self.slots - 1
    }

    fn slot_mut(&mut self, slot: usize) -> Option<&mut Option<Entry>> {
        Arc::make_mut(self.pages.get_mut(slot / PAGE)?).get_mut(slot % PAGE)
    }
}

/// The writer's side: the same shapes, and where each id is.
#[derive(Debug, Default)]
pub(crate) struct ShapeWriter {
    shapes: Shapes,
    slot_of: HashMap<u64, usize>,
}

impl ShapeWriter {
    pub(crate) fn build(entries: Vec<Entry>) -> Self {
        let mut writer = Self::default();
        writer.rebuild(entries);
        writer
    }

    fn rebuild(&mut self, entries: Vec<Entry>) {
        let mut shapes = Shapes::default();
        let boxes = entries.iter().enumerate().map(|(slot, e)| boxed(e.shape.bounds(), slot)).collect();
        shapes.tree = Arc::new(RTree::bulk_load(boxes));
        self.slot_of = entries.iter().enumerate().map(|(slot, entry)| (entry.id, slot)).collect();
        for entry in entries {
            shapes.push(entry);
        }
        shapes.in_tree = shapes.slots;
        self.shapes = shapes;
    }

    pub(crate) fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    pub(crate) fn len(&self) -> usize {
        self.slot_of.len()
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Entry> {
        self.shapes.get(*self.slot_of.get(&id)?)
    }

    pub(crate) fn insert(&mut self, entry: Entry) {
        let id = entry.id;
        let slot = self.shapes.push(entry);
        self.slot_of.insert(id, slot);
        // Removed slots count as well, so that the slots of a churning set do not grow without end.
        if self.shapes.slots - self.shapes.in_tree > 256 + self.len() / 16 {
            let live = self.shapes.iter().cloned().collect();
            self.rebuild(live);
        }
    }

    pub(crate) fn set(&mut self, id: u64, attributes: Attributes) {
        if let Some(slot) = self.slot_of.get(&id)
            && let Some(Some(entry)) = self.shapes.slot_mut(*slot)
        {
            entry.attributes = attributes;
        }
    }

    pub(crate) fn remove(&mut self, id: u64) {
        if let Some(slot) = self.slot_of.remove(&id)
            && let Some(entry) = self.shapes.slot_mut(slot)
        {
            *entry = None;
        }
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        self.shapes.iter().map(|entry| entry.shape.memory_bytes()).sum::<usize>()
            + self.shapes.slots * size_of::<Option<Entry>>()
            + self.slot_of.capacity() * 24
            // An R-tree node holds its boxes and those of its children once more, roughly.
            + self.shapes.in_tree * size_of::<Box2>() * 5 / 4
    }
}
