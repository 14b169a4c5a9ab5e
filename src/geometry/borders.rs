//! Borders for the eye: each straight edge becomes a wavering line, seeded by the names of its two
//! points, so that both sides agree and every build draws the same city. Rules never use these.

use std::collections::{BTreeMap, BTreeSet};

use super::adjacency::{OutlineError, edge_key, edge_users, outline_edges, polygons};
use super::overlap::bins;
use super::point::{Bounds, Point};
use super::polygon::Polygon;
use super::polyline::{Polyline, soften};
use super::seeded::Seeded;
use super::segment::{Meeting, segments_meet};

/// How often an edge is halved: three times, into eight pieces.
const PASSES: u32 = 3;
const PIECES: usize = 1 << PASSES;

/// Later halvings sway a little more, relative to their shorter length.
const LATER_PASSES: f64 = 1.25;

/// How often the finished line is softened.
const SOFTENING: u32 = 3;

/// What an edge separates, which decides how much it sways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// Two precincts.
    Inner,
    /// Land and water.
    Coast,
    /// The city and the land round it.
    Limit,
}

impl EdgeKind {
    /// The largest sideways step of a halving, as a share of the length halved.
    #[must_use]
    pub const fn sway(self) -> f64 {
        match self {
            Self::Inner => 0.085,
            Self::Coast => 0.08,
            Self::Limit => 0.055,
        }
    }
}

/// One edge as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct FineEdge {
    /// The two point indices, the smaller first.
    pub ends: (usize, usize),
    /// What it separates.
    pub kind: EdgeKind,
    /// Positions of the outlines that use it.
    pub outlines: Vec<usize>,
    /// The line from the first end to the second.
    pub line: Vec<Point>,
}

/// A stretch of the city's outside that is all of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct OuterPiece {
    /// [`EdgeKind::Coast`] or [`EdgeKind::Limit`].
    pub kind: EdgeKind,
    /// The line; closed when a whole shore, such as an island's, is of one kind.
    pub line: Polyline,
}

/// The city's borders as they are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Borders {
    outlines: Vec<Polygon>,
    edges: Vec<FineEdge>,
    outer: Vec<OuterPiece>,
    straightened: Vec<(usize, usize)>,
}

/// What drawing starts from.
struct Plan<'a> {
    points: &'a [Point],
    outlines: &'a [Vec<usize>],
    users: BTreeMap<(usize, usize), Vec<usize>>,
    /// The swaying line of each edge, from its smaller point index to its larger.
    swaying: BTreeMap<(usize, usize), Vec<Point>>,
    /// Whether several outlines meet in a point; such a corner stays where it is.
    shared: Vec<bool>,
}

impl Borders {
    /// Draws the borders of a city. `names` are the points' names (the seeds), in step with `points`;
    /// `outside` tells what an edge that only one outline uses borders on, by its point indices with
    /// the smaller first.
    ///
    /// Where two wavering lines would cross, both are drawn straight.
    ///
    /// # Errors
    ///
    /// The first outline that names an unknown point or makes no shape.
    pub fn new<N: AsRef<str>>(
        points: &[Point],
        names: &[N],
        outlines: &[Vec<usize>],
        outside: impl Fn(usize, usize) -> EdgeKind,
    ) -> Result<Self, OutlineError> {
        let straight_shapes = polygons(points, outlines)?;
        let users = edge_users(outlines);
        let kind = |ends: (usize, usize), users: &[usize]| {
            if users.len() > 1 {
                EdgeKind::Inner
            } else {
                outside(ends.0, ends.1)
            }
        };
        let kinds: BTreeMap<(usize, usize), EdgeKind> = users
            .iter()
            .map(|(ends, users)| (*ends, kind(*ends, users)))
            .collect();
        let name = |i: usize| names.get(i).map_or("", AsRef::as_ref);
        let swaying = kinds
            .iter()
            .map(|(&(a, b), kind)| {
                let line = sway((name(a), points[a]), (name(b), points[b]), kind.sway());
                ((a, b), line)
            })
            .collect();
        let plan = Plan {
            points,
            outlines,
            swaying,
            shared: shared_corners(points.len(), outlines),
            users,
        };
        let mut straightened = BTreeSet::new();
        // Each round straightens at least one more edge, so this ends.
        let (fine, lines) = loop {
            let fine = plan.draw(&straightened);
            let lines = plan.lines(&fine);
            let before = straightened.len();
            straightened.extend(crossing_edges(&lines));
            if straightened.len() == before {
                break (fine, lines);
            }
        };
        // Straight shapes stand in for drawn ones that collapsed, which only absurdly small ones do.
        let shapes = fine.into_iter().zip(straight_shapes);
        let shapes = shapes.map(|(fine, straight)| Polygon::new(fine).unwrap_or(straight));
        let outer = outer_pieces(&plan, &kinds, &lines);
        let edges = lines.into_iter().map(|(ends, line)| FineEdge {
            ends,
            kind: kinds[&ends],
            outlines: plan.users[&ends].clone(),
            line,
        });
        Ok(Self {
            outlines: shapes.collect(),
            edges: edges.collect(),
            outer,
            straightened: straightened.into_iter().collect(),
        })
    }

    /// The drawn shape of every outline, in order.
    #[must_use]
    pub fn outlines(&self) -> &[Polygon] {
        &self.outlines
    }

    /// Every edge once, ordered by its point indices.
    #[must_use]
    pub fn edges(&self) -> &[FineEdge] {
        &self.edges
    }

    /// The outside of the city in stretches of one kind.
    #[must_use]
    pub fn outer(&self) -> &[OuterPiece] {
        &self.outer
    }

    /// Edges drawn straight because they would have crossed another line, as point indices.
    #[must_use]
    pub fn straightened(&self) -> &[(usize, usize)] {
        &self.straightened
    }
}

/// The swaying line between two named points, from the first given to the second. It is made from
/// the alphabetically first name, so that its shape depends on nothing but the names and places.
fn sway(from: (&str, Point), to: (&str, Point), amount: f64) -> Vec<Point> {
    let turned = to.0 < from.0;
    let (first, second) = if turned { (to, from) } else { (from, to) };
    let mut luck = Seeded::from_word(&format!("{}-{}", first.0, second.0));
    let mut line = vec![first.1, second.1];
    for pass in 0..PASSES {
        let mut halved = vec![first.1];
        for pair in line.windows(2) {
            let (p, q) = (pair[0], pair[1]);
            let (dx, dy) = (q.x - p.x, q.y - p.y);
            let wide = if pass == 0 { 1.0 } else { LATER_PASSES };
            let step = luck.around_zero(amount) * wide;
            let middle = p.midpoint(q);
            halved.push(Point::new(middle.x - dy * step, middle.y + dx * step));
            halved.push(q);
        }
        line = halved;
    }
    if turned {
        line.reverse();
    }
    line
}

/// Which points several outlines meet in.
fn shared_corners(points: usize, outlines: &[Vec<usize>]) -> Vec<bool> {
    let mut first_user = vec![None; points];
    let mut shared = vec![false; points];
    for (outline, corners) in outlines.iter().enumerate() {
        for &corner in corners {
            match first_user[corner] {
                None => first_user[corner] = Some(outline),
                Some(user) if user != outline => shared[corner] = true,
                Some(_) => {}
            }
        }
    }
    shared
}

impl Plan<'_> {
    /// The drawn outlines, [`PIECES`] points to an edge.
    fn draw(&self, straight: &BTreeSet<(usize, usize)>) -> Vec<Vec<Point>> {
        // A corner of a straight edge stays too, or softening would bend the edge again.
        let mut pinned = self.shared.clone();
        for &(a, b) in straight {
            pinned[a] = true;
            pinned[b] = true;
        }
        let draw = |corners: &Vec<usize>| {
            let mut ring = Vec::with_capacity(corners.len() * PIECES);
            for (a, b) in outline_edges(corners) {
                let ends = edge_key(a, b);
                if straight.contains(&ends) {
                    ring.extend(straight_line(self.points, a, b));
                    continue;
                }
                let line = &self.swaying[&ends];
                if ends.0 == a {
                    ring.extend(&line[..PIECES]);
                } else {
                    ring.extend(line.iter().rev().take(PIECES));
                }
            }
            let stays = |i: usize| i.is_multiple_of(PIECES) && pinned[corners[i / PIECES]];
            soften(ring, stays, SOFTENING)
        };
        self.outlines.iter().map(draw).collect()
    }

    /// The drawn line of every edge, from its smaller point index to its larger.
    fn lines(&self, fine: &[Vec<Point>]) -> BTreeMap<(usize, usize), Vec<Point>> {
        let mut lines = BTreeMap::new();
        for (corners, ring) in self.outlines.iter().zip(fine) {
            for (position, (a, b)) in outline_edges(corners).enumerate() {
                let start = position * PIECES;
                let point = |i: usize| ring[(start + i) % ring.len()];
                lines.entry(edge_key(a, b)).or_insert_with(|| {
                    let mut line: Vec<Point> = (0..=PIECES).map(point).collect();
                    if a > b {
                        line.reverse();
                    }
                    line
                });
            }
        }
        lines
    }
}

/// The points of a straight edge without its end, the same from either side.
fn straight_line(points: &[Point], a: usize, b: usize) -> impl Iterator<Item = Point> {
    let (low, high) = edge_key(a, b);
    let (from, to) = (points[low], points[high]);
    (0..PIECES).map(move |i| {
        let step = if a == low { i } else { PIECES - i };
        from.toward(to, step as f64 / PIECES as f64)
    })
}

/// One short straight piece of a drawn edge.
struct Piece {
    edge: (usize, usize),
    from: Point,
    to: Point,
}

/// The edges whose lines cross another line or themselves.
fn crossing_edges(lines: &BTreeMap<(usize, usize), Vec<Point>>) -> BTreeSet<(usize, usize)> {
    let pieces: Vec<Piece> = lines
        .iter()
        .flat_map(|(&edge, line)| {
            line.windows(2).map(move |pair| Piece {
                edge,
                from: pair[0],
                to: pair[1],
            })
        })
        .collect();
    let ends = |piece: &Piece| Bounds::of([piece.from, piece.to]);
    let boxes: Vec<Bounds> = pieces.iter().filter_map(ends).collect();
    let mut crossing = BTreeSet::new();
    for members in bins(&boxes).values() {
        for (position, &i) in members.iter().enumerate() {
            for &j in &members[position + 1..] {
                let (p, q) = (&pieces[i], &pieces[j]);
                if cross(p, q) {
                    crossing.extend([p.edge, q.edge]);
                }
            }
        }
    }
    crossing
}

/// Whether two pieces meet otherwise than end to end.
fn cross(p: &Piece, q: &Piece) -> bool {
    let linked = p.from == q.from || p.from == q.to || p.to == q.from || p.to == q.to;
    match segments_meet(p.from, p.to, q.from, q.to) {
        None => false,
        Some(Meeting::At(_)) => !linked,
        Some(Meeting::Along(..)) => true,
    }
}

/// Walks round the city's outside and cuts the way where its kind changes.
fn outer_pieces(
    plan: &Plan,
    kinds: &BTreeMap<(usize, usize), EdgeKind>,
    lines: &BTreeMap<(usize, usize), Vec<Point>>,
) -> Vec<OuterPiece> {
    // Where the outside goes on from each point. All outlines turn the same way here, so the outside
    // edges follow each other round the land.
    let mut onward: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for corners in plan.outlines {
        let shape: Vec<Point> = corners.iter().map(|&i| plan.points[i]).collect();
        let turns_left = Polygon::new(shape).is_ok_and(|shape| shape.signed_area() > 0.0);
        for (a, b) in outline_edges(corners) {
            if plan.users[&edge_key(a, b)].len() == 1 {
                let (from, to) = if turns_left { (a, b) } else { (b, a) };
                onward.entry(from).or_default().insert(to);
            }
        }
    }
    let mut pieces = Vec::new();
    while let Some((&start, _)) = onward.first_key_value() {
        let mut way = vec![start];
        let mut here = start;
        while let Some(next) = take_first(&mut onward, here) {
            way.push(next);
            here = next;
        }
        pieces.extend(cut_by_kind(&way, kinds, lines));
    }
    pieces
}

/// Takes the way on from a point out of the table; the smallest index where there are several.
fn take_first(onward: &mut BTreeMap<usize, BTreeSet<usize>>, from: usize) -> Option<usize> {
    let ways = onward.get_mut(&from)?;
    let next = ways.pop_first();
    if ways.is_empty() {
        onward.remove(&from);
    }
    next
}

/// Cuts one way round the outside into stretches of one kind.
fn cut_by_kind(
    way: &[usize],
    kinds: &BTreeMap<(usize, usize), EdgeKind>,
    lines: &BTreeMap<(usize, usize), Vec<Point>>,
) -> Vec<OuterPiece> {
    let mut steps: Vec<(usize, usize)> = way.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let kind = |&(a, b): &(usize, usize)| kinds[&edge_key(a, b)];
    let ring = way.first() == way.last();
    // Begin a ring at a change of kind, or its first and last stretch would be one cut in two.
    let change = (1..steps.len()).find(|&i| kind(&steps[i]) != kind(&steps[i - 1]));
    if let (true, Some(change)) = (ring, change) {
        steps.rotate_left(change);
    }
    let mut pieces = Vec::new();
    for stretch in steps.chunk_by(|p, q| kind(p) == kind(q)) {
        let mut points: Vec<Point> = Vec::new();
        for &(a, b) in stretch {
            let mut line = lines[&edge_key(a, b)].clone();
            if a > b {
                line.reverse();
            }
            points.pop();
            points.extend(line);
        }
        let closed = ring && stretch.len() == steps.len();
        if closed {
            points.pop();
        }
        pieces.push(OuterPiece {
            kind: kind(&stretch[0]),
            line: Polyline { points, closed },
        });
    }
    pieces
}
