//! What was typed, read as a name, with or without a house number. No SQL.

use super::model::House;
use super::words::{findable, folded, is_sort, is_stop, spelt, words};

/// The most characters of a query that are read.
pub const LONGEST: usize = 120;

/// The most words of a query that must be met; further ones are ignored.
pub const MOST_WORDS: usize = 8;

/// How well a name answers: first by the reading, then by the name. Smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// 0 the words as a name, 1 a house that is known, 2 words found in name and locality, 3 a house that is not known.
    pub reading: u8,
    /// 0 the very name, 1 its beginning or its end, 2 some of its words.
    pub name: i64,
}

/// A query: every way in which it can be read, the likeliest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Empty where nothing that could be found was typed.
    pub readings: Vec<Reading>,
}

/// One way to read a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The words that must each begin a word of the place.
    words: Vec<String>,
    /// The same spelt out, as names are compared.
    folded: String,
    /// A small word at the end that may be the beginning of a longer one.
    open: Option<String>,
    /// Whether the words must be in the name, not in the locality.
    in_name: bool,
    /// The house.
    pub house: Option<House>,
}

/// A name to be matched in memory.
#[derive(Debug, Clone)]
pub struct Named {
    folded: String,
    search: String,
}

impl Named {
    /// Prepares a name.
    pub fn new(name: &str, locality: &str) -> Named {
        Named { folded: folded(name), search: findable(name, locality) }
    }
}

impl Query {
    /// Reads what was typed: any text at all.
    pub fn read(text: &str) -> Query {
        let text: String = text.chars().take(LONGEST).collect();
        let all = words(&text);
        let mut readings = Vec::new();
        let is_numbered = all.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        // « Rue du 8 mai 1945 » and « 12 rue du 8 mai 1945 »: a name that has the figures in it comes first.
        readings.extend(Reading::new(&all, None, is_numbered));
        if is_numbered {
            if let Some((house, rest)) = leading(&all) {
                readings.extend(Reading::new(rest, Some(house), false));
            }
            if let Some((house, rest)) = trailing(&all) {
                readings.extend(Reading::new(rest, Some(house), false));
            }
            readings.extend(Reading::new(&all, None, false));
        }
        Query { readings }
    }
}

impl Reading {
    fn new(all: &[String], house: Option<House>, in_name: bool) -> Option<Reading> {
        let mut kept: Vec<String> = all.iter().filter(|word| !is_stop(word)).cloned().collect();
        let open = all.last().filter(|word| is_stop(word)).cloned();
        if kept.is_empty() {
            kept = all.to_vec();
        }
        kept.truncate(MOST_WORDS);
        if kept.is_empty() {
            return None;
        }
        let spelt_out: Vec<&str> = kept.iter().enumerate().map(|(at, word)| spelt(word, at == 0)).collect();
        Some(Reading { folded: spelt_out.join(" "), words: kept, open, in_name, house })
    }

    /// Whether figures are taken for words of the locality, as in « Bastille 11e ».
    pub(super) fn is_last_resort(&self) -> bool {
        let is_figure = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
        self.house.is_none() && !self.in_name && self.words.iter().any(is_figure)
    }

    /// `LIKE` patterns of the words, always [`MOST_WORDS`]: what is left over matches everything.
    pub(super) fn patterns(&self) -> [String; MOST_WORDS] {
        let tail = if self.in_name { "% |%" } else { "%" };
        std::array::from_fn(|at| {
            self.words.get(at).map_or_else(|| "%".into(), |word| format!("% {word}{tail}"))
        })
    }

    /// The name as it is compared, and `LIKE` patterns of what begins and what ends with it.
    pub(super) fn names(&self) -> (String, String, String) {
        (self.folded.clone(), format!("{}%", self.folded), format!("% {}", self.folded))
    }

    /// `LIKE` pattern of what continues the small word at the end.
    pub(super) fn continued(&self) -> String {
        self.open.as_ref().map_or_else(|| "%".into(), |word| format!("% {word}%"))
    }

    /// The rank of a place that the database found by this reading.
    pub(super) fn rank(&self, name: i64, is_known: bool) -> Rank {
        let reading = match (&self.house, is_known) {
            (None, _) if self.in_name => 0,
            (None, _) => 2,
            (Some(_), true) => 1,
            (Some(_), false) => 3,
        };
        Rank { reading, name }
    }

    /// The rank of a name in memory, if every word is met. A name that stands for an area has no houses.
    pub fn matches(&self, named: &Named) -> Option<Rank> {
        let (name, _) = named.search.split_once(" |").unwrap_or((&named.search, ""));
        let text = if self.in_name { name } else { &named.search };
        let is_met = |word: &String| text.contains(&format!(" {word}"));
        if self.house.is_some() || !self.words.iter().all(is_met) {
            return None;
        }
        let ends = || named.folded.ends_with(&format!(" {}", self.folded));
        let name = match () {
            () if named.folded == self.folded => 0,
            () if named.folded.starts_with(&self.folded) || ends() => 1,
            () => 2,
        };
        Some(self.rank(name, false))
    }
}

/// A house number: one to four digits that are not all 0, and perhaps a suffix.
fn house(word: &str) -> Option<House> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, suffix) = word.split_at(digits);
    let number = digits.parse().ok().filter(|number| digits.len() <= 4 && *number > 0)?;
    (suffix.is_empty() || is_suffix(suffix)).then(|| House { number, suffix: suffix.to_owned() })
}

fn is_suffix(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic()) || is_ordinal(word)
}

fn is_ordinal(word: &str) -> bool {
    ["bis", "ter", "quater", "quinquies"].contains(&word)
}

/// A line of an address file, `0012 bis RUE DE LA PAIX`: the house, and the name as it is written. Figures that are no house
/// (0, or more than four of them, which files give to what has none) are left out.
pub fn split_line(line: &str) -> (Option<House>, &str) {
    let mut pieces = line.trim().splitn(2, ' ');
    let (first, rest) = (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default().trim_start());
    if rest.is_empty() || !first.starts_with(|c: char| c.is_ascii_digit()) {
        return (None, line.trim());
    }
    let found = house(&first.to_lowercase());
    let (next, after) = rest.split_once(' ').unwrap_or_default();
    let suffix = next.to_lowercase();
    match found {
        Some(found) if found.suffix.is_empty() && is_suffix_of_line(&suffix, after) => {
            (Some(House { suffix, ..found }), after.trim_start())
        }
        found if found.is_some() || first.bytes().all(|b| b.is_ascii_digit()) => (found, rest),
        _ => (None, line.trim()),
    }
}

/// Whether what stands after a number of a file belongs to it: `12 B Le Bourg`, `2 bv Place d'Italie`, but not `12 R DE LA
/// PAIX`.
fn is_suffix_of_line(word: &str, after: &str) -> bool {
    let next = words(after.split_whitespace().next().unwrap_or_default());
    let is_before_sort = next.first().is_some_and(|next| is_sort(next));
    let is_short = (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric());
    is_ordinal(word)
        || is_short && is_before_sort
        || is_suffix(word) && !is_sort(word) && !["d", "l"].contains(&word) && !after.is_empty()
}

/// `12 bis rue…`: the house and what follows.
fn leading(all: &[String]) -> Option<(House, &[String])> {
    let (first, rest) = all.split_first()?;
    let mut found = house(first)?;
    let mut rest = rest;
    if let Some((next, after)) = rest.split_first()
        && found.suffix.is_empty()
        // « 12 r de la Paix » is no number 12 R, « 12 b rue… » is a number 12 B.
        && (is_ordinal(next) || is_suffix(next) && after.first().is_some_and(|word| is_sort(word)))
    {
        found.suffix.clone_from(next);
        rest = after;
    }
    (!rest.is_empty()).then_some((found, rest))
}

/// `rue de la Paix, 12 bis`: the house and what is before it.
fn trailing(all: &[String]) -> Option<(House, &[String])> {
    let (last, rest) = all.split_last()?;
    let (found, rest) = match (house(last), rest.split_last()) {
        (Some(found), _) => (found, rest),
        (None, Some((before, rest))) if is_suffix(last) => {
            let found = house(before).filter(|found| found.suffix.is_empty())?;
            (House { suffix: last.clone(), ..found }, rest)
        }
        _ => return None,
    };
    (!rest.is_empty()).then_some((found, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn houses(text: &str) -> Vec<String> {
        let read = Query::read(text);
        read.readings.iter().filter_map(|r| r.house.as_ref().map(|h| format!("{h} @ {}", r.folded))).collect()
    }

    #[test]
    fn a_house_number_is_read_before_and_after_the_name() {
        for (text, expected) in [
            ("12 bis rue de la paix", vec!["12 bis @ rue paix"]),
            ("12bis, r. de la Paix", vec!["12 bis @ rue paix"]),
            ("12 b av foch", vec!["12 B @ avenue foch"]),
            ("12 r de la paix", vec!["12 @ rue paix"]),
            ("rue de la Paix 12 ter", vec!["12 ter @ rue paix"]),
            ("bd St Michel, 7", vec!["7 @ boulevard saint michel"]),
            ("rue du 8 mai 1945", vec!["1945 @ rue 8 mai"]),
            ("12", vec![]),
            ("75002 paris", vec![]),
            ("0 rue", vec![]),
            ("rue de la paix", vec![]),
        ] {
            assert_eq!(houses(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_of_a_file_is_split_into_house_and_name() {
        for (line, expected) in [
            ("12 bis Rue de la Paix", ("12 bis", "Rue de la Paix")),
            ("0065 AV DU GENERAL", ("65", "AV DU GENERAL")),
            ("7 B Impasse des Lilas", ("7 B", "Impasse des Lilas")),
            ("7 B Le Bourg", ("7 B", "Le Bourg")),
            ("2 bv Place d'Italie", ("2 bv", "Place d'Italie")),
            ("12 R DE LA PAIX", ("12", "R DE LA PAIX")),
            ("12 AV FOCH", ("12", "AV FOCH")),
            ("7b Impasse des Lilas", ("7 B", "Impasse des Lilas")),
            ("Rue de la Paix", ("", "Rue de la Paix")),
            ("0 Le Bourg", ("", "Le Bourg")),
            ("99999 Le Bourg", ("", "Le Bourg")),
            ("12", ("", "12")),
            ("8e Régiment", ("8 E", "Régiment")),
            ("", ("", "")),
        ] {
            let (house, name) = split_line(line);
            assert_eq!((house.map(|h| h.to_string()).unwrap_or_default().as_str(), name), expected, "{line}");
        }
    }

    #[test]
    fn a_name_in_memory_ranks_by_how_much_of_it_was_typed() {
        let named = Named::new("Saint-Loup-d’Aubrelle", "Val d’Aubrelle");
        let rank =
            |text: &str| Query::read(text).readings.iter().find_map(|r| r.matches(&named)).map(|r| r.name);
        assert_eq!(rank("st loup d'aubrelle"), Some(0));
        assert_eq!(rank("saint lo"), Some(1));
        assert_eq!(rank("aubrelle"), Some(1));
        assert_eq!(rank("loup val"), Some(2));
        assert_eq!(rank("lou"), Some(2));
        assert_eq!(rank("oup"), None);
        assert_eq!(rank("12 saint loup"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>(), more in "[0-9a-zé' ,|%_-]{0,200}") {
            for text in [&text, &more] {
                for reading in Query::read(text).readings {
                    prop_assert!((1..=MOST_WORDS).contains(&reading.words.len()));
                    prop_assert!(reading.words.iter().all(|w| w.bytes().all(|b| b.is_ascii_alphanumeric())));
                }
            }
        }
    }
}
