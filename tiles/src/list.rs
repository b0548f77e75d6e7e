//! Listing what passes a filter, in order, page by page.
//!
//! Paging is by key: a cursor says what the last hit was, so that items that come and go between two pages neither
//! repeat nor skip others. Not here: what is shown of a hit. Invariant: a page is what sorting everything would give,
//! found with a heap of `limit` hits and with chunks that cannot add to it left out.

use std::collections::BinaryHeap;

use crate::chunk::Chunk;
use crate::columns::Columns;
use crate::filter::{Attributes, Filter};
use crate::plan::{Verdict, plan};
use crate::scan::IN;
use crate::snapshot::Snapshot;
use crate::tile::Bounds;

/// In which order items are listed; ties are broken by id, in the same direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// Latest time first, then highest id.
    Newest,
    /// Earliest time first, then lowest id.
    Oldest,
    /// Highest score first, then highest id.
    HighestScore,
    /// As if drawn by lot: the same for the same seed, and fair over all seeds.
    Random(u32),
}

/// Where a page ended: the value it was ordered by (time or score) and the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// Seconds since 1970, score or lot, by the order.
    pub value: i64,
    /// Id of the item.
    pub id: u64,
}

/// One listed item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Id of the item.
    pub id: u64,
    /// Ask for what comes after this to go on from here.
    pub cursor: Cursor,
}

/// Less is earlier in the list.
type Rank = (i64, u64);

impl Order {
    fn value(self, id: u64, attributes: &Attributes) -> i64 {
        match self {
            Self::Random(seed) => lot(seed, id),
            Self::Newest | Self::Oldest => i64::from(attributes.time),
            Self::HighestScore => i64::from(attributes.score),
        }
    }

    fn rank(self, value: i64, id: u64) -> Rank {
        match self {
            Self::Oldest | Self::Random(_) => (value, id),
            Self::Newest | Self::HighestScore => (-value, !id),
        }
    }

    fn cursor(self, rank: Rank) -> Cursor {
        match self {
            Self::Oldest | Self::Random(_) => Cursor { value: rank.0, id: rank.1 },
            Self::Newest | Self::HighestScore => Cursor { value: -rank.0, id: !rank.1 },
        }
    }

    /// The earliest a row of this chunk can come.
    fn best(self, chunk: &Chunk) -> i64 {
        match self {
            Self::Newest => -i64::from(chunk.categories.max_time),
            Self::Oldest => i64::from(chunk.categories.min_time),
            Self::HighestScore => -i64::from(chunk.scores.max),
            Self::Random(_) => i64::MIN,
        }
    }

    /// Narrows a filter to what is not later in the list than `worst` nor earlier than `after`, where that is known:
    /// the test then leaves few rows to look at.
    fn narrow(self, filter: &mut Filter, after: Option<i64>, worst: Option<i64>) {
        if matches!(self, Self::Random(_)) {
            return;
        }
        let clamp = |v: i64| v.clamp(0, i64::from(u32::MAX)) as u32;
        let clamp_score = |v: i64| v.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
        let (mut low, mut high) = (after, worst);
        if self != Self::Oldest {
            (low, high) = (worst.map(|v| -v), after.map(|v| -v));
        }
        if self == Self::HighestScore {
            let (from, to) = (*filter.score.start(), *filter.score.end());
            filter.score =
                low.map_or(from, |v| clamp_score(v).max(from))..=high.map_or(to, |v| clamp_score(v).min(to));
        } else {
            let (from, to) = (*filter.time.start(), *filter.time.end());
            filter.time = low.map_or(from, |v| clamp(v).max(from))..=high.map_or(to, |v| clamp(v).min(to));
        }
    }
}

/// What an item draws in a lottery of this seed: 31 bits, so that they are plain numbers everywhere (the finaliser of
/// MurmurHash3, which moves every bit of id and seed).
fn lot(seed: u32, id: u64) -> i64 {
    let mut bits = id ^ (u64::from(seed) << 32);
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    i64::from((bits ^ (bits >> 33)) as u32 >> 1)
}

/// The best hits so far; the heap's top is the worst of them.
struct Page {
    order: Order,
    after: Option<Rank>,
    limit: usize,
    heap: BinaryHeap<Rank>,
}

impl Page {
    fn worst(&self) -> Option<Rank> {
        if self.heap.len() < self.limit { None } else { self.heap.peek().copied() }
    }

    fn offer(&mut self, rank: Rank) {
        if self.after.is_some_and(|after| rank <= after) {
            return;
        }
        match self.worst() {
            None => self.heap.push(rank),
            Some(worst) if rank < worst => {
                self.heap.pop();
                self.heap.push(rank);
            }
            Some(_) => {}
        }
    }

    fn offer_columns(&mut self, columns: &Columns, filter: &Filter, bounds: Option<&Bounds>) {
        let mut chunks: Vec<(i64, &Chunk)> =
            columns.chunks().iter().map(|chunk| (self.order.best(chunk), &**chunk)).collect();
        chunks.sort_unstable_by_key(|&(best, _)| best);
        let (mut mask, mut narrowed) = (Vec::new(), filter.clone());
        for (best, chunk) in chunks {
            let worst = self.worst().map(|rank| rank.0);
            if worst.is_some_and(|worst| best > worst) {
                // The chunks that follow are no better.
                break;
            }
            narrowed.score = filter.score.clone();
            narrowed.time = filter.time.clone();
            self.order.narrow(&mut narrowed, self.after.map(|rank| rank.0), worst);
            match plan(&narrowed, bounds, chunk) {
                Verdict::Nothing => continue,
                Verdict::Everything => {
                    mask.clear();
                    mask.resize(chunk.len(), IN);
                }
                Verdict::Some(test) => test.mask(chunk, 0..chunk.len(), &mut mask),
            }
            for at in (0..chunk.len()).filter(|&at| mask[at] == IN) {
                let value = match self.order {
                    Order::HighestScore => i64::from(chunk.score(at)),
                    Order::Newest | Order::Oldest => i64::from(chunk.categories.time.get(at)),
                    Order::Random(seed) => lot(seed, chunk.geometry.id[at]),
                };
                self.offer(self.order.rank(value, chunk.geometry.id[at]));
            }
        }
    }
}

pub(crate) fn list(
    snapshot: &Snapshot,
    filter: &Filter,
    within: Option<&[Bounds]>,
    order: Order,
    after: Option<Cursor>,
    limit: usize,
) -> Vec<Hit> {
    if limit == 0 {
        return Vec::new();
    }
    let after = after.map(|cursor| order.rank(cursor.value, cursor.id));
    let mut page = Page { order, after, limit, heap: BinaryHeap::new() };
    match within {
        Some(boxes) => {
            boxes.iter().for_each(|bounds| page.offer_columns(&snapshot.points, filter, Some(bounds)));
        }
        None => {
            page.offer_columns(&snapshot.points, filter, None);
            page.offer_columns(&snapshot.unplaced, filter, None);
        }
    }
    for entry in snapshot.shapes.meeting_any(within) {
        if filter.accepts(entry.id, &entry.attributes) {
            page.offer(order.rank(order.value(entry.id, &entry.attributes), entry.id));
        }
    }
    let ranks = page.heap.into_sorted_vec().into_iter();
    ranks.map(|rank| order.cursor(rank)).map(|cursor| Hit { id: cursor.id, cursor }).collect()
}
