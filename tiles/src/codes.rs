//! A category column of a chunk: one byte a row into a dictionary of the chunk's own codes.
//!
//! Not here: who splits a chunk whose dictionary is full (`columns.rs`). Invariant: `counts` says how many rows have
//! each local code.

use crate::filter::CodeSet;
use crate::narrow::make_room;

/// A category column: one byte a row into a dictionary of the codes that occur.
#[derive(Debug, Clone, Default)]
pub(crate) struct Column {
    pub(crate) local: Vec<u8>,
    /// Global code of each local one. An entry whose count fell to 0 is reused by the next new code.
    pub(crate) dictionary: Vec<u32>,
    /// Rows of each local code.
    pub(crate) counts: Vec<u32>,
}

impl Column {
    /// The local code of a global one, added if there is room.
    pub(crate) fn intern(&mut self, code: u32) -> Option<u8> {
        let known = self.dictionary.iter().position(|&c| c == code);
        let at = match known.or_else(|| self.counts.iter().position(|&n| n == 0)) {
            Some(at) => {
                self.dictionary[at] = code;
                at
            }
            None if self.dictionary.len() < 256 => {
                self.dictionary.push(code);
                self.counts.push(0);
                self.dictionary.len() - 1
            }
            None => return None,
        };
        Some(at as u8)
    }

    pub(crate) fn insert(&mut self, at: usize, local: u8) {
        make_room(&mut self.local);
        self.local.insert(at, local);
        self.counts[usize::from(local)] += 1;
    }

    pub(crate) fn remove(&mut self, at: usize) {
        let local = self.local.remove(at);
        self.counts[usize::from(local)] -= 1;
    }

    /// The local codes that rows have and a set lets through, in ascending order, into `found`.
    pub(crate) fn candidates(&self, set: Option<&CodeSet>, found: &mut Vec<u8>) {
        found.clear();
        let codes = self.dictionary.iter().zip(&self.counts).zip(0u8..=255);
        let passing = codes.filter(|&((&code, &n), _)| n > 0 && set.is_none_or(|set| set.contains(code)));
        found.extend(passing.map(|(_, local)| local));
    }

    /// (`column`, code, rows) of counts by local code, where there are rows.
    pub(crate) fn counted(&self, column: usize, counts: &[u32]) -> impl Iterator<Item = (u8, u32, u32)> {
        let counted = self.dictionary.iter().zip(counts).filter(|&(_, &n)| n > 0);
        // There are eight columns.
        counted.map(move |(&code, &n)| (column as u8, code, n))
    }

    pub(crate) fn code(&self, at: usize) -> u32 {
        self.dictionary[usize::from(self.local[at])]
    }
}
