//! What residents said: texts put where they belong, spread over the year, with the voices that they got.

use super::borders::{COMMUNES, QUARTIERS};
use super::chance::Chance;
use super::names::{self, of_the, the, to_the};
use super::plane::{P, along, degrees, distance, line, p, path_length, polygon, simplify};
use super::roads::{Class, TOWNS};
use super::texts::{self, Drawn, Process, Text};
use super::town::Country;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::features::{Kind, Status, Voice};
use crate::ids::Visitor;
use chrono::{Duration, Timelike};
use geo::{Geometry, Point};
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
}

/// Something that an idea can be about.
#[derive(Debug, Clone)]
struct Anchor {
    name: String,
    at: P,
    /// Along which an idea may lie.
    path: Vec<P>,
    ring: Vec<P>,
    commune: usize,
    quartier: usize,
    uses: usize,
}

/// Every idea, the oldest first.
///
/// # Errors
/// Where a fixture names a place that the country has not got.
pub(super) fn all(country: &Country, now: Timestamp) -> Result<Vec<Idea>> {
    let mut chance = Chance::new(131);
    let crowd: Vec<Visitor> = (0..2_400).map(|_| Visitor(chance.uuid())).collect();
    let mut anchors = Anchors::of(country);
    let mut queue: Vec<(&'static str, Text)> = Vec::new();
    for (theme, texts) in texts::read()? {
        queue.extend(texts.into_iter().map(|text| (theme, text)));
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

    let mut titles = BTreeSet::new();
    let mut ideas = Vec::with_capacity(queue.len());
    for (theme, text) in queue {
        let mut idea = None;
        // Another place for what would read like an idea that is there already.
        for _ in 0..12 {
            let made = anchors.put(theme, &text, &mut chance)?;
            let is_new = titles.insert(made.title.clone());
            idea = Some(made);
            if is_new {
                break;
            }
        }
        let Some(mut idea) = idea else { continue };
        idea.author = chance.pick(&crowd).copied().unwrap_or(idea.author);
        idea.created_at = moment(&text, now, &mut chance);
        idea.status = text.status.unwrap_or_else(|| status(idea.kind, now - idea.created_at, &mut chance));
        idea.voices = voices(&idea, &text, &crowd, now, &mut chance);
        ideas.push(idea);
    }
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
        (Kind::Project, u) if u < 0.35 => Status::Done,
        (Kind::Project, u) if u < 0.8 => Status::InProgress,
        (Kind::Project, _) => Status::Accepted,
        (Kind::Report, u) if u < 0.45 => Status::Done,
        (Kind::Report, u) if u < 0.65 => Status::InProgress,
        (_, u) if u < 0.07 => Status::Done,
        (_, u) if u < 0.12 => Status::InProgress,
        (_, u) if u < 0.21 => Status::Accepted,
        (_, u) if u < 0.28 => Status::Refused,
        (_, u) if u < 0.44 => Status::UnderReview,
        _ => Status::Open,
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
    let count = if idea.kind == Kind::Report { count.min(9) } else { count };
    let against = if text.contested { chance.between(0.32, 0.52) } else { 0.09 * chance.unit() };
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

/// Everything that ideas can be about.
#[derive(Debug)]
struct Anchors<'a> {
    country: &'a Country,
    streets: Vec<(Class, Anchor)>,
    places: Vec<(&'static str, Anchor)>,
}

impl<'a> Anchors<'a> {
    fn of(country: &'a Country) -> Anchors<'a> {
        let mut streets = Vec::new();
        for street in &country.streets {
            let length = path_length(&street.path);
            let Some((at, _)) = along(&street.path, length * 0.5) else { continue };
            if let Some((commune, quartier)) = country.whereabouts(at) {
                let path = street.path.clone();
                let anchor = Anchor {
                    name: street.name.clone(),
                    at,
                    path,
                    ring: Vec::new(),
                    commune,
                    quartier,
                    uses: 0,
                };
                streets.push((street.class, anchor));
            }
        }
        let greens = country.greens.iter().map(|g| (g.class, g.name, g.centre, g.ring.clone()));
        let ponds = country.water.ponds.iter().map(|(name, ring)| {
            // Beside the water, not in it.
            ("eau", *name, ring.first().copied().unwrap_or(p(0.0, 0.0)), Vec::new())
        });
        let places = country.places.iter().map(|q| (q.class, q.name, q.at, Vec::new()));
        let mut named = Vec::new();
        for (class, name, at, ring) in greens.chain(ponds).chain(places) {
            if let Some((commune, quartier)) = country.whereabouts(at) {
                let name = name.to_owned();
                named.push((class, Anchor { name, at, path: Vec::new(), ring, commune, quartier, uses: 0 }));
            }
        }
        Anchors { country, streets, places: named }
    }

    /// The places of one sort. The words are those of the fixtures.
    fn of_sort(&mut self, sort: &str) -> Vec<&mut Anchor> {
        let classes: &[&str] = match sort {
            "ecole" => &["ecole"],
            "college" => &["college", "lycee"],
            "parc" => &["parc", "berge"],
            "square" => &["square"],
            "stade" => &["sport"],
            "gymnase" => &["gymnase", "piscine"],
            "gare" => &["gare"],
            "marche" => &["marche"],
            "culture" => &["culture"],
            "biblio" => &["bibliotheque"],
            "social" => &["maison_de_quartier", "solidarite"],
            "sante" => &["sante"],
            "salle" => &["salle"],
            "mairie" => &["mairie"],
            "bois" => &["bois"],
            "eau" => &["eau"],
            "jardins" => &["jardins"],
            "cimetiere" => &["cimetiere"],
            "culte" => &["culte"],
            "dechets" => &["dechets"],
            _ => &[],
        };
        if !classes.is_empty() {
            let known = |name: &str| !name.starts_with("Rives");
            return self
                .places
                .iter_mut()
                .filter(|(c, a)| classes.contains(c) && known(&a.name))
                .map(|(_, a)| a)
                .collect();
        }
        let starts = |name: &str, words: &[&str]| words.iter().any(|w| name.starts_with(w));
        let fits = |class: Class, name: &str| match sort {
            "rue" => {
                class == Class::Residential && starts(name, &["Rue", "Allée", "Chemin"])
                    || class == Class::Secondary && starts(name, &["Rue"])
            }
            "grande" => {
                class == Class::Main && starts(name, &["Avenue", "Boulevard", "Rue", "Grande"])
                    || starts(name, &["Boulevard", "Avenue"])
            }
            "route" => starts(name, &["Route"]),
            "quai" => starts(name, &["Quai"]),
            "pont" => starts(name, &["Pont "]) && name != "Pont de la Vive" || starts(name, &["Passerelle"]),
            "place" => starts(name, &["Place"]),
            "passage" => starts(name, &["Impasse", "Passage", "Venelle"]),
            _ => class == Class::Path && starts(name, &["Chemin", "Sentier"]),
        };
        self.streets.iter_mut().filter(|(c, a)| fits(*c, &a.name)).map(|(_, a)| a).collect()
    }

    /// Chooses a place for a text and writes it out.
    fn put(&mut self, theme: &'static str, text: &Text, chance: &mut Chance) -> Result<Idea> {
        let stated = matches!(text.at.as_str(), "quartier");
        let sort = if stated { "rue" } else { text.at.as_str() };
        let chosen = {
            let mut fitting: Vec<&mut Anchor> = self.of_sort(sort);
            fitting.retain(|a| match text.within.as_deref() {
                Some("m") => a.commune == 0 && distance(a.at, TOWNS[0].0) < 2_300.0,
                Some("s") => a.commune == 1 || a.commune == 2,
                Some("v") => a.commune > 2,
                _ => true,
            });
            if text.drawn == Drawn::Line {
                fitting.retain(|a| path_length(&a.path) > 240.0);
            }
            if fitting.is_empty() {
                return Err(Error::Internal(format!("demo: no place for « {} »", text.title)));
            }
            // Ideas gather in the heart of the towns; a place that was named often is named less.
            let weight = |a: &Anchor| {
                let near = TOWNS
                    .iter()
                    .map(|(t, r, _)| (-distance(*t, a.at) / (0.7 * r)).exp())
                    .fold(0.05, f64::max);
                let fresh = if a.path.is_empty() { 0.6 } else { 0.12 };
                near * f64::powi(fresh, a.uses as i32)
            };
            let total: f64 = fitting.iter().map(|a| weight(a)).sum();
            let mut left = chance.unit() * total;
            let mut chosen = 0;
            for (number, anchor) in fitting.iter().enumerate() {
                left -= weight(anchor);
                chosen = number;
                if left <= 0.0 {
                    break;
                }
            }
            fitting[chosen].uses += 1;
            fitting[chosen].clone()
        };
        let place = self.place(&chosen, text, chance);
        let geometry = match (text.drawn, place) {
            _ if stated => None,
            (Drawn::Line, _) => Some(Geometry::LineString(line(&simplify(&chosen.path, 2.0)))),
            (Drawn::Polygon, _) => {
                let grown: Vec<P> =
                    chosen.ring.iter().map(|at| chosen.at + (*at - chosen.at) * 1.22).collect();
                Some(Geometry::Polygon(polygon(&grown, &[])))
            }
            (Drawn::Point, at) => Some(Geometry::Point(Point(degrees(at)))),
        };
        let words = self.words(&chosen, place);
        let nobody = Visitor(uuid::Uuid::nil());
        Ok(Idea {
            kind: text.kind.unwrap_or(Kind::Proposal),
            theme,
            process: text.process,
            status: Status::Open,
            title: first_up(&texts::put(&text.title, &words)?),
            body: texts::put(&text.body, &words)?,
            geometry,
            quartier: stated.then_some(chosen.quartier),
            author: nobody,
            created_at: Timestamp::UNIX_EPOCH,
            voices: Vec::new(),
        })
    }

    /// Where exactly: somewhere on the street, at the door of the place, or somewhere in the park.
    fn place(&self, anchor: &Anchor, text: &Text, chance: &mut Chance) -> P {
        if !anchor.path.is_empty() {
            let length = path_length(&anchor.path);
            if text.at == "pont" {
                return anchor.at;
            }
            for _ in 0..12 {
                let place = along(&anchor.path, length * chance.between(0.15, 0.85)).map(|(at, _)| at);
                // A country road may lead out of the territory.
                if let Some(at) = place.filter(|at| self.country.whereabouts(*at).is_some()) {
                    return at;
                }
            }
            return anchor.at;
        }
        // Some people click on the very sign, others nearby.
        if chance.happens(0.4) && text.at != "eau" {
            return anchor.at;
        }
        let reach = if anchor.ring.is_empty() { 30.0 } else { 70.0 };
        for _ in 0..12 {
            let at = anchor.at + p(chance.between(-reach, reach), chance.between(-reach, reach));
            if self.country.whereabouts(at).is_some() && self.country.water.is_clear(at, 2.0) {
                return at;
            }
        }
        anchor.at
    }

    fn words(&self, anchor: &Anchor, at: P) -> Vec<(&'static str, String)> {
        let near = |fits: &dyn Fn(&str) -> bool| {
            let mut found: Vec<(&Anchor, f64)> = self
                .places
                .iter()
                .filter(|(c, a)| fits(c) && a.name != anchor.name)
                .map(|(_, a)| (a, distance(a.at, at)))
                .collect();
            found.sort_by(|a, b| a.1.total_cmp(&b.1));
            found.first().map_or_else(|| "Mairie".to_owned(), |(a, _)| a.name.clone())
        };
        let street = self
            .streets
            .iter()
            .filter(|(c, a)| {
                *c != Class::Path && *c != Class::Rail && a.name != anchor.name && !a.name.starts_with("Pont")
            })
            .map(|(_, a)| {
                let metres = a.path.iter().map(|q| distance(*q, at)).fold(f64::MAX, f64::min);
                (a, metres)
            })
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map_or_else(|| "Grande Rue".to_owned(), |(a, _)| a.name.clone());
        let (school, park) = (near(&|c| c == "ecole"), near(&|c| c == "parc" || c == "square"));
        let quartier = names::quartier(QUARTIERS[anchor.quartier].name);
        let of_quartier = quartier.replacen("le ", "du ", 1);
        let commune = COMMUNES[anchor.commune].0;
        vec![
            ("le", the(&anchor.name)),
            ("Le", first_up(&the(&anchor.name))),
            ("du", of_the(&anchor.name)),
            ("au", to_the(&anchor.name)),
            ("bas", names::lower_first(&anchor.name)),
            ("rue", the(&street)),
            ("de_rue", of_the(&street)),
            ("ecole", the(&school)),
            ("de_ecole", of_the(&school)),
            ("parc", the(&park)),
            ("du_parc", of_the(&park)),
            ("quartier", quartier),
            ("du_quartier", of_quartier),
            ("commune", names::commune(commune).to_owned()),
            ("a_commune", names::in_commune(commune)),
        ]
    }
}

fn first_up(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
