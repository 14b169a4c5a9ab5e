//! Response circles: how fast help comes, from the geometry of those who can come.
//!
//! Units are a Poisson field, distances are measured along streets (right-angle metric). Sources:
//! Larson & Odoni 1981, Urban Operations Research (square-root law, congestion); Erlang's delay
//! formula for the queue.

use super::Force;
use crate::rules::curve;
use crate::rules::digest::{self, Canon, Walk};
use crate::rules::model::Coefficient as C;
use crate::rules::world::World;

/// The circles, minutes.
pub const CIRCLES: [f64; 3] = [1.0, 3.0, 5.0];

/// How help comes in a precinct.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    /// Mean minutes from a call to somebody being there.
    pub minutes: f64,
    /// Share of the time that those who could come are busy.
    pub busy: f64,
    /// Share of places reached within 1, 3 and 5 minutes of the order to go.
    pub within: [f64; 3],
}

impl Canon for Circle {
    fn canon(&self, walk: &mut Walk) {
        Self::canon_each(std::slice::from_ref(self), walk);
    }

    fn canon_each(items: &[Self], walk: &mut Walk) {
        const NUMBERS: usize = 2 + CIRCLES.len();
        let numbers = |circle: &Self| {
            let Self {
                minutes,
                busy,
                within: [first, second, third],
            } = *circle;
            [minutes, busy, first, second, third]
        };
        digest::rows::<_, NUMBERS, { NUMBERS * size_of::<f64>() }>(items, numbers, walk);
    }
}

/// The chance that a place is reached within `minutes`, where `density` free units per km² move at
/// `speed` km/h: 1 − exp(−2γ(vt)²).
#[must_use]
pub fn reached_within(density: f64, speed: f64, minutes: f64) -> f64 {
    let range = speed / 60.0 * minutes;
    1.0 - curve::exp(-2.0 * density * range * range)
}

/// The mean distance in km to the nearest of `density` units per km²: ½√(π/2γ).
#[must_use]
pub fn mean_distance(density: f64) -> f64 {
    0.5 * (std::f64::consts::PI / (2.0 * density)).sqrt()
}

/// The chance that a call waits, with `servers` units and `load` calls being served on average
/// (Erlang's C). 1 where the load is more than they can ever serve.
#[must_use]
pub fn waits(servers: u32, load: f64) -> f64 {
    let n = f64::from(servers);
    if load <= 0.0 {
        return 0.0;
    }
    if servers == 0 || load >= n {
        return 1.0;
    }
    let mut lost = 1.0;
    for k in 1..=servers {
        lost = load * lost / (f64::from(k) + load * lost);
    }
    n * lost / (n - load * (1.0 - lost))
}

/// How help comes in each precinct, where `calls` come from it in a month.
pub(in crate::rules) fn circles(world: &World, force: &[Force], calls: &[f64]) -> Vec<Circle> {
    let model = &world.model;
    let speed = model.get(C::ResponseSpeed);
    let on_foot = model.get(C::WalkingSpeed) / speed;
    let cars_per_resident = model.get(C::ResponseCars) / 100_000.0;
    // Those next door come too.
    let around = |p: usize, of: &dyn Fn(usize) -> f64| -> f64 {
        let near = &world.precincts[p].neighbours;
        of(p) + near.iter().map(|(q, _)| of(q.at())).sum::<f64>()
    };
    (0..world.precincts.len())
        .map(|p| {
            let area = around(p, &|q| curve::max(world.precincts[q].area, 0.01));
            let cars = around(p, &|q| {
                f64::from(world.precincts[q].residents) * cars_per_resident + force[q].cars
            });
            let walkers = around(p, &|q| force[q].walkers);
            // A unit at half the speed covers a quarter of the ground.
            let as_cars = cars + walkers * on_foot * on_foot;
            let units = cars + walkers;
            let minutes_a_month = 60.0 * 24.0 * 30.4375;
            let load = around(p, &|q| calls[q]) * model.get(C::CallMinutes) / minutes_a_month;
            let busy = curve::min(load / units, MOST_BUSY);
            let density = as_cars * (1.0 - busy) / area;
            let travel = mean_distance(density) / speed * 60.0;
            let servers = curve::max(1.0, units).round_ties_even();
            let spare = curve::max(servers - load, servers * (1.0 - MOST_BUSY));
            let queue = waits(servers as u32, curve::min(load, servers * MOST_BUSY))
                * model.get(C::CallMinutes)
                / spare;
            Circle {
                minutes: curve::max(0.2, model.get(C::CallHandling) + force[p].handling)
                    + queue
                    + travel,
                busy,
                within: CIRCLES.map(|minutes| reached_within(density, speed, minutes)),
            }
        })
        .collect()
}

/// The most that units can be busy; beyond it calls are dropped, which no queue describes.
const MOST_BUSY: f64 = 0.95;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erlang_matches_the_printed_value() {
        assert!((waits(5, 3.0) - 0.2362).abs() < 5e-5);
        assert_eq!(waits(3, 3.0).to_bits(), 1.0f64.to_bits());
        assert_eq!(waits(0, 0.0).to_bits(), 0.0f64.to_bits());
    }

    #[test]
    fn densities_for_nine_in_ten_match_the_table() {
        for (speed, minutes, density) in [
            (30.0, 1.0, 4.61),
            (30.0, 3.0, 0.51),
            (30.0, 5.0, 0.18),
            (40.0, 1.0, 2.59),
            (5.0, 3.0, 18.4),
        ] {
            let reached = reached_within(density, speed, minutes);
            assert!(
                (reached - 0.9).abs() < 0.01,
                "{speed} km/h, {minutes} min: {reached}"
            );
        }
    }
}
