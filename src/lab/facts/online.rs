//! Facts about fraud: what warns people, for how long, and what does not reach it.

use super::city::{Arm, City, Run};
use super::measure::{Band, Estimate};
use super::{Effort, Fact, Finding, Trial};
use crate::rules::{Action, Tactic};

pub(super) fn facts() -> Vec<Fact> {
    vec![Fact {
        id: "V17",
        source: "Burke et al. 2022; Scheibe et al. 2014",
        preset: None,
        trial: Trial::Experiment(warning),
    }]
}

fn warning(city: &City, effort: Effort) -> Vec<Finding> {
    let world = city.world(|world| world.turns = 18);
    let all = city.everywhere();
    let fraud = vec![city.family("fraud")];
    let control = Arm::idle(&world);
    let fall = |reminder: bool, turn: u16| {
        let campaign = Arm::new(&world, move |now, orders| {
            if now == 13 {
                orders.give(Action::Campaign { reminder });
            }
        });
        // What was expected: the luck of a single month would drown a fall of one in ten.
        let pairs = campaign.beside(&control, effort.seeds / 4, |t, c| {
            let month = |run: &Run| run.expected(turn..turn + 1, &all, &fraud);
            (month(&t), month(&c))
        });
        Estimate::change(&pairs).mean
    };
    let patrol = Arm::new(&world, |now, orders| {
        if now == 13 {
            orders.place("foot", 1, &all, 2, Tactic::HotSpot);
        }
    });
    let surge = patrol.beside(&control, effort.seeds, |t, c| {
        let months = |run: &Run| run.happened(13..19, &all, &fraud);
        (months(&t), months(&c))
    });
    vec![
        Finding {
            estimate: Estimate::exact(fall(true, 16) / fall(true, 13)),
            target: Band::at_least(0.5),
        },
        Finding {
            estimate: Estimate::exact(fall(false, 16) / fall(false, 13)),
            target: Band::at_most(0.2),
        },
        Finding {
            estimate: Estimate::change(&surge),
            target: Band::new(-1.0, 1.0),
        },
    ]
}
