//! A place on the map, and the box round several of them.

use serde::{Deserialize, Serialize};

/// Two things closer than this touch, in kilometres (a micrometre).
///
/// Wide enough for the rounding of coordinates that were computed rather than typed, far too narrow
/// to see.
pub const TOUCH_KM: f64 = 1e-9;

/// The largest coordinate a map may use, in kilometres either way of the origin. Beyond it
/// [`TOUCH_KM`] would drown in rounding.
pub const REACH_KM: f64 = 10_000.0;

/// A place on the map in kilometres; written `(1.2, 3.4)` in files.
///
/// `x` grows to the east. Whether `y` grows to the north or to the south is the map's affair: no
/// function here depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "(f64, f64)", into = "(f64, f64)")]
pub struct Point {
    /// Kilometres to the east.
    pub x: f64,
    /// Kilometres along the other axis.
    pub y: f64,
}

impl From<(f64, f64)> for Point {
    fn from((x, y): (f64, f64)) -> Self {
        Self { x, y }
    }
}

impl From<Point> for (f64, f64) {
    fn from(point: Point) -> Self {
        (point.x, point.y)
    }
}

impl Point {
    /// The point at `x`, `y` kilometres.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The straight-line distance in kilometres.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        (dx * dx + dy * dy).sqrt()
    }

    /// The point half way to `other`.
    #[must_use]
    pub fn midpoint(self, other: Self) -> Self {
        Self::new((self.x + other.x) / 2.0, (self.y + other.y) / 2.0)
    }

    /// The point at `share` of the way to `other` (0 here, 1 there).
    #[must_use]
    pub fn toward(self, other: Self, share: f64) -> Self {
        Self::new(
            self.x + (other.x - self.x) * share,
            self.y + (other.y - self.y) * share,
        )
    }

    /// Whether both coordinates are numbers within [`REACH_KM`].
    #[must_use]
    pub fn is_valid(self) -> bool {
        // Comparisons with NaN are false, so this refuses NaN as well as infinities.
        self.x.abs() <= REACH_KM && self.y.abs() <= REACH_KM
    }

    /// The z part of (`b` − self) × (`c` − self): twice the signed area of the triangle, in km².
    pub(super) fn cross(self, b: Self, c: Self) -> f64 {
        (b.x - self.x) * (c.y - self.y) - (b.y - self.y) * (c.x - self.x)
    }
}

/// A box with sides along the axes, in kilometres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The corner with the smaller coordinates.
    pub min: Point,
    /// The corner with the larger coordinates.
    pub max: Point,
}

impl Bounds {
    /// The smallest box round the points, or `None` when there are none.
    pub fn of(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        let start = Self {
            min: first,
            max: first,
        };
        Some(points.fold(start, |bounds, p| bounds.including(p)))
    }

    /// The smallest box that holds this one and the point.
    #[must_use]
    pub fn including(self, p: Point) -> Self {
        let (mut min, mut max) = (self.min, self.max);
        if p.x < min.x {
            min.x = p.x;
        }
        if p.y < min.y {
            min.y = p.y;
        }
        if p.x > max.x {
            max.x = p.x;
        }
        if p.y > max.y {
            max.y = p.y;
        }
        Self { min, max }
    }

    /// The smallest box that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        self.including(other.min).including(other.max)
    }

    /// The width in kilometres.
    #[must_use]
    pub fn width(self) -> f64 {
        self.max.x - self.min.x
    }

    /// The height in kilometres.
    #[must_use]
    pub fn height(self) -> f64 {
        self.max.y - self.min.y
    }

    /// The middle of the box.
    #[must_use]
    pub fn centre(self) -> Point {
        self.min.midpoint(self.max)
    }

    /// Whether the point lies in the box or within `slack` kilometres of it.
    #[must_use]
    pub fn holds(self, p: Point, slack: f64) -> bool {
        p.x >= self.min.x - slack
            && p.x <= self.max.x + slack
            && p.y >= self.min.y - slack
            && p.y <= self.max.y + slack
    }

    /// Whether the boxes touch or overlap.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.min.x <= other.max.x + TOUCH_KM
            && other.min.x <= self.max.x + TOUCH_KM
            && self.min.y <= other.max.y + TOUCH_KM
            && other.min.y <= self.max.y + TOUCH_KM
    }
}
