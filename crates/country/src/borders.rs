//! The areas: communes and quartiers cut from one mesh of small cells. Neighbours share each border's points, so that
//! there is no gap and no overlap.

use crate::chance::noise;
use crate::plane::{P, Segments, contains, cross, distance, dot, p, polygon, simplify, soften};
use crate::roads::Street;
use crate::water::Water;
use geo::MultiPolygon;
use std::collections::{BTreeMap, BTreeSet};

/// Official-looking codes start with 99, which INSEE gives to places outside France.
pub const EPCI: (&str, &str) = ("Val d'Aubrelle", "200099017");

/// Name and code of each commune.
pub const COMMUNES: [(&str, &str); 5] = [
    ("Montclar-sur-Aubrelle", "99142"),
    ("Vernoise", "99317"),
    ("Les Essarts-Royaux", "99088"),
    ("Saint-Loup-d'Aubrelle", "99266"),
    ("Fontmarin", "99101"),
];

/// How far each commune reaches from its centre, against the others.
const REACH: [f64; 5] = [1.12, 1.0, 1.0, 0.85, 1.05];

/// What bounds a quartier besides its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bank {
    North,
    South,
    Either,
}

/// A quartier to be cut: its commune, its name, its heart.
#[derive(Debug)]
pub struct Quartier {
    /// The number of its commune, in [`COMMUNES`].
    pub commune: usize,
    /// Its name.
    pub name: &'static str,
    /// The point that it grows around.
    pub heart: P,
    bank: Bank,
    within_ring: bool,
}

const fn quartier(commune: usize, name: &'static str, x: f64, y: f64) -> Quartier {
    Quartier { commune, name, heart: P { x, y }, bank: Bank::Either, within_ring: false }
}

const fn banked(name: &'static str, x: f64, y: f64, bank: Bank, within_ring: bool) -> Quartier {
    Quartier { commune: 0, name, heart: P { x, y }, bank, within_ring }
}

/// The corners of a cell from its middle, against the clock, in half-widths and half-radii.
const ROUND: [Corner; 6] = [(1, 1), (0, 2), (-1, 1), (-1, -1), (0, -2), (1, -1)];

/// Every quartier, in the order of their codes.
pub const QUARTIERS: [Quartier; 22] = [
    banked("Centre", 20.0, 120.0, Bank::North, true),
    banked("Saint-Martin", 150.0, 1050.0, Bank::North, false),
    banked("Le Plateau", 200.0, 2300.0, Bank::North, false),
    banked("Bellevue", 1400.0, 1350.0, Bank::North, false),
    banked("Les Capucins", 1350.0, 200.0, Bank::North, false),
    banked("Les Tanneries", -1350.0, 150.0, Bank::North, false),
    banked("Clemenceau", -1050.0, 1150.0, Bank::North, false),
    banked("Sainte-Anne", 20.0, -680.0, Bank::South, true),
    banked("La Fonderie", 1250.0, -800.0, Bank::South, false),
    banked("Le Faubourg", -1150.0, -950.0, Bank::South, false),
    banked("Les Cheminots", 350.0, -1750.0, Bank::South, false),
    quartier(1, "Vernoise-Bourg", -4300.0, 1250.0),
    quartier(1, "Les Coteaux", -5600.0, 2900.0),
    quartier(1, "La Prairie", -4350.0, -100.0),
    quartier(1, "Les Étangs", -3600.0, 3300.0),
    quartier(2, "Essarts-Bourg", 3900.0, 550.0),
    quartier(2, "La Cité-Jardin", 3650.0, 1650.0),
    quartier(2, "La Croix-Verte", 5200.0, 1750.0),
    quartier(3, "Le Prieuré", 6500.0, -1450.0),
    quartier(3, "Les Bords de l'Eau", 6900.0, -3000.0),
    quartier(4, "Le Village", -2300.0, -4550.0),
    quartier(4, "Les Hameaux", -5600.0, -4300.0),
];

/// The radius of a cell, in metres.
const CELL: f64 = 78.0;
const OUTSIDE: usize = usize::MAX;

/// A corner of a cell, counted in half-widths and half-radii.
type Corner = (i64, i64);

/// A border between two quartiers, or between one and the outside.
#[derive(Debug)]
struct Border {
    left: usize,
    right: usize,
    ends: (Corner, Corner),
    path: Vec<P>,
}

/// The borders of the whole territory.
#[derive(Debug)]
pub struct Borders {
    borders: Vec<Border>,
}

impl Borders {
    /// Draws the borders; the ring of boulevards is the edge of the old town.
    pub fn draw(water: &Water, ring: &Street) -> Borders {
        let river = Segments::of_path(&water.middle);
        let boulevard = Segments::of_path(&ring.path);
        let labels = label_cells(water, &river, ring);
        let (edges, places) = edges(&labels);
        let mut at_corner: BTreeMap<Corner, Vec<usize>> = BTreeMap::new();
        for (number, edge) in edges.iter().enumerate() {
            at_corner.entry(edge.from).or_default().push(number);
            at_corner.entry(edge.to).or_default().push(number);
        }
        let settle = |corner: &Corner| {
            let here = places.get(corner).copied().unwrap_or(p(0.0, 0.0));
            let beside: BTreeSet<usize> = at_corner
                .get(corner)
                .into_iter()
                .flatten()
                .flat_map(|e| [edges[*e].left, edges[*e].right])
                .collect();
            let of = |wanted: &dyn Fn(&Quartier) -> bool| {
                beside.iter().filter_map(|q| QUARTIERS.get(*q)).any(wanted)
            };
            let parts_banks = of(&|q| q.bank == Bank::North) && of(&|q| q.bank == Bank::South);
            let parts_ring = of(&|q| q.within_ring) && of(&|q| !q.within_ring);
            let line = if parts_banks { Some(&river) } else { parts_ring.then_some(&boulevard) };
            line.and_then(|line| line.nearest(here, 230.0)).map_or(here, |(_, place, _)| place)
        };
        let settled: BTreeMap<Corner, P> = at_corner.keys().map(|c| (*c, settle(c))).collect();
        Borders { borders: chain(&edges, &at_corner, &settled) }
    }

    /// The outline of some quartiers together.
    pub fn outline(&self, of: impl Fn(usize) -> bool) -> MultiPolygon<f64> {
        let inside = |label: usize| label != OUTSIDE && of(label);
        let mut open: BTreeMap<Corner, (Corner, Vec<P>)> = BTreeMap::new();
        let mut rings: Vec<Vec<P>> = Vec::new();
        for border in self.borders.iter().filter(|b| inside(b.left) != inside(b.right)) {
            let (mut path, mut ends) = (border.path.clone(), border.ends);
            if inside(border.right) {
                path.reverse();
                ends = (ends.1, ends.0);
            }
            if ends.0 == ends.1 {
                rings.push(path);
            } else {
                open.insert(ends.0, (ends.1, path));
            }
        }
        while let Some((start, (mut end, mut ring))) = open.pop_first() {
            while end != start
                && let Some((next, path)) = open.remove(&end)
            {
                ring.extend(path.into_iter().skip(1));
                end = next;
            }
            rings.push(ring);
        }
        let area = |ring: &[P]| ring.windows(2).map(|w| cross(w[0], w[1])).sum::<f64>();
        let (outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| area(ring) > 0.0);
        let polygons = outer.iter().map(|ring| {
            let own = |hole: &&Vec<P>| hole.first().is_some_and(|at| contains(ring, *at));
            polygon(ring, &holes.iter().filter(own).cloned().collect::<Vec<_>>())
        });
        MultiPolygon(polygons.collect())
    }
}

fn centre(column: i64, row: i64) -> P {
    let odd = row.rem_euclid(2) as f64 * 0.5;
    p((column as f64 + odd) * CELL * 3f64.sqrt(), row as f64 * CELL * 1.5)
}

/// The quartier of each cell that lies in the territory.
fn label_cells(water: &Water, river: &Segments, ring: &Street) -> BTreeMap<(i64, i64), usize> {
    let mut labels = BTreeMap::new();
    for row in -62..=62 {
        for column in -68..=68 {
            let at = centre(column, row);
            let (x, y) = (at.x / 8700.0, at.y / 6700.0);
            if x.powi(4) + y.powi(4) > 0.86 + 0.26 * noise(101, at, 2100.0) + 0.04 * noise(102, at, 600.0) {
                continue;
            }
            let bent = at
                + p(noise(103, at, 900.0), noise(104, at, 900.0)) * 300.0
                + p(noise(105, at, 260.0), noise(106, at, 260.0)) * 60.0;
            let far = |commune: usize| distance(bent, crate::roads::TOWNS[commune].0) / REACH[commune];
            let commune = (0..5).min_by(|a, b| far(*a).total_cmp(&far(*b))).unwrap_or(0);
            let is_north = north(water, river, at);
            let in_ring = contains(&ring.path, at);
            let fits = |q: &Quartier| {
                q.commune == commune
                    && (commune != 0 || ((q.bank == Bank::North) == is_north && q.within_ring == in_ring))
            };
            let near = QUARTIERS
                .iter()
                .enumerate()
                .filter(|(_, q)| fits(q))
                .min_by(|a, b| distance(bent, a.1.heart).total_cmp(&distance(bent, b.1.heart)));
            if let Some((label, _)) = near {
                labels.insert((column, row), label);
            }
        }
    }
    labels
}

/// Whether a place lies north of the river.
fn north(water: &Water, river: &Segments, at: P) -> bool {
    match river.nearest(at, 600.0) {
        Some((segment, _, _)) => cross(segment.b - segment.a, at - segment.a) > 0.0,
        None => water
            .middle
            .iter()
            .min_by(|a, b| (a.x - at.x).abs().total_cmp(&(b.x - at.x).abs()))
            .is_some_and(|m| at.y > m.y),
    }
}

#[derive(Debug)]
struct Edge {
    from: Corner,
    to: Corner,
    left: usize,
    right: usize,
}

/// The cells' sides that part two quartiers, with the quartier on each hand, and where their corners lie.
fn edges(labels: &BTreeMap<(i64, i64), usize>) -> (Vec<Edge>, BTreeMap<Corner, P>) {
    let mut places = BTreeMap::new();
    let mut sides: BTreeMap<(Corner, Corner), usize> = BTreeMap::new();
    for ((column, row), label) in labels {
        let (x, y) = (2 * column + row.rem_euclid(2), 3 * row);
        let corners = ROUND.map(|(dx, dy)| (x + dx, y + dy));
        for corner in corners {
            places.entry(corner).or_insert_with(|| {
                let c = p(corner.0 as f64 * CELL * 3f64.sqrt() * 0.5, corner.1 as f64 * CELL * 0.5);
                c + p(noise(107, c, 90.0), noise(108, c, 90.0)) * 26.0
            });
        }
        for at in 0..6 {
            sides.insert((corners[at], corners[(at + 1) % 6]), *label);
        }
    }
    let parted = sides.iter().filter_map(|((from, to), left)| {
        let right = sides.get(&(*to, *from)).copied();
        // A side between two quartiers is met from both: it is taken once.
        let once = right.is_none_or(|right| *left < right);
        once.then_some(Edge { from: *from, to: *to, left: *left, right: right.unwrap_or(OUTSIDE) })
    });
    (parted.collect(), places)
}

/// Joins sides to borders that run from one meeting of three areas to the next.
fn chain(
    edges: &[Edge],
    at_corner: &BTreeMap<Corner, Vec<usize>>,
    settled: &BTreeMap<Corner, P>,
) -> Vec<Border> {
    let place = |corner: &Corner| settled.get(corner).copied().unwrap_or(p(0.0, 0.0));
    let is_meeting = |corner: &Corner| at_corner.get(corner).is_none_or(|e| e.len() != 2);
    let mut used = vec![false; edges.len()];
    let mut borders = Vec::new();
    let starts = (0..edges.len()).filter(|e| is_meeting(&edges[*e].from)).chain(0..edges.len());
    for first in starts.collect::<Vec<_>>() {
        if used[first] {
            continue;
        }
        let (left, right) = (edges[first].left, edges[first].right);
        let begin = edges[first].from;
        let mut end = begin;
        let mut path = vec![place(&begin)];
        let mut next = Some(first);
        while let Some(edge) = next {
            used[edge] = true;
            end = edges[edge].to;
            path.push(place(&end));
            let here = at_corner.get(&end).into_iter().flatten();
            next = here.copied().find(|e| !used[*e] && edges[*e].from == end).filter(|_| !is_meeting(&end));
        }
        borders.push(Border { left, right, ends: (begin, end), path: smooth(&path) });
    }
    borders
}

/// A border without the steps of the cells.
fn smooth(path: &[P]) -> Vec<P> {
    let mut straight: Vec<P> = Vec::new();
    for (at, here) in path.iter().enumerate() {
        // Corners that were drawn to a line may lie a little behind each other.
        let is_end = at == 0 || at + 1 == path.len();
        let turns_back = straight.len() > 1
            && straight
                .last()
                .zip(straight.get(straight.len().wrapping_sub(2)))
                .is_some_and(|(b, a)| dot(*b - *a, *here - *b) < 0.0);
        if turns_back && !is_end {
            continue;
        }
        if straight.last().is_none_or(|last| distance(*last, *here) > 1.0) || is_end {
            straight.push(*here);
        }
    }
    simplify(&soften(&soften(&simplify(&straight, 62.0))), 3.0)
}
