//! Other means than patrol: problem-solving, mediation, watch, checks, cameras, works, campaigns.

use super::{
    Figure, HERE, axis, bars, by_turn, differences, dots, families, keys, line, per_cent, plain,
    plane, prevented, quote, quote_percent, seen, steps, still, trust_here,
};
use crate::lab::facts::{Arm, City, Orders};
use crate::rules::id::PrecinctIx;
use crate::rules::model::Coefficient as C;
use crate::rules::world::{Governance, Work};
use crate::rules::{Action, Amount, Tactic};

pub(super) fn all() -> Vec<Figure> {
    let city = City::new(None);
    vec![
        problem(&city),
        mediation(&city),
        goodwill(&city),
        checks(&city),
        cameras(&city),
        watched(&city),
        leaks(&city),
        lighting(&city),
        deterrence(&city),
        campaign(&city),
    ]
}

const PACKAGES: [(&str, Governance); 4] = [
    ("bare", Governance::Bare),
    ("notice", Governance::Notice),
    ("audit", Governance::Audit),
    ("purpose", Governance::Purpose),
];

fn problem(city: &City) -> Figure {
    const END: u16 = 10;
    let theft = [city.family("street-theft")];
    let world = plain(city, 36, still);
    let effect = prevented(
        &Arm::new(&world, |turn, orders| {
            if turn == 1 {
                orders.place("foot", 1, &[HERE], 1, Tactic::ProblemSolving);
            }
            if turn == END {
                orders.withdraw("foot", 1, 1);
            }
        }),
        &theft,
    );
    let values = vec![
        quote_percent("problem.best", effect[usize::from(END) - 2], 0),
        quote_percent("problem.year", effect[usize::from(END) + 11], 0),
    ];
    Figure {
        id: "problem",
        chart: plane(
            axis("x", 0.0, 36.0),
            per_cent("y", 0.0, 25.0),
            vec![line("one", by_turn(effect))],
        ),
        values,
    }
}

fn mediation(city: &City) -> Figure {
    let world = plain(city, 1, still);
    let effect = |teams: u16, id: &str| {
        let arm = Arm::new(&world, |_, orders| {
            orders.place("mediator", 1, &[HERE], teams, Tactic::Mediation);
        });
        prevented(&arm, &[city.family(id)])[0]
    };
    let curve = |id: &str| {
        let points = (0..=8).map(|teams| (f64::from(teams), effect(teams, id)));
        line(&format!("family:{id}"), points.collect())
    };
    Figure {
        id: "mediation",
        chart: plane(
            axis("x", 0.0, 8.0),
            per_cent("y", 0.0, 40.0),
            vec![curve("disputes"), curve("violence")],
        ),
        values: vec![
            quote_percent("mediation.one", effect(1, "disputes"), 0),
            quote_percent("mediation.three", effect(3, "disputes"), 0),
        ],
    }
}

fn goodwill(city: &City) -> Figure {
    let world = plain(city, 24, still);
    let course = |groups: u16| {
        seen(
            &world,
            |turn, orders| {
                if turn == 1 {
                    orders.place("volunteer", 1, &[HERE], groups, Tactic::Watch);
                }
            },
            |view| view.goodwill().to_f64(),
        )
    };
    let burglary = prevented(
        &Arm::new(&world, |turn, orders| {
            if turn == 1 {
                orders.place("volunteer", 1, &[HERE], 2, Tactic::Watch);
            }
        }),
        &[city.family("burglary")],
    )[0];
    let four = course(4);
    let lasted = four.windows(2).take_while(|pair| pair[1] < pair[0]).count();
    Figure {
        id: "goodwill",
        chart: plane(
            axis("x", 1.0, 24.0),
            axis("y", 0.0, 100.0),
            vec![
                line("one", by_turn(course(1))),
                line("two", by_turn(course(2))),
                line("four", by_turn(four)),
            ],
        ),
        values: vec![
            quote_percent("watch.burglary", burglary, 1),
            quote("goodwill.months", lasted as f64, 0),
        ],
    }
}

/// What one to three teams prevent here in the sixth month, and what that does to trust.
fn checks(city: &City) -> Figure {
    const MONTH: u16 = 6;
    let theft = [city.family("street-theft")];
    let world = plain(city, MONTH, still);
    let curve = |label: &'static str, tactic: Tactic| {
        let at = |teams: u16| {
            let arm = Arm::new(&world, move |turn, orders| {
                if turn == 1 {
                    orders.place("foot", 1, &[HERE], teams, tactic);
                }
            });
            let trust = differences(&arm, &Arm::idle(&world), 40, trust_here);
            let last = usize::from(MONTH) - 1;
            (prevented(&arm, &theft)[last], trust[last])
        };
        dots(label, (1..=3).map(at).collect())
    };
    let series = vec![
        curve("patrol", Tactic::HotSpot),
        curve("broad", Tactic::BroadChecks),
        curve("precise", Tactic::PreciseChecks),
        curve("problem", Tactic::ProblemSolving),
    ];
    let of = |at: usize| series[at].points[0];
    let values = vec![
        quote_percent("checks.broad", of(1).0, 1),
        quote("checks.broad-trust", -of(1).1, 1),
        quote_percent("checks.precise", of(2).0, 1),
        quote("checks.precise-trust", -of(2).1, 1),
    ];
    Figure {
        id: "checks",
        chart: plane(per_cent("x", 0.0, 24.0), axis("y", -6.0, 1.0), series),
        values,
    }
}

fn sense(orders: &mut Orders, at: u16, level: u8, governance: Governance, live: bool) {
    let precinct = Some(orders.precinct(at));
    orders.give(Action::Sense {
        precinct,
        level,
        governance,
        live,
    });
}

fn cameras(city: &City) -> Figure {
    let rows = [
        "violence",
        "robbery",
        "burglary",
        "vehicle-theft",
        "street-theft",
        "disorder",
    ];
    let world = plain(city, 1, still);
    let effects = |live: bool| {
        let arm = Arm::new(&world, |_, orders| {
            sense(orders, HERE, 3, Governance::Bare, live);
        });
        (rows.iter())
            .map(|id| prevented(&arm, &[city.family(id)])[0])
            .collect()
    };
    Figure {
        id: "cameras",
        chart: bars(
            per_cent("x", 0.0, 15.0),
            families(&rows),
            vec![("live", effects(true)), ("passive", effects(false))],
        ),
        values: Vec::new(),
    }
}

/// Trust in a precinct under cameras of the highest level, with each package of safeguards; switched
/// off after a year.
fn watched(city: &City) -> Figure {
    const OFF: u16 = 13;
    let world = plain(city, 24, |world| {
        still(world);
        // Leaks have a figure of their own.
        world.model.set(C::Leak, 0.0);
    });
    let course = |governance: Governance| {
        let arm = Arm::new(&world, move |turn, orders| {
            let told = governance > Governance::Bare;
            if turn == 1 {
                if told {
                    orders.place("officer", 1, &[HERE], 1, Tactic::Outreach);
                }
                sense(orders, HERE, 3, governance, false);
            }
            // Whoever told people stays for that month only, so that no visits pay for it.
            if turn == 2 && told {
                orders.withdraw("officer", 1, 1);
            }
            if turn == OFF {
                sense(orders, HERE, 0, Governance::Bare, false);
            }
        });
        differences(&arm, &Arm::idle(&world), 20, trust_here)
    };
    let lines: Vec<(&str, Vec<f64>)> = PACKAGES
        .iter()
        .map(|(label, governance)| (*label, course(*governance)))
        .collect();
    let year = |at: usize| -lines[at].1[usize::from(OFF) - 2];
    let values = vec![
        quote("watched.bare", year(0), 1),
        quote("watched.purpose", year(3), 1),
    ];
    let series = lines
        .into_iter()
        .map(|(label, values)| line(label, by_turn(values)));
    Figure {
        id: "watched",
        chart: plane(axis("x", 1.0, 24.0), axis("y", -4.0, 0.5), series.collect()),
        values,
    }
}

/// Of a hundred precincts under cameras, in how many data leaked within a year.
fn leaks(city: &City) -> Figure {
    let world = plain(city, 12, still);
    let everywhere = city.everywhere();
    let share = |governance: Governance| {
        let arm = Arm::new(&world, |turn, orders| {
            if turn == 1 {
                if governance > Governance::Bare {
                    orders.place("officer", 1, &everywhere, 1, Tactic::Outreach);
                }
                for &at in &everywhere {
                    sense(orders, at, 3, governance, false);
                }
            }
        });
        let leaked: Vec<usize> = arm.each(60, |run| {
            let hit = |p: &&u16| {
                let place = PrecinctIx(**p);
                run.open.iter().any(|page| page.leaks.contains(&place))
            };
            everywhere.iter().filter(hit).count()
        });
        100.0 * leaked.iter().sum::<usize>() as f64 / (leaked.len() * everywhere.len()) as f64
    };
    let shares: Vec<f64> = PACKAGES
        .iter()
        .map(|(_, package)| share(*package))
        .collect();
    let rows: Vec<&str> = PACKAGES.iter().map(|(label, _)| *label).collect();
    let values = vec![
        quote("leaks.bare", shares[0], 0),
        quote("leaks.purpose", shares[3], 0),
    ];
    Figure {
        id: "leaks",
        chart: bars(axis("x", 0.0, 30.0), keys(&rows), vec![("leaked", shares)]),
        values,
    }
}

fn build(orders: &mut Orders, work: Work) {
    let precinct = orders.precinct(HERE);
    orders.give(Action::Build { work, precinct });
}

fn lighting(city: &City) -> Figure {
    let world = plain(city, 4, still);
    let arm = Arm::new(&world, |turn, orders| {
        if turn == 1 {
            build(orders, Work::Lighting);
        }
    });
    let rows = [
        "violence",
        "robbery",
        "burglary",
        "vehicle-theft",
        "street-theft",
        "disorder",
    ];
    let effects: Vec<Vec<f64>> = (rows.iter())
        .map(|id| prevented(&arm, &[city.family(id)]))
        .collect();
    let month = |at: usize| effects.iter().map(|course| course[at]).collect();
    Figure {
        id: "lighting",
        chart: bars(
            per_cent("x", 0.0, 8.0),
            families(&rows),
            vec![("building", month(1)), ("done", month(2))],
        ),
        values: Vec::new(),
    }
}

fn deterrence(city: &City) -> Figure {
    let world = plain(city, 12, still);
    let arm = Arm::new(&world, |turn, orders| {
        if turn == 1 {
            build(orders, Work::Deterrence);
        }
    });
    let course = |id: &str| {
        let effect = prevented(&arm, &[city.family(id)]);
        steps(&format!("family:{id}"), by_turn(effect))
    };
    Figure {
        id: "deterrence",
        chart: plane(
            axis("x", 1.0, 12.0),
            per_cent("y", 0.0, 20.0),
            vec![
                course("violence"),
                course("robbery"),
                course("street-theft"),
            ],
        ),
        values: Vec::new(),
    }
}

fn campaign(city: &City) -> Figure {
    let world = plain(city, 12, still);
    let fraud = [city.family("fraud")];
    let course = |reminder: bool| {
        prevented(
            &Arm::new(&world, |turn, orders| {
                if turn == 1 {
                    orders.give(Action::Campaign { reminder });
                }
            }),
            &fraud,
        )
    };
    let (reminded, once) = (course(true), course(false));
    let values = vec![
        quote_percent("campaign.first", reminded[0], 0),
        quote_percent("campaign.reminded", 100.0 * reminded[3] / reminded[0], 0),
        quote_percent("campaign.once", 100.0 * once[3] / once[0], 0),
    ];
    Figure {
        id: "campaign",
        chart: plane(
            axis("x", 1.0, 12.0),
            per_cent("y", 0.0, 12.0),
            vec![
                line("reminded", by_turn(reminded)),
                line("once", by_turn(once)),
            ],
        ),
        values,
    }
}
