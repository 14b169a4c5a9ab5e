//! What comes on record: reporting, discovery, misconduct, how fast help comes, what is cleared up.

use super::{
    Figure, HERE, axis, by_turn, cell, line, per_cent, plain, plane, quote, quote_percent, still,
};

use crate::lab::facts::{Arm, City, Run, event};
use crate::rules::feedback::cleared_share;
use crate::rules::id::{FamilyIx, PrecinctIx};
use crate::rules::model::Coefficient as C;
use crate::rules::response::{CIRCLES, reached_within};
use crate::rules::world::What;
use crate::rules::{Micro, Tactic, World};
use std::sync::Arc;

pub(super) fn all() -> Vec<Figure> {
    let city = City::new(None);
    vec![
        reporting(&city),
        discovery(&city),
        misconduct(),
        circles(&city),
        queue(&city),
        clearance(&city),
    ]
}

/// Per cent of the offences of a family that come on record in the first month.
fn on_record(world: &Arc<World>, run: &Run, family: FamilyIx) -> f64 {
    // Nothing is hidden yet: what the card lets one expect on record is what the truth gives.
    let recorded = cell(world, &run.open[0].expected, family);
    100.0 * recorded / cell(world, &run.hidden[0].expected, family)
}

fn reporting(city: &City) -> Figure {
    let share = |id: &str, points: i64| {
        let world = plain(city, 1, |world| {
            world.precincts[usize::from(HERE)].trust = Micro::points(points);
        });
        on_record(&world, &Arm::idle(&world).play(1), city.family(id))
    };
    let curve = |id: &str| {
        let points = (0..=10).map(|at| (at as f64 * 10.0, share(id, at * 10)));
        line(&format!("family:{id}"), points.collect())
    };
    Figure {
        id: "reporting",
        chart: plane(
            axis("x", 0.0, 100.0),
            per_cent("y", 0.0, 100.0),
            ["vehicle-theft", "violence", "street-theft", "fraud", "vice"]
                .map(curve)
                .into(),
        ),
        values: vec![
            quote_percent("reporting.low", share("street-theft", 40), 0),
            quote_percent("reporting.high", share("street-theft", 60), 0),
        ],
    }
}

fn discovery(city: &City) -> Figure {
    let world = plain(city, 1, still);
    let share = |id: &str, teams: u16| {
        let arm = Arm::new(&world, |_, orders| {
            orders.place("foot", 1, &[HERE], teams, Tactic::Visible);
        });
        on_record(&world, &arm.play(1), city.family(id))
    };
    let curve = |id: &str| {
        let points = (0..=8).map(|teams| (f64::from(teams), share(id, teams)));
        line(&format!("family:{id}"), points.collect())
    };
    Figure {
        id: "discovery",
        chart: plane(
            axis("x", 0.0, 8.0),
            per_cent("y", 0.0, 80.0),
            ["vice", "disorder", "street-theft", "burglary"]
                .map(curve)
                .into(),
        ),
        values: vec![
            quote_percent("discovery.none", share("vice", 0), 0),
            quote_percent("discovery.four", share("vice", 4), 0),
        ],
    }
}

/// What is on record after misconduct has become known, on each side of the contested question.
fn misconduct() -> Figure {
    const KNOWN: u16 = 3;
    const COST: f64 = 10.0;
    let course = |preset: Option<&str>| {
        let city = City::new(preset);
        let all = city.everywhere();
        let crime = city.families(&["violence", "robbery", "burglary", "street-theft"]);
        let calm = plain(&city, 15, |_| {});
        let shaken = plain(&city, 15, |world| {
            event(world, KNOWN, What::Misconduct(COST));
        });
        let pairs: Vec<Vec<(f64, f64)>> =
            Arm::idle(&shaken).beside(&Arm::idle(&calm), 30, |with, without| {
                (1..=15)
                    .map(|turn| {
                        let recorded = |run: &Run| run.recorded(turn..turn + 1, &all, &crime);
                        (recorded(&with), recorded(&without))
                    })
                    .collect()
            });
        let change = |turn: usize| {
            let sum = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(|row| of(&row[turn])).sum();
            let (with, without): (f64, f64) = (sum(|p| p.0), sum(|p| p.1));
            100.0 * (with / without - 1.0)
        };
        (0..15).map(change).collect::<Vec<f64>>()
    };
    let card = course(None);
    let worst = -card.iter().copied().fold(0.0, f64::min);
    let values = vec![
        quote_percent("misconduct.worst", worst, 0),
        quote("misconduct.cost", COST, 0),
    ];
    Figure {
        id: "misconduct",
        chart: plane(
            axis("x", 1.0, 15.0),
            per_cent("y", -30.0, 5.0),
            vec![
                line("card", by_turn(card)),
                line("silences", by_turn(course(Some("scandal-silences")))),
                line("passes", by_turn(course(Some("scandal-passes")))),
            ],
        ),
        values,
    }
}

fn circles(city: &City) -> Figure {
    let model = &city.world(|_| {}).model;
    let speed = model.get(C::ResponseSpeed);
    let labels = ["short", "middle", "long"];
    let curve = |(minutes, label): (f64, &str)| {
        let points = (0..=60).map(|at| {
            let density = f64::from(at) / 10.0;
            (density, 100.0 * reached_within(density, speed, minutes))
        });
        line(label, points.collect())
    };
    Figure {
        id: "circles",
        chart: plane(
            axis("x", 0.0, 6.0),
            per_cent("y", 0.0, 100.0),
            CIRCLES.into_iter().zip(labels).map(curve).collect(),
        ),
        values: vec![
            quote("circles.short", CIRCLES[0], 0),
            quote("circles.middle", CIRCLES[1], 0),
            quote("circles.long", CIRCLES[2], 0),
        ],
    }
}

/// Minutes until somebody is there, while calls grow.
fn queue(city: &City) -> Figure {
    let at = |calls: f64| {
        let world = plain(city, 1, |world| world.model.set(C::ServiceCalls, calls));
        let run = Arm::idle(&world).play(1);
        let circle = run.open[0].circles[PrecinctIx(HERE).at()];
        (100.0 * circle.busy, circle.minutes)
    };
    let points: Vec<(f64, f64)> = (0..=60)
        .map(|step| at(f64::from(step) * 0.65))
        .take_while(|(busy, _)| *busy < 94.0)
        .collect();
    let today = at(city.world(|_| {}).model.get(C::ServiceCalls));
    Figure {
        id: "queue",
        chart: plane(
            per_cent("x", 0.0, 100.0),
            axis("y", 0.0, 20.0),
            vec![line("minutes", points)],
        ),
        values: vec![
            quote_percent("queue.busy", today.0, 0),
            quote("queue.minutes", today.1, 1),
        ],
    }
}

fn clearance(city: &City) -> Figure {
    let curve = |label: &str, preset: Option<&str>| {
        let world = City::new(preset).world(|_| {});
        let violence = &world.families[city.family("violence").at()];
        let points = (4..=40).map(|half| {
            let minutes = f64::from(half) / 2.0;
            (
                minutes,
                100.0 * cleared_share(&world.model, violence, minutes, (0.0, 0.0)),
            )
        });
        line(label, points.collect())
    };
    Figure {
        id: "clearance",
        chart: plane(
            axis("x", 0.0, 20.0),
            per_cent("y", 0.0, 100.0),
            vec![
                curve("card", None),
                curve("little", Some("response-little")),
                curve("much", Some("response-much")),
            ],
        ),
        values: Vec::new(),
    }
}
