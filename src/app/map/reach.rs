//! How soon help comes, from the travel times of the city: cars at their speed, people on foot at
//! theirs, over land and bridges and never through water.

use super::board::Board;
use crate::geometry::{Bridge, Field, Point, Polygon, Polyline, TravelCosts, TravelTimes};
use crate::rules::model::{Coefficient, Model};
use crate::rules::response::CIRCLES;

/// Cells along the longer side of the city: a field takes a few milliseconds.
const CELLS: u16 = 128;
/// A bridge's width in kilometres.
const BRIDGE_KM: f64 = 0.05;
/// Crossing a bridge takes this share of the time on land: nothing joins it there.
const BRIDGE_PACE: f64 = 0.9;

/// The times from everybody who can come.
#[derive(Clone, Debug)]
pub struct Reach {
    /// Who can come: where, and whether by car.
    from: Vec<(Point, bool)>,
    cars: Field,
    feet: Field,
    /// The lines of equal time of cars and of those on foot, at each of [`CIRCLES`].
    pub lines: [Vec<Polyline>; 3],
}

impl PartialEq for Reach {
    /// The same people in the same places make the same times.
    fn eq(&self, other: &Self) -> bool {
        self.from == other.from
    }
}

impl Reach {
    /// Works the times out.
    pub fn new(board: &Board, model: &Model, from: Vec<(Point, bool)>) -> Self {
        let land: Vec<Polygon> = board.places.iter().map(|it| it.shape.clone()).collect();
        let bridges: Vec<Bridge> = (board.bridges.iter())
            .map(|line| Bridge {
                line: Polyline::open(line.clone()),
                width_km: BRIDGE_KM,
            })
            .collect();
        let field = |speed: Coefficient, by_car: bool| {
            let ms_per_km = 3_600_000.0 / model.get(speed).max(0.1);
            let costs = TravelCosts {
                land_ms_per_km: ms_per_km as u32,
                bridge_ms_per_km: (ms_per_km * BRIDGE_PACE) as u32,
                water_ms_per_km: None,
            };
            let starts = from.iter().filter(|(_, car)| *car == by_car);
            let starts: Vec<Point> = starts.map(|(at, _)| *at).collect();
            TravelTimes::new(&land, &bridges, costs, CELLS).from(&starts)
        };
        let cars = field(Coefficient::ResponseSpeed, true);
        let feet = field(Coefficient::WalkingSpeed, false);
        let lines = CIRCLES.map(|minutes| {
            let ms = (minutes * 60_000.0) as u32;
            let both = cars.contour(ms).into_iter().chain(feet.contour(ms));
            both.map(|line| line.smoothed(2)).collect()
        });
        Self {
            from,
            cars,
            feet,
            lines,
        }
    }

    /// Whether these are the people it was worked out for.
    pub fn is_from(&self, from: &[(Point, bool)]) -> bool {
        self.from == from
    }

    /// Minutes until the first of them is there; none where nobody gets to.
    pub fn minutes(&self, at: Point) -> Option<f64> {
        let both = [self.cars.minutes_at(at), self.feet.minutes_at(at)];
        both.into_iter().flatten().reduce(f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::map::Plan;
    use crate::scenario::card::Card;
    use std::collections::BTreeMap;

    #[test]
    fn a_car_is_sooner_there_than_people_on_foot() {
        let square = [(0.0, 0.0), (6.0, 0.0), (6.0, 6.0), (0.0, 6.0)];
        let plan = Plan {
            outlines: vec![square.map(|(x, y)| Point::new(x, y)).to_vec()],
            districts: vec![0],
            ..Plan::default()
        };
        let board = Board::new(&plan).expect("a square makes a board");
        let model = Card::built_in().model(&BTreeMap::new()).expect("the card");
        let (start, there) = (Point::new(1.0, 1.0), Point::new(2.5, 1.0));
        let minutes = |car: bool| {
            let reach = Reach::new(&board, &model, vec![(start, car)]);
            reach.minutes(there).expect("a way over land")
        };
        let (driven, walked) = (minutes(true), minutes(false));
        // 1.5 km at 30 and at 5 km an hour.
        assert!((driven - 3.0).abs() < 0.15, "{driven}");
        assert!((walked - 18.0).abs() < 0.8, "{walked}");
        let nobody = Reach::new(&board, &model, Vec::new());
        assert_eq!(nobody.minutes(there), None);
    }
}
