//! What a reader wants to see: for each category column a set of codes, a range of scores, a range of times, and where
//! the caller knows better than the columns (a text search, for instance), the very items.
//!
//! Not here: how a filter is run over columns (`chunk.rs`, `scan.rs`), nor what a column means — that is the
//! caller's. Invariant: [`Filter::accepts`] is the definition; every faster way must agree with it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How many category columns an item has.
pub const COLUMNS: usize = 8;
/// One code a category column.
pub type Codes = [u32; COLUMNS];

/// What an item is filtered, counted and ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Attributes {
    /// One code a category column.
    pub codes: Codes,
    /// A number that changes often; summed in clusters.
    pub score: i32,
    /// Seconds since 1970-01-01 UTC.
    pub time: u32,
}

/// A set of category codes: one bit a code, grown as needed. Codes are meant to be small and dense; a set that holds
/// code n takes n/8 bytes.
#[derive(Debug, Clone, Default)]
pub struct CodeSet {
    words: Vec<u64>,
}

impl CodeSet {
    /// The empty set, which accepts nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a code.
    pub fn insert(&mut self, code: u32) {
        let word = code as usize / 64;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= 1 << (code % 64);
    }

    /// Whether the code is in the set.
    #[must_use]
    #[inline]
    pub fn contains(&self, code: u32) -> bool {
        self.words.get(code as usize / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }

    /// Whether no code is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// The codes, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().zip(0u32..).flat_map(|(&word, i)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| i * 64 + bit)
        })
    }
}

impl PartialEq for CodeSet {
    // Trailing zero words carry no code: two sets are equal when they hold the same codes.
    fn eq(&self, other: &Self) -> bool {
        let n = self.words.len().max(other.words.len());
        let word = |set: &Self, i: usize| set.words.get(i).copied().unwrap_or(0);
        (0..n).all(|i| word(self, i) == word(other, i))
    }
}
impl Eq for CodeSet {}

impl Hash for CodeSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // As equality: without trailing zero words.
        let n = self.words.iter().rposition(|&word| word != 0).map_or(0, |last| last + 1);
        self.words[..n].hash(state);
    }
}

impl FromIterator<u32> for CodeSet {
    fn from_iter<I: IntoIterator<Item = u32>>(codes: I) -> Self {
        let mut set = Self::default();
        codes.into_iter().for_each(|code| set.insert(code));
        set
    }
}

/// A set of item ids, sorted once. Two sets are equal when they hold the same ids; a digest taken once makes them cheap
/// to compare and to hash, so that whatever is kept by filter is kept by what the set holds, not by what it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdSet {
    digest: u64,
    ids: Box<[u64]>,
}

impl IdSet {
    /// Whether the id is in the set.
    #[must_use]
    #[inline]
    pub fn contains(&self, id: u64) -> bool {
        self.ids.binary_search(&id).is_ok()
    }

    /// The ids in order.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.ids.iter().copied()
    }

    /// How many ids the set holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether the set holds no id.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// A digest of the ids: the same for equal sets, in this process.
    #[must_use]
    pub fn digest(&self) -> u64 {
        self.digest
    }
}

impl FromIterator<u64> for IdSet {
    fn from_iter<I: IntoIterator<Item = u64>>(ids: I) -> Self {
        let mut ids: Vec<u64> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut hasher = DefaultHasher::new();
        ids.hash(&mut hasher);
        Self { digest: hasher.finish(), ids: ids.into() }
    }
}

impl Hash for IdSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

/// What is let through: all conditions must hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    /// For each category column the codes let through; `None` lets every code through.
    pub codes: [Option<CodeSet>; COLUMNS],
    /// Scores let through, ends included.
    pub score: RangeInclusive<i32>,
    /// Times let through in seconds since 1970, ends included.
    pub time: RangeInclusive<u32>,
    /// The only items let through; `None` lets every item through.
    pub ids: Option<Arc<IdSet>>,
}

impl Default for Filter {
    fn default() -> Self {
        Self { codes: Default::default(), score: i32::MIN..=i32::MAX, time: 0..=u32::MAX, ids: None }
    }
}

impl Filter {
    /// Whether the item of this id, with these attributes, is let through.
    #[must_use]
    pub fn accepts(&self, id: u64, attributes: &Attributes) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(id)) && self.has(attributes)
    }

    fn has(&self, attributes: &Attributes) -> bool {
        self.score.contains(&attributes.score)
            && self.time.contains(&attributes.time)
            && self
                .codes
                .iter()
                .zip(attributes.codes)
                .all(|(set, code)| set.as_ref().is_none_or(|set| set.contains(code)))
    }

    /// Whether everything is let through by construction (a full set of codes is not looked into).
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.codes.iter().all(Option::is_none)
            && *self.score.start() == i32::MIN
            && *self.score.end() == i32::MAX
            && *self.time.start() == 0
            && *self.time.end() == u32::MAX
            && self.ids.is_none()
    }

    /// This filter with a column narrowed to some codes.
    ///
    /// # Panics
    /// When `column` is not below [`COLUMNS`].
    #[must_use]
    pub fn with_codes(mut self, column: usize, codes: impl IntoIterator<Item = u32>) -> Self {
        self.codes[column] = Some(codes.into_iter().collect());
        self
    }
}
