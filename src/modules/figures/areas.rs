//! Contributions by area, level by level: how many lie in each, which have none, and how many there are to a thousand inhabitants.
//!
//! Invariant: what lies in several areas of a level, or in none, is counted as that, so that a level adds up to all contributions.

use super::model::{Figure, Row, Value, parts};
use super::tell::{Telling, sorted};
use crate::base::i18n::Message;
use crate::core::territory::{Area, Territory};
use parvis_drawing::Shape;
use std::collections::HashMap;

/// The most levels that are told, the largest areas first.
const LEVELS: usize = 4;

/// The most areas without a contribution that are named.
const NAMED: usize = 60;

/// The areas of each level of which there are several, the larger first; of a process those that it is in.
fn levels<'a>(territory: &'a Territory, within: &str) -> Vec<(&'a str, Vec<&'a Area>)> {
    let around = territory.of_slug(within).map(|area| area.id);
    let mut levels: Vec<(usize, &str, Vec<&Area>)> = Vec::new();
    for area in territory.areas() {
        let parents = territory.with_parents([area.id]);
        if around.is_some_and(|around| !parents.contains(&around)) {
            continue;
        }
        match levels.iter_mut().find(|(_, level, _)| *level == area.level) {
            Some((deepest, _, areas)) => {
                *deepest = (*deepest).max(parents.len());
                areas.push(area);
            }
            None => levels.push((parents.len(), &area.level, vec![area])),
        }
    }
    levels.retain(|(_, _, areas)| areas.len() > 1);
    levels.sort_by_key(|(deepest, ..)| *deepest);
    levels.into_iter().take(LEVELS).map(|(_, level, areas)| (level, areas)).collect()
}

pub(super) fn figures(telling: &Telling<'_>) -> Vec<Figure> {
    let within = telling.process.map(|process| process.settings.area.as_str()).unwrap_or_default();
    let lying: HashMap<i64, u64> = telling.groups("area").map(|group| (group.code, group.count())).collect();
    let levels = levels(telling.world.territory(), within);
    levels.into_iter().flat_map(|(level, areas)| of_level(telling, level, &areas, &lying)).collect()
}

fn of_level(telling: &Telling<'_>, level: &str, areas: &[&Area], lying: &HashMap<i64, u64>) -> Vec<Figure> {
    let count = |area: &Area| lying.get(&area.id.0).copied().unwrap_or_default();
    let mut figures = vec![by_area(telling, level, areas), silent(telling, level, areas, &count)];
    if areas.iter().any(|area| area.population.is_some()) {
        figures.push(rates(telling, level, areas, &count));
    } else if let Some(first) = figures.first_mut() {
        first.note = Some(telling.lang.text("figures-population-of-none"));
    }
    figures
}

/// Each that lies in one area of the level alone; then those that lie in several, elsewhere, or in none.
fn by_area(telling: &Telling<'_>, level: &str, areas: &[&Area]) -> Figure {
    let alone: HashMap<i64, u64> = telling
        .groups("alone")
        .filter(|group| group.word == level)
        .map(|group| (group.code, group.count()))
        .collect();
    let named = areas.iter().map(|area| (area.name.clone(), alone.get(&area.id.0).copied().unwrap_or(0)));
    let mut cells = sorted(named);
    let of_areas: u64 = cells.iter().map(|(_, n)| n).sum();
    let (several, all) = (alone.get(&0).copied().unwrap_or(0), alone.values().sum::<u64>());
    let rest = [
        ("figures-areas-several", several),
        // Of another part of the territory than the process's, or of areas that came while it was counted.
        ("figures-areas-elsewhere", all - of_areas - several),
        ("figures-areas-none", telling.total().saturating_sub(all)),
    ];
    let rest = rest.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| (telling.lang.text(key), n));
    cells.extend(rest);
    telling.figure("areas", Some(level), Some(Shape::Bars), parts(cells))
}

fn silent(telling: &Telling<'_>, level: &str, areas: &[&Area], count: &impl Fn(&Area) -> u64) -> Figure {
    let without: Vec<&str> =
        areas.iter().filter(|area| count(area) == 0).map(|area| area.name.as_str()).collect();
    let cells = [
        (telling.lang.text("figures-silent-with"), (areas.len() - without.len()) as u64),
        (telling.lang.text("figures-silent-without"), without.len() as u64),
    ];
    let mut figure = telling.figure("silent", Some(level), Some(Shape::Stack), parts(cells));
    let more = if without.len() > NAMED { ", …" } else { "" };
    let names = without.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ") + more;
    let message = Message::new("figures-silent-names").with("names", names);
    figure.note = (!without.is_empty()).then(|| telling.lang.say(&message));
    figure
}

/// To a thousand inhabitants: what lies in an area, also where it lies in others, too.
fn rates(telling: &Telling<'_>, level: &str, areas: &[&Area], count: &impl Fn(&Area) -> u64) -> Figure {
    let rate = |area: &Area| {
        let people = u128::from(
            area.population.filter(|people| *people > 0).and_then(|people| u64::try_from(people).ok())?,
        );
        // Tenths, rounded half up.
        u64::try_from((u128::from(count(area)) * 20_000 + people) / (people * 2).max(1)).ok()
    };
    let mut rated: Vec<(Option<u64>, &str)> =
        areas.iter().map(|area| (rate(area), area.name.as_str())).collect();
    rated.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let value = |rate: Option<u64>| rate.map_or(Value::None("figures-population-unknown"), Value::Tenths);
    let rows = rated.into_iter().map(|(rate, name)| Row::new(name, value(rate))).collect();
    telling.figure("rates", Some(level), Some(Shape::Bars), rows)
}
