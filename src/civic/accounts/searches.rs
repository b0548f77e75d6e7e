//! Which words were looked for just now, so that one search is counted once, however many addresses of a page ask for it.

use crate::base::text::fold;
use std::collections::VecDeque;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, PoisonError};

/// How many searches are remembered.
const REMEMBERED: usize = 64;

/// The last searches of everybody, as numbers that say nothing without this server's own key.
#[derive(Debug, Default)]
pub(super) struct Searches {
    key: RandomState,
    last: Mutex<VecDeque<u64>>,
}

impl Searches {
    /// Whether these words were not among the last that were looked for; now they are.
    pub(super) fn is_new(&self, words: &str) -> bool {
        let number = self.key.hash_one(words);
        // A panic of another thread left a shorter list at worst.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.contains(&number) {
            return false;
        }
        if last.len() == REMEMBERED {
            last.pop_front();
        }
        last.push_back(number);
        true
    }
}

/// The words that an address looks for (`q=`), folded; nothing where it looks for none.
pub(super) fn words(query: Option<&str>) -> Option<String> {
    let query = query.filter(|query| query.contains("q="))?;
    let said = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == "q")
        .map(|(_, words)| fold(&words));
    let words = said.collect::<Vec<_>>().join(" ").trim().to_owned();
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_one_search_and_others_are_another() {
        let searches = Searches::default();
        assert!(searches.is_new("banc") && !searches.is_new("banc") && searches.is_new("arbre"));
        for n in 0..REMEMBERED {
            assert!(searches.is_new(&n.to_string()));
        }
        assert!(searches.is_new("banc"), "forgotten");
        assert_eq!(words(Some("theme=a&q=%C3%89cole")), Some("ecole".into()));
        assert_eq!((words(Some("q=")), words(Some("query=a")), words(None)), (None, None, None));
    }
}
