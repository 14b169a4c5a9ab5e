//! Plane geometry: what an author, a player looking at the map and the rules rely on.

mod borders;
mod cities;
mod shapes;
mod travel;

use commonwatch::geometry::{Point, Polygon};

/// A shape from coordinate pairs.
fn shape(corners: &[(f64, f64)]) -> Polygon {
    Polygon::new(corners.iter().map(|&pair| pair.into()).collect()).expect("a usable outline")
}

/// A square with its first corner at `x`, `y`.
fn square(x: f64, y: f64, side: f64) -> Polygon {
    shape(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
}

/// Whether two places are the same but for rounding.
fn near(a: Point, b: Point) -> bool {
    a.distance(b) < 1e-9
}
