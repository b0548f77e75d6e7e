//! The streets between the main roads. They grow one after another along the grain of the town, keep their distance from
//! those beside them, and end on those across: evenly spaced streamlines (Jobard and Lefer 1997), as Chen et al. (2008)
//! use them for towns.

use crate::chance::Chance;
use crate::green::Green;
use crate::plane::{P, Segments, direction, distance, dot, left, path_length, simplify, unit};
use crate::roads::{Class, Grain, Street, density};
use crate::water::{Water, closed};
use std::cell::RefCell;
use std::collections::VecDeque;

/// What stands in the way of streets that grow.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The water.
    pub water: &'a Water,
    /// The directions in which streets run.
    pub grain: &'a Grain,
    /// The main roads.
    pub mains: &'a Segments,
    /// Segments of the edges of green places.
    pub hedges: Segments,
    /// The green places.
    pub greens: &'a [Green],
    /// The railway.
    pub rails: Segments,
    /// The density of each square of 25 m, once somebody has asked.
    known: RefCell<Vec<f32>>,
}

const KNOWN_SIDE: usize = 864;

const STEP: f64 = 9.0;
const LONGEST: f64 = 620.0;
const SHORTEST: f64 = 70.0;

impl<'a> Ground<'a> {
    /// The ground on which streets may grow.
    pub fn new(
        water: &'a Water,
        grain: &'a Grain,
        mains: &'a Segments,
        greens: &'a [Green],
        roads: &[Street],
    ) -> Ground<'a> {
        let mut hedges = Segments::new();
        for (at, green) in greens.iter().enumerate() {
            hedges.add(at, &closed(&green.ring));
        }
        let mut rails = Segments::new();
        for road in roads.iter().filter(|r| r.class == Class::Rail) {
            rails.add(0, &road.path);
        }
        let known = RefCell::new(vec![f32::NAN; KNOWN_SIDE * KNOWN_SIDE]);
        Ground { water, grain, mains, hedges, greens, rails, known }
    }

    /// Whether a point lies in a green place.
    pub fn is_green(&self, at: P) -> bool {
        self.greens.iter().any(|g| g.holds(at))
    }

    fn is_open(&self, at: P) -> bool {
        self.water.is_clear(at, 16.0)
            && !self.rails.is_within(at, 18.0)
            && !self.hedges.is_within(at, 5.0)
            && !self.is_green(at)
    }

    /// See [`density`]; asked so often that it is kept.
    pub fn density(&self, at: P) -> f64 {
        let square = |value: f64| (((value + 10_800.0) / 25.0).max(0.0) as usize).min(KNOWN_SIDE - 1);
        let slot = square(at.y) * KNOWN_SIDE + square(at.x);
        let mut known = self.known.borrow_mut();
        if known[slot].is_nan() {
            known[slot] = density(at, self.mains) as f32;
        }
        f64::from(known[slot])
    }

    /// How far apart streets lie, in metres: narrower in the heart.
    fn spacing(&self, at: P) -> f64 {
        let d = self.density(at);
        72.0 + 78.0 * (1.0 - d).clamp(0.0, 1.0).powf(0.8)
    }
}

/// All streets so far, by place.
#[derive(Debug)]
struct Net {
    streets: Vec<Street>,
    by_place: Segments,
}

impl Net {
    fn add(&mut self, street: Street) {
        self.by_place.add(self.streets.len(), &street.path);
        self.streets.push(street);
    }

    /// Whether a street going about the same way lies within `reach`.
    fn has_parallel(&self, at: P, heading: P, reach: f64) -> bool {
        self.by_place.near(at, reach).any(|s| {
            let near = crate::plane::nearest_on(s.a, s.b, at);
            distance(near, at) < reach && dot(unit(s.b - s.a), heading).abs() > 0.72
        })
    }
}

/// Grows the local streets. Gives the first ones back, too, with what was joined to them.
pub fn grow(first: Vec<Street>, ground: &Ground<'_>) -> Vec<Street> {
    let mut chance = Chance::new(81);
    let mut net = Net { streets: Vec::new(), by_place: Segments::new() };
    let mut seeds: VecDeque<P> = VecDeque::new();
    for street in first {
        if street.class != Class::Rail {
            seeds.extend(offers(&street.path, ground));
        }
        net.add(street);
    }
    let kept = net.streets.len();
    let mut tries = 0;
    while let Some(seed) = seeds.pop_front().or_else(|| {
        tries += 1;
        (tries < 9_000).then(|| {
            let (centre, radius, _) = crate::roads::TOWNS[chance.below(crate::roads::TOWNS.len())];
            let turn = chance.between(0.0, std::f64::consts::TAU);
            centre + direction(turn) * (radius * 1.35 * chance.unit().sqrt())
        })
    }) {
        if ground.density(seed) <= 0.02 || !ground.is_open(seed) {
            continue;
        }
        let angle = ground.grain.angle(seed);
        for heading in [direction(angle), left(direction(angle))] {
            let spacing = ground.spacing(seed);
            // Blocks are longer than they are deep: streets across lie farther apart.
            if net.has_parallel(seed, heading, spacing * 0.92) {
                continue;
            }
            let mut path = trace(seed, heading * -1.0, ground, &net);
            path.reverse();
            path.extend(trace(seed, heading, ground, &net).into_iter().skip(1));
            let path = join_both(path, ground, &net, None);
            if path_length(&path) < SHORTEST {
                continue;
            }
            seeds.extend(offers(&path, ground));
            net.add(Street {
                class: Class::Residential,
                name: String::new(),
                path: simplify(&path, 0.9),
                is_bridge: false,
            });
        }
    }
    mend(&mut net, kept, ground);
    net.streets
}

/// Places beside a street from which others may start.
fn offers(path: &[P], ground: &Ground<'_>) -> Vec<P> {
    let mut places = Vec::new();
    let mut next = 20.0;
    while let Some((at, heading)) = crate::plane::along(path, next) {
        let spacing = ground.spacing(at);
        if ground.density(at) > 0.0 {
            places.push(at + left(heading) * spacing);
            places.push(at - left(heading) * spacing);
        }
        next += spacing * 0.8;
    }
    places
}

/// Follows the grain from a place until something ends it.
fn trace(from: P, heading: P, ground: &Ground<'_>, net: &Net) -> Vec<P> {
    let mut path = vec![from];
    let (mut at, mut heading, mut walked) = (from, heading, 0.0);
    while walked < LONGEST {
        let middle = at + heading * (STEP * 0.5);
        let next_heading = along_grain(ground.grain.angle(middle), heading);
        let next = at + next_heading * STEP;
        let spacing = ground.spacing(next);
        if !ground.is_open(next)
            || ground.density(next) <= 0.0
            || dot(next_heading, heading) < 0.5
            || net.has_parallel(next, next_heading, spacing * 0.52)
        {
            break;
        }
        path.push(next);
        (at, heading) = (next, next_heading);
        walked += STEP;
    }
    path
}

/// The one of the grain's four directions that is nearest to where we are going.
fn along_grain(angle: f64, heading: P) -> P {
    let u = direction(angle);
    let v = left(u);
    [u, v, u * -1.0, v * -1.0]
        .into_iter()
        .max_by(|a, b| dot(*a, heading).total_cmp(&dot(*b, heading)))
        .unwrap_or(heading)
}

/// Ends a path on the streets across, where there are some.
fn join_both(mut path: Vec<P>, ground: &Ground<'_>, net: &Net, own: Option<usize>) -> Vec<P> {
    for _ in 0..2 {
        path = join_end(path, ground, net, own);
        path.reverse();
    }
    path
}

/// Goes on to the next street ahead; where there is none, back to the last one crossed if that is near.
fn join_end(mut path: Vec<P>, ground: &Ground<'_>, net: &Net, own: Option<usize>) -> Vec<P> {
    let [.., before, end] = path[..] else { return path };
    let heading = unit(end - before);
    let spacing = ground.spacing(end);
    let counts = |s: &crate::plane::Segment| Some(s.of) != own && net.streets[s.of].class != Class::Rail;
    if net
        .by_place
        .near(end, 1.0)
        .any(|s| counts(s) && distance(crate::plane::nearest_on(s.a, s.b, end), end) < 0.5)
    {
        return path;
    }
    if let Some((_, place, _)) = net.by_place.first_hit(end, end + heading * (spacing * 1.1), counts) {
        let is_dry = !ground.water.is_between(end, place) && !ground.water.is_wet(place);
        let is_clear = ground.rails.first_hit(end, place, |_| true).is_none()
            && ground.hedges.first_hit(end, place, |_| true).is_none();
        if is_dry && is_clear {
            path.push(place);
            return path;
        }
    }
    let mut back = 0.0;
    for at in (1..path.len()).rev() {
        let (a, b) = (path[at], path[at - 1]);
        if let Some((_, place, _)) = net.by_place.first_hit(a, b, counts) {
            // A short stub past a crossing is no street; a longer one is a blind alley.
            if back < spacing * 0.8 {
                path.truncate(at);
                path.push(place);
            }
            return path;
        }
        back += distance(a, b);
    }
    path
}

/// A second look at every end: streets that came later may now be within reach. What joins nothing is taken away.
fn mend(net: &mut Net, kept: usize, ground: &Ground<'_>) {
    for at in kept..net.streets.len() {
        let path = join_both(net.streets[at].path.clone(), ground, net, Some(at));
        net.streets[at].path = path;
    }
    let mut by_place = Segments::new();
    for (at, street) in net.streets.iter().enumerate() {
        by_place.add(at, &street.path);
    }
    let mut number = 0;
    net.streets.retain(|street| {
        let own = number;
        number += 1;
        own < kept
            || (path_length(&street.path) > 45.0
                && street.path.windows(2).any(|w| {
                    by_place.first_hit(w[0], w[1], |s| s.of != own).is_some()
                        || by_place.near(w[0], 1.0).any(|s| {
                            s.of != own && distance(crate::plane::nearest_on(s.a, s.b, w[0]), w[0]) < 1.0
                        })
                }))
    });
    net.by_place = by_place;
}
