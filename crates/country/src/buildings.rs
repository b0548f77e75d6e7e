//! Footprints along the streets: rows in the heart, blocks of flats around it, houses at the edge.

use crate::chance::{Chance, noise};
use crate::plane::{P, Segments, along, contains, cross, distance, left};
use crate::roads::{BUSINESS, Class, Street};
use crate::streets::Ground;
use crate::water::closed;

/// A building.
#[derive(Debug, Clone)]
pub struct Building {
    /// `block`, `house`, `civic`, `school`, `industrial` or `farm`.
    pub class: &'static str,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its outline.
    pub ring: Vec<P>,
    /// A courtyard.
    pub hole: Option<Vec<P>>,
    /// Its middle.
    pub centre: P,
    /// The street that its doors open on.
    pub front: Option<Front>,
}

/// Where along a street a building stands.
#[derive(Debug, Clone, Copy)]
pub struct Front {
    /// The street's number.
    pub street: usize,
    /// Metres from the street's beginning to the building's.
    pub from: f64,
    /// Metres that it takes.
    pub length: f64,
    /// 1 to the left, −1 to the right.
    pub side: f64,
}

/// How a quarter is built.
struct Manner {
    class: &'static str,
    /// Lengths along the street that are tried, in metres, the longest first.
    lengths: [f64; 4],
    depth: f64,
    /// From the street's edge to the front.
    back: f64,
    /// To the next building.
    gap: f64,
    /// How many of the plots are built on.
    share: f64,
}

/// Buildings and what they must keep off.
#[derive(Debug)]
pub struct Site<'a> {
    ground: &'a Ground<'a>,
    streets: &'a [Street],
    by_place: Segments,
    walls: Segments,
    /// Everything that stands there by now.
    pub buildings: Vec<Building>,
}

/// The most that are built: a fuse, not a plan.
const MOST: usize = 20_000;

impl<'a> Site<'a> {
    /// A site with nothing on it.
    pub fn new(ground: &'a Ground<'a>, streets: &'a [Street]) -> Site<'a> {
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
                        distance(crate::plane::nearest_on(s.a, s.b, *at), *at)
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

    /// Whether a place is country: not of a town, or beyond the last gardens of one.
    pub fn is_country(&self, at: P) -> bool {
        let density = self.ground.density(at);
        density <= 0.0 || density < 0.6 && !self.walls.is_within(at, 34.0)
    }

    /// Builds if there is room.
    pub fn build(&mut self, class: &'static str, name: Option<String>, ring: Vec<P>) -> bool {
        let mut ring = ring;
        if ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| cross(*a, *b)).sum::<f64>() < 0.0 {
            ring.reverse();
        }
        let centre = ring.iter().fold(P { x: 0.0, y: 0.0 }, |sum, at| sum + *at) / ring.len() as f64;
        if !self.is_free(&ring, centre) {
            return false;
        }
        self.walls.add(self.buildings.len(), &closed(&ring));
        self.buildings.push(Building { class, name, ring, hole: None, centre, front: None });
        true
    }

    /// Builds along every street, on both sides.
    pub fn line_streets(&mut self) {
        let mut chance = Chance::new(91);
        for at in 0..self.streets.len() {
            let street = &self.streets[at];
            if street.is_bridge
                || !matches!(street.class, Class::Main | Class::Secondary | Class::Residential)
            {
                continue;
            }
            for side in [1.0, -1.0] {
                self.line(at, side, &mut chance);
            }
        }
    }

    fn line(&mut self, street: usize, side: f64, chance: &mut Chance) {
        let path = self.streets[street].path.clone();
        let edge = self.streets[street].class.half_width();
        let mut at = chance.between(3.0, 9.0);
        while let Some((here, heading)) = along(&path, at) {
            if self.buildings.len() >= MOST {
                return;
            }
            let density = self.ground.density(here);
            let away = left(heading) * side;
            if density <= 0.0 {
                // A farm or a lone house on a country road.
                if chance.happens(0.035) && density == 0.0 {
                    let begin = here + away * (edge + chance.between(8.0, 30.0));
                    self.build("barn", None, box_at(begin, heading, away, chance.between(16.0, 34.0), 11.0));
                }
                at += 60.0;
                continue;
            }
            let manner = manner(here, density, chance);
            if !chance.happens(manner.share) {
                at += manner.lengths[3];
                continue;
            }
            // Not always the longest that fits: a row is made of unlike houses.
            let first = chance.below(3);
            let built = manner.lengths.into_iter().skip(first).find(|length| {
                let Some((end, _)) = along(&path, at + length) else { return false };
                let front = Front { street, from: at, length: *length, side };
                let base = away * (edge + manner.back);
                self.stand(here + base, end + base, away, &manner, front, chance)
            });
            at += built.map_or(4.0, |length| length + manner.gap * chance.between(0.5, 1.5));
        }
    }

    /// Builds from one front corner to the other, with a courtyard where there is room for one.
    fn stand(
        &mut self,
        begin: P,
        end: P,
        away: P,
        manner: &Manner,
        front: Front,
        chance: &mut Chance,
    ) -> bool {
        let length = distance(begin, end);
        let is_row = manner.class == "block" && manner.gap < 2.0;
        let mut hole = None;
        let mut is_built = false;
        if is_row && length > 27.0 && chance.happens(0.34) {
            let heading = (end - begin) / length;
            let depth = chance.between(25.0, 32.0);
            is_built = self.build(manner.class, None, box_at(begin, heading, away, length, depth));
            let wing = 8.5;
            let inner = begin + heading * wing + away * wing;
            hole = Some(box_at(inner, heading, away, length - 2.0 * wing, depth - 2.0 * wing));
        }
        if !is_built {
            hole = None;
            let ring = footprint(begin, end, away, manner.depth, manner.class, chance);
            is_built = self.build(manner.class, None, ring);
        }
        if let Some(building) = self.buildings.last_mut().filter(|_| is_built) {
            building.front = Some(front);
            building.hole = hole;
        }
        is_built
    }
}

/// What sort of quarter a place is in. It changes slowly, so that neighbours look alike.
fn manner(here: P, density: f64, chance: &mut Chance) -> Manner {
    let mood = noise(95, here, 420.0);
    let business = BUSINESS.iter().any(|at| distance(*at, here) < 420.0);
    if business {
        let depth = chance.between(26.0, 44.0);
        Manner {
            class: "industrial",
            lengths: [85.0, 58.0, 36.0, 24.0],
            depth,
            back: 9.0,
            gap: 24.0,
            share: 0.9,
        }
    } else if density > 0.53 {
        let depth = chance.between(11.0, 14.0);
        Manner { class: "block", lengths: [42.0, 28.0, 19.0, 10.0], depth, back: 0.0, gap: 0.7, share: 1.0 }
    } else if density > 0.34 + 0.12 * mood {
        let (depth, back) = (chance.between(10.0, 13.0), chance.between(1.0, 4.0));
        Manner { class: "block", lengths: [36.0, 26.0, 18.0, 12.0], depth, back, gap: 9.0, share: 0.92 }
    } else if mood > 0.46 {
        Manner {
            class: "block",
            lengths: [62.0, 44.0, 30.0, 20.0],
            depth: 13.0,
            back: 9.0,
            gap: 24.0,
            share: 0.85,
        }
    } else {
        let (depth, back) = (chance.between(8.0, 10.5), chance.between(4.0, 8.5));
        Manner { class: "house", lengths: [16.0, 13.0, 11.0, 9.0], depth, back, gap: 9.0, share: 0.94 }
    }
}

/// A rectangle from `begin` along `heading` and `away`.
pub fn box_at(begin: P, heading: P, away: P, length: f64, depth: f64) -> Vec<P> {
    vec![begin, begin + heading * length, begin + heading * length + away * depth, begin + away * depth]
}

/// A row from one front corner to the other; some have a wing into the yard.
fn footprint(begin: P, end: P, away: P, depth: f64, class: &str, chance: &mut Chance) -> Vec<P> {
    let length = distance(begin, end);
    let heading = (end - begin) / length.max(1.0);
    let back = |along: f64, depth: f64| begin + heading * along + away * depth;
    if length > 22.0 && class == "block" && chance.happens(0.38) {
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
