//! The communes of France, the arrondissements of three of them, and intercommunal bodies, in memory, and the search of them by name.
//!
//! What it is: a file that `make web` makes of public data (`web/france.mjs`), read once. What it is not: outlines, which nobody may ship
//! for all of France in one file, nor the territory's own areas (`core/territory`). Pure: no SQL, no HTTP.
//!
//! Invariant: every name that is given is an official one; whatever is typed is answered, in bounded time.

use crate::base::http::asset_text;
use crate::base::text::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The most answers.
pub(super) const MOST: usize = 10;

/// The most characters and words of what was typed that are read.
const LONGEST: usize = 100;
const MOST_WORDS: usize = 8;

/// Words that people leave out.
const SMALL: [&str; 13] = ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"];

/// A commune, or a body of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// `commune`, or what body it is: the end of the text's key.
    pub(super) kind: String,
    /// Of a commune or an arrondissement that of INSEE, of a body its SIREN.
    pub(super) code: String,
    pub(super) name: String,
    /// Code and name of the département, of a body that of its most populous commune.
    pub(super) home: (String, String),
    pub(super) population: Option<i64>,
    /// The codes of a body's communes, the most populous first; of Paris, Lyon and Marseille those of their arrondissements, in order.
    pub(super) members: Vec<String>,
}

/// A name of a unit as it is compared.
struct Name {
    unit: u32,
    /// Its words, small ones apart.
    words: Box<[u32]>,
    /// All of its words as one.
    squeezed: Box<str>,
}

/// All of them, the most populous first.
#[derive(Default)]
pub(super) struct France {
    /// The edition of the data; empty where the file is not there.
    pub(super) edition: String,
    units: Vec<Unit>,
    /// Sorted.
    vocabulary: Vec<Box<str>>,
    names: Vec<Name>,
    by_code: HashMap<String, usize>,
}

/// France, read when it is first asked for.
pub(super) fn france() -> &'static France {
    static FRANCE: LazyLock<France> =
        LazyLock::new(|| France::read(&asset_text("france.tsv").unwrap_or_default()));
    &FRANCE
}

/// How many people live in the commune or arrondissement of an official code; nothing for areas of another level, whose codes may be the
/// same by chance.
pub(super) fn people_of(level: &str, code: &str) -> Option<i64> {
    let level = fold(level);
    let kind = level.split_whitespace().next().unwrap_or_default().trim_end_matches('s');
    france().of_code(code).filter(|unit| unit.kind == kind)?.population.filter(|people| *people > 0)
}

impl France {
    fn read(text: &str) -> France {
        let mut departements: HashMap<&str, &str> = HashMap::new();
        let (mut france, mut split, mut named) = (France::default(), Vec::new(), Vec::new());
        for line in text.lines() {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            let (kind, code, name) = (cell(), cell(), cell());
            match kind {
                "V" => code.clone_into(&mut france.edition),
                "D" => drop(departements.insert(code, name)),
                _ => {
                    let (home, population, members, usual) = (cell(), cell(), cell(), cell());
                    let at = france.units.len();
                    france.by_code.insert(code.to_owned(), at);
                    france.units.push(Unit {
                        kind: kind.to_owned(),
                        code: code.to_owned(),
                        name: name.to_owned(),
                        home: (home.to_owned(), (*departements.get(home).unwrap_or(&"")).to_owned()),
                        population: population.parse().ok(),
                        members: members.split_whitespace().map(str::to_owned).collect(),
                    });
                    for name in std::iter::once(name).chain(usual.split('|').filter(|name| !name.is_empty()))
                    {
                        named.push(at);
                        split.push((telling(name), every(name).concat()));
                    }
                }
            }
        }
        let mut vocabulary: Vec<Box<str>> =
            split.iter().flat_map(|(words, _)| words).map(|word| word.as_str().into()).collect();
        vocabulary.sort();
        vocabulary.dedup();
        let id = |word: &String| vocabulary.binary_search_by(|known| (**known).cmp(word)).unwrap_or(0) as u32;
        france.names = (named.into_iter().zip(&split))
            .map(|(unit, (words, squeezed))| Name {
                unit: unit as u32,
                words: words.iter().map(id).collect(),
                squeezed: squeezed.as_str().into(),
            })
            .collect();
        france.vocabulary = vocabulary;
        france
    }

    /// The unit of a code.
    pub(super) fn of_code(&self, code: &str) -> Option<&Unit> {
        self.by_code.get(code.trim()).map(|at| &self.units[*at])
    }

    /// The parts of a unit, those that the file does not name left out.
    pub(super) fn members<'a>(&'a self, of: &'a Unit) -> impl Iterator<Item = &'a Unit> {
        of.members.iter().filter_map(|code| self.of_code(code))
    }

    /// What may be meant, at most [`MOST`]: the very name first, then the most populous; names that are only alike where there is no other.
    pub(super) fn search(&self, typed: &str) -> Vec<&Unit> {
        let typed: String = typed.chars().take(LONGEST).collect();
        if let Some(unit) = self.of_code(&typed.to_uppercase()) {
            return vec![unit];
        }
        let (mut words, squeezed) = (telling(&typed), every(&typed).concat());
        words.truncate(MOST_WORDS);
        if words.is_empty() {
            return Vec::new();
        }
        let as_typed: Vec<Met> = words.iter().map(|word| self.beginning_with(word)).collect();
        let found = self.ranked(&words, &as_typed, &squeezed);
        if !found.is_empty() {
            return found;
        }
        let last = words.len() - 1;
        let alike: Vec<Met> =
            words.iter().enumerate().map(|(at, word)| self.alike(word, at == last)).collect();
        self.ranked(&words, &alike, "")
    }

    /// The units of the names that every word met, the least far from it first; `squeezed` is what was typed as one word.
    fn ranked(&self, words: &[String], met: &[Met], squeezed: &str) -> Vec<&Unit> {
        let mut best: HashMap<u32, u32> = HashMap::new();
        for name in &self.names {
            let as_one = (squeezed.len() > 3 && name.squeezed.starts_with(squeezed))
                .then(|| u32::from(*name.squeezed != *squeezed));
            let by_words = self.distance(name, words, met);
            if let Some(far) = [as_one, by_words].into_iter().flatten().min() {
                let kept = best.entry(name.unit).or_insert(far);
                *kept = far.min(*kept);
            }
        }
        let mut found: Vec<(u32, u32)> = best.into_iter().map(|(unit, far)| (far, unit)).collect();
        // Units are numbered by population.
        found.sort_unstable();
        found.into_iter().take(MOST).map(|(_, unit)| &self.units[unit as usize]).collect()
    }

    /// How far a name is from what was typed: nothing for the very name, one for a name that has more, two for each letter that is wrong.
    /// Words that it does not have may be its département's, not all of them: each is as far as a letter.
    fn distance(&self, name: &Name, words: &[String], met: &[Met]) -> Option<u32> {
        let (mut taken, mut own, mut far, mut whole) = (0u64, 0, 0, true);
        for (word, met) in words.iter().zip(met) {
            let free = name.words.iter().enumerate().take(64).filter(|(slot, _)| taken & (1 << slot) == 0);
            let near = free.filter_map(|(slot, id)| Some((met.get(id)?, slot))).min();
            match near {
                Some((how, slot)) => {
                    taken |= 1 << slot;
                    own += 1;
                    far += u32::from(how.wrong);
                    whole &= how.is_whole();
                }
                None if self.is_home(name, word) => (far, whole) = (far + 1, false),
                None => return None,
            }
        }
        let is_very = whole && own == name.words.len();
        (own > 0).then(|| 2 * far + u32::from(!is_very))
    }

    fn is_home(&self, name: &Name, word: &str) -> bool {
        let (code, home) = &self.units[name.unit as usize].home;
        let is_code = code.eq_ignore_ascii_case(word) || code.trim_start_matches('0') == word;
        is_code || word.len() > 2 && every(home).iter().any(|own| own.starts_with(word))
    }

    /// Words that are as typed, or begin so.
    fn beginning_with(&self, word: &str) -> Met {
        let first = self.vocabulary.partition_point(|known| **known < *word);
        let those = self.vocabulary[first..].iter().take_while(|known| known.starts_with(word));
        let how = |known: &str| How { wrong: 0, left: u8::from(known.len() > word.len()) };
        (first as u32..).zip(those).map(|(id, known)| (id, how(known))).collect()
    }

    /// Words with a letter too many, too few, or another one: one in a word of four, two in one of eight.
    fn alike(&self, word: &str, is_last: bool) -> Met {
        let most = match word.len() {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        let all = (0u32..).zip(self.vocabulary.iter().map(|known| &**known));
        let how = |(id, known): (u32, &str)| {
            let wrong = letters_wrong(word.as_bytes(), known.as_bytes(), is_last, most)?;
            Some((id, How { wrong, left: u8::from(known.len() > word.len() + usize::from(most)) }))
        };
        all.filter_map(how).collect()
    }
}

/// The words of the vocabulary that a typed word met.
type Met = HashMap<u32, How>;

/// How a word was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct How {
    /// How many letters are wrong.
    wrong: u8,
    /// 1 where it goes on beyond what was typed.
    left: u8,
}

impl How {
    fn is_whole(self) -> bool {
        self.left == 0
    }
}

/// How many letters are to be changed, added, taken away or turned round (optimal string alignment) until a word is another, or where
/// `may_go_on` begins as it; nothing where they are more than `most`.
fn letters_wrong(typed: &[u8], known: &[u8], may_go_on: bool, most: u8) -> Option<u8> {
    let most = usize::from(most);
    if typed.len() > known.len() + most || (!may_go_on && known.len() > typed.len() + most) {
        return None;
    }
    let known = &known[..known.len().min(typed.len() + most)];
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (i, a) in typed.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in known.iter().enumerate() {
            let mut least = (row[j] + usize::from(a != b)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == known[j - 1] && typed[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        if next.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
    }
    let found = if may_go_on { row.iter().copied().min() } else { row.last().copied() };
    found.filter(|found| *found <= most).and_then(|found| u8::try_from(found).ok())
}

/// Every word of a name, shortened ones spelt out and what a body is by its letters.
fn every(text: &str) -> Vec<String> {
    let folded = fold(text);
    let parts = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let spelt = parts.map(|word| match word {
        "st" => "saint",
        "ste" => "sainte",
        "s" | "ss" => "sur",
        word => word,
    });
    let joined = spelt.collect::<Vec<_>>().join(" ");
    let short = [
        ("communaute de communes", "cc"),
        ("communaute d agglomeration", "ca"),
        ("communaute d agglo", "ca"),
        ("communaute urbaine", "cu"),
    ];
    let short = short.iter().fold(joined, |text, (long, short)| text.replace(long, short));
    short.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words of a name that tell it from others; all where there are only small ones.
fn telling(text: &str) -> Vec<String> {
    let all = every(text);
    let kept: Vec<String> = all.iter().filter(|word| !SMALL.contains(&word.as_str())).cloned().collect();
    if kept.is_empty() { all } else { kept }
}
