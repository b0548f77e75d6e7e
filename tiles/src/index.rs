//! The live index: one writer, any number of readers that never wait.
//!
//! The writer changes its own copy of the lists and publishes it as a [`Snapshot`]; chunks that a snapshot shares are
//! copied when touched. Not here: queries (`snapshot.rs`). Invariants: a reader's snapshot never changes; readers see
//! every published state whole or not at all; an id is in exactly one place (nowhere, at a point, a shape).

use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};

use crate::chunk::Row;
use crate::columns::Columns;
use crate::filter::Attributes;
use crate::lookup::Lookup;
use crate::shape::Shape;
use crate::shapes::{Entry, ShapeWriter};
use crate::snapshot::{Boxes, Snapshot};
use crate::stamps::Touched;
use crate::tile::Position;

/// Where an item is.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// On no map: counted and listed, never drawn.
    Nowhere,
    /// At a point.
    At(Position),
    /// Along a line or over polygons.
    Shape(Arc<Shape>),
}

/// What the index holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Who it is; unique in the index.
    pub id: u64,
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub attributes: Attributes,
}

/// One step of the writer.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Adds the item, or replaces the one with its id.
    Put(Item),
    /// Removes the item with this id, if there.
    Remove(u64),
}

/// How an index is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexOptions {
    /// Points a chunk is built with; it is split when twice as long. Between 2 and 2^16.
    pub chunk_target: usize,
}

impl Default for IndexOptions {
    // Measured: see docs/adr/0001-index.md.
    fn default() -> Self {
        Self { chunk_target: 4_096 }
    }
}

/// The writer's index; see the module's text.
#[derive(Debug)]
pub struct Index {
    points: Columns,
    unplaced: Columns,
    shapes: ShapeWriter,
    lookup: Lookup,
    boxes: Boxes,
    current: Arc<ArcSwap<Snapshot>>,
}

impl Index {
    /// An index of these items, published as version 0. Of several items with one id the last is kept.
    #[must_use]
    pub fn build(items: impl IntoIterator<Item = Item>, options: IndexOptions) -> Self {
        let target = options.chunk_target.clamp(2, 1 << 16);
        let mut lookup = Lookup::default();
        let (mut points, mut unplaced, mut shapes) = (Vec::new(), Vec::new(), Vec::new());
        let mut again = Vec::new();
        let mut elsewhere = std::collections::HashSet::new();
        for item in items {
            let known = lookup.get(item.id).is_some() || elsewhere.contains(&item.id);
            if known || !again.is_empty() {
                // From the first repeated id on, items are applied one by one, in their order.
                again.push(Change::Put(item));
                continue;
            }
            let Item { id, place, attributes } = item;
            match place {
                Place::At(position) => {
                    lookup.insert(id, position);
                    points.push(Row { position, id, attributes });
                }
                Place::Nowhere => {
                    elsewhere.insert(id);
                    unplaced.push(Row { position: NOWHERE, id, attributes });
                }
                Place::Shape(shape) => {
                    elsewhere.insert(id);
                    shapes.push(Entry { id, shape, attributes });
                }
            }
        }
        drop(elsewhere);
        let mut index = Self {
            points: Columns::build(points, target),
            unplaced: Columns::build(unplaced, target),
            shapes: ShapeWriter::build(shapes),
            lookup,
            boxes: Boxes::default(),
            current: Arc::new(ArcSwap::from_pointee(Snapshot::empty())),
        };
        index.apply(again);
        index.publish(0);
        index
    }

    /// Applies changes in order; readers see them after [`Index::publish`]. Answers what they touched, for
    /// [`crate::Stamps::mark`]; an item put as it already was touches nothing.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = Change>) -> Touched {
        let mut touched = Touched::default();
        for change in changes {
            match change {
                Change::Put(item) => self.put(item, &mut touched),
                Change::Remove(id) => {
                    if let Some(item) = self.get(id) {
                        touched.place(&item.place);
                        self.take(&item);
                    }
                }
            }
        }
        touched
    }

    fn put(&mut self, item: Item, touched: &mut Touched) {
        let Some(old) = self.get(item.id) else {
            touched.place(&item.place);
            self.insert(item);
            return;
        };
        if old == item {
            return;
        }
        touched.place(&item.place);
        if old.place == item.place {
            match &item.place {
                Place::At(p) => self.points.set((p.z_order(), item.id), &item.attributes),
                Place::Nowhere => self.unplaced.set((NOWHERE.z_order(), item.id), &item.attributes),
                Place::Shape(_) => self.shapes.set(item.id, item.attributes),
            }
            return;
        }
        touched.place(&old.place);
        self.take(&old);
        self.insert(item);
    }

    fn insert(&mut self, item: Item) {
        let Item { id, place, attributes } = item;
        match place {
            Place::At(position) => {
                self.lookup.insert(id, position);
                self.points.insert(&Row { position, id, attributes });
            }
            Place::Nowhere => self.unplaced.insert(&Row { position: NOWHERE, id, attributes }),
            Place::Shape(shape) => self.shapes.insert(Entry { id, shape, attributes }),
        }
    }

    fn take(&mut self, item: &Item) {
        match &item.place {
            Place::At(position) => {
                self.lookup.remove(item.id);
                self.points.remove((position.z_order(), item.id));
            }
            Place::Nowhere => self.unplaced.remove((NOWHERE.z_order(), item.id)),
            Place::Shape(_) => self.shapes.remove(item.id),
        }
    }

    /// The item with this id, as the writer has it.
    #[must_use]
    pub fn get(&self, id: u64) -> Option<Item> {
        if let Some(position) = self.lookup.get(id) {
            let attributes = self.points.get((position.z_order(), id))?;
            return Some(Item { id, place: Place::At(position), attributes });
        }
        if let Some(entry) = self.shapes.get(id) {
            let place = Place::Shape(Arc::clone(&entry.shape));
            return Some(Item { id, place, attributes: entry.attributes });
        }
        let attributes = self.unplaced.get((NOWHERE.z_order(), id))?;
        Some(Item { id, place: Place::Nowhere, attributes })
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.points.len() + self.unplaced.len() + self.shapes.len()
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Shows the current state to readers as `version`. What the number means is the caller's; it should grow.
    pub fn publish(&mut self, version: u64) {
        self.boxes.refresh(&self.points);
        self.current.store(Arc::new(Snapshot {
            points: self.points.clone(),
            unplaced: self.unplaced.clone(),
            shapes: self.shapes.shapes().clone(),
            boxes: self.boxes.clone(),
            version,
        }));
    }

    /// A reader of what this index publishes; clone it freely.
    #[must_use]
    pub fn reader(&self) -> Reader {
        Reader { current: Arc::clone(&self.current) }
    }

    /// Bytes held for the items: columns, lookup, trees, by summing capacities. Copies that only readers still hold
    /// are not counted.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.points.memory_bytes()
            + self.unplaced.memory_bytes()
            + self.shapes.memory_bytes()
            + self.lookup.memory_bytes()
            + self.boxes.memory_bytes()
    }
}

/// Stands for a position where there is none, so that unplaced items use the same columns, ordered by id.
const NOWHERE: Position = Position { x: 0, y: 0 };

/// Access to the latest published state.
#[derive(Debug, Clone)]
pub struct Reader {
    current: Arc<ArcSwap<Snapshot>>,
}

impl Reader {
    /// The latest snapshot, to keep as long as needed.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// The latest snapshot for a short look: cheaper still, but keep few of these at a time.
    #[must_use]
    pub fn peek(&self) -> Guard<Arc<Snapshot>> {
        self.current.load()
    }
}
