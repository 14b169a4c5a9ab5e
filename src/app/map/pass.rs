//! The turn as it plays on the map: grave offences on record as marks, and the way of those who came
//! to them.

use super::board::Board;
use super::frame::Frame;
use super::pen::{Line, Pen};
use super::scene::to_camera;
use crate::app::theme::Palette;
use crate::geometry::{Circle, Point, Polygon, Scatter};
use bevy::prelude::*;

/// The share of a precinct's time in which its marks appear.
const APPEAR: f32 = 0.25;
/// Half a mark, in the drawing's own unit.
const MARK: f32 = 6.5;
/// Half of what travels.
const TRAVELLER: f32 = 7.0;

/// Where somebody sets out, and the marks they come to, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Where they were.
    pub start: Point,
    /// Whether it is a team of the table, and not an ordinary car.
    pub team: bool,
    /// Where they go.
    pub stops: Vec<Point>,
}

/// What plays on the map: the ways in each precinct, in the order of the world.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pass {
    /// The ways.
    pub places: Vec<Vec<Way>>,
}

/// Spots for `count` marks in a precinct and one more, from which an ordinary car sets out: clear of
/// lakes, and of names and tokens as far as there is room, and the same every time for the same
/// `seed`.
pub fn spots(board: &Board, frame: &Frame, place: usize, count: usize, seed: &str) -> Vec<Point> {
    let here = &board.places[place];
    let km = |px: f32| f64::from(px / frame.scale);
    // The name and the figure above it, with the half of a mark that would reach under them.
    let plate = [-56.0, -28.0, 0.0, 28.0, 56.0].map(|dx| Circle {
        centre: Point::new(here.label.x + km(dx), here.label.y + km(12.0)),
        radius_km: km(32.0 + MARK * frame.line),
    });
    let tokens = Circle {
        centre: here.tokens,
        radius_km: km(26.0),
    };
    let mut keep_out: Vec<Circle> = plate.into_iter().chain([tokens]).collect();
    // Nothing on record happened in a lake.
    let lakes: Vec<Polygon> = (board.lakes.iter())
        .filter_map(|ring| Polygon::new(ring.clone()).ok())
        .collect();
    let mut spacing = 26.0 * frame.line;
    let mut found = Vec::new();
    // In a small precinct they lie closer, and at last also where something stands.
    for _ in 0..6 {
        let scatter = Scatter {
            most: count + 1,
            spacing_km: km(spacing),
            margin_km: km(9.0 * frame.line),
            keep_out: keep_out.clone(),
            keep_clear: lakes.clone(),
            ..Scatter::default()
        };
        found = scatter.places(&here.shape, seed);
        if found.len() > count {
            break;
        }
        spacing *= 0.7;
        keep_out.pop();
    }
    found
}

/// Sends to each of the first `count` spots whoever is nearest: a team that can come, or the
/// ordinary car that sets out from the spot after them. Nobody swims.
pub fn ways(board: &Board, spots: &[Point], count: usize, teams: &[Point]) -> Vec<Way> {
    let count = count.min(spots.len());
    let (stops, car) = spots.split_at(count);
    let origins = teams.iter().map(|at| (*at, true));
    let origins = origins.chain(car.first().map(|at| (*at, false)));
    let mut ways: Vec<Way> = origins
        .map(|(start, team)| Way {
            start,
            team,
            stops: Vec::new(),
        })
        .collect();
    for stop in stops {
        let near = ways
            .iter_mut()
            .filter(|way| on_land(board, way.start, *stop))
            .min_by(|a, b| (a.start.distance(*stop)).total_cmp(&b.start.distance(*stop)));
        if let Some(way) = near {
            way.stops.push(*stop);
        }
    }
    for way in &mut ways {
        in_turn(way);
    }
    // A mark that nobody reaches by land still stands on the map.
    let unreached = stops
        .iter()
        .filter(|stop| !ways.iter().any(|way| way.stops.contains(stop)));
    let unreached: Vec<Way> = unreached
        .map(|stop| Way {
            start: *stop,
            team: false,
            stops: vec![*stop],
        })
        .collect();
    ways.extend(unreached);
    ways.retain(|way| !way.stops.is_empty());
    ways
}

/// Orders the stops so that each is the nearest after the one before.
fn in_turn(way: &mut Way) {
    let mut at = way.start;
    for first in 0..way.stops.len() {
        let rest = &way.stops[first..];
        let nearest = (0..rest.len())
            .min_by(|a, b| at.distance(rest[*a]).total_cmp(&at.distance(rest[*b])))
            .unwrap_or(0);
        way.stops.swap(first, first + nearest);
        at = way.stops[first];
    }
}

/// Whether the straight way keeps off river and sea.
fn on_land(board: &Board, from: Point, to: Point) -> bool {
    (1..12).all(|step| !board.is_water(from.toward(to, f64::from(step) / 12.0)))
}

/// Draws what has been told so far: `told` counts precincts, with the part of the one that plays.
pub(super) fn draw(pass: &Pass, told: f32, frame: &Frame, palette: &Palette) -> Mesh {
    let mut pen = Pen::default();
    for (at, ways) in pass.places.iter().enumerate() {
        let t = (told - at as f32).clamp(0.0, 1.0);
        if t > 0.0 {
            for way in ways {
                draw_way(&mut pen, way, t, frame, palette);
            }
        }
    }
    pen.finish()
}

fn draw_way(pen: &mut Pen, way: &Way, t: f32, frame: &Frame, palette: &Palette) {
    let k = frame.line;
    let spot = |p: Point| to_camera(frame, frame.to_window(p));
    let line: Vec<Vec2> = std::iter::once(way.start)
        .chain(way.stops.iter().copied())
        .map(spot)
        .collect();
    let legs: Vec<f32> = line.windows(2).map(|leg| leg[0].distance(leg[1])).collect();
    let whole: f32 = legs.iter().sum();
    let share = ((t - APPEAR) / (1.0 - APPEAR)).clamp(0.0, 1.0);
    // They start and stop gently.
    let gone = whole * share * share * (3.0 - 2.0 * share);
    let ink = if way.team {
        palette.patrol
    } else {
        palette.ink2
    };
    let (mut trail, mut left) = (vec![line[0]], gone);
    let mut reached = 0;
    for (leg, length) in line.windows(2).zip(&legs) {
        if left + 0.01 < *length {
            trail.push(leg[0].lerp(leg[1], left / length));
            break;
        }
        left -= length;
        reached += 1;
        trail.push(leg[1]);
    }
    pen.dash(&Line::open(&trail), 5.0 * k, 4.0 * k, 2.0 * k, ink);
    let size = MARK * k * (t / APPEAR).min(1.0);
    for (at, stop) in line[1..].iter().enumerate() {
        let fill = if share > 0.0 && at < reached {
            palette.gold2
        } else {
            palette.neg
        };
        mark(pen, *stop, size, k, fill, palette.ink);
    }
    if share > 0.0 && share < 1.0 {
        let here = trail.last().copied().unwrap_or(line[0]);
        let r = TRAVELLER * k;
        let ring: Vec<Vec2> = if way.team {
            // Teams of the table are square, as their tokens are.
            [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
                .map(|(x, y)| here + Vec2::new(x, y) * r)
                .to_vec()
        } else {
            (0..20)
                .map(|step| here + Vec2::from_angle(step as f32 / 20.0 * std::f32::consts::TAU) * r)
                .collect()
        };
        pen.stroke([Line::ring(&ring)], 3.5 * k, palette.card);
        pen.fill([ring.as_slice()], ink);
    }
}

/// A diamond.
fn mark(pen: &mut Pen, at: Vec2, r: f32, k: f32, fill: Color, ink: Color) {
    let ring = [(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0)];
    let ring = ring.map(|(x, y)| at + Vec2::new(x, y) * r);
    pen.fill([ring.as_slice()], fill);
    pen.stroke([Line::ring(&ring)], 1.6 * k, ink);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::map::Plan;

    fn square(x: f64) -> Vec<Point> {
        [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
            .map(|(dx, y)| Point::new(x + dx, y))
            .to_vec()
    }

    fn board(water: Vec<Vec<Point>>) -> Board {
        let plan = Plan {
            outlines: vec![square(0.0), square(4.0)],
            districts: vec![0, 0],
            water,
            ..Plan::default()
        };
        Board::new(&plan).expect("two squares make a board")
    }

    #[test]
    fn every_mark_lies_in_its_precinct_and_somebody_comes_to_it_once() {
        let board = board(Vec::new());
        let frame = Frame::fit(
            &board,
            Vec2::new(900.0, 600.0),
            Rect::new(0.0, 0.0, 800.0, 500.0),
        );
        for count in [0, 1, 6] {
            let found = spots(&board, &frame, 0, count, "a");
            assert_eq!(found.len(), count + 1);
            assert_eq!(
                found,
                spots(&board, &frame, 0, count, "a"),
                "the same again"
            );
            assert!(found.iter().all(|p| board.place_at(*p) == Some(0)));
            let team = Point::new(2.0, 2.0);
            let ways = ways(&board, &found, count, &[team]);
            let mut stops: Vec<Point> = ways.iter().flat_map(|way| way.stops.clone()).collect();
            assert_eq!(stops.len(), count);
            stops.retain(|stop| found[..count].contains(stop));
            assert_eq!(stops.len(), count);
        }
    }

    #[test]
    fn a_team_across_the_river_does_not_swim() {
        let river = [(3.7, -9.0), (4.3, -9.0), (4.3, 9.0), (3.7, 9.0)];
        let between = vec![river.map(|(x, y)| Point::new(x, y)).to_vec()];
        let plan = Plan {
            outlines: vec![square(-0.5), square(4.5)],
            districts: vec![0, 0],
            water: between,
            ..Plan::default()
        };
        let board = Board::new(&plan).expect("two squares make a board");
        let (near, far) = (Point::new(1.0, 1.0), Point::new(5.0, 1.0));
        let spots = [Point::new(3.0, 1.0), near];
        let ways = ways(&board, &spots, 1, &[far]);
        assert_eq!(ways.len(), 1);
        assert_eq!((ways[0].start, ways[0].team), (near, false));
    }
}
