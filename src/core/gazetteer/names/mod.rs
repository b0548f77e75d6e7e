//! Names in memory, and the search over them that forgives: a letter too many, too few or wrong, two that changed places, words that sound
//! alike, that are run together or torn apart, in any order, shortened, with a commune or a postcode anywhere, beside words that no name has.
//!
//! What it is: the words of all names, which names have each, and a score of a name for a query. What it is not: the places (`store`
//! has them) nor their house numbers. Pure: no SQL.
//!
//! The words of a query are compared with the vocabulary (some thousands of words, most refused by two numbers), not with the names;
//! then the best names by what their words weigh are compared word by word. A rare word weighs more than `rue`.

mod alike;

use super::query::Query;
use super::sound::sound;
use super::words::{begins_a_sort, is_sort, name_words, words};
use alike::{Alike, Run, letters};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Names that are compared word by word.
const CANDIDATES: usize = 300;

/// What a word that no name has weighs against a name: it is the same for all of them.
const UNKNOWN: f32 = 4.0;

/// How much of its weight a word of the locality gives.
const IN_LOCALITY: f32 = 0.6;

/// From here on a word is as it was typed, or begins with it.
const AS_TYPED: f32 = 0.8;

/// How well a name answers: greater is better. Names of two collections compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    /// Whether every word was met as it was typed.
    pub is_complete: bool,
    /// How much of the query and of the name were met, in hundredths.
    pub met: u16,
}

/// A name that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which one, in the order in which they were given.
    pub at: usize,
    /// How well.
    pub score: Score,
    /// Which of the query's possible houses is one: no word of the name.
    pub(super) house: Option<usize>,
}

impl Hit {
    /// Whether no house was asked for.
    pub fn is_name_alone(&self) -> bool {
        self.house.is_none()
    }
}

#[derive(Debug)]
struct Token {
    text: Box<str>,
    letters: u64,
    weight: f32,
    /// Names that have it, then localities that do.
    names: Vec<u32>,
    localities: Vec<u32>,
}

#[derive(Debug)]
struct Name {
    words: Box<[u32]>,
    locality: Box<[u32]>,
}

/// A collection of names.
#[derive(Debug, Default)]
pub struct Names {
    /// Sorted by text.
    tokens: Vec<Token>,
    by_sound: HashMap<Box<str>, Vec<u32>>,
    /// Two words of a name that stand side by side, written as one.
    joined: HashMap<Box<str>, Vec<(u32, u32)>>,
    joined_by_sound: HashMap<Box<str>, Vec<(u32, u32)>>,
    names: Vec<Name>,
}

impl Names {
    /// Reads names, each with its locality.
    pub fn new<'a>(all: impl IntoIterator<Item = (&'a str, &'a str)>) -> Names {
        let split: Vec<(Vec<String>, Vec<String>)> =
            all.into_iter().map(|(name, locality)| (name_words(name), words(locality))).collect();
        let mut ids: BTreeMap<&str, u32> = BTreeMap::new();
        for word in split.iter().flat_map(|(name, locality)| name.iter().chain(locality)) {
            ids.insert(word, 0);
        }
        for (id, slot) in (0..).zip(ids.values_mut()) {
            *slot = id;
        }
        let token = |text: &&str| Token {
            text: (*text).into(),
            letters: letters(text),
            weight: 0.0,
            names: Vec::new(),
            localities: Vec::new(),
        };
        let mut names = Names { tokens: ids.keys().map(token).collect(), ..Names::default() };
        for (at, (name, locality)) in (0..).zip(&split) {
            let of = |words: &[String]| words.iter().map(|word| ids[word.as_str()]).collect::<Box<[u32]>>();
            let (own, place) = (of(name), of(locality));
            for pair in own.windows(2) {
                let text =
                    format!("{}{}", names.tokens[pair[0] as usize].text, names.tokens[pair[1] as usize].text);
                for (known, key) in [(&mut names.joined_by_sound, sound(&text)), (&mut names.joined, text)] {
                    let pairs = known.entry(key.into()).or_default();
                    if !pairs.contains(&(pair[0], pair[1])) {
                        pairs.push((pair[0], pair[1]));
                    }
                }
            }
            for id in &own {
                add(&mut names.tokens[*id as usize].names, at);
            }
            for id in &place {
                add(&mut names.tokens[*id as usize].localities, at);
            }
            names.names.push(Name { words: own, locality: place });
        }
        let count = names.names.len() as f32;
        for (id, token) in (0..).zip(&mut names.tokens) {
            let found = token.names.len().max(token.localities.len()) as f32;
            token.weight = (1.0 + count / found.max(1.0)).ln().max(0.2);
            names.by_sound.entry(sound(&token.text).into()).or_default().push(id);
        }
        names
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names that answer, the best first. Where some have every word as it was typed, only these.
    pub fn search(&self, query: &Query) -> Vec<Hit> {
        let alike: Vec<Alike> = query.words.iter().map(|typed| self.alike(typed)).collect();
        let runs = self.runs(query);
        let mut hits: Vec<Hit> = self
            .candidates(query, &alike, &runs)
            .into_iter()
            .filter_map(|at| self.hit(at as usize, query, &alike, &runs))
            .collect();
        hits.sort_by_key(|hit| (Reverse(hit.score), hit.at));
        let Some(best) = hits.first().map(|hit| hit.score) else { return hits };
        hits.retain(|hit| hit.score.is_complete == best.is_complete);
        // Far behind the best is not meant.
        hits.retain(|hit| best.is_complete || u32::from(hit.score.met) * 10 >= u32::from(best.met) * 7);
        hits
    }

    /// The names whose words weigh most, by the words alone.
    fn candidates(&self, query: &Query, alike: &[Alike], runs: &[Run]) -> Vec<u32> {
        let mut weights = vec![0.0f32; self.names.len()];
        // Where only sorts of ways were typed, they are what is looked for.
        let is_telling = |id: &u32| !is_sort(&self.tokens[*id as usize].text);
        let some_telling = query.words.iter().any(|typed| {
            !begins_a_sort(&typed.text) && !typed.text.starts_with(|c: char| c.is_ascii_digit())
        });
        // « Quai de la Gare » has nothing else.
        let only_sorts = |name: &Name| !name.words.iter().any(is_telling);
        let mut told: Vec<bool> = self.names.iter().map(|name| !some_telling || only_sorts(name)).collect();
        let mut best: HashMap<u32, f32> = HashMap::new();
        for (id, how) in alike
            .iter()
            .flatten()
            .chain(runs.iter().flat_map(|run| run.tokens.iter().map(|id| (id, &run.how))))
        {
            let kept = best.entry(*id).or_insert(0.0);
            *kept = kept.max(*how);
        }
        for (id, how) in best {
            let token = &self.tokens[id as usize];
            for at in &token.names {
                weights[*at as usize] += how * token.weight;
                told[*at as usize] |= is_telling(&id);
            }
            for at in &token.localities {
                weights[*at as usize] += how * token.weight * IN_LOCALITY;
            }
        }
        let mut found: Vec<u32> = (0..).zip(&told).filter(|(_, told)| **told).map(|(at, _)| at).collect();
        found.retain(|at| weights[*at as usize] > 0.0);
        let heavier = |a: &u32, b: &u32| weights[*b as usize].total_cmp(&weights[*a as usize]).then(a.cmp(b));
        if found.len() > CANDIDATES {
            // All of the last one's weight stay: of five hundred equal names the nearest is chosen later.
            found.select_nth_unstable_by(CANDIDATES, heavier);
            let last = weights[found[CANDIDATES] as usize];
            let mut equal: Vec<u32> =
                found[CANDIDATES..].iter().copied().filter(|at| weights[*at as usize] >= last).collect();
            found.truncate(CANDIDATES);
            equal.truncate(CANDIDATES * 4);
            found.extend(equal);
        }
        found
    }

    /// How well a name answers, if one of its own words was met.
    fn hit(&self, at: usize, query: &Query, alike: &[Alike], runs: &[Run]) -> Option<Hit> {
        let name = &self.names[at];
        let mut pairs: Vec<Pair> = Vec::new();
        for (word, found) in alike.iter().enumerate() {
            for (slot, id) in name.words.iter().enumerate() {
                if let Some(how) = found.get(id) {
                    pairs.push(Pair {
                        takes: 1 << word,
                        fills: 1 << slot,
                        how: *how,
                        weight: self.weight(*id),
                        own: true,
                    });
                }
            }
            for (slot, id) in name.locality.iter().enumerate() {
                if let Some(how) = found.get(id).filter(|_| self.may_be_locality(query, word, name, alike)) {
                    let fills = 1u64 << (32 + slot.min(31));
                    pairs.push(Pair {
                        takes: 1 << word,
                        fills,
                        how: *how,
                        weight: self.weight(*id) * IN_LOCALITY,
                        own: false,
                    });
                }
            }
        }
        for run in runs {
            let length = run.tokens.len();
            for slot in 0..name.words.len().saturating_sub(length - 1) {
                if name.words[slot..slot + length] == run.tokens[..] {
                    let weight = run.tokens.iter().map(|id| self.weight(*id)).sum();
                    let fills = ((1u64 << length) - 1) << slot;
                    pairs.push(Pair { takes: run.takes, fills, how: run.how, weight, own: true });
                }
            }
        }
        // The heaviest first; a word is met once and meets once.
        pairs.sort_by(|a, b| (b.how * b.weight).total_cmp(&(a.how * a.weight)).then(a.takes.cmp(&b.takes)));
        let (mut taken, mut filled, mut got, mut worst) = (0u16, 0u64, 0.0, 1.0f32);
        let (mut asked, mut own, mut any_own) = (0.0, 0.0, false);
        for pair in pairs {
            if taken & pair.takes == 0 && filled & pair.fills == 0 {
                taken |= pair.takes;
                filled |= pair.fills;
                got += pair.how * pair.weight;
                asked += pair.weight;
                worst = worst.min(pair.how);
                if pair.own {
                    any_own = true;
                    own += pair.weight;
                }
            }
        }
        if !any_own {
            return None;
        }
        let house = query.houses.iter().position(|house| taken & house.takes == 0);
        let left_out = house.map_or(0, |house| query.houses[house].takes);
        let unmet = (0..query.words.len()).filter(|word| (taken | left_out) & (1 << word) == 0).count();
        let all: f32 = name.words.iter().map(|id| self.weight(*id)).sum();
        let continued = query.open.as_ref().is_some_and(|open| {
            (0..).zip(&name.words).any(|(slot, id)| {
                filled & (1 << slot) == 0 && self.tokens[*id as usize].text.starts_with(open.as_str())
            })
        });
        let met = got / (asked + UNKNOWN * unmet as f32);
        let of_name = own / all.max(0.1);
        let in_order = if is_in_order(query, name, alike) { 0.02 } else { 0.0 };
        let score = 0.74 * met + 0.23 * of_name + in_order + if continued { 0.05 } else { 0.0 };
        let is_complete = unmet == 0 && worst >= AS_TYPED;
        Some(Hit { at, score: Score { is_complete, met: (score * 100.0).round() as u16 }, house })
    }

    fn weight(&self, id: u32) -> f32 {
        self.tokens[id as usize].weight
    }

    /// Whether a word may stand for a locality: « 11 » does behind « Paris » only, else it is a house.
    fn may_be_locality(&self, query: &Query, word: usize, name: &Name, alike: &[Alike]) -> bool {
        let text = query.words[word].text.as_str();
        let is_short_figure = text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
        !is_short_figure || word > 0 && name.locality.iter().any(|id| alike[word - 1].contains_key(id))
    }
}

/// Whether the words were typed in the name's order.
fn is_in_order(query: &Query, name: &Name, alike: &[Alike]) -> bool {
    let slots = (0..query.words.len())
        .filter_map(|word| name.words.iter().position(|id| alike[word].contains_key(id)));
    slots.collect::<Vec<_>>().is_sorted()
}

/// A word of a query beside a word of a name.
struct Pair {
    takes: u16,
    fills: u64,
    how: f32,
    weight: f32,
    own: bool,
}

fn add(to: &mut Vec<u32>, at: u32) {
    if to.last() != Some(&at) {
        to.push(at);
    }
}
