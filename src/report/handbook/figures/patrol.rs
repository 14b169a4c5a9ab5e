//! Patrol: dose, threshold, freshness, displacement, and instruments together.

use super::{
    Figure, HERE, axis, bars, by_turn, families, keys, line, per_cent, plain, plane, prevented,
    quote_percent, still,
};
use crate::lab::facts::{Arm, City, Orders, Run};
use crate::rules::world::{Governance, Work};
use crate::rules::{Action, Tactic};

pub(super) fn all() -> Vec<Figure> {
    let city = City::new(None);
    vec![
        dose(&city),
        freshness(&city),
        displacement(&city),
        together(&city),
    ]
}

fn dose(city: &City) -> Figure {
    let theft = [city.family("street-theft")];
    let effect = |minutes: f64, tactic: Tactic| {
        let world = plain(city, 1, |world| {
            for kind in &mut world.kinds {
                kind.minutes = if kind.id.as_str() == "foot" {
                    minutes
                } else {
                    kind.minutes
                };
            }
        });
        let arm = Arm::new(&world, |_, orders| {
            orders.place("foot", 1, &[HERE], 1, tactic);
        });
        prevented(&arm, &theft)[0]
    };
    let curve = |tactic| {
        let at = (0..=24).map(|step| f64::from(step) * 5.0);
        at.map(|minutes| (minutes, effect(minutes, tactic)))
            .collect()
    };
    let foot = &city.world(|_| {}).kinds;
    let one = foot
        .iter()
        .find(|kind| kind.id.as_str() == "foot")
        .map_or(0.0, |kind| kind.minutes);
    let teams = |n: f64| effect(n * one, Tactic::HotSpot);
    Figure {
        id: "dose",
        chart: plane(
            axis("x", 0.0, 120.0),
            per_cent("y", 0.0, 15.0),
            vec![
                line("hot", curve(Tactic::HotSpot)),
                line("spread", curve(Tactic::Visible)),
            ],
        ),
        values: vec![
            quote_percent("dose.one", teams(1.0), 1),
            quote_percent("dose.second", teams(2.0) - teams(1.0), 1),
            quote_percent("dose.third", teams(3.0) - teams(2.0), 1),
            quote_percent("dose.spread", effect(one, Tactic::Visible), 1),
        ],
    }
}

fn freshness(city: &City) -> Figure {
    const END: u16 = 13;
    let theft = [city.family("street-theft")];
    let world = plain(city, 18, still);
    let place = |orders: &mut Orders| orders.place("foot", 1, &[HERE], 1, Tactic::HotSpot);
    let stay = prevented(
        &Arm::new(&world, |turn, orders| {
            if turn == 1 {
                place(orders);
            }
            if turn == END {
                orders.withdraw("foot", 1, 1);
            }
        }),
        &theft,
    );
    // Three months here, three elsewhere.
    let rotate = prevented(
        &Arm::new(&world, |turn, orders| match turn % 6 {
            1 => place(orders),
            4 => orders.withdraw("foot", 1, 1),
            _ => {}
        }),
        &theft,
    );
    let left = 100.0 * stay[usize::from(END) - 2] / stay[0];
    let after = 100.0 * stay[usize::from(END) - 1] / stay[usize::from(END) - 2];
    Figure {
        id: "freshness",
        chart: plane(
            axis("x", 1.0, 18.0),
            per_cent("y", 0.0, 10.0),
            vec![line("stay", by_turn(stay)), line("rotate", by_turn(rotate))],
        ),
        values: vec![
            quote_percent("freshness.year", left, 0),
            quote_percent("freshness.after", after, 0),
        ],
    }
}

/// Of a hundred offences that patrol prevents here, how many more happen next door, on each side of
/// the contested question.
fn displacement(city: &City) -> Figure {
    let rows = ["violence", "burglary", "street-theft", "disorder", "vice"];
    let moved = |preset: Option<&str>| -> Vec<f64> {
        let side = City::new(preset);
        let world = plain(&side, 2, still);
        let with = Arm::new(&world, |turn, orders| {
            if turn == 1 {
                orders.place("foot", 1, &[HERE], 2, Tactic::HotSpot);
            }
        })
        .play(1);
        let without = Arm::idle(&world).play(1);
        let elsewhere: Vec<u16> = city
            .everywhere()
            .into_iter()
            .filter(|p| *p != HERE)
            .collect();
        rows.iter()
            .map(|id| {
                let family = [side.family(id)];
                let here = |run: &Run| run.expected(1..2, &[HERE], &family);
                let there = |run: &Run| run.expected(2..3, &elsewhere, &family);
                100.0 * (there(&with) - there(&without)) / (here(&without) - here(&with))
            })
            .collect()
    };
    let card = moved(None);
    let values = vec![
        quote_percent("displacement.theft", card[2], 0),
        quote_percent("displacement.violence", card[0], 0),
    ];
    Figure {
        id: "displacement",
        chart: bars(
            axis("x", -20.0, 70.0),
            families(&rows),
            vec![
                ("card", card),
                ("spreads", moved(Some("displacement-spreads"))),
                ("bogota", moved(Some("displacement-bogota"))),
            ],
        ),
        values,
    }
}

/// Instruments added one by one in the same place, each alone and summed up, and as the engine takes
/// them together.
fn together(city: &City) -> Figure {
    const MONTH: u16 = 8;
    let family = [city.family("street-theft")];
    let world = plain(city, MONTH, still);
    type Instrument = (&'static str, fn(&mut Orders));
    let instruments: [Instrument; 6] = [
        ("patrol", |orders| {
            orders.place("foot", 1, &[HERE], 2, Tactic::HotSpot);
        }),
        ("cameras", |orders| {
            let precinct = Some(orders.precinct(HERE));
            orders.give(Action::Sense {
                precinct,
                level: 3,
                governance: Governance::Bare,
                live: true,
            });
        }),
        ("lighting", |orders| {
            let precinct = orders.precinct(HERE);
            orders.give(Action::Build {
                work: Work::Lighting,
                precinct,
            });
        }),
        ("watch", |orders| {
            orders.place("volunteer", 1, &[HERE], 2, Tactic::Watch);
        }),
        ("problem", |orders| {
            orders.place("foot", 3, &[HERE], 2, Tactic::ProblemSolving);
        }),
        ("checks", |orders| {
            orders.place("foot", 5, &[HERE], 4, Tactic::BroadChecks);
        }),
    ];
    let effect = |chosen: &[Instrument]| {
        let arm = Arm::new(&world, |turn, orders| {
            if turn == 1 {
                for (_, give) in chosen {
                    give(orders);
                }
            }
        });
        prevented(&arm, &family)[usize::from(MONTH) - 1]
    };
    let mut summed = Vec::new();
    let mut joint = Vec::new();
    for at in 0..instruments.len() {
        let before: f64 = summed.last().copied().unwrap_or(0.0);
        summed.push(before + effect(&instruments[at..=at]));
        joint.push(effect(&instruments[..=at]));
    }
    let rows: Vec<&str> = instruments.iter().map(|(name, _)| *name).collect();
    let values = vec![
        quote_percent("together.summed", summed[5], 0),
        quote_percent("together.joint", joint[5], 0),
        quote_percent("together.guards-summed", summed[3], 0),
        quote_percent("together.guards-joint", joint[3], 0),
    ];
    Figure {
        id: "together",
        chart: bars(
            per_cent("x", 0.0, 60.0),
            keys(&rows),
            vec![("summed", summed), ("joint", joint)],
        ),
        values,
    }
}
