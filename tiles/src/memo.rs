//! What a chunk answered to the last filters, so that a filter reads each chunk once for all zooms.
//!
//! A chunk that lies whole in a cell of the grid, or within the bounds of a count, gives a filter the same sums
//! whatever the tile. They are kept in a few slots that readers share: looking and keeping never wait, and of two
//! readers who keep something in one slot the later wins. Not here: when an answer may be used (`cluster.rs`,
//! `count.rs`). Invariants: an answer belongs to the content it was computed from — a copy of a memo is empty, and
//! `chunk.rs` empties the memo of what it changes; filters are compared in full, so that two filters with one digest
//! cannot be taken for each other.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use arc_swap::{ArcSwapOption, Guard};

use crate::filter::{COLUMNS, Filter};
use crate::scan::IN;
use crate::sums::Sums;

/// Filters remembered by a chunk: those of a busy minute, at some 300 bytes each.
const SLOTS: usize = 8;

/// Answers with at most this many rows list them: a tile that shows points one by one asks which they are.
const LISTED: u64 = 16;

/// What is asked of every chunk: a filter, and the columns whose codes are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    digest: u64,
    filter: Filter,
    breakdown: [bool; COLUMNS],
}

impl Question {
    pub(crate) fn new(filter: &Filter, breakdown: [bool; COLUMNS]) -> Arc<Self> {
        let mut hasher = DefaultHasher::new();
        (filter, breakdown).hash(&mut hasher);
        Arc::new(Self { digest: hasher.finish(), filter: filter.clone(), breakdown })
    }
}

/// What a whole chunk answers to a question.
#[derive(Debug)]
pub(crate) struct Answer {
    question: Arc<Question>,
    pub(crate) sums: Sums,
    /// (column, code, rows) of the codes that occur in the columns asked for.
    codes: Box<[(u8, u32, u32)]>,
    rows: Box<[u32]>,
}

impl Answer {
    /// The answer of rows under a mask; `codes` are those of [`Answer::codes`].
    pub(crate) fn new(
        question: &Arc<Question>,
        sums: Sums,
        codes: &[(u8, u32, u32)],
        mask: &[u8],
    ) -> Arc<Self> {
        let rows = if sums.count <= LISTED {
            (0u32..).zip(mask).filter(|&(_, &m)| m == IN).map(|(row, _)| row).collect()
        } else {
            Box::default()
        };
        Arc::new(Self { question: Arc::clone(question), sums, codes: codes.into(), rows })
    }

    /// The rows that pass, when they are few enough to be listed.
    pub(crate) fn rows(&self) -> Option<&[u32]> {
        (self.sums.count <= LISTED).then_some(&*self.rows)
    }

    /// (column, code, rows) of the codes that occur in the columns asked for.
    pub(crate) fn codes(&self) -> impl Iterator<Item = (usize, u32, u32)> + '_ {
        self.codes.iter().map(|&(column, code, n)| (usize::from(column), code, n))
    }

    fn memory_bytes(&self) -> usize {
        // Each Arc adds two counters; a question is shared by the chunks it was put to.
        let question = (size_of::<Question>() + 16) / Arc::strong_count(&self.question);
        size_of::<Self>() + 16 + 12 * self.codes.len() + 4 * self.rows.len() + question
    }
}

/// See the module's text.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    slots: [ArcSwapOption<Answer>; SLOTS],
}

impl Clone for Memo {
    /// Empty: what is copied is about to be changed.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Memo {
    fn slot(&self, question: &Question) -> &ArcSwapOption<Answer> {
        &self.slots[(question.digest % SLOTS as u64) as usize]
    }

    /// The answer that was kept, if it still is.
    pub(crate) fn get(&self, question: &Arc<Question>) -> Option<Guard<Option<Arc<Answer>>>> {
        let kept = self.slot(question).load();
        let known = kept
            .as_ref()
            .is_some_and(|answer| Arc::ptr_eq(&answer.question, question) || answer.question == *question);
        known.then_some(kept)
    }

    pub(crate) fn keep(&self, answer: Arc<Answer>) {
        self.slot(&answer.question).store(Some(answer));
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        self.slots.iter().filter_map(|slot| slot.load().as_ref().map(|answer| answer.memory_bytes())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::{Chunk, Row};
    use crate::filter::Attributes;
    use crate::tile::Position;

    fn chunk() -> Chunk {
        let row = |id| Row { position: Position { x: 0, y: 0 }, id, attributes: Attributes::default() };
        Chunk::from_rows(&[row(1), row(2)]).expect("one code")
    }

    fn question(score: i32) -> Arc<Question> {
        Question::new(&Filter { score: score..=i32::MAX, ..Filter::default() }, [false; COLUMNS])
    }

    #[test]
    fn what_is_kept_is_found_by_an_equal_question_until_the_chunk_changes() {
        let mut kept = chunk();
        kept.memo().keep(Answer::new(&question(0), Sums { count: 1, ..Sums::EMPTY }, &[], &[0, IN]));
        let known = |chunk: &Chunk| chunk.memo().get(&question(0)).is_some();
        assert!(known(&kept), "asked again with another copy of the filter");
        assert!(kept.memo().get(&question(1)).is_none());
        assert!(kept.memory_bytes() > chunk().memory_bytes());
        let copy = kept.clone();
        assert!(!known(&copy), "a copy is made to be changed");
        kept.change();
        assert!(!known(&kept));
    }

    #[test]
    fn filters_with_one_digest_are_told_apart() {
        let kept = chunk();
        let one = question(0);
        let other = Arc::new(Question { digest: one.digest, ..(*question(1)).clone() });
        kept.memo().keep(Answer::new(&one, Sums::EMPTY, &[], &[0, 0]));
        assert!(kept.memo().get(&other).is_none());
    }

    #[test]
    fn a_set_of_codes_has_one_digest_however_it_was_made() {
        let mut long = crate::filter::CodeSet::new();
        long.insert(3);
        let short = Filter::default().with_codes(0, [3]);
        let mut grown = Filter::default().with_codes(0, [3, 900]);
        assert_ne!(Question::new(&short, [true; COLUMNS]), Question::new(&grown, [true; COLUMNS]));
        grown.codes[0] = Some(long);
        assert_eq!(Question::new(&short, [true; COLUMNS]), Question::new(&grown, [true; COLUMNS]));
    }
}
