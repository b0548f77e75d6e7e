//! When things were: how many that pass a filter fall into each of several spans of time.
//!
//! Not here: months and clocks, which are the caller's. Invariant: equal to filtering every item one by one.

use crate::columns::Columns;
use crate::filter::Filter;
use crate::plan::{Verdict, plan};
use crate::scan::IN;
use crate::snapshot::Snapshot;

/// The first and the last time of anything, in seconds since 1970; `None` where there is nothing.
pub(crate) fn ends(snapshot: &Snapshot) -> Option<(u32, u32)> {
    let chunks = snapshot.points.chunks().iter().chain(snapshot.unplaced.chunks());
    let of_chunks = chunks
        .filter(|chunk| chunk.len() > 0)
        .map(|chunk| (chunk.categories.min_time, chunk.categories.max_time));
    let of_shapes = snapshot.shapes.iter().map(|entry| (entry.attributes.time, entry.attributes.time));
    of_chunks.chain(of_shapes).reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
}

/// How many pass in each span: from one start to the next, the last without end. What is before the first start counts nowhere.
pub(crate) fn count(snapshot: &Snapshot, filter: &Filter, starts: &[u32]) -> Vec<u64> {
    let mut counts = vec![0; starts.len()];
    add(&snapshot.points, filter, starts, &mut counts);
    add(&snapshot.unplaced, filter, starts, &mut counts);
    for entry in snapshot.shapes.iter().filter(|entry| filter.accepts(entry.id, &entry.attributes)) {
        if let Some(span) = span_of(starts, entry.attributes.time) {
            counts[span] += 1;
        }
    }
    counts
}

fn span_of(starts: &[u32], time: u32) -> Option<usize> {
    starts.partition_point(|start| *start <= time).checked_sub(1)
}

fn add(columns: &Columns, filter: &Filter, starts: &[u32], counts: &mut [u64]) {
    let mut mask = Vec::new();
    for chunk in columns.chunks() {
        let categories = &chunk.categories;
        match plan(filter, None, chunk) {
            Verdict::Nothing => continue,
            Verdict::Everything => {
                mask.clear();
                mask.resize(chunk.len(), IN);
            }
            Verdict::Some(test) => test.mask(chunk, 0..chunk.len(), &mut mask),
        }
        let passing = mask.iter().enumerate().filter(|(_, is_in)| **is_in == IN);
        for (row, _) in passing {
            if let Some(span) = span_of(starts, categories.time.get(row)) {
                counts[span] += 1;
            }
        }
    }
}
