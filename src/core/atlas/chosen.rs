//! The filter as values for a statement: what asks the database and not the live map (the desk's lists, which are bounded by a
//! scope that the map does not know) lets through exactly what tiles, lists and counts do.
//!
//! Invariant: everything that [`Filter`] can say is here; a test holds both to the same features.

use super::Filter;
use super::facet::Facet;
use super::filter::{NONE_WORD, start_of};
use super::world::World;
use crate::base::clock::Timestamp;
use crate::base::error::Result;
use crate::modules::facets;
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
}

impl Filter {
    /// The filter as values for a statement; what a draft has can be chosen, too.
    ///
    /// # Errors
    /// [`crate::base::error::Error::Invalid`] for a theme, process or area that there is not.
    pub fn chosen(&self, world: &World) -> Result<Chosen> {
        if let Err(crate::base::error::Error::Invalid(problems)) = self.check(world) {
            // An agent chooses among what a draft has, too.
            let is_known = |problem: &crate::base::error::Problem| match problem.field.as_str() {
                "theme" => self
                    .theme
                    .iter()
                    .all(|slug| slug == NONE_WORD || world.themes().iter().any(|t| t.slug == *slug)),
                "process" => self
                    .process
                    .iter()
                    .all(|slug| slug == NONE_WORD || world.processes().iter().any(|p| p.slug == *slug)),
                _ => false,
            };
            let wrong: Vec<_> = problems.into_iter().filter(|problem| !is_known(problem)).collect();
            if !wrong.is_empty() {
                return Err(crate::base::error::Error::Invalid(wrong));
            }
        }
        let ids = |slugs: &std::collections::BTreeSet<String>, find: &dyn Fn(&str) -> Option<i64>| {
            let id = |slug: &String| if slug == NONE_WORD { Some(0) } else { find(slug) };
            Value::from(slugs.iter().filter_map(id).collect::<Vec<i64>>()).to_string()
        };
        let theme =
            |slug: &str| world.themes().iter().find(|theme| theme.slug == slug).map(|theme| theme.id.0);
        let process =
            |slug: &str| world.processes().iter().find(|known| known.slug == slug).map(|known| known.id.0);
        let area = |slug: &str| world.territory().of_slug(slug).map(|area| area.id.0);
        let words = |words: Vec<&'static str>| Value::from(words).to_string();
        Ok(Chosen {
            kinds: words(self.kind_words()),
            filed: Value::from(self.filed_codes()).to_string(),
            statuses: words(self.status.iter().map(|status| status.word()).collect()),
            themes: ids(&self.theme, &theme),
            processes: ids(&self.process, &process),
            areas: ids(&self.area, &area),
            since: self.since.map_or(DateTime::UNIX_EPOCH, midnight),
            until: self.until.map_or_else(end_of_time, |day| midnight(day + Days::new(1))),
            score_min: self.score_min.map_or(i64::MIN, i64::from),
            score_max: self.score_max.map_or(i64::MAX, i64::from),
            patterns: self.q.patterns(),
        })
    }
}

impl Filter {
    /// The kinds that pass; a word that no kind has where none does. A facet means something within its kind only.
    fn kind_words(&self) -> Vec<&'static str> {
        let mut words: Vec<&str> = self.kind.iter().map(|kind| kind.word()).collect();
        for facet in facets().filter(|facet| self.filed.contains_key(facet.name)) {
            let own = facet.kind.word();
            let is_let = words.is_empty() || words.contains(&own);
            words = vec![if is_let { own } else { "-" }];
        }
        words
    }

    fn filed_codes(&self) -> Vec<String> {
        let of = |facet: &'static Facet| {
            let words = self.filed.get(facet.name).into_iter().flatten();
            words.filter_map(|word| Some(format!("{}:{}", facet.slot.word(), facet.code(word)?)))
        };
        facets().flat_map(of).collect()
    }
}

fn midnight(day: NaiveDate) -> Timestamp {
    DateTime::from_timestamp(i64::from(start_of(day)), 0).unwrap_or(DateTime::UNIX_EPOCH)
}

/// Beyond every day that can be asked for.
fn end_of_time() -> Timestamp {
    DateTime::from_timestamp(i64::from(u32::MAX), 0).unwrap_or(DateTime::UNIX_EPOCH)
}
