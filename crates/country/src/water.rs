//! The water: the Aubrelle with its island, a brook that joins it, ponds. Drawn first; everything else keeps off it.

use crate::chance::noise;
use crate::plane::{
    P, Segments, beside, bounds, contains, curve, direction, distance, p, path_length, simplify, soften,
};

/// The water of the territory.
#[derive(Debug)]
pub struct Water {
    /// The middle of the river, from west to east.
    pub middle: Vec<P>,
    /// Its banks, one ring.
    pub river: Vec<P>,
    /// Dry land in the river.
    pub island: Vec<P>,
    /// The middle of the brook, from its spring to the river.
    pub course: Vec<P>,
    /// The brook, one ring.
    pub brook: Vec<P>,
    /// Name and ring of each pond.
    pub ponds: Vec<(&'static str, Vec<P>)>,
    /// Every bank.
    banks: Segments,
    /// The middle of river and brook: what is far from both is in neither.
    courses: Segments,
    boxes: Vec<[f64; 4]>,
}

const ISLAND: P = P { x: -905.0, y: -455.0 };

impl Water {
    /// Draws the river, the brook and the ponds.
    pub fn draw() -> Water {
        let middle = curve(
            &[
                p(-12_700.0, 1100.0),
                p(-11_200.0, 2300.0),
                p(-9700.0, 1700.0),
                p(-8500.0, 850.0),
                p(-7400.0, 1250.0),
                p(-6300.0, 250.0),
                p(-5200.0, -450.0),
                p(-4150.0, 120.0),
                p(-3150.0, -620.0),
                p(-2150.0, -160.0),
                p(-1250.0, -470.0),
                p(-450.0, -380.0),
                p(300.0, -430.0),
                p(1050.0, -240.0),
                p(1750.0, -330.0),
                p(2450.0, -800.0),
                p(3250.0, -560.0),
                p(4100.0, -1350.0),
                p(5100.0, -1350.0),
                p(5900.0, -2350.0),
                p(7000.0, -2050.0),
                p(8200.0, -2950.0),
                p(9700.0, -3250.0),
                p(11_200.0, -2500.0),
                p(12_700.0, -3300.0),
            ],
            24.0,
        );
        let from_island = |at: P| (distance(at, ISLAND) / 250.0).powi(2);
        let half = |at: P| 21.0 + 3.5 * noise(11, at, 420.0) + 44.0 * (-from_island(at)).exp();
        let mut river = beside(&middle, half);
        river.extend(beside(&middle, |at| -half(at)).into_iter().rev());
        let near: Vec<P> = middle.iter().copied().filter(|at| from_island(*at) < 1.0).collect();
        let land = |at: P| 40.0 * (1.0 - from_island(at)).max(0.0).sqrt();
        let mut island = beside(&near, land);
        island.extend(beside(&near, |at| -land(at)).into_iter().rev());

        let course = curve(
            &[
                p(-3100.0, 10_100.0),
                p(-2400.0, 8700.0),
                p(-2700.0, 7300.0),
                p(-3250.0, 5600.0),
                p(-2750.0, 4300.0),
                p(-3150.0, 3100.0),
                p(-2600.0, 2050.0),
                p(-2900.0, 1150.0),
                p(-2480.0, 520.0),
                p(-2640.0, -390.0),
            ],
            20.0,
        );
        let meander = |at: P| 26.0 * noise(12, at, 170.0);
        let mut course = beside(&course, meander);
        while course.last().is_some_and(|at| contains(&river, *at)) {
            course.pop();
        }
        let length = path_length(&course);
        let width = |at: P| 3.0 + 3.0 * (1.0 - (at.y + 400.0) / length).clamp(0.0, 1.0);
        let mut brook = beside(&course, width);
        brook.extend(beside(&course, |at| -width(at)).into_iter().rev());

        let ponds = vec![
            ("Étang de la Vive", blob(21, p(-3480.0, 3650.0), 190.0, 110.0, 0.5)),
            ("Étang des Moines", blob(22, p(-3900.0, 4600.0), 130.0, 85.0, 1.9)),
            ("Étang de Gercy", blob(23, p(2100.0, -4350.0), 230.0, 130.0, 0.2)),
            ("Mare aux Grues", blob(24, p(-3350.0, -4350.0), 75.0, 48.0, 1.0)),
            ("Sablière de Saint-Loup", blob(25, p(7650.0, -1750.0), 260.0, 150.0, 2.7)),
            ("Bassin des Essarts", blob(26, p(4700.0, 1720.0), 85.0, 60.0, 0.8)),
        ];
        let mut water = Water {
            middle,
            river,
            island,
            course,
            brook,
            ponds,
            banks: Segments::new(),
            courses: Segments::new(),
            boxes: Vec::new(),
        };
        let mut banks = Segments::new();
        for (at, ring) in water.rings().enumerate() {
            banks.add(at, &closed(ring));
        }
        water.boxes = water.rings().map(bounds).collect();
        water.banks = banks;
        water.courses.add(0, &water.middle);
        water.courses.add(1, &water.course);
        water
    }

    fn rings(&self) -> impl Iterator<Item = &[P]> {
        [&self.river, &self.brook, &self.island]
            .into_iter()
            .map(Vec::as_slice)
            .chain(self.ponds.iter().map(|(_, ring)| ring.as_slice()))
    }

    /// Whether a place lies in water.
    pub fn is_wet(&self, at: P) -> bool {
        let by_river = self.courses.near(at, 70.0).next().is_some();
        let holds = self.rings().zip(&self.boxes).enumerate().filter(|(number, (ring, b))| {
            (by_river || *number > 2)
                && at.x >= b[0]
                && at.x <= b[2]
                && at.y >= b[1]
                && at.y <= b[3]
                && contains(ring, at)
        });
        // The island is the third ring.
        let found: Vec<usize> = holds.map(|(at, _)| at).collect();
        !found.is_empty() && !found.contains(&2)
    }

    /// Whether a place is dry and at least so many metres from any bank.
    pub fn is_clear(&self, at: P, metres: f64) -> bool {
        !self.banks.is_within(at, metres) && !self.is_wet(at)
    }

    /// Whether the way from `a` to `b` goes over a bank.
    pub fn is_between(&self, a: P, b: P) -> bool {
        self.banks.first_hit(a, b, |_| true).is_some()
    }
}

/// The ring with its first point again at its end.
pub fn closed(ring: &[P]) -> Vec<P> {
    let mut path = ring.to_vec();
    path.extend(ring.first());
    path
}

/// A rounded, uneven shape about `a` by `b` metres in half-axes.
pub fn blob(seed: u64, centre: P, a: f64, b: f64, turn: f64) -> Vec<P> {
    let count = ((a + b) / 12.0).clamp(14.0, 90.0) as usize;
    let ring: Vec<P> = (0..count)
        .map(|at| {
            let round = direction(std::f64::consts::TAU * at as f64 / count as f64);
            let uneven =
                1.0 + 0.28 * noise(seed, round * 3.0, 1.3) + 0.10 * noise(seed + 500, round * 3.0, 0.45);
            let (x, y) = (round.x * a * uneven, round.y * b * uneven);
            centre + p(x * turn.cos() - y * turn.sin(), x * turn.sin() + y * turn.cos())
        })
        .collect();
    let mut ring = simplify(&soften(&closed(&ring)), 1.0);
    ring.pop();
    ring
}
