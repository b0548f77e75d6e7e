//! Which words of the vocabulary a typed one may mean, and how well: as it is, as a beginning, spelt out, a letter or two away, by its
//! sound, run together or torn apart. What it is not: which name is meant (the rest of `names`).

use super::{AS_TYPED, Names};
use crate::core::gazetteer::query::{Query, Typed};
use crate::core::gazetteer::sound::sound;
use crate::core::gazetteer::words::alternatives;
use std::collections::HashMap;

/// How alike each word of the vocabulary is to a typed one: by token.
pub(super) type Alike = HashMap<u32, f32>;

impl Names {
    /// The words of the vocabulary that a typed one may mean.
    pub(super) fn alike(&self, typed: &Typed) -> Alike {
        let mut found = Alike::new();
        let mut keep = |id: u32, how: f32| {
            let best = found.entry(id).or_insert(0.0);
            *best = best.max(how);
        };
        for (text, how) in alternatives(&typed.text) {
            let from = self.tokens.partition_point(|token| &*token.text < text.as_str());
            for (id, token) in (from..).zip(&self.tokens[from..]) {
                if !token.text.starts_with(text.as_str()) {
                    break;
                }
                let share = text.len() as f32 / token.text.len() as f32;
                let is_figure = text.bytes().all(|b| b.is_ascii_digit());
                match token.text.len() == text.len() {
                    true => keep(id as u32, how),
                    // « 1 » is no beginning of « 1945 », unless somebody is typing.
                    false if is_figure && !typed.is_last => {}
                    false if text.len() < 3 && !typed.is_last => keep(id as u32, 0.5 + 0.2 * share),
                    false => keep(id as u32, (AS_TYPED + 0.15 * share) * how),
                }
            }
        }
        let text = typed.text.as_str();
        if text.len() < 3 || text.starts_with(|c: char| c.is_ascii_digit()) {
            return found;
        }
        for id in self.by_sound.get(sound(text).as_str()).into_iter().flatten() {
            keep(*id, 0.78);
        }
        self.misspelt(text, typed.is_last, &mut keep);
        found
    }

    /// Words that are a letter or two away.
    fn misspelt(&self, text: &str, is_last: bool, keep: &mut impl FnMut(u32, f32)) {
        let (own, length) = (letters(text), text.len());
        let most = match length {
            0..4 => return,
            4..7 => 1,
            _ => 2,
        };
        for (id, token) in (0..).zip(&self.tokens) {
            let other = token.text.len();
            // Each wrong letter changes at most two of the letters that a word has.
            if other.abs_diff(length) <= most && (own ^ token.letters).count_ones() as usize <= 2 * most {
                let away = strsim::osa_distance(text, &token.text);
                if away <= most && other >= 3 {
                    let same_start = token.text.as_bytes().first() == text.as_bytes().first();
                    keep(id, 0.86 - 0.5 * away as f32 / length as f32 - if same_start { 0.0 } else { 0.05 });
                }
            } else if is_last && length >= 5 && other > length {
                // Somebody is typing, and has mistyped already.
                let begun = token.text.get(..length).unwrap_or_default();
                if (own ^ letters(begun)).count_ones() <= 2 && strsim::osa_distance(text, begun) <= 1 {
                    keep(id, 0.62);
                }
            }
        }
    }

    /// Two typed words that are one of a name, and one that is two of a name: which words are taken, and by which tokens.
    pub(super) fn runs(&self, query: &Query) -> Vec<Run> {
        let mut runs = Vec::new();
        for (at, typed) in query.words.iter().enumerate().filter(|(_, typed)| typed.text.len() >= 5) {
            let said = self
                .joined_by_sound
                .get(sound(&typed.text).as_str())
                .into_iter()
                .flatten()
                .map(|pair| (pair, 0.75));
            let written = self.joined.get(typed.text.as_str()).into_iter().flatten().map(|pair| (pair, 0.95));
            for ((one, other), how) in written.chain(said) {
                runs.push(Run { takes: 1 << at, tokens: vec![*one, *other], how });
            }
        }
        for (at, pair) in query.words.windows(2).enumerate() {
            let text = format!("{}{}", pair[0].text, pair[1].text);
            if text.len() < 5 || text.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let alike = self.alike(&Typed { text, is_last: false });
            runs.extend(alike.into_iter().filter(|(_, how)| *how > 0.75).map(|(id, how)| Run {
                takes: 0b11 << at,
                tokens: vec![id],
                how: how * 0.95,
            }));
        }
        runs
    }
}

/// Words of a query that are tokens of a name only together.
pub(super) struct Run {
    pub(super) takes: u16,
    pub(super) tokens: Vec<u32>,
    pub(super) how: f32,
}

/// Which letters and figures a word has, a bit each.
pub(super) fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |set, b| match b {
        b'a'..=b'z' => set | 1 << (b - b'a'),
        b'0'..=b'9' => set | 1 << (26 + b - b'0'),
        _ => set,
    })
}
