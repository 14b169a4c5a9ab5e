//! Where a word fits best: the point of a shape that is farthest from its outline.
//!
//! The method is Mapbox's *polylabel*: cut the box into squares, and halve only squares that could
//! still hold a better point.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::point::Point;
use super::polygon::Polygon;

/// A square that may hold the best point.
#[derive(Clone, Copy)]
struct Square {
    centre: Point,
    half: f64,
    /// Distance from the centre to the outline, negative outside.
    room: f64,
    /// No point of the square has more room than this.
    most: f64,
    /// Order of making, which settles ties the same way everywhere.
    number: u32,
}

impl Square {
    fn new(polygon: &Polygon, centre: Point, half: f64, number: u32) -> Self {
        let distance = polygon.border_distance(centre);
        let room = if polygon.contains(centre) {
            distance
        } else {
            -distance
        };
        Self {
            centre,
            half,
            room,
            most: room + half * std::f64::consts::SQRT_2,
            number,
        }
    }
}

impl Ord for Square {
    fn cmp(&self, other: &Self) -> Ordering {
        self.most
            .total_cmp(&other.most)
            .then(other.number.cmp(&self.number))
    }
}

impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Square {}

/// Sharp enough for a label, and a bound on the work for a degenerate shape.
const PRECISION: f64 = 0.01;
const MOST_SQUARES: u32 = 20_000;

impl Polygon {
    /// A point inside the shape with nearly the most room round it (within 1 % of the shape's
    /// smaller side): where a label, a token or a default site belongs.
    #[must_use]
    pub fn label_point(&self) -> Point {
        let bounds = self.bounds();
        let side = if bounds.width() < bounds.height() {
            bounds.width()
        } else {
            bounds.height()
        };
        let precision = side * PRECISION;
        let mut number = 0;
        let mut square = |centre: Point, half: f64| {
            number += 1;
            (Square::new(self, centre, half, number), number)
        };
        let (mut best, _) = square(self.centroid(), 0.0);
        let mut queue = BinaryHeap::new();
        // A long thin shape has many squares along it, but never more than the budget.
        let across = |length: f64| (length / side).ceil().clamp(1.0, 100.0) as u32;
        let (columns, rows) = (across(bounds.width()), across(bounds.height()));
        let half_x = bounds.width() / f64::from(columns) / 2.0;
        let half_y = bounds.height() / f64::from(rows) / 2.0;
        let half = if half_x > half_y { half_x } else { half_y };
        for row in 0..rows {
            for column in 0..columns {
                let centre = Point::new(
                    bounds.min.x + half_x * f64::from(2 * column + 1),
                    bounds.min.y + half_y * f64::from(2 * row + 1),
                );
                queue.push(square(centre, half).0);
            }
        }
        while let Some(candidate) = queue.pop() {
            if candidate.most - best.room <= precision {
                break;
            }
            let half = candidate.half / 2.0;
            let Point { x, y } = candidate.centre;
            if candidate.room > best.room {
                best = candidate;
            }
            let mut made = 0;
            for (dx, dy) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
                let (part, number) = square(Point::new(x + dx * half, y + dy * half), half);
                made = number;
                if part.room > best.room {
                    best = part;
                }
                if part.most - best.room > precision {
                    queue.push(part);
                }
            }
            if made > MOST_SQUARES {
                break;
            }
        }
        best.centre
    }
}
