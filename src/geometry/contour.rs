//! Lines of equal travel time, by marching squares.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::point::Point;
use super::polyline::Polyline;
use super::travel::{Field, UNREACHED};

/// A side of the square between four cells: the cell it starts from, and whether it runs down.
type Side = (usize, bool);

impl Field {
    /// The lines on which the travel time is `ms` milliseconds: closed ones round the near area, open
    /// ones where the map's edge cuts them. In order of where they begin; not softened (see
    /// [`Polyline::smoothed`]).
    #[must_use]
    pub fn contour(&self, ms: u32) -> Vec<Polyline> {
        let grid = &*self.grid;
        let level = f64::from(ms);
        // Where nobody gets to, the line keeps about half a cell away from the last cell reached.
        let beyond = level + level.max(1.0);
        let value = |cell: usize| match self.ms[cell] {
            UNREACHED => beyond,
            ms => f64::from(ms).min(beyond),
        };
        let mut links: BTreeMap<Side, Vec<Side>> = BTreeMap::new();
        for row in 0..grid.rows.saturating_sub(1) {
            for column in 0..grid.columns.saturating_sub(1) {
                let cell = row * grid.columns + column;
                let corners = [cell, cell + 1, cell + grid.columns + 1, cell + grid.columns];
                let heights = corners.map(value);
                // Top, right, bottom, left.
                let sides = [
                    (cell, false),
                    (cell + 1, true),
                    (cell + grid.columns, false),
                    (cell, true),
                ];
                for (from, to) in crossed_sides(heights, level) {
                    links.entry(sides[from]).or_default().push(sides[to]);
                    links.entry(sides[to]).or_default().push(sides[from]);
                }
            }
        }
        let place = |side: Side| crossing_point(grid, side, level, value);
        chain(links, place)
    }
}

/// Which sides of a square (top, right, bottom, left) a level line joins, given the heights of its
/// corners (round from the top left).
fn crossed_sides(heights: [f64; 4], level: f64) -> Vec<(usize, usize)> {
    let inside = heights.map(|height| height < level);
    let crossed: Vec<usize> = (0..4)
        .filter(|&side| inside[side] != inside[(side + 1) % 4])
        .collect();
    match *crossed {
        [from, to] => vec![(from, to)],
        // A saddle: the middle decides which two corners are cut off.
        [top, right, bottom, left] => {
            let middle_inside = heights.iter().sum::<f64>() / 4.0 < level;
            if inside[0] == middle_inside {
                vec![(top, right), (bottom, left)]
            } else {
                vec![(top, left), (right, bottom)]
            }
        }
        _ => Vec::new(),
    }
}

/// Where the level line crosses a side.
fn crossing_point(grid: &Grid, side: Side, level: f64, value: impl Fn(usize) -> f64) -> Point {
    let (cell, down) = side;
    let other = cell + if down { grid.columns } else { 1 };
    let (from, to) = (value(cell), value(other));
    let share = (level - from) / (to - from);
    grid.middle(cell).toward(grid.middle(other), share)
}

/// Joins the links into lines, open ones first.
fn chain(mut links: BTreeMap<Side, Vec<Side>>, place: impl Fn(Side) -> Point) -> Vec<Polyline> {
    let mut lines = Vec::new();
    let ends: Vec<Side> = links
        .iter()
        .filter(|(_, to)| to.len() == 1)
        .map(|(side, _)| *side)
        .collect();
    for end in ends {
        let way = follow(&mut links, end);
        if way.len() > 1 {
            lines.push(Polyline::open(way.into_iter().map(&place).collect()));
        }
    }
    while let Some((&start, _)) = links.first_key_value() {
        let mut way = follow(&mut links, start);
        // The way came back to where it began.
        way.pop();
        if way.len() > 2 {
            lines.push(Polyline::closed(way.into_iter().map(&place).collect()));
        }
    }
    lines
}

/// Follows the links from a side as far as they go, and takes them away.
fn follow(links: &mut BTreeMap<Side, Vec<Side>>, start: Side) -> Vec<Side> {
    let mut way = vec![start];
    let mut here = start;
    while let Some(next) = unlink(links, here) {
        way.push(next);
        here = next;
    }
    way
}

/// Takes one link at a side away, at both of its ends.
fn unlink(links: &mut BTreeMap<Side, Vec<Side>>, from: Side) -> Option<Side> {
    let to = links.get_mut(&from)?.pop()?;
    if let Some(back) = links.get_mut(&to)
        && let Some(position) = back.iter().position(|&side| side == from)
    {
        back.swap_remove(position);
    }
    for side in [from, to] {
        if links.get(&side).is_some_and(Vec::is_empty) {
            links.remove(&side);
        }
    }
    Some(to)
}
