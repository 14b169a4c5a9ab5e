//! A closed shape: area, centre, inside and outside, and whether its outline crosses itself.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::point::{Bounds, Point, REACH_KM, TOUCH_KM};
use super::segment::{Meeting, distance_to_segment, segments_meet};

/// A closed shape given by its corners in order, the first not repeated at the end.
///
/// It may still cross itself, so that [`Polygon::crossing`] can tell an author where; every other
/// function expects a simple one and gives *some* finite answer otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Point>", into = "Vec<Point>")]
pub struct Polygon {
    outline: Vec<Point>,
}

/// Why a list of points is no shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolygonError {
    /// There are fewer than three corners.
    TooFewPoints {
        /// How many there are.
        count: usize,
    },
    /// A coordinate is no number or lies beyond [`REACH_KM`].
    BadCoordinate {
        /// The corner's position in the outline.
        index: usize,
    },
    /// A corner lies on the one before it (the first counts as following the last).
    RepeatedPoint {
        /// The position of the second of the two.
        index: usize,
    },
    /// All corners lie on one line.
    NoArea,
}

impl fmt::Display for PolygonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFewPoints { count } => {
                write!(
                    f,
                    "an outline needs at least 3 points, this one has {count}"
                )
            }
            Self::BadCoordinate { index } => write!(
                f,
                "point {} of the outline is not a number between -{REACH_KM} and {REACH_KM} km",
                index + 1
            ),
            Self::RepeatedPoint { index } => write!(
                f,
                "point {} of the outline repeats the one before it",
                index + 1
            ),
            Self::NoArea => write!(f, "all points of the outline lie on one line"),
        }
    }
}

impl std::error::Error for PolygonError {}

/// Two edges of one outline that meet where they should not. Edge `i` runs from corner `i` to the
/// next one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The edge that comes first in the outline.
    pub first: usize,
    /// The edge that comes later.
    pub second: usize,
    /// A point on both.
    pub at: Point,
}

impl TryFrom<Vec<Point>> for Polygon {
    type Error = PolygonError;

    fn try_from(outline: Vec<Point>) -> Result<Self, PolygonError> {
        Self::new(outline)
    }
}

impl From<Polygon> for Vec<Point> {
    fn from(polygon: Polygon) -> Self {
        polygon.outline
    }
}

impl Polygon {
    /// The shape with these corners in order.
    ///
    /// # Errors
    ///
    /// When there are fewer than three corners, a coordinate is unusable, a corner is repeated at
    /// once (also the first at the end), or all corners lie on one line.
    pub fn new(outline: Vec<Point>) -> Result<Self, PolygonError> {
        let count = outline.len();
        if count < 3 {
            return Err(PolygonError::TooFewPoints { count });
        }
        if let Some(index) = outline.iter().position(|p| !p.is_valid()) {
            return Err(PolygonError::BadCoordinate { index });
        }
        let previous = |i: usize| outline[(i + count - 1) % count];
        // The end is looked at last, so that the message names the later of two equal corners.
        let repeats = |i: &usize| outline[*i].distance(previous(*i)) <= TOUCH_KM;
        if let Some(index) = (1..count).find(repeats) {
            return Err(PolygonError::RepeatedPoint { index });
        }
        if repeats(&0) {
            return Err(PolygonError::RepeatedPoint { index: count - 1 });
        }
        let (a, b) = (outline[0], outline[1]);
        let flat = outline
            .iter()
            .all(|p| a.cross(b, *p).abs() <= TOUCH_KM * a.distance(b));
        if flat {
            return Err(PolygonError::NoArea);
        }
        Ok(Self { outline })
    }

    /// The corners in order.
    #[must_use]
    pub fn outline(&self) -> &[Point] {
        &self.outline
    }

    /// The edges in order: edge `i` runs from corner `i` to the next, the last one back to the first.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        let next = self.outline.iter().cycle().skip(1);
        self.outline.iter().copied().zip(next.copied())
    }

    /// The area in km²; positive when the corners turn from the x axis towards the y axis.
    #[must_use]
    pub fn signed_area(&self) -> f64 {
        // Relative to the first corner, so that a far-off map does not lose digits.
        let origin = self.outline[0];
        self.edges().map(|(a, b)| origin.cross(a, b)).sum::<f64>() / 2.0
    }

    /// The area in km².
    #[must_use]
    pub fn area(&self) -> f64 {
        self.signed_area().abs()
    }

    /// The length of the outline in kilometres.
    #[must_use]
    pub fn perimeter(&self) -> f64 {
        self.edges().map(|(a, b)| a.distance(b)).sum()
    }

    /// The centre of gravity. It may lie outside a bent shape; a label wants
    /// [`Polygon::label_point`].
    #[must_use]
    pub fn centroid(&self) -> Point {
        let origin = self.outline[0];
        let (mut x, mut y, mut double_area) = (0.0, 0.0, 0.0);
        for (a, b) in self.edges() {
            let weight = origin.cross(a, b);
            x += weight * ((a.x - origin.x) + (b.x - origin.x));
            y += weight * ((a.y - origin.y) + (b.y - origin.y));
            double_area += weight;
        }
        if double_area.abs() <= TOUCH_KM * TOUCH_KM {
            // A bow tie whose halves cancel: not simple, but still not a reason for a NaN.
            return self.bounds().centre();
        }
        let scale = 3.0 * double_area;
        Point::new(origin.x + x / scale, origin.y + y / scale)
    }

    /// The box round the shape.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let first = self.outline[0];
        let start = Bounds {
            min: first,
            max: first,
        };
        self.outline
            .iter()
            .fold(start, |bounds, p| bounds.including(*p))
    }

    /// The first place where the outline crosses, touches or doubles back on itself.
    #[must_use]
    pub fn crossing(&self) -> Option<Crossing> {
        let edges: Vec<(Point, Point)> = self.edges().collect();
        let last = edges.len() - 1;
        for first in 0..last {
            for second in first + 1..=last {
                let ((a, b), (c, d)) = (edges[first], edges[second]);
                let Some(meeting) = segments_meet(a, b, c, d) else {
                    continue;
                };
                let linked = second == first + 1 || (first == 0 && second == last);
                // Linked edges share a corner by design; running along each other they do not.
                if linked && matches!(meeting, Meeting::At(_)) {
                    continue;
                }
                return Some(Crossing {
                    first,
                    second,
                    at: meeting.point(),
                });
            }
        }
        None
    }

    /// Whether the outline nowhere crosses or touches itself.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        self.crossing().is_none()
    }

    /// The same shape with its corners in the order that makes [`Polygon::signed_area`] positive.
    /// The first corner stays first.
    #[must_use]
    pub fn counter_clockwise(mut self) -> Self {
        if self.signed_area() < 0.0 {
            self.outline[1..].reverse();
        }
        self
    }

    /// Whether the point lies in the shape. The outline belongs to it, so a point on a shared border
    /// lies in both neighbours.
    #[must_use]
    pub fn contains(&self, p: Point) -> bool {
        self.bounds().holds(p, TOUCH_KM)
            && (self.surrounds(p) || self.border_distance(p) <= TOUCH_KM)
    }

    /// Whether the point lies in the shape and more than `depth` kilometres from its outline.
    #[must_use]
    pub fn contains_deeply(&self, p: Point, depth: f64) -> bool {
        self.bounds().holds(p, 0.0) && self.surrounds(p) && self.border_distance(p) > depth
    }

    /// Even-odd test; either answer may come out on the outline itself.
    fn surrounds(&self, p: Point) -> bool {
        let mut inside = false;
        for (a, b) in self.edges() {
            if (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x {
                inside = !inside;
            }
        }
        inside
    }

    /// The distance in kilometres from the point to the outline, from either side.
    #[must_use]
    pub fn border_distance(&self, p: Point) -> f64 {
        let mut least = f64::INFINITY;
        for (a, b) in self.edges() {
            let distance = distance_to_segment(p, a, b);
            if distance < least {
                least = distance;
            }
        }
        least
    }

    /// The distance in kilometres from the point to the shape; 0 inside.
    #[must_use]
    pub fn distance(&self, p: Point) -> f64 {
        if self.contains(p) {
            0.0
        } else {
            self.border_distance(p)
        }
    }
}
