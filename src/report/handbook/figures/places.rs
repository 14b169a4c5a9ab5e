//! What happens and where: three layers, families, hot places, season, repeats, luck, trust.

use super::{
    Figure, HERE, axis, bars, by_turn, cell, dots, line, per_cent, plain, plane, quote,
    quote_percent, steps, still,
};
use crate::lab::facts::{Arm, City};
use crate::rules::chance::sample;
use crate::rules::id::PrecinctIx;
use crate::rules::model::Coefficient as C;
use crate::rules::response::{concentrated, places_holding};
use crate::rules::{Micro, Tactic};

pub(super) fn all() -> Vec<Figure> {
    let city = City::new(None);
    vec![
        layers(&city),
        harm(&city),
        hot_places(&city),
        season(&city),
        repeats(&city),
        luck(&city),
        legitimacy(&city),
    ]
}

/// One game: what happens, what comes on record, and what the record lets one think, with visits from
/// the second year on.
fn layers(city: &City) -> Figure {
    const VISITS: u16 = 13;
    let world = plain(city, 24, |_| {});
    let theft = city.family("street-theft");
    let run = Arm::new(&world, |turn, orders| {
        if turn == VISITS {
            orders.place("officer", 1, &[HERE], 6, Tactic::Outreach);
        }
    })
    .play(1);
    let happened = (run.hidden.iter()).map(|page| f64::from(cell(&world, &page.happened, theft)));
    let recorded: Vec<f64> = (run.open.iter())
        .map(|page| f64::from(cell(&world, &page.recorded, theft)))
        .collect();
    let share = world.families[theft.at()].reporting_rate();
    let estimated = recorded.iter().map(|count| count / share).collect();
    let part = |turns: std::ops::Range<u16>| {
        let of = |run: &crate::lab::facts::Run| {
            100.0 * run.recorded(turns.clone(), &[HERE], &[theft])
                / run.happened(turns.clone(), &[HERE], &[theft])
        };
        of(&run)
    };
    Figure {
        id: "layers",
        chart: plane(
            axis("x", 0.0, 24.0),
            axis("y", 0.0, 500.0),
            vec![
                line("true", by_turn(happened.collect())),
                line("recorded", by_turn(recorded)),
                line("estimated", by_turn(estimated)),
            ],
        ),
        values: vec![
            quote_percent("layers.before", part(1..VISITS), 0),
            quote_percent("layers.after", part(VISITS..25), 0),
        ],
    }
}

fn harm(city: &City) -> Figure {
    let world = city.world(|_| {});
    let sum = |of: &dyn Fn(usize) -> f64| (0..world.families.len()).map(of).sum::<f64>();
    let count = |k: usize| world.families[k].base_rate;
    let harm = |k: usize| world.families[k].base_rate * world.families[k].harm;
    let (all, all_harm) = (sum(&count), sum(&harm));
    let each = 0..world.families.len();
    let counts: Vec<f64> = each.clone().map(|k| 100.0 * count(k) / all).collect();
    let harms: Vec<f64> = each.map(|k| 100.0 * harm(k) / all_harm).collect();
    let rows = (world.families.iter()).map(|family| format!("family:{}", family.id));
    let violence = city.family("violence").at();
    let values = vec![
        quote_percent("harm.violence-count", counts[violence], 0),
        quote_percent("harm.violence", harms[violence], 0),
    ];
    Figure {
        id: "harm",
        chart: bars(
            per_cent("x", 0.0, 45.0),
            rows.collect(),
            vec![("count", counts), ("harm", harms)],
        ),
        values,
    }
}

fn hot_places(city: &City) -> Figure {
    let world = city.world(|_| {});
    let curve = |concentration: f64| {
        (0..=100)
            .map(|at| {
                let share = f64::from(at) / 200.0;
                (
                    100.0 * share,
                    100.0 * concentrated(&world.model, concentration, share),
                )
            })
            .collect()
    };
    Figure {
        id: "hot-places",
        chart: plane(
            per_cent("x", 0.0, 50.0),
            per_cent("y", 0.0, 100.0),
            vec![
                line("ordinary", curve(1.0)),
                line("more", curve(1.5)),
                line("less", curve(0.7)),
            ],
        ),
        values: vec![
            quote_percent(
                "hot-places.tenth",
                100.0 * concentrated(&world.model, 1.0, 0.1),
                0,
            ),
            quote_percent(
                "hot-places.half",
                100.0 * places_holding(&world.model, 1.0, 0.5),
                0,
            ),
        ],
    }
}

fn season(city: &City) -> Figure {
    let world = plain(city, 12, |world| {
        let seasons: Vec<f64> = world.families.iter().map(|family| family.season).collect();
        still(world);
        for (family, season) in world.families.iter_mut().zip(seasons) {
            family.season = season;
        }
    });
    let run = Arm::idle(&world).play(1);
    let month = |id: &str, turn: u16| run.expected(turn..turn + 1, &[HERE], &[city.family(id)]);
    let year = |id: &str| {
        let mean = (1..=12).map(|turn| month(id, turn)).sum::<f64>() / 12.0;
        let change = |turn| 100.0 * (month(id, turn) / mean - 1.0);
        line(
            &format!("family:{id}"),
            by_turn((1..=12).map(change).collect()),
        )
    };
    let swing = 100.0 * (month("violence", 7) / month("violence", 1) - 1.0);
    Figure {
        id: "season",
        chart: plane(
            axis("x", 1.0, 12.0),
            per_cent("y", -8.0, 8.0),
            vec![year("violence"), year("vehicle-theft"), year("robbery")],
        ),
        values: vec![quote_percent("season.swing", swing, 0)],
    }
}

/// How far one month's surprise moves what is expected of the next, month by month.
fn repeats(city: &City) -> Figure {
    let calm = |world: &mut crate::rules::World| {
        world.model.set(C::Legitimacy, 0.0);
        for family in &mut world.families {
            family.season = 0.0;
        }
    };
    let world = plain(city, 37, calm);
    let level_of = plain(city, 1, |world| {
        still(world);
    });
    let burglary = city.family("burglary");
    let level = cell(
        &level_of,
        &Arm::idle(&level_of).play(1).hidden[0].expected,
        burglary,
    );
    let mut points = Vec::new();
    for seed in 1..=3 {
        let run = Arm::idle(&world).play(seed);
        for pair in run.hidden.windows(2) {
            let happened = f64::from(cell(&world, &pair[0].happened, burglary));
            let surprise = happened - cell(&world, &pair[0].expected, burglary);
            let next = cell(&world, &pair[1].expected, burglary) - level;
            points.push((surprise, next));
        }
    }
    let (over, under) = (points.iter()).fold((0.0, 0.0), |(over, under), (x, y)| {
        (over + x * y, under + x * x)
    });
    Figure {
        id: "repeats",
        chart: plane(
            axis("x", -40.0, 50.0),
            axis("y", -4.0, 6.0),
            vec![dots("month", points)],
        ),
        values: vec![
            quote("repeats.ten", 10.0 * over / under, 1),
            quote("repeats.level", level, 0),
        ],
    }
}

/// How often a month brings so many thefts where the same number is expected.
fn luck(city: &City) -> Figure {
    const TRIES: u32 = 4_000;
    const BIN: u32 = 10;
    let world = plain(city, 1, still);
    let theft = city.family("street-theft");
    let mean = cell(&world, &Arm::idle(&world).play(1).hidden[0].expected, theft);
    let uniform = |at: u32| (f64::from(at) + 0.5) / f64::from(TRIES);
    let counts: Vec<u32> = (0..TRIES)
        .map(|at| sample::negative_binomial(mean, world.model.get(C::Fano), uniform(at)))
        .collect();
    let dice: Vec<u32> = (0..TRIES)
        .map(|at| sample::poisson(mean, uniform(at)))
        .collect();
    let bins = |counts: &[u32]| {
        (18..42)
            .map(|bin| {
                let low = bin * BIN;
                let within = counts.iter().filter(|c| (low..low + BIN).contains(c));
                let share = 100.0 * within.count() as f64 / f64::from(TRIES);
                (f64::from(low), share)
            })
            .collect()
    };
    let at = |share: f64| f64::from(counts[(share * f64::from(TRIES)) as usize]);
    Figure {
        id: "luck",
        chart: plane(
            axis("x", 180.0, 410.0),
            per_cent("y", 0.0, 25.0),
            vec![steps("card", bins(&counts)), steps("dice", bins(&dice))],
        ),
        values: vec![
            quote("luck.mean", mean, 0),
            quote("luck.low", at(0.1), 0),
            quote("luck.high", at(0.9), 0),
        ],
    }
}

fn legitimacy(city: &City) -> Figure {
    let violence = city.family("violence");
    let expected = |points: i64| {
        let world = plain(city, 1, |world| {
            world.precincts[usize::from(HERE)].trust = Micro::points(points);
        });
        let run = Arm::idle(&world).play(1);
        run.hidden[0].expected[world.cell(PrecinctIx(HERE), violence)]
    };
    let middle = expected(50);
    let change = |points: i64| 100.0 * (expected(points) / middle - 1.0);
    let points = (0..=10).map(|at| (at as f64 * 10.0, change(at * 10)));
    Figure {
        id: "legitimacy",
        chart: plane(
            axis("x", 0.0, 100.0),
            per_cent("y", -15.0, 15.0),
            vec![line("all", points.collect())],
        ),
        values: vec![quote_percent("legitimacy.ten", -change(60), 0)],
    }
}
