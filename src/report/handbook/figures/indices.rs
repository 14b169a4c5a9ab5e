//! The indices: what moves Safety and Equity, and what different ways of playing come to.

use super::{Figure, axis, bars, dots, keys, per_cent, plain, plane, quote, quote_percent, still};
use crate::lab::facts::{Arm, City, Run};
use crate::lab::{Game, Lineup, Policy};
use crate::report::chart::Chart;
use crate::rules::id::FamilyIx;
use crate::rules::model::Coefficient as C;
use crate::rules::{Amount, Index, Micro, Tactic, World};
use crate::scenario::{find_built_in, load};
use std::sync::Arc;

pub(super) fn all() -> Vec<Figure> {
    let city = City::new(None);
    vec![safety(&city), equity(&city), policies()]
}

/// Months of games in which nobody orders anything: harm against what was to be expected, and Safety.
fn safety(city: &City) -> Figure {
    let world = plain(city, 24, still);
    let all = city.everywhere();
    let mut points = Vec::new();
    for seed in 1..=2 {
        let run = Arm::idle(&world).play(seed);
        for turn in 1..=24 {
            let harm = |of: &dyn Fn(FamilyIx) -> f64| -> f64 {
                (0..world.families.len())
                    .map(|k| world.families[k].harm * of(FamilyIx::from_position(k)))
                    .sum()
            };
            let happened = harm(&|k| run.happened(turn..turn + 1, &all, &[k]));
            let expected = harm(&|k| run.expected(turn..turn + 1, &all, &[k]));
            let index = run.hidden[usize::from(turn) - 1].indices[Index::Safety as usize];
            points.push((100.0 * (happened / expected - 1.0), index.to_f64()));
        }
    }
    Figure {
        id: "safety",
        chart: plane(
            per_cent("x", -4.0, 4.0),
            axis("y", 45.0, 55.0),
            vec![dots("month", points)],
        ),
        values: vec![quote_percent(
            "safety.ten",
            1_000.0 / world.model.get(C::SafetyScale),
            0,
        )],
    }
}

/// Six squads on broad checks in three sorts of place.
fn equity(city: &City) -> Figure {
    let world = city.world(|world| {
        still(world);
        world.turns = 3;
        // The worst harm and the least trust need not lie in the same places.
        for (at, precinct) in world.precincts.iter_mut().enumerate() {
            precinct.trust = Micro::points(40 + ((at as i64 * 7) % 18));
        }
    });
    let by = |key: &dyn Fn(usize) -> f64| {
        let mut order: Vec<u16> = city.everywhere();
        order.sort_by(|a, b| key(usize::from(*a)).total_cmp(&key(usize::from(*b))));
        order.truncate(6);
        order
    };
    let harm = |p: usize| -world.precincts[p].opportunity[0];
    let trust = |p: usize| world.precincts[p].trust.to_f64();
    let sorts: [(&str, Vec<u16>); 3] = [
        ("harm", by(&harm)),
        ("every-third", (0..18).step_by(3).collect()),
        ("trust", by(&trust)),
    ];
    let arms: Vec<Vec<f64>> = sorts
        .iter()
        .map(|(_, places)| {
            let arm = Arm::new(&world, |turn, orders| {
                if turn == 1 {
                    orders.place("foot", 1, places, 1, Tactic::BroadChecks);
                }
            });
            let found: Vec<[f64; 2]> = arm.each(40, |run: Run| {
                let last = run.hidden[2].indices;
                [Index::Equity, Index::Safety].map(|index| last[index as usize].to_f64())
            });
            [0, 1]
                .map(|at| found.iter().map(|row| row[at]).sum::<f64>() / found.len() as f64)
                .into()
        })
        .collect();
    let column = |at: usize| arms.iter().map(|row| row[at]).collect::<Vec<f64>>();
    let rows: Vec<&str> = sorts.iter().map(|(name, _)| *name).collect();
    let values = vec![
        quote("equity.harm", arms[0][0], 0),
        quote("equity.trust", arms[2][0], 0),
    ];
    Figure {
        id: "equity",
        chart: bars(
            axis("x", 0.0, 100.0),
            keys(&rows),
            vec![("equity", column(0)), ("safety", column(1))],
        ),
        values,
    }
}

/// The true indices at the end of First Watch by different ways of playing, means of forty games.
fn policies() -> Figure {
    let ways = [
        Policy::Idle,
        Policy::Hotspot,
        Policy::Outreach,
        Policy::Balanced,
    ];
    let world = first_watch();
    let means = |policy: Policy| -> Vec<f64> {
        let lineup = Lineup::policy(&world, policy);
        let mut sums = vec![0.0; Index::ALL.len()];
        let mut games = 0.0;
        for seed in 1..=40 {
            let game = Game::new(Arc::clone(&world), seed);
            let played = game.and_then(|game| game.finish(&lineup));
            let Ok(Some(result)) = played.map(|game| game.result()) else {
                continue;
            };
            games += 1.0;
            for (sum, index) in sums.iter_mut().zip(result.truth) {
                *sum += index.to_f64();
            }
        }
        sums.into_iter().map(|sum| sum / games).collect()
    };
    let rows = Index::ALL.map(|index| format!("index:{}", index.id()));
    let series = ways.map(|policy| (policy.id().to_owned(), means(policy)));
    Figure {
        id: "policies",
        chart: Chart::Rows {
            axis: axis("x", 40.0, 100.0),
            rows: rows.into(),
            series: series.into(),
            dots: true,
        },
        values: Vec::new(),
    }
}

/// The world of First Watch.
fn first_watch() -> Arc<World> {
    let loaded = find_built_in("first-watch").map(|built_in| load(&built_in.source()));
    match loaded {
        Ok(Ok(loaded)) => loaded.scenario.world,
        _ => panic!("First Watch is part of the program and has no errors"),
    }
}
