//! Which figures there are, and what each is called: groups of the database become rows with labels.
//!
//! What it is not: areas and answers, which have their own (`areas`, `delays`). Invariant: figures of contributions add up to all of
//! them, and people are told by the hundred, never by the one.

use super::model::{Figure, Row, Value, parts};
use super::store::Group;
use super::{areas, delays};
use crate::base::clock::Timestamp;
use crate::base::http;
use crate::base::i18n::{Lang, Message};
use crate::civic::figures as cells;
use crate::civic::processes::ProcessRules;
use crate::core::atlas::World;
use crate::core::features::{Channel, Kind, Status};
use chrono::{Datelike, NaiveDate};
use parvis_drawing::Shape;

/// What was counted, for whom it is told.
pub(super) struct Telling<'a> {
    pub(super) lang: Lang,
    pub(super) world: &'a World,
    /// The process that it is of, where it is of one alone.
    pub(super) process: Option<&'a ProcessRules>,
    pub(super) contributions: Vec<Group>,
    pub(super) people: Vec<Group>,
    /// When it was counted.
    pub(super) at: Timestamp,
}

/// Months that stand for themselves; what is older is one.
const MONTHS: i32 = 24;

impl Telling<'_> {
    pub(super) fn groups(&self, sort: &str) -> impl Iterator<Item = &Group> {
        let sort = sort.to_owned();
        self.contributions.iter().filter(move |group| group.sort == sort)
    }

    fn of_people(&self, sort: &'static str) -> impl Iterator<Item = &Group> {
        self.people.iter().filter(move |group| group.sort == sort)
    }

    /// How many contributions there are.
    pub(super) fn total(&self) -> u64 {
        self.groups("kind").map(Group::count).sum()
    }

    /// How many different people there are.
    fn persons(&self) -> u64 {
        self.of_people("act").map(Group::count).sum()
    }

    /// A figure by its texts. `level` is what sort of areas it is of.
    pub(super) fn figure(
        &self,
        key: &str,
        level: Option<&str>,
        shape: Option<Shape>,
        rows: Vec<Row>,
    ) -> Figure {
        let query = self.process.map(|process| format!("?process={}", process.slug)).unwrap_or_default();
        let say = |part: &str| {
            let message = Message::new(format!("figures-{key}-{part}"))
                .with("level", level.unwrap_or_default())
                .with("file", http::url(format_args!("/export/features.csv{query}")));
            self.lang.say(&message)
        };
        let of_level = level.map(|level| format!("-{}", crate::base::text::slug(level))).unwrap_or_default();
        Figure {
            name: format!("{key}{of_level}"),
            title: say("title"),
            definition: say("definition"),
            head: say("head"),
            unit: say("unit"),
            shape,
            rows,
            note: None,
            is_nested: false,
        }
    }

    /// Every figure, in the order of the page; of no contribution the totals alone.
    pub(super) fn figures(&self) -> Vec<Figure> {
        let mut all = vec![self.totals()];
        if self.total() == 0 {
            return all;
        }
        all.extend([self.kinds(), self.outcomes()]);
        all.extend(delays::figures(self));
        all.extend([self.months(), self.themes()]);
        all.extend(areas::figures(self));
        all.extend([self.channels(), self.participants()]);
        if self.process.is_none() {
            all.extend([self.processes(), self.votes(), self.turnout()]);
        }
        // Where nobody voted, or nobody is known, there is nothing to tell.
        all.retain(|figure| !figure.rows.is_empty());
        // Levels may be called alike once accents are off.
        let mut names = std::collections::HashSet::new();
        for figure in &mut all {
            let plain = figure.name.clone();
            let mut n = 1;
            while !names.insert(figure.name.clone()) {
                n += 1;
                figure.name = format!("{plain}-{n}");
            }
        }
        all
    }

    fn totals(&self) -> Figure {
        let voices = self.groups("process").map(Group::voices).sum();
        let people = match self.persons() {
            0 => Value::Count(0),
            few if few < cells::LEAST => Value::Few,
            many => Value::Count(many),
        };
        let row = |name: &str, value| Row::new(self.lang.text(&format!("figures-total-{name}")), value);
        let rows = vec![
            row("contributions", Value::Count(self.total())),
            row("people", people),
            row("votes", Value::Count(voices)),
            row("median", delays::median(self).map_or(Value::None("figures-no-answer"), Value::Tenths)),
        ];
        self.figure("totals", None, None, rows)
    }

    fn kinds(&self) -> Figure {
        let named = |group: &Group| match Kind::of_word(&group.word) {
            Some(kind) => self.lang.text(&format!("kind-{}", kind.word())),
            None => group.word.clone(),
        };
        let rows = sorted(self.groups("kind").map(|group| (named(group), group.count())));
        self.figure("kinds", None, Some(Shape::Bars), parts(rows))
    }

    fn outcomes(&self) -> Figure {
        let of =
            |word: &str| self.groups("outcome").filter(|group| group.word == word).map(Group::count).sum();
        let mut cells: Vec<(String, u64)> =
            Status::all().iter().map(|status| (self.lang.text(&status.key()), of(status.word()))).collect();
        cells.push((self.lang.text("figures-withdrawn"), of("withdrawn")));
        // What another version of the program knows.
        let known = |group: &&Group| group.word == "withdrawn" || Status::of_word(&group.word).is_some();
        let unknown = self.groups("outcome").filter(|group| !known(group));
        cells.extend(unknown.map(|group| (group.word.clone(), group.count())));
        cells.retain(|(_, n)| *n > 0);
        self.figure("outcomes", None, Some(Shape::Stack), parts(cells))
    }

    fn channels(&self) -> Figure {
        let named = |group: &Group| match Channel::of_word(&group.word) {
            Some(channel) => self.lang.text(&format!("channel-{}", channel.word())),
            None => group.word.clone(),
        };
        let rows = sorted(self.groups("channel").map(|group| (named(group), group.count())));
        self.figure("channels", None, Some(Shape::Bars), parts(rows))
    }

    fn themes(&self) -> Figure {
        let theme = |code: i64| self.world.shown_themes().find(|theme| theme.id.0 == code);
        let (mut named, mut without, mut others) = (Vec::new(), 0, 0);
        for group in self.groups("theme") {
            match theme(group.code) {
                Some(theme) => named.push((self.world.theme_name(theme, self.lang), group.count())),
                None if group.code == 0 => without += group.count(),
                None => others += group.count(),
            }
        }
        let mut rows = sorted(named);
        rows.push((self.lang.text("figures-other-theme"), others));
        rows.push((self.lang.text("figures-no-theme"), without));
        rows.retain(|(_, n)| *n > 0);
        self.figure("themes", None, Some(Shape::Bars), parts(rows))
    }

    /// Every month from the first contribution to the one in which it was counted; those without any, too.
    fn months(&self) -> Figure {
        let number = |word: &str| {
            let (year, month) = word.split_once('-')?;
            Some(year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()? - 1)
        };
        let now = self.at.year() * 12 + self.at.month0().cast_signed();
        let months: Vec<(i32, u64)> =
            self.groups("month").filter_map(|group| Some((number(&group.word)?, group.count()))).collect();
        let first = months.iter().map(|(month, _)| *month).min().unwrap_or(now).clamp(now - MONTHS + 1, now);
        let sum =
            |is: &dyn Fn(i32) -> bool| months.iter().filter(|(month, _)| is(*month)).map(|(_, n)| n).sum();
        let mut cells: Vec<(String, u64)> = Vec::new();
        let said = |key: &'static str, month| {
            self.lang.say(&Message::new(key).with("month", month_name(self.lang, month)))
        };
        cells.push((said("figures-before", first), sum(&|month| month < first)));
        cells.extend((first..=now).map(|at| (month_name(self.lang, at), sum(&|month| month == at))));
        cells.push((said("figures-after", now), sum(&|month| month > now)));
        let last = cells.len() - 1;
        let mut at = 0;
        cells.retain(|(_, n)| {
            at += 1;
            *n > 0 || (at > 1 && at <= last)
        });
        self.figure("months", None, Some(Shape::Columns), parts(cells))
    }

    /// People by the most that they did, so that each is counted once. Small cells are one.
    fn participants(&self) -> Figure {
        let of = |code| self.of_people("act").filter(|group| group.code == code).map(Group::count).sum();
        let cell = |name: &str, code| (self.lang.text(&format!("figures-people-{name}")), of(code));
        let counted = cells::Figure {
            title: String::new(),
            cells: vec![cell("proposed", 1), cell("argued", 2), cell("voted", 3)],
            of_people: true,
            more: None,
        };
        let rows = match self.persons() {
            few if few > 0 && few < cells::LEAST => {
                vec![Row::new(self.lang.text("figures-people-all"), Value::Few)]
            }
            _ => parts(counted.shown(self.lang)),
        };
        let mut figure = self.figure("participants", None, Some(Shape::Bars), rows);
        let nobody: u64 = self.of_people("nobody").map(Group::count).sum();
        figure.note = (nobody > 0)
            .then(|| self.lang.count("figures-nobody", i64::try_from(nobody).unwrap_or(i64::MAX)));
        figure
    }

    /// What a process is called here; 0: none.
    fn process_name(&self, code: i64) -> String {
        let known = self.world.shown_processes().find(|process| process.id.0 == code);
        known.map_or_else(
            || self.lang.text("figures-no-process"),
            |process| process.name(self.lang).to_owned(),
        )
    }

    fn by_process(&self, key: &str, counts: impl Fn(&Group) -> u64) -> Figure {
        let rows = sorted(self.groups("process").map(|group| (self.process_name(group.code), counts(group))));
        self.figure(key, None, Some(Shape::Bars), parts(rows.into_iter().filter(|(_, n)| *n > 0)))
    }

    fn processes(&self) -> Figure {
        self.by_process("processes", Group::count)
    }

    fn votes(&self) -> Figure {
        self.by_process("votes", Group::voices)
    }

    /// People of each process: who takes part in two is one of both, so they are no parts of a whole. Few are not told.
    fn turnout(&self) -> Figure {
        let mut counted: Vec<(String, u64)> =
            self.of_people("in").map(|group| (self.process_name(group.code), group.count())).collect();
        // Few in the order of their names, which says nothing of how many.
        let told = |n: u64| if n < cells::LEAST { 0 } else { n };
        counted.sort_by(|a, b| told(b.1).cmp(&told(a.1)).then_with(|| a.0.cmp(&b.0)));
        let value = |n| if n < cells::LEAST { Value::Few } else { Value::Count(n) };
        let rows = counted.into_iter().map(|(name, n)| Row::new(name, value(n))).collect();
        self.figure("turnout", None, Some(Shape::Bars), rows)
    }
}

impl Group {
    pub(super) fn count(&self) -> u64 {
        u64::try_from(self.n).unwrap_or_default()
    }

    fn voices(&self) -> u64 {
        u64::try_from(self.voices).unwrap_or_default()
    }
}

/// The most first, then by name.
pub(super) fn sorted(cells: impl IntoIterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    let mut cells: Vec<(String, u64)> = cells.into_iter().collect();
    cells.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    cells
}

/// `mai 2026`: a month by its number from the year 0.
fn month_name(lang: Lang, number: i32) -> String {
    let month = u32::try_from(number.rem_euclid(12)).unwrap_or_default() + 1;
    let day = NaiveDate::from_ymd_opt(number.div_euclid(12), month, 2).unwrap_or_default();
    let said = lang.date(day);
    said.split_once(' ').map_or(said.clone(), |(_, month)| month.to_owned())
}
