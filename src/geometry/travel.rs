//! How long it takes to get from here to there: Dijkstra's method on a grid of square cells with 32
//! directions of travel, so that on open land the times are within 3 % of the straight line.
//!
//! Times are whole milliseconds and sums are integers, so every platform gets the same field.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::grid::{Grid, Step, steps};
use super::point::Point;
use super::polygon::Polygon;
use super::polyline::Polyline;

/// How long a kilometre takes, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TravelCosts {
    /// On land.
    pub land_ms_per_km: u32,
    /// Over a bridge.
    pub bridge_ms_per_km: u32,
    /// Over water (a boat, a long way round); `None` when nobody can cross it.
    pub water_ms_per_km: Option<u32>,
}

/// A bridge over water.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge {
    /// Its course from bank to bank.
    pub line: Polyline,
    /// Its width in kilometres; the grid widens a narrow one so that it is not lost between cells.
    pub width_km: f64,
}

/// A cell nobody reached.
pub(super) const UNREACHED: u32 = u32::MAX;
const NS_PER_MS: u64 = 1_000_000;
/// Within so many cells of a start the straight line is walked instead of the grid.
const NEAR: usize = 8;
/// Along a shore the last so many cells to a place are walked straight.
const LAST_CELLS: usize = 4;

/// The roads of a city: made once, asked for the field round any places.
#[derive(Clone, Debug)]
pub struct TravelTimes {
    grid: Arc<Grid>,
    steps: Arc<[Step]>,
}

/// The time from the nearest of some places to everywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub(super) grid: Arc<Grid>,
    /// Milliseconds to the middle of each cell, [`UNREACHED`] where there is no way.
    pub(super) ms: Vec<u32>,
    starts: Vec<(Point, u32)>,
}

impl TravelTimes {
    /// Lays the grid over the land and its bridges; a bridge with a coordinate beyond
    /// [`REACH_KM`](super::REACH_KM) is left out. `cells` is the number of cells along the longer
    /// side, at most 256: the work of a field grows with its square.
    #[must_use]
    pub fn new(land: &[Polygon], bridges: &[Bridge], costs: TravelCosts, cells: u16) -> Self {
        // A line, unlike a shape, may hold coordinates that are no places.
        let usable = |bridge: &&Bridge| bridge.line.points.iter().all(|p| p.is_valid());
        let bridges: Vec<&Bridge> = bridges.iter().filter(usable).collect();
        let grid = Grid::new(land, &bridges, costs, cells);
        let steps = steps(grid.cell_km);
        Self {
            grid: Arc::new(grid),
            steps: steps.into(),
        }
    }

    /// The side of a cell in kilometres.
    #[must_use]
    pub fn cell_km(&self) -> f64 {
        self.grid.cell_km
    }

    /// The number of cells.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.grid.pace.len()
    }

    /// The time from the nearest of the places to everywhere.
    #[must_use]
    pub fn from(&self, places: &[Point]) -> Field {
        let starts: Vec<(Point, u32)> = places.iter().map(|&place| (place, 0)).collect();
        self.from_delayed(&starts)
    }

    /// As [`TravelTimes::from`], with a delay in milliseconds at each place before anybody sets out.
    #[must_use]
    pub fn from_delayed(&self, places: &[(Point, u32)]) -> Field {
        let grid = &*self.grid;
        let snapped = |&(place, delay): &(Point, u32)| Some((grid.snap(place)?, delay));
        let starts: Vec<(Point, u32)> = places.iter().filter_map(snapped).collect();
        let mut ns = vec![u64::MAX; grid.pace.len()];
        let mut queue = BinaryHeap::new();
        for &(start, delay) in &starts {
            let delay = u64::from(delay) * NS_PER_MS;
            for cell in grid.around(start, NEAR) {
                let Some(walk) = grid.straight_ns(start, grid.middle(cell)) else {
                    continue;
                };
                let time = delay.saturating_add(walk);
                if time < ns[cell] {
                    ns[cell] = time;
                    queue.push(Reverse((time, cell)));
                }
            }
        }
        // Equal times leave the queue in order of the cell's number: the fixed tie-break.
        while let Some(Reverse((time, cell))) = queue.pop() {
            if time > ns[cell] {
                continue;
            }
            let (column, row) = (cell % grid.columns, cell / grid.columns);
            for step in &*self.steps {
                let Some(next) = grid.offset(column, row, step.dx, step.dy) else {
                    continue;
                };
                // Nothing can be gained from a cell that is settled, and asking is cheap.
                if ns[next] <= time {
                    continue;
                }
                let Some(walk) = grid.step_ns(column, row, step) else {
                    continue;
                };
                let arrival = time.saturating_add(walk);
                if arrival < ns[next] {
                    ns[next] = arrival;
                    queue.push(Reverse((arrival, next)));
                }
            }
        }
        Field {
            grid: Arc::clone(&self.grid),
            ms: ns.into_iter().map(whole_ms).collect(),
            starts,
        }
    }
}

/// Nanoseconds to the nearest millisecond; the last value is kept for "no way".
fn whole_ms(ns: u64) -> u32 {
    if ns == u64::MAX {
        return UNREACHED;
    }
    let ms = ns.saturating_add(NS_PER_MS / 2) / NS_PER_MS;
    u32::try_from(ms).map_or(UNREACHED - 1, |ms| ms.min(UNREACHED - 1))
}

impl Field {
    /// Milliseconds to the point, or `None` when there is no way to it.
    #[must_use]
    pub fn ms_at(&self, place: Point) -> Option<u32> {
        let grid = &*self.grid;
        let place = grid.snap(place)?;
        let by_grid = self.between_cells(place);
        // Close to a start the grid is too coarse, and the straight line is the answer.
        let reach = grid.cell_km * NEAR as f64;
        let close = self
            .starts
            .iter()
            .filter(|(p, _)| p.distance(place) < reach);
        let direct = close.filter_map(|&(start, delay)| {
            let walk = grid.straight_ns(start, place)?;
            Some(whole_ms(
                (u64::from(delay) * NS_PER_MS).saturating_add(walk),
            ))
        });
        by_grid.into_iter().chain(direct).min()
    }

    /// Minutes to the point, or `None` when there is no way to it.
    #[must_use]
    pub fn minutes_at(&self, place: Point) -> Option<f64> {
        self.ms_at(place).map(|ms| f64::from(ms) / 60_000.0)
    }

    /// The earliest arrival among several fields of one city, such as one field per post. `None`
    /// when there are no fields or they are of different cities.
    #[must_use]
    pub fn earliest(fields: &[&Self]) -> Option<Self> {
        let (first, rest) = fields.split_first()?;
        let mut earliest = (*first).clone();
        for field in rest {
            if field.grid != earliest.grid {
                return None;
            }
            for (least, &ms) in earliest.ms.iter_mut().zip(&field.ms) {
                *least = (*least).min(ms);
            }
            earliest.starts.extend(&field.starts);
        }
        Some(earliest)
    }

    /// The time from the four cells round a place.
    fn between_cells(&self, place: Point) -> Option<u32> {
        let grid = &*self.grid;
        let (u, v) = grid.coordinates(place);
        let (column, row) = (u.floor(), v.floor());
        let (u, v) = (u - column, v - row);
        let corners = [(0, 0), (1, 0), (0, 1), (1, 1)];
        let cells = corners.map(|(dx, dy)| {
            let column = (column as usize + dx).min(grid.columns - 1);
            let row = (row as usize + dy).min(grid.rows - 1);
            row * grid.columns + column
        });
        let pace = grid.pace[cells[0]];
        let even = |&cell: &usize| grid.pace[cell] == pace && self.ms[cell] != UNREACHED;
        if cells.iter().all(even) {
            let [a, b, c, d] = cells.map(|cell| f64::from(self.ms[cell]));
            let near = a + (b - a) * u;
            let far = c + (d - c) * u;
            return Some((near + (far - near) * v).round() as u32);
        }
        // On a shore or by a bridge: the best of the cells about, each with the walk from its middle.
        // From some cells away that walk costs little more than the straight way.
        let arrivals = grid.around(place, LAST_CELLS).filter_map(|cell| {
            let ms = self.ms[cell];
            if ms == UNREACHED {
                return None;
            }
            let walk = grid.straight_ns(grid.middle(cell), place)?;
            Some(ms.saturating_add(whole_ms(walk)).min(UNREACHED - 1))
        });
        arrivals.min()
    }
}
