//! Tests against dull games: no single idea may win everything.

use super::city::{Arm, City, Run, posted};
use super::measure::{Band, Estimate};
use super::{Effort, Fact, Finding, Trial};
use crate::lab::policy::{Hand, Policy};
use crate::rules::chance::Luck;
use crate::rules::id::SeatIx;
use crate::rules::world::Duty;
use crate::rules::{Action, Amount, Cents, Index, Tactic, World};
use std::sync::Arc;

pub(super) fn facts() -> Vec<Fact> {
    vec![
        Fact {
            id: "a",
            source: "test of the model",
            preset: None,
            trial: Trial::Experiment(most_of_everything),
        },
        Fact {
            id: "c",
            source: "test of the model",
            preset: None,
            trial: Trial::Experiment(visits_alone),
        },
        Fact {
            id: "f",
            source: "test of the model; Sherman 1990",
            preset: None,
            trial: Trial::Experiment(duty_for_good),
        },
        Fact {
            id: "l",
            source: "test of the model",
            preset: None,
            trial: Trial::Experiment(every_other_month),
        },
    ]
}

/// A city with scarce means: a team for every second precinct, a year.
fn scarce(city: &City) -> Arc<World> {
    city.world(|world| {
        world.turns = 12;
        let keep = |kind: &str| match kind {
            "foot" => 9,
            "vehicle" => 6,
            "officer" => 8,
            "mediator" => 3,
            _ => 2,
        };
        let mut kept = vec![0; world.kinds.len()];
        let kinds: Vec<usize> = world
            .kinds
            .iter()
            .map(|kind| keep(kind.id.as_str()))
            .collect();
        world.units.retain(|unit| {
            kept[unit.kind.at()] += 1;
            kept[unit.kind.at()] <= kinds[unit.kind.at()]
        });
        world.analysts = 6;
        let income = Cents::funds(30);
        (world.purse.start, world.purse.income, world.purse.carry) =
            (income, income, Cents::funds(10));
    })
}

fn played_by<'a>(world: &Arc<World>, policy: Policy, also: Option<Policy>) -> Arm<'a> {
    let seats = (0..world.seats.len()).map(SeatIx::from_position).collect();
    let hand = Hand::of(seats);
    Arm::new(world, move |_, orders| {
        for policy in [Some(policy), also].into_iter().flatten() {
            let given = policy.orders(&orders.draft().view(), &hand, Luck::new(0));
            for action in given {
                orders.give(action);
            }
        }
    })
}

/// The mean of a true index over the last half year.
fn index(run: &Run, index: Index) -> f64 {
    let pages = &run.hidden[run.hidden.len() - 6..];
    pages
        .iter()
        .map(|page| page.indices[index as usize].to_f64())
        .sum::<f64>()
        / 6.0
}

fn difference(one: &Arm, other: &Arm, effort: Effort, of: Index) -> Estimate {
    let values = one.beside(other, effort.seeds, |a, b| index(&a, of) - index(&b, of));
    Estimate::of(&values)
}

fn most_of_everything(city: &City, effort: Effort) -> Vec<Finding> {
    let world = scarce(city);
    let most = played_by(&world, Policy::DutyMax, Some(Policy::ChecksMax));
    let balanced = played_by(&world, Policy::Balanced, None);
    let safety = difference(&most, &balanced, effort, Index::Safety);
    let trust = difference(&most, &balanced, effort, Index::Trust);
    let worse = if safety.mean < trust.mean {
        safety
    } else {
        trust
    };
    vec![Finding {
        estimate: worse,
        target: Band::at_most(0.0),
    }]
}

fn visits_alone(city: &City, effort: Effort) -> Vec<Finding> {
    let world = scarce(city);
    let visits = played_by(&world, Policy::Outreach, None);
    let balanced = played_by(&world, Policy::Balanced, None);
    vec![Finding {
        estimate: difference(&visits, &balanced, effort, Index::Safety),
        target: Band::at_most(-1.0),
    }]
}

/// The same patrol under level I and under level III for nine months.
fn duty_for_good(city: &City, effort: Effort) -> Vec<Finding> {
    let everywhere = city.everywhere();
    let world = city.world(|world| {
        world.turns = 9;
        posted(world, "foot", &everywhere, 1, Tactic::HotSpot);
        posted(world, "officer", &everywhere, 1, Tactic::Outreach);
    });
    let ordinary = Arm::idle(&world);
    let high = Arm::new(&world, |turn, orders| {
        if turn == 1 {
            orders.give(Action::Duty {
                district: None,
                level: Duty::I,
            });
        }
    });
    let safety = |run: &Run, turns: std::ops::Range<usize>| {
        let n = turns.len() as f64;
        let pages = &run.hidden[turns];
        pages
            .iter()
            .map(|page| page.indices[Index::Safety as usize].to_f64())
            .sum::<f64>()
            / n
    };
    let found = high.beside(&ordinary, effort.seeds, |h, o| {
        let wrongs = |run: &Run| 100.0 - run.hidden[8].indices[Index::Rights as usize].to_f64();
        [
            safety(&h, 0..1) - safety(&o, 0..1),
            safety(&h, 5..9) - safety(&o, 5..9),
            wrongs(&h) - wrongs(&o),
        ]
    });
    let column = |at: usize| Estimate::of(&found.iter().map(|row| row[at]).collect::<Vec<_>>());
    vec![
        Finding {
            estimate: column(0),
            target: Band::at_least(0.0),
        },
        Finding {
            estimate: column(1),
            target: Band::at_most(0.0),
        },
        Finding {
            estimate: column(2),
            target: Band::at_least(0.1),
        },
    ]
}

/// Teams that change between two halves of the city each month, so that no place gets used to
/// them, against the same teams that change every three months.
fn every_other_month(city: &City, effort: Effort) -> Vec<Finding> {
    let everywhere = city.everywhere();
    let world = city.world(|world| world.turns = 13);
    let arm = |months: u16| {
        let everywhere = &everywhere;
        Arm::new(&world, move |turn, orders| {
            if !(turn - 1).is_multiple_of(months) {
                return;
            }
            let half = (turn - 1) / months % 2;
            let places = everywhere.iter().copied().filter(|p| p % 2 == half);
            let places: Vec<u16> = places.collect();
            orders.place("foot", 1, &places, 1, Tactic::HotSpot);
        })
    };
    let street = city.families(&["robbery", "street-theft"]);
    let happened = |run: &Run| run.expected(1..13, &everywhere, &street);
    let found = arm(1).beside(&arm(3), effort.seeds, |each, third| {
        (happened(&each), happened(&third))
    });
    vec![Finding {
        estimate: Estimate::change(&found),
        target: Band::at_least(-1.0),
    }]
}
