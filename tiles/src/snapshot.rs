//! One consistent state of the index, and the questions it answers.
//!
//! Not here: how each is answered (`cluster.rs`, `surface.rs`, `shapes.rs`, `count.rs`, `list.rs`, `near.rs`). Invariant: immutable;
//! two questions to one snapshot always agree.

use std::sync::Arc;

use rstar::RTree;

use crate::chunk::Row;
use crate::cluster::cluster;
use crate::columns::Columns;
use crate::content::{TileContent, TileOptions};
use crate::count::{self, Counts};
use crate::filter::{COLUMNS, Filter};
use crate::index::{Item, Place};
use crate::list::{self, Cursor, Hit, Order};
use crate::near::{self, Near};
use crate::pins;
use crate::shapes::{Box2, Shapes, boxed};
use crate::surface::{self, surface};
use crate::tile::{Bounds, Position, TileCoord};
use crate::times;

/// See the module's text.
#[derive(Debug)]
pub struct Snapshot {
    pub(crate) points: Columns,
    pub(crate) unplaced: Columns,
    pub(crate) shapes: Shapes,
    pub(crate) boxes: Boxes,
    pub(crate) version: u64,
}

impl Snapshot {
    pub(crate) fn empty() -> Self {
        let columns = Columns::build(Vec::new(), 2);
        let (unplaced, shapes) = (columns.clone(), Shapes::default());
        Self { points: columns, unplaced, shapes, boxes: Boxes::default(), version: 0 }
    }

    /// The number given to [`crate::Index::publish`].
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Every item, points first: what [`crate::Index::build`] takes.
    pub fn items(&self) -> impl Iterator<Item = Item> + '_ {
        fn rows(columns: &Columns) -> impl Iterator<Item = Row> + '_ {
            columns.chunks().iter().flat_map(|chunk| chunk.rows())
        }
        let item = |row: Row, place| Item { id: row.id, place, attributes: row.attributes };
        let points = rows(&self.points).map(move |row| item(row, Place::At(row.position)));
        let unplaced = rows(&self.unplaced).map(move |row| item(row, Place::Nowhere));
        let shapes = self.shapes.iter().map(|entry| Item {
            id: entry.id,
            place: Place::Shape(Arc::clone(&entry.shape)),
            attributes: entry.attributes,
        });
        points.chain(unplaced).chain(shapes)
    }

    /// What a tile shows of the items that pass.
    #[must_use]
    pub fn tile(&self, coord: TileCoord, filter: &Filter, options: &TileOptions) -> TileContent {
        let (shapes, as_points) = self.shapes.cut(coord, filter, options);
        let pins = if options.stand_ins { as_points } else { Vec::new() };
        if options.has_squares(coord.z) {
            let (mut points, mut squares) = surface(&self.points, coord, filter, options);
            surface::add_pins(pins, coord, &mut points, &mut squares);
            return TileContent { points, squares, shapes, ..TileContent::empty(coord) };
        }
        let (mut points, mut clusters) = cluster(&self.points, coord, filter, options);
        pins::add(pins, coord, options, &mut points, &mut clusters);
        TileContent { points, clusters, shapes, ..TileContent::empty(coord) }
    }

    /// How many items pass, in all or within bounds, in all and by every column; see [`Counts`].
    #[must_use]
    pub fn count(&self, filter: &Filter, bounds: Option<&Bounds>) -> Counts {
        count::count(self, filter, bounds.map(std::slice::from_ref), [true; COLUMNS])
    }

    /// The same within several boxes that do not overlap: a box over the antimeridian is two (see [`Bounds::boxes_of`]); by the
    /// columns that are asked for only: each costs a pass over the rows.
    #[must_use]
    pub fn count_within(&self, filter: &Filter, within: Option<&[Bounds]>, asked: [bool; COLUMNS]) -> Counts {
        count::count(self, filter, within, asked)
    }

    /// The items that pass, in order, at most `limit` after a cursor. Items that are nowhere are listed only without
    /// bounds; a shape is within bounds when its own bounds meet them.
    #[must_use]
    pub fn list(
        &self,
        filter: &Filter,
        bounds: Option<&Bounds>,
        order: Order,
        after: Option<Cursor>,
        limit: usize,
    ) -> Vec<Hit> {
        list::list(self, filter, bounds.map(std::slice::from_ref), order, after, limit)
    }

    /// The same within several boxes that do not overlap.
    #[must_use]
    pub fn list_within(
        &self,
        filter: &Filter,
        within: Option<&[Bounds]>,
        order: Order,
        after: Option<Cursor>,
        limit: usize,
    ) -> Vec<Hit> {
        list::list(self, filter, within, order, after, limit)
    }

    /// The `k` items that pass and are nearest to a position, nearest first (then by id).
    #[must_use]
    pub fn nearest(&self, position: Position, k: usize, filter: &Filter) -> Vec<Near> {
        near::nearest(self, position, k, filter)
    }

    /// The items that pass and lie within a distance in metres, nearest first (then by id).
    #[must_use]
    pub fn within(&self, position: Position, metres: f64, filter: &Filter) -> Vec<Near> {
        near::within(self, position, metres, filter)
    }

    /// How many items pass in each span of time: from one of these starts (seconds since 1970, in order) to the next, the last without
    /// end. What is before the first counts nowhere.
    #[must_use]
    pub fn count_by_time(&self, filter: &Filter, starts: &[u32]) -> Vec<u64> {
        times::count(self, filter, starts)
    }

    /// The first and the last time of anything, in seconds since 1970; `None` where there is nothing.
    #[must_use]
    pub fn times(&self) -> Option<(u32, u32)> {
        times::ends(self)
    }

    /// Bounds of everything that is somewhere; `None` when nothing is.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        let all = self.shapes.iter().fold(self.points.bounds(), |all, entry| all.union(entry.shape.bounds()));
        (!all.is_empty()).then_some(all)
    }
}

/// An R-tree over the bounds of the chunks of points, kept until one of these bounds changes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Boxes {
    tree: Arc<RTree<Box2>>,
    generation: Option<u64>,
}

impl Boxes {
    pub(crate) fn refresh(&mut self, columns: &Columns) {
        if self.generation != Some(columns.generation()) {
            let chunks = columns.chunks().iter().enumerate();
            let boxes = chunks.map(|(at, chunk)| boxed(chunk.geometry.bounds, at)).collect();
            self.tree = Arc::new(RTree::bulk_load(boxes));
            self.generation = Some(columns.generation());
        }
    }

    pub(crate) fn tree(&self) -> &RTree<Box2> {
        &self.tree
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        self.tree.size() * size_of::<Box2>() * 5 / 4
    }
}
