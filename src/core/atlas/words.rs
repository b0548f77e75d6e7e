//! The filter by words. The live map holds no texts: the database says which features hold the words, and the map then
//! filters by their ids, so that tiles, lists and counts agree here, too.
//!
//! Invariant: a kept set is never older than the texts. It is kept under the stamp of the last journal line that changed
//! any text, read before the database is asked; the follower moves that stamp before anybody is told that a line was applied.

use super::{Atlas, Filter};
use crate::base::db::Db;
use crate::base::error::Result;
use crate::base::i18n::Message;
use crate::base::ids::Seq;
use crate::base::text::fold;
use crate::core::features;
use parvis_tiles::IdSet;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The longest text that is looked for, in characters.
const LONGEST: usize = 100;

/// Memory for sets of features by words, in bytes.
const MEMORY: u64 = 16 << 20;

/// Words looked for, and how they were typed. Two are equal when their folded words are.
#[derive(Debug, Clone, Default)]
pub struct Words {
    typed: String,
    folded: BTreeSet<String>,
}

impl Words {
    /// Words apart by white space.
    ///
    /// # Errors
    /// For a text above a hundred characters.
    pub(super) fn of_text(text: &str) -> Result<Words, Message> {
        let typed = text.trim().to_owned();
        if typed.chars().count() > LONGEST {
            return Err(Message::new("filter-text-too-long").with("most", LONGEST));
        }
        let folded = fold(&typed).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        Ok(Words { typed, folded })
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// The words as they were typed, for the field that they were typed into.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The words as patterns of `like` (escaped by `\`), each of which a folded text holds: a JSON array.
    pub(super) fn patterns(&self) -> String {
        let words: Vec<&str> = self.folded.iter().map(String::as_str).collect();
        features::search::patterns(&words)
    }

    /// The words without accents or case, in order: one text for one meaning.
    pub(super) fn canonical(&self) -> String {
        self.folded.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Words) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Words {}

impl Hash for Words {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

/// Words, and the stamp up to which the texts are known.
type Key = (String, u64);

#[derive(Debug, Clone)]
pub(super) struct Weight;

impl Weighter<Key, Arc<IdSet>> for Weight {
    fn weight(&self, (words, _): &Key, ids: &Arc<IdSet>) -> u64 {
        (words.len() + ids.len() * size_of::<u64>() + 128) as u64
    }
}

/// Which features hold which words, as far as it was asked for.
pub(super) struct Lookups {
    changed: AtomicU64,
    pub(super) kept: Cache<Key, Arc<IdSet>, Weight>,
}

impl Lookups {
    pub(super) fn new(seq: Seq) -> Lookups {
        Lookups {
            changed: AtomicU64::new(seq.unsigned_abs()),
            kept: Cache::with_weighter(256, MEMORY, Weight),
        }
    }

    /// Texts changed up to this stamp. The follower's word alone.
    pub(super) fn texts_changed(&self, stamp: u64) {
        self.changed.store(stamp, Ordering::Release);
    }
}

impl Atlas {
    /// The filter, ready to be asked: where it looks for words or within a zone, with the features that hold them all and lie there. Every
    /// other filter comes back as it is, at once. Where there is no such zone, nothing passes.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn look_up(&self, db: &Db, mut filter: Filter) -> Result<Filter> {
        let inside = match filter.within {
            None => None,
            Some(zone) => {
                let inside = self.inside(db, zone).await?;
                filter.is_nothing |= inside.is_none();
                inside
            }
        };
        let mut words = None;
        if !filter.q.is_empty() {
            // The stamp first, the rows after: what is kept can be newer than its stamp, never older.
            let stamp = self.lookups.changed.load(Ordering::Acquire);
            let folded: Vec<&str> = filter.q.folded.iter().map(String::as_str).collect();
            let ask = async {
                let ids = features::search::holding(db, &folded).await?;
                Ok::<_, crate::base::error::Error>(Arc::new(ids.into_iter().map(i64::unsigned_abs).collect()))
            };
            // A page's twenty tiles ask at the same time: one of them asks the database, the others wait for it.
            let key = (filter.q.canonical(), stamp);
            words = Some(self.lookups.kept.get_or_insert_async(&key, ask).await?);
        }
        filter.holding = match (words, inside) {
            (Some(words), Some(inside)) => {
                Some(Arc::new(words.iter().filter(|id| inside.contains(*id)).collect()))
            }
            (words, inside) => words.or(inside),
        };
        Ok(filter)
    }
}
