//! Facts about trust: contacts, training, recovery, misconduct, community work.

use super::city::{Arm, City, Run, event, posted};
use super::measure::{Band, Estimate};
use super::{Effort, Fact, Finding, Trial};
use crate::rules::id::FamilyIx;
use crate::rules::world::What;
use crate::rules::{Action, Id, Tactic};

pub(super) fn facts() -> Vec<Fact> {
    vec![
        Fact {
            id: "V7",
            source: "Weisburd et al. 2022",
            preset: Some("pj-replication"),
            trial: Trial::Experiment(fair_treatment),
        },
        Fact {
            id: "V8",
            source: "Kochel & Weisburd 2017",
            preset: None,
            trial: Trial::Experiment(dip),
        },
        Fact {
            id: "V9",
            source: "Peyton, Sierra-Arevalo & Rand 2019; Skogan 2006; Oliveira et al. 2021",
            preset: None,
            trial: Trial::Missing,
        },
        Fact {
            id: "V10",
            source: "Desmond, Papachristos & Kirk 2016; contested by Zoorob 2020",
            preset: None,
            trial: Trial::Experiment(scandal),
        },
        Fact {
            id: "V16",
            source: "Gallup since 1989",
            preset: None,
            trial: Trial::Missing,
        },
        Fact {
            id: "V18",
            source: "Blair et al. 2021",
            preset: None,
            trial: Trial::Experiment(quality),
        },
        Fact {
            id: "b",
            source: "test of the model",
            preset: None,
            trial: Trial::Experiment(watching),
        },
    ]
}

fn crime(city: &City) -> Vec<FamilyIx> {
    city.families(&[
        "violence",
        "robbery",
        "burglary",
        "vehicle-theft",
        "street-theft",
        "disorder",
    ])
}

/// Four teams are trained, or sit the same two months out, and then patrol hot spots for nine.
fn fair_treatment(city: &City, effort: Effort) -> Vec<Finding> {
    let places: Vec<u16> = vec![1, 4, 13, 16];
    let families = crime(city);
    let world = city.world(|world| {
        world.turns = 22;
        posted(world, "vehicle", &city.everywhere(), 1, Tactic::Visible);
    });
    let arm = |trained: bool| {
        let places = &places;
        Arm::new(&world, move |turn, orders| {
            if trained && (turn == 11 || turn == 12) {
                for n in 0..2 {
                    let unit = Id(format!("foot-{}", (turn - 11) * 2 + n + 1));
                    orders.give(Action::Train { unit });
                }
            }
            if turn == 13 {
                orders.place("foot", 1, places, 1, Tactic::HotSpot);
            }
        })
    };
    let unfair = |run: &Run| -> f64 {
        // Wrongs are the unfair contacts of the whole city; nothing else makes them here.
        100.0
            - run.hidden[21].indices[3].0 as f64 / 1e6
            - (100.0 - run.hidden[11].indices[3].0 as f64 / 1e6)
    };
    let found = arm(true).beside(&arm(false), effort.seeds, |t, c| {
        let hot = |run: &Run| run.at_hot_spots(13..22, &places, &families);
        (
            (hot(&t), hot(&c)),
            (unfair(&t), unfair(&c)),
            t.trust(21, &places) - c.trust(21, &places),
        )
    });
    let pairs = |of: fn(&((f64, f64), (f64, f64), f64)) -> (f64, f64)| {
        Estimate::change(&found.iter().map(of).collect::<Vec<_>>())
    };
    vec![
        Finding {
            estimate: pairs(|row| row.0),
            target: Band::new(-20.0, -5.0),
        },
        Finding {
            estimate: pairs(|row| row.1),
            target: Band::at_most(0.0),
        },
        Finding {
            estimate: Estimate::of(&found.iter().map(|row| row.2).collect::<Vec<_>>()),
            target: Band::new(-2.0, 2.0),
        },
    ]
}

/// Five months of much patrol, or of problem-solving, in three precincts; then nine months without.
fn dip(city: &City, effort: Effort) -> Vec<Finding> {
    let places: Vec<u16> = vec![1, 9, 17];
    let world = city.world(|world| {
        world.turns = 26;
        posted(world, "vehicle", &city.everywhere(), 1, Tactic::Visible);
    });
    let arm = |tactic: Tactic, per: u16| {
        let places = &places;
        Arm::new(&world, move |turn, orders| {
            if turn == 13 {
                orders.place("foot", 1, places, per, tactic);
            }
            if turn == 18 {
                orders.withdraw("foot", 1, per * 3);
            }
        })
    };
    let control = Arm::idle(&world);
    let differences = |arm: Arm, turn: u16| {
        let values = arm.beside(&control, effort.seeds, |t, c| {
            t.trust(turn, &places) - c.trust(turn, &places)
        });
        Estimate::of(&values)
    };
    vec![
        Finding {
            estimate: differences(arm(Tactic::HotSpot, 10), 17),
            target: Band::new(-4.0, -1.0),
        },
        Finding {
            estimate: differences(arm(Tactic::HotSpot, 10), 24),
            target: Band::new(-1.0, 1.0),
        },
        Finding {
            estimate: differences(arm(Tactic::ProblemSolving, 2), 17),
            target: Band::new(-1.0, 1.0),
        },
    ]
}

fn scandal(city: &City, effort: Effort) -> Vec<Finding> {
    let calm = city.world(|world| world.turns = 24);
    let shaken = city.world(|world| {
        world.turns = 24;
        event(world, 13, What::Misconduct(14.0));
    });
    let all = city.everywhere();
    let families = crime(city);
    let found = Arm::idle(&shaken).beside(&Arm::idle(&calm), effort.seeds, |t, c| {
        let half = |run: &Run| run.recorded(14..20, &all, &families);
        let sixth = |run: &Run| run.recorded(19..20, &all, &families);
        let real = |run: &Run| run.happened(14..20, &all, &families);
        [
            (half(&t), half(&c)),
            (sixth(&t), sixth(&c)),
            (real(&t), real(&c)),
        ]
    });
    let change = |at: usize| Estimate::change(&found.iter().map(|row| row[at]).collect::<Vec<_>>());
    vec![
        Finding {
            estimate: change(0),
            target: Band::new(-50.0, -5.0),
        },
        Finding {
            estimate: change(1),
            target: Band::new(-50.0, 0.0),
        },
        Finding {
            estimate: change(2),
            target: Band::at_least(-0.5),
        },
    ]
}

/// A community team in each precinct for a year, in a city that stands behind it or does not.
fn quality(city: &City, effort: Effort) -> Vec<Finding> {
    let all = city.everywhere();
    let families = crime(city);
    let mut findings = Vec::new();
    for (leadership, trust, crime_band) in [
        (0.0, Band::new(-1.0, 1.0), Band::new(-2.0, 2.0)),
        (1.0, Band::new(2.0, 6.0), Band::new(-5.0, 0.0)),
    ] {
        let world = city.world(|world| {
            world.turns = 24;
            world.leadership = leadership;
        });
        let visits = Arm::new(&world, |turn, orders| {
            if turn == 13 {
                orders.place("officer", 1, &all, 1, Tactic::Outreach);
            }
        });
        let found = visits.beside(&Arm::idle(&world), effort.seeds, |t, c| {
            let year = |run: &Run| run.happened(13..25, &all, &families);
            (t.trust(24, &all) - c.trust(24, &all), (year(&t), year(&c)))
        });
        let differences: Vec<f64> = found.iter().map(|row| row.0).collect();
        let pairs: Vec<(f64, f64)> = found.iter().map(|row| row.1).collect();
        findings.push(Finding {
            estimate: Estimate::of(&differences),
            target: trust,
        });
        findings.push(Finding {
            estimate: Estimate::change(&pairs),
            target: crime_band,
        });
    }
    findings
}

/// Cameras at the highest level everywhere and monitoring online, for a year.
fn watching(city: &City, effort: Effort) -> Vec<Finding> {
    use crate::rules::world::Governance;
    let all = city.everywhere();
    let world = city.world(|world| world.turns = 13);
    let arm = |governance: Governance| {
        let all = &all;
        Arm::new(&world, move |turn, orders| {
            if turn != 1 {
                return;
            }
            if governance > Governance::Bare {
                orders.place("officer", 1, all, 1, Tactic::Outreach);
            }
            for &p in all {
                let precinct = Some(orders.precinct(p));
                orders.give(Action::Sense {
                    precinct,
                    level: 3,
                    governance,
                    live: true,
                });
            }
            orders.give(Action::Sense {
                precinct: None,
                level: 1,
                governance,
                live: false,
            });
        })
    };
    // The teams that tell people stay for the month only, so that their visits pay for nothing.
    let told = |governance: Governance| {
        let inner = arm(governance);
        let all = all.len() as u16;
        Arm::new(&world, move |turn, orders| {
            (inner.orders)(turn, orders);
            if turn == 2 && governance > Governance::Bare {
                orders.withdraw("officer", 1, all);
            }
        })
    };
    let control = Arm::idle(&world);
    let loss = |governance: Governance| {
        let values = told(governance).beside(&control, effort.seeds, |t, c| {
            c.trust(13, &all) - t.trust(13, &all)
        });
        Estimate::of(&values)
    };
    vec![
        Finding {
            estimate: loss(Governance::Bare),
            target: Band::at_least(5.0),
        },
        Finding {
            estimate: loss(Governance::Purpose),
            target: Band::at_most(2.0),
        },
    ]
}
