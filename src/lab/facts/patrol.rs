//! Facts about presence: how much it prevents, where, for how long, and what it moves.

use super::city::{Arm, City, Run, posted};
use super::measure::{Band, Estimate};
use super::{Effort, Fact, Finding, Trial};
use crate::rules::Tactic;
use crate::rules::id::FamilyIx;
use crate::rules::world::TurnLength;

pub(super) fn facts() -> Vec<Fact> {
    vec![
        Fact {
            id: "V2",
            source: "Kansas City Preventive Patrol Experiment 1974",
            preset: None,
            trial: Trial::Experiment(untargeted),
        },
        Fact {
            id: "V3",
            source: "Braga & Weisburd 2022; Sherman & Weisburd 1995",
            preset: None,
            trial: Trial::Experiment(hot_spots),
        },
        Fact {
            id: "V4",
            source: "Ratcliffe et al. 2011; Sorg et al. 2013",
            preset: None,
            trial: Trial::Experiment(foot_patrol),
        },
        Fact {
            id: "V5",
            source: "Blattman, Green, Ortega & Tobon 2021",
            preset: Some("displacement-bogota"),
            trial: Trial::Experiment(at_scale),
        },
        Fact {
            id: "V6",
            source: "Chalfin & McCrary 2018",
            preset: None,
            trial: Trial::Experiment(numbers),
        },
    ]
}

/// Families that patrol can see.
fn street(city: &City) -> Vec<FamilyIx> {
    city.families(&[
        "violence",
        "robbery",
        "burglary",
        "vehicle-theft",
        "street-theft",
    ])
}

/// Two vehicle patrols in each precinct, or three.
fn untargeted(city: &City, effort: Effort) -> Vec<Finding> {
    let everywhere = city.everywhere();
    let families = street(city);
    let world = city.world(|world| {
        world.turns = 24;
        posted(world, "vehicle", &everywhere, 2, Tactic::Visible);
    });
    let more = Arm::new(&world, |turn, orders| {
        if turn == 13 {
            orders.place("vehicle", 1, &everywhere, 1, Tactic::Visible);
        }
    });
    let year = |run: &Run| run.happened(13..25, &everywhere, &families);
    let pairs = more.beside(&Arm::idle(&world), effort.seeds, |treated, control| {
        (year(&treated), year(&control))
    });
    let change = Estimate::change(&pairs);
    // How far two cities with the same patrol differ in a year: what one city could not tell apart.
    let control: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    let mean = control.iter().sum::<f64>() / control.len() as f64;
    let spread = Estimate::of(&control).half_width * (control.len() as f64).sqrt();
    let noise = 100.0 * spread * std::f64::consts::SQRT_2 / mean;
    vec![
        Finding {
            estimate: change,
            target: Band::new(-5.0, 0.0),
        },
        Finding {
            estimate: Estimate::exact(change.mean.abs() / noise),
            target: Band::at_most(1.0),
        },
    ]
}

/// A team at the hot spots of every second precinct, beside ordinary vehicle patrol everywhere.
fn hot_spots(city: &City, effort: Effort) -> Vec<Finding> {
    let everywhere = city.everywhere();
    let treated: Vec<u16> = everywhere.iter().copied().filter(|p| p % 2 == 0).collect();
    let (crime, disorder) = (street(city), vec![city.family("disorder")]);
    let calls = city.families(&[
        "disorder",
        "disputes",
        "street-theft",
        "vehicle-theft",
        "burglary",
    ]);
    let world = city.world(|world| {
        world.turns = 21;
        posted(world, "vehicle", &everywhere, 1, Tactic::Visible);
    });
    let arm = |kind: &'static str| {
        let treated = &treated;
        Arm::new(&world, move |turn, orders| {
            if turn == 13 {
                orders.place(kind, 1, treated, 1, Tactic::HotSpot);
            }
        })
    };
    let control = Arm::idle(&world);
    let hot = |run: &Run, families: &[FamilyIx]| run.at_hot_spots(13..22, &treated, families);
    let found = arm("foot").beside(&control, effort.seeds, |t, c| {
        [
            (hot(&t, &crime), hot(&c, &crime)),
            (hot(&t, &disorder), hot(&c, &disorder)),
        ]
    });
    let column = |at: usize| found.iter().map(|row| row[at]).collect::<Vec<_>>();
    let (crime_change, disorder_change) =
        (Estimate::change(&column(0)), Estimate::change(&column(1)));
    // The low dose: a vehicle that stops at each spot for a quarter of an hour a day.
    let low = arm("vehicle").beside(&control, effort.seeds, |t, c| {
        (hot(&t, &calls), hot(&c, &calls))
    });
    vec![
        Finding {
            estimate: crime_change,
            target: Band::new(-24.0, -8.0),
        },
        Finding {
            estimate: Estimate::exact(disorder_change.mean - crime_change.mean),
            target: Band::at_most(0.0),
        },
        Finding {
            estimate: Estimate::change(&low),
            target: Band::new(-13.0, -6.0),
        },
    ]
}

/// Twelve and twenty-two weeks of foot beats in three precincts, then nothing.
fn foot_patrol(city: &City, effort: Effort) -> Vec<Finding> {
    const START: u16 = 13;
    let everywhere = city.everywhere();
    // Not side by side, so that each has a buffer of its own.
    let treated: Vec<u16> = vec![1, 9, 17];
    let buffer: Vec<u16> = everywhere
        .iter()
        .copied()
        .filter(|p| !treated.contains(p))
        .collect();
    let violent = city.families(&["violence", "robbery"]);
    let world = city.world(|world| {
        world.turn = TurnLength::Weeks(1);
        world.turns = START + 36;
        posted(world, "vehicle", &everywhere, 1, Tactic::Visible);
    });
    let arm = |weeks: u16, tactic: Tactic| {
        let treated = &treated;
        Arm::new(&world, move |turn, orders| {
            if turn == START {
                orders.place("foot", 1, treated, 4, tactic);
            }
            if turn == START + weeks {
                orders.withdraw("foot", 1, 12);
            }
        })
    };
    let control = Arm::idle(&world);
    let span = |first: u16, last: u16| START + first..START + last;
    let hot = |run: &Run, weeks: std::ops::Range<u16>| run.at_hot_spots(weeks, &treated, &violent);
    let short = arm(12, Tactic::HotSpot).beside(&control, effort.seeds, |t, c| {
        let treat = |run: &Run| run.happened(span(0, 12), &treated, &violent);
        let near = |run: &Run| run.happened(span(0, 12), &buffer, &violent);
        let after = span(24, 36);
        (
            (hot(&t, span(0, 12)), hot(&c, span(0, 12))),
            (near(&t) - near(&c), treat(&c) - treat(&t)),
            (hot(&t, after.clone()), hot(&c, after)),
        )
    });
    // Beats where crime is not concentrated: the same teams spread over their precincts.
    let spread = arm(12, Tactic::Visible).beside(&control, effort.seeds, |t, c| {
        let place = |run: &Run| run.happened(span(0, 12), &treated, &violent);
        (place(&t), place(&c))
    });
    let long = arm(22, Tactic::HotSpot).beside(&control, effort.seeds, |t, c| {
        let third = |first: u16| {
            let weeks = span(first, first + 7);
            (hot(&t, weeks.clone()), hot(&c, weeks))
        };
        (third(0), third(15))
    });
    let of = |pairs: Vec<(f64, f64)>| Estimate::change(&pairs);
    let moved: f64 = short.iter().map(|row| row.1.0).sum();
    let prevented: f64 = short.iter().map(|row| row.1.1).sum();
    let first = of(long.iter().map(|row| row.0).collect());
    let last = of(long.iter().map(|row| row.1).collect());
    vec![
        Finding {
            estimate: of(short.iter().map(|row| row.0).collect()),
            target: Band::new(-34.0, -12.0),
        },
        Finding {
            estimate: of(spread),
            target: Band::new(-4.0, 1.0),
        },
        Finding {
            estimate: Estimate::exact(moved / prevented),
            target: Band::new(0.2, 0.6),
        },
        Finding {
            estimate: Estimate::exact(last.mean / first.mean),
            target: Band::at_most(0.7),
        },
        Finding {
            estimate: of(short.iter().map(|row| row.2).collect()),
            target: Band::new(-5.0, 5.0),
        },
    ]
}

/// Two teams at the hot spots of every precinct for eight months, and four in the seven worst.
fn at_scale(city: &City, effort: Effort) -> Vec<Finding> {
    let everywhere = city.everywhere();
    let world = city.world(|world| {
        world.turns = 20;
        posted(world, "vehicle", &everywhere, 1, Tactic::Visible);
    });
    let mut worst = everywhere.clone();
    worst.sort_by(|a, b| {
        let at = |p: &u16| world.precincts[usize::from(*p)].opportunity[0];
        at(b).total_cmp(&at(a))
    });
    worst.truncate(7);
    let calm: Vec<u16> = everywhere
        .iter()
        .copied()
        .filter(|p| !worst.contains(p))
        .collect();
    let property = city.families(&["burglary", "vehicle-theft", "street-theft", "robbery"]);
    let violence = vec![city.family("violence")];
    let crime = street(city);
    // Thirty-six foot teams are two for each precinct; the others come in cars to walk as well.
    let arm = |doubled: bool| {
        let (everywhere, worst) = (&everywhere, &worst);
        Arm::new(&world, move |turn, orders| {
            if turn == 13 {
                orders.place("foot", 1, everywhere, 2, Tactic::HotSpot);
                if doubled {
                    orders.place("vehicle", 1, worst, 4, Tactic::HotSpot);
                }
            }
        })
    };
    let found = arm(true).beside(&arm(false), effort.seeds, |t, c| {
        let city_wide =
            |run: &Run, families: &[FamilyIx]| run.happened(13..21, &everywhere, families);
        let next_door = |run: &Run| run.happened(13..21, &calm, &property);
        [
            (city_wide(&t, &crime), city_wide(&c, &crime)),
            (next_door(&t), next_door(&c)),
            (city_wide(&t, &violence), city_wide(&c, &violence)),
        ]
    });
    let change = |at: usize| Estimate::change(&found.iter().map(|row| row[at]).collect::<Vec<_>>());
    vec![
        Finding {
            estimate: change(0),
            target: Band::new(-2.0, 1.0),
        },
        Finding {
            estimate: change(1),
            target: Band::new(0.01, 5.0),
        },
        Finding {
            estimate: change(2),
            target: Band::new(-8.0, -1.0),
        },
    ]
}

/// Four vehicle patrols in each precinct and nine foot teams at hot spots, who change places every
/// three months; and eight teams more beside them, a tenth of all.
fn numbers(city: &City, effort: Effort) -> Vec<Finding> {
    let everywhere = city.everywhere();
    let world = city.world(|world| {
        world.turns = 24;
        posted(world, "vehicle", &everywhere, 4, Tactic::Visible);
    });
    let arm = |more: bool| {
        let everywhere = &everywhere;
        Arm::new(&world, move |turn, orders| {
            if turn % 3 != 1 {
                return;
            }
            let half = turn / 3 % 2;
            let places = |half: u16| -> Vec<u16> {
                everywhere
                    .iter()
                    .copied()
                    .filter(|p| p % 2 == half)
                    .collect()
            };
            orders.place("foot", 1, &places(half), 1, Tactic::HotSpot);
            if more && turn >= 13 {
                orders.place("foot", 10, &places(half)[..8], 1, Tactic::HotSpot);
            }
        })
    };
    let violent = city.families(&["violence", "robbery"]);
    let property = city.families(&["burglary", "vehicle-theft", "street-theft"]);
    let found = arm(true).beside(&arm(false), effort.seeds, |t, c| {
        let year = |run: &Run, families: &[FamilyIx]| run.happened(13..25, &everywhere, families);
        [
            (year(&t, &violent), year(&c, &violent)),
            (year(&t, &property), year(&c, &property)),
        ]
    });
    let change = |at: usize| Estimate::change(&found.iter().map(|row| row[at]).collect::<Vec<_>>());
    vec![
        Finding {
            estimate: change(0),
            target: Band::new(-6.0, -1.5),
        },
        Finding {
            estimate: change(1),
            target: Band::new(-3.5, 0.0),
        },
    ]
}
