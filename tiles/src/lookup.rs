//! From an id to where its item is: what the writer needs to find the row it has to change.
//!
//! Ids that follow each other share a page of 64, so that a dense id costs little more than its position: eight
//! bytes. Not here: the rows themselves. Invariant: a page's positions are those of its set bits, in order.

use std::collections::HashMap;

use crate::tile::Position;

#[derive(Debug, Default)]
struct Page {
    present: u64,
    positions: Vec<Position>,
}

/// Positions of points by id.
#[derive(Debug, Default)]
pub(crate) struct Lookup {
    pages: HashMap<u64, Page>,
}

impl Page {
    fn rank(&self, bit: u32) -> usize {
        (self.present & ((1u64 << bit) - 1)).count_ones() as usize
    }

    fn has(&self, bit: u32) -> bool {
        self.present >> bit & 1 == 1
    }
}

fn split(id: u64) -> (u64, u32) {
    (id / 64, (id % 64) as u32)
}

impl Lookup {
    pub(crate) fn get(&self, id: u64) -> Option<Position> {
        let (page, bit) = split(id);
        let page = self.pages.get(&page)?;
        page.has(bit).then(|| page.positions[page.rank(bit)])
    }

    /// Remembers a position; the one it replaces, if any.
    pub(crate) fn insert(&mut self, id: u64, position: Position) -> Option<Position> {
        let (page, bit) = split(id);
        let page = self.pages.entry(page).or_default();
        let at = page.rank(bit);
        if page.has(bit) {
            return Some(std::mem::replace(&mut page.positions[at], position));
        }
        page.present |= 1 << bit;
        page.positions.insert(at, position);
        None
    }

    pub(crate) fn remove(&mut self, id: u64) -> Option<Position> {
        let (number, bit) = split(id);
        let page = self.pages.get_mut(&number)?;
        if !page.has(bit) {
            return None;
        }
        let position = page.positions.remove(page.rank(bit));
        page.present &= !(1 << bit);
        if page.present == 0 {
            self.pages.remove(&number);
        }
        Some(position)
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        // One control byte a slot of the map, and seven slots of eight in use at most.
        self.pages.capacity() * 8 / 7 * (1 + size_of::<(u64, Page)>())
            + self.pages.values().map(|page| page.positions.capacity() * size_of::<Position>()).sum::<usize>()
    }
}
