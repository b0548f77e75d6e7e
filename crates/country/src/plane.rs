//! The drawing board: metres east and north of the town hall of the central town, and what is measured on it.
//! Not for real data: over 18 km a plane is good enough for an invented country, not for a real one.

use geo::{Coord, LineString, Polygon};

/// A place, in metres.
pub type P = Coord<f64>;

/// Where the board lies: open countryside, longitude and latitude of its origin in EPSG:4326.
const ORIGIN: (f64, f64) = (3.36, 47.22);
const METRES_A_DEGREE: f64 = 111_195.0;

/// The point of these metres, east and north.
pub fn p(x: f64, y: f64) -> P {
    P { x, y }
}

/// Longitude and latitude, rounded to about a centimetre.
pub fn degrees(at: P) -> P {
    let round = |value: f64| (value * 1e7).round() / 1e7;
    p(
        round(ORIGIN.0 + at.x / (METRES_A_DEGREE * ORIGIN.1.to_radians().cos())),
        round(ORIGIN.1 + at.y / METRES_A_DEGREE),
    )
}

/// A path in degrees of EPSG:4326.
pub fn line(points: &[P]) -> LineString<f64> {
    points.iter().copied().map(degrees).collect()
}

/// An outline with holes, in degrees of EPSG:4326.
pub fn polygon(ring: &[P], holes: &[Vec<P>]) -> Polygon<f64> {
    Polygon::new(line(ring), holes.iter().map(|hole| line(hole)).collect())
}

/// The length of a vector, in metres.
pub fn length(a: P) -> f64 {
    a.x.hypot(a.y)
}

/// Metres from one point to another.
pub fn distance(a: P, b: P) -> f64 {
    length(a - b)
}

/// Of length one; a vector of none stays none.
pub fn unit(a: P) -> P {
    let l = length(a);
    if l > 0.0 { a / l } else { a }
}

/// A quarter turn to the left.
pub fn left(a: P) -> P {
    p(-a.y, a.x)
}

/// The inner product.
pub fn dot(a: P, b: P) -> f64 {
    a.x * b.x + a.y * b.y
}

/// The outer product: above zero where `b` turns left of `a`.
pub fn cross(a: P, b: P) -> f64 {
    a.x * b.y - a.y * b.x
}

/// The vector of length one in this direction, in radians from east.
pub fn direction(angle: f64) -> P {
    p(angle.cos(), angle.sin())
}

/// The point of a segment that is nearest.
pub fn nearest_on(a: P, b: P, to: P) -> P {
    let along = b - a;
    let squared = dot(along, along);
    if squared == 0.0 {
        return a;
    }
    a + along * (dot(to - a, along) / squared).clamp(0.0, 1.0)
}

/// Where two segments cross: the share of the way from `a` to `b`, and the place.
pub fn crossing(a: P, b: P, c: P, d: P) -> Option<(f64, P)> {
    let (r, s) = (b - a, d - c);
    let denominator = cross(r, s);
    if denominator.abs() < 1e-9 {
        return None;
    }
    let (t, u) = (cross(c - a, s) / denominator, cross(c - a, r) / denominator);
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then(|| (t, a + r * t))
}

/// Whether a ring holds a place.
pub fn contains(ring: &[P], at: P) -> bool {
    let mut inside = false;
    for (at_a, a) in ring.iter().enumerate() {
        let b = ring[(at_a + 1) % ring.len()];
        if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
            inside = !inside;
        }
    }
    inside
}

/// West, south, east, north.
pub fn bounds(points: &[P]) -> [f64; 4] {
    points.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |b, q| {
        [b[0].min(q.x), b[1].min(q.y), b[2].max(q.x), b[3].max(q.y)]
    })
}

/// The length of a path, in metres.
pub fn path_length(path: &[P]) -> f64 {
    path.windows(2).map(|w| distance(w[0], w[1])).sum()
}

/// The place and direction so many metres along a path.
pub fn along(path: &[P], metres: f64) -> Option<(P, P)> {
    let mut left = metres;
    for w in path.windows(2) {
        let step = distance(w[0], w[1]);
        if left <= step && step > 0.0 {
            let heading = (w[1] - w[0]) / step;
            return Some((w[0] + heading * left, heading));
        }
        left -= step;
    }
    None
}

/// The same path with a point about every `step` metres.
pub fn resample(path: &[P], step: f64) -> Vec<P> {
    let total = path_length(path);
    let count = (total / step).round().max(1.0);
    let mut points = Vec::with_capacity(count as usize + 1);
    let (mut segment, mut walked) = (0, 0.0);
    for at in 0..count as usize {
        let wanted = total * at as f64 / count;
        while let Some(&[a, b]) = path.get(segment..segment + 2) {
            let here = distance(a, b);
            if walked + here >= wanted || segment + 2 == path.len() {
                points.push(a + (b - a) * ((wanted - walked) / here.max(1e-9)));
                break;
            }
            walked += here;
            segment += 1;
        }
    }
    points.extend(path.last());
    points
}

/// A smooth curve through every control point (centripetal Catmull–Rom is not needed: the points are evenly spread).
pub fn curve(control: &[P], step: f64) -> Vec<P> {
    let ([first, ..], [.., last]) = (control, control) else { return Vec::new() };
    let closed = first == last && control.len() > 3;
    let count = control.len();
    let point = |at: isize| -> P {
        if closed {
            control[at.rem_euclid(count as isize - 1) as usize]
        } else {
            control[at.clamp(0, count as isize - 1) as usize]
        }
    };
    let mut points = Vec::new();
    for at in 0..count as isize - 1 {
        let (a, b, c, d) = (point(at - 1), point(at), point(at + 1), point(at + 2));
        let pieces = (distance(b, c) / 10.0).ceil().max(1.0) as usize;
        for piece in 0..pieces {
            let t = piece as f64 / pieces as f64;
            points.push(
                (b * 2.0
                    + (c - a) * t
                    + (a * 2.0 - b * 5.0 + c * 4.0 - d) * (t * t)
                    + (b * 3.0 - a - c * 3.0 + d) * (t * t * t))
                    * 0.5,
            );
        }
    }
    points.push(*last);
    resample(&points, step)
}

/// A path beside another, `by(metres along)` metres to its left.
pub fn beside(path: &[P], by: impl Fn(P) -> f64) -> Vec<P> {
    let last = path.len().saturating_sub(1);
    path.iter()
        .enumerate()
        .map(|(at, here)| {
            let heading = unit(path[(at + 1).min(last)] - path[at.saturating_sub(1)]);
            *here + left(heading) * by(*here)
        })
        .collect()
}

/// Cuts the corners of a path, ends kept (Chaikin 1974).
pub fn soften(path: &[P]) -> Vec<P> {
    if path.len() < 3 {
        return path.to_vec();
    }
    let mut soft = vec![path[0]];
    for (at, w) in path.windows(2).enumerate() {
        if at > 0 {
            soft.push(w[0] * 0.75 + w[1] * 0.25);
        }
        if at + 2 < path.len() {
            soft.push(w[0] * 0.25 + w[1] * 0.75);
        }
    }
    soft.extend(path.last());
    soft
}

/// Points that say nothing, within `tolerance` metres, left out (Douglas and Peucker 1973).
pub fn simplify(path: &[P], tolerance: f64) -> Vec<P> {
    let [first, .., last] = path else { return path.to_vec() };
    let farthest = path
        .iter()
        .enumerate()
        .map(|(at, q)| (at, distance(*q, nearest_on(*first, *last, *q))))
        .fold((0, 0.0), |best, next| if next.1 > best.1 { next } else { best });
    if farthest.1 <= tolerance {
        return vec![*first, *last];
    }
    let mut kept = simplify(&path[..=farthest.0], tolerance);
    kept.pop();
    kept.extend(simplify(&path[farthest.0..], tolerance));
    kept
}

/// A piece of something, filed by where it lies.
#[derive(Debug, Clone, Copy)]
pub struct Segment {
    /// What it is a part of: a number that its maker chose.
    pub of: usize,
    /// Where it begins.
    pub a: P,
    /// Where it ends.
    pub b: P,
}

/// Segments by place. Squares of 60 m over the whole board.
#[derive(Debug)]
pub struct Segments {
    squares: Vec<Vec<Segment>>,
}

const REACH: f64 = 10_800.0;
const SQUARE: f64 = 60.0;
const SIDE: usize = (2.0 * REACH / SQUARE) as usize;

fn square(value: f64) -> usize {
    (((value + REACH) / SQUARE).max(0.0) as usize).min(SIDE - 1)
}

impl Default for Segments {
    fn default() -> Segments {
        Segments::new()
    }
}

impl Segments {
    /// No segments yet.
    pub fn new() -> Segments {
        Segments { squares: vec![Vec::new(); SIDE * SIDE] }
    }

    /// Those of one path.
    pub fn of_path(path: &[P]) -> Segments {
        let mut segments = Segments::new();
        segments.add(0, path);
        segments
    }

    /// Adds those of a path.
    pub fn add(&mut self, of: usize, path: &[P]) {
        for w in path.windows(2) {
            let (a, b) = (w[0], w[1]);
            for y in square(a.y.min(b.y))..=square(a.y.max(b.y)) {
                for x in square(a.x.min(b.x))..=square(a.x.max(b.x)) {
                    self.squares[y * SIDE + x].push(Segment { of, a, b });
                }
            }
        }
    }

    /// Every segment within `reach` metres, some twice, and some that are a little farther.
    pub fn near(&self, at: P, reach: f64) -> impl Iterator<Item = &Segment> {
        let (west, east) = (square(at.x - reach), square(at.x + reach));
        (square(at.y - reach)..=square(at.y + reach))
            .flat_map(move |y| self.squares[y * SIDE + west..=y * SIDE + east].iter().flatten())
    }

    /// The nearest place within `reach` metres: its segment, itself, its distance.
    pub fn nearest(&self, at: P, reach: f64) -> Option<(Segment, P, f64)> {
        let mut best: Option<(Segment, P, f64)> = None;
        for segment in self.near(at, reach) {
            let place = nearest_on(segment.a, segment.b, at);
            let metres = distance(place, at);
            if metres <= best.as_ref().map_or(reach, |b| b.2) {
                best = Some((*segment, place, metres));
            }
        }
        best
    }

    /// Whether one of them is within `reach` metres of a point.
    pub fn is_within(&self, at: P, reach: f64) -> bool {
        self.near(at, reach).any(|s| distance(nearest_on(s.a, s.b, at), at) < reach)
    }

    /// The first place where the way from `a` to `b` meets a segment that `counts`.
    pub fn first_hit(&self, a: P, b: P, counts: impl Fn(&Segment) -> bool) -> Option<(f64, P, usize)> {
        let mut best: Option<(f64, P, usize)> = None;
        for segment in self.near((a + b) * 0.5, distance(a, b) * 0.5 + 1.0) {
            if let Some((share, place)) = crossing(a, b, segment.a, segment.b)
                && counts(segment)
                && best.as_ref().is_none_or(|best| share < best.0)
            {
                best = Some((share, place, segment.of));
            }
        }
        best
    }
}
