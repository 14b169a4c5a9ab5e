//! Straight pieces: where two of them meet, and how far a point is from one.

use super::point::{Bounds, Point, TOUCH_KM};

/// How two straight pieces meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meeting {
    /// They share one point: they cross, or one touches the other.
    At(Point),
    /// They run along each other between these two points.
    Along(Point, Point),
}

impl Meeting {
    /// A point that both pieces share.
    #[must_use]
    pub fn point(self) -> Point {
        match self {
            Self::At(p) => p,
            Self::Along(p, q) => p.midpoint(q),
        }
    }
}

/// Which side of the line through `a` and `b` the point lies on: +1, −1, or 0 within [`TOUCH_KM`].
fn side(a: Point, b: Point, p: Point) -> i8 {
    let cross = a.cross(b, p);
    if cross.abs() <= TOUCH_KM * a.distance(b) {
        0
    } else if cross > 0.0 {
        1
    } else {
        -1
    }
}

/// Where the straight pieces `a`–`b` and `c`–`d` meet, if they do. Ends belong to the pieces, and
/// coming within [`TOUCH_KM`] counts as meeting.
#[must_use]
pub fn segments_meet(a: Point, b: Point, c: Point, d: Point) -> Option<Meeting> {
    let (first, second) = (Bounds::of([a, b])?, Bounds::of([c, d])?);
    if !first.meets(second) {
        return None;
    }
    let (sc, sd) = (side(a, b, c), side(a, b, d));
    let (sa, sb) = (side(c, d, a), side(c, d, b));
    if (sc == 0 && sd == 0) || (sa == 0 && sb == 0) {
        return along(a, b, c, d);
    }
    if sc * sd < 0 && sa * sb < 0 {
        let slope = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
        let share = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / slope;
        return Some(Meeting::At(a.toward(b, share)));
    }
    let touches = [
        (sc, c, first),
        (sd, d, first),
        (sa, a, second),
        (sb, b, second),
    ];
    touches
        .into_iter()
        .find(|(side, p, bounds)| *side == 0 && bounds.holds(*p, TOUCH_KM))
        .map(|(_, p, _)| Meeting::At(p))
}

/// The common part of two pieces of one line.
fn along(a: Point, b: Point, c: Point, d: Point) -> Option<Meeting> {
    // Measure along the axis in which the pieces reach further, so that nothing is squeezed.
    let reach = Bounds::of([a, b, c, d])?;
    let by_x = reach.width() >= reach.height();
    let key = |p: Point| if by_x { p.x } else { p.y };
    let ordered = |p: Point, q: Point| if key(p) <= key(q) { (p, q) } else { (q, p) };
    let ((a, b), (c, d)) = (ordered(a, b), ordered(c, d));
    let from = if key(a) >= key(c) { a } else { c };
    let to = if key(b) <= key(d) { b } else { d };
    let length = key(to) - key(from);
    if length > TOUCH_KM {
        Some(Meeting::Along(from, to))
    } else if length >= -TOUCH_KM {
        Some(Meeting::At(from))
    } else {
        None
    }
}

/// The point of the piece `a`–`b` that is nearest to `p`.
pub(super) fn nearest_on_segment(p: Point, a: Point, b: Point) -> Point {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length_squared = dx * dx + dy * dy;
    if length_squared <= 0.0 {
        return a;
    }
    let share = ((p.x - a.x) * dx + (p.y - a.y) * dy) / length_squared;
    if share <= 0.0 {
        a
    } else if share >= 1.0 {
        b
    } else {
        a.toward(b, share)
    }
}

/// The distance in kilometres from `p` to the straight piece `a`–`b`.
#[must_use]
pub fn distance_to_segment(p: Point, a: Point, b: Point) -> f64 {
    p.distance(nearest_on_segment(p, a, b))
}
