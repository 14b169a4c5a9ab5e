//! The cells that travel times are worked out on: what each costs, and the 32 steps between them.

use super::point::{Bounds, Point};
use super::polygon::Polygon;
use super::travel::{Bridge, TravelCosts};

/// Cells along the longer side of the grid at most.
const MOST_CELLS: u16 = 256;
/// Fewer than this would make nonsense of a shape.
const FEWEST_CELLS: u16 = 16;
/// Cells of water on each side of the land.
const RIM: usize = 2;
/// A cell is at least a metre wide: an empty map has no extent to divide.
const LEAST_CELL_KM: f64 = 0.001;
/// A cell nobody can enter.
const BLOCKED: u32 = u32::MAX;
/// Lengths are whole millimetres, because those times ms/km give whole nanoseconds.
const MM_PER_KM: f64 = 1_000_000.0;
/// How many cells round a place may be searched for firm ground.
const SNAP: usize = 3;

/// The cells of a city and what it costs to cross each.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    /// The middle of the first cell.
    pub(super) origin: Point,
    pub(super) cell_km: f64,
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// Milliseconds per kilometre, row by row.
    pub(super) pace: Vec<u32>,
}

/// One direction of travel.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) dx: isize,
    pub(super) dy: isize,
    /// The cells on the way and the way's length in each, in millimetres.
    parts: Vec<(isize, isize, u64)>,
}

impl Grid {
    /// The grid over the land and its bridges.
    pub(super) fn new(
        land: &[Polygon],
        bridges: &[&Bridge],
        costs: TravelCosts,
        cells: u16,
    ) -> Self {
        let boxes = land.iter().map(|shape| Some(shape.bounds()));
        let boxes = boxes.chain(bridges.iter().map(|bridge| bridge.line.bounds()));
        let bounds = boxes.flatten().reduce(Bounds::union);
        let bounds = bounds.unwrap_or(Bounds {
            min: Point::default(),
            max: Point::default(),
        });
        let cells = usize::from(cells.clamp(FEWEST_CELLS, MOST_CELLS)) - 2 * RIM;
        let (width, height) = (bounds.width(), bounds.height());
        let longer = if width > height { width } else { height };
        let cell_km = longer / cells as f64;
        let cell_km = if cell_km > LEAST_CELL_KM {
            cell_km
        } else {
            LEAST_CELL_KM
        };
        let across = |length: f64| ((length / cell_km).ceil() as usize).clamp(1, cells) + 2 * RIM;
        let rim = (RIM as f64 - 0.5) * cell_km;
        let (columns, rows) = (across(width), across(height));
        let water = costs.water_ms_per_km.unwrap_or(BLOCKED);
        let mut grid = Self {
            origin: Point::new(bounds.min.x - rim, bounds.min.y - rim),
            cell_km,
            columns,
            rows,
            pace: vec![water; columns * rows],
        };
        let mut dry = vec![false; columns * rows];
        for shape in land {
            grid.mark_land(shape, &mut dry);
        }
        for bridge in bridges {
            grid.lay_bridge(bridge, costs.bridge_ms_per_km.min(BLOCKED - 1), &dry);
        }
        for (pace, _) in grid.pace.iter_mut().zip(&dry).filter(|(_, dry)| **dry) {
            *pace = costs.land_ms_per_km.min(BLOCKED - 1);
        }
        grid
    }

    /// Marks the cells whose middle lies on the land, row by row between the outline's crossings.
    fn mark_land(&self, shape: &Polygon, dry: &mut [bool]) {
        let bounds = shape.bounds();
        let (_, first) = self.coordinates(bounds.min);
        let (_, last) = self.coordinates(bounds.max);
        let mut crossings = Vec::new();
        let mut found = false;
        for row in first as usize..=(last.ceil() as usize).min(self.rows - 1) {
            let y = self.origin.y + row as f64 * self.cell_km;
            crossings.clear();
            for (a, b) in shape.edges() {
                if (a.y > y) != (b.y > y) {
                    crossings.push((b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x);
                }
            }
            crossings.sort_by(f64::total_cmp);
            for pair in crossings.chunks_exact(2) {
                let from = self.coordinates(Point::new(pair[0], y)).0.ceil() as usize;
                let to = self.coordinates(Point::new(pair[1], y)).0.floor() as usize;
                if from <= to {
                    dry[row * self.columns + from..=row * self.columns + to].fill(true);
                    found = true;
                }
            }
        }
        // A shape between the middles of cells would vanish.
        if !found {
            dry[self.cell_of(shape.label_point())] = true;
        }
    }

    /// Gives the water cells under a bridge the bridge's pace.
    fn lay_bridge(&mut self, bridge: &Bridge, pace: u32, dry: &[bool]) {
        let Some(bounds) = bridge.line.bounds() else {
            return;
        };
        let narrowest = self.cell_km * 0.75;
        let half = bridge.width_km / 2.0;
        let half = if half > narrowest { half } else { narrowest };
        let (from, to) = (
            self.coordinates(Point::new(bounds.min.x - half, bounds.min.y - half)),
            self.coordinates(Point::new(bounds.max.x + half, bounds.max.y + half)),
        );
        for row in from.1 as usize..=to.1.ceil() as usize {
            for column in from.0 as usize..=to.0.ceil() as usize {
                let cell = row * self.columns + column;
                if !dry[cell] && bridge.line.distance(self.middle(cell)) <= half {
                    self.pace[cell] = pace;
                }
            }
        }
    }

    /// Where a place lies between the middles of cells, held within the grid.
    pub(super) fn coordinates(&self, p: Point) -> (f64, f64) {
        let along = |value: f64, start: f64, cells: usize| {
            ((value - start) / self.cell_km).clamp(0.0, (cells - 1) as f64)
        };
        (
            along(p.x, self.origin.x, self.columns),
            along(p.y, self.origin.y, self.rows),
        )
    }

    /// The cell that holds a place; the nearest one for a place outside the grid.
    fn cell_of(&self, p: Point) -> usize {
        let (u, v) = self.coordinates(p);
        v.round() as usize * self.columns + u.round() as usize
    }

    /// The middle of a cell.
    pub(super) fn middle(&self, cell: usize) -> Point {
        let (column, row) = (cell % self.columns, cell / self.columns);
        Point::new(
            self.origin.x + column as f64 * self.cell_km,
            self.origin.y + row as f64 * self.cell_km,
        )
    }

    /// The cells within `reach` cells of a place in both directions.
    pub(super) fn around(&self, p: Point, reach: usize) -> impl Iterator<Item = usize> + '_ {
        let cell = self.cell_of(p);
        let (column, row) = (cell % self.columns, cell / self.columns);
        let span = |middle: usize, cells: usize| {
            middle.saturating_sub(reach)..=(middle + reach).min(cells - 1)
        };
        let columns = span(column, self.columns);
        span(row, self.rows)
            .flat_map(move |row| columns.clone().map(move |column| (row, column)))
            .map(|(row, column)| row * self.columns + column)
    }

    /// The place itself when one can stand there, else the nearest firm ground close by: a quay that
    /// the grid rounded into the water.
    pub(super) fn snap(&self, p: Point) -> Option<Point> {
        if !p.is_valid() {
            return None;
        }
        if self.pace[self.cell_of(p)] != BLOCKED {
            return Some(p);
        }
        let firm = self.around(p, SNAP).filter(|&c| self.pace[c] != BLOCKED);
        firm.map(|cell| self.nearest_in(cell, p))
            .min_by(|a, b| a.distance(p).total_cmp(&b.distance(p)))
    }

    /// The place of a cell that is nearest to `p`, just within its sides.
    fn nearest_in(&self, cell: usize, p: Point) -> Point {
        let (middle, half) = (self.middle(cell), self.cell_km * 0.499);
        Point::new(
            p.x.clamp(middle.x - half, middle.x + half),
            p.y.clamp(middle.y - half, middle.y + half),
        )
    }

    /// The neighbour of a cell, unless it lies outside.
    pub(super) fn offset(&self, column: usize, row: usize, dx: isize, dy: isize) -> Option<usize> {
        let column = column.checked_add_signed(dx)?;
        let row = row.checked_add_signed(dy)?;
        (column < self.columns && row < self.rows).then_some(row * self.columns + column)
    }

    /// Nanoseconds for one step, or `None` when something on the way cannot be crossed.
    ///
    /// A length in millimetres times a pace in milliseconds per kilometre is a time in nanoseconds.
    pub(super) fn step_ns(&self, column: usize, row: usize, step: &Step) -> Option<u64> {
        let mut total = 0_u64;
        for &(dx, dy, millimetres) in &step.parts {
            let pace = self.pace[self.offset(column, row, dx, dy)?];
            if pace == BLOCKED {
                return None;
            }
            total = total.saturating_add(millimetres.saturating_mul(u64::from(pace)));
        }
        Some(total)
    }

    /// Nanoseconds along a straight line, or `None` when it is blocked.
    pub(super) fn straight_ns(&self, from: Point, to: Point) -> Option<u64> {
        let length = from.distance(to);
        let samples = (length / self.cell_km * 4.0).ceil().clamp(1.0, 4_096.0) as u32;
        let millimetres = length / f64::from(samples) * MM_PER_KM;
        let mut total = 0.0;
        for sample in 0..samples {
            let share = (f64::from(sample) + 0.5) / f64::from(samples);
            let pace = self.pace[self.cell_of(from.toward(to, share))];
            if pace == BLOCKED {
                return None;
            }
            total += f64::from(pace) * millimetres;
        }
        Some(total.round() as u64)
    }
}

/// The 32 directions of travel. The widest gap between two is 18.4°, so a straight way is lengthened
/// by at most 1.3 %.
pub(super) fn steps(cell_km: f64) -> Vec<Step> {
    let shapes: [(isize, isize); 5] = [(1, 0), (1, 1), (2, 1), (3, 1), (3, 2)];
    let mut moves = Vec::new();
    for (a, b) in shapes {
        for (dx, dy) in [(a, b), (b, a)] {
            for (sx, sy) in [(1, 1), (-1, 1), (1, -1), (-1, -1)] {
                moves.push((dx * sx, dy * sy));
            }
        }
    }
    moves.sort_unstable();
    moves.dedup();
    let step = |(dx, dy)| Step {
        dx,
        dy,
        parts: parts(dx, dy, cell_km),
    };
    moves.into_iter().map(step).collect()
}

/// The cells that the straight way to a neighbour crosses, and its length in each in millimetres.
fn parts(dx: isize, dy: isize, cell_km: f64) -> Vec<(isize, isize, u64)> {
    let length = ((dx * dx + dy * dy) as f64).sqrt() * cell_km * MM_PER_KM;
    // Shares of the way at which it passes from one column, or one row, to the next.
    let passages = |cells: isize| {
        let count = cells.unsigned_abs();
        (0..count).map(move |k| (2 * k + 1) as f64 / (2 * count) as f64)
    };
    let mut cuts: Vec<f64> = passages(dx).chain(passages(dy)).collect();
    cuts.extend([0.0, 1.0]);
    cuts.sort_by(f64::total_cmp);
    let mut parts = Vec::new();
    let mut corner_after = None;
    for pair in cuts.windows(2) {
        if pair[1] - pair[0] < 1e-9 {
            // The way passes exactly through a corner, between two cells it never enters. They get a
            // token length, so that nobody slips through where two of them block the way.
            corner_after = Some(pair[0]);
            continue;
        }
        let middle = (pair[0] + pair[1]) / 2.0;
        let cell = (
            (dx as f64 * middle).round() as isize,
            (dy as f64 * middle).round() as isize,
        );
        if corner_after.take().is_some()
            && let Some(&(x, y, _)) = parts.last()
        {
            parts.push((cell.0, y, 1));
            parts.push((x, cell.1, 1));
        }
        let share = (length * (pair[1] - pair[0])).round() as u64;
        parts.push((cell.0, cell.1, share));
    }
    parts
}
