//! The country between the towns: fields, meadows and vineyards, cut into parcels by hedges and tracks.
//!
//! What it is not: anything that streets or houses know of. Fields end where what is built begins.

use crate::buildings::Site;
use crate::chance::{Chance, noise};
use crate::plane::{P, distance, p, unit};
use crate::streets::Ground;

/// A parcel.
#[derive(Debug, Clone)]
pub struct Field {
    /// `farmland`, `meadow`, `vineyard` or, beside the towns, `allotments`.
    pub class: &'static str,
    /// Its outline.
    pub ring: Vec<P>,
}

/// Size of a parcel before it is divided, in metres.
const WIDE: f64 = 560.0;
const DEEP: f64 = 400.0;

/// How far the country goes, in metres from the middle: well beyond the territory, so that no map of it ends in nothing.
const REACH: (f64, f64) = (12_600.0, 10_000.0);

/// Beyond this, parcels are whole: nobody looks closely.
const CLOSE: (f64, f64) = (9_200.0, 7_000.0);

/// How often a parcel at the edge of a town is halved to follow it.
const HALVINGS: u32 = 4;

/// What the fields go round.
struct Country<'a> {
    ground: &'a Ground<'a>,
    site: &'a Site<'a>,
}

/// Every field. The same every time.
pub fn sow(ground: &Ground<'_>, site: &Site<'_>) -> Vec<Field> {
    let country = Country { ground, site };
    let mut chance = Chance::new(151);
    let mut fields = Vec::new();
    let count = ((REACH.0 + REACH.1) / DEEP) as i32;
    for row in -count..count {
        for column in -count..count {
            let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(dx, dy)| corner(column + dx, row + dy));
            if corners.iter().all(|at| at.x.abs() < REACH.0 && at.y.abs() < REACH.1) {
                country.divide(corners, HALVINGS, &mut chance, &mut fields);
            }
        }
    }
    fields
}

/// A corner that neighbours share: the lattice is turned and bent, so that nothing looks ruled.
fn corner(column: i32, row: i32) -> P {
    let (x, y) = (f64::from(column) * WIDE, f64::from(row) * DEEP);
    let turned = p(0.95 * x - 0.31 * y, 0.31 * x + 0.95 * y);
    let bend = |seed| 130.0 * noise(seed, turned, 900.0) + 45.0 * noise(seed + 1, turned, 260.0);
    turned + p(bend(161), bend(163))
}

impl Country<'_> {
    /// Keeps a parcel that is all country, in strips or whole; halves one that is partly built or wooded.
    fn divide(&self, quad: [P; 4], left: u32, chance: &mut Chance, fields: &mut Vec<Field>) {
        let looks = looks(quad);
        let centre = looks[0];
        let country = looks.iter().filter(|at| self.site.is_country(**at)).count();
        let green = looks.iter().filter(|at| self.ground.is_green(**at)).count();
        let is_far = centre.x.abs() > CLOSE.0 || centre.y.abs() > CLOSE.1;
        if country == 0 || green == looks.len() || self.ground.water.is_wet(centre) {
            return;
        }
        let is_whole = country == looks.len() && (green == 0 || left + 2 <= HALVINGS);
        if is_whole {
            let halvings = match () {
                () if is_far || left < HALVINGS => 0,
                () => chance.below(3),
            };
            self.strips(quad, halvings, left < HALVINGS, chance, fields);
        } else if left > 0 {
            let (one, other) = halves(quad);
            self.divide(one, left - 1, chance, fields);
            self.divide(other, left - 1, chance, fields);
        }
    }

    /// A parcel in two or four parts, or whole.
    fn strips(
        &self,
        quad: [P; 4],
        halvings: usize,
        is_edge: bool,
        chance: &mut Chance,
        fields: &mut Vec<Field>,
    ) {
        if halvings == 0 {
            let looks = looks(quad);
            // What lies mostly under trees is none.
            if looks.iter().filter(|at| self.ground.is_green(**at)).count() * 2 < looks.len() {
                fields.push(field(quad, self.ground, is_edge, chance));
            }
            return;
        }
        let (one, other) = halves(quad);
        self.strips(one, halvings - 1, is_edge, chance, fields);
        self.strips(other, halvings - 1, is_edge, chance, fields);
    }
}

/// The places by which a parcel is judged, its middle first.
fn looks([a, b, c, d]: [P; 4]) -> [P; 9] {
    let centre = (a + b + c + d) * 0.25;
    [centre, a, b, c, d, (a + b) * 0.5, (b + c) * 0.5, (c + d) * 0.5, (d + a) * 0.5]
}

/// Across the longer side.
fn halves([a, b, c, d]: [P; 4]) -> ([P; 4], [P; 4]) {
    if distance(a, b) + distance(c, d) > distance(b, c) + distance(d, a) {
        let (low, high) = ((a + b) * 0.5, (c + d) * 0.5);
        ([a, low, high, d], [low, b, c, high])
    } else {
        let (right, left) = ((b + c) * 0.5, (a + d) * 0.5);
        ([a, b, right, left], [left, right, c, d])
    }
}

fn field(quad: [P; 4], ground: &Ground<'_>, is_by_town: bool, chance: &mut Chance) -> Field {
    let centre = (quad[0] + quad[1] + quad[2] + quad[3]) * 0.25;
    let mood = noise(171, centre, 760.0) + chance.between(-0.3, 0.3);
    let is_low = !ground.water.is_clear(centre, 240.0);
    let is_slope = noise(173, centre, 2_300.0) > 0.22;
    let class = match () {
        // What a town leaves open is not ploughed.
        () if ground.density(centre) > 0.1 && chance.happens(0.8) => "meadow",
        () if ground.density(centre) > 0.1 => "allotments",
        () if is_by_town && chance.happens(0.12) => "allotments",
        () if is_low && chance.happens(0.7) => "meadow",
        () if is_slope && mood > -0.15 => "vineyard",
        () if mood > 0.3 => "meadow",
        () => "farmland",
    };
    // A hedge or a track between two parcels.
    let ring = quad.iter().map(|at| *at + unit(centre - *at) * 3.6).collect();
    Field { class, ring }
}
