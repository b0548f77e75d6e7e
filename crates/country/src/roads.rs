//! The main roads, the railway and the quays, drawn by hand through control points. The streets between them grow in
//! `streets`.

use crate::chance::noise;
use crate::plane::{P, Segments, beside, curve, distance, p, resample, simplify, unit};
use crate::plans::PLANS;
use crate::water::Water;

/// What a street is, as the class of the layer says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A railway.
    Rail,
    /// A main road.
    Main,
    /// A road between quarters.
    Secondary,
    /// A street where people live.
    Residential,
    /// A way for walkers.
    Path,
}

impl Class {
    /// Its word in the layer.
    pub fn word(self) -> &'static str {
        match self {
            Class::Rail => "rail",
            Class::Main => "main",
            Class::Secondary => "secondary",
            Class::Residential => "residential",
            Class::Path => "path",
        }
    }

    /// From the middle to the house fronts, in metres.
    pub fn half_width(self) -> f64 {
        match self {
            Class::Rail => 16.0,
            Class::Main => 11.0,
            Class::Secondary => 9.0,
            Class::Residential => 6.5,
            Class::Path => 3.0,
        }
    }
}

/// A street or a piece of one.
#[derive(Debug, Clone)]
pub struct Street {
    /// What sort of road it is.
    pub class: Class,
    /// Its name; empty where it has none.
    pub name: String,
    /// Its middle line.
    pub path: Vec<P>,
    /// Whether it goes over water.
    pub is_bridge: bool,
}

/// The centre of each commune: x, y, the radius of what is built, how densely.
pub const TOWNS: [(P, f64, f64); 5] = [
    (P { x: 0.0, y: -60.0 }, 1830.0, 1.0),
    (P { x: -4300.0, y: 1020.0 }, 900.0, 0.62),
    (P { x: 3950.0, y: 880.0 }, 860.0, 0.62),
    (P { x: 6650.0, y: -1600.0 }, 560.0, 0.55),
    (P { x: -2400.0, y: -4600.0 }, 330.0, 0.4),
];

/// Hamlets at crossings in the country, and the two business parks; as above.
const HAMLETS: [(P, f64, f64); 12] = [
    (P { x: 1350.0, y: -3300.0 }, 150.0, 0.25),
    (P { x: -7300.0, y: 2450.0 }, 170.0, 0.25),
    (P { x: -4900.0, y: 3000.0 }, 130.0, 0.25),
    (P { x: 2600.0, y: 3200.0 }, 150.0, 0.25),
    (P { x: 4000.0, y: 2800.0 }, 150.0, 0.25),
    (P { x: -1450.0, y: 3900.0 }, 170.0, 0.25),
    (P { x: 7150.0, y: -4000.0 }, 170.0, 0.25),
    (P { x: 7300.0, y: 2150.0 }, 180.0, 0.25),
    (P { x: -100.0, y: 2900.0 }, 160.0, 0.25),
    (P { x: -5900.0, y: -3500.0 }, 130.0, 0.25),
    (BUSINESS[0], 330.0, 0.3),
    (BUSINESS[1], 340.0, 0.3),
];

/// The business parks: large halls instead of houses.
pub const BUSINESS: [P; 2] = [P { x: -1980.0, y: -1180.0 }, P { x: 2500.0, y: 560.0 }];

/// Moves the board a little here and there: no road is as smooth as its control points, and crossings stay crossings.
fn warp(at: P) -> P {
    at + p(
        34.0 * noise(31, at, 520.0) + 9.0 * noise(32, at, 140.0),
        34.0 * noise(33, at, 520.0) + 9.0 * noise(34, at, 140.0),
    )
}

/// A road that leaves the territory goes on to the edge of what is drawn.
fn beyond(mut control: Vec<P>) -> Vec<P> {
    for _ in 0..2 {
        if let [.., before, last] = control[..]
            && (last.x.abs() >= 9_700.0 || last.y.abs() >= 7_300.0)
        {
            control.push(last + unit(last - before) * 3_000.0);
        }
        control.reverse();
    }
    control
}

/// Roads drawn by hand, whole: not yet cut at bridges.
pub fn draw(water: &Water) -> Vec<Street> {
    let mut streets: Vec<Street> = Vec::new();
    for plan in PLANS {
        let control = beyond(plan.by.iter().map(|(x, y)| p(*x, *y)).collect());
        let smooth = curve(&control, 20.0);
        let path: Vec<P> =
            if plan.class == Class::Rail { smooth } else { smooth.into_iter().map(warp).collect() };
        streets.push(Street { class: plan.class, name: plan.name.into(), path, is_bridge: false });
    }
    for (side, names) in [(1.0, NORTH_QUAYS), (-1.0, SOUTH_QUAYS)] {
        let near: Vec<P> =
            water.middle.iter().copied().filter(|at| (-1850.0..=1765.0).contains(&at.x)).collect();
        let bank = beside(&near, |at| side * quay_offset(at, side));
        let smooth = resample(&crate::plane::soften(&crate::plane::soften(&bank)), 20.0);
        streets.push(Street { class: Class::Secondary, name: names.into(), path: smooth, is_bridge: false });
    }
    streets
}

const NORTH_QUAYS: &str = "Quai des Tanneurs|Quai des Lavandières|Quai de l'Île|Quai Jean-Moulin|Quai de l'Aubrelle|Quai des Mariniers";
const SOUTH_QUAYS: &str =
    "Quai du Moulin|Quai des Saules|Quai Sainte-Anne|Quai de la Fonderie|Quai du Port|Quai des Peupliers";

/// From the middle of the river to a quay. Where it is wide there is room for a green bank.
pub fn quay_offset(at: P, side: f64) -> f64 {
    let island = 44.0 * (-(distance(at, p(-905.0, -455.0)) / 250.0).powi(2)).exp();
    let green = |centre: f64, reach: f64| {
        let t = ((at.x - centre) / reach).abs();
        80.0 * (1.0 - ((t - 0.7) / 0.3).clamp(0.0, 1.0))
    };
    46.0 + island + if side > 0.0 { green(-1550.0, 420.0) } else { green(1150.0, 520.0) }
}

/// The bridges over the river, about where they are.
const BRIDGES: [(&str, P); 8] = [
    ("Pont Vieux", P { x: -15.0, y: -400.0 }),
    ("Pont Gambetta", P { x: 690.0, y: -340.0 }),
    ("Pont de la République", P { x: -590.0, y: -400.0 }),
    ("Pont des Tanneries", P { x: -1800.0, y: -300.0 }),
    ("Pont du Port", P { x: 1715.0, y: -330.0 }),
    ("Pont des Lavandières", P { x: -4150.0, y: 110.0 }),
    ("Pont de Saint-Loup", P { x: 6480.0, y: -2150.0 }),
    ("Pont de Lormont", P { x: -7300.0, y: 1200.0 }),
];

fn bridge_name(at: P) -> &'static str {
    let nearest = BRIDGES.iter().min_by(|a, b| distance(a.1, at).total_cmp(&distance(b.1, at)));
    nearest.map_or("Pont", |(name, _)| name)
}

/// Cuts roads into pieces of one name, and what is over water into bridges.
pub fn cut(roads: Vec<Street>, water: &Water) -> Vec<Street> {
    let mut pieces = Vec::new();
    for road in roads {
        let names: Vec<&str> = road.name.split('|').collect();
        let fine = resample(&road.path, 6.0);
        // A bridge begins and ends a few metres inland, so that it joins the road on dry ground.
        let over: Vec<bool> = (0..fine.len())
            .map(|at| fine[at.saturating_sub(2)..(at + 3).min(fine.len())].iter().any(|q| water.is_wet(*q)))
            .collect();
        let part = |at: usize| (at * names.len() / fine.len().max(1)).min(names.len() - 1);
        let mut start = 0;
        for at in 1..fine.len() {
            let ends = at + 1 == fine.len();
            let changes = over[at] != over[start] || (!over[at] && names[part(at)] != names[part(start)]);
            if !changes && !ends {
                continue;
            }
            let path = simplify(&fine[start..=at], 0.6);
            if over[start] && road.class != Class::Rail && road.name != "Passerelle de l'Île" {
                let is_small = at - start < 8;
                let name = if is_small { "Pont de la Vive" } else { bridge_name(fine[(start + at) / 2]) };
                let name = name.to_owned();
                pieces.push(Street { class: road.class, name, path, is_bridge: true });
            } else {
                let is_bridge = over[start];
                pieces.push(Street {
                    class: road.class,
                    name: names[part(start)].to_owned(),
                    path,
                    is_bridge,
                });
            }
            start = at;
        }
    }
    pieces
}

/// The direction that streets take: along the nearest roads, or square to them.
#[derive(Debug)]
pub struct Grain {
    samples: Vec<Vec<(P, P, f64)>>,
}

const COARSE: f64 = 400.0;
const COARSE_SIDE: i64 = 54;

impl Grain {
    /// The grain that these roads and the water give.
    pub fn of(roads: &[Street], water: &Water) -> Grain {
        let mut grain = Grain { samples: vec![Vec::new(); (COARSE_SIDE * COARSE_SIDE) as usize] };
        let lines = roads
            .iter()
            .filter(|road| road.class != Class::Path)
            .map(|road| (road.path.as_slice(), if road.class == Class::Main { 1.0 } else { 0.7 }))
            .chain([(water.middle.as_slice(), 0.5)]);
        for (path, weight) in lines {
            for w in resample(path, 60.0).windows(2) {
                let heading = unit(w[1] - w[0]);
                // Four times the angle: a street and the ones square to it count as one direction.
                let (c, s) = (heading.x, heading.y);
                let (c2, s2) = (c * c - s * s, 2.0 * c * s);
                let fourfold = p(c2 * c2 - s2 * s2, 2.0 * c2 * s2);
                if let Some(samples) = grain.cell(w[0]).and_then(|at| grain.samples.get_mut(at)) {
                    samples.push((w[0], fourfold, weight));
                }
            }
        }
        grain
    }

    fn cell(&self, at: P) -> Option<usize> {
        let (x, y) = ((at.x / COARSE).floor() as i64 + 27, (at.y / COARSE).floor() as i64 + 27);
        let inside = (0..COARSE_SIDE).contains(&x) && (0..COARSE_SIDE).contains(&y);
        inside.then(|| (y * COARSE_SIDE + x) as usize)
    }

    /// One of the four directions at a place, as an angle in radians.
    pub fn angle(&self, at: P) -> f64 {
        let wander = 0.5 * noise(41, at, 1300.0);
        let mut sum = p((4.0 * wander).cos(), (4.0 * wander).sin()) * 0.02;
        for dy in -1..=1 {
            for dx in -1..=1 {
                let cell = self.cell(at + p(f64::from(dx) * COARSE, f64::from(dy) * COARSE));
                for (place, fourfold, weight) in cell.and_then(|c| self.samples.get(c)).into_iter().flatten()
                {
                    let d = distance(*place, at) / 90.0;
                    sum = sum + *fourfold * (weight / (1.0 + d * d * d));
                }
            }
        }
        // The old town has grown without a plan.
        let old = (1.0 - distance(at, p(20.0, 80.0)) / 480.0).max(0.0);
        sum.y.atan2(sum.x) / 4.0 + 0.07 * noise(42, at, 330.0) + 0.75 * old * noise(43, at, 150.0)
    }
}

/// How built-up a place is: 0 in the fields, 1 in the heart of the central town.
pub fn density(at: P, mains: &Segments) -> f64 {
    let stretch = match mains.nearest(at, 300.0) {
        Some((_, _, metres)) => 1.0 + 0.30 * (-metres / 140.0).exp(),
        None => 1.0,
    };
    let uneven = 1.0 + 0.20 * noise(51, at, 700.0) + 0.08 * noise(52, at, 220.0);
    TOWNS
        .iter()
        .chain(&HAMLETS)
        .map(|(centre, radius, most)| (1.0 - distance(at, *centre) / (radius * stretch * uneven)) * most)
        .fold(0.0, f64::max)
}
