//! What ideas can be about: streets, parks, schools. Chooses one for a text and puts its names into the words.

use super::ideas::Idea;
use super::texts::{self, Drawn, Text};
use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use crate::base::ids::Visitor;
use crate::core::features::{Kind, Status};
use geo::{Geometry, Point};
use parvis_country::borders::{COMMUNES, QUARTIERS};
use parvis_country::chance::Chance;
use parvis_country::names::{self, of_the, the, to_the};
use parvis_country::plane::{P, along, degrees, distance, line, p, path_length, polygon, simplify};
use parvis_country::roads::{Class, TOWNS};
use parvis_country::town::Country;

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

/// Everything that ideas can be about.
#[derive(Debug)]
pub(super) struct Anchors<'a> {
    country: &'a Country,
    streets: Vec<(Class, Anchor)>,
    places: Vec<(&'static str, Anchor)>,
}

impl<'a> Anchors<'a> {
    pub(super) fn of(country: &'a Country) -> Anchors<'a> {
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
    pub(super) fn put(&mut self, theme: &'static str, text: &Text, chance: &mut Chance) -> Result<Idea> {
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
        let written =
            |said: &[String]| said.iter().map(|s| texts::put(s, &words)).collect::<Result<Vec<String>>>();
        let nobody = Visitor(uuid::Uuid::nil());
        Ok(Idea {
            kind: text.kind.unwrap_or(Kind::PROPOSAL),
            theme,
            process: text.process,
            status: Status::OPEN,
            title: first_up(&texts::put(&text.title, &words)?),
            body: texts::put(&text.body, &words)?,
            geometry,
            quartier: stated.then_some(chosen.quartier),
            author: nobody,
            created_at: Timestamp::UNIX_EPOCH,
            voices: Vec::new(),
            arguments: Vec::new(),
            at: place,
            written: (written(&text.pro)?, written(&text.contra)?),
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
        if anchor.uses < 2 && chance.happens(0.4) && text.at != "eau" {
            return anchor.at;
        }
        // Where many had something to say, there is not room for all at the door.
        let crowd = 7.0 * anchor.uses as f64;
        let reach = if anchor.ring.is_empty() { 30.0 } else { 70.0 } + crowd.min(60.0);
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
