//! In which order places are gone to: from where one stands to the nearest, from there to the nearest that is left. No SQL, no HTTP.
//!
//! What it is not: the shortest way, nor one along streets.

/// The order in which places (longitude and latitude in degrees) are gone to, as their numbers; from a place, or from the first.
pub(super) fn nearest(places: &[(f64, f64)], from: Option<(f64, f64)>) -> Vec<usize> {
    let mut left: Vec<usize> = (0..places.len()).collect();
    let mut way = Vec::with_capacity(places.len());
    let mut here = match from {
        Some(from) => from,
        None => match places.first() {
            Some(first) => *first,
            None => return way,
        },
    };
    while !left.is_empty() {
        let distance = |at: &usize| squared(here, places[*at]);
        let next = (0..left.len()).min_by(|a, b| distance(&left[*a]).total_cmp(&distance(&left[*b])));
        let Some(next) = next else { break };
        // Of two as near, the one that came first: `remove` keeps the order of those that are left.
        let at = left.remove(next);
        here = places[at];
        way.push(at);
    }
    way
}

/// The square of a distance, in degrees of latitude: within a town the ground is flat.
fn squared(a: (f64, f64), b: (f64, f64)) -> f64 {
    let east = (a.0 - b.0) * a.1.to_radians().cos();
    let north = a.1 - b.1;
    east * east + north * north
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_gone_to_once_the_nearest_first() {
        let places = [(2.0, 48.0), (2.3, 48.0), (2.1, 48.0), (2.2, 48.0)];
        assert_eq!(nearest(&places, None), [0, 2, 3, 1]);
        assert_eq!(nearest(&places, Some((2.31, 48.0))), [1, 3, 2, 0]);
        assert_eq!(nearest(&[], None), Vec::<usize>::new());
        assert_eq!(nearest(&[(2.0, 48.0); 3], None), [0, 1, 2], "what lies in one place keeps its order");
    }

    #[test]
    fn a_degree_of_longitude_is_shorter_than_one_of_latitude() {
        assert_eq!(nearest(&[(2.0, 48.0), (2.0, 48.10), (2.12, 48.0)], None), [0, 2, 1]);
    }
}
