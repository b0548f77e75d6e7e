//! What is green: parks and squares that the streets go round, banks of the river, sports grounds, woods.

use crate::chance::{Chance, noise};
use crate::plane::{P, Segments, beside, bounds, contains, direction, distance, left, p, resample, soften};
use crate::roads::{Class, Grain, Street, quay_offset};
use crate::water::{Water, blob, closed};

/// A green place.
#[derive(Debug, Clone)]
pub struct Green {
    /// Its name.
    pub name: &'static str,
    /// `parc`, `square`, `place`, `berge`, `sport`, `bois`, `cimetiere` or `jardins`.
    pub class: &'static str,
    /// Its outline.
    pub ring: Vec<P>,
    /// Its middle.
    pub centre: P,
    /// West, south, east, north.
    pub bounds: [f64; 4],
}

/// Name, class, about where (metres), width and depth (metres).
const PARKS: [(&str, &str, f64, f64, f64, f64); 40] = [
    ("Parc de la Préfecture", "parc", 360.0, 330.0, 190.0, 130.0),
    ("Jardin des Plantes", "parc", -330.0, 330.0, 170.0, 150.0),
    ("Parc Élisa-Lemonnier", "parc", 980.0, 960.0, 290.0, 200.0),
    ("Parc des Tanneries", "parc", -1330.0, 700.0, 260.0, 170.0),
    ("Square Marie-Curie", "square", -950.0, 420.0, 80.0, 70.0),
    ("Square des Capucins", "square", 1000.0, 350.0, 90.0, 65.0),
    ("Square Olympe-de-Gouges", "square", 320.0, 900.0, 95.0, 75.0),
    ("Square de la Fonderie", "square", -230.0, -720.0, 85.0, 65.0),
    ("Jardin du Port", "square", 900.0, -730.0, 110.0, 80.0),
    ("Square des Tilleuls", "square", -430.0, 1180.0, 90.0, 80.0),
    ("Parc des Cheminots", "parc", 480.0, -1500.0, 210.0, 140.0),
    ("Square Joséphine-Baker", "square", -520.0, -1330.0, 80.0, 70.0),
    ("Square du Lavoir", "square", -120.0, 300.0, 60.0, 50.0),
    ("Square des Justes", "square", 220.0, -640.0, 70.0, 55.0),
    ("Parc de Bellevue", "parc", 1250.0, 1400.0, 250.0, 190.0),
    ("Stade Alice-Milliat", "sport", -1150.0, 1350.0, 240.0, 180.0),
    ("Stade des Cheminots", "sport", 950.0, -1450.0, 200.0, 150.0),
    ("Plaine des sports du Plateau", "sport", 600.0, 1900.0, 330.0, 230.0),
    ("Cimetière Saint-Martin", "cimetiere", 450.0, 1250.0, 190.0, 150.0),
    ("Jardins familiaux de la Croix", "jardins", -1500.0, -900.0, 190.0, 110.0),
    ("Jardins ouvriers du Faubourg", "jardins", -750.0, -1550.0, 160.0, 110.0),
    ("Parc du Château de Vernoise", "parc", -4550.0, 1350.0, 230.0, 180.0),
    ("Square des Lavandières", "square", -4180.0, 720.0, 80.0, 65.0),
    ("Stade de la Prairie", "sport", -3850.0, 560.0, 220.0, 160.0),
    ("Parc des Coteaux", "parc", -4750.0, 1000.0, 190.0, 130.0),
    ("Cimetière de Vernoise", "cimetiere", -4650.0, 600.0, 110.0, 90.0),
    ("Jardin Simone-Veil", "square", -3800.0, 1050.0, 90.0, 70.0),
    ("Parc du Moulin", "parc", 4250.0, 520.0, 210.0, 140.0),
    ("Square de la Cité-Jardin", "square", 3650.0, 1100.0, 85.0, 75.0),
    ("Stade Nelson-Mandela", "sport", 3500.0, 720.0, 220.0, 170.0),
    ("Jardin des Peupliers", "square", 4350.0, 1250.0, 100.0, 80.0),
    ("Parc de la Croix-Verte", "parc", 4000.0, 1600.0, 200.0, 150.0),
    ("Cimetière des Essarts", "cimetiere", 3450.0, 1250.0, 110.0, 90.0),
    ("Jardin du Prieuré", "square", 6480.0, -1480.0, 80.0, 70.0),
    ("Stade du Pré-aux-Clercs", "sport", 6250.0, -1350.0, 190.0, 140.0),
    ("Parc de la Tour", "parc", 6900.0, -1400.0, 160.0, 110.0),
    ("Verger communal", "jardins", -2250.0, -4420.0, 110.0, 80.0),
    ("Terrain de sport de Fontmarin", "sport", -2200.0, -4850.0, 150.0, 105.0),
    ("Placette de la Fontaine", "square", -2480.0, -4540.0, 45.0, 40.0),
    ("Aire des Peupliers", "parc", 6850.0, -1830.0, 130.0, 80.0),
];

/// Name, place, half-axes in metres, turn in radians.
const WOODS: [(&str, f64, f64, f64, f64, f64); 26] = [
    ("Bosquet des Fermes", 3900.0, -3900.0, 210.0, 130.0, 0.3),
    ("Bois des Alouettes", 4700.0, 5900.0, 330.0, 210.0, 2.0),
    ("Bosquet de Lormont", -8100.0, 1900.0, 190.0, 120.0, 0.9),
    ("Bois du Loup", 8300.0, -1700.0, 330.0, 220.0, 1.2),
    ("Bosquet du Moulin", -1000.0, 3000.0, 210.0, 110.0, 0.2),
    ("Bois des Carmes", 1500.0, 2600.0, 230.0, 150.0, 1.4),
    ("Bois de la Garenne", -300.0, -5300.0, 260.0, 150.0, 2.4),
    ("Bosquet des Grues", -4400.0, -2700.0, 240.0, 140.0, 1.7),
    ("Bois de l'Hermitage", 2900.0, -2700.0, 300.0, 170.0, 0.5),
    ("Bois Joli", -5600.0, 6000.0, 330.0, 230.0, 2.8),
    ("Forêt de Gercy", 2650.0, -5550.0, 1500.0, 900.0, 0.25),
    ("Bois Royal", 5600.0, 3700.0, 1050.0, 780.0, 0.7),
    ("Bois de la Vive", -4150.0, 3950.0, 620.0, 430.0, 1.1),
    ("Bois des Crêtes", 700.0, 3900.0, 760.0, 330.0, 0.1),
    ("Bois du Prieur", -6700.0, 3600.0, 690.0, 470.0, 2.5),
    ("Bois de Marcigny", 6000.0, -5300.0, 620.0, 380.0, 0.9),
    ("Bois des Grands-Taillis", -6400.0, -3100.0, 560.0, 350.0, 2.1),
    ("Bois des Moines", -4500.0, -5400.0, 640.0, 360.0, 0.4),
    ("Bosquet du Héron", -6500.0, -500.0, 270.0, 140.0, 0.5),
    ("Bois de la Chapelle", 8000.0, 700.0, 420.0, 300.0, 1.8),
    ("Bois de Chavannes", -2600.0, 5800.0, 430.0, 270.0, 1.0),
    ("Petit Bois", 2450.0, 1750.0, 280.0, 190.0, 2.2),
    ("Bois des Fermes", -600.0, -3300.0, 360.0, 200.0, 0.5),
    ("Peupleraie de l'Aubrelle", 4750.0, -1700.0, 260.0, 110.0, 2.6),
    ("Bois Clair", 2600.0, 5300.0, 480.0, 300.0, 0.2),
    ("Bois du Val", -5700.0, -1550.0, 330.0, 200.0, 0.2),
];

impl Green {
    fn new(name: &'static str, class: &'static str, ring: Vec<P>, centre: P) -> Green {
        Green { name, class, bounds: bounds(&ring), ring, centre }
    }

    /// Whether a point lies in it.
    pub fn holds(&self, at: P) -> bool {
        let b = self.bounds;
        at.x >= b[0] && at.x <= b[2] && at.y >= b[1] && at.y <= b[3] && contains(&self.ring, at)
    }
}

/// Every green place. Parks find room between the roads, near where they are wanted.
pub fn plant(roads: &[Street], water: &Water, grain: &Grain) -> Vec<Green> {
    let mut chance = Chance::new(61);
    let mut greens: Vec<Green> = Vec::new();
    let mut lines = Segments::new();
    for (at, road) in roads.iter().enumerate() {
        lines.add(at, &road.path);
    }
    for (name, class, x, y, width, depth) in PARKS {
        for attempt in 0..90 {
            let reach = f64::from(attempt) * 4.0;
            let centre = p(x, y) + direction(chance.between(0.0, std::f64::consts::TAU)) * reach;
            let shrink = if attempt < 60 { 1.0 } else { 0.7 };
            let ring = rounded(centre, width * shrink, depth * shrink, grain.angle(centre));
            let fits = resample(&closed(&ring), 15.0)
                .iter()
                .all(|at| water.is_clear(*at, 18.0) && !lines.is_within(*at, 26.0));
            let is_free = lines.nearest(centre, width.min(depth) * 0.5).is_none();
            if fits && is_free && greens.iter().all(|g| apart(&g.ring, &ring, 30.0)) {
                greens.push(Green::new(name, class, ring, centre));
                break;
            }
        }
    }
    greens.extend(banks(water));
    let middle = p(-905.0, -455.0);
    let inner = water.island.iter().map(|at| middle + (*at - middle) * 0.90).collect();
    greens.push(Green::new("Parc de l'Île", "parc", inner, middle));
    for (seed, (name, x, y, a, b, turn)) in (700..).zip(WOODS) {
        greens.push(Green::new(name, "bois", blob(seed, p(x, y), a, b, turn), p(x, y)));
    }
    greens.extend(riverside(water, &lines, &mut chance));
    greens
}

/// Trees along the river and the brook, outside the towns.
fn riverside(water: &Water, lines: &Segments, chance: &mut Chance) -> Vec<Green> {
    let mut found: Vec<Green> = Vec::new();
    for (course, name, from_middle) in
        [(&water.middle, "Rives de l'Aubrelle", 25.0), (&water.course, "Rives de la Vive", 7.0)]
    {
        let mut at = 0;
        while at + 12 < course.len() {
            let count = 10 + chance.below(26);
            let near = &course[at..(at + count).min(course.len())];
            let side = if chance.happens(0.5) { 1.0 } else { -1.0 };
            let wide = chance.between(26.0, 62.0);
            at += count / 2 + chance.below(12);
            let last = near.len() as f64 - 1.0;
            let mut outer: Vec<P> = beside(near, |_| side * from_middle);
            for (step, q) in outer.iter_mut().enumerate() {
                let middle = near[step];
                let bulge = (std::f64::consts::PI * step as f64 / last).sin().max(0.0).sqrt();
                let uneven = 1.0 + 0.35 * noise(73, middle, 90.0);
                *q = middle + (*q - middle) * (1.0 + wide * bulge * uneven / from_middle);
            }
            let mut ring = beside(near, |_| side * from_middle);
            ring.extend(outer.into_iter().rev());
            let centre = ring.iter().fold(p(0.0, 0.0), |sum, q| sum + *q) / ring.len() as f64;
            let in_town =
                crate::roads::TOWNS.iter().any(|(town, radius, _)| distance(*town, centre) < radius * 1.12);
            let is_dry = ring.iter().all(|q| !water.is_wet(*q) && !lines.is_within(*q, 12.0));
            if !in_town && is_dry && found.iter().all(|g| apart(&g.ring, &ring, 20.0)) {
                found.push(Green::new(name, "berge", ring, centre));
            }
        }
    }
    found
}

/// Paths through parks, from gate to gate.
pub fn walks(greens: &[Green]) -> Vec<Street> {
    let mut walks = Vec::new();
    for park in greens.iter().filter(|g| g.class == "parc" && g.name != "Parc de l'Île") {
        let outer = beside(&closed(&park.ring), |_| -11.0);
        let count = outer.len() - 1;
        for turn in [0, 1] {
            let (a, b) = (outer[turn * count / 4 + 1], outer[(turn * count / 4 + count / 2) % count]);
            let bend = left(b - a) * 0.13;
            let path = crate::plane::curve(&[a, park.centre + bend, b], 12.0);
            let name = park.name.replace("Parc", "Allée du Parc").replace("Jardin", "Allée du Jardin");
            walks.push(Street { class: Class::Path, name, path, is_bridge: false });
        }
    }
    walks
}

/// The green banks between the river and a quay that keeps away from it.
fn banks(water: &Water) -> Vec<Green> {
    let mut found = Vec::new();
    for (side, name, from, to) in
        [(1.0, "Berges des Tanneurs", -1880.0, -1230.0), (-1.0, "Promenade des Mariniers", 700.0, 1590.0)]
    {
        let near: Vec<P> = water.middle.iter().copied().filter(|at| at.x > from && at.x < to).collect();
        let mut ring = beside(&near, |_| side * 31.0);
        ring.extend(beside(&near, |at| side * (quay_offset(at, side) - 15.0).max(33.0)).into_iter().rev());
        let centre = near.get(near.len() / 2).copied().unwrap_or(p(0.0, 0.0));
        let centre = centre + p(0.0, side * 65.0);
        found.push(Green::new(name, "berge", ring, centre));
    }
    found
}

/// A four-sided place with soft corners, a little uneven.
fn rounded(centre: P, width: f64, depth: f64, angle: f64) -> Vec<P> {
    let (u, v) = (direction(angle), left(direction(angle)));
    let corner = |x: f64, y: f64| {
        let q = centre + u * (x * width * 0.5) + v * (y * depth * 0.5);
        let uneven = width.min(depth) * 0.13;
        q + p(noise(71, q, 30.0), noise(72, q, 30.0)) * uneven
    };
    let corners = [corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)];
    let mut path = Vec::new();
    for at in 0..4 {
        let (a, b) = (corners[at], corners[(at + 1) % 4]);
        // Two points near each corner: the corners are rounded, the sides stay straight.
        let share = (12.0 / distance(a, b)).min(0.3);
        path.push(a + (b - a) * share);
        path.push(b + (a - b) * share);
    }
    let mut ring = soften(&closed(&path));
    ring.pop();
    ring
}

/// Whether two rings keep about so many metres apart.
fn apart(a: &[P], b: &[P], metres: f64) -> bool {
    let far = |ring: &[P], other: &[P]| {
        !ring.iter().any(|at| contains(other, *at) || other.iter().any(|q| distance(*q, *at) < metres))
    };
    far(a, b) && far(b, a)
}

/// Streets around each park and square, so that the streets nearby have something to end on.
pub fn edges(greens: &[Green]) -> Vec<Street> {
    let round = |green: &&Green| matches!(green.class, "parc" | "square" | "sport" | "cimetiere");
    let mut streets = Vec::new();
    for green in greens.iter().filter(round).filter(|g| g.name != "Parc de l'Île") {
        // The ring runs against the clock: to its right is outside.
        let path = beside(&closed(&green.ring), |_| -11.0);
        let ring = closed(&path[..path.len().saturating_sub(1)]);
        let name = match green.class {
            "square" => {
                green.name.replace("Square", "Place").replace("Jardin", "Place").replace("Placette", "Place")
            }
            "parc" => format!("Rue du {}", green.name),
            "cimetiere" => "Rue du Repos".into(),
            _ => "Rue des Sports".into(),
        };
        streets.push(Street { class: Class::Residential, name, path: ring, is_bridge: false });
    }
    streets
}
