//! Surfaces of a context that are small and say the same, as one feature of a tile: from afar a third of its bytes would be heads of features.
//!
//! Invariant: what lies on something else still does. Boxes that meet are drawn in the order of their items, unless these
//! say the same; others in any order. Not here: how a surface is cut (`clip.rs`), or put in order (`rounding.rs`).

use std::collections::HashMap;
use std::sync::Arc;

use rstar::RTree;

use crate::clip::TileGeometry;
use crate::context::Value;
use crate::rounding::{self, Rings};
use crate::shapes::{Box2, envelope};
use crate::tile::Bounds;

/// From this zoom on each surface is a feature of its own: a style may draw its edges.
pub(crate) const APART: u8 = 14;

/// So is one of more pixels across at every zoom.
pub(crate) const LITTLE: u64 = 64;

/// So is one of more corners: what it would save is the head of a feature, and joining outlines that meet takes long.
const CORNERS: usize = 8;

/// Of how many others an item is asked on average whether it lies on them. Where more lie upon each other, each is its own feature.
const MEETINGS: usize = 100;

/// How many surfaces a feature has at most: whether they lie apart is asked of each two.
const MOST: usize = 200;

/// When an item is drawn, and what it says: items of one turn look alike, and nothing of another turn lies between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Turn {
    rank: u32,
    said: u32,
}

/// The turn of each item, from its box and properties. The tree holds the boxes by the items' places.
pub(crate) fn turns<'a>(
    items: impl Iterator<Item = (Bounds, &'a [(Arc<str>, Value)])>,
    tree: &RTree<Box2>,
) -> Vec<Turn> {
    let mut said: HashMap<String, u32> = HashMap::new();
    let mut turns: Vec<Turn> = Vec::with_capacity(tree.size());
    let mut asked = 0;
    for (bounds, properties) in items {
        let next = said.len() as u32;
        let said = *said.entry(format!("{properties:?}")).or_insert(next);
        let mut rank = 0;
        for below in tree.locate_in_envelope_intersecting(envelope(bounds)) {
            asked += 1;
            // Of those that are drawn before it.
            if let Some(below) = turns.get(below.data) {
                rank = rank.max(below.rank + u32::from(below.said != said));
            }
        }
        if asked > MEETINGS * tree.size() {
            return (0..tree.size() as u32).map(|at| Turn { rank: at, said: at }).collect();
        }
        turns.push(Turn { rank, said });
    }
    turns
}

/// Whether a surface is so plain that it is worth being one with others.
pub(crate) fn is_plain(surface: &[Rings]) -> bool {
    surface.iter().flatten().map(Vec::len).sum::<usize>() <= CORNERS
}

/// The surfaces of one turn, as they are found.
#[derive(Debug, Default)]
pub(crate) struct Together {
    turn: Option<Turn>,
    /// Each by its item.
    surfaces: Vec<(usize, Vec<Rings>)>,
}

impl Together {
    /// Whether a surface of this turn can be one with those that are there.
    pub(crate) fn takes(&self, turn: Turn) -> bool {
        self.turn.is_none_or(|own| own == turn && self.surfaces.len() < MOST)
    }

    /// Puts a surface to those that are there, which [`Self::takes`] was asked before.
    pub(crate) fn put(&mut self, turn: Turn, item: usize, surface: Vec<Rings>) {
        self.turn = Some(turn);
        self.surfaces.push((item, surface));
    }

    /// What was put here: one geometry, with one of the items that say what it says, and whether it is that item's alone. Where they
    /// cannot be one, each by itself.
    pub(crate) fn take(&mut self) -> Vec<(usize, bool, TileGeometry)> {
        self.turn = None;
        let surfaces = std::mem::take(&mut self.surfaces);
        let all: Vec<Rings> = surfaces.iter().flat_map(|(_, surface)| surface.iter().cloned()).collect();
        if let [(item, _), _, ..] = surfaces.as_slice()
            && let Some(one) = rounding::together(&all)
        {
            return vec![(*item, false, TileGeometry::Polygons(one))];
        }
        surfaces.into_iter().map(|(item, surface)| (item, true, TileGeometry::Polygons(surface))).collect()
    }
}
