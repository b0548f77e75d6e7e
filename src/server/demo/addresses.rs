//! What the address search knows of the invented territory: streets with the numbers of their doors, places, green and
//! water by name.
//!
//! Numbers grow from the commune's centre, odd to the left and even to the right, about as far along on both sides; they
//! stand only where there is a building.

use crate::core::gazetteer::{NewPlace, Number};
use parvis_country::borders::COMMUNES;
use parvis_country::plane::{P, along, degrees, distance, left, path_length};
use parvis_country::roads::{Class, Street, TOWNS};
use parvis_country::town::{Country, green_class, place_class};
use std::collections::BTreeMap;

/// Metres of a front that one door serves.
const DOOR: f64 = 16.0;

/// Everything that has a name, by kind, commune and name: each once.
pub(super) fn known(country: &Country) -> Vec<NewPlace> {
    let mut found: BTreeMap<(&'static str, usize, String), NewPlace> = BTreeMap::new();
    let mut pieces: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (at, street) in country.streets.iter().enumerate() {
        let middle = along(&street.path, path_length(&street.path) * 0.5).map_or(street.path[0], |(q, _)| q);
        if let Some((commune, _)) = country.whereabouts(middle)
            && street.class != Class::Rail
        {
            pieces.entry((commune, street.name.as_str())).or_default().push(at);
        }
    }
    let doors = doors(country);
    for ((commune, name), numbers) in pieces {
        let place = street(country, commune, name, numbers, &doors);
        found.insert(("street", commune, name.to_owned()), place);
    }
    let greens = country.greens.iter().map(|g| (green_class(g.class, g.name), g.name, g.centre));
    let places = country.places.iter().map(|q| (place_class(q.class, q.name), q.name, q.at));
    let ponds = country.water.ponds.iter().map(|(name, ring)| ("lake", *name, middle_of(ring)));
    for (kind, name, at) in greens.chain(places).chain(ponds) {
        if let Some((commune, _)) = country.whereabouts(at) {
            let key = (kind, commune, name.to_owned());
            found.entry(key).or_insert_with(|| place(kind, name, commune, at, Vec::new()));
        }
    }
    found.into_values().collect()
}

fn place(kind: &str, name: &str, commune: usize, at: P, numbers: Vec<Number>) -> NewPlace {
    let P { x: lon, y: lat } = degrees(at);
    NewPlace { kind: kind.into(), name: name.into(), locality: COMMUNES[commune].0.into(), lon, lat, numbers }
}

fn middle_of(ring: &[P]) -> P {
    ring.iter().fold(P { x: 0.0, y: 0.0 }, |sum, at| sum + *at) / ring.len().max(1) as f64
}

/// A door: metres along its street, which side, where.
struct Door {
    along: f64,
    side: f64,
    at: P,
}

/// The doors of every street, by the street's number.
fn doors(country: &Country) -> BTreeMap<usize, Vec<Door>> {
    let mut doors: BTreeMap<usize, Vec<Door>> = BTreeMap::new();
    for front in country.buildings.iter().filter_map(|building| building.front) {
        let street = &country.streets[front.street];
        let count = (front.length / DOOR).round().max(1.0);
        for door in 0..count as usize {
            let metres = front.from + front.length * (door as f64 + 0.5) / count;
            if let Some((at, heading)) = along(&street.path, metres) {
                let at = at + left(heading) * (front.side * (street.class.half_width() + 2.0));
                doors.entry(front.street).or_default().push(Door { along: metres, side: front.side, at });
            }
        }
    }
    doors
}

/// A street of one name in one commune, however many pieces it is drawn in.
fn street(
    country: &Country,
    commune: usize,
    name: &str,
    mut pieces: Vec<usize>,
    doors: &BTreeMap<usize, Vec<Door>>,
) -> NewPlace {
    let centre = TOWNS[commune].0;
    let path = |at: &usize| &country.streets[*at].path;
    let ends = |at: &usize| {
        let path = path(at);
        let (first, last) = (path[0], path[path.len() - 1]);
        (distance(first, centre), distance(last, centre))
    };
    pieces.sort_by(|a, b| {
        let nearer = |at: &usize| ends(at).0.min(ends(at).1);
        nearer(a).total_cmp(&nearer(b))
    });
    let mut walked = 0.0;
    let mut fronts: Vec<(f64, bool, P)> = Vec::new();
    for piece in &pieces {
        let length = path_length(path(piece));
        let (first, last) = ends(piece);
        let is_turned = last < first;
        for door in doors.get(piece).into_iter().flatten() {
            let metres = if is_turned { length - door.along } else { door.along };
            fronts.push((walked + metres, (door.side > 0.0) != is_turned, door.at));
        }
        walked += length;
    }
    fronts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut next = [1_i64, 2];
    let mut numbers = Vec::with_capacity(fronts.len());
    for (metres, is_left, at) in fronts {
        let next = &mut next[usize::from(!is_left)];
        // As far along as across the street, as far as what was built allows.
        let wanted = 2 * (metres / DOOR) as i64 + (*next % 2);
        let is_late = *next > 2 && wanted < *next - 1;
        let (number, suffix) = if is_late { (*next - 2, "bis") } else { (wanted.max(*next), "") };
        let is_taken =
            suffix == "bis" && numbers.iter().any(|n: &Number| n.number == number && n.suffix == suffix);
        let (number, suffix) = if is_taken { (*next, "") } else { (number, suffix) };
        if suffix.is_empty() {
            *next = number + 2;
        }
        let P { x: lon, y: lat } = degrees(at);
        numbers.push(Number { number, suffix: suffix.into(), lon, lat });
    }
    numbers.sort_by(|a, b| (a.number, &a.suffix).cmp(&(b.number, &b.suffix)));
    let longest = pieces.iter().max_by(|a, b| path_length(path(a)).total_cmp(&path_length(path(b))));
    let street: Option<&Street> = longest.map(|at| &country.streets[*at]);
    let at = street.and_then(|s| along(&s.path, path_length(&s.path) * 0.5)).map_or(centre, |(at, _)| at);
    place("street", name, commune, at, numbers)
}
