//! What people think: contacts, training, visits, and how safe they feel.

use super::{
    Figure, HERE, axis, by_turn, differences, line, plain, plane, quote, still, trust_here,
};

use crate::lab::facts::{Arm, City, Run, event};
use crate::rules::id::PrecinctIx;
use crate::rules::world::{PlaceRef, What};
use crate::rules::{Action, Amount, Id, Tactic};

pub(super) fn all() -> Vec<Figure> {
    let city = City::new(None);
    vec![
        contacts(),
        training(&city),
        outreach(&city),
        presence(&city),
        victims(&city),
    ]
}

/// Eight teams at the hot spots for five months, then none, on each side of the contested question.
fn contacts() -> Figure {
    const END: u16 = 7;
    let course = |preset: Option<&str>| {
        let world = plain(&City::new(preset), 20, still);
        let arm = Arm::new(&world, |turn, orders| {
            if turn == 2 {
                orders.place("foot", 1, &[HERE], 8, Tactic::HotSpot);
            }
            if turn == END {
                orders.withdraw("foot", 1, 8);
            }
        });
        differences(&arm, &Arm::idle(&world), 20, trust_here)
    };
    let card = course(None);
    let worst = card.iter().copied().fold(0.0, f64::min);
    let values = vec![
        quote("contacts.worst", -worst, 1),
        quote("contacts.left", -card[usize::from(END) + 11], 1),
    ];
    Figure {
        id: "contacts",
        chart: plane(
            axis("x", 1.0, 20.0),
            axis("y", -5.0, 1.0),
            vec![
                line("card", by_turn(card)),
                line("even", by_turn(course(Some("negativity-even")))),
                line("strong", by_turn(course(Some("negativity-strong")))),
            ],
        ),
        values,
    }
}

/// Unfair contacts in a hundred, in the months after a training.
fn training(city: &City) -> Figure {
    let unfair = |months: u16, trained: bool| {
        let world = plain(city, months + 1, still);
        let run = Arm::new(&world, |turn, orders| {
            if turn == 1 && trained {
                let unit = Id::from("foot-1");
                orders.give(Action::Train { unit });
            }
            if turn == months + 1 {
                orders.place("foot", 1, &[HERE], 1, Tactic::HotSpot);
            }
        })
        .play(1);
        let force = run.end.debrief().map(|debrief| debrief.force.to_vec());
        let here = force.map(|force| force[PrecinctIx(HERE).at()]);
        here.map_or(0.0, |here| 100.0 * here.unfair / here.contacts)
    };
    let course = |trained: bool| {
        (1..=24)
            .map(|months| (f64::from(months), unfair(months, trained)))
            .collect()
    };
    Figure {
        id: "training",
        chart: plane(
            axis("x", 1.0, 24.0),
            axis("y", 0.0, 30.0),
            vec![
                line("untrained", course(false)),
                line("trained", course(true)),
            ],
        ),
        values: vec![
            quote("training.new", unfair(1, true), 0),
            quote("training.year", unfair(12, true), 0),
        ],
    }
}

/// A community team for two years: one that stays, one that is changed every other month, and one
/// that nobody stands behind.
fn outreach(city: &City) -> Figure {
    let stay = |leadership: f64| {
        let world = plain(city, 24, |world| {
            still(world);
            world.leadership = leadership;
        });
        let arm = Arm::new(&world, |turn, orders| {
            if turn == 1 {
                orders.place("officer", 1, &[HERE], 1, Tactic::Outreach);
            }
        });
        differences(&arm, &Arm::idle(&world), 10, trust_here)
    };
    let world = plain(city, 24, still);
    let changed = Arm::new(&world, |turn, orders| {
        if turn % 2 == 1 {
            let (new, old) = if turn % 4 == 1 { (1, 2) } else { (2, 1) };
            if turn > 1 {
                orders.withdraw("officer", old, 1);
            }
            orders.place("officer", new, &[HERE], 1, Tactic::Outreach);
        }
    });
    let changed = differences(&changed, &Arm::idle(&world), 10, trust_here);
    let (stays, alone) = (stay(1.0), stay(0.0));
    let values = vec![
        quote("outreach.stays", stays[23], 1),
        quote("outreach.changed", changed[23], 1),
        quote("outreach.alone", alone[23], 1),
    ];
    Figure {
        id: "outreach",
        chart: plane(
            axis("x", 1.0, 24.0),
            axis("y", 0.0, 5.0),
            vec![
                line("stays", by_turn(stays)),
                line("changed", by_turn(changed)),
                line("alone", by_turn(alone)),
            ],
        ),
        values,
    }
}

/// How safe people feel a while after, the level between two turns.
fn feel_here(run: &Run, turn: u16) -> f64 {
    run.hidden[usize::from(turn) - 1].feel_safe[PrecinctIx(HERE).at()].to_f64()
}

/// Patrol teams in sight and how safe people feel after two years, with nothing prevented.
fn presence(city: &City) -> Figure {
    let world = plain(city, 24, |world| {
        still(world);
        for kind in &mut world.kinds {
            // In sight, and no more.
            kind.minutes *= 1e-9;
        }
    });
    let level = |teams: u16| {
        let arm = Arm::new(&world, |turn, orders| {
            if turn == 1 {
                orders.place("foot", 1, &[HERE], teams, Tactic::Visible);
            }
        });
        differences(&arm, &Arm::idle(&world), 1, feel_here)[23]
    };
    let points: Vec<(f64, f64)> = (0..=9)
        .map(|teams| (f64::from(teams), level(teams)))
        .collect();
    let best = (points.iter()).fold((0.0, 0.0), |a, b| if b.1 > a.1 { *b } else { a });
    Figure {
        id: "presence",
        chart: plane(
            axis("x", 0.0, 9.0),
            axis("y", -2.0, 4.0),
            vec![line("teams", points)],
        ),
        values: vec![
            quote("presence.most", best.0, 0),
            quote("presence.best", best.1, 1),
        ],
    }
}

/// Twice as many offences for one month: here alone, in the whole city, and everywhere but here.
fn victims(city: &City) -> Figure {
    const MONTH: u16 = 3;
    let calm = plain(city, 15, still);
    let twice = What::Offences {
        family: None,
        factor: 2.0,
        turns: 1,
    };
    let course = |here_only: bool| {
        let world = plain(city, 15, |world| {
            still(world);
            event(world, MONTH, twice.clone());
            if here_only {
                world.injects[0].place = PlaceRef::Precinct(PrecinctIx(HERE));
            }
        });
        differences(&Arm::idle(&world), &Arm::idle(&calm), 40, feel_here)
    };
    let trust = {
        let world = plain(city, 15, |world| {
            still(world);
            event(world, MONTH, twice.clone());
        });
        differences(&Arm::idle(&world), &Arm::idle(&calm), 40, trust_here)
    };
    let (here, whole) = (course(true), course(false));
    let at = usize::from(MONTH) - 1;
    let values = vec![
        quote("victims.here", -here[at], 1),
        quote("victims.whole", -whole[at], 1),
        quote("victims.trust", -trust[at], 1),
    ];
    Figure {
        id: "victims",
        chart: plane(
            axis("x", 1.0, 15.0),
            axis("y", -4.0, 1.0),
            vec![
                line("whole", by_turn(whole)),
                line("here", by_turn(here)),
                line("trust", by_turn(trust)),
            ],
        ),
        values,
    }
}
