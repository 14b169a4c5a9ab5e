//! Whether shapes cover the same ground. Sharing edges and corners is what neighbours do and does
//! not count.

use super::point::{Bounds, Point};
use super::polygon::Polygon;
use super::segment::{Meeting, segments_meet};

/// Overlaps thinner than this are rounding, not a mistake of the author: a millimetre.
const SLIVER_KM: f64 = 1e-6;

/// Two shapes that cover the same ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    /// Position of the first shape.
    pub first: usize,
    /// Position of the second shape, larger than `first`.
    pub second: usize,
    /// A point inside both.
    pub at: Point,
}

/// Every pair of shapes that cover the same ground, by position.
///
/// Pairs are compared only where their boxes meet along one axis, so a city of `n` precincts costs
/// far less than `n²` comparisons of shapes.
#[must_use]
pub fn overlaps(shapes: &[Polygon]) -> Vec<Overlap> {
    let boxes: Vec<Bounds> = shapes.iter().map(Polygon::bounds).collect();
    let mut order: Vec<usize> = (0..shapes.len()).collect();
    order.sort_by(|&i, &j| boxes[i].min.x.total_cmp(&boxes[j].min.x).then(i.cmp(&j)));
    let mut found = Vec::new();
    for (position, &i) in order.iter().enumerate() {
        let reached = order[position + 1..]
            .iter()
            .take_while(|&&j| boxes[j].min.x <= boxes[i].max.x);
        for &j in reached.filter(|&&j| boxes[i].meets(boxes[j])) {
            let (first, second) = if i < j { (i, j) } else { (j, i) };
            if let Some(at) = shapes[first].overlap(&shapes[second]) {
                found.push(Overlap { first, second, at });
            }
        }
    }
    found.sort_by_key(|overlap| (overlap.first, overlap.second));
    found
}

impl Polygon {
    /// A point well inside both shapes, or `None` when they share at most edges, corners and slivers
    /// thinner than a millimetre. Both must be simple.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> Option<Point> {
        if !self.bounds().meets(other.bounds()) {
            return None;
        }
        // Two open regions that meet either have a piece of one's border inside the other, or are
        // the same region.
        pierced(self, other)
            .or_else(|| pierced(other, self))
            .or_else(|| {
                let middle = self.label_point();
                let same = other.contains_deeply(middle, SLIVER_KM)
                    && self.contains_deeply(middle, SLIVER_KM);
                same.then_some(middle)
            })
    }
}

/// A point inside both, found beside a piece of `border`'s outline that runs inside `other`.
fn pierced(border: &Polygon, other: &Polygon) -> Option<Point> {
    let box_of_other = other.bounds();
    for (a, b) in border.edges() {
        let near = Bounds::of([a, b]).is_some_and(|edge| edge.meets(box_of_other));
        if !near {
            continue;
        }
        // Cut the edge where it meets the other outline: each part is inside, outside or along it.
        let mut cuts = vec![a, b];
        for (c, d) in other.edges() {
            match segments_meet(a, b, c, d) {
                Some(Meeting::At(p)) => cuts.push(p),
                Some(Meeting::Along(p, q)) => cuts.extend([p, q]),
                None => {}
            }
        }
        cuts.sort_by(|p, q| a.distance(*p).total_cmp(&a.distance(*q)));
        for pair in cuts.windows(2) {
            let middle = pair[0].midpoint(pair[1]);
            if other.contains_deeply(middle, SLIVER_KM)
                && let Some(witness) = step_inside(border, other, middle, a, b)
            {
                return Some(witness);
            }
        }
    }
    None
}

/// From a point on the edge `a`–`b` of `border` that lies inside `other`, a step square to the edge
/// that ends inside both.
fn step_inside(
    border: &Polygon,
    other: &Polygon,
    from: Point,
    a: Point,
    b: Point,
) -> Option<Point> {
    let length = a.distance(b);
    let (nx, ny) = ((a.y - b.y) / length, (b.x - a.x) / length);
    let mut step = other.border_distance(from) / 2.0;
    while step > SLIVER_KM / 8.0 {
        for sign in [1.0, -1.0] {
            let p = Point::new(from.x + sign * nx * step, from.y + sign * ny * step);
            if border.contains_deeply(p, 0.0) && other.contains_deeply(p, 0.0) {
                return Some(p);
            }
        }
        step /= 2.0;
    }
    None
}
