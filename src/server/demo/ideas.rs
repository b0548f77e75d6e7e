//! What residents said: texts put where they belong, spread over the year, with the voices that they got.

use super::anchors::Anchors;
use super::arguments::{self, Said};
use super::texts::{self, Drawn, Process, Text};
use crate::base::clock::Timestamp;
use crate::base::error::Result;
use crate::base::ids::Visitor;
use crate::core::features::{Kind, Status, Voice};
use chrono::{Duration, Timelike};
use geo::Geometry;
use parvis_country::chance::Chance;
use parvis_country::plane::{P, distance};
use parvis_country::town::Country;
use std::collections::BTreeSet;

/// How many ideas there are, reports and projects with them.
pub(super) const COUNT: usize = 300;

/// An idea before it has ids.
#[derive(Debug, Clone)]
pub(super) struct Idea {
    pub(super) kind: Kind,
    pub(super) theme: &'static str,
    pub(super) process: Option<Process>,
    pub(super) status: Status,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) geometry: Option<Geometry<f64>>,
    /// The quartier that stands for a place, where there is none.
    pub(super) quartier: Option<usize>,
    pub(super) author: Visitor,
    pub(super) created_at: Timestamp,
    pub(super) voices: Vec<(Visitor, Voice, Timestamp)>,
    /// What people said for and against it, the oldest first.
    pub(super) arguments: Vec<Said>,
    /// Where it was put, on the drawing board.
    pub(super) at: P,
    /// What was written for and against it.
    pub(super) written: (Vec<String>, Vec<String>),
}

/// The least distance between two ideas, in metres: two pins on one spot are one pin.
const APART: f64 = 22.0;

/// Every idea, the oldest first.
///
/// # Errors
/// Where a fixture names a place that the country has not got.
pub(super) fn all(country: &Country, now: Timestamp) -> Result<Vec<Idea>> {
    let mut chance = Chance::new(131);
    let crowd: Vec<Visitor> = (0..2_400).map(|_| Visitor(chance.uuid())).collect();
    let mut anchors = Anchors::of(country);
    let mut queue: Vec<(&'static str, Text)> = Vec::new();
    let themes = texts::read()?;
    for theme in &themes {
        queue.extend(theme.idea.iter().map(|text| (theme.name, text.clone())));
    }
    // Some say again elsewhere what others have said: those whose title names the place.
    let mut again: Vec<(&'static str, Text)> = queue
        .iter()
        .filter(|(_, t)| t.title.contains('{') && t.kind.is_none() && t.drawn == Drawn::Point)
        .cloned()
        .collect();
    chance.shuffle(&mut again);
    let missing = COUNT.saturating_sub(queue.len());
    queue.extend(again.into_iter().take(missing));
    queue.truncate(COUNT);

    let (mut titles, mut bodies) = (BTreeSet::new(), BTreeSet::new());
    let mut ideas: Vec<Idea> = Vec::with_capacity(queue.len());
    for (theme, text) in queue {
        let mut idea = None;
        // Another place for what would read like an idea that is there already.
        for _ in 0..24 {
            let made = anchors.put(theme, &text, &mut chance)?;
            let is_apart =
                made.geometry.is_none() || ideas.iter().all(|other| distance(other.at, made.at) > APART);
            let is_new = is_apart && !titles.contains(&made.title) && !bodies.contains(&made.body);
            idea = Some(made);
            if is_new {
                break;
            }
        }
        let Some(mut idea) = idea else { continue };
        titles.insert(idea.title.clone());
        bodies.insert(idea.body.clone());
        idea.author = chance.pick(&crowd).copied().unwrap_or(idea.author);
        idea.created_at = moment(&text, now, &mut chance);
        let status = text.status.unwrap_or_else(|| status(idea.kind, now - idea.created_at, &mut chance));
        // What is broken is repaired or not: nobody retains it.
        idea.status = if status.fits(idea.kind) { status } else { Status::IN_PROGRESS };
        idea.voices = voices(&idea, &text, &crowd, now, &mut chance);
        ideas.push(idea);
    }
    arguments::argue(&mut ideas, &themes, &crowd, now)?;
    ideas.sort_by(|a, b| a.created_at.cmp(&b.created_at).then_with(|| a.title.cmp(&b.title)));
    Ok(ideas)
}

/// When it was said: many at the launch, many around two public meetings, the others over the year.
fn moment(text: &Text, now: Timestamp, chance: &mut Chance) -> Timestamp {
    let days = match chance.unit() {
        u if u < 0.22 => 352.0 - 18.0 * chance.unit() * chance.unit(),
        u if u < 0.36 => 231.0 - 4.0 * chance.unit(),
        u if u < 0.50 => 96.0 - 5.0 * chance.unit(),
        _ => 350.0 * chance.unit() + 0.4,
    };
    let days = if text.process == Some(Process::Velo) && chance.happens(0.6) {
        231.0 - 6.0 * chance.unit()
    } else {
        days
    };
    let day = now - Duration::days(days as i64);
    // People write in the evening more than in the morning.
    let hour = [7, 8, 9, 10, 11, 12, 12, 13, 14, 16, 17, 18, 18, 19, 19, 20, 20, 21][chance.below(18)];
    let (minute, second) = (chance.below(60) as u32, chance.below(60) as u32);
    let at = day
        .with_hour(hour)
        .and_then(|t| t.with_minute(minute))
        .and_then(|t| t.with_second(second))
        .and_then(|t| t.with_nanosecond(0))
        .unwrap_or(day);
    if at < now { at } else { at - Duration::days(1) }
}

/// What became of it: the older, the more likely an answer.
fn status(kind: Kind, age: Duration, chance: &mut Chance) -> Status {
    let years = age.num_days() as f64 / 365.0;
    match (kind, chance.unit() / years.clamp(0.25, 1.0).sqrt()) {
        (Kind::PROJECT, u) if u < 0.35 => Status::DONE,
        (Kind::PROJECT, u) if u < 0.8 => Status::IN_PROGRESS,
        (Kind::PROJECT, _) => Status::ACCEPTED,
        (Kind::REPORT, u) if u < 0.45 => Status::DONE,
        (Kind::REPORT, u) if u < 0.65 => Status::IN_PROGRESS,
        (_, u) if u < 0.07 => Status::DONE,
        (_, u) if u < 0.12 => Status::IN_PROGRESS,
        (_, u) if u < 0.21 => Status::ACCEPTED,
        (_, u) if u < 0.28 => Status::REFUSED,
        (_, u) if u < 0.44 => Status::UNDER_REVIEW,
        _ => Status::OPEN,
    }
}

/// The voices that an idea got: a few have many, most have few.
fn voices(
    idea: &Idea,
    text: &Text,
    crowd: &[Visitor],
    now: Timestamp,
    chance: &mut Chance,
) -> Vec<(Visitor, Voice, Timestamp)> {
    let drawn = match chance.unit() {
        u if u < 0.012 => 110.0 + 60.0 * chance.unit(),
        u if u < 0.06 => 40.0 + 55.0 * chance.unit(),
        u if u < 0.22 => 15.0 + 24.0 * chance.unit(),
        _ => 15.0 * chance.unit() * chance.unit(),
    };
    let count = text.voices.unwrap_or(drawn as usize);
    let count = if idea.kind == Kind::REPORT { count.min(9) } else { count };
    let against = if idea.kind == Kind::REPORT {
        0.0
    } else if text.contested {
        chance.between(0.32, 0.52)
    } else {
        0.09 * chance.unit()
    };
    let seconds = (now - idea.created_at).num_seconds().max(2) as f64;
    let first = chance.below(crowd.len());
    // A step that shares no factor with the size of the crowd meets nobody twice.
    let step = [7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47][chance.below(12)];
    (0..count.min(crowd.len()))
        .filter_map(|at| {
            let voter = *crowd.get((first + at * step) % crowd.len())?;
            let voice = if chance.happens(against) { Voice::Against } else { Voice::For };
            // Most voices come soon after the idea.
            let after = (seconds * chance.unit().powi(3)) as i64;
            Some((voter, voice, idea.created_at + Duration::seconds(after)))
        })
        .collect()
}
