//! Irregular cities of any size, for benches and tests.

use std::collections::BTreeMap;

use super::point::Point;
use super::seeded::Seeded;

/// Mean distance between the corners of a precinct, in kilometres: about 2 km² each.
const BLOCK_KM: f64 = 1.4;

/// How far a corner may stray, as a share of a block. With the strays below one half and apart from
/// each other, no two borders can meet except in their corners.
const CORNER_STRAY: f64 = 0.2;
const MIDDLE_STRAY: f64 = 0.1;

/// A made-up city: points, their names, and outlines that index them.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// Names of the points, in step with `points`.
    pub names: Vec<String>,
    /// The points in kilometres.
    pub points: Vec<Point>,
    /// One outline per precinct, as indices into `points`.
    pub outlines: Vec<Vec<usize>>,
}

/// A city of `precincts` irregular precincts that share their edges: a square grid whose corners
/// strayed and whose sides bent. All outlines are simple and the city hangs together.
#[must_use]
pub fn city(precincts: usize, seed: u32) -> City {
    let mut side = 1;
    while side * side < precincts {
        side += 1;
    }
    let mut city = City {
        names: Vec::new(),
        points: Vec::new(),
        outlines: Vec::with_capacity(precincts),
    };
    let mut known = BTreeMap::new();
    for number in 0..precincts {
        let (row, column) = (number / side, number % side);
        // Corners sit at even half-block coordinates, the bends of the sides at odd ones.
        let (x, y) = (2 * column, 2 * row);
        let ring = [
            (x, y),
            (x + 1, y),
            (x + 2, y),
            (x + 2, y + 1),
            (x + 2, y + 2),
            (x + 1, y + 2),
            (x, y + 2),
            (x, y + 1),
        ];
        let outline =
            ring.map(|place| *known.entry(place).or_insert_with(|| city.add(place, seed)));
        city.outlines.push(outline.to_vec());
    }
    city
}

impl City {
    fn add(&mut self, (x, y): (usize, usize), seed: u32) -> usize {
        let name = format!("p{x}-{y}");
        let mut luck = Seeded::from_word(&format!("{seed}:{name}"));
        let corner = x % 2 == 0 && y % 2 == 0;
        let stray = if corner { CORNER_STRAY } else { MIDDLE_STRAY } * BLOCK_KM;
        let mut place =
            |half_blocks: usize| half_blocks as f64 * BLOCK_KM / 2.0 + luck.around_zero(stray);
        self.points.push(Point::new(place(x), place(y)));
        self.names.push(name);
        self.points.len() - 1
    }
}
