//! The one filter of tiles, lists, counts, the API and exports: plain query parameters, checked, in one canonical form.
//!
//! Invariant: two filters that mean the same have the same [`Filter::canonical`] text, which is what caches are keyed by.

use super::facet::Facet;
use super::item::{AreaSets, NONE, code_of, column};
use super::words::Words;
use super::world::World;
use crate::base::error::{Error, Problem, Result};
use crate::base::i18n::Message;
use crate::core::features::{Kind, Status};
use crate::modules::facets;
use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Europe::Paris;
use parvis_tiles::IdSet;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

/// The names of the filter's query parameters.
pub const PARAMETERS: [&str; 10] =
    ["q", "theme", "status", "kind", "process", "area", "since", "until", "score_min", "score_max"];

/// Whether a query parameter is one of the filter's, those of modules' facets among them.
fn is_parameter(name: &str) -> bool {
    PARAMETERS.contains(&name) || Facet::of_name(name).is_some()
}

/// The names of the filter's query parameters in their order, with those of modules' facets.
pub fn parameters() -> impl Iterator<Item = &'static str> {
    let (lists, others) = PARAMETERS.split_at(6);
    lists.iter().copied().chain(facets().map(|facet| facet.name)).chain(others.iter().copied())
}

/// The slug that stands for "no theme" and "no process".
pub(super) const NONE_WORD: &str = "none";

/// What a reader wants to see. Lists mean "one of these"; what is empty or `None` lets everything pass.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Words that title or text hold.
    pub q: Words,
    /// Slugs of themes, or `none`.
    pub theme: BTreeSet<String>,
    /// Statuses.
    pub status: BTreeSet<Status>,
    /// Kinds.
    pub kind: BTreeSet<Kind>,
    /// Slugs of processes, or `none`.
    pub process: BTreeSet<String>,
    /// Slugs of areas.
    pub area: BTreeSet<String>,
    /// Words of modules' facets, by their names.
    pub filed: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// First day, in Europe/Paris.
    pub since: Option<NaiveDate>,
    /// Last day, in Europe/Paris.
    pub until: Option<NaiveDate>,
    /// Lowest score.
    pub score_min: Option<i32>,
    /// Highest score.
    pub score_max: Option<i32>,
    /// Whether nothing passes: an address asked for what there is not.
    is_nothing: bool,
    /// The features that hold the words of `q`, once [`super::Atlas::look_up`] has asked for them.
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
        filter.keep_known(world, &mut unknown);
        (filter, rest, unknown)
    }

    /// Leaves out slugs of what there is not, a draft's among them; a list of which none is left lets nothing pass.
    fn keep_known(&mut self, world: &World, unknown: &mut Vec<Unknown>) {
        let is_theme = |slug: &str| world.shown_themes().any(|theme| theme.slug == slug);
        let is_process = |slug: &str| world.shown_processes().any(|process| process.slug == slug);
        let is_area = |slug: &str| world.territory().of_slug(slug).is_some();
        let mut keep = |name: &str, slugs: &mut BTreeSet<String>, is_known: &dyn Fn(&str) -> bool| {
            let said = slugs.len();
            slugs.retain(|slug| {
                let kept = is_known(slug) || (slug == NONE_WORD && name != "area");
                if !kept {
                    unknown.push(Unknown { name: name.to_owned(), value: slug.clone() });
                }
                kept
            });
            said > 0 && slugs.is_empty()
        };
        let mut is_nothing = keep("theme", &mut self.theme, &is_theme);
        is_nothing |= keep("process", &mut self.process, &is_process);
        is_nothing |= keep("area", &mut self.area, &is_area);
        self.is_nothing |= is_nothing;
    }

    /// The same that lets nothing pass.
    #[must_use]
    pub fn nothing(self) -> Filter {
        Filter { is_nothing: true, ..self }
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
        let words = value.split(',').map(str::trim).filter(|word| !word.is_empty());
        match name {
            "q" => self.q = Words::of_text(value)?,
            "theme" => self.theme.extend(words.map(str::to_owned)),
            "process" => self.process.extend(words.map(str::to_owned)),
            "area" => self.area.extend(words.map(str::to_owned)),
            "status" => self.status.extend(known(name, words, Status::of_word, Status::all(), Status::word)?),
            "kind" => self.kind.extend(known(name, words, Kind::of_word, Kind::all(), Kind::word)?),
            "since" => self.since = Some(day(name, value)?),
            "until" => self.until = Some(day(name, value)?),
            "score_min" => self.score_min = Some(whole(name, value)?),
            _ if let Some(facet) = Facet::of_name(name) => {
                let word = |said: &str| facet.words.iter().copied().find(|word| *word == said);
                let chosen = known(name, words, word, facet.words, |word| word)?;
                if !chosen.is_empty() {
                    self.filed.entry(facet.name).or_default().extend(chosen);
                }
            }
            _ => self.score_max = Some(whole(name, value)?),
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
        let join = |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        if !self.q.is_empty() {
            say("q", &self.q.canonical());
        }
        if !self.theme.is_empty() {
            say("theme", &join(&self.theme));
        }
        if !self.status.is_empty() {
            say("status", &self.status.iter().map(|s| s.word()).collect::<Vec<_>>().join(","));
        }
        if !self.kind.is_empty() {
            say("kind", &self.kind.iter().map(|k| k.word()).collect::<Vec<_>>().join(","));
        }
        if !self.process.is_empty() {
            say("process", &join(&self.process));
        }
        if !self.area.is_empty() {
            say("area", &join(&self.area));
        }
        for facet in facets() {
            if let Some(words) = self.filed.get(facet.name) {
                say(facet.name, &words.iter().copied().collect::<Vec<_>>().join(","));
            }
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
        text
    }

    /// Takes one value out of a list (`theme`, `status`, `kind`, `process`, `area`).
    pub fn remove(&mut self, name: &str, value: &str) {
        match name {
            "theme" => drop(self.theme.remove(value)),
            "process" => drop(self.process.remove(value)),
            "area" => drop(self.area.remove(value)),
            "status" => self.status.retain(|status| status.word() != value),
            "kind" => self.kind.retain(|kind| kind.word() != value),
            _ => {
                if let Some(words) = self.filed.get_mut(name) {
                    words.retain(|word| *word != value);
                }
                self.filed.retain(|_, words| !words.is_empty());
            }
        }
    }

    /// Whether everything passes.
    pub fn is_everything(&self) -> bool {
        *self == Filter::default()
    }

    /// The filter in the index's numbers.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a theme, process or area that there is not.
    pub(super) fn compile(&self, world: &World, sets: &AreaSets) -> Result<parvis_tiles::Filter> {
        self.check(world)?;
        let mut compiled = parvis_tiles::Filter::default();
        let mut keep =
            |column: usize, codes: Vec<u32>| compiled.codes[column] = Some(codes.into_iter().collect());
        if self.is_nothing {
            keep(column::KIND, Vec::new());
        } else if !self.kind.is_empty() {
            keep(column::KIND, self.kind.iter().map(|k| k.code()).collect());
        }
        if !self.status.is_empty() {
            keep(column::STATUS, self.status.iter().map(|s| s.code()).collect());
        }
        if !self.theme.is_empty() {
            let themes = world.themes().iter().map(|t| (t.slug.as_str(), code_of(t.id.0)));
            keep(column::THEME, chosen(&self.theme, themes));
        }
        if !self.process.is_empty() {
            let processes = world.processes().iter().map(|p| (p.slug.as_str(), code_of(p.id.0)));
            keep(column::PROCESS, chosen(&self.process, processes));
        }
        if !self.area.is_empty() {
            let wanted: BTreeSet<_> =
                self.area.iter().filter_map(|slug| world.territory().of_slug(slug)).map(|a| a.id).collect();
            let lies_in = |areas: &[crate::base::ids::AreaId]| areas.iter().any(|area| wanted.contains(area));
            keep(
                column::AREAS,
                sets.iter().filter(|(areas, _)| lies_in(areas)).map(|(_, code)| code).collect(),
            );
        }
        for facet in facets() {
            let Some(words) = self.filed.get(facet.name) else { continue };
            let codes = words.iter().filter_map(|word| facet.code(word)).collect();
            compiled.codes[facet.slot.column()] = Some(codes);
            // Another kind may keep something else there.
            let kind = facet.kind.code();
            let kinds = &mut compiled.codes[column::KIND];
            let is_let = kinds.as_ref().is_none_or(|kinds| kinds.contains(kind));
            *kinds = Some(is_let.then_some(kind).into_iter().collect());
        }
        compiled.ids = self.holding.clone();
        if !self.q.is_empty() && compiled.ids.is_none() {
            // Rather no answer than one that leaves the words out.
            return Err(Error::Internal("a filter by words was not looked up".into()));
        }
        compiled.time = self.since.map_or(0, start_of)
            ..=self.until.map_or(u32::MAX, |day| start_of(day + Days::new(1)).saturating_sub(1));
        compiled.score = self.score_min.unwrap_or(i32::MIN)..=self.score_max.unwrap_or(i32::MAX);
        Ok(compiled)
    }

    /// Every word is the slug of something that there is. Looked up one by one: each tile asks, and there may be 35,000 areas.
    pub(super) fn check(&self, world: &World) -> Result<()> {
        // What belongs to a draft is answered like what there is not: nobody can guess it.
        let is_theme = |slug: &str| slug == NONE_WORD || world.shown_themes().any(|theme| theme.slug == slug);
        let is_process =
            |slug: &str| slug == NONE_WORD || world.shown_processes().any(|process| process.slug == slug);
        let is_area = |slug: &str| world.territory().of_slug(slug).is_some();
        let mut problems = Vec::new();
        for slug in self.theme.iter().filter(|slug| !is_theme(slug)) {
            problems.push(unknown("theme", slug, world.shown_themes().map(|theme| &*theme.slug)));
        }
        for slug in self.process.iter().filter(|slug| !is_process(slug)) {
            problems.push(unknown("process", slug, world.shown_processes().map(|process| &*process.slug)));
        }
        for slug in self.area.iter().filter(|slug| !is_area(slug)) {
            problems.push(unknown("area", slug, world.territory().areas().iter().map(|area| &*area.slug)));
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }
}

/// What is wrong with a slug, and the first forty that there are.
fn unknown<'a>(field: &str, slug: &str, known: impl Iterator<Item = &'a str>) -> Problem {
    let allowed: BTreeSet<&str> = known.collect();
    let allowed = allowed.into_iter().take(40).collect::<Vec<_>>().join(", ");
    Problem { field: field.into(), message: unknown_value(field, slug, &allowed) }
}

/// The codes of the chosen slugs; `none` is the code of those without.
fn chosen<'a>(wanted: &BTreeSet<String>, all: impl Iterator<Item = (&'a str, u32)>) -> Vec<u32> {
    let mut codes: Vec<u32> = all.filter(|(slug, _)| wanted.contains(*slug)).map(|(_, code)| code).collect();
    if wanted.contains(NONE_WORD) {
        codes.push(NONE);
    }
    codes
}

/// Midnight in Europe/Paris as seconds since 1970, bounded to what a column holds.
pub(super) fn start_of(day: NaiveDate) -> u32 {
    let midnight = day.and_time(NaiveTime::MIN);
    // Paris has always changed its clocks at another hour than midnight since 1970; `earliest` is for what is to come.
    let seconds = Paris.from_local_datetime(&midnight).earliest().map_or(0, |t| t.timestamp());
    u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)
}

fn unknown_value(name: &str, value: &str, allowed: &str) -> Message {
    Message::new("filter-unknown-value").with("name", name).with("value", value).with("allowed", allowed)
}

fn known<'a, T: Copy>(
    name: &str,
    words: impl Iterator<Item = &'a str>,
    of_word: impl Fn(&str) -> Option<T>,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<Vec<T>, Message> {
    let allowed = || all.iter().map(|v| word(*v)).collect::<Vec<_>>().join(", ");
    words.map(|w| of_word(w).ok_or_else(|| unknown_value(name, w, &allowed()))).collect()
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
