//! Footprints along the streets: rows in the heart, blocks of flats around it, houses at the edge.

use super::chance::{Chance, noise};
use super::plane::{P, Segments, along, contains, cross, distance, left, path_length};
use super::roads::{BUSINESS, Class, Street, TOWNS};
use super::streets::Ground;
use super::water::closed;

/// A building.
#[derive(Debug, Clone)]
pub(super) struct Building {
    /// `immeuble`, `maison`, `equipement`, `activite` or `ferme`.
    pub(super) class: &'static str,
    pub(super) name: Option<String>,
    pub(super) ring: Vec<P>,
    pub(super) centre: P,
}

/// Buildings and what they must keep off.
#[derive(Debug)]
pub(super) struct Site<'a> {
    ground: &'a Ground<'a>,
    streets: &'a [Street],
    by_place: Segments,
    walls: Segments,
    pub(super) buildings: Vec<Building>,
}

/// The most that are built: enough to look lived in, few enough to load at once.
const MOST: usize = 5_950;

impl<'a> Site<'a> {
    pub(super) fn new(ground: &'a Ground<'a>, streets: &'a [Street]) -> Site<'a> {
        let mut by_place = Segments::new();
        for (at, street) in streets.iter().enumerate() {
            by_place.add(at, &street.path);
        }
        Site { ground, streets, by_place, walls: Segments::new(), buildings: Vec::new() }
    }

    /// Whether a ring stands clear of streets, water, parks and other buildings.
    fn is_free(&self, ring: &[P], centre: P) -> bool {
        let path = closed(ring);
        let corners_free = path.windows(2).all(|w| {
            [w[0], (w[0] + w[1]) * 0.5].iter().all(|at| {
                self.ground.water.is_clear(*at, 7.0)
                    && !self.ground.rails.is_within(*at, 15.0)
                    && !self.by_place.near(*at, 12.0).any(|s| {
                        distance(super::plane::nearest_on(s.a, s.b, *at), *at)
                            < self.streets[s.of].class.half_width() - 0.7
                    })
            })
        });
        corners_free
            && !self.ground.is_green(centre)
            && path.windows(2).all(|w| {
                self.walls.first_hit(w[0], w[1], |_| true).is_none()
                    && self.by_place.first_hit(w[0], w[1], |_| true).is_none()
                    && self.ground.hedges.first_hit(w[0], w[1], |_| true).is_none()
            })
            && !self.walls.near(centre, 30.0).any(|s| {
                self.buildings.get(s.of).is_some_and(|b| {
                    contains(&b.ring, centre)
                        || contains(ring, b.centre)
                        || ring.iter().any(|at| contains(&b.ring, *at))
                })
            })
    }

    /// Builds if there is room.
    pub(super) fn build(&mut self, class: &'static str, name: Option<String>, ring: Vec<P>) -> bool {
        let mut ring = ring;
        if ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| cross(*a, *b)).sum::<f64>() < 0.0 {
            ring.reverse();
        }
        let centre = ring.iter().fold(P { x: 0.0, y: 0.0 }, |sum, at| sum + *at) / ring.len() as f64;
        if !self.is_free(&ring, centre) {
            return false;
        }
        self.walls.add(self.buildings.len(), &closed(&ring));
        self.buildings.push(Building { class, name, ring, centre });
        true
    }

    /// Builds along every street until there is enough.
    pub(super) fn line_streets(&mut self) {
        let mut chance = Chance::new(91);
        let mut order: Vec<(usize, f64)> = self
            .streets
            .iter()
            .enumerate()
            .filter(|(_, s)| {
                matches!(s.class, Class::Main | Class::Secondary | Class::Residential) && !s.is_bridge
            })
            .map(|(at, s)| {
                let middle = along(&s.path, path_length(&s.path) * 0.5).map_or(s.path[0], |(q, _)| q);
                (at, self.ground.density(middle))
            })
            .collect();
        // Suburbs and villages first, so that what is left out is at the edge of the central town.
        let is_central = |at: usize| distance(self.streets[at].path[0], TOWNS[0].0) < 2_300.0;
        order.sort_by(|a, b| is_central(a.0).cmp(&is_central(b.0)).then(b.1.total_cmp(&a.1)));
        for (at, _) in order {
            let path = self.streets[at].path.clone();
            let front = self.streets[at].class.half_width();
            for side in [1.0, -1.0] {
                self.line(&path, front, side, &mut chance);
            }
        }
    }

    fn line(&mut self, path: &[P], front: f64, side: f64, chance: &mut Chance) {
        let mut at = chance.between(4.0, 14.0);
        while let Some((here, heading)) = along(path, at) {
            if self.buildings.len() >= MOST {
                return;
            }
            let d = self.ground.density(here);
            let away = left(heading) * side;
            if d <= 0.0 {
                // A farm or a lone house on a country road.
                if chance.happens(0.035) && d == 0.0 {
                    let begin = here + away * (front + chance.between(8.0, 30.0));
                    self.build("ferme", None, box_at(begin, heading, away, chance.between(16.0, 34.0), 11.0));
                }
                at += 60.0;
                continue;
            }
            // What sort of quarter this is changes slowly, so that neighbours look alike.
            let mood = noise(95, here, 420.0);
            let business = BUSINESS.iter().any(|at| distance(*at, here) < 420.0);
            let (class, lengths, depth, back, gap, share) = if business {
                ("activite", [85.0, 58.0, 36.0], chance.between(26.0, 44.0), 9.0, 24.0, 0.85)
            } else if d > 0.56 {
                ("immeuble", [66.0, 42.0, 22.0], chance.between(11.0, 14.0), 0.0, 1.5, 0.97)
            } else if d > 0.34 + 0.12 * mood {
                ("immeuble", [48.0, 30.0, 18.0], chance.between(10.0, 13.0), 2.0, 16.0, 0.74)
            } else if mood > 0.42 {
                ("immeuble", [62.0, 44.0, 30.0], 13.0, 9.0, 26.0, 0.75)
            } else {
                (
                    "maison",
                    [19.0, 14.0, 11.0],
                    chance.between(8.5, 10.5),
                    chance.between(4.0, 8.0),
                    24.0,
                    0.66,
                )
            };
            let fitting = lengths.into_iter().find(|length| {
                let Some((end, _)) = along(path, at + length) else { return false };
                if !chance.happens(share) {
                    return false;
                }
                let begin = here + away * (front + back);
                let end = end + away * (front + back);
                let ring = footprint(begin, end, away, depth, class, chance);
                self.build(class, None, ring)
            });
            at += fitting.map_or(lengths[2] * 0.7, |length| length + gap * chance.between(0.5, 1.5));
        }
    }
}

/// A rectangle from `begin` along `heading` and `away`.
pub(super) fn box_at(begin: P, heading: P, away: P, length: f64, depth: f64) -> Vec<P> {
    vec![begin, begin + heading * length, begin + heading * length + away * depth, begin + away * depth]
}

/// A row from one front corner to the other; some have a wing into the yard.
fn footprint(begin: P, end: P, away: P, depth: f64, class: &str, chance: &mut Chance) -> Vec<P> {
    let length = distance(begin, end);
    let heading = (end - begin) / length.max(1.0);
    let back = |along: f64, depth: f64| begin + heading * along + away * depth;
    if length > 22.0 && class == "immeuble" && chance.happens(0.38) {
        let wing = chance.between(8.0, 11.0);
        let reach = depth + chance.between(7.0, 15.0);
        return if chance.happens(0.5) {
            vec![
                begin,
                end,
                back(length, reach),
                back(length - wing, reach),
                back(length - wing, depth),
                back(0.0, depth),
            ]
        } else {
            vec![begin, end, back(length, depth), back(wing, depth), back(wing, reach), back(0.0, reach)]
        };
    }
    vec![begin, end, back(length, depth), back(0.0, depth)]
}
