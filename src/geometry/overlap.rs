//! Whether shapes cover the same ground. Sharing edges and corners is what neighbours do and does
//! not count.

use std::collections::{BTreeMap, BTreeSet};

use super::point::{Bounds, Point};
use super::polygon::Polygon;
use super::segment::{Meeting, segments_meet};

/// Overlaps thinner than this are rounding, not a mistake of the author: a millimetre.
const SLIVER_KM: f64 = 1e-6;

/// Bins along one side of the plane at most.
const MOST_BINS: f64 = 128.0;

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
/// Only shapes that are near each other are compared, so the work grows with the number of shapes.
#[must_use]
pub fn overlaps(shapes: &[Polygon]) -> Vec<Overlap> {
    let boxes: Vec<Bounds> = shapes.iter().map(Polygon::bounds).collect();
    let mut pairs = BTreeSet::new();
    for members in bins(&boxes).values() {
        for (position, &i) in members.iter().enumerate() {
            let later = members[position + 1..].iter();
            pairs.extend(
                later
                    .filter(|&&j| boxes[i].meets(boxes[j]))
                    .map(|&j| (i, j)),
            );
        }
    }
    let overlap = |(first, second): (usize, usize)| {
        let at = shapes[first].overlap(&shapes[second])?;
        Some(Overlap { first, second, at })
    };
    pairs.into_iter().filter_map(overlap).collect()
}

/// Which boxes reach into each bin of a square grid, in order. There is about one bin to a box, so
/// that boxes spread over a plane meet few others in each.
pub(super) fn bins(boxes: &[Bounds]) -> BTreeMap<(usize, usize), Vec<usize>> {
    let mut bins: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let Some(whole) = boxes.iter().copied().reduce(Bounds::union) else {
        return bins;
    };
    let side = (boxes.len() as f64).sqrt().ceil();
    // A box may reach into every bin, so their number is what bounds the work for absurd input.
    let side = if side > MOST_BINS { MOST_BINS } else { side };
    // A plane without extent gives NaN, which turns into bin 0.
    let bin = |value: f64, start: f64, extent: f64| ((value - start) / extent * side) as usize;
    let column = |p: Point| bin(p.x, whole.min.x, whole.width());
    let row = |p: Point| bin(p.y, whole.min.y, whole.height());
    for (number, bounds) in boxes.iter().enumerate() {
        for column in column(bounds.min)..=column(bounds.max) {
            for row in row(bounds.min)..=row(bounds.max) {
                bins.entry((column, row)).or_default().push(number);
            }
        }
    }
    bins
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
                let (ours, theirs) = (self.bounds(), other.bounds());
                let same_box = ours.min.distance(theirs.min) <= SLIVER_KM
                    && ours.max.distance(theirs.max) <= SLIVER_KM;
                if !same_box {
                    return None;
                }
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
