//! The points of an index: a list of chunks along the Z-order curve, with the first key of each.
//!
//! Not here: what a chunk is (`chunk.rs`), queries (`cluster.rs`, `count.rs`, `list.rs`, `near.rs`). Invariants:
//! chunks are in ascending order and never empty; no chunk is longer than twice the target; `firsts[i]` is the key of
//! the first row of `chunks[i]`. Cloning copies the list, not the chunks.

use std::ops::Range;
use std::sync::Arc;

use crate::chunk::{Chunk, Row};
use crate::filter::Attributes;
use crate::tile::Bounds;

/// See the module's text.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    firsts: Vec<(u64, u64)>,
    chunks: Vec<Arc<Chunk>>,
    len: usize,
    target: usize,
    /// Counts the changes to the set of chunk bounds, so that whoever indexes them knows when to do it again.
    generation: u64,
}

impl Columns {
    /// Columns of rows in any order whose ids are all different.
    pub(crate) fn build(mut rows: Vec<Row>, target: usize) -> Self {
        // Keys cost a dozen operations each: compute them once for the sort.
        let mut order: Vec<(u64, u64, u32)> =
            rows.iter().zip(0u32..).map(|(row, i)| (row.position.z_order(), row.id, i)).collect();
        order.sort_unstable();
        rows = order.iter().map(|&(_, _, i)| rows[i as usize]).collect();
        drop(order);
        let mut columns =
            Self { firsts: Vec::new(), chunks: Vec::new(), len: rows.len(), target, generation: 0 };
        for part in rows.chunks(target) {
            columns.push_rows(part);
        }
        columns.firsts.shrink_to_fit();
        columns.chunks.shrink_to_fit();
        columns
    }

    fn push_rows(&mut self, rows: &[Row]) {
        for chunk in pack(rows) {
            self.firsts.push(chunk.row(0).key());
            self.chunks.push(Arc::new(chunk));
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn chunks(&self) -> &[Arc<Chunk>] {
        &self.chunks
    }

    /// Whether chunk `at` holds a key below `first`.
    pub(crate) fn begins_before(&self, at: usize, first: u64) -> bool {
        self.firsts[at].0 < first
    }

    /// Whether chunk `at` may hold a key above `last`: it is the one before a chunk that does, or the last one.
    pub(crate) fn ends_after(&self, at: usize, last: u64) -> bool {
        self.firsts.get(at + 1).is_none_or(|&(key, _)| key > last)
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// The chunks that may hold keys of `first..=last`.
    pub(crate) fn range(&self, first: u64, last: u64) -> Range<usize> {
        // Several chunks may hold the same key: begin one before the first chunk that starts at or after it.
        let from = self.firsts.partition_point(|&(key, _)| key < first).saturating_sub(1);
        let to = self.firsts.partition_point(|&(key, _)| key <= last);
        from..to.max(from)
    }

    /// The chunk where a key is or belongs.
    pub(crate) fn home(&self, key: (u64, u64)) -> usize {
        self.firsts.partition_point(|&first| first <= key).saturating_sub(1)
    }

    fn locate(&self, key: (u64, u64)) -> Option<(usize, usize)> {
        let home = self.home(key);
        let at = self.chunks.get(home)?.find(key).ok()?;
        Some((home, at))
    }

    pub(crate) fn get(&self, key: (u64, u64)) -> Option<Attributes> {
        self.locate(key).map(|(chunk, at)| self.chunks[chunk].attributes(at))
    }

    /// Inserts a row whose id is not there yet.
    pub(crate) fn insert(&mut self, row: &Row) {
        self.len += 1;
        if self.chunks.is_empty() {
            self.push_rows(std::slice::from_ref(row));
            self.generation += 1;
            return;
        }
        let home = self.home(row.key());
        let chunk = &self.chunks[home];
        let at = chunk.find(row.key()).unwrap_or_else(|at| at);
        if chunk.len() < 2 * self.target {
            let bounds = chunk.geometry.bounds;
            let chunk = Arc::make_mut(&mut self.chunks[home]).change();
            if chunk.insert(at, row).is_some() {
                self.generation += u64::from(chunk.geometry.bounds != bounds);
                if at == 0 {
                    self.firsts[home] = row.key();
                }
                return;
            }
        }
        let mut rows: Vec<Row> = self.chunks[home].rows().collect();
        rows.insert(at, *row);
        self.replace(home..home + 1, &rows);
    }

    /// Removes the row of this key, if there.
    pub(crate) fn remove(&mut self, key: (u64, u64)) {
        let Some((home, at)) = self.locate(key) else { return };
        self.len -= 1;
        let length = self.chunks[home].len();
        if length == 1 {
            self.chunks.remove(home);
            self.firsts.remove(home);
            self.generation += 1;
            return;
        }
        let bounds = self.chunks[home].geometry.bounds;
        let chunk = Arc::make_mut(&mut self.chunks[home]).change();
        chunk.remove(at);
        self.generation += u64::from(chunk.geometry.bounds != bounds);
        if at == 0 {
            self.firsts[home] = chunk.row(0).key();
        }
        self.merge(home);
    }

    /// Gives the row of this key other attributes.
    pub(crate) fn set(&mut self, key: (u64, u64), attributes: &Attributes) {
        let Some((home, at)) = self.locate(key) else { return };
        if Arc::make_mut(&mut self.chunks[home]).change().set(at, attributes).is_none() {
            let mut rows: Vec<Row> = self.chunks[home].rows().collect();
            rows[at].attributes = *attributes;
            self.replace(home..home + 1, &rows);
        }
    }

    /// Joins a chunk that has become small with the next one, so that removals do not leave a trail of crumbs.
    fn merge(&mut self, home: usize) {
        let first = if home + 1 < self.chunks.len() { home } else { home.saturating_sub(1) };
        let (Some(a), Some(b)) = (self.chunks.get(first), self.chunks.get(first + 1)) else { return };
        if self.chunks[home].len() < self.target / 4 && a.len() + b.len() <= self.target {
            let rows: Vec<Row> = a.rows().chain(b.rows()).collect();
            // Too many codes together: they stay apart.
            if Chunk::from_rows(&rows).is_some() {
                self.replace(first..first + 2, &rows);
            }
        }
    }

    /// Replaces chunks by others made of `rows`: in two when they are too long for one, in more when a dictionary
    /// asks for it.
    fn replace(&mut self, chunks: Range<usize>, rows: &[Row]) {
        let packed = if rows.len() > 2 * self.target {
            let (a, b) = rows.split_at(rows.len() / 2);
            pack(a).into_iter().chain(pack(b)).collect()
        } else {
            pack(rows)
        };
        self.firsts.splice(chunks.clone(), packed.iter().map(|chunk| chunk.row(0).key()));
        self.chunks.splice(chunks, packed.into_iter().map(Arc::new));
        self.generation += 1;
    }

    /// Bounds of all points.
    pub(crate) fn bounds(&self) -> Bounds {
        self.chunks.iter().fold(Bounds::EMPTY, |all, chunk| all.union(chunk.geometry.bounds))
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        self.firsts.capacity() * 16
            + self.chunks.capacity() * 8
            + self.chunks.iter().map(|chunk| chunk.memory_bytes()).sum::<usize>()
    }
}

/// One chunk of the rows, or several when one dictionary does not hold all codes.
fn pack(rows: &[Row]) -> Vec<Chunk> {
    match Chunk::from_rows(rows) {
        _ if rows.is_empty() => Vec::new(),
        Some(chunk) => vec![chunk],
        None => {
            let (a, b) = rows.split_at(rows.len() / 2);
            let mut chunks = pack(a);
            chunks.extend(pack(b));
            chunks
        }
    }
}
