//! How far a version is from another: characters that differ, and metres between their places. What a process allows an author once
//! others gave a voice is measured so. Pure.

use super::Content;
use super::revisions::Version;
use crate::base::error::Result;
use geo::{Coord, CoordsIter as _, Geometry};

/// The share of the characters that may differ, in hundredths.
pub const SHARE: usize = 10;

/// How far the place may move, in metres.
pub const METRES: f64 = 25.0;

/// Metres of a degree of latitude.
const DEGREE: f64 = 111_195.0;

/// What differs between two versions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Characters to be written, taken out or replaced, in title and text.
    pub characters: usize,
    /// How many of them may.
    pub allowed: usize,
    /// How far the place moved, in metres; infinite where it is of another sort.
    pub metres: f64,
}

impl Change {
    /// What differs, at most one character more than is allowed.
    ///
    /// # Errors
    /// Where the database holds what is no geometry.
    pub fn between(old: &Version, new: &Content) -> Result<Change> {
        let text = |title: &str, body: &str| format!("{title}\n{body}").chars().collect::<Vec<char>>();
        let (old_text, new_text) = (text(&old.title, &old.body), text(&new.title, &new.body));
        let allowed = old_text.len() * SHARE / 100;
        let metres = match (old.geometry()?, &new.geometry) {
            (Some(old), Some(new)) => metres(&old, new),
            (None, None) if old.area == new.stated_area => 0.0,
            _ => f64::INFINITY,
        };
        Ok(Change { characters: distance(&old_text, &new_text, allowed), allowed, metres })
    }

    /// Whether what people gave their voice to is still the same.
    pub fn is_small(&self) -> bool {
        self.characters <= self.allowed && self.metres <= METRES
    }
}

/// The edit distance of Levenshtein, or one more than `most` where it is larger: only the band around the diagonal is computed
/// (Ukkonen 1985), so that two texts of ten thousand characters are a matter of milliseconds.
fn distance(a: &[char], b: &[char], most: usize) -> usize {
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let far = most + 1;
    let mut before: Vec<usize> = (0..=b.len()).map(|n| n.min(far)).collect();
    for (at, left) in a.iter().enumerate() {
        let (first, last) = ((at + 1).saturating_sub(most).max(1), (at + 1 + most).min(b.len()));
        let mut now = vec![far; b.len() + 1];
        if at < most {
            now[0] = at + 1;
        }
        for to in first..=last {
            let replaced = before[to - 1] + usize::from(*left != b[to - 1]);
            now[to] = replaced.min(before[to] + 1).min(now[to - 1] + 1).min(far);
        }
        before = now;
    }
    before[b.len()].min(far)
}

/// How far apart two places are: points by their distance, shapes by that of the corner that is farthest from any of the other's.
fn metres(a: &Geometry<f64>, b: &Geometry<f64>) -> f64 {
    if std::mem::discriminant(a) != std::mem::discriminant(b) {
        return f64::INFINITY;
    }
    let (a, b): (Vec<Coord<f64>>, Vec<Coord<f64>>) = (a.coords_iter().collect(), b.coords_iter().collect());
    let farthest = |from: &[Coord<f64>], to: &[Coord<f64>]| {
        let nearest =
            |at: &Coord<f64>| to.iter().map(|other| apart(*at, *other)).fold(f64::INFINITY, f64::min);
        from.iter().map(nearest).fold(0.0, f64::max)
    };
    farthest(&a, &b).max(farthest(&b, &a))
}

/// Metres between two places that are near each other.
fn apart(a: Coord<f64>, b: Coord<f64>) -> f64 {
    let (x, y) = ((a.x - b.x) * a.y.to_radians().cos(), a.y - b.y);
    x.hypot(y) * DEGREE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(title: &str, body: &str, lon: f64) -> Version {
        let json = serde_json::json!({
            "title": title, "body": body, "theme": null, "area": null,
            "place": { "type": "Point", "coordinates": [lon, 48.85] },
        });
        serde_json::from_value(json).unwrap()
    }

    fn content(title: &str, body: &str, lon: f64) -> Content {
        Content {
            title: title.into(),
            body: body.into(),
            theme: None,
            geometry: Some(geo::Point::new(lon, 48.85).into()),
            stated_area: None,
            areas: Vec::new(),
        }
    }

    #[test]
    fn a_tenth_of_the_characters_and_a_few_steps_are_a_small_change() {
        let old = version("Un banc au soleil", "Devant la bibliothèque municipale.", 2.35);
        let small = |title, body, lon| Change::between(&old, &content(title, body, lon)).unwrap().is_small();
        assert!(small("Un banc au soleil", "Devant la bibliothèque municipale.", 2.35));
        assert!(!small("Un banc à l’ombre", "Devant la bibliothèque municipale.", 2.35), "the title counts");
        assert!(small("Un banc au soleil", "Devant la médiathèque municipale.", 2.35), "five of fifty-two");
        assert!(small("Un banc au soleil", "Devant la bibliothèque municipale.", 2.350_3), "22 metres");
        assert!(!small("Un banc au soleil", "Devant la bibliothèque municipale.", 2.350_5), "37 metres");
        assert!(!small("Un parking", "", 2.35));
    }

    #[test]
    fn the_distance_is_that_of_levenshtein_up_to_what_is_allowed() {
        let distance = |a: &str, b: &str, most| {
            super::distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), most)
        };
        assert_eq!(distance("kitten", "sitting", 5), 3);
        assert_eq!(distance("kitten", "sitting", 2), 3, "one more than allowed says enough");
        assert_eq!(distance("", "abc", 3), 3);
        assert_eq!(distance("abc", "", 9), 3);
        assert_eq!(distance("école", "ecole", 1), 1);
        assert_eq!(distance("abcdef", "bcdefa", 6), 2);
    }

    #[test]
    fn another_sort_of_place_is_no_small_change() {
        let old = version("Un banc", "", 2.35);
        let mut new = content("Un banc", "", 2.35);
        new.geometry = Some(geo::LineString::from(vec![(2.35, 48.85), (2.351, 48.85)]).into());
        assert!(!Change::between(&old, &new).unwrap().is_small());
    }
}
