//! Neighbours by shared point names: two outlines that use the same edge lie side by side. Nothing is
//! measured to decide it, so there is no tolerance to get wrong.

use std::collections::BTreeMap;
use std::fmt;

use super::point::Point;
use super::polygon::{Polygon, PolygonError};

/// What is wrong with one outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutlineError {
    /// Position of the outline.
    pub outline: usize,
    /// What is wrong with it.
    pub problem: OutlineProblem,
}

/// The ways in which an outline can be unusable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineProblem {
    /// It names a point that is not in the table.
    UnknownPoint {
        /// Position within the outline.
        position: usize,
        /// The index it gives.
        index: usize,
    },
    /// Its points make no shape.
    Shape(PolygonError),
}

impl fmt::Display for OutlineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "outline {}: ", self.outline + 1)?;
        match self.problem {
            OutlineProblem::UnknownPoint { position, index } => {
                write!(
                    f,
                    "entry {} names point {index}, which does not exist",
                    position + 1
                )
            }
            OutlineProblem::Shape(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for OutlineError {}

/// The shapes of the outlines.
///
/// # Errors
///
/// The first outline that names an unknown point or makes no shape.
pub fn polygons(points: &[Point], outlines: &[Vec<usize>]) -> Result<Vec<Polygon>, OutlineError> {
    check_points(points, outlines)?;
    let shape = |(outline, corners): (usize, &Vec<usize>)| {
        Polygon::new(corners.iter().map(|&i| points[i]).collect()).map_err(|error| OutlineError {
            outline,
            problem: OutlineProblem::Shape(error),
        })
    };
    outlines.iter().enumerate().map(shape).collect()
}

/// Refuses an outline that names a point which is not there.
pub(super) fn check_points(points: &[Point], outlines: &[Vec<usize>]) -> Result<(), OutlineError> {
    for (outline, corners) in outlines.iter().enumerate() {
        let unknown = corners.iter().position(|&index| index >= points.len());
        if let Some(position) = unknown {
            let index = corners[position];
            let problem = OutlineProblem::UnknownPoint { position, index };
            return Err(OutlineError { outline, problem });
        }
    }
    Ok(())
}

/// The two corners of an edge, the smaller index first: the same for everyone who uses it.
pub(super) fn edge_key(a: usize, b: usize) -> (usize, usize) {
    if a <= b { (a, b) } else { (b, a) }
}

/// The edges of one outline in order, as pairs of point indices.
pub(super) fn outline_edges(corners: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let next = corners.iter().cycle().skip(1);
    corners.iter().copied().zip(next.copied())
}

/// Which outlines use each edge. An outline that runs an edge twice is listed twice.
pub(super) fn edge_users(outlines: &[Vec<usize>]) -> BTreeMap<(usize, usize), Vec<usize>> {
    let mut users: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (outline, corners) in outlines.iter().enumerate() {
        for (a, b) in outline_edges(corners) {
            users.entry(edge_key(a, b)).or_default().push(outline);
        }
    }
    users
}

/// A neighbour and the border with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedBorder {
    /// Position of the neighbour's outline.
    pub neighbour: usize,
    /// Length of the border with it in kilometres.
    pub length_km: f64,
}

/// An edge and the outlines that use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgeUse {
    /// The two point indices, the smaller first.
    pub ends: (usize, usize),
    /// Positions of the outlines, in order; one that runs the edge twice is listed twice.
    pub outlines: Vec<usize>,
}

/// Who lies beside whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjacency {
    borders: Vec<Vec<SharedBorder>>,
    overused: Vec<EdgeUse>,
    outer: Vec<(usize, usize)>,
}

impl Adjacency {
    /// Finds the neighbours of every outline (lists of indices into `points`).
    ///
    /// # Errors
    ///
    /// The first outline that names a point which is not in the table.
    pub fn new(points: &[Point], outlines: &[Vec<usize>]) -> Result<Self, OutlineError> {
        check_points(points, outlines)?;
        let mut shared: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); outlines.len()];
        let (mut overused, mut outer) = (Vec::new(), Vec::new());
        for (ends, users) in edge_users(outlines) {
            let length = points[ends.0].distance(points[ends.1]);
            for (position, &i) in users.iter().enumerate() {
                for &j in users[position + 1..].iter().filter(|&&j| j != i) {
                    *shared[i].entry(j).or_default() += length;
                    *shared[j].entry(i).or_default() += length;
                }
            }
            let folded = users.windows(2).any(|pair| pair[0] == pair[1]);
            if users.len() > 2 || folded {
                let outlines = users;
                overused.push(EdgeUse { ends, outlines });
            } else if users.len() == 1 {
                outer.push(ends);
            }
        }
        let list = |borders: BTreeMap<usize, f64>| {
            let border = |(neighbour, length_km)| SharedBorder {
                neighbour,
                length_km,
            };
            borders.into_iter().map(border).collect()
        };
        Ok(Self {
            borders: shared.into_iter().map(list).collect(),
            overused,
            outer,
        })
    }

    /// The neighbours of an outline in order of position; empty for one that does not exist.
    #[must_use]
    pub fn neighbours(&self, outline: usize) -> &[SharedBorder] {
        self.borders.get(outline).map_or(&[], Vec::as_slice)
    }

    /// The length of the border between two outlines in kilometres, or `None` when they share none.
    #[must_use]
    pub fn border_km(&self, outline: usize, other: usize) -> Option<f64> {
        let borders = self.neighbours(outline);
        let found = borders.binary_search_by_key(&other, |border| border.neighbour);
        found.ok().map(|position| borders[position].length_km)
    }

    /// Edges that more than two outlines use, or one outline twice: mistakes of the author.
    #[must_use]
    pub fn overused_edges(&self) -> &[EdgeUse] {
        &self.overused
    }

    /// Edges that only one outline uses, as point indices, the smaller first: the city's outside.
    #[must_use]
    pub fn outer_edges(&self) -> &[(usize, usize)] {
        &self.outer
    }

    /// The outlines in groups that hang together, each in order, the groups by their first member.
    #[must_use]
    pub fn components(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.borders.len()];
        let mut groups = Vec::new();
        for start in 0..self.borders.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let mut group = vec![start];
            let mut next = 0;
            while let Some(&outline) = group.get(next) {
                next += 1;
                for border in self.neighbours(outline) {
                    if !seen[border.neighbour] {
                        seen[border.neighbour] = true;
                        group.push(border.neighbour);
                    }
                }
            }
            group.sort_unstable();
            groups.push(group);
        }
        groups
    }

    /// Outlines without a neighbour: islands, or a name mistyped.
    #[must_use]
    pub fn isolated(&self) -> Vec<usize> {
        let alone = |&outline: &usize| self.borders[outline].is_empty();
        (0..self.borders.len()).filter(alone).collect()
    }
}
