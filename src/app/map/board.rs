//! The city as it lies on the table: shapes in kilometres, ready to be drawn and touched.

use crate::geometry::{Borders, Bounds, EdgeKind, Point, Polygon};
use std::collections::BTreeMap;

/// What a board is made from.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The corners of every precinct; neighbours name a shared corner alike.
    pub outlines: Vec<Vec<Point>>,
    /// The district of every precinct, by its position in the scenario's list.
    pub districts: Vec<usize>,
    /// Where each precinct's name stands, if the author says.
    pub labels: Vec<Option<Point>>,
    /// Where each precinct's tokens stand, if the author says.
    pub tokens: Vec<Vec<Point>>,
    /// Sea and river.
    pub water: Vec<Vec<Point>>,
    /// Land that belongs to no precinct.
    pub land: Vec<Vec<Point>>,
    /// Lakes.
    pub lakes: Vec<Vec<Point>>,
    /// Parks.
    pub parks: Vec<Vec<Point>>,
    /// Roads.
    pub roads: Vec<Vec<Point>>,
    /// Bridges.
    pub bridges: Vec<Vec<Point>>,
    /// Metro lines with their stations.
    pub metro: Vec<(Vec<Point>, Vec<Point>)>,
}

/// One precinct on the board.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its shape as it is drawn and touched.
    pub shape: Polygon,
    /// Its district.
    pub district: usize,
    /// Where its name stands.
    pub label: Point,
    /// Where the middle of its tokens stands.
    pub tokens: Point,
}

/// The board.
#[derive(Clone, Debug)]
pub struct Board {
    /// The precincts, in the order of the world.
    pub places: Vec<Place>,
    /// Lines between precincts, and whether they part two districts.
    pub inner: Vec<(Vec<Point>, bool)>,
    /// Sea and river, fitted to the drawn coast.
    pub water: Vec<Vec<Point>>,
    /// Land outside the precincts.
    pub land: Vec<Vec<Point>>,
    /// Whether land, not water, lies where nothing is said.
    pub ground_is_land: bool,
    /// Lakes.
    pub lakes: Vec<Vec<Point>>,
    /// Parks.
    pub parks: Vec<Vec<Point>>,
    /// Roads.
    pub roads: Vec<Vec<Point>>,
    /// Bridges.
    pub bridges: Vec<Vec<Point>>,
    /// Metro lines with their stations.
    pub metro: Vec<(Vec<Point>, Vec<Point>)>,
    /// The box round all precincts.
    pub bounds: Bounds,
}

impl Board {
    /// Lays the board; `None` when the plan has no precincts that make shapes.
    pub fn new(plan: &Plan) -> Option<Self> {
        let mut names: Vec<String> = Vec::new();
        let mut points: Vec<Point> = Vec::new();
        let mut known: BTreeMap<(i64, i64), usize> = BTreeMap::new();
        let mut number = |p: Point| {
            *known.entry(metres(p)).or_insert_with(|| {
                let (x, y) = metres(p);
                names.push(format!("{x}:{y}"));
                points.push(p);
                points.len() - 1
            })
        };
        let outlines: Vec<Vec<usize>> = plan
            .outlines
            .iter()
            .map(|outline| outline.iter().map(|p| number(*p)).collect())
            .collect();
        let ground_is_land = plan.land.is_empty() || !plan.water.is_empty();
        let is_water = |p: Point| {
            let within = |rings: &[Vec<Point>]| rings.iter().any(|ring| inside(ring, p));
            let ground = if ground_is_land {
                within(&plan.water)
            } else {
                true
            };
            ground && !within(&plan.land)
        };
        let outside = |a: usize, b: usize| {
            let (p, q) = (points[a], points[b]);
            let middle = p.midpoint(q);
            let (dx, dy) = ((q.x - p.x) * 0.12, (q.y - p.y) * 0.12);
            let sides = [
                Point::new(middle.x - dy, middle.y + dx),
                Point::new(middle.x + dy, middle.y - dx),
            ];
            let beside = sides
                .into_iter()
                .filter(|side| !plan.outlines.iter().any(|ring| inside(ring, *side)));
            if beside.into_iter().any(is_water) {
                EdgeKind::Coast
            } else {
                EdgeKind::Limit
            }
        };
        let borders = Borders::new(&points, &names, &outlines, outside).ok()?;
        let coast: Vec<(Point, Point, Vec<Point>)> = borders
            .edges()
            .iter()
            .filter(|edge| edge.outlines.len() == 1)
            .map(|edge| (points[edge.ends.0], points[edge.ends.1], edge.line.clone()))
            .collect();
        let fit = |rings: &[Vec<Point>]| -> Vec<Vec<Point>> {
            rings.iter().map(|ring| fitted(ring, &coast)).collect()
        };
        let places: Vec<Place> = borders
            .outlines()
            .iter()
            .enumerate()
            .map(|(at, shape)| {
                let middle = shape.label_point();
                let given = plan.tokens.get(at).filter(|spots| !spots.is_empty());
                let tokens = given.map_or(middle, |spots| {
                    let sum = spots
                        .iter()
                        .fold((0.0, 0.0), |(x, y), p| (x + p.x, y + p.y));
                    let count = spots.len() as f64;
                    Point::new(sum.0 / count, sum.1 / count)
                });
                Place {
                    shape: shape.clone(),
                    district: plan.districts.get(at).copied().unwrap_or(0),
                    label: plan.labels.get(at).copied().flatten().unwrap_or(middle),
                    tokens,
                }
            })
            .collect();
        let inner = borders
            .edges()
            .iter()
            .filter(|edge| edge.outlines.len() > 1)
            .map(|edge| {
                let first = places[edge.outlines[0]].district;
                let parts = edge.outlines.iter().any(|at| places[*at].district != first);
                (edge.line.clone(), parts)
            })
            .collect();
        let bounds = places
            .iter()
            .map(|place| place.shape.bounds())
            .reduce(Bounds::union)?;
        let smooth = |rings: &[Vec<Point>]| -> Vec<Vec<Point>> {
            rings.iter().map(|ring| rounded(ring, true, 2)).collect()
        };
        Some(Self {
            places,
            inner,
            water: fit(&plan.water),
            land: fit(&plan.land),
            ground_is_land,
            lakes: smooth(&plan.lakes),
            parks: smooth(&plan.parks),
            roads: plan
                .roads
                .iter()
                .map(|road| rounded(road, false, 3))
                .collect(),
            bridges: plan.bridges.clone(),
            metro: plan.metro.clone(),
            bounds,
        })
    }

    /// The precinct that holds a point.
    pub fn place_at(&self, p: Point) -> Option<usize> {
        self.places.iter().position(|place| place.shape.contains(p))
    }

    /// Whether a point lies in a lake.
    pub fn in_lake(&self, p: Point) -> bool {
        self.lakes.iter().any(|ring| inside(ring, p))
    }

    /// Whether a point lies in sea or river, outside every precinct.
    pub fn is_water(&self, p: Point) -> bool {
        let within = |rings: &[Vec<Point>]| rings.iter().any(|ring| inside(ring, p));
        let ground = !self.ground_is_land || within(&self.water);
        ground && !within(&self.land) && self.place_at(p).is_none()
    }
}

/// A position in whole metres, which tells points apart.
fn metres(p: Point) -> (i64, i64) {
    ((p.x * 1000.0).round() as i64, (p.y * 1000.0).round() as i64)
}

/// Whether a ring holds a point (even-odd).
pub(super) fn inside(ring: &[Point], p: Point) -> bool {
    let mut within = false;
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        if (a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y) {
            within = !within;
        }
    }
    within
}

/// A ring whose straight pieces that lie on the coast follow the coast as it is drawn.
fn fitted(ring: &[Point], coast: &[(Point, Point, Vec<Point>)]) -> Vec<Point> {
    let mut out = Vec::with_capacity(ring.len() * 2);
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (from, to) = (metres(*a), metres(*b));
        let shared = coast.iter().find_map(|(p, q, line)| {
            if (metres(*p), metres(*q)) == (from, to) {
                Some(line.clone())
            } else if (metres(*q), metres(*p)) == (from, to) {
                Some(line.iter().rev().copied().collect())
            } else {
                None
            }
        });
        match shared {
            Some(line) => out.extend(line),
            None => out.push(*a),
        }
    }
    out
}

/// A line with its corners cut off again and again (Chaikin).
fn rounded(line: &[Point], closed: bool, passes: u32) -> Vec<Point> {
    let mut points = line.to_vec();
    if points.len() < 3 {
        return points;
    }
    for _ in 0..passes {
        let count = points.len();
        let pieces = if closed { count } else { count - 1 };
        let mut next = Vec::with_capacity(pieces * 2 + 2);
        if !closed {
            next.push(points[0]);
        }
        for at in 0..pieces {
            let (a, b) = (points[at], points[(at + 1) % count]);
            next.push(a.toward(b, 0.25));
            next.push(a.toward(b, 0.75));
        }
        if !closed {
            next.push(points[count - 1]);
        }
        points = next;
    }
    points
}
