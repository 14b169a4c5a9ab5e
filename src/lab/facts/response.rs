//! Facts about response: how fast help comes, and what that clears up.

use super::city::{Arm, City};
use super::measure::{Band, Estimate};
use super::{Effort, Fact, Finding, Trial};
use crate::rules::chance::{Luck, Purpose};
use crate::rules::curve;
use crate::rules::response::{mean_distance, reached_within, waits};
use crate::rules::{Id, World};
use std::sync::Arc;

pub(super) fn facts() -> Vec<Fact> {
    vec![
        Fact {
            id: "V11",
            source: "Blanes i Vidal & Kirchmaier 2018; Kansas City Police Department 1977",
            preset: None,
            trial: Trial::Experiment(clearance),
        },
        Fact {
            id: "V14",
            source: "Larson & Odoni 1981; Erlang",
            preset: None,
            trial: Trial::Experiment(geometry),
        },
    ]
}

/// The same city twice, once so much wider that help takes a tenth longer, under each side.
fn clearance(_: &City, effort: Effort) -> Vec<Finding> {
    let sides = [
        ("response-much", Band::new(-5.5, -3.5)),
        ("response-little", Band::new(-1.0, -0.3)),
    ];
    sides
        .map(|(preset, target)| {
            let city = City::new(Some(preset));
            let usual = city.world(|world| world.turns = 6);
            let wider = slower_by_a_tenth(&city, &usual);
            let all = city.everywhere();
            let violence = vec![city.family("violence")];
            let share = |world: &Arc<World>| {
                Arm::idle(world).each(effort.seeds, |run| {
                    let turns = 1..7;
                    (
                        run.cleared(turns.clone(), &all, &violence),
                        run.recorded(turns, &all, &violence),
                    )
                })
            };
            let points: Vec<f64> = share(&wider)
                .iter()
                .zip(share(&usual))
                .map(|(slow, quick)| 100.0 * (slow.0 / slow.1 - quick.0 / quick.1))
                .collect();
            Finding {
                estimate: Estimate::of(&points),
                target,
            }
        })
        .to_vec()
}

/// The city stretched until the mean response takes a tenth longer.
fn slower_by_a_tenth(city: &City, usual: &Arc<World>) -> Arc<World> {
    let minutes = |world: &Arc<World>| {
        let run = Arm::idle(world).play(1);
        let circles = &run.open[0].circles;
        circles.iter().map(|c| curve::ln(c.minutes)).sum::<f64>() / circles.len() as f64
    };
    let stretched = |factor: f64| {
        city.world(|world| {
            world.turns = 6;
            world.scenario = Id::from("stretched-city");
            for precinct in &mut world.precincts {
                precinct.area *= factor;
            }
        })
    };
    let wanted = minutes(usual) + curve::ln(1.1);
    let (mut low, mut high) = (1.0, 4.0);
    for _ in 0..30 {
        let middle = f64::midpoint(low, high);
        if minutes(&stretched(middle)) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    stretched(f64::midpoint(low, high))
}

/// Units thrown at random into a square, and the formulas beside them.
fn geometry(_: &City, effort: Effort) -> Vec<Finding> {
    const SIDE: f64 = 20.0;
    const UNITS: usize = 400;
    let fields = effort.seeds * 50;
    let density = UNITS as f64 / (SIDE * SIDE);
    let (minutes, speed) = (1.0, 30.0);
    let (mut streets, mut straight, mut reached) = (0.0, 0.0, 0.0);
    for field in 0..fields {
        let luck = Luck::new(field);
        let mut stream = luck.stream(0, Purpose::Policy);
        // A call in the middle; the square is wide enough that its edge does not matter.
        let (mut near, mut near_straight) = (f64::INFINITY, f64::INFINITY);
        for block in 0..UNITS / 4 {
            let draws = stream.at(block as u32);
            for pair in 0..4 {
                let x = (draws.uniform_at(pair * 2) - 0.5) * SIDE;
                let y = (draws.uniform_at(pair * 2 + 1) - 0.5) * SIDE;
                near = near.min(x.abs() + y.abs());
                near_straight = near_straight.min((x * x + y * y).sqrt());
            }
        }
        streets += near;
        straight += near_straight;
        reached += f64::from(u8::from(near <= speed / 60.0 * minutes));
    }
    let n = f64::from(fields);
    // A unit that patrols its own square, with a call anywhere in it.
    let mut beat = 0.0;
    for field in 0..fields {
        let draws = Luck::new(field).draws(1, Purpose::Policy, 0);
        let d = |a: usize, b: usize| (draws.uniform_at(a) - draws.uniform_at(b)).abs();
        beat += d(0, 1) + d(2, 3);
    }
    let ratio = |value: f64, expected: f64, share: f64| Finding {
        estimate: Estimate::exact(value),
        target: Band::new(expected * (1.0 - share), expected * (1.0 + share)),
    };
    vec![
        ratio(streets / n * density.sqrt(), 0.627, 0.02),
        ratio(mean_distance(density) * density.sqrt(), 0.627, 0.02),
        ratio(straight / n * density.sqrt(), 0.5, 0.02),
        ratio(beat / n, 0.667, 0.02),
        Finding {
            estimate: Estimate::exact(
                100.0 * (reached / n - reached_within(density, speed, minutes)),
            ),
            target: Band::new(-2.0, 2.0),
        },
        Finding {
            estimate: Estimate::exact(waits(5, 3.0)),
            target: Band::new(0.2342, 0.2382),
        },
    ]
}
