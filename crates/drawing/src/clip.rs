//! Cutting lines and rings to a box of pixels: a tile seen from very near is a thousand times as large as what is seen of it.
//!
//! What it is not: a repair. A ring that leaves the box and comes back runs along its edge, which is beyond what is seen.

/// Left, top, right, bottom, in pixels.
pub(crate) type Bounds = [f64; 4];

/// The part of two boxes that is in both.
pub(crate) fn both(a: Bounds, b: Bounds) -> Bounds {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

/// The pieces of a line that lie in a box, from its beginning.
pub(crate) fn line(corners: &[[f64; 2]], bounds: Bounds) -> Vec<Vec<[f64; 2]>> {
    let mut pieces: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut is_open = false;
    for pair in corners.windows(2) {
        let Some([from, to]) = segment(pair[0], pair[1], bounds) else {
            is_open = false;
            continue;
        };
        match pieces.last_mut().filter(|_| is_open && from == pair[0]) {
            Some(piece) => piece.push(to),
            None => pieces.push(vec![from, to]),
        }
        is_open = to == pair[1];
    }
    pieces
}

/// The part of a segment in a box (Liang and Barsky).
fn segment(a: [f64; 2], b: [f64; 2], bounds: Bounds) -> Option<[[f64; 2]; 2]> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for axis in [0, 1] {
        let step = b[axis] - a[axis];
        for (edge, sign) in [(bounds[axis], -1.0), (bounds[axis + 2], 1.0)] {
            let (along, far) = (step * sign, (edge - a[axis]) * sign);
            if along == 0.0 {
                if far < 0.0 {
                    return None;
                }
            } else if along < 0.0 {
                from = from.max(far / along);
            } else {
                to = to.min(far / along);
            }
        }
    }
    if from > to {
        return None;
    }
    let at = |part: f64| std::array::from_fn(|axis| a[axis] + (b[axis] - a[axis]) * part);
    Some([if from == 0.0 { a } else { at(from) }, if to == 1.0 { b } else { at(to) }])
}

/// A ring cut to a box, edge by edge (Sutherland and Hodgman); nothing where nothing is left.
pub(crate) fn ring(corners: &[[f64; 2]], bounds: Bounds) -> Vec<[f64; 2]> {
    let mut ring = corners.to_vec();
    for axis in [0, 1] {
        for (edge, sign) in [(bounds[axis], -1.0), (bounds[axis + 2], 1.0)] {
            let inside = |p: [f64; 2]| (edge - p[axis]) * sign >= 0.0;
            let mut cut = Vec::with_capacity(ring.len() + 4);
            for (at, &to) in ring.iter().enumerate() {
                let from = ring[(at + ring.len() - 1) % ring.len()];
                if inside(from) != inside(to) {
                    let part = (edge - from[axis]) / (to[axis] - from[axis]);
                    cut.push(std::array::from_fn(|n| from[n] + (to[n] - from[n]) * part));
                }
                if inside(to) {
                    cut.push(to);
                }
            }
            ring = cut;
        }
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOX: Bounds = [0.0, 0.0, 10.0, 10.0];

    #[test]
    fn a_line_is_cut_where_it_leaves_and_comes_back() {
        let pieces = line(&[[-5.0, 5.0], [5.0, 5.0], [5.0, 15.0], [8.0, 15.0], [8.0, 5.0]], BOX);
        assert_eq!(pieces, [vec![[0.0, 5.0], [5.0, 5.0], [5.0, 10.0]], vec![[8.0, 10.0], [8.0, 5.0]]]);
        assert_eq!(
            line(&[[-5.0, 5.0], [15.0, 5.0]], BOX),
            [vec![[0.0, 5.0], [10.0, 5.0]]],
            "both ends are outside"
        );
        assert!(line(&[[-5.0, 5.0], [-1.0, 50.0]], BOX).is_empty());
    }

    #[test]
    fn a_ring_around_the_box_is_the_box() {
        let cut = ring(&[[-90.0, -90.0], [90.0, -90.0], [90.0, 90.0], [-90.0, 90.0]], BOX);
        let mut corners: Vec<_> = cut.iter().map(|p| p.map(|n| n as i64)).collect();
        corners.sort_unstable();
        corners.dedup();
        assert_eq!(corners, [[0, 0], [0, 10], [10, 0], [10, 10]]);
        assert!(ring(&[[20.0, 20.0], [30.0, 20.0], [30.0, 30.0]], BOX).is_empty());
    }

    proptest! {
        #[test]
        fn what_is_left_lies_in_the_box(corners in proptest::collection::vec((-40.0..40.0, -40.0..40.0).prop_map(|(x, y)| [x, y]), 3..30)) {
            let near = |p: &[f64; 2]| p.iter().all(|n| (-1e-9..=10.0 + 1e-9).contains(n));
            prop_assert!(line(&corners, BOX).iter().flatten().all(near));
            prop_assert!(ring(&corners, BOX).iter().all(near));
            let inside = corners.iter().filter(|p| near(p));
            let kept = ring(&corners, BOX);
            for corner in inside {
                prop_assert!(kept.contains(corner), "{corner:?} is not left out");
            }
        }
    }
}
