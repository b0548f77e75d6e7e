//! The one filter of tiles, lists, counts, the API and exports: plain query parameters, checked, in one canonical form.
//!
//! What it is not: the filter in the index's numbers (`compile.rs`). Invariant: two filters that mean the same have the same
//! [`Filter::canonical`] text, which is what caches are keyed by.

use super::facet::Facet;
use super::words::Words;
use super::world::World;
use crate::base::error::{Error, Problem, Result};
use crate::base::i18n::Message;
use crate::modules::facets;
use chrono::NaiveDate;
use parvis_tiles::IdSet;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

/// The parameter for words that a text holds, before those of facets.
pub(super) const FIRST: &str = "q";

/// The parameters that are no facets, after them.
pub(super) const BESIDE: [&str; 5] = ["since", "until", "score_min", "score_max", "within"];

/// Whether a query parameter is one of the filter's.
fn is_parameter(name: &str) -> bool {
    name == FIRST || BESIDE.contains(&name) || Facet::of_name(name).is_some()
}

/// The names of the filter's query parameters in their order.
pub fn parameters() -> impl Iterator<Item = &'static str> {
    [FIRST].into_iter().chain(facets().map(|facet| facet.name)).chain(BESIDE)
}

/// The word that stands for "filed under nothing".
pub(super) const NONE_WORD: &str = "none";

/// What a reader wants to see. Lists mean "one of these"; what is empty or `None` lets everything pass.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Words that title or text hold.
    pub q: Words,
    /// Words of facets, by their names; none of the lists is empty.
    pub(super) lists: BTreeMap<&'static str, BTreeSet<String>>,
    /// First day, by the territory's clock.
    pub since: Option<NaiveDate>,
    /// Last day, by the territory's clock.
    pub until: Option<NaiveDate>,
    /// Lowest score.
    pub score_min: Option<i32>,
    /// Highest score.
    pub score_max: Option<i32>,
    /// The number of a zone (see [`crate::core::territory::zones`]).
    pub within: Option<i64>,
    /// Whether nothing passes: an address asked for what there is not.
    pub(super) is_nothing: bool,
    /// The features that hold the words of `q` and lie in the zone, once [`super::Atlas::look_up`] has asked for them.
    pub(super) holding: Option<Arc<IdSet>>,
}

/// What an address asks for and there is not, or not any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The parameter.
    pub name: String,
    /// Its value, as it was written.
    pub value: String,
}

impl Filter {
    /// Reads the query string of a page, which may be years old or have passed through other sites: unknown parameters are left out, and
    /// what there is not lets nothing pass, so that no link shows more than it says. Gives the values of `others`, in order, and what
    /// is not known.
    pub fn of_page(
        query: &str,
        others: &[&str],
        world: &World,
    ) -> (Filter, Vec<(String, String)>, Vec<Unknown>) {
        Filter::read(query, others, world, false)
    }

    /// The same of a page of the desk, where what a draft has can be chosen, too.
    pub fn of_desk(
        query: &str,
        others: &[&str],
        world: &World,
    ) -> (Filter, Vec<(String, String)>, Vec<Unknown>) {
        Filter::read(query, others, world, true)
    }

    fn read(
        query: &str,
        others: &[&str],
        world: &World,
        drafts: bool,
    ) -> (Filter, Vec<(String, String)>, Vec<Unknown>) {
        let (mut filter, mut rest, mut unknown) = (Filter::default(), Vec::new(), Vec::new());
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if others.contains(&name.as_ref()) {
                rest.push((name.into_owned(), value.to_owned()));
            } else if is_parameter(&name) && !value.is_empty() && filter.set(&name, value).is_err() {
                unknown.push(Unknown { name: name.into_owned(), value: value.to_owned() });
            }
        }
        if let (Some(since), Some(until)) = (filter.since, filter.until)
            && since > until
        {
            unknown.push(Unknown { name: "until".into(), value: until.to_string() });
        }
        filter.is_nothing = !unknown.is_empty();
        filter.keep_known(world, drafts, &mut unknown);
        (filter, rest, unknown)
    }

    /// Leaves out words of what there is not, a draft's among them unless they are asked for; a list of which none is left lets nothing pass.
    fn keep_known(&mut self, world: &World, drafts: bool, unknown: &mut Vec<Unknown>) {
        for (facet, words) in lists_of(&mut self.lists) {
            words.retain(|word| {
                let is_known = world.is_known(facet, word, drafts);
                if !is_known {
                    unknown.push(Unknown { name: facet.name.to_owned(), value: word.clone() });
                }
                is_known
            });
            self.is_nothing |= words.is_empty();
        }
        self.lists.retain(|_, words| !words.is_empty());
    }

    /// The words that a facet is held to.
    pub fn words(&self, facet: &str) -> impl Iterator<Item = &str> {
        self.lists.get(facet).into_iter().flatten().map(String::as_str)
    }

    /// Whether a facet is held to a word, among others.
    pub fn has(&self, facet: &str, word: &str) -> bool {
        self.lists.get(facet).is_some_and(|words| words.contains(word))
    }

    /// The facets that are held to some words, in their order.
    pub(super) fn lists(&self) -> impl Iterator<Item = (&'static Facet, &BTreeSet<String>)> {
        facets().filter_map(|facet| Some((facet, self.lists.get(facet.name)?)))
    }

    /// The same that lets nothing pass.
    #[must_use]
    pub fn nothing(self) -> Filter {
        Filter { is_nothing: true, ..self }
    }

    /// All that lies in a zone.
    pub fn within(zone: i64) -> Filter {
        Filter { within: Some(zone), ..Filter::default() }
    }

    /// Whether it has to be looked up first (see [`super::Atlas::look_up`]).
    pub fn asks_database(&self) -> bool {
        !self.q.is_empty() || self.within.is_some()
    }

    /// Whether it lets nothing pass, whatever there is.
    pub fn is_nothing(&self) -> bool {
        self.is_nothing
    }

    /// The same without what there is not.
    #[must_use]
    pub fn without_unknown(mut self) -> Filter {
        if self.since > self.until && self.until.is_some() {
            self.until = None;
        }
        Filter { is_nothing: false, ..self }
    }

    /// Reads a query string. Parameters named in `others` are handed back (in order); any other unknown one is an error.
    /// Values may be repeated (`theme=a&theme=b`) or joined by commas (`theme=a,b`); empty ones are left out, because
    /// that is what an unfilled form sends.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each parameter that is wrong and what is allowed.
    pub fn of_query(query: &str, others: &[&str]) -> Result<(Filter, Vec<(String, String)>)> {
        let (mut filter, mut rest, mut problems) = (Filter::default(), Vec::new(), Vec::new());
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if others.contains(&name.as_ref()) {
                rest.push((name.into_owned(), value.into_owned()));
            } else if !is_parameter(&name) {
                let allowed: Vec<&str> = parameters().collect();
                let allowed = [&allowed[..], others].concat().join(", ");
                let message =
                    Message::new("filter-unknown-parameter").with("name", &name).with("allowed", allowed);
                problems.push(Problem { field: name.into_owned(), message });
            } else if !value.trim().is_empty()
                && let Err(message) = filter.set(&name, value.trim())
            {
                problems.push(Problem { field: name.into_owned(), message });
            }
        }
        if let (Some(since), Some(until)) = (filter.since, filter.until)
            && since > until
        {
            let message = Message::new("filter-since-after-until").with("since", since).with("until", until);
            problems.push(Problem { field: "since".into(), message });
        }
        if problems.is_empty() { Ok((filter, rest)) } else { Err(Error::Invalid(problems)) }
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Message> {
        match name {
            FIRST => self.q = Words::of_text(value)?,
            "since" => self.since = Some(day(name, value)?),
            "until" => self.until = Some(day(name, value)?),
            "score_min" => self.score_min = Some(whole(name, value)?),
            "score_max" => self.score_max = Some(whole(name, value)?),
            "within" => self.within = Some(whole(name, value)?.into()),
            _ => {
                let Some(facet) = Facet::of_name(name) else { return Ok(()) };
                let words = words_of(facet, value)?;
                if !words.is_empty() {
                    self.lists.entry(facet.name).or_default().extend(words);
                }
            }
        }
        Ok(())
    }

    /// The filter as a query string: parameters in a fixed order, values sorted, nothing said that changes nothing.
    pub fn canonical(&self) -> String {
        if self.is_nothing {
            // Nothing, in words that every reader of a filter knows: no score is both.
            return "score_min=1&score_max=0".to_owned();
        }
        let mut text = String::new();
        let mut say = |name: &str, value: &str| {
            let separator = if text.is_empty() { "" } else { "&" };
            let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
            let _ = write!(text, "{separator}{name}={}", value.replace("%2C", ","));
        };
        if !self.q.is_empty() {
            say(FIRST, &self.q.canonical());
        }
        for (facet, words) in self.lists() {
            say(facet.name, &words.iter().map(String::as_str).collect::<Vec<_>>().join(","));
        }
        for (name, date) in [("since", self.since), ("until", self.until)] {
            if let Some(date) = date {
                say(name, &date.to_string());
            }
        }
        for (name, score) in [("score_min", self.score_min), ("score_max", self.score_max)] {
            if let Some(score) = score {
                say(name, &score.to_string());
            }
        }
        if let Some(zone) = self.within {
            say("within", &zone.to_string());
        }
        text
    }

    /// Takes one word out of a facet's list.
    pub fn remove(&mut self, facet: &str, word: &str) {
        if let Some(words) = self.lists.get_mut(facet) {
            words.remove(word);
        }
        self.lists.retain(|_, words| !words.is_empty());
    }

    /// Asks for one word of a facet more.
    pub fn add(&mut self, facet: &Facet, word: &str) {
        self.lists.entry(facet.name).or_default().insert(word.to_owned());
    }

    /// Whether everything passes.
    pub fn is_everything(&self) -> bool {
        *self == Filter::default()
    }
}

fn lists_of<'a>(
    lists: &'a mut BTreeMap<&'static str, BTreeSet<String>>,
) -> impl Iterator<Item = (&'static Facet, &'a mut BTreeSet<String>)> {
    lists.iter_mut().filter_map(|(name, words)| Some((Facet::of_name(name)?, words)))
}

/// Words apart by commas. Those of the program must be its own; which rows there are a world knows.
fn words_of(facet: &Facet, value: &str) -> Result<BTreeSet<String>, Message> {
    let words = || value.split(',').map(str::trim).filter(|word| !word.is_empty());
    if let Some(known) = facet.program_words()
        && let Some(wrong) = words().find(|word| !known.contains(word))
    {
        return Err(unknown_value(facet.name, wrong, &known.join(", ")));
    }
    Ok(words().map(str::to_owned).collect())
}

pub(super) fn unknown_value(name: &str, value: &str, allowed: &str) -> Message {
    Message::new("filter-unknown-value").with("name", name).with("value", value).with("allowed", allowed)
}

fn day(name: &str, value: &str) -> Result<NaiveDate, Message> {
    let bad = |_| Message::new("filter-bad-date").with("name", name).with("value", value);
    let date = NaiveDate::parse_from_str(value, "%Y-%m-%d").map_err(bad)?;
    // Four-digit years only: what is beyond has no midnight in a 32-bit column anyway.
    if (1..=9999).contains(&chrono::Datelike::year(&date)) {
        Ok(date)
    } else {
        Err(Message::new("filter-bad-date").with("name", name).with("value", value))
    }
}

fn whole(name: &str, value: &str) -> Result<i32, Message> {
    let bad = |_| Message::new("filter-bad-number").with("name", name).with("value", value);
    value.parse().map_err(bad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::atlas::compile::start_of;

    fn parse(query: &str) -> Result<Filter> {
        Filter::of_query(query, &[]).map(|(filter, _)| filter)
    }

    #[test]
    fn two_spellings_of_one_filter_have_one_canonical_form() {
        let a = parse("q=+%C3%89cole++banc&kind=report,proposal&theme=b&theme=a&score_min=&until=2026-02-01")
            .unwrap();
        let b = parse("q=banc+ecole+BANC&until=2026-02-01&theme=a,b&kind=proposal&kind=report").unwrap();
        assert_eq!(a.canonical(), b.canonical());
        assert_eq!(a.canonical(), "q=banc+ecole&theme=a,b&kind=proposal,report&until=2026-02-01");
        assert_eq!(parse(&a.canonical()).unwrap(), a);
    }

    #[test]
    fn an_unknown_parameter_is_named_with_those_that_are_allowed() {
        let Err(Error::Invalid(problems)) = parse("thme=a&kind=proposal") else { panic!("accepted") };
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].field, "thme");
        let said = crate::base::i18n::Lang::En.say(&problems[0].message);
        assert!(said.contains("thme") && said.contains("score_min"), "{said}");
    }

    #[test]
    fn what_was_typed_is_kept_to_be_shown_again_and_long_texts_are_refused() {
        assert_eq!(parse("q=+%C3%89cole+").unwrap().q.typed(), "École");
        assert!(parse("q=+").unwrap().is_everything());
        assert!(parse(&format!("q={}", "x".repeat(101))).is_err());
    }

    #[test]
    fn every_bad_value_is_told_at_once() {
        let Err(Error::Invalid(problems)) = parse("kind=idea&since=31/12/2026&score_min=many") else {
            panic!("accepted")
        };
        let fields: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["kind", "since", "score_min"]);
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        assert!(parse("since=2026-02-01&until=2026-01-01").is_err());
    }

    #[test]
    fn days_are_those_of_paris_in_summer_and_in_winter() {
        let day = |d: &str| start_of(d.parse().unwrap());
        assert_eq!(day("2026-01-01"), 1_767_222_000, "23:00 UTC the evening before");
        assert_eq!(day("2026-07-01"), 1_782_856_800, "22:00 UTC the evening before");
        assert_eq!(day("2026-03-30") - day("2026-03-29"), 23 * 3600, "the day that loses an hour");
    }

    proptest::proptest! {
        #[test]
        fn any_query_string_is_read_or_refused_and_never_breaks(query in "\\PC{0,80}") {
            if let Ok(filter) = parse(&query) {
                proptest::prop_assert_eq!(parse(&filter.canonical()).unwrap(), filter);
            }
        }
    }
}
