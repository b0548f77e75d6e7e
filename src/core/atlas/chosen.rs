//! The filter as values for a statement: what asks the database and not the live map (the desk's lists, which are bounded by a
//! scope that the map does not know) lets through exactly what tiles, lists and counts do.
//!
//! Invariant: everything that [`Filter`] can say is here; a test holds both to the same features.

use super::Filter;
use super::compile::start_of;
use super::facet::Facet;
use super::world::World;
use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use crate::core::features::Kind;
use chrono::{DateTime, Days, NaiveDate};
use serde_json::Value;

/// What a statement is told. Lists are JSON arrays, `[]` where everything passes; `0` stands for "none".
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Words of kinds.
    pub kinds: String,
    /// Words of statuses.
    pub statuses: String,
    /// Ids of themes.
    pub themes: String,
    /// Ids of processes.
    pub processes: String,
    /// Ids of areas.
    pub areas: String,
    /// `a:1`: slots of modules' facets, with the codes that each may have.
    pub filed: String,
    /// The first instant.
    pub since: Timestamp,
    /// The instant after the last.
    pub until: Timestamp,
    /// The lowest score.
    pub score_min: i64,
    /// The highest score.
    pub score_max: i64,
    /// Patterns of `like` that the folded text must each hold.
    pub patterns: String,
    /// Ids of contributions that lie in a zone.
    pub inside: String,
}

impl Chosen {
    /// The same, of these kinds alone.
    #[must_use]
    pub fn of_kinds(mut self, is_one: impl Fn(Kind) -> bool) -> Chosen {
        let asked: Vec<String> = serde_json::from_str(&self.kinds).unwrap_or_default();
        let kinds = Kind::all().iter().filter(|kind| is_one(**kind)).map(|kind| kind.word());
        let mut words: Vec<&str> =
            kinds.filter(|word| asked.is_empty() || asked.iter().any(|one| one == word)).collect();
        if words.is_empty() {
            words.push("-");
        }
        self.kinds = Value::from(words).to_string();
        self
    }
}

impl Filter {
    /// The filter as values for a statement; what a draft has can be chosen, too.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a theme, process or area that there is not.
    pub fn chosen(&self, world: &World) -> Result<Chosen> {
        self.check(world, true)?;
        let of = |name: &str| self.lists().find(|(facet, _)| facet.name == name);
        let ids = |name: &str| {
            let ids = of(name).map(|(facet, words)| world.codes(facet, words)).unwrap_or_default();
            Value::from(ids.into_iter().collect::<Vec<u32>>()).to_string()
        };
        let words = |words: Vec<&str>| Value::from(words).to_string();
        Ok(Chosen {
            kinds: words(self.kind_words()),
            filed: Value::from(self.filed_codes(world)).to_string(),
            statuses: words(self.words("status").collect()),
            themes: ids("theme"),
            processes: ids("process"),
            areas: ids("area"),
            since: self.since.map_or(DateTime::UNIX_EPOCH, midnight),
            until: self.until.map_or_else(end_of_time, |day| midnight(day + Days::new(1))),
            score_min: self.score_min.map_or(i64::MIN, i64::from),
            score_max: self.score_max.map_or(i64::MAX, i64::from),
            patterns: self.q.patterns(),
            inside: self.inside()?,
        })
    }
}

impl Filter {
    /// What lies in its zone; an id that nothing has where nothing does.
    fn inside(&self) -> Result<String> {
        match (self.within, &self.holding) {
            (Some(_), None) if !self.is_nothing => {
                Err(Error::Internal("a filter by a zone was not looked up".into()))
            }
            (Some(_), Some(ids)) if !ids.is_empty() => {
                Ok(Value::from(ids.iter().collect::<Vec<u64>>()).to_string())
            }
            (Some(_), _) => Ok("[0]".to_owned()),
            (None, _) => Ok("[]".to_owned()),
        }
    }

    /// The kinds that pass; a word that no kind has where none does. A module's facet means something within its kind only.
    fn kind_words(&self) -> Vec<&str> {
        if self.is_nothing {
            return vec!["-"];
        }
        let mut words: Vec<&str> = self.words("kind").collect();
        for own in self.lists().filter_map(|(facet, _)| facet.kind).map(Kind::word) {
            let is_let = words.is_empty() || words.contains(&own);
            words = vec![if is_let { own } else { "-" }];
        }
        words
    }

    fn filed_codes(&self, world: &World) -> Vec<String> {
        let of = |(facet, words): (&'static Facet, _)| {
            let letter = facet.slot.letter()?;
            Some(world.codes(facet, words).into_iter().map(move |code| format!("{letter}:{code}")))
        };
        self.lists().filter_map(of).flatten().collect()
    }
}

fn midnight(day: NaiveDate) -> Timestamp {
    DateTime::from_timestamp(i64::from(start_of(day)), 0).unwrap_or(DateTime::UNIX_EPOCH)
}

/// Beyond every day that can be asked for.
fn end_of_time() -> Timestamp {
    DateTime::from_timestamp(i64::from(u32::MAX), 0).unwrap_or(DateTime::UNIX_EPOCH)
}
