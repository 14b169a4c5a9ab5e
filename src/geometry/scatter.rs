//! Where to put small houses and trees: seeded by a word, with room between them.

use super::point::Point;
use super::polygon::Polygon;
use super::polyline::Polyline;
use super::seeded::Seeded;

/// Tries per wanted place; a shape that is full just gets fewer.
const TRIES: usize = 40;

/// A round area to keep free.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    /// The middle.
    pub centre: Point,
    /// The radius in kilometres.
    pub radius_km: f64,
}

/// How to strew small things over a shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scatter {
    /// At most so many.
    pub most: usize,
    /// Least distance between two of them, in kilometres.
    pub spacing_km: f64,
    /// Least distance to the shape's outline, in kilometres.
    pub margin_km: f64,
    /// Areas to keep free, such as labels, tokens and sites.
    pub keep_out: Vec<Circle>,
    /// Lines to keep free and the distance to each in kilometres, such as a metro line.
    pub keep_off: Vec<(Polyline, f64)>,
    /// Shapes to keep free, such as parks and lakes.
    pub keep_clear: Vec<Polygon>,
}

impl Scatter {
    /// The places inside `shape`, the same every time for the same `seed` word.
    #[must_use]
    pub fn places(&self, shape: &Polygon, seed: &str) -> Vec<Point> {
        let bounds = shape.bounds();
        let mut luck = Seeded::from_word(seed);
        let mut places: Vec<Point> = Vec::new();
        for _ in 0..self.most.saturating_mul(TRIES) {
            if places.len() >= self.most {
                break;
            }
            let (u, v) = (luck.unit(), luck.unit());
            let p = Point::new(
                bounds.min.x + u * bounds.width(),
                bounds.min.y + v * bounds.height(),
            );
            let apart = places.iter().all(|q| q.distance(p) >= self.spacing_km);
            if apart && shape.contains_deeply(p, self.margin_km) && self.is_free(p) {
                places.push(p);
            }
        }
        places
    }

    fn is_free(&self, p: Point) -> bool {
        let outside = |circle: &Circle| circle.centre.distance(p) >= circle.radius_km;
        self.keep_out.iter().all(outside)
            && self
                .keep_off
                .iter()
                .all(|(line, gap)| line.distance(p) >= *gap)
            && !self.keep_clear.iter().any(|shape| shape.contains(p))
    }
}
