//! What was typed, as words to be compared with names. No SQL, no opinion on which name is meant (`names` has it).

use super::house::house_at;
use super::model::House;
use super::words::{is_stop, words};

/// The most characters of a query that are read.
pub const LONGEST: usize = 120;

/// The most words of a query that are looked for; further ones are ignored.
pub const MOST_WORDS: usize = 10;

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The words that matter, as they were typed: lower-case ASCII letters and digits.
    pub(super) words: Vec<Typed>,
    /// A small word at the end that may be the beginning of a longer one.
    pub(super) open: Option<String>,
    /// What may be a house, in the order of the likeliest: it is one where no name has that word.
    pub(super) houses: Vec<Houses>,
}

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) text: String,
    /// Whether somebody may still be typing it.
    pub(super) is_last: bool,
}

/// What may be a house: itself, and which words of the query it would take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Houses {
    pub(super) house: House,
    pub(super) takes: u16,
    pub(super) first: usize,
}

impl Query {
    /// Reads what was typed: any text at all.
    pub fn read(text: &str) -> Query {
        let text: String = text.chars().take(LONGEST).collect();
        let all = words(&text);
        let is_kept = |word: &String| !is_stop(word);
        let only_small = !all.iter().any(is_kept);
        // Where each kept word stands among all.
        let kept: Vec<usize> =
            (0..all.len()).filter(|at| only_small || is_kept(&all[*at])).take(MOST_WORDS).collect();
        let typed = kept.iter().map(|at| Typed { text: all[*at].clone(), is_last: at + 1 == all.len() });
        let open = all.last().filter(|word| !only_small && is_stop(word)).cloned();
        let houses = kept.iter().enumerate().filter_map(|(first, at)| {
            let (house, took) = house_at(&all, *at)?;
            let takes =
                (first..kept.len()).filter(|other| kept[*other] < at + took).fold(0, |mask, n| mask | 1 << n);
            Some(Houses { house, takes, first })
        });
        // Before the name, then after it, then among its words.
        let mut houses: Vec<Houses> = houses.collect();
        houses.sort_by_key(|house| match house.first {
            0 => 0,
            first if first + (house.takes.count_ones() as usize) == kept.len() => 1,
            _ => 2,
        });
        Query { words: typed.collect(), open, houses }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let query = Query::read(text);
        let words = query.words.into_iter().map(|word| word.text).collect();
        (words, query.houses.into_iter().map(|house| house.house.to_string()).collect())
    }

    #[test]
    fn small_words_are_left_out_and_what_may_be_a_house_is_told_the_likeliest_first() {
        let strings = |all: &[&str]| all.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        for (text, words, houses) in [
            ("12 bis, rue de la Paix", &["12", "bis", "rue", "paix"][..], &["12 bis"][..]),
            ("Rue du 8 mai 1945, 12", &["rue", "8", "mai", "1945", "12"], &["12", "8", "1945"]),
            ("la", &["la"], &[]),
            ("75002 Paris", &["75002", "paris"], &[]),
            ("", &[], &[]),
        ] {
            assert_eq!(read(text), (strings(words), strings(houses)), "{text}");
        }
        assert_eq!(Query::read("rue le").open.as_deref(), Some("le"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>(), more in "[0-9a-zé' ,|%_-]{0,200}") {
            for text in [&text, &more] {
                let query = Query::read(text);
                prop_assert!(query.words.len() <= MOST_WORDS);
                prop_assert!(query.words.iter().all(|w| w.text.bytes().all(|b| b.is_ascii_alphanumeric())));
                prop_assert!(query.houses.iter().all(|house| house.takes != 0));
            }
        }
    }
}
