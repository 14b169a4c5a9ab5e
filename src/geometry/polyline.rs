//! A line through points, open or closed.

use serde::{Deserialize, Serialize};

use super::point::{Bounds, Point};
use super::segment::distance_to_segment;

/// A line through points; a closed one runs on from the last to the first, which is not repeated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Polyline {
    /// The points in order.
    pub points: Vec<Point>,
    /// Whether the line runs on from the last point to the first.
    pub closed: bool,
}

impl Polyline {
    /// An open line through the points.
    #[must_use]
    pub fn open(points: Vec<Point>) -> Self {
        let closed = false;
        Self { points, closed }
    }

    /// A closed line through the points.
    #[must_use]
    pub fn closed(points: Vec<Point>) -> Self {
        let closed = true;
        Self { points, closed }
    }

    /// The straight pieces in order.
    pub fn segments(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        let count = match (self.points.len(), self.closed) {
            (0 | 1, _) => 0,
            (n, true) => n,
            (n, false) => n - 1,
        };
        let next = self.points.iter().cycle().skip(1);
        self.points.iter().copied().zip(next.copied()).take(count)
    }

    /// The length in kilometres.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.segments().map(|(a, b)| a.distance(b)).sum()
    }

    /// The box round the line, or `None` when it has no points.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::of(self.points.iter().copied())
    }

    /// The distance in kilometres from a point to the line; infinite when the line has no points.
    #[must_use]
    pub fn distance(&self, p: Point) -> f64 {
        let start = self
            .points
            .first()
            .map_or(f64::INFINITY, |first| first.distance(p));
        self.segments().fold(start, |least, (a, b)| {
            let distance = distance_to_segment(p, a, b);
            if distance < least { distance } else { least }
        })
    }

    /// The same line with its corners softened: in each pass a point moves half way to the middle
    /// between the points beside it. The ends of an open line stay.
    #[must_use]
    pub fn smoothed(&self, passes: u32) -> Self {
        let last = self.points.len().saturating_sub(1);
        let pinned = |i: usize| !self.closed && (i == 0 || i == last);
        Self {
            points: soften(self.points.clone(), pinned, passes),
            closed: self.closed,
        }
    }
}

/// Softens a ring of points; pinned ones stay. A point's new place does not depend on the direction
/// in which the ring runs, so two rings agree along a stretch they share.
pub(super) fn soften(
    mut points: Vec<Point>,
    pinned: impl Fn(usize) -> bool,
    passes: u32,
) -> Vec<Point> {
    let count = points.len();
    for _ in 0..passes {
        let mix = |i: usize| {
            let p = points[i];
            if pinned(i) {
                return p;
            }
            let (a, b) = (points[(i + count - 1) % count], points[(i + 1) % count]);
            Point::new(
                p.x * 0.5 + (a.x + b.x) * 0.25,
                p.y * 0.5 + (a.y + b.y) * 0.25,
            )
        };
        points = (0..count).map(mix).collect();
    }
    points
}
